//! What programs read: `assessment.json`, the data of a document, `versions.json`, its published versions, `changes.csv` and `changes.json`, the changes of a document,
//! a municipality or the whole site, one a row, `documents.csv` and `items.csv`, all documents and all items in the same way, `codes.csv`, what codes mean, their JSON
//! Schemas, and `catalog.jsonld`, the list of them all. What `due.json` holds is explained here, too.
//!
//! The keys, heads, codes and their order are a public contract, which `/data/` explains; a theme cannot change them.

mod assessment;
mod catalog;
mod change;
mod changes_csv;
mod changes_json;
mod codes_csv;
mod columns;
mod csv;
mod datasets;
mod documents_csv;
mod fields;
mod items_csv;
mod keys;
mod linked;
mod schema;
mod versions_json;

pub use assessment::{assessment_json, filled};
pub use catalog::{CatalogScope, DocumentFiles, FileFacts, catalog_jsonld};
pub use change::{ChangeRow, change_rows};
pub use changes_csv::{changes_csv, csv_head, csv_records};
pub use changes_json::{JSON_TAIL, Source, changes_json, json_head, json_rows};
pub use codes_csv::{CODE_COLUMNS, codes_csv};
pub use columns::{COLUMNS, Column, TIMING_CODES};
pub(crate) use csv::table_csv;
pub use datasets::{DATASETS, DatasetKind};
pub use documents_csv::{document_columns, document_record, documents_head};
pub use items_csv::{ITEM_COLUMNS, items_csv, items_head};
pub use keys::{CHANGE_KEYS, DOCUMENT_KEYS, DUE_KEYS, Explained, ITEM_KEYS, ITEM_TYPES, VERSION_KEYS};
pub(in crate::site) use linked::Linked;
pub use schema::DataFile;
pub use versions_json::versions_json;
