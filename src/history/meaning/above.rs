//! 同上: what a row takes over from the row above, in the order of the table as written.

use super::wordings::{bare, wordings};
use crate::assessment::Change;
use crate::form::fold;

/// A column, or the explanation, of every row.
pub(super) type Get = fn(&Change) -> &str;

/// The row from which each row takes over what stands in a column; none where the row says it itself, and where there is nothing
/// above to take over.
pub(super) fn taken_over(changes: &[Change], get: Get) -> Vec<Option<usize>> {
    let mut all: Vec<Option<usize>> = Vec::with_capacity(changes.len());
    for (row, change) in changes.iter().enumerate() {
        let above = row.checked_sub(1).filter(|_| points_above(get(change)));
        let source = above.map(|above| all[above].unwrap_or(above));
        // A blank cell, or 同上 in the first row, gives nothing.
        all.push(source.filter(|source| is_said(get(&changes[*source]))));
    }
    all
}

fn is_said(text: &str) -> bool {
    !text.trim().is_empty() && !points_above(text)
}

/// Whether a text only points at the row above. 同左 and 同右 point beside.
pub(super) fn points_above(text: &str) -> bool {
    /// In bytes; more is a text.
    const LONGEST: usize = 60;
    if text.len() > LONGEST {
        return false;
    }
    let words = wordings();
    let is_beside = |wording: &str| words.as_after.is_match(wording) || words.as_before.is_match(wording);
    words.ditto.is_match(&fold(text)) && !is_beside(&bare(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_points_at_the_row_above_does() {
        for text in ["同上", "（同上）", "〃", "上記のとおり。", "上に同じ", " 同　上 "]
        {
            assert!(points_above(text), "{text}");
        }
        for text in ["同左", "同右", "", "同上の理由による。", "同上システム"] {
            assert!(!points_above(text), "{text}");
        }
    }
}
