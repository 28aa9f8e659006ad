//! Simulated 変更箇所 tables: items picked from a form, written as officers write them, with the slips that they make.
//!
//! Nothing here is shared with the resolver. What a row means is known because the row was made from it; how it is written
//! follows what published tables do, style by style and slip by slip.

pub(crate) mod pick;
pub(crate) mod print;
pub(crate) mod score;
pub(crate) mod slips;
pub(crate) mod style;
pub(crate) mod table;
