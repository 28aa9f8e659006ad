//! What differs in one item, as its kind asks for it: texts in one, answers from old to new, boxes, images, whole entries.

use serde::Serialize;

use super::figures::{self, FigurePair};
use super::{Assembly, RedlineSide, line_of, value_at};
use crate::assessment::{Tick, Value};
use crate::compare::{Difference, DifferenceKind};
use crate::diff::{self, Comparison};
use crate::form::{Entries, Kind, Node, Slot, fold};
use crate::markdown;
use crate::site::render::form;
use crate::site::render::frame::DateView;
use crate::site::render::value::{ValueView, names};

/// What differs, with `is` telling templates its kind.
#[derive(Serialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub(super) enum Body<'a> {
    /// Two texts in one; both in full beside it, where they are shown at all.
    Diff { html: String, before: Option<String>, after: Option<String> },
    /// Texts that have little in common, or one text alone.
    Texts { before: Option<String>, after: Option<String> },
    /// Texts that mean the same.
    Notation { before: Option<String>, after: Option<String> },
    /// Answers of a word or two: an option, a date, a number.
    Short { before: Option<String>, after: Option<String> },
    /// The ticked boxes of both.
    Boxes { before: Vec<BoxRow>, after: Vec<BoxRow> },
    /// Images.
    Figures { pairs: Vec<FigurePair> },
    /// Everything in an entry that is new or gone.
    Entry { rows: Vec<EntryRow<'a>> },
    /// An entry among the others.
    Moved { from: String, to: String },
}

/// A ticked box.
#[derive(Serialize)]
pub(super) struct BoxRow {
    text: String,
    /// The other version has it, too.
    is_kept: bool,
}

/// An answer in an entry, or a heading in it.
#[derive(Serialize)]
pub(super) struct EntryRow<'a> {
    heading: String,
    kome: bool,
    /// None for a heading.
    value: Option<ValueView<'a>>,
}

impl<'a> Assembly<'a, '_> {
    pub(super) fn body(&self, difference: &'a Difference, id: &str) -> Body<'a> {
        let (before, after) = (difference.before, difference.after);
        match (difference.kind, before, after) {
            (DifferenceKind::New, _, Some(slot)) => Body::Entry { rows: self.entry(self.after, slot, id) },
            (DifferenceKind::Gone, Some(slot), _) => Body::Entry { rows: self.entry(self.before, slot, id) },
            (DifferenceKind::Moved, Some(from), Some(to)) => {
                Body::Moved { from: line_of(self.before, from), to: line_of(self.after, to) }
            }
            _ => self.answers(difference, id),
        }
    }

    /// Whether anything is written in the older and in the newer version.
    pub(super) fn is_stated(&self, difference: &Difference) -> (bool, bool) {
        let (before, after) = self.values(difference);
        let is_stated = |value: Option<&Value>, text: &str| value.is_some() || !text.trim().is_empty();
        (is_stated(before, &difference.before_text), is_stated(after, &difference.after_text))
    }

    /// The answers of both versions. A box that nobody ticked says no.
    fn values(&self, difference: &Difference) -> (Option<&'a Value>, Option<&'a Value>) {
        let value = |side: RedlineSide<'a>, slot: Option<Slot>| {
            let slot = slot?;
            let is_flag = side.assessment.form().node(slot.node).kind == Kind::Flag;
            value_at(side, slot).or(is_flag.then_some(&Value::Flag(false)))
        };
        (value(self.before, difference.before), value(self.after, difference.after))
    }

    fn answers(&self, difference: &'a Difference, id: &str) -> Body<'a> {
        let values = self.values(difference);
        match values {
            (None, None) => self.texts(difference, id),
            (None | Some(Value::Checks(_)), None | Some(Value::Checks(_))) => boxes(values),
            (None | Some(Value::Figures(_)), None | Some(Value::Figures(_))) => {
                Body::Figures { pairs: figures::pairs(self, values) }
            }
            (before, after) if is_short(before) && is_short(after) => Body::Short {
                before: before.zip(difference.before).and_then(|(v, slot)| self.short(self.before, slot, v)),
                after: after.zip(difference.after).and_then(|(v, slot)| self.short(self.after, slot, v)),
            },
            _ => self.texts(difference, id),
        }
    }

    fn texts(&self, difference: &'a Difference, id: &str) -> Body<'a> {
        let text = |side: RedlineSide<'a>, slot: Option<Slot>, told: &str| {
            slot.and_then(|slot| text_at(side, slot)).unwrap_or_else(|| told.to_owned())
        };
        let before = text(self.before, difference.before, &difference.before_text);
        let after = text(self.after, difference.after, &difference.after_text);
        let full =
            |side: RedlineSide<'a>, text: &str, part: &str| self.html(side, text, &format!("{id}-{part}-"));
        let both = || (full(self.before, &before, "b"), full(self.after, &after, "a"));
        if difference.kind == DifferenceKind::Notation {
            let (before, after) = both();
            return Body::Notation { before, after };
        }
        let has_both = !before.trim().is_empty() && !after.trim().is_empty();
        let compared = has_both.then(|| diff::compare(&before, &after));
        let Some(Comparison::Inline(blocks)) = compared else {
            let (before, after) = both();
            return Body::Texts { before, after };
        };
        let (before, after) = if self.options.has_full_texts { both() } else { (None, None) };
        Body::Diff { html: super::super::diff::html(self.theme, &blocks), before, after }
    }

    fn html(&self, side: RedlineSide<'a>, text: &str, prefix: &str) -> Option<String> {
        if text.trim().is_empty() {
            return None;
        }
        let options = markdown::Options {
            heading_base: self.text_level(),
            footnote_prefix: prefix,
            resolve_link: &|reference| form::link_from(side.assessment, reference, side.page?),
        };
        Some(markdown::to_html(text, &options))
    }

    /// A text without its own ids and links, for a description of an image.
    pub(super) fn plain_diff(&self, before: &str, after: &str) -> Option<String> {
        match diff::compare(before, after) {
            Comparison::Unlike => None,
            Comparison::Inline(blocks) => Some(super::super::diff::html(self.theme, &blocks)),
        }
    }

    /// An answer in a word or two.
    fn short(&self, side: RedlineSide<'_>, slot: Slot, value: &Value) -> Option<String> {
        let unit = side.assessment.form().node(slot.node).unit.as_deref().unwrap_or_default();
        match value {
            Value::Choice(label) => Some(label.clone()),
            Value::Date(date) => Some(DateView::from(*date).text().to_owned()),
            Value::Count(number) => Some(format!("{number}{unit}")),
            Value::Flag(ticked) => {
                Some(self.theme.word(if *ticked { "ticked" } else { "not_ticked" }).to_owned())
            }
            Value::Unfit(text) => Some(text.clone()),
            Value::Text(_) | Value::Checks(_) | Value::Figures(_) => None,
        }
    }

    /// Every answer in an entry under its headings, in the order of the form.
    fn entry(&self, side: RedlineSide<'a>, entry: Slot, id: &str) -> Vec<EntryRow<'a>> {
        let mut rows = Vec::new();
        self.entry_rows(side, entry, id, &mut rows);
        rows
    }

    fn entry_rows(&self, side: RedlineSide<'a>, place: Slot, id: &str, rows: &mut Vec<EntryRow<'a>>) {
        let form = side.assessment.form();
        for child in form.children(form.node(place.node)) {
            for slot in places(side, child, place.entries) {
                let heading_at = rows.len();
                self.entry_rows(side, slot, id, rows);
                let value_id = format!("{id}-{}", form.anchor(slot, side.assessment.answers.files()));
                let value = self.value(side, slot, &value_id);
                // A heading with nothing below it says nothing.
                if value.is_some() || rows.len() > heading_at {
                    let heading = form::heading_at(side.assessment, slot).0;
                    rows.insert(heading_at, EntryRow { heading, kome: child.kome, value });
                }
            }
        }
    }
}

/// A node once, or once for each entry.
fn places(side: RedlineSide<'_>, node: &Node, entries: Entries) -> Vec<Slot> {
    if node.repeat.is_none() {
        return vec![Slot { node: node.ix, entries }];
    }
    let count = side.assessment.answers.count(node, entries);
    (1..=count).map(|number| Slot { node: node.ix, entries: entries.enter(number) }).collect()
}

/// Whether an answer is a word or two, or nothing.
fn is_short(value: Option<&Value>) -> bool {
    const LONGEST: usize = 60;
    match value {
        None | Some(Value::Choice(_) | Value::Date(_) | Value::Count(_) | Value::Flag(_)) => true,
        Some(Value::Unfit(text)) => text.chars().count() <= LONGEST && !text.contains('\n'),
        Some(Value::Text(_) | Value::Checks(_) | Value::Figures(_)) => false,
    }
}

/// What is authored in an item of text; names are lines of their own.
fn text_at(side: RedlineSide<'_>, slot: Slot) -> Option<String> {
    let (Value::Text(text) | Value::Unfit(text)) = value_at(side, slot)? else { return None };
    if !side.assessment.form().node(slot.node).list {
        return Some(text.clone());
    }
    Some(format!("- {}\n", names(text).join("\n- ")))
}

fn boxes<'a>(values: (Option<&'a Value>, Option<&'a Value>)) -> Body<'a> {
    let ticks = |value: Option<&'a Value>| match value {
        Some(Value::Checks(ticks)) => ticks.iter().map(tick_text).collect::<Vec<_>>(),
        _ => Vec::new(),
    };
    let (before, after) = (ticks(values.0), ticks(values.1));
    let rows = |of: &[String], other: &[String]| {
        let is_kept = |text: &String| other.iter().any(|other| fold(other) == fold(text));
        of.iter().map(|text| BoxRow { text: text.clone(), is_kept: is_kept(text) }).collect()
    };
    Body::Boxes { before: rows(&before, &after), after: rows(&after, &before) }
}

fn tick_text(tick: &Tick) -> String {
    match &tick.text {
        Some(text) => format!("{}（{text}）", tick.label),
        None => tick.label.clone(),
    }
}
