//! Wordings in texts (LINT).

use super::case::Case;

pub fn cases() -> Vec<Case> {
    Vec::new()
}
