//! Words of the glossary in running text.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use super::Term;

/// Finds words: the longest of those that begin at a place.
pub(super) struct Finder {
    automaton: AhoCorasick,
    /// The entry of each pattern: none for a word that is known, so that no shorter one is found in it, but not linked.
    entries: Vec<Option<usize>>,
}

/// A word in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) place: Range<usize>,
    /// The entry by its position.
    pub(super) entry: usize,
}

impl Finder {
    /// `others` are words that are known but explained nowhere.
    pub(super) fn of(terms: &[Term], others: &[String]) -> Self {
        let words = terms.iter().enumerate().flat_map(|(at, term)| {
            let entry = term.link.then_some(at);
            std::iter::once(&term.term).chain(&term.also).map(move |word| (word.as_str(), entry))
        });
        let others = others.iter().map(|word| (word.as_str(), None));
        let (patterns, entries): (Vec<_>, Vec<_>) = words.chain(others).unzip();
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(&patterns)
            .unwrap_or_else(|e| panic!("the words of the glossary cannot be searched: {e}"));
        Self { automaton, entries }
    }

    /// The words of a text in its order. A word within a longer one that the glossary does not know is another word.
    pub(super) fn find(&self, text: &str) -> impl Iterator<Item = Found> {
        self.automaton.find_iter(text).filter_map(|found| {
            let entry = self.entries.get(found.pattern().as_usize()).copied().flatten()?;
            let place = found.range();
            is_whole(text, &place).then_some(Found { place, entry })
        })
    }
}

/// Whether a word stands for itself: neither the letter before nor the one after makes a compound with it.
fn is_whole(text: &str, place: &Range<usize>) -> bool {
    /// What may follow a word without making another one of it: 番号法第9条, 特定個人情報等, 庁内連携システム側.
    const ENDINGS: &str = "第等上内側用間中";
    let before = text[..place.start].chars().next_back();
    let after = text[place.end..].chars().next();
    let word = &text[place.clone()];
    let joins = |own: Option<char>, other: Option<char>| match (own, other) {
        (Some(own), Some(other)) => script(own) != Script::Other && script(own) == script(other),
        _ => false,
    };
    !joins(word.chars().next(), before)
        && (after.is_some_and(|c| ENDINGS.contains(c)) || !joins(word.chars().next_back(), after))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Kanji,
    Katakana,
    Latin,
    Other,
}

fn script(c: char) -> Script {
    match c {
        '\u{4e00}'..='\u{9fff}' | '々' => Script::Kanji,
        'ァ'..='ヶ' | 'ー' => Script::Katakana,
        'A'..='Z' | 'a'..='z' | '0'..='9' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '０'..='９' => Script::Latin,
        _ => Script::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Glossary;

    fn found(text: &str) -> Vec<&str> {
        Glossary::get().finder.find(text).map(|found| &text[found.place]).collect()
    }

    #[test]
    fn the_longest_word_is_the_word() {
        assert_eq!(
            found("特定個人情報ファイルと特定個人情報、個人番号"),
            ["特定個人情報ファイル", "特定個人情報", "個人番号"]
        );
        assert_eq!(found("情報提供ネットワークシステムを使う。"), ["情報提供ネットワークシステム"]);
        assert_eq!(found("再委託を認める。委託をする。"), ["再委託", "委託"]);
    }

    #[test]
    fn a_part_of_another_word_is_no_word() {
        assert_eq!(found("電話番号法務局、暗号符号化方式、委託料"), [""; 0]);
        assert_eq!(found("番号法第9条と番号法施行規則"), ["番号法"]);
        assert_eq!(found("PIAとPIANO"), ["PIA"]);
    }

    #[test]
    fn a_longer_word_that_is_not_explained_is_not_its_part() {
        assert_eq!(found("個人番号利用事務等実施者、個人番号利用事務等、個人番号関係事務実施者"), [""; 0]);
        assert_eq!(
            found("個人番号利用事務を行う。個人番号関係事務等"),
            ["個人番号利用事務", "個人番号関係事務"]
        );
    }

    #[test]
    fn common_words_are_known_but_not_linked() {
        assert_eq!(found("事前に提供し、移転する。情報提供をする。"), [""; 0]);
    }
}
