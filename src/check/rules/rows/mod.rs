//! Rules over the rows of 変更箇所 that need one document (CHG).

mod classify;
mod compare;
mod current;
mod emergency;
mod explanation;
mod likeness;
mod order;
mod texts;
mod words;

pub(in crate::check) use classify::{Class, classify};
pub(in crate::check) use emergency::{gives_reason, names_event};

use super::view::Row;
use crate::check::Context;
use crate::diagnostic::Diagnostic;
use crate::form::fold;
use crate::history::{Meaning, meanings, wordings};

/// A row, what it means, and what its explanation says.
#[derive(Clone, Copy)]
struct Told<'c> {
    row: Row<'c>,
    meaning: &'c Meaning,
    /// Of the row above where the explanation only says 同上.
    class: Class,
    /// Whether the explanation only points at the row above.
    is_ditto: bool,
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let meanings = meanings(&context.answers, &context.rows);
    let rows = told(context, &meanings);
    order::check(context, &rows, found);
    explanation::check(context, &rows, found);
    emergency::check(context, &rows, found);
    texts::check(context, &rows, found);
    current::check(context, &rows, found);
}

fn told<'c>(context: &'c Context<'_>, meanings: &'c [Meaning]) -> Vec<Told<'c>> {
    let rows = context.rows().zip(meanings);
    let told = rows.map(|(row, meaning)| {
        let source = meaning.explanation.map_or(row.change, |above| &context.rows[above]);
        Told {
            row,
            meaning,
            class: classify(&source.explanation),
            is_ditto: wordings().ditto.is_match(&fold(&row.change.explanation)),
        }
    });
    told.collect()
}

/// Whether a column says nothing: it is empty, or there is only a dash.
fn says_nothing(context: &Context<'_>, text: &str) -> bool {
    text.trim().is_empty() || context.form.is_not_applicable(text)
}

/// A text as a message quotes it: its first line, shortened.
fn quote(text: &str) -> String {
    /// About a line of a terminal.
    const LONGEST: usize = 40;
    let line = text.trim().lines().next().unwrap_or_default().trim();
    let mut short: String = line.chars().take(LONGEST).collect();
    if short.len() < text.trim().len() {
        short.push('…');
    }
    short
}
