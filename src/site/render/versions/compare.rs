//! What differs between two published versions of a document.

use serde::Serialize;

use super::{UP, VersionLink, to_comparison, to_version, with_current};
use crate::assessment::Assessment;
use crate::compare::{Comparison, FigureDigests};
use crate::history::{VersionLine, title_of};
use crate::site::render::Page;
use crate::site::render::assessment::FormView;
use crate::site::render::frame::{self, Frame};
use crate::site::render::redline::{Redline, RedlineOptions, RedlineSide, redline};
use crate::site::theme::{RenderError, Theme};
use crate::site::{MunicipalityContext, SiteContext};

/// A version with what its images hold.
#[derive(Clone, Copy)]
pub struct PublishedVersion<'a> {
    /// The document.
    pub assessment: &'a Assessment,
    /// Digests of its images.
    pub figures: &'a FigureDigests,
}

#[derive(Serialize)]
struct View<'a> {
    title: &'a str,
    form: FormView<'a>,
    /// Whether the versions are filled in on different editions of the form.
    has_other_form: bool,
    before: Option<VersionLink>,
    after: Option<VersionLink>,
    /// The newer one is what the page of the document shows.
    is_current: bool,
    /// The comparisons before and after this one, and that of the older version with the current one.
    previous: Option<VersionLink>,
    next: Option<VersionLink>,
    with_current: Option<VersionLink>,
    redline: &'a Redline<'a>,
}

const CAPACITY: usize = 256 * 1024;

/// Up to this size of both documents' texts in bytes, both texts stand in full below what differs; beyond it the pages of the
/// versions have them.
const LARGEST_WITH_FULL_TEXTS: usize = 60_000;

/// `/{code6}/{dir}/compare/{d1}..{d2}/`: what differs between the versions at `pair`, older first. None where this pair is not
/// published (see [`VersionLine::pairs`]).
#[expect(clippy::too_many_arguments, reason = "what the page is made of; none of it belongs to another")]
pub fn compare_page(
    theme: &Theme,
    site: &SiteContext,
    municipality: &MunicipalityContext,
    before: PublishedVersion<'_>,
    after: PublishedVersion<'_>,
    comparison: &Comparison,
    line: &VersionLine,
    pair: (usize, usize),
) -> Result<Option<Page>, RenderError> {
    let Some(dir) = line.comparison_dir(pair.0, pair.1) else { return Ok(None) };
    let pages = [pair.0, pair.1].map(|at| format!("{UP}{}/", line.versions[at].dir()));
    let image_before = |file: &str| Some(format!("{}{file}", pages[0]));
    let image_after = |file: &str| Some(format!("{}{file}", pages[1]));
    let (old, new) = (before.assessment, after.assessment);
    let options = RedlineOptions {
        prefix: "",
        level: 2,
        has_full_texts: size(comparison) <= LARGEST_WITH_FULL_TEXTS,
        extra: &|_| None,
    };
    let redline = redline(
        theme,
        RedlineSide { assessment: old, figures: before.figures, page: Some(&pages[0]), image: &image_before },
        RedlineSide { assessment: new, figures: after.figures, page: Some(&pages[1]), image: &image_after },
        comparison,
        options,
    );
    let view = View {
        title: title_of(new),
        form: new.form().into(),
        has_other_form: old.form().head.id != new.form().head.id,
        before: to_version(line, pair.0),
        after: to_version(line, pair.1),
        is_current: pair.1 == line.current,
        previous: pair.0.checked_sub(1).and_then(|at| to_comparison(line, (at, pair.0), pair.0, UP)),
        next: to_comparison(line, (pair.1, pair.1 + 1), pair.1, UP),
        with_current: with_current(line, pair.0, UP).filter(|_| pair.1 != line.current),
        redline: &redline,
    };
    let trail = [
        (municipality.code.as_str(), municipality.name.as_str()),
        (&new.dir, title_of(new)),
        (&dir, theme.word("compare")),
    ];
    let frame =
        Frame::new(site, Some(municipality), &trail).by_way_of(theme.word("versions"), format!("{UP}v/"));
    frame::page(theme, "compare.html", frame::file_of(&trail), &frame, &view, CAPACITY).map(Some)
}

/// The texts of the differences, in bytes.
fn size(comparison: &Comparison) -> usize {
    comparison.differences.iter().map(|one| one.before_text.len() + one.after_text.len()).sum()
}
