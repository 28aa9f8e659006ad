//! Bytes to authored values: the files of the content folder with the span of every key and scalar.

mod content;
mod files;
mod prose;
mod slip;
mod source;
mod yaml;

pub use content::{
    AssessmentFolder, AssessmentSource, ContentFolder, MunicipalityFolder, assessment, is_markdown,
    municipality_of, number_of, scan, shown, text_file,
};
pub use files::{Files, Remembered, Store};
pub use prose::{Passage, passages};
pub use source::{SourceFile, Span};
pub use yaml::{Data, Key, Parsed, Yaml, parse, parse_partly};
