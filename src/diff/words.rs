//! What differs within a sentence, word against word, so that people can read it.
//!
//! The smallest difference is not the most readable one: where a phrase was rewritten, the particles that happen to be in
//! both versions would cut it to confetti. So every place that differs has a price ([`PLACE`]), and what is kept between
//! two such places must be worth more than that.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::places;
use super::text::{Key, Script, Text};

/// Pairs of words that are compared in one go; longer sentences go to a method that does not weigh words.
const LARGEST_TABLE: usize = 600_000;
/// The price of a place that differs, in weights of words: the kanji of two words are worth more, one word or の and を are not.
const PLACE: i32 = 9;

/// What a word or two weigh that are kept between two places.
const CRUMB: u32 = 12;
/// What a label weighs at least: two words of kanji, or a long one.
const LABEL: u32 = 12;
/// How many words a label has at most.
const LONGEST_LABEL: usize = 16;

/// What became of a word; words by their numbers in their texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edit {
    /// It is in both texts, here and there.
    Kept(usize, usize),
    /// Only before.
    Removed(usize),
    /// Only after.
    Added(usize),
}

/// Compares a part of one text with a part of another.
pub(super) fn compare(before: &Text, after: &Text, b: Range<usize>, a: Range<usize>) -> Vec<Edit> {
    let (old, new) = (before.keys(b.clone()), after.keys(a.clone()));
    let shorter = old.len().min(new.len());
    let head = (0..shorter).take_while(|k| old[*k] == new[*k]).count();
    let tail = (0..shorter - head).take_while(|k| old[old.len() - 1 - k] == new[new.len() - 1 - k]).count();
    let mut edits: Vec<Edit> = (0..head).map(|k| Edit::Kept(b.start + k, a.start + k)).collect();
    let (old, new) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    let first = (b.start + head, a.start + head);
    if old.len() * new.len() <= LARGEST_TABLE {
        Table::new(before, first.0, old, new).trace(first.0, first.1, &mut edits);
    } else {
        unweighed(old, new, first, &mut edits);
    }
    edits.extend((0..tail).map(|k| Edit::Kept(b.end - tail + k, a.end - tail + k)));
    let edits = joined(before, after, &edits);
    let edits = places::shifted(before, after, edits);
    places::widened(before, after, &edits)
}

/// The words that are the same, by a table of all pairs: the most weight kept, less the price of every place that differs.
struct Table<'k> {
    old: &'k [Key],
    new: &'k [Key],
    weights: Vec<i32>,
    /// For each pair of words, the best from there on when a place that differs has been entered …
    inside: Vec<i32>,
    /// … and when it has not.
    outside: Vec<i32>,
}

/// Worse than anything that can be reached.
const NEVER: i32 = i32::MIN / 2;

impl<'k> Table<'k> {
    fn new(before: &Text, first: usize, old: &'k [Key], new: &'k [Key]) -> Self {
        let words = &before.words[first..first + old.len()];
        let weights = words.iter().map(|word| i32::try_from(word.weight).unwrap_or(i32::MAX / 4)).collect();
        let size = (old.len() + 1) * (new.len() + 1);
        let mut table = Self { old, new, weights, inside: vec![NEVER; size], outside: vec![NEVER; size] };
        (table.inside[size - 1], table.outside[size - 1]) = (0, 0);
        for i in (0..=old.len()).rev() {
            for j in (0..=new.len()).rev() {
                table.fill(i, j);
            }
        }
        table
    }

    fn at(&self, i: usize, j: usize) -> usize {
        i * (self.new.len() + 1) + j
    }

    fn fill(&mut self, i: usize, j: usize) {
        let removed = if i < self.old.len() { self.inside[self.at(i + 1, j)] } else { NEVER };
        let added = if j < self.new.len() { self.inside[self.at(i, j + 1)] } else { NEVER };
        let kept = self.kept(i, j).unwrap_or(NEVER);
        let skipped = removed.max(added);
        let at = self.at(i, j);
        self.inside[at] = self.inside[at].max(skipped).max(kept);
        self.outside[at] = self.outside[at].max(kept).max(skipped.saturating_sub(PLACE));
    }

    /// What keeping a pair is worth with all that follows; none where the words are not the same.
    fn kept(&self, i: usize, j: usize) -> Option<i32> {
        let is_equal = self.old.get(i)? == self.new.get(j)?;
        is_equal.then(|| self.outside[self.at(i + 1, j + 1)].saturating_add(self.weights[i]))
    }

    /// The best way through the table; words count from `b` and `a`.
    fn trace(&self, b: usize, a: usize, edits: &mut Vec<Edit>) {
        let (mut i, mut j, mut is_inside) = (0, 0, false);
        while i < self.old.len() || j < self.new.len() {
            let best = if is_inside { &self.inside } else { &self.outside }[self.at(i, j)];
            if self.kept(i, j).is_some_and(|kept| kept >= best) {
                edits.push(Edit::Kept(b + i, a + j));
                (i, j, is_inside) = (i + 1, j + 1, false);
                continue;
            }
            is_inside = true;
            let is_removed = j == self.new.len()
                || (i < self.old.len() && self.inside[self.at(i + 1, j)] >= self.inside[self.at(i, j + 1)]);
            if is_removed {
                edits.push(Edit::Removed(b + i));
                i += 1;
            } else {
                edits.push(Edit::Added(a + j));
                j += 1;
            }
        }
    }
}

/// The same for very long sentences, where every word counts the same.
fn unweighed(old: &[Key], new: &[Key], (b, a): (usize, usize), edits: &mut Vec<Edit>) {
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            edits.extend((0..len).map(|k| Edit::Kept(b + old_index + k, a + new_index + k)));
            continue;
        }
        edits.extend(op.old_range().map(|k| Edit::Removed(b + k)));
        edits.extend(op.new_range().map(|k| Edit::Added(a + k)));
    }
}

/// A stretch of edits of one sort: kept words, or a place that differs.
pub(super) struct Stretch {
    pub is_kept: bool,
    pub edits: Range<usize>,
    /// Weight of the kept words, or of what is gone.
    pub old: u32,
    /// Weight of what is new; as `old` of kept words.
    pub new: u32,
}

/// The stretches of a list of edits.
pub(super) fn stretches(before: &Text, after: &Text, edits: &[Edit]) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for (at, edit) in edits.iter().enumerate() {
        let is_kept = matches!(edit, Edit::Kept(..));
        let (old, new) = match *edit {
            Edit::Kept(b, _) => (before.words[b].weight, before.words[b].weight),
            Edit::Removed(b) => (before.words[b].weight, 0),
            Edit::Added(a) => (0, after.words[a].weight),
        };
        match stretches.last_mut() {
            Some(last) if last.is_kept == is_kept => {
                last.edits.end = at + 1;
                last.old += old;
                last.new += new;
            }
            _ => stretches.push(Stretch { is_kept, edits: at..at + 1, old, new }),
        }
    }
    stretches
}

/// Joins places that differ when what is kept between them is little beside them: it only looks kept by accident.
fn joined(before: &Text, after: &Text, edits: &[Edit]) -> Vec<Edit> {
    let mut done: Vec<Stretch> = Vec::new();
    for stretch in stretches(before, after, edits) {
        done.push(stretch);
        while let [.., left, kept, right] = done.as_slice()
            && kept.is_kept
            && is_accident(before, edits, left, kept, right)
        {
            let whole = Stretch {
                is_kept: false,
                edits: left.edits.start..right.edits.end,
                old: left.old + kept.old + right.old,
                new: left.new + kept.new + right.new,
            };
            done.truncate(done.len() - 3);
            done.push(whole);
        }
    }
    let mut joined = Vec::with_capacity(edits.len());
    for stretch in done {
        let part = &edits[stretch.edits];
        if stretch.is_kept { joined.extend_from_slice(part) } else { replaced(part, &mut joined) }
    }
    joined
}

/// A place that differs, with all that is in it as gone and as new.
pub(super) fn replaced(place: &[Edit], out: &mut Vec<Edit>) {
    out.extend(place.iter().filter_map(|edit| match *edit {
        Edit::Kept(b, _) | Edit::Removed(b) => Some(Edit::Removed(b)),
        Edit::Added(_) => None,
    }));
    out.extend(place.iter().filter_map(|edit| match *edit {
        Edit::Kept(_, a) | Edit::Added(a) => Some(Edit::Added(a)),
        Edit::Removed(_) => None,
    }));
}

fn is_accident(before: &Text, edits: &[Edit], left: &Stretch, kept: &Stretch, right: &Stretch) -> bool {
    // Two phrases put in, or two taken out, leave the sentence around them as it was.
    let is_replaced = |s: &Stretch| s.old > 0 && s.new > 0;
    if !is_replaced(left) && !is_replaced(right) {
        return kept.old < 3 && left.old.min(right.old).max(left.new.min(right.new)) > 3;
    }
    // A border between phrases parts them for the reader, too.
    let ends_phrase = |edit: &Edit| matches!(edit, Edit::Kept(b, _) if matches!(before.words[*b].script, Script::Separator | Script::Stop));
    let is_phrase = edits[kept.edits.clone()].iter().any(ends_phrase);
    let beside = left.old.max(left.new).min(right.old.max(right.new));
    kept.old * if is_phrase { 4 } else { 3 } < beside
}

/// Whether a sentence is still the same one, so that reading it once with its differences is easier than reading both versions.
pub(super) fn is_readable(before: &Text, after: &Text, edits: &[Edit]) -> bool {
    let stretches = stretches(before, after, edits);
    let (mut kept, mut old, mut new, mut places) = (0, 0, 0, 0);
    for stretch in &stretches {
        if stretch.is_kept {
            kept += stretch.old;
        } else {
            old += stretch.old;
            new += stretch.new;
            places += 1;
        }
    }
    let is_contained = 10 * kept >= 7 * (kept + old.min(new));
    let is_alike = 10 * 2 * kept >= 4 * (2 * kept + old + new);
    // Pieces of a few words each are confetti, unless most of the sentence is kept.
    let is_whole = places < 3 || kept >= 20 * places || kept >= old.max(new);
    let is_confetti = crumbs(&stretches) > 1 && kept < old + new;
    (is_contained || is_alike) && is_whole && !is_confetti && !is_turned(&stretches)
}

/// How many stretches of a word or two are kept between two places that differ.
fn crumbs(stretches: &[Stretch]) -> usize {
    let Some(inner) = stretches.get(1..stretches.len().saturating_sub(1)) else { return 0 };
    inner.iter().filter(|stretch| stretch.is_kept && stretch.old <= CRUMB).count()
}

/// Whether what is kept changed its place in a phrase: the end of the old one is the beginning of the new one, or the other way
/// round, and says less than what is beside it.
fn is_turned(stretches: &[Stretch]) -> bool {
    let [first, kept, last] = stretches else { return false };
    let is_crosswise = (first.new == 0 && last.old == 0) || (first.old == 0 && last.new == 0);
    kept.is_kept && is_crosswise && kept.old < first.old + first.new + last.old + last.new
}

/// With how many words a sentence begins as with a label: 窓口：, 窓口 and a blank.
pub(super) fn label(text: &Text, sentence: &Range<usize>) -> Option<Range<usize>> {
    let is_part = |word: &usize| {
        !matches!(text.words[*word].script, Script::Separator | Script::Stop | Script::Open | Script::Close)
    };
    let is_colon = |word: usize| text.sign(word).is_some_and(|sign| matches!(sign, ':' | '：'));
    let ends = |word: &usize| {
        let next = word + 1;
        next < sentence.end && (text.has_gap_after(*word) || is_colon(next))
    };
    let last = sentence.clone().take(LONGEST_LABEL).take_while(is_part).find(ends)?;
    let label = sentence.start..last + 1;
    (text.weight(label.clone()) >= LABEL).then_some(label)
}

/// A sentence of which too little is left: all of it is gone and new, but for its label.
pub(super) fn rewritten(before: &Text, after: &Text, b: &Range<usize>, a: &Range<usize>) -> Vec<Edit> {
    let labels = label(before, b).zip(label(after, a));
    let label = labels.filter(|(one, other)| before.keys(one.clone()) == after.keys(other.clone()));
    let kept = label.map_or(0, |(one, _)| one.len());
    let mut edits: Vec<Edit> = (0..kept).map(|word| Edit::Kept(b.start + word, a.start + word)).collect();
    edits.extend((b.start + kept..b.end).map(Edit::Removed));
    edits.extend((a.start + kept..a.end).map(Edit::Added));
    edits
}

/// Keeps what was parted differently on both sides: where all that is gone is the beginning or end of what is new, or the
/// other way round.
pub(super) fn reunited(before: &Text, after: &Text, edits: &[Edit]) -> Vec<Edit> {
    let mut reunited = Vec::with_capacity(edits.len());
    for stretch in stretches(before, after, edits) {
        let part = &edits[stretch.edits];
        // A number or a particle is the same by chance, unless it is all there is.
        let is_long = stretch.old.min(stretch.new) > LABEL || stretch.old == stretch.new;
        let whole = if stretch.is_kept || !is_long { None } else { contained(before, after, part) };
        reunited.extend(whole.unwrap_or_else(|| part.to_vec()));
    }
    reunited
}

/// A place with all of one side kept; none where the other one neither begins nor ends with it.
fn contained(before: &Text, after: &Text, place: &[Edit]) -> Option<Vec<Edit>> {
    let of_old = |edit: &Edit| if let Edit::Removed(b) = edit { Some(*b) } else { None };
    let of_new = |edit: &Edit| if let Edit::Added(a) = edit { Some(*a) } else { None };
    let old: Vec<usize> = place.iter().filter_map(of_old).collect();
    let new: Vec<usize> = place.iter().filter_map(of_new).collect();
    let is_same = |(b, a): (&usize, &usize)| before.words[*b].key == after.words[*a].key;
    let differ = |old: &[usize], new: &[usize]| -> Vec<Edit> {
        old.iter().map(|b| Edit::Removed(*b)).chain(new.iter().map(|a| Edit::Added(*a))).collect()
    };
    let keep = |old: &[usize], new: &[usize]| -> Vec<Edit> {
        old.iter().zip(new).map(|(b, a)| Edit::Kept(*b, *a)).collect()
    };
    let shared = old.len().min(new.len());
    if old.iter().zip(&new).all(is_same) {
        return Some([keep(&old, &new), differ(&old[shared..], &new[shared..])].concat());
    }
    let (b, a) = (old.len() - shared, new.len() - shared);
    let is_tail = old[b..].iter().zip(&new[a..]).all(is_same);
    is_tail.then(|| [differ(&old[..b], &new[..a]), keep(&old[b..], &new[a..])].concat())
}
