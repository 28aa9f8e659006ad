//! Rules over the rows of 変更箇所 (CHG).

use crate::check::Context;
use crate::diagnostic::Diagnostic;

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let _ = (context, found);
}
