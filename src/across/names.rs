//! Names of contractors and systems: which names a text holds, and which spellings are one name.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::form::fold;

const DATA: &str = include_str!("names.yaml");
/// A longer line is a sentence and no name.
const LONGEST_NAME: usize = 60;

/// A line of an answer that asks for names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A name as written.
    Name(String),
    /// Something that is said instead of a name (未定, 入札により決定).
    Remark(String),
}

/// What a contractor is known by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Company {
    /// The name without its form, folded.
    pub stem: String,
    /// 株式会社 …; none where only the name is written.
    pub form: Option<&'static str>,
}

#[derive(Deserialize)]
struct Words {
    forms: Vec<CompanyForm>,
    branches: Vec<String>,
    remarks: Vec<String>,
    endings: Vec<String>,
}

#[derive(Deserialize)]
struct CompanyForm {
    full: String,
    short: Vec<String>,
}

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| serde_saphyr::from_str(DATA).unwrap_or_else(|e| panic!("names.yaml: {e}")))
}

/// The contractors that an answer names, and what it says beside.
pub fn contractors(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    for line in lines(text) {
        let line = behind_label(line);
        if is_remark(line) {
            parts.push(Part::Remark(line.to_owned()));
            continue;
        }
        for piece in pieces(line) {
            for name in joined_by_and(piece) {
                push_name(&mut parts, name);
            }
        }
    }
    parts
}

/// The systems that an answer names. `is_list`: it may name several in a line.
pub fn systems(text: &str, is_list: bool) -> Vec<Part> {
    let mut parts = Vec::new();
    for line in lines(text) {
        if line.chars().count() > LONGEST_NAME && !is_list || line.ends_with(['。', '．']) {
            parts.push(Part::Remark(line.to_owned()));
            continue;
        }
        let pieces = if is_list { pieces(line) } else { vec![line] };
        for piece in pieces {
            push_name(&mut parts, piece);
        }
    }
    parts
}

fn push_name(parts: &mut Vec<Part>, name: &str) {
    let name = without_ending(name.trim());
    if fold(name).chars().any(char::is_alphanumeric) {
        let is_long = name.chars().count() > LONGEST_NAME;
        parts.push(if is_long { Part::Remark(name.to_owned()) } else { Part::Name(name.to_owned()) });
    }
}

/// The key of a contractor.
pub fn company(name: &str) -> Company {
    let folded = with_full_forms(&folded(without_branch(name)).replace(['・', '･', ',', '.'], ""));
    let name = without_parentheses(&folded);
    let found = words().forms.iter().filter_map(|form| Some((name.find(&form.full)?, form)));
    // 独立行政法人 is also the end of 地方独立行政法人: the one that begins first is the whole.
    let Some((at, form)) = found.min_by_key(|(at, form)| (*at, std::cmp::Reverse(form.full.len()))) else {
        return Company { stem: name, form: None };
    };
    let (before, behind) = (&name[..at], &name[at + form.full.len()..]);
    // Behind a form that ends a name stands nothing but a branch.
    let is_branch = !before.is_empty() && ends_in_branch(behind);
    let stem = if is_branch { before.to_owned() } else { format!("{before}{behind}") };
    Company { stem, form: Some(&form.full) }
}

/// The key of a system: width, blanks, a final ー and what stands in parentheses do not matter.
pub fn system(name: &str) -> String {
    let folded = without_parentheses(&folded(name));
    let mut key = String::with_capacity(folded.len());
    let mut signs = folded.chars().peekable();
    while let Some(sign) = signs.next() {
        let is_katakana = |c: &char| ('ァ'..='ヺ').contains(c);
        let ends_word = sign == 'ー' && !signs.peek().is_some_and(is_katakana);
        if !ends_word && sign != '・' {
            key.push(sign);
        }
    }
    key
}

/// A name without width, blanks and case. The half-width ｰ behind katakana is no dash.
fn folded(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for sign in fold(name).to_lowercase().chars() {
        let is_long = sign == '-' && out.ends_with(|before: char| ('ァ'..='ー').contains(&before));
        out.push(if is_long { 'ー' } else { sign });
    }
    out
}

/// Lines with the marks of lists taken off.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(unmarked).filter(|line| !line.is_empty())
}

/// A line without the mark of a list in front of it: ・, -, ①, 1., （1）, (1).
pub(super) fn unmarked(line: &str) -> &str {
    let is_mark = |c: char| {
        matches!(c, '・' | '･' | '-' | '*' | '+' | '●' | '○' | '◆' | '■' | '□' | '※' | '>' | '#' | '\\')
            || ('①'..='⑳').contains(&c)
    };
    let line = line.trim().trim_start_matches(is_mark).trim_start();
    let bare = line.trim_start_matches(['(', '（']);
    let rest = bare.trim_start_matches(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
    let is_numbered = rest.len() < bare.len();
    if !is_numbered {
        return line;
    }
    match rest.strip_prefix([')', '）', '.', '．', '、']) {
        // 1.5 and 3.11 are no marks of a list.
        Some(text) if !text.starts_with(|c: char| c.is_numeric()) => text.trim(),
        _ => line,
    }
}

/// What stands behind a label: 受託者：○○株式会社.
fn behind_label(line: &str) -> &str {
    match line.split_once([':', '：']) {
        Some((label, name)) if has_form(name) || label.contains("委託") || label.contains("受託") => {
            name.trim()
        }
        _ => line,
    }
}

fn is_remark(line: &str) -> bool {
    let bare = without_parentheses(&fold(line));
    let is_token = matches!(bare.as_str(), "" | "-" | "なし" | "無" | "無し" | "特になし" | "ー");
    let is_sentence =
        line.trim_end().ends_with(['。', '．']) || (bare.chars().count() > LONGEST_NAME && !has_form(line));
    is_token || is_sentence || words().remarks.iter().any(|word| bare.contains(word.as_str()))
}

/// What commas and blanks keep apart, outside parentheses.
fn pieces(line: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut depth) = (0, 0_u32);
    for (at, sign) in line.char_indices() {
        match sign {
            '(' | '（' | '「' => depth += 1,
            ')' | '）' | '」' => depth = depth.saturating_sub(1),
            '、' | '，' | ',' | '､' | '；' | ';' | '／' | '\t' if depth == 0 => {
                pieces.push(&line[start..at]);
                start = at + sign.len_utf8();
            }
            _ => {}
        }
    }
    pieces.push(&line[start..]);
    pieces.into_iter().flat_map(apart_by_blanks).collect()
}

/// 「○○株式会社　△△株式会社」 is two names; 「○○　株式会社」 is one.
fn apart_by_blanks(piece: &str) -> Vec<&str> {
    let words: Vec<&str> = piece.split([' ', '\u{3000}']).filter(|word| !word.is_empty()).collect();
    let is_each_whole =
        words.len() > 1 && words.iter().all(|word| has_form(word) && !company(word).stem.is_empty());
    if is_each_whole { words } else { vec![piece] }
}

/// 「○○株式会社及び△△株式会社」 is two names; 及び inside a name is a part of it.
fn joined_by_and(piece: &str) -> Vec<&str> {
    for and in ["及び", "並びに", "および", "ならびに", "と"] {
        let names: Vec<&str> = piece.split(and).collect();
        if names.len() > 1 && names.iter().all(|name| has_form(name)) {
            return names;
        }
    }
    vec![piece]
}

fn has_form(text: &str) -> bool {
    let text = with_full_forms(&fold(text));
    words().forms.iter().any(|form| text.contains(&form.full))
}

/// A folded text with the forms of companies spelt out.
fn with_full_forms(folded: &str) -> String {
    let mut text = folded.to_owned();
    for form in &words().forms {
        for short in &form.short {
            let lower = short.to_lowercase();
            for spelling in [short, &lower] {
                if text.contains(spelling.as_str()) {
                    text = text.replace(spelling.as_str(), &form.full);
                }
            }
        }
    }
    text
}

fn without_branch(name: &str) -> &str {
    let name = name.trim();
    match name.rsplit_once([' ', '\u{3000}']) {
        Some((whole, last)) if ends_in_branch(last) && company(whole).stem.chars().count() > 1 => whole,
        _ => name,
    }
}

fn ends_in_branch(text: &str) -> bool {
    words().branches.iter().any(|branch| text.ends_with(branch.as_str()))
}

fn without_ending(name: &str) -> &str {
    let found = words().endings.iter().find_map(|ending| name.strip_suffix(ending.as_str()));
    // 「他」 alone ends no name that is written with letters before it, but 「等」 may be part of a short word.
    found.filter(|rest| rest.chars().count() > 2).map_or(name, str::trim_end)
}

/// A text without what stands in parentheses; all of it where nothing else stands there.
fn without_parentheses(text: &str) -> String {
    let mut depth = 0_u32;
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(sign),
            _ => {}
        }
    }
    if out.is_empty() { text.to_owned() } else { out }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn names(text: &str) -> Vec<String> {
        let name = |part| match part {
            Part::Name(name) => Some(name),
            Part::Remark(_) => None,
        };
        contractors(text).into_iter().filter_map(name).collect()
    }

    #[test]
    fn spellings_of_a_contractor_are_one() {
        let same = [
            "株式会社みほんシステム",
            "(株)みほんシステム",
            "（株）みほんシステム",
            "㈱みほんシステム",
            "株式会社　みほん システム",
            "みほんシステム株式会社",
            "みほんシステム（株）",
            "株式会社ﾐﾎﾝシステム".replace("ﾐﾎﾝ", "みほん").as_str(),
            "株式会社みほん・システム",
            "みほんシステム 株式会社 中央支店",
            "みほんシステム株式会社中央支店",
            "株式会社みほんシステム（令和5年度から）",
        ]
        .map(company);
        for company in &same {
            assert_eq!(company, &same[0]);
        }
        assert_eq!(company("ＡＢデータ㈱"), company("株式会社ABデータ"));
        assert_eq!(company("ﾃﾞｰﾀ入力(株)"), company("データ入力株式会社"));
        assert_ne!(company("有限会社みほんシステム"), same[0]);
        assert_eq!(company("みほんシステム").stem, same[0].stem);
        assert_eq!(company("国民健康保険団体連合会").form, None);
        assert_eq!(company("地方独立行政法人れいだい").form, Some("地方独立行政法人"));
    }

    #[test]
    fn several_contractors_are_told_apart() {
        let cases: [(&str, &[&str]); 10] = [
            ("株式会社甲、乙株式会社", &["株式会社甲", "乙株式会社"]),
            ("・株式会社甲\n・(有)乙", &["株式会社甲", "(有)乙"]),
            ("1. 株式会社甲\n2. 乙株式会社ほか", &["株式会社甲", "乙株式会社"]),
            ("株式会社甲及び乙株式会社", &["株式会社甲", "乙株式会社"]),
            ("（株）甲　（株）乙", &["（株）甲", "（株）乙"]),
            ("甲　株式会社　中央支店", &["甲　株式会社　中央支店"]),
            ("受託者：甲ビジネス", &["甲ビジネス"]),
            ("入力：株式会社甲、封入：株式会社乙", &["株式会社甲", "封入：株式会社乙"]),
            ("株式会社甲（再委託先は乙、丙）", &["株式会社甲（再委託先は乙、丙）"]),
            ("国民健康保険団体連合会", &["国民健康保険団体連合会"]),
        ];
        for (text, expected) in cases {
            assert_eq!(names(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_name_is_kept_apart() {
        for text in [
            "未定",
            "入札により決定",
            "契約を結んだ後に公表する。",
            "―",
            "なし",
            "上記と同じ",
            "別紙のとおり（別紙参照）",
        ] {
            assert_eq!(names(text), Vec::<String>::new(), "{text}");
            assert_eq!(contractors(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn spellings_of_a_system_are_one() {
        assert_eq!(system("中間サーバー"), system("中間サーバ"));
        assert_eq!(system("接種記録システム（ＶＲＳ）"), system("接種記録システム(VRS)"));
        assert_eq!(system("接種記録システム"), system("接種記録システム(VRS)"));
        assert_ne!(system("中間サーバー・プラットフォーム"), system("中間サーバー"));
        assert_ne!(system("データ連携"), system("デタ連携"));
        let list = systems("・甲システム、乙システム\n丙サーバー", true);
        assert_eq!(list.len(), 3);
        assert_eq!(systems("検索、電子申請機能", false).len(), 1);
    }

    #[test]
    fn marks_of_lists_fall_away() {
        for (line, text) in [
            ("・甲", "甲"),
            ("① 甲", "甲"),
            ("（1）甲", "甲"),
            ("1. 甲", "甲"),
            ("１．甲", "甲"),
            ("3.11対策", "3.11対策"),
            ("(株)甲", "(株)甲"),
        ] {
            assert_eq!(unmarked(line), text);
        }
    }

    proptest! {
        /// The place and the spelling of the form, blanks and width never matter.
        #[test]
        fn form_place_and_blanks_do_not_matter(stem in "[ア-ンA-Z]{3,8}", gap in "[ 　]{0,2}") {
            let expected = company(&format!("株式会社{stem}"));
            for form in ["株式会社", "(株)", "（株）", "㈱"] {
                prop_assert_eq!(&company(&format!("{form}{gap}{stem}")), &expected);
                prop_assert_eq!(&company(&format!("{stem}{gap}{form}")), &expected);
            }
            prop_assert_eq!(&company(&stem).stem, &expected.stem);
        }

        /// No name is lost or invented when names are put in a list.
        #[test]
        fn lists_come_apart_again(stems in prop::collection::vec("[ア-ン]{3,8}", 1..6), separator in "(、|\n・|, |\n)") {
            let listed: Vec<String> = stems.iter().map(|stem| format!("株式会社{stem}")).collect();
            prop_assert_eq!(names(&listed.join(&separator)), listed);
        }

        #[test]
        fn any_text_is_read(text in "\\PC{0,80}") {
            let _ = (contractors(&text), systems(&text, true), company(&text), system(&text));
        }
    }
}
