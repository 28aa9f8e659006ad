//! One random edit in a faultless site: whatever the check then finds has to do with that edit.
//!
//! This is how findings about something else come to light: a finding must point at the edited lines, with its own place or with
//! one of its other places, so that the officer who made the edit sees why.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where something is wrong")]

#[path = "simulator/dice.rs"]
#[allow(dead_code, reason = "the simulator uses more of it")]
mod dice;
#[path = "mutations/edit.rs"]
mod edit;
#[path = "support/mod.rs"]
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use dice::Dice;
use edit::Edit;
use kohyo::diagnostic::{Diagnostic, short};
use kohyo::pipeline::{Aim, Day, Selection, Silent, survey};
use kohyo::wareki::CivilDate;
use rayon::prelude::*;
use support::Sandbox;

/// Runs, each with an edit of its own.
const RUNS: u64 = 500;
/// How many examples of a violation are shown.
const SHOWN: usize = 3;

/// Codes whose findings need not point at the edit, with the reason.
const ELSEWHERE: [(&str, &str); 0] = [];

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content")
}

/// The sample in a folder of its own.
fn copy() -> Sandbox {
    let sandbox = Sandbox::empty();
    kohyo::fs::copy_tree(&sample(), &sandbox.root().join("content")).unwrap();
    sandbox
}

/// Every file with answers or rows, relative to the content folder.
fn files() -> Vec<String> {
    let mut all = Vec::new();
    for municipality in folders(&sample()) {
        for folder in folders(&sample().join(&municipality)) {
            for file in ["assessment.yaml", "changes.yaml"] {
                let path = format!("{municipality}/{folder}/{file}");
                if sample().join(&path).exists() {
                    all.push(path);
                }
            }
        }
    }
    all
}

fn folders(path: &Path) -> Vec<String> {
    let entries = kohyo::fs::entries(path).unwrap();
    let folders = entries.iter().filter(|p| p.is_dir());
    folders.map(|p| p.file_name().unwrap().to_str().unwrap().to_owned()).collect()
}

fn check(selection: &Selection) -> Vec<Diagnostic> {
    let day = CivilDate::from_ymd(2026, 12, 1).unwrap();
    survey(selection, Day { given: Some(day), today: day }, Aim::Check, &Silent).unwrap().diagnostics
}

#[test]
fn the_sample_is_silent() {
    let found: Vec<_> = check(&Selection::Content(sample())).iter().map(short).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// A finding that has nothing to do with the edit, or a panic.
struct Violation {
    code: String,
    edit: String,
    finding: String,
}

#[test]
fn every_finding_touches_the_edit() {
    let files = files();
    let runs: Vec<u64> = (1..=RUNS).collect();
    let results: Vec<_> =
        runs.par_iter().map_init(copy, |sandbox, seed| run(sandbox, &files, *seed)).collect();
    let found: usize = results.iter().map(|(found, _)| found).sum();
    let codes: BTreeSet<&str> =
        results.iter().flat_map(|(_, (codes, _))| codes.iter().map(String::as_str)).collect();
    println!("{RUNS} edits, {found} findings of {} codes", codes.len());
    let violations: Vec<_> = results.iter().flat_map(|(_, (_, violations))| violations).collect();
    assert!(violations.is_empty(), "{}", table(&violations));
    assert!(found > 150 && codes.len() > 10, "the edits are too harmless: {found} findings, {codes:?}");
}

fn table(violations: &[&Violation]) -> String {
    let mut by_code: BTreeMap<&str, Vec<&Violation>> = BTreeMap::new();
    for violation in violations {
        by_code.entry(&violation.code).or_default().push(violation);
    }
    let mut text = format!("{} findings have nothing to do with the edit:\n", violations.len());
    for (code, all) in by_code {
        let _ = writeln!(text, "{code:<10} {}", all.len());
        for violation in all.iter().take(SHOWN) {
            let _ = writeln!(text, "    {}\n      → {}", violation.edit, violation.finding);
        }
    }
    text
}

type Outcome = (usize, (Vec<String>, Vec<Violation>));

/// One edit, and the check of the municipality that it is made in.
fn run(sandbox: &mut Sandbox, files: &[String], seed: u64) -> Outcome {
    let mut dice = Dice::new(seed);
    let (file, text, edit) = loop {
        let file = &files[dice.roll(files.len())];
        let text = sandbox.text(file);
        if let Some(edit) = Edit::of(&mut dice, file, &text) {
            break (file, text, edit);
        }
    };
    sandbox.write(file, &edit.text);
    let municipality = file.split('/').next().unwrap();
    let selection = Selection::Municipality(sandbox.path(municipality));
    let found = catch_unwind(AssertUnwindSafe(|| check(&selection)));
    sandbox.write(file, text);
    let violation = |code: &str, finding: String| Violation {
        code: code.to_owned(),
        edit: format!("[{seed}] {file}:{} {}", edit.line, edit.what),
        finding,
    };
    let Ok(found) = found else {
        return (0, (Vec::new(), vec![violation("panic", String::new())]));
    };
    let elsewhere = |d: &Diagnostic| ELSEWHERE.iter().any(|(code, _)| *code == d.code.id());
    let violations: Vec<_> = found
        .iter()
        .filter(|d| !elsewhere(d) && !touches(d, file, &edit))
        .map(|d| violation(d.code.id(), short(d)))
        .collect();
    (found.len(), (found.iter().map(|d| d.code.id().to_owned()).collect(), violations))
}

/// Whether a finding shows an edited line, or is about the edited file as a whole.
fn touches(finding: &Diagnostic, file: &str, edit: &Edit) -> bool {
    let is_edited =
        |path: &str, line: usize| path.ends_with(file) && edit.lines.iter().any(|l| l.contains(&line));
    let own =
        finding.place.as_ref().map_or(finding.file.ends_with(file), |p| is_edited(&finding.file, p.line));
    own || finding.related.iter().any(|r| is_edited(&r.file, r.place.line))
}
