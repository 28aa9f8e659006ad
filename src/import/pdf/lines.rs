//! The source as pages of printed lines.
//!
//! A text layer keeps its pages apart by form feeds. Where a later step turned the form feed into a blank, a page still shows
//! by one blank too many before its first line; some pages only show by a printed page number.

use std::collections::{BTreeMap, BTreeSet};

use super::words::{Word, Words};
use crate::form::fold;

/// One printed line.
#[derive(Debug, Clone)]
pub(super) struct Line<'t> {
    /// Number in the source, from 1.
    pub(super) number: usize,
    /// The line without ASCII blanks before it and without any blanks behind it.
    pub(super) text: &'t str,
    /// An ASCII blank stands before it.
    pub(super) indented: bool,
    /// A blank line stands before it.
    pub(super) gap: bool,
    /// The line as folded signs.
    pub(super) folded: Folded,
}

/// A line as folded signs that know where they came from.
#[derive(Debug, Clone, Default)]
pub(super) struct Folded {
    /// The signs that count in comparisons.
    pub(super) chars: Vec<char>,
    /// Byte offset in the line behind the sign that gave `chars[i]`.
    ends: Vec<usize>,
}

impl Folded {
    fn new(text: &str) -> Self {
        let mut folded = Self::default();
        let mut buffer = [0; 4];
        for (at, c) in text.char_indices() {
            let end = at + c.len_utf8();
            for c in fold(c.encode_utf8(&mut buffer)).chars() {
                folded.chars.push(c);
                folded.ends.push(end);
            }
        }
        folded
    }

    /// The index of the first sign that ends behind a byte offset.
    pub(super) fn index_at(&self, byte: usize) -> usize {
        self.ends.partition_point(|end| *end <= byte)
    }

    /// The byte offset behind the first `count` signs.
    pub(super) fn end_of(&self, count: usize) -> usize {
        count.checked_sub(1).and_then(|at| self.ends.get(at)).copied().unwrap_or(0)
    }
}

/// The lines of one page, blank ones left out.
#[derive(Debug, Default)]
pub(super) struct Page<'t> {
    /// The lines in the order of the source.
    pub(super) lines: Vec<Line<'t>>,
}

/// Splits a source into pages. The second part are the numbers of lines outside the form: page numbers, headers, footers.
pub(super) fn pages<'t>(words: &Words, source: &'t str) -> (Vec<Page<'t>>, Vec<usize>) {
    let raw: Vec<&str> = source.lines().collect();
    let feeds = source.contains('\u{c}');
    let marked_by_blank = !feeds && blanks_mark_pages(&raw);
    let mut pages = vec![Page::default()];
    let mut page_numbers = Vec::new();
    let mut gap = false;
    let mut turned = false;
    for (at, line) in raw.iter().enumerate() {
        if line.trim().is_empty() {
            gap = true;
            turned |= line.contains('\u{c}');
            continue;
        }
        let start = line.trim_start_matches([' ', '\t', '\r', '\u{c}', '\u{feff}']);
        let before = &line[..line.len() - start.len()];
        let indent = before.chars().filter(|c| *c == ' ' || *c == '\t').count();
        let text = start.trim_end();
        let first = pages.last().is_none_or(|p| p.lines.is_empty());
        let begins = || begins_page(text, indent) || indent == 1 && is_section_heading(words, text);
        turned |= before.contains('\u{c}') || (marked_by_blank && begins());
        if turned && !first {
            pages.push(Page::default());
        }
        turned = line[before.len()..].contains('\u{c}');
        if is_page_number(text) && stands_alone(&raw, at, feeds) {
            page_numbers.push(at + 1);
            turned = true;
            gap = true;
            continue;
        }
        let line = Line { number: at + 1, text, indented: indent > 0, gap, folded: Folded::new(text) };
        if let Some(page) = pages.last_mut() {
            page.lines.push(line);
        }
        gap = false;
    }
    let furniture = running_lines(words, &pages);
    for page in &mut pages {
        page.lines.retain(|line| {
            let runs = furniture.contains(&line.number);
            if runs {
                page_numbers.push(line.number);
            }
            !runs
        });
    }
    (pages, page_numbers)
}

/// Lines that stand at the top or at the bottom of most pages: headers and footers. Numbers in them may differ.
fn running_lines(words: &Words, pages: &[Page<'_>]) -> BTreeSet<usize> {
    let of_form = |line: &Line<'_>| {
        words.is_change_head(line) || words.word_at(std::slice::from_ref(line), (0, 0)).is_some()
    };
    let wording = |line: &Line<'_>| -> String {
        line.folded.chars.iter().filter(|c| !c.is_ascii_digit() && !matches!(c, '-' | '/')).collect()
    };
    let mut found = BTreeSet::new();
    for edge in [<[Line<'_>]>::first, <[Line<'_>]>::last] {
        let mut numbers: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for line in pages.iter().filter(|p| p.lines.len() > 1).filter_map(|p| edge(&p.lines)) {
            let key = wording(line);
            if !of_form(line) && key.chars().filter(|c| c.is_alphanumeric()).count() >= 2 {
                numbers.entry(key).or_default().push(line.number);
            }
        }
        let most = numbers.into_values().filter(|n| n.len() >= 5 && n.len() * 3 >= pages.len() * 2);
        found.extend(most.flatten());
    }
    found
}

/// Whether one blank too many marks a page: labels then start with one blank, and a few lines with two.
fn blanks_mark_pages(raw: &[&str]) -> bool {
    let indent = |line: &&&str| line.len() - line.trim_start_matches(' ').len();
    let printed = || raw.iter().filter(|l| !l.trim().is_empty());
    let one = printed().filter(|l| indent(l) == 1).count();
    let two = printed().filter(|l| indent(l) == 2).count();
    let more = printed().filter(|l| indent(l) > 2).count();
    two > 0 && one > 2 * two && more * 4 <= two && two * 20 <= printed().count()
}

fn begins_page(text: &str, indent: usize) -> bool {
    indent == 2 || (indent == 1 && text.starts_with(['[', '［', ']', '］']))
}

/// The headings of sections stand at the margin.
fn is_section_heading(words: &Words, text: &str) -> bool {
    let line = Line { number: 0, text, indented: false, gap: false, folded: Folded::new(text) };
    let word = words.word_at(std::slice::from_ref(&line), (0, 0));
    !text.starts_with('　') && matches!(word, Some((Word::Label(class), _)) if words.at_margin[class])
}

fn is_page_number(text: &str) -> bool {
    let bare = text.trim_matches(['-', '－', '‐', '―', ' ', '/', 'p', 'P', '.']);
    !bare.is_empty()
        && crate::wareki::parse(text).is_err()
        && bare.len() <= 12
        && bare.chars().all(|c| c.is_ascii_digit() || ('０'..='９').contains(&c) || matches!(c, '/' | ' '))
}

/// Whether a line has so much white around it that it is outside every table: at the edge of a page.
fn stands_alone(raw: &[&str], at: usize, feeds: bool) -> bool {
    let blank = |line: Option<&&str>| line.is_none_or(|l| l.trim().is_empty());
    if !blank(at.checked_sub(1).and_then(|b| raw.get(b))) {
        return false;
    }
    if feeds {
        let behind = &raw[at + 1..];
        let next = behind.iter().find(|l| !l.trim().is_empty());
        let fed = behind.iter().take_while(|l| l.trim().is_empty()).any(|l| l.contains('\u{c}'));
        if fed || next.is_none_or(|l| l.starts_with('\u{c}')) {
            return true;
        }
    }
    (1..=3).all(|d| blank(raw.get(at + d)))
}
