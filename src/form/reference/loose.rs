//! Names compared without what Japanese spelling leaves free: particles, the kana behind a verb, points between words.
//!
//! `提供先での用途` and `提供先における用途`, `与える得る` and `与え得る` are the same to a reader. Only a negation counts.

use std::collections::HashMap;

use super::lexicon::{Hit, is_digit};

/// Names with fewer signs than this have too little left to be known by.
const SHORTEST: usize = 4;

/// What people leave out at the end of a label.
const CUT: &str = "の内容";

#[derive(Debug)]
struct Name {
    signs: Vec<char>,
    /// The kana at the beginning of the label.
    head: String,
    /// The kana at the end of the label.
    tail: String,
    /// The end of the label is missing.
    cut: bool,
    hits: Vec<Hit>,
}

/// A name found in a text.
pub(super) struct Found<'n> {
    /// The position behind it.
    pub(super) end: usize,
    /// The end of the label is missing: it is one only beneath a number, and at the end of the text.
    pub(super) cut: bool,
    pub(super) hits: &'n [Hit],
}

/// Names by their first sign that counts.
#[derive(Debug, Default)]
pub(super) struct Names {
    by_first: HashMap<char, Vec<Name>>,
}

impl Names {
    /// Adds a folded label, with its end and without it.
    pub(super) fn add(&mut self, label: &str, hit: Hit) {
        self.add_name(label, false, hit);
        if let Some(cut) = label.strip_suffix(CUT) {
            self.add_name(cut, true, hit);
        }
    }

    fn add_name(&mut self, text: &str, cut: bool, hit: Hit) {
        let signs: Vec<char> = signs(text, 0).map(|(_, c)| c).collect();
        let Some(first) = signs.first().filter(|_| signs.len() >= SHORTEST) else { return };
        let head = text[..text.find(|c| !is_kana(c)).unwrap_or(0)].to_owned();
        let tail = text[text.trim_end_matches(is_kana).len()..].to_owned();
        let bucket = self.by_first.entry(*first).or_default();
        let is_same = |n: &&mut Name| (&n.signs, &n.head, &n.tail, n.cut) == (&signs, &head, &tail, cut);
        if let Some(name) = bucket.iter_mut().find(is_same) {
            return name.hits.push(hit);
        }
        bucket.push(Name { signs, head, tail, cut, hits: vec![hit] });
    }

    /// The names that a folded text holds at a position.
    pub(super) fn at<'n>(&'n self, text: &str, at: usize) -> impl Iterator<Item = Found<'n>> {
        let bucket = signs(text, at).next().and_then(|(_, first)| self.by_first.get(&first));
        bucket.map(Vec::as_slice).unwrap_or_default().iter().filter_map(move |name| {
            let end = name.end_in(text, at)?;
            Some(Found { end, cut: name.cut, hits: &name.hits })
        })
    }
}

impl Name {
    /// The position behind the name where it stands at a position of a text.
    fn end_in(&self, text: &str, at: usize) -> Option<usize> {
        // Kana in front are a word (すべての記録項目).
        if text[at..].starts_with(is_free) && (self.head.is_empty() || !text[at..].starts_with(&self.head)) {
            return None;
        }
        let mut text_signs = signs(text, at);
        let mut end = at;
        for sign in &self.signs {
            let (behind, found) = text_signs.next()?;
            if found != *sign {
                return None;
            }
            end = behind;
        }
        let cuts_number =
            self.signs.last().is_some_and(|c| is_digit(*c)) && text[end..].starts_with(is_digit);
        if cuts_number {
            return None;
        }
        Some(if text[end..].starts_with(&self.tail) { end + self.tail.len() } else { end })
    }
}

/// Whether a sign is one that spelling leaves free. 及び is written および as well.
fn is_free(c: char) -> bool {
    is_kana(c) || matches!(c, '・' | '、' | '.' | '及')
}

/// Whether a sign is a kana of grammar.
pub(super) fn is_kana(c: char) -> bool {
    ('ぁ'..='ゖ').contains(&c)
}

/// The signs of a text that count, each with the position behind it.
fn signs(text: &str, from: usize) -> impl Iterator<Item = (usize, char)> {
    let negation = |at: usize| text[at..].starts_with("ない");
    text[from..].char_indices().filter_map(move |(i, c)| {
        let at = from + i;
        (!is_free(c) || negation(at)).then_some((at + c.len_utf8(), c))
    })
}

/// Whether two folded texts are made of the same words, in whatever order.
pub(super) fn are_same_words(a: &str, b: &str) -> bool {
    let words = |text: &str| {
        let mut words: Vec<String> =
            text.split(|c| is_kana(c) || matches!(c, '・' | '、')).map(str::to_owned).collect();
        words.retain(|w| !w.is_empty());
        words.sort_unstable();
        words
    };
    a.len().abs_diff(b.len()) <= 12 && {
        let words_of_a = words(a);
        words_of_a.len() > 1 && words_of_a == words(b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Form;
    use crate::form::reference::lexicon::Part;

    fn end(label: &str, text: &str) -> Option<(usize, bool)> {
        let node = Form::all()[0].nodes()[0].ix;
        let mut names = Names::default();
        names.add(label, Hit { node, part: Part::Alias });
        names.at(text, 0).last().map(|f| (text.len() - f.end, f.cut))
    }

    #[test]
    fn particles_do_not_matter_and_words_do() {
        assert_eq!(end("提供先における用途", "提供先での用途"), Some((0, false)));
        assert_eq!(end("権利利益に影響を与え得る決定", "権利利益に影響を与える得る決定"), Some((0, false)));
        assert_eq!(end("いつ時点の計数か", "いつの時点の計数か"), Some((0, false)));
        assert_eq!(end("リスクに対する措置の内容", "リスクに対しての措置"), Some((0, true)));
        assert_eq!(end("提供先における用途", "提供先における方法"), None);
        assert_eq!(end("記録される項目", "すべての記録項目"), None);
        assert_eq!(end("その他のリスク及びその措置", "他のリスクおよびその措置"), Some((0, false)));
        assert_eq!(end("接続しない方法", "接続する方法"), None);
        assert_eq!(end("その内容", "内容"), None);
    }

    #[test]
    fn words_may_change_places() {
        assert!(are_same_words("入手の時期・頻度", "入手の頻度・時期"));
        assert!(!are_same_words("入手の時期・頻度", "入手の時期"));
        assert!(!are_same_words("時期", "時期"));
    }
}
