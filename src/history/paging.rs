//! Which page of a long list by date holds what: a page per year, and pieces of a year that alone is too long.
//!
//! Shared by the timelines of a document, a municipality and the site. What the pages come to is reckoned from the data,
//! so that the look of a page never decides about addresses.

use std::ops::Range;

use crate::wareki::CivilDate;

/// A page with the changes of a year, or a piece of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    /// Its directory below that of the list: `2022`, `2022-2` …, `nodate`.
    pub(crate) dir: String,
    /// The year; none for what has no date.
    pub(crate) year: Option<i16>,
    /// Which piece of the year it is, from 1, and of how many.
    pub(crate) piece: (usize, usize),
    /// Its entries: positions in the list.
    pub(crate) entries: Range<usize>,
}

/// The size in bytes that a page may come to.
pub(crate) const LARGEST_PAGE: usize = 280_000;

/// An entry of a list: its date, and what it takes on a page in bytes.
pub(crate) type Sized = (Option<CivilDate>, usize);

/// Spreads a list over pages, oldest first; none where one page holds it all.
///
/// The list ascends by date, what has no date stands last. Pieces of a year are filled from its oldest entries on: what is
/// added later moves nothing to another page.
pub(crate) fn parts(list: &[Sized]) -> Vec<Part> {
    if list.iter().map(|(_, size)| size).sum::<usize>() <= LARGEST_PAGE {
        return Vec::new();
    }
    let year = |(date, _): &Sized| date.map(|date| date.year());
    let mut parts = Vec::new();
    let mut start = 0;
    for entries in list.chunk_by(|a, b| year(a) == year(b)) {
        let year = entries.first().and_then(year);
        let pieces = pieces(entries);
        let of = pieces.len();
        parts.extend(pieces.into_iter().zip(1..).map(|(piece, number)| Part {
            dir: directory(year, number),
            year,
            piece: (number, of),
            entries: start + piece.start..start + piece.end,
        }));
        start += entries.len();
    }
    parts
}

/// The directory of a piece of a year, from 1; of what has no date where the year is none.
pub(super) fn directory(year: Option<i16>, piece: usize) -> String {
    let name = year.map_or_else(|| "nodate".to_owned(), |year| year.to_string());
    if piece == 1 { name } else { format!("{name}-{piece}") }
}

/// Cuts the entries of a year between dates; within a date only where the date alone is too long.
fn pieces(year: &[Sized]) -> Vec<Range<usize>> {
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let (mut start, mut filled, mut at) = (0, 0, 0);
    for day in year.chunk_by(|a, b| a.0 == b.0) {
        let whole: usize = day.iter().map(|(_, size)| size).sum();
        if filled > 0 && filled + whole > LARGEST_PAGE {
            pieces.push(start..at);
            (start, filled) = (at, 0);
        }
        for (_, size) in day {
            if filled > 0 && filled + size > LARGEST_PAGE {
                pieces.push(start..at);
                (start, filled) = (at, 0);
            }
            filled += size;
            at += 1;
        }
    }
    pieces.push(start..year.len());
    pieces
}

/// The part that holds an entry; none where everything stands on the front page.
pub(crate) fn part_of(parts: &[Part], entry: usize) -> Option<&Part> {
    let at = parts.partition_point(|part| part.entries.end <= entry);
    parts.get(at).filter(|part| part.entries.contains(&entry))
}

/// The entries of each date, newest date first, what has no date last.
pub(crate) fn newest_first<T>(list: &[T], date: impl Fn(&T) -> Option<CivilDate>) -> Vec<Range<usize>> {
    let mut days = Vec::new();
    let mut start = 0;
    for day in list.chunk_by(|a, b| date(a) == date(b)) {
        days.push(start..start + day.len());
        start += day.len();
    }
    // Stable: what has no date stands last already and stays there.
    days.sort_by_key(|day| std::cmp::Reverse(date(&list[day.start])));
    days
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HALF: usize = LARGEST_PAGE / 2;
    const THIRD: usize = LARGEST_PAGE / 3;

    fn date(year: i16, month: u8) -> Option<CivilDate> {
        CivilDate::from_ymd(year, month, 1)
    }

    fn shape(list: &[Sized]) -> Vec<(String, Range<usize>)> {
        parts(list).into_iter().map(|part| (part.dir, part.entries)).collect()
    }

    #[test]
    fn a_short_list_stays_on_its_front_page() {
        assert_eq!(shape(&[(date(2021, 4), HALF), (date(2022, 4), HALF)]), []);
        assert_eq!(shape(&[]), []);
    }

    #[test]
    fn a_long_one_gets_a_page_per_year_and_a_long_year_pieces() {
        let (a, b) = (date(2021, 4), date(2022, 4));
        assert_eq!(
            shape(&[(a, HALF), (b, HALF), (b, HALF), (date(2022, 6), HALF), (None, 1)]),
            [
                ("2021".to_owned(), 0..1),
                ("2022".to_owned(), 1..3),
                ("2022-2".to_owned(), 3..4),
                ("nodate".to_owned(), 4..5)
            ]
        );
    }

    #[test]
    fn a_date_is_cut_only_where_it_must_be() {
        let (a, b) = (date(2022, 4), date(2022, 6));
        assert_eq!(
            shape(&[(a, THIRD), (b, THIRD), (b, THIRD), (b, THIRD)]),
            [("2022".to_owned(), 0..1), ("2022-2".to_owned(), 1..4)]
        );
        let big = LARGEST_PAGE + 1;
        assert_eq!(shape(&[(a, 1), (b, big), (b, 1), (b, big)]).len(), 4);
    }

    #[test]
    fn the_newest_date_comes_first_and_no_date_last() {
        let list = [date(2021, 4), date(2021, 4), date(2022, 6), None];
        assert_eq!(newest_first(&list, |date| *date), [2..3, 0..2, 3..4]);
    }

    fn lists() -> impl Strategy<Value = Vec<Sized>> {
        let entry = (prop::option::weighted(0.95, (2020_i16..2024, 1_u8..13)), 1..HALF);
        prop::collection::vec(entry, 0..60).prop_map(|mut list| {
            list.sort_by_key(|(when, _)| (when.is_none(), *when));
            list.into_iter().map(|(when, size)| (when.and_then(|(y, m)| date(y, m)), size)).collect()
        })
    }

    proptest! {
        #[test]
        fn every_entry_stands_on_one_page_of_its_year(list in lists()) {
            let parts = parts(&list);
            prop_assert_eq!(parts.iter().flat_map(|part| part.entries.clone()).count(), if parts.is_empty() { 0 } else { list.len() });
            for part in &parts {
                prop_assert!(list[part.entries.clone()].iter().all(|(date, _)| date.map(|d| d.year()) == part.year));
                prop_assert!(list[part.entries.clone()].iter().map(|(_, size)| size).sum::<usize>() <= LARGEST_PAGE);
                prop_assert!(part.entries.clone().all(|at| part_of(&parts, at) == Some(part)));
            }
        }

        #[test]
        fn what_is_added_later_moves_nothing_to_another_page(list in lists(), more in lists()) {
            let before = parts(&list);
            let last = list.iter().filter_map(|(date, _)| *date).max();
            let dated = list.iter().filter(|(date, _)| date.is_some()).count();
            let mut grown: Vec<Sized> = list[..dated].to_vec();
            grown.extend(more.iter().filter(|(date, _)| *date > last));
            let after = parts(&grown);
            for at in 0..if before.is_empty() { 0 } else { dated } {
                // Without what has no date the whole may fit on one page.
                prop_assume!(!after.is_empty());
                prop_assert_eq!(&part_of(&before, at).unwrap().dir, &part_of(&after, at).unwrap().dir);
            }
        }
    }
}
