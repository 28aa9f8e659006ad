//! The page that explains the files for programs and the feeds.

use serde::Serialize;

use super::Page;
use super::frame::{self, Frame};
use crate::history::ChangeKind;
use crate::site::SiteContext;
use crate::site::data::{
    CHANGE_KEYS, COLUMNS, Column, DOCUMENT_KEYS, DUE_KEYS, Explained, ITEM_KEYS, ITEM_TYPES, TIMING_CODES,
    VERSION_KEYS,
};
use crate::site::theme::{RenderError, Theme};

#[derive(Serialize)]
struct View {
    columns: &'static [Column],
    /// Codes of 種別, each of which has its word.
    kinds: Vec<&'static str>,
    /// Codes of 提出時期, each of which has its word.
    timings: [&'static str; 2],
    /// The keys of `assessment.json`, table by table.
    assessment: [Keys; 4],
    /// The keys of a version in `versions.json`.
    versions: &'static [Explained],
    /// The keys of `due.json`.
    due: &'static [Explained],
    /// Where the files of the site are: its address, or the way to its first page.
    base: String,
}

/// A table of keys or codes.
#[derive(Serialize)]
struct Keys {
    /// The word above it ends in this.
    part: &'static str,
    keys: &'static [Explained],
}

const CAPACITY: usize = 32 * 1024;

/// `/data/`: addresses, columns and codes, how texts are written in a line, and how to follow what changes.
pub fn data_page(theme: &Theme, site: &SiteContext) -> Result<Page, RenderError> {
    let view = View {
        columns: &COLUMNS,
        kinds: ChangeKind::ALL.iter().map(|kind| kind.id()).collect(),
        timings: TIMING_CODES,
        assessment: [
            Keys { part: "document", keys: &DOCUMENT_KEYS },
            Keys { part: "items", keys: &ITEM_KEYS },
            Keys { part: "types", keys: &ITEM_TYPES },
            Keys { part: "changes", keys: &CHANGE_KEYS },
        ],
        versions: &VERSION_KEYS,
        due: &DUE_KEYS,
        base: site.base_url.clone().unwrap_or_else(|| "/".to_owned()),
    };
    let trail = [("data", theme.word("data_page"))];
    let frame = Frame::new(site, None, &trail);
    frame::page(theme, "data.html", frame::file_of(&trail), &frame, &view, CAPACITY)
}
