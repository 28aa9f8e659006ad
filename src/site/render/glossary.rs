//! The glossary: the words of the forms, explained.

use serde::Serialize;

use super::Page;
use super::frame::{self, Frame};
use crate::form::{Form, Slot};
use crate::glossary::{Glossary, Term, row_of};
use crate::site::SiteContext;
use crate::site::theme::{RenderError, Theme};

#[derive(Serialize)]
struct View<'a> {
    total: usize,
    rows: Vec<RowView<'a>>,
}

/// The words whose readings begin in one row of the syllabary.
#[derive(Serialize)]
struct RowView<'a> {
    /// あ, か, さ …
    name: char,
    /// Its place on the page.
    id: &'static str,
    terms: Vec<TermView<'a>>,
}

#[derive(Serialize)]
struct TermView<'a> {
    id: &'a str,
    term: &'a str,
    kana: &'a str,
    also: &'a [String],
    about: &'a str,
    source: Option<&'a str>,
    related: Vec<RelatedView<'a>>,
    /// The items of the forms that ask for it.
    items: Vec<ItemView<'a>>,
}

#[derive(Serialize)]
struct RelatedView<'a> {
    id: &'a str,
    term: &'a str,
}

#[derive(Serialize)]
struct ItemView<'a> {
    form: &'a str,
    line: String,
}

const CAPACITY: usize = 64 * 1024;

/// `/glossary/`: every word with its meaning, where that is laid down, and the items of the forms that ask for it.
pub fn glossary(theme: &Theme, site: &SiteContext) -> Result<Page, RenderError> {
    let glossary = Glossary::get();
    let rows = glossary.terms().chunk_by(|a, b| row_of(&a.kana) == row_of(&b.kana));
    let rows = rows.filter_map(|terms| {
        let row = row_of(&terms.first()?.kana);
        Some(RowView {
            name: row.name,
            id: row.id,
            terms: terms.iter().map(|term| view(glossary, term)).collect(),
        })
    });
    let view = View { total: glossary.terms().len(), rows: rows.collect() };
    let trail = [("glossary", theme.word("room_glossary"))];
    let frame = Frame::new(site, None, &trail);
    frame::page(theme, "glossary.html", frame::file_of(&trail), &frame, &view, CAPACITY)
}

fn view<'a>(glossary: &'a Glossary, term: &'a Term) -> TermView<'a> {
    let related = term.related.iter().filter_map(|id| glossary.term(id));
    TermView {
        id: &term.id,
        term: &term.term,
        kana: &term.kana,
        also: &term.also,
        about: &term.about,
        source: term.source.as_deref(),
        related: related.map(|other| RelatedView { id: &other.id, term: &other.term }).collect(),
        items: term.roles.iter().filter_map(|role| item(role)).collect(),
    }
}

/// The item that plays a role, in the form that asks most of those that have it.
fn item(role: &str) -> Option<ItemView<'static>> {
    let having = Form::all().iter().filter_map(|form| Some((form, form.role(role)?)));
    let (form, node) = having.max_by_key(|(form, _)| &form.head.style)?;
    Some(ItemView { form: &form.head.short_title, line: form.name(Slot::plain(node.ix), 1).line() })
}
