//! The versions of a document that were published, oldest first. Plain data: `pipeline` fills it in from git, pages show it.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::wareki::CivilDate;

/// The published versions of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionLine {
    /// Oldest first, no two of them published on the same day.
    pub versions: Vec<Version>,
    /// The one that is public now: an index into `versions`. Among drafts, later ones follow.
    pub current: usize,
}

/// A version of a document as it was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// 公表日.
    pub published: CivilDate,
    /// SHA-256 of its `assessment.json`.
    pub sha256: [u8; 32],
    /// What differs from the version before; none for the first.
    pub changed: Option<ChangedItems>,
}

/// How much differs between two versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ChangedItems {
    /// Items and whole entries of lists.
    pub total: usize,
    /// Those with ※.
    pub important: usize,
}

impl Version {
    /// A version whose `assessment.json` has these bytes.
    pub fn new(published: CivilDate, json: &[u8], changed: Option<ChangedItems>) -> Self {
        Self { published, sha256: Sha256::digest(json).into(), changed }
    }

    /// Its folder below that of the document: `v/2020-07-31`.
    pub fn dir(&self) -> String {
        format!("v/{}", self.published.iso())
    }

    /// [`Version::sha256`] as people and programs write it.
    pub fn sha256_text(&self) -> String {
        hexadecimal(&self.sha256)
    }
}

impl VersionLine {
    /// Whether there is more to see than the page of the document.
    pub fn has_history(&self) -> bool {
        self.versions.len() > 1
    }

    /// The version that was published on a day.
    pub fn on(&self, date: CivilDate) -> Option<usize> {
        self.versions.iter().position(|version| version.published == date)
    }

    /// The pairs whose comparison is published, older first: neighbours, and each with the current one.
    pub fn pairs(&self) -> Vec<(usize, usize)> {
        let count = self.versions.len();
        let all = (0..count).flat_map(|older| (older + 1..count).map(move |newer| (older, newer)));
        all.filter(|(older, newer)| self.is_pair(*older, *newer)).collect()
    }

    /// Whether the comparison of two versions is published.
    pub fn is_pair(&self, older: usize, newer: usize) -> bool {
        newer < self.versions.len()
            && older < newer
            && (newer == older + 1 || newer == self.current || older == self.current)
    }

    /// The folder of a comparison below that of the document, `compare/2020-07-31..2021-10-27`; none where it is not published.
    pub fn comparison_dir(&self, older: usize, newer: usize) -> Option<String> {
        let iso = |at: usize| self.versions[at].published.iso();
        self.is_pair(older, newer).then(|| format!("compare/{}..{}", iso(older), iso(newer)))
    }

    /// A digest per version over itself and all before it: SHA-256 of the one of the version before, in hexadecimal, followed by
    /// the version's own in hexadecimal. Who keeps the last can tell whether any of them was changed later.
    pub fn chain(&self) -> Vec<String> {
        let next = |before: &mut String, version: &Version| {
            let link = hexadecimal(&Sha256::digest(format!("{before}{}", version.sha256_text())));
            before.clone_from(&link);
            Some(link)
        };
        self.versions.iter().scan(String::new(), next).collect()
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(count: usize, current: usize) -> VersionLine {
        let first = CivilDate::from_ymd(2020, 7, 31).unwrap();
        let version = |at: usize| {
            let published = first.plus_days(i32::try_from(at).unwrap()).unwrap();
            Version::new(published, format!("{{{at}}}\n").as_bytes(), None)
        };
        VersionLine { versions: (0..count).map(version).collect(), current }
    }

    #[test]
    fn neighbours_are_compared_and_each_version_with_the_current_one() {
        assert_eq!(line(1, 0).pairs(), []);
        assert_eq!(line(2, 1).pairs(), [(0, 1)]);
        assert_eq!(line(4, 3).pairs(), [(0, 1), (0, 3), (1, 2), (1, 3), (2, 3)]);
        // A draft of a later version is compared with the one that is public.
        assert_eq!(line(3, 0).pairs(), [(0, 1), (0, 2), (1, 2)]);
    }

    #[test]
    fn folders_are_named_by_days() {
        let line = line(3, 2);
        assert_eq!(line.versions[0].dir(), "v/2020-07-31");
        assert_eq!(line.comparison_dir(0, 1).unwrap(), "compare/2020-07-31..2020-08-01");
        assert_eq!(line.comparison_dir(1, 0), None);
        assert_eq!(line.comparison_dir(0, 3), None);
        assert_eq!(line.on(line.versions[1].published), Some(1));
    }

    /// The values of `sha256sum`.
    #[test]
    fn the_chain_can_be_followed_with_common_tools() {
        let line = line(2, 1);
        assert_eq!(
            line.versions[0].sha256_text(),
            "212201b2f637995c652578d162f5210ebc6572acb2f64b5fb4e9cdd852bb3ad9"
        );
        assert_eq!(
            line.chain(),
            [
                "01f7279aa734de7f116d719bac44299c461b1a752fb5d8feb8014e1edfa653bb",
                "b15c7c379007ff3f1c60c173f216668b33c0d1252d907fb6d74cde319dfc21ce"
            ]
        );
        let mut other = line.clone();
        other.versions[0].sha256[0] ^= 1;
        assert_ne!(other.chain()[1], line.chain()[1], "the chain tells that an older version is another");
    }
}
