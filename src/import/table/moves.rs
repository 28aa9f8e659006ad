//! How the reader moves through the form: into sections, entries of repeats and items.

use super::labels::SectionHit;
use super::place::{Place, Step, Target, part_of, repeat_around};
use super::reader::{Open, Reader};
use super::rows::SourceRow;
use crate::form::{Kind, Node, NodeIx};
use crate::import::Doubt;

impl Reader {
    pub(super) fn enter_section(&mut self, hit: SectionHit, row: &SourceRow) {
        self.close();
        self.print(row);
        let section = self.form.node(hit.node);
        let here = self.form.section_of(self.place.node).ix;
        let known = self.files.get(&hit.node).copied();
        let same_again = here == hit.node && (hit.file.is_none() || hit.file == known);
        if same_again && known.is_some() {
            // The heading stands at the top of a page again; 「1.」 will tell if a new file begins.
            return;
        }
        let file = hit.file.or(known).unwrap_or(1);
        if section.is_per_file() {
            self.files.insert(hit.node, file);
        }
        self.place = Place { node: hit.node, file, entry: None };
        self.open_bare_cell(section, row.line, true);
    }

    /// Opens the cell without label that some headings have (委託事項n, 別添2).
    pub(super) fn open_bare_cell(&mut self, heading: &Node, line: usize, below: bool) {
        let first = self.form.children(heading).next();
        if let Some(bare) = first.filter(|n| n.synthetic_label && n.is_item()) {
            let node = heading.ix;
            self.open_item(bare.ix, line, below);
            // The cell is optional: the labels that follow are counted from the heading.
            self.place.node = if bare.kind == Kind::Figure { bare.ix } else { node };
        }
    }

    pub(super) fn enter_entry(&mut self, repeat: NodeIx, number: u16, line: usize) {
        let highest = self.entries.entry((repeat, self.place.file)).or_default();
        *highest = (*highest).max(number);
        self.place.entry = Some((repeat, number));
        self.place.node = repeat;
        self.open_bare_cell(self.form.node(repeat), line, false);
    }

    /// Moves to a label and opens its item.
    pub(super) fn enter(&mut self, target: Target, line: usize, below: bool) {
        self.close();
        let node = self.form.node(target.hit.node);
        if target.step == Step::Back
            && (node.ix == self.place.node || self.is_above_place(node))
            && !node.is_item()
        {
            return;
        }
        let repeat = repeat_around(self.form, node.ix);
        let filled = self.reading.values.contains_key(&self.place.slot(self.form, node.ix));
        let step = match target.step {
            // What is answered already in this entry belongs to the next one.
            Step::Back if repeat.is_some() && filled => Step::NextEntry,
            step => step,
        };
        match step {
            Step::NextEntry => self.lost_entry_heading(repeat, line),
            Step::NextFile => self.next_file(node, line),
            Step::LaterSection => {
                let section = self.form.section_of(node.ix);
                self.place = Place {
                    node: section.ix,
                    file: self.files.get(&section.ix).copied().unwrap_or(1),
                    entry: None,
                };
                let message = format!("章「{}」の見出しがありません。", section.heading());
                self.remark(Doubt::Uncertain, line, node.ix, message);
            }
            Step::Onward if repeat != self.place.entry.map(|(ix, _)| ix) => {
                self.place.entry = None;
                self.lost_entry_heading(repeat, line);
            }
            Step::Onward | Step::Back => {}
        }
        if self.form.section_of(node.ix).is_per_file() {
            self.files.entry(self.form.section_of(node.ix).ix).or_insert(self.place.file);
        }
        self.place.node = node.ix;
        if node.is_item() {
            self.open_item(node.ix, line, below);
        } else {
            self.open_bare_cell(node, line, below);
        }
    }

    pub(super) fn is_above_place(&self, node: &Node) -> bool {
        self.form.ancestry(self.place.node).iter().any(|n| n.ix == node.ix)
    }

    pub(super) fn lost_entry_heading(&mut self, repeat: Option<NodeIx>, line: usize) {
        let Some(repeat) = repeat else { return };
        let number = self.entries.get(&(repeat, self.place.file)).copied().unwrap_or(0) + 1;
        self.enter_entry(repeat, number, line);
        self.open = None;
        let message = format!(
            "「{}{number}」の見出しがないため、項目の並びから補いました。",
            self.form.node(repeat).label
        );
        self.remark(Doubt::Derived, line, repeat, message);
    }

    pub(super) fn next_file(&mut self, node: &Node, line: usize) {
        let section = self.form.section_of(node.ix);
        let file = self.files.get(&section.ix).copied().unwrap_or(1) + 1;
        self.files.insert(section.ix, file);
        self.place = Place { node: section.ix, file, entry: None };
        let message = format!(
            "「{}」がもう一度始まるため、{file}つ目の特定個人情報ファイルとしました。",
            section.label
        );
        self.remark(Doubt::Derived, line, node.ix, message);
    }

    pub(super) fn open_item(&mut self, node: NodeIx, line: usize, below: bool) {
        self.close();
        self.place.node = node;
        let slot = self.place.slot(self.form, node);
        let is_heading = part_of(self.form, node) == node || self.form.node(node).mark.is_none();
        self.open =
            Some(Open { slot, below: below && is_heading, cells: Vec::new(), line, columns: self.columns });
    }
}
