//! Conditions of the form: must this item be filled in, may it be, must it be empty?

use super::model::{Literal, Node, NodeIx, Otherwise, Presence, When};
use super::slot::{Entries, Slot};
use super::{Form, ItemName};

/// The rule that a period of hearing opinions is shorter than 30 days (指針第5の3; a shorter one needs a special reason).
pub const PERIOD_TOO_SHORT: &str = "period-shorter-than-30-days";
/// The days of the shortest hearing without a special reason, the first one counted (指針第5の3).
pub const SHORTEST_HEARING: i32 = 30;

/// What conditions ask about a filled-in form.
pub trait Facts {
    /// The chosen option's label; none where nothing (valid) is chosen.
    fn choice(&self, slot: Slot) -> Option<&str>;
    /// Whether a flag is ticked; a missing flag is not. None where what is written is neither yes nor no.
    fn flag(&self, slot: Slot) -> Option<bool>;
    /// Whether the box with this key is ticked; none where the item is missing altogether.
    fn checked(&self, slot: Slot, key: &str) -> Option<bool>;
    /// A fact that is not on the form; none where unknown.
    fn context(&self, name: &str) -> Option<Literal>;
    /// A rule that needs more than a comparison, for the item `of`; none where it cannot be decided or is not known.
    fn derived(&self, rule: &str, of: &Node, entries: Entries) -> Option<bool>;
}

/// Whether an item must be filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Need {
    /// Must not be empty.
    Required,
    /// Free.
    Optional,
    /// Must be empty, because this condition does not hold.
    Blank(When),
    /// The answer that decides is itself missing: nothing can be said.
    Undecided,
}

impl Form {
    /// Whether the item in a slot must be filled in, given the other answers.
    pub fn need(&self, slot: Slot, facts: &dyn Facts) -> Need {
        let mut free = false;
        let line = self.ancestry(slot.node);
        for (at, node) in line.iter().enumerate() {
            let is_self = at + 1 == line.len();
            let below_items_when = !is_self && self.node(line[at + 1].ix).kind != super::Kind::Flag;
            let conditions = [
                node.when.as_ref().filter(|_| !is_self || node.presence != Presence::Conditional),
                node.items_when.as_ref().filter(|_| below_items_when),
            ];
            for when in conditions.into_iter().flatten() {
                match self.holds(when, node, slot.entries, facts) {
                    Some(true) => {}
                    Some(false) if node.otherwise == Otherwise::Any => free = true,
                    Some(false) => return Need::Blank(when.clone()),
                    None => return Need::Undecided,
                }
            }
        }
        if free {
            return Need::Optional;
        }
        self.own_need(self.node(slot.node), slot.entries, facts)
    }

    fn own_need(&self, node: &Node, entries: Entries, facts: &dyn Facts) -> Need {
        match (node.presence, &node.when) {
            (Presence::Required, _) => Need::Required,
            (Presence::Conditional, Some(when)) => match self.holds(when, node, entries, facts) {
                Some(true) => Need::Required,
                Some(false) if node.otherwise == Otherwise::Blank => Need::Blank(when.clone()),
                Some(false) => Need::Optional,
                None => Need::Undecided,
            },
            _ => Need::Optional,
        }
    }

    /// Whether a condition holds inside the given repeat entries; none where an answer it needs is missing.
    fn holds(&self, when: &When, of: &Node, entries: Entries, facts: &dyn Facts) -> Option<bool> {
        match when {
            When::Any { any } => {
                let parts: Vec<_> = any.iter().map(|w| self.holds(w, of, entries, facts)).collect();
                if parts.contains(&Some(true)) { Some(true) } else { all_known(&parts).map(|()| false) }
            }
            When::All { all } => {
                let parts: Vec<_> = all.iter().map(|w| self.holds(w, of, entries, facts)).collect();
                if parts.contains(&Some(false)) { Some(false) } else { all_known(&parts).map(|()| true) }
            }
            When::Derived { derived } => facts.derived(derived, of, entries),
            When::Context { context, is } => Some(facts.context(context)? == *is),
            When::Item { item, is, is_not, checked } => {
                let node = self.by_id(item)?;
                let slot = self.sibling_slot(node.ix, entries);
                if let Some(key) = checked {
                    return facts.checked(slot, key);
                }
                match (is, is_not) {
                    (Some(value), _) => Self::equals(slot, value, facts),
                    (None, Some(value)) => Self::equals(slot, value, facts).map(|same| !same),
                    (None, None) => None,
                }
            }
        }
    }

    fn equals(slot: Slot, value: &Literal, facts: &dyn Facts) -> Option<bool> {
        match value {
            Literal::Flag(state) => Some(facts.flag(slot)? == *state),
            Literal::Text(label) => Some(facts.choice(slot)? == label),
        }
    }

    /// The slot of another item inside the same repeat entries as `entries`.
    pub fn sibling_slot(&self, node: NodeIx, entries: Entries) -> Slot {
        Slot { node, entries: entries.truncate(self.repeat_depth(node)) }
    }

    /// A condition in words, for messages: 「委託の有無」が「委託する」.
    pub fn describe(&self, when: &When) -> String {
        let join = |parts: &[When], word: &str| {
            parts.iter().map(|w| self.describe(w)).collect::<Vec<_>>().join(word)
        };
        match when {
            When::Any { any } => join(any, "、又は"),
            When::All { all } => join(all, "、かつ"),
            When::Derived { derived } => match derived.as_str() {
                PERIOD_TOO_SHORT => "意見聴取の期間が30日に満たない場合".to_owned(),
                other => other.to_owned(),
            },
            When::Context { context, is } => {
                let name = match context.as_str() {
                    "agency-kind" => "評価実施機関の種別",
                    "gov-agency" => "政府機関",
                    other => other,
                };
                format!("{name}が「{}」の場合", literal_words(is))
            }
            When::Item { item, is, is_not, checked } => {
                let Some(node) = self.by_id(item) else { return item.clone() };
                let reference = node.reference.replace("{n}", "");
                let name = format!("「{}」", ItemName::of(&reference, &node.label).line());
                if let Some(key) = checked {
                    let label =
                        self.boxes(node).iter().find(|b| b.key == *key).map_or(key.as_str(), |b| &b.label);
                    return format!("{name}で「{label}」を選んだ場合");
                }
                match (is, is_not) {
                    (Some(value), _) => format!("{name}が「{}」の場合", literal_words(value)),
                    (_, Some(value)) => format!("{name}が「{}」以外の場合", literal_words(value)),
                    _ => name,
                }
            }
        }
    }
}

fn all_known(parts: &[Option<bool>]) -> Option<()> {
    parts.iter().all(Option::is_some).then_some(())
}

fn literal_words(value: &Literal) -> &str {
    match value {
        Literal::Flag(true) => "はい",
        Literal::Flag(false) => "いいえ",
        Literal::Text(text) => text,
    }
}
