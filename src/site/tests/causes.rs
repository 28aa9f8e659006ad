//! Pages about changes with the same cause, and the links between them and the changes.

use std::collections::BTreeMap;

use super::markup::{self, Markup};
use super::{sample, site};
use crate::form::Form;
use crate::history::{AssessmentDigest, Causes, Shelf, Timeline};
use crate::site::render::{self, Page};
use crate::site::{SiteContext, Theme};

/// Page and fragment that each link of a page leads to.
fn targets(path: &str, html: &str) -> Vec<(String, String)> {
    let links = Markup::read(html).unwrap().links;
    links.iter().filter(|link| !link.contains("://")).map(|link| markup::resolve(path, link)).collect()
}

#[test]
fn a_cause_leads_to_its_changes_and_every_change_to_its_cause() {
    let pages = site(9);
    let of_causes: Vec<_> = pages
        .iter()
        .filter(|(path, _)| path.starts_with("causes/") && path.matches('/').count() == 2)
        .collect();
    assert_eq!(of_causes.len(), 1, "{:?}", of_causes.iter().map(|(path, _)| path).collect::<Vec<_>>());
    let (path, html) = of_causes[0];
    let changes: Vec<_> =
        targets(path, html).into_iter().filter(|(_, fragment)| fragment.starts_with("c-")).collect();
    assert_eq!(changes.len(), 3 * Form::all().len());
    for (page, anchor) in &changes {
        let timeline = &pages[page];
        assert!(Markup::read(timeline).unwrap().ids.contains(anchor), "{page}#{anchor}");
        let links = targets(page, timeline);
        assert!(links.iter().filter(|(target, _)| target == path).count() >= 3, "{page} leads back");
    }
    assert!(
        targets("causes/index.html", &pages["causes/index.html"]).iter().any(|(target, _)| target == path)
    );
    for front in ["index.html", "019984/index.html", "019984/changes/index.html"] {
        assert!(
            targets(front, &pages[front]).iter().any(|(target, _)| target == "causes/index.html"),
            "{front}"
        );
    }
    assert!(markup::unquoted(html).contains("見本照会システム（ＭＳＳ）の&lt;b&gt;利用終了に伴う削除"));
    assert!(html.contains("まとめた根拠") && html.contains("一つの自治体の複数の評価書"));
}

/// A cause of many changes, over several pages.
fn wide(rows: usize) -> Vec<Page> {
    let theme = Theme::load(&[]).unwrap();
    let context = SiteContext::new(&sample::site());
    let form = &Form::all()[0];
    let assessments: Vec<_> = (0..4).map(|number| sample::assessment(form, number, rows)).collect();
    let digests: Vec<_> = assessments
        .iter()
        .map(|assessment| AssessmentDigest::of(assessment, &Timeline::of(assessment)))
        .collect();
    let shelf = |(code, documents)| Shelf { code, name: code, documents };
    let shelves: Vec<_> =
        [("019984", digests[..2].iter().collect()), ("029980", digests[2..].iter().collect())]
            .map(shelf)
            .into();
    let causes = Causes::of(&shelves);
    render::cause(&theme, &context, &causes.all()[0], &shelves).unwrap()
}

#[test]
fn a_wide_cause_is_split_and_nothing_is_lost() {
    let pages = wide(900);
    assert_eq!(pages.len(), 3);
    let by_path: BTreeMap<_, _> = pages.iter().map(|page| (page.path.as_str(), page)).collect();
    let mut changes = Vec::new();
    for page in &pages {
        assert!(page.html.len() < 400_000, "{}: {}", page.path, page.html.len());
        let links = targets(&page.path, &page.html);
        let others =
            links.iter().filter(|(target, _)| *target != page.path && by_path.contains_key(target.as_str()));
        assert!(others.count() >= 2, "{} leads to the other pages", page.path);
        changes.extend(links.into_iter().filter(|(_, fragment)| fragment.starts_with("c-")));
    }
    let title = |page: &Page| page.html.split_once("</title>").map(|(head, _)| head.to_owned());
    let titles: std::collections::BTreeSet<_> = pages.iter().map(title).collect();
    assert_eq!(titles.len(), pages.len(), "every page has a title of its own");
    let count = changes.len();
    changes.sort();
    changes.dedup();
    assert_eq!((changes.len(), count), (1200, 1200));
}
