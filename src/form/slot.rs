//! Where a value stands in a filled-in form: a node of the form and the numbers of the repeat entries it is in.

use std::fmt::Write as _;

use super::model::NodeIx;
use super::{Form, Node};

/// Numbers of the repeat entries around a value, outermost first, from 1. No form nests repeats deeper than two
/// (file, then 委託事項 …).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Entries([u16; 2]);

impl Entries {
    /// Outside every repeat.
    pub const NONE: Self = Self([0, 0]);

    /// The entries of one repeat deeper.
    #[must_use]
    pub fn enter(self, number: u16) -> Self {
        match self.0 {
            [0, _] => Self([number, 0]),
            [outer, _] => Self([outer, number]),
        }
    }

    /// The numbers, outermost first.
    pub fn numbers(self) -> impl Iterator<Item = u16> {
        self.0.into_iter().take_while(|n| *n > 0)
    }

    /// Only the outermost `count` numbers.
    #[must_use]
    pub fn truncate(self, count: usize) -> Self {
        let mut cut = self.0;
        cut.iter_mut().skip(count).for_each(|n| *n = 0);
        Self(cut)
    }

    /// How many repeats deep.
    pub fn depth(self) -> usize {
        self.numbers().count()
    }
}

/// Where a value stands in a filled-in form. The order is that of the printed form, entry by entry within a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    /// The node.
    pub node: NodeIx,
    /// The entries it is in.
    pub entries: Entries,
}

impl Slot {
    /// A slot outside every repeat.
    pub fn plain(node: NodeIx) -> Self {
        Self { node, entries: Entries::NONE }
    }
}

impl Form {
    /// The instance path of a slot, e.g. `ii[2].4.contract[1].scope`.
    ///
    /// `files` is the number of 特定個人情報ファイル of the document: the index of the file is left out when there is only one,
    /// unless it is of another one, which the document had formerly.
    pub fn path(&self, slot: Slot, files: u16) -> String {
        let mut numbers = slot.entries.numbers();
        let mut path = String::new();
        for node in self.ancestry(slot.node) {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(segment(self, node));
            if node.repeat.is_none() {
                continue;
            }
            let Some(number) = numbers.next() else { continue };
            if node.is_per_file() && files == 1 && number == 1 {
                continue;
            }
            let _ = write!(path, "[{number}]");
        }
        path
    }

    /// The anchor of a slot: its instance path with the brackets folded, e.g. `ii2-4-contract1-scope`.
    pub fn anchor(&self, slot: Slot, files: u16) -> String {
        anchor_of(&self.path(slot, files))
    }

    /// The official numbering path of a slot, e.g. `Ⅱ（2）.4.委託事項1.②`.
    pub fn reference(&self, slot: Slot, files: u16) -> String {
        let mut numbers = slot.entries.numbers();
        let mut reference = self.node(slot.node).reference.clone();
        for node in self.ancestry(slot.node) {
            if node.repeat.is_none() {
                continue;
            }
            let Some(number) = numbers.next() else { continue };
            if !node.is_per_file() {
                reference = reference.replacen("{n}", &number.to_string(), 1);
            } else if files > 1 || number > 1 {
                reference =
                    reference.replacen(&node.reference, &format!("{}（{number}）", node.reference), 1);
            }
        }
        reference.replace("{n}", "")
    }

    /// Whether a slot is another one or has it inside, in the same entries.
    pub fn contains(&self, outer: Slot, inner: Slot) -> bool {
        let mut node = Some(inner.node);
        while let Some(at) = node.filter(|n| *n != outer.node) {
            node = self.node(at).parent;
        }
        node.is_some() && inner.entries.truncate(outer.entries.depth()) == outer.entries
    }

    /// The slot that an instance path names; the file index may be left out.
    pub fn slot(&self, path: &str) -> Option<Slot> {
        let mut id = String::new();
        let mut numbers = Vec::new();
        for part in path.split('.') {
            let (name, number) = match part.split_once('[') {
                Some((name, rest)) => (name, Some(rest.strip_suffix(']')?.parse::<u16>().ok()?)),
                None => (part, None),
            };
            if !id.is_empty() {
                id.push('.');
            }
            id.push_str(name);
            numbers.push((id.clone(), number));
        }
        let node = self.by_id(&id)?;
        let mut entries = Entries::NONE;
        for (id, number) in numbers {
            let repeated = self.by_id(&id).is_some_and(|n| n.repeat.is_some());
            match (repeated, number) {
                (true, Some(n)) if n > 0 => entries = entries.enter(n),
                (true, None) if self.by_id(&id).is_some_and(Node::is_per_file) => entries = entries.enter(1),
                (false | true, None) => {}
                _ => return None,
            }
        }
        Some(Slot { node: node.ix, entries })
    }
}

/// Folds the brackets of an instance path into an anchor.
pub fn anchor_of(path: &str) -> String {
    path.replace('.', "-").replace(['[', ']'], "")
}

fn segment<'f>(form: &'f Form, node: &'f Node) -> &'f str {
    match node.parent {
        Some(parent) => &node.id[form.node(parent).id.len() + 1..],
        None => &node.id,
    }
}
