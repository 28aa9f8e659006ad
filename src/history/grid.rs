//! The changes counted by date and chapter: how many, how many of them 重要な変更の対象 and 事前, and where they begin.
//!
//! A picture and a table of the same numbers are made from it. Where the dates are too many for a picture they are taken
//! together by month, or by year; no change is ever left out.

use std::collections::{BTreeMap, BTreeSet};

use super::digest::{AssessmentDigest, BriefItem, TimingBrief};
use super::timeline::Timeline;
use crate::assessment::Assessment;
use crate::form::{Form, Node};
use crate::wareki::CivilDate;

/// Rows that a picture may have, so that people can take it in.
const MOST_ROWS: usize = 60;
/// Counts that a picture may have: each is a link that is tabbed through, and 300 to 400 bytes of a page.
const MOST_CELLS: usize = 130;

/// Changes counted by date and chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// What a row stands for.
    pub grain: Grain,
    /// The columns: every chapter of the forms in order, and one for the changes without a chapter where there are any.
    pub chapters: Vec<Chapter>,
    /// Newest first, the changes without a date last.
    pub rows: Vec<GridRow>,
}

/// What a row of a [`Grid`] stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grain {
    /// One date.
    Day,
    /// The dates of a month.
    Month,
    /// The dates of a year.
    Year,
}

/// A column: a chapter (章), or the attachments together, as every edition numbers them anew.
///
/// Chapters of several forms are one where they have the same number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Chapter {
    /// 表紙, under its label.
    Cover(&'static str),
    /// A chapter with a number (Ⅲ).
    Numbered(&'static str),
    /// 別添.
    Attached(&'static str),
    /// The item is not clear, or is the table of the changes itself.
    Unclear,
}

/// The changes of a date, a month or a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridRow {
    /// As precise as the grain of the grid, or as it was written if that is less; none for the changes without a date.
    pub date: Option<CivilDate>,
    /// One for each of [`Grid::chapters`].
    pub cells: Vec<Option<Cell>>,
}

/// The changes of a chapter in a row. There is at least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// How many.
    pub tally: Tally,
    /// The first of them on the newest of their dates.
    pub first: Source,
    /// The newest of their dates.
    pub date: Option<CivilDate>,
    /// All of them belong to the document of the first.
    pub is_one_document: bool,
}

/// Numbers of changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// All of them.
    pub count: usize,
    /// Those of items that are marked ※.
    pub important: usize,
    /// Those with the first option of 提出時期.
    pub prior: usize,
}

/// Where a change is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    /// The position of its document among those that were counted; 0 for a timeline.
    pub document: usize,
    /// Its position in [`Timeline::entries`], which is also that in [`AssessmentDigest::changes`].
    pub change: usize,
}

impl Chapter {
    /// The chapter that a section belongs to.
    pub fn of(form: &'static Form, section: &'static Node) -> Self {
        match section.mark.as_deref() {
            Some(mark) if mark.starts_with('（') => {
                let is_frame = |c: char| matches!(c, '（' | '）') || c.is_numeric();
                Self::Attached(mark.trim_matches(is_frame))
            }
            Some(mark) => Self::Numbered(mark),
            None if section.id == form.head.change_section => Self::Unclear,
            None => Self::Cover(&section.label),
        }
    }

    /// What stands over its column; none for the changes without a chapter.
    pub fn head(self) -> Option<&'static str> {
        match self {
            Self::Cover(head) | Self::Numbered(head) | Self::Attached(head) => Some(head),
            Self::Unclear => None,
        }
    }
}

impl Tally {
    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            count: self.count + other.count,
            important: self.important + other.important,
            prior: self.prior + other.prior,
        }
    }
}

/// A change as it is counted.
struct Point {
    date: Option<CivilDate>,
    chapter: Chapter,
    tally: Tally,
    source: Source,
}

type Counts = BTreeMap<Option<CivilDate>, BTreeMap<Chapter, Cell>>;

impl Grid {
    /// Counts the changes of a document.
    pub fn of_timeline(assessment: &Assessment, timeline: &Timeline) -> Self {
        let form = assessment.form();
        let points = timeline.entries.iter().enumerate().map(|(change, entry)| Point {
            date: entry.date,
            chapter: entry.section.map_or(Chapter::Unclear, |ix| Chapter::of(form, form.node(ix))),
            tally: tally(entry.important, TimingBrief::of(form, &assessment.changes[entry.change].timing)),
            source: Source { document: 0, change },
        });
        Self::of(&points.collect::<Vec<_>>(), &[form])
    }

    /// Counts the changes of several documents.
    pub fn of_digests(documents: &[AssessmentDigest]) -> Self {
        let points = documents.iter().enumerate().flat_map(|(document, digest)| {
            digest.changes.iter().enumerate().map(move |(change, brief)| Point {
                date: brief.date,
                chapter: match brief.item {
                    BriefItem::Known { slot, .. } => {
                        Chapter::of(digest.form, digest.form.section_of(slot.node))
                    }
                    BriefItem::Written(_) => Chapter::Unclear,
                },
                tally: tally(brief.important, brief.timing),
                source: Source { document, change },
            })
        });
        let forms: Vec<_> = documents.iter().map(|document| document.form).collect();
        Self::of(&points.collect::<Vec<_>>(), &forms)
    }

    fn of(points: &[Point], forms: &[&'static Form]) -> Self {
        let sections = forms.iter().flat_map(|form| form.sections().map(|s| Chapter::of(form, s)));
        let mut chapters: BTreeSet<Chapter> = sections.filter(|c| *c != Chapter::Unclear).collect();
        chapters.extend(points.iter().map(|point| point.chapter));
        let chapters: Vec<_> = chapters.into_iter().collect();
        let (grain, counts) = fitting(points);
        let row = |(date, cells): (_, BTreeMap<Chapter, Cell>)| GridRow {
            date,
            cells: chapters.iter().map(|chapter| cells.get(chapter).copied()).collect(),
        };
        let rows = counts.into_iter().rev().map(row).collect();
        Self { grain, chapters, rows }
    }

    /// The filled cells, row by row.
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.rows.iter().flat_map(|row| row.cells.iter().flatten())
    }

    /// All changes.
    pub fn tally(&self) -> Tally {
        sum(self.cells())
    }

    /// The changes of a chapter, by its position in [`Grid::chapters`].
    pub fn chapter_tally(&self, chapter: usize) -> Tally {
        sum(self.rows.iter().filter_map(|row| row.cells[chapter].as_ref()))
    }
}

impl GridRow {
    /// The changes of all chapters.
    pub fn tally(&self) -> Tally {
        sum(self.cells.iter().flatten())
    }
}

fn sum<'c>(cells: impl Iterator<Item = &'c Cell>) -> Tally {
    cells.fold(Tally::default(), |sum, cell| sum.plus(cell.tally))
}

fn tally(important: bool, timing: TimingBrief) -> Tally {
    Tally {
        count: 1,
        important: usize::from(important),
        prior: usize::from(timing == TimingBrief::Option(0)),
    }
}

/// The finest counts that a picture can hold; by year they are taken as they come.
fn fitting(points: &[Point]) -> (Grain, Counts) {
    for grain in [Grain::Day, Grain::Month] {
        let counts = count(points, grain);
        let cells: usize = counts.values().map(BTreeMap::len).sum();
        if counts.len() <= MOST_ROWS && cells <= MOST_CELLS {
            return (grain, counts);
        }
    }
    (Grain::Year, count(points, Grain::Year))
}

fn count(points: &[Point], grain: Grain) -> Counts {
    let mut counts = Counts::new();
    for point in points {
        let row = counts.entry(point.date.map(|date| coarse(date, grain))).or_default();
        row.entry(point.chapter).and_modify(|cell| cell.add(point)).or_insert(Cell {
            tally: point.tally,
            first: point.source,
            date: point.date,
            is_one_document: true,
        });
    }
    counts
}

impl Cell {
    fn add(&mut self, point: &Point) {
        self.tally = self.tally.plus(point.tally);
        self.is_one_document &= self.first.document == point.source.document;
        if point.date > self.date {
            self.date = point.date;
            self.first = point.source;
        }
    }
}

/// A date as precise as a grain; one that is known less precisely stays as it is.
fn coarse(date: CivilDate, grain: Grain) -> CivilDate {
    let month = || date.month().and_then(|month| CivilDate::from_ym(date.year(), month));
    let coarse = match grain {
        Grain::Day => None,
        Grain::Month => month(),
        Grain::Year => CivilDate::from_year(date.year()),
    };
    coarse.unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const II: Chapter = Chapter::Numbered("Ⅱ");
    const III: Chapter = Chapter::Numbered("Ⅲ");

    fn day(year: i16, month: u8, day: u8) -> Option<CivilDate> {
        CivilDate::from_ymd(year, month, day)
    }

    fn point(date: Option<CivilDate>, chapter: Chapter, (document, change): (usize, usize)) -> Point {
        let tally = Tally { count: 1, important: change % 2, prior: usize::from(change % 3 == 0) };
        Point { date, chapter, tally, source: Source { document, change } }
    }

    fn forms() -> [&'static Form; 2] {
        ["zenkomoku-h30-05", "kiso-r06-10"].map(|id| Form::with_id(id).unwrap())
    }

    fn heads(grid: &Grid) -> Vec<&str> {
        grid.chapters.iter().map(|chapter| chapter.head().unwrap_or("?")).collect()
    }

    #[test]
    fn the_columns_are_the_chapters_of_all_forms_and_attachments_are_one() {
        let [zenkomoku, kiso] = forms();
        let whole = ["表紙", "Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "Ⅵ", "別添"];
        assert_eq!(heads(&Grid::of(&[], &[zenkomoku])), whole);
        assert_eq!(heads(&Grid::of(&[], &[kiso, zenkomoku])), whole);
        assert_eq!(heads(&Grid::of(&[], &[kiso])), ["表紙", "Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ"]);
        let unclear = point(None, Chapter::Unclear, (0, 0));
        assert_eq!(heads(&Grid::of(&[unclear], &[kiso])), ["表紙", "Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "?"]);
    }

    #[test]
    fn rows_run_from_the_newest_to_those_without_a_date() {
        let year = CivilDate::from_year(2022);
        let dates = [None, year, day(2022, 6, 17), day(2023, 4, 1), day(2022, 6, 17)];
        let points: Vec<_> =
            dates.into_iter().enumerate().map(|(at, date)| point(date, II, (0, at))).collect();
        let grid = Grid::of(&points, &forms());
        let rows: Vec<_> = grid.rows.iter().map(|row| (row.date, row.tally().count)).collect();
        assert_eq!(rows, [(day(2023, 4, 1), 1), (day(2022, 6, 17), 2), (year, 1), (None, 1)]);
        assert_eq!(grid.grain, Grain::Day);
    }

    #[test]
    fn a_cell_begins_with_the_first_change_of_its_newest_date_and_knows_its_documents() {
        let mut points: Vec<_> = (0..MOST_CELLS).map(|at| point(day(2000, 1, 1), II, (0, at))).collect();
        let days = (1..=28).flat_map(|d| (1..=3).map(move |month| day(2020, month, d)));
        points.extend(days.enumerate().map(|(at, date)| point(date, II, (0, MOST_CELLS + at))));
        points.push(point(day(2020, 3, 28), II, (1, 0)));
        points.push(point(day(2020, 3, 27), III, (1, 1)));
        let grid = Grid::of(&points, &forms());
        assert_eq!(grid.grain, Grain::Month);
        let march = &grid.rows[0];
        assert_eq!(march.date, CivilDate::from_ym(2020, 3));
        let column = |chapter| grid.chapters.iter().position(|c| *c == chapter).unwrap();
        let (second, third) = (march.cells[column(II)].unwrap(), march.cells[column(III)].unwrap());
        assert_eq!((second.tally.count, second.is_one_document), (29, false));
        assert_eq!(second.date, day(2020, 3, 28));
        assert_eq!(second.first, Source { document: 0, change: MOST_CELLS + 3 * 28 - 1 });
        assert_eq!(third.first, Source { document: 1, change: 1 });
        assert!(third.is_one_document);
    }

    proptest! {
        #[test]
        fn no_change_is_lost_or_counted_twice(
            drawn in prop::collection::vec((0_i16..40, 0_u8..14, 1_u8..28, 0_usize..4), 0..600),
        ) {
            let chapters = [Chapter::Cover("表紙"), II, III, Chapter::Unclear];
            let points: Vec<_> = drawn.iter().enumerate().map(|(at, (year, month, day, chapter))| {
                // Month 0 is none, and so is month 13.
                let date = match month {
                    0 => CivilDate::from_year(1990 + year),
                    month => CivilDate::from_ymd(1990 + year, *month, *day),
                };
                point(date, chapters[*chapter], (at % 3, at))
            }).collect();
            let grid = Grid::of(&points, &forms());
            let expected = points.iter().fold(Tally::default(), |sum, point| sum.plus(point.tally));
            prop_assert_eq!(grid.tally(), expected);
            let by_chapter = (0..grid.chapters.len()).map(|c| grid.chapter_tally(c));
            prop_assert_eq!(by_chapter.fold(Tally::default(), Tally::plus), expected);
            let by_row = grid.rows.iter().map(GridRow::tally);
            prop_assert_eq!(by_row.fold(Tally::default(), Tally::plus), expected);
            prop_assert!(grid.rows.len() <= MOST_ROWS);
            prop_assert!(grid.rows.windows(2).all(|pair| pair[0].date > pair[1].date));
            for (row, (column, cell)) in grid.rows.iter().flat_map(|row| {
                row.cells.iter().enumerate().map(move |cell| (row, cell))
            }) {
                let inside = points.iter().filter(|p| {
                    p.chapter == grid.chapters[column] && p.date.map(|d| coarse(d, grid.grain)) == row.date
                });
                let inside: Vec<_> = inside.collect();
                prop_assert_eq!(cell.map_or(0, |cell| cell.tally.count), inside.len());
                let Some(cell) = cell else { continue };
                let newest = inside.iter().map(|p| p.date).max().unwrap();
                let first = inside.iter().find(|p| p.date == newest).unwrap();
                prop_assert_eq!((cell.date, cell.first), (newest, first.source));
            }
        }
    }
}
