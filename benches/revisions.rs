//! Comparing a content folder with a revision of git: seconds for 200 assessments on two threads.
//!
//! `cargo bench --bench revisions -- 200 1000` chooses the sizes. In the first line of each size every document differs from the
//! revision in one item, in the second only one document does. `check --since` reads both versions, compares and checks them;
//! drafts and reviews read those that differ once more, to keep both.

mod support;

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use kohyo::compare::{Side, compare};
use kohyo::fs;
use kohyo::pipeline::{Day, Selection, Silent, Since, pairs, survey_since};
use kohyo::wareki::CivilDate;

/// Threads, as on the machine that the target is stated for.
const THREADS: usize = 2;
/// The best of so many runs counts.
const RUNS: usize = 5;

fn main() {
    rayon::ThreadPoolBuilder::new().num_threads(THREADS).build_global().expect("the first pool");
    let chosen: Vec<usize> = std::env::args().filter_map(|a| a.parse().ok()).collect();
    let sizes = if chosen.is_empty() { vec![200] } else { chosen };
    println!("assessments   edited   differences   check --since (s)   and kept for drafts (s)");
    for size in sizes {
        let dir = tempfile::tempdir().expect("a temporary folder");
        support::write(dir.path(), size);
        git(dir.path(), &["init", "--quiet"]);
        git(dir.path(), &["add", "--all"]);
        git(dir.path(), &["commit", "--quiet", "-m", "before"]);
        let forms: Vec<_> = fs::files_below(dir.path())
            .expect("readable")
            .into_iter()
            .filter(|file| file.ends_with("assessment.yaml"))
            .collect();
        edit(&forms[0]);
        let one = measure(dir.path());
        forms[1..].iter().for_each(|file| edit(file));
        let all = measure(dir.path());
        for (edited, measured) in [(forms.len(), all), (1, one)] {
            let Measured { differences, checked, compared } = measured;
            println!("{size:>11}   {edited:>6}   {differences:>11}   {checked:>17.3}   {compared:>23.3}");
        }
    }
}

struct Measured {
    differences: usize,
    checked: f64,
    compared: f64,
}

fn measure(content: &Path) -> Measured {
    let today = CivilDate::from_ymd(2025, 9, 1).expect("a day");
    let day = Day { given: Some(today), today };
    let since = Since::Revision("HEAD".to_owned());
    let selection = Selection::Content(content.to_owned());
    let mut measured = Measured { differences: 0, checked: f64::MAX, compared: f64::MAX };
    for _ in 0..RUNS {
        let began = Instant::now();
        survey_since(&selection, day, &since, &Silent).expect("readable");
        measured.checked = measured.checked.min(began.elapsed().as_secs_f64());
        let began = Instant::now();
        let found = pairs(&selection, day, &since, &Silent).expect("readable").pairs;
        measured.differences = found
            .iter()
            .filter_map(|pair| {
                let (earlier, now) = (pair.earlier.as_ref()?, pair.now.as_ref()?);
                let before = Side {
                    answers: &earlier.assessment.answers,
                    changes: &earlier.assessment.changes,
                    figures: &earlier.figures,
                };
                let after =
                    Side { answers: &now.answers, changes: &now.changes, figures: &earlier.figures_now };
                Some(compare(before, after).differences.len())
            })
            .sum();
        measured.compared = measured.compared.min(began.elapsed().as_secs_f64());
    }
    measured
}

/// Changes a text of a document.
fn edit(file: &Path) {
    let text = String::from_utf8(fs::read(file).expect("readable")).expect("UTF-8");
    let edited = text.replacen("受付の窓口では", "受付の窓口と電子申請では", 1);
    assert!(edited != text, "nothing to edit in {}", file.display());
    fs::write(file, edited).expect("writable");
}

fn git(folder: &Path, arguments: &[&str]) {
    let status = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(["-c", "user.name=bench", "-c", "user.email=bench@example.jp"])
        .args(arguments)
        .status();
    assert!(status.is_ok_and(|status| status.success()), "git {arguments:?}");
}
