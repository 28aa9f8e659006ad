//! The life of one item: what it says now, and every change of it.

use serde::Serialize;

use super::day::{self, RowView};
use super::entry::{self, EntryView, Stage};
use super::scene::{FROM_BELOW, Scene};
use crate::across::item_address;
use crate::assessment::Value;
use crate::form::Slot;
use crate::history::{Layout, title_of};
use crate::site::RenderError;
use crate::site::render::Page;
use crate::site::render::assessment::FormView;
use crate::site::render::form;
use crate::site::render::frame::{self, DateView, Frame};
use crate::site::render::value::ValueView;

#[derive(Serialize)]
struct View<'a> {
    title: &'a str,
    form: FormView<'a>,
    reference: String,
    label: String,
    important: bool,
    /// Its place on the page of the document.
    place: String,
    /// The page with the answers of all documents, from the root of the site.
    across: Option<String>,
    /// What it says now; none for a group or a figure, which only the page of the document shows.
    value: Option<ValueView<'a>>,
    total: usize,
    /// The changes of the place itself, newest first.
    entries: Vec<EntryView<'a>>,
    /// The oldest changes by name, where they are too many for one page.
    older: Vec<RowView<'a>>,
    /// Places around and inside it that changed too.
    related: Vec<RelatedView>,
    /// The places with changes before and after it in the form.
    previous: Option<RelatedView>,
    next: Option<RelatedView>,
    /// First and last 変更日.
    first: Option<DateView>,
    last: Option<DateView>,
}

#[derive(Serialize)]
struct RelatedView {
    href: String,
    line: String,
    count: usize,
}

const CAPACITY: usize = 32 * 1024;

/// `/{code6}/{dir}/items/{anchor}/`.
pub(super) fn page(scene: &Scene<'_>, place: Slot, entries: &[usize]) -> Result<Page, RenderError> {
    let name = scene.form.name(place, scene.files);
    let anchor = scene.anchor(place);
    let fitting = Layout::newest_that_fit(scene.assessment, scene.timeline, entries);
    let (older, shown) = entries.split_at(entries.len() - fitting);
    let stage = Stage { up: FROM_BELOW, holds: &|at| shown.contains(&at), is_item_page: true };
    let date = |at: &usize| scene.timeline.entries[*at].date;
    let [previous, next] = beside(scene, place);
    let view = View {
        previous,
        next,
        title: title_of(scene.assessment),
        form: scene.form.into(),
        important: scene.form.node(place.node).important,
        place: format!("{FROM_BELOW}#{anchor}"),
        across: across(scene, place),
        value: value(scene, place),
        total: entries.len(),
        entries: shown.iter().rev().map(|at| entry::entry(scene, *at, stage)).collect(),
        older: older.iter().rev().map(|at| day::row(scene, *at, stage)).collect(),
        related: related(scene, place),
        first: entries.iter().find_map(date).map(DateView::from),
        last: entries.iter().rev().find_map(date).map(DateView::from),
        reference: name.reference.clone(),
        label: name.label.clone(),
    };
    let (dir, line) = (format!("items/{anchor}"), name.line());
    let trail = [
        (scene.municipality.code.as_str(), scene.municipality.name.as_str()),
        (&scene.assessment.dir, title_of(scene.assessment)),
        (&dir, &line),
    ];
    let frame = Frame::new(scene.site, Some(scene.municipality), &trail)
        .by_way_of(scene.theme.word("changes"), format!("{FROM_BELOW}changes/"));
    let path = frame::file_of(&trail);
    frame::page(scene.theme, "item.html", path, &frame, &view, CAPACITY)
}

fn across(scene: &Scene<'_>, place: Slot) -> Option<String> {
    let is_answered = scene.answered.contains(&place.node);
    is_answered.then(|| item_address(scene.form, scene.form.node(place.node)))
}

fn value<'a>(scene: &Scene<'a>, place: Slot) -> Option<ValueView<'a>> {
    let node = scene.form.node(place.node);
    let is_figure = matches!(scene.assessment.answers.get(place), Some(Value::Figures(_)));
    (node.is_item() && !is_figure)
        .then(|| form::value_at(scene.assessment, scene.timeline, place, FROM_BELOW))
}

/// The places around an item and inside it that have changes of their own: a row may name the whole entry.
fn related(scene: &Scene<'_>, place: Slot) -> Vec<RelatedView> {
    let is_around = |outer: Slot, inner: Slot| {
        scene.form.ancestry(inner.node).iter().any(|node| node.ix == outer.node)
            && inner.entries.truncate(outer.entries.depth()) == outer.entries
    };
    let others = scene
        .timeline
        .places()
        .filter(|(other, _)| *other != place && (is_around(*other, place) || is_around(place, *other)));
    others.map(|(other, entries)| link(scene, other, entries)).collect()
}

/// The places with changes before and after a place.
fn beside(scene: &Scene<'_>, place: Slot) -> [Option<RelatedView>; 2] {
    let before = scene.timeline.places().take_while(|(other, _)| *other != place).last();
    let after = scene.timeline.places().skip_while(|(other, _)| *other != place).nth(1);
    [before, after].map(|beside| beside.map(|(other, entries)| link(scene, other, entries)))
}

fn link(scene: &Scene<'_>, place: Slot, entries: &[usize]) -> RelatedView {
    RelatedView {
        href: format!("../{}/", scene.anchor(place)),
        line: scene.form.name(place, scene.files).line(),
        count: entries.len(),
    }
}
