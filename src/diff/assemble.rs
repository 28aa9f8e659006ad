//! Edits of words to blocks, in the order in which one reads them: the blocks of the new text, between them those that are gone.

use std::ops::Range;

use super::moves::Moves;
use super::profile::is_omission;
use super::text::{Text, TextBlock};
use super::words::{self, Edit};
use super::{Block, BlockKind, BlockState, Piece, PieceState, pieces};

/// The blocks of a comparison.
pub(super) fn blocks(before: &Text, after: &Text, edits: &[Edit], moves: &Moves) -> Vec<Block> {
    let mut assembly = Assembly { before, after, moves, blocks: Vec::new(), open: None };
    let mut at = 0;
    while at < edits.len() {
        if let Edit::Kept(b, a) = edits[at] {
            assembly.inline(a_block(after, a), &[Edit::Kept(b, a)]);
            at += 1;
            continue;
        }
        let length = edits[at..].iter().take_while(|edit| !matches!(edit, Edit::Kept(..))).count();
        assembly.gap(&edits[at..at + length], sides(edits, at), sides(edits, at + length + 1));
        at += length;
    }
    for block in &mut assembly.blocks {
        pieces::tidy(&mut block.pieces);
    }
    assembly.blocks
}

fn a_block(after: &Text, word: usize) -> usize {
    after.words[word].block
}

/// The words of the kept edit before place `at`.
fn sides(edits: &[Edit], at: usize) -> Option<(usize, usize)> {
    match edits.get(at.checked_sub(1)?) {
        Some(Edit::Kept(b, a)) => Some((*b, *a)),
        _ => None,
    }
}

/// What is gone stands before what is new. Of sentences that were replaced one by one, each keeps its place.
fn old_first(mut edits: Vec<Edit>) -> Vec<Edit> {
    let is_old = |edit: &Edit| matches!(edit, Edit::Removed(_));
    let old = edits.iter().rev().take_while(|edit| is_old(edit)).count();
    let new = edits.iter().rev().skip(old).take_while(|edit| !is_old(edit)).count();
    let start = edits.len() - old - new;
    edits[start..].rotate_left(new);
    edits
}

struct Assembly<'t> {
    before: &'t Text,
    after: &'t Text,
    moves: &'t Moves,
    blocks: Vec<Block>,
    /// The block of the new text that was written last.
    open: Option<usize>,
}

/// Where an edit between two kept words is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In the block of the kept word before it.
    Tail,
    /// In a block of its own.
    Between,
    /// In the block of the kept word after it.
    Head,
}

impl Assembly<'_> {
    /// Writes what differs between two kept words.
    fn gap(&mut self, edits: &[Edit], previous: Option<(usize, usize)>, next: Option<(usize, usize)>) {
        let blocks = |(b, a): (usize, usize)| (self.before.words[b].block, self.after.words[a].block);
        let (words_before, words_after) = (previous, next);
        let (previous, next) = (previous.map(blocks), next.map(blocks));
        let is_one_block = previous.zip(next).is_some_and(|(p, n)| p.1 == n.1);
        let place = |edit: &Edit| {
            let (is_tail, is_head) = match *edit {
                Edit::Removed(b) | Edit::Kept(b, _) => {
                    let block = self.before.words[b].block;
                    (previous.map(|p| p.0) == Some(block), next.map(|n| n.0) == Some(block))
                }
                Edit::Added(a) => {
                    let block = self.after.words[a].block;
                    (previous.map(|p| p.1) == Some(block), next.map(|n| n.1) == Some(block))
                }
            };
            // A line of the one text may be two of the other: what is of the second one's sentence stands there.
            let is_of = |kept: Option<(usize, usize)>| {
                kept.is_some_and(|(b, a)| match *edit {
                    Edit::Removed(word) | Edit::Kept(word, _) => self.before.is_one_sentence(word, b),
                    Edit::Added(word) => self.after.is_one_sentence(word, a),
                })
            };
            let is_of_next = is_head && !is_one_block && is_of(words_after) && !is_of(words_before);
            match (is_tail || is_one_block, is_head) {
                (true, _) if !is_of_next => Place::Tail,
                (_, true) => Place::Head,
                _ => Place::Between,
            }
        };
        let at = |wanted: Place| -> Vec<Edit> {
            edits.iter().filter(|edit| place(edit) == wanted).copied().collect()
        };
        let (tail, between, head) = (at(Place::Tail), at(Place::Between), at(Place::Head));
        let (tail, head) = (old_first(tail), old_first(head));
        let (tail, apart) = tail.split_at(tail.len() - self.apart(&tail, &between));
        let (ahead, head) = head.split_at(self.ahead(&head, &between, words_after));
        if let Some((_, block)) = previous {
            self.inline(block, tail);
        }
        self.sentences(ahead);
        self.whole_blocks(&between);
        self.sentences(apart);
        if let Some((_, block)) = next {
            self.inline(block, head);
        }
    }

    /// How many edits at the end of a paragraph are new sentences that face lines which are gone. These lines are shown
    /// first, beside what else is gone.
    fn apart(&self, tail: &[Edit], between: &[Edit]) -> usize {
        let is_gone = |edit: &Edit| matches!(edit, Edit::Removed(b) if self.moves.away[self.before.words[*b].block].is_none());
        if between.is_empty() || !between.iter().all(is_gone) {
            return 0;
        }
        let count = tail.iter().rev().take_while(|edit| matches!(edit, Edit::Added(_))).count();
        let Some(Edit::Added(first)) = tail.get(tail.len() - count).copied() else { return 0 };
        let is_paragraph = self.after.blocks[self.after.words[first].block].kind == BlockKind::Paragraph;
        let begins_sentence = first == 0 || !self.after.is_one_sentence(first - 1, first);
        if is_paragraph && begins_sentence { count } else { 0 }
    }

    /// How many edits at the beginning of a paragraph are sentences that are gone, and that new lines face. They are shown
    /// before these.
    fn ahead(&self, head: &[Edit], between: &[Edit], next: Option<(usize, usize)>) -> usize {
        let is_new = |edit: &Edit| matches!(edit, Edit::Added(a) if self.moves.here[self.after.words[*a].block].is_none());
        let Some((next, _)) = next else { return 0 };
        let is_paragraph = self.before.blocks[self.before.words[next].block].kind == BlockKind::Paragraph;
        if between.is_empty() || !is_paragraph || !between.iter().all(is_new) {
            return 0;
        }
        let is_gone =
            |edit: &&Edit| matches!(edit, Edit::Removed(b) if !self.before.is_one_sentence(*b, next));
        head.iter().take_while(is_gone).count()
    }

    /// Writes sentences of one sort as a block of their own.
    fn sentences(&mut self, edits: &[Edit]) {
        let (kind, state) = match edits.first() {
            Some(Edit::Added(a)) => (self.after.blocks[self.after.words[*a].block].kind, BlockState::Added),
            Some(Edit::Removed(b)) => {
                (self.before.blocks[self.before.words[*b].block].kind, BlockState::Removed)
            }
            Some(Edit::Kept(..)) | None => return,
        };
        let pieces = self.pieces(edits);
        self.blocks.push(Block { kind, state, pieces });
        self.open = None;
    }

    /// Writes edits into a block of the new text.
    fn inline(&mut self, block: usize, edits: &[Edit]) {
        if edits.is_empty() {
            return;
        }
        if self.open != Some(block) {
            let kind = self.after.blocks[block].kind;
            self.blocks.push(Block { kind, state: BlockState::Kept, pieces: Vec::new() });
            self.open = Some(block);
        }
        let pieces = self.pieces(edits);
        let Some(open) = self.blocks.last_mut() else { return };
        open.pieces.extend(pieces);
    }

    fn pieces(&self, edits: &[Edit]) -> Vec<Piece> {
        let piece = |edit: &Edit| match *edit {
            Edit::Kept(_, a) => (PieceState::Kept, self.after.at(a..a + 1)),
            Edit::Removed(b) => (PieceState::Removed, self.before.at(b..b + 1)),
            Edit::Added(a) => (PieceState::Added, self.after.at(a..a + 1)),
        };
        let mut pieces = Vec::with_capacity(edits.len());
        let mut last = None;
        for edit in edits {
            let (state, text) = piece(edit);
            let block = if let Edit::Removed(b) = edit { Some(self.before.words[*b].block) } else { None };
            // Lines that are gone from within a line stay apart.
            let is_next_line = last.is_some() && block.is_some() && last != block;
            let text = if is_next_line { format!(" {text}") } else { text.to_owned() };
            pieces.push(Piece { state, text });
            last = block;
        }
        pieces
    }

    /// Writes the blocks that are in one of the texts only.
    fn whole_blocks(&mut self, edits: &[Edit]) {
        let omits = |text: &Text, words: Range<usize>| is_omission(text, words);
        let added = edits.iter().filter_map(|edit| match *edit {
            Edit::Added(a) => Some(self.after.words[a].block),
            _ => None,
        });
        let is_left_out =
            added.clone().any(|block| omits(self.after, self.after.blocks[block].words.clone()));
        let (mut last_b, mut last_a) = (None, None);
        for edit in edits {
            let (text, block, is_new, state) = match *edit {
                Edit::Removed(b) | Edit::Kept(b, _) => {
                    let block = self.before.words[b].block;
                    (self.before, block, last_b.replace(block) != Some(block), PieceState::Removed)
                }
                Edit::Added(a) => {
                    let block = self.after.words[a].block;
                    (self.after, block, last_a.replace(block) != Some(block), PieceState::Added)
                }
            };
            if !is_new {
                continue;
            }
            let TextBlock { kind, words } = &text.blocks[block];
            let is_kept = omits(text, words.clone()) || (is_left_out && state == PieceState::Removed);
            let whole = |state| vec![Piece { state, text: text.at(words.clone()).to_owned() }];
            let (state, pieces) = match state {
                _ if is_kept => (BlockState::Kept, whole(PieceState::Kept)),
                PieceState::Removed if self.moves.away[block].is_some() => {
                    (BlockState::MovedAway, whole(PieceState::Kept))
                }
                PieceState::Removed => (BlockState::Removed, whole(state)),
                PieceState::Kept | PieceState::Added => match self.moves.here[block] {
                    Some(b) => (BlockState::MovedHere, self.moved(b, block)),
                    None => (BlockState::Added, whole(state)),
                },
            };
            self.blocks.push(Block { kind: *kind, state, pieces });
            self.open = None;
        }
    }

    /// The pieces of a block that moved: what else became of it.
    fn moved(&self, b: usize, a: usize) -> Vec<Piece> {
        let (b, a) = (self.before.blocks[b].words.clone(), self.after.blocks[a].words.clone());
        self.pieces(&words::compare(self.before, self.after, b, a))
    }
}
