//! Finding one's way in a whole site: what search engines are told, what every page leads to, and how far answers are from home.

#![allow(clippy::unwrap_used, reason = "tests, in functions of their own")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;
use support::Sandbox;

const BASE: &str = "https://pia.example/hyoka/";

/// The pages of a site by their addresses below its root, and its other text files by their paths.
struct Site {
    pages: BTreeMap<String, String>,
    files: BTreeMap<String, String>,
}

impl Site {
    fn build(sandbox: &Sandbox, more: &[&str]) -> Self {
        let run = sandbox.run(&[&["build", "--as-of", "2026-11-20"], more].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        let root = sandbox.root().join("public");
        let (mut pages, mut files) = (BTreeMap::new(), BTreeMap::new());
        for path in kohyo::fs::files_below(&root).unwrap() {
            let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            let text = String::from_utf8_lossy(&kohyo::fs::read(&path).unwrap()).into_owned();
            match name.strip_suffix("index.html") {
                Some(address) => pages.insert(address.to_owned(), text),
                None => files.insert(name, text),
            };
        }
        Self { pages, files }
    }

    /// The addresses that the page leads to, below the root of the site.
    fn links(&self, page: &str) -> BTreeSet<String> {
        let link = Regex::new(r#"<a [^>]*href=(?:"([^"]*)"|([^\s>"]+))"#).unwrap();
        let all = link.captures_iter(&self.pages[page]);
        all.filter_map(|found| resolved(page, found.get(1).or(found.get(2)).unwrap().as_str())).collect()
    }

    /// In how many steps a reader comes from the home page to a page or a place on it.
    fn steps_to(&self, target: &str) -> Option<usize> {
        let (mut reached, mut seen) = (BTreeSet::from([String::new()]), BTreeSet::new());
        for steps in 0..4 {
            if reached.contains(target) {
                return Some(steps);
            }
            let pages: BTreeSet<_> =
                reached.iter().map(|address| address.split('#').next().unwrap().to_owned()).collect();
            let fresh: Vec<_> = pages.difference(&seen).cloned().collect();
            reached = fresh
                .iter()
                .filter(|page| self.pages.contains_key(*page))
                .flat_map(|page| self.links(page))
                .collect();
            seen.extend(pages);
        }
        None
    }
}

/// An address relative to a page, from the root of the site; none where it leads out.
fn resolved(page: &str, address: &str) -> Option<String> {
    if address.contains(':') {
        return None;
    }
    let (path, fragment) = address.split_once('#').map_or((address, None), |(p, f)| (p, Some(f)));
    let mut parts: Vec<&str> = page.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let is_page = path.is_empty() || path.ends_with('/');
    let mut resolved = parts.join("/");
    if is_page && !resolved.is_empty() {
        resolved.push('/');
    }
    Some(fragment.map_or(resolved.clone(), |fragment| format!("{resolved}#{fragment}")))
}

#[test]
fn search_engines_are_told_of_every_page_and_of_nothing_else() {
    let site = Site::build(&Sandbox::new(), &["--base-url", BASE]);
    let xml = &site.files["sitemap.xml"];
    let address = Regex::new("<loc>([^<]*)</loc>").unwrap();
    let told: Vec<_> =
        address.captures_iter(xml).map(|c| c[1].strip_prefix(BASE).unwrap().to_owned()).collect();
    let all: BTreeSet<_> = told.iter().cloned().collect();
    assert_eq!(all.len(), told.len(), "an address stands twice");
    let pages: BTreeSet<_> = site.pages.keys().cloned().collect();
    assert_eq!(all, pages);
    for (address, html) in &site.pages {
        assert!(!html.contains("noindex") && !html.contains("http-equiv"), "{address}");
    }
    // Days come from the documents: the build knows another one.
    assert!(xml.contains("<lastmod>") && !xml.contains("2026-11-20"), "{xml}");
    assert!(xml.contains(&format!("<loc>{BASE}glossary/</loc></url>")), "{xml}");
}

#[test]
fn drafts_and_sites_without_an_address_tell_search_engines_nothing() {
    let drafts = Site::build(&Sandbox::new(), &["--drafts", "--base-url", BASE]);
    let sandbox = Sandbox::new();
    sandbox.replace("site.yaml", "base_url: https://hyoka.example.jp/\n", "");
    let nowhere = Site::build(&sandbox, &[]);
    for site in [drafts, nowhere] {
        assert!(!site.files.keys().any(|path| path.starts_with("sitemap")));
        assert!(site.pages.contains_key("sitemap/"));
    }
}

#[test]
fn every_page_leads_to_the_rooms_of_the_site_and_says_where_it_is() {
    let site = Site::build(&Sandbox::new(), &[]);
    for (page, html) in &site.pages {
        let links = site.links(page);
        for room in ["#municipalities", "changes/", "glossary/", "data/", "sitemap/", "accessibility/"] {
            assert!(links.contains(room), "{page} does not lead to {room}");
        }
        let plain = html.replace('"', "");
        assert_eq!(
            !page.is_empty(),
            plain.contains("aria-labelledby=breadcrumb-title"),
            "{page}: breadcrumb"
        );
        if !page.is_empty() {
            assert!(plain.contains("<span aria-current=page>"), "{page}: the end of the breadcrumb");
        }
        let current = plain.split("class=site-nav").nth(1).unwrap().split("</nav>").next().unwrap();
        let is_in_room = [
            "items/",
            "systems/",
            "contractors/",
            "laws/",
            "shared/",
            "changes/",
            "causes/",
            "glossary/",
            "data/",
            "019984/",
        ];
        let is_in_room = is_in_room.iter().any(|room| page.starts_with(room));
        assert_eq!(current.matches("aria-current").count(), usize::from(is_in_room), "{page}");
    }
}

#[test]
fn answers_are_three_steps_from_home() {
    let site = Site::build(&Sandbox::new(), &[]);
    let document = "019984/8-kaigo/";
    assert_eq!(site.steps_to("019984/"), Some(1));
    for place in ["", "changes/", "#ii-4-contract1-contractor", "#ii-6-period", "#v-2-contact"] {
        let target = format!("{document}{place}");
        // A place on a page that has been opened is no further step.
        let page = target.split('#').next().unwrap();
        let steps = site.steps_to(&target).or_else(|| Some(site.steps_to(page)? + 1)).unwrap();
        assert!(steps <= 3, "{target}: {steps}");
    }
}

#[test]
fn the_sections_of_a_document_lead_to_each_other() {
    let site = Site::build(&Sandbox::new(), &[]);
    let html = site.pages["019984/8-kaigo/"].replace('"', "");
    let ways: Vec<_> =
        html.split("class=section-nav").skip(1).map(|rest| rest.split("</ul>").next().unwrap()).collect();
    let sections = html.matches("<section class=section>").count();
    assert_eq!(ways.len(), sections);
    let count = |word: &str| ways.iter().filter(|way| way.contains(word)).count();
    assert_eq!(count("前の章"), sections - 1);
    assert_eq!(count("次の章"), sections - 1);
    assert_eq!(count("href=#contents-title"), sections);
}

#[test]
fn words_are_explained_where_they_first_stand_on_the_page_of_a_document() {
    let site = Site::build(&Sandbox::new(), &[]);
    let id = Regex::new(r#"class="?term"? href="?\.\./\.\./glossary/#([a-z-]+)"#).unwrap();
    let html = &site.pages["019984/8-kaigo/"];
    let linked: Vec<_> = id.captures_iter(html).map(|c| c[1].to_owned()).collect();
    let once: BTreeSet<_> = linked.iter().collect();
    assert!(!linked.is_empty());
    assert_eq!(once.len(), linked.len(), "a word is linked once: {linked:?}");
    let glossary = site.pages["glossary/"].replace('"', "");
    for id in linked {
        let is_there = [">", " "].iter().any(|end| glossary.contains(&format!(" id={id}{end}")));
        assert!(is_there, "{id}");
    }
}

#[test]
fn what_the_publisher_adds_stands_on_the_page_about_accessibility() {
    let sandbox = Sandbox::new();
    let settings = sandbox.text("site.yaml");
    sandbox.write("site.yaml", format!("{settings}\naccessibility: |\n  窓口で**代わりに**読みます。\n"));
    let site = Site::build(&sandbox, &[]);
    assert!(site.pages["accessibility/"].contains("窓口で<strong>代わりに</strong>読みます。"));
    let page = &site.files["404.html"];
    assert!(
        page.contains("noindex") && page.contains("sitemap/") && page.contains("#municipalities"),
        "{page}"
    );
}
