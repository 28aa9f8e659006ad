//! The page of a municipality: its documents, where to ask, its latest changes.

use std::cmp::Reverse;

use serde::Serialize;

use super::Page;
use super::frame::{self, DateView, Frame};
use super::lists::UpdateView;
use crate::form::Slot;
use crate::history::{AssessmentDigest, ChangeBrief, MunicipalityDigest, day_anchor};
use crate::site::data::Linked;
use crate::site::theme::{RenderError, Theme};
use crate::site::{MunicipalityContext, SiteContext};
use crate::wareki::CivilDate;

#[derive(Serialize)]
struct View<'a> {
    /// Number of documents.
    total: usize,
    /// The documents by the kind of their form, what asks most first.
    kinds: Vec<KindView<'a>>,
    /// Number of changes over all documents.
    changes: usize,
    latest: Vec<UpdateView<'a>>,
}

/// The documents of one kind.
#[derive(Serialize)]
struct KindView<'a> {
    /// 全項目評価書 …
    name: &'a str,
    /// The newest 公表日 first.
    documents: Vec<DocumentView<'a>>,
}

#[derive(Serialize)]
struct DocumentView<'a> {
    dir: &'a str,
    number: &'a str,
    title: &'a str,
    /// 事務の名称.
    task: &'a str,
    agency: &'a str,
    published: Option<DateView>,
    changes: usize,
    /// The years with changes, newest first, where there are several.
    years: Vec<YearView>,
    /// The anchor of the item that says whom to ask.
    contact: Option<String>,
}

/// The changes of a year.
#[derive(Serialize)]
struct YearView {
    label: String,
    count: usize,
    /// Where they are, from the folder of the document.
    href: String,
}

const CAPACITY: usize = 32 * 1024;

/// `/{code6}/`: a municipality, with its documents by kind and date.
pub fn municipality(
    theme: &Theme,
    site: &SiteContext,
    municipality: &MunicipalityContext,
    digest: &MunicipalityDigest,
    documents: &[AssessmentDigest],
) -> Result<Page, RenderError> {
    let view = View {
        total: documents.len(),
        kinds: kinds(documents),
        changes: digest.changes,
        latest: digest.latest().map(|u| UpdateView::new(u, u.dir.to_string(), None)).collect(),
    };
    let trail = [(municipality.code.as_str(), municipality.name.as_str())];
    let frame = Frame::new(site, Some(municipality), &trail).about(Linked::of_municipality(municipality));
    frame::page(theme, "municipality.html", frame::file_of(&trail), &frame, &view, CAPACITY)
}

fn kinds(documents: &[AssessmentDigest]) -> Vec<KindView<'_>> {
    let mut sorted: Vec<_> = documents.iter().collect();
    // The number of the official form tells how much it asks: 様式4 全項目, 様式3 重点項目, 様式2 基礎項目. Stable: documents of one day
    // keep their order.
    sorted.sort_by_key(|digest| Reverse((&digest.form.head.style, digest.published)));
    sorted
        .chunk_by(|a, b| a.form.head.style == b.form.head.style)
        .filter_map(|kind| {
            let name = kind.first()?.form.head.short_title.as_str();
            Some(KindView { name, documents: kind.iter().map(|digest| document(digest)).collect() })
        })
        .collect()
}

fn document(digest: &AssessmentDigest) -> DocumentView<'_> {
    DocumentView {
        dir: &digest.dir,
        number: &digest.number,
        title: &digest.title,
        task: &digest.task,
        agency: &digest.agency,
        published: digest.published.map(DateView::from),
        changes: digest.changes.len(),
        years: years(&digest.changes),
        contact: digest
            .form
            .role("contact")
            .map(|node| digest.form.anchor(Slot::plain(node.ix), digest.files)),
    }
}

/// The years of changes, which come in the order of their dates; none where a single one would say nothing new.
fn years(changes: &[ChangeBrief]) -> Vec<YearView> {
    let dated: Vec<_> = changes.iter().filter_map(|change| Some((change.date?, change))).collect();
    let years = dated.chunk_by(|(a, _), (b, _)| a.year() == b.year());
    let mut years: Vec<_> = years.filter_map(year).collect();
    years.reverse();
    if years.len() > 1 { years } else { Vec::new() }
}

fn year(changes: &[(CivilDate, &ChangeBrief)]) -> Option<YearView> {
    let (date, newest) = changes.last()?;
    let href = match newest.piece {
        0 => format!("changes/#{}", day_anchor(Some(*date))),
        // A year with a page of its own.
        _ => newest.address().split('#').next()?.to_owned(),
    };
    Some(YearView { label: frame::year_label(date.year()), count: changes.len(), href })
}
