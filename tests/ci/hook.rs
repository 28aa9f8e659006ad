//! The hook, called by real commits.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::recipes::{HOOK, path};
use crate::runner::DOCUMENT;
use crate::support::{Run, Sandbox};

/// A repository in a folder whose name has a blank and Japanese letters, with the hook in it.
struct Desk {
    _sandbox: Sandbox,
    root: PathBuf,
}

impl Desk {
    fn new() -> Self {
        let sandbox = Sandbox::empty();
        let root = sandbox.root().join("評価書 の'フォルダ");
        kohyo::fs::copy_tree(&crate::support::base(), &root.join("content")).unwrap();
        kohyo::fs::write(&root.join(".githooks/pre-commit"), kohyo::fs::read(&path(HOOK)).unwrap()).unwrap();
        std::fs::set_permissions(
            root.join(".githooks/pre-commit"),
            std::fs::metadata(path(HOOK)).unwrap().permissions(),
        )
        .unwrap();
        let desk = Self { _sandbox: sandbox, root };
        desk.git(&["init", "--quiet"]);
        desk.git(&["config", "core.hooksPath", ".githooks"]);
        desk
    }

    fn git(&self, arguments: &[&str]) -> Run {
        let program = Path::new(env!("CARGO_BIN_EXE_kohyo")).parent().unwrap();
        self.git_with(
            &format!("{}:{}", program.display(), std::env::var("PATH").unwrap_or_default()),
            arguments,
        )
    }

    fn git_with(&self, search: &str, arguments: &[&str]) -> Run {
        let output = Command::new("git")
            .current_dir(&self.root)
            .args([
                "-c",
                "user.name=kohyo",
                "-c",
                "user.email=kohyo@example.jp",
                "-c",
                "commit.gpgsign=false",
            ])
            .args(arguments)
            .env("PATH", search)
            .env("HOME", &self.root)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env_remove("CLICOLOR_FORCE")
            .output()
            .unwrap();
        Run {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Puts a date that is none into the document, or mends it.
    fn break_date(&self, is_broken: bool) {
        let file = self.root.join(format!("content/{DOCUMENT}/assessment.yaml"));
        let text = String::from_utf8(kohyo::fs::read(&file).unwrap()).unwrap();
        let (good, bad) = ("公表日: 令和7年3月14日", "公表日: 令和7年13月14日");
        kohyo::fs::write(&file, if is_broken { text.replace(good, bad) } else { text.replace(bad, good) })
            .unwrap();
    }

    fn commits(&self) -> usize {
        self.git(&["log", "--oneline"]).stdout.lines().count()
    }
}

#[test]
fn what_is_in_order_is_committed_and_what_is_wrong_is_not() {
    let desk = Desk::new();
    desk.git(&["add", "--all"]);
    let first = desk.git(&["commit", "-m", "first"]);
    assert_eq!(first.code, 0, "{}", first.stderr);
    desk.break_date(true);
    let refused = desk.git(&["commit", "--all", "-m", "broken"]);
    assert_eq!((refused.code, desk.commits()), (1, 1), "{}", refused.stderr);
    let said = format!("{}{}", refused.stdout, refused.stderr);
    assert!(said.contains(&format!("content/{DOCUMENT}/assessment.yaml:8:")), "{said}");
    assert!(said.contains("コミットしていません") && said.contains("--no-verify"), "{said}");
    let skipped = desk.git(&["commit", "--all", "--no-verify", "-m", "broken"]);
    assert_eq!((skipped.code, desk.commits()), (0, 2), "{}", skipped.stderr);
}

#[test]
fn only_what_is_staged_counts() {
    let desk = Desk::new();
    desk.git(&["add", "--all"]);
    assert_eq!(desk.git(&["commit", "-m", "first"]).code, 0);
    // The staged text is good and the one in the folder is not, then the other way round.
    let site = desk.root.join("content/site.yaml");
    let text = String::from_utf8(kohyo::fs::read(&site).unwrap()).unwrap();
    kohyo::fs::write(&site, text.replace("公表サイト", "公表のサイト")).unwrap();
    desk.git(&["add", "--all"]);
    desk.break_date(true);
    let staged = desk.git(&["commit", "-m", "good"]);
    assert_eq!(staged.code, 0, "{}{}", staged.stdout, staged.stderr);
    desk.git(&["add", "--all"]);
    desk.break_date(false);
    assert_eq!(desk.git(&["commit", "-m", "bad"]).code, 1);
    // A commit of named files has an index of its own.
    let named = desk.git(&["commit", "-m", "named", "--", &format!("content/{DOCUMENT}/assessment.yaml")]);
    assert!(!named.stderr.contains("誤りがある"), "{}", named.stderr);
}

#[test]
fn other_commits_are_left_alone() {
    let desk = Desk::new();
    desk.break_date(true);
    kohyo::fs::write(&desk.root.join("memo.txt"), "x").unwrap();
    desk.git(&["add", "memo.txt"]);
    let search = std::env::var("PATH").unwrap_or_default();
    let memo = desk.git_with(&search, &["commit", "-m", "memo"]);
    assert_eq!(memo.code, 0, "{}", memo.stderr);
}

#[test]
fn without_the_program_nothing_is_committed_unseen() {
    let desk = Desk::new();
    desk.git(&["add", "--all"]);
    // A machine that has what a shell needs, and not kohyo.
    let refused = desk.git_with("/usr/bin:/bin", &["commit", "-m", "first"]);
    assert_eq!((refused.code, desk.commits()), (1, 0), "{}", refused.stderr);
    assert!(refused.stderr.contains("kohyo が見つからない"), "{}", refused.stderr);
    assert!(refused.stderr.contains("--no-verify"), "{}", refused.stderr);
}
