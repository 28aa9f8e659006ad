//! The pages across documents: what they count is what a plain count over the data of all documents gives.

#![allow(clippy::unwrap_used, reason = "tests, in functions of their own")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use regex::Regex;
use serde_json::Value;
use support::Sandbox;

/// A label with how often it is answered, and by how many documents and municipalities.
type Counts = BTreeMap<String, [usize; 3]>;

/// An item: the kind of the form, and the id as the address has it.
type Key = (String, String);
/// For each label who answered it: code and path of the document.
type Chosen = BTreeMap<String, Vec<(String, String)>>;

/// The answers of all documents, counted plainly: by form and item, then by what is chosen.
#[derive(Default)]
struct Tally {
    chosen: BTreeMap<Key, Chosen>,
    items: BTreeMap<Key, BTreeSet<String>>,
}

impl Tally {
    fn of(site: &Path) -> Self {
        let index = Regex::new(r"\[\d+\]").unwrap();
        let mut tally = Self::default();
        for file in kohyo::fs::files_below(site).unwrap() {
            let path = file.strip_prefix(site).unwrap().to_string_lossy().replace('\\', "/");
            // Only the document of today, not its versions.
            if !path.ends_with("/assessment.json") || path.split('/').count() != 3 {
                continue;
            }
            let data: Value = serde_json::from_slice(&kohyo::fs::read(&file).unwrap()).unwrap();
            let form = data["form"].as_str().unwrap().split('-').next().unwrap().to_owned();
            let code = data["code"].as_str().unwrap().to_owned();
            for item in data["items"].as_array().unwrap() {
                let id = index.replace_all(item["id"].as_str().unwrap(), "").replace('.', "-");
                let key = (form.clone(), id);
                tally.items.entry(key.clone()).or_default().insert(path.clone());
                for label in labels(item) {
                    let answers = tally.chosen.entry(key.clone()).or_default().entry(label).or_default();
                    answers.push((code.clone(), path.clone()));
                }
            }
        }
        tally
    }

    fn counts(&self, key: &Key) -> Counts {
        let count = |answers: &Vec<(String, String)>| {
            let documents: BTreeSet<_> = answers.iter().map(|(_, path)| path).collect();
            let codes: BTreeSet<_> = answers.iter().map(|(code, _)| code).collect();
            [answers.len(), documents.len(), codes.len()]
        };
        let chosen = self.chosen.get(key).into_iter().flatten();
        chosen.map(|(label, answers)| (label.clone(), count(answers))).collect()
    }
}

fn labels(item: &Value) -> Vec<String> {
    let value = &item["value"];
    if item["unfit"] == true {
        return vec!["様式の選択肢にない記載".to_owned()];
    }
    match item["type"].as_str().unwrap() {
        "choice" => vec![value.as_str().unwrap().to_owned()],
        "flag" => vec![if value == true { "該当する" } else { "該当しない" }.to_owned()],
        "checks" if value.as_array().unwrap().is_empty() => vec!["どれも選んでいない".to_owned()],
        "checks" => {
            value.as_array().unwrap().iter().map(|t| t["label"].as_str().unwrap().to_owned()).collect()
        }
        _ => Vec::new(),
    }
}

fn decoded(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&amp;", "&")
}

/// The table of counts of a page; empty where it has none.
fn shown(html: &str) -> Counts {
    let table = Regex::new(r#"(?s)<table class="?counts"?>(.*?)</table>"#).unwrap();
    let row = Regex::new(r#"(?s)<th scope="?row"?>(.*?)</th>\s*<td>(\d+)</td>\s*<td>(\d+)</td>\s*<td>(\d+)"#)
        .unwrap();
    let Some(table) = table.captures(html) else { return Counts::new() };
    let number = |text: &str| text.parse().unwrap();
    let rows = row.captures_iter(table.get(1).unwrap().as_str());
    rows.map(|c| (decoded(&c[1]), [number(&c[2]), number(&c[3]), number(&c[4])]))
        .filter(|(_, counts)| counts[0] > 0)
        .collect()
}

fn built() -> Sandbox {
    let sandbox = Sandbox::empty();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    kohyo::fs::copy_tree(&sample, &sandbox.root().join("content")).unwrap();
    let run = sandbox.run(&["build", "--as-of", "2026-11-20"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    sandbox
}

#[test]
fn every_answered_item_has_a_page_that_counts_right() {
    let sandbox = built();
    let site = sandbox.root().join("public");
    let tally = Tally::of(&site);
    assert!(tally.items.len() > 300, "{}", tally.items.len());
    let mut compared = 0;
    for (key, documents) in &tally.items {
        let page = site.join(format!("items/{}/{}/index.html", key.0, key.1));
        let html = String::from_utf8(kohyo::fs::read(&page).unwrap()).unwrap();
        let counts = tally.counts(key);
        assert_eq!(shown(&html), counts, "{key:?}");
        compared += usize::from(!counts.is_empty());
        let stated = format!("評価書{}件の記載", documents.len());
        assert!(html.contains(&stated), "{key:?}: {stated}");
    }
    assert!(compared > 60, "{compared}");
    // And no other items have pages.
    let pages = kohyo::fs::files_below(&site.join("items")).unwrap();
    let items: BTreeSet<_> = pages
        .iter()
        .filter_map(|file| {
            let path = file.strip_prefix(site.join("items")).unwrap().to_string_lossy().replace('\\', "/");
            let mut parts = path.split('/');
            let (form, item, _) = (parts.next()?.to_owned(), parts.next()?.to_owned(), parts.next()?);
            Some((form, item))
        })
        .collect();
    assert_eq!(items, tally.items.keys().cloned().collect::<BTreeSet<_>>());
}

#[test]
fn what_documents_name_is_listed_with_a_way_back() {
    let sandbox = built();
    let site = sandbox.root().join("public");
    let page = |path: &str| String::from_utf8(kohyo::fs::read(&site.join(path)).unwrap()).unwrap();
    let systems = page("systems/index.html");
    assert!(systems.contains("中間サーバー"), "{systems}");
    let contractors = page("contractors/index.html");
    assert!(contractors.contains("株式会社みほんシステム"));
    assert!(contractors.contains("../019984/12-kojin-juminzei/#ii1-4-contract1-contractor"));
    let laws = page("laws/index.html");
    assert!(laws.contains("laws/bango/"));
    let law = page("laws/bango/index.html");
    assert!(law.contains("第9条第1項") && law.contains("別表 24の項"), "{law}");
    let expected = BTreeSet::from(CITED.map(|[law, place]| (law.to_owned(), place.to_owned())));
    assert_eq!(cited_by(&site, "019984/12-kojin-juminzei/"), expected);
    // The declaration stands on the cover of all five documents.
    let shared = page("shared/index.html");
    let (_, declaration) = shared.split_once("一人一人の暮らしに大きな影響が及ぶことを自覚し").unwrap();
    let (declaration, _) = declaration.split_once("</ul>").unwrap();
    assert_eq!(declaration.matches("#cover-declaration").count(), 5, "{declaration}");
    assert!(shared.contains("3団体の評価書5件"), "{shared}");
}

/// What the 全項目評価書 of the sample names as its legal bases, as one reads it there.
const CITED: [[&str; 2]; 11] = [
    ["番号法", "第9条第1項"],
    ["番号法", "第19条第8号"],
    ["番号法", "第19条第10号"],
    ["番号法", "別表 24の項"],
    ["番号法", "別表 44の項"],
    ["番号法", "別表 81の項"],
    ["番号法", "別表 100の項"],
    ["番号法第19条第8号に基づく主務省令", "第2条"],
    ["地方税法", "第294条第3項"],
    ["地方税法", "第317条"],
    ["みほん市個人番号の利用に関する条例", "第4条第3項"],
];

/// The law and the place of each provision under which this document is listed.
fn cited_by(site: &Path, document: &str) -> BTreeSet<(String, String)> {
    let heading = |level: u8| Regex::new(&format!("<h{level}>(.*?)</h{level}>")).unwrap();
    let (title, place) = (heading(1), heading(3));
    let mut cited = BTreeSet::new();
    for file in kohyo::fs::files_below(&site.join("laws")).unwrap() {
        let html = String::from_utf8(kohyo::fs::read(&file).unwrap()).unwrap();
        // What comes before the first place is the head of the page, in the list of laws the whole page.
        for section in html.split("<section").filter(|section| section.contains(&format!("/{document}#"))) {
            if let Some(place) = place.captures(section) {
                cited.insert((decoded(&title.captures(&html).unwrap()[1]), decoded(&place[1])));
            }
        }
    }
    cited
}
