//! Why items change: those with the same explanation together, in the order of the form.

use super::facts::{Facts, Stage};
use crate::assessment::{Change, Decision};
use crate::compare::is_blank;
use crate::form::fold;

/// Items that change for the same reason.
pub(super) struct Reason<'a> {
    /// 提出時期に係る説明 as its first row has it; none where no row gives a reason yet.
    pub(super) text: Option<&'a str>,
    /// Items and rows of which it is told, in the order of the form.
    pub(super) members: Vec<Member>,
}

/// An item and the row that gives the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Member {
    /// Index into the items; none for a row that tells of nothing that differs.
    pub(super) item: Option<usize>,
    /// Index into the rows; none for an item of which no row tells.
    pub(super) row: Option<usize>,
}

impl Reason<'_> {
    /// 提出時期 of its rows, each once.
    pub(super) fn timings<'c>(&self, changes: &'c [Change]) -> Vec<&'c str> {
        let timings = self.members.iter().filter_map(|member| member.row);
        once(timings.map(|row| changes[row].timing.trim()).filter(|timing| !timing.is_empty()))
    }

    /// What was decided about its items, each decision once.
    pub(super) fn decisions(&self, changes: &[Change]) -> Vec<Decision> {
        let rows = self.members.iter().filter_map(|member| member.row);
        once(rows.filter_map(|row| changes[row].judgement.decision))
    }
}

fn once<T: PartialEq>(values: impl Iterator<Item = T>) -> Vec<T> {
    values.fold(Vec::new(), |mut seen, value| {
        if !seen.contains(&value) {
            seen.push(value);
        }
        seen
    })
}

/// The reasons of a document's changes. What has none yet comes first: it is what is left to do.
pub(super) fn reasons<'a>(facts: &Facts<'a>) -> Vec<Reason<'a>> {
    let mut reasons: Vec<(String, Reason<'a>)> = Vec::new();
    let mut add = |text: Option<&'a str>, member: Member| {
        let key = text.map(fold).unwrap_or_default();
        match reasons.iter_mut().find(|(known, _)| *known == key) {
            Some((_, reason)) if reason.members.iter().any(|m| m.item.is_some() && m.item == member.item) => {
            }
            Some((_, reason)) => reason.members.push(member),
            None => reasons.push((key, Reason { text, members: vec![member] })),
        }
    };
    for (at, item) in facts.items.iter().enumerate() {
        for row in &item.rows {
            add(reason_of(facts, *row), Member { item: Some(at), row: Some(*row) });
        }
        if item.rows.is_empty() && item.difference.needs_row() {
            add(None, Member { item: Some(at), row: None });
        }
    }
    // The rows of a new document tell of versions that are not at hand.
    let loose = if facts.stage == Stage::Revised { facts.loose_rows() } else { Vec::new() };
    for row in loose {
        add(reason_of(facts, row), Member { item: None, row: Some(row) });
    }
    reasons.sort_by_key(|(_, reason)| reason.text.is_some());
    reasons.into_iter().map(|(_, reason)| reason).collect()
}

fn reason_of<'a>(facts: &Facts<'a>, row: usize) -> Option<&'a str> {
    let text = facts.explained_by(row).explanation.trim();
    (!text.is_empty() && !is_blank(text)).then_some(text)
}
