//! A reference made comparable: markup and remarks off, folded, a roman number in its own signs.

use std::borrow::Cow;

use super::super::{Form, fold};
use super::lexicon::Lexicon;
use crate::wareki;

/// No reference is longer; what follows is a pasted text.
const LONGEST: usize = 400;

/// A reference ready for the search.
#[derive(Debug)]
pub(super) struct Text {
    /// Folded.
    pub(super) folded: String,
    /// More than width, blanks and ※ had to be changed.
    pub(super) respelled: bool,
}

impl Text {
    pub(super) fn new(form: &Form, lexicon: &Lexicon, raw: &str) -> Self {
        let raw = match raw.char_indices().nth(LONGEST) {
            Some((end, _)) => &raw[..end],
            None => raw,
        };
        let untagged = without_tags(raw);
        let undated = without_date(&untagged);
        let bare = without_remark(undated);
        let mut folded = with_hyphens(fold(&without_exclusion(bare)));
        let mut respelled = lexicon.apply_folds(&mut folded) || bare.len() < undated.len();
        if let Some(roman) = roman_at_start(form, &folded) {
            folded = roman;
            respelled = true;
        }
        Self { folded, respelled }
    }
}

/// A long vowel or the numeral 一 between two numbers is a hyphen (Ⅱー３ー⑧).
fn with_hyphens(folded: String) -> String {
    let is_number =
        |c: char| c.is_ascii_alphanumeric() || ('①'..='⑳').contains(&c) || ('Ⅰ'..='Ⅻ').contains(&c);
    if !folded.contains(['ー', '一']) {
        return folded;
    }
    let mut out = String::with_capacity(folded.len());
    let mut signs = folded.chars().peekable();
    while let Some(c) = signs.next() {
        let stands_between = matches!(c, 'ー' | '一')
            && out.ends_with(is_number)
            && signs.peek().is_some_and(|next| is_number(*next));
        out.push(if stands_between { '-' } else { c });
    }
    out
}

/// Cells that come from a published table hold `<p>…</p>` around each level.
fn without_tags(text: &str) -> Cow<'_, str> {
    if !text.contains('<') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        let tag = &rest[open..];
        let is_tag = tag[1..].starts_with(|c: char| c == '/' || c.is_ascii_alphabetic());
        let close = tag.find('>').filter(|_| is_tag);
        out.push_str(&rest[..open]);
        if close.is_none() {
            out.push('<');
        }
        rest = &tag[close.unwrap_or(0) + 1..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Tables that lost a cell hold the date of the row in front of its item.
fn without_date(text: &str) -> &str {
    const ERAS: [&str; 2] = ["令和", "平成"];
    let start = text.trim_start();
    if !ERAS.iter().any(|era| start.starts_with(era)) {
        return text;
    }
    match wareki::find_all(start).first() {
        Some((range, _)) if range.start == 0 && range.end < start.trim_end().len() => &start[range.end..],
        _ => text,
    }
}

/// What people write behind an item to say what became of it: 「（新規）」, 「※詳細省略」.
fn without_remark(text: &str) -> &str {
    const REMARKS: [&str; 12] = [
        "新規",
        "追加",
        "追記",
        "新設",
        "削除",
        "廃止",
        "変更",
        "修正",
        "一部変更",
        "一部修正",
        "一部追加",
        "一部削除",
    ];
    let text = text.trim_end();
    let omitted = text.rfind('※').filter(|at| text[*at..].ends_with("省略")).map(|at| &text[..at]);
    let closed = text.strip_suffix([')', '）', '】', ']', '］']);
    let before = |t: &'_ str, remark: &str| -> Option<usize> {
        let opened =
            t.trim_end().strip_suffix(remark)?.trim_end().strip_suffix(['(', '（', '【', '[', '［'])?;
        Some(opened.len())
    };
    let opened = closed.and_then(|t| REMARKS.iter().find_map(|r| before(t, r))).map(|end| &text[..end]);
    match omitted.or(opened).filter(|rest| !rest.trim().is_empty()) {
        Some(rest) => without_remark(rest),
        None => text,
    }
}

/// The ※ of a heading may carry what it excludes: 「※（７．リスク１⑨を除く。）」. That is no part of the reference.
fn without_exclusion(text: &str) -> Cow<'_, str> {
    let mut from = 0;
    while let Some(at) = text[from..].find('※').map(|at| from + at) {
        from = at + '※'.len_utf8();
        let after = text[from..].trim_start();
        if !after.starts_with(['(', '（']) {
            continue;
        }
        let Some(close) = after.find([')', '）']) else { break };
        if after[..close].contains("除く") {
            return Cow::Owned(format!("{}{}", &text[..at], after[close..].trim_start_matches([')', '）'])));
        }
    }
    Cow::Borrowed(text)
}

/// The text with a section number in Latin letters put into the sign of the form; none where there is none.
fn roman_at_start(form: &Form, text: &str) -> Option<String> {
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let number = roman_value(&text[..end])?;
    let sign = char::from_u32(u32::from('Ⅰ') + number - 1)?.to_string();
    form.sections()
        .any(|s| s.mark.as_deref() == Some(sign.as_str()))
        .then(|| format!("{sign}{}", &text[end..]))
}

fn roman_value(letters: &str) -> Option<u32> {
    const NUMERALS: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
    let position = NUMERALS.iter().position(|n| n.eq_ignore_ascii_case(letters))?;
    u32::try_from(position + 1).ok()
}
