//! Texts that only moved: what one row takes out, another row of the same date puts in.

use std::collections::{BTreeMap, BTreeSet};

use super::alike::{Pairs, key};
use super::{ChangeKind, Draft};
use crate::assessment::{Answers, Change};
use crate::form::How;
use crate::wareki::CivilDate;

/// A text of fewer letters stands at many places anyway, unless the row says that it moved.
const FEWEST_LETTERS: usize = 15;
/// Of a thousand pairs of letters, so many must be the same in both texts.
const LEAST_ALIKE: usize = 950;
/// Where a row says from where its text came, the text may have been worked over.
const LEAST_ALIKE_AS_TOLD: usize = 500;
/// Pairs of letters looked at per document: far more than any real table needs, and a fraction of a second.
const MOST_COMPARED: usize = 50_000_000;

/// A text that is only new, or only gone.
struct Text {
    row: usize,
    key: String,
    letters: usize,
    /// Its row says that it moved.
    told: bool,
}

/// The texts of a date.
#[derive(Default)]
struct Day {
    gone: Vec<Text>,
    new: Vec<Text>,
}

/// Finds for every text that moved the row where it went or whence it came.
pub(super) fn find(answers: &Answers, changes: &[Change], drafts: &mut [Draft]) {
    let mut budget = MOST_COMPARED;
    for mut day in days(changes, drafts).into_values() {
        let mut links = equal(&mut day);
        links.extend(alike(&day, &mut budget));
        link(drafts, &links);
        let links = as_told(answers, changes, drafts, &day);
        link(drafts, &links);
    }
}

fn link(drafts: &mut [Draft], links: &[(usize, usize)]) {
    for (gone, new) in links {
        for (row, other) in [(*gone, *new), (*new, *gone)] {
            let meaning = &mut drafts[row].meaning;
            meaning.kind = ChangeKind::Moved;
            meaning.counterpart = Some(other);
        }
    }
}

fn days(changes: &[Change], drafts: &[Draft]) -> BTreeMap<CivilDate, Day> {
    let mut days: BTreeMap<CivilDate, Day> = BTreeMap::new();
    for (row, draft) in drafts.iter().enumerate() {
        let Some(date) = changes[row].date else { continue };
        let meaning = &draft.meaning;
        let is_told = meaning.kind == ChangeKind::Moved;
        if !is_told && !matches!(meaning.kind, ChangeKind::Added | ChangeKind::Removed) {
            continue;
        }
        let (column, is_new) = match (meaning.before, meaning.after) {
            (None, Some(column)) => (column, true),
            (Some(column), None) => (column, false),
            _ => continue,
        };
        let key = key(meaning.text(changes, row, column));
        let letters = key.chars().filter(|c| c.is_alphanumeric()).count();
        let text = Text { row, key, letters, told: is_told };
        let day = days.entry(date).or_default();
        if is_new { day.new.push(text) } else { day.gone.push(text) }
    }
    days
}

/// Texts that are the same. What is there more than once is taken out of the day: nobody can say which is which.
fn equal(day: &mut Day) -> Vec<(usize, usize)> {
    let mut by_key: BTreeMap<&str, (Vec<&Text>, Vec<&Text>)> = BTreeMap::new();
    for text in &day.gone {
        by_key.entry(&text.key).or_default().0.push(text);
    }
    for text in &day.new {
        by_key.entry(&text.key).or_default().1.push(text);
    }
    let (mut links, mut settled) = (Vec::new(), BTreeSet::new());
    for (gone, new) in by_key.into_values().filter(|(gone, new)| !gone.is_empty() && !new.is_empty()) {
        let is_long = gone[0].letters >= FEWEST_LETTERS;
        let is_told = gone.iter().chain(&new).any(|text| text.told);
        if !is_long && !is_told {
            continue;
        }
        if let ([gone], [new]) = (gone.as_slice(), new.as_slice()) {
            links.push((gone.row, new.row));
        }
        settled.extend(gone.iter().chain(&new).map(|text| text.row));
    }
    day.gone.retain(|text| !settled.contains(&text.row));
    day.new.retain(|text| !settled.contains(&text.row));
    links
}

/// Texts that are nearly the same, where each has only the other to be like.
fn alike(day: &Day, budget: &mut usize) -> Vec<(usize, usize)> {
    let gone = with_pairs(&day.gone);
    let new = with_pairs(&day.new);
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (gone_row, gone) in &gone {
        // So much alike, they are nearly of one length.
        let (least, most) = (gone.len() * LEAST_ALIKE / 1000, gone.len() * 1000 / LEAST_ALIKE);
        let from = new.partition_point(|(_, new)| new.len() < least);
        for (new_row, new) in new[from..].iter().take_while(|(_, new)| new.len() <= most) {
            let Some(left) = budget.checked_sub(gone.len() + new.len()) else { return Vec::new() };
            *budget = left;
            if gone.in_common(new) >= LEAST_ALIKE {
                found.push((*gone_row, *new_row));
            }
        }
    }
    let is_only = |link: &&(usize, usize)| {
        found.iter().filter(|other| other.0 == link.0).count() == 1
            && found.iter().filter(|other| other.1 == link.1).count() == 1
    };
    found.iter().filter(is_only).copied().collect()
}

/// The texts that are long enough, the shortest first.
fn with_pairs(texts: &[Text]) -> Vec<(usize, Pairs)> {
    let long = texts.iter().filter(|text| text.letters >= FEWEST_LETTERS);
    let mut all: Vec<_> = long.map(|text| (text.row, Pairs::of(&text.key))).collect();
    all.sort_by_key(|(row, pairs)| (pairs.len(), *row));
    all
}

/// Rows that say 「Ⅱ.6から移動」, and the only row about that place which fits.
fn as_told(answers: &Answers, changes: &[Change], drafts: &[Draft], day: &Day) -> Vec<(usize, usize)> {
    let form = answers.form();
    let is_free = |text: &&Text| drafts[text.row].meaning.counterpart.is_none();
    let mut links: Vec<(usize, usize)> = Vec::new();
    for (texts, others, is_gone) in [(&day.gone, &day.new, true), (&day.new, &day.gone, false)] {
        for text in texts.iter().filter(|text| text.told).filter(is_free) {
            let Some(place) = drafts[text.row].place.as_deref() else { continue };
            let found = form.resolve(place, answers.files());
            let is_sure = matches!(found.how, Some(How::Exact | How::Folded | How::Elided));
            let Some(target) = found.target.filter(|_| is_sure) else { continue };
            let fits = |other: &&Text| {
                let is_there =
                    changes[other.row].item.slot.is_some_and(|slot| form.contains(target.slot, slot));
                let common = || Pairs::of(&text.key).in_common(&Pairs::of(&other.key));
                is_there && (other.told || common() >= LEAST_ALIKE_AS_TOLD)
            };
            let mut fitting = others.iter().filter(is_free).filter(fits);
            if let (Some(other), None) = (fitting.next(), fitting.next()) {
                links.push(if is_gone { (text.row, other.row) } else { (other.row, text.row) });
            }
        }
    }
    links.sort_unstable();
    links.dedup();
    // A row that two others claim is neither's.
    let once = |row: usize| links.iter().filter(|link| link.0 == row || link.1 == row).count() == 1;
    links.iter().filter(|link| once(link.0) && once(link.1)).copied().collect()
}
