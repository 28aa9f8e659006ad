//! A year, or a piece of one, of a timeline that is too long for one page.

use serde::Serialize;

use super::day::{self, DayView};
use super::entry::Stage;
use super::front;
use super::scene::{FROM_BELOW, Scene};
use crate::history::paging::Part;
use crate::history::title_of;
use crate::site::RenderError;
use crate::site::render::Page;
use crate::site::render::assessment::FormView;
use crate::site::render::frame::{self, Frame};
use crate::site::render::paging::{Beside, PartView};

#[derive(Serialize)]
struct View<'a> {
    title: &'a str,
    form: FormView<'a>,
    /// This page.
    year: PartView,
    /// All pages, newest first.
    years: Vec<PartView>,
    beside: Beside,
    days: Vec<DayView<'a>>,
}

const CAPACITY: usize = 384 * 1024;

/// `/{code6}/{dir}/changes/{year}/`.
pub(super) fn page(scene: &Scene<'_>, part: &Part) -> Result<Page, RenderError> {
    let holds = |at: usize| part.entries.contains(&at);
    let stage = Stage { up: FROM_BELOW, holds: &holds, is_item_page: false };
    let days = front::newest_first(&scene.timeline.days).filter(|day| day.entries.clone().any(holds));
    let year = PartView::new(scene.theme, part, part.entries.len());
    let name = year.name.clone();
    let years = front::years(scene);
    let view = View {
        beside: Beside::of(&years, &year),
        title: title_of(scene.assessment),
        form: scene.form.into(),
        year,
        years,
        days: days.map(|day| day::in_full(scene, day, stage)).collect(),
    };
    let trail = [
        (scene.municipality.code.as_str(), scene.municipality.name.as_str()),
        (&scene.assessment.dir, title_of(scene.assessment)),
        ("changes", scene.theme.word("changes")),
        (&part.dir, &name),
    ];
    let frame = Frame::new(scene.site, Some(scene.municipality), &trail);
    frame::page(scene.theme, "changes-year.html", frame::file_of(&trail), &frame, &view, CAPACITY)
}
