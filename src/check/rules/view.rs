//! What rules ask about a document, and how they name a place in it. Items are named by role.

use crate::assessment::{Change, Value};
use crate::check::Context;
use crate::check::changes::{Column, RowPlace};
use crate::diagnostic::{Code, Diagnostic, RowName};
use crate::form::{Entries, Facts as _, Literal, Node, Slot};
use crate::read::{SourceFile, Span};
use crate::wareki::CivilDate;

/// One row of 変更箇所 with its place.
#[derive(Debug, Clone, Copy)]
pub(in crate::check) struct Row<'c> {
    /// Number, from 0.
    pub(in crate::check) number: usize,
    /// What it says.
    pub(in crate::check) change: &'c Change,
    place: &'c RowPlace,
}

impl Row<'_> {
    /// Whether its item is beyond doubt: not guessed from the rows around it or from a title that is not on the form.
    pub(in crate::check) fn is_certain(&self) -> bool {
        self.place.is_certain
    }

    /// Whether a key for which the form has no column is written, whatever stands there.
    pub(in crate::check) fn has_key(&self, key: &str) -> bool {
        self.place.written_keys().any(|(written, _)| written == key)
    }

    /// Where its parts are written.
    pub(in crate::check) fn place(&self) -> &RowPlace {
        self.place
    }

    /// Whether every column that is written could be read: what is empty in such a row was left empty.
    pub(in crate::check) fn is_readable(&self) -> bool {
        self.place.is_readable
    }
}

impl Context<'_> {
    /// The slot of a role outside every repeat.
    pub(in crate::check) fn sole(&self, role: &str) -> Option<Slot> {
        self.form.role(role).map(|node| Slot::plain(node.ix)).filter(|s| self.form.repeat_depth(s.node) == 0)
    }

    /// The slot of a role in the same repeat entries as another slot.
    pub(in crate::check) fn beside(&self, role: &str, slot: Slot) -> Option<Slot> {
        self.form.role(role).map(|node| self.form.sibling_slot(node.ix, slot.entries))
    }

    /// Every slot of a role inside the given entries, in the order of the document, whether something is written or not. For a
    /// repeat: one slot for each of its entries.
    pub(in crate::check) fn places_of(&self, role: &str, within: Entries) -> Vec<Slot> {
        self.form.role(role).map(|node| self.places_of_node(node, within)).unwrap_or_default()
    }

    /// The same for a node.
    pub(in crate::check) fn places_of_node(&self, node: &'static Node, within: Entries) -> Vec<Slot> {
        let mut all = vec![Entries::NONE];
        for (depth, repeat) in
            self.form.ancestry(node.ix).into_iter().filter(|n| n.repeat.is_some()).enumerate()
        {
            let fixed = within.numbers().nth(depth);
            all = all
                .into_iter()
                .flat_map(|entries| {
                    let count = if repeat.is_per_file() {
                        self.answers.files()
                    } else {
                        self.answers.count(repeat, entries)
                    };
                    let numbers = fixed.map_or(1..=count, |number| number..=number);
                    numbers.map(move |number| entries.enter(number))
                })
                .collect();
        }
        all.into_iter().map(|entries| Slot { node: node.ix, entries }).collect()
    }

    /// The chosen option of a choice.
    pub(in crate::check) fn choice(&self, slot: Slot) -> Option<&str> {
        self.answers.choice(slot)
    }

    /// Whether a box is ticked; none where nothing is written, or where what could not be read may be this box.
    pub(in crate::check) fn ticked(&self, slot: Slot, key: &str) -> Option<bool> {
        let ticked = self.answers.checked(slot, key)?;
        (ticked || !self.reported.contains(&slot)).then_some(ticked)
    }

    /// The state of a flag; none where it could not be read, or the part around it.
    pub(in crate::check) fn flag(&self, slot: Slot) -> Option<bool> {
        let is_unread = self.answers.get(slot).is_none() && self.is_excused(slot);
        self.answers.flag(slot).filter(|_| !is_unread)
    }

    /// A fact that is not on the form.
    pub(in crate::check) fn fact(&self, name: &str) -> Option<Literal> {
        self.answers.context(name)
    }

    /// The text of an item, where something is written.
    pub(in crate::check) fn text(&self, slot: Slot) -> Option<&str> {
        match self.answers.get(slot)? {
            Value::Text(text) => Some(text.as_str()).filter(|t| !t.trim().is_empty()),
            _ => None,
        }
    }

    /// The date of an item.
    pub(in crate::check) fn date(&self, slot: Slot) -> Option<CivilDate> {
        match self.answers.get(slot)? {
            Value::Date(date) => Some(*date),
            _ => None,
        }
    }

    /// Whether something is written, other than 「―」 and 「なし」.
    pub(in crate::check) fn is_filled(&self, slot: Slot) -> bool {
        match self.answers.get(slot) {
            Some(Value::Text(text) | Value::Unfit(text)) => {
                !text.trim().is_empty() && !self.form.is_not_applicable(text)
            }
            Some(Value::Flag(state)) => *state,
            Some(value) => !value.is_empty(),
            None => false,
        }
    }

    /// 公表日, where nothing is wrong with it: a date in doubt proves nothing about others.
    pub(in crate::check) fn published(&self) -> Option<CivilDate> {
        let slot = self.sole("published")?;
        self.date(slot).filter(|_| !self.reported.contains(&slot))
    }

    /// `kiso`, `juten` or `zenkomoku`.
    pub(in crate::check) fn kind(&self) -> &'static str {
        self.form.kind()
    }

    /// The rows of 変更箇所.
    pub(in crate::check) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let rows = self.rows.iter().zip(&self.places).enumerate();
        rows.map(|(number, (change, place))| Row { number, change, place })
    }

    /// A finding about a column of a row.
    pub(in crate::check) fn at_row(
        &self,
        code: Code,
        row: Row<'_>,
        column: Column,
        message: impl Into<String>,
    ) -> Diagnostic {
        let file = self.changes_file();
        let diagnostic = Diagnostic::new(code, file.path.clone(), message)
            .at(file.place(row.place.value(column)))
            .row(self.row_name(row.change));
        match self.column(column) {
            Some(node) => diagnostic.item(node.reference.clone(), node.label.clone()),
            None => diagnostic,
        }
    }

    /// A finding about a key of a row that is no column of the form.
    pub(in crate::check) fn at_judged(
        &self,
        code: Code,
        row: Row<'_>,
        key: &str,
        message: impl Into<String>,
    ) -> Diagnostic {
        let file = self.changes_file();
        Diagnostic::new(code, file.path.clone(), message)
            .item(String::new(), key)
            .at(file.place(row.place.judged(key)))
            .row(self.row_name(row.change))
    }

    /// Adds the place of a key of a row that is no column of the form to a finding.
    pub(in crate::check) fn with_judged(
        &self,
        diagnostic: Diagnostic,
        row: Row<'_>,
        key: &str,
        note: impl Into<String>,
    ) -> Diagnostic {
        let file = self.changes_file();
        diagnostic.related(file.path.clone(), file.place(row.place.judged(key)), note)
    }

    /// What findings call a row.
    pub(in crate::check) fn row_name(&self, change: &Change) -> RowName {
        RowName {
            date: change.date_text.clone(),
            item: change.item.text.clone(),
            path: change.item.slot.map(|slot| self.answers.path(slot)),
        }
    }

    /// The node of the form that a column of 変更箇所 is.
    pub(in crate::check) fn column(&self, column: Column) -> Option<&'static Node> {
        self.form.change_columns().find(|c| Column::of(c) == Some(column))
    }

    /// A finding about a wording in a column of a row: `wording` is a part of the column's text, in one line.
    pub(in crate::check) fn in_row(
        &self,
        code: Code,
        row: Row<'_>,
        column: Column,
        wording: &str,
        message: impl Into<String>,
    ) -> Diagnostic {
        let file = self.changes_file();
        let span = row.place.value(column);
        let found = file.text.get(span.start..span.end).and_then(|text| text.find(wording));
        let diagnostic = self.at_row(code, row, column, message);
        match found {
            Some(at) => {
                diagnostic.at(file.place(Span::new(span.start + at, span.start + at + wording.len())))
            }
            None => diagnostic,
        }
    }

    /// Adds the place of a column of a row to a finding.
    pub(in crate::check) fn with_row(
        &self,
        diagnostic: Diagnostic,
        row: Row<'_>,
        column: Column,
        note: impl Into<String>,
    ) -> Diagnostic {
        let file = self.changes_file();
        diagnostic.related(file.path.clone(), file.place(row.place.value(column)), note)
    }

    /// The file of 変更箇所, or else the document.
    pub(in crate::check) fn changes_file(&self) -> &SourceFile {
        self.source.changes.as_ref().unwrap_or(self.file)
    }

    /// A finding about a part of a text. `range` are bytes of the item's text, within one line.
    pub(in crate::check) fn within(
        &self,
        code: Code,
        slot: Slot,
        range: std::ops::Range<usize>,
        message: impl Into<String>,
    ) -> Diagnostic {
        let diagnostic = self.at_value(code, slot, message);
        let (Some(text), Some(origin)) = (self.text(slot), self.origins.get(&slot)) else {
            return diagnostic;
        };
        let file = if origin.file > 0 { self.prose[origin.file - 1] } else { self.file };
        match part_of(file, origin.value, text, range) {
            Some(span) => diagnostic.at(file.place(span)),
            None => diagnostic,
        }
    }

    /// Adds the place of an item to a finding.
    pub(in crate::check) fn with_item(
        &self,
        diagnostic: Diagnostic,
        slot: Slot,
        note: impl Into<String>,
    ) -> Diagnostic {
        let place = self.at_value(diagnostic.code, slot, "");
        match place.place {
            Some(at) => diagnostic.related(place.file, at, note),
            None => diagnostic,
        }
    }

    /// A finding about a fact of 管理情報, or else about the item in a slot.
    pub(in crate::check) fn at_fact(&self, code: Code, name: &str, message: impl Into<String>) -> Diagnostic {
        let span = self.administered.spans.get(name).copied().unwrap_or_default();
        Diagnostic::new(code, self.file.path.clone(), message).at(self.file.place(span))
    }

    /// Adds the place of a fact of 管理情報 to a finding.
    pub(in crate::check) fn with_fact(
        &self,
        diagnostic: Diagnostic,
        name: &str,
        note: impl Into<String>,
    ) -> Diagnostic {
        match self.administered.spans.get(name) {
            Some(span) => diagnostic.related(self.file.path.clone(), self.file.place(*span), note),
            None => diagnostic,
        }
    }
}

/// Where a part of a text stands in its file. The text of a block scalar lacks the indentation of its lines, so the part is found
/// as the same occurrence of the same words.
fn part_of(file: &SourceFile, value: Span, text: &str, range: std::ops::Range<usize>) -> Option<Span> {
    let part = text.get(range.clone()).filter(|p| !p.is_empty())?;
    let before = text[..range.start].matches(part).count();
    // Occurrences may overlap what `matches` counts; the first one at or after is good enough for a caret.
    let source = file.text.get(value.start..value.end)?;
    let (at, _) = source.match_indices(part).nth(before)?;
    Some(Span::new(value.start + at, value.start + at + part.len()))
}
