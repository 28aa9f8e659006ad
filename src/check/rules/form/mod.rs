//! Rules across the items of one document that are more than a comparison: names, numbers, bands, what a text says about a box (FORM).

mod answers;
mod bands;
mod boxes;
mod fields;
mod lists;
mod names;
mod network;
mod priority;

use crate::check::Context;
use crate::diagnostic::Diagnostic;

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let parts = [
        answers::check,
        bands::check,
        boxes::check,
        fields::check,
        lists::check,
        names::check,
        network::check,
        priority::check,
    ];
    for part in parts {
        part(context, found);
    }
}
