//! The 検査規則 that need one document: conditions that stand in the catalogue as data, and those that need Rust.

mod against;
pub(super) mod bands;
mod blanks;
mod clauses;
mod form;
mod phrases;
mod procedure;
mod references;
mod rows;
mod threshold;
mod view;
mod wording;

use super::Context;
use crate::diagnostic::Diagnostic;

/// Asks every rule. The findings are in no particular order.
pub(super) fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let families = [
        clauses::check,
        form::check,
        threshold::check,
        procedure::check,
        rows::check,
        phrases::check,
        wording::check,
        references::check,
        against::check,
        // Last: a blank answers for what the others find in its place.
        blanks::check,
    ];
    for family in families {
        family(context, &mut found);
    }
    found
}
