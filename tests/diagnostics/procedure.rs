//! Time, review, hearing, third-party review, publication (TIM, REV, HEAR, TPR, PUB, RED).

use super::case::Case;

pub fn cases() -> Vec<Case> {
    Vec::new()
}
