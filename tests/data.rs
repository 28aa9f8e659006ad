//! Open data of whole sites: every file of JSON has the shape that its schema says, the tables say what the documents say, the
//! catalogue says how large they are, and `kohyo export` writes the same bytes as a build.

#![allow(clippy::unwrap_used, reason = "tests, in functions of their own")]

mod support;

use std::collections::BTreeMap;
use std::path::Path;

use jsonschema::Validator;
use serde_json::Value;
use support::{Run, Sandbox};

const DAY: &str = "2026-11-20";
const BASE: &str = "https://hyoka.example.jp/";

type Files = BTreeMap<String, Vec<u8>>;

fn files_of(root: &Path) -> Files {
    let name = |path: &Path| path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
    let files = kohyo::fs::files_below(root).unwrap();
    files.iter().map(|path| (name(path), kohyo::fs::read(path).unwrap())).collect()
}

fn build(sandbox: &Sandbox) -> Files {
    let run = sandbox.run(&["build", "--as-of", DAY, "--allow-errors", "--base-url", BASE]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    files_of(&sandbox.root().join("public"))
}

fn export(sandbox: &Sandbox, more: &[&str]) -> Run {
    sandbox.run(&[&["export", "--as-of", DAY, "--base-url", BASE], more].concat())
}

/// The three cities of the sample.
fn sample() -> Sandbox {
    let sandbox = Sandbox::empty();
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    kohyo::fs::copy_tree(&content, &sandbox.root().join("content")).unwrap();
    sandbox
}

fn json(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap()
}

/// Holds every file of JSON of a site against the schema that the site itself publishes. Returns how many there were.
fn assert_valid(site: &Files) -> usize {
    let mut count = 0;
    for file in ["assessment", "versions", "changes", "due"] {
        let schema = json(&site[&format!("schema/{file}.schema.json")]);
        assert_eq!(schema["$id"], format!("{BASE}schema/{file}.schema.json"));
        let validator: Validator = jsonschema::draft202012::new(&schema).unwrap();
        let name = format!("{file}.json");
        for (path, bytes) in site.iter().filter(|(path, _)| path.rsplit('/').next() == Some(name.as_str())) {
            let data = json(bytes);
            let errors: Vec<_> =
                validator.iter_errors(&data).map(|e| format!("{}: {e}", e.instance_path())).take(5).collect();
            assert!(errors.is_empty(), "{path}: {errors:#?}");
            count += 1;
        }
    }
    count
}

/// The lines of a table by the names of their columns, read by a parser of others.
fn table(bytes: &[u8]) -> Vec<BTreeMap<String, String>> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap();
    let mut reader = csv::Reader::from_reader(bytes);
    reader.deserialize().map(Result::unwrap).collect()
}

/// The tables of the site are those of its municipalities, one after another, and hold every document and every item.
fn assert_complete(site: &Files) {
    let assessments: BTreeMap<_, _> = site
        .iter()
        .filter_map(|(path, bytes)| {
            let dir = path.strip_suffix("/assessment.json").filter(|dir| dir.matches('/').count() == 1)?;
            Some((dir.to_owned(), json(bytes)))
        })
        .collect();
    let documents = table(&site["documents.csv"]);
    assert_eq!(documents.len(), assessments.len());
    for line in &documents {
        let dir = format!("{}/{}", line["団体コード"], line["評価書のフォルダ"]);
        let data = &assessments[&dir];
        assert_eq!(line["評価書名"], data["title"].as_str().unwrap());
        assert_eq!(line["公表日"], data["published"].as_str().unwrap_or_default());
        assert_eq!(line["変更の件数"], data["changes"].as_array().unwrap().len().to_string());
        for file in ["assessment.json", "items.csv", "changes.csv", "changes.json"] {
            assert!(site.contains_key(line[file].strip_prefix(BASE).unwrap()), "{}", line[file]);
        }
    }
    let mut ids: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in table(&site["items.csv"]) {
        let dir = format!("{}/{}", line["団体コード"], line["評価書のフォルダ"]);
        let ids = ids.entry(dir).or_default();
        if line["枝番"] == "1" {
            ids.push(line["項目ID"].clone());
        }
    }
    for (dir, data) in &assessments {
        let expected: Vec<_> =
            data["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect();
        assert_eq!(ids[dir], expected, "{dir}");
    }
    for name in ["documents.csv", "items.csv", "changes.csv"] {
        let parts: Vec<_> = site
            .iter()
            .filter(|(path, _)| path.matches('/').count() == 1 && path.ends_with(&format!("/{name}")))
            .flat_map(|(_, bytes)| table(bytes))
            .collect();
        assert_eq!(parts, table(&site[name]), "{name}");
    }
}

/// Every file that a catalogue names is there, and as large as it says.
fn assert_catalogues(site: &Files) {
    let catalogues: Vec<_> = site.iter().filter(|(path, _)| path.ends_with("catalog.jsonld")).collect();
    for (path, bytes) in &catalogues {
        let catalog = json(bytes);
        for set in catalog["dataset"].as_array().unwrap() {
            for file in set["distribution"].as_array().unwrap() {
                let address = file["downloadURL"].as_str().unwrap();
                let bytes = &site[address.strip_prefix(BASE).unwrap()];
                if let Some(size) = file["byteSize"].as_u64() {
                    assert_eq!(size, bytes.len() as u64, "{path}: {address}");
                }
            }
        }
        for part in catalog["catalog"].as_array().into_iter().flatten() {
            let part = part.as_str().unwrap().strip_prefix(BASE).unwrap().trim_end_matches("#catalog");
            assert!(site.contains_key(part), "{part}");
        }
    }
    assert!(catalogues.len() > 1);
}

#[test]
fn data_of_the_fixtures_is_valid_and_complete() {
    let sandbox = Sandbox::new();
    let site = build(&sandbox);
    assert!(assert_valid(&site) >= 4 + 5 + 2);
    assert_complete(&site);
    assert_catalogues(&site);
    let page = String::from_utf8(site["data/index.html"].clone()).unwrap();
    let rows = table(&site["items.csv"]).len().to_string();
    assert!(page.contains(&rows) || rows.len() > 3, "the page names the number of lines");
}

#[test]
fn data_of_the_sample_is_valid_and_complete() {
    let site = build(&sample());
    assert!(assert_valid(&site) > 10);
    assert_complete(&site);
    assert_catalogues(&site);
}

#[test]
fn data_of_imported_documents_is_valid_and_complete() {
    let Some(sandbox) = Sandbox::imported() else { return };
    let site = build(&sandbox);
    assert!(assert_valid(&site) > 10);
    assert_complete(&site);
    assert_catalogues(&site);
}

#[test]
fn an_export_has_the_bytes_of_the_site() {
    let sandbox = sample();
    let site = build(&sandbox);
    let run = export(&sandbox, &["--out", "data"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("data に書き出しました"), "{}", run.stderr);
    let data = files_of(&sandbox.root().join("data"));
    let names: Vec<_> = data.keys().filter(|path| !path.starts_with('.')).collect();
    assert!(names.iter().all(|path| path.rsplit('.').next() != Some("html")));
    for path in &names {
        assert_eq!(data[*path], site[*path], "{path}");
    }
    // What is about pages (feeds, versions, dates that are due, accessibility) is not open data of the documents.
    let is_data = |path: &&String| {
        let name = path.rsplit('/').next().unwrap();
        let is_about_pages = path.contains("/v/") || path.starts_with("accessibility/");
        !is_about_pages
            && (path.starts_with("schema/")
                || ["csv", "jsonld"].contains(&name.rsplit('.').next().unwrap())
                || ["assessment.json", "changes.json"].contains(&name))
    };
    assert_eq!(names, site.keys().filter(is_data).collect::<Vec<_>>());
}

#[test]
fn a_part_of_the_data_never_takes_the_place_of_more() {
    let sandbox = Sandbox::new();
    let data = || files_of(&sandbox.root().join("data"));
    let run = export(&sandbox, &["--out", "data", "--what", "items"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(data().contains_key("items.csv") && !data().contains_key("documents.csv"));
    for what in [&["--what", "items"][..], &[]] {
        let run = export(&sandbox, &[&["--out", "data"], what].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
    }
    let whole = data();
    let run = export(&sandbox, &["--out", "data", "--what", "items"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("ほかのデータ"), "{}", run.stderr);
    assert_eq!(data(), whole);
}

#[test]
fn findings_go_to_standard_error_where_data_goes_to_standard_output() {
    let sandbox = Sandbox::new();
    sandbox.replace("019984-mihon/8-kaigo/assessment.yaml", "公表日:", "公表の日:");
    let run = export(&sandbox, &["--what", "documents", "--allow-errors"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("誤り[") && !run.stdout.contains("誤り["), "{}", run.stderr);
}

#[test]
fn a_document_is_published_where_its_folder_says() {
    let sandbox = Sandbox::new();
    sandbox.replace("019984-mihon/municipality.yaml", "019984", "011002");
    let run = sandbox.run(&["build", "--as-of", DAY, "--allow-errors"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("CODE-02"), "{}", run.stdout);
    assert!(sandbox.root().join("public/019984/8-kaigo/index.html").exists());
    assert!(!sandbox.root().join("public/011002").exists());
}

#[test]
fn one_file_goes_to_standard_output() {
    let sandbox = Sandbox::new();
    let site = build(&sandbox);
    for (what, file) in [
        ("documents", "documents.csv"),
        ("items", "items.csv"),
        ("changes", "changes.csv"),
        ("catalog", "catalog.jsonld"),
    ] {
        let run = export(&sandbox, &["--what", what]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert_eq!(run.stdout.as_bytes(), site[file], "{file}");
    }
    for what in [&[][..], &["--what", "assessments"]] {
        let run = export(&sandbox, what);
        assert_eq!(run.code, 2);
        assert!(run.stdout.is_empty() && run.stderr.contains("--out"), "{}", run.stderr);
    }
}

#[test]
fn an_export_never_replaces_what_it_did_not_write() {
    let sandbox = Sandbox::new();
    let site = build(&sandbox);
    let run = export(&sandbox, &["--out", "public"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("別のコマンド"), "{}", run.stderr);
    assert_eq!(files_of(&sandbox.root().join("public")), site);
    kohyo::fs::write(&sandbox.root().join("mine/thesis.doc"), "x").unwrap();
    let run = export(&sandbox, &["--out", "mine"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("kohyo が作ったものでない"), "{}", run.stderr);
    assert_eq!(files_of(&sandbox.root().join("mine")).len(), 1);
    let run = export(&sandbox, &["--out", "data"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let run = sandbox.run(&["build", "--as-of", DAY, "--out", "data"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
}

#[test]
fn errors_and_days_to_come_hold_data_back() {
    let sandbox = Sandbox::new();
    let file = "019984-mihon/8-kaigo/assessment.yaml";
    let population = sandbox.text(file).lines().find(|line| line.contains("対象人数:")).unwrap().to_owned();
    sandbox.replace(file, &population, "    対象人数: とても多い");
    let run = export(&sandbox, &["--what", "documents"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stdout.is_empty() && run.stderr.contains("--allow-errors"), "{}", run.stderr);
    let run = export(&sandbox, &["--what", "documents", "--allow-errors"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("とても多い"));

    let sandbox = Sandbox::new();
    let published = sandbox.text(file).lines().find(|line| line.starts_with("公表日:")).unwrap().to_owned();
    // A document that was never published: else its published version would be asked for.
    sandbox.replace(file, &published, "公表日: 令和9年1月15日\n管理情報:\n  実施区分: 新規実施");
    let count = |run: &Run| table(run.stdout.as_bytes()).len();
    let run = export(&sandbox, &["--what", "documents", "--allow-errors"]);
    let with_drafts = export(&sandbox, &["--what", "documents", "--allow-errors", "--drafts"]);
    assert_eq!((count(&run), count(&with_drafts)), (3, 4), "{}{}", run.stderr, with_drafts.stderr);
}

#[test]
fn a_licence_that_the_city_states_is_in_the_catalogue_and_on_the_page() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "site.yaml",
        sandbox.text("site.yaml") + "\nライセンス: https://creativecommons.org/licenses/by/4.0/\n",
    );
    let site = build(&sandbox);
    let license = "https://creativecommons.org/licenses/by/4.0/";
    assert_eq!(json(&site["catalog.jsonld"])["license"], license);
    for page in ["data/index.html", "index.html", "019984/8-kaigo/index.html"] {
        assert!(String::from_utf8_lossy(&site[page]).contains(license), "{page}");
    }
}
