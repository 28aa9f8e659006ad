//! Where in the form the reader stands, and which of several equal labels a label means.

use super::labels::Hit;
use crate::form::{Entries, Form, Node, NodeIx, Slot};

/// The reader's place in the form.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// The node whose label was read last.
    pub(super) node: NodeIx,
    /// The number of the 特定個人情報ファイル, from 1.
    pub(super) file: u16,
    /// The entry of a repeat (委託事項2) that is being read.
    pub(super) entry: Option<(NodeIx, u16)>,
}

/// How the reader gets to a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Onwards in the printed order.
    Onward,
    /// To the next entry of the repeat, whose heading the source lost.
    NextEntry,
    /// To the next file: the section begins again.
    NextFile,
    /// Back within the same part of the form.
    Back,
    /// To a later section, whose heading the source lost.
    LaterSection,
}

/// The meaning of a label at a place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target {
    /// The label.
    pub(super) hit: Hit,
    /// How to get there.
    pub(super) step: Step,
    /// How many nodes onwards; 0 for other steps.
    pub(super) distance: usize,
    cost: usize,
}

impl Place {
    /// The beginning of the form.
    pub(super) fn start(form: &Form) -> Self {
        // A form has sections, the cover first.
        Self { node: form.nodes()[0].ix, file: 1, entry: None }
    }

    /// The slot of a node as seen from here.
    pub(super) fn slot(&self, form: &Form, node: NodeIx) -> Slot {
        let mut entries = Entries::NONE;
        for above in form.ancestry(node).into_iter().filter(|n| n.repeat.is_some()) {
            let number = match self.entry {
                _ if above.is_per_file() => self.file,
                Some((repeat, number)) if repeat == above.ix => number,
                _ => 1,
            };
            entries = entries.enter(number);
        }
        Slot { node, entries }
    }

    /// Which of the nodes with the same label is meant here: the next one onwards, as a rule.
    pub(super) fn resolve(&self, form: &Form, hits: &[Hit]) -> Option<Target> {
        let targets = hits.iter().filter_map(|hit| self.target(form, *hit));
        targets.min_by_key(|t| (t.cost, t.hit.node))
    }

    fn target(&self, form: &Form, hit: Hit) -> Option<Target> {
        let (step, distance, cost) = self.step(form, hit)?;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
        let unlike = ((1.0 - hit.likeness) * 100.0) as usize;
        let cost = cost + usize::from(hit.mismarked) * 40 + unlike;
        Some(Target { hit, step, distance, cost })
    }

    fn step(&self, form: &Form, hit: Hit) -> Option<(Step, usize, usize)> {
        let (here, there) = (self.node.position(), hit.node.position());
        let section = form.section_of(self.node);
        let target_section = form.section_of(hit.node);
        if section.ix != target_section.ix {
            let later = there > here && hit.marked && hit.likeness >= 1.0;
            let reachable = later && target_section.id != form.head.change_section;
            return reachable.then_some((Step::LaterSection, 0, 2000 + there - here));
        }
        let repeat = repeat_around(form, hit.node);
        let in_entry = repeat.is_some() && repeat == self.entry.map(|(ix, _)| ix);
        if there > here {
            // A repeat is entered by the heading of its entry.
            let outside = usize::from(repeat.is_some() && !in_entry) * 1000;
            return Some((Step::Onward, there - here, there - here + outside));
        }
        if in_entry && first_printed_below(form, repeat?) == Some(hit.node) {
            return Some((Step::NextEntry, 0, 300));
        }
        if section.is_per_file() && form.children(section).next().is_some_and(|n| n.ix == hit.node) {
            return (there < here && (hit.marked || hit.likeness >= 1.0)).then_some((Step::NextFile, 0, 400));
        }
        let same_part =
            part_of(form, hit.node) == part_of(form, self.node) && repeat == self.entry.map(|(ix, _)| ix);
        (same_part && hit.likeness >= 1.0).then_some((Step::Back, 0, 500 + here - there))
    }

    /// The items that come next in the same part of the form, nearest first.
    pub(super) fn upcoming<'f>(&self, form: &'f Form) -> impl Iterator<Item = &'f Node> {
        let here = *self;
        let part = part_of(form, self.node);
        let nodes = &form.nodes()[(self.node.position() + 1).min(form.nodes().len())..];
        nodes.iter().take_while(move |n| part_of(form, n.ix) == part).filter(move |n| {
            let repeat = repeat_around(form, n.ix);
            n.is_item() && !n.synthetic_label && repeat == here.entry.map(|(ix, _)| ix)
        })
    }
}

/// The repeat (not a section per file) that a node is or stands in.
pub(super) fn repeat_around(form: &Form, node: NodeIx) -> Option<NodeIx> {
    form.ancestry(node).into_iter().rev().find(|n| n.repeat.is_some() && !n.is_per_file()).map(|n| n.ix)
}

/// The numbered part of a section (`Ⅱ.3`) that a node is or stands in; the section itself for its own heading.
pub(super) fn part_of(form: &Form, node: NodeIx) -> NodeIx {
    let line = form.ancestry(node);
    line.get(1).or(line.first()).map_or(node, |n| n.ix)
}

fn first_printed_below(form: &Form, repeat: NodeIx) -> Option<NodeIx> {
    form.children(form.node(repeat)).find(|n| !n.synthetic_label).map(|n| n.ix)
}
