//! A real git repository around the content of a sandbox.

use std::collections::BTreeMap;
use std::process::Command;

use super::Sandbox;

/// A repository in the folder of a sandbox.
pub struct Repository<'s> {
    sandbox: &'s Sandbox,
}

impl<'s> Repository<'s> {
    /// A repository without any commit.
    pub fn around(sandbox: &'s Sandbox) -> Self {
        let repository = Self { sandbox };
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        kohyo::fs::write(&sandbox.root().join(".gitignore"), "/public*\n").unwrap();
        repository
    }

    /// The repository that is there already.
    pub fn of(sandbox: &'s Sandbox) -> Self {
        Self { sandbox }
    }

    /// Runs git; it must succeed.
    pub fn git(&self, arguments: &[&str]) -> String {
        self.git_on("2026-12-31", arguments)
    }

    /// Runs git as if it were noon in Japan on a day.
    pub fn git_on(&self, day: &str, arguments: &[&str]) -> String {
        let moment = format!("{day}T12:00:00+09:00");
        let output = Command::new("git")
            .current_dir(self.sandbox.root())
            .args([
                "-c",
                "user.name=kohyo",
                "-c",
                "user.email=kohyo@example.jp",
                "-c",
                "commit.gpgsign=false",
            ])
            .args(arguments)
            .env("GIT_AUTHOR_DATE", &moment)
            .env("GIT_COMMITTER_DATE", &moment)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "git {arguments:?}: {said}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// Commits everything as it is, on a day.
    pub fn commit(&self, day: &str, message: &str) {
        self.git(&["add", "--all"]);
        self.git_on(day, &["commit", "--quiet", "--allow-empty", "-m", message]);
    }
}

/// Every file of a site by its path.
pub fn files(sandbox: &Sandbox, out: &str) -> BTreeMap<String, Vec<u8>> {
    let root = sandbox.root().join(out);
    let all = kohyo::fs::files_below(&root).unwrap();
    let name =
        |path: &std::path::Path| path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
    all.iter().map(|path| (name(path), kohyo::fs::read(path).unwrap())).collect()
}
