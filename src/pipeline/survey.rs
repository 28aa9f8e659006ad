//! Reads and checks every document once, keeping of each only its digest and its findings.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Observer, Stage};
use crate::assessment::{Municipality, SiteSettings};
use crate::check;
use crate::diagnostic::{self, Code, Diagnostic};
use crate::fs;
use crate::history::{AssessmentDigest, Timeline};
use crate::read::{self, AssessmentFolder, ContentFolder, MunicipalityFolder, shown};

/// A content folder after the check.
#[derive(Debug)]
pub struct Survey {
    /// `site.yaml`; none where it is missing or wrong.
    pub site: Option<SiteSettings>,
    /// The municipalities in the order of their directories.
    pub municipalities: Vec<SurveyedMunicipality>,
    /// Every finding, in the order of files and lines.
    pub diagnostics: Vec<Diagnostic>,
}

/// A municipality after the check.
#[derive(Debug)]
pub struct SurveyedMunicipality {
    /// Its directory.
    pub folder: MunicipalityFolder,
    /// `municipality.yaml`; none where it is missing or wrong.
    pub municipality: Option<Municipality>,
    /// Its assessments in the order of their directories.
    pub assessments: Vec<SurveyedAssessment>,
}

/// An assessment after the check.
#[derive(Debug)]
pub struct SurveyedAssessment {
    /// Its directory.
    pub folder: AssessmentFolder,
    /// What other pages need of it; none where not even its form is known.
    pub digest: Option<AssessmentDigest>,
    /// How many errors it has.
    pub errors: usize,
}

/// What of a content folder is looked at.
#[derive(Debug, Clone)]
pub enum Selection {
    /// A whole content folder.
    Content(PathBuf),
    /// One municipality's folder.
    Municipality(PathBuf),
    /// One assessment's folder.
    Assessment(PathBuf),
}

impl Selection {
    /// What a path on the command line means: a content folder, a municipality, an assessment, or a file in one of them.
    pub fn of(path: &Path) -> Self {
        let path = if path.is_file() { path.parent().unwrap_or(path) } else { path };
        if path.join("assessment.yaml").exists() {
            return Self::Assessment(path.to_owned());
        }
        if path.join("municipality.yaml").exists() {
            return Self::Municipality(path.to_owned());
        }
        match path.parent().filter(|p| p.join("assessment.yaml").exists()) {
            Some(parent) => Self::Assessment(parent.to_owned()),
            None => Self::Content(path.to_owned()),
        }
    }

    fn root(&self) -> PathBuf {
        let above = |path: &Path, levels| {
            let mut path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
            for _ in 0..levels {
                path.pop();
            }
            path
        };
        match self {
            Self::Content(path) => path.clone(),
            Self::Municipality(path) => relative(&above(path, 1)),
            Self::Assessment(path) => relative(&above(path, 2)),
        }
    }

    fn keeps(&self, folder: &Path) -> bool {
        let wanted = match self {
            Self::Content(_) => return true,
            Self::Municipality(path) | Self::Assessment(path) => path,
        };
        let full = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        full(folder).starts_with(full(wanted))
    }
}

/// The path from where the command runs, where it lies below.
fn relative(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    match path.strip_prefix(&here) {
        Ok(rest) if rest.as_os_str().is_empty() => PathBuf::from("."),
        Ok(rest) => rest.to_owned(),
        Err(_) => path.to_owned(),
    }
}

/// Reads and checks what is selected, in parallel.
pub fn survey(selection: &Selection, observer: &dyn Observer) -> Result<Survey, fs::Error> {
    let (content, mut diagnostics) = read::scan(&selection.root())?;
    let whole = matches!(selection, Selection::Content(_));
    let site = if whole { site(&content, &mut diagnostics) } else { None };
    if whole {
        find_duplicates(&content, &mut diagnostics);
    } else {
        diagnostics.retain(|d| selection.keeps(Path::new(&*d.file)));
    }
    let mut municipalities: Vec<_> = content
        .municipalities
        .iter()
        .map(|folder| {
            let path = folder.path.join("municipality.yaml");
            let (municipality, found) = settings(&path, |file| {
                let dir =
                    folder.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
                let (municipality, found) = check::municipality(file, &dir, &folder.code);
                (Some(municipality), found)
            });
            if whole || matches!(selection, Selection::Municipality(_)) && selection.keeps(&path) {
                diagnostics.extend(found);
            }
            SurveyedMunicipality { folder: folder.clone(), municipality, assessments: Vec::new() }
        })
        .collect();
    let work: Vec<(usize, &AssessmentFolder)> = content
        .municipalities
        .iter()
        .enumerate()
        .flat_map(|(at, m)| m.assessments.iter().map(move |a| (at, a)))
        .filter(|(_, a)| selection.keeps(&a.path))
        .collect();
    observer.begin(Stage::Check, work.len());
    let checked: Vec<_> = work
        .par_iter()
        .map(|(at, folder)| {
            let result = one(folder, municipalities[*at].municipality.as_ref());
            observer.step();
            result
        })
        .collect();
    observer.end();
    for ((at, _), (assessment, found)) in work.into_iter().zip(checked) {
        municipalities[at].assessments.push(assessment);
        diagnostics.extend(found);
    }
    diagnostic::sort(&mut diagnostics);
    Ok(Survey { site, municipalities, diagnostics })
}

fn one(
    folder: &AssessmentFolder,
    municipality: Option<&Municipality>,
) -> (SurveyedAssessment, Vec<Diagnostic>) {
    let (source, mut diagnostics) = read::assessment(folder);
    let mut digest = None;
    if let Some(source) = source {
        let checked = check::assessment(&source, municipality);
        diagnostics.extend(checked.diagnostics);
        digest = checked.assessment.map(|a| AssessmentDigest::of(&a, &Timeline::of(&a)));
    }
    let errors = diagnostic::errors(&diagnostics);
    (SurveyedAssessment { folder: folder.clone(), digest, errors }, diagnostics)
}

fn site(content: &ContentFolder, diagnostics: &mut Vec<Diagnostic>) -> Option<SiteSettings> {
    let (site, found) = settings(&content.root.join("site.yaml"), check::site);
    diagnostics.extend(found);
    site
}

/// Reads a settings file that must be there.
fn settings<T>(
    path: &Path,
    check: impl FnOnce(&read::SourceFile) -> (Option<T>, Vec<Diagnostic>),
) -> (Option<T>, Vec<Diagnostic>) {
    match read::text_file(path) {
        Ok(file) => check(&file),
        Err(diagnostic) if diagnostic.code == Code::MissingFile => {
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            (None, vec![diagnostic.help(format!("{name} を作ってください。書き方は README にあります。"))])
        }
        Err(diagnostic) => (None, vec![*diagnostic]),
    }
}

/// Two folders of one municipality would have the same URL.
fn find_duplicates(content: &ContentFolder, diagnostics: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<&str, &Path> = BTreeMap::new();
    for folder in &content.municipalities {
        if let Some(other) = first.get(folder.code.as_str()) {
            let message = format!("団体コード {} のフォルダは {} にもあります", folder.code, shown(other));
            diagnostics.push(
                Diagnostic::new(Code::Duplicate, shown(&folder.path), message)
                    .help("URL が重なります。一つのフォルダにまとめてください。"),
            );
        } else {
            first.insert(&folder.code, &folder.path);
        }
    }
}
