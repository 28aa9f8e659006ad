//! 個人番号 must never be published: looks for 12-digit numbers in sources and in every file that is written, and hides them
//! wherever findings are shown.
//!
//! The scan works on bytes, so that it serves texts, pages and images alike, and skips everything but digits: a build writes
//! gigabytes. Known limits: a number that is split by markup (`1234<b>5678</b>9018`), by a line break, or by signs other than
//! blanks, hyphens and middle dots is not seen, and compressed parts of images are not unpacked.

mod context;
mod digits;
mod mask;

use std::ops::Range;

pub use mask::{mask, mask_excerpt};

use crate::codes::is_my_number;

/// A number of twelve digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it stands.
    pub bytes: Range<usize>,
    /// Whether its check digit is that of a 個人番号.
    pub passes: bool,
}

/// The 12-digit numbers in a text or in any other file: half or full width, in one piece or in equal groups.
pub fn find(bytes: &[u8]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut tags = context::Tags::new(bytes);
    digits::each_chain(bytes, |chain| {
        for run in chain.runs() {
            let pieces = &chain.groups[run];
            found.extend(judge(bytes, &mut tags, pieces));
        }
    });
    found
}

fn judge(bytes: &[u8], tags: &mut context::Tags<'_>, pieces: &[digits::Group]) -> Option<Found> {
    let (first, last) = (pieces.first()?, pieces.last()?);
    let span = first.start..last.end;
    if pieces.iter().map(|g| g.len).sum::<usize>() != 12 || context::belongs_to_more(bytes, &span) {
        return None;
    }
    let digits: String = pieces.iter().flat_map(digits::Group::digits).collect();
    let passes = is_my_number(&digits);
    if let [_] = pieces {
        return (!context::is_time(bytes, &span, &digits)).then_some(Found { bytes: span, passes });
    }
    // Separated numbers that are none are too common to speak of, but for the way in which the card prints it.
    let gaps = pieces.windows(2).map(|pair| &bytes[pair[0].end..pair[1].start]);
    let is_one_way = gaps.clone().zip(gaps.skip(1)).all(|(a, b)| a == b);
    let is_worth = passes || first.len == 4 && is_one_way;
    let is_number = digits::are_equal_groups(pieces) && !digits::are_a_row_of_values(pieces);
    (is_worth && is_number && !tags.is_geometry(span.start)).then_some(Found { bytes: span, passes })
}

/// Whether the number that must not be published stands in what is about to be written; if so, its line.
pub fn line_of_leak(bytes: &[u8]) -> Option<usize> {
    let leak = find(bytes).into_iter().find(|f| f.passes)?;
    Some(bytes[..leak.bytes.start].iter().filter(|b| **b == b'\n').count() + 1)
}

#[cfg(test)]
mod tests;
