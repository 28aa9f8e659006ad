//! Published documents that are given as the text layer of a PDF of the official Excel form.
//!
//! Such a text has every word of the form and of the document, but columns, boxes and choices come in the order in which a
//! program met them on the page. The reader works from what the form prints: a page is cut into `pieces`, the pieces that
//! are labels get their place on the form (`seats`), choices and boxes are read from what is left in brackets, and texts
//! go to the label they stand with. What is a judgement is noted, what has no place stays empty.

mod boxes;
mod cells;
mod changes;
mod choices;
mod halves;
mod join;
mod lines;
mod orphans;
mod pieces;
mod plan;
mod reader;
mod rows;
mod seats;
mod strays;
mod stretch;
#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeSet;

use self::pieces::{Piece, What, labels_are_indented, pieces};
use self::reader::Reader;
use self::words::Words;
use super::audit::audit;
use super::{Imported, Ledger, Report};
use crate::form::Form;

/// Reads a document from the text layer of a PDF.
///
/// Never fails: what cannot be read stays empty and stands in the report. The source's name in the report is empty.
pub fn read(text: &str, form: &'static Form) -> Imported {
    let words = Words::new(form);
    let mut ledger = Ledger::new(text);
    let (mut pages, page_numbers) = lines::pages(&words, text);
    for line in page_numbers {
        ledger.print(line);
    }
    let table = changes::split_off(&words, &mut pages);
    let indented = labels_are_indented(&words, &pages);
    let mut cut: Vec<Vec<Piece<'_>>> = pages.iter().map(|page| pieces(&words, page, indented)).collect();
    strike_contents(form, &words, &mut cut);
    if let Some(cover) = cover_pages(form, &words, &cut) {
        let mut rest: Vec<_> = pages.drain(1..cover).collect();
        // The top of a page parts texts as a blank line does.
        for line in rest.iter_mut().filter_map(|p| p.lines.first_mut()) {
            line.gap = true;
        }
        pages[0].lines.extend(rest.into_iter().flat_map(|p| p.lines));
        cut.drain(1..cover);
        cut[0] = pieces(&words, &pages[0], indented);
        strike_contents(form, &words, &mut cut[..1]);
    }
    for pieces in &mut cut {
        strike_bare_lists(form, pieces);
    }
    let mut reader = Reader::new(form, &words, &pages, &cut);
    reader.read_choices();
    let waiting = reader.read_boxes();
    let found = reader.read_cells();
    reader.place_orphans(found, waiting);
    reader.note_doubtful_labels();
    reader.note_missing();
    reader.settle_lines(&mut ledger);
    let report = Report { source: String::new(), form: form.head.id.clone(), ledger, notes: reader.notes };
    let mut imported = Imported { answers: reader.answers, changes: Vec::new(), report };
    imported.changes = changes::read(form, &words, &table, &mut imported.report);
    audit(text, &mut imported);
    imported
}

/// How many pages the cover and the table of contents take, if more than one: they are one stretch of the form.
fn cover_pages(form: &'static Form, words: &Words, pages: &[Vec<Piece<'_>>]) -> Option<usize> {
    let begins_form = |pieces: &Vec<Piece<'_>>| {
        pieces.iter().any(|p| match p.kind {
            What::Label(class) => words.classes[class].iter().all(|n| form.section_of(*n).id != "cover"),
            What::Entry(..) => true,
            _ => false,
        })
    };
    pages.iter().position(begins_form).filter(|count| *count > 1)
}

/// The printed table of contents names the sections, but begins none: its lines are print.
fn strike_contents(form: &'static Form, words: &Words, pages: &mut [Vec<Piece<'_>>]) {
    let depth = |class: usize| words.classes[class].iter().map(|n| form.node(*n).depth).min().unwrap_or(0);
    let on_cover = |class: usize| words.classes[class].iter().any(|n| form.section_of(*n).id == "cover");
    for pieces in pages {
        let labels: Vec<usize> = pieces
            .iter()
            .filter_map(|p| match p.kind {
                What::Label(class) => Some(class),
                _ => None,
            })
            .collect();
        let sections: BTreeSet<usize> = labels.iter().copied().filter(|c| depth(*c) == 0).collect();
        let others = labels.iter().filter(|c| depth(**c) > 0 && !on_cover(**c)).count();
        if sections.len() < 4 || others > 3 {
            continue;
        }
        for piece in pieces.iter_mut() {
            if matches!(piece.kind, What::Label(class) if sections.contains(&class)) {
                piece.kind = What::Print;
            }
        }
    }
}

/// A whole list of options without their numbers is print: nobody chose them all.
fn strike_bare_lists(form: &'static Form, pieces: &mut [Piece<'_>]) {
    let mut at = 0;
    while at < pieces.len() {
        let run = pieces[at..].iter().take_while(|p| matches!(p.kind, What::Choice(_)) && p.first).count();
        let labels: BTreeSet<&str> = pieces[at..at + run].iter().filter_map(choice_of).collect();
        let is_list = run > 1
            && form.option_sets().any(|(_, options)| {
                options.len() == run && options.iter().all(|o| labels.contains(o.label.as_str()))
            });
        if is_list {
            pieces[at..at + run].iter_mut().for_each(|p| p.kind = What::Print);
        }
        at += run.max(1);
    }
}

fn choice_of<'t>(piece: &Piece<'t>) -> Option<&'t str> {
    match piece.kind {
        What::Choice(label) => Some(label),
        _ => None,
    }
}
