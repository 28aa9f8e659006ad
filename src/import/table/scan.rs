//! The words of an answer as one folded run, in which labels, boxes and marks can be found and traced back.

use crate::form::fold;
use crate::import::html::{Cell, Piece, Row};

/// A ticked box drawn by HTML, as a character.
const TICKED: char = '\u{E001}';
/// An empty box drawn by HTML, as a character.
const EMPTY: char = '\u{E000}';

/// What people and transcriptions put into a box as its tick.
const MARKS: &str = "○◎●✓✔☑☒✅■レvVoO0xX×*";

/// A folded run of words that knows where each character came from.
#[derive(Debug, Default)]
pub(super) struct Run {
    original: Vec<(char, usize)>,
    /// Folded characters without blanks, each with its place in `original`.
    folded: Vec<(char, usize)>,
}

/// A part of a run, in folded characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) from: usize,
    pub(super) to: usize,
}

impl Run {
    /// The words of some cells, those of inner tables included.
    pub(super) fn of<'c>(cells: impl IntoIterator<Item = &'c Cell>) -> Self {
        let mut run = Self::default();
        let mut line = 0;
        for cell in cells {
            run.add(cell, &mut line);
            run.push(' ', line);
        }
        run
    }

    fn add(&mut self, cell: &Cell, line: &mut usize) {
        for piece in &cell.pieces {
            match piece {
                Piece::Text { line: at, text } => {
                    *line = *at;
                    text.chars().for_each(|c| self.push(c, *at));
                }
                Piece::Break | Piece::Paragraph => self.push(' ', *line),
                Piece::Box { line: at, ticked } => {
                    *line = *at;
                    self.push(if *ticked { TICKED } else { EMPTY }, *at);
                }
                Piece::Table(rows) => rows.iter().for_each(|row: &Row| {
                    for cell in &row.cells {
                        self.push(' ', *line);
                        self.add(cell, line);
                    }
                }),
            }
        }
    }

    fn push(&mut self, c: char, line: usize) {
        let at = self.original.len();
        self.original.push((c, line));
        let mut buffer = [0; 4];
        self.folded.extend(fold(c.encode_utf8(&mut buffer)).chars().map(|f| (f, at)));
    }

    /// Number of folded characters.
    pub(super) fn len(&self) -> usize {
        self.folded.len()
    }

    /// The folded character at a place.
    pub(super) fn at(&self, place: usize) -> Option<char> {
        self.folded.get(place).map(|(c, _)| *c)
    }

    /// Whether these folded words stand at a place.
    pub(super) fn has(&self, place: usize, words: &[char]) -> bool {
        let there = self.folded.get(place..place + words.len());
        !words.is_empty() && there.is_some_and(|there| there.iter().map(|(c, _)| c).eq(words))
    }

    /// The source text of a span, blanks collapsed.
    pub(super) fn text(&self, span: Span) -> String {
        let Some(last) = span.to.checked_sub(1).filter(|last| *last >= span.from) else {
            return String::new();
        };
        let (Some((_, from)), Some((_, to))) = (self.folded.get(span.from), self.folded.get(last)) else {
            return String::new();
        };
        let drawn = |c: char| match c {
            TICKED => '☑',
            EMPTY => '☐',
            c => c,
        };
        let text: String = self.original[*from..=*to].iter().map(|(c, _)| drawn(*c)).collect();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The source line (from 1) of a place.
    pub(super) fn line(&self, place: usize) -> usize {
        let place = place.min(self.folded.len().saturating_sub(1));
        self.folded.get(place).map_or(0, |(_, at)| self.original[*at].1)
    }

    /// Whether a word could begin at a place: it is the start, or a blank or a separator stands before it.
    pub(super) fn opens(&self, place: usize) -> bool {
        let Some((_, at)) = self.folded.get(place) else { return true };
        let before = at.checked_sub(1).map(|i| self.original[i].0);
        before.is_none_or(is_separator)
    }

    /// Whether a word could end before a place.
    pub(super) fn closes(&self, place: usize) -> bool {
        let Some((_, last)) = place.checked_sub(1).and_then(|p| self.folded.get(p)) else { return true };
        self.original.get(last + 1).is_none_or(|(c, _)| is_separator(*c))
    }

    /// A box at a place: whether it is ticked, and its length in folded characters.
    pub(super) fn box_at(&self, place: usize) -> Option<(bool, usize)> {
        match self.at(place)? {
            TICKED | '☑' | '☒' | '✅' | '■' | '✔' | '✓' => return Some((true, 1)),
            EMPTY | '☐' | '□' => return Some((false, 1)),
            '[' => {}
            '(' if self.at(place + 1).is_some_and(|c| c == '○') && self.at(place + 2) == Some(')') => {
                return Some((true, 3));
            }
            _ => return None,
        }
        let inside = (place + 1..place + 4).take_while(|p| self.at(*p).is_some_and(|c| c != ']'));
        let inside: Vec<char> = inside.filter_map(|p| self.at(p)).collect();
        if self.at(place + 1 + inside.len()) != Some(']') {
            return None;
        }
        let length = inside.len() + 2;
        match inside.as_slice() {
            [] | [EMPTY] => Some((false, length)),
            [TICKED] => Some((true, length)),
            marks if marks.iter().all(|c| MARKS.contains(*c)) => Some((true, length)),
            _ => None,
        }
    }

    /// The place behind the bracket that opens at a place, and the span inside; to the end where it is not closed.
    pub(super) fn bracket(&self, place: usize) -> Option<(Span, usize)> {
        if self.at(place) != Some('(') {
            return None;
        }
        let mut depth = 0usize;
        for at in place..self.len() {
            match self.at(at) {
                Some('(') => depth += 1,
                Some(')') => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Some((Span { from: place + 1, to: at }, at + 1));
            }
        }
        Some((Span { from: place + 1, to: self.len() }, self.len()))
    }

    /// Whether any box in the run is ticked.
    pub(super) fn has_tick(&self) -> bool {
        (0..self.len()).any(|at| matches!(self.box_at(at), Some((true, _))))
    }

    /// Whether any box stands in the run.
    pub(super) fn has_box(&self) -> bool {
        (0..self.len()).any(|at| self.box_at(at).is_some())
    }
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || "・、,，()（）[]［］<>＜＞☑☐□■".contains(c) || c == TICKED || c == EMPTY
}

/// Known words, longest first, so that a word is never taken for the beginning of a longer one.
#[derive(Debug)]
pub(super) struct Words {
    words: Vec<(Vec<char>, usize)>,
}

impl Words {
    /// Words with the number they stand for.
    pub(super) fn new<'t>(words: impl IntoIterator<Item = (&'t str, usize)>) -> Self {
        let fold_word = |(text, id): (&str, usize)| (fold(text).chars().collect::<Vec<_>>(), id);
        let mut words: Vec<_> = words.into_iter().map(fold_word).filter(|(w, _)| !w.is_empty()).collect();
        words.sort_by_key(|(word, id)| (std::cmp::Reverse(word.len()), *id));
        Self { words }
    }

    /// The longest word at a place and its length.
    pub(super) fn at(&self, run: &Run, place: usize) -> Option<(usize, usize)> {
        let found = self.words.iter().find(|(word, _)| run.has(place, word));
        found.map(|(word, id)| (*id, word.len()))
    }
}

/// The heading of a printed option list (`<選択肢>`, with or without its brackets) at a place: its length.
pub(super) fn option_heading_at(run: &Run, place: usize, heading: &str) -> Option<usize> {
    let whole: Vec<char> = fold(heading).chars().collect();
    if run.has(place, &whole) {
        return Some(whole.len());
    }
    let bare: Vec<char> = whole.iter().copied().filter(|c| !matches!(c, '<' | '>')).collect();
    let opened = usize::from(matches!(run.at(place), Some('<' | '(' | '【')));
    if !run.has(place + opened, &bare) {
        return None;
    }
    let end = place + opened + bare.len();
    let closed = usize::from(matches!(run.at(end), Some('>' | ')' | '】' | ':')));
    Some(end + closed - place)
}

/// The number before an option (`2)`, `２．`, `②`) at a place: its length.
pub(super) fn option_number_at(run: &Run, place: usize) -> Option<usize> {
    if run.at(place).is_some_and(|c| ('①'..='⑳').contains(&c)) {
        return Some(1);
    }
    let digits = (place..place + 2).take_while(|p| run.at(*p).is_some_and(|c| c.is_ascii_digit())).count();
    let behind = run.at(place + digits)?;
    (digits > 0 && matches!(behind, ')' | '.' | '、' | ':')).then_some(digits + 1)
}

/// Whether a text says nothing: only brackets, separators and blanks.
pub(super) fn says_nothing(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || "[]()［］（）・、,，。.．|｜<>:：☐□○".contains(c))
}
