//! Texts as such: stray scripts, replacement characters, dates that cannot be, numbers that must not be published (LINT).

use crate::check::Context;
use crate::diagnostic::Diagnostic;

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let _ = (context, found);
}
