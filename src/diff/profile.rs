//! What tells whether two sentences are alike, without comparing them word by word.

use std::collections::HashMap;
use std::ops::Range;

use super::text::{Key, Script, Spellings, Text};
use super::words;

/// Sentences of fewer characters are too common to tell where they went.
pub(super) const SHORT: usize = 8;

/// What is compared of a sentence.
pub(super) struct Profile {
    /// Equal sentences have equal numbers, on both sides.
    pub number: u32,
    /// Pairs of neighbouring characters, sorted.
    pub pairs: Vec<u64>,
    /// The number of its label. Equal labels have equal numbers, on both sides.
    pub label: Option<u32>,
    /// It says that something was left out.
    pub is_omission: bool,
    /// The very same sentence is on the other side, and long enough to be meant.
    pub has_twin: bool,
}

impl Profile {
    /// The profiles of all sentences of a text. `numbers` is shared by both sides.
    pub(super) fn all(text: &Text, spellings: &Spellings, numbers: &mut HashMap<Vec<Key>, u32>) -> Vec<Self> {
        text.sentences.iter().map(|s| Self::of(text, s.clone(), spellings, numbers)).collect()
    }

    fn of(
        text: &Text,
        sentence: Range<usize>,
        spellings: &Spellings,
        numbers: &mut HashMap<Vec<Key>, u32>,
    ) -> Self {
        let is_omission = is_omission(text, sentence.clone());
        let label = words::label(text, &sentence).map(|label| number(text.keys(label), numbers));
        let keys = text.keys(sentence);
        let mut characters = keys.iter().flat_map(|key| spellings.get(*key).chars());
        let mut last = characters.next().map_or(0, u32::from);
        let mut pairs: Vec<u64> = characters
            .map(|c| {
                let pair = (u64::from(last) << 32) | u64::from(u32::from(c));
                last = u32::from(c);
                pair
            })
            .collect();
        if pairs.is_empty() {
            pairs.push(u64::from(last));
        }
        pairs.sort_unstable();
        Self { number: number(keys, numbers), pairs, label, is_omission, has_twin: false }
    }

    /// Whether it is too short to tell where it went.
    pub(super) fn is_short(&self) -> bool {
        self.pairs.len() < SHORT
    }
}

fn number(keys: Vec<Key>, numbers: &mut HashMap<Vec<Key>, u32>) -> u32 {
    let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
    *numbers.entry(keys).or_insert(next)
}

/// （略）, 以下省略, …: a sentence that stands for others.
pub(super) fn is_omission(text: &Text, sentence: Range<usize>) -> bool {
    let words = &text.words[sentence.clone()];
    let written = text.at(sentence);
    let kanji: String = written.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()).collect();
    let is_word = matches!(
        kanji.as_str(),
        "略" | "省略" | "中略" | "前略" | "後略" | "以下略" | "以下省略" | "以降略" | "以降省略"
    );
    let dots = written.trim();
    let is_dots = (dots.contains(['…', '‥']) || dots.chars().count() > 2)
        && dots.chars().all(|c| matches!(c, '…' | '‥' | '・' | '.'));
    let is_other = |script| matches!(script, Script::Hiragana | Script::Katakana);
    (is_word || (is_dots && !words.is_empty())) && !words.iter().any(|word| is_other(word.script))
}

/// How many elements two sorted lists have in common.
pub(super) fn common(one: &[u64], other: &[u64]) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while let (Some(x), Some(y)) = (one.get(i), other.get(j)) {
        count += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    count
}

/// A sorted list without the elements of another.
pub(super) fn without(list: &[u64], gone: &[u64]) -> Vec<u64> {
    let mut gone = gone.iter().peekable();
    let is_kept = |x: &&u64| {
        while gone.next_if(|y| y < x).is_some() {}
        gone.next_if(|y| y == x).is_none()
    };
    list.iter().filter(is_kept).copied().collect()
}
