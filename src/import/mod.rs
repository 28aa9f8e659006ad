//! Published documents of others to content: recognise the kind of source and the form, read it, account for every line.

pub mod pdf;
mod report;

pub use report::{Counts, Doubt, Fate, Ledger, Note, Report};

use crate::assessment::{Answers, Change};

/// A document as far as its source could be read.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The filled-in form.
    pub answers: Answers,
    /// 変更箇所, in the order of the source; references as written.
    pub changes: Vec<Change>,
    /// What became of every line.
    pub report: Report,
}
