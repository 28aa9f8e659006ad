//! 管理情報: facts that the form does not ask.

use super::case::Case;

pub fn cases() -> Vec<Case> {
    Vec::new()
}
