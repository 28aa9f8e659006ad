//! Reading the cells of a row as labels.

use super::labels::{Hit, SectionHit, split_mark};
use super::place::{Step, Target};
use super::reader::Reader;
use super::rows::SourceRow;
use super::scan::Run;
use crate::form::{Kind, Node, NodeIx, fold};
use crate::import::Doubt;
use crate::import::html::Cell;

impl Reader {
    /// A heading without number is one only where nothing nearer has the same words.
    pub(super) fn is_section_here(&self, row: &SourceRow, words: &str, hit: SectionHit) -> bool {
        if hit.marked {
            return true;
        }
        let near = self.place.resolve(self.form, &self.labels.hits(words));
        if near.is_some_and(|t| t.step != Step::LaterSection) && !row.heading {
            return false;
        }
        let here = self.form.section_of(self.place.node).ix;
        // The heading of the section that comes next ends a text, too.
        let is_next = self.form.sections().map(|s| s.ix).find(|s| *s > here) == Some(hit.node)
            || hit.node == here && hit.file.is_some_and(|f| f == self.place.file + 1);
        let writes_below = self.open.as_ref().is_some_and(|o| o.below && !row.heading);
        hit.node >= here && (is_next || !writes_below)
    }

    /// Whether a table in the cell has rows of the form in it.
    pub(super) fn holds_labels(&self, cell: &Cell) -> bool {
        cell.tables().flatten().any(|row| {
            let first = row.cells.iter().find(|c| !c.is_blank());
            let hits = first.map(|c| self.labels.hits(&c.words())).unwrap_or_default();
            self.place.resolve(self.form, &hits).is_some_and(|t| t.step != Step::LaterSection)
        })
    }

    /// Tries to read the first cell of a row as a label; gives what stands in the cell behind it.
    pub(super) fn first_label(&mut self, cell: &Cell, row: &SourceRow, cells: usize) -> Option<Cell> {
        let words = cell.words();
        if words.is_empty() {
            return None;
        }
        if let Some(rest) = self.entry_heading(cell, &words, row.line) {
            return Some(rest);
        }
        let exact = self.place.resolve(self.form, &self.labels.hits(&words));
        if let Some(target) = exact.filter(|t| self.is_credible(t, row, cells)) {
            self.enter(target, row.line, cells == 1);
            return Some(Cell::default());
        }
        let glued = self.glued_label(cell, row, cells);
        if cells == 1
            && let Some((target, rest)) = glued
        {
            self.enter(target, row.line, true);
            return Some(rest);
        }
        if cells == 1
            && !row.columns
            && let Some((target, rest)) = self.damaged_glued_label(cell, &words)
        {
            let node = self.form.node(target.hit.node);
            self.enter(target, row.line, false);
            let message = format!("この行の始めを見出し「{}」と読みました。", node.heading());
            self.remark(Doubt::Uncertain, row.line, node.ix, message);
            return Some(rest);
        }
        // A whole label before a choice or a box is nearer than a damaged one.
        let whole = glued.as_ref().is_some_and(|(_, rest)| {
            let rest = fold(&rest.words());
            rest.starts_with('[') || Run::of([cell]).has_box()
        });
        if let Some(target) = self.near_label(&words, row, cells).filter(|_| !whole) {
            let node = self.form.node(target.hit.node);
            self.enter(target, row.line, cells == 1);
            let message = format!("見出し「{words}」を「{}」と読みました。", node.heading());
            self.remark(Doubt::Uncertain, row.line, node.ix, message);
            return Some(Cell::default());
        }
        let (target, rest) = glued?;
        self.enter(target, row.line, false);
        Some(rest)
    }

    pub(super) fn entry_heading(&mut self, cell: &Cell, words: &str, line: usize) -> Option<Cell> {
        let (repeat, number, length) = self.labels.entry(words)?;
        let here = self.form.section_of(self.place.node).ix;
        if self.form.section_of(repeat).ix != here {
            return None;
        }
        let (rest, parted) = cell.behind(length);
        if !rest.is_blank() && !parted {
            return None;
        }
        self.close();
        self.enter_entry(repeat, number, line);
        Some(rest)
    }

    /// A label and its answer in one cell.
    pub(super) fn glued_label(&self, cell: &Cell, row: &SourceRow, cells: usize) -> Option<(Target, Cell)> {
        let folded = fold(&cell.words());
        let (mark, bare) = split_mark(&folded);
        let mut prefixes = self.labels.prefixes(&folded);
        if mark.is_some() && prefixes.is_empty() {
            let taken = folded.chars().count() - bare.chars().count();
            let other = self.labels.prefixes(bare).into_iter();
            prefixes.extend(other.map(|(hit, length)| (Hit { mismarked: true, ..hit }, length + taken)));
        }
        for (hit, length) in prefixes {
            let Some(target) = self.place.resolve(self.form, &[hit]) else { continue };
            let (rest, parted) = cell.behind(length);
            let is_near = target.step == Step::Onward && target.distance <= 12;
            let far = !(is_near || hit.marked && target.step != Step::LaterSection);
            let first_below = self.open.is_none() && target.distance <= 2;
            let short = length < 4 && !hit.marked && !first_below;
            if far || rest.is_blank() || short || !(parted || hit.marked && is_near && length >= 4) {
                continue;
            }
            // Running text may begin with a label's words.
            let writes_below = self.open.as_ref().is_some_and(|o| o.below && !o.cells.is_empty());
            let due = match (writes_below, length < 6) {
                (true, true) => 2,
                (true, false) => 4,
                (false, _) => 6,
            };
            if cells == 1 && !row.heading && !hit.marked && target.distance > due {
                continue;
            }
            return Some((target, rest));
        }
        None
    }

    /// A damaged label and its answer in one line of running text, parted by a blank.
    fn damaged_glued_label(&self, cell: &Cell, words: &str) -> Option<(Target, Cell)> {
        let (first, rest) = words.split_once(' ')?;
        let near = self.labels.near(first);
        let target = self.place.resolve(self.form, &near)?;
        let due = target.step == Step::Onward && target.distance <= 2;
        if !due || first.chars().count() < 6 || rest.trim_matches(['※', ' ']).is_empty() {
            return None;
        }
        let (behind, _) = cell.behind(fold(first).chars().count());
        Some((target, behind))
    }

    /// Whether a row may carry this label: in running text only a label that is due.
    pub(super) fn is_credible(&self, target: &Target, row: &SourceRow, cells: usize) -> bool {
        if row.columns || row.heading || cells > 1 || target.hit.marked {
            return true;
        }
        let writes_below = self.open.as_ref().is_some_and(|o| o.below && !o.cells.is_empty());
        match target.step {
            Step::Onward => target.distance <= if writes_below { 3 } else { 12 },
            _ => false,
        }
    }

    pub(super) fn near_label(&self, words: &str, row: &SourceRow, cells: usize) -> Option<Target> {
        // The words of a flag stand behind its box; they are never a label.
        let mut near = self.labels.near(words);
        near.retain(|h| self.form.node(h.node).kind != Kind::Flag);
        let target = self.place.resolve(self.form, &near)?;
        if target.step != Step::Onward || target.distance > 40 {
            return None;
        }
        let folded = fold(words);
        let mark = split_mark(&folded).0;
        let due = cells > 1 || target.hit.marked || target.distance <= 6;
        // A line of running text is a damaged label only where that label is about to come.
        let sentence = folded.contains('.') && !target.hit.marked;
        let alone = !row.columns && cells == 1 && target.distance <= 4 && !sentence;
        let structured = row.columns && due || alone;
        let is_risk = target.hit.marked && mark.is_some_and(|m| m.starts_with("リスク"));
        let is_heading = row.heading || is_risk || target.hit.marked && target.hit.likeness >= 0.75;
        (structured || is_heading).then_some(target)
    }

    /// Tries to read a later cell of a row as a label.
    pub(super) fn inner_label(&mut self, cell: &Cell, line: usize) -> Option<Cell> {
        let words = cell.words();
        let Some(target) = self.place.resolve(self.form, &self.labels.hits(&words)) else {
            return self.inner_glued_label(cell, line);
        };
        if target.step != Step::Onward {
            return None;
        }
        let node = self.form.node(target.hit.node);
        let fits = match &self.open {
            None => self.is_below(node, self.place.node) || target.distance <= 4,
            Some(open) => {
                let blank = open.cells.iter().all(Cell::is_blank);
                let due =
                    if blank { target.hit.marked && target.distance <= 3 } else { target.distance <= 6 };
                self.is_below(node, open.slot.node) || due
            }
        };
        if !fits {
            return None;
        }
        self.enter(target, line, false);
        Some(Cell::default())
    }

    /// A later cell with a numbered label and its answer, where the group before it is still empty: 「④再委託の有無 [しない]」.
    fn inner_glued_label(&mut self, cell: &Cell, line: usize) -> Option<Cell> {
        if self.open.is_some() {
            return None;
        }
        let folded = fold(&cell.words());
        let hits = self.labels.prefixes(&folded).into_iter().filter(|(hit, _)| hit.marked);
        for (hit, length) in hits {
            let Some(target) = self.place.resolve(self.form, &[hit]) else { continue };
            let due = target.step == Step::Onward && self.is_below(self.form.node(hit.node), self.place.node);
            if due {
                self.enter(target, line, false);
                return Some(cell.behind(length).0);
            }
        }
        None
    }

    /// The place in the form of the label that the next rows bring; none where they bring none.
    pub(super) fn next_label(&self) -> Option<usize> {
        let far = usize::MAX;
        self.ahead.words.iter().find_map(|words| {
            if self.labels.section(words).is_some_and(|s| s.marked) || self.labels.entry(words).is_some() {
                return Some(far);
            }
            let target = self.place.resolve(self.form, &self.labels.hits(words))?;
            Some(if target.step == Step::Onward { target.hit.node.position() } else { far })
        })
    }

    pub(super) fn is_below(&self, node: &Node, above: NodeIx) -> bool {
        node.ix != above && self.form.ancestry(node.ix).iter().any(|n| n.ix == above)
    }
}
