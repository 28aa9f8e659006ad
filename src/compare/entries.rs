//! Which entry of a list is which of the list as it was: equal ones first, then by name, then by what they say. The fewest are
//! called moved.

use std::collections::{BTreeMap, VecDeque};

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::likeness::Profile;
use crate::assessment::Value;
use crate::form::NodeIx;

/// Pairs of entries that are compared by what they say; of longer lists only those that stand near each other.
const MOST_COMPARED: usize = 4096;

/// An entry of a list, as it is compared with others.
#[derive(Default)]
pub(super) struct Entry<'a> {
    /// What it is called.
    pub(super) name: String,
    /// What is written in it, in the order of the form.
    pub(super) pieces: Vec<Piece<'a>>,
}

/// An answer in an entry.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Piece<'a> {
    /// The item, of the newer form.
    pub(super) node: NodeIx,
    /// The entry of a list within the entry.
    pub(super) inner: u16,
    /// The answer.
    pub(super) value: &'a Value,
}

/// Which entry is which; positions from 0.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Pairs {
    /// Of each old entry, the new one.
    pub(super) after_of: Vec<Option<usize>>,
    /// Of each old entry, whether it stands elsewhere among the others.
    pub(super) is_moved: Vec<bool>,
}

impl Pairs {
    /// Matches the entries of a list. `name_item` is the item that holds their names.
    pub(super) fn of(before: &[Entry<'_>], after: &[Entry<'_>], name_item: Option<NodeIx>) -> Self {
        let mut matcher =
            Matcher { before, after, after_of: vec![None; before.len()], is_taken: vec![false; after.len()] };
        matcher.equal();
        matcher.alike(name_item);
        let after_of = matcher.after_of;
        let is_moved = moved(&after_of, |b, a| weight(&before[b]) + weight(&after[a]));
        Self { after_of, is_moved }
    }

    /// One entry on both sides, whatever it says.
    pub(super) fn only() -> Self {
        Self { after_of: vec![Some(0)], is_moved: vec![false] }
    }
}

fn weight(entry: &Entry<'_>) -> usize {
    entry.pieces.len()
}

struct Matcher<'e, 'a> {
    before: &'e [Entry<'a>],
    after: &'e [Entry<'a>],
    after_of: Vec<Option<usize>>,
    is_taken: Vec<bool>,
}

impl Matcher<'_, '_> {
    fn link(&mut self, before: usize, after: usize) {
        if self.after_of[before].is_none() && !self.is_taken[after] {
            self.after_of[before] = Some(after);
            self.is_taken[after] = true;
        }
    }

    /// Equal entries: those that kept their order first, so that of several that say the same none seems to have moved.
    fn equal(&mut self) {
        let mut classes = Classes::default();
        let old: Vec<usize> = self.before.iter().map(|entry| classes.of(entry)).collect();
        let new: Vec<usize> = self.after.iter().map(|entry| classes.of(entry)).collect();
        for kept in capture_diff_slices(Algorithm::Myers, &old, &new) {
            if let DiffOp::Equal { old_index, new_index, len } = kept {
                for at in 0..len {
                    self.link(old_index + at, new_index + at);
                }
            }
        }
        let mut free: BTreeMap<usize, VecDeque<usize>> = BTreeMap::new();
        for at in (0..new.len()).filter(|at| !self.is_taken[*at]) {
            free.entry(new[at]).or_default().push_back(at);
        }
        for before in (0..old.len()).filter(|at| self.after_of[*at].is_none()).collect::<Vec<_>>() {
            if let Some(after) = free.get_mut(&old[before]).and_then(VecDeque::pop_front) {
                self.link(before, after);
            }
        }
    }

    /// The others, the surest pair first.
    fn alike(&mut self, name_item: Option<NodeIx>) {
        let is_free = |entry: &Entry<'_>| !entry.pieces.is_empty() || !entry.name.is_empty();
        let old: Vec<usize> = (0..self.before.len())
            .filter(|at| self.after_of[*at].is_none() && is_free(&self.before[*at]))
            .collect();
        let new: Vec<usize> =
            (0..self.after.len()).filter(|at| !self.is_taken[*at] && is_free(&self.after[*at])).collect();
        if old.is_empty() || new.is_empty() {
            return;
        }
        let [olds, news] = Profile::of_both(self.before, self.after, name_item);
        let is_bounded = old.len() * new.len() <= MOST_COMPARED;
        let reach = MOST_COMPARED / old.len().max(new.len()) / 2;
        let mut found = Vec::new();
        for (at, before) in old.iter().enumerate() {
            let from = if is_bounded { 0 } else { at.saturating_sub(reach).min(new.len()) };
            let to = if is_bounded { new.len() } else { new.len().min(at + reach + 1) };
            for after in &new[from..to] {
                let likeness = olds[*before].likeness(&news[*after]);
                found.extend(likeness.map(|likeness| (likeness, *before, *after)));
            }
        }
        // Of equally sure pairs those that stand nearest; never by which side is the newer one.
        found.sort_by_key(|(likeness, b, a)| (usize::MAX - likeness, b.abs_diff(*a), b + a, *b));
        for (_, before, after) in found {
            self.link(before, after);
        }
    }
}

/// Numbers for entries, the same for equal ones.
#[derive(Default)]
struct Classes<'e, 'a> {
    /// Only entries with the same name and as many answers are looked at in full.
    known: BTreeMap<(&'e str, usize), Vec<(usize, &'e Entry<'a>)>>,
    count: usize,
}

impl<'e, 'a> Classes<'e, 'a> {
    fn of(&mut self, entry: &'e Entry<'a>) -> usize {
        let alike = self.known.entry((&entry.name, entry.pieces.len())).or_default();
        if let Some((class, _)) = alike.iter().find(|(_, known)| known.pieces == entry.pieces) {
            return *class;
        }
        self.count += 1;
        alike.push((self.count, entry));
        self.count
    }
}

/// Which of the matched entries moved: those outside the longest run that kept its order, and of several the run that says most.
fn moved(after_of: &[Option<usize>], weight: impl Fn(usize, usize) -> usize) -> Vec<bool> {
    let pairs: Vec<(usize, usize)> =
        after_of.iter().enumerate().filter_map(|(b, a)| a.map(|a| (b, a))).collect();
    let mut is_moved = vec![false; after_of.len()];
    if pairs.is_sorted_by_key(|(_, a)| *a) {
        return is_moved;
    }
    // The best run that ends in each pair: how many, how heavy, and the pair before.
    let mut best: Vec<(usize, usize, Option<usize>)> = Vec::with_capacity(pairs.len());
    for (at, (b, a)) in pairs.iter().enumerate() {
        let earlier = (0..at).filter(|e| pairs[*e].1 < *a);
        let longest = earlier.max_by_key(|e| (best[*e].0, best[*e].1));
        let (count, heavy) = longest.map_or((0, 0), |e| (best[e].0, best[e].1));
        best.push((count + 1, heavy + weight(*b, *a), longest));
    }
    is_moved.iter_mut().zip(after_of).for_each(|(moved, after)| *moved = after.is_some());
    let mut at = (0..pairs.len()).max_by_key(|at| (best[*at].0, best[*at].1));
    while let Some(kept) = at {
        is_moved[pairs[kept].0] = false;
        at = best[kept].2;
    }
    is_moved
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved_of(order: &[usize]) -> Vec<usize> {
        let after_of: Vec<_> = order.iter().map(|at| Some(*at)).collect();
        let moved = moved(&after_of, |_, _| 1);
        (0..order.len()).filter(|at| moved[*at]).collect()
    }

    #[test]
    fn the_fewest_entries_moved() {
        assert_eq!(moved_of(&[0, 1, 2]), [] as [usize; 0]);
        assert_eq!(moved_of(&[3, 0, 1, 2]), [0]);
        assert_eq!(moved_of(&[1, 2, 3, 0]), [3]);
        assert_eq!(moved_of(&[2, 1, 0]).len(), 2);
    }

    #[test]
    fn the_heavier_run_stays() {
        let moved = moved(&[Some(1), Some(0)], |b, _| if b == 0 { 9 } else { 1 });
        assert_eq!(moved, [false, true]);
    }
}
