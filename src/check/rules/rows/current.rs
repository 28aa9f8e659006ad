//! The newest row of an item against what the item says today (R63). A difference means that a change has no row, or that the item
//! was not changed as its row says.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::compare::sentences;
use super::held::{Claim, Missing, Said, missing};
use super::likeness::Near;
use super::{Told, quote};
use crate::check::Context;
use crate::check::changes::Column;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::form::{NodeIx, Slot};
use crate::history;
use crate::wareki::CivilDate;

pub(super) fn check(context: &Context<'_>, rows: &[Told<'_>], found: &mut Vec<Diagnostic>) {
    let touched = Touched::by(context, rows);
    let replaced = Replaced::by(rows);
    let mut by_slot: IndexMap<Slot, Vec<(Told<'_>, CivilDate)>> = IndexMap::new();
    for told in rows.iter().filter(|t| t.row.is_certain() && t.row.is_readable()) {
        if let (Some(slot), Some(date)) = (told.row.change.item.slot, told.row.change.date) {
            by_slot.entry(slot).or_default().push((*told, date));
        }
    }
    for (slot, rows) in by_slot {
        let Some(newest) = rows.iter().map(|(_, date)| *date).max() else { continue };
        if touched.later(context, slot, newest) {
            continue;
        }
        let today = Said::of(&context.answers, slot);
        for (told, _) in rows.iter().filter(|(_, date)| *date == newest) {
            let missing = not_said(context, slot, &today, &replaced, *told);
            found.extend(missing.map(|missing| finding(context, slot, *told, &missing)));
        }
    }
}

/// What a row says and its item does not say today.
fn not_said(
    context: &Context<'_>,
    slot: Slot,
    today: &Said,
    replaced: &Replaced,
    told: Told<'_>,
) -> Option<Missing> {
    // Nothing is left of the text, or it does not stand in this column.
    if told.meaning.after != Some(history::Column::After) || told.meaning.after_from.is_some() {
        return None;
    }
    let claim = Claim {
        text: &told.row.change.after,
        is_replaced: &|parts| replaced.later(parts, told),
        is_told: &|parts| replaced.ever(parts, told),
    };
    missing(&context.answers, slot, today, &claim)
}

fn finding(context: &Context<'_>, slot: Slot, told: Told<'_>, missing: &Missing) -> Diagnostic {
    let (written, item) = (quote(&missing.written), context.form.name(slot, context.answers.files()).line());
    let message = match (&missing.instead, &missing.near) {
        _ if missing.is_empty => {
            format!("「{item}」の最も新しい変更では「{written}」としていますが、今の評価書では空です")
        }
        (_, Some(Near { pair: (told, today), .. })) if missing.is_slip() => {
            format!(
                "「{item}」の最も新しい変更では「…{told}…」ですが、今の評価書では「…{today}…」です。書き誤りかもしれません"
            )
        }
        (_, Some(Near { pair: (told, today), .. })) => {
            format!(
                "「{item}」の最も新しい変更では「…{told}…」としていますが、今の評価書では「…{today}…」です"
            )
        }
        (Some(instead), None) => {
            format!(
                "「{item}」の最も新しい変更では「{written}」としていますが、今の評価書では「{instead}」です"
            )
        }
        (None, None) => {
            format!("「{item}」の最も新しい変更にある「{written}」が、今の評価書の記載にありません")
        }
    };
    let diagnostic =
        context.in_row(Code::CHANGE_NOT_CURRENT, told.row, Column::After, &missing.written, message);
    let diagnostic = if missing.is_slip() {
        diagnostic.weighing(Severity::Info).help(
            "書き誤りなら、正しい方に合わせてください。記載を変えたのなら、その変更箇所を書き足してください。",
        )
    } else {
        diagnostic.help(
            "この変更の後に記載を変えたのなら、その変更箇所を書き足してください。変えていないのなら、評価書の記載か、この行の変更後の記載を直してください。",
        )
    };
    context.with_item(diagnostic, slot, "今の記載はここです")
}

/// When an item, something around it or something below it was changed last.
#[derive(Default)]
struct Touched {
    whole: BTreeMap<Slot, CivilDate>,
    below: BTreeMap<Slot, CivilDate>,
    /// Rows that leave open which entry they mean, and rows about an entry as a whole: the entries may have moved.
    anywhere: BTreeMap<NodeIx, CivilDate>,
    any: BTreeMap<NodeIx, CivilDate>,
}

impl Touched {
    fn by(context: &Context<'_>, rows: &[Told<'_>]) -> Self {
        let mut touched = Self::default();
        for told in rows {
            let (Some(slot), Some(date)) = (told.row.change.item.slot, told.row.change.date) else {
                continue;
            };
            note(&mut touched.whole, slot, date);
            note(&mut touched.any, slot.node, date);
            let node = context.form.node(slot.node);
            let depth = context.form.repeat_depth(slot.node);
            if slot.entries.depth() < depth || node.repeat.is_some() && !node.is_per_file() {
                note(&mut touched.anywhere, slot.node, date);
            }
            for above in around(context, slot).skip(1) {
                note(&mut touched.below, above, date);
            }
        }
        touched
    }

    /// Whether something was changed after a day that the row of that day does not know of.
    fn later(&self, context: &Context<'_>, slot: Slot, day: CivilDate) -> bool {
        let is_open = slot.entries.depth() < context.form.repeat_depth(slot.node);
        let is_later = |date: Option<&CivilDate>| date.is_some_and(|date| *date > day);
        is_later(self.below.get(&slot))
            || is_open && is_later(self.any.get(&slot.node))
            || around(context, slot)
                .any(|above| is_later(self.whole.get(&above)) || is_later(self.anywhere.get(&above.node)))
    }
}

fn note<K: Ord>(dates: &mut BTreeMap<K, CivilDate>, key: K, date: CivilDate) {
    let newest = dates.entry(key).or_insert(date);
    *newest = (*newest).max(date);
}

/// A slot and everything around it.
fn around<'c>(context: &'c Context<'_>, slot: Slot) -> impl Iterator<Item = Slot> + 'c {
    let ancestry = context.form.ancestry(slot.node);
    ancestry.into_iter().rev().map(move |node| Slot {
        node: node.ix,
        entries: slot.entries.truncate(context.form.repeat_depth(node.ix)),
    })
}

/// Sentences that a row replaces, with the dates of those rows: a text that another row of the same day or a later one took out
/// again, under whatever item.
struct Replaced(BTreeMap<String, Vec<(CivilDate, usize)>>);

impl Replaced {
    fn by(rows: &[Told<'_>]) -> Self {
        let mut sentences_of: BTreeMap<String, Vec<(CivilDate, usize)>> = BTreeMap::new();
        for told in rows {
            let Some(date) = told.row.change.date else { continue };
            let Some(gone) = told.meaning.before else { continue };
            for sentence in sentences(gone.of(told.row.change)) {
                sentences_of.entry(sentence.parts.concat()).or_default().push((date, told.row.number));
            }
        }
        Self(sentences_of)
    }

    /// Whether another row of whatever day replaces it: then that row has a wrong date, and this one is no slip of the pen.
    fn ever(&self, parts: &[String], told: Told<'_>) -> bool {
        let by = self.0.get(&parts.concat());
        by.is_some_and(|by| by.iter().any(|(_, number)| *number != told.row.number))
    }

    fn later(&self, parts: &[String], told: Told<'_>) -> bool {
        let Some(day) = told.row.change.date else { return false };
        let by = self.0.get(&parts.concat());
        by.is_some_and(|by| by.iter().any(|(date, number)| *date >= day && *number != told.row.number))
    }
}
