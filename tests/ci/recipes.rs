//! The files of the flow, and the pieces of shell in them by their names.

use std::path::{Path, PathBuf};

pub const CHECK: &str = "docs/ci/github/check.yml";
pub const PUBLISH: &str = "docs/ci/github/publish.yml";
pub const GITLAB: &str = "docs/ci/gitlab/.gitlab-ci.yml";
pub const HOOK: &str = "docs/ci/hooks/pre-commit";

/// Where a file of the project is.
pub fn path(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(file)
}

/// The text of a file of the project.
pub fn text(file: &str) -> String {
    String::from_utf8(kohyo::fs::read(&path(file)).unwrap()).unwrap()
}

/// A file of the project as YAML.
pub fn yaml(file: &str) -> serde_yaml::Value {
    serde_yaml::from_str(&text(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The steps of all jobs of a workflow of GitHub.
pub fn steps(file: &str) -> Vec<serde_yaml::Value> {
    let jobs = yaml(file);
    let jobs = jobs["jobs"].as_mapping().unwrap().values();
    jobs.flat_map(|job| job["steps"].as_sequence().unwrap().clone()).collect()
}

/// What the step with an id runs.
pub fn github_step(file: &str, id: &str) -> String {
    let steps = steps(file);
    let step = steps.iter().find(|step| step["id"] == id).unwrap_or_else(|| panic!("{file}: no step {id}"));
    step["run"].as_str().unwrap().to_owned()
}

/// What stands below a comment `# step: NAME`.
pub fn gitlab_step(name: &str) -> String {
    let text = text(GITLAB);
    let marker = format!("    # step: {name}\n    - |\n");
    let at = text.find(&marker).unwrap_or_else(|| panic!("no step {name}"));
    let block =
        text[at + marker.len()..].lines().take_while(|line| line.starts_with("      ") || line.is_empty());
    block
        .map(|line| line.strip_prefix("      ").unwrap_or_default())
        .fold(String::new(), |all, line| all + line + "\n")
}
