//! Texts as such: stray scripts, remains of a conversion, dates that cannot be, names that do not belong there (LINT).
//!
//! What is only a wording stands in the catalogue and is found by `phrases`; numbers that must not be published are found by `leak`.

mod dates;
mod names;
mod signs;
mod towns;

use std::fmt::Write as _;
use std::ops::Range;

use crate::assessment::Value;
use crate::check::Context;
use crate::check::changes::Column;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::form::{Slot, fold};

/// Something found in a text.
#[derive(Debug, PartialEq, Eq)]
struct Spot {
    code: Code,
    /// Where, within one line.
    bytes: Range<usize>,
    message: String,
    help: &'static str,
    suggestion: Option<String>,
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (slot, value) in context.answers.values() {
        let Value::Text(text) = value else { continue };
        let mut spots = signs::spots(text);
        spots.extend(signs::residue_of_options(context.form, text));
        if !has_own_rule(context, slot) {
            spots.extend(dates::spots(text, context.published()));
        }
        for spot in first_of_each(spots) {
            let diagnostic = context.within(spot.code, slot, spot.bytes, spot.message).help(spot.help);
            found.push(with_suggestion(diagnostic, spot.suggestion));
        }
    }
    in_rows(context, found);
    names::check(context, found);
    attachments(context, found);
}

/// Dates of hearing and review are looked at by the rules about the procedure.
fn has_own_rule(context: &Context<'_>, slot: Slot) -> bool {
    context.form.roles_of(slot.node).any(|role| matches!(role, "hearing-period" | "review-date"))
}

/// Rows that have been published before are not rewritten, so only those of the newest day are looked at, and none blocks.
fn in_rows(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(newest) = context.rows().filter_map(|row| row.change.date).max() else { return };
    for row in context.rows().filter(|row| row.change.date == Some(newest)) {
        let texts = [
            (Column::Item, &row.change.item.text),
            (Column::Before, &row.change.before),
            (Column::After, &row.change.after),
            (Column::Explanation, &row.change.explanation),
        ];
        for (column, text) in texts {
            for spot in first_of_each(signs::spots(text)) {
                let wording = text.get(spot.bytes).unwrap_or_default();
                let diagnostic =
                    context.in_row(spot.code, row, column, wording, spot.message).weighing(Severity::Warning);
                found.push(with_suggestion(diagnostic.help(spot.help), spot.suggestion));
            }
        }
    }
}

/// The first spot of every code, with the number of the others: they are mended together.
fn first_of_each(spots: Vec<Spot>) -> Vec<Spot> {
    let mut first: Vec<(Spot, usize)> = Vec::new();
    for spot in spots {
        match first.iter_mut().find(|(f, _)| f.code == spot.code && f.help == spot.help) {
            Some((_, more)) => *more += 1,
            None => first.push((spot, 0)),
        }
    }
    let told = first.into_iter().map(|(mut spot, more)| {
        if more > 0 {
            let _ = write!(spot.message, "（この記載に、ほかに {more} か所）");
        }
        spot
    });
    told.collect()
}

fn with_suggestion(diagnostic: Diagnostic, suggestion: Option<String>) -> Diagnostic {
    Diagnostic { suggestion, ..diagnostic }
}

/// A 別紙 with a number or a name that is in no file beside the document.
fn attachments(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (slot, value) in context.answers.values() {
        let Value::Text(text) = value else { continue };
        if let Some((bytes, name)) = signs::named_sheet(text).filter(|(_, name)| !is_attached(context, name))
        {
            let message = format!("別紙「{name}」とありますが、この評価書のフォルダにその別紙がありません");
            let diagnostic = context.within(Code::POINTER, slot, bytes, message);
            found.push(diagnostic.help(Code::POINTER.rule().fix.trim()));
            continue;
        }
        let Some((bytes, number)) = signs::numbered_sheet(text) else { continue };
        let is_there =
            context.source.attachments.iter().any(|a| a.contains("別紙") || signs::has_number(a, number));
        if is_there {
            continue;
        }
        let message = format!("「別紙{number}」とありますが、この評価書のフォルダにその別紙がありません");
        let diagnostic =
            context.within(Code::POINTER, slot, bytes, message).help(Code::POINTER.rule().fix.trim());
        found.push(diagnostic);
    }
}

/// Whether a file beside the document may be the 別紙 with a name. What a file with an ascii name holds only its caption tells.
fn is_attached(context: &Context<'_>, name: &str) -> bool {
    let name = fold(name);
    let figures: Vec<_> = context
        .answers
        .values()
        .filter_map(|(_, value)| match value {
            Value::Figures(figures) => Some(figures),
            _ => None,
        })
        .flatten()
        .collect();
    let is_it = |text: &str| fold(text).contains(&name);
    figures.iter().any(|f| f.caption.as_deref().is_some_and(is_it) || is_it(&f.alternative))
        || context.source.attachments.iter().any(|path| {
            let is_shown = figures.iter().any(|figure| figure.file == *path);
            is_it(path) || path.contains("別紙") || (path.is_ascii() && !is_shown)
        })
}
