//! Review before the 公表日: what git remembers of a content folder, the rows of 変更箇所 that are drafted, and the pack that reviewers
//! read, with their remarks.

pub mod draft;
pub mod git;
pub mod pack;
pub mod past;
mod quote;
pub mod remarks;
