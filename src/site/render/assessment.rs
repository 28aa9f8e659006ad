//! The page of a document: at a glance, contents, then the whole form.

use serde::Serialize;

use super::Page;
use super::form::{self, SectionView};
use super::frame::{self, DateView, Frame};
use super::value::{self, ValueView};
use crate::assessment::Assessment;
use crate::form::{Form, Slot};
use crate::history::{Timeline, title_of};
use crate::markdown;
use crate::site::theme::{RenderError, Theme};
use crate::site::{MunicipalityContext, SiteContext};

#[derive(Serialize)]
struct View<'a> {
    number: &'a str,
    title: &'a str,
    form: FormView<'a>,
    published: Option<DateView>,
    /// The items that sum the document up, as its form names them.
    glance: Vec<GlanceRow<'a>>,
    /// Number of changes, and the newest date.
    changes: usize,
    last_change: Option<DateView>,
    sections: Vec<SectionView<'a>>,
}

/// The edition of the form.
#[derive(Serialize)]
pub(super) struct FormView<'a> {
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
const CAPACITY: usize = 256 * 1024;

/// `/{code6}/{dir}/`: the document as a page.
pub fn assessment(
    theme: &Theme,
    site: &SiteContext,
    municipality: &MunicipalityContext,
    assessment: &Assessment,
    timeline: &Timeline,
) -> Result<Page, RenderError> {
    let trail =
        [(municipality.code.as_str(), municipality.name.as_str()), (&assessment.dir, title_of(assessment))];
    let view = View {
        number: &assessment.number,
        title: title_of(assessment),
        form: assessment.form().into(),
        published: assessment.published.map(DateView::from),
        glance: glance(assessment),
        changes: timeline.entries.len(),
        last_change: timeline.last_date().map(DateView::from),
        sections: form::sections(assessment, Some(timeline)),
    };
    let frame = Frame::new(site, Some(municipality), &trail);
    frame::page(theme, "assessment.html", frame::file_of(&trail), &frame, &view, CAPACITY)
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
