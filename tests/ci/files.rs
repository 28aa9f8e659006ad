//! What the files of the flow must say, whatever else they say.

use regex::Regex;

use crate::recipes::{CHECK, GITLAB, HOOK, PUBLISH, gitlab_step, path, steps, text, yaml};

#[test]
fn workflows_ask_for_no_more_than_they_need() {
    for file in [CHECK, PUBLISH] {
        let workflow = yaml(file);
        assert!(workflow["permissions"].as_mapping().unwrap().is_empty(), "{file}");
        assert!(workflow["concurrency"]["group"].is_string(), "{file}");
        for (name, job) in workflow["jobs"].as_mapping().unwrap() {
            assert!(job["permissions"].is_mapping() && job["timeout-minutes"].is_number(), "{file} {name:?}");
            assert!(job["permissions"]["contents"] != "write", "{file} {name:?}");
        }
    }
}

#[test]
fn foreign_pull_requests_get_no_rights() {
    let workflow = yaml(CHECK);
    let events = workflow["on"].as_mapping().unwrap();
    assert_eq!(events.keys().filter_map(|key| key.as_str()).collect::<Vec<_>>(), ["pull_request"]);
    assert!(!text(CHECK).contains("secrets."));
}

/// What people name (branches, titles) reaches the shell as variables only.
#[test]
fn no_expression_stands_inside_shell() {
    for file in [CHECK, PUBLISH] {
        let runs = steps(file).into_iter().filter_map(|step| step["run"].as_str().map(str::to_owned));
        let runs: Vec<_> = runs.collect();
        assert!(!runs.is_empty());
        for run in runs {
            assert!(!run.contains("${{"), "{file}: {run}");
        }
    }
}

#[test]
fn actions_have_versions_and_the_history_is_whole() {
    for file in [CHECK, PUBLISH] {
        for step in steps(file) {
            let Some(uses) = step["uses"].as_str() else { continue };
            let (name, version) = uses.split_once("@v").unwrap();
            assert!(version.parse::<u32>().is_ok(), "{file}: {uses}");
            if name == "actions/checkout" {
                assert_eq!(step["with"]["fetch-depth"], 0, "{file}");
                assert_eq!(step["with"]["persist-credentials"], false, "{file}");
            }
        }
    }
    assert_eq!(yaml(GITLAB)["variables"]["GIT_DEPTH"], "0");
}

/// Shortly after midnight in Japan is the afternoon before in UTC.
#[test]
fn sites_are_built_when_a_day_begins_in_japan() {
    let schedule = yaml(PUBLISH)["on"]["schedule"][0]["cron"].as_str().unwrap().to_owned();
    let mut parts = schedule.split(' ').map(str::parse::<u32>);
    let (minute, hour) = (parts.next().unwrap().unwrap(), parts.next().unwrap().unwrap());
    assert_eq!((hour + 9) % 24, 0, "{schedule}");
    assert!((1..30).contains(&minute), "{schedule}");
}

#[test]
fn all_files_get_the_program_in_one_way() {
    let install = |file| crate::recipes::github_step(file, "install");
    assert_eq!(install(CHECK), install(PUBLISH));
    for line in gitlab_step("install")
        .lines()
        .filter(|line| line.contains("cargo install") || line.contains("sha256sum"))
    {
        assert!(install(CHECK).contains(line.trim()), "{line}");
    }
}

#[test]
fn gitlab_takes_the_name_of_the_artifact() {
    let name = yaml(GITLAB)["check"]["artifacts"]["expose_as"].as_str().unwrap().to_owned();
    assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ' ')), "{name}");
}

#[cfg(unix)]
#[test]
fn the_hook_can_be_run() {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = std::fs::metadata(path(HOOK)).unwrap().permissions().mode();
    assert_eq!(mode & 0o111, 0o111);
    assert!(text(HOOK).starts_with("#!/bin/sh\n") && !text(HOOK).contains('\r'));
}

#[test]
fn pages_lead_to_files_that_are_there_and_pictures_are_described() {
    let link = Regex::new(r"(!?)\[([^\]]*)\]\(([^)#:]+)(?:#[^)]*)?\)").unwrap();
    let mut pictures = 0;
    for page in ["docs/officers.md", "docs/ci/README.md"] {
        let text = text(page);
        for found in link.captures_iter(&text) {
            let file = path(page).parent().unwrap().join(&found[3]);
            assert!(file.exists(), "{page}: {}", &found[3]);
            if &found[1] == "!" {
                pictures += 1;
                assert!(found[2].chars().count() > 15, "{page}: {} is not described", &found[3]);
                // Pages are read on the lines of a town hall.
                assert!(kohyo::fs::read(&file).unwrap().len() <= 120 * 1024, "{}", &found[3]);
            }
        }
    }
    let made = kohyo::fs::files_below(&path("docs/pictures")).unwrap();
    assert_eq!(made.iter().filter(|file| file.extension().is_some_and(|e| e == "png")).count(), pictures);
}
