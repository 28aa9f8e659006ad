//! Check everything, then render and write document by document, then swap the new site in.

mod across;
mod audit;
mod document;
mod error;
mod export;
mod overview;

use std::fmt;
use std::path::PathBuf;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use rayon::prelude::*;

pub(super) use self::document::json_of;
pub use self::error::BuildError;
pub use self::export::{Export, Exported, export};
use super::addresses;
use super::press::Press;
use super::publication::{Note, NoteKind, Publication, Terms};
use super::survey::{Aim, DocumentName, Scan, Selection, Survey, SurveyedAssessment, SurveyedMunicipality};
use super::theme::theme;
use super::{Day, Observer, Stage};
use crate::assessment::SiteSettings;
use crate::audit::RuleCount;
use crate::diagnostic::{self, Diagnostic};
use crate::history::{Causes, Shelf};
use crate::read;
use crate::site::render::Peers;
use crate::site::{MunicipalityContext, SiteContext, feed};
use crate::write::{Folder, Staging};

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

/// The folder of a document that could not be published at all, with errors allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeftOut {
    /// What it says, or what its municipality says, cannot be read.
    Unreadable(String),
    /// Another folder of its municipality (SITE-01) has a document of the same name.
    SameAddress(String),
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(folder) => write!(f, "内容が読めないため除きました: {folder}"),
            Self::SameAddress(folder) => write!(f, "アドレスが重なるため除きました: {folder}"),
        }
    }
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
    pub left_out: Vec<LeftOut>,
    /// What our own look at the pages found: the rules that are not kept, each with how often.
    pub findings: Vec<RuleCount>,
}

/// Builds the site.
pub fn build(options: &BuildOptions, observer: &dyn Observer) -> Result<BuildOutcome, BuildError> {
    let (publication, found) = look(options, observer)?;
    let documents = found.documents();
    let Some(settings) = settled(options, &found) else {
        return Ok(BuildOutcome {
            diagnostics: found.diagnostics,
            accepted: found.accepted,
            published: None,
            documents,
        });
    };
    let published = publish(options, &found, publication, &settings, observer)?;
    Ok(BuildOutcome {
        diagnostics: found.diagnostics,
        accepted: found.accepted,
        published: Some(published),
        documents,
    })
}

/// Decides what is public, and checks it.
fn look(options: &BuildOptions, observer: &dyn Observer) -> Result<(Publication, Survey), BuildError> {
    let selection = Selection::Content(options.content.clone());
    let mut scan = Scan::of(&selection, options.day)?;
    if options.allow_errors {
        scan.join_folders();
    }
    let terms = Terms { as_of: scan.as_of, dated: !scan.is_sample, drafts: options.drafts };
    let publication = Publication::plan(&mut scan.content, terms)?;
    let found = scan.survey(&selection, Aim::Publish, None, observer);
    Ok((publication, found))
}

/// The settings under which it is published; none where errors stop the build.
fn settled(options: &BuildOptions, found: &Survey) -> Option<SiteSettings> {
    let blocked = diagnostic::errors(&found.diagnostics) > 0 && !options.allow_errors;
    let settings = found.site.clone().filter(|_| !blocked)?;
    Some(SiteSettings { base_url: options.base_url.clone().or(settings.base_url), ..settings })
}

fn publish(
    options: &BuildOptions,
    survey: &Survey,
    publication: Publication,
    settings: &SiteSettings,
    observer: &dyn Observer,
) -> Result<Published, BuildError> {
    let theme = theme(options.theme.as_deref(), &options.content, Some(settings))?;
    let site = SiteContext { drafts: options.drafts, ..SiteContext::new(settings) };
    let (issues, left_out) = select(options, survey)?;
    refuse_nothing(options, &issues, &publication, survey)?;
    let shelves: Vec<Shelf<'_>> = issues.iter().map(Issue::shelf).collect();
    let causes = Causes::of(&shelves);
    let peers = Peers::of(issues.iter().flat_map(Issue::subjects));
    let staging = Staging::begin(&options.out, Folder::Site)?;
    let press = Press::new(&theme, &site, &causes, &peers, &staging);
    let work: Vec<_> = issues.iter().flat_map(|i| i.documents.iter().map(move |d| (i, *d))).collect();
    let gathering = across::Gathering::begin(&staging)?;
    observer.begin(Stage::Render, work.len());
    work.par_iter().enumerate().try_for_each(|(position, (issue, document))| {
        let versions = publication.document(issue.folder(), &document.folder.dir);
        let call = publication.consultation(issue.folder(), &document.folder.dir);
        let reporter = gathering.reporter(position);
        document::pages(&press, issue, document, versions, call, survey.as_of, &reporter)?;
        observer.step();
        Ok::<_, BuildError>(())
    })?;
    let digests: Vec<_> = issues
        .par_iter()
        .map(|issue| overview::municipality_pages(&press, issue))
        .collect::<Result<_, BuildError>>()?;
    overview::site_pages(&press, &issues, digests, &shelves, survey.as_of)?;
    gathering.pages(&press, &issues.iter().flat_map(Issue::subjects).collect::<Vec<_>>())?;
    for asset in theme.assets() {
        press.file(&asset.path, &asset.bytes)?;
    }
    let report = audit::pages(&press)?;
    addresses::write(&press, &shelves)?;
    observer.end();
    refuse_leaks(&press)?;
    observer.begin(Stage::Publish, 0);
    let published = Published {
        municipalities: issues.len(),
        assessments: work.len(),
        pages: press.pages.load(Ordering::Relaxed),
        bytes: press.bytes.load(Ordering::Relaxed),
        notes: publication.notes,
        left_out,
        findings: report.rules.into_iter().filter(|count| count.findings > 0).collect(),
    };
    staging.publish()?;
    observer.end();
    Ok(published)
}

/// There is something to publish.
fn refuse_nothing(
    options: &BuildOptions,
    issues: &[Issue<'_>],
    publication: &Publication,
    survey: &Survey,
) -> Result<(), BuildError> {
    if issues.iter().any(|issue| !issue.documents.is_empty()) {
        return Ok(());
    }
    if publication.notes.iter().any(|note| matches!(note.what, NoteKind::HeldBack { .. })) {
        return Err(BuildError::NotYet(options.content.clone(), survey.as_of));
    }
    Err(BuildError::Nothing(options.content.clone()))
}

/// Nothing was found that must not be published.
fn refuse_leaks(press: &Press<'_>) -> Result<(), BuildError> {
    let mut leaks = std::mem::take(&mut *press.leaks.lock().unwrap_or_else(PoisonError::into_inner));
    if leaks.is_empty() {
        return Ok(());
    }
    leaks.sort();
    Err(BuildError::Leak(leaks))
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
) -> Result<(Vec<Issue<'s>>, Vec<LeftOut>), BuildError> {
    let mut issues = Vec::new();
    let mut left_out: Vec<_> = survey.left_out.iter().cloned().map(LeftOut::SameAddress).collect();
    for surveyed in &survey.municipalities {
        let name = |a: &SurveyedAssessment| read::shown(&a.folder.path).to_string();
        let Some(municipality) = &surveyed.municipality else {
            left_out.extend(surveyed.assessments.iter().map(name).map(LeftOut::Unreadable));
            continue;
        };
        let mut documents = Vec::new();
        for document in &surveyed.assessments {
            match &document.digest {
                None if document.folder.files.is_past() => {
                    return Err(BuildError::Unreadable(document.folder.path.clone()));
                }
                None => left_out.push(LeftOut::Unreadable(name(document))),
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
