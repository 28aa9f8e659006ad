//! Rows that are public already stay as they are (CHG-20).

use std::collections::BTreeMap;

use super::Against;
use super::place::differing;
use crate::assessment::Change;
use crate::check::changes::Column;
use crate::check::judgement::CORRECTION;
use crate::compare::RowState;
use crate::diagnostic::{Code, Diagnostic};

pub(super) fn check(against: &Against<'_>, found: &mut Vec<Diagnostic>) {
    for (row, state) in against.ledger.rows.iter().enumerate() {
        if let RowState::Rewritten { before } = state {
            found.extend(rewritten(against, row, *before));
        }
    }
    dropped(against, found);
}

/// The columns of a row, in the order of the form.
fn columns(change: &Change) -> [(Column, &str); 6] {
    [
        (Column::Date, &change.date_text),
        (Column::Item, &change.item.text),
        (Column::Before, &change.before),
        (Column::After, &change.after),
        (Column::Timing, &change.timing),
        (Column::Explanation, &change.explanation),
    ]
}

fn rewritten(against: &Against<'_>, row: usize, before: usize) -> Option<Diagnostic> {
    let context = against.context;
    let told = against.rows.get(row).filter(|told| told.row.change.judgement.correction.is_none())?;
    let old = against.earlier.assessment.changes.get(before)?;
    // A reason that is blank has its own finding.
    if told.row.has_key(CORRECTION) {
        return None;
    }
    let mut pairs = columns(old).into_iter().zip(columns(told.row.change));
    let (column, then, now) = pairs
        .find(|((_, then), (_, now))| then.trim() != now.trim())
        .map(|((column, then), (_, now))| (column, then, now))?;
    let label = context.column(column).map_or("", |node| node.label.as_str());
    let earlier = &against.earlier.name;
    let message = format!("公表済みの変更箇所の「{label}」が書き換えられています");
    let (then, now) = differing(then, now);
    let diagnostic = context
        .at_row(Code::CHANGES_OUT_OF_ORDER, told.row, column, message)
        .help(format!("公表済みの行は書き換えず、元に戻してください。書き誤りの訂正なら、この行に「{CORRECTION}: …」を書いてください。"));
    Some(if then == now {
        diagnostic
    } else {
        diagnostic.expected(format!("{earlier}では「{then}」、この版では「{now}」"))
    })
}

/// Rows that are gone: one finding for each 変更日.
fn dropped(against: &Against<'_>, found: &mut Vec<Diagnostic>) {
    let rows = &against.earlier.assessment.changes;
    let mut by_date: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for before in &against.ledger.dropped {
        if let Some(row) = rows.get(*before) {
            by_date.entry(row.date_text.as_str()).or_default().push(*before);
        }
    }
    for numbers in by_date.into_values() {
        let Some((first, others)) = numbers.split_first() else { continue };
        found.push(gone(against, *first, others.len()));
    }
}

fn gone(against: &Against<'_>, before: usize, others: usize) -> Diagnostic {
    let context = against.context;
    let row = &against.earlier.assessment.changes[before];
    let more = if others > 0 {
        format!("（同じ変更日の行がほかに {others} 件）")
    } else {
        String::new()
    };
    let message = format!("{}にあった変更箇所の行がなくなっています{more}", against.earlier.name);
    let file = context.changes_file();
    let span = following(against, before).unwrap_or_default();
    Diagnostic::new(Code::CHANGES_OUT_OF_ORDER, file.path.clone(), message)
        .at(file.place(span))
        .item(String::new(), String::new())
        .row(context.row_name(row))
        .help("公表済みの行を元に戻してください。変更箇所は、公表してからは消しません。")
}

/// Where the row stood: the first row that stood below it and is still there, or else the last row.
fn following(against: &Against<'_>, gone: usize) -> Option<crate::read::Span> {
    let stood = |state: &RowState| match state {
        RowState::Kept { before } | RowState::Rewritten { before } => *before > gone,
        RowState::New => false,
    };
    let below = against.ledger.rows.iter().position(stood);
    let told = below.map_or(against.rows.last(), |row| against.rows.get(row))?;
    Some(told.row.place().whole)
}
