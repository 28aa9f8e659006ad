//! Where drafted rows go among those that are there: rows stand in the order of their dates, and those of one version in the order of
//! the form.

use crate::assessment::Change;
use crate::compare::{Ledger, RowState, is_blank};
use crate::wareki::CivilDate;

/// Rows of a file as the places of new ones are sought.
pub(super) struct Rows<'a> {
    /// The rows that are there.
    pub(super) changes: &'a [Change],
    /// What they tell of.
    pub(super) ledger: &'a Ledger,
    /// 変更日 of the new rows; none where it is not known yet.
    pub(super) date: Option<CivilDate>,
}

impl Rows<'_> {
    /// Before which row the row about each difference goes; the best places first, then others that disturb what is there less.
    pub(super) fn places(&self, missing: &[usize]) -> Vec<Vec<usize>> {
        let behind = self.behind();
        let sorted = missing.iter().map(|difference| self.among(*difference).unwrap_or(behind)).collect();
        let mut all = vec![sorted, vec![behind; missing.len()], vec![self.changes.len(); missing.len()]];
        all.dedup();
        all
    }

    /// The place behind all rows of this version, and of those before it.
    fn behind(&self) -> usize {
        if let Some((last, _)) = self.of_this_version().last() {
            return last + 1;
        }
        let Some(date) = self.date else { return self.changes.len() };
        let is_later = |change: &&Change| change.date.is_some_and(|other| date.is_before(other));
        self.changes.len() - self.changes.iter().rev().take_while(is_later).count()
    }

    /// The place among the rows of this version, where these follow the form.
    fn among(&self, difference: usize) -> Option<usize> {
        let told: Vec<(usize, usize)> =
            self.of_this_version().filter_map(|(row, told)| Some((row, told?))).collect();
        if !told.is_sorted_by_key(|(_, told)| *told) {
            return None;
        }
        let above = told.iter().rev().find(|(_, told)| *told < difference).map(|(row, _)| row + 1);
        above.or_else(|| told.first().map(|(row, _)| *row))
    }

    /// The new rows of the date, or with a date that is still to be written, and the first difference that each tells of.
    fn of_this_version(&self) -> impl DoubleEndedIterator<Item = (usize, Option<usize>)> {
        let is_ours = |change: &Change| match change.date {
            Some(date) => self.date == Some(date),
            None => is_blank(&change.date_text),
        };
        let rows = self.changes.iter().zip(&self.ledger.rows).zip(&self.ledger.tells_of).enumerate();
        rows.filter(move |(_, ((change, state), _))| **state == RowState::New && is_ours(change))
            .map(|(row, (_, told))| (row, told.iter().copied().min()))
    }
}
