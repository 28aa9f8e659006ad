//! Groups by explanation and groups by text.
//!
//! - The same named cause (「MSSの機能廃止」) joins everywhere, within three years.
//! - The same general occasion (「組織改正」) joins within one municipality on one day.
//! - Nearly the same text joins across municipalities within three years; within a single one only on one day.

use std::collections::{BTreeMap, HashMap};

use super::gather::{Changes, is_near};
use super::reason::Core;
use crate::history::{Novelty, Side};
use crate::wareki::CivilDate;

/// Likeness from which on two texts are taken to be the same.
pub(super) const ALIKE: u8 = 77;
/// Groups that a change is compared with under one key. More have it only where a text is little more than a common form.
const MOST_COMPARED: usize = 16;

/// Changes whose explanations name the same cause, as positions in [`Changes::rows`], the oldest first.
#[derive(Debug, Clone)]
pub(super) struct ByReason {
    pub(super) core: Core,
    /// Which of the causes of its first change it is.
    pub(super) part: usize,
    pub(super) rows: Vec<usize>,
}

/// Changes with nearly the same text, the oldest first; every one is like the first.
#[derive(Debug, Clone)]
pub(super) struct ByText {
    pub(super) rows: Vec<usize>,
    /// The lowest likeness to the first.
    pub(super) likeness: u8,
}

/// Groups by named causes.
pub(super) fn by_reason(changes: &Changes<'_>) -> Vec<ByReason> {
    let mut groups: Vec<ByReason> = Vec::new();
    let mut by_text: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for row in 0..changes.rows.len() {
        for (part, core) in changes.cores(row).iter().enumerate().filter(|(_, core)| core.is_specific) {
            let known = by_text.entry(core.text.as_str()).or_default();
            let is_near = |group: &&usize| is_near(changes.date(groups[**group].rows[0]), changes.date(row));
            let group = known.iter().rev().find(is_near).copied().unwrap_or(groups.len());
            if group == groups.len() {
                groups.push(ByReason { core: core.clone(), part, rows: Vec::new() });
                known.push(group);
            }
            groups[group].rows.push(row);
        }
    }
    groups
}

/// Groups by general occasions, each of one municipality and one day.
pub(super) fn by_occasion(changes: &Changes<'_>) -> Vec<ByReason> {
    let mut groups: BTreeMap<_, ByReason> = BTreeMap::new();
    for row in 0..changes.rows.len() {
        let Some(date) = changes.date(row) else { continue };
        for (part, core) in changes.cores(row).iter().enumerate().filter(|(_, core)| !core.is_specific) {
            let group = groups.entry((date, changes.shelf(row), &core.text)).or_insert_with(|| ByReason {
                core: core.clone(),
                part,
                rows: Vec::new(),
            });
            group.rows.push(row);
        }
    }
    groups.into_values().collect()
}

/// Groups by text, of any size.
pub(super) fn by_text(changes: &Changes<'_>) -> Vec<ByText> {
    let mut groups: Vec<ByText> = Vec::new();
    // The first of each group, side by side: most of the time goes into looking at them.
    let mut firsts: Vec<(&Novelty, Option<CivilDate>)> = Vec::new();
    // Only ever asked for a key, never walked through.
    let mut known: HashMap<(Side, u8, [u8; 4]), Vec<usize>> = HashMap::new();
    for (row, novelty) in changes.rows.iter().enumerate().filter_map(|(at, r)| Some((at, novelty(r)?))) {
        let mut candidates: Vec<usize> = novelty
            .bands()
            .filter_map(|key| known.get(&key))
            .flat_map(|groups| groups.iter().rev().take(MOST_COMPARED).copied())
            .collect();
        candidates.sort_unstable();
        candidates.dedup();
        let near = candidates.into_iter().filter_map(|group| {
            let (first, date) = firsts[group];
            let likeness = novelty.likeness(first);
            (likeness >= ALIKE && is_near(date, changes.date(row))).then_some((likeness, group))
        });
        // Of equally like groups the oldest.
        match near.max_by_key(|(likeness, group)| (*likeness, std::cmp::Reverse(*group))) {
            Some((likeness, group)) => {
                groups[group].rows.push(row);
                groups[group].likeness = groups[group].likeness.min(likeness);
            }
            None => {
                for key in novelty.bands() {
                    known.entry(key).or_default().push(groups.len());
                }
                firsts.push((novelty, changes.date(row)));
                groups.push(ByText { rows: vec![row], likeness: 100 });
            }
        }
    }
    groups
}

fn novelty<'a>(row: &super::gather::Row<'a>) -> Option<&'a Novelty> {
    row.brief.novelty.as_deref()
}
