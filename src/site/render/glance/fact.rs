//! One item of the form as an answer.

use serde::Serialize;

use super::Scene;
use super::opening::opening;
use crate::assessment::{Tick, Value};
use crate::form::{Kind, Need, Node, Slot};
use crate::site::render::frame::DateView;
use crate::site::render::value::names;

/// How many characters of a text are shown; the rest is a link away.
const ROOM: usize = 160;

/// An item and what it says.
#[derive(Serialize)]
pub(super) struct FactView<'a> {
    /// What the item is called here.
    pub(super) label: &'a str,
    pub(super) href: String,
    /// The file that it is about, for those who hear links out of their place.
    pub(super) of: Option<String>,
    pub(super) said: Said,
    /// Items that are named below, with links of their own.
    pub(super) places: Vec<PlaceView>,
}

/// A place of the form.
#[derive(Serialize)]
pub(super) struct PlaceView {
    pub(super) name: String,
    pub(super) href: String,
    pub(super) of: Option<String>,
}

/// What an item says, with `is` telling templates its kind.
#[derive(Debug, Serialize, PartialEq, Eq)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub(super) enum Said {
    /// Text.
    Lines { lines: Vec<String>, is_cut: bool },
    /// Several things of a kind.
    List { lines: Vec<String> },
    /// Nothing is written.
    Missing,
    /// Nothing is written, or 「なし」, and rightly so.
    NotApplicable,
}

impl FactView<'_> {
    pub(super) fn is_said(&self) -> bool {
        matches!(self.said, Said::Lines { .. } | Said::List { .. })
    }
}

impl<'a> Scene<'a> {
    /// What the item in a slot says.
    pub(super) fn fact(&self, role: &'static str, slot: Slot, of: Option<&str>) -> FactView<'a> {
        let node = self.form.node(slot.node);
        FactView {
            label: self.label(role, node),
            href: self.href(slot),
            of: of.map(str::to_owned),
            said: self.said(slot),
            places: Vec::new(),
        }
    }

    /// What an item is called: its own label may say too little away from its place (期間).
    pub(super) fn label(&self, role: &str, node: &'static Node) -> &'a str {
        self.theme.find_word(&format!("glance_item_{role}")).unwrap_or(&node.label)
    }

    pub(super) fn said(&self, slot: Slot) -> Said {
        let node = self.form.node(slot.node);
        let Some(value) = self.answers.get(slot).filter(|value| !value.is_empty()) else {
            return self.unsaid(node, slot);
        };
        match value {
            Value::Text(text) if self.form.is_not_applicable(text) => Said::NotApplicable,
            Value::Text(text) if node.list => list(names(text).into_iter().map(str::to_owned).collect()),
            Value::Text(text) => {
                let opening = opening(text, ROOM);
                Said::Lines { lines: opening.lines, is_cut: opening.is_cut }
            }
            Value::Checks(ticks) => list(self.boxes(node, slot, ticks)),
            Value::Date(date) => line(DateView::from(*date).text().to_owned()),
            Value::Choice(words) | Value::Unfit(words) => line(words.clone()),
            Value::Count(number) => line(format!("{number}{}", node.unit.as_deref().unwrap_or_default())),
            Value::Flag(is_ticked) => self.flag(node, *is_ticked),
            Value::Figures(_) => Said::Missing,
        }
    }

    fn unsaid(&self, node: &Node, slot: Slot) -> Said {
        if node.kind == Kind::Flag {
            return self.flag(node, false);
        }
        let is_blank = matches!(self.form.need(slot, self.answers), Need::Blank(_));
        if is_blank { Said::NotApplicable } else { Said::Missing }
    }

    /// A box of its own: what it says, or that it is not ticked.
    fn flag(&self, node: &Node, is_ticked: bool) -> Said {
        let words = if is_ticked { "{label}" } else { self.words("not_ticked") };
        line(words.replace("{label}", &node.label))
    }

    /// The ticked boxes: one a line, or one printed group a line.
    fn boxes(&self, node: &Node, slot: Slot, ticks: &[Tick]) -> Vec<String> {
        let mut lines: Vec<(Option<&str>, Vec<String>)> = Vec::new();
        for check in self.form.boxes(node) {
            let Some(tick) = ticks.iter().find(|tick| tick.label == check.label) else { continue };
            let mut words = check.label.clone();
            let count = check.count.as_deref().and_then(|id| self.count(id, slot));
            for more in tick.text.clone().into_iter().chain(count) {
                words = format!("{words}（{more}）");
            }
            match lines.last_mut().filter(|(group, _)| group.is_some() && *group == check.group.as_deref()) {
                Some((_, boxes)) => boxes.push(words),
                None => lines.push((check.group.as_deref(), vec![words])),
            }
        }
        let told = |(group, boxes): (Option<&str>, Vec<String>)| match group {
            Some(group) => format!("{group}：{}", boxes.join("、")),
            None => boxes.concat(),
        };
        lines.into_iter().map(told).collect()
    }

    /// The number that belongs to a box.
    fn count(&self, id: &str, beside: Slot) -> Option<String> {
        let node = self.form.by_id(id)?;
        match self.answers.get(Slot { node: node.ix, entries: beside.entries })? {
            Value::Count(number) => Some(format!("{number}{}", node.unit.as_deref().unwrap_or_default())),
            _ => None,
        }
    }

    /// A short text in one line.
    pub(super) fn line(&self, slot: Slot) -> Option<String> {
        match self.said(slot) {
            Said::Lines { lines, is_cut } => {
                let line = lines.join(" ");
                let is_open = is_cut && !line.ends_with('…');
                Some(if is_open { format!("{line}…") } else { line })
            }
            Said::List { lines } => Some(lines.join("、")),
            Said::Missing | Said::NotApplicable => None,
        }
    }
}

pub(super) fn line(words: String) -> Said {
    Said::Lines { lines: vec![words], is_cut: false }
}

fn list(mut lines: Vec<String>) -> Said {
    match lines.len() {
        0 => Said::Missing,
        1 => line(lines.remove(0)),
        _ => Said::List { lines },
    }
}
