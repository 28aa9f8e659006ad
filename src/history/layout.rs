//! On which page each change of a document stands in full: on the front page of the timeline, or on a page per year where
//! that would be too long.

use super::paging::{self, Part};
use super::timeline::Timeline;
use crate::assessment::Assessment;

/// Where the changes stand in full.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Layout {
    /// The pages beside the front page, oldest first; none where everything stands on the front page. Their entries are
    /// indices into [`Timeline::entries`].
    pub(crate) parts: Vec<Part>,
}

/// What a change takes on a page besides its texts, in bytes.
const ENTRY: usize = 2_000;

impl Layout {
    /// Spreads the changes of a document over pages.
    pub(crate) fn of(assessment: &Assessment, timeline: &Timeline) -> Self {
        let list: Vec<_> =
            timeline.entries.iter().map(|entry| (entry.date, size(assessment, entry.change))).collect();
        Self { parts: paging::parts(&list) }
    }

    /// The page on which a change stands in full; none for the front page.
    pub(crate) fn part_of(&self, entry: usize) -> Option<&Part> {
        paging::part_of(&self.parts, entry)
    }

    /// How many of the newest of some changes fit on one page; at least one. The entries ascend.
    pub(crate) fn newest_that_fit(assessment: &Assessment, timeline: &Timeline, entries: &[usize]) -> usize {
        let sizes = entries.iter().rev().map(|at| size(assessment, timeline.entries[*at].change));
        let filled = sizes.scan(0, |sum, size| {
            *sum += size;
            Some(*sum)
        });
        filled.take_while(|sum| *sum <= paging::LARGEST_PAGE).count().max(1)
    }
}

/// About as much as a change takes, in bytes: two texts stand there in full and once more in one, where each difference has
/// its markup.
fn size(assessment: &Assessment, change: usize) -> usize {
    let row = &assessment.changes[change];
    let (before, after) = (row.before.len(), row.after.len());
    let compared = if before.min(after) > 0 { 2 * before.max(after) } else { 0 };
    ENTRY + before + after + compared + row.explanation.len()
}
