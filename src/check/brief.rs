//! What the rules over several documents need to know of one: the answers they compare, and where each is written.

use std::collections::BTreeMap;

use super::Context;
use crate::assessment::{Administration, Answers, Value};
use crate::diagnostic::{Code, Diagnostic};
use crate::form::{Entries, Facts as _, Form, Slot};
use crate::wareki::CivilDate;

/// The roles whose answers are kept.
pub(super) const ROLES: [&str; 33] = [
    "number",
    "agency",
    "published",
    "task-name",
    "task-content",
    "population",
    "systems-text",
    "system-name",
    "file-names",
    "number-basis",
    "network-use",
    "network-basis",
    "department",
    "head-title",
    "other-agencies",
    "request-office",
    "contact",
    "handlers",
    "incident",
    "threshold-result",
    "threshold",
    "submitted-kinds",
    "outsourcing-none",
    "provision-none",
    "no-obtain",
    "no-provide",
    "audit-kinds",
    "training",
    "user-count",
    "staff-count",
    "subject-count",
    "basic-date",
    "outsourcing",
];

/// One document as the rules over several documents see it. A few kilobytes; it lives while its municipality is checked.
#[derive(Debug)]
pub struct Brief {
    /// Name of its directory.
    pub dir: String,
    /// Its edition.
    pub form: &'static Form,
    /// Its folder's 評価書番号.
    pub number: String,
    /// 公表日.
    pub published: Option<CivilDate>,
    /// 管理情報.
    pub administration: Administration,
    answers: Answers,
    /// A finding at each answer, to be filled in: it knows file, place and item.
    marks: BTreeMap<Slot, Diagnostic>,
}

impl Brief {
    pub(super) fn of(context: &Context<'_>) -> Self {
        let mut answers = Answers::new(context.form);
        let mut marks = BTreeMap::new();
        for role in ROLES {
            let Some(node) = context.form.role(role) else { continue };
            for slot in context.places_of_node(node, Entries::NONE) {
                if let Some(value) = context.answers.get(slot) {
                    answers.set(slot, value.clone());
                }
                marks.insert(slot, context.at_value(Code::REQUIRED, slot, ""));
            }
        }
        Self {
            dir: context.source.dir.clone(),
            form: context.form,
            number: context.source.number.clone(),
            published: context.published(),
            administration: context.administered.facts.clone(),
            answers,
            marks,
        }
    }

    /// `kiso`, `juten` or `zenkomoku`.
    pub(super) fn kind(&self) -> &'static str {
        self.form.kind()
    }

    /// Every slot of a role, in the order of the document.
    pub(super) fn places_of(&self, role: &str) -> Vec<Slot> {
        let Some(node) = self.form.role(role) else { return Vec::new() };
        self.marks.keys().copied().filter(|slot| slot.node == node.ix).collect()
    }

    /// The slot of a role that stands once.
    pub(super) fn sole(&self, role: &str) -> Option<Slot> {
        self.places_of(role).first().copied()
    }

    /// The value in a slot.
    pub(super) fn get(&self, slot: Slot) -> Option<&Value> {
        self.answers.get(slot)
    }

    /// The chosen option of a role that stands once.
    pub(super) fn choice(&self, role: &str) -> Option<&str> {
        self.answers.choice(self.sole(role)?)
    }

    /// The text of a role that stands once, where something is written.
    pub(super) fn text(&self, role: &str) -> Option<&str> {
        match self.get(self.sole(role)?)? {
            Value::Text(text) => Some(text.trim()).filter(|t| !t.is_empty()),
            _ => None,
        }
    }

    /// A finding at the answer in a slot.
    pub(super) fn finding(&self, code: Code, slot: Slot, message: impl Into<String>) -> Diagnostic {
        let mut diagnostic = Diagnostic::new(code, "", message);
        if let Some(mark) = self.marks.get(&slot) {
            diagnostic.file = mark.file.clone();
            diagnostic.place.clone_from(&mark.place);
            diagnostic.item.clone_from(&mark.item);
        }
        diagnostic
    }

    /// Adds the place of an answer to a finding.
    pub(super) fn also(&self, diagnostic: Diagnostic, slot: Slot, note: impl Into<String>) -> Diagnostic {
        match self.marks.get(&slot).and_then(|m| Some((m.file.clone(), m.place.clone()?))) {
            Some((file, place)) => diagnostic.related(file, place, note),
            None => diagnostic,
        }
    }
}
