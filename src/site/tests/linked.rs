//! The blocks of schema.org data in the pages, read as JSON: what they say is what the page shows, and no address leads astray.

use serde_json::Value;

use super::{markup, sample, site, site_of};
use crate::site::SiteContext;

/// The blocks of a page.
fn blocks(html: &str) -> Vec<Value> {
    let starts = ["<script type=\"application/ld+json\">", "<script type=application/ld+json>"];
    let after = starts.iter().flat_map(|start| html.split(start).skip(1));
    after.map(|rest| serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()).collect()
}

fn of_type<'v>(block: &'v Value, kind: &str) -> Vec<&'v Value> {
    let things = block["@graph"].as_array().unwrap();
    things.iter().filter(|thing| thing["@type"] == kind).collect()
}

#[test]
fn every_page_says_where_it_is() {
    let base = sample::site().base_url.unwrap();
    let pages = site(120);
    for (path, html) in pages.iter().filter(|(path, _)| *path != "404.html") {
        let blocks = blocks(html);
        let [block] = blocks.as_slice() else { panic!("{path}: {} blocks", blocks.len()) };
        assert_eq!(block["@context"], "https://schema.org");
        let ways = of_type(block, "BreadcrumbList");
        assert_eq!(ways.len(), usize::from(path != "index.html"), "{path}");
        for way in ways {
            let steps = way["itemListElement"].as_array().unwrap();
            for (at, step) in steps.iter().enumerate() {
                assert_eq!(step["position"], at + 1);
                let Some(address) = step["item"].as_str() else {
                    assert_eq!(at + 1, steps.len(), "{path}: only the page itself has no address");
                    continue;
                };
                let target = address.strip_prefix(&base).unwrap_or_else(|| panic!("{path}: {address}"));
                assert!(pages.contains_key(&format!("{target}index.html")), "{path}: {address}");
            }
        }
    }
}

#[test]
fn a_document_says_what_it_is() {
    let pages = site(3);
    let mut reports = 0;
    for (path, html) in &pages {
        for block in blocks(html) {
            for report in of_type(&block, "Report") {
                reports += 1;
                assert!(block.to_string().len() <= 3_000, "{path}: {}", block.to_string().len());
                let title = report["name"].as_str().unwrap();
                assert!(markup::unquoted(html).contains("<h1"), "{path}");
                assert!(!title.is_empty());
                assert_eq!(report["publisher"]["identifier"], "019984");
                assert_eq!(report["inLanguage"], "ja");
                let dir = format!("https://example.jp/hyoka/{}", path.strip_suffix("index.html").unwrap());
                assert_eq!(report["url"], dir);
                assert_eq!(report["encoding"][0]["contentUrl"], format!("{dir}assessment.json"));
                assert_eq!(report["datePublished"], report["version"]);
            }
        }
    }
    assert_eq!(reports, crate::form::Form::all().len());
}

#[test]
fn the_first_pages_name_the_site_and_the_municipality() {
    let pages = site(0);
    let home = &blocks(&pages["index.html"])[0];
    let website = of_type(home, "WebSite")[0];
    assert_eq!(website["name"], sample::site().title, "with its own < in it");
    let search = &website["potentialAction"];
    assert_eq!(search["target"]["urlTemplate"], "https://example.jp/hyoka/search/?q={search_term_string}");
    let municipality = &blocks(&pages["019984/index.html"])[0];
    assert_eq!(of_type(municipality, "GovernmentOrganization")[0]["identifier"], "019984");
    let data = &blocks(&pages["data/index.html"])[0];
    let sets = of_type(data, "Dataset");
    assert_eq!(sets.len(), crate::site::data::DATASETS.len());
    assert_eq!(sets[0]["distribution"][0]["contentUrl"], "https://example.jp/hyoka/documents.csv");
}

#[test]
fn a_site_without_an_address_has_no_search_action_and_drafts_say_nothing() {
    let mut context = SiteContext::new(&sample::site());
    context.base_url = None;
    let pages = site_of(&context, 0);
    let home = &blocks(&pages["index.html"])[0];
    assert!(of_type(home, "WebSite")[0].get("potentialAction").is_none());
    context.drafts = true;
    let pages = site_of(&context, 0);
    assert!(pages.values().all(|html| blocks(html).is_empty()));
}
