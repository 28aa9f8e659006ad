//! The page of all pages: municipalities with their documents, and what else there is.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Page;
use super::frame::{self, Frame};
use super::prefectures::Places;
use super::rooms::{self, RoomLink};
use crate::history::{Shelf, SiteDigest};
use crate::site::SiteContext;
use crate::site::theme::{RenderError, Theme};

/// How many documents the page names. Beyond that it names the municipalities, whose pages name their documents.
const MOST_DOCUMENTS: usize = 500;

#[derive(Serialize)]
struct View<'a> {
    rooms: Vec<RoomLink>,
    prefectures: Vec<PrefectureView<'a>>,
    /// The documents are named.
    has_documents: bool,
}

#[derive(Serialize)]
struct PrefectureView<'a> {
    name: &'a str,
    municipalities: Vec<MunicipalityView<'a>>,
}

#[derive(Serialize)]
struct MunicipalityView<'a> {
    code: &'a str,
    name: &'a str,
    documents: Vec<DocumentView<'a>>,
}

#[derive(Serialize)]
struct DocumentView<'a> {
    dir: &'a str,
    title: &'a str,
    /// Number of changes.
    changes: usize,
}

const CAPACITY: usize = 64 * 1024;

/// `/sitemap/`: ways to all pages that people look for.
pub fn sitemap(
    theme: &Theme,
    site: &SiteContext,
    digest: &SiteDigest,
    shelves: &[Shelf<'_>],
) -> Result<Page, RenderError> {
    let count: usize = shelves.iter().map(|shelf| shelf.documents.len()).sum();
    let has_documents = count <= MOST_DOCUMENTS;
    let by_code: BTreeMap<_, _> = shelves.iter().map(|shelf| (shelf.code, shelf)).collect();
    let documents = |code: &str| match by_code.get(code).filter(|_| has_documents) {
        Some(shelf) => shelf
            .documents
            .iter()
            .map(|digest| DocumentView {
                dir: &digest.dir,
                title: &digest.title,
                changes: digest.changes.len(),
            })
            .collect(),
        None => Vec::new(),
    };
    let places = Places::of(digest);
    let prefectures = places.prefectures.iter().map(|prefecture| PrefectureView {
        name: prefecture.name,
        municipalities: prefecture
            .municipalities
            .iter()
            .map(|m| MunicipalityView { code: m.code, name: m.name, documents: documents(m.code) })
            .collect(),
    });
    let view = View { rooms: rooms::all("../"), prefectures: prefectures.collect(), has_documents };
    let trail = [("sitemap", theme.word("sitemap"))];
    let frame = Frame::new(site, None, &trail);
    frame::page(theme, "sitemap.html", frame::file_of(&trail), &frame, &view, CAPACITY)
}
