//! How our files in CSV are written: UTF-8 with a byte order mark, heads in the first line, one record a line, lines ending in CR LF.
//!
//! A cell must not break the line (機械可読ルール L1-15) and must not be a formula for a spreadsheet. Both can be undone, in this
//! order: an apostrophe at the beginning is taken away, then `\n`, `\r` and `\\` become what they stand for.

use std::borrow::Cow;

/// Without it spreadsheets take the file for Shift_JIS.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Signs that make a spreadsheet calculate, and those that it may take for them: full-width ones, which Japanese Excel narrows, small
/// ones, and hyphens and the minus sign.
pub(super) const BEGINS_FORMULA: [char; 15] =
    ['=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫', '\u{2010}', '\u{2011}', '\u{2212}'];

/// Signs that get an apostrophe where a text begins with them, before anything is passed over: a tab and a line break lead the eye of a
/// spreadsheet on to the next sign, and with the apostrophe itself every apostrophe at the beginning is ours to take away.
const NEVER_FIRST: [char; 3] = ['\t', '\r', '\''];

/// What stands before the records of a file with these columns.
pub(super) fn head<'h>(heads: impl IntoIterator<Item = &'h str>) -> Vec<u8> {
    [BYTE_ORDER_MARK.as_bytes(), &lines([heads])].concat()
}

/// Records without a head. Every cell is put so that it can be undone.
pub(super) fn records<'c, R: IntoIterator<Item = Cow<'c, str>>>(
    records: impl IntoIterator<Item = R>,
) -> Vec<u8> {
    lines(
        records
            .into_iter()
            .map(|record| record.into_iter().map(|cell| safe(&cell).into_owned()).collect::<Vec<_>>()),
    )
}

/// A table of texts, its heads in the first row, as a whole file.
pub(crate) fn table_csv(rows: &[Vec<String>]) -> Vec<u8> {
    let rows = rows.iter().map(|row| row.iter().map(|cell| Cow::Borrowed(cell.as_str())));
    [BYTE_ORDER_MARK.as_bytes(), &records(rows)].concat()
}

fn lines<C: AsRef<[u8]>, R: IntoIterator<Item = C>>(records: impl IntoIterator<Item = R>) -> Vec<u8> {
    let mut writer = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .flexible(false)
        .from_writer(Vec::new());
    for record in records {
        let written = writer.write_record(record);
        // Memory cannot fail, and all records have the length of the table of columns.
        debug_assert!(written.is_ok(), "{written:?}");
    }
    writer.into_inner().unwrap_or_default()
}

/// A text as a cell: on one line, and nothing that a spreadsheet would calculate.
pub(super) fn safe(text: &str) -> Cow<'_, str> {
    let begins_formula = text.starts_with(NEVER_FIRST) || is_formula(text);
    if !begins_formula && !text.contains(['\\', '\n', '\r']) {
        return Cow::Borrowed(text);
    }
    let mut cell = String::with_capacity(text.len() + 16);
    if begins_formula {
        cell.push('\'');
    }
    for c in text.chars() {
        match c {
            '\\' => cell.push_str("\\\\"),
            '\n' => cell.push_str("\\n"),
            '\r' => cell.push_str("\\r"),
            c => cell.push(c),
        }
    }
    Cow::Owned(cell)
}

/// Whether the first sign that can be seen begins a formula: spreadsheets and what stands between cut off blanks.
fn is_formula(text: &str) -> bool {
    text.trim_start_matches(is_unseen).starts_with(BEGINS_FORMULA)
}

/// Blanks, control signs and signs without width: marks of direction, joiners, variation selectors, the byte order mark.
fn is_unseen(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180f}')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}')
        || matches!(c, '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}
