//! Bytes to authored values: the files of the content folder with the span of every key and scalar.

mod source;
mod yaml;

pub use source::{SourceFile, Span};
pub use yaml::{Data, Key, Yaml, parse};
