//! Two versions of a document, item by item. Entries of lists (委託事項, 提供先 …) are followed when they move: what was put in
//! between two of them is new, and those after it did not change. Beside it the rows of 変更箇所 that tell of what differs (`ledger`),
//! and the words of both (`wording`).

mod answer;
mod entries;
mod ledger;
mod likeness;
mod matching;
pub(crate) mod nodes;
mod reading;
#[cfg(test)]
mod tests;
mod wording;

use std::collections::BTreeMap;

pub use ledger::{Agreement, Ledger, RowState, text_agrees};
pub use wording::{BLANK, answer_text, entry_text, is_blank, item_text};

use answer::{Answer, Likeness, says};
use matching::Matching;

use crate::assessment::{Answers, Change, Placed};
use crate::form::{Form, Node, Slot};

/// Digests (SHA-256) of the files that a document's figures name, by their paths relative to its directory.
pub type FigureDigests = BTreeMap<String, [u8; 32]>;

/// A version of a document.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The filled-in form.
    pub answers: &'a Answers,
    /// 変更箇所.
    pub changes: &'a [Change],
    /// What its figures hold: an image may change without another name.
    pub figures: &'a FigureDigests,
}

/// What differs between two versions.
#[derive(Debug, Clone, Default)]
pub struct Comparison {
    /// The differences, in the order of the newer form; what is gone stands where it stood.
    pub differences: Vec<Difference>,
    /// How many items with an answer are the same in both.
    pub unchanged: usize,
}

/// A difference between two versions: of an item, or of a whole entry of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What happened.
    pub kind: DifferenceKind,
    /// The place in the older version, in the form of that version; none for what is new.
    pub before: Option<Slot>,
    /// The place in the newer version; none for what is gone.
    pub after: Option<Slot>,
    /// Whether its change may be a 重要な変更 (※): the item, or an item of the entry that is filled in.
    pub important: bool,
    /// What stood there, as a row of 変更箇所 says it; empty where nothing did.
    pub before_text: String,
    /// What stands there now.
    pub after_text: String,
}

/// What happened to an item or an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DifferenceKind {
    /// The answer of an item is another, was written first, or is empty now.
    Changed,
    /// An answer differs in width, blanks or marks only. It needs no row of 変更箇所, and may have one.
    Notation,
    /// An item of the cover (表紙), which has no rows of 変更箇所.
    Cover,
    /// A whole entry of a list is new.
    New,
    /// A whole entry of a list is gone.
    Gone,
    /// An entry of a list stands elsewhere among the others that are still there. What changed within it are differences of their own.
    Moved,
}

impl Difference {
    /// Whether a row of 変更箇所 must tell of it (指針第6の2（1）).
    pub fn needs_row(&self) -> bool {
        !matches!(self.kind, DifferenceKind::Notation | DifferenceKind::Cover)
    }

    /// Whether it is about a whole entry of a list.
    pub fn is_entry(&self) -> bool {
        matches!(self.kind, DifferenceKind::New | DifferenceKind::Gone | DifferenceKind::Moved)
    }
}

/// Compares two versions of a document, which may be filled in on different editions of the form.
pub fn compare(before: Side<'_>, after: Side<'_>) -> Comparison {
    let matching = Matching::of(before.answers, after.answers);
    let entries = [before, after].map(|side| written_entries(side.answers));
    Comparer { before, after, matching, entries }.compare()
}

/// Where a difference stands: at a place of the newer version, or behind the one that what is gone stood behind.
type Order = (usize, bool, usize);

struct Comparer<'a> {
    before: Side<'a>,
    after: Side<'a>,
    matching: Matching,
    /// The entries of both sides in which something is written, and whether any of it may be a 重要な変更.
    entries: [BTreeMap<Slot, bool>; 2],
}

impl Comparer<'_> {
    fn compare(&self) -> Comparison {
        let old = places(self.before.answers);
        let new = places(self.after.answers);
        let mut before_of = BTreeMap::new();
        for placed in &old {
            before_of.extend(self.matching.after(placed.slot).map(|after| (after, placed.slot)));
        }
        let mut found: Vec<(Order, Difference)> = Vec::new();
        let mut unchanged = 0;
        let mut new_entries = Skipped::default();
        for (at, placed) in new.iter().enumerate() {
            if new_entries.has(self.after.answers.form(), placed.slot) {
                continue;
            }
            let twin = before_of.get(&placed.slot).copied();
            if placed.node.repeat.is_some() {
                match twin {
                    None => new_entries.skip(placed.slot),
                    Some(twin) if !self.is_moved(twin, placed.node) => continue,
                    Some(_) => {}
                }
                found.extend(self.entry(twin, Some(placed.slot)).map(|d| ((at, false, 0), d)));
            } else if placed.node.is_item() {
                let likeness = self.likeness(twin, Some(placed.slot));
                let is_answered = self.after.answers.get(placed.slot).is_some_and(says);
                unchanged += usize::from(likeness == Likeness::Same && is_answered);
                found.extend(self.item(likeness, twin, Some(placed.slot)).map(|d| ((at, false, 0), d)));
            }
        }
        found.extend(self.gone(&old, &new));
        found.sort_by_key(|(order, _)| *order);
        Comparison { differences: found.into_iter().map(|(_, difference)| difference).collect(), unchanged }
    }

    /// What is gone, behind what stood before it and still stands at its place.
    fn gone(&self, old: &[Placed], new: &[Placed]) -> Vec<(Order, Difference)> {
        let place_of: BTreeMap<Slot, usize> = new.iter().enumerate().map(|(at, p)| (p.slot, at)).collect();
        let form = self.before.answers.form();
        let mut found = Vec::new();
        let (mut gone_entries, mut moved_entries) = (Skipped::default(), Skipped::default());
        let mut behind = 0;
        for (at, placed) in old.iter().enumerate() {
            if gone_entries.has(form, placed.slot) {
                continue;
            }
            let place = self.matching.after(placed.slot).and_then(|after| place_of.get(&after));
            if let Some(place) = place {
                if moved_entries.has(form, placed.slot) {
                    continue;
                }
                if placed.node.repeat.is_some() && self.matching.is_moved(placed.slot) {
                    moved_entries.skip(placed.slot);
                } else {
                    behind = *place;
                }
                continue;
            }
            let order = (behind, true, at);
            if placed.node.repeat.is_some() {
                gone_entries.skip(placed.slot);
                found.extend(self.entry(Some(placed.slot), None).map(|d| (order, d)));
            } else if placed.node.is_item() {
                let likeness = self.likeness(Some(placed.slot), None);
                found.extend(self.item(likeness, Some(placed.slot), None).map(|d| (order, d)));
            }
        }
        found
    }

    /// Whether an entry moved. A file moved once, not in each section about it.
    fn is_moved(&self, before: Slot, node: &Node) -> bool {
        let form = self.after.answers.form();
        let is_first = || form.sections().find(|s| s.is_per_file()).is_some_and(|s| s.ix == node.ix);
        self.matching.is_moved(before) && (!node.is_per_file() || is_first())
    }

    /// A whole entry that is new, gone or elsewhere; none where nothing is written in it.
    fn entry(&self, before: Option<Slot>, after: Option<Slot>) -> Option<Difference> {
        let written = |entries: &BTreeMap<Slot, bool>, slot: Option<Slot>| entries.get(&slot?).copied();
        let [old, new] = &self.entries;
        let is_important = written(old, before).max(written(new, after))?;
        let text = |answers, slot: Option<Slot>| slot.map(|s| entry_text(answers, s)).unwrap_or_default();
        let kind = match (before, after) {
            (None, _) => DifferenceKind::New,
            (Some(_), None) => DifferenceKind::Gone,
            (Some(_), Some(_)) => DifferenceKind::Moved,
        };
        Some(Difference {
            kind,
            before,
            after,
            important: is_important,
            before_text: text(self.before.answers, before),
            after_text: text(self.after.answers, after),
        })
    }

    fn likeness(&self, before: Option<Slot>, after: Option<Slot>) -> Likeness {
        let answered =
            |side: Side<'_>, at: Option<Slot>| at.and_then(|s| side.answers.get(s)).is_some_and(says);
        match (before, after) {
            (Some(old), Some(new)) => {
                answer::compare(answer_at(self.before, old), answer_at(self.after, new))
            }
            _ if answered(self.before, before) || answered(self.after, after) => Likeness::Other,
            _ => Likeness::Same,
        }
    }

    fn item(&self, likeness: Likeness, before: Option<Slot>, after: Option<Slot>) -> Option<Difference> {
        let side = if after.is_some() { self.after } else { self.before };
        let slot = after.or(before)?;
        let form = side.answers.form();
        let kind = match likeness {
            Likeness::Same => return None,
            _ if is_cover(form, slot) => DifferenceKind::Cover,
            Likeness::Notation => DifferenceKind::Notation,
            Likeness::Other => DifferenceKind::Changed,
        };
        let text = |answers, slot: Option<Slot>| slot.map(|s| item_text(answers, s)).unwrap_or_default();
        Some(Difference {
            kind,
            before,
            after,
            important: form.node(slot.node).important,
            before_text: text(self.before.answers, before),
            after_text: text(self.after.answers, after),
        })
    }
}

/// Every place of a version in printed order, except those of 変更箇所.
fn places(answers: &Answers) -> Vec<Placed> {
    let mut places = Vec::with_capacity(answers.form().nodes().len());
    answers.walk(|placed| {
        places.push(placed);
        true
    });
    places
}

fn answer_at(side: Side<'_>, slot: Slot) -> Answer<'_> {
    let form = side.answers.form();
    Answer { form, node: form.node(slot.node), value: side.answers.get(slot), figures: side.figures }
}

/// An entry whose places are not looked at one by one, because it is one difference.
#[derive(Default)]
struct Skipped(Option<Slot>);

impl Skipped {
    fn skip(&mut self, entry: Slot) {
        self.0 = Some(entry);
    }

    fn has(&self, form: &Form, slot: Slot) -> bool {
        self.0.is_some_and(|entry| form.contains(entry, slot))
    }
}

fn is_cover(form: &Form, slot: Slot) -> bool {
    form.section_of(slot.node).id == "cover"
}

/// The entries in which something is written, and whether any of it is an item with ※.
fn written_entries(answers: &Answers) -> BTreeMap<Slot, bool> {
    let form = answers.form();
    let mut entries: BTreeMap<Slot, bool> = BTreeMap::new();
    for (slot, _) in answers.values().filter(|(_, value)| says(value)) {
        let is_important = form.node(slot.node).important;
        let lists = form.ancestry(slot.node).into_iter().filter(|node| node.repeat.is_some());
        for (depth, list) in lists.enumerate() {
            let entry = Slot { node: list.ix, entries: slot.entries.truncate(depth + 1) };
            *entries.entry(entry).or_default() |= is_important;
        }
    }
    entries
}
