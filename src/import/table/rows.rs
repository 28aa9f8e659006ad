//! The lines of a transcription as rows of cells.
//!
//! Cells are separated by tabs (or by the pipes of a Markdown table, or by the tags of an HTML table that spans lines).
//! A table inside a cell comes with an echo: the converters that made such files list its cells once more behind the
//! cell, and its rows once more below the row. The echo is recognised by its words, so that nothing is read twice.

use crate::form::fold;
use crate::import::html::{Cell, Piece, Row};

/// One row of the document.
#[derive(Debug, Clone)]
pub(super) struct SourceRow {
    /// Source line (from 1) on which it begins.
    pub(super) line: usize,
    /// Its cells, at least one.
    pub(super) cells: Vec<Cell>,
    /// The row is set in columns; otherwise it is a line of running text.
    pub(super) columns: bool,
    /// The line is a heading of Markdown (`# …`).
    pub(super) heading: bool,
    /// It repeats a table inside the row with this index.
    pub(super) echo_of: Option<usize>,
}

impl SourceRow {
    /// The cells that hold something, with their column (from 0).
    pub(super) fn written(&self) -> impl Iterator<Item = (usize, &Cell)> {
        self.cells.iter().enumerate().filter(|(_, c)| !c.is_blank())
    }

    /// The words of all cells, inner tables aside, folded.
    pub(super) fn folded(&self) -> String {
        self.cells.iter().map(|c| fold(&c.words())).collect()
    }
}

/// A table that the source leaves open further than this is broken rather than long.
const LONGEST_TABLE: usize = 2000;

/// The rows of a document.
pub(super) fn rows(source: &str) -> Vec<SourceRow> {
    let lines: Vec<&str> = source.lines().collect();
    let mut rows = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let count = joined_lines(&lines[at..]);
        if count == 1 {
            rows.extend(row(lines[at], at + 1));
        } else {
            let joined = lines[at..at + count].join("\n");
            rows.extend(row(&joined, at + 1));
        }
        at += count;
    }
    mark_echoes(&mut rows);
    rows
}

/// How many lines a row takes: a table that is left open at the end of its line goes on below.
fn joined_lines(lines: &[&str]) -> usize {
    let mut depth = 0usize;
    for (at, line) in lines.iter().take(LONGEST_TABLE).enumerate() {
        for part in line.split('<').skip(1) {
            let lower = part.get(..6).unwrap_or(part).to_ascii_lowercase();
            if lower.starts_with("table") {
                depth += 1;
            } else if lower.starts_with("/table") {
                depth = depth.saturating_sub(1);
            }
        }
        if depth == 0 {
            return at + 1;
        }
    }
    1
}

fn row(text: &str, line: usize) -> Vec<SourceRow> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Vec::new();
    }
    if !text.contains('\t') && trimmed.to_ascii_lowercase().starts_with("<table") {
        let cell = Cell::read(text, line);
        if cell.words().is_empty() {
            return table_rows(&cell);
        }
    }
    let hashes = trimmed.chars().take_while(|c| *c == '#').count();
    let heading = (1..=6).contains(&hashes) && trimmed[hashes..].starts_with(char::is_whitespace);
    let text = if heading { trimmed[hashes..].trim_start() } else { text };
    let is_pipes = trimmed.len() > 2 && trimmed.starts_with('|') && trimmed.ends_with('|');
    let cells: Vec<Cell> = if text.contains('\t') {
        text.split('\t').map(|c| Cell::read(unwrap_bold(c), line)).collect()
    } else if is_pipes {
        pipe_cells(trimmed).iter().map(|c| Cell::read(unwrap_bold(c), line)).collect()
    } else {
        vec![Cell::read(unwrap_bold(text), line)]
    };
    let columns = cells.len() > 1;
    let mut row = SourceRow { line, cells, columns, heading, echo_of: None };
    drop_echoed_cells(&mut row.cells);
    vec![row]
}

fn table_rows(cell: &Cell) -> Vec<SourceRow> {
    let to_row = |row: &Row| SourceRow {
        line: row.line,
        cells: if row.cells.is_empty() { vec![Cell::default()] } else { row.cells.clone() },
        columns: true,
        heading: false,
        echo_of: None,
    };
    cell.tables().flatten().map(to_row).collect()
}

/// The text between the `**` of a cell that is bold as a whole.
fn unwrap_bold(text: &str) -> &str {
    let trimmed = text.trim();
    match trimmed.strip_prefix("**").and_then(|t| t.strip_suffix("**")) {
        Some(inner) if !inner.contains("**") => inner,
        _ => text,
    }
}

/// The cells of `| a | b |`; `\|` is a pipe inside a cell.
fn pipe_cells(line: &str) -> Vec<String> {
    let inner = line.strip_prefix('|').unwrap_or(line);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let mut cells = vec![String::new()];
    let mut chars = inner.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, cells.last_mut()) {
            ('\\', Some(cell)) if chars.peek() == Some(&'|') => {
                cell.push('|');
                chars.next();
            }
            ('|', _) => cells.push(String::new()),
            (c, Some(cell)) => cell.push(c),
            (_, None) => {}
        }
    }
    cells
}

/// The folded words of a cell and of the tables in it.
fn all_words(cell: &Cell) -> String {
    let mut out = fold(&cell.words());
    for row in cell.tables().flatten() {
        out.extend(row.cells.iter().map(all_words));
    }
    out
}

/// The rows of the tables in a cell, inner ones after the row that holds them.
fn inner_rows(cell: &Cell) -> Vec<&Row> {
    let mut rows = Vec::new();
    for row in cell.tables().flatten() {
        rows.push(row);
        rows.extend(row.cells.iter().flat_map(inner_rows));
    }
    rows
}

fn drop_echoed_cells(cells: &mut Vec<Cell>) {
    let mut at = 0;
    while at < cells.len() {
        let inner: Vec<String> = inner_rows(&cells[at])
            .iter()
            .flat_map(|r| r.cells.iter().map(all_words))
            .filter(|w| !w.is_empty())
            .collect();
        for words in inner {
            if let Some(echo) = (at + 1..cells.len()).find(|i| all_words(&cells[*i]) == words) {
                cells.remove(echo);
            }
        }
        at += 1;
    }
}

fn signature(cells: &[Cell]) -> Vec<String> {
    cells.iter().map(all_words).filter(|w| !w.is_empty()).collect()
}

fn mark_echoes(rows: &mut [SourceRow]) {
    for at in 0..rows.len() {
        if rows[at].echo_of.is_some() {
            continue;
        }
        let inner: Vec<Vec<String>> = rows[at]
            .cells
            .iter()
            .flat_map(inner_rows)
            .map(|r| signature(&r.cells))
            .filter(|s| !s.is_empty())
            .collect();
        for (row, wanted) in rows[at + 1..].iter_mut().zip(inner) {
            if signature(&row.cells) != wanted {
                break;
            }
            row.echo_of = Some(at);
        }
    }
}

/// Whether a row is a line drawn for the eye: `---`, `***`, `| --- | --- |`.
pub(super) fn is_rule(row: &SourceRow) -> bool {
    let mut any = false;
    for cell in &row.cells {
        let words = cell.words();
        let words = words.trim();
        if !words.chars().all(|c| matches!(c, '-' | '*' | '_' | '=' | ':' | ' ')) {
            return false;
        }
        any |= words.chars().filter(|c| matches!(c, '-' | '*' | '_' | '=')).count() >= 2;
    }
    any && row
        .cells
        .iter()
        .all(|c| c.pieces.iter().all(|p| !matches!(p, Piece::Table(_) | Piece::Box { .. })))
}

/// Whether folded words are the number of a page. A bare number could also be the answer that is waited for.
pub(super) fn is_page_number(words: &str, waits: bool) -> bool {
    let digits = words.chars().filter(char::is_ascii_digit).count();
    let bare = words.trim_end_matches("ページ").trim_end_matches('頁').trim_start_matches(['p', 'P']);
    let rest = bare.trim_matches(|c: char| matches!(c, '-' | '/' | '.') || c.is_ascii_digit());
    let known = (1..=6).contains(&digits) && rest.is_empty() && words.chars().count() <= 12;
    let alone = words.chars().all(|c| c.is_ascii_digit());
    known
        && crate::wareki::parse(words).is_err()
        && !(alone && waits)
        && (alone || words.starts_with(['-', 'p', 'P']) || words.contains('/') || bare != words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> Vec<Vec<String>> {
        let cells = |r: &SourceRow| r.cells.iter().map(Cell::words).collect();
        rows(source).iter().map(cells).collect()
    }

    #[test]
    fn tabs_pipes_and_tables_make_cells() {
        assert_eq!(read("甲\t乙\t"), [["甲", "乙", ""]]);
        assert_eq!(read("| **甲** | 乙\\|丙 |"), [["甲", "乙|丙"]]);
        assert_eq!(read("<table>\n<tr><td>甲</td>\n<td>乙</td></tr>\n</table>"), [["甲", "乙"]]);
        assert_eq!(read("## 見出し"), [["見出し"]]);
    }

    #[test]
    fn the_echo_of_an_inner_table_is_dropped() {
        let source = "雪\t<table><tr><td>甲</td><td>乙</td></tr></table>\t甲\t乙\t丙\n甲\t乙\t\n丁\t";
        let rows = rows(source);
        assert_eq!(rows[0].cells.iter().map(Cell::words).collect::<Vec<_>>(), ["雪", "", "丙"]);
        assert_eq!(rows.iter().map(|r| r.echo_of).collect::<Vec<_>>(), [None, Some(0), None]);
    }

    #[test]
    fn rules_are_seen() {
        assert!(is_rule(&rows("---")[0]));
        assert!(is_rule(&rows("| --- | :-- |")[0]));
        assert!(!is_rule(&rows("-")[0]));
        assert!(!is_rule(&rows("甲\t---")[0]));
    }
}
