//! 記録項目: where they are listed, how many they are, and what is said about their categories.

use crate::check::Context;
use crate::diagnostic::{Code, Diagnostic};
use crate::form::{Entries, Slot, fold};

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for slot in context.places_of("all-fields", Entries::NONE) {
        found.extend(leads_nowhere(context, slot));
    }
    found.extend(outside_band(context));
    for slot in context.places_of("fields-validity", Entries::NONE) {
        found.extend(explained_unticked(context, slot));
    }
}

/// 全ての記録項目 must name the 別添 with the list, or be the list.
fn leads_nowhere(context: &Context<'_>, slot: Slot) -> Option<Diagnostic> {
    let text = context.text(slot)?;
    let list = context.form.section_of(context.form.role("field-list")?.ix);
    let annex = fold(list.mark.as_ref()?);
    let annex = annex.trim_matches(['(', ')']);
    let said = fold(text);
    let is_list = is_itself_a_list(text);
    // 「別添のとおり」 leaves no doubt where there is one list.
    let without_number =
        said.split("別添").skip(1).any(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
    if said.contains(annex) || said.contains(&fold(&list.label)) || without_number || is_list {
        return None;
    }
    let diagnostic = context
        .at_value(Code::ALL_FIELDS, slot, format!("全ての記録項目が「{annex}」にあることが書かれていません"))
        .expected(format!("{annex}を参照"))
        .help(format!("「{annex}を参照。」と書き、{annex}に記録項目を全て挙げてください。"));
    Some(diagnostic)
}

/// Whether a text lists fields instead of naming the place of the list.
pub(super) fn is_itself_a_list(text: &str) -> bool {
    counted(text).count > 1 || fold(text).matches('、').count() > 1
}

/// The number of listed fields against the chosen band, where the list can be counted.
fn outside_band(context: &Context<'_>) -> Vec<Diagnostic> {
    let Some(list) = context.sole("field-list") else { return Vec::new() };
    let Some(text) = context.text(list) else { return Vec::new() };
    let bands = context.places_of("field-count", Entries::NONE);
    let parts = match bands.as_slice() {
        [_] => vec![text.to_owned()],
        several => match parts_of(context, text, several) {
            Some(parts) => parts,
            None => return Vec::new(),
        },
    };
    bands
        .into_iter()
        .zip(parts)
        .filter_map(|(band, part)| compare(context, list, band, &counted(&part)))
        .collect()
}

fn compare(context: &Context<'_>, list: Slot, band: Slot, counted: &Counted) -> Option<Diagnostic> {
    let label = context.choice(band)?;
    let (least, most) = limits(label)?;
    let too_few = counted.exact && counted.count > 1 && counted.count < least;
    if !too_few && counted.count <= most {
        return None;
    }
    let how_many = if counted.exact { "件" } else { "件以上" };
    let message = format!("「{label}」とありますが、記録項目の一覧には {} {how_many}あります", counted.count);
    let diagnostic = context
        .at_value(Code::ALL_FIELDS, band, message)
        .weighing(crate::diagnostic::Severity::Warning)
        .help("一覧が全ての項目を挙げているかを確かめ、項目の数に合う区分を選んでください。");
    Some(context.with_item(diagnostic, list, "記録項目の一覧"))
}

/// The least and the most number of a band: 「10項目以上50項目未満」 is 10 to 49.
fn limits(label: &str) -> Option<(usize, usize)> {
    let (least, rest) = match label.split_once("項目以上") {
        Some((least, rest)) => (least.parse().ok()?, rest),
        None => (0, label),
    };
    let most = match rest.strip_suffix("項目未満") {
        Some(below) => below.parse::<usize>().ok()?.checked_sub(1)?,
        None => usize::MAX,
    };
    Some((least, most))
}

/// How many fields a text lists.
#[derive(Debug, PartialEq, Eq)]
struct Counted {
    count: usize,
    /// Each entry is one field and nothing is listed otherwise; else there may be more.
    exact: bool,
}

/// Counts the entries of a list. Entries below others, tables and fields in running text cannot be counted with certainty.
fn counted(text: &str) -> Counted {
    let mut count = 0;
    let mut exact = true;
    let mut first = None;
    let mut stated = None;
    for line in text.lines().filter(|l| !l.trim().is_empty()) {
        let indent = line.len() - line.trim_start().len();
        match entry(line.trim()) {
            Some(name) => {
                // What stands deeper is a part of the entry above, or the entry above is a heading.
                if *first.get_or_insert(indent) < indent {
                    exact = false;
                    continue;
                }
                count += 1;
                exact &= !names_several(name);
            }
            None => {
                exact &= is_heading(line.trim());
                stated = stated.or_else(|| stated_number(line));
            }
        }
    }
    // 「総所得金額等」 may be one field; the list itself says so where it states its number.
    Counted { count, exact: exact || stated == Some(count) }
}

/// The number of fields that a title states: 賦課ファイル（42項目）.
fn stated_number(line: &str) -> Option<usize> {
    let line = fold(line);
    let (before, _) = line.split_once("項目")?;
    let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    before[before.len() - digits..].parse().ok()
}

/// The text of a line that is an entry of a list.
pub(super) fn entry(line: &str) -> Option<&str> {
    if let Some(rest) = line.strip_prefix(['・', '-', '*', '●', '○']) {
        return Some(rest.trim_start()).filter(|r| !r.is_empty() && !r.starts_with(['-', '*']));
    }
    if let Some(rest) = line.strip_prefix(|c| ('①'..='⑳').contains(&c)) {
        return Some(rest.trim_start());
    }
    let open = line.strip_prefix(['(', '（']);
    let rest = open.unwrap_or(line).trim_start_matches(is_digit);
    let is_numbered = rest.len() < open.unwrap_or(line).len();
    let ends: &[char] = if open.is_some() { &[')', '）'] } else { &['.', '．', ')', '）', '、'] };
    rest.strip_prefix(ends).filter(|_| is_numbered).map(str::trim_start)
}

/// A digit of either width.
pub(super) fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// Whether an entry stands for more than one field: outside parentheses it has a comma, or says 等.
pub(super) fn names_several(name: &str) -> bool {
    let name = without_parentheses(&fold(name));
    ["、", ",", "~", "など", "ほか", "各種"].iter().any(|word| name.contains(word)) || name.ends_with('等')
}

/// Whether a line that is no entry is only a title: 【宛名情報】, # 宛名情報, 宛名ファイル（42項目）.
fn is_heading(line: &str) -> bool {
    const LONGEST: usize = 40;
    line.starts_with(['【', '#', '<', '＜', '〈', '《', '［', '[', '※', '＊'])
        || (line.chars().count() <= LONGEST && !line.contains(['、', '，', '|', '｜']))
}

/// The part of the list for each file: from the title that names it to the next one. None where a file has no title of its own.
fn parts_of(context: &Context<'_>, text: &str, bands: &[Slot]) -> Option<Vec<String>> {
    let mut titles = Vec::new();
    for band in bands {
        let name = fold(context.text(context.beside("file-name", *band)?)?);
        let mut lines =
            text.lines().enumerate().filter(|(_, l)| entry(l.trim()).is_none() && fold(l).contains(&name));
        let (at, _) = lines.next()?;
        if lines.next().is_some() || titles.contains(&at) {
            return None;
        }
        titles.push(at);
    }
    let part = |from: usize| {
        let to = titles.iter().copied().filter(|t| *t > from).min().unwrap_or(usize::MAX);
        let lines = text.lines().skip(from).take(to - from);
        lines.collect::<Vec<_>>().join("\n")
    };
    Some(titles.iter().map(|from| part(*from)).collect())
}

/// その妥当性 explains categories one by one; one of them is not ticked.
fn explained_unticked(context: &Context<'_>, slot: Slot) -> Option<Diagnostic> {
    let text = context.text(slot)?;
    let ticks = context.beside("main-fields", slot)?;
    let boxes = context.form.boxes(context.form.node(ticks.node));
    let explained: Vec<_> = text.lines().flat_map(explained).collect();
    // A file without 個人番号 is a finding of its own; その他 may stand for anything.
    let unticked: Vec<_> = boxes
        .iter()
        .filter(|b| !b.text && b.key != "kojin-bango" && context.ticked(ticks, &b.key) == Some(false))
        .filter(|b| explained.contains(&fold(name_of(&b.label))))
        .map(|b| format!("「{}」", b.label))
        .collect();
    if unticked.is_empty() || !context.is_filled(ticks) {
        return None;
    }
    let message = format!("「その妥当性」で説明されている{}が選ばれていません", unticked.join(""));
    let diagnostic = context
        .at_value(Code::EXPLAINED_UNTICKED, ticks, message)
        .help("記録している項目なら、ここで選んでください。記録していないのなら、「その妥当性」の説明を消してください。");
    Some(context.with_item(diagnostic, slot, "ここで説明されています"))
}

/// A label without its parenthesis: 連絡先（電話番号等） is 連絡先.
fn name_of(label: &str) -> &str {
    label.split('（').next().unwrap_or(label)
}

/// The categories that a line begins with and explains, folded: 「・連絡先、個人番号：…」, or a line of nothing but names.
fn explained(line: &str) -> Vec<String> {
    const DENIALS: [&str; 5] =
        ["保有しない", "記録しない", "保有していない", "記録していない", "取り扱わない"];
    let line = entry(line.trim()).unwrap_or(line.trim());
    let line = without_parentheses(&fold(line));
    let ends = [line.find(':'), line.find("は、"), line.find("については")];
    let at = ends.into_iter().flatten().min().unwrap_or(line.len());
    let (head, rest) = line.split_at(at);
    if DENIALS.iter().any(|d| rest.contains(d)) {
        return Vec::new();
    }
    let head = head.trim_matches(|c: char| "【】<>[]「」・-■●○◎".contains(c));
    head.replace("及び", "、")
        .replace("および", "、")
        .replace("並びに", "、")
        .split('、')
        .map(str::to_owned)
        .collect()
}

fn without_parentheses(text: &str) -> String {
    let mut depth = 0_usize;
    let outside = |c: &char| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    };
    text.chars().filter(outside).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> (usize, bool) {
        let counted = counted(text);
        (counted.count, counted.exact)
    }

    #[test]
    fn a_plain_list_is_counted() {
        assert_eq!(count("ファイル（3項目）\n\n1. 個人番号\n2. 氏名（漢字、カナ）\n3. 住所\n"), (3, true));
        assert_eq!(count("【宛名】\n・個人番号\n・氏名\n【賦課】\n・税額"), (3, true));
        assert_eq!(count("① 個人番号\n②氏名\n（3）住所"), (3, true));
        assert_eq!(count("賦課ファイル（２項目）\n・個人番号\n・総所得金額等"), (2, true));
    }

    #[test]
    fn what_cannot_be_counted_is_a_lower_limit() {
        assert_eq!(count("- 個人番号\n- 氏名、性別、生年月日"), (2, false));
        assert_eq!(count("- 個人番号\n  - 氏名\n  - 性別"), (1, false));
        assert_eq!(count("宛名番号、世帯番号、個人番号"), (0, false));
        assert_eq!(count("| 1 | 個人番号 |"), (0, false));
        assert_eq!(count("1. 資格情報等\n2. 住所"), (2, false));
    }

    #[test]
    fn bands_have_limits() {
        assert_eq!(limits("10項目未満"), Some((0, 9)));
        assert_eq!(limits("10項目以上50項目未満"), Some((10, 49)));
        assert_eq!(limits("100項目以上"), Some((100, usize::MAX)));
        assert_eq!(limits("その他"), Some((0, usize::MAX)));
    }

    #[test]
    fn a_category_is_explained_where_a_line_begins_with_it() {
        assert_eq!(explained("・個人番号、連絡先（電話番号等）：確認のため"), ["個人番号", "連絡先"]);
        assert_eq!(explained("連絡先(電話番号等)"), ["連絡先"]);
        assert_eq!(explained("連絡先は、届出の内容を確かめるために記録する。"), ["連絡先"]);
        assert!(explained("年金関係情報：保有しない。").is_empty());
        assert!(!explained("届出のときに連絡先を聞くため。").contains(&"連絡先".to_owned()));
    }
}
