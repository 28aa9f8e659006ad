//! The timeline of a municipality over all its documents, split by year where it is long.

use serde::Serialize;

use super::Page;
use super::frame::{self, DateView, Frame, TimingView};
use super::picture::{self, PictureView, Subject};
use crate::history::{AssessmentDigest, Cell, ChangeBrief, Grid, day_anchor};
use crate::site::theme::{RenderError, Theme};
use crate::site::{MunicipalityContext, SiteContext};

/// Rows that one page may hold before the years get pages of their own.
const LONGEST_PAGE: usize = 300;
/// Rows that the page in front of the years shows.
const NEWEST: usize = 50;

#[derive(Serialize)]
struct View<'a> {
    total: usize,
    /// The years with pages of their own, newest first; empty where everything stands on this page.
    years: Vec<YearView>,
    /// The year that the page is about; none for the page in front.
    year: Option<YearView>,
    /// How many changes there are when and where, on the page in front; none where there is nothing to compare.
    picture: Option<PictureView<'a>>,
    days: Vec<DayView<'a>>,
}

#[derive(Clone, Serialize)]
struct YearView {
    /// Directory: the year, or `nodate`.
    dir: String,
    /// The year by both calendars; none for the rows without a date.
    label: Option<String>,
    count: usize,
}

#[derive(Serialize)]
struct DayView<'a> {
    id: String,
    date: Option<DateView>,
    documents: Vec<DocumentView<'a>>,
}

#[derive(Serialize)]
struct DocumentView<'a> {
    dir: &'a str,
    title: &'a str,
    rows: Vec<RowView<'a>>,
}

#[derive(Serialize)]
struct RowView<'a> {
    item: String,
    /// Anchor of the item on the document's page.
    place: Option<String>,
    /// Anchor of the full entry on the document's timeline page.
    anchor: String,
    kind: &'static str,
    timing: Option<TimingView<'a>>,
    important: bool,
}

/// One row with its document.
type Row<'a> = (&'a AssessmentDigest, &'a ChangeBrief);

/// `/{code6}/changes/` and, for a long history, `/{code6}/changes/{year}/`.
pub fn municipality_changes(
    theme: &Theme,
    site: &SiteContext,
    municipality: &MunicipalityContext,
    documents: &[AssessmentDigest],
) -> Result<Vec<Page>, RenderError> {
    let rows = newest_first(documents);
    let pages = Pages { theme, site, municipality, documents, total: rows.len() };
    if rows.len() <= LONGEST_PAGE {
        return Ok(vec![pages.page(&rows, Vec::new(), None)?]);
    }
    let years: Vec<&[Row<'_>]> = rows.chunk_by(|a, b| year_of(a) == year_of(b)).collect();
    let views: Vec<YearView> = years.iter().map(|rows| year_view(rows)).collect();
    let mut all = vec![pages.page(&rows[..NEWEST], views.clone(), None)?];
    for (rows, view) in years.iter().zip(&views) {
        all.push(pages.page(rows, views.clone(), Some(view.clone()))?);
    }
    Ok(all)
}

fn newest_first(documents: &[AssessmentDigest]) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> =
        documents.iter().flat_map(|d| d.changes.iter().map(move |change| (d, change))).collect();
    // Stable: within a date the documents and their rows keep their order; rows without a date come last.
    rows.sort_by_key(|(_, change)| std::cmp::Reverse(change.date));
    rows
}

fn year_of(row: &Row<'_>) -> Option<i16> {
    row.1.date.map(|date| date.year())
}

fn year_view(rows: &[Row<'_>]) -> YearView {
    let year = rows.first().and_then(year_of);
    YearView { dir: year_dir(year), label: year.map(frame::year_label), count: rows.len() }
}

fn year_dir(year: Option<i16>) -> String {
    year.map_or_else(|| "nodate".to_owned(), |year| year.to_string())
}

struct Pages<'a> {
    theme: &'a Theme,
    site: &'a SiteContext,
    municipality: &'a MunicipalityContext,
    documents: &'a [AssessmentDigest],
    total: usize,
}

impl Pages<'_> {
    fn page(
        &self,
        rows: &[Row<'_>],
        years: Vec<YearView>,
        year: Option<YearView>,
    ) -> Result<Page, RenderError> {
        const BYTES_PER_ROW: usize = 700;
        let word = self.theme.word("changes");
        let own = year.clone().map(|y| {
            let label = y.label.unwrap_or_else(|| self.theme.word("no_date").to_owned());
            (y.dir, label)
        });
        let mut trail =
            vec![(self.municipality.code.as_str(), self.municipality.name.as_str()), ("changes", word)];
        trail.extend(own.as_ref().map(|(dir, label)| (dir.as_str(), label.as_str())));
        let picture =
            if year.is_none() { picture(self.theme, self.documents, !years.is_empty()) } else { None };
        let view = View { total: self.total, years, year, picture, days: days(rows) };
        let frame = Frame::new(self.site, Some(self.municipality), &trail);
        let capacity = 8 * 1024 + rows.len() * BYTES_PER_ROW;
        frame::page(self.theme, "municipality-changes.html", frame::file_of(&trail), &frame, &view, capacity)
    }
}

/// The picture of the changes of all documents: a mark leads into the document where it stands for changes of one, and to
/// the list of its date where it stands for several.
fn picture<'a>(theme: &'a Theme, documents: &[AssessmentDigest], has_years: bool) -> Option<PictureView<'a>> {
    let grid = Grid::of_digests(documents);
    let href = |cell: &Cell| {
        let document = &documents[cell.first.document];
        if cell.is_one_document {
            let anchor = document.changes[cell.first.change].anchor();
            return format!("../{}/changes/#{anchor}", document.dir);
        }
        let page = if has_years { year_dir(cell.date.map(|date| date.year())) + "/" } else { String::new() };
        format!("{page}#{}", day_anchor(cell.date))
    };
    let forms: Vec<_> = documents.iter().map(|document| document.form).collect();
    picture::picture(&Subject { theme, grid: &grid, forms: &forms, href: &href })
}

fn days<'a>(rows: &[Row<'a>]) -> Vec<DayView<'a>> {
    rows.chunk_by(|a, b| a.1.date == b.1.date)
        .map(|rows| DayView {
            id: day_anchor(rows.first().and_then(|(_, change)| change.date)),
            date: rows.first().and_then(|(_, change)| change.date).map(DateView::from),
            documents: rows.chunk_by(|a, b| a.0.dir == b.0.dir).map(document).collect(),
        })
        .collect()
}

fn document<'a>(rows: &[Row<'a>]) -> DocumentView<'a> {
    let (digest, _) = rows[0];
    DocumentView { dir: &digest.dir, title: &digest.title, rows: rows.iter().map(row).collect() }
}

fn row<'a>((digest, change): &Row<'a>) -> RowView<'a> {
    RowView {
        item: digest.item_line(change),
        place: digest.item_anchor(change),
        anchor: change.anchor(),
        kind: change.kind.id(),
        timing: TimingView::new(digest.form, change.timing),
        important: change.important,
    }
}
