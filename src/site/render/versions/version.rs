//! A version of a document as it was published, frozen.

use serde::Serialize;

use super::{UP, VersionLink, to_comparison, to_version, with_current};
use crate::assessment::Assessment;
use crate::history::{VersionLine, title_of};
use crate::site::render::Page;
use crate::site::render::assessment::{self, DocumentView};
use crate::site::render::frame::{self, DateView, Frame};
use crate::site::theme::{RenderError, Theme};
use crate::site::{MunicipalityContext, SiteContext};

#[derive(Serialize)]
struct View<'a> {
    #[serde(flatten)]
    document: DocumentView<'a>,
    /// 公表日 of this version.
    date: DateView,
    /// It is what the page of the document shows.
    is_current: bool,
    /// It comes after the one that is public.
    is_later: bool,
    previous: Option<VersionLink>,
    next: Option<VersionLink>,
    compare_previous: Option<VersionLink>,
    compare_current: Option<VersionLink>,
}

/// `/{code6}/{dir}/v/{YYYY-MM-DD}/`: the whole form of the version at `at`, which says what it is and leads to the others.
///
/// The folder that `version` names is that of the document today, also where it had another one then. Its figures are read from below its own folder, `v/{YYYY-MM-DD}/figures/…`.
pub fn version_page(
    theme: &Theme,
    site: &SiteContext,
    municipality: &MunicipalityContext,
    version: &Assessment,
    line: &VersionLine,
    at: usize,
) -> Result<Page, RenderError> {
    let date = DateView::from(line.versions[at].published);
    let previous = at.checked_sub(1);
    let compare_previous = previous.and_then(|previous| to_comparison(line, (previous, at), at, UP));
    // One link is enough where the version before is the current one.
    let compare_current = with_current(line, at, UP).filter(|_| previous != Some(line.current));
    let name = theme.word("version_of").replace("{date}", date.short());
    let dir = line.versions[at].dir();
    let day = dir.trim_start_matches("v/");
    let trail = [
        (municipality.code.as_str(), municipality.name.as_str()),
        (&version.dir, title_of(version)),
        ("v", theme.word("versions")),
        (day, &name),
    ];
    let view = View {
        document: assessment::version_view(theme, site, municipality, version, line, at),
        date,
        is_current: at == line.current,
        is_later: at > line.current,
        previous: previous.and_then(|previous| to_version(line, previous)),
        next: to_version(line, at + 1),
        compare_previous,
        compare_current,
    };
    let frame = Frame::new(site, Some(municipality), &trail);
    frame::page(theme, "version.html", frame::file_of(&trail), &frame, &view, assessment::CAPACITY)
}
