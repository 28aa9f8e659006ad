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

pub(in crate::check) use classify::{Class, verdict};
pub(in crate::check) use emergency::{gives_reason, names_event};
pub(super) use likeness::nearest;

use self::classify::classify;
use super::view::Row;
use crate::check::Context;
use crate::diagnostic::Diagnostic;
use crate::form::fold;
use crate::history::{Meaning, meanings, wordings};

/// What to do where it is not decided whether a change is a 重要な変更.
pub(super) const HOW_TO_DECIDE: &str = "「重要な変更の判断:」に、次から一つを書いてください: 重要な変更 / 形式的な変更 / リスクを相当程度変動させない変更 / リスクを明らかに軽減させる変更 / 緊急時の事後評価";

/// A row, what it means, and what its explanation says.
#[derive(Clone, Copy)]
pub(super) struct Told<'c> {
    pub(super) row: Row<'c>,
    pub(super) meaning: &'c Meaning,
    /// Of the row above where the explanation only says 同上.
    pub(super) class: Class,
    /// Whether the explanation only points at the row above.
    is_ditto: bool,
}

impl Told<'_> {
    /// What the change is: as 重要な変更の判断 says, or else as the explanation does.
    pub(super) fn verdict(&self) -> Class {
        self.row.change.judgement.decision.map_or(self.class, Class::from)
    }

    /// Whether 重要な変更の判断 says what the change is.
    pub(super) fn is_decided(&self) -> bool {
        self.row.change.judgement.decision.is_some()
    }
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

/// Every row with what it means.
pub(super) fn told<'c>(context: &'c Context<'_>, meanings: &'c [Meaning]) -> Vec<Told<'c>> {
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
pub(super) fn quote(text: &str) -> String {
    /// About a line of a terminal.
    const LONGEST: usize = 40;
    let line = text.trim().lines().next().unwrap_or_default().trim();
    let mut short: String = line.chars().take(LONGEST).collect();
    if short.len() < text.trim().len() {
        short.push('…');
    }
    short
}
