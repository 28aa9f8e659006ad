//! Municipalities by 都道府県 in the official order of codes: on the home page, and on a page for each prefecture of a large site.

use serde::Serialize;

use super::Page;
use super::frame::{self, DateView, Frame};
use crate::history::{MunicipalityDigest, SiteDigest};
use crate::site::SiteContext;
use crate::site::theme::{RenderError, Theme};

/// How many municipalities are found at one look, without ways to their prefectures above them.
const AT_ONE_LOOK: usize = 12;
/// How many municipalities the home page names. Beyond that it names the prefectures, each of which has a page.
const ON_ONE_PAGE: usize = 150;

/// A prefecture with its municipalities.
#[derive(Serialize)]
pub(super) struct PrefectureView<'a> {
    /// Two digits.
    code: &'a str,
    pub(super) name: &'a str,
    /// Number of municipalities and of their documents.
    count: usize,
    documents: usize,
    pub(super) municipalities: Vec<MunicipalityView<'a>>,
}

/// A municipality in a list.
#[derive(Serialize)]
pub(super) struct MunicipalityView<'a> {
    pub(super) code: &'a str,
    pub(super) name: &'a str,
    kana: Option<&'a str>,
    documents: usize,
    last_published: Option<DateView>,
}

/// How the municipalities of a site are shown.
#[derive(Serialize)]
pub(super) struct Places<'a> {
    /// Number of municipalities and of their documents.
    total: usize,
    documents: usize,
    /// There are so many that ways to the prefectures help.
    has_jumps: bool,
    /// There are so many that each prefecture has a page.
    has_pages: bool,
    pub(super) prefectures: Vec<PrefectureView<'a>>,
}

impl<'a> Places<'a> {
    /// The municipalities of a site, which come in the order of their codes.
    pub(super) fn of(digest: &'a SiteDigest) -> Self {
        let all = &digest.municipalities;
        let prefectures = all.chunk_by(|a, b| code_of(a) == code_of(b)).filter_map(prefecture);
        Self {
            total: all.len(),
            documents: all.iter().map(|municipality| municipality.documents).sum(),
            has_jumps: all.len() > AT_ONE_LOOK,
            has_pages: all.len() > ON_ONE_PAGE,
            prefectures: prefectures.collect(),
        }
    }
}

fn prefecture(all: &[MunicipalityDigest]) -> Option<PrefectureView<'_>> {
    let first = all.first()?;
    Some(PrefectureView {
        code: code_of(first),
        name: first.code.prefecture().map_or(first.prefecture.as_str(), |official| official.name),
        count: all.len(),
        documents: all.iter().map(|municipality| municipality.documents).sum(),
        municipalities: all.iter().map(municipality).collect(),
    })
}

/// The number of its prefecture, which a code begins with.
fn code_of(municipality: &MunicipalityDigest) -> &str {
    municipality.code.as_str().get(..2).unwrap_or_default()
}

fn municipality(digest: &MunicipalityDigest) -> MunicipalityView<'_> {
    MunicipalityView {
        code: digest.code.as_str(),
        name: &digest.name,
        kana: digest.kana.as_deref(),
        documents: digest.documents,
        last_published: digest.last_published.map(DateView::from),
    }
}

/// A page of a prefecture.
#[derive(Serialize)]
struct View<'v, 'a> {
    prefecture: &'v PrefectureView<'a>,
    /// Those before and after it in the official order.
    previous: Option<&'v PrefectureView<'a>>,
    next: Option<&'v PrefectureView<'a>>,
}

/// `/prefectures/{two digits}/` for each prefecture of a large site; none for a small one, whose home page names all municipalities.
pub fn prefectures(theme: &Theme, site: &SiteContext, digest: &SiteDigest) -> Result<Vec<Page>, RenderError> {
    const CAPACITY: usize = 64 * 1024;
    let places = Places::of(digest);
    if !places.has_pages {
        return Ok(Vec::new());
    }
    let all = &places.prefectures;
    let page = |(at, prefecture): (usize, &PrefectureView<'_>)| {
        let view = View {
            prefecture,
            previous: at.checked_sub(1).and_then(|before| all.get(before)),
            next: all.get(at + 1),
        };
        let directory = format!("prefectures/{}", prefecture.code);
        let trail = [(directory.as_str(), prefecture.name)];
        let frame = Frame::new(site, None, &trail);
        frame::page(theme, "prefecture.html", frame::file_of(&trail), &frame, &view, CAPACITY)
    };
    all.iter().enumerate().map(page).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::MunicipalityCode;

    /// Municipalities of three prefectures, so many of each.
    fn site(of_each: usize) -> SiteDigest {
        let municipality = |prefecture: &str, number: usize| MunicipalityDigest {
            code: MunicipalityCode::unchecked(&format!("{prefecture}{number:04}")),
            name: format!("見本{number}市"),
            kana: None,
            prefecture: "書き間違い県".to_owned(),
            documents: 2,
            changes: 0,
            last_published: None,
            last_change: None,
            updates: Vec::new(),
        };
        let all = ["47", "01", "13"].iter().flat_map(|p| (0..of_each).map(move |n| municipality(p, n)));
        SiteDigest::of(all.collect())
    }

    fn names<'a>(places: &Places<'a>) -> Vec<(&'a str, &'a str, usize, usize)> {
        places.prefectures.iter().map(|p| (p.code, p.name, p.count, p.documents)).collect()
    }

    #[test]
    fn prefectures_stand_in_the_official_order_with_their_counts() {
        let digest = site(2);
        let places = Places::of(&digest);
        assert_eq!(names(&places), [("01", "北海道", 2, 4), ("13", "東京都", 2, 4), ("47", "沖縄県", 2, 4)]);
        assert_eq!((places.total, places.documents), (6, 12));
        assert!(!places.has_jumps && !places.has_pages);
    }

    #[test]
    fn a_large_site_has_a_page_for_each_prefecture() {
        let (theme, site_context) = (Theme::load(&[]).unwrap(), crate::site::tests::site_context());
        assert!(prefectures(&theme, &site_context, &site(50)).unwrap().is_empty());
        let pages = prefectures(&theme, &site_context, &site(51)).unwrap();
        let paths: Vec<_> = pages.iter().map(|page| page.path.as_str()).collect();
        assert_eq!(
            paths,
            ["prefectures/01/index.html", "prefectures/13/index.html", "prefectures/47/index.html"]
        );
        let tokyo = &pages[1].html;
        assert!(tokyo.contains("../../130050/"), "{tokyo}");
        assert!(!tokyo.contains("../../010050/"), "{tokyo}");
        assert!(
            tokyo.contains("../../prefectures/01/") && tokyo.contains("../../prefectures/47/"),
            "{tokyo}"
        );
    }
}
