//! Blocks that stand elsewhere now: gone at one place and new at another, and so long, or so much the only one, that it is
//! no chance.

use std::collections::HashMap;

use super::text::{Key, Text};
use super::words::{self, Edit};

/// What an equal block weighs at least: two words of kanji.
const EQUAL: u32 = 24;
/// What an equal block weighs at least that stands once in each text: a word of kanji.
const ONLY: u32 = 8;
/// What a nearly equal block weighs at least: a sentence.
const NEARLY_EQUAL: u32 = 80;
/// Pairs of blocks that are looked at for being nearly equal.
const MOST_PAIRS: usize = 400;

/// The blocks that moved.
pub(super) struct Moves {
    /// For each block before, where it is after.
    pub away: Vec<Option<usize>>,
    /// For each block after, where it was before.
    pub here: Vec<Option<usize>>,
}

impl Moves {
    /// Finds them among the blocks of which no word was kept.
    pub(super) fn find(before: &Text, after: &Text, edits: &[Edit]) -> Self {
        let mut moves = Self { away: vec![None; before.blocks.len()], here: vec![None; after.blocks.len()] };
        let mut is_kept = (vec![false; before.blocks.len()], vec![false; after.blocks.len()]);
        for edit in edits {
            if let Edit::Kept(b, a) = *edit {
                is_kept.0[before.words[b].block] = true;
                is_kept.1[after.words[a].block] = true;
            }
        }
        let gone = candidates(before, &is_kept.0);
        let new = candidates(after, &is_kept.1);
        moves.pair_equal(before, after, &gone, &new);
        moves.pair_alike(before, after, &gone, &new);
        moves
    }

    fn pair_equal(&mut self, before: &Text, after: &Text, gone: &[usize], new: &[usize]) {
        let mut places: HashMap<Vec<Key>, Vec<usize>> = HashMap::new();
        for a in new.iter().rev() {
            places.entry(after.keys(after.blocks[*a].words.clone())).or_default().push(*a);
        }
        for b in gone {
            let found = places.get_mut(&before.keys(before.blocks[*b].words.clone())).and_then(Vec::pop);
            if let Some(a) = found {
                self.pair(*b, a);
            }
        }
    }

    fn pair_alike(&mut self, before: &Text, after: &Text, gone: &[usize], new: &[usize]) {
        let long = |text: &Text, block: usize| text.weight(text.blocks[block].words.clone()) >= NEARLY_EQUAL;
        let gone: Vec<_> = gone.iter().filter(|b| self.away[**b].is_none() && long(before, **b)).collect();
        let new: Vec<_> = new.iter().filter(|a| self.here[**a].is_none() && long(after, **a)).collect();
        if gone.len() * new.len() > MOST_PAIRS {
            return;
        }
        for b in gone {
            let found = new.iter().find(|a| self.here[***a].is_none() && is_alike(before, after, *b, ***a));
            if let Some(a) = found {
                self.pair(*b, **a);
            }
        }
    }

    fn pair(&mut self, b: usize, a: usize) {
        self.away[b] = Some(a);
        self.here[a] = Some(b);
    }
}

/// The blocks that may have moved.
fn candidates(text: &Text, is_kept: &[bool]) -> Vec<usize> {
    let mut counts: HashMap<Vec<Key>, usize> = HashMap::new();
    for block in &text.blocks {
        *counts.entry(text.keys(block.words.clone())).or_default() += 1;
    }
    let is_only = |block: usize| counts.get(&text.keys(text.blocks[block].words.clone())) == Some(&1);
    let may_move = |block: usize| {
        let weight = text.weight(text.blocks[block].words.clone());
        weight >= EQUAL || (weight >= ONLY && is_only(block))
    };
    (0..text.blocks.len()).filter(|block| !is_kept[*block] && may_move(*block)).collect()
}

fn is_alike(before: &Text, after: &Text, b: usize, a: usize) -> bool {
    let (b, a) = (before.blocks[b].words.clone(), after.blocks[a].words.clone());
    let (old, new) = (before.weight(b.clone()), after.weight(a.clone()));
    if old.abs_diff(new) * 5 > old.max(new) {
        return false;
    }
    let kept = words::compare(before, after, b, a).into_iter().filter_map(|edit| match edit {
        Edit::Kept(b, _) => Some(before.words[b].weight),
        _ => None,
    });
    kept.sum::<u32>() * 100 >= old.max(new) * 85
}
