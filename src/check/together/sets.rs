//! Which documents belong together: those with one 評価書番号 of one 評価実施機関.

use std::collections::{BTreeMap, BTreeSet};

use super::{Pair, Unread};
use crate::assessment::Municipality;
use crate::check::Brief;
use crate::form::fold;

/// The documents of a municipality, sorted out.
#[derive(Debug)]
pub(super) struct Sets<'b> {
    /// Each 重点 or 全項目評価書 with its 基礎項目評価書.
    pub(super) pairs: Vec<Pair<'b>>,
    /// Every 基礎項目評価書 with the 重点 and 全項目評価書 of its set.
    pub(super) bases: Vec<(&'b Brief, Vec<&'b Brief>)>,
    /// 重点 and 全項目評価書 without 基礎項目評価書.
    pub(super) orphans: Vec<&'b Brief>,
    /// Documents with the same number, form and agency as an earlier one.
    pub(super) repeated: Vec<(&'b Brief, &'b Brief)>,
    /// Whether there is any 基礎項目評価書.
    pub(super) has_bases: bool,
    /// Numbers of which nothing must be called missing.
    doubtful: BTreeSet<String>,
    unnamed: bool,
}

impl<'b> Sets<'b> {
    pub(super) fn of(briefs: &'b [Brief], unread: &Unread, municipality: Option<&Municipality>) -> Self {
        let mut sets = Self {
            pairs: Vec::new(),
            bases: Vec::new(),
            orphans: Vec::new(),
            repeated: Vec::new(),
            has_bases: briefs.iter().any(is_base),
            doubtful: unread.numbers.iter().map(|n| fold(n)).collect(),
            unnamed: unread.unnamed,
        };
        let mut by_number: BTreeMap<String, Vec<&Brief>> = BTreeMap::new();
        for brief in briefs {
            let folder = fold(&brief.number);
            match brief.text("number").map(fold) {
                // One of the two is a slip (CODE-03): neither set is known to be complete.
                Some(written) if written != folder => sets.doubtful.extend([written, folder]),
                _ => by_number.entry(folder).or_default().push(brief),
            }
        }
        for (number, briefs) in by_number {
            sets.add(&number, &briefs, municipality);
        }
        sets
    }

    /// Whether a document with this number may be there without being known.
    pub(super) fn is_doubtful(&self, brief: &Brief) -> bool {
        self.unnamed || self.doubtful.contains(&fold(&brief.number))
    }

    fn add(&mut self, number: &str, briefs: &[&'b Brief], municipality: Option<&Municipality>) {
        for (at, brief) in briefs.iter().enumerate() {
            let same = |other: &&&Brief| other.kind() == brief.kind() && same_agency(other, brief);
            if let Some(first) = briefs[..at].iter().find(same) {
                self.repeated.push((brief, first));
                self.doubtful.insert(number.to_owned());
            }
        }
        let is_repeated = |brief: &Brief| {
            self.repeated.iter().any(|(a, b)| std::ptr::eq(*a, brief) || std::ptr::eq(*b, brief))
        };
        // Of two copies it is not known which one counts.
        let (bases, higher): (Vec<&Brief>, Vec<&Brief>) =
            briefs.iter().copied().filter(|b| !is_repeated(b)).partition(|b| is_base(b));
        let mut with: Vec<(&Brief, Vec<&Brief>)> = bases.into_iter().map(|base| (base, Vec::new())).collect();
        let mut alone = Vec::new();
        for brief in higher {
            match with.iter_mut().find(|(base, _)| same_agency(base, brief)) {
                Some((_, own)) => own.push(brief),
                None => alone.push(brief),
            }
        }
        // An agency that is misspelt in one of the two.
        if let ([(base, own)], [brief]) = (with.as_mut_slice(), alone.as_slice())
            && own.is_empty()
            && are_one_task(base, brief, municipality)
        {
            own.push(brief);
            alone.clear();
        }
        for (base, own) in &with {
            self.pairs.extend(own.iter().map(|higher| Pair {
                base,
                higher,
                has_known_agencies: !is_foreign(base, municipality) && !is_foreign(higher, municipality),
            }));
        }
        self.bases.append(&mut with);
        self.orphans.append(&mut alone);
    }
}

/// Whether a document is a 基礎項目評価書.
fn is_base(brief: &Brief) -> bool {
    brief.kind() == "kiso"
}

/// Whether two documents are of one 評価実施機関, as far as is known.
pub(super) fn same_agency(one: &Brief, other: &Brief) -> bool {
    match (one.text("agency"), other.text("agency")) {
        (Some(one), Some(other)) => fold(one) == fold(other),
        _ => true,
    }
}

/// 事務の名称 for comparing.
pub(super) fn task(brief: &Brief) -> Option<String> {
    brief.text("task-name").map(fold)
}

fn are_one_task(base: &Brief, higher: &Brief, municipality: Option<&Municipality>) -> bool {
    is_foreign(base, municipality)
        || is_foreign(higher, municipality)
        || task(base).is_some_and(|name| Some(name) == task(higher))
}

/// Whether a document names a 評価実施機関 that the municipality does not have.
fn is_foreign(brief: &Brief, municipality: Option<&Municipality>) -> bool {
    let authorities = municipality.map(|m| m.authorities.as_slice()).unwrap_or_default();
    let agency = brief.text("agency").map(fold);
    !authorities.is_empty() && !authorities.iter().any(|a| Some(fold(a)) == agency)
}
