//! The review pack: what changes in the documents since a version, for those who review them before the 公表日. One HTML file that
//! opens by double click and asks for nothing, and the same in short as Markdown for a pull request.
//!
//! Plain data in, text out. What a document's pack says is judged once, in `facts`, for both outputs.

mod comment;
mod extra;
mod facts;
mod image;
mod page;
mod reasons;
mod tables;
#[cfg(test)]
mod tests;
mod whole;

pub use image::image;

use std::collections::BTreeMap;

use crate::assessment::{Assessment, Municipality};
use crate::compare::{Comparison, FigureDigests, Ledger};
use crate::diagnostic::Diagnostic;
use crate::due::{Basis, Due, State};
use crate::history::title_of;
use crate::site::{RenderError, Theme};
use crate::wareki::CivilDate;

/// Everything that the reviewers get to see.
#[derive(Debug, Clone)]
pub struct Pack<'a> {
    /// What people call the version that is compared with, e.g. `main（2026年10月1日）`.
    pub base: String,
    /// The day as of which everything was checked.
    pub as_of: CivilDate,
    /// The documents, in the order of their directories.
    pub documents: Vec<PackDocument<'a>>,
    /// Findings that belong to none of the documents, e.g. about `site.yaml`.
    pub others: Vec<Diagnostic>,
}

/// A document in two versions, one of which may be missing.
#[derive(Debug, Clone)]
pub struct PackDocument<'a> {
    /// Whose document it is.
    pub municipality: &'a Municipality,
    /// The version that is compared with; none for a document that is new.
    pub before: Option<PackVersion<'a>>,
    /// The version that is reviewed; none for a document that is taken away, or cannot be read.
    pub after: Option<PackVersion<'a>>,
    /// Whether it is taken away.
    pub is_gone: bool,
    /// What differs; empty where one of the versions is missing.
    pub comparison: Comparison,
    /// Which rows of 変更箇所 tell of it.
    pub ledger: Ledger,
    /// Findings of the check, those that a 検査の例外 accepts among them.
    pub findings: Vec<Diagnostic>,
    /// What is due, soonest first.
    pub due: Vec<PackDue>,
}

/// One version of a document.
#[derive(Debug, Clone)]
pub struct PackVersion<'a> {
    /// The document.
    pub assessment: &'a Assessment,
    /// What its figures hold.
    pub figures: &'a FigureDigests,
    /// Its figures that the other version does not have, as [`image`] makes them, by their paths relative to its directory. One that
    /// is missing here is shown by its name and its text alternative.
    pub images: BTreeMap<String, String>,
}

/// Something that has to be done by a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackDue {
    /// What, e.g. 1年ごとの見直し.
    pub what: String,
    /// The day; none where a fact is missing.
    pub day: Option<CivilDate>,
    /// Where the day comes from, or what is missing.
    pub note: String,
    /// Whether the day is over and nothing was done.
    pub is_late: bool,
}

impl From<&Due> for PackDue {
    fn from(due: &Due) -> Self {
        let help = match due.basis {
            Basis::Missing(fact) => format!("。{}", fact.help()),
            _ => String::new(),
        };
        Self {
            what: due.kind.label().to_owned(),
            day: due.date,
            note: due.basis.text() + &help,
            is_late: due.state == State::Overdue,
        }
    }
}

/// The pack as one HTML file.
///
/// # Errors
/// When a template of the theme does not work.
pub fn html(theme: &Theme, pack: &Pack<'_>) -> Result<String, RenderError> {
    page::html(theme, pack)
}

/// The pack in short, as Markdown for a comment on a pull request: never longer than such a comment may be.
pub fn markdown(pack: &Pack<'_>) -> String {
    comment::markdown(pack)
}

impl<'a> PackDocument<'a> {
    fn before(&self) -> Option<&'a Assessment> {
        self.before.as_ref().map(|version| version.assessment)
    }

    fn after(&self) -> Option<&'a Assessment> {
        self.after.as_ref().map(|version| version.assessment)
    }

    /// The newest version at hand.
    fn newest(&self) -> Option<&'a Assessment> {
        self.after().or(self.before())
    }

    /// Its name for people.
    fn title(&self) -> &'a str {
        self.newest().map(title_of).unwrap_or_default()
    }

    /// What tells the document from all others: the code of the municipality and the directory.
    fn key(&self) -> String {
        let dir = self.newest().map_or("", |document| document.dir.as_str());
        format!("{}/{dir}", self.municipality.code.as_str())
    }
}
