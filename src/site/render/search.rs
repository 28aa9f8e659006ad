//! The page of the search.

use serde::Serialize;

use super::Page;
use super::frame::{self, Frame};
use crate::site::SiteContext;
use crate::site::theme::{RenderError, Theme};

#[derive(Serialize)]
struct View {
    /// The files of the index that say where all others are, beside the page, parted by blanks.
    head: String,
    /// The page has the whole form, so its header has none.
    is_search: bool,
}

const CAPACITY: usize = 16 * 1024;

/// `/search/`: the form of the search, filled by a script; without one it leads to the pages that list everything.
pub fn search_page(theme: &Theme, site: &SiteContext, heads: &[String]) -> Result<Page, RenderError> {
    let trail = [("search", theme.word("search_title"))];
    let frame = Frame::new(site, None, &trail);
    let view = View { head: heads.join(" "), is_search: true };
    frame::page(theme, "search.html", frame::file_of(&trail), &frame, &view, CAPACITY)
}
