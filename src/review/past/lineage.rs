//! Which document of a commit is which of the one before it: folders are renamed, numbers are corrected.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::content::{Document, Reader};
use super::day::published_of;
use crate::read::{AssessmentFolder, Files, is_markdown, number_of};
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
    /// When a commit of the line that leads to the newest one last took it out, in seconds since 1970 UTC.
    pub removed: Option<i64>,
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
pub type Key = (String, String);
/// The documents of a commit: the lineage that each belongs to, and which of its states it is.
type Known = BTreeMap<Key, (usize, usize)>;

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
        let states = at.values().filter_map(|(lineage, state)| {
            Some((*lineage, past.lineages.get(*lineage)?.states.get(*state)?.clone()))
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
        let mut walk = Walk { lineages: Vec::new(), known: BTreeMap::new(), ended: BTreeMap::new(), objects };
        let mut hint = reader.path().to_owned();
        for commit in &commits {
            let Some((path, documents)) = reader.content(&commit.tree, &hint)? else {
                walk.carry(commit);
                continue;
            };
            let at = At { commit, is_main: main.contains(commit.id.as_str()), content: &path };
            walk.step(at, &documents);
            hint = path;
        }
        if let Some(known) = walk.known.get(&until.id) {
            for (lineage, _) in known.values() {
                walk.lineages[*lineage].is_current = true;
            }
        }
        let (mut lineages, known) = (walk.lineages, walk.known);
        lineages.iter_mut().for_each(date_by_first_commit);
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
        let holds = |name: &str| is_markdown(name) || name == "assessment.yaml";
        let key: String =
            files.ids.iter().filter(|(name, _)| holds(name)).map(|(_, id)| id.as_str()).collect();
        let known = || self.published.lock().unwrap_or_else(PoisonError::into_inner);
        let before = known().get(&key).copied();
        before.unwrap_or_else(|| {
            let published = published_of(folder);
            known().insert(key, published);
            published
        })
    }

    /// The repository.
    pub fn repository(&self) -> &Repository {
        &self.repository
    }

    /// The lineages of the documents of the working tree, by code and directory. No lineage belongs to two of them.
    pub fn assign(&self, documents: &[Key]) -> BTreeMap<Key, usize> {
        let mut assigned: BTreeMap<Key, usize> = BTreeMap::new();
        // Under the name of today; renamed since; taken out and put back.
        let tests: [(bool, IsSame); 4] =
            [(true, same_dir), (true, same_slug), (true, same_number), (false, same_dir)];
        for (is_current, is_same) in tests {
            for key in documents {
                let is_free = |at: usize| !assigned.values().any(|taken| *taken == at);
                if assigned.contains_key(key) {
                    continue;
                }
                let found = (0..self.lineages.len()).rev().find(|at| {
                    let lineage = &self.lineages[*at];
                    let last = lineage.states.last().map(|state| &state.document);
                    let is_it = last.is_some_and(|d| d.code == key.0 && is_same(d, &key.1));
                    lineage.is_current == is_current && is_it && is_free(*at)
                });
                if let Some(found) = found {
                    assigned.insert(key.clone(), found);
                }
            }
        }
        assigned
    }
}

/// Whether a document of the history is the one in a directory.
type IsSame = fn(&Document, &str) -> bool;

fn same_dir(document: &Document, dir: &str) -> bool {
    document.dir == dir
}

fn same_number(document: &Document, dir: &str) -> bool {
    number_of(dir) == Some(document.number.as_str())
}

fn same_slug(document: &Document, dir: &str) -> bool {
    number_of(dir).is_some_and(|number| dir.get(number.len() + 1..) == Some(document.slug()))
}

/// A state counts from the first commit that had it: a merge that brings it to this line makes nothing newer.
fn date_by_first_commit(lineage: &mut Lineage) {
    let mut first: BTreeMap<String, i64> = BTreeMap::new();
    for state in &lineage.states {
        let time = first.entry(state.document.tree.clone()).or_insert(state.time);
        *time = state.time.min(*time);
    }
    for state in &mut lineage.states {
        state.time = first.get(&state.document.tree).copied().unwrap_or(state.time);
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
    /// The lineage that last had a name.
    ended: BTreeMap<Key, usize>,
    objects: &'w Objects,
}

impl Walk<'_> {
    /// Passes over a commit without a content folder: what was known stays so.
    fn carry(&mut self, commit: &Commit) {
        let before = commit.parents.iter().find_map(|id| self.known.get(id).cloned());
        if let Some(before) = before {
            self.known.insert(commit.id.clone(), before);
        }
    }

    /// Takes in a commit, after its parents.
    fn step(&mut self, at: At<'_>, documents: &[Document]) {
        let parents: Vec<Arc<Known>> =
            at.commit.parents.iter().filter_map(|id| self.known.get(id).cloned()).collect();
        let mut known = Known::new();
        let mut fresh = Vec::new();
        for document in documents {
            let key = (document.code.clone(), document.dir.clone());
            let Some((lineage, state)) = parents.iter().find_map(|parent| parent.get(&key)).copied() else {
                fresh.push(document);
                continue;
            };
            // A merge that took over what one of its parents had made is where that came to this line.
            let first = parents.first().and_then(|parent| parent.get(&key));
            let is_same =
                first.is_some() && self.lineages[lineage].states[state].document.tree == document.tree;
            let state = if is_same { state } else { self.add(lineage, at, document) };
            known.insert(key, (lineage, state));
        }
        let gone = self.gone(&parents, documents);
        let renamed = renamed(self.objects, &gone, &fresh);
        for (document, renamed) in fresh.into_iter().zip(renamed) {
            let key = (document.code.clone(), document.dir.clone());
            let is_free = |lineage: &usize| !known.values().any(|(taken, _)| taken == lineage);
            // A document that was taken out and put back is the same.
            let lineage = renamed.or_else(|| self.ended.get(&key).copied()).filter(is_free);
            let lineage = lineage.unwrap_or_else(|| {
                self.lineages.push(Lineage::default());
                self.lineages.len() - 1
            });
            let state = self.add(lineage, at, document);
            known.insert(key, (lineage, state));
        }
        for (lineage, _) in
            gone.iter().filter(|(lineage, _)| at.is_main && !known.values().any(|(l, _)| l == lineage))
        {
            self.lineages[*lineage].removed = Some(at.commit.time);
        }
        // Most commits leave every document as it was.
        let same = parents.first().filter(|parent| ***parent == known).cloned();
        self.ended.extend(gone.into_iter().map(|(lineage, old)| ((old.code, old.dir), lineage)));
        self.known.insert(at.commit.id.clone(), same.unwrap_or_else(|| Arc::new(known)));
    }

    /// Adds a state; its index.
    fn add(&mut self, lineage: usize, at: At<'_>, document: &Document) -> usize {
        let states = &mut self.lineages[lineage].states;
        states.push(State {
            commit: at.commit.id.clone(),
            time: at.commit.time,
            is_main: at.is_main,
            document: document.clone(),
            content: at.content.to_owned(),
        });
        states.len() - 1
    }

    /// The documents of the first parent that are not there any more.
    fn gone(&self, parents: &[Arc<Known>], documents: &[Document]) -> Vec<(usize, Document)> {
        let Some(parent) = parents.first() else { return Vec::new() };
        let is_there = |key: &Key| documents.iter().any(|d| d.code == key.0 && d.dir == key.1);
        let gone = parent.iter().filter(|(key, _)| !is_there(key));
        gone.map(|(_, (lineage, state))| (*lineage, self.lineages[*lineage].states[*state].document.clone()))
            .collect()
    }
}

/// Of each document that is new under its name, the lineage of the one that was renamed to it: with the same contents, the same
/// name after the number, the same 評価書番号, or most of the same lines. The surest pairs of all documents come first.
fn renamed(objects: &Objects, gone: &[(usize, Document)], fresh: &[&Document]) -> Vec<Option<usize>> {
    type Test<'t> = &'t dyn Fn(&Document, &Document) -> bool;
    let tests: [Test<'_>; 4] = [
        &|old, new| old.tree == new.tree,
        &|old, new| old.code == new.code && old.slug() == new.slug(),
        &|old, new| old.code == new.code && old.number == new.number,
        &|old, new| old.code == new.code && is_alike(objects, old, new),
    ];
    let mut found: Vec<Option<usize>> = vec![None; fresh.len()];
    for is_same in tests {
        for (at, document) in fresh.iter().enumerate() {
            if found[at].is_none() {
                let is_free = |lineage: usize| !found.contains(&Some(lineage));
                let old = gone.iter().find(|(lineage, old)| is_free(*lineage) && is_same(old, document));
                found[at] = old.map(|(lineage, _)| *lineage);
            }
        }
    }
    found
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
