//! Reads and checks every document once, keeping of each only its digest and its findings.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::basis::{Basis, Since};
use super::{Day, Observer, Stage, theme};
use crate::assessment::{Municipality, SiteSettings};
use crate::check::{self, Brief, Exceptions, Sorted, Surroundings, Unread, numbers};
use crate::diagnostic::{self, Code, Diagnostic};
use crate::fs;
use crate::history::{AssessmentDigest, Timeline};
use crate::read::{self, AssessmentFolder, ContentFolder, MunicipalityFolder, shown};
use crate::review::git;
use crate::wareki::CivilDate;

/// A content folder after the check.
#[derive(Debug)]
pub struct Survey {
    /// `site.yaml`; none where it is missing or wrong.
    pub site: Option<SiteSettings>,
    /// The municipalities in the order of their directories.
    pub municipalities: Vec<SurveyedMunicipality>,
    /// Every finding, in the order of files and lines.
    pub diagnostics: Vec<Diagnostic>,
    /// The findings that a 検査の例外 accepts.
    pub accepted: Vec<Diagnostic>,
    /// The day as of which everything was checked.
    pub as_of: CivilDate,
    /// Documents that were not looked at, as shown to people: see [`Scan::join_folders`].
    pub(super) left_out: Vec<String>,
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
    /// What other pages need of it; none where not even its form is known. See [`Aim`].
    pub digest: Option<AssessmentDigest>,
    /// How many errors the document by itself has, those with a 検査の例外 included.
    pub errors: usize,
}

/// A document by its folder and its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentName {
    /// Its folder as shown to people.
    pub folder: Arc<str>,
    /// 評価書名; none where the document could not be read to its end.
    pub title: Option<String>,
}

impl Survey {
    /// The documents that were looked at, in the order of their folders.
    pub fn documents(&self) -> Vec<DocumentName> {
        let all = self.municipalities.iter().flat_map(|m| &m.assessments);
        all.map(|a| DocumentName {
            folder: shown(&a.folder.path),
            title: a.digest.as_ref().map(|d| d.title.clone()),
        })
        .collect()
    }
}

/// What a survey is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    /// Findings alone. Digests are without changes: to compare their texts over all documents takes as long as the check.
    Check,
    /// Pages.
    Publish,
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

    /// Whether anything of a municipality is selected.
    fn touches(&self, municipality: &MunicipalityFolder) -> bool {
        match self {
            Self::Content(_) => true,
            Self::Municipality(_) => self.keeps(&municipality.path),
            Self::Assessment(_) => municipality.assessments.iter().any(|a| self.keeps(&a.path)),
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
pub fn survey(
    selection: &Selection,
    day: Day,
    aim: Aim,
    observer: &dyn Observer,
) -> Result<Survey, fs::Error> {
    Ok(Scan::of(selection, day)?.survey(selection, aim, None, observer))
}

/// The same, with each document compared with its version before.
pub fn survey_since(
    selection: &Selection,
    day: Day,
    since: &Since,
    observer: &dyn Observer,
) -> Result<Survey, SurveyError> {
    let scan = Scan::of(selection, day)?;
    let basis = Basis::of(&scan.content, since, scan.as_of, scan.is_sample)?;
    Ok(scan.survey(selection, Aim::Check, Some(&basis), observer))
}

/// Why documents could not be compared with their versions before.
#[derive(Debug)]
pub enum SurveyError {
    /// A file operation failed.
    File(fs::Error),
    /// The history cannot be read.
    Git(git::Error),
}

impl fmt::Display for SurveyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(error) => error.fmt(f),
            Self::Git(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for SurveyError {}

impl From<fs::Error> for SurveyError {
    fn from(error: fs::Error) -> Self {
        Self::File(error)
    }
}

impl From<git::Error> for SurveyError {
    fn from(error: git::Error) -> Self {
        Self::Git(error)
    }
}

/// A content folder before its documents are read.
#[derive(Debug)]
pub(super) struct Scan {
    pub(super) content: ContentFolder,
    pub(super) site: Option<SiteSettings>,
    /// The day as of which everything is checked.
    pub(super) as_of: CivilDate,
    /// Whether that day is the one of `site.yaml`.
    pub(super) is_sample: bool,
    diagnostics: Vec<Diagnostic>,
    left_out: Vec<String>,
}

impl Scan {
    pub(super) fn of(selection: &Selection, day: Day) -> Result<Self, fs::Error> {
        let (content, mut diagnostics) = read::scan(&selection.root())?;
        let whole = matches!(selection, Selection::Content(_));
        let (site, found) = site(&content, whole);
        let fixed = site.as_ref().and_then(|s| s.as_of);
        let as_of = day.given.or(fixed).unwrap_or(day.today);
        if whole {
            diagnostics.extend(found);
            diagnostics
                .extend(site.as_ref().map(|site| theme::findings(&content.root, site)).unwrap_or_default());
            find_duplicates(&content, &mut diagnostics);
        }
        Ok(Self { content, site, as_of, is_sample: fixed.is_some(), diagnostics, left_out: Vec::new() })
    }

    /// Makes one of several folders of a municipality (SITE-01), for who publishes with errors. Of documents with one address only
    /// that of the first folder stays: of two texts, a page must not show now the one and now the other.
    pub(super) fn join_folders(&mut self) {
        let mut joined: Vec<MunicipalityFolder> = Vec::new();
        for folder in std::mem::take(&mut self.content.municipalities) {
            let Some(first) = joined.iter_mut().find(|first| first.code == folder.code) else {
                joined.push(folder);
                continue;
            };
            for document in folder.assessments {
                if first.assessments.iter().any(|other| other.dir == document.dir) {
                    self.left_out.push(shown(&document.path).to_string());
                } else {
                    first.assessments.push(document);
                }
            }
            first.assessments.sort_by(|a, b| a.dir.cmp(&b.dir));
        }
        self.content.municipalities = joined;
    }

    /// Reads and checks the documents.
    pub(super) fn survey(
        self,
        selection: &Selection,
        aim: Aim,
        basis: Option<&Basis>,
        observer: &dyn Observer,
    ) -> Survey {
        let Self { content, site, as_of, mut diagnostics, left_out, .. } = self;
        let misnamed = misnamed(&diagnostics);
        diagnostics.retain(|d| selection.keeps(Path::new(&*d.file)));
        let wanted: Vec<_> = content.municipalities.iter().filter(|m| selection.touches(m)).collect();
        observer.begin(Stage::Check, wanted.iter().map(|m| m.assessments.len()).sum());
        let look = Look { selection, misnamed: &misnamed, as_of, aim, basis, observer };
        let surveyed: Vec<_> = wanted.par_iter().map(|folder| one(folder, look)).collect();
        observer.end();
        let mut survey =
            Survey { site, municipalities: Vec::new(), diagnostics, accepted: Vec::new(), as_of, left_out };
        for (municipality, sorted) in surveyed {
            survey.municipalities.push(municipality);
            survey.diagnostics.extend(sorted.standing);
            survey.accepted.extend(sorted.accepted);
        }
        let taken_out = basis.map(|basis| basis.taken_out(&content.root, as_of)).unwrap_or_default();
        let selected = taken_out.into_iter().filter(|finding| selection.keeps(Path::new(&*finding.file)));
        survey.diagnostics.extend(selected);
        diagnostic::sort(&mut survey.diagnostics);
        diagnostic::sort(&mut survey.accepted);
        survey
    }
}

/// Folders that are not looked into because of their names: what is in them must not be called missing.
fn misnamed(diagnostics: &[Diagnostic]) -> Vec<Arc<str>> {
    diagnostics.iter().filter(|d| d.code == Code::DIRECTORY_NAME).map(|d| d.file.clone()).collect()
}

/// How documents are looked at.
#[derive(Clone, Copy)]
struct Look<'l> {
    selection: &'l Selection,
    misnamed: &'l [Arc<str>],
    as_of: CivilDate,
    aim: Aim,
    basis: Option<&'l Basis>,
    observer: &'l dyn Observer,
}

/// One municipality with all its documents: the rules over several documents need also those that are not selected.
fn one(folder: &MunicipalityFolder, look: Look<'_>) -> (SurveyedMunicipality, Sorted) {
    let Look { selection, misnamed, as_of, observer, .. } = look;
    let path = folder.path.join("municipality.yaml");
    let (municipality, found) = settings(&path, |file| {
        let dir = folder.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let (municipality, found) = check::municipality(file, &dir, &folder.code);
        (Some(municipality), found)
    });
    let surroundings = Surroundings { municipality: municipality.as_ref(), as_of, before: None };
    let documents: Vec<_> = folder
        .assessments
        .par_iter()
        .map(|folder| {
            let document = document(folder, surroundings, look);
            observer.step();
            document
        })
        .collect();
    let (mut assessments, mut briefs) = (Vec::new(), Vec::new());
    let mut unread = Unread {
        unnamed: misnamed.iter().any(|p| Path::new(&**p).starts_with(&folder.path)),
        ..Unread::default()
    };
    let mut all = found;
    let mut exceptions = BTreeMap::new();
    for (assessment, findings, own, brief) in documents {
        exceptions.insert(shown(&assessment.folder.path), (own, Vec::new()));
        match brief {
            Some(brief) => briefs.push(brief),
            None => drop(unread.numbers.insert(assessment.folder.number.clone())),
        }
        all.extend(findings);
        assessments.push(assessment);
    }
    all.extend(check::together(&briefs, &unread, municipality.as_ref()));
    // What was published long ago is not mended any more.
    let past: Vec<_> = folder.assessments.iter().filter(|a| a.files.is_past()).map(|a| &a.path).collect();
    all.retain(|finding| !past.iter().any(|path| Path::new(&*finding.file).starts_with(path)));
    check::yield_to_better(&mut all);
    let mut sorted = Sorted::default();
    for finding in all {
        // A finding belongs to the document in whose folder it stands.
        let folder =
            Path::new(&*finding.file).ancestors().map(shown).find(|path| exceptions.contains_key(path));
        match folder.and_then(|path| exceptions.get_mut(&path)) {
            Some((_, findings)) => findings.push(finding),
            None => sorted.standing.push(finding),
        }
    }
    for (own, findings) in exceptions.into_values() {
        let mut of_document = own.apply(findings);
        sorted.standing.append(&mut of_document.standing);
        sorted.accepted.append(&mut of_document.accepted);
    }
    sorted.standing.retain(|d| selection.keeps(Path::new(&*d.file)));
    sorted.accepted.retain(|d| selection.keeps(Path::new(&*d.file)));
    assessments.retain(|a| selection.keeps(&a.folder.path));
    (SurveyedMunicipality { folder: folder.clone(), municipality, assessments }, sorted)
}

type Document = (SurveyedAssessment, Vec<Diagnostic>, Exceptions, Option<Brief>);

fn document(folder: &AssessmentFolder, surroundings: Surroundings<'_>, look: Look<'_>) -> Document {
    let (source, mut diagnostics) = read::assessment(folder);
    let (mut digest, mut exceptions, mut brief) = (None, Exceptions::default(), None);
    let mut attached = Vec::new();
    if let Some(source) = source {
        attached = attachments(folder, &source.attachments);
        let names = source.prose.iter().map(|file| file.path.to_string());
        let others = source.attachments.iter().map(|name| format!("{}/{name}", shown(&folder.path)));
        attached.extend(names.chain(others).filter_map(|path| numbers::in_name(&path)));
        let compared = look.basis.filter(|_| look.selection.keeps(&folder.path));
        let earlier = compared.map_or(Ok(None), |basis| basis.earlier(folder)).unwrap_or_else(|finding| {
            diagnostics.push(*finding);
            None
        });
        let checked = check::assessment(&source, Surroundings { before: earlier.as_ref(), ..surroundings });
        diagnostics.extend(checked.diagnostics);
        digest = checked.assessment.map(|assessment| {
            let timeline = match look.aim {
                Aim::Check => Timeline::default(),
                Aim::Publish => Timeline::of(&assessment),
            };
            AssessmentDigest::of(&assessment, &timeline)
        });
        (exceptions, brief) = (checked.exceptions, checked.brief);
    }
    let errors = diagnostic::errors(&diagnostics);
    diagnostics.extend(attached);
    (SurveyedAssessment { folder: folder.clone(), digest, errors }, diagnostics, exceptions, brief)
}

/// What stands in the attachments that are text. One that cannot be read is named by the rule about figures.
fn attachments(folder: &AssessmentFolder, names: &[String]) -> Vec<Diagnostic> {
    let texts = names.iter().filter(|name| numbers::is_text(name));
    let read =
        texts.filter_map(|name| Some((shown(&folder.path.join(name)), folder.attachment(name).ok()??)));
    read.flat_map(|(path, bytes)| numbers::in_attachment(&path, &bytes)).collect()
}

/// `site.yaml`. Where only a part of the content is looked at, it may be missing.
fn site(content: &ContentFolder, whole: bool) -> (Option<SiteSettings>, Vec<Diagnostic>) {
    let path = content.root.join("site.yaml");
    if !whole && !path.exists() {
        return (None, Vec::new());
    }
    let beside = check::Beside {
        file: &|name| fs::read(&fs::file_within(&content.root, name)?).ok(),
        has_folder: &|name| fs::folder_within(&content.root, name).is_some(),
    };
    settings(&path, |file| check::site_beside(file, Some(&beside)))
}

/// Reads a settings file that must be there.
fn settings<T>(
    path: &Path,
    check: impl FnOnce(&read::SourceFile) -> (Option<T>, Vec<Diagnostic>),
) -> (Option<T>, Vec<Diagnostic>) {
    match read::text_file(path) {
        Ok(file) => {
            let (value, mut found) = check(&file);
            found.extend(numbers::in_source(&file));
            (value, found)
        }
        Err(diagnostic) if diagnostic.code == Code::MISSING_FILE => {
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
                Diagnostic::new(Code::DUPLICATE, shown(&folder.path), message)
                    .help("URL が重なります。一つのフォルダにまとめてください。"),
            );
        } else {
            first.insert(&folder.code, &folder.path);
        }
    }
}
