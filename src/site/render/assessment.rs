//! The page of a document: at a glance, contents, then the whole form.

use serde::Serialize;

use super::Page;
use super::cite::{CiteView, Cited, cite};
use super::flow::{self, FlowsView};
use super::form::{self, SectionView};
use super::frame::{self, DateView, Frame};
use super::glance::{self as at_a_glance, GlanceView};
use super::opinions::{OpinionsView, opinions};
use super::peers::{Peers, PeersView};
use super::value::{self, ValueView};
use crate::assessment::{Assessment, Consultation};
use crate::form::{Form, Slot};
use crate::glossary::Linker;
use crate::history::{Timeline, VersionLine, title_of};
use crate::markdown;
use crate::site::data::Linked;
use crate::site::theme::{RenderError, Theme};
use crate::site::{MunicipalityContext, SiteContext};
use crate::wareki::CivilDate;

/// A document as the templates `at-a-glance.html` and `form.html` show it.
#[derive(Serialize)]
pub(super) struct DocumentView<'a> {
    number: &'a str,
    title: &'a str,
    form: FormView<'a>,
    published: Option<DateView>,
    /// The items that tell the document from others, as its form names them.
    glance: Vec<GlanceRow<'a>>,
    /// What residents ask, and what the document answers.
    answers: GlanceView<'a>,
    /// Where its information comes from and goes to, where the form asks.
    flow: Option<FlowsView<'a>>,
    /// How the page is cited.
    cite: CiteView<'a>,
    /// Number of changes, and the newest date.
    changes: usize,
    last_change: Option<DateView>,
    sections: Vec<SectionView<'a>>,
    /// The published versions, where there are several.
    versions: Option<VersionsView>,
    /// A hearing that is going on or coming. It is no part of a version.
    opinions: Option<OpinionsView>,
    /// Other municipalities' documents about the same task. They change, and so are no part of a version.
    peers: Option<PeersView<'a>>,
    /// It is the page of a version, frozen at its 公表日.
    is_version: bool,
    /// Way to the folder of the document.
    up: &'static str,
}

/// How many versions were published.
#[derive(Serialize)]
struct VersionsView {
    count: usize,
    first: DateView,
}

/// The edition of the form.
#[derive(Serialize)]
pub(crate) struct FormView<'a> {
    style: &'a str,
    title: &'a str,
    short_title: &'a str,
    edition: &'a str,
    important_mark: Option<&'a str>,
}

impl<'a> From<&'a Form> for FormView<'a> {
    fn from(form: &'a Form) -> Self {
        let head = &form.head;
        Self {
            style: &head.style,
            title: &head.title,
            short_title: &head.short_title,
            edition: &head.edition,
            important_mark: head.important_mark.as_deref(),
        }
    }
}

#[derive(Serialize)]
struct GlanceRow<'a> {
    label: &'a str,
    value: ValueView<'a>,
}

/// A guess at the size of a page, so that its text is seldom moved: bytes.
pub(super) const CAPACITY: usize = 256 * 1024;

/// What the page of a document tells beside the document itself.
#[derive(Default)]
pub struct Beside<'a> {
    /// The versions that were published, this one among them.
    pub versions: Option<&'a VersionLine>,
    /// Its 意見募集 with the day that decides how far it is.
    pub call: Option<(&'a Consultation, CivilDate)>,
    /// All documents by their tasks.
    pub peers: Option<&'a Peers<'a>>,
}

/// `/{code6}/{dir}/`: the document as a page.
pub fn assessment(
    theme: &Theme,
    site: &SiteContext,
    municipality: &MunicipalityContext,
    assessment: &Assessment,
    timeline: &Timeline,
    beside: &Beside<'_>,
) -> Result<Page, RenderError> {
    let trail =
        [(municipality.code.as_str(), municipality.name.as_str()), (&assessment.dir, title_of(assessment))];
    let mut sections = form::sections(assessment, Some(timeline));
    form::link_terms(&mut sections, &mut Linker::new("../../"));
    let view = DocumentView {
        sections,
        versions: beside.versions.and_then(versions_view),
        opinions: beside.call.and_then(|(call, day)| opinions(municipality, assessment, call, day)),
        peers: beside.peers.and_then(|peers| peers.beside(municipality.code.as_str(), &assessment.dir)),
        ..view(theme, site, municipality, assessment, Cited::Document(beside.versions))
    };
    let linked = Linked::of_document(site, municipality, assessment);
    let frame = Frame::new(site, Some(municipality), &trail).about(linked);
    frame::page(theme, "assessment.html", frame::file_of(&trail), &frame, &view, CAPACITY)
}

/// A version of a document, on a page two folders below that of the document. Its items have no links to their changes: those
/// are about the places of today. Nor are its words linked to the glossary, which will go on after it.
pub(super) fn version_view<'a>(
    theme: &'a Theme,
    site: &SiteContext,
    municipality: &'a MunicipalityContext,
    assessment: &'a Assessment,
    line: &VersionLine,
    at: usize,
) -> DocumentView<'a> {
    DocumentView {
        sections: form::sections(assessment, None),
        is_version: true,
        up: "../../",
        ..view(theme, site, municipality, assessment, Cited::Version(line, at))
    }
}

fn view<'a>(
    theme: &'a Theme,
    site: &SiteContext,
    municipality: &'a MunicipalityContext,
    assessment: &'a Assessment,
    cited: Cited<'_>,
) -> DocumentView<'a> {
    DocumentView {
        number: &assessment.number,
        title: title_of(assessment),
        form: assessment.form().into(),
        published: assessment.published.map(DateView::from),
        glance: glance(assessment),
        answers: at_a_glance::glance(theme, assessment),
        flow: flow::view(theme, assessment),
        cite: cite(site, municipality, assessment, cited),
        changes: assessment.changes.len(),
        last_change: assessment.changes.iter().filter_map(|row| row.date).max().map(DateView::from),
        sections: Vec::new(),
        versions: None,
        opinions: None,
        peers: None,
        is_version: false,
        up: "",
    }
}

fn versions_view(line: &VersionLine) -> Option<VersionsView> {
    let first = line.versions.first().filter(|_| line.has_history())?;
    Some(VersionsView { count: line.versions.len(), first: first.published.into() })
}

fn glance(assessment: &Assessment) -> Vec<GlanceRow<'_>> {
    let answers = &assessment.answers;
    let form = answers.form();
    let nodes = form.head.glance.iter().filter_map(|id| form.by_id(id));
    nodes
        .filter_map(|node| {
            let value = answers.get(Slot::plain(node.ix)).filter(|v| !v.is_empty())?;
            let prefix = format!("glance-{}-", form.anchor(Slot::plain(node.ix), 1));
            let options =
                markdown::Options { heading_base: 3, footnote_prefix: &prefix, resolve_link: &|_| None };
            Some(GlanceRow { label: &node.label, value: value::view(form, node, value, &options) })
        })
        .collect()
}
