//! Where the lines of a heading may end: between phrases, and never within a term of the form.
//!
//! The phrases are those of BudouX, which knows Japanese in general but not the form (it breaks 全項|目評価書). Whatever it says
//! inside a term is not heard. The labels of all forms are broken once; other headings are names and titles, which are few.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use budoux_phf_rs::Parser;

use crate::form::Form;

const TERMS: &str = include_str!("terms.yaml");

/// Shorter headings fit into any line.
const SHORTEST: usize = 7;
/// A label of one word is a term as long as it fits into a narrow line.
const LONGEST_TERM: usize = 10;
/// What may not begin a line, and what may not end one. A `<wbr>` would let it.
const NO_START: &str =
    "）」』】］〕〉》)]}、。，．,.・：；:;？！?!ー〜～々ゝゞぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ％%";
const NO_END: &str = "（「『【［〔〈《([{";

static PARSER: LazyLock<Parser> = LazyLock::new(Parser::japanese_parser);
static PROTECTED: LazyLock<Protected> = LazyLock::new(Protected::of_forms);
static LABELS: LazyLock<BTreeMap<String, Vec<usize>>> = LazyLock::new(labels);

/// The pieces of a heading, between which its lines may end.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let breaks = match LABELS.get(text) {
        Some(breaks) => Cow::Borrowed(breaks.as_slice()),
        None => Cow::Owned(breaks(text, &PROTECTED)),
    };
    let mut from = 0;
    let ends: Vec<_> = breaks.iter().copied().chain([text.len()]).collect();
    ends.into_iter().map(move |end| {
        let piece = &text[from..end];
        from = end;
        piece
    })
}

/// The breaks of every heading that the forms print.
fn labels() -> BTreeMap<String, Vec<usize>> {
    let headings =
        Form::all().iter().flat_map(Form::nodes).flat_map(|node| [node.heading(), node.label.clone()]);
    let all: BTreeSet<String> = headings.collect();
    all.into_iter()
        .map(|text| (breaks(&text, &PROTECTED), text))
        .map(|(breaks, text)| (text, breaks))
        .collect()
}

/// The byte offsets where a line may end, besides those that a blank or a hyphen offers anyway.
fn breaks(text: &str, protected: &Protected) -> Vec<usize> {
    if text.chars().count() < SHORTEST {
        return Vec::new();
    }
    let (mut ends, mut at) = (Vec::new(), 0);
    PARSER.parse_with(text, |phrase| {
        at += phrase.len();
        ends.push(at);
    });
    let inside = protected.inside(text);
    ends.retain(|end| *end < text.len() && !inside.contains(end) && may_break(text, *end));
    ends
}

fn may_break(text: &str, at: usize) -> bool {
    let (before, after) = (text[..at].chars().next_back(), text[at..].chars().next());
    let bars = |c: Option<char>, signs: &str| c.is_none_or(|c| c.is_whitespace() || signs.contains(c));
    let is_word =
        before.is_some_and(|c| c.is_ascii_alphanumeric()) && after.is_some_and(|c| c.is_ascii_alphanumeric());
    !bars(before, NO_END) && !bars(after, NO_START) && !is_word
}

/// Terms by their first letters.
struct Protected {
    terms: BTreeMap<char, Vec<String>>,
}

impl Protected {
    /// The terms of the data file, and the labels of the forms that are one word.
    fn of_forms() -> Self {
        let listed: Vec<String> = serde_saphyr::from_str(TERMS).unwrap_or_default();
        let labels = Form::all().iter().flat_map(Form::nodes).map(|node| node.label.clone());
        Self::new(listed.into_iter().chain(labels.filter(|label| is_word(label))))
    }

    fn new(terms: impl Iterator<Item = String>) -> Self {
        let mut sorted: BTreeMap<char, Vec<String>> = BTreeMap::new();
        for term in terms {
            let Some(first) = term.chars().next() else { continue };
            sorted.entry(first).or_default().push(term);
        }
        for terms in sorted.values_mut() {
            terms.sort_by(|one, two| two.len().cmp(&one.len()).then_with(|| one.cmp(two)));
            terms.dedup();
        }
        Self { terms: sorted }
    }

    /// The offsets that lie within a term, the longest one that begins at each letter.
    fn inside(&self, text: &str) -> BTreeSet<usize> {
        let mut inside = BTreeSet::new();
        for (at, first) in text.char_indices() {
            let rest = &text[at..];
            let term =
                self.terms.get(&first).and_then(|terms| terms.iter().find(|term| rest.starts_with(*term)));
            inside.extend(term.into_iter().flat_map(|term| at + 1..at + term.len()));
        }
        inside
    }
}

/// Whether a label is one word: neither hiragana, which joins words, nor a sign.
fn is_word(label: &str) -> bool {
    let is_letter = |c: char| c.is_alphanumeric() && !matches!(c, 'ぁ'..='ゖ');
    let count = label.chars().count();
    (3..=LONGEST_TERM).contains(&count) && label.chars().all(|c| is_letter(c) || c == 'ー')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str) -> String {
        pieces(text).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn terms_of_the_form_stay_whole() {
        for (text, expected) in [
            ("予防接種に関する事務 全項目評価書", "予防接種に|関する|事務 全項目評価書"),
            ("特定個人情報ファイルの取扱いの委託", "特定個人情報ファイルの|取扱いの|委託"),
            ("公表日", "公表日"),
        ] {
            assert_eq!(shown(text), expected);
        }
        let terms: Vec<String> = serde_saphyr::from_str(TERMS).unwrap();
        for term in &terms {
            for text in [format!("{term}の取扱いに関する事項"), format!("当市における{term}")]
            {
                assert!(pieces(&text).any(|piece| piece.contains(term.as_str())), "{}", shown(&text));
            }
        }
    }

    #[test]
    fn no_label_of_a_form_begins_a_line_with_a_bracket() {
        for label in LABELS.keys() {
            let pieces: Vec<_> = pieces(label).collect();
            assert_eq!(pieces.concat(), *label);
            for piece in &pieces[1..] {
                assert!(!piece.starts_with(|c| NO_START.contains(c)), "{pieces:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text in "[あ-ん特定個人情報全項目評価書（）、。a-z &<>\u{3099}🗾]{0,40}") {
            prop_assert_eq!(pieces(&text).collect::<String>(), text);
        }
    }
}
