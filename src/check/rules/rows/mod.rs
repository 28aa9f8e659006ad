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
use words::words;

/// A row, and what its explanation says.
#[derive(Clone, Copy)]
struct Told<'c> {
    row: Row<'c>,
    /// Of the row above where the explanation only says 同上.
    class: Class,
    /// Whether the explanation only points at the row above.
    is_ditto: bool,
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let rows = told(context);
    order::check(context, &rows, found);
    explanation::check(context, &rows, found);
    emergency::check(context, &rows, found);
    texts::check(context, &rows, found);
    current::check(context, &rows, found);
}

fn told<'c>(context: &'c Context<'_>) -> Vec<Told<'c>> {
    let mut above = Class::Unclear;
    let mut all = Vec::new();
    for row in context.rows() {
        let is_ditto = words().ditto.is_match(&fold(&row.change.explanation));
        if !is_ditto {
            above = classify(&row.change.explanation);
        }
        all.push(Told { row, class: above, is_ditto });
    }
    all
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
