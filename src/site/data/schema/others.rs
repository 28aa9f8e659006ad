//! The schemas of `versions.json`, `changes.json` and `due.json`.

use serde_json::{Value, json};

use super::super::columns::{COLUMNS, TIMING_CODES};
use super::super::keys::{DUE_KEYS, Explained, VERSION_KEYS};
use super::{code, date, filled, list, loose_date, object, or_null, text, words};
use crate::due::{Kind, State};
use crate::form::Form;
use crate::history::ChangeKind;

const fn key(name: &'static str, about: &'static str) -> Explained {
    Explained { name, about }
}

/// The keys around the versions.
const VERSIONS_KEYS: [Explained; 4] = [
    key("code", "団体コード（文字列）"),
    key("dir", "評価書のフォルダの名前"),
    key("title", "評価書名"),
    key("versions", "公表された版の配列。古い順"),
];

pub(super) fn versions() -> Value {
    let digest = json!({ "type": "string", "pattern": "^[0-9a-f]{64}$" });
    let parts = vec![date(), filled(), filled(), digest.clone(), or_null(digest.clone()), digest];
    let version = object(&VERSION_KEYS, parts, &[]);
    object(&VERSIONS_KEYS, vec![code(), filled(), text(), list(&version)], &[])
}

/// The keys around the changes.
const CHANGES_KEYS: [Explained; 4] = [
    key("publisher", "発行者。設定していなければ、このキーがない"),
    key("generated_from", "もとにした評価書の数、変更の数、最新の公表日、最新の変更日"),
    key("columns", "キーの説明"),
    key("changes", "変更の配列"),
];

/// What a file of changes is made from.
const SOURCE_KEYS: [Explained; 4] = [
    key("documents", "評価書の数"),
    key("changes", "変更の数"),
    key("last_published", "最新の公表日"),
    key("last_change", "最新の変更日"),
];

pub(super) fn changes() -> Value {
    let count = || json!({ "type": "integer", "minimum": 0 });
    let source =
        object(&SOURCE_KEYS, vec![count(), count(), or_null(loose_date()), or_null(loose_date())], &[]);
    let column = json!({
        "type": "object",
        "properties": { "name": filled(), "label": filled(), "description": filled() },
        "required": ["name", "description"],
        "additionalProperties": false,
    });
    let parts = vec![text(), source, list(&column), list(&change())];
    object(&CHANGES_KEYS, parts, &["publisher"])
}

fn change() -> Value {
    let keys: Vec<_> = COLUMNS.iter().filter_map(|column| Some(key(column.key?, column.about))).collect();
    let parts = keys.iter().map(|key| part_of_change(key.name)).collect();
    object(&keys, parts, &[])
}

/// Most keys of a change hold what somebody wrote.
fn part_of_change(name: &str) -> Value {
    let editions: Vec<_> = Form::all().iter().map(|form| form.head.id.as_str()).collect();
    match name {
        "code" => code(),
        "form" => words(&editions),
        "date" | "published" => or_null(loose_date()),
        "ordinal" => json!({ "type": "integer", "minimum": 1 }),
        "kind" => words(&ChangeKind::ALL.map(ChangeKind::id)),
        "timing_code" => or_null(words(&TIMING_CODES)),
        "important" => json!({ "type": "boolean" }),
        "id" | "ref" | "label" | "section" | "counterpart" => or_null(text()),
        "municipality" | "document" | "title" | "url" => filled(),
        _ => text(),
    }
}

/// The keys around what is due.
const DUES_KEYS: [Explained; 2] =
    [key("as_of", "この日の状態を表す（YYYY-MM-DD）"), key("items", "期日の配列")];

pub(super) fn due() -> Value {
    let states = State::ALL.map(State::id);
    let parts = vec![
        words(&Kind::ALL.map(Kind::id)),
        code(),
        filled(),
        filled(),
        text(),
        or_null(date()),
        words(&states),
        words(&["published", "reviewed", "conducted", "ended", "planned", "hearing", "missing"]),
        or_null(date()),
        text(),
        text(),
        json!({ "type": "boolean" }),
        or_null(text()),
        or_null(text()),
    ];
    object(&DUES_KEYS, vec![date(), list(&object(&DUE_KEYS, parts, &[]))], &[])
}
