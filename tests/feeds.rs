//! Feeds and files of data of a whole site, read with parsers of others: they are there on every level, what they link to is there,
//! their ids stay, and no text is lost.

#![allow(clippy::unwrap_used, reason = "tests, in functions of their own")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use feed_rs::model::Feed;
use serde_json::Value;
use support::Sandbox;

const BASE: &str = "https://hyoka.example.jp/";
const LEVELS: [&str; 6] =
    ["", "019984/", "019984/8-kaigo/", "019984/8-kaigo-kiso/", "019984/9-kokuho/", "019984/9-kokuho-kiso/"];
/// The texts that are hardest to write: all that begins a formula, breaks a line or ends a cell.
const HARD: [&str; 7] =
    ["=1+1", "'引用'", "- 紙\n- 専用線, \"庁内\"\n", "＝合計", "C:\\new\\n", "<b>&amp;]]>", "@担当"];

type Site = BTreeMap<String, Vec<u8>>;

fn build(sandbox: &Sandbox) -> Site {
    let run = sandbox.run(&["build", "--as-of", "2026-11-20", "--allow-errors"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let root = sandbox.root().join("public");
    let name =
        |path: &std::path::Path| path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
    let files = kohyo::fs::files_below(&root).unwrap();
    files.iter().map(|path| (name(path), kohyo::fs::read(path).unwrap())).collect()
}

/// A site whose changes have the hard texts, twice on one day.
fn with_hard_texts() -> Sandbox {
    let sandbox = Sandbox::new();
    let rows: String = HARD.iter().map(|text| row("2025-06-0", text, "同上")).collect();
    let rows = rows.replacen("説明: 同上", "説明: 形式的な変更である。", 1);
    let file = "019984-mihon/8-kaigo/changes.yaml";
    sandbox.write(file, sandbox.text(file) + &rows);
    sandbox
}

/// Two rows a day.
fn row(month: &str, text: &str, explanation: &str) -> String {
    let day = HARD.iter().position(|t| *t == text).unwrap_or_default() / 2 + 1;
    let text = serde_json::to_string(text).unwrap();
    format!(
        "- 変更日: {month}{day}\n  項目: Ⅰ.7.① 部署\n  変更前の記載: {text}\n  変更後の記載: {text}\n  提出時期: 事後\n  提出時期に係る説明: {explanation}\n"
    )
}

fn feed(site: &Site, path: &str) -> Feed {
    feed_rs::parser::parse(site[path].as_slice()).unwrap_or_else(|e| panic!("{path}: {e}"))
}

fn json(site: &Site, path: &str) -> Value {
    serde_json::from_slice(&site[path]).unwrap_or_else(|e| panic!("{path}: {e}"))
}

fn text<'s>(site: &'s Site, path: &str) -> &'s str {
    std::str::from_utf8(&site[path]).unwrap()
}

#[test]
fn feeds_are_on_every_level_and_say_the_same_in_both_formats() {
    let site = build(&Sandbox::new());
    for level in LEVELS {
        let atom = feed(&site, &format!("{level}feed.atom"));
        let json = feed(&site, &format!("{level}feed.json"));
        assert_eq!(json.feed_type, feed_rs::model::FeedType::JSON);
        assert!(!atom.authors.is_empty() && atom.title.is_some(), "{level}");
        let of = |feed: &Feed| {
            let entries = feed.entries.iter();
            entries
                .map(|e| (e.id.clone(), e.published, e.title.as_ref().unwrap().content.clone()))
                .collect::<Vec<_>>()
        };
        assert_eq!(of(&atom), of(&json), "{level}");
        let ids: BTreeSet<_> = atom.entries.iter().map(|e| &e.id).collect();
        assert_eq!(ids.len(), atom.entries.len(), "{level}: ids are unique");
        assert!(!ids.is_empty() && ids.iter().all(|id| id.starts_with("urn:uuid:")), "{level}");
        let dates: Vec<_> = atom.entries.iter().map(|e| e.updated.unwrap()).collect();
        assert!(dates.is_sorted_by(|a, b| a >= b), "{level}: newest first");
        assert_eq!(atom.updated, dates.first().copied(), "{level}");
        let own = format!("{BASE}{level}feed.atom");
        assert!(atom.links.iter().any(|l| l.rel.as_deref() == Some("self") && l.href == own), "{level}");
    }
    let ids: BTreeSet<_> = LEVELS.iter().map(|level| feed(&site, &format!("{level}feed.atom")).id).collect();
    assert_eq!(ids.len(), LEVELS.len(), "no two feeds have one id");
}

#[test]
fn dates_and_titles_are_those_of_the_document() {
    let site = build(&Sandbox::new());
    let atom = feed(&site, "019984/8-kaigo/feed.atom");
    let told: Vec<_> = atom
        .entries
        .iter()
        .map(|e| (e.updated.unwrap().to_rfc3339(), e.title.as_ref().unwrap().content.as_str()))
        .collect();
    // Midnight in Japan is 15 o'clock of the day before in UTC.
    assert_eq!(told[0].0, "2025-03-13T15:00:00+00:00");
    assert!(
        told[0].1.starts_with("みほん市 ") && told[0].1.ends_with(": 公表（令和7年3月14日）"),
        "{told:?}"
    );
    assert!(told[1].1.ends_with(": 1件の変更（令和7年3月14日）"), "{told:?}");
    assert_eq!(told[2].0, "2024-03-14T15:00:00+00:00");
    let content = atom.entries[2].content.as_ref().unwrap().body.as_deref().unwrap();
    assert!(content.contains("福祉部介護保険課") && content.contains("事後"), "{content}");
    let summary = &atom.entries[2].summary.as_ref().unwrap().content;
    assert!(summary.contains("組織の名称の変更") && summary.contains("Ⅰ"), "{summary}");
}

/// Every address in an entry, its own one and those in its content.
fn addresses(feed: &Feed) -> Vec<String> {
    let mut all: Vec<String> = feed.links.iter().map(|l| l.href.clone()).collect();
    for entry in &feed.entries {
        all.extend(entry.links.iter().map(|l| l.href.clone()));
        let body = entry.content.as_ref().and_then(|c| c.body.clone()).unwrap();
        all.extend(body.split("href=\"").skip(1).map(|part| part.split('"').next().unwrap().to_owned()));
    }
    all
}

/// The file and the fragment behind an address; none for another site.
fn target(folder: &str, address: &str) -> Option<(String, String)> {
    let (path, fragment) = address.split_once('#').unwrap_or((address, ""));
    let place = match path.strip_prefix(BASE) {
        Some(place) => place.to_owned(),
        None if path.contains("://") => return None,
        None => format!("{folder}{}", path.strip_prefix("./").unwrap_or(path)),
    };
    let file = if place.is_empty() || place.ends_with('/') { place + "index.html" } else { place };
    Some((file, fragment.to_owned()))
}

#[track_caller]
fn leads_somewhere(site: &Site, folder: &str, address: &str) {
    let Some((file, fragment)) = target(folder, address) else { return };
    assert!(site.contains_key(&file), "{folder}: {address} leads to {file}, which is not there");
    let page = text(site, &file);
    let has_id = [format!(" id=\"{fragment}\""), format!(" id={fragment}>"), format!(" id={fragment} ")];
    assert!(
        fragment.is_empty() || has_id.iter().any(|id| page.contains(id)),
        "{folder}: {address}: no such id in {file}"
    );
}

#[test]
fn every_address_leads_somewhere_with_and_without_an_address_of_the_site() {
    for has_base in [true, false] {
        let sandbox = with_hard_texts();
        // A text that is new stands there in full, with its links.
        let before = "変更前の記載: 市役所の電算室に置く。\n  変更後の記載: |\n    市役所の電算室に置く。";
        let linked = "変更前の記載:\n  変更後の記載: |\n    市役所の[[Ⅰ.7.① 部署]]の電算室に置く。";
        sandbox.replace("019984-mihon/8-kaigo/changes.yaml", before, linked);
        if !has_base {
            sandbox.replace("site.yaml", "base_url: https://hyoka.example.jp/\n", "");
        }
        let site = build(&sandbox);
        for level in LEVELS {
            for file in ["feed.atom", "feed.json"] {
                let path = format!("{level}{file}");
                let all = addresses(&feed(&site, &path));
                assert!(all.len() > 1, "{path}");
                assert!(!has_base || all.iter().all(|a| a.starts_with(BASE)), "{path}: {all:?}");
                assert!(has_base || all.iter().all(|a| !a.contains("://")), "{path}: {all:?}");
                for address in &all {
                    leads_somewhere(&site, level, address);
                }
            }
            for change in json(&site, &format!("{level}changes.json"))["changes"].as_array().unwrap() {
                leads_somewhere(&site, "", change["url"].as_str().unwrap());
            }
        }
        let linked = addresses(&feed(&site, "019984/8-kaigo/feed.atom"));
        assert!(linked.iter().any(|a| a.ends_with("/#i-7-department") || a.contains("/#i-7")), "{linked:?}");
        assert_eq!(has_base, json(&site, "feed.json").get("feed_url").is_some());
    }
}

#[test]
fn ids_stay_with_a_newer_change_another_title_and_another_host() {
    let sandbox = Sandbox::new();
    let ids = |site: &Site| -> Vec<String> {
        feed(site, "019984/8-kaigo/feed.atom").entries.into_iter().map(|e| e.id).collect()
    };
    let before = build(&sandbox);
    let file = "019984-mihon/8-kaigo/changes.yaml";
    sandbox.write(file, sandbox.text(file) + &row("2025-06-0", "新しい", "形式的な変更である。"));
    let document = "019984-mihon/8-kaigo/assessment.yaml";
    let title = sandbox.text(document).lines().find(|l| l.starts_with("評価書名:")).unwrap().to_owned();
    sandbox.replace(document, &title, "評価書名: 名前の変わった事務 全項目評価書");
    sandbox.replace("site.yaml", "hyoka.example.jp", "www.example.jp/pia");
    let after = build(&sandbox);
    assert!(
        text(&after, "feed.atom").contains("名前の変わった事務 全項目評価書: 1件の変更（令和7年6月1日）")
    );
    let (old, new) = (ids(&before), ids(&after));
    assert_eq!(new.len(), old.len() + 1);
    assert_eq!(new[1..], old, "the entries of before, in their order");
    for level in &LEVELS[1..] {
        let path = format!("{level}feed.atom");
        assert_eq!(feed(&before, &path).id, feed(&after, &path).id, "{path}");
    }
    let ids_of_site =
        |site: &Site| feed(site, "feed.atom").entries.into_iter().map(|e| e.id).collect::<BTreeSet<_>>();
    assert!(ids_of_site(&after).is_superset(&ids_of_site(&before)));
    assert_ne!(feed(&before, "feed.atom").id, feed(&after, "feed.atom").id, "another site");
}

#[test]
fn entries_say_that_they_hold_prior_and_important_changes() {
    let site = build(&Sandbox::new());
    let atom = feed(&site, "019984/8-kaigo/feed.atom");
    let json = json(&site, "019984/8-kaigo/feed.json");
    let mut told = 0;
    for (entry, item) in atom.entries.iter().zip(json["items"].as_array().unwrap()) {
        let labels: Vec<_> = entry.categories.iter().map(|c| c.label.clone().unwrap()).collect();
        let tags: Vec<_> =
            item["tags"].as_array().into_iter().flatten().map(|t| t.as_str().unwrap().to_owned()).collect();
        assert_eq!(labels, tags);
        let summary = item["summary"].as_str().unwrap();
        for (label, sign) in [("事前", "提出時期 事前"), ("※重要な変更の対象項目", "※重要な変更の対象項目")]
        {
            let count = item["content_html"].as_str().unwrap().matches(sign).count();
            assert_eq!(labels.iter().any(|l| l == label), count > 0, "{summary}");
            assert_eq!(summary.contains(&format!("{label} {count}件")), count > 0, "{summary}");
            told += count;
        }
    }
    assert!(told > 1, "the sample has both");
    let terms: BTreeSet<_> =
        atom.entries.iter().flat_map(|e| &e.categories).map(|c| c.term.as_str()).collect();
    assert_eq!(terms.into_iter().collect::<Vec<_>>(), ["before", "important"]);
}

/// Readers have no style sheet: what a page hides would be seen, and what it colours would not.
#[test]
fn differences_are_told_without_a_style_sheet() {
    let sandbox = Sandbox::new();
    let file = "019984-mihon/8-kaigo/changes.yaml";
    let change = row("2025-06-0", "文書は係長が鍵のある棚で保管する。", "形式的な変更である。");
    let change = change.replacen("変更前の記載: \"文書は係長", "変更前の記載: \"文書は課長", 1);
    sandbox.write(file, sandbox.text(file) + &change);
    let site = build(&sandbox);
    for level in LEVELS {
        for name in ["feed.atom", "feed.json"] {
            let feed = text(&site, &format!("{level}{name}"));
            assert!(!feed.contains("hidden") && !feed.contains("ここから"), "{level}{name}");
        }
    }
    let item = &json(&site, "019984/8-kaigo/feed.json")["items"][0];
    let html = item["content_html"].as_str().unwrap();
    assert!(html.contains("文書は<del>〔削除：課長〕</del><ins>〔追加：係長〕</ins>が"), "{html}");
    let page = text(&site, "019984/8-kaigo/changes/index.html");
    assert!(page.contains("削除ここから") && !page.contains("〔削除"), "pages speak instead");
}

#[test]
fn a_name_over_several_lines_is_one_line_everywhere() {
    let sandbox = Sandbox::new();
    let document = "019984-mihon/8-kaigo/assessment.yaml";
    let title = sandbox.text(document).lines().find(|l| l.starts_with("評価書名:")).unwrap().to_owned();
    sandbox.replace(document, &title, "評価書名: |\n  介護保険に関する事務\n  全項目評価書");
    let site = build(&sandbox);
    let one = "介護保険に関する事務 全項目評価書";
    let json_feed = json(&site, "019984/8-kaigo/feed.json");
    for told in [&json_feed["title"], &json_feed["description"], &json_feed["items"][0]["title"]] {
        assert!(told.as_str().unwrap().contains(one), "{told}");
    }
    assert!(text(&site, "019984/8-kaigo/feed.atom").contains(&format!("{one}: 公表")));
    for page in ["019984/8-kaigo/", "019984/8-kaigo/changes/"] {
        let html = text(&site, &format!("{page}index.html"));
        let title = html.split_once("<title>").unwrap().1.split_once("</title>").unwrap().0;
        assert!(title.contains(one), "{title}");
    }
    assert_eq!(json(&site, "019984/8-kaigo/changes.json")["changes"][0]["title"], one);
    let assessment = json(&site, "019984/8-kaigo/assessment.json");
    let items = assessment["items"].as_array().unwrap();
    let name = items.iter().find(|item| item["id"] == "cover.name").unwrap();
    assert!(name["value"].as_str().unwrap().contains('\n'), "the item is as written");
}

#[test]
fn atom_says_its_encoding() {
    let site = build(&Sandbox::new());
    for level in LEVELS {
        let atom = text(&site, &format!("{level}feed.atom"));
        assert!(atom.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed "), "{level}");
        assert_eq!(atom.matches("<?xml").count(), 1, "{level}");
    }
}

#[test]
fn the_same_content_gives_the_same_files() {
    let sandbox = with_hard_texts();
    let first = build(&sandbox);
    assert!(first == build(&sandbox), "the sites differ");
}

/// A reader of CSV that shares nothing with the writer; it undoes what the page about data tells to undo.
fn records(file: &[u8]) -> Vec<Vec<String>> {
    let text = std::str::from_utf8(file).unwrap().strip_prefix('\u{feff}').unwrap();
    text.strip_suffix("\r\n").unwrap().split("\r\n").map(cells).collect()
}

/// The cells of a line: no cell holds a line end.
fn cells(line: &str) -> Vec<String> {
    assert!(!line.contains('\n'), "{line}");
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.next_if_eq(&'"').is_some() => cells.last_mut().unwrap().push('"'),
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            c => cells.last_mut().unwrap().push(c),
        }
    }
    cells.iter().map(|cell| undone(cell)).collect()
}

fn undone(cell: &str) -> String {
    let mut out = String::new();
    let mut chars = cell.strip_prefix('\'').unwrap_or(cell).chars();
    while let Some(c) = chars.next() {
        out.push(match c {
            '\\' => match chars.next() {
                Some('n') => '\n',
                Some('r') => '\r',
                other => other.unwrap(),
            },
            c => c,
        });
    }
    out
}

#[test]
fn no_text_is_lost_in_the_files_of_changes() {
    let site = build(&with_hard_texts());
    let csv = records(&site["019984/8-kaigo/changes.csv"]);
    let rows = json(&site, "019984/8-kaigo/changes.json");
    let rows = rows["changes"].as_array().unwrap();
    let column = |head: &str| csv[0].iter().position(|h| h == head).unwrap();
    assert_eq!(csv.len(), rows.len() + 1);
    assert_eq!(rows.len(), 2 + HARD.len());
    for (cells, change) in csv[1..].iter().zip(rows) {
        assert_eq!(cells.len(), csv[0].len());
        for (head, key) in [
            ("団体コード", "code"),
            ("変更日", "date"),
            ("項目ID", "id"),
            ("項目の番号", "ref"),
            ("項目名", "label"),
            ("項目（記載のまま）", "item"),
            ("種別コード", "kind"),
            ("変更前の記載", "before"),
            ("変更後の記載", "after"),
            ("提出時期コード", "timing_code"),
            ("提出時期に係る説明", "explanation_resolved"),
            ("URL", "url"),
            ("評価書のフォルダ", "document"),
            ("評価書の公表日", "published"),
        ] {
            assert_eq!(cells[column(head)], change[key].as_str().unwrap(), "{head}");
        }
    }
    let befores: Vec<_> = rows[2..].iter().map(|r| r["before"].as_str().unwrap().trim_end()).collect();
    assert_eq!(befores, HARD.map(str::trim_end));
    assert_eq!(rows[1]["timing_code"], "before");
    assert_eq!(rows[1]["important"], json(&site, "changes.json")["changes"][1]["important"]);
    assert_eq!((&rows[2]["ordinal"], &rows[3]["ordinal"]), (&Value::from(1), &Value::from(2)));
    assert_eq!(rows[0]["url"], "https://hyoka.example.jp/019984/8-kaigo/changes/#c-2024-03-15-001");
    // The same rows, in the order of the timeline, that assessment.json has in the order of the file.
    let assessment = json(&site, "019984/8-kaigo/assessment.json");
    for (row, change) in rows.iter().zip(assessment["changes"].as_array().unwrap()) {
        for key in ["date", "item", "id", "before", "after", "timing", "explanation"] {
            assert_eq!(row[key], change[key], "{key}");
        }
    }
}

#[test]
fn the_files_of_the_site_are_those_of_the_documents_one_after_another() {
    let site = build(&with_hard_texts());
    let documents = &LEVELS[2..];
    let rows =
        |level: &str| json(&site, &format!("{level}changes.json"))["changes"].as_array().unwrap().clone();
    let all: Vec<Value> = documents.iter().flat_map(|level| rows(level)).collect();
    let lines: Vec<_> =
        documents.iter().flat_map(|l| records(&site[&format!("{l}changes.csv")]).split_off(1)).collect();
    for level in ["", "019984/"] {
        assert_eq!(rows(level), all, "{level}");
        assert_eq!(records(&site[&format!("{level}changes.csv")])[1..], lines, "{level}");
        let source = &json(&site, &format!("{level}changes.json"))["generated_from"];
        assert_eq!((&source["documents"], &source["changes"]), (&Value::from(4), &Value::from(all.len())));
    }
}

#[test]
fn pages_lead_to_feeds_and_data() {
    let site = build(&Sandbox::new());
    for page in ["", "019984/", "019984/changes/", "019984/8-kaigo/", "019984/8-kaigo/changes/", "data/"] {
        let html = text(&site, &format!("{page}index.html")).replace('"', "");
        assert!(html.contains("rel=alternate type=application/atom+xml"), "{page}");
        assert!(html.contains("type=application/feed+json"), "{page}");
        assert!(html.contains("data/>データと更新情報"), "{page}");
        assert!(page == "data/" || html.contains("更新を受け取る"), "{page}");
    }
    let about = text(&site, "data/index.html");
    for head in &records(&site["changes.csv"])[0] {
        assert!(about.contains(&format!("<td>{head}</td>")), "{head}");
    }
    for key in json(&site, "changes.json")["changes"][0].as_object().unwrap().keys() {
        assert!(about.contains(&format!("<code>{key}</code>")), "{key}");
    }
}

#[test]
fn the_page_about_data_promises_what_is_kept() {
    let site = build(&Sandbox::new());
    let about = text(&site, "data/index.html");
    let ordinal = "公表した行を消したり、並べ替えたり、変更日を直したり、途中に足したりしないかぎり変わ";
    let readme = include_str!("../README.md");
    for place in [about, text(&site, "changes.json"), readme] {
        assert!(place.contains(ordinal));
    }
    assert!(!about.contains("月までしか"), "the check accepts no such 変更日");
    assert!(about.contains("データの利用条件は、公表する自治体の定めによります。"));
    assert_eq!(about.matches("<h1").count(), 1);
    let about = about.replace('"', "");
    assert!(about.contains("#inquiry>利用条件についての問合せ先"));
    let assessment = json(&site, "019984/8-kaigo/assessment.json");
    for value in [&assessment, &assessment["items"][0], &assessment["changes"][0]] {
        for key in value.as_object().unwrap().keys() {
            assert!(about.contains(&format!("<dt><code>{key}</code>")), "{key}");
        }
    }
}

/// What the page about data offers as the name of a row is one.
#[test]
fn a_row_has_a_name() {
    let site = build(&with_hard_texts());
    let csv = records(&site["changes.csv"]);
    let column = |head: &str| csv[0].iter().position(|h| h == head).unwrap();
    for heads in [&["URL"][..], &["団体コード", "評価書のフォルダ", "変更日", "通し番号"]]
    {
        let names: BTreeSet<Vec<_>> = csv[1..]
            .iter()
            .map(|cells| heads.iter().map(|head| cells[column(head)].clone()).collect())
            .collect();
        assert_eq!(names.len(), csv.len() - 1, "{heads:?}");
    }
    assert_eq!(csv[0].last().unwrap(), "評価書の公表日");
}

/// The number is in the files of data as well; the build names all of them and publishes nothing.
#[test]
fn a_number_that_must_not_be_published_stops_the_files_of_data_too() {
    let sandbox = Sandbox::new();
    let number = ["1234", "5678", "9018"].concat();
    sandbox.replace("019984-mihon/8-kaigo/changes.yaml", "市役所の電算室に置く。", &number);
    let run = sandbox.run(&["build", "--as-of", "2026-11-20", "--allow-errors"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    for file in ["changes.csv", "changes.json", "feed.atom", "feed.json"] {
        assert!(run.stderr.contains(&format!("019984/8-kaigo/{file}")), "{}", run.stderr);
    }
    assert!(!run.stderr.contains(&number));
    assert!(!sandbox.root().join("public").exists());
}
