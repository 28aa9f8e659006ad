//! What the site promises to people who read it with a screen reader, a keyboard, large letters or on paper.

use serde::Serialize;

use super::Page;
use super::frame::{self, Frame};
use crate::site::SiteContext;
use crate::site::theme::{RenderError, Theme};

#[derive(Serialize)]
struct View<'a> {
    /// What the publisher adds, HTML.
    own: Option<&'a str>,
}

/// `/accessibility/`.
pub fn accessibility(theme: &Theme, site: &SiteContext) -> Result<Page, RenderError> {
    const CAPACITY: usize = 32 * 1024;
    let view = View { own: site.accessibility.as_deref() };
    let trail = [("accessibility", theme.word("accessibility"))];
    let frame = Frame::new(site, None, &trail);
    frame::page(theme, "accessibility.html", frame::file_of(&trail), &frame, &view, CAPACITY)
}
