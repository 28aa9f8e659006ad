//! Findings as text: for people (with the line and a caret), for one-line tools, for programs, for code hosting services.
//!
//! This room is the only place where a finding becomes text.

mod github;
mod human;
mod json;
mod sarif;
mod short;

use std::fmt::Write as _;

pub use github::github;
pub use human::human;
pub use json::json;
pub use sarif::sarif;
pub use short::{mended, short};

use super::{Diagnostic, Place};
use crate::form::ItemName;

/// The message, with the item that it is about before it.
fn title(diagnostic: &Diagnostic) -> String {
    let mut title = String::new();
    if let Some(item) = item_name(diagnostic) {
        let _ = write!(title, "{item}: ");
    }
    title.push_str(&diagnostic.message);
    title
}

/// Reference and label of the item: `Ⅱ.3.⑧ 使用方法`.
fn item_name(diagnostic: &Diagnostic) -> Option<String> {
    diagnostic.item.as_ref().map(|item| ItemName::of(&item.reference, &item.label).line())
}

/// The column behind the marked part, in characters.
fn end_column(place: &Place) -> usize {
    place.column + marked(place).chars().count()
}

/// The part of the line that is meant.
fn marked(place: &Place) -> &str {
    place.excerpt.get(place.marked.clone()).unwrap_or_default()
}
