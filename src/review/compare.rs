//! Two versions of a document, item by item. Entries of lists (委託事項, 提供先 …) are followed when they move: what was put in
//! between two of them is new, and those after it did not change.

use std::collections::BTreeMap;

use crate::assessment::{Answers, Change};
use crate::form::Slot;

/// Digests (SHA-256) of the files that a document's figures name, by their paths relative to its directory.
pub type FigureDigests = BTreeMap<String, [u8; 32]>;

/// A version of a document.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The filled-in form.
    pub answers: &'a Answers,
    /// 変更箇所.
    pub changes: &'a [Change],
    /// What its figures hold: an image may change without another name.
    pub figures: &'a FigureDigests,
}

/// What differs between two versions.
#[derive(Debug, Clone, Default)]
pub struct Comparison {
    /// The differences, in the order of the newer form; what is gone stands where it stood.
    pub differences: Vec<Difference>,
    /// How many items with an answer are the same in both.
    pub unchanged: usize,
}

/// A difference between two versions: of an item, or of a whole entry of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What happened.
    pub kind: DifferenceKind,
    /// The place in the older version, in the form of that version; none for what is new.
    pub before: Option<Slot>,
    /// The place in the newer version; none for what is gone.
    pub after: Option<Slot>,
    /// Whether its change may be a 重要な変更 (※): the item, or an item of the entry that is filled in.
    pub important: bool,
    /// What stood there, as a row of 変更箇所 says it; empty where nothing did.
    pub before_text: String,
    /// What stands there now.
    pub after_text: String,
}

/// What happened to an item or an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DifferenceKind {
    /// The answer of an item is another, was written first, or is empty now.
    Changed,
    /// An answer differs in width, blanks or marks only. It needs no row of 変更箇所, and may have one.
    Notation,
    /// An item of the cover (表紙), which has no rows of 変更箇所.
    Cover,
    /// A whole entry of a list is new.
    New,
    /// A whole entry of a list is gone.
    Gone,
    /// An entry of a list stands elsewhere among the others that are still there. What changed within it are differences of their own.
    Moved,
}

impl Difference {
    /// Whether a row of 変更箇所 must tell of it (指針第6の2（1）).
    pub fn needs_row(&self) -> bool {
        !matches!(self.kind, DifferenceKind::Notation | DifferenceKind::Cover)
    }

    /// Whether it is about a whole entry of a list.
    pub fn is_entry(&self) -> bool {
        matches!(self.kind, DifferenceKind::New | DifferenceKind::Gone | DifferenceKind::Moved)
    }
}

/// Compares two versions of a document, which may be filled in on different editions of the form.
pub fn compare(_before: Side<'_>, _after: Side<'_>) -> Comparison {
    Comparison::default()
}
