//! The changes of one document in time order.

use std::collections::BTreeMap;
use std::ops::Range;

use super::meaning::{ChangeKind, Meaning, meanings};
use crate::assessment::{Answers, Assessment};
use crate::form::{Entries, Form, NodeIx, Slot};
use crate::wareki::CivilDate;

/// The changes of one document in time order; rows without a date stand last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Timeline {
    /// All changes: dates ascending, the order of the file within a date.
    pub entries: Vec<Entry>,
    /// The dates, ascending; the group without a date last.
    pub days: Vec<Day>,
    by_place: BTreeMap<Slot, Vec<usize>>,
    /// The entry of each row, by the row's position in [`Assessment::changes`].
    by_change: Vec<usize>,
}

/// The changes of one date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// 変更日; none for the rows that have no readable date.
    pub date: Option<CivilDate>,
    /// Indices into [`Timeline::entries`].
    pub entries: Range<usize>,
}

/// One change, placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Index into [`Assessment::changes`], where the texts are.
    pub change: usize,
    /// 変更日.
    pub date: Option<CivilDate>,
    /// Permanent anchor on the timeline page, see [`anchor_for`].
    pub anchor: String,
    /// Position within its date, from 1.
    pub ordinal: u16,
    /// The item that the row means; none where that is not clear.
    pub slot: Option<Slot>,
    /// The nearest place that today's document has: the item itself, or what is left around a removed entry.
    pub place: Option<Slot>,
    /// The section (章) of the item.
    pub section: Option<NodeIx>,
    /// What the row means.
    pub meaning: Meaning,
    /// The item is marked ※: its change is 重要な変更 unless an exception holds.
    pub important: bool,
}

/// The permanent anchor of a change: `c-{iso date}-{nnn}`, `c-nodate-{nnn}` for a row without a date.
///
/// A published row is never removed and new rows of a date are added after the old ones, so the number stays.
pub fn anchor_for(date: Option<CivilDate>, ordinal: u16) -> String {
    let day = date.map_or_else(|| "nodate".to_owned(), |d| d.iso());
    format!("c-{day}-{ordinal:03}")
}

/// The permanent anchor of a date: `d-{iso date}`, `d-nodate` for the rows without a date.
pub fn day_anchor(date: Option<CivilDate>) -> String {
    date.map_or_else(|| "d-nodate".to_owned(), |d| format!("d-{}", d.iso()))
}

impl Entry {
    /// What happened.
    pub fn kind(&self) -> ChangeKind {
        self.meaning.kind
    }
}

impl Timeline {
    /// Places the change rows of a document.
    pub fn of(assessment: &Assessment) -> Self {
        let mut order: Vec<usize> = (0..assessment.changes.len()).collect();
        order.sort_by_key(|i| {
            let date = assessment.changes[*i].date;
            (date.is_none(), date)
        });
        let mut timeline = Self { by_change: vec![0; assessment.changes.len()], ..Self::default() };
        let mut meanings: Vec<_> =
            meanings(&assessment.answers, &assessment.changes).into_iter().map(Some).collect();
        for change in order {
            if let Some(meaning) = meanings[change].take() {
                timeline.push(assessment, change, meaning);
            }
        }
        timeline
    }

    fn push(&mut self, assessment: &Assessment, change: usize, meaning: Meaning) {
        let row = &assessment.changes[change];
        let answers = &assessment.answers;
        let at = self.entries.len();
        self.by_change[change] = at;
        let ordinal = self.join_day(row.date, at);
        let place = row.item.slot.and_then(|slot| nearest(answers, slot));
        for place in row.item.slot.map(|slot| shown_at(answers, slot, place)).unwrap_or_default() {
            self.by_place.entry(place).or_default().push(at);
        }
        let form = assessment.form();
        self.entries.push(Entry {
            change,
            date: row.date,
            anchor: anchor_for(row.date, ordinal),
            ordinal,
            slot: row.item.slot,
            place,
            section: row.item.slot.map(|slot| form.section_of(slot.node).ix),
            meaning,
            important: row.item.slot.is_some_and(|slot| form.node(slot.node).important),
        });
    }

    /// Adds an entry to the last date, or opens a new one; returns the entry's position within its date.
    fn join_day(&mut self, date: Option<CivilDate>, at: usize) -> u16 {
        match self.days.last_mut() {
            Some(day) if day.date == date => day.entries.end = at + 1,
            _ => self.days.push(Day { date, entries: at..at + 1 }),
        }
        let first = self.days.last().map_or(at, |day| day.entries.start);
        u16::try_from(at - first + 1).unwrap_or(u16::MAX)
    }

    /// The entry of a row, by the row's position in [`Assessment::changes`]; an index into [`Timeline::entries`].
    pub fn entry_of(&self, change: usize) -> usize {
        self.by_change[change]
    }

    /// Whether nothing has changed since the first publication.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The changes to show at a place of the page, ascending: of the item itself, of a whole entry (委託事項1) at its
    /// heading, and of entries that are gone at the heading they stood under.
    pub fn at(&self, place: Slot) -> impl DoubleEndedIterator<Item = &Entry> + ExactSizeIterator {
        self.indices_at(place).iter().map(|i| &self.entries[*i])
    }

    /// Like [`Timeline::at`], as indices into [`Timeline::entries`].
    pub fn indices_at(&self, place: Slot) -> &[usize] {
        self.by_place.get(&place).map(Vec::as_slice).unwrap_or_default()
    }

    /// The places that have changed, in the order of the printed form, with indices into [`Timeline::entries`].
    pub fn places(&self) -> impl Iterator<Item = (Slot, &[usize])> {
        self.by_place.iter().map(|(slot, entries)| (*slot, entries.as_slice()))
    }

    /// The changes that have no place in today's document.
    pub fn without_place(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|e| e.place.is_none())
    }

    /// The newest 変更日.
    pub fn last_date(&self) -> Option<CivilDate> {
        self.entries.iter().rev().find_map(|e| e.date)
    }
}

/// The nearest place that a document has for a slot: the slot itself, or what stands around an entry that does not exist.
///
/// A slot in a section per file that does not say which file is taken to mean the first. The rows of 変更箇所 are not
/// places, their section is.
pub fn nearest(answers: &Answers, slot: Slot) -> Option<Slot> {
    let form = answers.form();
    if form.is_change_part(form.node(slot.node)) {
        return Some(Slot::plain(form.section_of(slot.node).ix));
    }
    let mut numbers = slot.entries.numbers();
    let mut entries = Entries::NONE;
    let mut found = None;
    for node in form.ancestry(slot.node) {
        if node.repeat.is_some() {
            let per_file = node.is_per_file();
            let count = if per_file { answers.files() } else { answers.count(node, entries) };
            match numbers.next().or(per_file.then_some(1)) {
                Some(number) if number <= count => entries = entries.enter(number),
                _ => return found,
            }
        }
        found = Some(Slot { node: node.ix, entries });
    }
    found
}

/// Where the page shows a change: at its place; in every file when the row does not say which file it means.
fn shown_at(answers: &Answers, slot: Slot, place: Option<Slot>) -> Vec<Slot> {
    let Some(place) = place else { return Vec::new() };
    if slot.entries.depth() > 0 || !in_file_section(answers.form(), slot) {
        return vec![place];
    }
    (1..=answers.files())
        .map(|number| Slot { node: place.node, entries: Entries::NONE.enter(number) })
        .collect()
}

fn in_file_section(form: &Form, slot: Slot) -> bool {
    form.section_of(slot.node).is_per_file()
}
