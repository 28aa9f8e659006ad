//! Spellings as regular expressions: what the reader takes for the same word (`form::fold`), an editor must not call wrong.
//!
//! Full and half width, dashes, waves and blanks at the ends do not matter. Half-width katakana is left out: the reader takes
//! it, but nobody should be led to write it.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::form::{Node, fold};

/// Signs that fold to nothing.
const NOISE: &str = r"[\s※]*";

/// A pattern for a whole text that says one of these words; `before` and `after` are patterns themselves.
pub(super) fn one_of<'w>(words: impl IntoIterator<Item = &'w str>, before: &str, after: &str) -> String {
    let words: Vec<_> = words.into_iter().map(word).collect();
    format!("^{NOISE}{before}(?:{}){NOISE}{after}{NOISE}$", words.join("|"))
}

/// A pattern for every way to write a node as a key: its label or an alias, with or without the number mark.
pub(super) fn key(node: &Node) -> String {
    let labels: Vec<_> = std::iter::once(&node.label).chain(&node.aliases).map(|l| word(l)).collect();
    let labels = labels.join("|");
    let mut ways = Vec::new();
    let mark = node.mark.as_deref().map(word);
    let before = match &mark {
        Some(mark) => {
            let separators = [".", ":", "、"].map(word).join("|");
            format!("(?:{mark}{NOISE}(?:{separators})?{NOISE})?")
        }
        None => String::new(),
    };
    ways.push(format!("{before}(?:{labels})"));
    ways.extend(node.label_suffix.as_deref().map(|suffix| format!("(?:{labels}){NOISE}{}", word(suffix))));
    // A numbered risk is known by its number alone.
    let by_number =
        mark.filter(|_| crate::form::key_spellings(node).contains(node.mark.as_ref().unwrap_or(&node.id)));
    ways.extend(by_number);
    format!("^{NOISE}(?:{}){NOISE}$", ways.join("|"))
}

/// One word, sign by sign.
fn word(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match variants().get(&fold(&c.to_string())) {
            Some(signs) if signs.len() > 1 => {
                out.push('[');
                for sign in signs {
                    escape(*sign, r"\]^-[", &mut out);
                }
                out.push(']');
            }
            _ if fold(&c.to_string()).is_empty() => out.push_str(NOISE),
            _ => escape(c, r"^$\.*+?()[]{}|/", &mut out),
        }
    }
    out
}

fn escape(c: char, special: &str, out: &mut String) {
    if special.contains(c) {
        out.push('\\');
    }
    out.push(c);
}

/// Signs that people write for one another, by what they fold to.
fn variants() -> &'static BTreeMap<String, Vec<char>> {
    static VARIANTS: OnceLock<BTreeMap<String, Vec<char>>> = OnceLock::new();
    VARIANTS.get_or_init(|| {
        let ranges = [
            '!'..='~',
            '‐'..='―',
            '−'..='−',
            '∼'..='∼',
            '─'..='─',
            '○'..='○',
            '◯'..='◯',
            '、'..='〟',
            '・'..='・',
            '！'..='･',
        ];
        let mut all: BTreeMap<String, Vec<char>> = BTreeMap::new();
        for c in ranges.into_iter().flatten() {
            let folded = fold(&c.to_string());
            if !folded.is_empty() {
                all.entry(folded).or_default().push(c);
            }
        }
        // Behind a digit the full-width comma is the mark of a number; by itself it folds to the mark of a sentence.
        all.entry(",".to_owned()).or_insert_with(|| vec![',']).push('，');
        all
    })
}
