//! The files of data of a municipality and of the site, put together from those of the documents, one after another: however large
//! they become, no more than one document is in memory.

use super::build::BuildError;
use super::data::folder_of;
use super::press::Press;
use crate::fs::Growing;
use crate::site::data::{self, FileFacts, Source};
use crate::site::feed::Subject;

/// A file that grows, and what it holds so far.
struct Table<'p, 'b> {
    press: &'p Press<'b>,
    file: Growing,
    facts: FileFacts,
}

impl<'p, 'b> Table<'p, 'b> {
    fn begin(
        press: &'p Press<'b>,
        folder: &str,
        name: &'static str,
        head: &[u8],
    ) -> Result<Self, BuildError> {
        let file = press.staging.grow(&format!("{folder}{name}"))?;
        let mut table = Self { press, file, facts: FileFacts { name, rows: 0, bytes: 0 } };
        table.add(head)?;
        Ok(table)
    }

    /// The pieces were looked through for 個人番号 when they were written; a line end stands between two of them.
    fn add(&mut self, piece: &[u8]) -> Result<(), BuildError> {
        self.press.count(piece.len());
        self.facts.bytes += piece.len() as u64;
        Ok(self.file.append(piece)?)
    }

    /// Lines of a table, each of which is a row.
    fn add_lines(&mut self, lines: &[u8]) -> Result<(), BuildError> {
        self.facts.rows += lines.iter().filter(|byte| **byte == b'\n').count();
        self.add(lines)
    }

    fn finish(self) -> Result<FileFacts, BuildError> {
        self.file.finish()?;
        Ok(self.facts)
    }
}

/// Writes a table of lines.
pub(super) fn lines(
    press: &Press<'_>,
    folder: &str,
    name: &'static str,
    head: &[u8],
    lines: impl Iterator<Item = Vec<u8>>,
) -> Result<FileFacts, BuildError> {
    let mut table = Table::begin(press, folder, name, head)?;
    for line in lines {
        table.add_lines(&line)?;
    }
    table.finish()
}

/// Writes a table of some documents, whose own tables of the same name and with the same head are written.
pub(super) fn tables(
    press: &Press<'_>,
    folder: &str,
    name: &'static str,
    head: &[u8],
    documents: &[Subject<'_>],
) -> Result<FileFacts, BuildError> {
    let mut table = Table::begin(press, folder, name, head)?;
    for document in documents {
        let whole = press.staging.read(&format!("{}{name}", folder_of(*document)))?;
        table.add_lines(whole.get(head.len()..).unwrap_or_default())?;
    }
    table.finish()
}

/// Writes `changes.csv` and `changes.json` of some documents, whose own files are written.
pub(super) fn changes(
    press: &Press<'_>,
    folder: &str,
    documents: &[Subject<'_>],
) -> Result<Vec<FileFacts>, BuildError> {
    let csv = tables(press, folder, "changes.csv", &data::csv_head(), documents)?;
    let json = json(press, folder, csv.rows, documents)?;
    Ok(std::iter::once(csv).chain(json).collect())
}

/// None where the head must not be published.
fn json(
    press: &Press<'_>,
    folder: &str,
    rows: usize,
    documents: &[Subject<'_>],
) -> Result<Option<FileFacts>, BuildError> {
    const NAME: &str = "changes.json";
    let source = Source::of(documents.iter().map(|subject| subject.document));
    let head = data::json_head(press.site.publisher.as_deref(), &source);
    if !press.may_publish(&format!("{folder}{NAME}"), head.as_bytes()) {
        return Ok(None);
    }
    let mut table = Table::begin(press, folder, NAME, head.as_bytes())?;
    table.facts.rows = rows;
    let mut is_first = true;
    for document in documents {
        let whole = press.staging.read(&format!("{}{NAME}", folder_of(*document)))?;
        let rows = data::json_rows(&whole, is_first);
        is_first &= rows.is_empty();
        table.add(&rows)?;
    }
    table.add(data::JSON_TAIL.as_bytes())?;
    table.finish().map(Some)
}
