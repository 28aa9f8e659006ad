//! The files of one assessment: in its folder on disk, or as a revision of git remembers them.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::WalkDir;

use crate::diagnostic::{Code, Diagnostic};
use crate::fs;

use super::content::shown;

/// Where the contents of remembered files come from, by their ids.
pub trait Store: Send + Sync + Debug {
    /// The contents of a file.
    fn read(&self, id: &str) -> io::Result<Vec<u8>>;
}

/// The files of a folder as they once were.
#[derive(Debug, Clone)]
pub struct Remembered {
    /// Their ids by their paths relative to the folder, with `/`.
    pub ids: BTreeMap<String, String>,
    /// Where their contents are.
    pub store: Arc<dyn Store>,
}

/// Where the files of a folder are.
#[derive(Debug, Clone, Default)]
pub enum Files {
    /// In the folder itself.
    #[default]
    OnDisk,
    /// In the history.
    Remembered(Arc<Remembered>),
}

impl Files {
    /// Whether they are remembered, and nobody can change them any more.
    pub fn is_past(&self) -> bool {
        matches!(self, Self::Remembered(_))
    }

    /// The files below a folder, relative to it and with `/`, sorted; what could not be looked at is a finding.
    pub(super) fn list(&self, folder: &Path) -> (Vec<String>, Vec<Diagnostic>) {
        match self {
            Self::OnDisk => on_disk(folder),
            Self::Remembered(files) => (files.ids.keys().cloned().collect(), Vec::new()),
        }
    }

    /// The contents of a file that the folder has.
    pub fn read(&self, folder: &Path, relative: &str) -> fs::Result<Vec<u8>> {
        let path = folder.join(relative);
        let Self::Remembered(files) = self else { return fs::read(&path) };
        let id = files.ids.get(relative).ok_or(io::Error::from(io::ErrorKind::NotFound));
        fs::Error::naming(id.and_then(|id| files.store.read(id)), &path)
    }

    /// The contents of a file that a document names; none where it is missing, or not a file of the folder.
    pub fn attachment(&self, folder: &Path, relative: &str) -> fs::Result<Option<Vec<u8>>> {
        match self {
            Self::OnDisk => fs::file_within(folder, relative).map(|path| fs::read(&path)).transpose(),
            Self::Remembered(files) if !files.ids.contains_key(relative) => Ok(None),
            Self::Remembered(_) => self.read(folder, relative).map(Some),
        }
    }
}

fn on_disk(folder: &Path) -> (Vec<String>, Vec<Diagnostic>) {
    let (mut names, mut diagnostics) = (Vec::new(), Vec::new());
    for entry in WalkDir::new(folder).min_depth(1).sort_by_file_name() {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => {
                let path: PathBuf = entry.into_path();
                names.push(shown(path.strip_prefix(folder).unwrap_or(&path)).to_string());
            }
            Err(error) => {
                let at = shown(error.path().unwrap_or(folder));
                diagnostics.push(Diagnostic::new(Code::UNREADABLE, at, "ファイルを読めません"));
            }
        }
    }
    (names, diagnostics)
}
