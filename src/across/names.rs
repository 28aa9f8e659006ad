//! Names of contractors and systems: which names a text holds, and which spellings are one name.

use std::sync::OnceLock;

use regex::Regex;
use serde::Deserialize;

use self::generic::Generic;
pub(super) use self::generic::{Area, generic};
use crate::form::fold;

mod generic;

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
    joint: Vec<String>,
    labels: Vec<String>,
    branches: Vec<String>,
    branch_places: Vec<String>,
    generic: Vec<Generic>,
    remarks: Vec<String>,
    acts: Vec<String>,
    endings: Vec<String>,
    katakana: Vec<[String; 2]>,
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
        // A remark may have commas: it is one as long as no company stands beside it.
        if is_sentence(line) || (!has_form(line) && is_remark(behind_label(line).unwrap_or_default())) {
            parts.push(Part::Remark(line.to_owned()));
            continue;
        }
        for piece in numbered(line).into_iter().flat_map(pieces) {
            match behind_label(unmarked(piece)) {
                Some(name) if !is_remark(name) => {
                    for name in joined_by_and(name) {
                        push_name(&mut parts, name);
                    }
                }
                _ if unmarked(piece).is_empty() => {}
                _ => parts.push(Part::Remark(piece.trim().to_owned())),
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
    let name = without_ending(name.trim().trim_matches('*').trim());
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
        return Company { stem: without_placed_branch(&name).to_owned(), form: None };
    };
    let (before, behind) = (&name[..at], &name[at + form.full.len()..]);
    // Behind a form that ends a name stands nothing but a branch.
    let is_branch = !before.is_empty() && ends_in_branch(behind);
    let stem = match (is_branch, before) {
        (true, _) => before.to_owned(),
        (false, "") => without_placed_branch(behind).to_owned(),
        (false, _) => format!("{before}{behind}"),
    };
    Company { stem, form: Some(&form.full) }
}

/// A name without the branch at its end, where a place or a kind of customers stands before that: 「…札幌支店」, 「…官公庁営業部」.
fn without_placed_branch(name: &str) -> &str {
    static PLACED: OnceLock<Regex> = OnceLock::new();
    let pattern = PLACED.get_or_init(|| {
        let any = |words: &[String]| words.join("|");
        let words = words();
        let pattern =
            format!("(?:(?:{})[都道府県市区]?)+(?:{})$", any(&words.branch_places), any(&words.branches));
        Regex::new(&pattern).unwrap_or_else(|e| panic!("{pattern}: {e}"))
    });
    let mut name = name;
    while let Some(found) = pattern.find(name) {
        let rest = &name[..found.start()];
        if rest.chars().count() < 2 {
            break;
        }
        name = rest;
    }
    name
}

/// How well a spelling serves as the title of a contractor, the best first: without a branch and brackets, with the form in full.
pub(super) fn company_rank(name: &str) -> u8 {
    let folded = folded(name);
    let spelt = with_full_forms(&folded);
    let is_branch = ends_in_branch(&without_parentheses(&spelt)) || without_branch(name) != name.trim();
    let has_brackets = without_parentheses(&spelt) != spelt;
    let has_full_form = words().forms.iter().any(|form| folded.contains(&form.full));
    u8::from(is_branch || has_brackets) * 2 + u8::from(!has_full_form)
}

/// The key of a system: width, blanks, a final ー and what stands in parentheses do not matter.
pub fn system(name: &str) -> String {
    let mut folded = without_parentheses(&folded(name));
    for [long, short] in &words().katakana {
        folded = folded.replace(long.as_str(), short);
    }
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

/// What stands in the parentheses of a system's name, as a key; empty where there are none, or nothing else.
pub(super) fn system_aside(name: &str) -> String {
    let folded = folded(name);
    if without_parentheses(&folded) == folded {
        return String::new();
    }
    let mut depth = 0_u32;
    let mut inside = String::new();
    for sign in folded.chars() {
        match sign {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth > 0 => inside.push(sign),
            _ => {}
        }
    }
    let bare = inside.trim_start_matches("以下").trim_start_matches(['、', ':']);
    let bare = ["通称", "略称"].iter().find_map(|word| bare.strip_prefix(word)).unwrap_or(bare);
    let bare = bare.trim_end_matches('.').trim_end_matches("という").trim_end_matches("と");
    system(bare.trim_start_matches(['「', ':']).trim_end_matches('」'))
}

/// Whether a key can only be an abbreviation: Latin letters (and digits).
pub(super) fn is_abbreviation(key: &str) -> bool {
    (2..=12).contains(&key.len())
        && key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
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
    let line = without_signs(line.trim());
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

/// A line without signs in front of it. Of 「○○県」 no sign is taken away: there they stand for a name.
fn without_signs(line: &str) -> &str {
    let mut line = line;
    while let Some(sign) = line.chars().next() {
        let rest = &line[sign.len_utf8()..];
        let is_plain = matches!(sign, '・' | '･' | '-' | '*' | '+' | '※' | '>' | '#' | '\\');
        let is_bullet = matches!(sign, '●' | '○' | '◯' | '〇' | '◆' | '■' | '□') && !rest.starts_with(sign);
        if !is_plain && !is_bullet && !is_circled(sign) {
            break;
        }
        line = rest.trim_start();
    }
    line
}

fn is_circled(sign: char) -> bool {
    ('①'..='⑳').contains(&sign)
}

/// What stands behind a label: 受託者：○○株式会社. None where the label tells that no contractor follows (再委託先).
fn behind_label(line: &str) -> Option<&str> {
    let Some((label, name)) = split_outside(line, |c| matches!(c, ':' | '：')) else { return Some(line) };
    let folded_label = without_parentheses(&fold(label));
    if folded_label.contains('再') && folded_label.contains("委託") {
        return None;
    }
    // 「○○株式会社：入力業務」: the name may stand in front as well.
    if has_form(label) {
        return Some(if has_form(name) { line } else { label.trim() });
    }
    let is_label =
        words().labels.iter().any(|word| folded_label.trim_end_matches('*').ends_with(word.as_str()));
    Some(if is_label || has_form(name) { name.trim() } else { line })
}

/// A text at the first of these signs that stands outside brackets.
fn split_outside(text: &str, is_sign: impl Fn(char) -> bool) -> Option<(&str, &str)> {
    let mut depth = 0_u32;
    for (at, sign) in text.char_indices() {
        if depth == 0 && is_sign(sign) {
            return Some((&text[..at], &text[at + sign.len_utf8()..]));
        }
        depth = deeper(depth, sign);
    }
    None
}

/// The depth of brackets behind a sign.
fn deeper(depth: u32, sign: char) -> u32 {
    match sign {
        '(' | '（' | '「' | '［' | '【' => depth + 1,
        ')' | '）' | '」' | '］' | '】' => depth.saturating_sub(1),
        _ => depth,
    }
}

fn is_sentence(line: &str) -> bool {
    line.trim_end().ends_with(['。', '．'])
}

/// Whether something is said instead of a name. 契約 and the like may be part of the name of a company.
fn is_remark(text: &str) -> bool {
    let text = without_parentheses(&with_full_forms(&fold(text)));
    let has_form = has_form(&text);
    let is_token = matches!(text.as_str(), "" | "-" | "なし" | "無" | "無し" | "特になし" | "ー");
    let is_long = text.chars().count() > LONGEST_NAME && !has_form;
    let is_act = |word: &String| {
        let mut behind = text.match_indices(word.as_str()).map(|(at, _)| &text[at + word.len()..]);
        let verbs = ["により", "による", "した", "する", "して", "し、", "され", "済", "未", "後", "前"];
        behind.any(|rest| !has_form || verbs.iter().any(|verb| rest.starts_with(verb)))
    };
    // 「3社（○○、△△）」 tells how many there are.
    let number = text.strip_suffix(['社', '者']).unwrap_or_default();
    let is_count = !number.is_empty()
        && number.chars().all(|c| c.is_numeric() || "一二三四五六七八九十数複".contains(c));
    is_token
        || is_count
        || is_long
        || is_sentence(&text)
        || words().acts.iter().any(is_act)
        || words().remarks.iter().any(|word| text.contains(word.as_str()))
}

/// A line at the numbers of a list that stand within it: 「①甲 ②乙」, 「1．甲 2．乙」.
fn numbered(line: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut depth, mut before) = (0, 0_u32, ' ');
    for (at, sign) in line.char_indices() {
        let is_gap = matches!(before, ' ' | '\u{3000}');
        let is_number = sign.is_numeric() || (matches!(sign, '(' | '（' | '・') && is_gap);
        let begins = is_circled(sign)
            || (is_gap && is_number && unmarked(&line[at..]).len() < line[at..].trim().len());
        if depth == 0 && begins {
            parts.push(&line[start..at]);
            start = at;
        }
        depth = deeper(depth, sign);
        before = sign;
    }
    parts.push(&line[start..]);
    parts.retain(|part| !unmarked(part).is_empty());
    parts
}

/// What commas and blanks keep apart, outside parentheses. A group of companies stays as it is written.
fn pieces(line: &str) -> Vec<&str> {
    if is_joint(line) {
        return vec![line];
    }
    let mut pieces = Vec::new();
    let (mut start, mut depth) = (0, 0_u32);
    for (at, sign) in line.char_indices() {
        let end = at + sign.len_utf8();
        let is_separator = matches!(sign, '、' | '，' | ',' | '､' | '；' | ';' | '／' | '\t');
        if depth == 0 && is_separator && !is_english_form(&line[end..]) && !is_list_number(&line[start..end])
        {
            pieces.push(&line[start..at]);
            start = end;
        }
        depth = deeper(depth, sign);
    }
    pieces.push(&line[start..]);
    pieces.into_iter().flat_map(apart_by_blanks).collect()
}

/// 「1、」 in front of a name.
fn is_list_number(text: &str) -> bool {
    let text = text.trim();
    text.ends_with('、') && unmarked(text).is_empty()
}

/// Whether companies work together under one contract.
fn is_joint(text: &str) -> bool {
    let text = fold(text);
    let mut jv = text.match_indices("JV").map(|(at, _)| (&text[..at], &text[at + 2..]));
    let is_letter = |c: char| c.is_ascii_alphanumeric();
    words().joint.iter().any(|word| text.contains(word.as_str()))
        || jv.any(|(before, behind)| !before.ends_with(is_letter) && !behind.starts_with(is_letter))
}

/// 「, Inc.」 and 「, Ltd.」 belong to the name before them.
fn is_english_form(behind: &str) -> bool {
    let behind = fold(behind).to_lowercase();
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    ["inc", "ltd", "limited", "llc", "corp", "corporation", "co"]
        .iter()
        .any(|form| behind.strip_prefix(form).is_some_and(|rest| ends(rest) || rest.starts_with("ltd")))
}

/// 「○○株式会社　△△株式会社」 and 「入力：○○　封入：△△」 are two names; 「○○　株式会社」 is one.
fn apart_by_blanks(piece: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = piece.trim();
    while let Some((word, behind)) = split_outside(rest, |c| matches!(c, ' ' | '\u{3000}')) {
        words.push(word);
        rest = behind.trim_start();
    }
    words.push(rest);
    // 「○○株式会社 （再委託 △△株式会社）」 is one with a remark.
    let is_aside = |word: &&str| with_full_forms(&fold(word)).starts_with('(');
    let is_whole = |word: &&str| has_form(word) && !is_aside(word) && !company(word).stem.is_empty();
    let is_labelled =
        |word: &&str| behind_label(word).is_none_or(|name| name.len() < word.len() && !name.is_empty());
    if words.len() > 1 && (words.iter().all(is_whole) || words.iter().all(is_labelled)) {
        return words;
    }
    vec![piece]
}

/// 「○○株式会社及び△△株式会社」 is two names; 及び inside a name is a part of it.
fn joined_by_and(piece: &str) -> Vec<&str> {
    if is_joint(piece) {
        return vec![piece];
    }
    for and in ["及び", "並びに", "および", "ならびに", "・", "と"] {
        let names: Vec<&str> = piece.split(and).collect();
        let is_whole = |name: &&str| {
            let depth = name.chars().try_fold(0_u32, |depth, sign| {
                let is_end = matches!(sign, ')' | '）' | '」') && depth == 0;
                (!is_end).then(|| deeper(depth, sign))
            });
            depth == Some(0) && has_form(name) && !company(name).stem.is_empty()
        };
        if names.len() > 1 && names.iter().all(is_whole) {
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

/// A name without 「ほか」, 「他3社」 and the like at its end.
fn without_ending(name: &str) -> &str {
    static OTHERS: OnceLock<Regex> = OnceLock::new();
    let others = OTHERS.get_or_init(|| {
        let pattern = r"[\s、]*[(（]?(?:ほか|他|外)\s*[0-9０-９一二三四五六七八九十数]+\s*(?:社|者|団体|法人|事業者|業者|名)[)）]?$";
        Regex::new(pattern).unwrap_or_else(|e| panic!("{pattern}: {e}"))
    });
    let name = others.find(name).map_or(name, |found| &name[..found.start()]);
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
mod tests;
