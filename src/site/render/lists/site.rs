//! The timeline of the site over all municipalities.

use serde::Serialize;

use super::book::{Book, Dated, Day, NEWEST, YearDates};
use super::day::DayHead;
use super::update::UpdateView;
use crate::history::paging::Part;
use crate::history::{SiteDigest, Update, by_frequency};
use crate::site::SiteContext;
use crate::site::render::Page;
use crate::site::render::frame::{self, Frame};
use crate::site::render::paging::{Beside, PartView};
use crate::site::theme::{RenderError, Theme};
use crate::wareki::CivilDate;

#[derive(Serialize)]
struct View<'a> {
    /// Way from the page to the home page.
    up: &'static str,
    /// Number of changes over all pages.
    total: usize,
    /// The pages of a long list, newest first; empty where everything stands on the front page.
    years: Vec<PartView>,
    /// The page of a long list that this is; none for the front page.
    year: Option<PartView>,
    /// The pages before and after it.
    beside: Beside,
    /// The newest updates, on the front page of a long list.
    latest: Vec<UpdateView<'a>>,
    /// All dates, on the front page of a long list.
    calendar: Vec<YearDates>,
    /// The dates in full, newest first.
    days: Vec<DayView<'a>>,
}

#[derive(Serialize)]
struct DayView<'a> {
    #[serde(flatten)]
    head: DayHead<'a>,
    /// Number of municipalities over all pages.
    municipalities_count: usize,
    municipalities: Vec<MunicipalityView<'a>>,
}

/// The changes of a municipality on a date.
#[derive(Serialize)]
struct MunicipalityView<'a> {
    code: &'a str,
    name: &'a str,
    prefecture: &'a str,
    updates: Vec<UpdateView<'a>>,
}

impl Dated for Update {
    fn date(&self) -> Option<CivilDate> {
        self.date
    }

    fn changes(&self) -> usize {
        self.changes
    }
}

/// The pages of the site's timeline: `/changes/` and, for a long history, `/changes/{year}/`.
///
/// They are made one by one, as all together may be more than fits in memory.
pub struct SiteChanges<'a> {
    theme: &'a Theme,
    site: &'a SiteContext,
    digest: &'a SiteDigest,
    pub(super) book: Book<'a, Update>,
}

impl<'a> SiteChanges<'a> {
    /// Spreads the changes of a site over pages.
    pub fn new(theme: &'a Theme, site: &'a SiteContext, digest: &'a SiteDigest) -> Self {
        Self { theme, site, digest, book: Book::new(&digest.updates, &sizes(&digest.updates)) }
    }

    /// How many pages there are, at least one.
    #[must_use]
    pub fn count(&self) -> usize {
        1 + self.book.parts.len()
    }

    /// A page by its position: the front page is the first, then the oldest.
    pub fn page(&self, at: usize) -> Result<Page, RenderError> {
        match at.checked_sub(1).and_then(|at| self.book.parts.get(at)) {
            Some(part) => self.part(part),
            None => self.front(),
        }
    }

    fn front(&self) -> Result<Page, RenderError> {
        const UP: &str = "../";
        let latest = self.digest.latest().take(if self.book.parts.is_empty() { 0 } else { NEWEST });
        let view = View {
            up: UP,
            total: self.digest.changes(),
            years: self.book.years(self.theme),
            year: None,
            beside: Beside::default(),
            latest: latest.map(|update| self.update(update, UP, true)).collect(),
            calendar: self.book.calendar(),
            days: self.days(None, UP),
        };
        self.filled_in(&view, None)
    }

    fn part(&self, part: &Part) -> Result<Page, RenderError> {
        const UP: &str = "../../";
        let year = self.book.year(self.theme, part);
        let name = year.name.clone();
        let years = self.book.years(self.theme);
        let view = View {
            up: UP,
            total: self.digest.changes(),
            beside: Beside::of(&years, &year),
            years,
            year: Some(year),
            latest: Vec::new(),
            calendar: Vec::new(),
            days: self.days(Some(part), UP),
        };
        self.filled_in(&view, Some((&part.dir, &name)))
    }

    fn filled_in(&self, view: &View<'_>, own: Option<(&str, &str)>) -> Result<Page, RenderError> {
        const CAPACITY: usize = 256 * 1024;
        let mut trail = vec![("changes", self.theme.word("site_changes"))];
        trail.extend(own);
        let frame = Frame::new(self.site, None, &trail);
        frame::page(self.theme, "site-changes.html", frame::file_of(&trail), &frame, view, CAPACITY)
    }

    fn days(&self, part: Option<&Part>, up: &str) -> Vec<DayView<'a>> {
        self.book.days(part).into_iter().map(|day| self.day(&day, up)).collect()
    }

    fn day(&self, day: &Day<'a, Update>, up: &str) -> DayView<'a> {
        let reasons = by_frequency(day.whole.iter().filter_map(|update| update.reason.as_deref()));
        let same = |a: &Update, b: &Update| a.municipality == b.municipality;
        DayView {
            head: DayHead::new(day, day.whole, &reasons),
            municipalities_count: day.whole.chunk_by(same).count(),
            municipalities: day.shown.chunk_by(same).map(|updates| self.municipality(updates, up)).collect(),
        }
    }

    fn municipality(&self, updates: &'a [Update], up: &str) -> MunicipalityView<'a> {
        let digest = &self.digest.municipalities[updates[0].municipality];
        MunicipalityView {
            code: digest.code.as_str(),
            name: &digest.name,
            prefecture: &digest.prefecture,
            updates: updates.iter().map(|update| self.update(update, up, false)).collect(),
        }
    }

    fn update(&self, update: &'a Update, up: &str, is_named: bool) -> UpdateView<'a> {
        let municipality = &self.digest.municipalities[update.municipality];
        let dir = format!("{up}{}/{}", municipality.code, update.dir);
        UpdateView::new(update, dir, is_named.then_some(municipality.name.as_str()))
    }
}

/// What a date takes on a page besides its changes, in bytes; a municipality of a date; an update; one of its changes.
const DAY: usize = 2_000;
const MUNICIPALITY: usize = 250;
const UPDATE: usize = 800;
const ITEM: usize = 150;

fn sizes(updates: &[Update]) -> Vec<usize> {
    let mut before: Option<&Update> = None;
    let mut sizes = Vec::with_capacity(updates.len());
    for update in updates {
        let is_new_day = before.is_none_or(|before| before.date != update.date);
        let is_new_municipality =
            is_new_day || before.is_none_or(|before| before.municipality != update.municipality);
        let items = update
            .items
            .iter()
            .map(|item| ITEM + update.dir.len() + item.line(update.form, update.files).len());
        sizes.push(
            UPDATE
                + update.title.len()
                + update.dir.len()
                + update.reason.as_ref().map_or(0, |reason| reason.len())
                + items.sum::<usize>()
                + if is_new_day { DAY } else { 0 }
                + if is_new_municipality { MUNICIPALITY } else { 0 },
        );
        before = Some(update);
    }
    sizes
}
