//! `changes.yaml` as it is stored, and rows put into it: every byte that is there stays as it is, whatever its line ends, its byte
//! order mark and its manner of writing a list.

use std::ops::Range;

use crate::author::{RowLayout, row_block, row_flow};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::fix::line_starts;
use crate::read::{Data, SourceFile, Span, Yaml, parse_partly};

/// Keys and texts of a row, in their order.
pub(super) type Fields = Vec<(String, String)>;

/// A row to be written.
#[derive(Debug, Clone)]
pub(super) struct Insertion {
    /// Before which of the rows that are there; their number for the end.
    pub(super) before: usize,
    /// What it says.
    pub(super) fields: Fields,
}

/// A file of rows.
pub(super) struct Stored {
    bytes: Vec<u8>,
    /// Where the lines begin in the bytes.
    starts: Vec<usize>,
    /// The file as text.
    pub(super) file: SourceFile,
    /// Its rows.
    pub(super) items: Vec<Yaml>,
    manner: Manner,
}

/// How the list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// A dash before every row.
    Dashes {
        /// Blanks before the dash.
        column: usize,
    },
    /// Within brackets.
    Brackets {
        /// Where the bracket opens, in the text.
        open: usize,
    },
    /// There is no list yet.
    Nothing,
}

impl Stored {
    /// Reads a file. A file that is no YAML to its end, or that is no list of rows, is refused with what is wrong.
    pub(super) fn read(path: &str, bytes: &[u8]) -> Result<Self, Vec<Diagnostic>> {
        let file = SourceFile::decode(path, bytes).map_err(|found| vec![*found])?;
        let parsed = parse_partly(&file);
        let is_broken = parsed.diagnostics.iter().any(|found| found.severity == Severity::Error);
        if !parsed.complete || is_broken {
            return Err(parsed.diagnostics);
        }
        let root = parsed.root;
        if let Some(span) = root.as_ref().and_then(|root| nothing(&file, root)) {
            return Self::read(path, &without(bytes, &file, span));
        }
        let (items, manner) = match root.map(|root| (root.span, root.data)) {
            None | Some((_, Data::Null)) => (Vec::new(), Manner::Nothing),
            Some((span, Data::List(items))) => (items, manner(&file, span)),
            Some((span, _)) => return Err(vec![no_list(&file, span)]),
        };
        if let Some(item) = items.iter().find(|item| !matches!(item.data, Data::Map(_))) {
            return Err(vec![no_row(&file, item)]);
        }
        let (bytes, starts) = (bytes.to_owned(), line_starts(bytes));
        Ok(Self { bytes, starts, file, items, manner })
    }

    /// The bytes with rows put in, which stand in the order of their places.
    pub(super) fn with(&self, rows: &[Insertion]) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.bytes.len() + 512 * rows.len());
        let mut from = 0;
        for group in rows.chunk_by(|a, b| a.before == b.before) {
            let (at, text) = match self.manner {
                Manner::Brackets { open } => self.in_brackets(open, group),
                Manner::Dashes { column } => self.in_lines(column, group),
                Manner::Nothing => self.in_lines(0, group),
            };
            out.extend_from_slice(&self.bytes[from..at]);
            out.extend_from_slice(text.as_bytes());
            from = at;
        }
        out.extend_from_slice(&self.bytes[from..]);
        out
    }

    /// Rows for a list in brackets: behind the row before, whatever commas and comments follow that.
    fn in_brackets(&self, open: usize, group: &[Insertion]) -> (usize, String) {
        let rows: Vec<_> = group.iter().map(|row| row_flow(&row.fields)).collect();
        let rows = rows.join(", ");
        match (group[0].before, self.items.first()) {
            (0, None) => (self.offset(open + 1), rows),
            (0, Some(_)) => (self.offset(open + 1), format!("{rows}, ")),
            (before, _) => (self.offset(self.items[before - 1].span.end), format!(", {rows}")),
        }
    }

    /// Rows for a list with dashes, as lines of their own.
    fn in_lines(&self, column: usize, group: &[Insertion]) -> (usize, String) {
        let before = group[0].before;
        let line = if before < self.items.len() { self.line_above(column, before) } else { self.end_line() };
        let at = self.starts.get(line - 1).copied().unwrap_or(self.bytes.len());
        let is_apart = self.is_apart(column);
        let layout = self.items.len().checked_sub(1).map(|last| self.layout(column, last));
        let layout = layout.unwrap_or(RowLayout { indent: column, gap: 1 });
        let mut text = String::new();
        let is_open =
            at > self.starts[0] && !self.bytes[..at].ends_with(b"\n") && !self.bytes[..at].ends_with(b"\r");
        if is_open {
            text.push('\n');
        }
        let has_blank = line == 1 || !is_open && self.line(line - 1).trim().is_empty();
        if is_apart && !has_blank {
            text.push('\n');
        }
        let rows: Vec<_> = group.iter().map(|row| row_block(&row.fields, layout)).collect();
        text.push_str(&rows.join(if is_apart { "\n" } else { "" }));
        if is_apart && before < self.items.len() {
            text.push('\n');
        }
        (at, text.replace('\n', self.line_end(at)))
    }

    /// The line where a row begins, from 1.
    pub(super) fn line_of(&self, item: usize) -> usize {
        self.file.line_column(self.items[item].span.start).0
    }

    /// The line before which a row goes: that of the dash of the next one, or of the comments right above it.
    fn line_above(&self, column: usize, item: usize) -> usize {
        let mut line = self.dash_line(column, item);
        // What stands above the first row is about the whole file.
        let Some(above) = item.checked_sub(1) else { return line };
        let last = self.last_line(&self.items[above]);
        while line - 1 > last && is_comment(self.line(line - 1), column) {
            line -= 1;
        }
        line
    }

    /// The line behind everything, or that of the sign that ends the document.
    fn end_line(&self) -> usize {
        let after = self.items.last().map_or(1, |item| self.last_line(item) + 1);
        let is_end = |line: &usize| {
            self.line(*line)
                .strip_prefix("...")
                .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
        };
        let is_ended = self.starts.last() == Some(&self.bytes.len());
        let behind = self.starts.len() + usize::from(!is_ended);
        (after..=self.starts.len()).find(is_end).unwrap_or(behind)
    }

    /// The last line with anything of a row.
    fn last_line(&self, item: &Yaml) -> usize {
        let text = &self.file.text[item.span.start..item.span.end];
        self.file.line_column(item.span.start + text.trim_end().len()).0
    }

    /// The line with the dash of a row, which may stand above the first key.
    fn dash_line(&self, column: usize, item: usize) -> usize {
        let mut line = self.file.line_column(self.items[item].span.start).0;
        let is_dash = |line: usize| {
            let (blanks, rest) = self.line(line).split_at_checked(column).unwrap_or_default();
            blanks.trim().is_empty() && rest.starts_with('-')
        };
        while line > 1 && !is_dash(line) {
            line -= 1;
        }
        line
    }

    /// Whether rows stand apart by a blank line: as the last two do, or else as new files have them.
    fn is_apart(&self, column: usize) -> bool {
        let [.., above, _] = self.items.as_slice() else { return true };
        let dash = self.dash_line(column, self.items.len() - 1);
        (self.last_line(above) + 1..dash).any(|line| self.line(line).trim().is_empty())
    }

    /// How a row is laid out; where its first key does not stand beside the dash, as new rows are.
    fn layout(&self, column: usize, item: usize) -> RowLayout {
        let start = self.items[item].span.start;
        let (line, _) = self.file.line_column(start);
        let between = &self.file.text[self.file.line_start(line)..start];
        let gap = match between.get(column..).and_then(|rest| rest.strip_prefix('-')) {
            Some(gap) if !gap.is_empty() && gap.bytes().all(|b| b == b' ') => gap.len(),
            _ => 1,
        };
        RowLayout { indent: column, gap }
    }

    /// The keys and texts of a row that stands in the file exactly as it would be written.
    pub(super) fn as_written(&self, item: usize) -> Option<Fields> {
        let (Manner::Dashes { column }, Data::Map(entries)) = (self.manner, &self.items.get(item)?.data)
        else {
            return None;
        };
        let text = |value: &Yaml| value.text().map(|text| text.trim_end_matches('\n').to_owned());
        let fields: Option<Fields> =
            entries.iter().map(|(key, value)| Some((key.text.clone(), text(value)?))).collect();
        let (first, last) = (self.dash_line(column, item), self.last_line(&self.items[item]));
        let written = row_block(fields.as_ref()?, self.layout(column, item));
        let lines = (first..=last).map(|line| self.line(line)).eq(written.lines());
        fields.filter(|_| lines)
    }

    /// The bytes with other texts in rows that stand as they would be written; in the order of the rows.
    pub(super) fn replaced(&self, rows: &[(usize, Fields)]) -> Vec<u8> {
        let Manner::Dashes { column } = self.manner else { return self.bytes.clone() };
        let mut out = Vec::with_capacity(self.bytes.len());
        let mut from = 0;
        for (item, fields) in rows {
            let (first, last) = (self.dash_line(column, *item), self.last_line(&self.items[*item]));
            let (start, end) = (self.starts[first - 1], self.starts.get(last).copied());
            let mut text = row_block(fields, self.layout(column, *item));
            if end.is_none() {
                text.truncate(text.trim_end_matches('\n').len());
            }
            out.extend_from_slice(&self.bytes[from..start]);
            from = end.unwrap_or(self.bytes.len());
            out.extend_from_slice(text.replace('\n', self.line_end(from)).as_bytes());
        }
        out.extend_from_slice(&self.bytes[from..]);
        out
    }

    /// A line of the text, from 1.
    fn line(&self, number: usize) -> &str {
        let start = self.file.line_start(number);
        self.file.text[start..].split('\n').next().unwrap_or_default()
    }

    /// How lines end around a place: as the one above does, or else the first of the file.
    fn line_end(&self, at: usize) -> &'static str {
        let end_of = |bytes: &[u8]| match bytes {
            [.., b'\r', b'\n'] => Some("\r\n"),
            [.., b'\n'] => Some("\n"),
            [.., b'\r'] => Some("\r"),
            _ => None,
        };
        let first = || self.starts.get(1).and_then(|second| end_of(&self.bytes[..*second]));
        end_of(&self.bytes[..at]).or_else(first).unwrap_or("\n")
    }

    /// Where a place of the text stands in the bytes.
    fn offset(&self, at: usize) -> usize {
        offset(&self.file, &self.starts, at)
    }
}

/// Where a place of the text stands in the bytes: in the same line, as far from its beginning.
fn offset(file: &SourceFile, starts: &[usize], at: usize) -> usize {
    let (line, _) = file.line_column(at);
    starts[line - 1] + at - file.line_start(line)
}

fn manner(file: &SourceFile, list: Span) -> Manner {
    if file.text[list.start..].starts_with('[') {
        return Manner::Brackets { open: list.start };
    }
    let (line, _) = file.line_column(list.start);
    Manner::Dashes { column: list.start - file.line_start(line) }
}

fn is_comment(line: &str, column: usize) -> bool {
    let rest = line.trim_start_matches(' ');
    rest.starts_with('#') && line.len() - rest.len() <= column
}

/// What says that there are no rows (`[]`, `~`): it gives way to the first row. Brackets with a comment inside stay.
fn nothing(file: &SourceFile, root: &Yaml) -> Option<Span> {
    let written = file.text.get(root.span.start..root.span.end)?;
    let is_nothing = match &root.data {
        Data::Null => !written.is_empty(),
        Data::List(items) => items.is_empty() && written.starts_with('[') && !written.contains('#'),
        _ => false,
    };
    is_nothing.then_some(root.span)
}

/// The bytes without a part; its lines go with it where nothing else stands in them.
fn without(bytes: &[u8], file: &SourceFile, span: Span) -> Vec<u8> {
    let starts = line_starts(bytes);
    let (first, last) = (file.line_column(span.start).0, file.line_column(span.end).0);
    let last_end = file.text[span.end..].find('\n').map_or(file.text.len(), |length| span.end + length);
    let is_alone = file.text[file.line_start(first)..span.start].trim().is_empty()
        && file.text[span.end..last_end].trim().is_empty();
    let range: Range<usize> = if is_alone {
        starts[first - 1]..starts.get(last).copied().unwrap_or(bytes.len())
    } else {
        offset(file, &starts, span.start)..offset(file, &starts, span.end)
    };
    [&bytes[..range.start], &bytes[range.end..]].concat()
}

fn no_list(file: &SourceFile, span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::WRONG_TYPE,
        file.path.clone(),
        "変更箇所の一覧として読めないので、下書きを書き足せません",
    )
    .at(file.place(Span::new(span.start, span.start)))
    .help("一件ずつ「- 」で始めて書いてください。")
}

fn no_row(file: &SourceFile, item: &Yaml) -> Diagnostic {
    let message = format!("変更箇所の一件であるところが{}なので、下書きを書き足せません", item.kind_name());
    Diagnostic::new(Code::WRONG_TYPE, file.path.clone(), message)
        .at(file.place(item.span))
        .help("「変更日」「項目」などの組を書いてください。")
}
