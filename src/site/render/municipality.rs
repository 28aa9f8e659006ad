//! The page of a municipality: its documents, where to ask, its latest changes.

use serde::Serialize;

use super::Page;
use super::frame::{self, DateView, Frame};
use super::lists::UpdateView;
use crate::history::{AssessmentDigest, MunicipalityDigest};
use crate::site::data::Linked;
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
        latest: digest.latest().map(|u| UpdateView::new(u, u.dir.to_string(), None)).collect(),
    };
    let trail = [(municipality.code.as_str(), municipality.name.as_str())];
    let frame = Frame::new(site, Some(municipality), &trail).about(Linked::of_municipality(municipality));
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
