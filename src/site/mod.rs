//! The typed model to pages: pure functions from data to text.

pub mod data;
pub mod markdown;
