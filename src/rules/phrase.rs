//! Wordings that a rule finds in texts, as data.

use serde::Deserialize;

/// A wording that is out of date or must not stand in a text.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrase {
    /// A regular expression; the part that is meant is its group 1, or else the whole match.
    pub pattern: String,
    /// Only where the same paragraph also holds this expression.
    #[serde(default)]
    pub near: Option<String>,
    /// Not where the same paragraph holds this expression.
    #[serde(default)]
    pub unless: Option<String>,
    /// Only in documents with a 公表日 on or after this day (ISO).
    #[serde(default)]
    pub from: Option<String>,
    /// Only in the items with these roles; empty: in every text.
    #[serde(default)]
    pub items: Vec<String>,
    /// What is wrong. `{text}` is the wording found.
    pub message: String,
    /// What to write instead, where that is the same in every case.
    #[serde(default)]
    pub suggestion: Option<String>,
}
