//! How documents are named for people.

use crate::assessment::Assessment;

/// The name of a document: its 評価書名, or where that is missing the name of its directory.
pub fn title_of(assessment: &Assessment) -> &str {
    let title = assessment.title.trim();
    if title.is_empty() { &assessment.dir } else { title }
}
