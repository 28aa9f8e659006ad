//! Whole documents, all of them fictional, one kind of noise each.

mod forms;
mod noise;

use proptest::prelude::*;

use crate::assessment::Value;
use crate::form::Form;
use crate::import::{Doubt, Fate, Imported, detect};

/// The value at a path in one line: texts as they are, ticks as `label(text)` with commas between them.
fn shown(imported: &Imported, path: &str) -> String {
    match imported.answers.at(path) {
        None => String::from("∅"),
        Some(Value::Text(text) | Value::Choice(text)) => text.clone(),
        Some(Value::Unfit(text)) => format!("?{text}"),
        Some(Value::Date(date)) => date.iso(),
        Some(Value::Count(number)) => number.to_string(),
        Some(Value::Flag(state)) => state.to_string(),
        Some(Value::Figures(_)) => String::from("figures"),
        Some(Value::Checks(ticks)) => {
            let tick = |t: &crate::assessment::Tick| match &t.text {
                Some(text) => format!("{}({text})", t.label),
                None => t.label.clone(),
            };
            ticks.iter().map(tick).collect::<Vec<_>>().join(",")
        }
    }
}

fn read(text: &str) -> Imported {
    let form = detect::form(text).expect("the document names its form");
    let imported = super::read(text, form);
    check_fates(text, &imported);
    imported
}

/// Every printed line has a fate, and a blank one is blank.
fn check_fates(text: &str, imported: &Imported) {
    let mut fates = imported.report.ledger.lines();
    for line in text.lines() {
        let (_, fate) = fates.next().expect("a fate for every line");
        assert_eq!(line.trim().is_empty(), *fate == Fate::Blank, "{line}: {fate:?}");
    }
    assert!(fates.next().is_none());
}

#[track_caller]
fn check(imported: &Imported, expected: &[(&str, &str)]) {
    for (path, value) in expected {
        assert_eq!(shown(imported, path), *value, "{path}");
    }
}

fn unrecognised(imported: &Imported) -> Vec<String> {
    let lines = imported.report.ledger.lines();
    lines
        .filter_map(|(line, fate)| match fate {
            Fate::Unrecognised(text) => Some(format!("{line}: {text}")),
            _ => None,
        })
        .collect()
}

fn notes_on<'i>(imported: &'i Imported, path: &str) -> Vec<(Doubt, &'i str)> {
    let notes = imported.report.notes.iter().filter(|n| n.path == path);
    notes.map(|n| (n.doubt, n.message.as_str())).collect()
}

const JUTEN_HEAD: &str = "特定個人情報保護評価書(重点項目評価書)\n";

fn juten(body: &str) -> Imported {
    read(&format!("{JUTEN_HEAD}{body}"))
}

fn noise() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "\t",
        "\n",
        "I 基本情報",
        "II 特定個人情報ファイルの概要",
        "①",
        "事務の名称",
        "2. 基本情報",
        "システム1",
        "委託事項2",
        "[○] 紙",
        "[ ] その他 (",
        ")",
        "[十分である]",
        "<選択肢>",
        "1) 十分である",
        "<table>",
        "<tr>",
        "<td>",
        "</td>",
        "</table>",
        "<p>",
        "</p>",
        "&lt;",
        "リスク1：",
        "変更日\t項目\t変更前の記載\t変更後の記載",
        "\t提出時期",
        "令和5年4月1日",
        "事後",
        "(別添1)",
        "項目一覧",
        "評価書番号\t評価書名",
        "|",
        "---",
        "公表日",
        "特定個人情報ファイル名",
        "［",
        "雪",
        "。",
        "　",
        "<input type=\"checkbox\" checked>",
        "委託しない",
        "件",
        "\r",
    ]);
    prop::collection::vec(prop_oneof![9 => words.prop_map(str::to_owned), 1 => ".{0,6}"], 0..60)
        .prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_and_every_line_has_a_fate(text in noise(), form in 0usize..4) {
        let imported = super::read(&text, &Form::all()[form]);
        check_fates(&text, &imported);
        prop_assert!(!imported.report.to_markdown().is_empty());
        let _ = (detect::form(&text), detect::source_kind(&text));
    }
}

/// The transcriptions beside the project, of which nothing is kept in it: how much of them is read.
#[test]
fn documents_beside_the_project() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    for (prefix, items, rows, most_left) in [("001_", 225, 99, 3), ("002_", 105, 36, 2)] {
        let file = std::fs::read_dir(&folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|f| f.path())
            .find(|p| p.file_name().is_some_and(|n| n.to_string_lossy().starts_with(prefix)));
        #[allow(clippy::disallowed_methods, reason = "a test reads its own data")]
        let Some(text) = file.and_then(|f| std::fs::read_to_string(f).ok()) else {
            eprintln!("SKIPPED documents_beside_the_project: {}/{prefix}* is absent", folder.display());
            continue;
        };
        assert_eq!(detect::source_kind(&text), detect::SourceKind::Table);
        let imported = read(&text);
        assert!(
            imported.answers.values().count() >= items,
            "{prefix}: {}",
            imported.answers.values().count()
        );
        assert_eq!(imported.changes.len(), rows, "{prefix}");
        let left = unrecognised(&imported);
        assert!(left.len() <= most_left, "{prefix}: {left:?}");
    }
}
