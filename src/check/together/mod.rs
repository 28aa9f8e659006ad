//! The 検査規則 over several documents of one municipality: 基礎 beside 重点 and 全項目 of the same 評価書番号, and all of them together.

use super::Brief;
use crate::assessment::Municipality;
use crate::diagnostic::Diagnostic;
use crate::wareki::CivilDate;

/// Checks the documents of one municipality against each other. Every finding stands in one of them.
pub fn together(briefs: &[Brief], municipality: Option<&Municipality>, as_of: CivilDate) -> Vec<Diagnostic> {
    let _ = (briefs, municipality, as_of);
    Vec::new()
}
