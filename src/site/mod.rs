//! The typed model to pages: pure functions from data to text.

pub mod markdown;
