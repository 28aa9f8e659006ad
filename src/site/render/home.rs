//! The home page, and the page for addresses that do not exist.

use serde::Serialize;

use super::Page;
use super::frame::{self, Frame};
use super::lists::UpdateView;
use super::prefectures::Places;
use super::rooms::{self, RoomLink};
use crate::history::SiteDigest;
use crate::site::SiteContext;
use crate::site::data::Linked;
use crate::site::theme::{RenderError, Theme};

#[derive(Serialize)]
struct View<'a> {
    places: Places<'a>,
    rooms: Vec<RoomLink>,
    latest: Vec<UpdateView<'a>>,
    /// Number of changes over all municipalities.
    changes: usize,
}

const CAPACITY: usize = 64 * 1024;

/// `/`: the municipalities, what else there is, and the latest changes.
pub fn home(theme: &Theme, site: &SiteContext, digest: &SiteDigest) -> Result<Page, RenderError> {
    let all = &digest.municipalities;
    let latest = digest.latest().filter_map(|update| {
        let municipality = all.get(update.municipality)?;
        let dir = format!("{}/{}", municipality.code, update.dir);
        Some(UpdateView::new(update, dir, Some(&municipality.name)))
    });
    let view = View {
        places: Places::of(digest),
        rooms: rooms::all(""),
        latest: latest.collect(),
        changes: digest.changes(),
    };
    let frame = Frame::new(site, None, &[]).about(Linked::of_site(site));
    frame::page(theme, "home.html", frame::file_of(&[]), &frame, &view, CAPACITY)
}

/// `404.html`. The server shows it at any address, so its links start at the site's own path, as far as that is known.
pub fn not_found(theme: &Theme, site: &SiteContext) -> Result<Page, RenderError> {
    #[derive(Serialize)]
    struct View {
        rooms: Vec<RoomLink>,
    }
    let root = path_of(site.base_url.as_deref());
    let view = View { rooms: rooms::all(&root) };
    let frame = Frame::new(site, None, &[]).rooted(root);
    frame::page(theme, "404.html", "404.html".to_owned(), &frame, &view, CAPACITY)
}

/// The path of an address: `/hyoka/` of `https://example.jp/hyoka/`. Without an address the site is taken to be a whole host.
fn path_of(base_url: Option<&str>) -> String {
    let after_scheme = base_url.and_then(|url| url.split_once("://")).map(|(_, rest)| rest);
    let path = after_scheme.and_then(|rest| rest.find('/').map(|at| &rest[at..])).unwrap_or("/");
    path.to_owned()
}
