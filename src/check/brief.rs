//! What the rules over several documents need to know of one: the answers they compare, and where each is written.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Context;
use super::administration::OCCASION;
use crate::assessment::{Administration, Answers, Value};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::form::{Entries, Facts as _, Form, Slot};
use crate::wareki::CivilDate;

/// The roles whose answers are kept.
pub(super) const ROLES: &[&str] = &[
    "number",
    "agency",
    "published",
    "task-name",
    "population",
    "population-as-of",
    "handlers",
    "handlers-as-of",
    "incident",
    "threshold-result",
    "threshold",
    "submitted-kinds",
    "basic-date",
    "systems-text",
    "system-name",
    "file-names",
    "file-name",
    "number-basis",
    "network-use",
    "network-basis",
    "department",
    "head-title",
    "other-agencies",
    "request-office",
    "contact",
    "user-count",
    "outsourcing",
    "staff-count",
    "contractor",
    "provision",
    "outsourcing-none",
    "provision-none",
    "no-obtain",
    "no-provide",
    "risk-obtain",
    "risk-linkage",
    "risk-unauthorised",
    "risk-outsourcing",
    "risk-provision",
    "risk-network-obtain",
    "risk-network-provide",
    "risk-leak",
    "audit-kinds",
    "training",
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
    /// Where 実施区分 is written.
    occasion: Option<(Arc<str>, Place)>,
}

impl Brief {
    pub(super) fn of(context: &Context<'_>) -> Self {
        let mut answers = Answers::new(context.form);
        let mut marks = BTreeMap::new();
        for role in ROLES.iter().copied() {
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
            occasion: context
                .administered
                .spans
                .get(OCCASION)
                .map(|span| (context.file.path.clone(), context.file.place(*span))),
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

    /// The slot of a role in the same repeat entries as another slot.
    pub(super) fn beside(&self, role: &str, slot: Slot) -> Option<Slot> {
        self.form.role(role).map(|node| self.form.sibling_slot(node.ix, slot.entries))
    }

    /// The value in a slot.
    pub(super) fn get(&self, slot: Slot) -> Option<&Value> {
        self.answers.get(slot)
    }

    /// The chosen option in a slot.
    pub(super) fn choice_in(&self, slot: Slot) -> Option<&str> {
        self.answers.choice(slot)
    }

    /// The chosen option of a role that stands once.
    pub(super) fn choice(&self, role: &str) -> Option<&str> {
        self.choice_in(self.sole(role)?)
    }

    /// Whether a box is ticked in a slot; none where nothing is written.
    pub(super) fn ticked(&self, slot: Slot, key: &str) -> Option<bool> {
        self.answers.checked(slot, key)
    }

    /// The state of a flag in a slot.
    pub(super) fn flag(&self, slot: Slot) -> Option<bool> {
        self.answers.flag(slot)
    }

    /// The text in a slot, where something is written.
    pub(super) fn text_in(&self, slot: Slot) -> Option<&str> {
        match self.get(slot)? {
            Value::Text(text) => Some(text.trim()).filter(|t| !t.is_empty()),
            _ => None,
        }
    }

    /// The text of a role that stands once, where something is written.
    pub(super) fn text(&self, role: &str) -> Option<&str> {
        self.text_in(self.sole(role)?)
    }

    /// The date of a role that stands once.
    pub(super) fn date(&self, role: &str) -> Option<CivilDate> {
        match self.get(self.sole(role)?)? {
            Value::Date(date) => Some(*date),
            _ => None,
        }
    }

    /// What the form is called, e.g. 基礎項目評価書.
    pub(super) fn form_name(&self) -> &'static str {
        &self.form.head.short_title
    }

    /// The label of the item in a slot.
    pub(super) fn label(&self, slot: Slot) -> &'static str {
        &self.form.node(slot.node).label
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

    /// Adds the place of 実施区分 to a finding.
    pub(super) fn also_occasion(&self, diagnostic: Diagnostic, note: &str) -> Diagnostic {
        match self.occasion.clone() {
            Some((file, place)) => diagnostic.related(file, place, note),
            None => diagnostic,
        }
    }
}
