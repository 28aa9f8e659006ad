//! 意見募集: a hearing is held while a version is public, and is no part of any version.

use std::collections::BTreeSet;

use super::setting::*;
use super::support::repository::files;

const CALL: &str =
    "\n意見募集:\n  開始日: 2025-06-01\n  終了日: 2025-06-30\n  宛先: iken@city.mihon.example.lg.jp\n";

fn open_hearing(sandbox: &super::support::Sandbox) {
    let file = format!("{DOCUMENT}/assessment.yaml");
    sandbox.write(&file, sandbox.text(&file) + CALL);
}

/// The pages of the site that tell of the hearing on a day, and what was said while it was built.
fn told_on(sandbox: &super::support::Sandbox, day: &str) -> (Vec<String>, String) {
    let run = build(sandbox, day, &[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let site = files(sandbox, "public");
    let tells = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains("iken@city");
    let pages = site.iter().filter(|(_, bytes)| tells(bytes)).map(|(path, _)| path.clone()).collect();
    (pages, run.stderr)
}

#[test]
fn a_hearing_on_a_public_version_leaves_the_version_as_it_was() {
    let sandbox = sandbox();
    let repository = published(&sandbox);
    let versions = |sandbox: &super::support::Sandbox| {
        let site = files(sandbox, "public");
        site.into_iter().filter(|(path, _)| path.contains("/8-kaigo/v/")).collect::<Vec<_>>()
    };
    assert_eq!(build(&sandbox, "2025-06-10", &[]).code, 0);
    let before = versions(&sandbox);
    open_hearing(&sandbox);
    repository.commit("2025-05-20", "a hearing");
    let (pages, said) = told_on(&sandbox, "2025-06-10");
    assert_eq!(pages, ["019984/8-kaigo/index.html"]);
    assert!(!said.contains("公表日を改めずに"), "{said}");
    assert!(versions(&sandbox) == before, "the frozen pages have other bytes");
    assert!(told_on(&sandbox, "2025-07-01").0.is_empty(), "over");
}

#[test]
fn every_item_has_a_link_of_its_own() {
    let sandbox = sandbox();
    let repository = published(&sandbox);
    open_hearing(&sandbox);
    repository.commit("2025-05-20", "a hearing");
    assert_eq!(build(&sandbox, "2025-06-10", &[]).code, 0);
    let (_, page) =
        files(&sandbox, "public").into_iter().find(|(path, _)| path == "019984/8-kaigo/index.html").unwrap();
    // The quotes and the order of attributes are not what is tested: the minifier changes both.
    let page = String::from_utf8(page).unwrap().replace('"', "");
    let links: Vec<_> = page
        .split("<a ")
        .skip(1)
        .filter_map(|link| link.split_once("</a>"))
        .filter_map(|(link, _)| link.split_once('>'))
        .filter(|(attributes, _)| attributes.contains("class=opinion"))
        .collect();
    assert!(links.len() > 50, "{} links", links.len());
    let address = |attributes: &str| {
        let (_, rest) = attributes.split_once("href=").unwrap();
        rest.split(' ').next().unwrap().to_owned()
    };
    let subjects: BTreeSet<_> = links.iter().map(|(attributes, _)| address(attributes)).collect();
    let texts: BTreeSet<_> = links.iter().map(|(_, text)| text).collect();
    assert_eq!(
        (subjects.len(), texts.len()),
        (links.len(), links.len()),
        "two items share a subject or a name"
    );
}

#[test]
fn a_hearing_on_a_draft_is_announced_on_the_public_version_and_the_draft_stays_hidden() {
    let sandbox = sandbox();
    let repository = published(&sandbox);
    write_version(&sandbox, DOCUMENT, SECOND, "乙");
    open_hearing(&sandbox);
    repository.commit("2025-05-20", "a draft and its hearing");
    assert_eq!(told_on(&sandbox, "2025-06-10").0, ["019984/8-kaigo/index.html"]);
    assert_shows(&sandbox, "2025-06-10", &["甲"]);
}
