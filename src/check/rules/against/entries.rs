//! Whole entries of lists: what is new or gone is told as that, and not as changes of its items (CHG-22).

use super::Against;
use crate::check::changes::Column;
use crate::check::rules::rows::Told;
use crate::compare::{Difference, DifferenceKind, is_blank};
use crate::diagnostic::{Code, Diagnostic};
use crate::form::Slot;
use crate::history::ChangeKind;

pub(super) fn check(against: &Against<'_>, found: &mut Vec<Diagnostic>) {
    let differences = &against.comparison.differences;
    let mut replaced = Vec::new();
    for difference in differences.iter().filter(|d| d.kind == DifferenceKind::New) {
        let (Some(slot), true) = (difference.after, has_gone(against, difference)) else { continue };
        let inside = |told: &Told<'_>| is_inside(against, slot, *told) && is_told_as_change(*told);
        if let Some(told) = against.new_rows().find(inside) {
            replaced.push(slot);
            found.push(told_as_changes(against, slot, told));
        }
    }
    for (number, difference) in differences.iter().enumerate() {
        let Some(slot) = against.slot_of(difference) else { continue };
        let is_named = replaced.contains(&slot);
        let Some(deed) = Deed::of(difference.kind).filter(|_| !is_named) else { continue };
        let about_it = |told: &Told<'_>| told.row.change.item.slot == Some(slot);
        let told = against.told_by(number).filter(about_it).find(|told| !is_unmarked(*told));
        found.extend(told.and_then(|told| deed.unmarked(against, slot, told)));
    }
}

/// What happened to an entry, as its row must say it.
#[derive(Clone, Copy)]
struct Deed {
    kind: ChangeKind,
    word: &'static str,
    help: &'static str,
    column: Column,
}

impl Deed {
    fn of(kind: DifferenceKind) -> Option<Self> {
        match kind {
            DifferenceKind::New => Some(Self {
                kind: ChangeKind::Added,
                word: "新しく加わっています",
                help: "変更前の記載に「記載なし」と書いてください。",
                column: Column::Before,
            }),
            DifferenceKind::Gone => Some(Self {
                kind: ChangeKind::Removed,
                word: "なくなっています",
                help: "変更後の記載に「記載なし」か「項目ごと削除」と書いてください。",
                column: Column::After,
            }),
            _ => None,
        }
    }

    /// A row that does not say that the entry is new or gone.
    fn unmarked(self, against: &Against<'_>, slot: Slot, told: Told<'_>) -> Option<Diagnostic> {
        // What is gone here and new there was moved, as both rows are read.
        if told.meaning.kind == self.kind || told.meaning.counterpart.is_some() {
            return None;
        }
        let message = format!(
            "「{}」は{}から{}が、この行からはそれが読み取れません",
            against.name(slot),
            against.earlier.name,
            self.word
        );
        let diagnostic = against.context.at_row(Code::ENTRY_NOT_MARKED, told.row, self.column, message);
        Some(diagnostic.help(self.help))
    }
}

/// Whether a row leaves open what it says of its texts.
fn is_unmarked(told: Told<'_>) -> bool {
    !told.row.is_readable() || is_blank(&told.row.change.before) || is_blank(&told.row.change.after)
}

/// Whether the entry that had the number of a new one is gone.
fn has_gone(against: &Against<'_>, new: &Difference) -> bool {
    let is_it = |old: &Difference| {
        old.kind == DifferenceKind::Gone && against.slot_of(old).is_some_and(|slot| Some(slot) == new.after)
    };
    against.comparison.differences.iter().any(is_it)
}

fn is_inside(against: &Against<'_>, slot: Slot, told: Told<'_>) -> bool {
    told.row.change.item.slot.is_some_and(|inner| against.context.form.contains(slot, inner))
}

/// A row that has one text before and another one after.
fn is_told_as_change(told: Told<'_>) -> bool {
    told.meaning.kind == ChangeKind::Changed && !is_unmarked(told)
}

fn told_as_changes(against: &Against<'_>, slot: Slot, told: Told<'_>) -> Diagnostic {
    let message = format!(
        "「{}」は、{}のものがなくなり別のものになっていますが、一件の変更として書かれています",
        against.name(slot),
        against.earlier.name
    );
    let diagnostic = against
        .context
        .at_row(Code::ENTRY_NOT_MARKED, told.row, Column::Item, message)
        .help("なくしたものと加えたものを、別の行に書いてください。")
        .help("kohyo changes draft は、二つに分けた下書きを作ります。");
    against.context.with_item(diagnostic, slot, "今の記載はここです")
}
