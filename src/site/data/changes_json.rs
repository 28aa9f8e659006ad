//! `changes.json`: what the changes were made from, what the keys mean, and one change a line, so that the files of documents can be
//! put together without reading them as JSON.

use serde::Serialize;

use super::change::ChangeRow;
use super::columns::COLUMNS;
use crate::history::AssessmentDigest;

/// What a file of changes is made from. No clock is asked: the same documents give the same file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Number of documents.
    pub documents: usize,
    /// Number of changes.
    pub changes: usize,
    /// The newest 公表日.
    pub last_published: Option<String>,
    /// The newest 変更日.
    pub last_change: Option<String>,
}

impl Source {
    /// Sums up documents.
    pub fn of<'a>(documents: impl Iterator<Item = &'a AssessmentDigest> + Clone) -> Self {
        let newest_change = documents.clone().filter_map(AssessmentDigest::last_change).max();
        Self {
            documents: documents.clone().count(),
            changes: documents.clone().map(|document| document.changes.len()).sum(),
            last_published: documents.filter_map(|d| d.published).max().map(|date| date.iso()),
            last_change: newest_change.map(|date| date.iso()),
        }
    }
}

#[derive(Serialize)]
struct Head<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'a str>,
    generated_from: &'a Source,
    columns: Vec<ColumnData>,
}

#[derive(Serialize)]
struct ColumnData {
    name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'static str>,
    description: &'static str,
}

/// What stands after the rows.
pub const JSON_TAIL: &str = "\n]}\n";
/// What stands before them, at the end of the head.
const JSON_ROWS: &str = ",\"changes\":[\n";
/// What stands between two of them.
const BETWEEN: &str = ",\n";

/// The whole file of some rows.
pub fn changes_json(publisher: Option<&str>, source: &Source, rows: &[ChangeRow<'_>]) -> Vec<u8> {
    let rows: Vec<String> = rows.iter().map(text).collect();
    [json_head(publisher, source).as_str(), &rows.join(BETWEEN), JSON_TAIL].concat().into_bytes()
}

/// What stands before the rows.
pub fn json_head(publisher: Option<&str>, source: &Source) -> String {
    let columns = COLUMNS.iter().filter_map(|column| {
        Some(ColumnData { name: column.key?, label: column.head, description: column.about })
    });
    let head = text(&Head { publisher, generated_from: source, columns: columns.collect() });
    head.strip_suffix('}').unwrap_or_default().to_owned() + JSON_ROWS
}

/// The rows of a whole file, to be put after those of another one, with what must stand between them.
///
/// Inside of JSON no text holds a line break, so the lines around the rows cannot be mistaken.
pub fn json_rows(file: &[u8], is_first: bool) -> Vec<u8> {
    let start = file.windows(JSON_ROWS.len()).position(|part| part == JSON_ROWS.as_bytes());
    let rows = start.and_then(|at| file[at + JSON_ROWS.len()..].strip_suffix(JSON_TAIL.as_bytes()));
    match rows.unwrap_or_default() {
        [] => Vec::new(),
        rows if is_first => rows.to_vec(),
        rows => [BETWEEN.as_bytes(), rows].concat(),
    }
}

fn text(value: &impl Serialize) -> String {
    let text = serde_json::to_string(value);
    // Neither memory nor a key that is a string can fail.
    debug_assert!(text.is_ok(), "{text:?}");
    text.unwrap_or_default()
}
