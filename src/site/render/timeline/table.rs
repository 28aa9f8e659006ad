//! The table 変更箇所 as the official form prints it, made anew from the rows: for paper, and for those who compare it with
//! the form that was submitted.

use serde::Serialize;

use super::scene::{FROM_BELOW, Scene};
use crate::assessment::Change;
use crate::history::title_of;
use crate::markdown;
use crate::site::RenderError;
use crate::site::render::Page;
use crate::site::render::assessment::FormView;
use crate::site::render::frame::{self, DateView, Frame};

#[derive(Serialize)]
struct View<'a> {
    title: &'a str,
    form: FormView<'a>,
    /// The heading of the section on the form.
    heading: String,
    /// The heads of the columns, as the form prints them.
    columns: Vec<&'a str>,
    rows: Vec<RowView<'a>>,
}

#[derive(Serialize)]
struct RowView<'a> {
    /// The permanent anchor of the change.
    anchor: &'a str,
    date: String,
    item: &'a str,
    before: String,
    after: String,
    timing: &'a str,
    explanation: String,
}

const CAPACITY: usize = 256 * 1024;

/// `/{code6}/{dir}/changes/table/`: the rows in the order in which the document has them.
pub(super) fn page(scene: &Scene<'_>) -> Result<Page, RenderError> {
    let form = scene.form;
    let section = form.sections().find(|node| node.id == form.head.change_section);
    let view = View {
        title: title_of(scene.assessment),
        form: form.into(),
        heading: section.map(crate::form::Node::heading).unwrap_or_default(),
        columns: form.change_columns().map(|node| node.label.as_str()).collect(),
        rows: scene
            .assessment
            .changes
            .iter()
            .enumerate()
            .map(|(at, row)| self::row(scene, at, row))
            .collect(),
    };
    let trail = [
        (scene.municipality.code.as_str(), scene.municipality.name.as_str()),
        (&scene.assessment.dir, title_of(scene.assessment)),
        ("changes", scene.theme.word("changes")),
        ("table", scene.theme.word("changes_table")),
    ];
    let frame = Frame::new(scene.site, Some(scene.municipality), &trail);
    frame::page(scene.theme, "changes-table.html", frame::file_of(&trail), &frame, &view, CAPACITY)
}

fn row<'a>(scene: &Scene<'a>, at: usize, row: &'a Change) -> RowView<'a> {
    let anchor = &scene.timeline.entries[scene.timeline.entry_of(at)].anchor;
    let html = |text: &str, part: &str| {
        let prefix = format!("{anchor}-{part}-");
        let options = markdown::Options {
            heading_base: 2,
            footnote_prefix: &prefix,
            resolve_link: &|reference| scene.link(reference, FROM_BELOW),
        };
        markdown::to_html(text, &options)
    };
    RowView {
        anchor,
        // As written where the day is missing or impossible; nothing is lost.
        date: row.date.map_or_else(|| row.date_text.clone(), |date| DateView::from(date).short().to_owned()),
        item: &row.item.text,
        before: html(&row.before, "b"),
        after: html(&row.after, "a"),
        timing: &row.timing,
        explanation: html(&row.explanation, "e"),
    }
}
