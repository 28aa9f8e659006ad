//! The tables of laws, and which of their entries a text names.

use super::patterns::patterns;
use super::{Reader, Reading};

impl Reader<'_> {
    pub(super) fn table(&mut self) -> Option<usize> {
        let table = patterns().table.find(self.rest)?.as_str();
        if self.current.is_none() {
            self.open(Reading::Known("bango".to_owned()), table.to_owned());
        }
        let end = self.entries(table.len(), table);
        if end == table.len() {
            self.cite(table.to_owned(), None);
        }
        self.article.clear();
        Some(end)
    }

    /// Cites the entries of a table from there on; where they end.
    fn entries(&mut self, from: usize, table: &str) -> usize {
        let rest = self.rest;
        let mut at = from;
        loop {
            let gap = patterns().between.find(&rest[at..]).map_or("", |gap| gap.as_str());
            let here = &rest[at + gap.len()..];
            let Some(entry) = patterns().entry.captures(here) else { break };
            // Here the number of a list may stand as well: 「…16の項⏎2 地方税法」, 「…16の項(2)」.
            let is_apart = gap.contains('\n') || (at > from && (gap.is_empty() || gap.ends_with('(')));
            if is_no_entry(here, &entry[0]) || (is_apart && !is_listed(here, &entry[0])) {
                break;
            }
            self.cite(format!("{table} {}の項", &entry[1]), None);
            at += gap.len() + entry[0].len();
        }
        at
    }

    /// The order of the exchange of information has one table, in its second article.
    pub(super) fn has_one_table(&self) -> bool {
        self.current.as_ref().is_some_and(|current| current.law == Reading::Known("bango-19-8".to_owned()))
    }

    /// The rows of the table of an article, which begin there: 「第2条の表の48の項」.
    pub(super) fn rows(&mut self, from: usize, article: &str) -> Option<usize> {
        let rest = self.rest;
        let found = patterns().rows.find(&rest[from..])?;
        // The pattern ends behind the first digit, with 「第」 or without.
        let head = found.as_str().trim_end_matches(|c: char| c.is_ascii_digit() || c == '第');
        let start = from + head.len();
        let end = self.entries(start, &format!("{article}の表"));
        if end == start {
            return None;
        }
        self.article.clear();
        Some(end)
    }
}

/// Whether a number counts something else: 「第3条」, 「1,000人」.
fn is_no_entry(text: &str, number: &str) -> bool {
    text[number.len()..].starts_with(['条', '年', '月', '日', '人', '件', '号', '欄', '表'])
        || patterns().thousands.is_match(text)
        || patterns().articles.is_match(text)
}

/// Whether a number says that it is an entry, or is in a row of such.
fn is_listed(text: &str, number: &str) -> bool {
    number.ends_with('項') || patterns().listed.is_match(&text[number.len()..])
}
