//! Check everything, then render and write document by document, then swap the new site in.

use std::fmt;
use std::path::PathBuf;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use rayon::prelude::*;

use super::press::Press;
use super::publication::{self, Note, NoteKind, Publication, Terms};
use super::survey::{Aim, DocumentName, Scan, Selection, Survey, SurveyedAssessment, SurveyedMunicipality};
use super::theme::theme;
use super::{Day, Observer, Stage, due, gather, versions};
use crate::assessment::{Assessment, SiteSettings};
use crate::check::{self, Surroundings};
use crate::diagnostic::{self, Diagnostic};
use crate::fs;
use crate::history::{AssessmentDigest, Causes, MunicipalityDigest, Shelf, SiteDigest, Timeline};
use crate::read;
use crate::site::render;
use crate::site::{MunicipalityContext, RenderError, SiteContext, ThemeError, data, feed};
use crate::wareki::CivilDate;
use crate::write::{self, Staging};

/// More files than this are only counted where a leak is named.
const MOST_PLACES: usize = 20;

/// What a build is asked to do.
#[derive(Debug, Clone)]
pub struct BuildOptions {
    /// The content folder.
    pub content: PathBuf,
    /// The folder to publish.
    pub out: PathBuf,
    /// A folder whose templates and assets replace those of the standard theme.
    pub theme: Option<PathBuf>,
    /// Address of publication, in place of the one in `site.yaml`.
    pub base_url: Option<String>,
    /// Documents with a 公表日 later than this day are not published.
    pub day: Day,
    /// Publish them all the same.
    pub drafts: bool,
    /// Publish documents that have errors.
    pub allow_errors: bool,
}

/// What a build did.
#[derive(Debug)]
pub struct BuildOutcome {
    /// Every finding.
    pub diagnostics: Vec<Diagnostic>,
    /// The findings that a 検査の例外 accepts.
    pub accepted: Vec<Diagnostic>,
    /// What was published; none where errors stopped the build.
    pub published: Option<Published>,
    /// The documents that were looked at.
    pub documents: Vec<DocumentName>,
}

/// What was published.
#[derive(Debug, Clone, Default)]
pub struct Published {
    /// Number of municipalities.
    pub municipalities: usize,
    /// Number of assessments.
    pub assessments: usize,
    /// Number of pages.
    pub pages: u64,
    /// Bytes of all files.
    pub bytes: u64,
    /// What people should know about the versions that are shown.
    pub notes: Vec<Note>,
    /// Documents that could not be published at all, with errors allowed.
    pub left_out: Vec<String>,
}

/// Why a build could not run. The published folder is as it was.
#[derive(Debug)]
pub enum BuildError {
    /// A file operation failed.
    File(fs::Error),
    /// The site could not be written.
    Write(write::Error),
    /// The theme cannot be used.
    Theme(ThemeError),
    /// A page could not be rendered.
    Render(RenderError),
    /// A document changed while the build was running.
    Changed(PathBuf),
    /// There is nothing to publish.
    Nothing(PathBuf),
    /// No document of the folder is public on the day.
    NotYet(PathBuf, CivilDate),
    /// It cannot be said what is public.
    Publication(publication::Error),
    /// A version that was published cannot be read any more.
    Unreadable(PathBuf),
    /// Files of the new site, with their lines, hold what may be a 個人番号.
    Leak(Vec<(String, usize)>),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(error) => error.fmt(f),
            Self::Write(error) => error.fmt(f),
            Self::Theme(error) => error.fmt(f),
            Self::Render(error) => error.fmt(f),
            Self::Changed(path) => {
                write!(f, "{} が作成の途中で書き換えられました。もう一度実行してください", path.display())
            }
            Self::Publication(error) => error.fmt(f),
            Self::Unreadable(path) => write!(
                f,
                "公表済みの版 {} を読めません。git の履歴のその版を確かめてください（「git show」で中身を表示します）",
                path.display()
            ),
            Self::NotYet(path, day) => write!(
                f,
                "{} に、{}までに公表日の来る評価書がありません。公表前の内容を確かめるには --drafts を付けます",
                path.display(),
                day.wareki()
            ),
            Self::Nothing(path) => write!(
                f,
                "{} に公表できる評価書がありません。「6桁の団体コード-名前」のフォルダに municipality.yaml と評価書のフォルダを置いてください",
                path.display()
            ),
            Self::Leak(places) => {
                f.write_str("書き出すページに、個人番号（マイナンバー）の可能性がある12桁の数字があります（数字は伏せています）。公開フォルダは前のままです。\n")?;
                for (path, line) in places.iter().take(MOST_PLACES) {
                    writeln!(f, "  {path} の {line} 行目")?;
                }
                if let Some(more) = places.len().checked_sub(MOST_PLACES).filter(|more| *more > 0) {
                    writeln!(f, "  ほか {more} 個のファイル")?;
                }
                f.write_str("元の記載やテーマのファイルから、その数字を消してください。誤りを残して書き出す指定（--allow-errors）をしていても、公表しません")
            }
        }
    }
}

impl std::error::Error for BuildError {}

impl From<fs::Error> for BuildError {
    fn from(error: fs::Error) -> Self {
        Self::File(error)
    }
}

impl From<write::Error> for BuildError {
    fn from(error: write::Error) -> Self {
        Self::Write(error)
    }
}

impl From<publication::Error> for BuildError {
    fn from(error: publication::Error) -> Self {
        Self::Publication(error)
    }
}

impl From<ThemeError> for BuildError {
    fn from(error: ThemeError) -> Self {
        Self::Theme(error)
    }
}

impl From<RenderError> for BuildError {
    fn from(error: RenderError) -> Self {
        Self::Render(error)
    }
}

/// Builds the site.
pub fn build(options: &BuildOptions, observer: &dyn Observer) -> Result<BuildOutcome, BuildError> {
    let selection = Selection::Content(options.content.clone());
    let mut scan = Scan::of(&selection, options.day)?;
    let terms = Terms { as_of: scan.as_of, dated: !scan.is_sample, drafts: options.drafts };
    let publication = Publication::plan(&mut scan.content, terms)?;
    let found = scan.survey(&selection, Aim::Publish, None, observer);
    let documents = found.documents();
    let blocked = diagnostic::errors(&found.diagnostics) > 0 && !options.allow_errors;
    let Some(settings) = found.site.clone().filter(|_| !blocked) else {
        return Ok(BuildOutcome {
            diagnostics: found.diagnostics,
            accepted: found.accepted,
            published: None,
            documents,
        });
    };
    let settings = SiteSettings { base_url: options.base_url.clone().or(settings.base_url), ..settings };
    let published = publish(options, &found, publication, &settings, observer)?;
    Ok(BuildOutcome {
        diagnostics: found.diagnostics,
        accepted: found.accepted,
        published: Some(published),
        documents,
    })
}

fn publish(
    options: &BuildOptions,
    survey: &Survey,
    publication: Publication,
    settings: &SiteSettings,
    observer: &dyn Observer,
) -> Result<Published, BuildError> {
    let theme = theme(options.theme.as_deref())?;
    let site = SiteContext { drafts: options.drafts, ..SiteContext::new(settings) };
    let (issues, left_out) = select(options, survey)?;
    if issues.iter().all(|i| i.documents.is_empty()) {
        if publication.notes.iter().any(|note| matches!(note.what, NoteKind::HeldBack { .. })) {
            return Err(BuildError::NotYet(options.content.clone(), survey.as_of));
        }
        return Err(BuildError::Nothing(options.content.clone()));
    }
    let shelves: Vec<Shelf<'_>> = issues.iter().map(Issue::shelf).collect();
    let causes = Causes::of(&shelves);
    let staging = Staging::begin(&options.out)?;
    let press = Press::new(&theme, &site, &causes, &staging);
    let work: Vec<_> = issues.iter().flat_map(|i| i.documents.iter().map(move |d| (i, *d))).collect();
    observer.begin(Stage::Render, work.len());
    work.par_iter().try_for_each(|(issue, document)| {
        let versions = publication.document(issue.folder(), &document.folder.dir);
        document_pages(&press, issue, document, versions, survey.as_of)?;
        observer.step();
        Ok::<_, BuildError>(())
    })?;
    let digests: Vec<_> = issues
        .par_iter()
        .map(|issue| municipality_pages(&press, issue))
        .collect::<Result<_, BuildError>>()?;
    let digest = SiteDigest::of(digests);
    press.page(&render::home(&theme, &site, &digest)?)?;
    let changes = render::SiteChanges::new(&theme, &site, &digest);
    (0..changes.count()).into_par_iter().try_for_each(|at| press.page(&changes.page(at)?))?;
    press.page(&render::not_found(&theme, &site)?)?;
    press.page(&render::data_page(&theme, &site)?)?;
    press.feeds("", &feed::site(&theme, &site, issues.iter().flat_map(Issue::subjects)))?;
    gather::changes(&press, "", &issues.iter().flat_map(Issue::subjects).collect::<Vec<_>>())?;
    cause_pages(&press, &shelves)?;
    let due: Vec<_> =
        issues.iter().map(|i| (&i.context, i.subjects().map(|s| s.document).collect())).collect();
    due::pages(&press, &due, survey.as_of)?;
    for asset in theme.assets() {
        press.file(&asset.path, &asset.bytes)?;
    }
    observer.end();
    let mut leaks = std::mem::take(&mut *press.leaks.lock().unwrap_or_else(PoisonError::into_inner));
    if !leaks.is_empty() {
        leaks.sort();
        return Err(BuildError::Leak(leaks));
    }
    observer.begin(Stage::Publish, 0);
    let published = Published {
        municipalities: issues.len(),
        assessments: work.len(),
        pages: press.pages.load(Ordering::Relaxed),
        bytes: press.bytes.load(Ordering::Relaxed),
        notes: publication.notes,
        left_out,
    };
    staging.publish()?;
    observer.end();
    Ok(published)
}

/// A municipality and those of its documents that are published.
struct Issue<'s> {
    surveyed: &'s SurveyedMunicipality,
    context: MunicipalityContext,
    documents: Vec<&'s SurveyedAssessment>,
}

/// Decides what is published of what was planned: not what could not be understood at all.
fn select<'s>(
    options: &BuildOptions,
    survey: &'s Survey,
) -> Result<(Vec<Issue<'s>>, Vec<String>), BuildError> {
    let (mut issues, mut left_out) = (Vec::new(), Vec::new());
    for surveyed in &survey.municipalities {
        let name = |a: &SurveyedAssessment| read::shown(&a.folder.path).to_string();
        let Some(municipality) = &surveyed.municipality else {
            left_out.extend(surveyed.assessments.iter().map(name));
            continue;
        };
        let mut documents = Vec::new();
        for document in &surveyed.assessments {
            match &document.digest {
                None if document.folder.files.is_past() => {
                    return Err(BuildError::Unreadable(document.folder.path.clone()));
                }
                None => left_out.push(name(document)),
                // It was edited while the build was running.
                Some(digest) if digest.published.is_some_and(|day| day > survey.as_of) && !options.drafts => {
                    return Err(BuildError::Changed(document.folder.path.clone()));
                }
                Some(_) => documents.push(document),
            }
        }
        issues.push(Issue { surveyed, context: MunicipalityContext::new(municipality), documents });
    }
    issues.sort_by(|a, b| a.context.code.cmp(&b.context.code));
    Ok((issues, left_out))
}

impl Issue<'_> {
    fn folder(&self) -> &str {
        self.context.code.as_str()
    }

    /// Its documents for feeds and files of data, in the order of their directories.
    fn subjects(&self) -> impl Iterator<Item = feed::Subject<'_>> {
        let digests = self.documents.iter().filter_map(|document| document.digest.as_ref());
        digests.map(|document| feed::Subject { municipality: &self.context, document })
    }

    /// What is published of it, as far as other municipalities' changes are compared with it.
    fn shelf(&self) -> Shelf<'_> {
        Shelf {
            code: self.folder(),
            name: &self.context.name,
            documents: self.documents.iter().filter_map(|document| document.digest.as_ref()).collect(),
        }
    }
}

/// Reads a document again and writes everything that is only about it.
fn document_pages(
    press: &Press<'_>,
    issue: &Issue<'_>,
    document: &SurveyedAssessment,
    versions: Option<&publication::Document>,
    as_of: CivilDate,
) -> Result<(), BuildError> {
    let folder = &document.folder;
    let changed = || BuildError::Changed(folder.path.clone());
    let (source, mut diagnostics) = read::assessment(folder);
    let surroundings =
        Surroundings { municipality: issue.surveyed.municipality.as_ref(), as_of, before: None };
    let checked = check::assessment(&source.ok_or_else(changed)?, surroundings);
    diagnostics.extend(checked.diagnostics);
    let assessment = checked.assessment.ok_or_else(changed)?;
    // What was checked is what is published: a file that was edited in between stops the build.
    if diagnostic::errors(&diagnostics) != document.errors {
        return Err(changed());
    }
    let timeline = Timeline::of(&assessment);
    let base = format!("{}/{}", issue.folder(), assessment.dir);
    let line = match versions {
        Some(versions) => versions::pages(press, &issue.context, versions, &assessment, as_of)?,
        None => None,
    };
    press.page(&render::assessment(
        press.theme,
        press.site,
        &issue.context,
        &assessment,
        &timeline,
        line.as_ref(),
    )?)?;
    let digest = document.digest.as_ref().ok_or_else(changed)?;
    let subject = feed::Subject { municipality: &issue.context, document: digest };
    let up = feed::way_to_document(press.site, subject);
    let (pages, texts) = render::changes_and_texts(
        press.theme,
        press.site,
        &issue.context,
        &assessment,
        &timeline,
        press.causes,
        line.as_ref(),
        &up,
    )?;
    for page in pages {
        press.page(&page)?;
    }
    press.feeds(&format!("{base}/"), &feed::assessment(press.theme, press.site, subject, &texts))?;
    press.file(
        &format!("{base}/assessment.json"),
        json_of(issue.folder(), &issue.context.name, &assessment, &timeline).as_bytes(),
    )?;
    let rows = data::change_rows(press.site, &issue.context, &assessment, &timeline);
    let source = data::Source::of(std::iter::once(digest));
    press.file(&format!("{base}/changes.csv"), &data::changes_csv(&rows))?;
    let publisher = press.site.publisher.as_deref();
    press.file(&format!("{base}/changes.json"), &data::changes_json(publisher, &source, &rows))?;
    press.figures(&assessment, folder, &base)
}

/// `assessment.json` of a document.
pub(super) fn json_of(
    code: &str,
    municipality: &str,
    assessment: &Assessment,
    timeline: &Timeline,
) -> String {
    let mut anchors = vec![""; assessment.changes.len()];
    for entry in &timeline.entries {
        anchors[entry.change] = &entry.anchor;
    }
    let url = |at: usize| format!("changes/#{}", anchors[at]);
    data::assessment_json(code, municipality, assessment, &url)
}

fn municipality_pages(press: &Press<'_>, issue: &Issue<'_>) -> Result<MunicipalityDigest, BuildError> {
    let documents: Vec<AssessmentDigest> = issue.documents.iter().filter_map(|d| d.digest.clone()).collect();
    let municipality = issue.surveyed.municipality.as_ref();
    let digest = municipality.map(|m| MunicipalityDigest::of(m, &documents));
    let digest = digest.ok_or_else(|| BuildError::Changed(issue.surveyed.folder.path.clone()))?;
    press.page(&render::municipality(press.theme, press.site, &issue.context, &digest, &documents)?)?;
    for page in render::municipality_changes(press.theme, press.site, &issue.context, &digest, &documents)? {
        press.page(&page)?;
    }
    let folder = format!("{}/", issue.folder());
    press.feeds(&folder, &feed::municipality(press.theme, press.site, &issue.context, &documents))?;
    gather::changes(press, &folder, &issue.subjects().collect::<Vec<_>>())?;
    Ok(digest)
}

/// The pages over all documents: the list of causes, and each cause by itself.
fn cause_pages(press: &Press<'_>, shelves: &[Shelf<'_>]) -> Result<(), BuildError> {
    for page in render::causes(press.theme, press.site, press.causes, shelves)? {
        press.page(&page)?;
    }
    press.causes.all().par_iter().try_for_each(|cause| {
        let pages = render::cause(press.theme, press.site, cause, shelves)?;
        pages.iter().try_for_each(|page| press.page(page))
    })
}
