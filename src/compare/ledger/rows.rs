//! Which row of the newer version is which of the older one.

use std::collections::{BTreeMap, VecDeque};

use super::RowState;
use crate::assessment::Change;
use crate::compare::Side;
use crate::compare::likeness::{in_common, pairs};
use crate::form::fold;

/// Letters of a row that are looked at.
const LONGEST: usize = 800;
/// Of a thousand pairs of letters, so many make a row with another date or another item the same row, rewritten.
const ALIKE: usize = 850;
/// Pairs of rows that are compared; of more, only those with the same date and item.
const MOST_COMPARED: usize = 20_000;
/// What the same date and the same item are worth: more than all letters.
const SAME_PLACE: usize = 2000;

/// What became of each row of the newer version, and the rows of the older one that are gone.
pub(super) fn matched(before: Side<'_>, after: Side<'_>) -> (Vec<RowState>, Vec<usize>) {
    let mut places: BTreeMap<Columns<'_>, VecDeque<usize>> = BTreeMap::new();
    for (row, change) in before.changes.iter().enumerate() {
        places.entry(columns(change)).or_default().push_back(row);
    }
    let mut states: Vec<RowState> = after
        .changes
        .iter()
        .map(|change| match places.get_mut(&columns(change)).and_then(VecDeque::pop_front) {
            Some(before) => RowState::Kept { before },
            None => RowState::New,
        })
        .collect();
    let mut left: Vec<usize> = places.into_values().flatten().collect();
    left.sort_unstable();
    let new: Vec<usize> = (0..states.len()).filter(|row| states[*row] == RowState::New).collect();
    for (old, row) in rewritten(before, after, &left, &new) {
        states[row] = RowState::Rewritten { before: old };
        left.retain(|other| *other != old);
    }
    (states, left)
}

/// The six columns, without blanks around them.
type Columns<'c> = (String, [&'c str; 5]);

fn columns(change: &Change) -> Columns<'_> {
    // The same day is the same, however it is written.
    let date = change.date.map_or_else(|| fold(&change.date_text), |date| date.iso());
    let texts = [&change.item.text, &change.before, &change.after, &change.timing, &change.explanation];
    (date, texts.map(|text| text.trim()))
}

/// Rows that are left over on both sides and are the same row, written anew.
fn rewritten(before: Side<'_>, after: Side<'_>, left: &[usize], new: &[usize]) -> Vec<(usize, usize)> {
    if left.is_empty() || new.is_empty() {
        return Vec::new();
    }
    let is_one_form = std::ptr::eq(before.answers.form(), after.answers.form());
    let olds: Vec<_> = left.iter().map(|row| (*row, Profile::of(&before.changes[*row]))).collect();
    let news: Vec<_> = new.iter().map(|row| (*row, Profile::of(&after.changes[*row]))).collect();
    let is_bounded = olds.len() * news.len() <= MOST_COMPARED;
    let mut found = Vec::new();
    for (old, was) in &olds {
        for (row, is) in &news {
            let (one, other) = (&before.changes[*old], &after.changes[*row]);
            let is_same_place = one.date == other.date
                && (was.item == is.item
                    || is_one_form && one.item.slot.is_some() && one.item.slot == other.item.slot);
            if !is_same_place && !is_bounded {
                continue;
            }
            let likeness = in_common(&was.pairs, &is.pairs);
            if is_same_place || likeness >= ALIKE {
                found.push((likeness + if is_same_place { SAME_PLACE } else { 0 }, *old, *row));
            }
        }
    }
    found.sort_by_key(|(likeness, old, row)| (usize::MAX - likeness, *old, *row));
    let mut links: Vec<(usize, usize)> = Vec::new();
    for (_, old, row) in found {
        if links.iter().all(|(o, r)| *o != old && *r != row) {
            links.push((old, row));
        }
    }
    links
}

/// What is compared of a row.
struct Profile {
    item: String,
    pairs: Vec<u64>,
}

impl Profile {
    fn of(change: &Change) -> Self {
        let (date, texts) = columns(change);
        let all = format!("{date}\n{}", texts.join("\n"));
        let letters: String = fold(&all).chars().take(LONGEST).collect();
        Self { item: fold(&change.item.text), pairs: pairs(&letters) }
    }
}
