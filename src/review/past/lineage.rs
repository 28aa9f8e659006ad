//! Which document of a commit is which of the one before it: folders are renamed, numbers are corrected.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::content::{Document, Reader};
use super::day::published_of;
use crate::read::{AssessmentFolder, Files, is_markdown};
use crate::review::git::{Commit, Error, Objects, Repository};
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
        Ok(Self::walked(repository, content, until)?.0)
    }

    /// The documents of one commit, by the index of their lineages. Where the commit leads to `head`, folders that were renamed in
    /// between are followed; otherwise documents are known by their names.
    pub fn at(
        repository: &Repository,
        content: &Path,
        commit: &Commit,
        head: &Commit,
    ) -> Result<(Self, BTreeMap<usize, State>), Error> {
        let (past, mut known) = Self::walked(repository, content, head)?;
        let (past, at) = match known.remove(&commit.id) {
            Some(at) => (past, at),
            None => {
                let (past, mut known) = Self::walked(repository, content, commit)?;
                (past, known.remove(&commit.id).unwrap_or_default())
            }
        };
        let states = at.iter().filter_map(|(_, (lineage, tree))| {
            let states = &past.lineages.get(*lineage)?.states;
            let state = states.iter().rfind(|state| state.document.tree == *tree)?;
            Some((*lineage, state.clone()))
        });
        let states = states.collect();
        Ok((past, states))
    }

    fn walked(
        repository: &Repository,
        content: &Path,
        until: &Commit,
    ) -> Result<(Self, BTreeMap<String, Arc<Known>>), Error> {
        let commits = repository.ancestry(until)?;
        let main = main_line(&commits, &until.id);
        let mut reader = Reader::new(repository, content);
        let objects = repository.objects();
        let mut walk = Walk { lineages: Vec::new(), known: BTreeMap::new(), objects };
        let mut hint = reader.path().to_owned();
        for commit in &commits {
            let Some((path, documents)) = reader.content(&commit.tree, &hint)? else { continue };
            let at = At { commit, is_main: main.contains(commit.id.as_str()), content: &path };
            walk.step(at, &documents);
            hint = path;
        }
        if let Some(known) = walk.known.get(&until.id) {
            for (lineage, _) in known.values() {
                walk.lineages[*lineage].is_current = true;
            }
        }
        let (lineages, known) = (walk.lineages, walk.known);
        Ok((Self { lineages, repository: repository.clone(), published: Mutex::default() }, known))
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
            .filter(|(name, _)| is_markdown(name) || *name == "assessment.yaml")
            .map(|(_, id)| id.as_str())
            .collect();
        let mut known = self.published.lock().unwrap_or_else(PoisonError::into_inner);
        *known.entry(key).or_insert_with(|| published_of(folder))
    }

    /// The repository.
    pub fn repository(&self) -> &Repository {
        &self.repository
    }

    /// The lineage of a document of the working tree, by its names. `others` are code and directory of all documents there.
    pub fn lineage_of(
        &self,
        code: &str,
        dir: &str,
        number: &str,
        others: &[(String, String)],
    ) -> Option<&Lineage> {
        self.lineages.get(self.lineage_index(code, dir, number, others)?)
    }

    /// The same as an index.
    pub fn lineage_index(
        &self,
        code: &str,
        dir: &str,
        number: &str,
        others: &[(String, String)],
    ) -> Option<usize> {
        let same = |wanted: &dyn Fn(&Document) -> bool, current: bool| {
            self.lineages.iter().rposition(|lineage| {
                let document = lineage.states.last().map(|state| &state.document);
                lineage.is_current == current && document.is_some_and(|d| d.code == code && wanted(d))
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
fn main_line<'c>(commits: &'c [Commit], last: &str) -> BTreeSet<&'c str> {
    let by_id: BTreeMap<&str, &Commit> = commits.iter().map(|c| (c.id.as_str(), c)).collect();
    let mut line = BTreeSet::new();
    let mut at = by_id.get(last);
    while let Some(commit) = at {
        line.insert(commit.id.as_str());
        at = commit.parents.first().and_then(|parent| by_id.get(parent.as_str()));
    }
    line
}

#[derive(Clone, Copy)]
struct At<'c> {
    commit: &'c Commit,
    is_main: bool,
    content: &'c Path,
}

struct Walk<'w> {
    lineages: Vec<Lineage>,
    known: BTreeMap<String, Arc<Known>>,
    objects: &'w Objects,
}

impl Walk<'_> {
    /// Takes in a commit, after its parents.
    fn step(&mut self, at: At<'_>, documents: &[Document]) {
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
                        self.add(*lineage, at, document);
                    }
                    known.insert(key, (*lineage, document.tree.clone()));
                }
                None => fresh.push(document),
            }
        }
        let mut gone = self.gone(&parents, documents);
        for document in fresh {
            let lineage = match renamed(self.objects, &mut gone, document) {
                Some(lineage) => lineage,
                None => {
                    self.lineages.push(Lineage::default());
                    self.lineages.len() - 1
                }
            };
            self.add(lineage, at, document);
            let key = (document.code.clone(), document.dir.clone());
            known.insert(key, (lineage, document.tree.clone()));
        }
        self.known.insert(at.commit.id.clone(), Arc::new(known));
    }

    fn add(&mut self, lineage: usize, at: At<'_>, document: &Document) {
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

/// The document that was renamed to this one: with the same contents, the same 評価書番号, the same name after the number, or most of
/// the same lines.
fn renamed(objects: &Objects, gone: &mut Vec<(usize, Document)>, document: &Document) -> Option<usize> {
    let tests: [&dyn Fn(&Document) -> bool; 4] = [
        &|old| old.tree == document.tree,
        &|old| old.code == document.code && old.number == document.number,
        &|old| old.code == document.code && old.slug() == document.slug(),
        &|old| old.code == document.code && is_alike(objects, old, document),
    ];
    let at = tests.iter().find_map(|is_same| gone.iter().position(|(_, old)| is_same(old)))?;
    Some(gone.remove(at).0)
}

/// Whether two documents share more than half of their lines, as git asks of a renamed file.
fn is_alike(objects: &Objects, old: &Document, new: &Document) -> bool {
    let lines = |document: &Document| -> Option<BTreeSet<String>> {
        let entries = objects.folder(&document.tree).ok()?;
        let entry = entries.iter().find(|entry| entry.name == "assessment.yaml")?;
        let bytes = objects.file(&entry.id).ok()?;
        let text = String::from_utf8_lossy(&bytes);
        Some(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect())
    };
    lines(old)
        .zip(lines(new))
        .is_some_and(|(old, new)| 2 * old.intersection(&new).count() > old.len().max(new.len()))
}
