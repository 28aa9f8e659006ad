//! What is to be said about a document, judged once for both outputs: which items change, what rows tell of them, what blocks
//! the publication, and what is still to be written.

use std::collections::{BTreeMap, BTreeSet};

use super::{Pack, PackDocument};
use crate::assessment::{Assessment, Change};
use crate::compare::{Difference, RowState, is_blank};
use crate::diagnostic::{Diagnostic, Severity};
use crate::form::{Form, ItemName, Slot};
use crate::history::{Meaning, meanings};

/// A document as the pack tells of it.
pub(super) struct Facts<'a> {
    pub(super) document: &'a PackDocument<'a>,
    /// What became of the document as a whole.
    pub(super) stage: Stage,
    /// The items that change, in the order of the form.
    pub(super) items: Vec<Item<'a>>,
    /// What the rows of the newer version mean.
    pub(super) meanings: Vec<Meaning>,
    /// What is still to be written.
    pub(super) blanks: Vec<Blank>,
}

/// What became of a document as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// There was none before.
    New,
    /// It is taken away.
    Gone,
    /// It is there and cannot be read.
    Unread,
    /// It is another version of the same document.
    Revised,
}

/// An item, or an entry of a list, that changes.
pub(super) struct Item<'a> {
    pub(super) difference: &'a Difference,
    /// Its index in the comparison.
    pub(super) at: usize,
    /// What it is called in files of remarks, unique within the document: the anchor of the site where it has one.
    pub(super) id: String,
    /// Instance path in the version that has it.
    pub(super) path: String,
    /// The edition in which the path is one.
    pub(super) form: &'static Form,
    pub(super) name: ItemName,
    /// The new rows that tell of it, as indices into the rows of the newer version.
    pub(super) rows: Vec<usize>,
    /// The findings about it, as indices into those of the document.
    pub(super) findings: Vec<usize>,
}

/// A place where something is still to be written.
pub(super) struct Blank {
    /// The item, as the row has it.
    pub(super) item: String,
    /// The columns and keys.
    pub(super) columns: Vec<&'static str>,
}

impl<'a> Facts<'a> {
    pub(super) fn of(document: &'a PackDocument<'a>) -> Self {
        let meanings =
            document.after().map(|after| meanings(&after.answers, &after.changes)).unwrap_or_default();
        let stage = match (document.before(), document.after()) {
            _ if document.is_gone => Stage::Gone,
            (_, None) => Stage::Unread,
            (None, Some(_)) => Stage::New,
            (Some(_), Some(_)) => Stage::Revised,
        };
        let mut facts = Self { document, stage, items: Vec::new(), meanings, blanks: Vec::new() };
        facts.items = items(document);
        facts.blanks = blanks(document);
        facts
    }

    /// The rows of the newer version.
    pub(super) fn changes(&self) -> &'a [Change] {
        self.document.after().map_or(&[], |after| &after.changes)
    }

    /// The items that need a row of 変更箇所: those of which people speak when they say how much changes.
    pub(super) fn told_items(&self) -> impl Iterator<Item = &Item<'a>> {
        self.items.iter().filter(|item| item.difference.needs_row())
    }

    /// The items with ※.
    pub(super) fn important(&self) -> impl Iterator<Item = &Item<'a>> {
        self.told_items().filter(|item| item.difference.important)
    }

    /// The items with ※ of which no row says what was decided.
    pub(super) fn undecided(&self) -> usize {
        let has_decision = |row: &usize| self.changes()[*row].judgement.decision.is_some();
        self.important().filter(|item| !item.rows.iter().any(has_decision)).count()
    }

    /// The items that need a row and have none.
    pub(super) fn untold(&self) -> usize {
        self.told_items().filter(|item| item.rows.is_empty()).count()
    }

    /// The new rows, in the order of the file. In a new document these are all.
    pub(super) fn new_rows(&self) -> Vec<usize> {
        let rows = 0..self.changes().len();
        rows.filter(|at| state_of(self.document, *at) == RowState::New).collect()
    }

    /// The rows that were public and are others now: what they were, by their index in the older version, and what they are.
    pub(super) fn rewritten(&self) -> Vec<(usize, usize)> {
        let rows = 0..self.changes().len();
        rows.filter_map(|at| match state_of(self.document, at) {
            RowState::Rewritten { before } => Some((before, at)),
            RowState::Kept { .. } | RowState::New => None,
        })
        .collect()
    }

    /// The new rows that tell of nothing that differs.
    pub(super) fn loose_rows(&self) -> Vec<usize> {
        let told: BTreeSet<usize> = self.items.iter().flat_map(|item| item.rows.iter().copied()).collect();
        self.new_rows().into_iter().filter(|row| !told.contains(row)).collect()
    }

    /// The row whose explanation counts for a row: its own, or the one that 同上 points at.
    pub(super) fn explained_by(&self, row: usize) -> &'a Change {
        let meant = self.meanings.get(row).and_then(|meaning| meaning.explanation);
        &self.changes()[meant.unwrap_or(row)]
    }

    /// How many rows have each 提出時期, in the order in which they first appear.
    pub(super) fn timings(&self) -> Vec<(&'a str, usize)> {
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for row in self.new_rows() {
            let timing = self.changes()[row].timing.trim();
            match counts.iter_mut().find(|(known, _)| *known == timing) {
                Some((_, count)) => *count += 1,
                None if !timing.is_empty() && !is_blank(timing) => counts.push((timing, 1)),
                None => {}
            }
        }
        counts
    }

    /// The findings that stand in the way of publishing it.
    pub(super) fn blocking(&self) -> impl Iterator<Item = &'a Diagnostic> {
        self.document.findings.iter().filter(|finding| is_blocking(finding))
    }

    /// What is still to be written: in rows, and whole rows.
    fn unwritten(&self) -> usize {
        self.blanks.len() + self.untold()
    }

    /// What stands in the way.
    pub(super) fn verdict(&self) -> Verdict {
        // Whatever is said about it: nobody has read what would be published.
        let unread = usize::from(self.stage == Stage::Unread);
        Verdict::of(self.blocking().count().max(unread), self.unwritten())
    }
}

/// Whether something can be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Nothing is in the way.
    Ready,
    /// So much is still to be written.
    Unwritten(usize),
    /// So many findings are in the way.
    Blocked(usize),
}

impl Verdict {
    fn of(errors: usize, blanks: usize) -> Self {
        match (errors, blanks) {
            (0, 0) => Self::Ready,
            (0, blanks) => Self::Unwritten(blanks),
            (errors, _) => Self::Blocked(errors),
        }
    }

    /// Of all documents together.
    pub(super) fn of_all(pack: &Pack<'_>, documents: &[Facts<'_>]) -> Self {
        let errors = documents.iter().map(|facts| match facts.verdict() {
            Self::Blocked(errors) => errors,
            Self::Ready | Self::Unwritten(_) => 0,
        });
        let general = pack.others.iter().filter(|finding| is_blocking(finding)).count();
        Self::of(errors.sum::<usize>() + general, documents.iter().map(Facts::unwritten).sum())
    }
}

/// Whether a finding stands in the way of publishing.
pub(super) fn is_blocking(finding: &Diagnostic) -> bool {
    finding.severity == Severity::Error && finding.accepted.is_none()
}

fn items<'a>(document: &'a PackDocument<'a>) -> Vec<Item<'a>> {
    let about = findings_by_slot(document);
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let differences = document.comparison.differences.iter().enumerate();
    differences
        .filter_map(|(at, difference)| {
            let (side, slot, prefix) = side_of(document, difference)?;
            let (form, files) = (side.form(), side.answers.files());
            let anchor = format!("{prefix}{}", form.anchor(slot, files));
            let times = taken.entry(anchor.clone()).and_modify(|times| *times += 1).or_insert(1);
            let id = if *times == 1 { anchor } else { format!("{anchor}-{times}") };
            let rows = document.ledger.told_by.get(at).cloned().unwrap_or_default();
            let findings = about.iter().enumerate().filter(|(_, about)| match about {
                About::Slot(other) => difference
                    .after
                    .is_some_and(|slot| form.contains(slot, *other) || form.contains(*other, slot)),
                About::Row(row) => rows.contains(row),
                About::Nothing => false,
            });
            Some(Item {
                difference,
                at,
                id,
                path: form.path(slot, files),
                form,
                name: form.name(slot, files),
                findings: findings.map(|(at, _)| at).collect(),
                rows,
            })
        })
        .collect()
}

/// The version that has the place of a difference, the place, and what its id begins with.
fn side_of<'a>(
    document: &PackDocument<'a>,
    difference: &Difference,
) -> Option<(&'a Assessment, Slot, &'static str)> {
    match (document.after(), difference.after) {
        (Some(after), Some(slot)) => Some((after, slot, "")),
        _ => Some((document.before()?, difference.before?, "gone-")),
    }
}

/// What a finding is about.
enum About {
    /// An item of the newer version.
    Slot(Slot),
    /// A row of the newer version.
    Row(usize),
    /// Neither is known.
    Nothing,
}

fn findings_by_slot(document: &PackDocument<'_>) -> Vec<About> {
    let Some(after) = document.after() else { return Vec::new() };
    let about = |finding: &Diagnostic| {
        if let Some(name) = &finding.row {
            let is_meant = |row: &Change| row.date_text == name.date && row.item.text == name.item;
            return after.changes.iter().position(is_meant).map_or(About::Nothing, About::Row);
        }
        let path = finding.item.as_ref().and_then(|item| item.path.as_deref());
        path.and_then(|path| after.form().slot(path)).map_or(About::Nothing, About::Slot)
    };
    document.findings.iter().map(about).collect()
}

/// What became of a row of the newer version. In a new document every row is new.
fn state_of(document: &PackDocument<'_>, at: usize) -> RowState {
    match document.before() {
        Some(_) => document.ledger.rows.get(at).copied().unwrap_or(RowState::New),
        None => RowState::New,
    }
}

/// The columns of rows that are not public yet in which something is still to be written.
fn blanks(document: &PackDocument<'_>) -> Vec<Blank> {
    let Some(after) = document.after() else { return Vec::new() };
    let is_public = |at: usize| matches!(state_of(document, at), RowState::Kept { .. });
    let rows = after.changes.iter().enumerate().filter(|(at, _)| !is_public(*at));
    rows.filter_map(|(_, row)| {
        let columns = [
            ("変更日", row.date_text.as_str()),
            ("項目", &row.item.text),
            ("変更前の記載", &row.before),
            ("変更後の記載", &row.after),
            ("提出時期", &row.timing),
            ("提出時期に係る説明", &row.explanation),
            ("訂正の理由", row.judgement.correction.as_deref().unwrap_or_default()),
        ];
        let blank: Vec<_> =
            columns.into_iter().filter(|(_, text)| is_blank(text)).map(|(name, _)| name).collect();
        (!blank.is_empty()).then(|| Blank { item: row.item.text.clone(), columns: blank })
    })
    .collect()
}
