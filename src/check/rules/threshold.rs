//! しきい値判断 within one document (THR).

use crate::check::Context;
use crate::diagnostic::Diagnostic;

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let _ = (context, found);
}
