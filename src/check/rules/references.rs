//! References in running text to items and files of the document (REF): 「2. 基本情報 ③…」と同じ, Ⅱ …（住民基本台帳ファイル）3. ….
//!
//! A reference is only doubted where it clearly means an item of the form: it has a mark (Ⅱ, 3., ⑥), and its words are nearly
//! those of an item. `[[…]]` links are looked at where prose is read.

use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;

use crate::assessment::Value;
use crate::check::Context;
use crate::diagnostic::{Code, Diagnostic};
use crate::form::{Entries, Form, Node, Slot, fold, likeness_of};

/// Words less like a label than this may mean anything.
const MEANT: f64 = 0.7;

/// Signs of a common beginning that show that a heading of the form is meant.
const COMMON_BEGINNING: usize = 6;

/// What is wrong with a reference.
struct Doubt {
    /// The part to be changed.
    bytes: Range<usize>,
    message: String,
    suggestion: Option<String>,
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (slot, value) in context.answers.values() {
        let Value::Text(text) = value else { continue };
        if !text.contains(['「', 'Ⅰ', 'Ⅱ', 'Ⅲ', 'Ⅳ', 'Ⅴ', 'Ⅵ', 'I', 'V', '別']) {
            continue;
        }
        let doubts = quoted(context, slot, text)
            .chain(headings(context, text))
            .chain(items(context, text))
            .chain(appendices(context, text))
            .chain(files(context, text));
        for doubt in doubts {
            let mut diagnostic = context
                .within(Code::UNRESOLVED_MENTION, slot, doubt.bytes, doubt.message)
                .help("参照先の番号と項目名を、この評価書の記載とそろえてください。");
            diagnostic.suggestion = doubt.suggestion;
            found.push(diagnostic);
        }
    }
}

/// 「⑥委託先名」, 「2. 基本情報 ③対象となる本人の範囲」: a quotation that begins with a mark and ends in a label.
fn quoted<'c>(context: &'c Context<'_>, at: Slot, text: &'c str) -> impl Iterator<Item = Doubt> + 'c {
    static QUOTED: OnceLock<Regex> = OnceLock::new();
    let expression = expression(
        &QUOTED,
        "「((?:[ⅠⅡⅢⅣⅤⅥ][ 　.．]*)?(?:[0-9０-９][.．、 　]+|[①-⑳])[^「」\n]{0,40}?)([^「」\n①-⑳0-9０-９.．、 　]{2,30})」",
    );
    expression.captures_iter(text).filter_map(move |captures| {
        let (marks, label) = (captures.get(1)?, captures.get(2)?);
        let written = label.as_str();
        let whole = &text[marks.start()..label.end()];
        let resolution = context.form.resolve(whole, context.answers.files());
        let candidates =
            resolution.target.iter().map(|t| t.slot).chain(resolution.candidates.iter().copied());
        let targets: Vec<_> = candidates.collect();
        if targets.iter().any(|slot| is_label(context.form, context.form.node(slot.node), written)) {
            return wrong_mark(context, &targets, marks, written);
        }
        let likeness = |slot: &Slot| likeness_of(written, &context.form.node(slot.node).label);
        let near = nearest(targets.into_iter().chain(beside(context, at)), likeness)?;
        let right = &context.form.node(near.node).label;
        Some(Doubt {
            bytes: label.range(),
            message: format!("「{written}」という項目はありません。「{right}」のことではありませんか"),
            suggestion: Some(right.clone()),
        })
    })
}

/// The items of the same entry, which a bare 「⑥…」 may mean.
fn beside(context: &Context<'_>, at: Slot) -> Vec<Slot> {
    let Some(parent) = context.form.node(at.node).parent else { return Vec::new() };
    let siblings = context.form.children(context.form.node(parent));
    siblings.map(|node| Slot { node: node.ix, entries: at.entries }).collect()
}

fn nearest(slots: impl Iterator<Item = Slot>, likeness: impl Fn(&Slot) -> f64) -> Option<Slot> {
    let rated = slots.map(|slot| (likeness(&slot), slot)).filter(|(likeness, _)| *likeness >= MEANT);
    rated.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, slot)| slot)
}

/// The label is right; its circled number may be that of another item.
fn wrong_mark(
    context: &Context<'_>,
    targets: &[Slot],
    marks: regex::Match<'_>,
    label: &str,
) -> Option<Doubt> {
    let (at, written) = marks.as_str().char_indices().next_back().filter(|(_, c)| ('①'..='⑳').contains(c))?;
    let named = context.form.nodes().iter().filter(|node| is_label(context.form, node, label));
    let right: Vec<_> = named.filter_map(|node| node.mark.as_deref()).collect();
    let [only] = right.as_slice() else { return None };
    let is_circled = only.chars().all(|c| ('①'..='⑳').contains(&c));
    if !is_circled || *only == written.to_string() || targets.is_empty() {
        return None;
    }
    let start = marks.start() + at;
    Some(Doubt {
        bytes: start..start + written.len_utf8(),
        message: format!("「{label}」の番号は「{written}」ではなく「{only}」です"),
        suggestion: Some((*only).to_owned()),
    })
}

/// `Ⅱ 特定個人情報ファイルの概要（住民基本台帳ファイル）3. 特定個人情報の入手・使用`: the file must be one of the document, the heading
/// one of the form.
fn headings<'c>(context: &'c Context<'_>, text: &'c str) -> impl Iterator<Item = Doubt> + 'c {
    static HEADING: OnceLock<Regex> = OnceLock::new();
    let expression = expression(
        &HEADING,
        "([ⅠⅡⅢⅣⅤⅥ]|\\b(?:III|II|IV|VI|I|V)\\b)[ 　.．]*(特定個人情報ファイル[^\\s()（）0-9０-９①-⑳「」、。]{0,20})?[ 　]*(?:[(（]([^()（）\n]{2,30})[)）])?[ 　]*([0-9０-９])[.．][ 　]*([^\\s、。「」()（）①-⑳]{2,40})",
    );
    expression.captures_iter(text).filter_map(move |captures| {
        let (section, number, label) = (captures.get(1)?, captures.get(4)?, captures.get(5)?);
        let heading = context.form.resolve(&format!("{}.{}", section.as_str(), number.as_str()), 1).target?;
        let node = context.form.node(heading.slot.node);
        let file = captures.get(3).filter(|_| context.form.section_of(node.ix).is_per_file());
        if let Some(doubt) = file.and_then(|file| unknown_file(context, file)) {
            return Some(doubt);
        }
        let (written, right) = (fold(label.as_str()), fold(&node.label));
        let common = written.chars().zip(right.chars()).take_while(|(a, b)| a == b).count();
        if written.starts_with(&right) || common < COMMON_BEGINNING {
            return None;
        }
        // The text goes on after the heading, so only as many signs are meant as the heading has.
        let meant: String = label.as_str().chars().take(node.label.chars().count()).collect();
        let message = format!(
            "「{}.{}」の見出しは「{}」です。ここの書き方と違います",
            section.as_str(),
            number.as_str(),
            node.label
        );
        Some(Doubt { bytes: label.start()..label.start() + meant.len(), message, suggestion: None })
    })
}

fn unknown_file(context: &Context<'_>, file: regex::Match<'_>) -> Option<Doubt> {
    let names: Vec<_> =
        context.places_of("file-name", Entries::NONE).into_iter().filter_map(|s| context.text(s)).collect();
    let written = fold(file.as_str());
    let is_known = names.iter().any(|name| fold(name).contains(&written) || written.contains(&fold(name)));
    if names.is_empty() || is_known || !written.ends_with("ファイル") {
        return None;
    }
    let suggestion = match names.as_slice() {
        [only] => Some(only.trim().to_owned()),
        _ => None,
    };
    Some(Doubt {
        bytes: file.range(),
        message: format!(
            "「{}」という特定個人情報ファイルは、この評価書にありません。ほかの評価書から写した記載ではありませんか",
            file.as_str()
        ),
        suggestion,
    })
}

/// `Ⅱ.3.⑧ 使用方法` without quotation marks.
fn items<'c>(context: &'c Context<'_>, text: &'c str) -> impl Iterator<Item = Doubt> + 'c {
    static ITEM: OnceLock<Regex> = OnceLock::new();
    let expression = expression(
        &ITEM,
        "([ⅠⅡⅢⅣⅤⅥ][ 　.．]*[0-9０-９][ 　.．]*[①-⑳])[ 　]*([^\\s、。「」()（）①-⑳\\[\\]]{2,30})",
    );
    expression.captures_iter(text).filter_map(move |captures| {
        let (marks, label) = (captures.get(1)?, captures.get(2)?);
        if text[..marks.start()].ends_with("[[") {
            return None;
        }
        let target = context.form.resolve(marks.as_str(), 1).target;
        let Some(node) = target.map(|t| context.form.node(t.slot.node)) else {
            return Some(Doubt {
                bytes: marks.range(),
                message: format!("「{}」という番号の項目は、この様式にありません", marks.as_str()),
                suggestion: None,
            });
        };
        // Running text goes on after the label, so only as many signs are compared as the label has.
        let written: String = label.as_str().chars().take(node.label.chars().count()).collect();
        let is_right = spelt(context.form, label.as_str()).starts_with(&spelt(context.form, &node.label));
        (!is_right && likeness_of(&written, &node.label) >= MEANT).then(|| Doubt {
            bytes: label.start()..label.start() + written.len(),
            message: format!("「{}」の項目名は「{}」です", marks.as_str(), node.label),
            suggestion: Some(node.label.clone()),
        })
    })
}

/// 「別添4を参照」 on a form that has three.
fn appendices<'c>(context: &'c Context<'_>, text: &'c str) -> impl Iterator<Item = Doubt> + 'c {
    static APPENDIX: OnceLock<Regex> = OnceLock::new();
    let expression = expression(&APPENDIX, "(別添[ 　]?([0-9０-９]))[ 　]?(?:を?参照|のとおり|に記載)");
    expression.captures_iter(text).filter_map(move |captures| {
        let (appendix, name) = (captures.get(1)?, fold(captures.get(1)?.as_str()));
        let marks = context.form.sections().filter_map(|s| s.mark.as_deref()).map(fold);
        let all: Vec<_> = marks.filter(|mark| mark.contains("別添")).collect();
        let is_there = all.is_empty() || all.iter().any(|mark| mark.contains(&name));
        (!is_there).then(|| Doubt {
            bytes: appendix.range(),
            message: format!("「{}」は、この様式にありません", appendix.as_str()),
            suggestion: None,
        })
    })
}

/// 「介護保険情報ファイル」 where the file is 介護保険ファイル: nearly the name of a file of the document, in quotation marks.
fn files<'c>(context: &'c Context<'_>, text: &'c str) -> impl Iterator<Item = Doubt> + 'c {
    static FILE: OnceLock<Regex> = OnceLock::new();
    let expression = expression(&FILE, "「([^「」\n]{2,40}ファイル)」");
    let names = || {
        let slots = context.places_of("file-name", Entries::NONE);
        slots.into_iter().filter_map(|slot| context.text(slot)).map(str::trim).collect::<Vec<_>>()
    };
    expression.captures_iter(text).filter_map(move |captures| {
        let (whole, file) = (captures.get(0)?, captures.get(1)?);
        let after: String = text[whole.end()..].chars().take(20).collect();
        let before: String = text[..whole.start()].chars().rev().take(20).collect();
        // A file of another 評価書 has a name of its own.
        if after.contains("評価書") || before.contains("書価評") {
            return None;
        }
        let right = nearly_named(file.as_str(), &names())?.to_owned();
        Some(Doubt {
            bytes: file.range(),
            message: format!(
                "「{}」という特定個人情報ファイルは、この評価書にありません。「{right}」のことではありませんか",
                file.as_str()
            ),
            suggestion: Some(right),
        })
    })
}

/// The file whose name is nearly, but not quite, what is written. What all names end in is not compared.
fn nearly_named<'n>(written: &str, names: &[&'n str]) -> Option<&'n str> {
    const ALIKE: f64 = 0.6;
    const KINDS: [&str; 12] = [
        "個人情報ファイル",
        "電子ファイル",
        "システム用ファイル",
        "手作業処理用ファイル",
        "添付ファイル",
        "データファイル",
        "連携ファイル",
        "ログファイル",
        "設定ファイル",
        "対象ファイル",
        "当該ファイル",
        "中間ファイル",
    ];
    let folded = fold(written);
    let is_known =
        names.iter().map(|name| fold(name)).any(|name| folded.contains(&name) || name.contains(&folded));
    if is_known || KINDS.iter().any(|kind| folded.ends_with(&fold(kind))) {
        return None;
    }
    let stem = |name: &str| name.trim_end_matches("ファイル").to_owned();
    let rated = names.iter().map(|name| {
        let (written, right) = (stem(&folded), stem(&fold(name)));
        // Of two that are near, the one of which words were left out.
        let mut signs = right.chars();
        let is_shortened = written.chars().all(|c| signs.any(|sign| sign == c));
        let bonus = if is_shortened { 0.2 } else { 0.0 };
        (likeness_of(&written, &right), bonus, *name)
    });
    let near = rated.filter(|(likeness, ..)| *likeness >= ALIKE);
    near.max_by(|a, b| (a.0 + a.1).total_cmp(&(b.0 + b.1))).map(|(.., name)| name)
}

/// Whether a text is the label of a node, or the label and words after it (「使用方法の欄」).
fn is_label(form: &Form, node: &Node, text: &str) -> bool {
    let text = spelt(form, text);
    let labels = std::iter::once(&node.label).chain(&node.aliases);
    labels.into_iter().any(|label| text.starts_with(&spelt(form, label)))
}

/// The comparison key of a label with the spellings that people use for its words.
fn spelt(form: &Form, text: &str) -> String {
    form.folds().iter().fold(fold(text), |text, f| text.replace(&fold(&f.from), &fold(&f.to)))
}

/// # Panics
/// Never in a tested build: the expressions are part of the program.
fn expression(cell: &'static OnceLock<Regex>, text: &str) -> &'static Regex {
    cell.get_or_init(|| Regex::new(text).unwrap_or_else(|e| panic!("an expression of the program: {e}")))
}

#[cfg(test)]
mod tests {
    use super::nearly_named;

    #[test]
    fn only_what_is_nearly_the_name_of_a_file_is_doubted() {
        let names = ["個人住民税課税ファイル", "個人住民税収納・滞納ファイル"];
        let near = |written: &str| nearly_named(written, &names);
        assert_eq!(near("個人住民税滞納ファイル"), Some(names[1]));
        assert_eq!(near("個人住民税賦課ファイル"), Some(names[0]));
        for general in [
            "特定個人情報ファイル",
            "個人情報ファイル",
            "その他の電子ファイル",
            "システム用ファイル",
            "宛名ファイル",
            "住民基本台帳ファイル",
            "個人住民税課税ファイル",
            "課税ファイル",
            "ＣＳＶファイル",
        ] {
            assert_eq!(near(general), None, "{general}");
        }
        assert_eq!(nearly_named("宛名ファイル", &["課税ファイル"]), None);
    }
}
