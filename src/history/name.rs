//! How a place of a form is named for people.

use crate::assessment::Assessment;
use crate::form::{Form, Slot};

/// The name of a place: where it stands and what it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemName {
    /// Numbering path, e.g. `Ⅱ（2）.4.委託事項1.②`; without the label where the path itself would end in it.
    pub reference: String,
    /// Label; empty where the path says it already (`Ⅱ.4.委託事項1`).
    pub label: String,
}

impl ItemName {
    /// Both in one line, e.g. `Ⅱ.3.⑧ 使用方法`.
    pub fn line(&self) -> String {
        [self.reference.as_str(), self.label.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// The name of a document: its 評価書名, or where that is missing the name of its directory.
pub fn title_of(assessment: &Assessment) -> &str {
    let title = assessment.title.trim();
    if title.is_empty() { &assessment.dir } else { title }
}

/// Names a place of a document with so many 特定個人情報ファイル.
pub fn name_of(form: &Form, slot: Slot, files: u16) -> ItemName {
    let reference = form.reference(slot, files);
    let label = &form.node(slot.node).label;
    // An item without a number has its label as the last part of its path.
    if let Some(rest) = reference.strip_suffix(label.as_str()) {
        let rest = rest.strip_suffix('.').unwrap_or(rest);
        return ItemName { reference: rest.to_owned(), label: label.clone() };
    }
    let last = reference.rsplit('.').next().unwrap_or_default();
    let says_label = last.trim_end_matches(|c: char| c.is_ascii_digit()) == label;
    let label = if says_label { String::new() } else { label.clone() };
    ItemName { reference, label }
}
