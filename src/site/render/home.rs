//! The home page, and the page for addresses that do not exist.

use serde::Serialize;

use super::Page;
use super::frame::{self, DateView, Frame};
use super::lists::UpdateView;
use crate::history::{MunicipalityDigest, SiteDigest};
use crate::site::SiteContext;
use crate::site::data::Linked;
use crate::site::theme::{RenderError, Theme};

#[derive(Serialize)]
struct View<'a> {
    total: usize,
    groups: Vec<GroupView<'a>>,
    latest: Vec<UpdateView<'a>>,
    /// Number of changes over all municipalities.
    changes: usize,
}

/// Municipalities under the name of their prefecture, or all of a small site.
#[derive(Serialize)]
struct GroupView<'a> {
    prefecture: Option<&'a str>,
    municipalities: Vec<MunicipalityView<'a>>,
}

#[derive(Serialize)]
struct MunicipalityView<'a> {
    code: &'a str,
    name: &'a str,
    kana: Option<&'a str>,
    prefecture: &'a str,
    documents: usize,
    last_published: Option<DateView>,
}

const CAPACITY: usize = 64 * 1024;

/// `/`: the municipalities and the latest changes.
pub fn home(theme: &Theme, site: &SiteContext, digest: &SiteDigest) -> Result<Page, RenderError> {
    let all = &digest.municipalities;
    let latest = digest.latest().filter_map(|update| {
        let municipality = all.get(update.municipality)?;
        let dir = format!("{}/{}", municipality.code, update.dir);
        Some(UpdateView::new(update, dir, Some(&municipality.name)))
    });
    let view =
        View { total: all.len(), groups: groups(all), latest: latest.collect(), changes: digest.changes() };
    let frame = Frame::new(site, None, &[]).about(Linked::of_site(site));
    frame::page(theme, "home.html", frame::file_of(&[]), &frame, &view, CAPACITY)
}

/// How many municipalities are easier to find in one list than under headings.
const SMALL_SITE: usize = 12;

fn groups(all: &[MunicipalityDigest]) -> Vec<GroupView<'_>> {
    if all.len() <= SMALL_SITE {
        return vec![GroupView { prefecture: None, municipalities: all.iter().map(municipality).collect() }];
    }
    all.chunk_by(|a, b| a.prefecture == b.prefecture)
        .map(|group| GroupView {
            prefecture: group.first().map(|m| m.prefecture.as_str()),
            municipalities: group.iter().map(municipality).collect(),
        })
        .collect()
}

fn municipality(digest: &MunicipalityDigest) -> MunicipalityView<'_> {
    MunicipalityView {
        code: digest.code.as_str(),
        name: &digest.name,
        kana: digest.kana.as_deref(),
        prefecture: &digest.prefecture,
        documents: digest.documents,
        last_published: digest.last_published.map(DateView::from),
    }
}

/// `404.html`. The server shows it at any address, so its links start at the site's own path, as far as that is known.
pub fn not_found(theme: &Theme, site: &SiteContext) -> Result<Page, RenderError> {
    #[derive(Serialize)]
    struct Nothing {}
    let frame = Frame::new(site, None, &[]).rooted(path_of(site.base_url.as_deref()));
    frame::page(theme, "404.html", "404.html".to_owned(), &frame, &Nothing {}, CAPACITY)
}

/// The path of an address: `/hyoka/` of `https://example.jp/hyoka/`. Without an address the site is taken to be a whole host.
fn path_of(base_url: Option<&str>) -> String {
    let after_scheme = base_url.and_then(|url| url.split_once("://")).map(|(_, rest)| rest);
    let path = after_scheme.and_then(|rest| rest.find('/').map(|at| &rest[at..])).unwrap_or("/");
    path.to_owned()
}
