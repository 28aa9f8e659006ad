//! Which document of a commit is which of the one before it: folders are renamed, numbers are corrected.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::content::{Document, Reader};
use super::day::published_of;
use crate::read::{AssessmentFolder, Files};
use crate::review::git::{Commit, Error, Repository};
use crate::wareki::CivilDate;

/// Everything that git remembers of the documents of a content folder.
#[derive(Debug)]
pub struct Past {
    /// The documents, each with its states.
    pub lineages: Vec<Lineage>,
    repository: Repository,
    published: Mutex<BTreeMap<String, Option<CivilDate>>>,
}

/// One document through the history.
#[derive(Debug, Clone, Default)]
pub struct Lineage {
    /// Its states, each with what the commit had of it, older ones first.
    pub states: Vec<State>,
    /// Whether it is there in the newest commit.
    pub is_current: bool,
}

/// A document as one commit left it.
#[derive(Debug, Clone)]
pub struct State {
    /// Id of the commit.
    pub commit: String,
    /// When the commit was made, in seconds since 1970 UTC.
    pub time: i64,
    /// Whether the commit is on the line that leads to the newest one, and not on a branch that was merged into it.
    pub is_main: bool,
    /// The document.
    pub document: Document,
    /// Where the content folder stood.
    pub content: PathBuf,
}

/// Code of the municipality and directory.
type Key = (String, String);
/// The documents of a commit with the lineages that they belong to.
type Known = BTreeMap<Key, (usize, String)>;

impl Past {
    /// Reads the history of a content folder up to a commit.
    pub fn read(repository: &Repository, content: &Path, until: &Commit) -> Result<Self, Error> {
        let commits = repository.ancestry(until)?;
        let main = main_line(&commits, &until.id);
        let mut reader = Reader::new(repository, content);
        let mut walk = Walk { lineages: Vec::new(), known: BTreeMap::new() };
        let mut hint = reader.path().to_owned();
        let mut before: Option<(String, Arc<Known>)> = None;
        for commit in &commits {
            let Some((path, documents)) = reader.content(&commit.tree, &hint)? else { continue };
            let at = At { commit, is_main: main.contains_key(commit.id.as_str()), content: &path };
            let known = walk.step(at, &documents);
            before = Some((commit.id.clone(), known));
            hint = path;
        }
        if let Some(known) = before.filter(|(id, _)| *id == until.id).map(|(_, known)| known) {
            for (lineage, _) in known.values() {
                walk.lineages[*lineage].is_current = true;
            }
        }
        Ok(Self { lineages: walk.lineages, repository: repository.clone(), published: Mutex::default() })
    }

    /// The folder of a state.
    pub fn folder(&self, state: &State) -> Result<AssessmentFolder, Error> {
        state.document.folder(self.repository.objects(), &state.commit, &state.content)
    }

    /// 公表日 of a folder of a state. A file that is the same in many states is read once.
    pub(super) fn published(&self, folder: &AssessmentFolder) -> Option<CivilDate> {
        let Files::Remembered(files) = &folder.files else { return published_of(folder) };
        // What else of a folder may hold the date changes with it.
        let key: String = files
            .ids
            .iter()
            .filter(|(name, _)| name.ends_with(".md") || *name == "assessment.yaml")
            .map(|(_, id)| id.as_str())
            .collect();
        let mut known = self.published.lock().unwrap_or_else(PoisonError::into_inner);
        *known.entry(key).or_insert_with(|| published_of(folder))
    }

    /// The repository.
    pub fn repository(&self) -> &Repository {
        &self.repository
    }

    /// The lineage of a document of the working tree, by its names. `taken` are those of documents that are found already.
    pub fn lineage_of(
        &self,
        code: &str,
        dir: &str,
        number: &str,
        others: &[(String, String)],
    ) -> Option<&Lineage> {
        let last = |lineage: &&Lineage| lineage.states.last().is_some_and(|s| s.document.code == code);
        let all: Vec<&Lineage> = self.lineages.iter().filter(last).collect();
        let names = |lineage: &Lineage| lineage.states.last().map(|s| s.document.clone());
        let same = |wanted: &dyn Fn(&Document) -> bool, current: bool| {
            all.iter().rev().copied().find(|lineage| {
                lineage.is_current == current && names(lineage).is_some_and(|document| wanted(&document))
            })
        };
        if let Some(found) = same(&|d| d.dir == dir, true) {
            return Some(found);
        }
        // Renamed since: no other document of today has the name.
        let is_free = |d: &Document| !others.iter().any(|(c, other)| *c == d.code && *other == d.dir);
        let slug = dir.get(number.len() + 1..).unwrap_or_default();
        same(&|d| d.number == number && is_free(d), true)
            .or_else(|| same(&|d| d.slug() == slug && is_free(d), true))
            .or_else(|| same(&|d| d.dir == dir, false))
            .or_else(|| same(&|d| d.number == number && is_free(d), false))
    }
}

/// The commits of the line that leads to a commit: each one's first parent.
fn main_line<'c>(commits: &'c [Commit], last: &str) -> BTreeMap<&'c str, ()> {
    let by_id: BTreeMap<&str, &Commit> = commits.iter().map(|c| (c.id.as_str(), c)).collect();
    let mut line = BTreeMap::new();
    let mut at = by_id.get(last);
    while let Some(commit) = at {
        line.insert(commit.id.as_str(), ());
        at = commit.parents.first().and_then(|parent| by_id.get(parent.as_str()));
    }
    line
}

struct At<'c> {
    commit: &'c Commit,
    is_main: bool,
    content: &'c Path,
}

struct Walk {
    lineages: Vec<Lineage>,
    known: BTreeMap<String, Arc<Known>>,
}

impl Walk {
    /// Takes in a commit, after its parents.
    fn step(&mut self, at: At<'_>, documents: &[Document]) -> Arc<Known> {
        let parents: Vec<Arc<Known>> =
            at.commit.parents.iter().filter_map(|id| self.known.get(id).cloned()).collect();
        let mut known = Known::new();
        let mut fresh = Vec::new();
        for document in documents {
            let key = (document.code.clone(), document.dir.clone());
            match parents.iter().find_map(|parent| parent.get(&key)) {
                Some((lineage, _)) => {
                    // A merge that took over what one of its parents had made is where that came to this line.
                    let is_new = parents
                        .first()
                        .and_then(|p| p.get(&key))
                        .is_none_or(|(_, tree)| *tree != document.tree);
                    if is_new {
                        self.add(*lineage, &at, document);
                    }
                    known.insert(key, (*lineage, document.tree.clone()));
                }
                None => fresh.push(document),
            }
        }
        let mut gone = self.gone(&parents, documents);
        for document in fresh {
            let lineage = match renamed(&mut gone, document) {
                Some(lineage) => lineage,
                None => {
                    self.lineages.push(Lineage::default());
                    self.lineages.len() - 1
                }
            };
            self.add(lineage, &at, document);
            let key = (document.code.clone(), document.dir.clone());
            known.insert(key, (lineage, document.tree.clone()));
        }
        let known = Arc::new(known);
        self.known.insert(at.commit.id.clone(), Arc::clone(&known));
        known
    }

    fn add(&mut self, lineage: usize, at: &At<'_>, document: &Document) {
        self.lineages[lineage].states.push(State {
            commit: at.commit.id.clone(),
            time: at.commit.time,
            is_main: at.is_main,
            document: document.clone(),
            content: at.content.to_owned(),
        });
    }

    /// The documents of the first parent that are not there any more.
    fn gone(&self, parents: &[Arc<Known>], documents: &[Document]) -> Vec<(usize, Document)> {
        let Some(parent) = parents.first() else { return Vec::new() };
        let is_there = |key: &Key| documents.iter().any(|d| d.code == key.0 && d.dir == key.1);
        let of = |lineage: usize| self.lineages[lineage].states.last().map(|s| (lineage, s.document.clone()));
        parent.iter().filter(|(key, _)| !is_there(key)).filter_map(|(_, (lineage, _))| of(*lineage)).collect()
    }
}

/// The document that was renamed to this one: with the same contents, the same 評価書番号, or the same name after the number.
fn renamed(gone: &mut Vec<(usize, Document)>, document: &Document) -> Option<usize> {
    let tests: [&dyn Fn(&Document) -> bool; 3] = [
        &|old| old.tree == document.tree,
        &|old| old.code == document.code && old.number == document.number,
        &|old| old.code == document.code && old.slug() == document.slug(),
    ];
    let at = tests.iter().find_map(|is_same| gone.iter().position(|(_, old)| is_same(old)))?;
    Some(gone.remove(at).0)
}
