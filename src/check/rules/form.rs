//! Rules across the items of one document that are more than a comparison: numbers, names, classes of people (FORM).

use crate::check::Context;
use crate::diagnostic::Diagnostic;

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let _ = (context, found);
}
