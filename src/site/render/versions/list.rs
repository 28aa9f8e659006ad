//! The list of the published versions of a document, with the digests by which anyone can check them.

use serde::Serialize;

use super::{VersionLink, to_comparison, with_current};
use crate::assessment::Assessment;
use crate::history::{ChangedItems, VersionLine, title_of};
use crate::site::render::Page;
use crate::site::render::assessment::FormView;
use crate::site::render::frame::{self, DateView, Frame};
use crate::site::theme::{RenderError, Theme};
use crate::site::{MunicipalityContext, SiteContext};

#[derive(Serialize)]
struct View<'a> {
    title: &'a str,
    form: FormView<'a>,
    /// Newest first.
    versions: Vec<VersionView>,
}

#[derive(Serialize)]
struct VersionView {
    id: String,
    date: DateView,
    /// From this page.
    href: String,
    is_current: bool,
    /// It comes after the one that is public.
    is_later: bool,
    changed: Option<ChangedView>,
    compare_previous: Option<VersionLink>,
    compare_current: Option<VersionLink>,
    sha256: String,
}

#[derive(Serialize)]
struct ChangedView {
    total: usize,
    important: usize,
}

impl From<ChangedItems> for ChangedView {
    fn from(changed: ChangedItems) -> Self {
        Self { total: changed.total, important: changed.important }
    }
}

const CAPACITY: usize = 16 * 1024;

/// `/{code6}/{dir}/v/`: all versions, newest first. `current` is the document as its own page shows it.
pub fn versions_page(
    theme: &Theme,
    site: &SiteContext,
    municipality: &MunicipalityContext,
    current: &Assessment,
    line: &VersionLine,
) -> Result<Page, RenderError> {
    let view = View {
        title: title_of(current),
        form: current.form().into(),
        versions: (0..line.versions.len()).rev().map(|at| version(line, at)).collect(),
    };
    let trail = [
        (municipality.code.as_str(), municipality.name.as_str()),
        (&current.dir, title_of(current)),
        ("v", theme.word("versions")),
    ];
    let frame = Frame::new(site, Some(municipality), &trail);
    frame::page(theme, "versions.html", frame::file_of(&trail), &frame, &view, CAPACITY)
}

fn version(line: &VersionLine, at: usize) -> VersionView {
    const UP: &str = "../";
    let version = &line.versions[at];
    let day = version.published.iso();
    let previous = at.checked_sub(1);
    VersionView {
        id: format!("v-{day}"),
        date: version.published.into(),
        href: format!("{day}/"),
        is_current: at == line.current,
        is_later: at > line.current,
        changed: version.changed.map(ChangedView::from),
        compare_previous: previous.and_then(|previous| to_comparison(line, (previous, at), at, UP)),
        // One link is enough where both lead to the same page.
        compare_current: with_current(line, at, UP).filter(|_| previous != Some(line.current)),
        sha256: version.sha256_text(),
    }
}
