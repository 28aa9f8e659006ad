//! Changes with the same cause (「VRSの機能廃止」 in five cities), over all documents of the site.
//!
//! Two things tell that changes have the same cause. Their explanations name the same system, law or project (`reason`); or
//! what they add or take away is nearly the same text ([`Novelty`](super::Novelty)). A change whose explanation names nothing joins the cause of the
//! changes with its text. Every member is compared with the first of its group, never with a later one, so that a group does
//! not wander from text to text. The work grows with the number of changes: equal words are looked up, near ones share a
//! key, and only what shares one is compared. What may be joined at all is told in `group`.

mod attach;
mod gather;
mod group;
mod join;
mod reason;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::digest::{AssessmentDigest, ChangeBrief};
use super::novelty::Side;
use crate::wareki::CivilDate;

/// Causes that an entry links to, at most.
const MOST_LINKS: usize = 2;

/// The published documents of a municipality.
#[derive(Debug, Clone)]
pub struct Shelf<'a> {
    /// 全国地方公共団体コード.
    pub code: &'a str,
    /// Name of the municipality.
    pub name: &'a str,
    /// Its documents in the order of their directories.
    pub documents: Vec<&'a AssessmentDigest>,
}

/// The changes of a site by their causes.
#[derive(Debug, Clone, Default)]
pub struct Causes {
    all: Vec<Cause>,
    /// By code and directory of a document: for each of its changes the causes that it links to.
    links: BTreeMap<(String, String), Vec<Links>>,
}

/// Positions of causes; the widest first.
type Links = [Option<u32>; MOST_LINKS];

/// Changes with the same cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// Its directory: date and mark of its first change.
    pub id: String,
    /// What was compared.
    pub basis: Basis,
    /// The explanation that most of its changes give, without sentences that name no cause; none where all name none.
    pub reason: Option<Arc<str>>,
    /// Its changes in the order of municipalities, documents and dates.
    pub members: Vec<Member>,
    /// How many documents they stand in.
    pub documents: usize,
    /// How many municipalities published them.
    pub municipalities: usize,
    /// The oldest 変更日.
    pub first: Option<CivilDate>,
    /// The newest 変更日.
    pub last: Option<CivilDate>,
    /// The lowest likeness, from 0 to 100, of the texts that were compared; none where none were.
    pub likeness: Option<u8>,
}

/// Why changes are together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Basis {
    /// Their explanations name the same thing.
    Reason,
    /// Their explanations tell the same general occasion (組織改正), in one municipality on one day.
    Occasion,
    /// They add, or take away, nearly the same text, which begins like this.
    Text {
        /// Whether it came or went.
        side: Side,
        /// Its beginning.
        opening: Box<str>,
    },
}

/// How far a cause reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// One document.
    Document,
    /// Several documents of one municipality.
    Municipality,
    /// Several municipalities.
    Site,
}

/// A change of a cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Member {
    /// Position of the municipality among the shelves.
    pub shelf: usize,
    /// Position of the document on its shelf.
    pub document: usize,
    /// Position of the change in [`AssessmentDigest::changes`].
    pub change: usize,
    /// Its explanation names no cause; it is here because of its text.
    pub is_by_text: bool,
}

impl Cause {
    /// How far it reaches.
    pub fn scope(&self) -> Scope {
        match (self.municipalities, self.documents) {
            (2.., _) => Scope::Site,
            (_, 2..) => Scope::Municipality,
            _ => Scope::Document,
        }
    }

    /// How many of its changes are here because of their text alone.
    pub fn by_text(&self) -> usize {
        self.members.iter().filter(|member| member.is_by_text).count()
    }
}

impl Member {
    /// The change with its document and its municipality.
    pub fn of<'s, 'a>(
        &self,
        shelves: &'s [Shelf<'a>],
    ) -> (&'s Shelf<'a>, &'a AssessmentDigest, &'a ChangeBrief) {
        let shelf = &shelves[self.shelf];
        let document = shelf.documents[self.document];
        (shelf, document, &document.changes[self.change])
    }
}

impl Causes {
    /// The likeness, from 0 to 100, from which on two texts are taken to be the same.
    pub const ALIKE: u8 = group::ALIKE;

    /// Finds the changes with the same cause. The shelves are in the order of their codes.
    pub fn of(shelves: &[Shelf<'_>]) -> Self {
        let mut causes = Self { all: join::causes(shelves), links: BTreeMap::new() };
        for (at, cause) in (0u32..).zip(&causes.all) {
            for member in &cause.members {
                let (shelf, document, _) = member.of(shelves);
                let key = (shelf.code.to_owned(), document.dir.clone());
                let links =
                    causes.links.entry(key).or_insert_with(|| vec![Links::default(); document.changes.len()]);
                // The widest come first, so the first free place is the right one.
                if let Some(free) = links[member.change].iter_mut().find(|link| link.is_none()) {
                    *free = Some(at);
                }
            }
        }
        causes
    }

    /// All causes, the widest first, of equal ones the newest.
    pub fn all(&self) -> &[Cause] {
        &self.all
    }

    /// The causes of a change, given by the code of the municipality, the directory of the document and the position in its
    /// timeline; the widest first.
    pub fn at(&self, code: &str, dir: &str, change: usize) -> impl Iterator<Item = &Cause> {
        let links = self.links.get(&(code.to_owned(), dir.to_owned())).and_then(|all| all.get(change));
        links.into_iter().flatten().flatten().filter_map(|at| self.all.get(usize::try_from(*at).ok()?))
    }
}
