//! The stages in their order, over a whole content folder and in parallel: read, check, relate, render, write.
//!
//! Documents are read twice: once to check all of them before anything is written, once to render each. In between only
//! small digests stay in memory, so that a site of thousands of documents needs hardly more memory than one of a hundred.

mod addresses;
mod basis;
mod build;
mod data;
mod due;
mod gather;
mod pairs;
mod press;
mod publication;
mod review;
mod same;
mod search;
mod survey;
mod theme;
mod versions;

pub use basis::{Base, Basis, Since};
pub use build::{
    BuildError, BuildOptions, BuildOutcome, Export, Exported, LeftOut, Published, build, export,
};
pub use due::{DueList, due};
pub use pairs::{Pair, Pairs, pairs};
pub use publication::{Note, NoteKind};
pub use review::{PackError, PackFormat, review_pack};
pub use survey::{
    Aim, DocumentName, Selection, Survey, SurveyError, SurveyedAssessment, SurveyedMunicipality, survey,
    survey_since,
};

use crate::wareki::CivilDate;

/// The day as of which documents are checked and published.
#[derive(Debug, Clone, Copy)]
pub struct Day {
    /// The day that was asked for.
    pub given: Option<CivilDate>,
    /// The day otherwise, where `site.yaml` has no 基準日 either.
    pub today: CivilDate,
}

/// The stages that people are told about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Reading and checking.
    Check,
    /// Rendering and writing.
    Render,
    /// Writing open data alone.
    Export,
    /// Swapping the new site in.
    Publish,
}

impl Stage {
    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Check => "読み込みと検査",
            Self::Render => "ページの作成",
            Self::Export => "データの作成",
            Self::Publish => "公開フォルダの入れ替え",
        }
    }
}

/// Is told how far the work is. Called from many threads.
pub trait Observer: Sync {
    /// A stage begins, with this many steps.
    fn begin(&self, stage: Stage, steps: usize);
    /// One step is done.
    fn step(&self);
    /// The stage is done.
    fn end(&self);
}

/// An observer that says nothing.
#[derive(Debug, Clone, Copy)]
pub struct Silent;

impl Observer for Silent {
    fn begin(&self, _: Stage, _: usize) {}
    fn step(&self) {}
    fn end(&self) {}
}
