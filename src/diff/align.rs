//! Which sentence of the one text is which of the other, by likeness.

use std::collections::HashMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::profile::{Profile, SHORT, common, without};
use super::text::{Spellings, Text};

/// Pairs of sentences that are looked at in one go; a larger table is parted at equal sentences first.
const LARGEST_TABLE: usize = 40_000;
/// From this likeness on, two sentences may be versions of each other. The words decide later.
const ALIKE: f64 = 0.3;
/// A sentence that goes on in another one is a version of it from this share on.
const CONTAINED: f64 = 0.75;

/// Characters of a sentence of some clauses.
const LONG: usize = 32;

/// A step through both texts; sentences by their numbers, ascending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// Versions of each other. Several against one where a sentence was parted or joined.
    Match(Range<usize>, Range<usize>),
    /// Only before.
    Removed(usize),
    /// Only after.
    Added(usize),
}

/// Aligns two texts.
pub(super) fn align(before: &Text, after: &Text, spellings: &Spellings) -> Vec<Step> {
    let mut numbers = HashMap::new();
    let sides = Sides {
        before: Profile::all(before, spellings, &mut numbers),
        after: Profile::all(after, spellings, &mut numbers),
    };
    let sides = sides.with_twins(numbers.len());
    let mut steps = Vec::new();
    sides.part(0..sides.before.len(), 0..sides.after.len(), true, &mut steps);
    sides.joined(steps)
}

struct Sides {
    before: Vec<Profile>,
    after: Vec<Profile>,
}

impl Sides {
    fn with_twins(mut self, numbers: usize) -> Self {
        let (mut before, mut after) = (vec![false; numbers], vec![false; numbers]);
        self.before.iter().for_each(|profile| before[profile.number as usize] = true);
        self.after.iter().for_each(|profile| after[profile.number as usize] = true);
        for profile in &mut self.before {
            profile.has_twin = !profile.is_short() && after[profile.number as usize];
        }
        for profile in &mut self.after {
            profile.has_twin = !profile.is_short() && before[profile.number as usize];
        }
        self
    }

    /// Aligns a part of both texts, equal ends first.
    fn part(&self, before: Range<usize>, after: Range<usize>, may_anchor: bool, steps: &mut Vec<Step>) {
        let is_equal = |b: usize, a: usize| self.before[b].number == self.after[a].number;
        let shorter = before.len().min(after.len());
        let head = (0..shorter).take_while(|k| is_equal(before.start + k, after.start + k)).count();
        let tail =
            (0..shorter - head).take_while(|k| is_equal(before.end - 1 - k, after.end - 1 - k)).count();
        let one_by_one = |b: usize, a: usize| Step::Match(b..b + 1, a..a + 1);
        steps.extend((0..head).map(|k| one_by_one(before.start + k, after.start + k)));
        let middle = (before.start + head..before.end - tail, after.start + head..after.end - tail);
        if middle.0.len() * middle.1.len() <= LARGEST_TABLE {
            self.table(middle.0, middle.1, steps);
        } else if may_anchor {
            self.anchored(middle.0, middle.1, steps);
        } else {
            steps.extend(middle.0.map(Step::Removed));
            steps.extend(middle.1.map(Step::Added));
        }
        let (b, a) = (before.end - tail, after.end - tail);
        steps.extend((0..tail).map(|k| one_by_one(b + k, a + k)));
    }

    /// A very long part: what is equal parts it into shorter ones.
    fn anchored(&self, before: Range<usize>, after: Range<usize>, steps: &mut Vec<Step>) {
        let numbers = |side: &[Profile]| side.iter().map(|profile| profile.number).collect::<Vec<_>>();
        let (old, new) = (numbers(&self.before[before.clone()]), numbers(&self.after[after.clone()]));
        let (mut b, mut a) = (before.start, after.start);
        for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
            let DiffOp::Equal { old_index, new_index, len } = op else { continue };
            let (next_b, next_a) = (before.start + old_index, after.start + new_index);
            self.part(b..next_b, a..next_a, false, steps);
            steps.extend(
                (0..len).map(|k| Step::Match(next_b + k..next_b + k + 1, next_a + k..next_a + k + 1)),
            );
            (b, a) = (next_b + len, next_a + len);
        }
        self.part(b..before.end, a..after.end, false, steps);
    }

    /// The alignment that keeps the most, by a table of all pairs.
    fn table(&self, before: Range<usize>, after: Range<usize>, steps: &mut Vec<Step>) {
        let width = after.len() + 1;
        let mut best = vec![0.0_f64; (before.len() + 1) * width];
        let mut is_match = vec![false; best.len()];
        for b in (0..before.len()).rev() {
            for a in (0..after.len()).rev() {
                let at = b * width + a;
                let skipped = best[at + width].max(best[at + 1]);
                let worth = self.worth(before.start + b, after.start + a);
                let matched = best[at + width + 1] + worth;
                is_match[at] = worth > 0.0 && matched >= skipped;
                best[at] = if is_match[at] { matched } else { skipped };
            }
        }
        let (mut b, mut a) = (0, 0);
        while b < before.len() && a < after.len() {
            let at = b * width + a;
            let (in_before, in_after) = (before.start + b, after.start + a);
            if is_match[at] {
                steps.push(Step::Match(in_before..in_before + 1, in_after..in_after + 1));
                (b, a) = (b + 1, a + 1);
            } else if best[at + width] >= best[at + 1] {
                steps.push(Step::Removed(in_before));
                b += 1;
            } else {
                steps.push(Step::Added(in_after));
                a += 1;
            }
        }
        steps.extend((before.start + b..before.end).map(Step::Removed));
        steps.extend((after.start + a..after.end).map(Step::Added));
    }

    /// What a match of two sentences is worth; 0 where it is none.
    fn worth(&self, before: usize, after: usize) -> f64 {
        let (b, a) = (&self.before[before], &self.after[after]);
        let size = b.pairs.len() + a.pairs.len();
        if b.number == a.number {
            return as_f64(size) * 1.1;
        }
        if b.is_omission || a.is_omission || b.has_twin || a.has_twin {
            return 0.0;
        }
        let shorter = b.pairs.len().min(a.pairs.len());
        let longest_share = 2.0 * as_f64(shorter) / as_f64(size);
        let may_be_contained = shorter >= SHORT && size < shorter * 12;
        let has_same_label = b.label.is_some() && b.label == a.label;
        if longest_share < ALIKE && !may_be_contained && !has_same_label {
            return 0.0;
        }
        let common = as_f64(common(&b.pairs, &a.pairs));
        let alike = 2.0 * common / as_f64(size);
        let contained = common / as_f64(shorter);
        let is_version = has_same_label || alike >= ALIKE || (may_be_contained && contained >= CONTAINED);
        if is_version { 2.0 * common } else { 0.0 }
    }

    /// Joins to a match the neighbours that are a part of its other side: a sentence that was parted in two, or two made one.
    fn joined(&self, steps: Vec<Step>) -> Vec<Step> {
        let mut joined: Vec<Step> = Vec::with_capacity(steps.len());
        let mut rest = steps.into_iter().peekable();
        while let Some(step) = rest.next() {
            let Step::Match(mut before, mut after) = step else {
                joined.push(step);
                continue;
            };
            self.take_earlier(&mut joined, &mut before, &mut after);
            let mut passed = Vec::new();
            while let Some(step) = rest.next_if(|step| !matches!(step, Step::Match(..))) {
                passed.push(step);
            }
            passed.reverse();
            self.take_later(&mut passed, &mut before, &mut after);
            joined.push(Step::Match(before, after));
            passed.reverse();
            joined.extend(passed);
        }
        joined
    }

    /// Takes from the end of `steps` what belongs to the match that follows them.
    fn take_earlier(&self, steps: &mut Vec<Step>, before: &mut Range<usize>, after: &mut Range<usize>) {
        let mut at = steps.len();
        while at > 0 {
            at -= 1;
            match steps[at] {
                Step::Removed(b)
                    if b + 1 == before.start && is_rest(&self.before, b, before, &self.after, after) =>
                {
                    before.start = b;
                    steps.remove(at);
                }
                Step::Added(a)
                    if a + 1 == after.start && is_rest(&self.after, a, after, &self.before, before) =>
                {
                    after.start = a;
                    steps.remove(at);
                }
                Step::Match(..) => return,
                _ => {}
            }
        }
    }

    /// Takes from `steps`, which are in reverse order, what belongs to the match before them.
    fn take_later(&self, steps: &mut Vec<Step>, before: &mut Range<usize>, after: &mut Range<usize>) {
        let mut at = steps.len();
        while at > 0 {
            at -= 1;
            match steps[at] {
                Step::Removed(b)
                    if b == before.end && is_rest(&self.before, b, before, &self.after, after) =>
                {
                    before.end = b + 1;
                    steps.remove(at);
                }
                Step::Added(a) if a == after.end && is_rest(&self.after, a, after, &self.before, before) => {
                    after.end = a + 1;
                    steps.remove(at);
                }
                _ => {}
            }
        }
    }
}

/// Whether sentence `one` is for the most part what the match lacks on its side.
fn is_rest(
    side: &[Profile],
    one: usize,
    matched: &Range<usize>,
    other: &[Profile],
    whole: &Range<usize>,
) -> bool {
    let profile = &side[one];
    if profile.is_short() || profile.is_omission || profile.has_twin || matched.len() + whole.len() > 6 {
        return false;
    }
    let mut rest: Vec<u64> = whole.clone().flat_map(|at| other[at].pairs.iter().copied()).collect();
    rest.sort_unstable();
    for at in matched.clone() {
        rest = without(&rest, &side[at].pairs);
    }
    let common = as_f64(common(&profile.pairs, &rest));
    // The longer what is lacking, the less of it can be the same by chance.
    let share = match rest.len() {
        0..SHORT => return common >= 0.5 * as_f64(profile.pairs.len()),
        SHORT..LONG => 0.6,
        _ => 0.42,
    };
    common >= 0.5 * as_f64(profile.pairs.len()) || common >= share * as_f64(rest.len())
}

fn as_f64(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}
