//! What stands above the changes of a date: how many, of which kinds, in which chapters, and why.

use serde::Serialize;

use super::book::{Dated, Day};
use super::update::{KindCount, TimingCount, kinds, timing_count};
use crate::form::Form;
use crate::history::{ChangeKind, TimingBrief, Update, day_anchor};
use crate::site::render::frame::DateView;

/// The head of a date, as `changes-list.html` and `day-summary.html` show it.
#[derive(Serialize)]
pub(super) struct DayHead<'a> {
    id: String,
    date: Option<DateView>,
    /// Number of changes, also of those on other pages.
    count: usize,
    /// Number of documents that changed.
    documents: usize,
    /// The date begins on another page.
    is_rest: bool,
    /// Directory of the page on which it goes on.
    next: Option<String>,
    kinds: Vec<KindCount>,
    timings: Vec<TimingCount<'a>>,
    /// Number of changes of items marked ※.
    important: usize,
    /// In the order of the forms; empty in a list that does not tell them apart.
    chapters: Vec<ChapterCount>,
    /// The most frequent first.
    reasons: Vec<ReasonCount<'a>>,
    /// How many more reasons there are.
    more_reasons: usize,
}

/// How many changes a chapter has.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct ChapterCount {
    /// None for the changes whose item is not clear.
    pub(super) heading: Option<String>,
    pub(super) count: usize,
}

#[derive(Serialize)]
struct ReasonCount<'a> {
    text: &'a str,
    count: usize,
}

/// How many reasons of a date are named.
const REASONS: usize = 3;

impl<'a> DayHead<'a> {
    /// The head of a date, from its updates and the reasons in the order of their frequency.
    pub(super) fn new<T: Dated>(
        day: &Day<'_, T>,
        updates: &'a [Update],
        reasons: &[(&'a str, usize)],
    ) -> Self {
        let named = reasons.iter().take(REASONS);
        Self {
            id: day_anchor(day.date),
            date: day.date.map(DateView::from),
            count: updates.iter().map(|update| update.changes).sum(),
            documents: updates.len(),
            is_rest: day.is_rest,
            next: day.next.clone(),
            kinds: kinds(sum_of_kinds(updates)),
            timings: timings(updates),
            important: updates.iter().map(|update| update.important).sum(),
            chapters: Vec::new(),
            reasons: named.map(|(text, count)| ReasonCount { text, count: *count }).collect(),
            more_reasons: reasons.len().saturating_sub(REASONS),
        }
    }

    /// Tells the chapters apart.
    pub(super) fn with_chapters(self, chapters: Vec<ChapterCount>) -> Self {
        Self { chapters, ..self }
    }
}

fn sum_of_kinds(updates: &[Update]) -> [usize; ChangeKind::ALL.len()] {
    let mut sum = [0; ChangeKind::ALL.len()];
    for update in updates {
        for (total, count) in sum.iter_mut().zip(update.kinds) {
            *total += count;
        }
    }
    sum
}

/// Options of different forms are one where they are called the same.
fn timings(updates: &[Update]) -> Vec<TimingCount<'_>> {
    let mut sums: Vec<(&Form, TimingBrief, usize)> = Vec::new();
    for update in updates {
        for (timing, count) in &update.timings {
            let label = timing.label(update.form);
            match sums.iter_mut().find(|(form, other, _)| other.label(form) == label) {
                Some((.., sum)) => *sum += count,
                None => sums.push((update.form, *timing, *count)),
            }
        }
    }
    sums.sort_by_key(|(_, timing, _)| timing.position());
    sums.into_iter().filter_map(|(form, timing, count)| timing_count(form, timing, count)).collect()
}
