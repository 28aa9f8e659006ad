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
    /// The year by both calendars; none for what has no date.
    label: Option<String>,
    /// Which piece of the year it is; none where the year has one page.
    piece: Option<usize>,
    /// Number of changes.
    count: usize,
}

impl PartView {
    /// The page with so many changes.
    pub(super) fn new(part: &Part, count: usize) -> Self {
        Self {
            dir: part.dir.clone(),
            label: part.year.map(frame::year_label),
            piece: (part.piece.1 > 1).then_some(part.piece.0),
            count,
        }
    }

    /// Its name on the way to it: 2022年（令和4年） その2.
    pub(super) fn name(&self, theme: &Theme) -> String {
        let label = self.label.as_deref().unwrap_or_else(|| theme.word("no_date"));
        match self.piece {
            Some(piece) => format!("{label} {}", theme.word("piece").replace("{n}", &piece.to_string())),
            None => label.to_owned(),
        }
    }
}

/// The pages of a long list, newest first, what has no date last; `count` tells how many changes a page holds.
pub(super) fn views(parts: &[Part], count: impl Fn(&Part) -> usize) -> Vec<PartView> {
    let dated = |part: &&Part| part.year.is_some();
    let ordered = parts.iter().rev().filter(dated).chain(parts.iter().filter(|part| !dated(part)));
    ordered.map(|part| PartView::new(part, count(part))).collect()
}
