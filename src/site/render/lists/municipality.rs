//! The timeline of a municipality over all its documents.

use serde::Serialize;

use super::book::{Book, Dated, Day, NEWEST, YearDates};
use super::day::{ChapterCount, DayHead};
use super::update::UpdateView;
use crate::history::paging::Part;
use crate::history::{
    AssessmentDigest, Cell, ChangeBrief, Grid, MunicipalityDigest, Update, by_frequency, day_anchor,
};
use crate::site::render::Page;
use crate::site::render::frame::{self, DateView, Frame, TimingView};
use crate::site::render::paging::{Beside, PartView};
use crate::site::render::picture::{self, PictureView, Subject};
use crate::site::theme::{RenderError, Theme};
use crate::site::{MunicipalityContext, SiteContext};
use crate::wareki::CivilDate;

#[derive(Serialize)]
struct View<'a> {
    /// Way from the page to that of the municipality.
    up: &'static str,
    /// Number of changes over all pages.
    total: usize,
    /// The pages of a long list, newest first; empty where everything stands on the front page.
    years: Vec<PartView>,
    /// The page of a long list that this is; none for the front page.
    year: Option<PartView>,
    /// The pages before and after it.
    beside: Beside,
    /// How many changes there are when and where, on the front page; none where there is nothing to compare.
    picture: Option<PictureView<'a>>,
    /// The newest updates, on the front page of a long list.
    latest: Vec<UpdateView<'a>>,
    /// All dates, on the front page of a long list.
    calendar: Vec<YearDates>,
    /// The dates in full, newest first.
    days: Vec<DayView<'a>>,
    /// All documents, on the front page.
    documents: Vec<DocumentCount<'a>>,
}

#[derive(Serialize)]
struct DayView<'a> {
    #[serde(flatten)]
    head: DayHead<'a>,
    documents_changed: Vec<DocumentView<'a>>,
}

/// The changes of a document on a date.
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
    /// Where it stands in full, from the document's page.
    address: String,
    kind: &'static str,
    timing: Option<TimingView<'a>>,
    important: bool,
}

/// A document with its number of changes.
#[derive(Serialize)]
struct DocumentCount<'a> {
    dir: &'a str,
    title: &'a str,
    count: usize,
    last_change: Option<DateView>,
}

/// A change with its document.
#[derive(Clone, Copy)]
struct Row<'a> {
    document: &'a AssessmentDigest,
    change: &'a ChangeBrief,
}

impl Dated for Row<'_> {
    fn date(&self) -> Option<CivilDate> {
        self.change.date
    }

    fn changes(&self) -> usize {
        1
    }
}

/// `/{code6}/changes/` and, for a long history, `/{code6}/changes/{year}/`.
pub fn municipality_changes(
    theme: &Theme,
    site: &SiteContext,
    municipality: &MunicipalityContext,
    digest: &MunicipalityDigest,
    documents: &[AssessmentDigest],
) -> Result<Vec<Page>, RenderError> {
    let rows = rows(documents);
    let book = Book::new(&rows, &sizes(&rows));
    let pages = Pages { theme, site, municipality, digest, documents, book };
    let mut all = vec![pages.front()?];
    for part in &pages.book.parts {
        all.push(pages.part(part)?);
    }
    Ok(all)
}

/// Within a date the documents and their rows keep their order.
fn rows(documents: &[AssessmentDigest]) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = documents
        .iter()
        .flat_map(|document| document.changes.iter().map(move |change| Row { document, change }))
        .collect();
    rows.sort_by_key(|row| (row.change.date.is_none(), row.change.date));
    rows
}

/// What a date takes on a page besides its changes, in bytes; a document of a date; a change.
const DAY: usize = 2_000;
const DOCUMENT: usize = 300;
const ROW: usize = 500;

fn sizes(rows: &[Row<'_>]) -> Vec<usize> {
    let mut before: Option<Row<'_>> = None;
    let mut sizes = Vec::with_capacity(rows.len());
    for row in rows {
        let is_new_day = before.is_none_or(|before| before.date() != row.date());
        let is_new_document =
            is_new_day || before.is_none_or(|before| before.document.dir != row.document.dir);
        let line = row.document.item_line(row.change).len();
        sizes.push(
            ROW + 2 * (line + row.document.dir.len())
                + if is_new_day { DAY } else { 0 }
                + if is_new_document {
                    DOCUMENT + row.document.title.len() + row.document.dir.len()
                } else {
                    0
                },
        );
        before = Some(*row);
    }
    sizes
}

struct Pages<'a> {
    theme: &'a Theme,
    site: &'a SiteContext,
    municipality: &'a MunicipalityContext,
    digest: &'a MunicipalityDigest,
    documents: &'a [AssessmentDigest],
    book: Book<'a, Row<'a>>,
}

impl<'a> Pages<'a> {
    fn front(&self) -> Result<Page, RenderError> {
        let latest = self.digest.latest().take(if self.book.parts.is_empty() { 0 } else { NEWEST });
        let view = View {
            up: "../",
            total: self.book.entries.len(),
            years: self.book.years(self.theme),
            year: None,
            beside: Beside::default(),
            picture: picture(self.theme, self.documents),
            latest: latest
                .map(|update| UpdateView::new(update, format!("../{}", update.dir), None))
                .collect(),
            calendar: self.book.calendar(),
            days: self.days(None),
            documents: self.documents.iter().map(document_count).collect(),
        };
        self.page(&view, None)
    }

    fn part(&self, part: &Part) -> Result<Page, RenderError> {
        let year = self.book.year(self.theme, part);
        let name = year.name.clone();
        let years = self.book.years(self.theme);
        let view = View {
            up: "../../",
            total: self.book.entries.len(),
            beside: Beside::of(&years, &year),
            years,
            year: Some(year),
            picture: None,
            latest: Vec::new(),
            calendar: Vec::new(),
            days: self.days(Some(part)),
            documents: Vec::new(),
        };
        self.page(&view, Some((&part.dir, &name)))
    }

    fn page(&self, view: &View<'_>, own: Option<(&str, &str)>) -> Result<Page, RenderError> {
        const CAPACITY: usize = 64 * 1024;
        let mut trail = vec![
            (self.municipality.code.as_str(), self.municipality.name.as_str()),
            ("changes", self.theme.word("changes")),
        ];
        trail.extend(own);
        let frame = Frame::new(self.site, Some(self.municipality), &trail);
        frame::page(self.theme, "municipality-changes.html", frame::file_of(&trail), &frame, view, CAPACITY)
    }

    fn days(&self, part: Option<&Part>) -> Vec<DayView<'a>> {
        self.book.days(part).into_iter().map(|day| self.day(&day)).collect()
    }

    fn day(&self, day: &Day<'a, Row<'a>>) -> DayView<'a> {
        let reasons = by_frequency(day.whole.iter().filter_map(|row| row.change.reason.as_deref()));
        let head = DayHead::new(day, Update::on(&self.digest.updates, day.date), &reasons);
        DayView {
            head: head.with_chapters(chapters(day.whole)),
            documents_changed: day
                .shown
                .chunk_by(|a, b| a.document.dir == b.document.dir)
                .map(document)
                .collect(),
        }
    }
}

/// How many changes each chapter has. Chapters of different forms are one where they are called the same; they come in
/// the order in which the forms have them.
fn chapters(rows: &[Row<'_>]) -> Vec<ChapterCount> {
    let mut chapters: Vec<(usize, ChapterCount)> = Vec::new();
    for row in rows {
        let form = row.document.form;
        let section = row.change.section(form);
        let heading = section.map(|ix| form.node(ix).heading());
        if let Some((_, chapter)) = chapters.iter_mut().find(|(_, chapter)| chapter.heading == heading) {
            chapter.count += 1;
            continue;
        }
        let place = form.sections().position(|node| Some(node.ix) == section).unwrap_or(usize::MAX);
        chapters.push((place, ChapterCount { heading, count: 1 }));
    }
    chapters.sort_by_key(|(place, _)| *place);
    chapters.into_iter().map(|(_, chapter)| chapter).collect()
}

/// The picture of the changes of all documents: a mark leads into the document where it stands for changes of one, and to
/// its date on this page otherwise.
fn picture<'a>(theme: &'a Theme, documents: &[AssessmentDigest]) -> Option<PictureView<'a>> {
    let grid = Grid::of_digests(documents);
    let href = |cell: &Cell| {
        let document = &documents[cell.first.document];
        if cell.is_one_document {
            return format!("../{}/{}", document.dir, document.changes[cell.first.change].address());
        }
        format!("#{}", day_anchor(cell.date))
    };
    let forms: Vec<_> = documents.iter().map(|document| document.form).collect();
    picture::picture(&Subject { theme, grid: &grid, forms: &forms, href: &href })
}

fn document<'a>(rows: &[Row<'a>]) -> DocumentView<'a> {
    let digest = rows[0].document;
    DocumentView { dir: &digest.dir, title: &digest.title, rows: rows.iter().map(row).collect() }
}

fn row<'a>(row: &Row<'a>) -> RowView<'a> {
    let Row { document, change } = *row;
    RowView {
        item: document.item_line(change),
        place: document.item_anchor(change),
        address: change.address(),
        kind: change.kind.id(),
        timing: TimingView::new(document.form, change.timing),
        important: change.important,
    }
}

fn document_count(digest: &AssessmentDigest) -> DocumentCount<'_> {
    DocumentCount {
        dir: &digest.dir,
        title: &digest.title,
        count: digest.changes.len(),
        last_change: digest.last_change().map(DateView::from),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Form;
    use crate::site::render::lists::tests::{brief, document};

    #[test]
    fn chapters_of_the_same_name_are_one_and_come_as_in_the_forms() {
        let full = Form::with_id("zenkomoku-h30-05").unwrap();
        let basic = Form::with_id("kiso-h31-01").unwrap();
        let changes = |form: &'static Form, paths: [&str; 3]| {
            let rows = paths.iter().zip(1..).map(|(path, n)| brief(form, Some(path), Some((2024, 5, 1)), n));
            rows.chain([brief(form, None, Some((2024, 5, 1)), 4)]).collect()
        };
        let documents = [
            document(full, "1-a", changes(full, ["iii.2.risk1.adequacy", "i.1.name", "cover.agency"])),
            document(basic, "2-b", changes(basic, ["i.1.name", "i.1.name", "cover.agency"])),
        ];
        let counted: Vec<_> = chapters(&rows(&documents))
            .into_iter()
            .map(|chapter| (chapter.heading.unwrap_or_default(), chapter.count))
            .collect();
        let heading = |form: &Form, path: &str| form.section_of(form.slot(path).unwrap().node).heading();
        assert_eq!(
            counted,
            [
                (heading(full, "cover.agency"), 2),
                (heading(full, "i.1.name"), 1),
                (heading(basic, "i.1.name"), 2),
                (heading(full, "iii.2.risk1.adequacy"), 1),
                (String::new(), 2)
            ]
        );
    }
}
