//! Known forms, printed as transcriptions and as text layers with noise, are read back item by item.
//!
//! `cargo bench --bench import` prints the measures of more documents and writes the worst ones for a person to look at.

#![allow(dead_code, reason = "the benchmark uses the rest")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests, in functions of their own")]
#![allow(clippy::format_push_string, clippy::format_collect, reason = "texts are short")]
#![allow(
    clippy::struct_excessive_bools,
    clippy::option_option,
    reason = "switches, and what a form prints of an empty cell"
)]

mod simulator;

use simulator::document::{Print, many};
use simulator::measure::Tally;
use simulator::switches::Level;

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
