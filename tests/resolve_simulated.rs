//! Tables of documents that nobody has read: item references written in every style that published tables show, with their
//! slips, are understood, and what is misunderstood is marked for a person.
//!
//! `KOHYO_MISSES=1 cargo test --test resolve_simulated -- --nocapture` prints what was not understood.

#![allow(clippy::unwrap_used, reason = "tests, in functions of their own")]

#[path = "simulator/dice.rs"]
mod dice;
mod references;

use kohyo::form::Form;
use references::score::{Key, Score};
use references::table::{Trouble, table};

/// Documents of each form.
const DOCUMENTS: u64 = 60;
/// The least share of rows whose item is found, in percent.
const RIGHT: f64 = 97.5;
/// The greatest share of rows that name another item without a person being asked, in percent.
const WRONG: f64 = 0.5;
/// The same for the rows of one style.
const RIGHT_IN_STYLE: f64 = 95.0;
const WRONG_IN_STYLE: f64 = 1.0;

fn score(seeds: std::ops::Range<u64>) -> Score {
    let mut score = Score::default();
    for (form, offset) in Form::all().iter().zip(0_u64..) {
        for seed in seeds.clone() {
            score.add(&table(form, 4 * seed + offset));
        }
    }
    score
}

#[test]
fn simulated_tables_are_understood() {
    let score = score(0..DOCUMENTS);
    println!("{}", score.report());
    if std::env::var_os("KOHYO_MISSES").is_some() {
        println!("{}", score.misses.join("\n"));
    }
    assert!(score.all.rows > 5000, "too little was compared");
    assert!(score.all.share(score.all.right) >= RIGHT, "too little is right");
    assert!(score.all.share(score.all.wrong) <= WRONG, "too much is wrong and nobody is asked");
    for (key, tally) in &score.by {
        // Without the number of its file a row may mean either: there a person must be asked, as a rule.
        let (right, wrong) = match key {
            Key::Trouble(Trouble::FileUnknown) => (0.0, 10.0),
            Key::Trouble(_) => (85.0, 2.0),
            Key::Style(_) | Key::Form(_) => (RIGHT_IN_STYLE, WRONG_IN_STYLE),
        };
        assert!(tally.share(tally.right) >= right, "too little of {key:?} is right: {tally:?}");
        assert!(
            tally.share(tally.wrong) <= wrong,
            "too much of {key:?} is wrong and nobody is asked: {tally:?}"
        );
    }
    let clean = score.by[&Key::Trouble(Trouble::None)];
    assert!(clean.share(clean.right) >= 99.9, "a row without a slip is understood: {clean:?}");
    assert!(clean.share(clean.right_asked) <= 0.3, "a row without a slip leaves no doubt: {clean:?}");
}

#[test]
fn a_seed_is_a_table() {
    let texts = |seed| table(&Form::all()[0], seed).rows.into_iter().map(|r| r.text).collect::<Vec<_>>();
    assert_eq!(texts(7), texts(7));
    assert_ne!(texts(7), texts(8));
}
