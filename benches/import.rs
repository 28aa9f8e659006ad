//! What the import makes of simulated documents: shares of items right, empty, noted and wrong, by kind, noise and edition.
//!
//! `cargo bench --bench import -- 12` measures 12 documents of each sort; a folder as second argument receives the worst ones,
//! each as source text and a list of faults.

#![allow(dead_code, reason = "the tests use the rest")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests, in functions of their own")]
#![allow(clippy::format_push_string, clippy::format_collect, reason = "texts are short")]
#![allow(
    clippy::struct_excessive_bools,
    clippy::option_option,
    reason = "switches, and what a form prints of an empty cell"
)]

#[path = "../tests/simulator/mod.rs"]
mod simulator;

use std::path::Path;

use kohyo::form::Form;
use kohyo::fs;
use simulator::document::{Outcome, Print, one};
use simulator::measure::Tally;
use simulator::switches::Level;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let seeds: u64 = arguments.first().and_then(|a| a.parse().ok()).unwrap_or(12);
    for print in [Print::Table, Print::Pdf] {
        let all = measure(print, seeds);
        faults(&all);
        if let Some(folder) = arguments.get(1) {
            write_worst(&Path::new(folder).join(format!("{print:?}").to_lowercase()), all);
        }
    }
}

fn measure(print: Print, seeds: u64) -> Vec<Outcome> {
    let mut all = Vec::new();
    for level in [Level::Clean, Level::Moderate, Level::Heavy] {
        let mut sum = Tally::default();
        for form in Form::all() {
            let mut of_form = Tally::default();
            for seed in 0..seeds {
                let outcome = one(form, print, level, seed);
                of_form.add(&outcome.tally);
                all.push(outcome);
            }
            println!("{}", of_form.row(&format!("{print:?} {level:?} {}", form.head.id)));
            sum.add(&of_form);
        }
        println!("{}\n", sum.row(&format!("{print:?} {level:?} all")));
    }
    all
}

/// The items that go wrong most often.
fn faults(all: &[Outcome]) {
    let mut sum = Tally::default();
    for outcome in all {
        sum.add(&outcome.tally);
    }
    let mut faults: Vec<(String, usize)> = sum.by_item.into_iter().collect();
    faults.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    for (fault, count) in faults.iter().take(25) {
        println!("{count:>5} {fault}");
    }
}

fn write_worst(folder: &Path, mut all: Vec<Outcome>) {
    all.sort_by_key(|o| {
        std::cmp::Reverse(o.tally.items - o.tally.right + o.tally.changes - o.tally.changes_right)
    });
    for outcome in all.into_iter().take(20) {
        fs::write(&folder.join(format!("{}.txt", outcome.name)), outcome.text).unwrap();
        fs::write(&folder.join(format!("{}.log", outcome.name)), outcome.log).unwrap();
    }
}
