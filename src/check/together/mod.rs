//! The 検査規則 over several documents of one municipality: 基礎 beside 重点 and 全項目 of the same 評価書番号, and all of them together.

mod factors;
mod facts;
mod names;
mod numbers;
mod redone;
mod required;
mod risks;
mod sets;

use std::collections::BTreeSet;

use super::Brief;
use crate::assessment::Municipality;
use crate::diagnostic::{Code, Diagnostic};
use sets::Sets;

/// Documents of the municipality that could not be read: that one of them is missing must not be said.
#[derive(Debug, Clone, Default)]
pub struct Unread {
    /// 評価書番号 of the folders.
    pub numbers: BTreeSet<String>,
    /// Whether there are folders whose number is not even known.
    pub unnamed: bool,
}

/// Checks the documents of one municipality against each other. Every finding stands in one of them.
pub fn together(briefs: &[Brief], unread: &Unread, municipality: Option<&Municipality>) -> Vec<Diagnostic> {
    let sets = Sets::of(briefs, unread, municipality);
    let mut found = Vec::new();
    numbers::check(&sets, &mut found);
    required::check(&sets, &mut found);
    for pair in &sets.pairs {
        required::compare(pair, &mut found);
        factors::compare(pair, &mut found);
        risks::compare(pair, &mut found);
        facts::compare(pair, &mut found);
        redone::compare(pair, &mut found);
    }
    found
}

/// 基礎項目評価書 and a 重点 or 全項目評価書 of the same 評価書番号.
#[derive(Debug, Clone, Copy)]
struct Pair<'b> {
    /// 基礎項目評価書.
    base: &'b Brief,
    /// 重点 or 全項目評価書.
    higher: &'b Brief,
    /// Whether both name an 評価実施機関 of the municipality: another one is a finding of the document by itself (NUM-05).
    has_known_agencies: bool,
}

impl<'b> Pair<'b> {
    /// The document that most likely was left behind where two say different things, and the other one: the older, or else the
    /// 基礎項目評価書, which is the copy.
    fn stale_first(self) -> (&'b Brief, &'b Brief) {
        if self.higher.published < self.base.published && self.higher.published.is_some() {
            return (self.higher, self.base);
        }
        (self.base, self.higher)
    }
}

/// A finding where two documents say different things about the items of a role, at the one left behind.
fn differ(pair: Pair<'_>, code: Code, role: &str, said: &[(&str, String); 2]) -> Option<Diagnostic> {
    let (stale, other) = pair.stale_first();
    let (at, beside) = (stale.sole(role)?, other.sole(role)?);
    let words = |brief: &Brief| said.iter().find(|(kind, _)| *kind == brief.kind()).map(|(_, words)| words);
    let (here, there) = (words(stale)?, words(other)?);
    let message = format!("「{here}」とありますが、{}では「{there}」です", other.form_name());
    let finding = stale.finding(code, at, message);
    Some(other.also(finding, beside, format!("ここでは「{there}」と書かれています")))
}
