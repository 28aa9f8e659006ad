//! All changes of the site in one order, each with what it says about its cause.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::reason::{self, Core};
use super::{Member, Shelf};
use crate::history::digest::ChangeBrief;
use crate::wareki::CivilDate;

/// A change with what tells its cause.
pub(super) struct Row<'a> {
    pub(super) member: Member,
    pub(super) brief: &'a ChangeBrief,
    /// The explanation's causes, as a position in [`Changes::cores`].
    reason: Option<usize>,
}

/// All changes, the oldest first.
pub(super) struct Changes<'a> {
    pub(super) rows: Vec<Row<'a>>,
    /// What each different explanation names.
    cores: Vec<Vec<Core>>,
}

impl<'a> Changes<'a> {
    /// The changes of all documents: dates ascending, rows without a date last; within a date by municipality, document and
    /// position, so that the first of a group stays the first when later changes are published.
    pub(super) fn of(shelves: &[Shelf<'a>]) -> Self {
        let (reasons, positions) = reasons(shelves);
        let cores: Vec<_> = reasons.par_iter().map(|reason| reason::cores(reason)).collect();
        let mut rows = Vec::new();
        for (shelf, documents) in shelves.iter().map(|s| &s.documents).enumerate() {
            for (document, digest) in documents.iter().enumerate() {
                rows.extend(digest.changes.iter().enumerate().map(|(change, brief)| Row {
                    member: Member { shelf, document, change, is_by_text: false },
                    brief,
                    reason: brief.reason.as_deref().and_then(|reason| positions.get(reason).copied()),
                }));
            }
        }
        rows.sort_by_key(|row| (row.brief.date.is_none(), row.brief.date, row.member));
        Self { rows, cores }
    }

    /// The causes that the explanation of a change names.
    pub(super) fn cores(&self, row: usize) -> &[Core] {
        self.rows[row].reason.map_or(&[], |at| &self.cores[at])
    }

    /// Whether the explanation names a cause by itself.
    pub(super) fn is_told(&self, row: usize) -> bool {
        self.cores(row).iter().any(|core| core.is_specific)
    }

    pub(super) fn date(&self, row: usize) -> Option<CivilDate> {
        self.rows[row].brief.date
    }

    pub(super) fn shelf(&self, row: usize) -> usize {
        self.rows[row].member.shelf
    }
}

/// Every different explanation once, with its position.
fn reasons<'a>(shelves: &[Shelf<'a>]) -> (Vec<&'a str>, BTreeMap<&'a str, usize>) {
    let (mut all, mut positions) = (Vec::new(), BTreeMap::new());
    let briefs = shelves.iter().flat_map(|s| s.documents.iter().copied()).flat_map(|d| &d.changes);
    for reason in briefs.filter_map(|brief| brief.reason.as_deref()) {
        positions.entry(reason).or_insert_with(|| {
            all.push(reason);
            all.len() - 1
        });
    }
    (all, positions)
}

/// Months within which changes may have the same cause: the same law is changed again in later years.
const MONTHS: i32 = 36;

/// Whether two dates are near enough for one cause; a missing one is near to all.
pub(super) fn is_near(a: Option<CivilDate>, b: Option<CivilDate>) -> bool {
    let month = |date: CivilDate| i32::from(date.year()) * 12 + i32::from(date.month().unwrap_or(1));
    match (a, b) {
        (Some(a), Some(b)) => (month(a) - month(b)).abs() <= MONTHS,
        _ => true,
    }
}
