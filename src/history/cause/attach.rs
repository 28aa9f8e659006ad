//! Changes whose explanation names no cause (「緊急時の事後評価の適用対象」) are put to the cause of the changes with their text.

use std::collections::{BTreeMap, BTreeSet};

use super::gather::Changes;
use super::group::{ALIKE, ByText};
use super::join::{ByWhat, Draft};
use crate::wareki::CivilDate;

/// Members of a group by text that a change is compared with.
const MOST_COMPARED: usize = 8;
/// So many changes of a document on one day with the text of a cause show that the day is about this cause.
const ENOUGH_OF_A_DAY: usize = 3;
/// On such a day this likeness is enough.
const ALIKE_ON_THE_DAY: u8 = 62;

/// The changes of a document on one day: municipality, document and date.
type Day = (usize, usize, CivilDate);

/// A change that was put to a cause because of its text.
struct Attached {
    row: usize,
    cause: usize,
    /// The change of the cause that it is most like.
    like: usize,
}

/// Puts changes that name no cause to causes.
pub(super) fn attach(changes: &Changes<'_>, causes: &mut [Draft], texts: &[ByText]) {
    let attached = by_text(changes, causes, texts);
    by_day(changes, causes, &attached);
}

/// The text says which cause it is: all changes with this text that name one name the same.
fn by_text(changes: &Changes<'_>, causes: &mut [Draft], texts: &[ByText]) -> Vec<Attached> {
    let mut of_row: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (at, cause) in causes.iter().enumerate() {
        for row in cause.rows.keys() {
            of_row.entry(*row).or_default().insert(at);
        }
    }
    let mut attached = Vec::new();
    for text in texts.iter().filter(|text| text.rows.len() > 1) {
        let (told, untold): (Vec<usize>, Vec<usize>) =
            text.rows.iter().partition(|row| changes.is_told(**row));
        let named: BTreeSet<usize> =
            told.iter().filter_map(|row| of_row.get(row)).flatten().copied().collect();
        let Some(cause) = named.first().copied().filter(|_| named.len() == 1) else { continue };
        let told = &told[..told.len().min(MOST_COMPARED)];
        for row in untold {
            if let Some((likeness, like)) = most_like(changes, row, told, ALIKE) {
                put(&mut causes[cause], row, likeness);
                attached.push(Attached { row, cause, like });
            }
        }
    }
    attached
}

/// Where several changes of a document on one day belong to a cause, less likeness is enough for the others of that day. They
/// are compared with the document that told the cause.
fn by_day(changes: &Changes<'_>, causes: &mut [Draft], attached: &[Attached]) {
    let mut days: BTreeMap<(Day, usize), Vec<&Attached>> = BTreeMap::new();
    for one in attached {
        if let Some(day) = day_of(changes, one.row) {
            days.entry((day, one.cause)).or_default().push(one);
        }
    }
    days.retain(|_, attached| attached.len() >= ENOUGH_OF_A_DAY);
    let taken: BTreeSet<usize> = attached.iter().map(|one| one.row).collect();
    let rows = rows_of(changes, &days.keys().map(|(day, _)| *day).collect());
    let mut best: BTreeMap<usize, (u8, usize)> = BTreeMap::new();
    for ((day, cause), of_day) in &days {
        let told = told_beside(changes, &causes[*cause], of_day[0].like);
        let left =
            rows.get(day).into_iter().flatten().filter(|row| !taken.contains(row) && !changes.is_told(**row));
        for row in left {
            let Some((likeness, _)) = most_like(changes, *row, &told, ALIKE_ON_THE_DAY) else { continue };
            let known = best.entry(*row).or_insert((likeness, *cause));
            if likeness > known.0 {
                *known = (likeness, *cause);
            }
        }
    }
    for (row, (likeness, cause)) in best {
        put(&mut causes[cause], row, likeness);
    }
}

/// The changes of some days.
fn rows_of(changes: &Changes<'_>, days: &BTreeSet<Day>) -> BTreeMap<Day, Vec<usize>> {
    let mut rows: BTreeMap<Day, Vec<usize>> = BTreeMap::new();
    for row in 0..changes.rows.len() {
        if let Some(day) = day_of(changes, row).filter(|day| days.contains(day)) {
            rows.entry(day).or_default().push(row);
        }
    }
    rows
}

/// The changes of a cause that tell it in the same document and on the same day as this one.
fn told_beside(changes: &Changes<'_>, cause: &Draft, row: usize) -> Vec<usize> {
    let day = day_of(changes, row);
    let told = cause.rows.iter().filter(|(_, by)| **by == ByWhat::Reason).map(|(row, _)| *row);
    told.filter(|other| day_of(changes, *other) == day).collect()
}

fn day_of(changes: &Changes<'_>, row: usize) -> Option<Day> {
    let member = changes.rows[row].member;
    Some((member.shelf, member.document, changes.date(row)?))
}

fn put(cause: &mut Draft, row: usize, likeness: u8) {
    cause.rows.entry(row).or_insert(ByWhat::Text);
    cause.likeness = Some(cause.likeness.map_or(likeness, |least| least.min(likeness)));
}

/// The change that one is most like, from a likeness on; of equal ones the oldest.
fn most_like(changes: &Changes<'_>, row: usize, others: &[usize], least: u8) -> Option<(u8, usize)> {
    let all = others.iter().filter_map(|other| Some((likeness(changes, row, *other)?, *other)));
    let enough = all.filter(|(likeness, _)| *likeness >= least);
    enough.max_by_key(|(likeness, other)| (*likeness, std::cmp::Reverse(*other)))
}

/// How alike two changes are that may have one cause: in one municipality only those of one day.
fn likeness(changes: &Changes<'_>, a: usize, b: usize) -> Option<u8> {
    let is_possible = changes.shelf(a) != changes.shelf(b) || changes.date(a) == changes.date(b);
    let novelty = |row: usize| changes.rows[row].brief.novelty.as_deref().filter(|_| is_possible);
    Some(novelty(a)?.likeness(novelty(b)?))
}
