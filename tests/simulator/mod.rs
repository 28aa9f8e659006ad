//! Prints known filled-in forms the way published documents look as text, and measures what an import makes of them.
//!
//! A document is named by its edition, the number of files, its seed and the [`switches`]: the same numbers give the same
//! text on every machine.

pub mod dice;
pub mod fill;
pub mod measure;
pub mod pdf;
pub mod pdf_changes;
pub mod prose;
pub mod sheet;
pub mod switches;
pub mod table;
