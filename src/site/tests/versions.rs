//! The pages of the versions of a document: they are sound, and they lead to each other.

use std::collections::BTreeMap;

use super::markup::{self, Markup, tags_with, unquoted};
use super::sample;
use crate::assessment::{Assessment, SiteSettings, Value};
use crate::compare::{Comparison, Difference, DifferenceKind, FigureDigests};
use crate::form::{Form, Slot};
use crate::history::{Causes, ChangedItems, Timeline, Version, VersionLine};
use crate::site::render::{self, Beside, Page, PublishedVersion};
use crate::site::{MunicipalityContext, SiteContext, Theme, data};
use crate::wareki::CivilDate;

const FORM: &str = "zenkomoku-h30-05";
/// 公表日; the second is also a date of the timeline.
const DAYS: [(i16, u8, u8); 4] = [(2021, 4, 1), (2022, 6, 30), (2023, 6, 30), (2024, 4, 1)];

struct Line {
    versions: Vec<Assessment>,
    line: VersionLine,
}

impl Line {
    fn new(count: usize, current: usize) -> Self {
        let form = Form::with_id(FORM).unwrap();
        let item = Slot::plain(form.by_id("i.1.content").unwrap().ix);
        let figures = form.by_id("app1.figure").unwrap();
        let mut versions = Vec::new();
        let mut line = VersionLine { versions: Vec::new(), current };
        for (at, (year, month, day)) in DAYS.into_iter().take(count).enumerate() {
            let mut version = sample::assessment(form, 0, 6);
            version.published = CivilDate::from_ymd(year, month, day);
            version.answers.set(item, Value::Text(format!("鍵は第{at}係の係長が預かる。")));
            version.answers.set(Slot::plain(figures.ix), sample::figures());
            let json = data::assessment_json("019984", "みほん市", &version, &|_| String::new());
            let changed = (at > 0).then_some(ChangedItems { total: 1, important: 1 });
            line.versions.push(Version::new(version.published.unwrap(), json.as_bytes(), changed));
            versions.push(version);
        }
        Self { versions, line }
    }

    /// Every page of the document and its versions, by path.
    fn pages(&self, site: &SiteContext) -> BTreeMap<String, String> {
        let theme = Theme::load(&[]).unwrap();
        let municipality = MunicipalityContext::new(&sample::municipality());
        let (line, causes) = (&self.line, Causes::default());
        let current = &self.versions[line.current];
        let timeline = Timeline::of(current);
        let known = Some(line);
        let mut pages = vec![
            render::assessment(
                &theme,
                site,
                &municipality,
                current,
                &timeline,
                &Beside { versions: known, ..Beside::default() },
            )
            .unwrap(),
        ];
        let changes =
            render::changes_and_texts(&theme, site, &municipality, current, &timeline, &causes, known, "../");
        pages.extend(changes.unwrap().0);
        pages.push(render::versions_page(&theme, site, &municipality, current, line).unwrap());
        for (at, version) in self.versions.iter().enumerate() {
            pages.push(render::version_page(&theme, site, &municipality, version, line, at).unwrap());
        }
        for pair in line.pairs() {
            pages.push(self.comparison(&theme, site, &municipality, pair).unwrap());
        }
        pages.into_iter().map(|page| (page.path, page.html)).collect()
    }

    fn comparison(
        &self,
        theme: &Theme,
        site: &SiteContext,
        municipality: &MunicipalityContext,
        pair: (usize, usize),
    ) -> Option<Page> {
        self.comparison_of(theme, site, municipality, pair, "")
    }

    /// With this as what stood there, as a row of 変更箇所 would say it.
    fn comparison_of(
        &self,
        theme: &Theme,
        site: &SiteContext,
        municipality: &MunicipalityContext,
        pair: (usize, usize),
        before_text: &str,
    ) -> Option<Page> {
        let item = Slot::plain(Form::with_id(FORM)?.by_id("i.1.content")?.ix);
        let comparison = Comparison {
            differences: vec![Difference {
                kind: DifferenceKind::Changed,
                before: Some(item),
                after: Some(item),
                important: true,
                before_text: before_text.to_owned(),
                after_text: String::new(),
            }],
            unchanged: 0,
        };
        let figures = FigureDigests::new();
        let side = |at: usize| PublishedVersion { assessment: &self.versions[at], figures: &figures };
        let (before, after) = (side(pair.0), side(pair.1));
        render::compare_page(theme, site, municipality, before, after, &comparison, &self.line, pair).unwrap()
    }

    fn public(&self) -> BTreeMap<String, String> {
        self.pages(&SiteContext::new(&sample::site()))
    }
}

const DIR: &str = "019984/1-mihon-zenkomoku-h30-05/";

#[test]
fn versions_lead_to_each_other() {
    for (count, current) in [(1, 0), (2, 1), (4, 3), (4, 2)] {
        let pages = Line::new(count, current).public();
        super::assert_sound(&pages);
        let markups: BTreeMap<_, _> =
            pages.iter().map(|(path, html)| (path.as_str(), Markup::read(html).unwrap())).collect();
        for (path, markup) in &markups {
            for link in markup.links.iter().filter(|link| !link.contains("://")) {
                let (target, fragment) = markup::resolve(path, link);
                // The rest of the site, and files beside the pages.
                let is_page = target.starts_with(DIR) && target.ends_with("/index.html");
                let Some(page) = markups.get(target.as_str()) else {
                    assert!(!is_page, "{path}: {link} leads to {target}");
                    continue;
                };
                assert!(fragment.is_empty() || page.ids.contains(&fragment), "{path}: {link}");
            }
        }
    }
}

#[test]
fn a_version_says_what_it_is_and_names_the_others_to_programs() {
    let pages = Line::new(4, 3).public();
    let page = |path: &str| unquoted(&pages[&format!("{DIR}{path}index.html")]);
    let second = page("v/2022-06-30/");
    assert!(second.contains("これは令和4年（2022年）6月30日公表の版です。"), "{second}");
    for (relation, address) in [
        ("latest-version", "../../"),
        ("predecessor-version", "../../v/2021-04-01/"),
        ("successor-version", "../../v/2023-06-30/"),
        ("version-history", "../"),
        ("canonical", "https://example.jp/hyoka/019984/1-mihon-zenkomoku-h30-05/v/2022-06-30/"),
    ] {
        let attributes = [format!("rel={relation}"), format!("href={address}")];
        assert_eq!(tags_with(&second, "link", &[&attributes[0], &attributes[1]]), 1, "{relation}");
    }
    for link in ["compare/2021-04-01..2022-06-30/", "compare/2022-06-30..2024-04-01/"] {
        assert!(second.contains(&format!("<a href=../../{link}>")), "{link}");
    }
    assert!(second.contains("id=i-1-content") && second.contains("第1係の係長"));
    assert!(second.contains("src=figures/a.svg"), "figures lie beside the version");
    assert!(!second.contains("class=history") && !second.contains("class=across"));
    assert!(!second.contains("class=term"), "what is explained today was not explained then");
    let first = page("v/2021-04-01/");
    assert!(!first.contains("predecessor-version"));
    let newest = page("v/2024-04-01/");
    assert!(newest.contains("今の評価書と同じ内容です") && !newest.contains("successor-version"));
    // The version before the current one is the neighbour: one link, not two.
    assert_eq!(page("v/2023-06-30/").matches("compare/2023-06-30..2024-04-01/").count(), 1);
}

#[test]
fn comparisons_count_what_changed_and_show_it() {
    let pages = Line::new(4, 3).public();
    let compared: Vec<_> = pages.keys().filter(|path| path.contains("/compare/")).collect();
    assert_eq!(compared.len(), 5);
    let html = unquoted(&pages[&format!("{DIR}compare/2022-06-30..2023-06-30/index.html")]);
    assert!(html.contains("<a href=#ch-i>"), "the chapters that changed");
    assert!(html.contains("削除ここから</span>第1係") || html.contains("削除ここから</span>1"), "{html}");
    assert!(html.contains("href=../../v/2022-06-30/#i-1-content"));
    assert!(html.contains("href=../../compare/2021-04-01..2022-06-30/"));
    assert!(html.contains("href=../../compare/2023-06-30..2024-04-01/"));
    assert!(html.contains("href=../../compare/2022-06-30..2024-04-01/"));
    let line = Line::new(4, 3);
    let site = SiteContext::new(&sample::site());
    let municipality = MunicipalityContext::new(&sample::municipality());
    assert!(line.comparison(&Theme::load(&[]).unwrap(), &site, &municipality, (0, 2)).is_none());
}

#[test]
fn a_large_comparison_leaves_full_texts_to_the_versions() {
    let line = Line::new(2, 1);
    let (theme, site) = (Theme::load(&[]).unwrap(), SiteContext::new(&sample::site()));
    let municipality = MunicipalityContext::new(&sample::municipality());
    let has_full_texts = |before_text: &str| {
        let page = line.comparison_of(&theme, &site, &municipality, (0, 1), before_text).unwrap();
        page.html.contains("変更前・変更後の全文")
    };
    assert!(has_full_texts("短い記載"));
    assert!(!has_full_texts(&"長い記載".repeat(10_000)));
}

#[test]
fn the_list_has_every_version_with_its_digest() {
    let line = Line::new(3, 2);
    let pages = line.public();
    let html = unquoted(&pages[&format!("{DIR}v/index.html")]);
    for version in &line.line.versions {
        assert!(html.contains(&format!("<code>{}</code>", version.sha256_text())));
        assert!(html.contains(&format!("<a href={}/>", version.published.iso())));
    }
    let places: Vec<_> = ["2023-06-30/>", "2022-06-30/>", "2021-04-01/>"].map(|day| html.find(day)).into();
    assert!(places.is_sorted(), "newest first");
    assert!(html.contains("一つ前の版から1件の変更") && html.contains("最初の版"));
    assert!(html.contains("sha256sum assessment.json"));
}

#[test]
fn the_document_and_its_timeline_lead_to_the_versions() {
    let pages = Line::new(3, 2).public();
    let page = |path: &str| unquoted(&pages[&format!("{DIR}{path}index.html")]);
    assert!(page("").contains("<a href=v/>3版（令和3(2021)年4月1日から）</a>"));
    let timeline = page("changes/");
    assert!(timeline.contains("<a href=../v/2022-06-30/>"));
    assert!(timeline.contains("<a href=../compare/2021-04-01..2022-06-30/>"));
    assert!(timeline.contains("<a href=../v/>公表された版をすべて見る（3版）</a>"));
    // A single version is the document itself.
    let alone = Line::new(1, 0).public();
    assert!(!alone[&format!("{DIR}index.html")].contains("公表された版"));
}

#[test]
fn the_document_is_the_same_page_without_versions() {
    let theme = Theme::load(&[]).unwrap();
    let site = SiteContext::new(&sample::site());
    let municipality = MunicipalityContext::new(&sample::municipality());
    let Line { versions, line } = Line::new(1, 0);
    let timeline = Timeline::of(&versions[0]);
    let page = |line| {
        render::assessment(
            &theme,
            &site,
            &municipality,
            &versions[0],
            &timeline,
            &Beside { versions: line, ..Beside::default() },
        )
        .unwrap()
    };
    let (plain, versioned) = (page(None).html, page(Some(&line)).html);
    let above = |html: &str| html.split("<section class=\"cite\"").next().map(str::to_owned);
    assert_eq!(above(&plain), above(&versioned));
    // Only what is cited differs: a version has an address that stays.
    assert!(!plain.contains("id=\"cite-permanent\"") && versioned.contains("id=\"cite-permanent\""));
}

#[test]
fn a_page_that_moved_leads_on_at_once() {
    let theme = Theme::load(&[]).unwrap();
    let site = SiteContext::new(&sample::site());
    let page =
        render::moved_page(&theme, &site, "019984/1-old/v/2020-07-31", "019984/1-new/v/2020-07-31").unwrap();
    assert_eq!(page.path, "019984/1-old/v/2020-07-31/index.html");
    let html = unquoted(&page.html);
    assert!(html.contains("0; url=../../../../019984/1-new/v/2020-07-31/"), "{html}");
    assert!(html.contains("<a href=../../../../019984/1-new/v/2020-07-31/>"), "{html}");
    let canonical = "href=https://example.jp/hyoka/019984/1-new/v/2020-07-31/";
    assert_eq!(tags_with(&html, "link", &["rel=canonical", canonical]), 1);
    assert_eq!(tags_with(&html, "meta", &["name=robots", "content=noindex"]), 1);
    super::assert_sound(&BTreeMap::from([(page.path, page.html)]));
}

#[test]
fn every_page_of_drafts_says_so_and_stays_out_of_search_engines() {
    let settings: SiteSettings = sample::site();
    let site = SiteContext { drafts: true, ..SiteContext::new(&settings) };
    let mut pages = super::site_of(&site, 120);
    pages.extend(Line::new(4, 2).pages(&site));
    let theme = Theme::load(&[]).unwrap();
    let moved = render::moved_page(&theme, &site, "a", "b").unwrap();
    pages.insert(moved.path, moved.html);
    super::assert_sound(&pages);
    assert!(pages.contains_key("404.html") && pages.len() > 30);
    for (path, html) in &pages {
        let html = unquoted(html);
        assert!(html.contains("公表前の確認用です。公表日まで外に出さないでください"), "{path}");
        assert_eq!(tags_with(&html, "meta", &["name=robots", "content=noindex,nofollow"]), 1, "{path}");
        assert_eq!(tags_with(&html, "meta", &["name=robots"]), 1, "{path}");
    }
    for (path, html) in Line::new(2, 1).public() {
        assert!(!html.contains("公表前の確認用") && !html.contains("noindex"), "{path}");
    }
}
