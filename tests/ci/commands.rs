//! Every command line that people are told to type, given to the program.

use std::path::Path;

use assert_cmd::Command;
use regex::Regex;

use crate::recipes::{path, text};

/// Where command lines are looked for, beside everything under `docs/ci`.
const PAGES: [&str; 2] = ["docs/officers.md", "README.md"];

/// A command line with its arguments, and where it stands.
type Found = (String, Vec<String>);

fn commands() -> Vec<Found> {
    let root = path("");
    let below = kohyo::fs::files_below(&path("docs/ci")).unwrap();
    let name = |file: &Path| file.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
    let files = below.iter().map(|file| name(file)).chain(PAGES.map(str::to_owned));
    // Up to what ends a command in shell or a quotation in a page.
    let command = Regex::new(r"(?m)(?:^|[^\w/.-])kohyo ([a-z]+(?:[ =][^`」）|<>;)\n]*)?)").unwrap();
    let mut found = Vec::new();
    for file in files {
        let text = text(&file).replace(" && ", "\n");
        for captures in command.captures_iter(&text) {
            found.push((file.clone(), words(captures[1].split(" #").next().unwrap_or_default())));
        }
    }
    found
}

/// Words as a shell takes them, as far as command lines here need it.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut quote) = (vec![String::new()], None);
    for c in line.chars() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None, ' ' | '\t') => words.push(String::new()),
            _ => words.last_mut().unwrap().push(c),
        }
    }
    // What is left out in a summary of the options (PATH…, [PATH]) is no argument.
    words.retain(|word| !word.is_empty() && !word.contains('…') && !word.starts_with('['));
    words.into_iter().map(|word| if word == "FORM" { "全項目評価書".to_owned() } else { word }).collect()
}

#[test]
fn the_program_takes_every_command_line() {
    let found = commands();
    for (file, arguments) in &found {
        let output =
            Command::new(env!("CARGO_BIN_EXE_kohyo")).args(arguments).arg("--help").output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{file}: kohyo {arguments:?}\n{said}");
    }
    // The search itself finds what is known to be there.
    let has = |file: &str, line: &[&str]| found.iter().any(|(at, found)| at == file && found == line);
    assert!(
        has("docs/ci/github/check.yml", &["check", "--since", "$KOHYO_SINCE", "--format", "github"]),
        "{found:?}"
    );
    assert!(has("docs/ci/hooks/pre-commit", &["check", "$content"]), "{found:?}");
    assert!(has("docs/officers.md", &["changes", "draft"]), "{found:?}");
}

/// Words that are no commands and flags that are none are refused, so that the test above means something.
#[test]
fn the_program_refuses_what_is_no_command_line() {
    for line in ["publish", "check --base main", "review --format pdf", "build --since main"] {
        let output =
            Command::new(env!("CARGO_BIN_EXE_kohyo")).args(words(line)).arg("--help").output().unwrap();
        assert!(!output.status.success(), "{line}");
    }
}
