//! Documents with the versions that they are compared with, for drafting rows of 変更箇所 and for the review.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::basis::{Base, Basis, Since};
use super::survey::{Aim, Scan, Selection, Survey, SurveyError};
use super::{Day, Observer};
use crate::assessment::{Assessment, Municipality};
use crate::check::{self, Earlier, Surroundings};
use crate::read::{self, AssessmentFolder};

/// What differs between a content folder and an earlier state of it.
#[derive(Debug)]
pub struct Pairs {
    /// What they are compared with, in words.
    pub base: String,
    /// The documents that differ, and those that are new or gone, in the order of their folders.
    pub pairs: Vec<Pair>,
    /// The check of everything that was selected, each document compared with its version before.
    pub survey: Survey,
    /// The content folder.
    pub content: PathBuf,
}

/// A document in two versions.
#[derive(Debug)]
pub struct Pair {
    /// Whose document it is; none where `municipality.yaml` is missing or wrong.
    pub municipality: Option<Municipality>,
    /// Its folder in the working tree; of one that is gone, its folder in the history.
    pub folder: AssessmentFolder,
    /// Where that folder stands in the working tree, or stood: findings name it so.
    pub place: PathBuf,
    /// What the earlier version is called, e.g. main の版.
    pub name: Option<String>,
    /// The folder of the earlier version in the history.
    pub earlier_folder: Option<AssessmentFolder>,
    /// The earlier version with what the figures of both hold; none for a document that is new.
    pub earlier: Option<Earlier>,
    /// The document now; none where it is gone or cannot be read.
    pub now: Option<Assessment>,
    /// Whether it is gone.
    pub is_gone: bool,
}

/// Reads the documents that differ from an earlier version.
pub fn pairs(
    selection: &Selection,
    day: Day,
    since: &Since,
    observer: &dyn Observer,
) -> Result<Pairs, SurveyError> {
    let scan = Scan::of(selection, day)?;
    let basis = Basis::of(&scan.content, since, scan.as_of, scan.is_sample)?;
    let root = scan.content.root.clone();
    let survey = scan.survey(selection, Aim::Check, Some(&basis), observer);
    let mut pairs = Vec::new();
    for municipality in &survey.municipalities {
        let surroundings = Surroundings {
            municipality: municipality.municipality.as_ref(),
            as_of: survey.as_of,
            before: None,
        };
        let found: Vec<_> = municipality
            .assessments
            .par_iter()
            .filter_map(|document| pair(&basis, &document.folder, surroundings))
            .collect();
        pairs.extend(found);
        let gone = basis.removed.iter().filter(|base| base.code == municipality.folder.code);
        if matches!(selection, Selection::Content(_) | Selection::Municipality(_)) {
            pairs.extend(gone.filter_map(|base| removed(base, &root, municipality.municipality.as_ref())));
        }
    }
    Ok(Pairs { base: basis.name, pairs, survey, content: root })
}

/// A document, where it is not the same as before.
fn pair(basis: &Basis, folder: &AssessmentFolder, surroundings: Surroundings<'_>) -> Option<Pair> {
    // An earlier version that cannot be read is a finding of the survey.
    let earlier = basis.earlier(folder).ok()?;
    let base = basis.base(folder);
    if base.is_some() && earlier.is_none() {
        return None;
    }
    let (source, _) = read::assessment(folder);
    let now = source.and_then(|source| check::assessment(&source, surroundings).assessment);
    Some(Pair {
        municipality: surroundings.municipality.cloned(),
        folder: folder.clone(),
        place: folder.path.clone(),
        name: base.map(|base| base.name.clone()),
        earlier_folder: base.map(|base| base.folder.clone()),
        earlier,
        now,
        is_gone: false,
    })
}

fn removed(base: &Base, root: &Path, municipality: Option<&Municipality>) -> Option<Pair> {
    let earlier = base.read(&base.folder).ok()?;
    Some(Pair {
        municipality: municipality.cloned(),
        folder: base.folder.clone(),
        place: root.join(&base.place),
        name: Some(base.name.clone()),
        earlier_folder: Some(base.folder.clone()),
        earlier: Some(earlier),
        now: None,
        is_gone: true,
    })
}
