//! Pages over hand-made documents of every edition, looked at as a browser would.

mod across;
mod causes;
mod due;
mod feeds;
mod linked;
pub(in crate::site) mod markup;
mod redline;
mod rows;
pub(in crate::site) mod sample;
mod versions;

use std::collections::BTreeMap;

use super::{MunicipalityContext, SiteContext, Theme, render};
use crate::form::Form;
use crate::history::{AssessmentDigest, Causes, MunicipalityDigest, Shelf, SiteDigest, Timeline};
use markup::Markup;
use render::Beside;

/// The pages of a site with one document of every edition, by path.
fn site(rows: usize) -> BTreeMap<String, String> {
    site_of(&SiteContext::new(&sample::site()), rows)
}

fn site_of(site: &SiteContext, rows: usize) -> BTreeMap<String, String> {
    let theme = Theme::load(&[]).unwrap();
    let municipality = sample::municipality();
    let context = MunicipalityContext::new(&municipality);
    let assessments: Vec<_> =
        Form::all().iter().enumerate().map(|(number, form)| sample::assessment(form, number, rows)).collect();
    let digests: Vec<_> = assessments
        .iter()
        .map(|assessment| AssessmentDigest::of(assessment, &Timeline::of(assessment)))
        .collect();
    let shelves =
        [Shelf { code: context.code.as_str(), name: &context.name, documents: digests.iter().collect() }];
    let causes = Causes::of(&shelves);
    let mut pages = render::causes(&theme, site, &causes, &shelves).unwrap();
    for cause in causes.all() {
        pages.extend(render::cause(&theme, site, cause, &shelves).unwrap());
    }
    for assessment in &assessments {
        let timeline = Timeline::of(assessment);
        pages.push(
            render::assessment(&theme, site, &context, assessment, &timeline, &Beside::default()).unwrap(),
        );
        let changes =
            render::changes_and_texts(&theme, site, &context, assessment, &timeline, &causes, None, "../");
        pages.extend(changes.unwrap().0);
    }
    let digest = MunicipalityDigest::of(&municipality, &digests);
    pages.push(render::municipality(&theme, site, &context, &digest, &digests).unwrap());
    pages.extend(render::municipality_changes(&theme, site, &context, &digest, &digests).unwrap());
    pages.extend(due::pages(&theme, site, &context, &digests));
    let digest = SiteDigest::of(vec![digest]);
    pages.push(render::home(&theme, site, &digest).unwrap());
    let changes = render::SiteChanges::new(&theme, site, &digest);
    pages.extend((0..changes.count()).map(|at| changes.page(at).unwrap()));
    pages.push(render::sitemap(&theme, site, &digest, &shelves).unwrap());
    pages.push(render::glossary(&theme, site).unwrap());
    pages.push(render::accessibility(&theme, site).unwrap());
    pages.extend(across::pages(&theme, site, &context, &assessments, &digests));
    pages.push(render::not_found(&theme, site).unwrap());
    pages.push(render::data_page(&theme, site, &sample::files(), true).unwrap());
    let count = pages.len();
    let by_path: BTreeMap<_, _> = pages.into_iter().map(|page| (page.path, page.html)).collect();
    assert_eq!(by_path.len(), count, "two pages have the same path");
    by_path
}

#[test]
fn every_page_is_sound() {
    assert_sound(&site(3));
}

fn assert_sound(pages: &BTreeMap<String, String>) {
    for (path, html) in pages {
        let markup = Markup::read(html).unwrap_or_else(|e| panic!("{path}: {e}"));
        assert_eq!(markup.headings.iter().filter(|level| **level == 1).count(), 1, "h1 in {path}");
        assert_eq!(markup.headings.first(), Some(&1), "first heading of {path}");
        for pair in markup.headings.windows(2) {
            assert!(pair[1] <= pair[0] + 1, "{path}: h{} follows h{}", pair[1], pair[0]);
        }
        let mut ids = markup.ids.clone();
        ids.sort();
        let twice: Vec<_> = ids.windows(2).filter(|w| w[0] == w[1]).map(|w| &w[0]).collect();
        assert!(twice.is_empty(), "{path}: ids twice: {twice:?}");
        let plain = markup::unquoted(html);
        for needed in
            ["<html lang=ja>", "<main ", "class=skip ", "href=#main", "<footer ", "name=description"]
        {
            assert!(plain.contains(needed), "{path}: {needed}");
        }
        let scripts = html.match_indices("<script").map(|(at, _)| &html[at..]);
        for script in scripts {
            let is_data = script.starts_with("<script type=");
            assert!(is_data || script.starts_with("<script src="), "{path}: a script in the page");
        }
        for forbidden in [" style=", " onclick=", "href=\"\"", "[○]"] {
            assert!(!html.contains(forbidden), "{path}: {forbidden}");
        }
    }
}

#[test]
fn every_link_leads_somewhere() {
    // On pages of their own, and in a history that is split by year.
    for rows in [3, 120] {
        assert_linked(&site(rows));
    }
}

fn assert_linked(pages: &BTreeMap<String, String>) {
    let markups: BTreeMap<_, _> =
        pages.iter().map(|(path, html)| (path.as_str(), Markup::read(html).unwrap())).collect();
    // What the build writes beside the pages.
    let beside = |path: &str| {
        let file = path.rsplit('/').next().unwrap_or_default();
        let is_data = [
            "assessment.json",
            "catalog.jsonld",
            "codes.csv",
            "documents.csv",
            "items.csv",
            "changes.csv",
            "changes.json",
            "due.ics",
            "due.json",
            "feed.atom",
            "feed.json",
        ]
        .contains(&file);
        // Pages over all documents and the report are looked at in tests/links.rs.
        let rooms = [
            "items/",
            "systems/",
            "contractors/",
            "laws/",
            "shared/",
            "accessibility/report/",
            "schema/",
            "assets/",
        ];
        is_data || rooms.iter().any(|room| path.starts_with(room)) || path.contains("/figures/")
    };
    for (path, markup) in markups.iter().filter(|(path, _)| **path != "404.html") {
        for link in markup.links.iter().filter(|l| !l.contains("://")) {
            let (target, fragment) = markup::resolve(path, link);
            let Some(page) = markups.get(target.as_str()) else {
                assert!(beside(&target), "{path}: {link} leads to {target}, which is no page");
                continue;
            };
            let found = fragment.is_empty() || page.ids.contains(&fragment);
            assert!(found, "{path}: {link}: no such id in {target}");
        }
    }
}

#[test]
fn every_item_of_a_form_has_its_permanent_anchor() {
    let pages = site(0);
    for (number, form) in Form::all().iter().enumerate() {
        let assessment = sample::assessment(form, number, 0);
        let html = &pages[&format!("019984/{}/index.html", assessment.dir)];
        let markup = Markup::read(html).unwrap();
        let files = assessment.answers.files();
        assessment.answers.walk(|placed| {
            let anchor = form.anchor(placed.slot, files);
            assert!(markup.ids.contains(&anchor), "{}: {anchor}", form.head.id);
            // The first of several files also answers to the anchor of a document with one.
            if files > 1 && placed.slot.entries.numbers().next() == Some(1) {
                assert!(markup.ids.contains(&form.anchor(placed.slot, 1)), "{anchor}");
            }
            true
        });
        assert!(!form.head.glance.is_empty());
        for id in &form.head.glance {
            assert!(form.by_id(id).is_some(), "{}: {id}", form.head.id);
        }
    }
}

#[test]
fn a_long_history_is_split_by_year() {
    let pages = site(120);
    assert_sound(&pages);
    assert_linked(&pages);
    let years: Vec<_> =
        pages.keys().filter(|p| p.starts_with("019984/changes/") && p.matches('/').count() == 3).collect();
    assert_eq!(
        years,
        [
            "019984/changes/2022/index.html",
            "019984/changes/2023/index.html",
            "019984/changes/nodate/index.html"
        ]
    );
    let front = markup::unquoted(&pages["019984/changes/index.html"]);
    assert!(front.contains("<a href=2023/>2023年（令和5年）</a>"));
    assert!(front.contains("<li id=d-2023-04-01><a href=2023/#d-2023-04-01>4月1日</a>"));
    assert!(!front.contains("class=brief"), "the rows stand on the pages of the years");
}

#[test]
fn choices_and_boxes_are_words() {
    let pages = site(0);
    let html = markup::unquoted(&pages["019984/1-mihon-zenkomoku-h30-05/index.html"]);
    assert!(html.contains("<p class=chosen>1,000人未満</p>"));
    assert!(html.contains("<li>30万人以上</li>"), "the options that were not chosen");
    assert!(html.contains("様式の値と一致しません"));
    assert!(html.contains("該当しない項目"));
    assert!(html.contains("<p class=empty>記載なし</p>"));
    assert!(html.contains("変更2件"));
}

#[test]
fn a_citation_does_not_say_twice_that_it_is_about_a_change() {
    let pages = site(3);
    let has = |words: &str| pages.values().any(|html| html.contains(words));
    assert!(has("」の変更（") && has("cite-change"));
    assert!(!has("、変更）"));
}

#[test]
fn authored_text_never_becomes_markup() {
    for (path, html) in site(3) {
        assert!(!html.contains("<b>"), "{path}");
        assert!(!html.contains("<i>"), "{path}");
    }
}

#[test]
fn a_fault_in_a_template_names_its_line() {
    let own = |name: &str, text: &str| (format!("templates/{name}"), text.as_bytes().to_vec());
    let syntax = Theme::load(&[own("home.html", "<p>\n\n  {% if %}\n</p>")]).err().unwrap().to_string();
    assert!(syntax.starts_with("テンプレート home.html の3行"), "{syntax}");
    let unknown = "{% extends \"base.html\" %}\n{% block main %}\n  <h1>一</h1>\n  {{ view.nothing }}\n{% endblock main %}";
    let theme = Theme::load(&[own("404.html", unknown)]).unwrap();
    let error = render::not_found(&theme, &SiteContext::new(&sample::site())).unwrap_err().to_string();
    assert!(error.starts_with("テンプレート 404.html の4行"), "{error}");
}

#[test]
fn words_and_assets_can_be_replaced_one_by_one() {
    let own = [
        ("words.yaml".to_owned(), "home: 最初のページ".as_bytes().to_vec()),
        ("assets/logo.png".to_owned(), vec![0x89, b'P', b'N', b'G']),
    ];
    let theme = Theme::load(&own).unwrap();
    let page = render::not_found(&theme, &SiteContext::new(&sample::site())).unwrap();
    assert!(page.html.contains(">最初のページ</a>"));
    assert!(page.html.contains("ページが見つかりません"));
    assert!(page.html.contains("/hyoka/assets/style.css?v="), "{}", page.html);
    assert!(theme.assets().iter().any(|a| a.path == "assets/logo.png"));
}

/// The site around a page of which a test is not about the site.
pub(in crate::site) fn site_context() -> SiteContext {
    SiteContext::new(&sample::site())
}
