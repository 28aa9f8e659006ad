//! One document after another: printed, imported, measured.

use kohyo::form::Form;

use super::dice::Dice;
use super::fill::document;
use super::measure::{Tally, measure};
use super::prose::Quotes;
use super::switches::{Level, PdfNoise, TableNoise};
use super::{pdf, table};

/// The two kinds of source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Print {
    Table,
    Pdf,
}

/// One printed document and what the import made of it.
pub(crate) struct Outcome {
    pub(crate) tally: Tally,
    /// The source.
    pub(crate) text: String,
    /// What was expected and what came out, where they differ.
    pub(crate) log: String,
    pub(crate) name: String,
}

/// One document by its numbers.
pub(crate) fn one(form: &'static Form, print: Print, level: Level, seed: u64) -> Outcome {
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

/// Documents of every edition, added up.
pub(crate) fn many(print: Print, level: Level, seeds: std::ops::Range<u64>) -> Tally {
    let mut all = Tally::default();
    for form in Form::all() {
        for seed in seeds.clone() {
            all.add(&one(form, print, level, seed).tally);
        }
    }
    all
}
