//! Every rule finds what it is there for, and nothing on a page without faults.

use std::collections::BTreeMap;
use std::convert::Infallible;

use proptest::prelude::*;

use super::page::{self, Fault};
use super::{Audit, Report, Rule};
use crate::audit::address::Mount;

/// A page without faults, with something in its head and in its main part.
fn page(head: &str, main: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"ja\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>見本</title>{head}</head><body><a class=\"skip\" href=\"#main\">本文へ移動</a><header><p>見本市</p></header>\
         <main id=\"main\" tabindex=\"-1\"><h1>見本の評価書</h1>{main}</main><footer><p>見本市</p></footer></body></html>"
    )
}

fn faults(html: &str) -> Vec<(Rule, String)> {
    let facts = page::read(&Mount::new(None), "index.html", html);
    facts.findings.into_iter().map(|Fault { rule, what }| (rule, what)).collect()
}

/// What is found on a page of which one thing is replaced.
fn without(from: &str, to: &str) -> Vec<(Rule, String)> {
    let whole = page("", "<h2>項目</h2>");
    assert!(whole.contains(from), "{from}");
    faults(&whole.replacen(from, to, 1))
}

/// Everything that pages may have.
const GOOD: &str = "<h2 id=\"a\">項目<small>一</small></h2><h3>内訳</h3><p><a href=\"#a\">項目へ</a> <a href=\"#main\"><img src=\"a.png\" alt=\"図\"></a></p>\
    <table><caption>表</caption><thead><tr><th scope=\"col\">名前</th></tr></thead><tbody><tr><td>値</td></tr></tbody></table>\
    <table role=\"presentation\"><tr><td>値</td></tr></table><table aria-labelledby=\"a\"><tr><th scope=\"row\">名前</th><td>値</td></tr></table>\
    <h2>次</h2><form action=\"./\"><label for=\"q\">語</label><input id=\"q\" aria-describedby=\"a\"><label><input type=\"checkbox\"> 選ぶ</label>\
    <select aria-label=\"章\"></select><input type=\"hidden\" name=\"x\"><input type=\"submit\" value=\"探す\"><button>探す</button></form>\
    <details><summary>開く</summary></details><svg role=\"img\"><title>流れ</title><a href=\"#a\"><text>市</text></a></svg><svg aria-hidden=\"true\"><path/></svg>\
    <script type=\"application/ld+json\">{\"a\": \"<img>\"}</script><script src=\"a.js\" defer></script><img src=\"data:image/gif;base64,R0\" alt=\"\">";

#[test]
fn a_good_page_has_no_findings() {
    assert_eq!(faults(&page("", "")), []);
    assert_eq!(
        faults(&page(
            "<link rel=\"stylesheet\" href=\"a.css\"><link rel=\"canonical\" href=\"https://x.example/\">",
            GOOD
        )),
        []
    );
}

#[test]
fn every_rule_finds_its_fault() {
    let in_main = |main: &str| faults(&page("", main));
    let in_head = |head: &str| faults(&page(head, ""));
    let cases = [
        (Rule::Language, "<html>", without(" lang=\"ja\"", "")),
        (Rule::Language, "<html>", without("lang=\"ja\"", "lang=\"\"")),
        (Rule::Title, "<title>", without("<title>見本</title>", "")),
        (Rule::Title, "<title>", without("見本</title>", " </title>")),
        (Rule::OneTopHeading, "h1 が 0 個", without("<h1>見本の評価書</h1><h2>項目</h2>", "")),
        (Rule::OneTopHeading, "h1 が 2 個", in_main("<h1>二つ目</h1>")),
        (Rule::HeadingLevel, "h1 の次が <h3 id=\"x\"> です", in_main("<h3 id=\"x\">飛ばす</h3>")),
        (Rule::HeadingText, "<h2>", in_main("<h2> </h2>")),
        (Rule::Landmarks, "main が 2 個", in_main("</main><main>")),
        (Rule::Landmarks, "footer がありません", without("<footer><p>見本市</p></footer>", "")),
        (Rule::Landmarks, "header がありません", without("<header><p>見本市</p></header>", "")),
        (Rule::SkipLink, "最初のリンク: ", without("<a class=\"skip\" href=\"#main\">本文へ移動</a>", "")),
        (Rule::SkipLink, "最初のリンク: #x", without("href=\"#main\">", "href=\"#x\"><b id=\"x\"></b>")),
        (Rule::UniqueId, "id=\"a\"", in_main("<p id=\"a\"></p><p id=\"a\"></p><p id=\"b\">")),
        (
            Rule::Reference,
            "aria-labelledby=\"x\"",
            in_main("<div role=\"region\" aria-labelledby=\"main x\"></div>"),
        ),
        (Rule::Reference, "for=\"x\"", in_main("<label for=\"x\">語</label>")),
        (Rule::LinkText, "<a href=\"#main\">", in_main("<a href=\"#main\"><img src=\"a.png\" alt=\"\"></a>")),
        (Rule::LinkText, "<button>", in_main("<button> </button>")),
        (Rule::LinkTarget, "../x", in_main("<a href=\"../x\">外へ</a>")),
        (Rule::LinkFragment, "#x", in_main("<a href=\"#x\">項目</a>")),
        (Rule::ImageText, "<img src=\"a.png\">", in_main("<img src=\"a.png\">")),
        (Rule::ImageText, "<svg id=\"s\">", in_main("<svg role=\"img\" id=\"s\"><text>市</text></svg>")),
        (Rule::TableCaption, "<table>", in_main("<table><tr><th scope=\"col\">名</th></tr></table>")),
        (
            Rule::TableScope,
            "<table> に見出しのセルがありません",
            in_main("<table><caption>表</caption><tr><td>値</td></tr></table>"),
        ),
        (
            Rule::TableScope,
            "<table> の見出し 1 個に scope がありません",
            in_main("<table><caption>表</caption><tr><th>名</th><th scope=\"col\">名</th></tr></table>"),
        ),
        (Rule::ControlLabel, "<input id=\"q\">", in_main("<input id=\"q\" placeholder=\"語\">")),
        (Rule::ControlLabel, "<select>", in_main("<label>章</label><select></select>")),
        (
            Rule::Zoom,
            "width=1, user-scalable=no",
            in_head("<meta name=\"viewport\" content=\"width=1, user-scalable=no\">"),
        ),
        (Rule::Zoom, "maximum-scale=1.0", in_head("<meta name=\"viewport\" content=\"maximum-scale=1.0\">")),
        (Rule::OtherHost, "//cdn.example/a.png", in_main("<img alt=\"\" src=\"//cdn.example/a.png\">")),
        (
            Rule::OtherHost,
            "https://cdn.example/a.css",
            in_head("<link rel=\"preload stylesheet\" href=\"https://cdn.example/a.css\">"),
        ),
        (
            Rule::OtherHost,
            "https://cdn.example/b.png",
            in_main("<img alt=\"\" srcset=\"a.png 1x, https://cdn.example/b.png 2x\">"),
        ),
        (Rule::Inline, "<script>", in_main("<script>alert(1)</script>")),
        (Rule::Inline, "<style>", in_head("<style>a { color: red; }</style>")),
        (Rule::Inline, "style=\"color:red\"", in_main("<p style=\"color:red\">")),
        (Rule::Inline, "<p on…=\"x()\">", in_main("<p onclick=\"x()\">")),
        (Rule::Inline, "javascript:x()", in_main("<a href=\"javascript:x()\">押す</a>")),
    ];
    for (rule, what, found) in &cases {
        assert_eq!(*found, [(*rule, (*what).to_owned())], "{rule:?}");
    }
    let over_pages = [Rule::TitleUnique];
    for rule in Rule::ALL {
        assert!(
            over_pages.contains(&rule) || cases.iter().any(|case| case.0 == rule),
            "{rule:?} has no case"
        );
    }
}

/// What is found on the pages of a site together.
fn site(pages: &[(&str, String)], files: &[&str]) -> Report {
    let audit = Audit::new(Some("https://city.example/pia/"));
    for (path, html) in pages {
        audit.page(path, html);
    }
    let stored: BTreeMap<&str, &String> = pages.iter().map(|(path, html)| (*path, html)).collect();
    let files: Vec<String> = stored.keys().chain(files).map(|file| (*file).to_owned()).collect();
    audit.finish(&files, &|path: &str| Ok::<_, Infallible>(stored[path].clone())).unwrap()
}

fn told(report: &Report) -> Vec<String> {
    report.findings.iter().map(|f| format!("{} {} {}", f.rule.id(), f.page, f.what)).collect()
}

#[test]
fn broken_links_name_the_page_and_the_target() {
    let titled = |title: &str, main: &str| page("", main).replace("<title>見本", &format!("<title>{title}"));
    let first = titled(
        "一",
        "<a href=\"b/\">二</a><a href=\"b\">二</a><a href=\"b/#there\">所</a><a href=\"/pia/b/index.html#there\">所</a>\
         <a href=\"https://city.example/pia/b/#there\">所</a><a href=\"data.csv\">表</a><a href=\"/else/\">他</a>\
         <a href=\"b/#gone\">無い所</a><a href=\"b/#gone\">また</a><a href=\"c/\">無い頁</a><a href=\"data.csv#x\">表</a>",
    );
    let second =
        titled("二", "<p id=\"there\"></p><a href=\"../#main\">戻る</a><img src=\"図.png\" alt=\"図\">");
    let report = site(&[("index.html", first), ("b/index.html", second)], &["data.csv"]);
    assert_eq!(
        told(&report),
        ["link-target b/index.html 図.png", "link-target index.html c/", "link-fragment index.html b/#gone"]
    );
    assert_eq!(report.count(Rule::LinkFragment), 2, "each of them counts");
}

#[test]
fn two_pages_never_share_a_title() {
    let (one, moved) = (page("", ""), page("<meta http-equiv=\"refresh\" content=\"0; url=../\">", ""));
    let pages = [("index.html", one.clone()), ("a/index.html", one), ("b/index.html", moved)];
    assert_eq!(told(&site(&pages, &[])), ["title-unique a/index.html 見本", "title-unique index.html 見本"]);
}

#[test]
fn a_page_that_leads_on_leads_to_something() {
    let moved = page("<meta http-equiv=\"refresh\" content=\"0; url=../gone/\">", "");
    assert_eq!(told(&site(&[("a/index.html", moved)], &[])), ["link-target a/index.html ../gone/"]);
}

#[test]
fn of_many_findings_the_first_are_named_and_all_are_counted() {
    let image = |n: usize| format!("<img src=\"{n:02}.png\">").repeat(3);
    let pages: Vec<_> = (0..80).map(|n| (format!("p{n:02}/index.html"), page("", &image(n)))).collect();
    let borrowed: Vec<_> = pages.iter().map(|(path, html)| (path.as_str(), html.clone())).collect();
    let backwards: Vec<_> = borrowed.iter().rev().cloned().collect();
    let report = site(&borrowed, &[]);
    assert_eq!(report.count(Rule::ImageText), 240);
    let named: Vec<_> = report.findings.iter().filter(|f| f.rule == Rule::ImageText).collect();
    assert_eq!((named.len(), named[0].page.as_str()), (super::MOST_NAMED, "p00/index.html"));
    assert_eq!(report, site(&backwards, &[]), "whatever the order in which pages are written");
}

#[test]
fn a_fault_of_all_pages_is_named_once() {
    let fault = page("", "<img src=\"a.png\"><img src=\"a.png\">");
    let mut pages: Vec<_> = (0..80).map(|n| (format!("p{n:02}/index.html"), fault.clone())).collect();
    pages.push(("q/index.html".to_owned(), page("", "<img src=\"b.png\">")));
    let borrowed: Vec<_> = pages.iter().map(|(path, html)| (path.as_str(), html.clone())).collect();
    let backwards: Vec<_> = borrowed.iter().rev().cloned().collect();
    let report = site(&borrowed, &["a.png", "b.png"]);
    let named: Vec<_> = report.findings.iter().filter(|f| f.rule == Rule::ImageText).collect();
    let places: Vec<_> = named.iter().map(|finding| (finding.page.as_str(), finding.pages)).collect();
    assert_eq!(places, [("p00/index.html", 80), ("q/index.html", 1)]);
    assert_eq!(report.count(Rule::ImageText), 161);
    assert_eq!(report, site(&backwards, &["a.png", "b.png"]));
}

#[test]
fn people_look_at_one_page_of_each_kind_and_at_some_that_are_drawn() {
    let pages: Vec<_> =
        (0..60).map(|n| (format!("0110{n:02}/index.html"), page("", &"<p>長い</p>".repeat(n)))).collect();
    let mut pages: Vec<_> = pages.iter().map(|(path, html)| (path.as_str(), html.clone())).collect();
    pages.push(("index.html", page("", "")));
    let report = site(&pages, &[]);
    let typical: Vec<_> = report.pages.iter().filter(|p| p.is_typical).map(|p| p.path.as_str()).collect();
    assert_eq!(typical, ["011059/index.html", "index.html"]);
    assert_eq!(report.pages.iter().filter(|page| page.is_drawn).count(), 25);
    assert!(report.pages.iter().all(|page| !(page.is_drawn && page.is_typical)));
    let table = super::pages_table(&report);
    assert_eq!(table.len(), 62);
    assert!(table.iter().all(|row| row.len() == table[0].len()));
}

#[test]
fn the_checklist_has_numbers_only_where_something_is_looked_at() {
    let report =
        site(&[("index.html", page("", "<img src=\"a.png\"><img src=\"b.png\">"))], &["a.png", "b.png"]);
    let table = super::criteria_table(&report);
    let row = |number: &str| table.iter().find(|row| row[0] == number).unwrap();
    assert_eq!(
        (row("1.1.1")[6].as_str(), row("2.4.2")[6].as_str(), row("1.4.3")[6].as_str()),
        ("2", "0", "")
    );
    assert!(table.iter().all(|row| row.len() == table[0].len()));
}

proptest! {
    #[test]
    fn no_page_stops_it(html in "\\PC{0,60}(<[a-z1-6/]{1,8}( (id|href|aria-label|scope|on)=\"?[^>]{0,6})?>\\PC{0,6}){0,12}") {
        let _ = faults(&html);
    }

    /// However a fragment is written and wherever it stands, a link is broken exactly where there is no such id.
    #[test]
    fn a_link_is_broken_where_there_is_no_id(ids in prop::collection::btree_set("[a-z]{1,3}", 0..6), links in prop::collection::vec("[a-z]{1,3}", 0..6)) {
        let target = page("", &ids.iter().map(|id| format!("<p id=\"{id}\">")).collect::<Vec<_>>().concat()).replace("見本</title>", "先</title>");
        let from = page("", &links.iter().map(|id| format!("<a href=\"b/#{id}\">行く</a>")).collect::<Vec<_>>().concat());
        let report = site(&[("index.html", from), ("b/index.html", target)], &[]);
        let is_there = |id: &&String| ids.contains(*id) || matches!(id.as_str(), "main" | "top");
        let broken = links.iter().filter(|id| !is_there(id)).count() as u64;
        prop_assert_eq!(report.count(Rule::LinkFragment), broken);
        prop_assert_eq!(report.total(), broken);
    }
}
