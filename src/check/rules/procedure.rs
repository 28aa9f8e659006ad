//! 実施時期, 見直し, 意見聴取, 第三者点検, 公表 of one document (TIM, REV, HEAR, TPR, PUB, NUM).

use crate::check::Context;
use crate::diagnostic::Diagnostic;

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let _ = (context, found);
}
