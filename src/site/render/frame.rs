//! What all pages share: address, way back, heading data, and dates as people read them.

use serde::Serialize;

use super::Page;
use super::rooms::{self, RoomLink};
use crate::form::Form;
use crate::history::TimingBrief;
use crate::site::data::Linked;
use crate::site::theme::{RenderError, Theme};
use crate::site::{MunicipalityContext, SiteContext};
use crate::wareki::CivilDate;

/// The part of a template's data that does not depend on the kind of page.
#[derive(Serialize)]
pub(super) struct Frame<'a> {
    /// Way from the page to the site's root, ending in `/`: `./`, `../` …
    root: String,
    /// Full address, where the site has one.
    canonical: Option<String>,
    /// The way from below the home page to this one, which is the last and has no address; empty for the home page.
    crumbs: Vec<Crumb<'a>>,
    /// Where to ask.
    inquiry: Option<String>,
    /// The navigation of every page.
    rooms: Vec<RoomLink>,
    site: &'a SiteContext,
    municipality: Option<&'a MunicipalityContext>,
    /// Its directory on the site.
    #[serde(skip)]
    dir: String,
    /// What it is about, in the words of schema.org.
    #[serde(skip)]
    linked: Linked,
}

#[derive(Serialize)]
struct Crumb<'a> {
    label: &'a str,
    /// None for the page itself.
    href: Option<String>,
}

impl<'a> Frame<'a> {
    /// The frame of the page at the end of a trail: directories and labels, outermost first, without the home page.
    ///
    /// A directory may lie several levels down (`items/ii-3-usage`) where the levels between have no page.
    pub(super) fn new(
        site: &'a SiteContext,
        municipality: Option<&'a MunicipalityContext>,
        trail: &[(&'a str, &'a str)],
    ) -> Self {
        let levels =
            |trail: &[(&str, &str)]| trail.iter().map(|(dir, _)| dir.split('/').count()).sum::<usize>();
        let depth = levels(trail);
        let root = if depth == 0 { "./".to_owned() } else { "../".repeat(depth) };
        let href = |below: &[(&str, &str)]| (!below.is_empty()).then(|| "../".repeat(levels(below)));
        let crumbs = trail
            .iter()
            .enumerate()
            .map(|(at, (_, label))| Crumb { label, href: href(&trail[at + 1..]) })
            .collect();
        Self {
            canonical: site.base_url.as_ref().map(|base| format!("{base}{}", directory_of(trail))),
            inquiry: inquiry(&root, site, municipality),
            rooms: rooms::navigation(&root, &directory_of(trail), municipality.is_some()),
            root,
            crumbs,
            site,
            municipality,
            dir: directory_of(trail),
            linked: Linked::default(),
        }
    }

    /// Says what the page is about, for programs.
    pub(super) fn about(mut self, linked: Linked) -> Self {
        self.linked = linked;
        self
    }

    /// The block of data in the head: the way to the page, and what it is about. Search engines are to stay away from drafts.
    fn linked(&self, theme: &Theme) -> Option<String> {
        if self.site.drafts {
            return None;
        }
        let home = (theme.word("home"), self.address(&self.root));
        let steps = self
            .crumbs
            .iter()
            .map(|crumb| (crumb.label, crumb.href.as_deref().and_then(|to| self.address(to))));
        self.linked.text(std::iter::once(home).chain(steps))
    }

    /// The whole address of what a link of the page leads to; the link itself where the site has no address.
    fn address(&self, href: &str) -> Option<String> {
        let Some(base) = &self.site.base_url else { return Some(href.to_owned()) };
        let up = href.split("../").count() - 1;
        let rest = href.trim_start_matches("../").trim_start_matches("./");
        let levels: Vec<_> = self.dir.split_inclusive('/').collect();
        let kept = levels.len().checked_sub(up)?;
        Some(format!("{base}{}{rest}", levels[..kept].concat()))
    }

    /// Puts a page that is no directory above this one on the way to it.
    pub(super) fn by_way_of(mut self, label: &'a str, href: String) -> Self {
        let last = self.crumbs.len().saturating_sub(1);
        self.crumbs.insert(last, Crumb { label, href: Some(href) });
        self
    }

    /// For a page that has moved: the address of the folder that it is now.
    pub(super) fn moved_to(mut self, dir: &str) -> Self {
        self.canonical = self.site.base_url.as_ref().map(|base| format!("{base}{dir}/"));
        self
    }

    /// For a page that answers at any address: links start at the site's own path.
    pub(super) fn rooted(mut self, root: String) -> Self {
        self.inquiry = inquiry(&root, self.site, self.municipality);
        self.rooms = rooms::navigation(&root, "", false);
        self.root = root;
        self.canonical = None;
        self
    }
}

fn inquiry(root: &str, site: &SiteContext, municipality: Option<&MunicipalityContext>) -> Option<String> {
    if let Some(municipality) = municipality.filter(|m| m.inquiry.is_some() || m.website.is_some()) {
        return Some(format!("{root}{}/#inquiry", municipality.code));
    }
    site.contact.as_ref().map(|_| format!("{root}#inquiry"))
}

/// The file that answers for the directory at the end of a trail.
pub(super) fn file_of(trail: &[(&str, &str)]) -> String {
    directory_of(trail) + "index.html"
}

fn directory_of(trail: &[(&str, &str)]) -> String {
    trail.iter().flat_map(|(dir, _)| [*dir, "/"]).collect()
}

/// Fills in a template with the frame as `page` and the data as `view`.
pub(super) fn page<V: Serialize>(
    theme: &Theme,
    template: &str,
    path: String,
    page: &Frame<'_>,
    view: &V,
    capacity: usize,
) -> Result<Page, RenderError> {
    #[derive(Serialize)]
    struct Data<'a, V> {
        page: &'a Frame<'a>,
        view: &'a V,
        linked: Option<String>,
    }
    let html = theme.fill(template, &Data { page, view, linked: page.linked(theme) }, capacity)?;
    Ok(Page { path, html })
}

/// A date for `<time>`.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct DateView {
    /// For programs.
    iso: String,
    /// Both calendars in little room: 令和5(2023)年11月14日.
    short: String,
    /// Both calendars: 令和5年（2023年）11月14日.
    text: String,
}

impl From<CivilDate> for DateView {
    fn from(date: CivilDate) -> Self {
        let (wareki, year) = (date.wareki(), date.year());
        let (short, text) = match wareki.split_once('年') {
            Some((era, rest)) if era != year.to_string() => {
                (format!("{era}({year})年{rest}"), format!("{era}年（{year}年）{rest}"))
            }
            _ => (wareki.clone(), wareki),
        };
        Self { iso: date.iso(), short, text }
    }
}

impl DateView {
    /// Both calendars in little room.
    pub(super) fn short(&self) -> &str {
        &self.short
    }

    /// Both calendars.
    pub(super) fn text(&self) -> &str {
        &self.text
    }
}

/// 2023年（令和5年); a year in which an era changed has the newer one.
pub(super) fn year_label(year: i16) -> String {
    let western = format!("{year}年");
    match CivilDate::from_year(year).map(|date| date.wareki()) {
        Some(wareki) if wareki != western => format!("{western}（{wareki}）"),
        _ => western,
    }
}

/// 提出時期, with the position of the option for style sheets.
#[derive(Debug, Clone, Serialize)]
pub(super) struct TimingView<'a> {
    label: &'a str,
    /// From 0; none where something else was written.
    option: Option<u8>,
}

impl<'a> TimingView<'a> {
    /// None where nothing that the form knows was written.
    pub(super) fn new(form: &'a Form, timing: TimingBrief) -> Option<Self> {
        Some(Self { label: timing.label(form)?, option: timing.position() })
    }

    /// Whatever was written; none where nothing was.
    pub(super) fn written(form: &'a Form, text: &'a str) -> Option<Self> {
        let option = TimingBrief::of(form, text).position();
        (!text.trim().is_empty()).then_some(Self { label: text, option })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_have_whole_addresses_where_the_site_has_one() {
        let mut site = SiteContext::new(&crate::site::tests::sample::site());
        let trail = [("019984", "a"), ("15-a", "b"), ("changes", "c"), ("items/ii-3-usage", "d")];
        let address = |site: &SiteContext, href: &str| Frame::new(site, None, &trail).address(href).unwrap();
        assert_eq!(address(&site, "../../"), "https://example.jp/hyoka/019984/15-a/changes/");
        assert_eq!(address(&site, "../../../../../"), "https://example.jp/hyoka/");
        assert_eq!(address(&site, "../../2021/"), "https://example.jp/hyoka/019984/15-a/changes/2021/");
        site.base_url = None;
        assert_eq!(address(&site, "../../"), "../../");
    }

    #[test]
    fn dates_show_both_calendars() {
        let text = |date: Option<CivilDate>| DateView::from(date.unwrap()).text;
        assert_eq!(text(CivilDate::from_ymd(2023, 11, 14)), "令和5年（2023年）11月14日");
        assert_eq!(text(CivilDate::from_ym(2019, 5)), "令和元年（2019年）5月");
        assert_eq!(text(CivilDate::from_ymd(1800, 1, 2)), "1800年1月2日");
        let short = |date: Option<CivilDate>| DateView::from(date.unwrap()).short;
        assert_eq!(short(CivilDate::from_ymd(2023, 11, 14)), "令和5(2023)年11月14日");
        assert_eq!(short(CivilDate::from_ym(2019, 5)), "令和元(2019)年5月");
        assert_eq!(short(CivilDate::from_ymd(1800, 1, 2)), "1800年1月2日");
    }
}
