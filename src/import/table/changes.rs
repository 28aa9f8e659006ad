//! 変更箇所: rows of six columns, also where the transcription lost, fused or shifted some.

use super::markdown::{markdown, one_line};
use super::reader::{Claim, Reading, Remark};
use super::rows::{SourceRow, is_page_number, is_rule};
use crate::assessment::{Change, ItemRef};
use crate::form::{Choice, Form, Kind, Node, fold};
use crate::import::Doubt;
use crate::import::html::Cell;
use crate::wareki::{self, CivilDate};

/// The columns of the table as the form has them.
const COLUMNS: usize = 6;
/// The column of 提出時期, from 0.
const TIMING: usize = 4;

/// The change table while it is being read.
#[derive(Debug, Default)]
pub(super) struct ChangeTable {
    pending: Option<Pending>,
    last_date: Option<(CivilDate, String)>,
}

/// A row as far as it has been met; its cells may go on in the next lines.
#[derive(Debug)]
struct Pending {
    line: usize,
    cells: Vec<Vec<Cell>>,
}

impl ChangeTable {
    /// Whether a row is the head of the table: most of its column titles.
    pub(super) fn is_head(form: &Form, row: &SourceRow) -> bool {
        let titles: Vec<String> = columns(form).map(|n| fold(&n.label)).collect();
        let is_title = |cell: &Cell| titles.contains(&fold(&cell.words()));
        let written: Vec<_> = row.written().collect();
        let found = written.iter().filter(|(_, c)| is_title(c)).count();
        found >= 4 && written.len() <= COLUMNS + 1
    }

    /// Reads one row.
    pub(super) fn row(&mut self, form: &Form, row: &SourceRow, reading: &mut Reading) {
        let is_caption = || {
            let section = form.change_section();
            let first = row.written().next().map(|(_, c)| fold(&c.words())).unwrap_or_default();
            section.is_some_and(|s| {
                let mark = fold(s.mark.as_deref().unwrap_or_default());
                first == fold(&s.label) || first == format!("{mark}{}", fold(&s.label))
            })
        };
        if Self::is_head(form, row)
            || !row.columns && is_page_number(&row.folded(), false)
            || is_rule(row)
            || row.written().next().is_none()
            || is_caption()
        {
            reading.print.extend(row.cells.iter().flat_map(Cell::lines).chain([row.line]));
            return;
        }
        // The second half of a row that a line break parted fills it up to its six columns.
        let fills_up = self.pending.as_ref().is_some_and(|p| {
            row.columns && p.cells.len() < COLUMNS && p.cells.len() + row.cells.len() == COLUMNS + 1
        });
        let dated = looks_like_date(&row.cells[0].words()) || date_at_start(&row.cells[0].words()).is_some();
        if begins(form, row) && (dated || !fills_up) {
            self.flush(form, reading);
            let cells = row.cells.iter().map(|c| vec![c.clone()]).collect();
            self.pending = Some(Pending { line: row.line, cells });
            return;
        }
        let Some(pending) = &mut self.pending else {
            let line = row.line;
            reading
                .rest
                .push((line, one_line(&row.cells.iter().map(Cell::words).collect::<Vec<_>>().join(" "))));
            return;
        };
        if !go_on(pending, row) {
            let message = "表の行の後にある行を、最後に書かれた欄の続きと読みました。".to_owned();
            let about = Some(Claim::Change(reading.changes.len()));
            reading.remarks.push(Remark { doubt: Doubt::Uncertain, line: Some(row.line), about, message });
            if let Some(last) = pending.cells.iter_mut().rev().find(|c| c.iter().any(|c| !c.is_blank())) {
                last.extend(row.cells.iter().filter(|c| !c.is_blank()).cloned());
            }
        }
    }

    /// Ends the table.
    pub(super) fn finish(mut self, form: &Form, reading: &mut Reading) {
        self.flush(form, reading);
    }

    fn flush(&mut self, form: &Form, reading: &mut Reading) {
        let Some(pending) = self.pending.take() else { return };
        let index = reading.changes.len();
        let lines: Vec<usize> = pending.cells.iter().flatten().flat_map(Cell::lines).collect();
        for line in lines.into_iter().chain([pending.line]) {
            reading.claims.entry(line).or_default().insert(Claim::Change(index));
        }
        let mut doubts = Vec::new();
        let change = self.change(form, pending.cells, &mut doubts);
        for (doubt, message) in doubts {
            let about = Some(Claim::Change(index));
            reading.remarks.push(Remark { doubt, line: Some(pending.line), about, message });
        }
        reading.changes.push(change);
    }

    fn change(&mut self, form: &Form, cells: Vec<Vec<Cell>>, doubts: &mut Vec<(Doubt, String)>) -> Change {
        let parts = align(form, cells, doubts);
        let (date_text, item) = parts.head;
        let date = wareki::parse(&date_text).ok().map(|p| p.date);
        let (date, date_text) = match (date, &self.last_date) {
            (None, Some((date, text))) if date_text.is_empty() => {
                doubts.push((Doubt::Derived, format!("変更日がないため、前の行の{text}としました。")));
                (Some(*date), text.clone())
            }
            (None, _) => {
                doubts.push((Doubt::Uncertain, format!("変更日「{date_text}」は日付として読めません。")));
                (None, date_text)
            }
            (Some(date), _) => (Some(date), date_text),
        };
        if let Some(date) = date {
            self.last_date = Some((date, date_text.clone()));
        }
        if item.is_empty() {
            doubts.push((Doubt::Empty, "項目が読み取れません。".to_owned()));
        }
        Change {
            date,
            date_text,
            item: ItemRef { text: item, slot: None },
            before: markdown(&parts.before),
            after: markdown(&parts.after),
            timing: parts.timing,
            explanation: markdown(&parts.explanation),
            judgement: crate::assessment::Judgement::default(),
        }
    }
}

fn columns(form: &Form) -> impl Iterator<Item = &Node> {
    let table = form.change_section().into_iter().flat_map(|s| form.children(s));
    table.filter(|n| n.repeat.is_some()).flat_map(|n| form.children(n))
}

fn timings(form: &Form) -> &[Choice] {
    let column = columns(form).find(|n| n.kind == Kind::Choice);
    column.map(|n| form.options(n)).unwrap_or_default()
}

/// The date at the start of a text: its length in bytes.
fn date_at_start(text: &str) -> Option<usize> {
    let found = wareki::find_all(text);
    let first = found.first().filter(|(range, _)| text[..range.start].trim().is_empty())?;
    Some(first.0.end)
}

/// Whether a text looks like a date, readable or not.
fn looks_like_date(text: &str) -> bool {
    let folded = fold(text);
    let digits = folded.chars().filter(char::is_ascii_digit).count();
    let marked = ["年", "/", "."].iter().any(|m| folded.matches(m).count() > 0);
    digits >= 2 && marked && folded.chars().count() <= 14
}

/// Whether a row begins a new row of the table rather than going on with the one before.
fn begins(form: &Form, row: &SourceRow) -> bool {
    if row.cells.len() < 2 {
        return date_at_start(&row.cells[0].words()).is_some() && row.cells[0].words().chars().count() > 6;
    }
    let first = row.cells[0].words();
    if date_at_start(&first).is_some() || looks_like_date(&first) {
        return true;
    }
    let cells: Vec<Vec<Cell>> = row.cells.iter().map(|c| vec![c.clone()]).collect();
    row.written().count() >= 3 && row.cells.len() >= 4 && timing_at(form, &cells).is_some()
}

/// Adds a row that goes on with the one before; false where it is not clear with which column.
fn go_on(pending: &mut Pending, row: &SourceRow) -> bool {
    let complete = pending.cells.len() >= COLUMNS;
    if !complete {
        let mut cells = row.cells.iter();
        if let (Some(last), Some(first)) = (pending.cells.last_mut(), cells.next()) {
            last.push(first.clone());
        }
        pending.cells.extend(cells.map(|c| vec![c.clone()]));
        return true;
    }
    if !row.columns || row.cells.len() > pending.cells.len() {
        return false;
    }
    for (column, cell) in row.cells.iter().enumerate() {
        if !cell.is_blank() {
            pending.cells[column].push(cell.clone());
        }
    }
    true
}

fn words(cells: &[Cell]) -> String {
    one_line(&cells.iter().map(Cell::words).collect::<Vec<_>>().join(" "))
}

/// The column that holds 提出時期: its place, the option, and how many folded characters of the cell the option takes.
fn timing_at(form: &Form, cells: &[Vec<Cell>]) -> Option<(usize, String, usize)> {
    let mut best = None;
    let mut best_rank = (true, usize::MAX);
    for (at, cell) in cells.iter().enumerate().skip(1) {
        let words = words(cell);
        for option in timings(form) {
            let Some(rest) = words.strip_prefix(option.label.as_str()) else { continue };
            let exact = rest.trim_matches(['。', '.', ' ']).is_empty();
            if !exact && !rest.starts_with([' ', '、', '。', '(', '（', '・']) {
                continue;
            }
            let rank = (!exact, at.abs_diff(TIMING));
            if rank < best_rank {
                best_rank = rank;
                let length = if exact { usize::MAX } else { fold(&option.label).chars().count() };
                best = Some((at, option.label.clone(), length));
            }
        }
    }
    best
}

struct Parts {
    head: (String, String),
    before: Vec<Cell>,
    after: Vec<Cell>,
    timing: String,
    explanation: Vec<Cell>,
}

/// Puts the cells of a row into the six columns. 提出時期 is the fixed point, because it has only two values.
fn align(form: &Form, mut cells: Vec<Vec<Cell>>, doubts: &mut Vec<(Doubt, String)>) -> Parts {
    let Some((at, timing, length)) = timing_at(form, &cells) else {
        doubts.push((Doubt::Uncertain, "提出時期が読み取れません。欄の順に読みました。".to_owned()));
        cells.resize_with(cells.len().max(COLUMNS), Vec::new);
        let explanation = cells.split_off(TIMING + 1).concat();
        let timing = words(&cells[TIMING]);
        let (after, before) = (cells.remove(3), cells.remove(2));
        return Parts { head: head(&cells[..2], doubts), before, after, timing, explanation };
    };
    let mut explanation: Vec<Cell> = Vec::new();
    if length != usize::MAX {
        explanation.extend(behind(&cells[at], length));
        doubts.push((Doubt::Uncertain, "提出時期の欄に説明も書かれていたため、分けました。".to_owned()));
    }
    explanation.extend(cells[at + 1..].iter().flatten().cloned());
    let left: Vec<Vec<Cell>> = cells.drain(..at).collect();
    let (head_cells, texts) = left.split_at(at.saturating_sub(2));
    let blank = Vec::new;
    let (mut before, after) = match texts {
        [before, after] => (before.clone(), after.clone()),
        [after] => (blank(), after.clone()),
        _ => (blank(), blank()),
    };
    let mut head = head(head_cells, doubts);
    if head.1.is_empty() && head_cells.len() < 2 && !before.is_empty() {
        // One column is missing altogether: the item must be there, so a text is.
        doubts.push((
            Doubt::Uncertain,
            "欄が一つ足りません。変更前の記載がないものとして読みました。".to_owned(),
        ));
        let first = std::mem::take(&mut before);
        let in_head = head.0.is_empty();
        let moved = words(&first);
        match date_at_start(&moved).filter(|_| in_head) {
            Some(end) => head = (moved[..end].trim().to_owned(), moved[end..].trim().to_owned()),
            None => head.1 = moved,
        }
    }
    Parts { head, before, after, timing, explanation }
}

/// Date and item from the columns before the texts, also where both stand in one.
fn head(cells: &[Vec<Cell>], doubts: &mut Vec<(Doubt, String)>) -> (String, String) {
    let texts: Vec<String> = cells.iter().map(|c| words(c)).collect();
    if let [date, item] = texts.as_slice()
        && (!item.is_empty() && date_at_start(date).is_none_or(|end| date[end..].trim().is_empty()))
    {
        return (date.clone(), item.clone());
    }
    let joined = one_line(&texts.join(" "));
    if let Some(end) = date_at_start(&joined) {
        return (joined[..end].trim().to_owned(), joined[end..].trim().to_owned());
    }
    if texts.len() > 2 {
        doubts.push((Doubt::Uncertain, "変更日と項目の欄が崩れています。".to_owned()));
    }
    (String::new(), joined)
}

/// The cells behind some folded characters.
fn behind(cells: &[Cell], length: usize) -> Vec<Cell> {
    let Some((first, rest)) = cells.split_first() else { return Vec::new() };
    std::iter::once(first.behind(length).0).chain(rest.iter().cloned()).collect()
}
