//! The HTML fragments that transcriptions leave in the cells of a table: tags out, words and boxes in.
//!
//! Only tags of HTML are tags. `<入手した情報が不正確であるリスク>` and `<選択肢>` are words of the document and stay.

mod entity;
mod tag;

use crate::form::fold;
use entity::decode_entities;
pub(super) use entity::encode;
use tag::{Tag, tag_at};

/// A piece of a cell in the order of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Words of one source line, entities decoded.
    Text {
        /// Source line (from 1).
        line: usize,
        /// The words, blanks as in the source.
        text: String,
    },
    /// A new line.
    Break,
    /// A new paragraph.
    Paragraph,
    /// A check box drawn by `<input type="checkbox">`.
    Box {
        /// Source line (from 1).
        line: usize,
        /// Whether it is ticked.
        ticked: bool,
    },
    /// A table inside the cell.
    Table(Vec<Row>),
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Row {
    /// Source line (from 1) on which it begins.
    pub(super) line: usize,
    /// Its cells.
    pub(super) cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Cell {
    /// What stands in it.
    pub(super) pieces: Vec<Piece>,
}

impl Cell {
    /// Reads the text of one cell that begins on the given source line.
    pub(super) fn read(source: &str, line: usize) -> Self {
        let mut reader = Fragment { rest: source, line, open: vec![Level::Cell(Cell::default())] };
        reader.run();
        Cell { pieces: reader.finish() }
    }

    /// The words outside inner tables on one line, blanks collapsed, boxes as `☑` and `☐`.
    pub(super) fn words(&self) -> String {
        let mut out = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text { text, .. } => out.push_str(text),
                Piece::Break | Piece::Paragraph => out.push(' '),
                Piece::Box { ticked, .. } => out.push(if *ticked { '☑' } else { '☐' }),
                Piece::Table(_) => {}
            }
        }
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Whether nothing is written outside and inside inner tables.
    pub(super) fn is_blank(&self) -> bool {
        self.pieces.iter().all(|piece| match piece {
            Piece::Text { text, .. } => text.trim().is_empty(),
            Piece::Break | Piece::Paragraph => true,
            Piece::Box { .. } => false,
            Piece::Table(rows) => rows.iter().all(|r| r.cells.iter().all(Cell::is_blank)),
        })
    }

    /// The tables inside the cell.
    pub(super) fn tables(&self) -> impl Iterator<Item = &Vec<Row>> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Table(rows) => Some(rows),
            _ => None,
        })
    }

    /// The cell behind its first folded characters, and whether a gap or a bracket parts the two.
    pub(super) fn behind(&self, mut folded: usize) -> (Cell, bool) {
        let mut rest = Vec::new();
        let mut parted = true;
        let mut pieces = self.pieces.iter();
        for piece in pieces.by_ref() {
            let Piece::Text { line, text } = piece else {
                if matches!(piece, Piece::Box { .. }) {
                    folded = folded.saturating_sub(1);
                }
                continue;
            };
            let mut end = text.len();
            for (at, c) in text.char_indices() {
                let width = fold(c.encode_utf8(&mut [0; 4])).chars().count();
                if folded == 0 && width > 0 {
                    end = at;
                    break;
                }
                folded = folded.saturating_sub(width);
            }
            if folded > 0 || text[end..].is_empty() {
                if folded == 0 {
                    break;
                }
                continue;
            }
            let open = text[end..].starts_with(['[', '［', '(', '（', ':', '：', '【']);
            parted = open
                || text[..end].ends_with(|c: char| c.is_whitespace() || c == '※' || c == ':' || c == '：');
            let behind = text[end..].trim_start_matches([':', '：']);
            rest.push(Piece::Text { line: *line, text: behind.to_owned() });
            break;
        }
        rest.extend(pieces.cloned());
        (Cell { pieces: rest }, parted)
    }

    /// The source lines (from 1) on which something is written.
    pub(super) fn lines(&self) -> Vec<usize> {
        let mut lines = Vec::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text { line, text } if !text.trim().is_empty() => lines.push(*line),
                Piece::Box { line, .. } => lines.push(*line),
                Piece::Table(rows) => {
                    lines.extend(rows.iter().flat_map(|r| &r.cells).flat_map(Cell::lines));
                }
                Piece::Text { .. } | Piece::Break | Piece::Paragraph => {}
            }
        }
        lines.dedup();
        lines
    }

    /// The cell without its inner tables.
    pub(super) fn without_tables(&self) -> Cell {
        let pieces = self.pieces.iter().filter(|p| !matches!(p, Piece::Table(_)));
        Cell { pieces: pieces.cloned().collect() }
    }
}

/// What is open while reading.
enum Level {
    Cell(Cell),
    Row(Row),
    Table(Vec<Row>),
}

struct Fragment<'s> {
    rest: &'s str,
    line: usize,
    open: Vec<Level>,
}

impl Fragment<'_> {
    fn run(&mut self) {
        while !self.rest.is_empty() {
            if let Some((tag, length)) = tag_at(self.rest) {
                self.rest = &self.rest[length..];
                self.apply(&tag);
                continue;
            }
            // The first character is text even if it is `<`.
            let first = self.rest.chars().next().map_or(0, char::len_utf8);
            let end = self.rest[first..].find('<').map_or(self.rest.len(), |at| at + first);
            let (text, rest) = self.rest.split_at(end);
            self.rest = rest;
            self.text(text);
        }
    }

    fn text(&mut self, text: &str) {
        for (at, part) in text.split('\n').enumerate() {
            if at > 0 {
                self.line += 1;
                self.push(Piece::Break);
            }
            let line = self.line;
            if !part.is_empty() {
                self.push(Piece::Text { line, text: decode_entities(part) });
            }
        }
    }

    fn apply(&mut self, tag: &Tag) {
        match (tag.name.as_str(), tag.closing) {
            ("p" | "div" | "blockquote" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6", _) => {
                self.push(Piece::Paragraph);
            }
            ("br" | "li" | "ul" | "ol" | "dl" | "dt" | "dd" | "hr" | "caption", _) => self.push(Piece::Break),
            ("input", false) if tag.is_box => {
                let line = self.line;
                self.push(Piece::Box { line, ticked: tag.ticked });
            }
            ("table", false) => self.open.push(Level::Table(Vec::new())),
            ("table", true) => self.close_table(),
            ("tr", false) => {
                self.close_row();
                if matches!(self.open.last(), Some(Level::Table(_))) {
                    self.open.push(Level::Row(Row { line: self.line, cells: Vec::new() }));
                }
            }
            ("tr", true) => self.close_row(),
            ("td" | "th", false) => self.open_cell(),
            ("td" | "th", true) => self.close_cell(),
            _ => {}
        }
    }

    fn push(&mut self, piece: Piece) {
        if let Some(Level::Cell(cell)) = self.open.last_mut() {
            cell.pieces.push(piece);
            return;
        }
        // Words between the tags of a table are in no cell; they get one of their own rather than being lost.
        let blank = match &piece {
            Piece::Text { text, .. } => text.trim().is_empty(),
            Piece::Break | Piece::Paragraph => true,
            Piece::Box { .. } | Piece::Table(_) => false,
        };
        if !blank {
            self.open_cell();
            self.push(piece);
        }
    }

    fn open_cell(&mut self) {
        if self.open.len() > 1 && matches!(self.open.last(), Some(Level::Cell(_))) {
            self.close_cell();
        }
        if matches!(self.open.last(), Some(Level::Table(_))) {
            self.open.push(Level::Row(Row { line: self.line, cells: Vec::new() }));
        }
        if matches!(self.open.last(), Some(Level::Row(_))) {
            self.open.push(Level::Cell(Cell::default()));
        }
    }

    fn close_cell(&mut self) {
        if self.open.len() < 2 {
            return;
        }
        match self.open.pop() {
            Some(Level::Cell(cell)) => {
                if let Some(Level::Row(row)) = self.open.last_mut() {
                    row.cells.push(cell);
                }
            }
            Some(other) => self.open.push(other),
            None => {}
        }
    }

    fn close_row(&mut self) {
        if matches!(self.open.last(), Some(Level::Cell(_))) {
            self.close_cell();
        }
        match self.open.pop() {
            Some(Level::Row(row)) => {
                if let Some(Level::Table(rows)) = self.open.last_mut() {
                    rows.push(row);
                }
            }
            Some(other) => self.open.push(other),
            None => {}
        }
    }

    fn close_table(&mut self) {
        self.close_row();
        match self.open.pop() {
            Some(Level::Table(rows)) => self.push(Piece::Table(rows)),
            Some(other) => self.open.push(other),
            None => {}
        }
    }

    /// Closes what the source left open and gives the pieces of the outermost cell.
    fn finish(mut self) -> Vec<Piece> {
        while self.open.len() > 1 {
            self.close_table();
        }
        match self.open.pop() {
            Some(Level::Cell(cell)) => cell.pieces,
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(source: &str) -> String {
        Cell::read(source, 1).words()
    }

    #[test]
    fn tags_go_and_angle_words_stay() {
        assert_eq!(words("<p style=\"a: b;\">雪かき</p> <p>&lt; 選択肢 &gt;</p>"), "雪かき < 選択肢 >");
        assert_eq!(words("<入手が漏れるリスク> と <VRS>"), "<入手が漏れるリスク> と <VRS>");
        assert_eq!(words("a < b <b>太い</b> &unknown; &#12354;"), "a < b 太い &unknown; あ");
    }

    #[test]
    fn boxes_know_their_tick() {
        assert_eq!(words("[<input type=\"checkbox\" checked/>] 甲"), "[☑] 甲");
        assert_eq!(words("<input checked=\"\" type=checkbox> 甲 <input type='checkbox'/> 乙"), "☑ 甲 ☐ 乙");
    }

    #[test]
    fn inner_tables_are_kept_apart() {
        let cell = Cell::read("前<table><tr><td>甲</td><td>乙</td></tr><tr><td>丙</table>後", 3);
        assert_eq!(cell.words(), "前後");
        let rows: Vec<_> = cell.tables().flatten().collect();
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0].cells[1].words(), "乙");
        assert_eq!(rows[1].cells[0].words(), "丙");
    }

    #[test]
    fn lines_are_counted() {
        let cell = Cell::read("一<br>\n二", 7);
        assert!(cell.pieces.contains(&Piece::Text { line: 8, text: "二".to_owned() }));
    }

    #[test]
    fn unclosed_and_stray_tags_do_no_harm() {
        assert_eq!(words("</td></table><ul><li>・甲"), "・甲");
        assert_eq!(words("<table>迷子<tr>x</table>"), "");
        assert!(!Cell::read("<table>迷子</table>", 1).is_blank());
    }
}
