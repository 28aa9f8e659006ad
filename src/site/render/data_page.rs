//! The page that explains the files for programs and the feeds.

use serde::Serialize;

use super::Page;
use super::frame::{self, Frame};
use crate::address;
use crate::history::ChangeKind;
use crate::site::SiteContext;
use crate::site::data::{
    CHANGE_KEYS, CODE_COLUMNS, COLUMNS, Column, DATASETS, DOCUMENT_KEYS, DUE_KEYS, DataFile, Explained,
    FileFacts, ITEM_COLUMNS, ITEM_KEYS, ITEM_TYPES, Linked, TIMING_CODES, VERSION_KEYS, document_columns,
};
use crate::site::theme::{RenderError, Theme};

#[derive(Serialize)]
struct View {
    columns: &'static [Column],
    /// Codes of 種別, each of which has its word.
    kinds: Vec<&'static str>,
    /// Codes of 提出時期, each of which has its word.
    timings: [&'static str; 2],
    /// The keys of `assessment.json`, table by table.
    assessment: [Keys; 4],
    /// Whether any document has a `versions.json`.
    has_versions: bool,
    /// The keys of a version in `versions.json`.
    versions: &'static [Explained],
    /// The keys of `due.json`.
    due: &'static [Explained],
    /// The files of the whole site.
    files: Vec<FileView>,
    /// The columns of `documents.csv`, `items.csv` and `codes.csv`.
    tables: [Table; 3],
    /// The schemas, by the name of the file that they are about.
    schemas: [SchemaView; 4],
    /// Whether the licence is an address.
    license_is_address: bool,
    /// Where the files of the site are: its address, or the way to its first page.
    base: String,
}

/// A table of keys or codes.
#[derive(Serialize)]
struct Keys {
    /// The word above it ends in this.
    part: &'static str,
    keys: &'static [Explained],
}

/// A file of the whole site.
#[derive(Serialize)]
struct FileView {
    name: &'static str,
    about: &'static str,
    rows: String,
    size: String,
}

/// The columns of a file.
#[derive(Serialize)]
struct Table {
    /// The word above it ends in this.
    part: &'static str,
    columns: Vec<Explained>,
}

#[derive(Serialize)]
struct SchemaView {
    file: &'static str,
    path: &'static str,
}

impl From<&FileFacts> for FileView {
    fn from(file: &FileFacts) -> Self {
        let set = DATASETS.iter().find(|set| set.files.contains(&file.name));
        Self {
            name: file.name,
            about: set.map_or("", |set| set.about),
            rows: grouped(&file.rows.to_string()),
            size: size(file.bytes),
        }
    }
}

/// 1234567 as 1,234,567.
fn grouped(digits: &str) -> String {
    let first = digits.len() % 3;
    let mut text = digits[..first].to_owned();
    for (at, digit) in digits[first..].chars().enumerate() {
        if at % 3 == 0 && !text.is_empty() {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number of bytes for people, to the nearest of what is shown.
fn size(bytes: u64) -> String {
    match bytes {
        0..10_000 => format!("{} バイト", grouped(&bytes.to_string())),
        10_000..999_500 => format!("{} KB", (bytes + 500) / 1_000),
        _ => {
            let tenths = (bytes + 50_000) / 100_000;
            format!("{}.{} MB", grouped(&(tenths / 10).to_string()), tenths % 10)
        }
    }
}

const CAPACITY: usize = 32 * 1024;

/// `/data/`: addresses, columns and codes, how texts are written in a line, and how to follow what changes.
/// `files` are those of the whole site; where no document has a list of its versions, that file is not spoken of.
pub fn data_page(
    theme: &Theme,
    site: &SiteContext,
    files: &[FileFacts],
    has_versions: bool,
) -> Result<Page, RenderError> {
    let view = View {
        columns: &COLUMNS,
        kinds: ChangeKind::ALL.iter().map(|kind| kind.id()).collect(),
        timings: TIMING_CODES,
        assessment: [
            Keys { part: "document", keys: &DOCUMENT_KEYS },
            Keys { part: "items", keys: &ITEM_KEYS },
            Keys { part: "types", keys: &ITEM_TYPES },
            Keys { part: "changes", keys: &CHANGE_KEYS },
        ],
        has_versions,
        versions: &VERSION_KEYS,
        due: &DUE_KEYS,
        files: files.iter().map(FileView::from).collect(),
        tables: [
            Table { part: "documents", columns: document_columns().collect() },
            Table { part: "items", columns: ITEM_COLUMNS.to_vec() },
            Table { part: "codes", columns: CODE_COLUMNS.to_vec() },
        ],
        schemas: DataFile::ALL.map(|file| SchemaView { file: file.name(), path: file.path() }),
        license_is_address: site.license.as_ref().is_some_and(|license| address::website(license).is_ok()),
        base: site.base_url.clone().unwrap_or_else(|| "/".to_owned()),
    };
    let trail = [("data", theme.word("data_page"))];
    let frame = Frame::new(site, None, &trail).about(Linked::of_data(site, files));
    frame::page(theme, "data.html", frame::file_of(&trail), &frame, &view, CAPACITY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_easy_to_read() {
        assert_eq!(["7", "123", "1234", "1234567"].map(grouped), ["7", "123", "1,234", "1,234,567"]);
        assert_eq!([999, 45_678, 12_345_678].map(size), ["999 バイト", "46 KB", "12.3 MB"]);
        assert_eq!([999_499, 999_500, 1_960_000].map(size), ["999 KB", "1.0 MB", "2.0 MB"]);
    }
}
