//! Wordings that stand in the catalogue as data, looked for in every text (LINT).

use crate::check::Context;
use crate::diagnostic::Diagnostic;

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let _ = (context, found);
}
