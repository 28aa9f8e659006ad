//! The dates of 変更箇所: against 公表日, against each other, and rows that stand twice.

use std::collections::BTreeMap;

use super::Told;
use crate::check::Context;
use crate::check::changes::Column;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::form::{Slot, fold};
use crate::wareki::{self, CivilDate};

/// A row with a date that can be judged.
#[derive(Clone, Copy)]
struct Dated<'c> {
    told: Told<'c>,
    date: CivilDate,
}

pub(super) fn check(context: &Context<'_>, rows: &[Told<'_>], found: &mut Vec<Diagnostic>) {
    let all: Vec<_> =
        rows.iter().filter_map(|told| told.row.change.date.map(|date| Dated { told: *told, date })).collect();
    let (early, rest): (Vec<_>, Vec<_>) = all.iter().partition(|r| is_too_early(r.date));
    let is_late = |r: &Dated<'_>| published(context).is_some_and(|published| published.is_before(r.date));
    let (late, plausible): (Vec<_>, Vec<_>) = rest.into_iter().partition(is_late);
    found.extend(early.iter().map(|row| too_early(context, *row)));
    after_publication(context, &late, found);
    steps_back(context, &plausible, found);
    // A date that could not be read may be the newest one.
    if all.len() == rows.len() && late.is_empty() {
        found.extend(older_than_publication(context, &plausible));
    }
    twice(context, &all, found);
}

/// 公表日, where there is no doubt about it.
fn published(context: &Context<'_>) -> Option<CivilDate> {
    let slot = context.sole("published")?;
    context.date(slot).filter(|_| !context.is_excused(slot))
}

/// 番号法's assessments began on this day: no change of one is older.
fn is_too_early(date: CivilDate) -> bool {
    CivilDate::from_ymd(2014, 4, 20).is_some_and(|first| date.is_before(first))
}

fn too_early(context: &Context<'_>, row: Dated<'_>) -> Diagnostic {
    let text = &row.told.row.change.date_text;
    let message =
        format!("変更日「{text}」は、特定個人情報保護評価の制度が始まった平成26年4月20日より前です");
    let mut diagnostic = context
        .at_row(Code::CHANGE_TOO_EARLY, row.told.row, Column::Date, message)
        .help("元号と年を確かめてください。");
    // 平成 for 令和 is the usual slip.
    let reiwa = text.replace("平成", "令和");
    let fits = |parsed: wareki::Parsed| {
        reiwa != *text && published(context).is_some_and(|published| !published.is_before(parsed.date))
    };
    if wareki::parse(&reiwa).is_ok_and(fits) {
        diagnostic.suggestion = Some(reiwa);
    }
    diagnostic
}

/// One finding per date: a version's rows share one.
fn after_publication(context: &Context<'_>, late: &[Dated<'_>], found: &mut Vec<Diagnostic>) {
    let Some(published) = published(context) else { return };
    let mut by_date: BTreeMap<CivilDate, (Dated<'_>, usize)> = BTreeMap::new();
    for row in late {
        by_date.entry(row.date).or_insert((*row, 0)).1 += 1;
    }
    for (date, (row, count)) in by_date {
        let more = if count > 1 {
            format!("（同じ変更日の行がほかに {} 件）", count - 1)
        } else {
            String::new()
        };
        let message =
            format!("変更日「{}」が、公表日「{}」より後です{more}", date.wareki(), published.wareki());
        let diagnostic = context
            .at_row(Code::CHANGE_AFTER_PUBLICATION, row.told.row, Column::Date, message)
            .help("この版で公表する変更なら、変更日か公表日のどちらかを直してください。次の版の変更なら、次の版に書いてください。");
        found.push(with_published(context, diagnostic));
    }
}

fn older_than_publication(context: &Context<'_>, rows: &[Dated<'_>]) -> Option<Diagnostic> {
    let published = published(context)?;
    let newest = *rows.iter().max_by_key(|r| r.date)?;
    if !newest.date.is_before(published) {
        return None;
    }
    let message = format!(
        "最も新しい変更日が「{}」で、公表日「{}」より前です",
        newest.date.wareki(),
        published.wareki()
    );
    let diagnostic = context
        .at_row(Code::NO_CHANGE_OF_THIS_VERSION, newest.told.row, Column::Date, message)
        .help("この版で変えた項目の変更箇所が抜けていれば、書き足してください。抜けていなければ、変更日か公表日を確かめてください。");
    Some(with_published(context, diagnostic))
}

fn with_published(context: &Context<'_>, diagnostic: Diagnostic) -> Diagnostic {
    match context.sole("published") {
        Some(slot) => context.with_item(diagnostic, slot, "ここに公表日があります"),
        None => diagnostic,
    }
}

/// One finding per step back; a table that stands the other way round throughout is one slip.
fn steps_back(context: &Context<'_>, rows: &[Dated<'_>], found: &mut Vec<Diagnostic>) {
    let pairs = || rows.windows(2).map(|pair| (pair[0], pair[1]));
    let is_reversed = !pairs().any(|(above, below)| above.date.is_before(below.date));
    let back = pairs().filter(|(above, below)| below.date.is_before(above.date));
    for (above, below) in back.take(if is_reversed { 1 } else { usize::MAX }) {
        let message = format!(
            "変更日「{}」の行が、それより新しい「{}」の行の下にあります",
            below.date.wareki(),
            above.date.wareki()
        );
        let help = if is_reversed && rows.len() > 2 {
            "変更箇所は、変更日の古い順に並べてください。この表は、新しい順に並んでいます。"
        } else {
            "変更箇所は、変更日の古い順に並べてください。並びが正しければ、変更日を確かめてください。"
        };
        let diagnostic = context.at_row(Code::CHANGES_OUT_OF_ORDER, below.told.row, Column::Date, message);
        // Rows that were rewritten weigh more.
        let diagnostic = diagnostic.weighing(Severity::Warning).help(help);
        found.push(context.with_row(
            diagnostic,
            above.told.row,
            Column::Date,
            "この行の方が新しい変更日です",
        ));
    }
}

/// What makes two rows the same: date, item, before, after.
type Same = (CivilDate, Result<Slot, String>, String, String);

fn twice(context: &Context<'_>, rows: &[Dated<'_>], found: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<Same, Dated<'_>> = BTreeMap::new();
    for row in rows {
        let change = row.told.row.change;
        let (before, after) = (fold(&change.before), fold(&change.after));
        // That nothing is written is another finding.
        if before == after || !row.told.row.is_readable() {
            continue;
        }
        let item = change.item.slot.ok_or_else(|| fold(&change.item.text));
        let key = (row.date, item, before, after);
        let Some(first) = seen.get(&key) else {
            seen.insert(key, *row);
            continue;
        };
        let message = format!("同じ変更箇所が二度あります（「{}」）", change.item.text);
        let diagnostic = context
            .at_row(Code::CHANGE_TWICE, row.told.row, Column::Item, message)
            .help("変更日、項目、変更前と変更後の記載が全て同じです。片方を消すか、項目を直してください。");
        found.push(context.with_row(
            diagnostic,
            first.told.row,
            Column::Item,
            "同じ変更箇所がここにもあります",
        ));
    }
}
