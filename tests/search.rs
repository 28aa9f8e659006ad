//! The search: what its script finds in a built site is what a plain scan of every `assessment.json` finds.
//!
//! The script runs as it is published, in Node. The scan knows nothing of the index: it looks through all items.

#![allow(clippy::unwrap_used, reason = "tests, in functions of their own")]

mod support;

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use kohyo::search::{Filed, Item, ScriptFile, Segment, SiteIndex, Texts, normalise};
use kohyo::wareki;
use serde_json::Value;
use support::Sandbox;

/// Each query with the spellings that it stands for, if they are others than it has: words that must all be there, each in one of its spellings.
const QUERIES: [(&str, &[&[&str]]); 44] = [
    ("再委託", &[]),
    ("再委託先", &[]),
    ("ＩＣカード", &[]),
    ("icｶｰﾄﾞ", &[]),
    ("IC カード", &[]),
    ("ワクチン接種記録システム", &[]),
    ("ﾜｸﾁﾝ", &[]),
    ("課税課", &[]),
    ("税務課", &[]),
    ("市民課", &[]),
    ("保健予防課", &[]),
    ("健康福祉部", &[]),
    ("令和7年", &[]),
    ("平成27年10月", &[]),
    ("2015-12", &[]),
    ("2023年11月14日", &[]),
    ("令和５年１１月１４日", &[]),
    ("番号法第9条第1項", &[]),
    ("第19条第8号", &[]),
    ("別表第二", &[]),
    ("別表", &[]),
    ("地方税法", &[]),
    ("予防接種法", &[]),
    ("税", &[]),
    ("の", &[]),
    ("市", &[]),
    ("鬱", &[]),
    ("個人", &[]),
    ("特定個人情報ファイル", &[]),
    ("中間サーバー", &[&["中間サーバー", "中間サーバ"]]),
    ("サーバ", &[]),
    ("漏洩", &[&["漏洩", "漏えい", "漏泄"]]),
    ("漏えい 職員", &[&["漏洩", "漏えい", "漏泄"], &["職員"]]),
    ("LGWAN", &[]),
    ("lgwan", &[]),
    ("ＬＧＷＡＮ", &[]),
    ("10年", &[]),
    ("1万人以上10万人未満", &[]),
    ("専用線", &[]),
    ("評価書番号", &[]),
    ("該当しない", &[]),
    ("住民基本台帳ネットワークシステム", &[]),
    ("委託 契約 職員", &[]),
    ("この言葉はどの評価書にも決して書かれていない", &[]),
];

/// What is written in an item, field by field, as the page shows it: label, then value.
fn fields(item: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let mut fields: Vec<String> = text(&item["label"]).into_iter().collect();
    match (&item["value"], item["type"].as_str()) {
        (Value::String(iso), Some("date")) if item["unfit"] != true => fields.extend(spellings(iso)),
        (Value::String(value), _) => fields.push(value.clone()),
        (Value::Bool(is_ticked), _) => {
            fields.push(if *is_ticked { "該当する" } else { "該当しない" }.to_owned());
        }
        (Value::Number(number), _) => fields.push(number.to_string()),
        (Value::Array(parts), _) => {
            let keys = ["label", "text", "alternative", "caption"];
            fields.extend(parts.iter().flat_map(|part| keys.iter().filter_map(|key| text(&part[*key]))));
        }
        _ => {}
    }
    fields
}

fn spellings(iso: &str) -> Vec<String> {
    let wareki = wareki::find_all(iso).first().map_or_else(
        || {
            let (year, month) = iso.split_once('-').unwrap();
            wareki::CivilDate::from_ym(year.parse().unwrap(), month.parse().unwrap()).unwrap().wareki()
        },
        |(_, parsed)| parsed.date.wareki(),
    );
    let numbers: Vec<u32> = iso.split('-').map(|part| part.parse().unwrap()).collect();
    let western: String = numbers
        .iter()
        .zip(["年", "月", "日"])
        .flat_map(|(n, unit)| [n.to_string(), unit.to_owned()])
        .collect();
    let both = wareki.replacen('年', &format!("年（{}年）", numbers[0]), 1);
    vec![iso.to_owned(), wareki, western, both]
}

/// The items of all documents that have all words of a query, as `code/dir#anchor`.
fn scan(site: &Path, query: &str, words: &[&[&str]]) -> Vec<String> {
    let typed: Vec<Vec<&str>> = query.split_whitespace().map(|word| vec![word]).collect();
    let words: Vec<Vec<&str>> =
        if words.is_empty() { typed } else { words.iter().map(|w| w.to_vec()).collect() };
    let mut found = Vec::new();
    let all = kohyo::fs::files_below(site).unwrap();
    let mut files: Vec<_> = all.iter().filter(|path| path.ends_with("assessment.json")).collect();
    files.sort();
    for file in files {
        let dir = file.parent().unwrap().strip_prefix(site).unwrap().to_string_lossy().replace('\\', "/");
        // Pages of frozen versions are not searched.
        if dir.split('/').count() != 2 {
            continue;
        }
        let document: Value = serde_json::from_slice(&kohyo::fs::read(file).unwrap()).unwrap();
        for item in document["items"].as_array().unwrap() {
            let fields: Vec<String> = fields(item).iter().map(|field| normalise(field)).collect();
            let has = |word: &str| fields.iter().any(|field| field.contains(&normalise(word)));
            if words.iter().all(|spellings| spellings.iter().any(|word| has(word))) {
                let anchor = item["id"].as_str().unwrap().replace('.', "-").replace(['[', ']'], "");
                found.push(format!("{dir}#{anchor}"));
            }
        }
    }
    found.sort();
    found
}

/// Runs the script of the search in Node; none where there is no Node.
fn node(argument: &str, asked: &Value) -> Option<Value> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/search-queries.mjs");
    let child =
        Command::new("node").arg(script).arg(argument).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut child) = child else {
        eprintln!("SKIPPED: node is not at hand: the script of the search is not run.");
        return None;
    };
    child.stdin.take().unwrap().write_all(asked.to_string().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "the script failed");
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

/// Asserts that the script finds what the scan finds; returns how many items that are.
#[track_caller]
fn assert_found(sandbox: &Sandbox) -> usize {
    let run = sandbox.run(&["build", "--as-of", "2026-11-20", "--allow-errors"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let site = sandbox.root().join("public");
    let queries: Vec<&str> = QUERIES.iter().map(|(query, _)| *query).collect();
    let Some(answers) = node(site.to_str().unwrap(), &queries.into()) else { return usize::MAX };
    let mut count = 0;
    for ((query, words), answer) in QUERIES.iter().zip(answers.as_array().unwrap()) {
        let mut found: Vec<&str> =
            answer.as_array().unwrap().iter().map(|item| item.as_str().unwrap()).collect();
        found.sort_unstable();
        assert_eq!(found, scan(&site, query, words), "{query}");
        count += found.len();
    }
    count
}

#[test]
fn the_items_found_in_the_sample_are_those_of_a_plain_scan() {
    let sandbox = Sandbox::empty();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    kohyo::fs::copy_tree(&sample, &sandbox.root().join("content")).unwrap();
    assert!(assert_found(&sandbox) > 500);
}

#[test]
fn the_items_found_in_imported_documents_are_those_of_a_plain_scan() {
    let Some(sandbox) = Sandbox::imported() else { return };
    assert!(assert_found(&sandbox) > 1_000);
}

#[test]
fn the_script_normalises_as_the_index_was_normalised() {
    let cases: Vec<(String, String)> =
        serde_json::from_str(include_str!("../src/search/vectors.json")).unwrap();
    // Every character of the plane that Japanese uses, between two others.
    let signs = (0x20_u32..0xFFFD).chain(0x2_0000..0x2_00FF).filter_map(char::from_u32);
    // Letters of which programs with an older Unicode know nothing yet.
    let is_new = |c: &char| matches!(c, '\u{558}' | '\u{58B}' | '\u{58C}' | '\u{209D}'..='\u{209F}' | '\u{A7C0}'..='\u{A7FF}' | '\u{1C80}'..='\u{1C8F}');
    let signs = signs.filter(|c| !is_new(c));
    let texts: Vec<String> =
        cases.into_iter().map(|(text, _)| text).chain(signs.map(|c| format!("あ{c}い"))).collect();
    let Some(answers) = node("--normalise", &texts.clone().into()) else { return };
    let answers = answers.as_array().unwrap();
    assert_eq!(answers.len(), texts.len());
    let differ =
        texts.iter().zip(answers).filter(|(text, answer)| normalise(text) != answer.as_str().unwrap());
    let differ: Vec<String> = differ.map(|(text, _)| text.escape_unicode().to_string()).collect();
    assert!(differ.is_empty(), "{} differ: {:?}", differ.len(), &differ[..differ.len().min(20)]);
}

/// Documents of a made-up language, in several segments and with items that are cut: every part of a text is found where it stands.
#[test]
fn parts_of_texts_are_found_over_many_segments() {
    const WORDS: [&str; 12] = [
        "委託",
        "再",
        "先",
        "ICカード",
        "職員、",
        "の",
        "漏えい",
        "５年。",
        "Ａ",
        "𠮷",
        "*サーバー*",
        "ば\n",
    ];
    let folder = tempfile::tempdir().unwrap();
    let mut seed = 7_usize;
    let mut dice = |sides: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % sides
    };
    let mut documents = Vec::new();
    for number in 0..14 {
        let mut items = Vec::new();
        for at in 0..25 {
            let length = if dice(9) == 0 { 4_000 } else { dice(30) };
            let text = (0..length)
                .map(|_| if dice(40) == 0 { "\u{1F}" } else { WORDS[dice(WORDS.len())] })
                .collect();
            let item = Item {
                anchor: format!("i-{at}"),
                reference: "Ⅰ".to_owned(),
                label: WORDS[dice(5)].to_owned(),
                place: at / 10,
                text,
            };
            items.push(item);
        }
        documents.push((format!("{number:02}-a"), items));
    }
    write_index(folder.path(), &documents);
    let mut queries: Vec<String> =
        ["委託", "再委託先", "漏洩", "サーバ", "icカード", "の", "𠮷", "Ａ𠮷 職員"]
            .map(str::to_owned)
            .to_vec();
    for _ in 0..60 {
        let (_, items) = &documents[dice(documents.len())];
        let text: Vec<char> = items[dice(items.len())].text.chars().collect();
        let start = dice(text.len() + 1);
        let part: String = text[start..].iter().take(dice(40) + 1).take_while(|c| **c != '\u{1F}').collect();
        queries.push(part.split_whitespace().collect());
    }
    let Some(answers) = node(folder.path().to_str().unwrap(), &queries.clone().into()) else { return };
    for (query, answer) in queries.iter().zip(answers.as_array().unwrap()) {
        let found: Vec<&str> = answer.as_array().unwrap().iter().map(|item| item.as_str().unwrap()).collect();
        assert_eq!(found, scan_items(&documents, query), "{query}");
    }
}

/// The items that have all words of a query; the two words with other spellings are taken care of by hand.
fn scan_items(documents: &[(String, Vec<Item>)], query: &str) -> Vec<String> {
    let respelt = |text: &str| text.replace("サ-バ-", "サ-バ").replace("漏えい", "漏洩");
    let words: Vec<String> =
        query.split_whitespace().map(normalise).filter(|word| !word.is_empty()).collect();
    let mut found = Vec::new();
    for (dir, items) in documents.iter().filter(|_| !words.is_empty()) {
        for item in items {
            let fields: Vec<String> = std::iter::once(item.label.as_str())
                .chain(item.text.split('\u{1F}'))
                .map(normalise)
                .collect();
            // A word that was cut out of the middle of a spelling is no other spelling.
            let has =
                |field: &String, word: &str| field.contains(word) || respelt(field).contains(&respelt(word));
            if words.iter().all(|word| fields.iter().any(|field| has(field, word))) {
                found.push(format!("019984/{dir}#{}", item.anchor));
            }
        }
    }
    found
}

/// The form prints 「保管期間」 above the items that say how long and why: neither says the word.
#[test]
fn items_are_found_by_their_headings_and_by_whose_they_are() {
    let sandbox = Sandbox::empty();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    kohyo::fs::copy_tree(&sample, &sandbox.root().join("content")).unwrap();
    let run = sandbox.run(&["build", "--as-of", "2026-11-20", "--allow-errors"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let site = sandbox.root().join("public");
    let queries = ["保管期間", "開示", "みほん市 保管期間", "さくら見本区"];
    let Some(answers) = node(&format!("--near={}", site.display()), &queries.as_slice().into()) else {
        return;
    };
    let of = |at: usize| -> Vec<&str> {
        answers[at].as_array().unwrap().iter().map(|item| item.as_str().unwrap()).collect()
    };
    let [period, disclosure, there, place] = [0, 1, 2, 3].map(of);
    assert!(period.iter().any(|item| item.contains("-6-period-term")), "{period:?}");
    assert!(disclosure.iter().any(|item| item.contains("#iv-1")), "{disclosure:?}");
    let literal = scan(&site, "保管期間", &[]);
    assert!(
        period.iter().all(|item| !literal.iter().any(|other| other == item)),
        "what has the word itself is apart"
    );
    assert!(!there.is_empty() && there.iter().all(|item| item.starts_with("019984/")), "{there:?}");
    assert!(place.is_empty(), "a name alone is not every item of the place");
}

/// Writes an index of three documents a segment, with as much of the page as the script needs.
fn write_index(site: &Path, documents: &[(String, Vec<Item>)]) {
    let put =
        |file: &ScriptFile| kohyo::fs::write(&site.join("search").join(&file.path), &file.text).unwrap();
    let made: Vec<Texts> = documents
        .iter()
        .map(|(dir, items)| {
            let filed = Filed {
                code: "019984".to_owned(),
                dir: dir.clone(),
                municipality: "みほん市".to_owned(),
                title: "見本".to_owned(),
                form: 0,
                mark: String::new(),
                pieces: 0,
                size: 0,
                head: 0,
            };
            Texts::new(items, filed)
        })
        .collect();
    made.iter().flat_map(|texts| &texts.files).for_each(put);
    let mut index = SiteIndex::default();
    for group in made.chunks(3) {
        let read = |texts: &Texts| {
            let pieces = texts.files.iter().enumerate();
            pieces.map(|(at, file)| texts.filed.read(at, &file.text).unwrap()).collect::<Vec<_>>()
        };
        let members: Vec<_> = group.iter().map(|texts| (&texts.filed, read(texts))).collect();
        let segment = Segment::new(&members);
        segment.files.iter().for_each(put);
        index.add(&segment, group.len());
    }
    let filed: Vec<Filed> = made.into_iter().map(|texts| texts.filed).collect();
    let heads = index.finish(&filed, |file| {
        put(&file);
        Ok::<_, ()>(())
    });
    let heads = heads.unwrap().join(" ");
    kohyo::fs::write(&site.join("search/index.html"), format!("data-head=\"{heads}\"")).unwrap();
}

#[test]
fn no_file_of_the_index_is_large_and_all_are_scripts() {
    let sandbox = Sandbox::new();
    let run = sandbox.run(&["build", "--as-of", "2026-11-20"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let folder = sandbox.root().join("public/search");
    let files = kohyo::fs::files_below(&folder).unwrap();
    assert!(files.len() > 10);
    for file in files.iter().filter(|file| !file.ends_with("index.html")) {
        let text = String::from_utf8(kohyo::fs::read(file).unwrap()).unwrap();
        assert!(text.len() <= kohyo::search::shards::LARGEST, "{}: {} bytes", file.display(), text.len());
        assert!(text.starts_with("kohyoSearch(\"") && text.ends_with(");\n"), "{}", file.display());
    }
}

/// A document that was edited gets other names of its files, and those of the others stay.
#[test]
fn names_change_with_the_content_and_only_then() {
    let sandbox = Sandbox::new();
    let names = |sandbox: &Sandbox| {
        let run = sandbox.run(&["build", "--as-of", "2026-11-20", "--allow-errors"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let folder = sandbox.root().join("public/search");
        let files = kohyo::fs::files_below(&folder).unwrap();
        let name = |path: &Path| path.strip_prefix(&folder).unwrap().to_string_lossy().replace('\\', "/");
        files.iter().map(|path| name(path)).collect::<Vec<_>>()
    };
    let before = names(&sandbox);
    assert_eq!(before, names(&sandbox));
    sandbox.replace("019984-mihon/9-kokuho/assessment.yaml", "職員", "担当の職員");
    let after = names(&sandbox);
    let of = |names: &[String], part: &str| {
        names.iter().filter(|name| name.contains(part)).cloned().collect::<Vec<_>>()
    };
    assert_ne!(of(&before, "t/019984/9-kokuho/"), of(&after, "t/019984/9-kokuho/"));
    assert_ne!(of(&before, "head-"), of(&after, "head-"));
    assert_eq!(of(&before, "t/019984/8-kaigo/"), of(&after, "t/019984/8-kaigo/"));
}
