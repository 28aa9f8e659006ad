//! 用語集: the words of the official forms explained for residents, and where they stand in a text.
//!
//! The words are data (`terms.yaml`, and in `others.yaml` longer ones of which they are a part). They are read once; what finds them in texts is built once as well.

mod find;
mod markup;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use find::Finder;
pub use markup::Linker;

/// A word and what it means.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Permanent address of its entry: `/glossary/#{id}`.
    pub id: String,
    /// The word.
    pub term: String,
    /// Its reading in hiragana.
    pub kana: String,
    /// Other ways to write it.
    #[serde(default)]
    pub also: Vec<String>,
    /// What it means.
    pub about: String,
    /// Where that is laid down; none for a word that no rule explains.
    #[serde(default)]
    pub source: Option<String>,
    /// Ids of words that help to understand it.
    #[serde(default)]
    pub related: Vec<String>,
    /// The roles of the items that ask for it.
    #[serde(default)]
    pub roles: Vec<String>,
    /// Whether it is linked where it stands in a text; not where it is too common a word.
    #[serde(default = "yes")]
    pub link: bool,
}

fn yes() -> bool {
    true
}

/// All words in the order of their readings.
pub struct Glossary {
    terms: Vec<Term>,
    by_id: BTreeMap<String, usize>,
    finder: Finder,
}

impl Glossary {
    /// The glossary of the program.
    ///
    /// # Panics
    ///
    /// Where its data file is broken, which a test would have told.
    pub fn get() -> &'static Self {
        static GLOSSARY: OnceLock<Glossary> = OnceLock::new();
        GLOSSARY.get_or_init(|| {
            let terms: Vec<Term> = serde_saphyr::from_str(include_str!("terms.yaml"))
                .unwrap_or_else(|e| panic!("terms.yaml does not load: {e}"));
            let others: Vec<String> = serde_saphyr::from_str(include_str!("others.yaml"))
                .unwrap_or_else(|e| panic!("others.yaml does not load: {e}"));
            Self::of(terms, &others)
        })
    }

    fn of(mut terms: Vec<Term>, others: &[String]) -> Self {
        terms.sort_by(|a, b| (reading(&a.kana), &a.id).cmp(&(reading(&b.kana), &b.id)));
        let by_id = terms.iter().enumerate().map(|(at, term)| (term.id.clone(), at)).collect();
        let finder = Finder::of(&terms, others);
        Self { terms, by_id, finder }
    }

    /// All words in the order of their readings.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// A word by its id.
    pub fn term(&self, id: &str) -> Option<&Term> {
        self.terms.get(*self.by_id.get(id)?)
    }
}

/// A reading as dictionaries order it: voiced and small letters are the plain ones, and a long vowel counts for nothing.
fn reading(kana: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    const SMALL: [(char, char); 10] = [
        ('ぁ', 'あ'),
        ('ぃ', 'い'),
        ('ぅ', 'う'),
        ('ぇ', 'え'),
        ('ぉ', 'お'),
        ('っ', 'つ'),
        ('ゃ', 'や'),
        ('ゅ', 'ゆ'),
        ('ょ', 'よ'),
        ('ー', '\u{0}'),
    ];
    let plain = kana.nfd().filter(|c| !matches!(c, '\u{3099}' | '\u{309a}'));
    plain
        .map(|c| SMALL.iter().find(|(small, _)| *small == c).map_or(c, |(_, large)| *large))
        .filter(|c| *c != '\u{0}')
        .collect()
}

/// A row of the syllabary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Its first letter.
    pub name: char,
    /// Its place on the page of the glossary.
    pub id: &'static str,
}

/// The row that a reading begins in.
pub fn row_of(kana: &str) -> Row {
    const ROWS: [(&str, Row); 10] = [
        ("あいうえお", Row { name: 'あ', id: "row-a" }),
        ("かきくけこ", Row { name: 'か', id: "row-ka" }),
        ("さしすせそ", Row { name: 'さ', id: "row-sa" }),
        ("たちつてと", Row { name: 'た', id: "row-ta" }),
        ("なにぬねの", Row { name: 'な', id: "row-na" }),
        ("はひふへほ", Row { name: 'は', id: "row-ha" }),
        ("まみむめも", Row { name: 'ま', id: "row-ma" }),
        ("やゆよ", Row { name: 'や', id: "row-ya" }),
        ("らりるれろ", Row { name: 'ら', id: "row-ra" }),
        ("わをん", Row { name: 'わ', id: "row-wa" }),
    ];
    let reading = reading(kana);
    let holds = |letters: &str| reading.chars().next().is_some_and(|first| letters.contains(first));
    let (_, last) = ROWS[ROWS.len() - 1];
    ROWS.iter().find(|(letters, _)| holds(letters)).map_or(last, |(_, row)| *row)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::form::Form;

    #[test]
    fn every_entry_is_whole() {
        let glossary = Glossary::get();
        assert!(glossary.terms().len() >= 60);
        let mut words = BTreeSet::new();
        for term in glossary.terms() {
            let is_id = |c: char| c.is_ascii_lowercase() || c == '-';
            assert!(!term.id.is_empty() && term.id.chars().all(is_id), "{}", term.id);
            let is_kana = |c: char| ('ぁ'..='ん').contains(&c) || c == 'ー';
            assert!(term.kana.chars().all(is_kana), "{}: {}", term.term, term.kana);
            assert!(term.about.ends_with('。') && term.about.chars().count() < 200, "{}", term.term);
            for word in term.also.iter().chain([&term.term]) {
                assert!(words.insert(word), "{word} stands in two entries");
            }
            for id in &term.related {
                assert!(id != &term.id && glossary.term(id).is_some(), "{}: {id}", term.term);
            }
            for role in &term.roles {
                assert!(Form::all().iter().any(|form| form.role(role).is_some()), "{}: {role}", term.term);
            }
        }
        assert_eq!(glossary.by_id.len(), glossary.terms().len(), "an id stands twice");
    }

    #[test]
    fn words_stand_in_the_order_of_their_readings() {
        let mut rows: Vec<_> = Glossary::get().terms().iter().map(|term| row_of(&term.kana).name).collect();
        rows.dedup();
        assert_eq!(rows, ['あ', 'か', 'さ', 'た', 'な', 'は', 'ま'], "each row stands together");
        assert!(reading("しょうきょ") < reading("じょうほうしょうかい"));
        assert_eq!(reading("ふぁいる"), "ふあいる");
        assert_eq!(reading("さーばー"), reading("さあば").replace('あ', ""));
    }
}
