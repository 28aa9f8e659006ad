//! The content folder in a commit: its municipalities and documents by their names, without reading any of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::read::{self, AssessmentFolder, Files, Remembered, SourceFile};
use crate::review::git::{EntryKind, Error, Objects, Repository, TreeEntry};

/// Folders are not looked for deeper than this.
const DEEPEST: usize = 4;

/// A document in a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// 団体コード in the name of its municipality's directory.
    pub code: String,
    /// Name of the municipality's directory.
    pub municipality: String,
    /// Name of its own directory.
    pub dir: String,
    /// 評価書番号 in that name.
    pub number: String,
    /// Id of its directory.
    pub tree: String,
    /// Id of `municipality.yaml`.
    pub settings: Option<String>,
}

/// Where a content folder stood, and its documents in the order of their directories.
pub(super) type Content = (PathBuf, Arc<Vec<Document>>);

impl Document {
    /// The part of the directory's name after the number.
    pub(super) fn slug(&self) -> &str {
        self.dir.get(self.number.len() + 1..).unwrap_or_default()
    }

    /// Its folder, to be read like one on disk. Findings in it name the files as git does: `1a2b3c4:content/…`.
    pub fn folder(
        &self,
        objects: &Arc<Objects>,
        commit: &str,
        content: &Path,
    ) -> Result<AssessmentFolder, Error> {
        let mut ids = BTreeMap::new();
        collect(objects, &self.tree, "", &mut ids, DEEPEST)?;
        let short = commit.get(..7).unwrap_or(commit);
        let path = content.join(&self.municipality).join(&self.dir);
        Ok(AssessmentFolder {
            path: PathBuf::from(format!("{short}:{}", read::shown(&path))),
            dir: self.dir.clone(),
            number: self.number.clone(),
            files: Files::Remembered(Arc::new(Remembered { ids, store: Arc::clone(objects) as _ })),
        })
    }

    /// `municipality.yaml` beside it, where it can be read.
    pub fn settings(&self, objects: &Objects) -> Result<Option<SourceFile>, Error> {
        let Some(id) = &self.settings else { return Ok(None) };
        let path = format!("{}/municipality.yaml", self.municipality);
        Ok(SourceFile::decode(path, &objects.file(id)?).ok())
    }
}

fn collect(
    objects: &Objects,
    tree: &str,
    above: &str,
    ids: &mut BTreeMap<String, String>,
    depth: usize,
) -> Result<(), Error> {
    for entry in objects.folder(tree)? {
        let path = format!("{above}{}", entry.name);
        match entry.kind {
            EntryKind::File => drop(ids.insert(path, entry.id)),
            EntryKind::Folder if depth > 0 => {
                collect(objects, &entry.id, &format!("{path}/"), ids, depth - 1)?;
            }
            EntryKind::Folder | EntryKind::Other => {}
        }
    }
    Ok(())
}

/// Reads content folders of many commits; what is the same in two of them is read once.
#[derive(Debug)]
pub(super) struct Reader<'r> {
    objects: &'r Arc<Objects>,
    /// Path of the content folder today, in the repository.
    path: PathBuf,
    contents: BTreeMap<String, Arc<Vec<Document>>>,
    municipalities: BTreeMap<String, Vec<Document>>,
}

impl<'r> Reader<'r> {
    /// For the content folder at a path of the working tree.
    pub(super) fn new(repository: &'r Repository, content: &Path) -> Self {
        let full = content.canonicalize().unwrap_or_else(|_| content.to_owned());
        let root = repository.root().canonicalize().unwrap_or_else(|_| repository.root().to_owned());
        let path = full.strip_prefix(&root).unwrap_or(Path::new("")).to_owned();
        Self {
            objects: repository.objects(),
            path,
            contents: BTreeMap::new(),
            municipalities: BTreeMap::new(),
        }
    }

    /// Path of the content folder today, in the repository.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The content folder below the tree of a commit, and where it stood; none where there was none yet. It may have had another
    /// name or another place: then it is the folder in which municipalities stand.
    pub(super) fn content(&mut self, tree: &str, hint: &Path) -> Result<Option<Content>, Error> {
        for path in [self.path.clone(), hint.to_owned()] {
            if let Some(id) = self.below(tree, &path)? {
                let documents = self.documents(&id)?;
                if !documents.is_empty() {
                    return Ok(Some((path, documents)));
                }
            }
        }
        self.search(tree, Path::new(""), DEEPEST)
    }

    fn search(&mut self, tree: &str, path: &Path, depth: usize) -> Result<Option<Content>, Error> {
        let entries = self.objects.folder(tree)?;
        // A folder of samples or fixtures may look like content; the one with a `site.yaml` is published.
        if entries.iter().any(|entry| entry.name == "site.yaml") {
            let documents = self.documents(tree)?;
            if !documents.is_empty() {
                return Ok(Some((path.to_owned(), documents)));
            }
        }
        if depth == 0 {
            return Ok(None);
        }
        for entry in folders(&entries) {
            if let Some(found) = self.search(&entry.id, &path.join(&entry.name), depth - 1)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    fn below(&self, tree: &str, path: &Path) -> Result<Option<String>, Error> {
        let mut id = tree.to_owned();
        for part in path.components() {
            let name = part.as_os_str().to_string_lossy();
            let entries = self.objects.folder(&id)?;
            match folders(&entries).find(|entry| entry.name == name) {
                Some(entry) => id.clone_from(&entry.id),
                None => return Ok(None),
            }
        }
        Ok(Some(id))
    }

    fn documents(&mut self, tree: &str) -> Result<Arc<Vec<Document>>, Error> {
        if let Some(known) = self.contents.get(tree) {
            return Ok(Arc::clone(known));
        }
        let mut all: Vec<Document> = Vec::new();
        let entries = self.objects.folder(tree)?;
        // In the order of the working tree: git has a slash behind the names of folders.
        let by_name: BTreeMap<&str, &TreeEntry> =
            folders(&entries).map(|entry| (entry.name.as_str(), entry)).collect();
        for (name, entry) in by_name {
            let Some(code) = read::municipality_of(name) else { continue };
            let documents = self.municipality(code, name, &entry.id)?;
            let first = all.iter().position(|document| document.code == code).unwrap_or(all.len());
            // A second folder of a municipality takes no address from the first.
            let is_taken = |document: &Document| all[first..].iter().any(|other| other.dir == document.dir);
            let free: Vec<_> = documents.into_iter().filter(|document| !is_taken(document)).collect();
            all.extend(free);
        }
        let all = Arc::new(all);
        self.contents.insert(tree.to_owned(), Arc::clone(&all));
        Ok(all)
    }

    fn municipality(&mut self, code: &str, name: &str, tree: &str) -> Result<Vec<Document>, Error> {
        let key = format!("{tree}/{name}");
        if let Some(known) = self.municipalities.get(&key) {
            return Ok(known.clone());
        }
        let entries = self.objects.folder(tree)?;
        let settings = entries
            .iter()
            .find(|entry| entry.kind == EntryKind::File && entry.name == "municipality.yaml")
            .map(|entry| entry.id.clone());
        let document = |entry: &TreeEntry| {
            Some(Document {
                code: code.to_owned(),
                municipality: name.to_owned(),
                dir: entry.name.clone(),
                number: read::number_of(&entry.name)?.to_owned(),
                tree: entry.id.clone(),
                settings: settings.clone(),
            })
        };
        let all: Vec<_> = folders(&entries).filter_map(document).collect();
        self.municipalities.insert(key, all.clone());
        Ok(all)
    }
}

/// The folders among entries; hidden ones and those that begin with `_` are nobody's business.
fn folders(entries: &[TreeEntry]) -> impl Iterator<Item = &TreeEntry> {
    entries.iter().filter(|entry| entry.kind == EntryKind::Folder && !entry.name.starts_with(['.', '_']))
}
