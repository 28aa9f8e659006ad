//! The versions that documents are compared with: those of a revision, or the last published ones.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::publication::{History, Planner, Terms, read_assessment};
use super::same::{digest, same_files};
use crate::check::{self, Earlier, Surroundings};
use crate::compare::FigureDigests;
use crate::diagnostic::{Code, Diagnostic};
use crate::due::term;
use crate::history::title_of;
use crate::read::{self, AssessmentFolder, ContentFolder, shown};
use crate::review::git::{self, Repository};
use crate::review::past::{Key, Past, Version, published_of, puts_off};
use crate::wareki::CivilDate;

/// What documents are compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Since {
    /// A revision of git, e.g. `main` or the beginning of a commit's id.
    Revision(String),
    /// Of each document, the last version that was published.
    LastPublished,
}

/// The versions that the documents of a content folder are compared with.
#[derive(Debug, Default)]
pub struct Basis {
    /// By the folder of the document in the working tree.
    bases: BTreeMap<PathBuf, Base>,
    /// What all of them are, in words.
    pub name: String,
    /// The documents that are there no more, with what they are compared with.
    pub removed: Vec<Base>,
}

/// The version that a document is compared with.
#[derive(Debug, Clone)]
pub struct Base {
    /// Its files.
    pub folder: AssessmentFolder,
    /// What people call it, e.g. 令和6年4月1日公表の版.
    pub name: String,
    /// 団体コード.
    pub code: String,
    /// The directory of the document in the content folder of that version, e.g. `019984-mihon/8-kaigo`.
    pub place: PathBuf,
}

impl Basis {
    /// Finds the version of each document.
    pub fn of(
        content: &ContentFolder,
        since: &Since,
        as_of: CivilDate,
        is_sample: bool,
    ) -> Result<Self, git::Error> {
        let repository = Repository::open(&content.root)?;
        repository.refuse_unfinished()?;
        match since {
            Since::Revision(revision) => Self::of_revision(content, &repository, revision),
            Since::LastPublished => {
                let head = repository.commit("HEAD")?;
                let past = Past::read(&repository, &content.root, &head)?;
                // A version that is missing would let the one at hand pass for a first one.
                if repository.is_shallow() {
                    return Err(git::Error::Shallow);
                }
                if past.lineages.is_empty() {
                    let folder = shown(&content.root).to_string();
                    return Err(git::Error::NoContent { revision: "HEAD".to_owned(), folder });
                }
                let terms = Terms { as_of, dated: !is_sample, drafts: false };
                Self::of_published(content, &History::Known(past), terms)
            }
        }
    }

    fn of_revision(
        content: &ContentFolder,
        repository: &Repository,
        revision: &str,
    ) -> Result<Self, git::Error> {
        let commit = repository.commit(revision)?;
        let head = repository.commit("HEAD")?;
        let (past, states) = Past::at(repository, &content.root, &commit, &head)?;
        if states.is_empty() {
            let folder = shown(&content.root).to_string();
            return Err(git::Error::NoContent { revision: revision.to_owned(), folder });
        }
        let assigned = past.assign(&keys(content));
        let short = commit.id.get(..7).unwrap_or_default();
        let name = if commit.id.starts_with(revision) {
            short.to_owned()
        } else {
            format!("{revision}（{short}）")
        };
        let mut basis = Self { name, ..Self::default() };
        let mut found = Vec::new();
        for (code, folder) in documents(content) {
            let Some(lineage) = assigned.get(&(code.to_owned(), folder.dir.clone())).copied() else {
                continue;
            };
            let Some(state) = states.get(&lineage) else { continue };
            found.push(lineage);
            let base = Base {
                folder: past.folder(state)?,
                name: format!("{revision} の版"),
                code: code.to_owned(),
                place: Path::new(&state.document.municipality).join(&state.document.dir),
            };
            basis.bases.insert(folder.path.clone(), base);
        }
        for (_, state) in states.iter().filter(|(lineage, _)| !found.contains(lineage)) {
            basis.removed.push(Base {
                folder: past.folder(state)?,
                name: format!("{revision} の版"),
                code: state.document.code.clone(),
                place: Path::new(&state.document.municipality).join(&state.document.dir),
            });
        }
        Ok(basis)
    }

    fn of_published(content: &ContentFolder, history: &History, terms: Terms) -> Result<Self, git::Error> {
        let assigned = history.assign(content);
        let planner = Planner { history, terms, assigned: &assigned };
        let all: Vec<_> = documents(content).collect();
        let bases = all
            .par_iter()
            .map(|(code, folder)| {
                let own = published_of(folder);
                let versions = planner.known(code, folder, own)?;
                let base = last_published(versions, folder, own, terms.as_of);
                Ok(base.map(|version| {
                    let document = &version.state.document;
                    let base = Base {
                        name: format!("{}公表の版", version.published.wareki()),
                        code: (*code).to_owned(),
                        place: Path::new(&document.municipality).join(&document.dir),
                        folder: version.folder,
                    };
                    (folder.path.clone(), base)
                }))
            })
            .collect::<Result<Vec<_>, git::Error>>()?;
        let kept = planner.kept(content, &mut Vec::new())?;
        let removed = kept.into_iter().flat_map(|(code, kept)| {
            let newest = kept.into_iter().filter_map(|planned| planned.versions.into_iter().next_back());
            newest.filter_map(move |version| {
                let document = version.origin?.state.document;
                Some(Base {
                    name: format!("{}公表の版", version.published.wareki()),
                    code: code.clone(),
                    place: Path::new(&document.municipality).join(&document.dir),
                    folder: version.folder,
                })
            })
        });
        Ok(Self {
            bases: bases.into_iter().flatten().collect(),
            name: "公表済みの版".to_owned(),
            removed: removed.collect(),
        })
    }

    /// The documents that were taken out of the content folder before they may be (PUB-04): while the 事務 goes on, and for three years
    /// after its end.
    pub(super) fn taken_out(&self, root: &Path, as_of: CivilDate) -> Vec<Diagnostic> {
        self.removed.iter().filter_map(|base| base.taken_out(root, as_of)).collect()
    }

    /// What a document is compared with; none where it is new.
    pub fn base(&self, folder: &AssessmentFolder) -> Option<&Base> {
        self.bases.get(&folder.path)
    }

    /// The earlier version of a document, read; none where there is none, or where nothing differs. One that cannot be read is a
    /// finding.
    pub(super) fn earlier(&self, folder: &AssessmentFolder) -> Result<Option<Earlier>, Box<Diagnostic>> {
        let Some(base) = self.base(folder).filter(|base| !same_files(&base.folder, folder)) else {
            return Ok(None);
        };
        base.read(folder).map(Some)
    }
}

impl Base {
    fn taken_out(&self, root: &Path, as_of: CivilDate) -> Option<Diagnostic> {
        let assessment = read_assessment(&self.folder)?;
        // What has not been public yet may still be given up.
        assessment.published.filter(|day| *day <= as_of)?;
        let ended = assessment.administration.ended;
        if !term::must_be_public(ended, as_of) {
            return None;
        }
        let title = title_of(&assessment);
        let message = match ended {
            Some(day) => format!(
                "「{title}」のフォルダがなくなりましたが、事務の終了（{}）から3年を経過していません",
                day.wareki()
            ),
            None => format!("「{title}」のフォルダがなくなりましたが、事務の終了が記録されていません"),
        };
        let finding = Diagnostic::new(Code::TAKEN_OUT, shown(&root.join(&self.place)), message);
        Some(finding.help(format!(
            "{}にあるフォルダを戻してください。事務が終わったのなら、評価書名と管理情報に終了日を書き、3年が経過するまで公表を続けます。",
            self.name
        )))
    }

    /// Reads it for comparing a folder with it.
    pub fn read(&self, now: &AssessmentFolder) -> Result<Earlier, Box<Diagnostic>> {
        let (source, _) = read::assessment(&self.folder);
        let assessment =
            source.and_then(|source| check::assessment(&source, Surroundings::unknown()).assessment);
        let Some(assessment) = assessment else {
            let message =
                format!("{}（{}）を読めないため、比べられません", self.name, shown(&self.folder.path));
            return Err(Box::new(
                Diagnostic::new(Code::UNREADABLE, shown(&now.path), message)
                    .help("「--since」で、読める版を指定してください。"),
            ));
        };
        Ok(Earlier {
            name: self.name.clone(),
            assessment,
            figures: digests(&self.folder),
            figures_now: digests(now),
        })
    }
}

/// Of the versions of a document, older ones first, the one that was public before the one at hand. What has a new 公表日 is compared
/// with the version before it. What has that of a version whose day has come is compared with that version: it was edited since, or
/// there is nothing new. Only where the history does not show that it was public by that day (a version that was committed late, or a
/// sample), it may still be in the making, and the version before it is the one to compare with.
fn last_published(
    mut versions: Vec<Version>,
    folder: &AssessmentFolder,
    own: Option<CivilDate>,
    as_of: CivilDate,
) -> Option<Version> {
    let Some(own) = own else { return versions.pop() };
    versions.retain(|version| version.published <= own);
    // A date that is being put off was never that of a public version.
    let first = versions.first().map(|version| version.published);
    let is_put_off = |version: &Version| {
        let Version { published, folder: planned, .. } = version;
        let is_first = first == Some(*published);
        *published > as_of && *published < own && puts_off(folder, planned, *published, is_first)
    };
    versions.retain(|version| !is_put_off(version));
    let is_own = versions.last().is_some_and(|version| version.published == own);
    if !is_own {
        return versions.pop();
    }
    let newest = versions.pop()?;
    let is_public = own <= as_of;
    if is_public && (newest.is_settled || versions.is_empty() || !same_files(&newest.folder, folder)) {
        return Some(newest);
    }
    versions.pop()
}

/// Digests of the files of a document that are no text.
pub(super) fn digests(folder: &AssessmentFolder) -> FigureDigests {
    let is_text = |name: &str| {
        let extension = Path::new(name).extension();
        extension.is_some_and(|e| e.eq_ignore_ascii_case("yaml") || e.eq_ignore_ascii_case("md"))
    };
    let names = folder.names().into_iter().filter(|name| !is_text(name));
    names.filter_map(|name| Some((name.clone(), digest(folder, &name)?))).collect()
}

fn documents(content: &ContentFolder) -> impl Iterator<Item = (&str, &AssessmentFolder)> {
    content.municipalities.iter().flat_map(|m| m.assessments.iter().map(|a| (m.code.as_str(), a)))
}

/// Code and directory of the documents of the working tree.
pub(super) fn keys(content: &ContentFolder) -> Vec<Key> {
    documents(content).map(|(code, folder)| (code.to_owned(), folder.dir.clone())).collect()
}
