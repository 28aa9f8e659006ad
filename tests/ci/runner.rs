//! A machine for steps: a repository of a city, a home, and programs that stand in for those that ask the network.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::repository::Repository;
use crate::support::{Run, Sandbox};

/// The document that is edited.
pub const DOCUMENT: &str = "019984-mihon/8-kaigo-kiso";

/// A machine.
pub struct Runner {
    pub sandbox: Sandbox,
    outside: tempfile::TempDir,
}

impl Runner {
    /// With the base content as the published versions.
    pub fn new() -> Self {
        let runner = Self { sandbox: Sandbox::new(), outside: tempfile::tempdir().unwrap() };
        let repository = Repository::around(&runner.sandbox);
        repository.commit("2025-03-01", "published");
        repository.git(&["switch", "--quiet", "--create", "next/'$(touch${IFS}broken)'"]);
        runner
    }

    /// A change of an item with a new 公表日; its row of 変更箇所 is missing.
    pub fn edit(&self) {
        let file = format!("{DOCUMENT}/assessment.yaml");
        self.sandbox.replace(&file, "公表日: 令和7年3月14日", "公表日: 令和7年10月1日");
        self.sandbox.replace(&file, "部署: 福祉部介護保険課", "部署: 健康福祉部介護保険課");
    }

    /// The missing row, as the program drafts it and an officer fills it in.
    pub fn tell(&self) {
        let run = self.sandbox.run(&["changes", "draft"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let file = format!("{DOCUMENT}/changes.yaml");
        let text = self.sandbox.text(&file);
        let blank = text.lines().rfind(|line| line.contains("【要記入】")).unwrap();
        self.sandbox.replace(
            &file,
            blank,
            "  提出時期に係る説明: 組織の名称の変更であり、重要な変更に当たらない。",
        );
        assert!(!self.sandbox.text(&file).contains("【要記入】"));
    }

    pub fn commit(&self) {
        Repository::of(&self.sandbox).commit("2025-08-20", "next");
    }

    /// A folder beside the repository.
    pub fn outside(&self, name: &str) -> PathBuf {
        self.outside.path().join(name)
    }

    /// A file beside the repository; nothing where there is none.
    pub fn outside_text(&self, name: &str) -> String {
        kohyo::fs::read(&self.outside(name))
            .map(|bytes| String::from_utf8(bytes).unwrap())
            .unwrap_or_default()
    }

    /// Puts a program in the place of one that the machine would have.
    pub fn stand_in(&self, name: &str, script: &str) {
        let file = self.outside(&format!("bin/{name}"));
        kohyo::fs::write(&file, format!("#!/usr/bin/env bash\n{script}")).unwrap();
        std::fs::set_permissions(file, Permissions::from_mode(0o755)).unwrap();
    }

    /// Runs a step as the code hosts do: in bash that stops at the first failure.
    pub fn run(&self, script: &str, variables: &[(&str, &str)]) -> Run {
        let program = Path::new(env!("CARGO_BIN_EXE_kohyo")).parent().unwrap();
        let inherited = std::env::var("PATH").unwrap_or_default();
        let path = format!("{}:{}:{inherited}", self.outside("bin").display(), program.display());
        kohyo::fs::write(&self.outside("step.sh"), script).unwrap();
        let output = Command::new("bash")
            .args(["--noprofile", "--norc", "-eo", "pipefail"])
            .arg(self.outside("step.sh"))
            .current_dir(self.sandbox.root())
            .env("PATH", path)
            .env("HOME", self.outside("home"))
            .env("GITHUB_PATH", self.outside("path"))
            .env("GITHUB_STEP_SUMMARY", self.outside("summary"))
            .env("GITHUB_REPOSITORY", "mihon/hyoka")
            .env("KOHYO_SINCE", "公表")
            .env_remove("CLICOLOR_FORCE")
            .envs(variables.iter().copied())
            .output()
            .unwrap();
        Run {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// A file that a step left in the repository.
    pub fn left(&self, name: &str) -> String {
        String::from_utf8(kohyo::fs::read(&self.sandbox.root().join(name)).unwrap()).unwrap()
    }
}
