//! The front page of a document's timeline: its changes by date, in full where they fit on one page, and by item.

use serde::Serialize;

use super::day::{self, DayView};
use super::entry::{self, Stage};
use super::place_anchor;
use super::scene::Scene;
use crate::form::{NodeIx, Slot};
use crate::history::{Cell, Day, Grid, title_of};
use crate::site::RenderError;
use crate::site::render::Page;
use crate::site::render::assessment::FormView;
use crate::site::render::frame::{self, DateView, Frame};
use crate::site::render::paging::{self, PartView};
use crate::site::render::picture::{self, PictureView, Subject};

#[derive(Serialize)]
struct View<'a> {
    title: &'a str,
    form: FormView<'a>,
    published: Option<DateView>,
    total: usize,
    /// How many versions were published, where there are several.
    versions: Option<usize>,
    /// The pages of a long timeline, newest first.
    years: Vec<PartView>,
    /// How many changes there are when and where; none where there is nothing to compare.
    picture: Option<PictureView<'a>>,
    /// Newest first, the rows without a date last.
    days: Vec<DayView<'a>>,
    /// In the order of the form.
    sections: Vec<SectionView>,
    /// The changes that have no place in the document of today, newest first.
    unplaced: Vec<UnplacedView>,
}

#[derive(Serialize)]
struct UnplacedView {
    href: String,
    line: String,
    date: Option<DateView>,
    kind: &'static str,
}

#[derive(Serialize)]
struct SectionView {
    heading: String,
    items: Vec<ItemView>,
}

#[derive(Serialize)]
struct ItemView {
    id: String,
    reference: String,
    label: String,
    /// Its page, from this one.
    page: String,
    /// Newest first.
    changes: Vec<ItemChange>,
}

#[derive(Serialize)]
struct ItemChange {
    /// Where it stands in full.
    href: String,
    date: Option<DateView>,
    kind: &'static str,
}

const CAPACITY: usize = 256 * 1024;

/// `/{code6}/{dir}/changes/`.
pub(super) fn page(scene: &Scene<'_>) -> Result<Page, RenderError> {
    let is_whole = scene.layout.parts.is_empty();
    let stage = Stage { up: "../", holds: &|_| is_whole, is_item_page: false };
    let day = |day| if is_whole { day::in_full(scene, day, stage) } else { day::by_name(scene, day, stage) };
    let view = View {
        title: title_of(scene.assessment),
        form: scene.form.into(),
        published: scene.assessment.published.map(DateView::from),
        total: scene.timeline.entries.len(),
        versions: scene.versions.filter(|line| line.has_history()).map(|line| line.versions.len()),
        years: years(scene),
        picture: picture(scene, stage),
        days: newest_first(&scene.timeline.days).map(day).collect(),
        sections: sections(scene, stage),
        unplaced: unplaced(scene, stage),
    };
    let trail = [
        (scene.municipality.code.as_str(), scene.municipality.name.as_str()),
        (&scene.assessment.dir, title_of(scene.assessment)),
        ("changes", scene.theme.word("changes")),
    ];
    let frame = Frame::new(scene.site, Some(scene.municipality), &trail);
    frame::page(scene.theme, "changes.html", frame::file_of(&trail), &frame, &view, CAPACITY)
}

/// The picture of the changes, its marks leading to the changes in full.
fn picture<'a>(scene: &Scene<'a>, stage: Stage<'_>) -> Option<PictureView<'a>> {
    let grid = Grid::of_timeline(scene.assessment, scene.timeline);
    let href = |cell: &Cell| entry::link(scene, cell.first.change, stage).href;
    let forms = [scene.assessment.form()];
    picture::picture(&Subject { theme: scene.theme, grid: &grid, forms: &forms, href: &href })
}

/// Dates as people want them: newest first, the rows without a date last.
pub(super) fn newest_first(days: &[Day]) -> impl Iterator<Item = &Day> {
    let dated = |day: &&Day| day.date.is_some();
    days.iter().rev().filter(dated).chain(days.iter().filter(move |day| !dated(day)))
}

/// The pages of a long timeline, newest first, the rows without a date last.
pub(super) fn years(scene: &Scene<'_>) -> Vec<PartView> {
    paging::views(scene.theme, &scene.layout.parts, |part| part.entries.len())
}

fn sections(scene: &Scene<'_>, stage: Stage<'_>) -> Vec<SectionView> {
    let mut sections: Vec<(NodeIx, SectionView)> = Vec::new();
    for (place, entries) in scene.timeline.places() {
        let section = scene.form.section_of(place.node);
        if sections.last().is_none_or(|(ix, _)| *ix != section.ix) {
            sections.push((section.ix, SectionView { heading: section.heading(), items: Vec::new() }));
        }
        if let Some((_, view)) = sections.last_mut() {
            view.items.push(item(scene, place, entries, stage));
        }
    }
    sections.into_iter().map(|(_, view)| view).collect()
}

fn item(scene: &Scene<'_>, place: Slot, entries: &[usize], stage: Stage<'_>) -> ItemView {
    let name = scene.form.name(place, scene.files);
    let anchor = scene.anchor(place);
    ItemView {
        id: place_anchor(&anchor),
        reference: name.reference,
        label: name.label,
        page: format!("../items/{anchor}/"),
        changes: entries.iter().rev().map(|at| item_change(scene, *at, stage)).collect(),
    }
}

fn item_change(scene: &Scene<'_>, at: usize, stage: Stage<'_>) -> ItemChange {
    let entry = &scene.timeline.entries[at];
    ItemChange {
        href: entry::link(scene, at, stage).href,
        date: entry.date.map(DateView::from),
        kind: entry.kind().id(),
    }
}

fn unplaced(scene: &Scene<'_>, stage: Stage<'_>) -> Vec<UnplacedView> {
    let mut all: Vec<_> = scene
        .timeline
        .without_place()
        .map(|entry| UnplacedView {
            href: entry::link(scene, scene.timeline.entry_of(entry.change), stage).href,
            line: scene.line(entry),
            date: entry.date.map(DateView::from),
            kind: entry.kind().id(),
        })
        .collect();
    all.reverse();
    all
}
