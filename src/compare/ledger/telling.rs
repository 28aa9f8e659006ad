//! Which differences a new row tells of. A row names a place in the numbering of the newer version, or of the older one where
//! the thing is gone; where both could be meant, what the row quotes decides.

use super::agreement::{Agreement, text_agrees};
use crate::assessment::Change;
use crate::compare::{Comparison, Difference, DifferenceKind, Side};
use crate::form::{Form, Slot};
use crate::history::{ChangeKind, Column, Meaning, Stands, meanings, stands};

/// How a row stands to a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Relation {
    /// It is about the very place.
    Exact,
    /// It is about an item of the entry that is new or gone.
    Inside,
    /// It is about a group or an entry that the difference is in.
    Around,
}

/// A difference that a row may tell of.
#[derive(Debug, Clone, Copy)]
struct Hit {
    difference: usize,
    relation: Relation,
    numbering: Numbering,
}

/// By which version's numbers of entries a row names what a difference is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Numbering {
    /// By those of either: they are the same, or the row names no entry.
    Either,
    /// Only by that of the newer version.
    New,
    /// Only by that of the older version.
    Old,
}

/// The differences that each row of the newer version tells of; none for rows that are not new.
pub(super) fn tells_of(
    before: Side<'_>,
    after: Side<'_>,
    comparison: &Comparison,
    new: &[usize],
) -> Vec<Vec<usize>> {
    let mut told = vec![Vec::new(); after.changes.len()];
    if new.is_empty() || comparison.differences.is_empty() {
        return told;
    }
    let teller = Teller {
        before,
        after,
        differences: &comparison.differences,
        meanings: meanings(after.answers, after.changes),
    };
    let mut hits: Vec<(usize, Vec<Hit>)> = new.iter().map(|row| (*row, teller.hits(*row))).collect();
    prefer_own_rows(&mut hits, comparison.differences.len());
    for (row, mut hits) in hits {
        teller.keep_to_the_move(row, &mut hits);
        told[row] = hits.into_iter().map(|hit| hit.difference).collect();
    }
    told
}

/// A row with an item of its own tells of what stands below it only where no other row does.
fn prefer_own_rows(hits: &mut [(usize, Vec<Hit>)], differences: usize) {
    let mut has_own = vec![false; differences];
    for hit in hits.iter().flat_map(|(_, hits)| hits).filter(|hit| hit.relation != Relation::Around) {
        has_own[hit.difference] = true;
    }
    for (_, hits) in hits {
        if hits.iter().any(|hit| hit.relation == Relation::Exact) {
            hits.retain(|hit| hit.relation != Relation::Around || !has_own[hit.difference]);
        }
    }
}

struct Teller<'a> {
    before: Side<'a>,
    after: Side<'a>,
    differences: &'a [Difference],
    meanings: Vec<Meaning>,
}

impl Teller<'_> {
    /// A row that tells where an entry went says nothing of what changed within it.
    fn keep_to_the_move(&self, row: usize, hits: &mut Vec<Hit>) {
        let is_move = |hit: &Hit| {
            hit.relation == Relation::Exact && self.differences[hit.difference].kind == DifferenceKind::Moved
        };
        if self.meanings[row].kind == ChangeKind::Moved && hits.iter().any(is_move) {
            hits.retain(|hit| hit.relation == Relation::Exact);
        }
    }

    fn hits(&self, row: usize) -> Vec<Hit> {
        let change = &self.after.changes[row];
        let (new_place, old_place) = (change.item.slot, self.old_place(change));
        let mut hits = Vec::new();
        for (at, difference) in self.differences.iter().enumerate() {
            let here = relation(self.after.answers.form(), new_place, difference.after, difference);
            let there = relation(self.before.answers.form(), old_place, difference.before, difference);
            let Some(relation) = here.or(there) else { continue };
            let numbering = match (here, there) {
                (Some(relation), None) if names_entry(relation, new_place, difference.after) => {
                    Numbering::New
                }
                (Some(_), _) => Numbering::Either,
                // What is still there has a number in the newer version, which is the one to use.
                _ if difference.after.is_some() => Numbering::Old,
                _ if names_entry(relation, old_place, difference.before) => Numbering::Old,
                _ => Numbering::Either,
            };
            hits.push(Hit { difference: at, relation, numbering });
        }
        self.decided(row, hits)
    }

    /// The place that a row names in the numbering of the older version.
    fn old_place(&self, change: &Change) -> Option<Slot> {
        let (old, new) = (self.before.answers, self.after.answers);
        if std::ptr::eq(old.form(), new.form()) {
            return change.item.slot;
        }
        let resolution = old.form().resolve(&change.item.text, old.files());
        resolution.target.filter(|_| !resolution.is_uncertain()).map(|target| target.slot)
    }

    /// Leaves of the hits those that are meant, where the numbers could be those of either version.
    fn decided(&self, row: usize, mut hits: Vec<Hit>) -> Vec<Hit> {
        let is_any = |numbering| hits.iter().any(|hit| hit.numbering == numbering);
        if !is_any(Numbering::Old) {
            return hits;
        }
        if !is_any(Numbering::New) {
            // The old number of what is still there is a slip, which only the texts can show.
            hits.retain(|hit| hit.numbering != Numbering::Old || self.is_gone(hit) || self.fit(row, hit) > 0);
            return hits;
        }
        let is_open = |hit: &Hit| hit.numbering == Numbering::Either;
        let fits: Vec<usize> = hits.iter().map(|hit| self.fit(row, hit)).collect();
        let numbered = hits.iter().zip(&fits).filter(|(hit, _)| !is_open(hit));
        let best = numbered.map(|(_, fit)| *fit).max().unwrap_or(0);
        let mut fits = fits.into_iter();
        if best > 0 {
            // One row may tell of an entry that is gone and of the one in its place.
            hits.retain(|hit| {
                let fit = fits.next().unwrap_or(0);
                is_open(hit) || fit == best || fit > 0 && self.is_whole(hit)
            });
            return hits;
        }
        // The texts do not tell; what the row says was done may.
        let has_gone = hits.iter().any(|hit| self.is_gone(hit));
        let is_meant = |hit: &Hit| match self.meanings[row].kind {
            ChangeKind::Removed if has_gone => self.is_gone(hit),
            ChangeKind::Added | ChangeKind::Moved | ChangeKind::Removed => hit.numbering == Numbering::New,
            _ => hit.numbering == Numbering::New || self.is_gone(hit) && hit.relation == Relation::Exact,
        };
        hits.retain(|hit| is_open(hit) || is_meant(hit));
        hits
    }

    fn is_gone(&self, hit: &Hit) -> bool {
        self.differences[hit.difference].after.is_none()
    }

    /// Whether a whole entry is new or gone.
    fn is_whole(&self, hit: &Hit) -> bool {
        matches!(self.differences[hit.difference].kind, DifferenceKind::New | DifferenceKind::Gone)
    }

    /// How well the texts of a row fit a difference; 0 where they do not quote it.
    fn fit(&self, row: usize, hit: &Hit) -> usize {
        let difference = &self.differences[hit.difference];
        let of = |column, text: &str, form| self.quotes(row, column, text, form);
        let before = || of(Column::Before, &difference.before_text, self.before.answers.form());
        let after = || of(Column::After, &difference.after_text, self.after.answers.form());
        match difference.kind {
            DifferenceKind::New => after(),
            DifferenceKind::Gone => before(),
            _ => before() + after(),
        }
    }

    /// How well a column quotes a text.
    fn quotes(&self, row: usize, column: Column, text: &str, form: &Form) -> usize {
        let written = self.meanings[row].text(self.after.changes, row, column);
        if stands(form, column, written) != Stands::Text || text.trim().is_empty() {
            return 0;
        }
        match text_agrees(written, text, form) {
            Agreement::Equal => 3,
            Agreement::Excerpt => 2,
            Agreement::Instruction | Agreement::Differs { .. } => 0,
        }
    }
}

fn relation(
    form: &Form,
    row: Option<Slot>,
    place: Option<Slot>,
    difference: &Difference,
) -> Option<Relation> {
    let (row, place) = (row?, place?);
    let is_whole = matches!(difference.kind, DifferenceKind::New | DifferenceKind::Gone);
    if row == place {
        return Some(Relation::Exact);
    }
    if is_whole && form.contains(place, row) {
        return Some(Relation::Inside);
    }
    if form.contains(row, place) || is_whole && is_inside_some_entry(form, place, row) {
        return Some(Relation::Around);
    }
    None
}

/// Whether a row names an entry by its number that the place lies in or is; one about the list as a whole does not.
fn names_entry(relation: Relation, row: Option<Slot>, place: Option<Slot>) -> bool {
    let depth = |slot: Option<Slot>| slot.map_or(0, |slot| slot.entries.depth());
    depth(row) > 0 && (relation != Relation::Around || depth(row) >= depth(place))
}

/// Whether a row is about an item of an entry and leaves open of which.
fn is_inside_some_entry(form: &Form, entry: Slot, row: Slot) -> bool {
    let depth = row.entries.depth();
    depth < entry.entries.depth()
        && row.entries == entry.entries.truncate(depth)
        && form.contains(Slot { entries: row.entries, ..entry }, row)
}
