//! How documents and their places are named for people.

use crate::assessment::Assessment;
use crate::form::{Form, ItemName, Slot};

/// The name of a document: its 評価書名, or where that is missing the name of its directory.
pub fn title_of(assessment: &Assessment) -> &str {
    let title = assessment.title.trim();
    if title.is_empty() { &assessment.dir } else { title }
}

/// Names a place of a document with so many 特定個人情報ファイル.
pub fn name_of(form: &Form, slot: Slot, files: u16) -> ItemName {
    ItemName::of(&form.reference(slot, files), &form.node(slot.node).label)
}
