//! A filled-in form: which value stands where.

use std::collections::BTreeMap;

use super::value::Value;
use crate::form::{
    Contains, Entries, Facts, Form, Kind, Literal, Node, PERIOD_TOO_SHORT, SHORTEST_HEARING, Slot,
};
use crate::wareki;

/// A filled-in form. Values stand in the order of the printed form.
#[derive(Debug, Clone)]
pub struct Answers {
    form: &'static Form,
    values: BTreeMap<Slot, Value>,
    counts: BTreeMap<Slot, u16>,
    /// 行政機関等 or 地方公共団体等, and whether a 政府機関: not on the form, but its conditions ask for it.
    context: BTreeMap<String, Literal>,
}

/// A node at a place of a filled-in form, as [`Answers::walk`] meets it.
#[derive(Debug, Clone, Copy)]
pub struct Placed {
    /// The node.
    pub node: &'static Node,
    /// The place. For a repeated node the last entry is the entry itself.
    pub slot: Slot,
}

impl Answers {
    /// An empty form.
    pub fn new(form: &'static Form) -> Self {
        let context = BTreeMap::from([
            ("agency-kind".to_owned(), Literal::Text("地方公共団体等".to_owned())),
            ("gov-agency".to_owned(), Literal::Flag(false)),
        ]);
        Self { form, values: BTreeMap::new(), counts: BTreeMap::new(), context }
    }

    /// The edition.
    pub fn form(&self) -> &'static Form {
        self.form
    }

    /// States a fact that is not on the form.
    pub fn set_context(&mut self, name: &str, value: Literal) {
        self.context.insert(name.to_owned(), value);
    }

    /// Puts a value; the repeats around it grow to hold it.
    pub fn set(&mut self, slot: Slot, value: Value) {
        let mut entries = Entries::NONE;
        let mut numbers = slot.entries.numbers();
        for node in self.form.ancestry(slot.node) {
            if node.repeat.is_none() {
                continue;
            }
            let Some(number) = numbers.next() else { break };
            let count = self.counts.entry(Slot { node: node.ix, entries }).or_default();
            *count = (*count).max(number);
            entries = entries.enter(number);
        }
        self.values.insert(slot, value);
    }

    /// Takes out everything that a slot holds: its own value and what is below it.
    pub fn clear(&mut self, slot: Slot) {
        let form = self.form;
        self.values.retain(|inner, _| !form.contains(slot, *inner));
        self.counts.retain(|inner, _| !form.contains(slot, *inner));
    }

    /// Takes a value out.
    pub fn remove(&mut self, slot: Slot) -> Option<Value> {
        self.values.remove(&slot)
    }

    /// The value in a slot.
    pub fn get(&self, slot: Slot) -> Option<&Value> {
        self.values.get(&slot)
    }

    /// The value at an instance path, e.g. `ii.4.contract[1].scope`.
    pub fn at(&self, path: &str) -> Option<&Value> {
        self.get(self.form.slot(path)?)
    }

    /// All values in the order of the printed form.
    pub fn values(&self) -> impl Iterator<Item = (Slot, &Value)> {
        self.values.iter().map(|(slot, value)| (*slot, value))
    }

    /// The number of entries of a repeated node inside `entries`.
    pub fn count(&self, node: &Node, entries: Entries) -> u16 {
        let slot = Slot { node: node.ix, entries };
        self.counts.get(&slot).copied().unwrap_or(0)
    }

    /// States the number of entries of a repeated node inside `entries`, also of empty ones.
    pub fn set_count(&mut self, node: &Node, entries: Entries, count: u16) {
        self.counts.insert(Slot { node: node.ix, entries }, count);
    }

    /// The number of 特定個人情報ファイル; 1 for a form without sections per file.
    pub fn files(&self) -> u16 {
        self.form
            .sections()
            .filter(|s| s.is_per_file())
            .map(|s| self.count(s, Entries::NONE))
            .max()
            .unwrap_or(1)
            .max(1)
    }

    /// The instance path of a slot, e.g. `ii[2].4.contract[1].scope`.
    pub fn path(&self, slot: Slot) -> String {
        self.form.path(slot, self.files())
    }

    /// Meets every node of the form in printed order, repeated ones once per entry, except the section 変更箇所.
    ///
    /// Sections per file are met file by file, at least once even when no file is given, so that what is missing can be
    /// named. `enter` returns whether to go below the node.
    pub fn walk(&self, mut enter: impl FnMut(Placed) -> bool) {
        for section in self.form.sections().filter(|s| s.id != self.form.head.change_section) {
            self.walk_node(section, Entries::NONE, &mut enter);
        }
    }

    fn walk_node(&self, node: &'static Node, entries: Entries, enter: &mut impl FnMut(Placed) -> bool) {
        let inside: Vec<Entries> = if node.repeat.is_some() {
            let count = if node.is_per_file() { self.files() } else { self.count(node, entries) };
            (1..=count).map(|n| entries.enter(n)).collect()
        } else {
            vec![entries]
        };
        for entries in inside {
            if enter(Placed { node, slot: Slot { node: node.ix, entries } }) {
                for child in self.form.children(node) {
                    self.walk_node(child, entries, enter);
                }
            }
        }
    }
}

impl Facts for Answers {
    fn choice(&self, slot: Slot) -> Option<&str> {
        match self.get(slot)? {
            Value::Choice(label) => Some(label),
            _ => None,
        }
    }

    fn flag(&self, slot: Slot) -> Option<bool> {
        match self.get(slot) {
            Some(Value::Flag(state)) => Some(*state),
            Some(Value::Unfit(_)) => None,
            _ => Some(false),
        }
    }

    fn checked(&self, slot: Slot, key: &str) -> Option<bool> {
        let Value::Checks(ticks) = self.get(slot)? else { return None };
        let node = self.form.node(slot.node);
        debug_assert_eq!(node.kind, Kind::Checks);
        let label = &self.form.boxes(node).iter().find(|b| b.key == key)?.label;
        Some(ticks.iter().any(|t| t.label == *label))
    }

    fn context(&self, name: &str) -> Option<Literal> {
        self.context.get(name).cloned()
    }

    fn derived(&self, rule: &str, of: &Node, entries: Entries) -> Option<bool> {
        if rule != PERIOD_TOO_SHORT {
            return None;
        }
        let beside = self.form.children(self.form.node(of.parent?));
        let periods = beside.into_iter().find(|n| n.contains == Some(Contains::Periods))?;
        let Value::Text(text) = self.get(Slot { node: periods.ix, entries })? else { return None };
        // Counted with the first and the last day, the reading that favours the officer.
        Some(wareki::shortest_period(text)? < SHORTEST_HEARING)
    }
}
