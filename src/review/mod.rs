//! Review before the 公表日: versions of a document compared item by item, the rows of 変更箇所 that belong to the differences,
//! what git remembers, what is due, and the pack that reviewers read.

pub mod compare;
pub mod draft;
pub mod due;
pub mod git;
mod ledger;
pub mod pack;
pub mod past;
mod quote;
pub mod remarks;
mod wording;

pub use compare::{Comparison, Difference, DifferenceKind, FigureDigests, Side, compare};
pub use ledger::{Agreement, Ledger, RowState, text_agrees};
pub use wording::{BLANK, answer_text, entry_text, is_blank, item_text};
