//! On which page each change of a document stands in full: on the front page of the timeline, or on a page per year where
//! that would be too long.

use std::ops::Range;

use crate::assessment::Assessment;
use crate::history::Timeline;

/// Where the changes stand in full.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Layout {
    /// The pages beside the front page, oldest first; none where everything stands on the front page.
    pub(super) parts: Vec<Part>,
}

/// A page with the changes of a year, or a piece of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// Its directory below that of the timeline: `2022`, `2022-2` …, `nodate`.
    pub(super) dir: String,
    /// The year; none for the rows without a date.
    pub(super) year: Option<i16>,
    /// Which piece of the year it is, from 1, and of how many.
    pub(super) piece: (usize, usize),
    /// Its changes: indices into [`Timeline::entries`].
    pub(super) entries: Range<usize>,
}

/// The size in bytes that a page may come to.
const LARGEST_PAGE: usize = 320_000;
/// What a change takes on a page besides its texts, in bytes.
const ENTRY: usize = 2_000;

impl Layout {
    /// Spreads the changes of a document over pages.
    pub(super) fn of(assessment: &Assessment, timeline: &Timeline) -> Self {
        let sizes: Vec<usize> = timeline.entries.iter().map(|e| size(assessment, e.change)).collect();
        Self::with_sizes(timeline, &sizes)
    }

    /// Pieces of a year are filled from its oldest changes on: what is added later moves nothing to another page.
    fn with_sizes(timeline: &Timeline, sizes: &[usize]) -> Self {
        if sizes.iter().sum::<usize>() <= LARGEST_PAGE {
            return Self::default();
        }
        let entries = &timeline.entries;
        let year = |at: usize| entries[at].date.map(|date| date.year());
        let mut parts = Vec::new();
        let mut start = 0;
        while start < entries.len() {
            let end = (start..entries.len()).find(|at| year(*at) != year(start)).unwrap_or(entries.len());
            let pieces = pieces(timeline, sizes, start..end);
            let name = year(start).map_or_else(|| "nodate".to_owned(), |y| y.to_string());
            let of = pieces.len();
            parts.extend(pieces.into_iter().zip(1..).map(|(entries, number)| Part {
                dir: if number == 1 { name.clone() } else { format!("{name}-{number}") },
                year: year(start),
                piece: (number, of),
                entries,
            }));
            start = end;
        }
        Self { parts }
    }

    /// The page on which a change stands in full; none for the front page.
    pub(super) fn part_of(&self, entry: usize) -> Option<&Part> {
        self.parts.iter().find(|part| part.entries.contains(&entry))
    }
}

/// About as much as a change takes, in bytes: two texts stand there in full and once more in one, with what differs.
///
/// It is counted from what was authored, so that the look of a page never decides about addresses.
fn size(assessment: &Assessment, change: usize) -> usize {
    let row = &assessment.changes[change];
    let (before, after) = (row.before.len(), row.after.len());
    let compared = if before.min(after) > 0 { before.max(after) } else { 0 };
    ENTRY + before + after + compared + row.explanation.len()
}

/// Cuts the changes of a year between dates; within a date only where the date alone is too long.
fn pieces(timeline: &Timeline, sizes: &[usize], year: Range<usize>) -> Vec<Range<usize>> {
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let (mut start, mut filled) = (year.start, 0);
    for day in timeline.days.iter().filter(|day| year.contains(&day.entries.start)) {
        let whole: usize = sizes[day.entries.clone()].iter().sum();
        if filled > 0 && filled + whole > LARGEST_PAGE {
            pieces.push(start..day.entries.start);
            (start, filled) = (day.entries.start, 0);
        }
        for at in day.entries.clone() {
            if filled > 0 && filled + sizes[at] > LARGEST_PAGE {
                pieces.push(start..at);
                (start, filled) = (at, 0);
            }
            filled += sizes[at];
        }
    }
    pieces.push(start..year.end);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::{Administration, Answers, Change, ItemRef};
    use crate::form::Form;
    use crate::wareki::CivilDate;

    fn timeline(dates: &[Option<(i16, u8, u8)>]) -> Timeline {
        let changes = dates.iter().map(|date| Change {
            date: date.and_then(|(y, m, d)| CivilDate::from_ymd(y, m, d)),
            date_text: String::new(),
            item: ItemRef { text: "書かれた項目名".to_owned(), slot: None },
            before: "前".to_owned(),
            after: "後".to_owned(),
            timing: String::new(),
            explanation: String::new(),
        });
        let form = Form::with_id("zenkomoku-h30-05").unwrap();
        Timeline::of(&Assessment {
            dir: "1-mihon".to_owned(),
            number: "1".to_owned(),
            title: "見本".to_owned(),
            published: None,
            answers: Answers::new(form),
            changes: changes.collect(),
            administration: Administration::default(),
        })
    }

    fn shape(timeline: &Timeline, sizes: &[usize]) -> Vec<(String, Range<usize>)> {
        let layout = Layout::with_sizes(timeline, sizes);
        layout.parts.into_iter().map(|part| (part.dir, part.entries)).collect()
    }

    #[test]
    fn a_short_timeline_stays_on_its_front_page() {
        let timeline = timeline(&[Some((2021, 4, 1)), Some((2022, 4, 1))]);
        assert_eq!(shape(&timeline, &[LARGEST_PAGE / 2, LARGEST_PAGE / 2]), []);
        assert_eq!(shape(&self::timeline(&[]), &[]), []);
    }

    #[test]
    fn a_long_one_gets_a_page_per_year_and_a_long_year_pieces() {
        let (a, b) = (Some((2021, 4, 1)), Some((2022, 4, 1)));
        let timeline = timeline(&[a, b, b, Some((2022, 6, 1)), None]);
        let half = LARGEST_PAGE / 2;
        assert_eq!(
            shape(&timeline, &[half, half, half, half, 1]),
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
        let (a, b) = (Some((2022, 4, 1)), Some((2022, 6, 1)));
        let timeline = timeline(&[a, b, b, b]);
        let third = LARGEST_PAGE / 3;
        assert_eq!(
            shape(&timeline, &[third, third, third, third]),
            [("2022".to_owned(), 0..1), ("2022-2".to_owned(), 1..4)]
        );
        let big = LARGEST_PAGE + 1;
        assert_eq!(shape(&timeline, &[1, big, 1, big]).len(), 4);
    }
}
