//! What programs read: `assessment.json`, the data of a document, `versions.json`, its published versions, and `changes.csv` and `changes.json`, the changes of a document,
//! a municipality or the whole site, one a row.
//! What programs read: `assessment.json`, the data of a document, and `changes.csv` and `changes.json`, the changes of a document,
//! a municipality or the whole site, one a row. What `due.json` holds is explained here, too.
//!
//! The keys, heads, codes and their order are a public contract, which `/data/` explains; a theme cannot change them.

mod assessment;
mod change;
mod changes_csv;
mod changes_json;
mod columns;
mod keys;
mod versions_json;

pub use assessment::assessment_json;
pub use change::{ChangeRow, change_rows};
pub use changes_csv::{changes_csv, csv_head, csv_records};
pub use changes_json::{JSON_TAIL, Source, changes_json, json_head, json_rows};
pub use columns::{COLUMNS, Column, TIMING_CODES};
pub use keys::{CHANGE_KEYS, DOCUMENT_KEYS, DUE_KEYS, Explained, ITEM_KEYS, ITEM_TYPES, VERSION_KEYS};
pub use versions_json::versions_json;
