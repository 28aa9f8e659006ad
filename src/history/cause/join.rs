//! Groups become causes: those of different municipalities that mean the same are joined, changes that name no cause are put
//! to those with their text, and what says nothing beyond another group is left out.

use std::collections::{BTreeMap, BTreeSet};

use super::attach::attach;
use super::gather::Changes;
use super::group::{ByReason, ByText, by_occasion, by_reason, by_text};
use super::reason::telling;
use super::{Basis, Cause, Member, Shelf};
use crate::history::anchor_for;

/// Pairs of near-equal texts that show that two explanations mean the same.
const ENOUGH_PAIRS: usize = 2;
/// A group so small is shown by one pair.
const SMALL: usize = 3;

/// A cause before it has a name.
pub(super) struct Draft {
    basis: Basis,
    /// The letter of its basis, and which cause of its first change it is.
    kind: (char, usize),
    pub(super) rows: BTreeMap<usize, ByWhat>,
    /// The lowest likeness of the texts that were compared.
    pub(super) likeness: Option<u8>,
}

/// Why a row belongs to a group.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ByWhat {
    Reason,
    Text,
}

/// The causes of all changes: the widest first, of equal ones the newest.
pub(super) fn causes(shelves: &[Shelf<'_>]) -> Vec<Cause> {
    let changes = Changes::of(shelves);
    let texts = by_text(&changes);
    let mut named = merged(&changes, by_reason(&changes), &texts);
    attach(&changes, &mut named, &texts);
    let occasions = by_occasion(&changes).into_iter().map(|group| draft('o', Basis::Occasion, group));
    named.extend(occasions);
    let mut covered: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, draft) in named.iter().enumerate() {
        for row in draft.rows.keys() {
            covered.entry(*row).or_default().push(at);
        }
    }
    let by_text = texts.iter().flat_map(|text| text_drafts(&changes, text));
    let is_news = |draft: &Draft| {
        let mut rows = draft.rows.keys().map(|row| covered.get(row).map_or(&[][..], Vec::as_slice));
        let first = rows.next().unwrap_or_default().to_vec();
        let common = rows.fold(first, |common, of| common.into_iter().filter(|at| of.contains(at)).collect());
        common.is_empty()
    };
    let by_text: Vec<Draft> = by_text.filter(is_news).collect();
    let drafts = named.into_iter().chain(by_text).filter(|draft| draft.rows.len() > 1);
    named_uniquely(drafts.map(|draft| cause(shelves, &changes, draft)).collect())
}

fn draft(kind: char, basis: Basis, group: ByReason) -> Draft {
    Draft {
        basis,
        kind: (kind, group.part),
        rows: group.rows.into_iter().map(|row| (row, ByWhat::Reason)).collect(),
        likeness: None,
    }
}

/// Joins groups by reason that two municipalities tell in other words: both name the same thing, and their changes add or
/// take away the same texts. A group is compared with the first of those that it joins.
fn merged(changes: &Changes<'_>, groups: Vec<ByReason>, texts: &[ByText]) -> Vec<Draft> {
    let mut of_row: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, group) in groups.iter().enumerate() {
        for row in &group.rows {
            of_row.entry(*row).or_default().push(at);
        }
    }
    let mut root: Vec<usize> = (0..groups.len()).collect();
    for ((a, b), pairs) in common_texts(changes, texts, &of_row) {
        let (a, b) = (root_of(&root, a), root_of(&root, b));
        let (older, newer) = (a.min(b), a.max(b));
        let is_small = groups[a].rows.len().min(groups[b].rows.len()) <= SMALL;
        let is_same = pairs >= ENOUGH_PAIRS || is_small;
        if older != newer && is_same && groups[older].core.shares_name(&groups[newer].core) {
            root[newer] = older;
        }
    }
    let mut drafts: BTreeMap<usize, Draft> = BTreeMap::new();
    for (at, group) in groups.into_iter().enumerate() {
        let draft = draft('r', Basis::Reason, group);
        match drafts.get_mut(&root_of(&root, at)) {
            Some(first) => first.rows.extend(draft.rows),
            None => drop(drafts.insert(at, draft)),
        }
    }
    drafts.into_values().collect()
}

/// The group that a group was joined to in the end.
fn root_of(root: &[usize], mut at: usize) -> usize {
    while root[at] != at {
        at = root[at];
    }
    at
}

/// For two groups by reason the number of texts that changes of both have in common, in different municipalities.
fn common_texts(
    changes: &Changes<'_>,
    texts: &[ByText],
    of_row: &BTreeMap<usize, Vec<usize>>,
) -> BTreeMap<(usize, usize), usize> {
    let mut common = BTreeMap::new();
    for text in texts.iter().filter(|text| text.rows.len() > 1) {
        let mut groups: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for row in &text.rows {
            for group in of_row.get(row).into_iter().flatten() {
                groups.entry(*group).or_default().insert(changes.shelf(*row));
            }
        }
        // The oldest group stands for the text, so that the pairs do not grow with the square of the groups.
        let mut groups = groups.into_iter();
        let Some((first, shelves)) = groups.next() else { continue };
        for (other, _) in groups.filter(|(_, others)| others.iter().any(|o| !shelves.contains(o))) {
            *common.entry((first, other)).or_insert(0) += 1;
        }
    }
    common
}

/// The causes that a group by text makes: one over all municipalities, or one for each day of a single one.
fn text_drafts(changes: &Changes<'_>, text: &ByText) -> Vec<Draft> {
    let shelves: BTreeSet<usize> = text.rows.iter().map(|row| changes.shelf(*row)).collect();
    let days: Vec<&[usize]> = if shelves.len() > 1 {
        vec![&text.rows]
    } else {
        text.rows.chunk_by(|a, b| changes.date(*a) == changes.date(*b)).collect()
    };
    let draft = |rows: &[usize]| {
        let first = changes.rows[*rows.first()?].brief.novelty.as_deref()?;
        Some(Draft {
            basis: Basis::Text { side: first.side, opening: first.opening.clone() },
            kind: ('t', 0),
            rows: rows.iter().map(|row| (*row, ByWhat::Text)).collect(),
            likeness: Some(text.likeness),
        })
    };
    days.into_iter().filter(|rows| rows.len() > 1).filter_map(draft).collect()
}

fn cause(shelves: &[Shelf<'_>], changes: &Changes<'_>, draft: Draft) -> Cause {
    let is_by_text = |by: ByWhat| by == ByWhat::Text && draft.basis == Basis::Reason;
    let mut members: Vec<Member> = draft
        .rows
        .iter()
        .map(|(row, by)| Member { is_by_text: is_by_text(*by), ..changes.rows[*row].member })
        .collect();
    members.sort_unstable();
    let dates = || draft.rows.keys().filter_map(|row| changes.date(*row));
    let documents: BTreeSet<_> = members.iter().map(|m| (m.shelf, m.document)).collect();
    let municipalities: BTreeSet<_> = members.iter().map(|m| m.shelf).collect();
    Cause {
        id: id(shelves, changes, &draft),
        reason: main_reason(changes, &draft),
        documents: documents.len(),
        municipalities: municipalities.len(),
        first: dates().min(),
        last: dates().max(),
        likeness: draft.likeness,
        basis: draft.basis,
        members,
    }
}

/// The explanation that most rows give; of equally frequent ones the oldest. A group by text takes only one that names a cause.
fn main_reason(changes: &Changes<'_>, draft: &Draft) -> Option<std::sync::Arc<str>> {
    let is_text = matches!(draft.basis, Basis::Text { .. });
    let mut counts: BTreeMap<&str, (usize, std::cmp::Reverse<usize>)> = BTreeMap::new();
    for (row, by) in &draft.rows {
        let is_telling = if is_text { changes.is_told(*row) } else { *by == ByWhat::Reason };
        let Some(reason) = changes.rows[*row].brief.reason.as_deref().filter(|_| is_telling) else {
            continue;
        };
        counts.entry(reason).or_insert((0, std::cmp::Reverse(*row))).0 += 1;
    }
    let (_, (_, std::cmp::Reverse(row))) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    changes.rows[row].brief.reason.as_deref().map(|reason| telling(reason).into())
}

/// The date of the first change that stands for the group by itself, and a mark of its address.
fn id(shelves: &[Shelf<'_>], changes: &Changes<'_>, draft: &Draft) -> String {
    let is_own = |by: ByWhat| by == ByWhat::Reason || draft.basis != Basis::Reason;
    let own = draft.rows.iter().find(|(_, by)| is_own(**by)).map(|(row, _)| *row);
    let row = own.unwrap_or_default();
    let (shelf, document, brief) = changes.rows[row].member.of(shelves);
    let (letter, part) = draft.kind;
    let name =
        format!("{letter}{part}/{}/{}/{}", shelf.code, document.dir, anchor_for(brief.date, brief.ordinal));
    let day = brief.date.map_or_else(|| "nodate".to_owned(), |date| date.iso());
    format!("{day}-{:08x}", fnv(&name) >> 32)
}

/// FNV-1a, the same on every machine.
fn fnv(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Puts causes in their order. Two of one id, which is next to impossible, get a number.
fn named_uniquely(mut causes: Vec<Cause>) -> Vec<Cause> {
    use std::cmp::Reverse;
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for cause in &mut causes {
        let count = seen.entry(cause.id.clone()).or_insert(0);
        *count += 1;
        if *count > 1 {
            cause.id = format!("{}-{count}", cause.id);
        }
    }
    causes.sort_by_cached_key(|cause| {
        let width = (cause.municipalities, cause.documents);
        (Reverse(width), Reverse(cause.last), Reverse(cause.members.len()), cause.id.clone())
    });
    causes
}
