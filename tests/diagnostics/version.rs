//! A document beside the version before: both are folders of their own, as if one had been taken from git.

use std::path::Path;
use std::sync::Arc;

use kohyo::assessment::{Assessment, Municipality};
use kohyo::check::{self, Checked, Earlier, Surroundings};
use kohyo::compare::FigureDigests;
use kohyo::diagnostic::{self, Diagnostic};
use kohyo::read::{self, AssessmentSource};
use kohyo::wareki;
use sha2::{Digest as _, Sha256};

use crate::case::DAY;
use crate::support::{Run, Sandbox};

/// What findings call the version before.
const NAME: &str = "令和7年3月14日公表の版";

/// Checks a document against the version before; its folders are given as `[then, now]`.
pub fn check(now: &Sandbox, before: &Sandbox, [then, document]: [&str; 2]) -> Run {
    let (old, figures) = read_document(before, then, None);
    let figures_now = figures_of(now, document);
    let assessment: Assessment = old.assessment.unwrap();
    let earlier = Earlier { name: NAME.to_owned(), assessment, figures, figures_now };
    let (checked, _) = read_document(now, document, Some(&earlier));
    let sorted = checked.exceptions.apply(checked.diagnostics);
    let mut found = sorted.standing;
    for finding in &mut found {
        localise(finding, now.root());
    }
    diagnostic::sort(&mut found);
    let shown: Vec<_> = found.iter().map(|finding| diagnostic::human(finding, false) + "\n\n").collect();
    Run { code: i32::from(diagnostic::errors(&found) > 0), stdout: shown.concat(), stderr: String::new() }
}

/// Checks one document of a folder.
fn read_document(sandbox: &Sandbox, document: &str, before: Option<&Earlier>) -> (Checked, FigureDigests) {
    let (source, municipality) = source(sandbox, document);
    let as_of = wareki::parse(DAY).unwrap().date;
    let surroundings = Surroundings { municipality: Some(&municipality), as_of, before };
    (check::assessment(&source, surroundings), figures_of(sandbox, document))
}

fn source(sandbox: &Sandbox, document: &str) -> (AssessmentSource, Municipality) {
    let (content, _) = read::scan(&sandbox.root().join("content")).unwrap();
    let path = sandbox.path(document);
    let of = content.municipalities.iter().find(|m| path.starts_with(&m.path)).unwrap();
    let folder = of.assessments.iter().find(|a| a.path == path).unwrap();
    let file = read::text_file(&of.path.join("municipality.yaml")).unwrap();
    let name = of.path.file_name().unwrap().to_string_lossy();
    let (municipality, _) = check::municipality(&file, &name, &of.code);
    (read::assessment(folder).0.unwrap(), municipality)
}

fn figures_of(sandbox: &Sandbox, document: &str) -> FigureDigests {
    let (source, _) = source(sandbox, document);
    let digest = |name: &String| {
        let bytes = kohyo::fs::read(&sandbox.path(document).join(name)).unwrap();
        (name.clone(), Sha256::digest(bytes).into())
    };
    source.attachments.iter().map(digest).collect()
}

/// Names files as a run inside the folder does.
fn localise(finding: &mut Diagnostic, root: &Path) {
    let name = |file: &Arc<str>| -> Arc<str> {
        let path = Path::new(&**file);
        path.strip_prefix(root).unwrap_or(path).to_string_lossy().as_ref().into()
    };
    finding.file = name(&finding.file);
    for other in &mut finding.related {
        other.file = name(&other.file);
    }
}
