//! The drawing itself: an `svg` for each year, its rows downwards and the chapters across.
//!
//! Places across are percentages and everything else is in pixels, so that the drawing is as wide as there is room and its
//! letters never shrink. A drawing for each year is a piece that paper need not cut. Colours and letters come from the
//! style sheet; without one the drawing is black and still right.

use std::fmt::Write as _;

use super::Subject;
use crate::history::{Cell, Grain, GridRow, Tally};

/// Height of a row. A link is 25 by 32 px: in a window of 320 px nine columns are no wider.
const ROW: u32 = 34;
/// Height of the heads of the columns, and of the band with a year.
const HEADS: u32 = 28;
const BAND: u32 = 28;
/// Rows after which the heads stand again.
const ROWS_PER_HEADS: usize = 10;
/// Hundredths of a percent of the width that the dates take.
const DATES: u32 = 2_150;
/// Columns that there is room for at least, so that few of them do not lie far apart.
const LEAST_COLUMNS: u32 = 7;
/// Radius of the mark with the highest count, and of the smallest that is still seen.
const LARGEST: f64 = 7.0;
const SMALLEST: f64 = 2.8;
/// The count that the largest mark stands for at least: one change is never drawn as if it were many.
const LEAST_SCALE: usize = 10;
/// Radius of a mark in the key.
const SAMPLE: f64 = 6.0;

/// The rows of a year.
struct Year<'g> {
    /// The year by both calendars, or that there is no date; empty for rows that are years themselves.
    band: String,
    has_heads: bool,
    rows: Vec<(&'g GridRow, RowLabel)>,
}

/// What stands before a row: one line or two.
struct RowLabel(String, String);

/// The drawings of all years.
pub(super) fn drawings(subject: &Subject<'_, '_>) -> String {
    let most = subject.grid.cells().map(|cell| cell.tally.count).max().unwrap_or(0);
    let scale = Scale { most: most.max(LEAST_SCALE) };
    let mut out = String::new();
    for (year, number) in years(subject).iter().zip(1..) {
        draw_year(subject, year, number, scale, &mut out);
    }
    out
}

/// A mark beside its meaning.
pub(super) fn sample(tally: Tally) -> String {
    let mut out = String::from(
        "<svg class=\"mark\" width=\"28\" height=\"28\" viewBox=\"-14 -14 28 28\" aria-hidden=\"true\">",
    );
    draw_mark(tally, SAMPLE, &mut out);
    out.push_str("</svg>");
    out
}

fn years<'g>(subject: &Subject<'_, 'g>) -> Vec<Year<'g>> {
    let mut years: Vec<Year<'g>> = Vec::new();
    let mut since_heads = ROWS_PER_HEADS;
    for row in &subject.grid.rows {
        let (band, label) = labels(subject, row);
        match years.last_mut() {
            Some(year) if year.band == band => year.rows.push((row, label)),
            _ => {
                let has_heads = since_heads >= ROWS_PER_HEADS;
                since_heads = if has_heads { 0 } else { since_heads };
                years.push(Year { band, has_heads, rows: vec![(row, label)] });
            }
        }
        since_heads += 1;
    }
    years
}

/// The band that a row stands under, and its own label.
///
/// The band is a year of an era: a year in which an era changed has two.
fn labels(subject: &Subject<'_, '_>, row: &GridRow) -> (String, RowLabel) {
    let in_years = subject.grid.grain == Grain::Year;
    let Some(date) = row.date else {
        let text = subject.theme.word("no_date").to_owned();
        let (band, label) = if in_years { (String::new(), text) } else { (text, String::new()) };
        return (band, RowLabel(label, String::new()));
    };
    let wareki = date.wareki();
    let (year, rest) = wareki.split_once('年').unwrap_or((&wareki, ""));
    let (year, western) = (format!("{year}年"), format!("{}年", date.year()));
    let is_western = year == western;
    if in_years {
        return (String::new(), RowLabel(year, if is_western { String::new() } else { western }));
    }
    let rest = if rest.is_empty() { subject.theme.word("picture_year_only") } else { rest };
    let band = if is_western { year } else { format!("{year}（{western}）") };
    (band, RowLabel(rest.to_owned(), String::new()))
}

fn draw_year(subject: &Subject<'_, '_>, year: &Year<'_>, number: usize, scale: Scale, out: &mut String) {
    let heads = if year.has_heads { HEADS } else { 0 };
    let top = heads + if year.band.is_empty() { 0 } else { BAND };
    let count = u32::try_from(year.rows.len()).unwrap_or(u32::MAX);
    let bottom = top.saturating_add(count.saturating_mul(ROW));
    // Rows that are years themselves stand under no band but under the heading of the picture.
    let name = if year.band.is_empty() { "picture".to_owned() } else { format!("picture-{number}") };
    // Written into a string, nothing can fail.
    let _ = write!(
        out,
        "<svg class=\"year\" role=\"group\" aria-labelledby=\"{name}\" width=\"100%\" height=\"{bottom}\"><g aria-hidden=\"true\">"
    );
    draw_columns(subject, year.has_heads, (top, bottom), out);
    if !year.band.is_empty() {
        let (band, line) = (escaped(&year.band), heads + 19);
        let _ = write!(
            out,
            "<rect class=\"band\" width=\"100%\" y=\"{heads}\" height=\"{BAND}\"/><text class=\"head\" id=\"{name}\" x=\"6\" y=\"{line}\">{band}</text>"
        );
    }
    for ((_, label), top) in year.rows.iter().zip(rows_from(top)) {
        draw_label(label, top, out);
    }
    out.push_str("</g>");
    for ((row, _), top) in year.rows.iter().zip(rows_from(top)) {
        draw_row(subject, row, top, scale, out);
    }
    out.push_str("</svg>");
}

/// The chapters over the rows, and lines that lead the eye from them to the marks.
///
/// The names of the links say which chapter it is, so screen readers need not read it as well.
fn draw_columns(subject: &Subject<'_, '_>, has_heads: bool, (top, bottom): (u32, u32), out: &mut String) {
    let columns = &subject.grid.chapters;
    for (chapter, at) in columns.iter().zip(0..) {
        let x = centre(at, columns.len());
        if has_heads {
            let head = escaped(subject.head(*chapter));
            let _ = write!(out, "<text class=\"chapter\" x=\"{x}\" y=\"19\">{head}</text>");
        }
        let _ = write!(out, "<line class=\"down\" x1=\"{x}\" x2=\"{x}\" y1=\"{top}\" y2=\"{bottom}\"/>");
    }
}

fn draw_label(RowLabel(first, second): &RowLabel, top: u32, out: &mut String) {
    let (first, second, bottom) = (escaped(first), escaped(second), top + ROW);
    let _ = if second.is_empty() {
        write!(out, "<text x=\"6\" y=\"{}\">{first}</text>", top + 22)
    } else {
        let (upper, lower) = (top + 15, top + 29);
        write!(
            out,
            "<text x=\"6\" y=\"{upper}\">{first}</text><text class=\"small\" x=\"6\" y=\"{lower}\">{second}</text>"
        )
    };
    let _ = write!(out, "<line x2=\"100%\" y1=\"{bottom}\" y2=\"{bottom}\"/>");
}

fn draw_row(subject: &Subject<'_, '_>, row: &GridRow, top: u32, scale: Scale, out: &mut String) {
    let columns = &subject.grid.chapters;
    for ((cell, chapter), at) in row.cells.iter().zip(columns).zip(0..) {
        let Some(cell) = cell else { continue };
        let (x, y) = (centre(at, columns.len()), top + ROW / 2);
        let name = escaped(&subject.name(row, *chapter, cell.tally));
        draw_cell(cell, (&x, y), &escaped(&(subject.href)(cell)), &name, scale, out);
    }
}

/// A link: the field that is hit, the mark, the number.
fn draw_cell(cell: &Cell, (x, y): (&str, u32), href: &str, name: &str, scale: Scale, out: &mut String) {
    let _ = write!(
        out,
        "<svg x=\"{x}\" y=\"{y}\"><a href=\"{href}\"><title>{name}</title><rect x=\"-12.5\" y=\"-16\" width=\"25\" height=\"32\"/><g>"
    );
    draw_mark(cell.tally, scale.radius(cell.tally.count), out);
    let _ = write!(out, "</g><text y=\"14\">{}</text></a></svg>", cell.tally.count);
}

/// A disc, or a diamond of the same area where a change is 事前; with a second outline where one is 重要な変更の対象.
fn draw_mark(tally: Tally, radius: f64, out: &mut String) {
    let shape = |out: &mut String, radius: f64, class: &str| {
        if tally.prior == 0 {
            let _ = write!(out, "<circle{class} r=\"{radius:.1}\"/>");
        } else {
            // Half the diagonal of a square as large as the disc: √(π/2) radii.
            let half = radius * std::f64::consts::FRAC_PI_2.sqrt();
            let _ = write!(out, "<path{class} d=\"M0-{half:.1} {half:.1} 0 0 {half:.1}-{half:.1} 0z\"/>");
        }
    };
    shape(out, radius, "");
    if tally.important > 0 {
        shape(out, radius + 2.3, " class=\"ring\"");
    }
}

/// How large a mark is for its count.
#[derive(Clone, Copy)]
struct Scale {
    /// The count that the largest mark stands for.
    most: usize,
}

impl Scale {
    /// The area goes with the count; marks that would hardly be seen have the smallest size instead.
    fn radius(self, count: usize) -> f64 {
        let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
        (LARGEST * (number(count) / number(self.most)).sqrt()).max(SMALLEST)
    }
}

/// The tops of the rows.
fn rows_from(first: u32) -> impl Iterator<Item = u32> {
    std::iter::successors(Some(first), |top| top.checked_add(ROW))
}

/// Where the middle of a column lies.
fn centre(column: u32, columns: usize) -> String {
    let columns = u32::try_from(columns).unwrap_or(u32::MAX).max(LEAST_COLUMNS);
    let at = DATES + (2 * column + 1) * (10_000 - DATES) / (2 * columns);
    format!("{}.{:02}%", at / 100, at % 100)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
