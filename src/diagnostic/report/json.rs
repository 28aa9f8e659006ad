//! Findings for programs.

use serde_json::{Value, json};

use super::{end_column, path};
use crate::diagnostic::{Diagnostic, Related, RowName};

/// Findings as a JSON array with a stable order of keys.
pub fn json(diagnostics: &[Diagnostic]) -> String {
    let all: Vec<_> = diagnostics.iter().map(value).collect();
    let mut text = serde_json::to_string_pretty(&all).unwrap_or_default();
    text.push('\n');
    text
}

fn value(diagnostic: &Diagnostic) -> Value {
    let place = diagnostic.place.as_ref();
    let item = diagnostic.item.as_ref();
    let rule = diagnostic.code.rule();
    json!({
        "code": diagnostic.code.id(),
        "severity": diagnostic.severity.id(),
        "file": path(&diagnostic.file),
        "line": place.map(|p| p.line),
        "column": place.map(|p| p.column),
        "end_column": place.map(end_column),
        "ref": item.map(|i| &i.reference),
        "label": item.map(|i| &i.label),
        "message": diagnostic.message,
        "expected": diagnostic.expected,
        "help": diagnostic.help,
        "suggestion": diagnostic.suggestion,
        "id": item.and_then(|i| i.path.as_ref()),
        "row": diagnostic.row.as_ref().map(row),
        "related": diagnostic.related.iter().map(related).collect::<Vec<_>>(),
        "title": rule.title,
        "aliases": rule.aliases,
    })
}

fn row(row: &RowName) -> Value {
    json!({ "date": row.date, "item": row.item, "id": row.path })
}

fn related(related: &Related) -> Value {
    json!({
        "file": path(&related.file),
        "line": related.place.line,
        "column": related.place.column,
        "end_column": end_column(&related.place),
        "note": related.note,
    })
}
