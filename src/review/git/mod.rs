//! What git remembers, read through the plumbing commands of the git program (`rev-parse`, `rev-list`, `cat-file`), never through
//! a shell. Nothing is ever written.

mod error;
mod objects;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

pub use error::Error;
pub use objects::{EntryKind, Objects, TreeEntry};

/// A git repository with at least one commit.
#[derive(Debug, Clone)]
pub struct Repository {
    /// The top of its working tree.
    root: PathBuf,
    /// Where git keeps what belongs to this working tree.
    git_dir: PathBuf,
    shallow: bool,
    objects: Arc<Objects>,
}

/// One commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its id, hexadecimal.
    pub id: String,
    /// The id of its tree.
    pub tree: String,
    /// When it was made (committer date), in seconds since 1970 UTC.
    pub time: i64,
    /// The ids of its parents; the first one is the line that it continues.
    pub parents: Vec<String>,
}

/// Work that git has begun in the working tree and not finished, by the file that it leaves, and what people call it.
const UNFINISHED: [(&str, &str); 5] = [
    ("MERGE_HEAD", "マージ"),
    ("CHERRY_PICK_HEAD", "チェリーピック"),
    ("REVERT_HEAD", "打ち消し（revert）"),
    ("rebase-merge", "リベース"),
    ("rebase-apply", "リベース"),
];

impl Repository {
    /// The repository in which a folder lies.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let asked = ["rev-parse", "--show-toplevel", "--absolute-git-dir", "--is-shallow-repository"];
        let output = run(folder, &asked)?;
        if !output.status.success() {
            return Err(Error::of_opening(folder, &output));
        }
        let text = String::from_utf8_lossy(&output.stdout);
        let mut lines = text.lines();
        let mut next = || lines.next().unwrap_or_default();
        let (root, git_dir, shallow) = (PathBuf::from(next()), PathBuf::from(next()), next() == "true");
        let objects = Arc::new(Objects::new(root.clone()));
        let repository = Self { root, git_dir, shallow, objects };
        match repository.find("HEAD")? {
            Some(_) => Ok(repository),
            None => Err(repository.without_head()),
        }
    }

    /// Why there is no newest commit: nothing was committed on the branch, or it cannot be read.
    fn without_head(&self) -> Error {
        let branch = run(&self.root, &["symbolic-ref", "--quiet", "HEAD"]);
        let name = branch.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
        let is_known = name.is_ok_and(|name| {
            let output = run(&self.root, &["show-ref", "--verify", "--quiet", &name]);
            name.is_empty() || output.is_ok_and(|output| output.status.success())
        });
        if is_known {
            let complaint = "HEAD を読めません。「git fsck」で壊れていないか調べてください".to_owned();
            return Error::Failed { command: "git rev-parse HEAD".to_owned(), complaint };
        }
        Error::Unborn
    }

    /// Whether a folder lies in a repository at all. Asks no program, so that a site without git needs none.
    pub fn is_around(folder: &Path) -> bool {
        let full = folder.canonicalize().or_else(|_| std::path::absolute(folder));
        full.is_ok_and(|full| full.ancestors().any(|above| above.join(".git").exists()))
    }

    /// The top of its working tree.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether its older commits were left out when it was cloned.
    pub fn is_shallow(&self) -> bool {
        self.shallow
    }

    /// What it remembers.
    pub fn objects(&self) -> &Arc<Objects> {
        &self.objects
    }

    /// Refuses while git is in the middle of a merge or the like: the files are then neither the one version nor the other.
    pub fn refuse_unfinished(&self) -> Result<(), Error> {
        match UNFINISHED.iter().find(|(file, _)| self.git_dir.join(file).exists()) {
            Some((_, what)) => Err(Error::Unfinished(what)),
            None => Ok(()),
        }
    }

    /// The commit that a revision names, e.g. `main`, `v2`, `HEAD~3` or the beginning of an id.
    pub fn commit(&self, revision: &str) -> Result<Commit, Error> {
        let unknown = || Error::Unknown { revision: revision.to_owned(), shallow: self.shallow };
        let id = self.find(revision)?.ok_or_else(unknown)?;
        let mut found = self.list(&["--max-count=1", &id])?;
        found.pop().ok_or_else(unknown)
    }

    /// Every commit that leads to a commit, itself included, parents before their children.
    pub fn ancestry(&self, commit: &Commit) -> Result<Vec<Commit>, Error> {
        self.list(&["--topo-order", "--reverse", &commit.id])
    }

    fn find(&self, revision: &str) -> Result<Option<String>, Error> {
        // It would be an option, or two lines.
        if revision.starts_with('-') || revision.contains(['\0', '\n']) {
            return Ok(None);
        }
        let wanted = format!("{revision}^{{commit}}");
        let output = run(&self.root, &["rev-parse", "--verify", "--quiet", wanted.as_str()])?;
        let id = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        Ok(Some(id).filter(|id| output.status.success() && !id.is_empty()))
    }

    fn list(&self, arguments: &[&str]) -> Result<Vec<Commit>, Error> {
        let mut all = vec!["rev-list", "--no-color", "--format=%H %T %ct %P"];
        all.extend(arguments);
        let output = run(&self.root, &all)?;
        if !output.status.success() {
            return Err(Error::of_command("rev-list", &output));
        }
        let text = String::from_utf8_lossy(&output.stdout);
        Ok(text.lines().filter(|line| !line.starts_with("commit ")).filter_map(commit_of).collect())
    }
}

fn commit_of(line: &str) -> Option<Commit> {
    let mut words = line.split(' ').filter(|word| !word.is_empty());
    let (id, tree, time) = (words.next()?, words.next()?, words.next()?);
    Some(Commit {
        id: id.to_owned(),
        tree: tree.to_owned(),
        time: time.parse().ok()?,
        parents: words.map(str::to_owned).collect(),
    })
}

fn run(folder: &Path, arguments: &[&str]) -> Result<Output, Error> {
    command(folder).args(arguments).stdin(Stdio::null()).output().map_err(|e| Error::of_starting(&e))
}

/// The git program in a folder, without what would make its answers depend on who runs it: a hook hands on the repository it is
/// called from, and the settings of a repository may name programs to run.
fn command(folder: &Path) -> Command {
    let mut command = Command::new("git");
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        command.env_remove(name);
    }
    command.env("LC_ALL", "C").env("GIT_TERMINAL_PROMPT", "0").env("GIT_OPTIONAL_LOCKS", "0");
    command.args(["--no-pager", "-c", "core.fsmonitor=false"]).arg("-C").arg(folder);
    command
}
