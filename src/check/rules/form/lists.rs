//! The list of 記録項目 itself: one for each 特定個人情報ファイル, under its name, and as long as its title says.

use std::ops::Range;

use super::fields::{entry, is_digit, is_itself_a_list, names_several};
use crate::check::Context;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::form::{Entries, Slot, fold};

/// A title is no longer than this.
const LONGEST_TITLE: usize = 40;

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(list) = context.sole("field-list") else { return };
    let Some(text) = context.text(list) else { return };
    let files = context.places_of("file-name", Entries::NONE);
    let names: Vec<_> = files.iter().filter_map(|slot| Some((*slot, context.text(*slot)?.trim()))).collect();
    if names.len() == files.len() {
        found.extend(without_list(context, list, text, &names));
    }
    // A list that does not go with the chosen band is told already.
    if !found.iter().any(|d| d.code == Code::ALL_FIELDS && d.severity == Severity::Warning) {
        let names: Vec<_> = names.iter().map(|(_, name)| fold(name)).collect();
        found.extend(other_number(context, list, text, &names));
    }
}

/// A file whose name stands nowhere in the list, while the others are named: its part is missing, or has another title.
fn without_list(context: &Context<'_>, list: Slot, text: &str, names: &[(Slot, &str)]) -> Option<Diagnostic> {
    let missing = unnamed(text, names.iter().map(|(_, name)| *name))?;
    let listed_elsewhere = |slot: Slot| {
        let all_fields = context.beside("all-fields", slot).and_then(|s| context.text(s));
        all_fields.is_some_and(is_itself_a_list)
    };
    let missing: Vec<_> =
        missing.into_iter().map(|at| names[at]).filter(|(slot, _)| !listed_elsewhere(*slot)).collect();
    let (slot, name) = *missing.first()?;
    let strangers = strange_titles(text, names.iter().map(|(_, name)| *name));
    if let ([_], [title]) = (missing.as_slice(), strangers.as_slice()) {
        let written = text.get(title.clone())?;
        let message =
            format!("記録項目の一覧にある「{written}」という特定個人情報ファイルは、この評価書にありません");
        let mut diagnostic = context
            .within(Code::FILE_NAME, list, title.clone(), message)
            .weighing(Severity::Warning)
            .help(format!(
                "「{name}」の記録項目なら、見出しをその名前に直してください。ほかのファイルなら、特定個人情報ファイルとして挙げるかどうかを確かめてください。"
            ));
        diagnostic.suggestion = Some(name.to_owned());
        return Some(context.with_item(diagnostic, slot, "この名前が、記録項目の一覧にありません"));
    }
    let named: Vec<_> = missing.iter().map(|(_, name)| *name).collect();
    let named = named.join("」「");
    let diagnostic = context
        .at_value(Code::ALL_FIELDS, list, format!("記録項目の一覧に、「{named}」の項目がありません"))
        .weighing(Severity::Warning)
        .help("特定個人情報ファイルごとに、ファイル名を見出しにして記録項目を全て挙げてください。");
    Some(context.with_item(diagnostic, slot, "このファイルの一覧がありません"))
}

/// The positions of the names that stand nowhere in a text; none where no name does, as one list may serve all files.
fn unnamed<'n>(text: &str, names: impl Iterator<Item = &'n str>) -> Option<Vec<usize>> {
    const FOR_ALL: [&str; 5] = ["共通", "全ての", "全て同じ", "各ファイル", "いずれも"];
    // Other words for a file may stand in a heading, but not the name of another file.
    let is_name = |(at, line)| title_of(at, line).is_some_and(|title| text[title].ends_with("ファイル"));
    let words: String =
        lines(text).filter(|line| !is_name(*line)).map(|(_, line)| fold(line) + "\n").collect();
    let text = fold(text);
    if FOR_ALL.iter().any(|word| text.contains(word)) {
        return None;
    }
    let mut names: Vec<_> = names.map(fold).enumerate().collect();
    let count = names.len();
    // A short name may be a part of a longer one.
    names.sort_by_key(|(_, name)| std::cmp::Reverse(name.len()));
    let mut rest = text;
    let mut missing = Vec::new();
    for (at, name) in names {
        let stem = name.trim_end_matches("ファイル").trim_end_matches("情報");
        if name.is_empty() {
            return None;
        }
        if rest.contains(&name) {
            rest = rest.replace(&name, "\n");
        } else if stem.is_empty() || !words.contains(stem) {
            missing.push(at);
        }
    }
    missing.sort_unstable();
    (count > 1 && !missing.is_empty() && missing.len() < count).then_some(missing)
}

/// The names in titles of the list that end in ファイル and are none of the document's.
fn strange_titles<'n>(text: &str, names: impl Iterator<Item = &'n str>) -> Vec<Range<usize>> {
    let names: Vec<_> = names.map(fold).collect();
    let is_strange = |title: &Range<usize>| {
        let title = fold(&text[title.clone()]);
        title.ends_with("ファイル") && !names.iter().any(|name| title.contains(name) || name.contains(&title))
    };
    lines(text).filter_map(|(at, line)| title_of(at, line)).filter(is_strange).collect()
}

/// The words of a title, without signs around them and the number of fields behind them.
fn title_of(at: usize, line: &str) -> Option<Range<usize>> {
    let is_sign = |c: char| c.is_whitespace() || "【】<>＜＞《》〈〉［］[]「」『』#■●○◎*:：".contains(c);
    if entry(line.trim()).is_some() || line.chars().count() > LONGEST_TITLE {
        return None;
    }
    let start = line.len() - line.trim_start_matches(is_sign).len();
    let words = &line[start..];
    let words = words.split(['（', '(']).next().unwrap_or(words).trim_end_matches(is_sign);
    (!words.is_empty()).then(|| at + start..at + start + words.len())
}

/// A title that states another number of fields than are listed below it.
fn other_number(context: &Context<'_>, list: Slot, text: &str, names: &[String]) -> Option<Diagnostic> {
    let (bytes, stated, counted) = miscounted(text, names)?;
    let message =
        format!("見出しには {stated} 項目とありますが、その下に挙げられているのは {counted} 件です");
    let diagnostic = context
        .within(Code::ALL_FIELDS, list, bytes, message)
        .weighing(Severity::Warning)
        .help("項目が抜けていないか、余分な項目がないかを確かめ、見出しの数と一覧をそろえてください。");
    Some(diagnostic)
}

/// The first stated number that differs from a list that can be counted: its place, itself and the number counted.
fn miscounted(text: &str, names: &[String]) -> Option<(Range<usize>, usize, usize)> {
    let all: Vec<_> = lines(text).filter(|(_, line)| !line.trim().is_empty()).collect();
    let is_title = |line: &str| {
        let folded = fold(line);
        let names_file = || folded.contains("ファイル") || names.iter().any(|name| folded.contains(name));
        entry(line.trim()).is_none() && (stated(line).is_some() || names_file())
    };
    all.iter().enumerate().find_map(|(number, (at, line))| {
        let (bytes, stated) = stated(line).filter(|_| entry(line.trim()).is_none())?;
        let below: Vec<_> =
            all[number + 1..].iter().map(|(_, line)| *line).take_while(|line| !is_title(line)).collect();
        let count = exactly(&below)?;
        (count != stated).then(|| (at + bytes.start..at + bytes.end, stated, count))
    })
}

/// The number of entries where nobody could count otherwise: numbered throughout, or with one field in each line.
fn exactly(below: &[&str]) -> Option<usize> {
    let is_remark = |line: &&&str| line.trim_start().starts_with(['※', '＊']);
    let mut numbers = Vec::new();
    let mut is_plain = true;
    for line in below.iter().filter(|line| !is_remark(line)) {
        let is_deeper = line.len() - line.trim_start().len()
            > below.first().map_or(0, |first| first.len() - first.trim_start().len());
        match entry(line.trim()) {
            Some(_) if is_deeper => return None,
            Some(name) => {
                is_plain &= !names_several(name);
                numbers.push(number(line.trim()));
            }
            // Below a heading within the list the numbers must go on.
            None if line.trim().starts_with(['【', '#', '<', '＜', '〈', '《', '［', '[']) => {
                is_plain = false;
            }
            None => return None,
        }
    }
    let is_numbered = numbers.first() == Some(&Some(1))
        && numbers.windows(2).all(|pair| matches!(pair, [Some(a), Some(b)] if a < b));
    let is_bulleted = numbers.iter().all(Option::is_none);
    (!numbers.is_empty() && (is_numbered || (is_plain && is_bulleted))).then_some(numbers.len())
}

/// The number of an entry.
fn number(entry: &str) -> Option<usize> {
    let rest = entry.trim_start_matches(['(', '（']);
    let digits = rest.len() - rest.trim_start_matches(is_digit).len();
    fold(&rest[..digits]).parse().ok()
}

/// The number of fields that a title states at its end: 賦課ファイル（42項目）.
fn stated(line: &str) -> Option<(Range<usize>, usize)> {
    const UNIT: &str = "項目";
    let at = line.rfind(UNIT)?;
    let (before, after) = (&line[..at], &line[at + UNIT.len()..]);
    let start = before.trim_end_matches(is_digit).len();
    let is_end = after.chars().all(|c| c.is_whitespace() || "）)】］]>＞》〉".contains(c));
    let has_words = before[..start].chars().any(char::is_alphabetic);
    // 「約40項目」 does not claim to be exact.
    let is_vague = ["約", "以上", "〜", "～", "-", "第"].iter().any(|word| before[..start].ends_with(word));
    if !is_end || !has_words || is_vague || line.chars().count() > LONGEST_TITLE {
        return None;
    }
    let number = fold(&before[start..]).parse().ok()?;
    Some((start..at + UNIT.len(), number))
}

/// The lines of a text and where they begin.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 2] = ["課税ファイル", "収納・滞納ファイル"];

    fn missing(text: &str) -> Option<Vec<usize>> {
        unnamed(text, NAMES.into_iter())
    }

    #[test]
    fn a_file_is_missed_where_the_others_are_named() {
        assert_eq!(missing("課税ファイル\n1. 個人番号"), Some(vec![1]));
        assert_eq!(missing("課税ファイル\n1. 個人番号\n収納・滞納ファイル\n1. 個人番号"), None);
        assert_eq!(missing("課税ファイル\n1. 個人番号\n【収納・滞納】\n1. 個人番号"), None);
        assert_eq!(
            missing("課税ファイル\n1. 個人番号\n国保収納・滞納ファイル\n1. 個人番号"),
            None,
            "a part of a name"
        );
        assert_eq!(missing("1. 個人番号"), None);
        assert_eq!(missing("課税ファイル ほか、共通の項目\n1. 個人番号"), None);
        assert_eq!(
            unnamed("住民税ファイル\n・個人番号", ["税ファイル", "住民税ファイル"].into_iter()),
            Some(vec![0])
        );
    }

    #[test]
    fn a_title_that_is_no_file_of_the_document() {
        let text = "課税ファイル（2項目）\n1. 添付ファイル\n\n【滞納管理ファイル】（3項目）\n・住所\n";
        let strangers: Vec<_> =
            strange_titles(text, NAMES.into_iter()).into_iter().map(|t| &text[t]).collect();
        assert_eq!(strangers, ["滞納管理ファイル"]);
    }

    #[test]
    fn a_stated_number_is_compared_where_the_lines_can_be_counted() {
        let found = |text: &str| {
            miscounted(text, &NAMES.map(fold))
                .map(|(bytes, stated, counted)| (text[bytes].to_owned(), stated, counted))
        };
        assert_eq!(
            found("ファイル（３項目）\n\n1. 個人番号\n2. 総所得金額等\n"),
            Some(("３項目".to_owned(), 3, 2))
        );
        assert_eq!(
            found("課税ファイル（1項目）\n・個人番号\n収納・滞納ファイル（1項目）\n・個人番号\n・氏名"),
            Some(("1項目".to_owned(), 1, 2))
        );
        for text in [
            "課税ファイル（2項目）\n1. 個人番号\n2. 氏名\n収納・滞納ファイル\n1. 個人番号",
            "課税ファイル（3項目）\n・個人番号\n・氏名、住所",
            "課税ファイル（3項目）\n・個人番号\n  ・氏名\n  ・住所",
            "課税ファイル（3項目）\n個人番号\n・氏名\n・住所",
            "課税ファイル（5項目）\n【宛名】\n・個人番号\n【賦課】\n・税額",
            "課税ファイル（約3項目）\n・個人番号",
            "課税ファイル（3項目）\n個人番号、氏名、住所",
            "合計（3項目）\n課税ファイル（1項目）\n・個人番号\n収納・滞納ファイル（2項目）\n1. 個人番号\n2. 氏名",
            "下記の10項目を記録する。\n・個人番号",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
