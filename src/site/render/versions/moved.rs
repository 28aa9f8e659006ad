//! What stands at the old address of a document whose folder was renamed.

use serde::Serialize;

use crate::site::SiteContext;
use crate::site::render::Page;
use crate::site::render::frame::{self, Frame};
use crate::site::theme::{RenderError, Theme};

#[derive(Serialize)]
struct View {
    href: String,
}

const CAPACITY: usize = 4 * 1024;

/// A page at the folder `from` that leads to the folder `to` at once, e.g. from `011002/15-old/v/2020-07-31` to
/// `011002/15-new/v/2020-07-31`. Both are paths below the site's root.
pub fn moved_page(theme: &Theme, site: &SiteContext, from: &str, to: &str) -> Result<Page, RenderError> {
    let (from, to) = (from.trim_matches('/'), to.trim_matches('/'));
    let up = "../".repeat(from.split('/').count());
    let trail = [(from, theme.word("moved"))];
    let frame = Frame::new(site, None, &trail).moved_to(to);
    frame::page(
        theme,
        "moved.html",
        frame::file_of(&trail),
        &frame,
        &View { href: format!("{up}{to}/") },
        CAPACITY,
    )
}
