//! The rows of 変更箇所 of a newer version against those of the older one and against what differs: which rows are new, which
//! were rewritten, which difference each of them tells of, and what has no row.

use super::compare::{Comparison, Side};

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
    pub fn of(_before: Side<'_>, _after: Side<'_>, _comparison: &Comparison) -> Self {
        Self::default()
    }
}
