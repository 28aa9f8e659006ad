//! `kohyo due`, and what a build writes of the same dates: as reviewed, the same on every run, and readable for a calendar of others.

#![allow(clippy::unwrap_used, reason = "tests, in functions of their own")]

mod support;

use std::collections::BTreeMap;

use icalendar::parser::{Component, read_calendar, unfold};
use serde_json::Value;
use support::repository::Repository;
use support::{Run, Sandbox};

const DAY: &str = "2026-11-20";

/// A document that is to come with its hearing, one that has ended, one that says nothing about its last assessment, and one that
/// cannot be read.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    edit(&sandbox);
    sandbox
}

fn edit(sandbox: &Sandbox) {
    let coming = "019984-mihon/8-kaigo/assessment.yaml";
    sandbox.replace(coming, "令和7年1月10日まで", "令和7年1月10日まで、令和8年12月1日から12月25日まで");
    let published = line(sandbox, coming, "公表日:");
    sandbox.replace(coming, &published, "公表日: 令和9年1月15日");
    let ended = "019984-mihon/8-kaigo-kiso/assessment.yaml";
    let title = line(sandbox, ended, "評価書名:");
    sandbox.replace(
        ended,
        &title,
        &format!("{title}【令和8年3月31日 終了】\n管理情報:\n  事務の終了日: 令和8年3月31日"),
    );
    sandbox.write("019984-mihon/11-kaji-kiso/assessment.yaml", "様式: 何かの様式\n");
    sandbox.write("019984-mihon/Kaji/assessment.yaml", "様式: 基礎項目評価書\n");
}

fn line(sandbox: &Sandbox, file: &str, start: &str) -> String {
    sandbox.text(file).lines().find(|line| line.starts_with(start)).unwrap().to_owned()
}

fn due(sandbox: &Sandbox, more: &[&str]) -> Run {
    let run = sandbox.run(&[&["due"], more].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    run
}

/// The events of a calendar: the properties of each by name.
fn events(text: &str) -> Vec<BTreeMap<String, String>> {
    let unfolded = unfold(text);
    let calendar = read_calendar(&unfolded).unwrap();
    let properties = |component: &Component<'_>| {
        component.properties.iter().map(|p| (p.name.to_string(), p.val.to_string())).collect()
    };
    calendar.components.iter().filter(|c| c.name == "VEVENT").map(properties).collect()
}

#[test]
fn the_table_is_as_reviewed() {
    let run = due(&sandbox(), &["--as-of", DAY]);
    insta::assert_snapshot!("table", format!("{}\n--- stderr\n{}", run.stdout, run.stderr));
}

#[test]
fn the_calendar_is_as_reviewed_and_can_be_read_by_others() {
    let sandbox = sandbox();
    let run = due(&sandbox, &["--as-of", DAY, "--format", "ics"]);
    assert!(run.stdout.lines().count() == run.stdout.matches("\r\n").count(), "every line ends in CR LF");
    insta::assert_snapshot!("calendar", run.stdout.replace("\r\n", "\n"));
    let events = events(&run.stdout);
    let listed: Value =
        serde_json::from_str(&due(&sandbox, &["--as-of", DAY, "--format", "json"]).stdout).unwrap();
    let dated: Vec<_> =
        listed["items"].as_array().unwrap().iter().filter(|item| !item["date"].is_null()).collect();
    assert_eq!(events.len(), dated.len());
    for (event, item) in events.iter().zip(dated) {
        let get = |name: &str| event.get(name).map(String::as_str);
        assert_eq!(get("UID"), item["uid"].as_str());
        assert_eq!(get("URL"), item["url"].as_str());
        assert_eq!(get("DTSTART").unwrap(), item["date"].as_str().unwrap().replace('-', ""));
        assert!(get("DTEND") > get("DTSTART"));
        assert!(get("DTSTAMP").unwrap().ends_with("T150000Z"));
        let title = get("SUMMARY").unwrap().replace("\\,", ",");
        assert!(title.contains(item["title"].as_str().unwrap()), "{title}");
    }
}

#[test]
fn two_runs_give_the_same_bytes_and_another_day_the_same_ids() {
    let sandbox = sandbox();
    for format in ["table", "json", "ics"] {
        let run = |day| due(&sandbox, &["--as-of", day, "--format", format]).stdout;
        assert_eq!(run(DAY), run(DAY), "{format}");
    }
    let ids = |day| {
        let calendar = due(&sandbox, &["--as-of", day, "--format", "ics"]).stdout;
        events(&calendar).iter().map(|event| event["UID"].clone()).collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(ids(DAY), ids("2026-12-24"));
    assert_eq!(ids(DAY), ids("2026-09-02"));
}

#[test]
fn a_list_can_be_narrowed_and_written_into_a_file() {
    let sandbox = sandbox();
    let count = |more: &[&str]| {
        let run = due(&sandbox, &[&["--as-of", DAY, "--format", "json"], more].concat());
        serde_json::from_str::<Value>(&run.stdout).unwrap()["items"].as_array().unwrap().len()
    };
    assert!(count(&["--within", "3"]) < count(&[]));
    assert_eq!(count(&["019984-mihon/8-kaigo"]), count(&["content/019984-mihon/8-kaigo"]));
    let run = due(&sandbox, &["--as-of", DAY, "--format", "ics", "--out", "out/due.ics"]);
    assert_eq!(run.stdout, "");
    let written = kohyo::fs::read(&sandbox.root().join("out/due.ics")).unwrap();
    assert_eq!(
        String::from_utf8(written).unwrap(),
        due(&sandbox, &["--as-of", DAY, "--format", "ics"]).stdout
    );
}

#[test]
fn what_cannot_run_says_why() {
    let sandbox = Sandbox::new();
    for arguments in [
        &["due", "nowhere"][..],
        &["due", "--content", "nowhere"],
        &["due", "--within", "-1"],
        &["due", "--within", "99999999"],
        &["due", "--format", "pdf"],
        &["due", "--out", "content"],
    ] {
        let run = sandbox.run(arguments);
        assert_eq!((run.code, run.stderr.is_empty()), (2, false), "{arguments:?}");
    }
}

#[test]
fn a_site_shows_what_follows_from_published_versions_only() {
    let sandbox = Sandbox::new();
    Repository::around(&sandbox).commit("2025-03-01", "what is public");
    edit(&sandbox);
    let site = |more: &[&str]| {
        let run = sandbox.run(&[&["build", "--allow-errors", "--as-of", DAY], more].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        let text = |path: &str| {
            String::from_utf8(kohyo::fs::read(&sandbox.root().join("public").join(path)).unwrap()).unwrap()
        };
        [
            "due/index.html",
            "due.json",
            "due.ics",
            "019984/due/index.html",
            "019984/due.json",
            "019984/due.ics",
        ]
        .map(text)
    };
    for text in site(&[]) {
        assert!(
            text.contains("8-kaigo/") || text.contains("\"8-kaigo\"") || text.contains("介護保険"),
            "{text}"
        );
        for secret in ["2027-01-15", "20270115", "次の版", "publication", "hearing"] {
            assert!(!text.contains(secret), "{secret}: {text}");
        }
    }
    for text in site(&["--drafts"]) {
        assert!(text.contains("2027-01-15") || text.contains("20270115"), "{text}");
    }
}

#[test]
fn a_history_that_cannot_be_read_is_told() {
    let sandbox = Sandbox::new();
    let due = || sandbox.run(&["due", "--as-of", DAY]);
    let told = "git の履歴から読めない";
    assert!(!due().stderr.contains(told), "without git there is nothing to miss: {}", due().stderr);
    let repository = Repository::around(&sandbox);
    assert!(!due().stderr.contains(told), "nor before the first commit: {}", due().stderr);
    repository.commit("2025-03-01", "first");
    let known = due();
    assert!(!known.stderr.contains(told), "{}", known.stderr);
    let head = repository.git(&["rev-parse", "HEAD"]);
    kohyo::fs::write(&sandbox.root().join(".git/MERGE_HEAD"), format!("{head}\n")).unwrap();
    let run = due();
    assert!(run.code == 0 && run.stderr.contains(told) && run.stderr.contains("マージ"), "{}", run.stderr);
}
