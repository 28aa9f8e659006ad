//! Goes through the rows of a transcription with the printed form in hand.

use std::collections::{BTreeMap, BTreeSet};

use super::changes::ChangeTable;
use super::labels::Labels;
use super::place::{Place, Step};
use super::rows::{SourceRow, is_page_number, is_rule};
use super::scan::Run;
use crate::assessment::{Change, Value};
use crate::form::{Entries, Form, Kind, NodeIx, Slot, fold};
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
    /// How many columns its row has.
    pub(super) columns: usize,
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
    pub(super) entries: BTreeMap<(NodeIx, u16), u16>,
    /// Highest file seen of each section that repeats per file.
    pub(super) files: BTreeMap<NodeIx, u16>,
    /// The last section of the printed table of contents while it is being read.
    contents: Option<Contents>,
    /// A row of labels whose answers stand in the next row, by column.
    header: Vec<(usize, NodeIx)>,
    table: Option<ChangeTable>,
    /// Line and words of the row before.
    before: Option<(usize, String)>,
    /// The rows that follow the one being read.
    pub(super) ahead: Ahead,
    /// How many columns the row has that is being read.
    pub(super) columns: usize,
}

/// The printed table of contents: the section that it named last.
#[derive(Debug, Clone, Copy, Default)]
struct Contents {
    last: Option<NodeIx>,
}

/// The next rows, as far as they decide where a row without label belongs.
#[derive(Debug, Default)]
pub(super) struct Ahead {
    /// The words of their first cells.
    pub(super) words: Vec<String>,
    /// The widths of the rows around, in columns.
    pub(super) widths: Vec<usize>,
}

/// How many rows ahead are looked at.
const AHEAD: usize = 8;

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
            ahead: Ahead::default(),
            columns: 1,
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

    /// Reads the row with this index.
    pub(super) fn row(&mut self, at: usize, rows: &[SourceRow]) {
        let row = &rows[at];
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
        let next = rows[at + 1..].iter().filter(|r| r.echo_of.is_none()).take(AHEAD);
        let first = |r: &SourceRow| r.written().next().map(|(_, c)| c.words());
        let around = &rows[at.saturating_sub(AHEAD)..(at + AHEAD).min(rows.len())];
        self.ahead = Ahead {
            words: next.filter_map(first).collect(),
            widths: around.iter().map(|r| r.cells.len()).collect(),
        };
        self.columns = row.cells.len();
        self.body_row(row);
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
        let empty = self.open.as_ref().filter(|o| o.cells.iter().all(Cell::is_blank));
        let waits = empty.is_some();
        if is_rule(row) {
            return !waits || words.chars().count() > 2;
        }
        // A number alone is an answer on the cover and where entries are counted.
        let counts = empty.is_some_and(|o| {
            let node = self.form.node(o.slot.node);
            node.kind == Kind::Count || self.form.section_of(node.ix).ix.position() == 0
        });
        if !row.columns && is_page_number(&words, counts) {
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
            self.contents = Some(Contents::default());
            self.print(row);
            return true;
        }
        let Some(Contents { last }) = self.contents else { return false };
        let first = row.written().next().map(|(_, c)| c.words()).unwrap_or_default();
        match self.labels.section(&first) {
            Some(hit) if last.is_none_or(|l| hit.node > l) => {
                self.contents = Some(Contents { last: Some(hit.node) });
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
        let mut titles: Vec<(usize, String)> = row.written().map(|(c, cell)| (c, cell.words())).collect();
        if let [(_, glued)] = titles.as_slice() {
            titles = glued.split(' ').map(str::to_owned).enumerate().collect();
        }
        for (column, title) in titles {
            let Some(target) = place.resolve(self.form, &self.labels.hits(&title)) else {
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
        let labelled = row.written().any(|(_, cell)| !self.labels.hits(&cell.words()).is_empty());
        if header.is_empty() || labelled {
            return false;
        }
        let cells: Vec<Cell> = match row.written().collect::<Vec<_>>().as_slice() {
            [(0, glued)] if glued.words().contains(' ') => self.unglue(glued, &header, row.line),
            written if written.iter().all(|(c, _)| header.iter().any(|(h, _)| h == c)) => row.cells.clone(),
            _ => return false,
        };
        for (column, node) in header {
            self.open_item(node, row.line, false);
            if let Some(cell) = cells.get(column) {
                self.feed(cell);
            }
        }
        true
    }

    /// Parts one cell at its blanks into the columns of the row of labels above.
    fn unglue(&mut self, glued: &Cell, header: &[(usize, NodeIx)], line: usize) -> Vec<Cell> {
        let words = glued.words();
        let mut cells = Vec::new();
        for (part, (column, node)) in words.splitn(header.len(), ' ').zip(header) {
            cells.resize_with((*column).max(cells.len()), Cell::default);
            cells.push(Cell::read(&crate::import::html::encode(part), line));
            let message = "見出しと答えの列が一つにつながっているため、空白で分けました。".to_owned();
            self.remark(Doubt::Uncertain, line, *node, message);
        }
        cells
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

    /// Puts a cell into the open item, or reads it as flags and print of a heading.
    pub(super) fn feed(&mut self, cell: &Cell) {
        if self.open.is_none()
            && let Some(same) = self.item_of_same_name()
            && !cell.is_blank()
        {
            self.open_item(same, cell.lines().first().copied().unwrap_or_default(), false);
        }
        match &mut self.open {
            Some(open) => open.cells.push(cell.clone()),
            None => self.loose(cell),
        }
    }

    /// The first item below a heading that has the heading's own words (「従業者に対する教育・啓発」).
    pub(super) fn item_of_same_name(&self) -> Option<NodeIx> {
        let heading = self.form.node(self.place.node);
        let first = self.form.children(heading).find(|n| n.is_item())?;
        (!heading.is_item() && fold(&first.label) == fold(&heading.label)).then_some(first.ix)
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
