//! 変更の履歴: change rows resolved to places of the form, grouped by date, with names that stay valid.
//!
//! Plain data without file access. A [`Timeline`] belongs to one document and goes with it; the digests are what remains
//! of a document once its pages are written, so that lists over thousands of documents stay small.

mod cause;
mod digest;
mod grid;
mod layout;
mod meaning;
mod name;
mod novelty;
mod overview;
pub(crate) mod paging;
mod reason;
#[cfg(test)]
mod tests;
mod timeline;
mod update;
mod versions;

pub use cause::{Basis, Cause, Causes, Member, Scope, Shelf};
pub use digest::{AssessmentDigest, BriefItem, ChangeBrief, TimingBrief};
pub use grid::{Cell, Chapter, Grain, Grid, GridRow, Source, Tally};
pub(crate) use layout::Layout;
pub use meaning::{ChangeKind, Column, Meaning, meanings};
pub(crate) use meaning::{Stands, is_wording, stands, wordings};
pub use name::{one_line, title_of};
pub use novelty::{Novelty, Side};
pub use overview::{MunicipalityDigest, SiteDigest};
pub use reason::reason_of;
pub use timeline::{Day, Entry, Timeline, anchor_for, day_anchor, nearest};
pub use update::{Update, by_frequency};
pub use versions::{ChangedItems, Version, VersionLine};
