//! Which place of the older version is which of the newer one: the item by the editions, the entries of lists by what they say.

use std::collections::BTreeMap;

use super::answer::says;
use super::entries::{Entry, Pairs, Piece};
use super::nodes::NodeMap;
use crate::assessment::{Answers, Value};
use crate::form::{Entries, Form, Kind, Node, NodeIx, Slot};

/// The places of two versions, matched.
pub(super) struct Matching {
    nodes: NodeMap,
    files: Pairs,
    /// By the list in the newer form, and the file that it is in, as the older version numbers it.
    lists: BTreeMap<(NodeIx, Entries), Pairs>,
    repeats: Vec<Vec<NodeIx>>,
    is_per_file: Vec<bool>,
}

impl Matching {
    pub(super) fn of(before: &Answers, after: &Answers) -> Self {
        let nodes = NodeMap::between(before.form(), after.form());
        let old = Contents::of(before, |node| nodes.after(node));
        let new = Contents::of(after, Some);
        let files = match (before.files(), after.files()) {
            (1, 1) => Pairs::only(),
            _ => Pairs::of(&old.files(before), &new.files(after), None),
        };
        let per_file = |node: &Node| node.is_per_file();
        let mut matching = Self {
            nodes,
            files,
            lists: BTreeMap::new(),
            repeats: repeats(before.form()),
            is_per_file: before.form().nodes().iter().map(per_file).collect(),
        };
        matching.match_lists(before, after, &old, &new);
        matching
    }

    fn match_lists(&mut self, before: &Answers, after: &Answers, old: &Contents<'_>, new: &Contents<'_>) {
        let lists = before.form().nodes().iter().filter(|n| n.repeat.is_some() && !n.is_per_file());
        for list in lists.filter(|n| !before.form().is_change_part(n)) {
            let Some(twin) = self.nodes.after(list.ix).map(|ix| after.form().node(ix)) else { continue };
            for outer in self.around(list) {
                let inside = Slot { node: list.ix, entries: outer };
                let Some(outer_after) = self.entries_after(inside) else { continue };
                let name_item = name_item(after.form(), twin);
                let olds = old.entries(before, list, outer, name_item);
                let news = new.entries(after, twin, outer_after, name_item);
                let pairs = Pairs::of(&olds, &news, name_item);
                self.lists.insert((twin.ix, outer), pairs);
            }
        }
    }

    /// The entries around a list of the older version: every file, or none.
    fn around(&self, list: &Node) -> Vec<Entries> {
        let is_in_file = self.repeats[list.ix.position()].iter().any(|r| self.is_per_file[r.position()]);
        if !is_in_file {
            return vec![Entries::NONE];
        }
        (1..).take(self.files.after_of.len()).map(|number| Entries::NONE.enter(number)).collect()
    }

    /// The place in the newer version; none for what is gone.
    pub(super) fn after(&self, slot: Slot) -> Option<Slot> {
        let node = self.nodes.after(slot.node)?;
        Some(Slot { node, entries: self.entries_after(slot)? })
    }

    fn entries_after(&self, slot: Slot) -> Option<Entries> {
        let (mut outer, mut entries) = (Entries::NONE, Entries::NONE);
        for (list, number) in self.repeats[slot.node.position()].iter().zip(slot.entries.numbers()) {
            let place = self.pairs(*list, outer)?.after_of.get(usize::from(number) - 1).copied().flatten()?;
            entries = entries.enter(u16::try_from(place + 1).ok()?);
            outer = outer.enter(number);
        }
        Some(entries)
    }

    /// Whether an entry of the older version stands elsewhere among the others now.
    pub(super) fn is_moved(&self, entry: Slot) -> bool {
        let depth = entry.entries.depth();
        let Some(number) = entry.entries.numbers().last() else { return false };
        let pairs = self.pairs(entry.node, entry.entries.truncate(depth - 1));
        pairs.is_some_and(|pairs| pairs.is_moved.get(usize::from(number) - 1) == Some(&true))
    }

    fn pairs(&self, list: NodeIx, outer: Entries) -> Option<&Pairs> {
        if self.is_per_file[list.position()] {
            return Some(&self.files);
        }
        self.lists.get(&(self.nodes.after(list)?, outer))
    }
}

/// The lists that each node of a form is in or is, outermost first.
fn repeats(form: &Form) -> Vec<Vec<NodeIx>> {
    let mut all: Vec<Vec<NodeIx>> = Vec::with_capacity(form.nodes().len());
    for node in form.nodes() {
        let mut own = node.parent.map(|parent| all[parent.position()].clone()).unwrap_or_default();
        if node.repeat.is_some() {
            own.push(node.ix);
        }
        all.push(own);
    }
    all
}

/// The item that names the entries of a list: its first text.
fn name_item(form: &Form, list: &Node) -> Option<NodeIx> {
    form.children(list).find(|child| child.kind == Kind::Text).map(|child| child.ix)
}

/// What is written in every entry of every list of a version.
struct Contents<'a> {
    /// By the list (sections per file are one, under the first of them) and the entry.
    by_entry: BTreeMap<Slot, Vec<Piece<'a>>>,
    file_section: Option<NodeIx>,
}

impl<'a> Contents<'a> {
    /// `twin` is what an item is in the newer form; what is not there tells nothing about which entry is which.
    fn of(answers: &'a Answers, twin: impl Fn(NodeIx) -> Option<NodeIx>) -> Self {
        let form = answers.form();
        let file_section = form.sections().find(|s| s.is_per_file()).map(|s| s.ix);
        let repeats = repeats(form);
        let mut by_entry: BTreeMap<Slot, Vec<Piece<'a>>> = BTreeMap::new();
        for (slot, value) in answers.values().filter(|(_, value)| says(value)) {
            let Some(node) = twin(slot.node) else { continue };
            for (depth, list) in repeats[slot.node.position()].iter().enumerate() {
                let is_file = form.node(*list).is_per_file();
                let list = file_section.filter(|_| is_file).unwrap_or(*list);
                let entry = Slot { node: list, entries: slot.entries.truncate(depth + 1) };
                let inner = slot.entries.numbers().nth(depth + 1).unwrap_or(0);
                by_entry.entry(entry).or_default().push(Piece { node, inner, value });
            }
        }
        // The order of the newer form, whatever the order of the older one.
        for pieces in by_entry.values_mut() {
            pieces.sort_by_key(|piece| (piece.node, piece.inner));
        }
        Self { by_entry, file_section }
    }

    /// The entries of a list inside `outer`.
    fn entries(
        &self,
        answers: &Answers,
        list: &Node,
        outer: Entries,
        name_item: Option<NodeIx>,
    ) -> Vec<Entry<'a>> {
        let numbers = 1..=answers.count(list, outer);
        numbers
            .map(|number| {
                let slot = Slot { node: list.ix, entries: outer.enter(number) };
                let pieces = self.by_entry.get(&slot).cloned().unwrap_or_default();
                let named = pieces.iter().find(|piece| Some(piece.node) == name_item);
                let name = match named.map(|piece| piece.value) {
                    Some(Value::Text(text)) => text.trim().to_owned(),
                    _ => String::new(),
                };
                Entry { name, pieces }
            })
            .collect()
    }

    /// 特定個人情報ファイル with their names.
    fn files(&self, answers: &Answers) -> Vec<Entry<'a>> {
        let form = answers.form();
        let section = self.file_section.map(|ix| form.node(ix));
        let key = section.and_then(|s| s.repeat.as_ref()?.keyed_by.as_deref());
        let list = key.and_then(|id| form.by_id(id)).and_then(|n| answers.get(Slot::plain(n.ix)));
        let names: Vec<&str> = match list {
            Some(Value::Text(text)) => text.lines().map(listed).filter(|name| !name.is_empty()).collect(),
            _ => Vec::new(),
        };
        let own_name = form.role("file-name");
        let file = |number: u16| {
            let at = usize::from(number) - 1;
            let entries = Entries::NONE.enter(number);
            let slot = self.file_section.map(|node| Slot { node, entries });
            let pieces = slot.and_then(|slot| self.by_entry.get(&slot)).cloned().unwrap_or_default();
            // The list on the first pages may be in another order than the files.
            let own = own_name.and_then(|node| answers.get(Slot { node: node.ix, entries }));
            let name = match own {
                Some(Value::Text(text)) if !text.trim().is_empty() => text.trim(),
                _ => names.get(at).copied().unwrap_or_default(),
            };
            Entry { name: name.to_owned(), pieces }
        };
        (1..=answers.files()).map(file).collect()
    }
}

/// A line of a list of names, without its mark.
fn listed(line: &str) -> &str {
    line.trim().trim_start_matches("- ").trim_start_matches('・').trim()
}
