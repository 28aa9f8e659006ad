//! What differs between two texts, made for reading: sentence against sentence first, then within a sentence, on Japanese text
//! that has no blanks; lines that only moved are shown as moved.
//!
//! Texts are Markdown. They are compared as blocks of plain text (paragraphs, list entries, rows of tables), so that a diff
//! never cuts through markup. Plain data, without HTML: `site` makes markup of it.

mod align;
mod assemble;
mod moves;
mod pieces;
mod places;
mod profile;
mod sentences;
#[cfg(test)]
mod tests;
mod text;
mod words;

pub use crate::markdown::BlockKind;

use align::{Step, align};
use moves::Moves;
use profile::is_omission;
use text::{Spellings, Text};
use words::Edit;

/// Two texts compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Comparison {
    /// The texts have so little in common that a diff would only confuse: both are to be shown.
    Unlike,
    /// The texts in one, block by block in reading order.
    Inline(Vec<Block>),
}

/// A paragraph, a list entry or the like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Whether it is in one of the texts only.
    pub state: BlockState,
    /// Its text in parts. Of a block in both texts, the parts tell what differs.
    pub pieces: Vec<Piece>,
}

/// What became of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockState {
    /// It is in both texts at this place.
    Kept,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It stood elsewhere in the text before.
    MovedHere,
    /// It stands elsewhere in the text now.
    MovedAway,
}

/// A part of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Whether it is in one of the texts only.
    pub state: PieceState,
    /// Plain text.
    pub text: String,
}

/// What became of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PieceState {
    /// It is in both texts.
    Kept,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
}

/// Below this share of kept words, of the weight of both texts, a diff would only confuse …
const COMMON: f64 = 0.2;
/// … unless this share of the shorter text is kept: then the longer one says it all and more.
const CONTAINED: f64 = 0.7;

/// Two texts that together weigh no more than this, some thirty words, are read at a glance in any case.
const LITTLE: f64 = 240.0;

/// Compares two texts.
///
/// Width, blanks, ※ and the points of entries are no differences. A mark like （略） is never one either: text of 変更前
/// that faces it counts as kept, because the row says that it was left out.
pub fn compare(before: &str, after: &str) -> Comparison {
    let mut spellings = Spellings::default();
    let before = Text::read(before, &mut spellings);
    let after = Text::read(after, &mut spellings);
    let edits = edits(&before, &after, &spellings);
    let moves = Moves::find(&before, &after, &edits);
    if is_unlike(&before, &after, &edits, &moves) {
        return Comparison::Unlike;
    }
    Comparison::Inline(assemble::blocks(&before, &after, &edits, &moves))
}

fn is_unlike(before: &Text, after: &Text, edits: &[Edit], moves: &Moves) -> bool {
    // Of excerpts, which are short, what they leave out is in common, too.
    let is_excerpt = |text: &Text| text.sentences.iter().any(|sentence| is_omission(text, sentence.clone()));
    if is_excerpt(before) || is_excerpt(after) {
        return false;
    }
    let is_moved = |b: usize| moves.away[before.words[b].block].is_some();
    let kept: u32 = edits
        .iter()
        .filter_map(|edit| match *edit {
            Edit::Kept(b, _) => Some(before.words[b].weight),
            Edit::Removed(b) if is_moved(b) => Some(before.words[b].weight),
            _ => None,
        })
        .sum();
    let (old, new) = (before.weight(0..before.words.len()), after.weight(0..after.words.len()));
    let (kept, old, new) = (f64::from(kept), f64::from(old), f64::from(new));
    old + new > LITTLE
        && old.min(new) > 0.0
        && 2.0 * kept < COMMON * (old + new)
        && kept < CONTAINED * old.min(new)
}

/// What became of every word, in the order of both texts.
fn edits(before: &Text, after: &Text, spellings: &Spellings) -> Vec<Edit> {
    let mut edits = Vec::with_capacity(before.words.len() + after.words.len());
    for step in align(before, after, spellings) {
        match step {
            Step::Removed(b) => edits.extend(before.sentences[b].clone().map(Edit::Removed)),
            Step::Added(a) => edits.extend(after.sentences[a].clone().map(Edit::Added)),
            Step::Match(b, a) => {
                let b = before.sentences[b.start].start..before.sentences[b.end - 1].end;
                let a = after.sentences[a.start].start..after.sentences[a.end - 1].end;
                let of_sentence = words::compare(before, after, b.clone(), a.clone());
                if words::is_readable(before, after, &of_sentence) {
                    edits.extend(of_sentence);
                    continue;
                }
                edits.extend(words::rewritten(before, after, &b, &a));
            }
        }
    }
    words::reunited(before, after, &edits)
}
