//! A list by date with its pages.

use std::ops::Range;

use serde::Serialize;

use crate::history::day_anchor;
use crate::history::paging::{self, Part};
use crate::site::render::frame;
use crate::site::render::paging::{PartView, views};
use crate::site::theme::Theme;
use crate::wareki::CivilDate;

/// How many updates the front page of a list with several pages shows above its dates.
pub(super) const NEWEST: usize = 10;

/// An entry of a list by date.
pub(super) trait Dated {
    /// 変更日.
    fn date(&self) -> Option<CivilDate>;
    /// How many changes it stands for.
    fn changes(&self) -> usize;
}

/// A list, dates ascending, what has no date last; and on which page each entry stands.
pub(super) struct Book<'a, T> {
    pub(super) entries: &'a [T],
    /// The pages beside the front page, oldest first; none where everything stands on the front page.
    pub(super) parts: Vec<Part>,
}

/// A date, as far as it stands on a page.
pub(super) struct Day<'a, T> {
    pub(super) date: Option<CivilDate>,
    /// All its entries.
    pub(super) whole: &'a [T],
    /// Its entries on the page.
    pub(super) shown: &'a [T],
    /// It begins on another page.
    pub(super) is_rest: bool,
    /// Directory of the page on which it goes on.
    pub(super) next: Option<String>,
}

/// The dates of a year in the list of all dates.
#[derive(Serialize)]
pub(super) struct YearDates {
    /// The year by both calendars; none for what has no date.
    label: Option<String>,
    /// Newest first.
    dates: Vec<DateLine>,
}

/// A date in the list of all dates. The page has one for every date, so it holds nothing that could be left out.
#[derive(Serialize)]
struct DateLine {
    /// The address that never changes.
    id: String,
    /// Directory of the page on which the date stands.
    dir: String,
    /// Month and day; none where the date has neither.
    label: Option<String>,
    count: usize,
}

impl<'a, T: Dated> Book<'a, T> {
    /// Spreads a list over pages; `sizes` tells for each entry what it takes on a page, in bytes.
    pub(super) fn new(entries: &'a [T], sizes: &[usize]) -> Self {
        let list: Vec<_> = entries.iter().zip(sizes).map(|(entry, size)| (entry.date(), *size)).collect();
        Self { entries, parts: paging::parts(&list) }
    }

    /// The dates that a page shows, newest first; the front page of a list with several shows none.
    pub(super) fn days(&self, part: Option<&Part>) -> Vec<Day<'a, T>> {
        let page = match part {
            Some(part) => part.entries.clone(),
            None if self.parts.is_empty() => 0..self.entries.len(),
            None => return Vec::new(),
        };
        let days = self.dates().into_iter().filter(|day| day.start < page.end && page.start < day.end);
        days.map(|day| self.day(&day, &page)).collect()
    }

    fn day(&self, day: &Range<usize>, page: &Range<usize>) -> Day<'a, T> {
        let shown = day.start.max(page.start)..day.end.min(page.end);
        let goes_on = (shown.end < day.end).then(|| paging::part_of(&self.parts, shown.end)).flatten();
        Day {
            date: self.entries[day.start].date(),
            whole: &self.entries[day.clone()],
            is_rest: day.start < shown.start,
            next: goes_on.map(|part| part.dir.clone()),
            shown: &self.entries[shown],
        }
    }

    /// The pages of a long list, newest first.
    pub(super) fn years(&self, theme: &Theme) -> Vec<PartView> {
        views(theme, &self.parts, |part| self.changes(&part.entries))
    }

    /// A page of a long list.
    pub(super) fn year(&self, theme: &Theme, part: &Part) -> PartView {
        PartView::new(theme, part, self.changes(&part.entries))
    }

    /// Every date with the page on which it stands, for the front page of a long list.
    pub(super) fn calendar(&self) -> Vec<YearDates> {
        let dates = if self.parts.is_empty() { Vec::new() } else { self.dates() };
        let year = |day: &Range<usize>| self.entries[day.start].date().map(|date| date.year());
        let years = dates.chunk_by(|a, b| year(a) == year(b));
        years
            .map(|days| YearDates {
                label: days.first().and_then(year).map(frame::year_label),
                dates: days.iter().filter_map(|day| self.line(day)).collect(),
            })
            .collect()
    }

    fn line(&self, day: &Range<usize>) -> Option<DateLine> {
        let date = self.entries[day.start].date();
        let month_and_day = date.map(|date| date.wareki()).and_then(|text| {
            let (_, rest) = text.split_once('年')?;
            (!rest.is_empty()).then(|| rest.to_owned())
        });
        Some(DateLine {
            id: day_anchor(date),
            dir: paging::part_of(&self.parts, day.start)?.dir.clone(),
            label: month_and_day,
            count: self.changes(day),
        })
    }

    fn dates(&self) -> Vec<Range<usize>> {
        paging::newest_first(self.entries, Dated::date)
    }

    fn changes(&self, range: &Range<usize>) -> usize {
        self.entries[range.clone()].iter().map(Dated::changes).sum()
    }
}
