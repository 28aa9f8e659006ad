//! Rows of 変更箇所 as the form prints them, and findings with what to do about them.

use serde::Serialize;

use super::extra::Writer;
use super::facts::is_blocking;
use crate::assessment::Change;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::form::ItemName;
use crate::history::one_line;

/// A row in its six columns.
#[derive(Serialize)]
pub(super) struct TableRow<'a> {
    date: String,
    item: &'a str,
    before: String,
    after: String,
    timing: &'a str,
    explanation: String,
}

impl<'a> TableRow<'a> {
    pub(super) fn of(writer: Writer<'_, '_>, row: &'a Change) -> Self {
        let html = |text: &str| writer.html(text, 4);
        Self {
            date: row.date.map_or_else(|| row.date_text.clone(), |date| date.wareki()),
            item: &row.item.text,
            before: html(&row.before),
            after: html(&row.after),
            timing: &row.timing,
            explanation: html(&row.explanation),
        }
    }
}

/// A finding.
#[derive(Serialize)]
pub(super) struct FindingView<'a> {
    id: Option<String>,
    /// 誤り, 注意 or 参考.
    severity: &'static str,
    /// The same as a word of style sheets.
    weight: &'static str,
    message: &'a str,
    code: &'static str,
    /// File, line and column.
    place: String,
    /// The item, or the row of 変更箇所.
    line: Option<String>,
    /// Where the item is shown.
    href: Option<String>,
    expected: Option<&'a str>,
    help: &'a [String],
    suggestion: Option<&'a str>,
    related: Vec<Related<'a>>,
    accepted: Option<&'a str>,
}

#[derive(Serialize)]
struct Related<'a> {
    note: &'a str,
    place: String,
}

impl<'a> FindingView<'a> {
    pub(super) fn of(finding: &'a Diagnostic, id: Option<String>, href: Option<String>) -> Self {
        let related = finding.related.iter();
        Self {
            id,
            severity: finding.severity.label(),
            weight: match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "info",
            },
            message: &finding.message,
            code: finding.code.id(),
            place: place_of(&finding.file, finding.place.as_ref()),
            line: about(finding),
            href,
            expected: finding.expected.as_deref(),
            help: &finding.help,
            suggestion: finding.suggestion.as_deref(),
            related: related
                .map(|other| Related { note: &other.note, place: place_of(&other.file, Some(&other.place)) })
                .collect(),
            accepted: finding.accepted.as_deref(),
        }
    }
}

/// The order in which people read findings: what blocks, what asks for a look, the rest; the order of the files within each.
pub(super) fn rank(finding: &Diagnostic) -> (bool, Severity) {
    (!is_blocking(finding), finding.severity)
}

/// Whether a finding asks for something: those that do not are folded away.
pub(super) fn is_for_now(finding: &Diagnostic) -> bool {
    finding.severity != Severity::Info && finding.accepted.is_none()
}

/// `content/…/assessment.yaml:12:5`.
pub(super) fn place_of(file: &str, place: Option<&Place>) -> String {
    place.map_or_else(|| file.to_owned(), |place| format!("{file}:{}:{}", place.line, place.column))
}

/// What a finding is about, in one line.
pub(super) fn about(finding: &Diagnostic) -> Option<String> {
    if let Some(row) = &finding.row {
        return Some(format!("{} {}", row.date.trim(), one_line(&row.item)));
    }
    let item = finding.item.as_ref()?;
    Some(ItemName::of(&item.reference, &item.label).line()).filter(|line| !line.is_empty())
}
