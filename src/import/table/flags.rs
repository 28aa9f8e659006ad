//! Flags beside or below a heading: 「[○] 委託しない」.

use super::checks;
use super::reader::Reader;
use super::scan::Run;
use crate::assessment::Value;
use crate::form::{CheckBox, Kind, Node, NodeIx};
use crate::import::Doubt;
use crate::import::html::Cell;

impl Reader {
    /// Reads a cell that holds only flags of the part of the form around it (`[○] 委託しない`), or of a later part whose
    /// heading was lost.
    pub(super) fn flags(&mut self, cell: &Cell) -> bool {
        let run = Run::of([cell]);
        if !run.has_box() {
            return false;
        }
        let has_flags = |n: &&Node| self.form.children(n).any(|c| c.kind == Kind::Flag);
        let around = self.form.ancestry(self.place.node);
        let section = self.form.section_of(self.place.node).ix;
        let later = self.form.nodes().iter().skip(self.place.node.position() + 1);
        let later = later.take_while(|n| self.form.section_of(n.ix).ix == section);
        let owners = around.into_iter().rev().filter(has_flags).take(1).chain(later.filter(has_flags));
        let found = owners.map(|o| (o, self.flags_of(o, &run))).find(|(_, boxes)| !boxes.is_empty());
        let Some((owner, boxes)) = found else { return false };
        self.close();
        let lines = cell.lines();
        let line = lines.first().copied().unwrap_or_default();
        if !self.form.ancestry(self.place.node).iter().any(|n| n.ix == owner.ix) {
            self.place.node = owner.ix;
            self.place.entry = None;
            let message = format!("「{}」の見出しがありません。", owner.heading());
            self.remark(Doubt::Uncertain, line, boxes[0].0, message);
        }
        for (flag, ticked) in boxes {
            let slot = self.place.slot(self.form, flag);
            match ticked {
                Some(true) => self.put(slot, Value::Flag(true), &lines),
                Some(false) if self.has_ticks => self.put(slot, Value::Flag(false), &lines),
                _ => {
                    let message = "印が失われていて、選ばれているかどうか分かりません。".to_owned();
                    self.remark_on(Doubt::Empty, line, slot, message);
                    self.reading.print.extend(&lines);
                }
            }
        }
        true
    }

    /// The flags of a group as the words print them; none where the words say anything else.
    fn flags_of(&self, owner: &Node, run: &Run) -> Vec<(NodeIx, Option<bool>)> {
        let flags: Vec<&Node> = self.form.children(owner).filter(|c| c.kind == Kind::Flag).collect();
        let boxes: Vec<CheckBox> = flags.iter().map(|f| as_box(f)).collect();
        let reading = checks::read(run, &boxes);
        if !reading.rest.is_empty() {
            return Vec::new();
        }
        reading.boxes.iter().map(|b| (flags[b.index].ix, b.ticked)).collect()
    }
}

/// A flag as a box of a list of one.
fn as_box(flag: &Node) -> CheckBox {
    CheckBox {
        key: String::new(),
        label: flag.label.clone(),
        group: None,
        text: false,
        count: None,
        exclusive: false,
    }
}
