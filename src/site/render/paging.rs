//! The pages of a long list, as a page leads to them.

use serde::Serialize;

use super::frame;
use crate::history::paging::Part;
use crate::site::theme::Theme;

/// A page of a long list, as `changes-years.html` shows it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct PartView {
    /// Its directory below that of the list.
    dir: String,
    /// 2022年（令和4年） その2.
    pub(super) name: String,
    /// 2022年（令和4年）の変更 その2.
    heading: String,
    /// Number of changes.
    count: usize,
}

impl PartView {
    /// The page with so many changes.
    pub(super) fn new(theme: &Theme, part: &Part, count: usize) -> Self {
        let year = part.year.map(frame::year_label);
        let heading = year.as_ref().map_or_else(
            || theme.word("undated_changes").to_owned(),
            |year| theme.word("year_changes").replace("{year}", year),
        );
        let name = year.unwrap_or_else(|| theme.word("no_date").to_owned());
        let with_piece = |text: String| match part.piece {
            (_, 1) => text,
            (number, _) => format!("{text} {}", theme.word("piece").replace("{n}", &number.to_string())),
        };
        Self { dir: part.dir.clone(), name: with_piece(name), heading: with_piece(heading), count }
    }
}

/// The pages beside one of a long list, as `years-nav.html` shows them.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Beside {
    newer: Option<PartView>,
    older: Option<PartView>,
}

impl Beside {
    /// The pages before and after a page; `years` are all of them, newest first.
    pub(super) fn of(years: &[PartView], page: &PartView) -> Self {
        let Some(at) = years.iter().position(|year| year.dir == page.dir) else { return Self::default() };
        let newer = at.checked_sub(1).and_then(|newer| years.get(newer)).cloned();
        Self { newer, older: years.get(at + 1).cloned() }
    }
}

/// The pages of a long list, newest first, what has no date last; `count` tells how many changes a page holds.
pub(super) fn views(theme: &Theme, parts: &[Part], count: impl Fn(&Part) -> usize) -> Vec<PartView> {
    let dated = |part: &&Part| part.year.is_some();
    let ordered = parts.iter().rev().filter(dated).chain(parts.iter().filter(|part| !dated(part)));
    ordered.map(|part| PartView::new(theme, part, count(part))).collect()
}
