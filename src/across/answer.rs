//! The answers of one document, item by item, in a form that can wait in a file until the page of the item is made.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::assessment::{Assessment, Value};
use crate::form::{Form, Node, NodeIx, Slot};
use crate::site::data::filled;

/// One answer of a document to an item; an item in a repeat has one per entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Anchor of the item on the page of its document.
    pub anchor: String,
    /// Names of the entries around it, e.g. 委託事項2 印刷業務; empty outside every repeat.
    pub entry: String,
    /// What is answered.
    pub value: Stored,
}

/// A value as it waits in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stored {
    /// Markdown as authored.
    Text(String),
    /// A date, ISO.
    Date(String),
    /// The chosen option.
    Choice(String),
    /// The ticked boxes, with what stands in their parentheses.
    Checks(Vec<(String, Option<String>)>),
    /// A number.
    Count(u32),
    /// A box of its own.
    Flag(bool),
    /// The captions of images, or what they say.
    Figures(Vec<String>),
    /// Something that the form does not allow there.
    Unfit(String),
}

impl From<&Value> for Stored {
    fn from(value: &Value) -> Self {
        match value {
            Value::Text(text) => Self::Text(text.clone()),
            Value::Date(date) => Self::Date(date.iso()),
            Value::Choice(label) => Self::Choice(label.clone()),
            Value::Checks(ticks) => {
                Self::Checks(ticks.iter().map(|tick| (tick.label.clone(), tick.text.clone())).collect())
            }
            Value::Count(number) => Self::Count(*number),
            Value::Flag(is_ticked) => Self::Flag(*is_ticked),
            Value::Figures(figures) => Self::Figures(
                figures.iter().map(|f| f.caption.as_ref().unwrap_or(&f.alternative).clone()).collect(),
            ),
            Value::Unfit(text) => Self::Unfit(text.clone()),
        }
    }
}

/// The answers of a document, grouped by item in printed order. `name` says what the entry of a repeat is called.
pub fn answers(
    assessment: &Assessment,
    name: &dyn Fn(Slot) -> Option<String>,
) -> Vec<(NodeIx, Vec<(Slot, Answer)>)> {
    let form = assessment.form();
    let files = assessment.answers.files();
    let mut items: Vec<(NodeIx, Vec<(Slot, Answer)>)> = Vec::new();
    for (slot, value) in filled(assessment) {
        let answer = Answer {
            anchor: form.anchor(slot, files),
            entry: entry(form, slot, files, name),
            value: value.into(),
        };
        match items.iter_mut().find(|(node, _)| *node == slot.node) {
            Some((_, answers)) => answers.push((slot, answer)),
            None => items.push((slot.node, vec![(slot, answer)])),
        }
    }
    items
}

/// The items that a document answers.
pub fn answered(assessment: &Assessment) -> BTreeSet<NodeIx> {
    filled(assessment).into_iter().map(|(slot, _)| slot.node).collect()
}

/// The entries around an item, by name.
fn entry(form: &Form, slot: Slot, files: u16, name: &dyn Fn(Slot) -> Option<String>) -> String {
    let mut parts = Vec::new();
    let mut depth = 0;
    for node in form.ancestry(slot.node) {
        if node.repeat.is_none() {
            continue;
        }
        depth += 1;
        let around = slot.entries.truncate(depth);
        let is_only_file = node.is_per_file() && files == 1 && around.numbers().last() == Some(1);
        if !is_only_file {
            parts.extend(name(Slot { node: node.ix, entries: around }));
        }
    }
    parts.join(" ")
}

/// Where the page of an item stands, from the root of the site: `items/zenkomoku/ii-3-usage/`. Editions of one form share it.
pub fn item_address(form: &Form, node: &Node) -> String {
    format!("items/{}/{}/", form.kind(), node.id.replace('.', "-"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn no_two_items_of_a_form_share_an_address() {
        let mut seen: BTreeMap<(String, &str), &str> = BTreeMap::new();
        for form in Form::all() {
            for node in form.nodes().iter().filter(|node| node.is_item()) {
                let before = seen.insert((item_address(form, node), &form.head.id), &node.id);
                assert_eq!(before, None, "{}", node.id);
            }
        }
        let form = Form::with_id("kiso-h31-01").unwrap();
        let node = form.by_id("i.1.name").unwrap();
        assert_eq!(item_address(form, node), "items/kiso/i-1-name/");
    }

    #[test]
    fn what_waits_comes_back() {
        let answer = Answer {
            anchor: "i-2-system1-connections".to_owned(),
            entry: "システム1 \"甲\"".to_owned(),
            value: Stored::Checks(vec![("その他".to_owned(), Some("乙\n丙".to_owned()))]),
        };
        let json = serde_json::to_string(&answer).unwrap();
        assert_eq!(serde_json::from_str::<Answer>(&json).unwrap(), answer);
    }
}
