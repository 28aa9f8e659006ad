//! How a place of a form is named for people: its number path and its label, without saying anything twice.

use super::{Form, Slot};

/// The name of a place: where it stands and what it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemName {
    /// Numbering path, e.g. `Ⅱ（2）.4.委託事項1.②`; without the label where the path itself would end in it.
    pub reference: String,
    /// Label; empty where the path says it already (`Ⅱ.4.委託事項1`).
    pub label: String,
}

impl ItemName {
    /// The name for people of what the form calls by this path and this label.
    pub fn of(reference: &str, label: &str) -> Self {
        // An item without a number has its label as the last part of its path.
        if let Some(rest) = reference.strip_suffix(label).filter(|_| !label.is_empty()) {
            let rest = rest.strip_suffix('.').unwrap_or(rest);
            return Self { reference: rest.to_owned(), label: label.to_owned() };
        }
        let last = reference.rsplit('.').next().unwrap_or_default();
        let says_label = last.trim_end_matches(|c: char| c.is_ascii_digit()) == label;
        let label = if says_label { "" } else { label };
        Self { reference: reference.to_owned(), label: label.to_owned() }
    }

    /// Both in one line, e.g. `Ⅱ.3.⑧ 使用方法`.
    pub fn line(&self) -> String {
        [self.reference.as_str(), self.label.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

impl Form {
    /// The name of a place in a document with so many 特定個人情報ファイル.
    pub fn name(&self, slot: Slot, files: u16) -> ItemName {
        ItemName::of(&self.reference(slot, files), &self.node(slot.node).label)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_said_twice() {
        let line = |reference, label| ItemName::of(reference, label).line();
        assert_eq!(line("Ⅱ.3.⑧", "使用方法"), "Ⅱ.3.⑧ 使用方法");
        assert_eq!(
            line("Ⅲ.7.リスク1.⑤.具体的な対策の内容", "具体的な対策の内容"),
            "Ⅲ.7.リスク1.⑤ 具体的な対策の内容"
        );
        assert_eq!(line("Ⅱ.4.委託事項1", "委託事項"), "Ⅱ.4.委託事項1");
        assert_eq!(line("表紙", "表紙"), "表紙");
    }
}
