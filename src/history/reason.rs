//! Why a change was made, in one line: the explanation of its row, or of the row that 同上 points at.

use super::timeline::Entry;
use crate::assessment::Assessment;

/// Reasons are cut after so many signs.
const LONGEST: usize = 80;

/// The reason of a change in one line, cut where it is long; none where the row gives none.
pub fn reason_of(assessment: &Assessment, entry: &Entry) -> Option<String> {
    let row = &assessment.changes[entry.meaning.explanation.unwrap_or(entry.change)];
    let line = row.explanation.split_whitespace().collect::<Vec<_>>().join(" ").replace('\\', "");
    if line.is_empty() || assessment.form().is_not_applicable(&line) {
        return None;
    }
    let mut short: String = line.chars().take(LONGEST).collect();
    if short.len() < line.len() {
        short.push('…');
    }
    Some(short)
}
