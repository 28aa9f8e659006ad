//! Findings as text: for people (with the line and a caret), for one-line tools, for programs, for code hosting services.
//!
//! This room is the only place where a finding becomes text.

mod github;
mod human;
mod json;
mod sarif;
mod short;

use std::borrow::Cow;
use std::fmt::Write as _;

pub use github::github;
pub use human::human;
pub use json::json;
pub use sarif::sarif;
pub use short::{mended, short};

use super::{Diagnostic, Place};
use crate::form::ItemName;
use crate::leak;

/// A path as it is shown: a name may hold a number that must not stand in a log.
fn path(file: &str) -> Cow<'_, str> {
    let mut shown = file.to_owned();
    leak::mask(&mut shown);
    if shown == file { Cow::Borrowed(file) } else { Cow::Owned(shown) }
}

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
    let item = diagnostic.item.as_ref()?;
    Some(match &diagnostic.row {
        // What a 検査の例外 needs to name the row.
        Some(row) => format!("変更箇所（{} {}）{}", row.date, row.item, item.label),
        None => ItemName::of(&item.reference, &item.label).line(),
    })
}

/// The column behind the marked part, in characters.
fn end_column(place: &Place) -> usize {
    place.column + marked(place).chars().count()
}

/// The part of the line that is meant.
fn marked(place: &Place) -> &str {
    place.excerpt.get(place.marked.clone()).unwrap_or_default()
}
