//! The 検査規則 against the version before: whether the rows of 変更箇所 tell exactly what differs, what was decided about each
//! change and whether the procedure follows from it, and whether what is public already stayed as it was.

mod decided;
mod differences;
mod entries;
mod place;
mod published;
mod steps;
mod texts;
mod version;

use super::rows::{self, Class, Told};
use crate::check::{Context, Earlier};
use crate::compare::{Comparison, Difference, Ledger, RowState, compare};
use crate::diagnostic::Diagnostic;
use crate::form::Slot;
use crate::history::meanings;
use crate::wareki::CivilDate;

/// The document at hand beside the version before.
struct Against<'c> {
    context: &'c Context<'c>,
    earlier: &'c Earlier,
    comparison: Comparison,
    ledger: Ledger,
    /// Every row of 変更箇所.
    rows: Vec<Told<'c>>,
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(earlier) = context.surroundings.before else { return };
    let meanings = meanings(&context.answers, &context.rows);
    let (before, after) = earlier.sides(&context.answers, &context.rows);
    let comparison = compare(before, after);
    let ledger = Ledger::of(before, after, &comparison);
    let rows = rows::told(context, &meanings);
    let against = Against { context, earlier, comparison, ledger, rows };
    differences::check(&against, found);
    texts::check(&against, found);
    entries::check(&against, found);
    decided::check(&against, found);
    published::check(&against, found);
    steps::check(&against, found);
    version::check(&against, found);
}

impl<'c> Against<'c> {
    /// The rows that the version before did not have.
    fn new_rows(&self) -> impl Iterator<Item = Told<'c>> + '_ {
        self.rows.iter().copied().filter(|told| self.is_new(told.row.number))
    }

    fn is_new(&self, row: usize) -> bool {
        self.ledger.rows.get(row) == Some(&RowState::New)
    }

    /// The differences that a row tells of.
    fn told_of(&self, row: usize) -> impl Iterator<Item = &Difference> {
        let differences = self.ledger.tells_of.get(row).map(Vec::as_slice).unwrap_or_default();
        differences.iter().filter_map(|at| self.comparison.differences.get(*at))
    }

    /// The rows that tell of a difference.
    fn told_by(&self, difference: usize) -> impl Iterator<Item = Told<'c>> + '_ {
        let rows = self.ledger.told_by.get(difference).map(Vec::as_slice).unwrap_or_default();
        rows.iter().filter_map(|row| self.rows.get(*row).copied())
    }

    /// The new rows that are 重要な変更.
    fn important(&self) -> impl Iterator<Item = Told<'c>> + '_ {
        self.new_rows().filter(|told| told.verdict() == Class::Important)
    }

    /// 公表日 of the version before.
    fn published_before(&self) -> Option<CivilDate> {
        self.earlier.assessment.published
    }

    /// What messages call an item of the document at hand.
    fn name(&self, slot: Slot) -> String {
        self.context.form.name(slot, self.context.answers.files()).line()
    }

    /// Whether something around or in a slot could not be read: what differs there is no news.
    fn is_unread(&self, slot: Slot) -> bool {
        let form = self.context.form;
        let is_guessed = |guess: &Slot| form.contains(*guess, slot) || form.contains(slot, *guess);
        let is_inside = |other: &Slot| form.contains(slot, *other);
        self.context.is_excused(slot)
            || self.context.guesses.iter().any(is_guessed)
            || self.context.reported.iter().chain(&self.context.excused).any(is_inside)
    }
}
