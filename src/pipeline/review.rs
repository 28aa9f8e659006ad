//! The review pack of a content folder: its documents against earlier versions, with what the check says and what is due.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use super::pairs::{Pair, Pairs};
use super::theme::theme;
use crate::assessment::{Assessment, Value};
use crate::diagnostic::Diagnostic;
use crate::fs;
use crate::leak;
use crate::read::{AssessmentFolder, shown};
use crate::review::due::{self, DueFacts, DueSubject};
use crate::review::pack::{self, Pack, PackDocument, PackVersion};
use crate::review::{Comparison, FigureDigests, Ledger, Side, compare};
use crate::site::{RenderError, ThemeError};
use crate::wareki::CivilDate;

/// How a review pack is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PackFormat {
    /// One HTML file.
    Html,
    /// Markdown for a comment on a pull request.
    Markdown,
}

/// Why there is no review pack.
#[derive(Debug)]
pub enum PackError {
    /// A file operation failed.
    File(fs::Error),
    /// The theme cannot be used.
    Theme(ThemeError),
    /// The pack could not be rendered.
    Render(RenderError),
    /// It would hold what may be a 個人番号, in this line.
    Leak(usize),
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(error) => error.fmt(f),
            Self::Theme(error) => error.fmt(f),
            Self::Render(error) => error.fmt(f),
            Self::Leak(line) => write!(
                f,
                "確認用の資料の {line} 行目に、個人番号（マイナンバー）の可能性がある12桁の数字が入ります（数字は伏せています）。何も書き出していません。「kohyo check」で元の記載を調べ、その数字を消してください"
            ),
        }
    }
}

impl std::error::Error for PackError {}

impl From<fs::Error> for PackError {
    fn from(error: fs::Error) -> Self {
        Self::File(error)
    }
}

impl From<ThemeError> for PackError {
    fn from(error: ThemeError) -> Self {
        Self::Theme(error)
    }
}

impl From<RenderError> for PackError {
    fn from(error: RenderError) -> Self {
        Self::Render(error)
    }
}

/// The review pack of documents that differ from an earlier version.
pub fn review_pack(
    pairs: &Pairs,
    format: PackFormat,
    theme_folder: Option<&Path>,
) -> Result<String, PackError> {
    let pack = packed(pairs);
    let text = match format {
        PackFormat::Html => pack::html(&theme(theme_folder)?, &pack)?,
        PackFormat::Markdown => pack::markdown(&pack),
    };
    match leak::line_of_leak(text.as_bytes()) {
        Some(line) => Err(PackError::Leak(line)),
        None => Ok(text),
    }
}

fn packed(pairs: &Pairs) -> Pack<'_> {
    let survey = &pairs.survey;
    let mut others: Vec<Diagnostic> = Vec::new();
    let mut of_documents: Vec<Vec<Diagnostic>> = vec![Vec::new(); pairs.pairs.len()];
    for finding in survey.diagnostics.iter().chain(&survey.accepted) {
        let file = Path::new(&*finding.file);
        match pairs.pairs.iter().position(|pair| file.starts_with(&*shown(&pair.folder.path))) {
            Some(at) => of_documents[at].push(finding.clone()),
            None => others.push(finding.clone()),
        }
    }
    let documents = pairs.pairs.iter().zip(of_documents);
    let documents = documents.filter_map(|(pair, findings)| document(pair, findings, survey.as_of));
    Pack { base: pairs.base.clone(), as_of: survey.as_of, documents: documents.collect(), others }
}

fn document(pair: &Pair, findings: Vec<Diagnostic>, as_of: CivilDate) -> Option<PackDocument<'_>> {
    static NO_FIGURES: FigureDigests = FigureDigests::new();
    let municipality = pair.municipality.as_ref()?;
    let earlier = pair.earlier.as_ref();
    let before = earlier.map(|earlier| Side {
        answers: &earlier.assessment.answers,
        changes: &earlier.assessment.changes,
        figures: &earlier.figures,
    });
    let figures_now = earlier.map_or(&NO_FIGURES, |earlier| &earlier.figures_now);
    let after = pair.now.as_ref().map(|now| Side {
        answers: &now.answers,
        changes: &now.changes,
        figures: figures_now,
    });
    let (comparison, ledger) = match before.zip(after) {
        Some((before, after)) => {
            let comparison = compare(before, after);
            let ledger = Ledger::of(before, after, &comparison);
            (comparison, ledger)
        }
        None => (Comparison::default(), Ledger::default()),
    };
    let before = earlier.map(|earlier| PackVersion {
        assessment: &earlier.assessment,
        figures: &earlier.figures,
        images: images(pair.earlier_folder.as_ref(), &earlier.assessment, &earlier.figures, figures_now),
    });
    let after = pair.now.as_ref().map(|now| {
        let other = earlier.map_or(&NO_FIGURES, |earlier| &earlier.figures);
        let images = images(Some(&pair.folder), now, figures_now, other);
        PackVersion { assessment: now, figures: figures_now, images }
    });
    if before.is_none() && after.is_none() {
        return None;
    }
    Some(PackDocument { municipality, due: dues(pair, as_of), before, after, comparison, ledger, findings })
}

/// The figures of a version that the other one does not have.
fn images(
    folder: Option<&AssessmentFolder>,
    assessment: &Assessment,
    own: &FigureDigests,
    other: &FigureDigests,
) -> BTreeMap<String, String> {
    let Some(folder) = folder else { return BTreeMap::new() };
    let figures = assessment.answers.values().filter_map(|(_, value)| match value {
        Value::Figures(figures) => Some(figures),
        _ => None,
    });
    let changed = figures.flatten().filter(|figure| own.get(&figure.file) != other.get(&figure.file));
    let shown = changed.filter_map(|figure| {
        let bytes = folder.attachment(&figure.file).ok()??;
        Some((figure.file.clone(), pack::image(&figure.file, &bytes)?))
    });
    shown.collect()
}

fn dues(pair: &Pair, as_of: CivilDate) -> Vec<pack::PackDue> {
    let Some(municipality) = &pair.municipality else { return Vec::new() };
    let versions = [pair.earlier.as_ref().map(|earlier| &earlier.assessment), pair.now.as_ref()];
    let Some(newest) = versions.iter().flatten().next_back() else { return Vec::new() };
    let facts: Vec<DueFacts> = versions.iter().flatten().map(|version| DueFacts::of(version)).collect();
    let subject = DueSubject {
        code: municipality.code.as_str(),
        municipality: &municipality.name,
        dir: &newest.dir,
        title: &newest.title,
        published: None,
        coming: None,
    };
    let subject = facts.iter().fold(subject, |subject, facts| subject.with_version(facts, as_of));
    due::list(&[subject], as_of).iter().map(pack::PackDue::from).collect()
}
