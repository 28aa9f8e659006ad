//! 特定個人情報ファイル名: the list in Ⅰ and the heads of Ⅱ and Ⅲ, in the same order.

use crate::check::Context;
use crate::diagnostic::{Code, Diagnostic};
use crate::form::{Entries, Slot, fold};

/// The three places where one file is named.
struct Named<'c> {
    /// In the list.
    listed: &'c str,
    /// At the head of Ⅱ.
    summary: (Slot, &'c str),
    /// At the head of Ⅲ.
    risks: (Slot, &'c str),
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(list) = context.sole("file-names") else { return };
    let Some(text) = context.text(list) else { return };
    let summaries = context.places_of("file-name", Entries::NONE);
    let risks = context.places_of("risk-file-name", Entries::NONE);
    if summaries.is_empty() || risks.len() != summaries.len() {
        return;
    }
    let listed = names(text, summaries.len());
    if listed.len() != summaries.len() {
        found.push(other_number(context, list, listed.len(), &summaries));
        return;
    }
    let files: Vec<_> = listed
        .iter()
        .zip(summaries.iter().zip(&risks))
        .filter_map(|(listed, (summary, risk))| {
            let summary = (*summary, context.text(*summary)?.trim());
            Some(Named { listed, summary, risks: (*risk, context.text(*risk)?.trim()) })
        })
        .collect();
    if files.len() == listed.len() && is_other_order(&files) {
        found.push(other_order(context, list, &files));
        return;
    }
    for file in files {
        compare(context, list, &file, found);
    }
}

/// The place that stands alone against the two others is the one to mend.
fn compare(context: &Context<'_>, list: Slot, file: &Named<'_>, found: &mut Vec<Diagnostic>) {
    let (summary, risks) = (file.summary, file.risks);
    let is_same = |a: &str, b: &str| fold(a) == fold(b);
    if is_same(file.listed, summary.1) && is_same(summary.1, risks.1) {
        return;
    }
    let differs = |slot: Slot, name: &str, other: Slot, other_name: &str| {
        let message =
            format!("特定個人情報ファイル名が、ほかの箇所の「{other_name}」と違います（ここでは「{name}」）");
        let diagnostic = context.at_value(Code::FILE_NAME, slot, message).help(HELP);
        context.with_item(diagnostic, other, format!("ここでは「{other_name}」と書かれています"))
    };
    if is_same(summary.1, risks.1) {
        found.push(differs(list, file.listed, summary.0, summary.1));
        return;
    }
    if !is_same(file.listed, summary.1) {
        found.push(differs(summary.0, summary.1, list, file.listed));
    }
    if !is_same(file.listed, risks.1) {
        found.push(differs(risks.0, risks.1, list, file.listed));
    }
}

const HELP: &str = "一覧、ファイルの概要、リスク対策の三か所に、同じ名前を同じ順に書いてください。";

fn other_number(context: &Context<'_>, list: Slot, listed: usize, summaries: &[Slot]) -> Diagnostic {
    let message = format!(
        "特定個人情報ファイル名は {listed} 件挙げられていますが、ファイルごとの記載は {} 件です",
        summaries.len()
    );
    let mut diagnostic = context.at_value(Code::FILE_NAME, list, message).help(HELP);
    for slot in summaries.iter().take(3) {
        diagnostic = context.with_item(diagnostic, *slot, "ファイルごとの記載");
    }
    diagnostic
}

fn is_other_order(files: &[Named<'_>]) -> bool {
    let listed: Vec<_> = files.iter().map(|f| fold(f.listed)).collect();
    let summaries: Vec<_> = files.iter().map(|f| fold(f.summary.1)).collect();
    let sorted = |names: &[String]| {
        let mut names = names.to_vec();
        names.sort();
        names
    };
    let agree = files.iter().all(|f| fold(f.summary.1) == fold(f.risks.1));
    agree && listed != summaries && sorted(&listed) == sorted(&summaries)
}

fn other_order(context: &Context<'_>, list: Slot, files: &[Named<'_>]) -> Diagnostic {
    let mut diagnostic = context
        .at_value(Code::FILE_NAME, list, "特定個人情報ファイル名の順が、ファイルごとの記載の順と違います")
        .help(HELP);
    for file in files.iter().take(3) {
        diagnostic = context.with_item(diagnostic, file.summary.0, "ファイルごとの記載の順");
    }
    diagnostic
}

/// The names of a list: one on each line, or, where that does not give the number wanted, without the lines that are remarks, or
/// divided by commas.
fn names(text: &str, wanted: usize) -> Vec<&str> {
    let lines: Vec<_> = text.lines().map(bare).filter(|l| !l.is_empty()).collect();
    let named: Vec<_> = lines.iter().copied().filter(|l| is_name(l)).collect();
    let divided = lines.iter().flat_map(|l| l.split(['、', '，'])).map(bare).filter(|l| !l.is_empty());
    let divided: Vec<_> = divided.collect();
    let fits = |names: &Vec<&str>| names.len() == wanted;
    [named, divided].into_iter().find(fits).filter(|_| !fits(&lines)).unwrap_or(lines)
}

/// Whether a line is a name rather than a remark.
fn is_name(line: &str) -> bool {
    line.contains("ファイル") && !line.ends_with(['。', '：', ':'])
}

/// A line without its bullet or number.
fn bare(line: &str) -> &str {
    let line = line.trim();
    let rest = line.trim_start_matches(['・', '-', '*', '●', '○', '■']).trim_start();
    let number = rest.trim_start_matches(['(', '（']).trim_start_matches(|c: char| {
        c.is_ascii_digit() || ('０'..='９').contains(&c) || ('①'..='⑳').contains(&c)
    });
    let after = number.trim_start_matches(['.', '．', ')', '）', '、', ' ', '　']);
    // 「2024年度ファイル」 begins with a number that is part of the name.
    let is_numbered = number.len() < rest.len()
        && (after.len() < number.len() || rest.starts_with(|c| ('①'..='⑳').contains(&c)));
    if is_numbered { after } else { rest }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bullets_and_numbers_are_no_part_of_a_name() {
        for line in [
            "賦課ファイル",
            "・賦課ファイル",
            "1. 賦課ファイル",
            "（１）賦課ファイル",
            "① 賦課ファイル",
            "①賦課ファイル",
        ] {
            assert_eq!(bare(line), "賦課ファイル", "{line}");
        }
        assert_eq!(bare("2024年度ファイル"), "2024年度ファイル");
        assert_eq!(bare("(1)"), "");
    }

    #[test]
    fn a_list_in_one_line_is_divided_only_where_that_fits() {
        assert_eq!(names("甲ファイル、乙ファイル", 2), ["甲ファイル", "乙ファイル"]);
        assert_eq!(names("住所、氏名ファイル", 1), ["住所、氏名ファイル"]);
        assert_eq!(names("1. 甲\n2. 乙\n", 2), ["甲", "乙"]);
        assert_eq!(
            names("次の二つのファイルである。\n・甲ファイル\n・乙ファイル", 2),
            ["甲ファイル", "乙ファイル"]
        );
    }
}
