//! Puts together what was read: the filled-in form, the fate of every line, and the notes.

use std::collections::{BTreeMap, BTreeSet};

use super::reader::{Claim, Reading, Remark};
use crate::assessment::{Answers, Value};
use crate::form::{Entries, Form, Need, NodeIx, Slot};
use crate::import::html::Cell;
use crate::import::{Doubt, Imported, Ledger, Note, Report};

/// Puts together what was read from a document.
pub(super) fn account(mut reading: Reading, form: &'static Form, source: &str) -> Imported {
    drop_blank_entries(&mut reading, form);
    let mut answers = Answers::new(form);
    for (slot, value) in &reading.values {
        answers.set(*slot, value.clone());
    }
    note_what_is_missing(&mut reading, &answers);
    let ledger = ledger(&reading, &answers, source);
    let notes = notes(&reading.remarks, &answers);
    let report = Report { source: String::new(), form: form.head.id.clone(), ledger, notes };
    Imported { answers, changes: reading.changes, report }
}

/// An entry of which nothing is filled in is an entry of the printed form, not of the document.
fn drop_blank_entries(reading: &mut Reading, form: &Form) {
    let entry_of = |slot: Slot| -> Option<(NodeIx, Entries)> {
        let repeat = super::place::repeat_around(form, slot.node)?;
        Some((repeat, slot.entries))
    };
    let filled: BTreeSet<(NodeIx, Entries)> =
        reading.values.iter().filter(|(_, v)| !v.is_empty()).filter_map(|(s, _)| entry_of(*s)).collect();
    let blank = |slot: Slot| entry_of(slot).is_some_and(|entry| !filled.contains(&entry));
    reading.values.retain(|slot, _| !blank(*slot));
    let dropped = |claim: &Claim| matches!(claim, Claim::Item(slot) if blank(*slot));
    for (line, claims) in &mut reading.claims {
        let before = claims.len();
        claims.retain(|c| !dropped(c));
        if claims.len() < before {
            reading.print.insert(*line);
        }
    }
    reading.claims.retain(|_, claims| !claims.is_empty());
    reading.remarks.retain(|r| !r.about.as_ref().is_some_and(dropped));
}

/// Notes every item that the form asks for and that has neither value nor note.
fn note_what_is_missing(reading: &mut Reading, answers: &Answers) {
    let form = answers.form();
    let noted: BTreeSet<Slot> = reading
        .remarks
        .iter()
        .filter_map(|r| match r.about {
            Some(Claim::Item(slot)) => Some(slot),
            _ => None,
        })
        .collect();
    let mut missing = Vec::new();
    answers.walk(|placed| {
        let filled = answers.get(placed.slot).is_some_and(|v| !v.is_empty() || matches!(v, Value::Checks(_)));
        if placed.node.is_item() && !filled && form.need(placed.slot, answers) == Need::Required {
            missing.push(placed.slot);
        }
        true
    });
    for slot in missing.into_iter().filter(|s| !noted.contains(s)) {
        let message = "様式が記入を求める欄ですが、読み取れる記載がありません。".to_owned();
        let about = Some(Claim::Item(slot));
        reading.remarks.push(Remark { doubt: Doubt::Empty, line: None, about, message });
    }
}

fn ledger(reading: &Reading, answers: &Answers, source: &str) -> Ledger {
    let mut ledger = Ledger::new(source);
    for line in &reading.print {
        ledger.print(*line);
    }
    for (at, line) in source.lines().enumerate() {
        // A line of tags alone says nothing.
        if Cell::read(line, 1).is_blank() {
            ledger.print_if_written(at + 1);
        }
    }
    for (line, claims) in &reading.claims {
        ledger.value(*line, paths(claims, answers));
    }
    for (line, of) in &reading.echoes {
        match reading.claims.get(of) {
            Some(claims) => ledger.value(*line, paths(claims, answers)),
            None => ledger.print(*line),
        }
    }
    let mut rest: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for (line, text) in &reading.rest {
        rest.entry(*line).or_default().push(text);
    }
    for (line, parts) in rest {
        ledger.unrecognised(line, parts.join(" … "));
    }
    ledger
}

fn paths(claims: &BTreeSet<Claim>, answers: &Answers) -> String {
    let path = |claim: &Claim| match claim {
        Claim::Item(slot) => answers.path(*slot),
        Claim::Change(index) => format!("changes[{}]", index + 1),
    };
    claims.iter().map(path).collect::<Vec<_>>().join(", ")
}

fn notes(remarks: &[Remark], answers: &Answers) -> Vec<Note> {
    let form = answers.form();
    let mut notes: Vec<Note> = remarks
        .iter()
        .map(|r| {
            let (subject, path) = match r.about {
                Some(Claim::Item(slot)) => (form.name(slot, answers.files()).line(), answers.path(slot)),
                Some(Claim::Change(index)) => (format!("変更箇所の{}行目", index + 1), String::new()),
                None => (String::new(), String::new()),
            };
            Note { doubt: r.doubt, line: r.line, subject, path, message: r.message.clone() }
        })
        .collect();
    notes.dedup();
    notes
}
