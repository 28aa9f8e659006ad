//! The rows of 変更箇所 of a newer version against those of the older one and against what differs: which rows are new, which
//! were rewritten, which difference each of them tells of, and what has no row.

mod agreement;
mod rows;
mod telling;
#[cfg(test)]
mod tests;

pub use self::agreement::{Agreement, text_agrees};
use super::{Comparison, Side};

/// What became of the rows, and which rows tell of which differences.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// Of each row of the newer version, in the order of its file.
    pub rows: Vec<RowState>,
    /// The rows of the older version that are gone, by their index there.
    pub dropped: Vec<usize>,
    /// Of each difference of the comparison, the new rows that tell of it, in the order of the file.
    pub told_by: Vec<Vec<usize>>,
    /// Of each row of the newer version, the differences that it tells of.
    pub tells_of: Vec<Vec<usize>>,
}

/// A row of the newer version against those of the older one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowState {
    /// It was there, word for word.
    Kept {
        /// Its index in the older version.
        before: usize,
    },
    /// It was there, and one of its six columns is another now.
    Rewritten {
        /// Its index in the older version.
        before: usize,
    },
    /// It is new.
    New,
}

impl Ledger {
    /// Matches rows with rows, and new rows with differences.
    pub fn of(before: Side<'_>, after: Side<'_>, comparison: &Comparison) -> Self {
        let (rows, dropped) = rows::matched(before, after);
        let new: Vec<usize> = (0..rows.len()).filter(|row| rows[*row] == RowState::New).collect();
        let tells_of = telling::tells_of(before, after, comparison, &new);
        let mut told_by = vec![Vec::new(); comparison.differences.len()];
        for (row, differences) in tells_of.iter().enumerate() {
            for difference in differences {
                told_by[*difference].push(row);
            }
        }
        Self { rows, dropped, told_by, tells_of }
    }
}
