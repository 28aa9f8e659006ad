//! The picture of the changes: dates downwards, chapters across, a mark for each count; and the same numbers as a table.
//!
//! The marks are links, each once: for a mouse, for the keyboard and for screen readers, to which the drawing is a group of
//! links with full names. The table holds the same numbers under real headers and has no links, so that nobody meets one
//! twice. A drawing hidden from screen readers beside a table with links would take the picture away from those who see
//! it and use the keyboard, as what is hidden must not take the focus.

mod svg;
#[cfg(test)]
mod tests;

use serde::Serialize;

use super::frame::DateView;
use crate::form::Form;
use crate::history::{Cell, Chapter, Grain, Grid, GridRow, Tally, TimingBrief};
use crate::site::theme::Theme;

/// The picture and the table as the template `picture.html` shows them.
#[derive(Serialize)]
pub(super) struct PictureView<'a> {
    /// What a row stands for: `day`, `month` or `year`.
    grain: &'static str,
    /// The drawings, one for each year.
    drawings: String,
    /// What the marks mean.
    key: Vec<KeyView>,
    /// The chapters with their names, as the form prints them; none where the forms name them differently.
    names: Option<Vec<String>>,
    /// Some changes have no chapter.
    has_unclear: bool,
    /// 事前, in the words of the form.
    prior: &'a str,
    /// Heads of the columns of the table.
    heads: Vec<&'a str>,
    rows: Vec<RowView>,
    /// By chapter.
    totals: Vec<TallyView>,
    total: TallyView,
}

/// A mark and what it means.
#[derive(Serialize)]
struct KeyView {
    drawing: String,
    text: String,
}

#[derive(Serialize)]
struct RowView {
    /// None for the changes without a date.
    date: Option<DateView>,
    cells: Vec<TallyView>,
    total: TallyView,
}

#[derive(Serialize)]
struct TallyView {
    count: usize,
    important: usize,
    prior: usize,
}

impl From<Tally> for TallyView {
    fn from(Tally { count, important, prior }: Tally) -> Self {
        Self { count, important, prior }
    }
}

/// What a picture is made from.
pub(super) struct Subject<'t, 's> {
    pub(super) theme: &'t Theme,
    pub(super) grid: &'s Grid,
    /// The forms of the documents that were counted.
    pub(super) forms: &'s [&'static Form],
    /// Where the changes of a cell begin.
    pub(super) href: &'s dyn Fn(&Cell) -> String,
}

/// The view of a picture; none where there is nothing to compare.
pub(super) fn picture<'t>(subject: &Subject<'t, '_>) -> Option<PictureView<'t>> {
    let grid = subject.grid;
    if grid.cells().count() < 2 {
        return None;
    }
    let head = |chapter: &Chapter| subject.head(*chapter);
    Some(PictureView {
        grain: match grid.grain {
            Grain::Day => "day",
            Grain::Month => "month",
            Grain::Year => "year",
        },
        drawings: svg::drawings(subject),
        key: key(subject),
        names: names(subject.forms),
        has_unclear: grid.chapters.contains(&Chapter::Unclear),
        prior: subject.prior(),
        heads: grid.chapters.iter().map(head).collect(),
        rows: grid.rows.iter().map(row).collect(),
        totals: (0..grid.chapters.len()).map(|chapter| grid.chapter_tally(chapter).into()).collect(),
        total: grid.tally().into(),
    })
}

impl<'t> Subject<'t, '_> {
    /// What stands over a column.
    fn head(&self, chapter: Chapter) -> &'t str {
        chapter.head().unwrap_or_else(|| self.theme.word("picture_unclear"))
    }

    /// 事前; all editions name it alike.
    fn prior(&self) -> &'t str {
        self.forms.first().and_then(|form| TimingBrief::Option(0).label(form)).unwrap_or_default()
    }

    /// What a mark stands for, in words: its name for those who do not see it.
    fn name(&self, row: &GridRow, chapter: Chapter, tally: Tally) -> String {
        let date = row
            .date
            .map_or_else(|| self.theme.word("no_date").to_owned(), |d| DateView::from(d).text().to_owned());
        let chapter = chapter.head().unwrap_or_else(|| self.theme.word("picture_unclear_name"));
        let whole = self.theme.word("picture_cell").replace("{date}", &date).replace("{chapter}", chapter);
        let mut name = whole.replace("{n}", &tally.count.to_string());
        if tally.important > 0 {
            let part = self.theme.word("picture_cell_important");
            name += &part.replace("{n}", &tally.important.to_string());
        }
        if tally.prior > 0 {
            let part = self.theme.word("picture_cell_prior").replace("{timing}", self.prior());
            name += &part.replace("{n}", &tally.prior.to_string());
        }
        name
    }
}

/// The marks that occur, each with what it means.
fn key(subject: &Subject<'_, '_>) -> Vec<KeyView> {
    let all = subject.grid.tally();
    let marks = [
        (true, Tally { count: 1, important: 0, prior: 0 }, "picture_key_count"),
        (all.important > 0, Tally { count: 1, important: 1, prior: 0 }, "picture_key_important"),
        (all.prior > 0, Tally { count: 1, important: 0, prior: 1 }, "picture_key_prior"),
    ];
    let view = |(_, tally, word)| KeyView {
        drawing: svg::sample(tally),
        text: subject.theme.word(word).replace("{timing}", subject.prior()),
    };
    marks.into_iter().filter(|(occurs, ..)| *occurs).map(view).collect()
}

/// The headings of the chapters, where all forms have the same.
fn names(forms: &[&'static Form]) -> Option<Vec<String>> {
    let of = |form: &&'static Form| -> Vec<String> {
        let sections = form.sections().filter(|section| section.mark.is_some());
        sections.map(crate::form::Node::heading).collect()
    };
    let mut all = forms.iter().map(of);
    let first = all.next()?;
    all.all(|names| names == first).then_some(first)
}

fn row(row: &GridRow) -> RowView {
    RowView {
        date: row.date.map(DateView::from),
        cells: row.cells.iter().map(|cell| cell.map(|cell| cell.tally).unwrap_or_default().into()).collect(),
        total: row.tally().into(),
    }
}
