//! The page of a municipality: its documents, where to ask, its latest changes.

use serde::Serialize;

use super::Page;
use super::frame::{self, DateView, Frame, TimingView};
use crate::history::{AssessmentDigest, MunicipalityDigest, Update, day_anchor};
use crate::site::theme::{RenderError, Theme};
use crate::site::{MunicipalityContext, SiteContext};

#[derive(Serialize)]
struct View<'a> {
    documents: Vec<DocumentView<'a>>,
    /// Number of changes over all documents.
    changes: usize,
    latest: Vec<UpdateView<'a>>,
}

#[derive(Serialize)]
struct DocumentView<'a> {
    dir: &'a str,
    number: &'a str,
    title: &'a str,
    style: &'a str,
    form: &'a str,
    agency: &'a str,
    published: Option<DateView>,
    changes: usize,
    last_change: Option<DateView>,
}

/// The changes of one document on one date, in a list over several documents.
#[derive(Serialize)]
pub(super) struct UpdateView<'a> {
    /// Directory of the document below that of the list.
    dir: String,
    /// Anchor of the date on the document's timeline page.
    day: String,
    municipality: Option<&'a str>,
    title: &'a str,
    date: DateView,
    timings: Vec<TimingCount<'a>>,
    items: Vec<ItemView<'a>>,
    /// How many changes are not named.
    more: usize,
}

#[derive(Serialize)]
struct TimingCount<'a> {
    #[serde(flatten)]
    timing: TimingView<'a>,
    count: usize,
}

#[derive(Serialize)]
struct ItemView<'a> {
    line: &'a str,
    anchor: &'a str,
    kind: &'static str,
}

impl<'a> UpdateView<'a> {
    /// `dir` leads from the list's page to the document's.
    pub(super) fn new(update: &'a Update, dir: String, municipality: Option<&'a str>) -> Self {
        let timings = update.timings.iter().filter_map(|(timing, count)| {
            Some(TimingCount { timing: TimingView::new(update.form, *timing)?, count: *count })
        });
        let items = update.items.iter().map(|item| ItemView {
            line: &item.line,
            anchor: &item.anchor,
            kind: item.kind.id(),
        });
        Self {
            dir,
            day: day_anchor(Some(update.date)),
            municipality,
            title: &update.title,
            date: update.date.into(),
            timings: timings.collect(),
            items: items.collect(),
            more: update.changes.saturating_sub(update.items.len()),
        }
    }
}

const CAPACITY: usize = 32 * 1024;

/// `/{code6}/`: a municipality. The documents are shown in the order given.
pub fn municipality(
    theme: &Theme,
    site: &SiteContext,
    municipality: &MunicipalityContext,
    digest: &MunicipalityDigest,
    documents: &[AssessmentDigest],
) -> Result<Page, RenderError> {
    let view = View {
        documents: documents.iter().map(document).collect(),
        changes: digest.changes,
        latest: digest.latest.iter().map(|u| UpdateView::new(u, u.dir.clone(), None)).collect(),
    };
    let trail = [(municipality.code.as_str(), municipality.name.as_str())];
    let frame = Frame::new(site, Some(municipality), &trail);
    frame::page(theme, "municipality.html", frame::file_of(&trail), &frame, &view, CAPACITY)
}

fn document(digest: &AssessmentDigest) -> DocumentView<'_> {
    DocumentView {
        dir: &digest.dir,
        number: &digest.number,
        title: &digest.title,
        style: &digest.form.head.style,
        form: &digest.form.head.short_title,
        agency: &digest.agency,
        published: digest.published.map(DateView::from),
        changes: digest.changes.len(),
        last_change: digest.last_change().map(DateView::from),
    }
}
