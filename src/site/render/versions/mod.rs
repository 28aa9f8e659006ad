//! The pages of the published versions of a document: each version as it was, what differs between two of them, and the list of all.
//!
//! Their addresses never change: `/{code6}/{dir}/v/{YYYY-MM-DD}/` and `/{code6}/{dir}/compare/{d1}..{d2}/`. Links between versions
//! carry the relations of RFC 5829, so that programs find their way, too.

mod compare;
mod list;
mod moved;
mod version;

pub use compare::{PublishedVersion, compare_page};
pub use list::versions_page;
pub use moved::moved_page;
pub use version::version_page;

use serde::Serialize;

use super::frame::DateView;
use crate::history::VersionLine;
use crate::wareki::CivilDate;

/// Way from the page of a version or of a comparison to the folder of the document.
const UP: &str = "../../";

/// The links of a date of the timeline to the version of that day.
#[derive(Serialize)]
pub(super) struct VersionLinks {
    page: String,
    /// What differs from the version before; none for the first.
    comparison: Option<String>,
}

impl VersionLinks {
    /// None where no version was published on the day; `up` leads to the folder of the document.
    pub(super) fn new(line: &VersionLine, date: CivilDate, up: &str) -> Option<Self> {
        let at = line.on(date)?;
        let comparison = at.checked_sub(1).and_then(|before| line.comparison_dir(before, at));
        Some(Self {
            page: format!("{up}{}/", line.versions[at].dir()),
            comparison: comparison.map(|dir| format!("{up}{dir}/")),
        })
    }
}

/// A link to a version or to a comparison with it.
#[derive(Serialize)]
struct VersionLink {
    date: DateView,
    href: String,
}

/// The page of a version, from a page two folders below the document's.
fn to_version(line: &VersionLine, at: usize) -> Option<VersionLink> {
    let version = line.versions.get(at)?;
    Some(VersionLink { date: version.published.into(), href: format!("{UP}{}/", version.dir()) })
}

/// The comparison of two versions, from a page at `up` below the document's folder; dated by the version that is not `seen_from`.
fn to_comparison(
    line: &VersionLine,
    pair: (usize, usize),
    seen_from: usize,
    up: &str,
) -> Option<VersionLink> {
    let dir = line.comparison_dir(pair.0, pair.1)?;
    let other = if seen_from == pair.0 { pair.1 } else { pair.0 };
    Some(VersionLink { date: line.versions[other].published.into(), href: format!("{up}{dir}/") })
}

/// The comparison of a version with the current one; none for the current one itself.
fn with_current(line: &VersionLine, at: usize, up: &str) -> Option<VersionLink> {
    to_comparison(line, (at.min(line.current), at.max(line.current)), at, up)
}
