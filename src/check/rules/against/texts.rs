//! The texts of new rows against the items of both versions (CHG-03). That 変更後の記載 is what the item says today is asked of
//! every document (CHG-25); here it is asked whether it is all of it.

use indexmap::IndexMap;

use super::Against;
use super::place::differing;
use crate::assessment::{Answers, Value};
use crate::check::changes::Column;
use crate::check::rules::rows::{Claim, Missing, Said, Told, letters, missing, quote};
use crate::diagnostic::{Code, Diagnostic};
use crate::form::Slot;
use crate::history;
use crate::review::{Difference, is_blank};

pub(super) fn check(against: &Against<'_>, found: &mut Vec<Diagnostic>) {
    let mut by_slot: IndexMap<Slot, Vec<Told<'_>>> = IndexMap::new();
    for told in against.new_rows().filter(|told| told.row.is_certain() && told.row.is_readable()) {
        if let Some(slot) = told.row.change.item.slot {
            by_slot.entry(slot).or_default().push(told);
        }
    }
    for (slot, rows) in by_slot {
        let Some((first, others)) = rows.split_first() else { continue };
        let Some(difference) = of_item(against, *first, slot) else { continue };
        found.extend(before(against, *first, difference));
        if others.is_empty() && !is_named(found, *first, against) {
            found.extend(after(against, *first, difference));
        }
    }
}

/// The one difference that a row tells of, where it is about exactly the item that the row names.
fn of_item<'a>(against: &'a Against<'_>, told: Told<'_>, slot: Slot) -> Option<&'a Difference> {
    let mut differences = against.told_of(told.row.number);
    let only = differences.next().filter(|difference| !difference.is_entry())?;
    let is_it = only.after.or(only.before) == Some(slot);
    (is_it && differences.next().is_none() && !against.is_unread(slot)).then_some(only)
}

/// Whether a finding says already that the row does not say what the item says today.
fn is_named(found: &[Diagnostic], told: Told<'_>, against: &Against<'_>) -> bool {
    let name = against.context.row_name(told.row.change);
    found.iter().any(|f| f.code == Code::CHANGE_NOT_CURRENT && f.row.as_ref() == Some(&name))
}

/// 変更前の記載 of the first row must stand in the version before.
fn before(against: &Against<'_>, told: Told<'_>, difference: &Difference) -> Option<Diagnostic> {
    let column = told.meaning.before.filter(|_| told.meaning.before_from.is_none())?;
    let text = column.of(told.row.change);
    let slot = difference.before?;
    if is_blank(text) {
        return None;
    }
    let answers = &against.earlier.assessment.answers;
    let lack = lack(answers, slot, text)?;
    let (written, name) = (quote(&lack.written), against.name_before(slot));
    let earlier = &against.earlier.name;
    let message = match (&lack.instead, &lack.near) {
        _ if lack.is_empty => format!("「{written}」とありますが、{earlier}の「{name}」は空です"),
        (_, Some(near)) => {
            format!("「…{}…」とありますが、{earlier}の「{name}」では「…{}…」です", near.pair.0, near.pair.1)
        }
        (Some(instead), None) => {
            format!("「{written}」とありますが、{earlier}の「{name}」では「{instead}」です")
        }
        (None, None) => format!("「{written}」が、{earlier}の「{name}」の記載にありません"),
    };
    let column = shown(column);
    Some(
        against
            .context
            .in_row(Code::TEXT_DIFFERS, told.row, column, &lack.written, message)
            .help("前の版の記載をそのまま写してください。一部だけを書くときは、残りを（略）とします。"),
    )
}

/// What a row says and the item of a version does not.
fn lack(answers: &Answers, slot: Slot, text: &str) -> Option<Missing> {
    let none = |_: &[String]| false;
    let claim = Claim { text, is_replaced: &none, is_told: &none };
    missing(answers, slot, &Said::of(answers, slot), &claim)
}

fn shown(column: history::Column) -> Column {
    match column {
        history::Column::Before => Column::Before,
        history::Column::After => Column::After,
    }
}

/// A row that quotes the whole item of the version before, and less than the whole of it now.
fn after(against: &Against<'_>, told: Told<'_>, difference: &Difference) -> Option<Diagnostic> {
    let meaning = told.meaning;
    let (before, after) = (meaning.before?, meaning.after?);
    let is_plain = !meaning.is_excerpt && meaning.before_from.is_none() && meaning.after_from.is_none();
    let [old, new] = [before, after].map(|column| column.of(told.row.change));
    let context = against.context;
    let [then, now] = [
        text(&against.earlier.assessment.answers, difference.before?)?,
        text(&context.answers, difference.after?)?,
    ];
    let is_blank = is_blank(old) || is_blank(new);
    if !is_plain || is_blank || letters(old) != letters(then) || letters(new) == letters(now) {
        return None;
    }
    let (written, today) = differing(new, now);
    let slot = difference.after?;
    let message = format!(
        "変更後の記載が「{}」の今の記載と違います。ここでは「{written}」、評価書では「{today}」です",
        against.name(slot)
    );
    let diagnostic = context
        .at_row(Code::TEXT_DIFFERS, told.row, shown(after), message)
        .help("今の評価書の記載をそのまま写してください。一部だけを書くときは、変更前の記載も同じところだけにして、残りを（略）とします。");
    Some(context.with_item(diagnostic, slot, "今の記載はここです"))
}

fn text(answers: &Answers, slot: Slot) -> Option<&str> {
    match answers.get(slot)? {
        Value::Text(text) => Some(text),
        _ => None,
    }
}
