//! Tables: a scroll box around them that has a name, scopes, and alignment by class.

use std::ops::Range;

use pulldown_cmark::{Alignment, Event, TagEnd};

/// Names of columns that the name of a scroll box lists.
const NAMED_COLUMNS: usize = 4;

/// The table that is being written.
#[derive(Debug)]
pub(super) struct Table<'e> {
    alignments: &'e [Alignment],
    /// Text of the header cells.
    headers: Vec<String>,
    is_head: bool,
    has_body: bool,
    column: usize,
}

impl<'e> Table<'e> {
    /// A table that begins before `events`.
    pub(super) fn new(alignments: &'e [Alignment], events: &[(Event<'_>, Range<usize>)]) -> Self {
        Self { alignments, headers: header_texts(events), is_head: true, has_body: false, column: 0 }
    }

    /// The name of the scroll box: 表（項目、内容）. `number` is the table's number within the text.
    pub(super) fn name(&self, number: usize) -> String {
        let number = if number > 1 { number.to_string() } else { String::new() };
        let named: Vec<&str> = self.headers.iter().map(String::as_str).filter(|h| !h.is_empty()).collect();
        if named.is_empty() {
            return format!("表{number}");
        }
        let more = if named.len() > NAMED_COLUMNS { "など" } else { "" };
        format!("表{number}（{}{more}）", named[..named.len().min(NAMED_COLUMNS)].join("、"))
    }

    /// Begins a row of the body.
    pub(super) fn open_row(&mut self, out: &mut String) {
        self.column = 0;
        if !self.has_body {
            out.push_str("<tbody>");
            self.has_body = true;
        }
        out.push_str("<tr>");
    }

    /// Ends the row of the head.
    pub(super) fn close_head(&mut self, out: &mut String) {
        self.is_head = false;
        out.push_str("</tr></thead>");
    }

    /// Begins a cell.
    pub(super) fn open_cell(&self, out: &mut String) {
        out.push('<');
        out.push_str(self.cell_name());
        if self.cell_name() == "th" {
            out.push_str(" scope=\"col\"");
        }
        let class = match self.alignments.get(self.column) {
            Some(Alignment::Left) => "align-left",
            Some(Alignment::Center) => "align-center",
            Some(Alignment::Right) => "align-right",
            Some(Alignment::None) | None => "",
        };
        if !class.is_empty() {
            out.push_str(" class=\"");
            out.push_str(class);
            out.push('"');
        }
        out.push('>');
    }

    /// Ends a cell.
    pub(super) fn close_cell(&mut self, out: &mut String) {
        out.push_str("</");
        out.push_str(self.cell_name());
        out.push('>');
        self.column += 1;
    }

    /// Ends the table.
    pub(super) fn close(&self, out: &mut String) {
        out.push_str(if self.has_body { "</tbody></table></div>" } else { "</table></div>" });
    }

    /// A header cell without text would be a header without a name.
    fn cell_name(&self) -> &'static str {
        let is_named = self.headers.get(self.column).is_some_and(|h| !h.is_empty());
        if self.is_head && is_named { "th" } else { "td" }
    }
}

fn header_texts(events: &[(Event<'_>, Range<usize>)]) -> Vec<String> {
    let mut headers = Vec::new();
    let mut text = String::new();
    for (event, _) in events {
        match event {
            Event::Text(part) | Event::Code(part) | Event::InlineHtml(part) => text.push_str(part),
            Event::End(TagEnd::TableCell) => headers.push(std::mem::take(&mut text).trim().to_owned()),
            Event::End(TagEnd::TableHead) => break,
            _ => {}
        }
    }
    headers
}
