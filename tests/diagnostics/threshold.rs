//! しきい値判断 within one document (THR).

use super::case::Case;

pub fn cases() -> Vec<Case> {
    Vec::new()
}
