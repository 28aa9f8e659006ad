//! Drafted rows of 変更箇所: what differs from the version before and has no row yet, put into `changes.yaml` as text. What only a
//! person can say is left to be filled in.

mod note;
mod place;
mod proof;
mod renew;
mod row;
mod stored;
#[cfg(test)]
mod tests;

pub use note::Note;

use self::place::Rows;
use self::proof::{Fault, Proof};
use self::renew::renewed;
use self::row::{Planned, Versions};
use self::stored::{Insertion, Stored};
use crate::check::change_rows;
use crate::compare::Ledger;
use crate::compare::{Comparison, DifferenceKind, Side, compare};
use crate::diagnostic::{Code, Diagnostic};
use crate::history::{ChangeKind, meanings};
use crate::wareki::CivilDate;

/// A version of a document and its 公表日.
#[derive(Debug, Clone, Copy)]
pub struct Version<'a> {
    /// The document. The rows of the newer one are read from its file again.
    pub side: Side<'a>,
    /// 公表日.
    pub published: Option<CivilDate>,
}

/// What becomes of rows of this version whose item was edited again after they were drafted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// They stay, with a note.
    Keep,
    /// Those that nobody has touched yet are written anew; the others stay, with a note.
    Renew,
}

/// `changes.yaml` with the rows that it lacked.
#[derive(Debug, Clone)]
pub struct Drafted {
    /// The whole file; what was there stands in it byte for byte, except in rows that were written anew.
    pub text: Vec<u8>,
    /// The new rows in the order of the file.
    pub rows: Vec<DraftedRow>,
    /// The numbers of the rows that were written anew, from 1.
    pub renewed: Vec<usize>,
    /// Rows of this version that were there already and do not say what the document says now.
    pub notes: Vec<Note>,
}

impl Drafted {
    /// Whether the file is another one now.
    pub fn is_changed(&self) -> bool {
        !self.rows.is_empty() || !self.renewed.is_empty()
    }
}

/// A row that was drafted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftedRow {
    /// Its number in the file, from 1.
    pub number: usize,
    /// The line where it begins, from 1.
    pub line: usize,
    /// 項目.
    pub item: String,
    /// What happened to the item.
    pub kind: DifferenceKind,
    /// Whether it has ※.
    pub important: bool,
    /// 提出時期.
    pub timing: String,
    /// The keys that a person has to fill in.
    pub blanks: Vec<String>,
}

/// Drafts the rows that `changes.yaml` lacks. A file that cannot be read is left alone, with what is wrong with it; `bytes` is none
/// where there is no file.
pub fn draft(
    before: Version<'_>,
    after: Version<'_>,
    path: &str,
    bytes: Option<&[u8]>,
    existing: Existing,
) -> Result<Drafted, Vec<Diagnostic>> {
    let bytes = bytes.unwrap_or_default();
    let stored = Stored::read(path, bytes)?;
    let rows = change_rows(after.side.answers, path, &stored.file.text);
    let side = Side { changes: &rows, ..after.side };
    let comparison = compare(before.side, side);
    let ledger = Ledger::of(before.side, side, &comparison);
    let versions = Versions {
        before: before.side.answers,
        after: side.answers,
        date: date(before.published, after.published),
    };
    let stale = note::stale(side, &comparison, &ledger);
    if existing == Existing::Renew
        && let Some((text, anew)) = renewed(&stored, &rows, &stale, &comparison, versions)
    {
        let drafted = draft(before, after, path, Some(&text), Existing::Keep)?;
        let new: Vec<usize> = drafted.rows.iter().map(|row| row.number).collect();
        return Ok(Drafted { renewed: among(&new, &anew), ..drafted });
    }
    let missing = missing(side, &comparison, &ledger);
    let notes = stale.iter().map(|stale| stale.note(side, &stored)).collect();
    if missing.is_empty() {
        return Ok(Drafted { text: bytes.to_owned(), rows: Vec::new(), renewed: Vec::new(), notes });
    }
    let planned = missing.iter().map(|number| versions.row(*number, &comparison.differences[*number]));
    let places = Rows { changes: &rows, ledger: &ledger, date: versions.date }.places(&missing);
    let proof = Proof { stored: &stored, rows: &rows, answers: side.answers };
    let written = write(&proof, planned.collect(), &places)?;
    let drafted = |(row, number, line): (Planned, usize, usize)| {
        let difference = &comparison.differences[row.number];
        DraftedRow {
            number,
            line,
            kind: difference.kind,
            important: difference.important,
            blanks: row.blanks(),
            item: row.item.text,
            timing: row.timing,
        }
    };
    Ok(Drafted {
        text: written.text,
        rows: written.rows.into_iter().map(drafted).collect(),
        renewed: Vec::new(),
        notes: notes.into_iter().map(|note: Note| note.moved(&written.old)).collect(),
    })
}

/// The differences that need a row and have none.
fn missing(side: Side<'_>, comparison: &Comparison, ledger: &Ledger) -> Vec<usize> {
    let meanings = meanings(side.answers, side.changes);
    // That an entry moved says nothing of what else is new in it.
    let only_moves = |row: usize, number: usize| {
        let is_move = |told: &usize| comparison.differences[*told].kind == DifferenceKind::Moved;
        meanings[row].kind == ChangeKind::Moved
            && ledger.tells_of[row].iter().any(is_move)
            && comparison.differences[number].after != side.changes[row].item.slot
    };
    let is_told = |number: usize| ledger.told_by[number].iter().any(|row| !only_moves(*row, number));
    let needed = comparison.differences.iter().enumerate().filter(|(_, difference)| difference.needs_row());
    needed.map(|(number, _)| number).filter(|number| !is_told(*number)).collect()
}

/// The numbers of rows, by their index without the new ones, among these.
fn among(new: &[usize], rows: &[usize]) -> Vec<usize> {
    let numbers: Vec<usize> = (1..)
        .filter(|number| !new.contains(number))
        .take(rows.iter().max().map_or(0, |last| last + 1))
        .collect();
    rows.iter().map(|row| numbers[*row]).collect()
}

/// 変更日 of the new rows: 公表日, if it is that of a new version.
fn date(before: Option<CivilDate>, after: Option<CivilDate>) -> Option<CivilDate> {
    after.filter(|after| before.is_none_or(|before| before.is_before(*after)))
}

/// A file with new rows.
struct Written {
    text: Vec<u8>,
    /// The new rows with their numbers and lines.
    rows: Vec<(Planned, usize, usize)>,
    /// The numbers and lines of the rows that were there.
    old: Vec<(usize, usize)>,
}

/// Puts rows where they disturb nothing that is there.
fn write(
    proof: &Proof<'_>,
    mut rows: Vec<Planned>,
    places: &[Vec<usize>],
) -> Result<Written, Vec<Diagnostic>> {
    let mut fault = None;
    let mut all = places.iter();
    let mut place = all.next();
    while let Some(places) = place {
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by_key(|row| (places[*row], *row));
        let insertion = |row: &usize| Insertion { before: places[*row], fields: rows[*row].fields() };
        let insertions: Vec<Insertion> = order.iter().map(insertion).collect();
        let text = proof.stored.with(&insertions);
        let sorted: Vec<&Planned> = order.iter().map(|row| &rows[*row]).collect();
        match proof.of(&text, &insertions, &sorted) {
            Ok(lines) => return Ok(written(text, rows, &order, &insertions, &lines)),
            // A row that is read as another item gets its path, which may show the next one that needs it.
            Err(Fault::Misread(misread)) if misread.iter().any(|nth| !rows[order[*nth]].item.has_id) => {
                for nth in misread {
                    rows[order[nth]].item.has_id = true;
                }
            }
            Err(other) => {
                fault = Some(other);
                place = all.next();
            }
        }
    }
    Err(vec![unsafe_to_write(proof, fault.as_ref())])
}

fn written(
    text: Vec<u8>,
    rows: Vec<Planned>,
    order: &[usize],
    insertions: &[Insertion],
    lines: &[usize],
) -> Written {
    let new: Vec<usize> = insertions.iter().enumerate().map(|(nth, i)| i.before + nth).collect();
    let old = (0..lines.len()).filter(|row| !new.contains(row)).map(|row| (row + 1, lines[row])).collect();
    let mut rows: Vec<Option<Planned>> = rows.into_iter().map(Some).collect();
    let sorted = order.iter().filter_map(|row| rows[*row].take());
    let rows = sorted.zip(&new).map(|(row, at)| (row, at + 1, lines[*at])).collect();
    Written { text, rows, old }
}

fn unsafe_to_write(proof: &Proof<'_>, fault: Option<&Fault>) -> Diagnostic {
    let file = &proof.stored.file;
    let message = "下書きを書き足すと今ある行の意味が変わるので、何も書きませんでした";
    let diagnostic = Diagnostic::new(Code::SYNTAX, file.path.clone(), message);
    let Some(Fault::Disturbed(row)) = fault else {
        return diagnostic.help("変更箇所の一覧を、一件ずつ「- 」で始まる形に整えてください。");
    };
    let diagnostic = diagnostic.at(file.place(proof.stored.items[*row].span));
    diagnostic.help("この行の「項目」に「id:」を添えるか、「同上」を元の文に書き直してください。")
}
