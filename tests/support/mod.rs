//! What the tests of the program share: a copy of the base content that a test may break, and the program run on it.

#![allow(dead_code, reason = "every test program uses its own part of the helpers")]
#![allow(unreachable_pub, reason = "a test program has no users")]
#![allow(clippy::unwrap_used, reason = "a test ends where something is wrong")]

pub mod repository;

use std::path::{Path, PathBuf};

use assert_cmd::Command;

/// The base content: one 基礎項目評価書 and one 全項目評価書 of a fictional city, complete and without any finding.
pub fn base() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/base")
}

/// How the files of published documents begin, and the codes of the municipalities.
const SEEDS: [(&str, &str); 3] = [("001", "131172"), ("002", "431001"), ("003", "072044")];

/// A folder of its own with a copy of the base content as `content/`. It is removed with the value.
pub struct Sandbox {
    folder: tempfile::TempDir,
}

/// How the program ended and what it said.
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Sandbox {
    /// A fresh copy of the base content.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        kohyo::fs::copy_tree(&base(), &folder.path().join("content")).unwrap();
        Self { folder }
    }

    /// A folder without any content.
    pub fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// The content of the three published documents that lie beside the project, imported; none, and said so, where they are not at hand.
    pub fn imported() -> Option<Self> {
        let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
        let Ok(folder) = std::fs::read_dir(&seeds) else {
            eprintln!("SKIPPED: {} is not at hand: imported documents are not looked at.", seeds.display());
            return None;
        };
        let sandbox = Self::empty();
        for entry in folder {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let Some((_, code)) = SEEDS.iter().find(|(number, _)| name.starts_with(number)) else { continue };
            let run = sandbox.run(&["import", path.to_str().unwrap(), "--into", "content", "--code", code]);
            assert_eq!(run.code, 0, "{}", run.stderr);
        }
        Some(sandbox)
    }

    /// Where the program runs.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// A file of the content.
    pub fn path(&self, file: &str) -> PathBuf {
        self.root().join("content").join(file)
    }

    /// The text of a file of the content.
    pub fn text(&self, file: &str) -> String {
        String::from_utf8(kohyo::fs::read(&self.path(file)).unwrap()).unwrap()
    }

    /// Writes a file of the content.
    pub fn write(&self, file: &str, bytes: impl AsRef<[u8]>) {
        kohyo::fs::write(&self.path(file), bytes).unwrap();
    }

    /// Replaces the first occurrence of a text; it must be there, so that no edit silently does nothing.
    pub fn replace(&self, file: &str, from: &str, to: &str) {
        let text = self.text(file);
        assert!(text.contains(from), "{file} does not contain {from:?}");
        self.write(file, text.replacen(from, to, 1));
    }

    /// Moves a file or folder of the content.
    pub fn rename(&self, from: &str, to: &str) {
        kohyo::fs::rename(&self.path(from), &self.path(to)).unwrap();
    }

    /// Removes a file of the content.
    pub fn remove(&self, file: &str) {
        std::fs::remove_file(self.path(file)).unwrap();
    }

    /// Runs the program inside the folder.
    pub fn run(&self, arguments: &[&str]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_kohyo"))
            .current_dir(self.root())
            .env_remove("CLICOLOR_FORCE")
            .args(arguments)
            .output()
            .unwrap();
        Run {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}
