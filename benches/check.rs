//! The check alone: megabytes of YAML per second and peak memory for 1,000 assessments on two threads.
//!
//! `cargo bench --bench check -- 100 1000` chooses the sizes. Reading the files is part of the time.

mod support;

use std::time::Instant;

use kohyo::fs;
use kohyo::pipeline::{Aim, Day, Selection, Silent, survey};
use kohyo::wareki::CivilDate;

/// Threads, as on the machine that the target is stated for.
const THREADS: usize = 2;
/// The best of so many runs counts: the first one also fills the cache of the disk.
const RUNS: usize = 5;

fn main() {
    rayon::ThreadPoolBuilder::new().num_threads(THREADS).build_global().expect("the first pool");
    let chosen: Vec<usize> = std::env::args().filter_map(|a| a.parse().ok()).collect();
    let sizes = if chosen.is_empty() { vec![1_000] } else { chosen };
    println!("assessments   YAML MB   seconds    MB/s   errors   warnings");
    for size in sizes {
        measure(size);
    }
}

fn measure(size: usize) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    support::write(dir.path(), size);
    let day = Day {
        given: CivilDate::from_ymd(2025, 9, 1),
        today: CivilDate::from_ymd(2025, 9, 1).expect("a day"),
    };
    let mut best = f64::MAX;
    let mut found = None;
    for _ in 0..RUNS {
        let began = Instant::now();
        let outcome =
            survey(&Selection::Content(dir.path().to_owned()), day, Aim::Check, &Silent).expect("readable");
        best = best.min(began.elapsed().as_secs_f64());
        found = Some(outcome);
    }
    let diagnostics = found.map(|f| f.diagnostics).unwrap_or_default();
    let errors = kohyo::diagnostic::errors(&diagnostics);
    #[allow(clippy::cast_precision_loss, reason = "figures for people")]
    let megabytes = yaml_bytes(dir.path()) as f64 / 1e6;
    println!(
        "{size:>11}   {megabytes:>7.1}   {best:>7.3}   {:>5.1}   {errors:>6}   {:>8}",
        megabytes / best,
        diagnostics.len() - errors
    );
}

fn yaml_bytes(root: &std::path::Path) -> u64 {
    let files = fs::files_below(root).unwrap_or_default();
    let yaml = files.iter().filter(|f| f.extension().is_some_and(|e| e == "yaml"));
    yaml.filter_map(|f| f.metadata().ok()).map(|m| m.len()).sum()
}
