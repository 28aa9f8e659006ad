//! Known forms, printed as transcriptions and as text layers with noise, are read back item by item.
//!
//! The ignored test `measure_all` prints a table of measures and, with `KOHYO_SIMULATED=<dir>`, writes the worst documents
//! there, each as source text and a list of faults:
//! `KOHYO_SIMULATED=worst cargo test --test import_simulated -- --ignored --nocapture measure_all`.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests, in functions of their own")]
#![allow(clippy::format_push_string, clippy::format_collect, reason = "texts are short")]
#![allow(
    clippy::struct_excessive_bools,
    clippy::option_option,
    reason = "switches, and what a form prints of an empty cell"
)]

mod simulator;

use std::path::Path;

use kohyo::form::Form;
use simulator::dice::Dice;
use simulator::fill::document;
use simulator::measure::{Tally, measure};
use simulator::prose::Quotes;
use simulator::switches::{Level, PdfNoise, TableNoise};
use simulator::{pdf, table};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Print {
    Table,
    Pdf,
}

struct Outcome {
    tally: Tally,
    text: String,
    log: String,
    name: String,
}

/// One document by its numbers.
fn one(form: &'static Form, print: Print, level: Level, seed: u64) -> Outcome {
    let quotes = match level {
        Level::Clean => Quotes::None,
        Level::Moderate => Quotes::Inline,
        Level::Heavy => Quotes::Points,
    };
    let files = if seed % 4 == 3 { 2 } else { 1 };
    let document = document(form, seed, files, quotes);
    let mut dice = Dice::new(seed * 31 + u64::try_from(form.nodes().len()).unwrap());
    let (text, switches) = match print {
        Print::Table => {
            let noise = TableNoise::roll(&mut dice, level);
            (table::print(&document, &noise, seed), format!("{noise:#?}"))
        }
        Print::Pdf => {
            let noise = PdfNoise::roll(&mut dice, level);
            (pdf::print(&document, &noise, seed), format!("{noise:#?}"))
        }
    };
    let mut log = format!("{} {print:?} {level:?} seed {seed} files {files}\n{switches}\n\n", form.head.id);
    let tally = measure(&document, &text, &mut log);
    let name = format!("{}-{level:?}-{seed:03}", form.head.id).to_lowercase();
    Outcome { tally, text, log, name }
}

fn many(print: Print, level: Level, seeds: std::ops::Range<u64>) -> Tally {
    let mut all = Tally::default();
    for form in Form::all() {
        for seed in seeds.clone() {
            all.add(&one(form, print, level, seed).tally);
        }
    }
    all
}

/// The least share of items that are exactly right and the greatest share that are wrong without a note, in percent.
#[track_caller]
fn check(tally: &Tally, right: f64, wrong: f64, changes: usize) {
    println!("{}", tally.row("simulated"));
    assert!(tally.items > 500, "too little was compared: {tally:?}");
    assert_eq!(tally.failures, 0, "every document must be recognised");
    assert_eq!(tally.lost, 0, "no printed word may get lost");
    assert!(tally.share(tally.right) >= right, "{}", tally.row("too little right"));
    assert!(tally.share(tally.wrong_silent) <= wrong, "{}", tally.row("too much wrong without a note"));
    assert!(tally.changes_right * 100 >= tally.changes * changes, "{}", tally.row("change rows"));
}

#[test]
fn transcriptions_with_some_noise() {
    check(&many(Print::Table, Level::Moderate, 0..3), 99.0, 0.2, 99);
}

#[test]
fn transcriptions_with_much_noise() {
    check(&many(Print::Table, Level::Heavy, 0..3), 97.0, 0.6, 97);
}

#[test]
fn text_layers_with_some_disorder() {
    check(&many(Print::Pdf, Level::Moderate, 0..5), 98.0, 0.2, 98);
}

#[test]
fn text_layers_with_much_disorder() {
    check(&many(Print::Pdf, Level::Heavy, 0..5), 92.0, 0.5, 95);
}

#[test]
#[ignore = "a measurement, not a test"]
fn measure_all() {
    let seeds: u64 = std::env::var("KOHYO_SEEDS").ok().and_then(|s| s.parse().ok()).unwrap_or(12);
    let from: u64 = std::env::var("KOHYO_FROM").ok().and_then(|s| s.parse().ok()).unwrap_or(0);
    let folder = std::env::var("KOHYO_SIMULATED").ok();
    let only = std::env::var("KOHYO_PRINT").unwrap_or_default();
    for print in [Print::Table, Print::Pdf].into_iter().filter(|p| format!("{p:?}").contains(&only)) {
        let mut all: Vec<Outcome> = Vec::new();
        for level in [Level::Clean, Level::Moderate, Level::Heavy] {
            let mut sum = Tally::default();
            for form in Form::all() {
                let mut of_form = Tally::default();
                for seed in from..from + seeds {
                    let outcome = one(form, print, level, seed);
                    of_form.add(&outcome.tally);
                    all.push(outcome);
                }
                println!("{}", of_form.row(&format!("{print:?} {level:?} {}", form.head.id)));
                sum.add(&of_form);
            }
            println!("{}\n", sum.row(&format!("{print:?} {level:?} all")));
        }
        let mut faults: Vec<(String, usize)> = Vec::new();
        let mut sum = Tally::default();
        for outcome in &all {
            sum.add(&outcome.tally);
        }
        faults.extend(sum.by_item);
        faults.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        for (fault, count) in faults.iter().take(25) {
            println!("{count:>5} {fault}");
        }
        if let Some(folder) = &folder {
            write_worst(&Path::new(folder).join(format!("{print:?}").to_lowercase()), all);
        }
    }
}

#[allow(clippy::disallowed_methods, reason = "a measurement writes files of its own")]
fn write_worst(folder: &Path, mut all: Vec<Outcome>) {
    std::fs::create_dir_all(folder).unwrap();
    all.sort_by_key(|o| {
        std::cmp::Reverse(o.tally.items - o.tally.right + o.tally.changes - o.tally.changes_right)
    });
    for outcome in all {
        std::fs::write(folder.join(format!("{}.txt", outcome.name)), outcome.text).unwrap();
        std::fs::write(folder.join(format!("{}.log", outcome.name)), outcome.log).unwrap();
    }
}
