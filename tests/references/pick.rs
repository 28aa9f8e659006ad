//! Which items the rows of one day name: cells, entries and groups, in the order of the form.

use kohyo::form::{Entries, Form, Node, NodeIx, Slot};

use crate::dice::Dice;

/// Items of one day.
pub(crate) fn day(form: &Form, files: u16, dice: &mut Dice) -> Vec<Slot> {
    let wanted = [3, 6, 10, 16, 25, 40][dice.roll(6)];
    let nodes: Vec<&Node> = form.nodes().iter().filter(|n| is_nameable(form, n)).collect();
    let mut slots: Vec<Slot> = Vec::new();
    while slots.len() < wanted {
        let node = nodes[dice.roll(nodes.len())];
        // Whole groups are named far less often than cells.
        let is_place = node.is_item() || dice.percent(18);
        if !is_place {
            continue;
        }
        let slot = slot_of(form, node, files, dice);
        slots.push(slot);
        if dice.percent(30) {
            slots.extend(beside(form, slot, dice));
        }
    }
    let by_file = dice.percent(50);
    slots.sort_by_key(|slot| place(form, *slot, by_file));
    slots.dedup();
    slots
}

/// Changes come in clusters: a new entry with its cells, or what stands around a cell.
fn beside(form: &Form, slot: Slot, dice: &mut Dice) -> Vec<Slot> {
    let Some(parent) = form.node(slot.node).parent else { return Vec::new() };
    let depth = form.repeat_depth(parent);
    let entries = slot.entries.truncate(depth);
    if depth < slot.entries.depth() {
        return Vec::new();
    }
    let mut slots: Vec<_> = form
        .children(form.node(parent))
        .filter(|n| is_nameable(form, n) && n.repeat.is_none() && dice.percent(60))
        .map(|n| Slot { node: n.ix, entries })
        .collect();
    let is_entry = form.node(parent).repeat.as_ref().is_some_and(|r| r.keyed_by.is_none());
    if is_entry && dice.percent(50) {
        slots.push(Slot { node: parent, entries });
    }
    slots
}

fn slot_of(form: &Form, node: &Node, files: u16, dice: &mut Dice) -> Slot {
    let mut entries = Entries::NONE;
    for above in form.ancestry(node.ix).into_iter().filter(|n| n.repeat.is_some()) {
        let most = if above.is_per_file() { usize::from(files) } else { 5 };
        entries = entries.enter(u16::try_from(1 + dice.roll(most)).unwrap());
    }
    Slot { node: node.ix, entries }
}

/// Where a row stands in a table: section by section, and file by file within Ⅱ and Ⅲ or around both.
fn place(form: &Form, slot: Slot, by_file: bool) -> (usize, u16, usize, usize, u16, usize) {
    let section = form.section_of(slot.node);
    let file = if section.is_per_file() { slot.entries.numbers().next().unwrap_or(0) } else { 0 };
    let entry = slot.entries.numbers().nth(usize::from(file > 0)).unwrap_or(0);
    let block = if by_file && is_about_files(form, section) { 2 } else { section.ix.position() };
    let repeat = repeat_of(form, slot.node).unwrap_or(slot.node);
    let in_section = if by_file { section.ix.position() } else { 0 };
    (block, file, in_section, repeat.position(), entry, slot.node.position())
}

fn is_about_files(form: &Form, section: &Node) -> bool {
    let sections: Vec<_> = form.sections().filter(|s| s.is_per_file()).map(|s| s.ix).collect();
    sections.first().is_some_and(|first| *first <= section.ix)
        && sections.last().is_some_and(|last| section.ix <= *last)
        && section.is_per_file()
}

fn repeat_of(form: &Form, node: NodeIx) -> Option<NodeIx> {
    let ancestry = form.ancestry(node);
    ancestry.iter().rev().find(|n| n.repeat.is_some() && !n.is_per_file()).map(|n| n.ix)
}

/// Whether a table can name a node by words of the form.
fn is_nameable(form: &Form, node: &Node) -> bool {
    let section = form.section_of(node.ix);
    let is_cover = node.parent.is_none() && node.id == "cover";
    !node.synthetic_label && !is_cover && section.id != form.head.change_section
}

/// What a row may be taken for besides the item it was made from: a group and its only item of the same name.
pub(crate) fn same_name(form: &Form, slot: Slot) -> Vec<Slot> {
    let node = form.node(slot.node);
    let mut same = vec![slot];
    let below = form.children(node).filter(|c| c.mark.is_none() && c.label == node.label);
    same.extend(below.map(|c| Slot { node: c.ix, ..slot }));
    let above = node.parent.map(|p| form.node(p)).filter(|above| above.label == node.label);
    same.extend(above.filter(|_| node.mark.is_none()).map(|above| Slot { node: above.ix, ..slot }));
    same
}
