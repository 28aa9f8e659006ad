//! Every difference has a row, and every new row a difference (CHG-01, CHG-02, CHG-19, CHG-23).

use std::collections::BTreeMap;

use super::Against;
use super::place::{differing, same_node};
use crate::assessment::Value;
use crate::check::changes::Column;
use crate::check::rules::rows::{Told, quote};
use crate::compare::{Difference, DifferenceKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::form::{Form, Kind, Need, Slot, fold};
use crate::wareki::CivilDate;

/// What writes the rows that are missing.
const HOW_TO_DRAFT: &str =
    "kohyo changes draft を実行すると、足りない行の下書きを changes.yaml に書き足します。";

pub(super) fn check(against: &Against<'_>, found: &mut Vec<Diagnostic>) {
    untold(against, found);
    without_change(against, found);
    of_another_day(against, found);
}

/// Differences without a row; those that only come from another edition are one finding.
fn untold(against: &Against<'_>, found: &mut Vec<Diagnostic>) {
    let mut of_edition = Vec::new();
    for (number, difference) in against.comparison.differences.iter().enumerate() {
        let is_told = against.told_by(number).next().is_some();
        let Some(slot) = against.slot_of(difference).filter(|_| difference.needs_row() && !is_told) else {
            continue;
        };
        if against.is_unread(slot) || is_missing(against, slot) {
            continue;
        }
        if is_of_edition(against, difference) {
            of_edition.push(slot);
        } else {
            found.push(without_row(against, difference, slot));
        }
    }
    found.extend(edition(against, &of_edition));
}

/// Whether an item must not be empty and is: that is the finding, and not that it has no row.
fn is_missing(against: &Against<'_>, slot: Slot) -> bool {
    let context = against.context;
    let is_empty = context.answers.get(slot).is_none_or(Value::is_empty);
    context.form.node(slot.node).is_item() && is_empty && context.need(slot) == Need::Required
}

fn without_row(against: &Against<'_>, difference: &Difference, slot: Slot) -> Diagnostic {
    let earlier = &against.earlier.name;
    let what = match difference.kind {
        DifferenceKind::New => {
            format!("{earlier}になかった一件（{}）がありますが", quote(&difference.after_text))
        }
        DifferenceKind::Gone => {
            format!("{earlier}にあった一件（{}）がなくなっていますが", quote(&difference.before_text))
        }
        DifferenceKind::Moved => format!("{earlier}とは順が違いますが"),
        _ => format!("{earlier}とは記載が違いますが"),
    };
    let diagnostic = against
        .at_difference(Code::UNTOLD_CHANGE, difference, slot, format!("{what}、変更箇所にありません"))
        .help(HOW_TO_DRAFT);
    if difference.is_entry() {
        return diagnostic;
    }
    if against.context.form.node(slot.node).kind == Kind::Figure {
        return diagnostic.help("図の画像だけが変わったときも、何をどう変えたかを変更箇所に書いてください。");
    }
    let (before, after) = differing(&difference.before_text, &difference.after_text);
    match (before.as_str(), after.as_str()) {
        ("", _) => diagnostic.expected(format!("{earlier}には記載がありません")),
        (_, "") => diagnostic.expected(format!("{earlier}では「{before}」")),
        _ if before == after => diagnostic,
        _ => diagnostic.expected(format!("{earlier}では「{before}」、この版では「{after}」")),
    }
}

/// Whether a difference is there only because the editions of the form differ: one of them has no such item, or offers other
/// words for the same answer.
fn is_of_edition(against: &Against<'_>, difference: &Difference) -> bool {
    let (old, new) = (against.earlier.assessment.form(), against.context.form);
    if std::ptr::eq(old, new) {
        return false;
    }
    match (difference.before, difference.after) {
        (None, Some(after)) => same_node(new, after.node, old).is_none(),
        (Some(before), None) => same_node(old, before.node, new).is_none(),
        (Some(before), Some(after)) => {
            let is_offered = |form: &Form, slot: Slot, text: &str| {
                form.options(form.node(slot.node)).iter().any(|option| fold(&option.label) == fold(text))
            };
            // Neither word is on the other form.
            !new.options(new.node(after.node)).is_empty()
                && !is_offered(new, after, &difference.before_text)
                && !is_offered(old, before, &difference.after_text)
        }
        (None, None) => false,
    }
}

/// Differences that come from another edition of the form: no change of the handling (CHG-23).
fn edition(against: &Against<'_>, slots: &[Slot]) -> Option<Diagnostic> {
    /// So many are named.
    const MOST_NAMED: usize = 3;
    slots.first()?;
    let context = against.context;
    let names: Vec<_> = slots.iter().take(MOST_NAMED).map(|slot| against.name(*slot)).collect();
    let more = if slots.len() > MOST_NAMED { "など" } else { "" };
    let message = format!(
        "{}とは様式の版が違い、そのための違いが {} 件あります: 「{}」{more}",
        against.earlier.name,
        slots.len(),
        names.join("」「")
    );
    let span = context.edition.unwrap_or_default();
    Some(
        Diagnostic::new(Code::CHANGE_OF_EDITION, context.file.path.clone(), message)
            .at(context.file.place(span))
            .help("様式の変更に伴う違いで、取扱いの変更ではないかを確かめてください。変更箇所に書くときは、説明に、様式の変更に伴うものであることを書いてください。"),
    )
}

/// New rows about what did not change. Where several new rows follow an item and it is in the end as it was, they are a history.
fn without_change(against: &Against<'_>, found: &mut Vec<Diagnostic>) {
    let mut by_slot: BTreeMap<Slot, usize> = BTreeMap::new();
    for slot in against.new_rows().filter_map(|told| told.row.change.item.slot) {
        *by_slot.entry(slot).or_default() += 1;
    }
    for told in against.new_rows() {
        let Some(slot) = told.row.change.item.slot else { continue };
        let is_history = by_slot.get(&slot).is_some_and(|rows| *rows > 1);
        let is_told = against.told_of(told.row.number).next().is_some();
        if is_told || is_history || !told.row.is_certain() || against.is_unread(slot) {
            continue;
        }
        found.push(unchanged(against, told, slot));
    }
}

fn unchanged(against: &Against<'_>, told: Told<'_>, slot: Slot) -> Diagnostic {
    let context = against.context;
    let message = format!(
        "「{}」は{}から変わっていませんが、新しい変更箇所があります",
        against.name(slot),
        against.earlier.name
    );
    let diagnostic = context
        .at_row(Code::TOLD_WITHOUT_CHANGE, told.row, Column::Item, message)
        .help("項目の書き間違いなら直してください。評価書の記載を直し忘れているなら直してください。どちらでもなければ、この行を消してください。");
    context.with_item(diagnostic, slot, "今の記載はここです")
}

/// New rows that are older than 公表日, where others are not: the rule about the newest row does not see them. One finding a day.
fn of_another_day(against: &Against<'_>, found: &mut Vec<Diagnostic>) {
    let context = against.context;
    let Some(published) = context.published() else { return };
    if found.iter().any(|finding| finding.code == Code::NO_CHANGE_OF_THIS_VERSION) {
        return;
    }
    let mut days: BTreeMap<CivilDate, (Told<'_>, usize)> = BTreeMap::new();
    for told in against.new_rows() {
        if let Some(day) = told.row.change.date.filter(|day| day.is_before(published)) {
            days.entry(day).or_insert((told, 0)).1 += 1;
        }
    }
    for (day, (told, count)) in days {
        let more = if count > 1 { format!("（ほかに {} 件）", count - 1) } else { String::new() };
        let message = format!(
            "{}になかった行の変更日（{}）が、公表日（{}）より前です{more}",
            against.earlier.name,
            day.wareki(),
            published.wareki()
        );
        let diagnostic = context
            .at_row(Code::NO_CHANGE_OF_THIS_VERSION, told.row, Column::Date, message)
            .help("変更日は、通常はこの版の公表日です。取扱いを変えた日は「取扱いの変更日」に書けます。");
        found.push(match context.sole("published") {
            Some(slot) => context.with_item(diagnostic, slot, "ここに公表日があります"),
            None => diagnostic,
        });
    }
}
