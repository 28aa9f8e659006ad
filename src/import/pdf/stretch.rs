//! Which stretch of the form every page holds: consecutive stretches whose labels differ least from those of the pages.

use std::collections::BTreeMap;

use super::pieces::Piece;
use super::seats::{PrintKey, Seat, SeatIx, key_of};

/// The stretch of seats on every page: consecutive stretches whose labels differ least from those of the pages.
pub(super) fn stretches(seats: &[Seat], pages: &[Vec<Piece<'_>>]) -> Vec<(SeatIx, SeatIx)> {
    // Pages in groups, so that thousands of pages of nonsense stay cheap.
    let size = pages.len().div_ceil(240).max(1);
    let groups: Vec<Vec<PrintKey>> =
        pages.chunks(size).map(|c| c.iter().flatten().filter_map(key_of).collect()).collect();
    let keys: BTreeMap<PrintKey, usize> = {
        let all = seats.iter().filter_map(|s| s.print).chain(groups.iter().flatten().copied());
        let mut keys: Vec<PrintKey> = all.collect();
        keys.sort_unstable();
        keys.dedup();
        keys.into_iter().enumerate().map(|(at, key)| (key, at)).collect()
    };
    let prints: Vec<Option<usize>> =
        seats.iter().map(|s| s.print.and_then(|p| keys.get(&p).copied())).collect();
    let count = seats.len();
    let longest = if groups.len() < 8 { count } else { (16 * count / groups.len()).max(160) };
    let mut best: Vec<Option<i64>> = vec![None; count + 1];
    best[0] = Some(0);
    let mut back: Vec<Vec<SeatIx>> = Vec::new();
    for group in &groups {
        let mut on_page = vec![0_i32; keys.len()];
        for key in group {
            if let Some(at) = keys.get(key) {
                on_page[*at] += 1;
            }
        }
        let (next, from) = extend(&best, &prints, &on_page, group.len(), longest);
        best = next;
        back.push(from);
    }
    let mut end = (0..=count).rev().filter(|b| best[*b].is_some()).min_by_key(|b| {
        best[*b].unwrap_or(i64::MAX) + i64::try_from(prints[*b..].iter().flatten().count()).unwrap_or(0)
    });
    let mut ranges = Vec::new();
    for from in back.iter().rev() {
        let to = end.unwrap_or(0);
        let start = from.get(to).copied().unwrap_or(0);
        ranges.push((start, to));
        end = Some(start);
    }
    ranges.reverse();
    ranges.into_iter().flat_map(|range| std::iter::repeat_n(range, size)).take(pages.len()).collect()
}

/// A stretch without the seats at its ends that the page does not print: from the first to the last label that has no
/// equal left out, and on from there while labels of the page follow.
pub(super) fn trimmed(
    seats: &[Seat],
    (from, to): (SeatIx, SeatIx),
    pieces: &[Piece<'_>],
) -> (SeatIx, SeatIx) {
    let mut on_page: BTreeMap<PrintKey, usize> = BTreeMap::new();
    for key in pieces.iter().filter_map(key_of) {
        *on_page.entry(key).or_default() += 1;
    }
    let mut in_stretch: BTreeMap<PrintKey, usize> = BTreeMap::new();
    for key in seats[from..to].iter().filter_map(|s| s.print) {
        *in_stretch.entry(key).or_default() += 1;
    }
    let is_anchor = |seat: &Seat| {
        seat.print.is_some_and(|key| {
            on_page.get(&key).is_some_and(|n| in_stretch.get(&key).is_some_and(|m| m <= n))
        })
    };
    let is_here = |seat: &Seat| seat.print.is_none_or(|key| on_page.contains_key(&key));
    let first = seats[from..to].iter().position(is_anchor).map(|at| from + at);
    let last = seats[from..to].iter().rposition(is_anchor).map(|at| from + at);
    let (Some(first), Some(last)) = (first, last) else { return (from, to) };
    let before = seats[from..first].iter().rev().take_while(|s| is_here(s)).count();
    let behind = seats[last + 1..to].iter().take_while(|s| is_here(s)).count();
    (first - before, last + 1 + behind)
}

/// One more page: the cheapest way to end its stretch at every seat, and where the stretch then starts.
fn extend(
    best: &[Option<i64>],
    prints: &[Option<usize>],
    on_page: &[i32],
    labels: usize,
    longest: usize,
) -> (Vec<Option<i64>>, Vec<SeatIx>) {
    let count = prints.len();
    let mut next: Vec<Option<i64>> = vec![None; count + 1];
    let mut from = vec![0; count + 1];
    let mut in_stretch = vec![0_i32; on_page.len()];
    for start in 0..=count {
        let Some(so_far) = best[start] else { continue };
        let mut cost = so_far + i64::try_from(labels).unwrap_or(i64::MAX / 4);
        let stop = count.min(start + longest);
        for end in start..=stop {
            if next[end].is_none_or(|known| cost < known) {
                next[end] = Some(cost);
                from[end] = start;
            }
            if let Some(Some(key)) = prints.get(end).filter(|_| end < stop) {
                cost += if in_stretch[*key] < on_page[*key] { -1 } else { 1 };
                in_stretch[*key] += 1;
            }
        }
        for key in prints[start..stop].iter().flatten() {
            in_stretch[*key] = 0;
        }
    }
    (next, from)
}
