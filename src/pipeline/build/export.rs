//! Open data without pages: the same files as a build writes, byte by byte, in a folder or one of them as a stream.

use std::io::Write;

use rayon::prelude::*;

use super::super::press::Press;
use super::super::publication::{Note, Publication};
use super::super::survey::{DocumentName, Survey};
use super::super::theme::theme;
use super::super::{Observer, Stage, data};
use super::{
    BuildError, BuildOptions, Issue, LeftOut, document, look, refuse_leaks, refuse_nothing, select, settled,
};
use crate::assessment::SiteSettings;
use crate::diagnostic::Diagnostic;
use crate::history::{Causes, Timeline};
use crate::site::SiteContext;
use crate::site::render::Peers;
use crate::write::{Folder, Staging};

/// What of the data is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Export {
    /// Everything.
    All,
    /// `documents.csv`.
    Documents,
    /// `items.csv`.
    Items,
    /// `changes.csv` and `changes.json`.
    Changes,
    /// `assessment.json` of every document.
    Assessments,
    /// `catalog.jsonld`.
    Catalog,
}

impl Export {
    /// Whether a file is wanted, by its path. What a file refers to goes with it: lists of codes, and schemas.
    fn wants(self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        match self {
            Self::All => true,
            Self::Documents => ["documents.csv", "codes.csv"].contains(&name),
            Self::Items => ["items.csv", "codes.csv"].contains(&name),
            Self::Changes => ["changes.csv", "changes.json", "changes.schema.json"].contains(&name),
            Self::Assessments => ["assessment.json", "assessment.schema.json"].contains(&name),
            Self::Catalog => name == "catalog.jsonld",
        }
    }

    /// The one file of the whole site that is written where there is no folder; none where there are several.
    pub fn single(self) -> Option<&'static str> {
        match self {
            Self::All | Self::Assessments => None,
            Self::Documents => Some("documents.csv"),
            Self::Items => Some("items.csv"),
            Self::Changes => Some("changes.csv"),
            Self::Catalog => Some("catalog.jsonld"),
        }
    }
}

/// What was exported.
#[derive(Debug)]
pub struct Exported {
    /// Every finding.
    pub diagnostics: Vec<Diagnostic>,
    /// The findings that a 検査の例外 accepts.
    pub accepted: Vec<Diagnostic>,
    /// The documents that were looked at.
    pub documents: Vec<DocumentName>,
    /// How many documents the data holds and how many files were written; none where errors stopped the export.
    pub written: Option<(usize, usize)>,
    /// What people should know about the versions that the data holds.
    pub notes: Vec<Note>,
    /// Documents that are not in the data, with errors allowed.
    pub left_out: Vec<LeftOut>,
}

/// Writes open data into the folder of the options, or one file of it to `stream` where that is given.
pub fn export(
    options: &BuildOptions,
    what: Export,
    stream: Option<&mut dyn Write>,
    observer: &dyn Observer,
) -> Result<Exported, BuildError> {
    // A folder that cannot be written is said before the work, not after it.
    let out = if stream.is_none() { Some(Staging::begin(&options.out, Folder::Data)?) } else { None };
    if let Some(out) = &out
        && out.written_before()?.iter().any(|path| !what.wants(path))
    {
        return Err(BuildError::Wider(options.out.clone()));
    }
    let (publication, found) = look(options, observer)?;
    let mut exported = Exported {
        documents: found.documents(),
        written: None,
        notes: Vec::new(),
        left_out: Vec::new(),
        diagnostics: Vec::new(),
        accepted: Vec::new(),
    };
    if let Some(settings) = settled(options, &found) {
        let work = Staging::scratch()?;
        let (documents, left_out) = write(options, &settings, &found, &publication, &work, observer)?;
        let files = hand_over(&work, what, out, stream)?;
        exported.written = Some((documents, files));
        exported.left_out = left_out;
        exported.notes = publication.notes;
    }
    exported.diagnostics = found.diagnostics;
    exported.accepted = found.accepted;
    Ok(exported)
}

/// Writes all data. The catalogue says how large each file is, so that nothing can be left out.
fn write(
    options: &BuildOptions,
    settings: &SiteSettings,
    found: &Survey,
    publication: &Publication,
    work: &Staging,
    observer: &dyn Observer,
) -> Result<(usize, Vec<LeftOut>), BuildError> {
    let theme = theme(options.theme.as_deref(), &options.content, Some(settings))?;
    let site = SiteContext { drafts: options.drafts, ..SiteContext::new(settings) };
    let (issues, left_out) = select(options, found)?;
    refuse_nothing(options, &issues, publication, found)?;
    let causes = Causes::of(&[]);
    let peers = Peers::default();
    let press = Press::new(&theme, &site, &causes, &peers, work);
    let documents: Vec<_> = issues.iter().flat_map(|i| i.documents.iter().map(move |d| (i, *d))).collect();
    observer.begin(Stage::Export, documents.len());
    documents.par_iter().try_for_each(|(issue, document)| {
        let assessment = document::read_again(issue, document, found.as_of)?;
        let versions = publication.document(issue.folder(), &document.folder.dir);
        data::of_document(
            &press,
            document::subject(issue, document)?,
            &assessment,
            &Timeline::of(&assessment),
            versions.map(|versions| versions.versions.len()),
        )?;
        observer.step();
        Ok::<_, BuildError>(())
    })?;
    issues.par_iter().try_for_each(|issue| {
        data::of_municipality(&press, &issue.context, &issue.subjects().collect::<Vec<_>>())
    })?;
    let municipalities: Vec<_> = issues.iter().map(|issue| &issue.context).collect();
    data::of_site(&press, &municipalities, &issues.iter().flat_map(Issue::subjects).collect::<Vec<_>>())?;
    observer.end();
    refuse_leaks(&press)?;
    Ok((documents.len(), left_out))
}

/// Puts what is wanted into the folder or the stream. Returns the number of files.
fn hand_over(
    work: &Staging,
    what: Export,
    out: Option<Staging>,
    stream: Option<&mut dyn Write>,
) -> Result<usize, BuildError> {
    if let (Some(stream), Some(file)) = (stream, what.single()) {
        work.stream(file, stream)?;
        return Ok(1);
    }
    let Some(out) = out else { return Ok(0) };
    let files = work.files()?;
    let wanted: Vec<_> = files.iter().filter(|path| what.wants(path)).collect();
    for path in &wanted {
        out.copy(&work.path(path), path)?;
    }
    out.publish()?;
    Ok(wanted.len())
}
