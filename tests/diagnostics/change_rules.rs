//! Rules over the rows of 変更箇所 (CHG).

use super::case::Case;

pub fn cases() -> Vec<Case> {
    Vec::new()
}
