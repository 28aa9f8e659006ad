//! The ways into the pages across documents: `/items/`, and the items of each form.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Desk;
use super::item::line_of;
use crate::across::item_address;
use crate::form::{Form, Node};
use crate::site::render::Page;
use crate::site::theme::RenderError;

/// How many documents answer each item, by the kind of the form and the id of the item.
pub type Counted = BTreeMap<(&'static str, &'static str), usize>;

#[derive(Serialize)]
struct TopView<'a> {
    forms: Vec<FormRow<'a>>,
    documents: usize,
}

#[derive(Serialize)]
struct FormRow<'a> {
    kind: &'a str,
    title: &'a str,
    documents: usize,
    items: usize,
}

#[derive(Serialize)]
struct FamilyView<'a> {
    title: &'a str,
    documents: usize,
    items: usize,
    sections: Vec<SectionView>,
}

#[derive(Serialize)]
struct SectionView {
    heading: String,
    /// Items that stand directly below the section, and those of its subsections.
    parts: Vec<PartView>,
}

#[derive(Serialize)]
struct PartView {
    /// None for what stands directly below the section.
    heading: Option<String>,
    items: Vec<ItemRow>,
}

#[derive(Serialize)]
struct ItemRow {
    address: String,
    line: String,
    documents: usize,
}

/// `/items/`: the forms, and the other lists over all documents.
pub fn items_page(desk: &Desk<'_>, counted: &Counted) -> Result<Page, RenderError> {
    let forms = families(desk)
        .map(|(form, documents)| FormRow {
            kind: form.kind(),
            title: &form.head.short_title,
            documents,
            items: counted.keys().filter(|(kind, _)| *kind == form.kind()).count(),
        })
        .collect();
    let view = TopView { forms, documents: desk.documents.len() };
    desk.page("across-items.html", &[("items", desk.word("across_items"))], 1, &view, 16 * 1024)
}

/// `/items/{form}/`: the items of a form that some document answers, in the order of the form.
pub fn family_pages(desk: &Desk<'_>, counted: &Counted) -> Result<Vec<Page>, RenderError> {
    let page = |(newest, documents): (&'static Form, usize)| {
        let mut seen = BTreeSet::new();
        let editions = Form::all().iter().filter(|form| form.kind() == newest.kind());
        let sections: Vec<SectionView> =
            editions.flat_map(|form| sections(form, newest, counted, &mut seen)).collect();
        let view = FamilyView { title: &newest.head.short_title, documents, items: seen.len(), sections };
        let trail = [("items", desk.word("across_items")), (newest.kind(), newest.head.short_title.as_str())];
        desk.page("across-family.html", &trail, 1, &view, 64 * 1024)
    };
    families(desk).map(page).collect()
}

/// The forms of which there are documents, each by its newest edition, with the number of documents.
fn families<'a>(desk: &'a Desk<'_>) -> impl Iterator<Item = (&'static Form, usize)> + use<'a> {
    let mut seen = BTreeSet::new();
    Form::all().iter().filter(move |form| seen.insert(form.kind())).filter_map(|form| {
        let documents = desk.documents.iter().filter(|d| d.document.form.kind() == form.kind()).count();
        (documents > 0).then_some((form, documents))
    })
}

fn sections(
    form: &'static Form,
    newest: &Form,
    counted: &Counted,
    seen: &mut BTreeSet<&'static str>,
) -> Vec<SectionView> {
    let mut sections = Vec::new();
    for section in form.sections() {
        let mut parts: Vec<PartView> = Vec::new();
        collect(form, section, None, counted, seen, &mut parts);
        parts.retain(|part| !part.items.is_empty());
        if parts.is_empty() {
            continue;
        }
        let edition = (form.head.id != newest.head.id).then(|| format!("（{}版）", form.head.edition));
        let heading = format!("{}{}", section.heading(), edition.unwrap_or_default());
        sections.push(SectionView { heading, parts });
    }
    sections
}

/// The items below a node, under the subsection that they belong to.
fn collect(
    form: &'static Form,
    node: &'static Node,
    part: Option<&str>,
    counted: &Counted,
    seen: &mut BTreeSet<&'static str>,
    parts: &mut Vec<PartView>,
) {
    if node.is_item()
        && let Some(documents) = counted.get(&(form.kind(), node.id.as_str()))
        && seen.insert(node.id.as_str())
    {
        let row =
            ItemRow { address: item_address(form, node), line: line_of(form, node), documents: *documents };
        match parts.last_mut().filter(|last| last.heading.as_deref() == part) {
            Some(last) => last.items.push(row),
            None => parts.push(PartView { heading: part.map(str::to_owned), items: vec![row] }),
        }
    }
    for child in form.children(node) {
        let is_subsection = child.depth == 1 && child.mark.is_some();
        let heading = is_subsection.then(|| child.heading());
        collect(form, child, heading.as_deref().or(part), counted, seen, parts);
    }
}
