//! Which version of each document is public on a day: the one of the working tree, or the last published one from git where that of
//! the working tree has not come yet.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use rayon::prelude::*;

use super::basis::keys;
use super::same::same_files;
use crate::assessment::{Administration, Assessment, Consultation, Occasion};
use crate::check::vocabulary::CONSULTATION;
use crate::check::{self, Surroundings};
use crate::compare::{FigureDigests, Ledger, RowState, Side, compare};
use crate::diagnostic;
use crate::due::term;
use crate::read::{self, AssessmentFolder, ContentFolder, shown};
use crate::review::git::{self, Repository};
use crate::review::past::{Evidence, Key, Past, Version, published_of, versions};
use crate::wareki::CivilDate;

/// What is public of a content folder, and what else there was to say about it.
#[derive(Debug, Default)]
pub(super) struct Publication {
    /// By the code of the municipality and the directory of the document that is published.
    documents: BTreeMap<(String, String), Document>,
    /// 意見募集 in the working tree, by the same key. A hearing is held while a version is public, and is no part of it.
    consultations: BTreeMap<(String, String), Consultation>,
    /// What people should know, in the order of the folders.
    pub notes: Vec<Note>,
}

/// The versions of a document that are public.
#[derive(Debug, Clone, Default)]
pub(super) struct Document {
    /// Older ones first. The last one is the current one; a document without 公表日 has none.
    pub versions: Vec<PublicVersion>,
    /// Directories that it had in earlier versions.
    pub former: BTreeSet<String>,
}

/// A version that is public.
#[derive(Debug, Clone)]
pub(super) struct PublicVersion {
    /// 公表日.
    pub published: CivilDate,
    /// Its files.
    pub folder: AssessmentFolder,
    /// Where it was found; none for the working tree.
    pub origin: Option<Version>,
    /// The name of the municipality at that time; none where it cannot be read.
    pub name: Option<String>,
}

/// Something about what is published that people should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The folder as shown to people.
    pub folder: String,
    /// What is so.
    pub what: NoteKind,
}

/// What is so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoteKind {
    /// The 公表日 of the working tree has not come; the version that is shown instead, where there is one.
    HeldBack {
        /// 公表日 of the working tree.
        until: CivilDate,
        /// 公表日 of the version that is shown.
        shown: Option<CivilDate>,
    },
    /// It was edited after its publication, and 公表日 is still the same: the published text is shown.
    Edited(CivilDate),
    /// It was taken out of the content folder, and stays public.
    Kept {
        /// 公表日 of the version that is shown.
        shown: CivilDate,
        /// When its 事務 ended, where that is written.
        ended: Option<CivilDate>,
    },
    /// It was taken out of the content folder with its whole municipality, and is not public any more.
    Gone,
    /// The history cannot be read, or not to its beginning: earlier versions may be missing.
    WithoutHistory(git::Error),
}

/// Why it cannot be said what is public.
#[derive(Debug)]
pub enum Error {
    /// The history cannot be read.
    Git(git::Error),
    /// The 公表日 of a document has not come, and its published version is out of reach.
    OutOfReach {
        /// The folder as shown to people.
        folder: String,
        /// 公表日 of the working tree.
        until: CivilDate,
        /// Why.
        reason: git::Error,
    },
    /// Two documents would have one address: what is public of the one has the name that the folder of the other has now.
    Collision {
        /// The folder as shown to people.
        folder: String,
    },
    /// A document that was published has no 公表日 that could be read, so it may be one of days to come.
    Undated {
        /// The folder as shown to people.
        folder: String,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Git(error) => error.fmt(f),
            Self::OutOfReach { folder, until, reason } => write!(
                f,
                "{folder} の公表日（{}）はまだ来ておらず、今公表している版を取り出せません。公表前の内容を出さないため、何も作りませんでした。{reason}。初めて公表する評価書なら、管理情報の実施区分を「新規実施」としてください。公表前の内容を確かめるには --drafts を付けます",
                until.wareki()
            ),
            Self::Collision { folder } => write!(
                f,
                "{folder} という名前は、公表中の別の評価書のアドレスです。その評価書のフォルダの名前を変えたのなら、変えた版の公表日まで、この名前を別の評価書に使わないでください"
            ),
            Self::Undated { folder } => write!(
                f,
                "{folder} の公表日を読めません。公表前の内容かもしれないため、何も作りませんでした。「kohyo check {folder}」で指摘を見て直してください"
            ),
        }
    }
}

impl std::error::Error for Error {}

impl From<git::Error> for Error {
    fn from(error: git::Error) -> Self {
        Self::Git(error)
    }
}

/// What a publication depends on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terms {
    /// The day.
    pub as_of: CivilDate,
    /// Whether the dates of commits mean something: in samples and archives (基準日) they do not.
    pub dated: bool,
    /// Whether versions of days to come are shown too.
    pub drafts: bool,
}

/// The history of a content folder, where there is one.
pub(super) enum History {
    Known(Past),
    None,
    OutOfReach(git::Error),
}

impl History {
    fn of(content: &ContentFolder) -> Result<Self, git::Error> {
        if !Repository::is_around(&content.root) {
            return Ok(Self::None);
        }
        let repository = match Repository::open(&content.root) {
            Ok(repository) => repository,
            Err(git::Error::Unborn | git::Error::NoRepository(_)) => return Ok(Self::None),
            Err(error) => return Ok(Self::OutOfReach(error)),
        };
        repository.refuse_unfinished()?;
        let head = repository.commit("HEAD")?;
        let past = Past::read(&repository, &content.root, &head)?;
        // The content is kept out of git, or was never committed.
        Ok(if past.lineages.is_empty() && !repository.is_shallow() { Self::None } else { Self::Known(past) })
    }

    /// Which document of the history each one of the working tree is.
    pub(super) fn assign(&self, content: &ContentFolder) -> BTreeMap<Key, usize> {
        match self {
            Self::Known(past) => past.assign(&keys(content)),
            Self::None | Self::OutOfReach(_) => BTreeMap::new(),
        }
    }
}

impl Publication {
    /// Decides what is public, and puts the folders of these versions into the content folder in the place of those that are not.
    pub(super) fn plan(content: &mut ContentFolder, terms: Terms) -> Result<Self, Error> {
        let history = History::of(content)?;
        let mut publication = Self::default();
        let missing = match &history {
            History::OutOfReach(error) => Some(error.clone()),
            History::Known(past) if past.repository().is_shallow() => Some(git::Error::Shallow),
            History::Known(_) | History::None => None,
        };
        if let Some(error) = missing {
            let folder = shown(&content.root).to_string();
            publication.notes.push(Note { folder, what: NoteKind::WithoutHistory(error) });
        }
        let assigned = history.assign(content);
        let planner = Planner { history: &history, terms, assigned: &assigned };
        let mut kept = planner.kept(content, &mut publication.notes)?;
        for municipality in &mut content.municipalities {
            let folders = std::mem::take(&mut municipality.assessments);
            let planned: Vec<_> = folders
                .into_par_iter()
                .map(|folder| {
                    let consultation = consultation(&folder);
                    Ok((planner.one(&municipality.code, folder)?, consultation))
                })
                .collect::<Result<_, Error>>()?;
            let more = kept.remove(&municipality.code).unwrap_or_default().into_iter();
            let more = more.map(|planned| (planned, None));
            for (Planned { current, versions, notes }, consultation) in planned.into_iter().chain(more) {
                publication.notes.extend(notes);
                let Some(current) = current else { continue };
                let key = (municipality.code.clone(), current.dir.clone());
                if let Some(consultation) = consultation {
                    publication.consultations.insert(key.clone(), consultation);
                }
                // Without a history there is nothing to choose from, and no address to promise.
                if matches!(history, History::Known(_)) {
                    publication.documents.insert(key, document(versions));
                }
                municipality.assessments.push(current);
            }
            municipality.assessments.sort_by(|a, b| a.dir.cmp(&b.dir));
            if let Some(twins) = municipality.assessments.windows(2).find(|pair| pair[0].dir == pair[1].dir) {
                let folder = shown(&municipality.path.join(&twins[0].dir)).to_string();
                return Err(Error::Collision { folder });
            }
            let dirs: BTreeSet<&str> = municipality.assessments.iter().map(|a| a.dir.as_str()).collect();
            for ((code, _), document) in &mut publication.documents {
                // The address belongs to another document now.
                document.former.retain(|dir| *code != municipality.code || !dirs.contains(dir.as_str()));
            }
        }
        publication.notes.sort_by(|a, b| a.folder.cmp(&b.folder));
        Ok(publication)
    }

    /// What is public of the document in a directory of a municipality.
    pub(super) fn document(&self, code: &str, dir: &str) -> Option<&Document> {
        self.documents.get(&(code.to_owned(), dir.to_owned()))
    }

    /// 意見募集 of the document in a directory of a municipality.
    pub(super) fn consultation(&self, code: &str, dir: &str) -> Option<&Consultation> {
        self.consultations.get(&(code.to_owned(), dir.to_owned()))
    }
}

/// Decides about documents, one by one.
pub(super) struct Planner<'p> {
    pub(super) history: &'p History,
    pub(super) terms: Terms,
    /// Which document of the history each one of the working tree is.
    pub(super) assigned: &'p BTreeMap<Key, usize>,
}

/// What is public of one document.
pub(super) struct Planned {
    /// What its pages show; none where nothing of it is public.
    current: Option<AssessmentFolder>,
    pub(super) versions: Vec<PublicVersion>,
    notes: Vec<Note>,
}

impl Planner<'_> {
    /// One document of the working tree.
    fn one(&self, code: &str, folder: AssessmentFolder) -> Result<Planned, Error> {
        let own = published_of(&folder);
        let known = self.known(code, &folder, own)?;
        let Terms { as_of, drafts, .. } = self.terms;
        let note = |what| Note { folder: shown(&folder.path).to_string(), what };
        let mut versions = self.public(known)?;
        let mut notes = Vec::new();
        match own {
            Some(until) if until > as_of && !drafts => {
                let newest = versions.last().map(|version| version.published);
                if newest.is_none() {
                    self.refuse_to_guess(&folder, until)?;
                }
                notes.push(note(NoteKind::HeldBack { until, shown: newest }));
            }
            Some(day) => {
                let same = versions.iter().find(|version| version.published == day);
                let settled = same.filter(|v| v.origin.as_ref().is_some_and(|origin| origin.is_settled));
                // On the day itself the last word is not spoken.
                let is_over = day < as_of && self.terms.dated && !drafts;
                match settled.filter(|_| is_over) {
                    Some(version) if !same_files(&version.folder, &folder) => {
                        notes.push(note(NoteKind::Edited(day)));
                        versions.retain(|version| version.published <= day);
                    }
                    _ => {
                        // What was published keeps the name that the municipality had then.
                        let same = same.filter(|version| same_files(&version.folder, &folder));
                        let name = same.and_then(|version| version.name.clone());
                        versions.retain(|version| version.published < day);
                        versions.push(PublicVersion { published: day, folder, origin: None, name });
                    }
                }
            }
            // Without 公表日 it is no version; whether it may be published at all is for the check to say.
            None if !versions.is_empty() && !drafts => {
                return Err(Error::Undated { folder: shown(&folder.path).to_string() });
            }
            None => return Ok(Planned { current: Some(folder), versions, notes }),
        }
        let current = versions.last().map(|version| version.folder.clone());
        Ok(Planned { current, versions, notes })
    }

    fn evidence<'e>(&self, coming: Option<(&'e AssessmentFolder, CivilDate)>) -> Evidence<'e> {
        let faults = &|before: &_, after: &_| faults(before, after).unwrap_or_default();
        Evidence { dated: self.terms.dated, coming, faults, errors: &errors }
    }

    /// Those of the versions of the history whose day has come.
    fn public(&self, versions: Vec<Version>) -> Result<Vec<PublicVersion>, git::Error> {
        let History::Known(past) = self.history else { return Ok(Vec::new()) };
        let come = versions.into_iter().filter(|version| version.published <= self.terms.as_of);
        come.map(|version| public(past, version)).collect()
    }

    /// The versions that the history knows of a document.
    pub(super) fn known(
        &self,
        code: &str,
        folder: &AssessmentFolder,
        own: Option<CivilDate>,
    ) -> Result<Vec<Version>, git::Error> {
        let History::Known(past) = self.history else { return Ok(Vec::new()) };
        let assigned = self.assigned.get(&(code.to_owned(), folder.dir.clone()));
        let Some(lineage) = assigned.and_then(|at| past.lineages.get(*at)) else { return Ok(Vec::new()) };
        versions(past, lineage, &self.evidence(own.map(|day| (folder, day))))
    }

    /// A document whose published version cannot be found may have none: then there is nothing to show. Otherwise, silence would
    /// take it from the site.
    fn refuse_to_guess(&self, folder: &AssessmentFolder, until: CivilDate) -> Result<(), Error> {
        let reason = match self.history {
            History::Known(past) if past.repository().is_shallow() => git::Error::Shallow,
            History::Known(_) => return Ok(()),
            History::None => git::Error::NoRepository(folder.path.clone()),
            History::OutOfReach(error) => error.clone(),
        };
        if read_assessment(folder).is_some_and(|assessment| is_first(&assessment)) {
            return Ok(());
        }
        Err(Error::OutOfReach { folder: shown(&folder.path).to_string(), until, reason })
    }

    /// The documents that were taken out of the content folder and stay public, by the code of their municipality.
    pub(super) fn kept(
        &self,
        content: &ContentFolder,
        notes: &mut Vec<Note>,
    ) -> Result<BTreeMap<String, Vec<Planned>>, git::Error> {
        let mut kept: BTreeMap<String, Vec<Planned>> = BTreeMap::new();
        let History::Known(past) = self.history else { return Ok(kept) };
        let here: BTreeSet<usize> = self.assigned.values().copied().collect();
        let others = past.lineages.iter().enumerate().filter(|(at, _)| !here.contains(at));
        for (_, lineage) in others {
            let Some(last) = lineage.states.last() else { continue };
            let public = self.public(versions(past, lineage, &self.evidence(None))?)?;
            let code = &last.document.code;
            let home = content.municipalities.iter().find(|m| m.code == *code);
            // Another document has its place now.
            let is_taken = |dir: &str| home.is_some_and(|m| m.assessments.iter().any(|a| a.dir == dir));
            if public.last().is_none_or(|newest| is_taken(&newest.folder.dir)) {
                continue;
            }
            let path =
                home.map_or_else(|| last.content.join(&last.document.municipality), |m| m.path.clone());
            let planned = self.keep(&path, public);
            if let (None, Some(planned)) = (home, &planned) {
                let gone = |note: &Note| Note { folder: note.folder.clone(), what: NoteKind::Gone };
                notes.extend(planned.notes.iter().map(gone));
            }
            kept.entry(code.clone()).or_default().extend(planned);
        }
        Ok(kept)
    }

    fn keep(&self, home: &Path, versions: Vec<PublicVersion>) -> Option<Planned> {
        let newest = versions.last()?;
        let ended = read_assessment(&newest.folder)?.administration.ended;
        if !term::must_be_public(ended, self.terms.as_of) {
            return None;
        }
        let folder = shown(&home.join(&newest.folder.dir)).to_string();
        let note = Note { folder, what: NoteKind::Kept { shown: newest.published, ended } };
        Some(Planned { current: Some(newest.folder.clone()), versions, notes: vec![note] })
    }
}

fn public(past: &Past, version: Version) -> Result<PublicVersion, git::Error> {
    let document = &version.state.document;
    let settings = document.settings(past.repository().objects())?;
    let municipality =
        settings.map(|file| check::municipality(&file, &document.municipality, &document.code).0);
    Ok(PublicVersion {
        published: version.published,
        folder: version.folder.clone(),
        name: municipality.map(|municipality| municipality.name).filter(|name| !name.is_empty()),
        origin: Some(version),
    })
}

fn document(versions: Vec<PublicVersion>) -> Document {
    let current = versions.last().map(|version| version.folder.dir.clone());
    let dirs = versions.iter().map(|version| version.folder.dir.clone());
    let former = dirs.filter(|dir| Some(dir) != current.as_ref()).collect();
    Document { versions, former }
}

/// 意見募集 of a document. Few have one: the others are not read for it.
fn consultation(folder: &AssessmentFolder) -> Option<Consultation> {
    let file = folder.text_file("assessment.yaml").ok()?;
    let is_there = file.text.contains(CONSULTATION);
    is_there.then(|| read_assessment(folder))??.administration.consultation
}

/// A document that says of itself that it was never public.
fn is_first(assessment: &Assessment) -> bool {
    let Administration { occasion, .. } = assessment.administration;
    occasion == Some(Occasion::First) || occasion.is_none() && assessment.changes.is_empty()
}

pub(super) fn read_assessment(folder: &AssessmentFolder) -> Option<Assessment> {
    let (source, _) = read::assessment(folder);
    check::assessment(&source?, Surroundings::unknown()).assessment
}

/// How many errors a document has by itself on a day, without those that a 検査の例外 accepts.
fn errors(folder: &AssessmentFolder, as_of: CivilDate) -> usize {
    let (source, mut found) = read::assessment(folder);
    let Some(source) = source else { return usize::MAX };
    let checked = check::assessment(&source, Surroundings { as_of, ..Surroundings::unknown() });
    if checked.assessment.is_none() {
        return usize::MAX;
    }
    found.extend(checked.diagnostics);
    diagnostic::errors(&checked.exceptions.apply(found).standing)
}

/// How far the rows of 変更箇所 of a version are from telling what differs from another one.
fn faults(before: &AssessmentFolder, after: &AssessmentFolder) -> Option<usize> {
    let (before, after) = (read_assessment(before)?, read_assessment(after)?);
    let none = FigureDigests::new();
    let before = Side { answers: &before.answers, changes: &before.changes, figures: &none };
    let after = Side { answers: &after.answers, changes: &after.changes, figures: &none };
    let comparison = compare(before, after);
    let ledger = Ledger::of(before, after, &comparison);
    let untold = comparison.differences.iter().zip(&ledger.told_by);
    let untold = untold.filter(|(difference, rows)| difference.needs_row() && rows.is_empty()).count();
    let idle = ledger.rows.iter().zip(&ledger.tells_of);
    let idle = idle.filter(|(row, tells)| **row == RowState::New && tells.is_empty()).count();
    // A row that was public stays as it was.
    let rewritten = ledger.rows.iter().filter(|row| matches!(row, RowState::Rewritten { .. })).count();
    Some(untold + idle + rewritten + ledger.dropped.len())
}
