//! Rules over several documents of a municipality (THR, FORM, NUM).

use super::case::Case;

pub fn cases() -> Vec<Case> {
    Vec::new()
}
