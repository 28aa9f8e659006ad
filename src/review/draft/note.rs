//! Rows of this version that are behind the document: its item was edited again after the row was drafted.

use super::stored::Stored;
use crate::compare::{Comparison, Side};
use crate::compare::{Ledger, RowState};
use crate::compare::{is_blank, text_agrees};
use crate::history::{Column, Meaning, meanings};

/// Something about a row that is there already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The number of the row in the file, from 1.
    pub row: usize,
    /// The line where it begins, from 1.
    pub line: usize,
    /// What is to be said.
    pub message: String,
}

impl Note {
    /// The note in a file with more rows: numbers and lines of the rows that were there.
    pub(super) fn moved(self, rows: &[(usize, usize)]) -> Self {
        let (row, line) = rows.get(self.row - 1).copied().unwrap_or((self.row, self.line));
        Self { row, line, ..self }
    }
}

/// A row of this version whose text is not that of the difference that it tells of.
pub(super) struct Stale {
    /// Its index.
    pub(super) row: usize,
    /// The index of the difference.
    pub(super) difference: usize,
    column: Column,
}

/// The rows that are behind the document, each column by itself.
pub(super) fn stale(side: Side<'_>, comparison: &Comparison, ledger: &Ledger) -> Vec<Stale> {
    let meanings = meanings(side.answers, side.changes);
    let mut stale = Vec::new();
    for (row, (state, told)) in ledger.rows.iter().zip(&ledger.tells_of).enumerate() {
        let [difference] = *told.as_slice() else { continue };
        // Several rows about one difference tell a part of it each.
        if *state != RowState::New || ledger.told_by[difference].len() > 1 {
            continue;
        }
        let found = &comparison.differences[difference];
        let texts = [(Column::Before, &found.before_text), (Column::After, &found.after_text)];
        let behind =
            texts.into_iter().filter(|(column, text)| is_behind(side, &meanings[row], row, *column, text));
        stale.extend(behind.map(|(column, _)| Stale { row, difference, column }));
    }
    stale
}

impl Stale {
    /// What is said about the row.
    pub(super) fn note(&self, side: Side<'_>, stored: &Stored) -> Note {
        let item = &side.changes[self.row].item.text;
        let message = match self.column {
            Column::Before => format!("「{item}」の変更前の記載が、前の版の評価書と違います"),
            Column::After => format!("「{item}」の変更後の記載が、今の評価書と違います"),
        };
        Note { row: self.row + 1, line: stored.line_of(self.row), message }
    }
}

/// Whether a column has a text of its own that says something else.
fn is_behind(side: Side<'_>, meaning: &Meaning, row: usize, column: Column, text: &str) -> bool {
    let own = meaning.text(side.changes, row, column);
    !is_blank(own) && !text_agrees(own, text, side.answers.form()).is_agreed()
}
