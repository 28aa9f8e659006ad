//! Goes through the rows of a transcription with the printed form in hand.

use std::collections::{BTreeMap, BTreeSet};

use super::changes::ChangeTable;
use super::labels::{Labels, SectionHit, split_mark};
use super::place::{Place, Step, Target, part_of, repeat_around};
use super::rows::{SourceRow, is_rule};
use super::scan::Run;
use crate::assessment::{Change, Value};
use crate::form::{Entries, Form, Kind, Node, NodeIx, Slot, fold};
use crate::import::Doubt;
use crate::import::html::{Cell, Row};

/// What a line ended in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Claim {
    /// An item.
    Item(Slot),
    /// A row of 変更箇所 (from 0).
    Change(usize),
}

/// Something that a person must look at.
#[derive(Debug, Clone)]
pub(super) struct Remark {
    pub(super) doubt: Doubt,
    pub(super) line: Option<usize>,
    pub(super) about: Option<Claim>,
    pub(super) message: String,
}

/// Everything read from a document, before it is put together.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) values: BTreeMap<Slot, Value>,
    pub(super) changes: Vec<Change>,
    pub(super) remarks: Vec<Remark>,
    /// Lines (from 1) and what they ended in.
    pub(super) claims: BTreeMap<usize, BTreeSet<Claim>>,
    /// Lines that hold print of the form.
    pub(super) print: BTreeSet<usize>,
    /// Parts of lines that nothing could be made of.
    pub(super) rest: Vec<(usize, String)>,
    /// Lines that repeat another line.
    pub(super) echoes: Vec<(usize, usize)>,
}

/// The item whose answer is being read.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) slot: Slot,
    /// The label is a heading, the answer stands below it.
    pub(super) below: bool,
    pub(super) cells: Vec<Cell>,
    pub(super) line: usize,
}

pub(super) struct Reader {
    pub(super) form: &'static Form,
    pub(super) labels: Labels,
    pub(super) reading: Reading,
    /// Whether any box of the document is ticked. If none is, the ticks were lost on the way.
    pub(super) has_ticks: bool,
    pub(super) place: Place,
    pub(super) open: Option<Open>,
    /// Highest entry seen of each repeat and file.
    entries: BTreeMap<(NodeIx, u16), u16>,
    /// Highest file seen of each section that repeats per file.
    files: BTreeMap<NodeIx, u16>,
    /// The last section of the printed table of contents while it is being read.
    contents: Option<Option<NodeIx>>,
    /// A row of labels whose answers stand in the next row, by column.
    header: Vec<(usize, NodeIx)>,
    table: Option<ChangeTable>,
    before: Option<(usize, String)>,
}

impl Reader {
    pub(super) fn new(form: &'static Form, rows: &[SourceRow]) -> Self {
        let body = rows.iter().take_while(|r| !ChangeTable::is_head(form, r));
        let has_ticks = body.flat_map(|r| &r.cells).any(|c| Run::of([c]).has_tick());
        Self {
            form,
            labels: Labels::new(form),
            reading: Reading::default(),
            has_ticks,
            place: Place::start(form),
            open: None,
            entries: BTreeMap::new(),
            files: BTreeMap::new(),
            contents: None,
            header: Vec::new(),
            table: None,
            before: None,
        }
    }

    /// Closes what is open and hands over what was read.
    pub(super) fn finish(mut self) -> Reading {
        self.close();
        if let Some(table) = self.table.take() {
            table.finish(self.form, &mut self.reading);
        }
        self.reading
    }

    /// Reads one row; `at` is its index among all rows.
    pub(super) fn row(&mut self, at: usize, row: &SourceRow) {
        if let Some(table) = &mut self.table {
            table.row(self.form, row, &mut self.reading);
            return;
        }
        if row.echo_of.is_some() {
            // The row before is the one with the table, or an echo of the same.
            if let Some((line, _)) = self.before {
                self.reading.echoes.push((row.line, line));
            }
            return;
        }
        let words = row.folded();
        let repeats = row.written().count() > 1 && self.before.as_ref().is_some_and(|(_, b)| *b == words);
        if let Some((line, _)) = self.before.as_ref().filter(|_| repeats) {
            self.reading.echoes.push((row.line, *line));
            return;
        }
        self.before = Some((row.line, words));
        self.body_row(row);
        let _ = at;
    }

    fn body_row(&mut self, row: &SourceRow) {
        if ChangeTable::is_head(self.form, row) {
            self.close();
            self.print(row);
            self.table = Some(ChangeTable::default());
            return;
        }
        if self.is_furniture(row) {
            self.print(row);
            return;
        }
        if self.answer_header(row) || self.contents_row(row) || self.header_row(row) || self.heading(row) {
            return;
        }
        self.cells(row);
    }

    /// Lines that say nothing: drawn rules, page numbers, the form's title and mark.
    fn is_furniture(&self, row: &SourceRow) -> bool {
        let words = row.folded();
        if words.is_empty() && row.written().next().is_none() {
            return true;
        }
        let waits = self.open.as_ref().is_some_and(|o| o.cells.iter().all(Cell::is_blank));
        if is_rule(row) {
            return !waits || words.chars().count() > 2;
        }
        let page = words.trim_matches(|c: char| matches!(c, '-' | '(' | ')' | '/') || c.is_ascii_digit());
        let is_page = !row.columns && (page.is_empty() || page == "ページ" || page == "頁");
        if is_page && !waits && words.chars().any(|c| c.is_ascii_digit()) && words.chars().count() <= 8 {
            return true;
        }
        let head = &self.form.head;
        let mark = fold(&head.edition_mark);
        let known = [fold(&head.title), mark.trim_matches(['[', ']']).to_owned(), fold(&head.style)];
        let words = words.trim_matches(['[', ']']);
        known.iter().any(|k| k == words)
            || words == format!("{}{}", known[0], known[1])
            || words == fold(&format!("({})", head.short_title))
            || words == format!("{}[{}]", known[0], known[1])
    }

    /// The printed table of contents: headings of sections in order.
    fn contents_row(&mut self, row: &SourceRow) -> bool {
        let words = row.folded();
        let heading = self.form.head.toc_heading.as_deref().map(fold);
        if heading.is_some_and(|h| h == words) {
            self.close();
            self.contents = Some(None);
            self.print(row);
            return true;
        }
        let Some(last) = self.contents else { return false };
        let first = row.written().next().map(|(_, c)| c.words()).unwrap_or_default();
        match self.labels.section(&first) {
            Some(hit) if last.is_none_or(|l| hit.node > l) => {
                self.contents = Some(Some(hit.node));
                self.print(row);
                true
            }
            _ => {
                self.contents = None;
                false
            }
        }
    }

    /// A row of labels alone, whose answers stand in the row below.
    fn header_row(&mut self, row: &SourceRow) -> bool {
        let mut place = self.place;
        let mut header: Vec<(usize, NodeIx)> = Vec::new();
        for (column, cell) in row.written() {
            let Some(target) = place.resolve(self.form, &self.labels.hits(&cell.words())) else {
                return false;
            };
            let node = self.form.node(target.hit.node);
            let below_last = header.last().is_some_and(|(_, last)| self.is_below(node, *last));
            if !node.is_item() || below_last || target.step != Step::Onward {
                return false;
            }
            place.node = node.ix;
            header.push((column, node.ix));
        }
        if header.len() < 2 {
            return false;
        }
        self.close();
        self.print(row);
        self.header = header;
        true
    }

    fn answer_header(&mut self, row: &SourceRow) -> bool {
        let header = std::mem::take(&mut self.header);
        let fits = row.written().all(|(c, cell)| {
            header.iter().any(|(h, _)| *h == c) && self.labels.hits(&cell.words()).is_empty()
        });
        if header.is_empty() || !fits {
            return false;
        }
        for (column, node) in header {
            self.open_item(node, row.line, false);
            if let Some(cell) = row.cells.get(column) {
                self.feed(cell);
            }
        }
        true
    }

    /// A heading of a section or of an entry, alone on its row.
    fn heading(&mut self, row: &SourceRow) -> bool {
        let mut written = row.written();
        let Some((_, first)) = written.next() else { return false };
        let words = first.words();
        let alone = written.next().is_none();
        if alone
            && let Some(hit) = self.labels.section(&words)
            && self.is_section_here(row, &words, hit)
        {
            self.enter_section(hit, row);
            return true;
        }
        if self.labels.is_entry_range(&words) {
            self.close();
            self.print(row);
            return alone;
        }
        false
    }

    /// A heading without number is one only where nothing nearer has the same words.
    fn is_section_here(&self, row: &SourceRow, words: &str, hit: SectionHit) -> bool {
        if hit.marked {
            return true;
        }
        let near = self.place.resolve(self.form, &self.labels.hits(words));
        if near.is_some_and(|t| t.step != Step::LaterSection) && !row.heading {
            return false;
        }
        let here = self.form.section_of(self.place.node).ix;
        let writes_below = self.open.as_ref().is_some_and(|o| o.below && !row.heading);
        hit.node >= here && !writes_below
    }

    fn enter_section(&mut self, hit: SectionHit, row: &SourceRow) {
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
    fn open_bare_cell(&mut self, heading: &Node, line: usize, below: bool) {
        let first = self.form.children(heading).next();
        if let Some(bare) = first.filter(|n| n.synthetic_label && n.is_item()) {
            let node = heading.ix;
            self.open_item(bare.ix, line, below);
            // The cell is optional: the labels that follow are counted from the heading.
            self.place.node = if bare.kind == Kind::Figure { bare.ix } else { node };
        }
    }

    fn cells(&mut self, row: &SourceRow) {
        let written: Vec<(usize, &Cell)> = row.written().collect();
        let mut inner: Vec<Row> = Vec::new();
        let mut labelled = false;
        for (at, (column, cell)) in written.iter().enumerate() {
            let own = cell.without_tables();
            let answer = if at == 0 {
                self.first_label(&own, row, written.len())
            } else {
                self.inner_label(&own, row.line)
            };
            if let Some(rest) = answer {
                labelled = true;
                self.reading.print.extend(cell.lines());
                if !rest.is_blank() {
                    self.feed(&rest);
                }
                inner.extend(cell.tables().flatten().cloned());
                continue;
            }
            if self.holds_labels(cell) {
                if !own.is_blank() {
                    self.feed(&own);
                }
                inner.extend(cell.tables().flatten().cloned());
                labelled = true;
                continue;
            }
            if !labelled {
                self.unlabelled(row, *column, &written[at..]);
                break;
            }
            self.feed(cell);
        }
        for inner in inner {
            let cells = if inner.cells.is_empty() { vec![Cell::default()] } else { inner.cells };
            let row = SourceRow { line: inner.line, cells, columns: true, heading: false, echo_of: None };
            self.body_row(&row);
        }
    }

    /// Whether a table in the cell has rows of the form in it.
    fn holds_labels(&self, cell: &Cell) -> bool {
        cell.tables().flatten().any(|row| {
            let first = row.cells.iter().find(|c| !c.is_blank());
            let hits = first.map(|c| self.labels.hits(&c.words())).unwrap_or_default();
            self.place.resolve(self.form, &hits).is_some_and(|t| t.step != Step::LaterSection)
        })
    }

    /// Tries to read the first cell of a row as a label; gives what stands in the cell behind it.
    fn first_label(&mut self, cell: &Cell, row: &SourceRow, cells: usize) -> Option<Cell> {
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
        if let Some(target) = self.near_label(&words, row, cells) {
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

    fn entry_heading(&mut self, cell: &Cell, words: &str, line: usize) -> Option<Cell> {
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

    fn enter_entry(&mut self, repeat: NodeIx, number: u16, line: usize) {
        let highest = self.entries.entry((repeat, self.place.file)).or_default();
        *highest = (*highest).max(number);
        self.place.entry = Some((repeat, number));
        self.place.node = repeat;
        self.open_bare_cell(self.form.node(repeat), line, false);
    }

    /// A label and its answer in one cell.
    fn glued_label(&self, cell: &Cell, row: &SourceRow, cells: usize) -> Option<(Target, Cell)> {
        let folded = fold(&cell.words());
        for (hit, length) in self.labels.prefixes(&folded) {
            let Some(target) = self.place.resolve(self.form, &[hit]) else { continue };
            let (rest, parted) = cell.behind(length);
            let is_near = target.step == Step::Onward && target.distance <= 12;
            let far = !is_near && !(hit.marked && target.step != Step::LaterSection);
            let short = length < 4 && !hit.marked;
            if far || rest.is_blank() || short || !(parted || hit.marked && is_near && length >= 4) {
                continue;
            }
            // Running text may begin with a label's words.
            let writes_below = self.open.as_ref().is_some_and(|o| o.below && !o.cells.is_empty());
            if cells == 1 && !row.heading && !hit.marked && (writes_below || target.distance > 6) {
                continue;
            }
            return Some((target, rest));
        }
        None
    }

    /// Whether a row may carry this label: in running text only a label that is due.
    fn is_credible(&self, target: &Target, row: &SourceRow, cells: usize) -> bool {
        if row.columns || row.heading || cells > 1 || target.hit.marked {
            return true;
        }
        let writes_below = self.open.as_ref().is_some_and(|o| o.below && !o.cells.is_empty());
        match target.step {
            Step::Onward => target.distance <= if writes_below { 3 } else { 12 },
            _ => false,
        }
    }

    fn near_label(&self, words: &str, row: &SourceRow, cells: usize) -> Option<Target> {
        let near = self.labels.near(words);
        let target = self.place.resolve(self.form, &near)?;
        if target.step != Step::Onward || target.distance > 40 {
            return None;
        }
        let folded = fold(words);
        let mark = split_mark(&folded).0;
        let due = cells > 1 || target.hit.marked || target.distance <= 6;
        let structured = row.columns && due;
        let is_risk = target.hit.marked && mark.is_some_and(|m| m.starts_with("リスク"));
        let is_heading = row.heading || is_risk || target.hit.marked && target.hit.likeness >= 0.75;
        (structured || is_heading).then_some(target)
    }

    /// Tries to read a later cell of a row as a label.
    fn inner_label(&mut self, cell: &Cell, line: usize) -> Option<Cell> {
        let words = cell.words();
        let target = self.place.resolve(self.form, &self.labels.hits(&words))?;
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

    pub(super) fn is_below(&self, node: &Node, above: NodeIx) -> bool {
        node.ix != above && self.form.ancestry(node.ix).iter().any(|n| n.ix == above)
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
        match target.step {
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

    fn is_above_place(&self, node: &Node) -> bool {
        self.form.ancestry(self.place.node).iter().any(|n| n.ix == node.ix)
    }

    fn lost_entry_heading(&mut self, repeat: Option<NodeIx>, line: usize) {
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

    fn next_file(&mut self, node: &Node, line: usize) {
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
        self.open = Some(Open { slot, below: below && is_heading, cells: Vec::new(), line });
    }

    /// Puts a cell into the open item, or reads it as flags and print of a heading.
    pub(super) fn feed(&mut self, cell: &Cell) {
        match &mut self.open {
            Some(open) => open.cells.push(cell.clone()),
            None => self.loose(cell),
        }
    }

    pub(super) fn print(&mut self, row: &SourceRow) {
        let lines = row.cells.iter().flat_map(Cell::lines);
        self.reading.print.extend(lines.chain([row.line]));
    }

    pub(super) fn remark(&mut self, doubt: Doubt, line: usize, node: NodeIx, message: String) {
        let slot = self.place.slot(self.form, node);
        self.remark_on(doubt, line, slot, message);
    }

    pub(super) fn remark_on(&mut self, doubt: Doubt, line: usize, slot: Slot, message: String) {
        let about = Some(Claim::Item(slot));
        self.reading.remarks.push(Remark { doubt, line: Some(line), about, message });
    }

    /// The slot of a node in the same entries as another slot.
    pub(super) fn beside(&self, slot: Slot, node: NodeIx) -> Slot {
        let entries: Entries = slot.entries.truncate(self.form.repeat_depth(node));
        Slot { node, entries }
    }
}
