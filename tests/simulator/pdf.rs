//! Prints a form as the text layer of a PDF: cells wrapped at their width, and on every page the blocks of text in an order
//! that is not quite the printed one. Nothing moves from one page to another.

use unicode_width::UnicodeWidthChar;

use super::dice::Dice;
use super::fill::Document;
use super::sheet::{self, Answer, Part, Rank, wide_digit};
use super::switches::{PageMark, PdfNoise};

/// Widths of columns, counted in characters of full width.
const LABEL: usize = 13;
const INNER_LABEL: usize = 9;
pub(super) const CELL: usize = 48;
const INNER_CELL: usize = 44;
const PAGE: usize = 66;

/// Lines that always come out together.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub(super) lines: Vec<String>,
    /// Where it may go on the page.
    pub(super) hold: Hold,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hold {
    /// Stays with its neighbours.
    Firm,
    /// May change places with a neighbour.
    Loose,
    /// May stray over several blocks: lists of options, brackets.
    Stray,
}

impl Block {
    pub(super) fn new(lines: Vec<String>, hold: Hold) -> Self {
        Self { lines, hold }
    }
}

pub(crate) fn print(document: &Document, noise: &PdfNoise, seed: u64) -> String {
    let mut dice = Dice::new(seed ^ 0x9DF);
    let parts = sheet::sheet(document, &mut dice);
    let mut printer = Printer { noise, dice, pages: vec![Vec::new()], height: 0 };
    let mark = document.form.head.edition_mark.clone();
    printer.add(vec![Block::new(vec![mark], Hold::Firm)]);
    for part in &parts {
        printer.part(part);
    }
    let mut pages: Vec<Vec<Block>> = std::mem::take(&mut printer.pages);
    let mut out: Vec<Vec<String>> = Vec::new();
    for (at, page) in pages.iter_mut().enumerate() {
        printer.scramble(page, at == 0);
        if at > 0 && printer.dice.percent(noise.columns_apart_share) {
            columns_apart(page);
        }
        out.push(lines(page));
    }
    let section = document.form.change_section().map(sheet::section_heading).unwrap_or_default();
    out.extend(super::pdf_changes::pages(&document.changes, noise, &mut printer.dice, &section));
    assemble(&out, noise)
}

/// The pages one after the other, each begun as this text layer marks pages.
fn assemble(pages: &[Vec<String>], noise: &PdfNoise) -> String {
    let mut text = String::from("\n");
    for (at, page) in pages.iter().enumerate() {
        let mark = match noise.page_mark {
            _ if at == 0 => "",
            PageMark::Blank => " ",
            PageMark::FormFeed => "\u{c}",
            PageMark::Number => "",
        };
        text += mark;
        if noise.running_head && at > 0 {
            text += &format!("みほん市　特定個人情報保護評価　{}頁\n\n", at + 1);
        }
        for line in page.iter().filter(|l| !noise.no_blank_lines || !l.is_empty()) {
            text += if noise.no_indent { line.trim_start_matches(' ') } else { line };
            text += "\n";
        }
        if noise.page_mark == PageMark::Number {
            text += &format!("\n{}\n\n\n\n", at + 1);
        }
    }
    text
}

/// All labels of a page, then all cells.
fn columns_apart(page: &mut Vec<Block>) {
    let (labels, cells): (Vec<Block>, Vec<Block>) = page.drain(..).partition(|b| b.lines[0].starts_with(' '));
    page.extend(labels);
    page.extend(cells);
}

fn lines(page: &[Block]) -> Vec<String> {
    let mut lines = Vec::new();
    for (at, block) in page.iter().enumerate() {
        if at > 0 {
            lines.push(String::new());
        }
        lines.extend(block.lines.iter().cloned());
    }
    lines
}

/// Cuts a line at a width; a closing sign may hang over.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for c in text.chars() {
        let size = c.width().unwrap_or(0);
        if used + size > width * 2 && !"。、）)」".contains(c) {
            lines.push(String::new());
            used = 0;
        }
        used += size;
        lines.last_mut().expect("a line was begun").push(c);
    }
    lines
}

pub(super) fn wrap_all(text: &[String], width: usize) -> Vec<String> {
    text.iter().flat_map(|l| wrap(l, width)).collect()
}

pub(super) struct Printer<'p> {
    pub(super) noise: &'p PdfNoise,
    pub(super) dice: Dice,
    pages: Vec<Vec<Block>>,
    height: usize,
}

impl Printer<'_> {
    fn new_page(&mut self) {
        if self.pages.last().is_some_and(|p| !p.is_empty()) {
            self.pages.push(Vec::new());
            self.height = 0;
        }
    }

    fn page(&mut self) -> &mut Vec<Block> {
        self.pages.last_mut().expect("there is a first page")
    }

    /// Blocks of one row: they stay on one page, unless the last is long and breaks.
    fn add(&mut self, blocks: Vec<Block>) {
        let size: usize = blocks.iter().map(|b| b.lines.len()).sum();
        let room = self.noise.page_lines.saturating_sub(self.height);
        if size <= room {
            self.height += size;
            self.page().extend(blocks);
            return;
        }
        let head: usize = size - blocks.last().map_or(0, |b| b.lines.len());
        let breaks =
            blocks.last().is_some_and(|b| b.hold == Hold::Firm && b.lines.len() > 8) && room > head + 4;
        if !breaks {
            self.new_page();
            self.height = size;
            self.page().extend(blocks);
            return;
        }
        let mut blocks = blocks;
        let mut long = blocks.pop().expect("the last block is long");
        self.page().extend(blocks);
        let rest = long.lines.split_off(room - head);
        self.page().push(long);
        self.new_page();
        self.add(vec![Block::new(rest, Hold::Firm)]);
    }

    pub(super) fn print(&self, text: &str) -> String {
        let wide = |c: char| match c {
            ' ' => '　',
            c => wide_digit(c),
        };
        text.chars().map(|c| if self.noise.half_width { c } else { wide(c) }).collect()
    }

    fn part(&mut self, part: &Part) {
        match part {
            Part::Heading { rank: Rank::Section, text, .. } => {
                self.new_page();
                let text = self.print(text);
                self.add(vec![Block::new(vec![text], Hold::Loose)]);
            }
            Part::Heading { rank, text, flags } => self.heading(*rank, text, flags),
            Part::Passage(text) => self.add(vec![Block::new(wrap(text, PAGE), Hold::Loose)]),
            Part::Below { rank, label, answer } => self.below(*rank, label, answer),
            Part::Row { outer, in_group, label, answer } => {
                if let Some(outer) = outer {
                    let is_upright = outer.chars().count() <= 3;
                    let lines = if is_upright {
                        outer.chars().map(String::from).collect()
                    } else {
                        vec![format!(" {}", self.print(outer))]
                    };
                    self.add(vec![Block::new(lines, Hold::Loose)]);
                }
                self.row(label, answer, *in_group);
            }
        }
    }

    fn heading(&mut self, rank: Rank, text: &str, flags: &[(String, bool)]) {
        let text = self.print(text);
        let indent = if rank == Rank::Contents { " 　" } else { " " };
        let mut blocks = vec![Block::new(vec![format!("{indent}{text}")], Hold::Loose)];
        for (label, on) in flags {
            let (opener, label) = (if *on { "[ ○" } else { "[" }, self.print(label));
            if self.dice.percent(self.noise.split_boxes_share / 2) {
                blocks.push(Block::new(vec![opener.to_owned()], Hold::Loose));
                blocks.push(Block::new(vec![format!("] {label}")], Hold::Loose));
            } else {
                blocks.push(Block::new(vec![format!("{opener} ] {label}")], Hold::Loose));
            }
        }
        self.add(blocks);
    }

    fn below(&mut self, rank: Rank, label: &str, answer: &Answer) {
        let mut blocks = Vec::new();
        if !label.is_empty() {
            blocks.push(Block::new(vec![format!(" {}", self.print(label))], Hold::Loose));
        }
        match answer {
            Answer::Text(text) if !text.is_empty() => {
                let width = if rank == Rank::Title { 34 } else { PAGE };
                blocks.push(Block::new(wrap_all(text, width), Hold::Firm));
            }
            Answer::Text(_) => {}
            Answer::Choice(choice) => self.choice(choice, &mut blocks),
            Answer::Boxes(boxes) => self.boxes(boxes, &mut blocks),
        }
        self.add(blocks);
    }

    fn row(&mut self, label: &str, answer: &Answer, in_group: bool) {
        let (label_width, width) = if in_group { (INNER_LABEL, INNER_CELL) } else { (LABEL, CELL) };
        let mut label = wrap(&self.print(label), label_width);
        label[0].insert(0, ' ');
        match answer {
            Answer::Text(text) => {
                let lines = wrap_all(text, width);
                let apart = self.dice.percent(self.noise.label_apart_share);
                let blocks = match (lines.len(), label.len()) {
                    (0, _) => vec![Block::new(label, Hold::Loose)],
                    (1, 1) if !apart => {
                        vec![Block::new(vec![format!("{} {}", label[0], lines[0])], Hold::Loose)]
                    }
                    (2, 1) if !apart => {
                        label.extend(lines);
                        vec![Block::new(label, Hold::Loose)]
                    }
                    _ => {
                        let hold = if apart { Hold::Loose } else { Hold::Firm };
                        vec![Block::new(label, hold), Block::new(lines, hold)]
                    }
                };
                self.add(blocks);
            }
            Answer::Choice(choice) => {
                let mut blocks = vec![Block::new(label, Hold::Firm)];
                self.choice(choice, &mut blocks);
                self.add(blocks);
            }
            Answer::Boxes(boxes) => {
                let mut blocks = vec![Block::new(label, Hold::Loose)];
                self.boxes(boxes, &mut blocks);
                self.add(blocks);
            }
        }
    }

    /// Moves blocks about on their page, a little.
    fn scramble(&mut self, page: &mut Vec<Block>, is_cover: bool) {
        if is_cover && self.noise.contents_scrambled {
            let first = page.iter().position(|b| b.lines[0].starts_with(" 　"));
            if let Some(first) = first {
                for at in (first + 1..page.len()).rev() {
                    let other = first + self.dice.roll(at - first + 1);
                    page.swap(at, other);
                }
            }
        }
        let stray: Vec<usize> = (0..page.len()).filter(|at| page[*at].hold == Hold::Stray).collect();
        for at in stray.into_iter().rev() {
            let to = at + self.dice.roll(self.noise.stray + 1);
            let block = page.remove(at);
            page.insert(to.min(page.len()), block);
        }
        for _ in 0..self.noise.swaps {
            let at = self.dice.roll(page.len());
            if at + 1 < page.len() && page[at].hold != Hold::Firm && page[at + 1].hold != Hold::Firm {
                page.swap(at, at + 1);
            }
        }
    }
}
