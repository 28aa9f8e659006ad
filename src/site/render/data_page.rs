//! The page that explains the files for programs and the feeds.

use serde::Serialize;

use super::Page;
use super::frame::{self, Frame};
use crate::history::ChangeKind;
use crate::site::SiteContext;
use crate::site::data::{COLUMNS, Column, TIMING_CODES};
use crate::site::theme::{RenderError, Theme};

#[derive(Serialize)]
struct View {
    columns: &'static [Column],
    /// Codes of 種別, each of which has its word.
    kinds: Vec<&'static str>,
    /// Codes of 提出時期, each of which has its word.
    timings: [&'static str; 2],
    /// Where the files of the site are: its address, or the way to its first page.
    base: String,
}

const CAPACITY: usize = 32 * 1024;

/// `/data/`: addresses, columns and codes, how texts are written in a line, and how to follow what changes.
pub fn data_page(theme: &Theme, site: &SiteContext) -> Result<Page, RenderError> {
    let view = View {
        columns: &COLUMNS,
        kinds: ChangeKind::ALL.iter().map(|kind| kind.id()).collect(),
        timings: TIMING_CODES,
        base: site.base_url.clone().unwrap_or_else(|| "/".to_owned()),
    };
    let trail = [("data", theme.word("data_page"))];
    let frame = Frame::new(site, None, &trail);
    frame::page(theme, "data.html", frame::file_of(&trail), &frame, &view, CAPACITY)
}
