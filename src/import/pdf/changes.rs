//! 変更箇所: the pages of the change table as rows.

use super::join::CellLine;
use super::lines::{Line, Page};
use super::rows::{Columns, Row, cut};
use super::words::{Word, Words};
use crate::assessment::{Change, ItemRef};
use crate::form::{Form, fold};
use crate::import::{Doubt, Note, Report};
use crate::wareki::{self, CivilDate};

/// The lines of the change table, in the order of the source, without those that only print the table's head.
#[derive(Debug, Default)]
pub(super) struct Table<'t> {
    lines: Vec<Line<'t>>,
    heads: Vec<usize>,
}

/// Takes the lines of the change table out of the pages: from the page on that has the head of the table.
pub(super) fn split_off<'t>(words: &Words, pages: &mut Vec<Page<'t>>) -> Table<'t> {
    let has_head =
        |page: &Page<'_>| page.lines.iter().any(|l| words.is_change_head(l)) || has_bare_rows(words, page);
    let Some(first) = pages.iter().position(has_head) else { return Table::default() };
    let mut table = Table::default();
    let mut taken = pages.split_off(first);
    // On a page that also has other parts of the form, the table begins with its head or with a row before it.
    if let Some(page) = taken.first_mut() {
        let begins = |l: &Line<'_>| words.is_change_head(l) || is_section_label(words, l);
        let head = page.lines.iter().rposition(begins).unwrap_or(0);
        let head = page.lines.iter().position(|l| words.is_change_head(l)).unwrap_or(head);
        let begin = start_of_table(words, &page.lines[..head]);
        let rest = page.lines.split_off(begin);
        let body = std::mem::replace(&mut page.lines, rest);
        if !body.is_empty() {
            pages.push(Page { lines: body });
        }
    }
    for page in taken {
        for (at, line) in page.lines.into_iter().enumerate() {
            let goes_on = table.heads.last().is_some_and(|last| last + 1 == line.number);
            if words.is_change_head(&line)
                || is_section_label(words, &line)
                || (goes_on && words.is_rest_of_change_head(&line))
            {
                table.heads.push(line.number);
            } else {
                // The top of a page parts cells as a blank line does.
                let gap = line.gap || at == 0;
                table.lines.push(Line { gap, ..line });
            }
        }
    }
    table
}

/// Whether a page has rows of the table below its heading, without the head of the table.
fn has_bare_rows(words: &Words, page: &Page<'_>) -> bool {
    let Some(label) = page.lines.iter().position(|l| is_section_label(words, l)) else { return false };
    let dated = page.lines[label..].iter().filter_map(|l| row_date(l.text)).count();
    let timed = page.lines[label..]
        .iter()
        .any(|l| l.text.split(' ').any(|word| words.timings.iter().any(|t| t == word)));
    dated > 0 && timed
}

/// Where the table begins on a page whose lines before the head are given.
fn start_of_table(words: &Words, before: &[Line<'_>]) -> usize {
    let is_print = |line: &Line<'_>| {
        let word = words.word_at(std::slice::from_ref(line), (0, 0));
        matches!(word, Some((Word::Label(_) | Word::Entry(_), _))) && !is_section_label(words, line)
    };
    // The name of an item in a row has the words of labels.
    let in_row = |at: usize| {
        let block = before[..=at].iter().rposition(|l| l.gap).unwrap_or(0);
        before[block..at].iter().any(|l| row_date(l.text).is_some())
    };
    let last_print = (0..before.len()).rev().find(|at| is_print(&before[*at]) && !in_row(*at));
    let from = last_print.map_or(0, |at| at + 1);
    before[from..].iter().position(|l| row_date(l.text).is_some()).map_or_else(
        || {
            let label = before[from..].iter().position(|l| is_section_label(words, l));
            label.map_or(if last_print.is_some() { before.len() } else { 0 }, |at| from + at)
        },
        |at| from + at,
    )
}

fn is_section_label(words: &Words, line: &Line<'_>) -> bool {
    line.folded.chars == words.change_section
}

/// The date that a row starts with, and what follows it on the line.
fn row_date(text: &str) -> Option<(&str, Option<CivilDate>, &str)> {
    let (date, rest) = text.split_once(' ').unwrap_or((text, ""));
    let looks = date.contains(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c) || c == '元');
    if !looks || date.chars().count() > 14 {
        return None;
    }
    match wareki::parse(date) {
        Ok(parsed) if parsed.date.day().is_some() => Some((date, Some(parsed.date), rest.trim_start())),
        // An impossible day is a date all the same: the row must not end up inside another one.
        Err(_) if is_dated(date) => Some((date, None, rest.trim_start())),
        _ => None,
    }
}

/// The date of a row.
struct RowDate<'t> {
    text: String,
    date: Option<CivilDate>,
    /// What follows on its last line.
    rest: &'t str,
    /// How many lines it takes: a narrow column wraps it.
    lines: usize,
}

fn date_at<'t>(table: &Table<'t>, at: usize) -> Option<RowDate<'t>> {
    let line = table.lines.get(at)?;
    if let Some((text, date, rest)) = row_date(line.text) {
        return Some(RowDate { text: text.to_owned(), date, rest, lines: 1 });
    }
    let next = table.lines.get(at + 1).filter(|n| !n.gap)?;
    let (tail, rest) = next.text.split_once(' ').unwrap_or((next.text, ""));
    let begun = line.text.ends_with(['年', '月']) || line.text.ends_with(|c: char| c.is_ascii_digit());
    if !begun || !tail.ends_with('日') || line.text.chars().count() > 10 {
        return None;
    }
    let text = format!("{}{tail}", line.text);
    let parsed = wareki::parse(&text).ok().filter(|p| p.date.day().is_some())?;
    Some(RowDate { text, date: Some(parsed.date), rest: rest.trim_start(), lines: 2 })
}

fn is_dated(text: &str) -> bool {
    let eras = ["令和", "平成", "昭和"];
    eras.iter().any(|e| text.starts_with(e))
        && text.contains('年')
        && text.contains('月')
        && text.ends_with('日')
}

/// Reads the rows of the table.
pub(super) fn read(
    form: &'static Form,
    words: &Words,
    table: &Table<'_>,
    report: &mut Report,
) -> Vec<Change> {
    table.heads.iter().for_each(|line| report.ledger.print(*line));
    let columns = columns(form, words);
    let starts = row_starts(table, &columns);
    let mut changes = Vec::new();
    let ends = starts.iter().skip(1).copied().chain([table.lines.len()]);
    for (start, end) in starts.iter().copied().zip(ends) {
        let Some(RowDate { text: date_text, date, rest, lines: taken }) = date_at(table, start) else {
            continue;
        };
        let first = &table.lines[start];
        let mut lines = vec![CellLine { number: first.number, text: rest, gap: false }];
        lines.extend(table.lines[(start + taken).min(end)..end].iter().map(|l| CellLine {
            number: l.number,
            text: l.text,
            gap: l.gap,
        }));
        let row = cut(&columns, &lines);
        let kept = is_whole(&lines, &row);
        for line in &table.lines[start..end] {
            report.ledger.value(line.number, format!("changes[{}]", changes.len() + 1));
        }
        if !kept {
            report.ledger.unrecognised(first.number, first.text);
        }
        note_row(&row, date, &date_text, first.number, changes.len() + 1, &mut report.notes);
        changes.push(change(row, date, &date_text));
    }
    changes
}

/// Whether every sign of a row stands in its columns, in its order.
fn is_whole(lines: &[CellLine<'_>], row: &Row) -> bool {
    let plain = |text: &str| fold(text).replace('\\', "");
    let source: String = lines.iter().map(|l| plain(l.text)).collect();
    let columns = [&row.item, &row.before, &row.after, &row.timing, &row.explanation];
    source == columns.into_iter().map(|text| plain(text)).collect::<String>()
}

/// The lines that begin a row.
fn row_starts(table: &Table<'_>, columns: &Columns) -> Vec<usize> {
    let mut starts: Vec<usize> = Vec::new();
    let mut complete = true;
    for (at, line) in table.lines.iter().enumerate() {
        if begins_row(table, at, columns, complete) {
            starts.push(at);
            complete = false;
        }
        complete |= super::rows::has_timing(columns, line.text);
    }
    starts
}

/// Whether a line begins a row. Dates also stand in the cells: there no name of an item follows, or no blank line and no
/// finished row stand before.
fn begins_row(table: &Table<'_>, at: usize, columns: &Columns, complete: bool) -> bool {
    let line = &table.lines[at];
    let Some(RowDate { rest, lines: taken, .. }) = date_at(table, at) else { return false };
    let named = match table.lines.get(at + taken) {
        _ if !rest.is_empty() => super::rows::names_item(columns, rest),
        Some(next) => super::rows::names_item(columns, next.text),
        None => false,
    };
    let apart = line.gap || at == 0;
    (apart || complete) && (named || (apart && complete))
}

fn columns(form: &'static Form, words: &Words) -> Columns {
    let mut labels: Vec<String> = Vec::new();
    for node in form.nodes() {
        labels.push(fold(&node.label));
        labels.extend(node.aliases.iter().map(|a| fold(a)));
        labels.extend(node.repeat.iter().map(|r| fold(&r.unit)));
    }
    labels.sort_unstable();
    labels.dedup();
    let options = form.option_sets().flat_map(|(_, options)| options).map(|o| fold(&o.label)).collect();
    Columns { timings: words.timings.clone(), labels, options }
}

fn change(row: Row, date: Option<CivilDate>, date_text: &str) -> Change {
    Change {
        date,
        date_text: date_text.to_owned(),
        item: ItemRef { text: row.item, slot: None },
        before: row.before,
        after: row.after,
        timing: row.timing,
        explanation: row.explanation,
        judgement: crate::assessment::Judgement::default(),
    }
}

fn note_row(
    row: &Row,
    date: Option<CivilDate>,
    date_text: &str,
    line: usize,
    number: usize,
    notes: &mut Vec<Note>,
) {
    let subject = format!("変更箇所 {number} 行目「{}」（{date_text}）", row.item);
    let mut note = |message: &str| {
        notes.push(Note {
            doubt: Doubt::Uncertain,
            line: Some(line),
            subject: subject.clone(),
            path: String::new(),
            message: message.to_owned(),
        });
    };
    row.doubts.iter().for_each(|d| note(d));
    if date.is_none() {
        note("変更日が日付として読めません。");
    }
    if row.item.is_empty() {
        note("項目が読み取れません。");
    }
}
