//! Where the parts of a row of 変更箇所 are written.

use std::collections::BTreeMap;

use crate::form::{Kind, Node};
use crate::read::Span;

/// The six official columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Date,
    Item,
    Before,
    After,
    Timing,
    Explanation,
}

impl Column {
    /// The column that a node of the section 変更箇所 is.
    pub(super) fn of(node: &Node) -> Option<Self> {
        match (node.kind, node.id.rsplit('.').next()) {
            (Kind::Date, _) => Some(Self::Date),
            (Kind::ItemRef, _) => Some(Self::Item),
            (Kind::Choice, _) => Some(Self::Timing),
            (_, Some("before")) => Some(Self::Before),
            (_, Some("after")) => Some(Self::After),
            (_, Some("explanation")) => Some(Self::Explanation),
            _ => None,
        }
    }
}

/// Where the parts of a row are written.
#[derive(Debug, Clone)]
pub(super) struct RowPlace {
    /// The row; for a finding about none of its columns.
    pub(super) whole: Span,
    /// Key and value of the columns that are written; the value is the key where it is empty.
    pub(super) columns: BTreeMap<Column, (Span, Span)>,
    /// What was decided about the change, by its key.
    pub(super) judged: BTreeMap<&'static str, Span>,
    /// Whether every column that is written could be read.
    pub(super) is_readable: bool,
    /// Whether the item is named beyond doubt.
    pub(super) is_certain: bool,
}

impl RowPlace {
    /// The value of a column; the first column that is written where it is not.
    pub(super) fn value(&self, column: Column) -> Span {
        self.columns.get(&column).map_or(self.whole, |(_, value)| *value)
    }

    /// The value of a key for which the form has no column; the row where it is not written.
    pub(super) fn judged(&self, key: &str) -> Span {
        self.judged.get(key).copied().unwrap_or(self.whole)
    }

    /// Every column that is written, with its value.
    pub(super) fn written(&self) -> impl Iterator<Item = (Column, Span)> {
        self.columns.iter().map(|(column, (_, value))| (*column, *value))
    }

    /// Every other key that is written, with its value.
    pub(super) fn written_keys(&self) -> impl Iterator<Item = (&'static str, Span)> {
        self.judged.iter().map(|(key, value)| (*key, *value))
    }
}
