//! The changes of one document on one date, as one entry of a list.

use serde::Serialize;

use crate::form::Form;
use crate::history::{ChangeBrief, ChangeKind, TimingBrief, Update, day_anchor};
use crate::site::render::frame::{DateView, TimingView};

/// An update as `latest.html` and `update.html` show it.
#[derive(Serialize)]
pub(in crate::site::render) struct UpdateView<'a> {
    /// Way from the page to the directory of the document.
    dir: String,
    /// Anchor of the date on the document's timeline page.
    day: String,
    /// None in a list of a single municipality.
    municipality: Option<&'a str>,
    title: &'a str,
    date: Option<DateView>,
    /// Number of changes.
    count: usize,
    kinds: Vec<KindCount>,
    timings: Vec<TimingCount<'a>>,
    /// Number of changes of items marked ※.
    important: usize,
    reason: Option<&'a str>,
    items: Vec<ItemView>,
    /// How many changes are not named.
    more: usize,
}

/// How many changes are of a kind.
#[derive(Serialize)]
pub(super) struct KindCount {
    kind: &'static str,
    count: usize,
}

/// How many changes have a 提出時期.
#[derive(Serialize)]
pub(super) struct TimingCount<'a> {
    #[serde(flatten)]
    timing: TimingView<'a>,
    count: usize,
}

#[derive(Serialize)]
struct ItemView {
    line: String,
    /// Where it stands in full, from the document's page.
    address: String,
    kind: &'static str,
}

impl<'a> UpdateView<'a> {
    /// `dir` leads from the list's page to the document's.
    pub(in crate::site::render) fn new(
        update: &'a Update,
        dir: String,
        municipality: Option<&'a str>,
    ) -> Self {
        Self {
            dir,
            day: day_anchor(update.date),
            municipality,
            title: &update.title,
            date: update.date.map(DateView::from),
            count: update.changes,
            kinds: kinds(update.kinds),
            timings: update
                .timings
                .iter()
                .filter_map(|(timing, n)| timing_count(update.form, *timing, *n))
                .collect(),
            important: update.important,
            reason: update.reason.as_deref(),
            items: update.items.iter().map(|change| item(update, change)).collect(),
            more: update.changes.saturating_sub(update.items.len()),
        }
    }
}

/// The kinds that there are, in the order in which people are told about them.
pub(super) fn kinds(counts: [usize; ChangeKind::ALL.len()]) -> Vec<KindCount> {
    let all = ChangeKind::ALL.into_iter().zip(counts);
    all.filter(|(_, count)| *count > 0).map(|(kind, count)| KindCount { kind: kind.id(), count }).collect()
}

/// None for what is no option of the form.
pub(super) fn timing_count(form: &Form, timing: TimingBrief, count: usize) -> Option<TimingCount<'_>> {
    Some(TimingCount { timing: TimingView::new(form, timing)?, count })
}

fn item(update: &Update, change: &ChangeBrief) -> ItemView {
    ItemView {
        line: change.line(update.form, update.files),
        address: change.address(),
        kind: change.kind.id(),
    }
}
