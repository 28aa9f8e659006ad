//! The lists of systems, contractors and laws, and a page for each entry that several documents name.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Desk;
use super::groups::{self, Group, PageLink, Row};
use crate::across::{Entry, Register, Use};
use crate::site::render::Page;
use crate::site::theme::RenderError;

/// Entries on a page of a list.
const ENTRIES: usize = 300;
/// An entry with more places than this in one document shows them on a page of its own.
const PLACES: usize = 3;
/// Remarks that are listed.
const REMARKS: usize = 200;

#[derive(Serialize)]
struct ListView<'a> {
    /// What the list is about, a part of the keys of its words: `systems`, `contractors`, `laws`.
    what: &'a str,
    number: usize,
    total: usize,
    entries: Vec<EntryRow<'a>>,
    pages: Vec<PageLink>,
    remarks: Vec<Remark<'a>>,
    /// Remarks beyond those that are listed.
    more_remarks: usize,
}

#[derive(Serialize)]
struct EntryRow<'a> {
    id: &'a str,
    title: &'a str,
    detail: Option<&'a str>,
    /// Spellings other than the title.
    variants: Vec<&'a str>,
    documents: usize,
    municipalities: usize,
    /// The entry has a page of its own; else its places are listed here.
    has_page: bool,
    rows: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Remark<'a> {
    text: &'a str,
    rows: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct EntryView<'a> {
    what: &'a str,
    title: &'a str,
    detail: Option<&'a str>,
    number: usize,
    /// All spellings with how often, where there are several.
    variants: &'a [(String, usize)],
    documents: usize,
    municipalities: usize,
    /// The provisions of a law, with the way to each.
    provisions: Vec<ProvisionRow<'a>>,
    groups: Vec<Group<'a>>,
    pages: Vec<PageLink>,
}

#[derive(Serialize)]
struct ProvisionRow<'a> {
    title: &'a str,
    href: String,
    documents: usize,
}

/// `/systems/` or `/contractors/`, and a page for each entry that several documents name.
pub fn register_pages<E: From<RenderError>>(
    desk: &Desk<'_>,
    what: &str,
    register: &Register,
    write: &mut dyn FnMut(Page) -> Result<(), E>,
) -> Result<(), E> {
    let entries: Vec<&Entry> = register.entries.iter().collect();
    let has_page = |entry: &Entry| entry.documents() > 1 || entry.uses.len() > PLACES;
    list_pages(desk, what, &entries, &register.remarks, &has_page, write)?;
    for entry in entries.into_iter().filter(|entry| has_page(entry)) {
        let group = Group {
            heading: desk.word("across_documents").to_owned(),
            rows: rows(desk, &entry.uses),
            ..Group::default()
        };
        entry_pages(desk, what, entry, vec![group], &[], write)?;
    }
    Ok(())
}

/// `/laws/`, and a page for each law with its provisions.
pub fn law_pages<E: From<RenderError>>(
    desk: &Desk<'_>,
    laws: &[(Entry, Vec<Entry>)],
    remarks: &[Entry],
    write: &mut dyn FnMut(Page) -> Result<(), E>,
) -> Result<(), E> {
    let entries: Vec<&Entry> = laws.iter().map(|(law, _)| law).collect();
    list_pages(desk, "laws", &entries, remarks, &|_| true, write)?;
    for (law, provisions) in laws {
        let mut groups: Vec<Group<'_>> =
            provisions.iter().map(|place| provision_group(desk, place)).collect();
        let placed: BTreeSet<&Use> = provisions.iter().flat_map(|provision| &provision.uses).collect();
        let bare: Vec<Use> = law.uses.iter().filter(|place| !placed.contains(place)).cloned().collect();
        if !bare.is_empty() {
            groups.push(Group {
                heading: desk.word("across_no_provision").to_owned(),
                rows: rows(desk, &bare),
                ..Group::default()
            });
        }
        entry_pages(desk, "laws", law, groups, provisions, write)?;
    }
    Ok(())
}

fn provision_group<'a>(desk: &Desk<'a>, place: &Entry) -> Group<'a> {
    let others = place.variants.iter().map(|(written, _)| written).filter(|written| **written != place.title);
    let others: Vec<&str> = others.map(String::as_str).collect();
    let note = desk.filled("across_also_written", &[("names", &others.join("、"))]);
    Group {
        id: Some(place.id.clone()),
        heading: place.title.clone(),
        notes: if others.is_empty() { Vec::new() } else { vec![note] },
        rows: rows(desk, &place.uses),
        ..Group::default()
    }
}

fn rows<'a>(desk: &Desk<'a>, uses: &[Use]) -> Vec<Row<'a>> {
    uses.iter().map(|place| Row::new(desk, place.document, &place.anchor, place.item.clone())).collect()
}

fn municipalities(desk: &Desk<'_>, entry: &Entry) -> usize {
    let mut codes: Vec<&str> = entry
        .uses
        .iter()
        .map(|place| desk.documents[place.document as usize].municipality.code.as_str())
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes.len()
}

fn list_pages<E: From<RenderError>>(
    desk: &Desk<'_>,
    what: &str,
    entries: &[&Entry],
    remarks: &[Entry],
    has_page: &dyn Fn(&Entry) -> bool,
    write: &mut dyn FnMut(Page) -> Result<(), E>,
) -> Result<(), E> {
    let title_key = format!("across_{what}");
    let trail = [(what, desk.word(&title_key))];
    let of = entries.len().div_ceil(ENTRIES).max(1);
    for number in 1..=of {
        let chunk = entries.iter().skip((number - 1) * ENTRIES).take(ENTRIES);
        let listed = if number == of { remarks.len().min(REMARKS) } else { 0 };
        let view = ListView {
            what,
            number,
            total: entries.len(),
            entries: chunk.map(|entry| row_of(desk, entry, has_page(entry))).collect(),
            pages: groups::links(number, of),
            remarks: remarks[..listed]
                .iter()
                .map(|remark| Remark {
                    text: &remark.title,
                    rows: rows(desk, &remark.uses[..remark.uses.len().min(PLACES)]),
                })
                .collect(),
            more_remarks: if number == of { remarks.len() - listed } else { 0 },
        };
        write(desk.page("across-register.html", &trail, number, &view, 64 * 1024)?)?;
    }
    Ok(())
}

fn row_of<'a>(desk: &Desk<'a>, entry: &'a Entry, has_page: bool) -> EntryRow<'a> {
    EntryRow {
        id: &entry.id,
        title: &entry.title,
        detail: entry.detail.as_deref(),
        variants: entry
            .variants
            .iter()
            .map(|(written, _)| written.as_str())
            .filter(|w| *w != entry.title)
            .collect(),
        documents: entry.documents(),
        municipalities: municipalities(desk, entry),
        has_page,
        rows: if has_page { Vec::new() } else { rows(desk, &entry.uses) },
    }
}

fn entry_pages<'a, E: From<RenderError>>(
    desk: &Desk<'a>,
    what: &str,
    entry: &'a Entry,
    groups: Vec<Group<'a>>,
    provisions: &'a [Entry],
    write: &mut dyn FnMut(Page) -> Result<(), E>,
) -> Result<(), E> {
    let title_key = format!("across_{what}");
    let trail = [(what, desk.word(&title_key)), (entry.id.as_str(), entry.title.as_str())];
    let split = groups::pages(groups, desk.word("across_continued"));
    let of = split.len();
    let mut provisions = provision_rows(provisions, &split);
    let (documents, municipalities) = (entry.documents(), municipalities(desk, entry));
    for (groups, number) in split.into_iter().zip(1..) {
        let view = EntryView {
            what,
            title: &entry.title,
            detail: entry.detail.as_deref(),
            number,
            variants: if entry.variants.len() > 1 { &entry.variants } else { &[] },
            documents,
            municipalities,
            provisions: std::mem::take(&mut provisions),
            groups,
            pages: groups::links(number, of),
        };
        write(desk.page("across-entry.html", &trail, number, &view, 64 * 1024)?)?;
    }
    Ok(())
}

fn provision_rows<'a>(provisions: &'a [Entry], pages: &[Vec<Group<'_>>]) -> Vec<ProvisionRow<'a>> {
    let page_of =
        |id: &str| pages.iter().position(|page| page.iter().any(|group| group.id.as_deref() == Some(id)));
    let row = |place: &'a Entry| {
        let href = match page_of(&place.id)? {
            0 => format!("#{}", place.id),
            at => format!("{}/#{}", at + 1, place.id),
        };
        Some(ProvisionRow { title: &place.title, href, documents: place.documents() })
    };
    provisions.iter().filter_map(row).collect()
}
