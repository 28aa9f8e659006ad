//! Prints known filled-in forms the way published documents look as text, and measures what an import makes of them.
//!
//! A document is named by its edition, the number of files, its seed and the [`switches`]: the same numbers give the same
//! text on every machine.

pub(crate) mod dice;
pub(crate) mod document;
pub(crate) mod fill;
pub(crate) mod measure;
pub(crate) mod pdf;
mod pdf_answers;
mod pdf_changes;
pub(crate) mod prose;
pub(crate) mod sheet;
pub(crate) mod switches;
pub(crate) mod table;
mod table_answers;
