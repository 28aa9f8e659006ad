//! The changes of one date: how many in which chapter, the main reasons, and the changes themselves, in full or by name.

use serde::Serialize;

use super::entry::{self, EntryView, Stage};
use super::scene::Scene;
use crate::form::NodeIx;
use crate::history::{Day, by_frequency, day_anchor, reason_of};
use crate::site::render::frame::{DateView, TimingView};
use crate::site::render::versions::VersionLinks;

/// A date with its changes.
#[derive(Serialize)]
pub(super) struct DayView<'a> {
    id: String,
    date: Option<DateView>,
    /// How many changes the date has.
    count: usize,
    /// In the order of the form; the changes without a chapter last.
    chapters: Vec<ChapterView>,
    /// The most frequent first.
    reasons: Vec<ReasonView>,
    /// How many more reasons there are.
    more_reasons: usize,
    /// The version that was published on this date.
    version: Option<VersionLinks>,
    /// The changes in full; empty where they stand on another page.
    entries: Vec<EntryView<'a>>,
    /// The changes by name, where they stand on another page.
    rows: Vec<RowView<'a>>,
}

/// How many changes a chapter has on a date.
#[derive(Serialize)]
struct ChapterView {
    /// None for the changes whose item is not clear.
    heading: Option<String>,
    count: usize,
    /// The first of them.
    href: String,
}

#[derive(Serialize)]
struct ReasonView {
    text: String,
    count: usize,
}

/// A change by name.
#[derive(Serialize)]
pub(super) struct RowView<'a> {
    id: &'a str,
    date: Option<DateView>,
    /// Where it stands in full.
    href: String,
    line: String,
    kind: &'static str,
    timing: Option<TimingView<'a>>,
    important: bool,
}

/// How many reasons of a date are named.
const REASONS: usize = 3;

/// A date in full: of its changes those that `stage` holds.
pub(super) fn in_full<'a>(scene: &'a Scene<'a>, day: &Day, stage: Stage<'_>) -> DayView<'a> {
    let entries = day.entries.clone().filter(|at| (stage.holds)(*at));
    DayView { entries: entries.map(|at| entry::entry(scene, at, stage)).collect(), ..head(scene, day, stage) }
}

/// A date with its changes by name.
pub(super) fn by_name<'a>(scene: &'a Scene<'a>, day: &Day, stage: Stage<'_>) -> DayView<'a> {
    DayView { rows: day.entries.clone().map(|at| row(scene, at, stage)).collect(), ..head(scene, day, stage) }
}

fn head<'a>(scene: &Scene<'_>, day: &Day, stage: Stage<'_>) -> DayView<'a> {
    let (reasons, more_reasons) = reasons(scene, day);
    DayView {
        id: day_anchor(day.date),
        date: day.date.map(DateView::from),
        count: day.entries.len(),
        chapters: chapters(scene, day, stage),
        reasons,
        more_reasons,
        version: day.date.and_then(|date| VersionLinks::new(scene.versions?, date, stage.up)),
        entries: Vec::new(),
        rows: Vec::new(),
    }
}

fn chapters(scene: &Scene<'_>, day: &Day, stage: Stage<'_>) -> Vec<ChapterView> {
    let mut chapters: Vec<(Option<NodeIx>, usize, usize)> = Vec::new();
    for at in day.entries.clone() {
        let section = scene.timeline.entries[at].section;
        match chapters.iter_mut().find(|(ix, ..)| *ix == section) {
            Some((.., count)) => *count += 1,
            None => chapters.push((section, at, 1)),
        }
    }
    chapters.sort_by_key(|(section, ..)| (section.is_none(), *section));
    let view = |(section, first, count): (Option<NodeIx>, usize, usize)| ChapterView {
        heading: section.map(|ix| scene.form.node(ix).heading()),
        count,
        href: entry::link(scene, first, stage).href,
    };
    chapters.into_iter().map(view).collect()
}

/// The reasons that the most changes give, and how many more there are.
fn reasons(scene: &Scene<'_>, day: &Day) -> (Vec<ReasonView>, usize) {
    let entries = day.entries.clone().map(|at| &scene.timeline.entries[at]);
    let given: Vec<String> = entries.filter_map(|entry| reason_of(scene.assessment, entry)).collect();
    let counted = by_frequency(given.iter().map(String::as_str));
    let named = counted
        .iter()
        .take(REASONS)
        .map(|(text, count)| ReasonView { text: (*text).to_owned(), count: *count });
    (named.collect(), counted.len().saturating_sub(REASONS))
}

/// A change by name, with the way to where it stands in full.
pub(super) fn row<'a>(scene: &'a Scene<'a>, at: usize, stage: Stage<'_>) -> RowView<'a> {
    let entry = &scene.timeline.entries[at];
    RowView {
        id: &entry.anchor,
        date: entry.date.map(DateView::from),
        href: entry::link(scene, at, Stage { holds: &|_| false, ..stage }).href,
        line: scene.line(entry),
        kind: entry.kind().id(),
        timing: TimingView::written(scene.form, &scene.row(entry).timing),
        important: entry.important,
    }
}
