//! The review pack of a content folder: its documents against earlier versions, with what the check says and what is due.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use super::pairs::{Pair, Pairs};
use super::theme::theme;
use crate::assessment::{Assessment, Municipality, Value};
use crate::compare::{Comparison, FigureDigests, Ledger, compare};
use crate::diagnostic::{Code, Diagnostic};
use crate::due::{self, DueFacts, DueSubject};
use crate::fs;
use crate::leak;
use crate::read::{AssessmentFolder, shown};
use crate::review::pack::{self, Pack, PackDocument, PackVersion};
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
        PackFormat::Html => {
            pack::html(&theme(theme_folder, &pairs.content, pairs.survey.site.as_ref())?, &pack)?
        }
        PackFormat::Markdown => pack::markdown(&pack),
    };
    match leak::line_of_leak(text.as_bytes()) {
        Some(line) => Err(PackError::Leak(line)),
        None => Ok(text),
    }
}

fn packed(pairs: &Pairs) -> Pack<'_> {
    let survey = &pairs.survey;
    let shown: Vec<_> = pairs.pairs.iter().filter_map(Shown::of).collect();
    let mut others: Vec<Diagnostic> = Vec::new();
    let mut of_documents: Vec<Vec<Diagnostic>> = vec![Vec::new(); shown.len()];
    for finding in survey.diagnostics.iter().chain(&survey.accepted) {
        match shown.iter().position(|shown| is_about(finding, shown.pair)) {
            Some(at) => of_documents[at].push(finding.clone()),
            None => others.push(finding.clone()),
        }
    }
    let documents = shown.into_iter().zip(of_documents);
    let documents = documents.map(|(shown, findings)| document(shown, findings, survey.as_of));
    Pack { base: pairs.base.clone(), as_of: survey.as_of, documents: documents.collect(), others }
}

/// Whether a finding belongs to a document. Of a removed one there is only that it was taken out; another document may stand in its
/// place by now.
fn is_about(finding: &Diagnostic, pair: &Pair) -> bool {
    (finding.code == Code::TAKEN_OUT) == pair.is_gone
        && Path::new(&*finding.file).starts_with(&*shown(&pair.place))
}

/// A document of which there is something to show: whose it is, and one version at least. What is found in the others is told apart
/// from the documents.
#[derive(Clone, Copy)]
struct Shown<'p> {
    pair: &'p Pair,
    municipality: &'p Municipality,
}

impl<'p> Shown<'p> {
    fn of(pair: &'p Pair) -> Option<Self> {
        let municipality = pair.municipality.as_ref()?;
        (pair.now.is_some() || pair.earlier.is_some()).then_some(Self { pair, municipality })
    }
}

fn document(shown: Shown<'_>, findings: Vec<Diagnostic>, as_of: CivilDate) -> PackDocument<'_> {
    static NO_FIGURES: FigureDigests = FigureDigests::new();
    let Shown { pair, municipality } = shown;
    let earlier = pair.earlier.as_ref();
    let figures_now = earlier.map_or(&NO_FIGURES, |earlier| &earlier.figures_now);
    let (comparison, ledger) = match earlier.zip(pair.now.as_ref()) {
        Some((earlier, now)) => {
            let (before, after) = earlier.sides(&now.answers, &now.changes);
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
    let due = dues(pair, municipality, as_of);
    PackDocument { municipality, due, before, after, is_gone: pair.is_gone, comparison, ledger, findings }
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

fn dues(pair: &Pair, municipality: &Municipality, as_of: CivilDate) -> Vec<pack::PackDue> {
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
