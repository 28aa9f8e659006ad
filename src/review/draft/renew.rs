//! Rows that nobody has touched since they were drafted, written anew when their item was edited again.

use super::note::Stale;
use super::proof::{is_row, is_same};
use super::row::Versions;
use super::stored::{Fields, Stored};
use crate::assessment::Change;
use crate::check::change_rows;
use crate::compare::{Comparison, is_blank};

/// The file with the texts of today in its stale rows, and which rows those are; none where no row is left as it was drafted.
pub(super) fn renewed(
    stored: &Stored,
    rows: &[Change],
    stale: &[Stale],
    comparison: &Comparison,
    versions: Versions<'_>,
) -> Option<(Vec<u8>, Vec<usize>)> {
    let mut anew: Vec<(usize, Fields)> = Vec::new();
    for Stale { row, difference, .. } in stale {
        let is_next = anew.last().is_none_or(|(last, _)| last != row);
        let Some(mut fields) = stored.as_written(*row).filter(|_| is_next) else { continue };
        // What was filled in was read by a person, who decides about it.
        if !fields.iter().any(|(_, text)| is_blank(text)) {
            continue;
        }
        for (key, text) in versions.row(*difference, &comparison.differences[*difference]).texts {
            if let Some((_, old)) = fields.iter_mut().find(|(other, _)| *other == key) {
                *old = text;
            }
        }
        anew.push((*row, fields));
    }
    let text = stored.replaced(&anew);
    let is_right = !anew.is_empty() && is_proven(stored, rows, versions, &anew, &text);
    is_right.then(|| (text, anew.into_iter().map(|(row, _)| row).collect()))
}

/// Whether the file holds the new texts, and everything else as it was.
fn is_proven(
    stored: &Stored,
    rows: &[Change],
    versions: Versions<'_>,
    anew: &[(usize, Fields)],
    text: &[u8],
) -> bool {
    let Ok(after) = Stored::read(&stored.file.path, text) else { return false };
    let now = change_rows(versions.after, &after.file.path, &after.file.text);
    let is_kept = |row: usize| match anew.iter().find(|(other, _)| *other == row) {
        Some((_, fields)) => is_row(after.items.get(row), fields) && now[row].item == rows[row].item,
        None => is_same(&after.items[row], &stored.items[row]) && now[row] == rows[row],
    };
    after.items.len() == rows.len() && (0..rows.len()).all(is_kept)
}
