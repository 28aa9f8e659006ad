//! Every code of the catalogue: one small fault in a complete document, and exactly one finding at exactly its place.
//!
//! The findings as people see them are kept under `snapshots/`, one file per case: read them as an officer would.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where something is wrong")]
#![allow(unreachable_pub, reason = "a test program has no users")]

mod administration;
mod case;
mod change_rules;
mod changes;
mod consultation;
mod encoding;
mod exceptions;
mod folders;
mod form_rules;
mod judged;
mod keys;
mod presence;
mod procedure;
mod prose;
mod reader;
mod settings;
#[path = "../support/mod.rs"]
mod support;
mod threshold;
mod together;
mod together_rules;
mod values;
mod version;
mod versions;
mod wording;
mod yaml;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use case::Case;
use kohyo::rules::catalogue;

type Cases = fn() -> Vec<Case>;

const ROOMS: [Cases; 20] = [
    administration::cases,
    consultation::cases,
    change_rules::cases,
    changes::cases,
    encoding::cases,
    exceptions::cases,
    folders::cases,
    form_rules::cases,
    judged::cases,
    keys::cases,
    presence::cases,
    procedure::cases,
    prose::cases,
    settings::cases,
    threshold::cases,
    together_rules::cases,
    values::cases,
    versions::cases,
    wording::cases,
    yaml::cases,
];

#[test]
fn the_base_content_is_without_findings() {
    let run = support::Sandbox::new().run(&["check", "content", "--as-of", case::DAY]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""));
    assert_eq!(run.stderr, "評価書 4 件を検査しました: 指摘はありません\n");
}

#[test]
fn every_code_has_a_case_and_every_case_a_name() {
    let all: Vec<_> = ROOMS.iter().flat_map(|cases| cases()).collect();
    let mut names = BTreeSet::new();
    let twice: Vec<_> = all.iter().filter(|c| !names.insert((c.code, c.name))).map(|c| c.name).collect();
    assert!(twice.is_empty(), "two cases with one name: {twice:?}");
    let unknown: Vec<_> = all.iter().map(|c| c.code).filter(|c| catalogue().get(c).is_none()).collect();
    assert!(unknown.is_empty(), "cases of codes that are not in the catalogue: {unknown:?}");
    let has_case = |code: &str| all.iter().any(|c| c.code == code);
    let missing: Vec<_> =
        catalogue().all().filter(|r| r.is_checked() && !has_case(&r.code)).map(|r| r.code.as_str()).collect();
    assert!(missing.is_empty(), "codes without a case: {missing:?}");
}

/// Runs all cases of a room, so that one run shows every difference.
fn check(cases: Vec<Case>) {
    let mut failed = Vec::new();
    for case in cases {
        let name = format!("{}-{}", case.code, case.name.replace(' ', "-")).to_lowercase();
        let result = catch_unwind(AssertUnwindSafe(|| {
            let shown = case.run();
            insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, description => case.name }, {
                insta::assert_snapshot!(name.as_str(), shown);
            });
        }));
        if result.is_err() {
            failed.push(name);
        }
    }
    assert!(failed.is_empty(), "failed: {}", failed.join(", "));
}

macro_rules! rooms {
    ($($room:ident),*) => {
        $(#[test] fn $room() { check(crate::$room::cases()); })*
    };
}

mod each_finding_is_right {
    use super::check;

    rooms!(
        administration,
        change_rules,
        changes,
        consultation,
        encoding,
        exceptions,
        folders,
        form_rules,
        judged,
        keys,
        presence,
        procedure,
        prose,
        settings,
        threshold,
        together_rules,
        values,
        versions,
        wording,
        yaml
    );
}
