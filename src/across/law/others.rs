//! Laws and 条例 that are not in the table, known by how their names end.

use super::patterns::patterns;
use super::{Reader, Reading, aside, names};

impl Reader<'_> {
    pub(super) fn ordinance(&mut self) -> Option<usize> {
        let rest = self.rest;
        let lead = conjunction(rest);
        let found = patterns().ordinance.find(&rest[lead..])?.as_str();
        let bare = found.trim_start_matches(['市', '区', '町', '村', '本', '当', '同', '該']);
        if bare.starts_with("条例") {
            return None;
        }
        // 「番号法第9条第2項に基づく条例」 names a law and then an ordinance without a name.
        if found.contains("第一") || found.contains("別表") {
            return None;
        }
        self.open(Reading::Named(found.to_owned()), found.to_owned());
        let length = lead + found.len();
        Some(length + aside(&rest[length..]))
    }

    pub(super) fn other_law(&mut self) -> Option<usize> {
        let rest = self.rest;
        let lead = conjunction(rest);
        let found = patterns().other_law.find(&rest[lead..])?.as_str();
        let name = found.split(['(', '第']).next().unwrap_or_default();
        if name.chars().count() < 3 || name.starts_with('同') {
            return None;
        }
        // A known law may stand inside the run of kanji: 「及同地方税法」 would hide it.
        if names().iter().any(|(known, _)| name.contains(known.as_str())) {
            return None;
        }
        let length = lead + name.len();
        self.open(Reading::Named(name.to_owned()), name.to_owned());
        Some(length + aside(&rest[length..]))
    }
}

/// The length of what joins a name to what stands before it.
fn conjunction(text: &str) -> usize {
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let found = [
            "及び",
            "並びに",
            "ならびに",
            "および",
            "又は",
            "または",
            "の項",
            "項",
            "号",
            "条",
            "の",
            "と",
            " ",
        ]
        .into_iter()
        .find(|word| rest.starts_with(word));
        match found {
            Some(word) => at += word.len(),
            None => return at,
        }
    }
}
