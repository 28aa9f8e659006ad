//! What is due as JSON. The keys are a public contract, which `/data/` explains.

use serde::Serialize;
use serde_json::ser::PrettyFormatter;

use super::Due;
use crate::wareki::CivilDate;

#[derive(Serialize)]
struct Document<'a> {
    as_of: String,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    kind: &'static str,
    code: &'a str,
    municipality: &'a str,
    document: &'a str,
    title: &'a str,
    date: Option<String>,
    state: &'static str,
    basis: &'static str,
    since: Option<String>,
    explanation: String,
    rule: &'static str,
    effort: bool,
    uid: Option<String>,
    url: Option<String>,
}

/// The text of `due.json`.
pub fn json(dues: &[Due], as_of: CivilDate, base_url: Option<&str>) -> String {
    let items = dues.iter().map(|due| Item {
        kind: due.kind.id(),
        code: &due.code,
        municipality: &due.municipality,
        document: &due.dir,
        title: &due.title,
        date: due.date.map(|date| date.iso()),
        state: due.state.id(),
        basis: due.basis.id(),
        since: due.basis.since().map(|date| date.iso()),
        explanation: due.basis.text(),
        rule: due.kind.rule(),
        effort: due.kind.is_effort(),
        uid: due.date.map(|_| due.uid().hyphenated().to_string()),
        url: due.url(base_url),
    });
    let document = Document { as_of: as_of.iso(), items: items.collect() };
    let mut out = Vec::new();
    let mut writer = serde_json::Serializer::with_formatter(&mut out, PrettyFormatter::with_indent(b" "));
    let written = document.serialize(&mut writer);
    // Neither memory nor a key that is a string can fail.
    debug_assert!(written.is_ok(), "{written:?}");
    out.push(b'\n');
    String::from_utf8(out).unwrap_or_default()
}
