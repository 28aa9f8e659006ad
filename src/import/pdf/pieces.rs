//! A page cut into pieces: labels, options, boxes, brackets, and what is left: text.

use super::lines::{Line, Page};
use super::words::{Place, Word, Words, is_file_number};
use crate::form::{NodeIx, fold};

/// One piece of a page.
#[derive(Debug, Clone)]
pub(super) struct Piece<'t> {
    /// Index of its line on the page.
    pub(super) line: usize,
    /// Number of its line in the source.
    pub(super) number: usize,
    /// It is the first piece of its line and a blank line stands before it.
    pub(super) gap: bool,
    /// It is the first piece of its line.
    pub(super) first: bool,
    /// What it is.
    pub(super) kind: What<'t>,
}

/// What a piece is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What<'t> {
    /// A label or heading of this class.
    Label(usize),
    /// The heading of an entry of a repeated node.
    Entry(NodeIx, u16),
    /// Other print of the form, options and their heading.
    Print,
    /// The rest of a label or of an option that runs over several lines.
    Tail,
    /// A box with its label.
    Box(Tickbox<'t>),
    /// `[` or `[ ○` without its end.
    Open(bool),
    /// `]` without a box label.
    Close,
    /// `（`, `）`, `（　）件` with the number in it.
    Paren(Option<u32>),
    /// The words of an option without its number: a choice that was made.
    Choice(&'static str),
    /// Anything else.
    Text(&'t str),
}

/// A box with its label, as far as both stand together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tickbox<'t> {
    /// Its label.
    pub(super) label: &'static str,
    /// Ticked or not; none where its opening bracket stands elsewhere.
    pub(super) ticked: Option<bool>,
    /// What stands in its parenthesis; none where none is opened.
    pub(super) content: Option<&'t str>,
    /// Its parenthesis is not closed on the line.
    pub(super) open: bool,
}

/// Whether the source indents its labels, so that words without indent in the middle of a text are none.
pub(super) fn labels_are_indented(words: &Words, pages: &[Page<'_>]) -> bool {
    let mut counts = [0_usize; 2];
    for page in pages {
        // The headings of sections stand at the margin, and words without a blank line before them may be text.
        for at in (0..page.lines.len()).filter(|at| page.lines[*at].gap) {
            if matches!(words.word_at(&page.lines, (at, 0)), Some((Word::Label(class), _)) if !words.at_margin[class])
            {
                counts[usize::from(page.lines[at].indented)] += 1;
            }
        }
    }
    counts[1] >= 5 && counts[1] >= 4 * counts[0]
}

/// Cuts a page into pieces.
pub(super) fn pieces<'t>(words: &Words, page: &Page<'t>, indented: bool) -> Vec<Piece<'t>> {
    let lines = &page.lines;
    let mut cutter = Cutter { words, lines, indented, place: (0, 0), pieces: Vec::new(), start: 0 };
    while cutter.place.0 < page.lines.len() {
        cutter.step();
    }
    cutter.pieces
}

struct Cutter<'a, 't> {
    words: &'a Words,
    lines: &'a [Line<'t>],
    /// The source indents its labels.
    indented: bool,
    place: Place,
    pieces: Vec<Piece<'t>>,
    /// Index of the first piece that belongs to the printed line (a wrapped label counts as one line).
    start: usize,
}

impl<'t> Cutter<'_, 't> {
    fn rest(&self) -> &'t str {
        self.lines.get(self.place.0).map_or("", |l| &l.text[self.place.1..])
    }

    fn push(&mut self, kind: What<'t>, end: Place) {
        let line = &self.lines[self.place.0];
        let first = self.place.1 == 0;
        self.pieces.push(Piece {
            line: self.place.0,
            number: line.number,
            gap: first && line.gap,
            first,
            kind,
        });
        self.place = end;
    }

    /// The place `bytes` further on the line.
    fn ahead(&self, bytes: usize) -> Place {
        (self.place.0, self.place.1 + bytes)
    }

    fn step(&mut self) {
        if self.place.1 == 0 {
            self.start = self.pieces.len();
        }
        // A blank at the very start of a line is an indent inside a text and stays with it.
        let rest = self.rest();
        let blank = rest.len() - rest.trim_start().len();
        if blank == rest.len() {
            self.place = (self.place.0 + 1, 0);
            return;
        }
        if self.place.1 > 0 {
            self.place.1 += blank;
        }
        if self.printed() || self.marks() || self.chosen() {
            return;
        }
        self.text();
    }

    fn marks(&mut self) -> bool {
        let rest = self.rest();
        match rest.chars().next() {
            Some('[' | '［') => self.opening(),
            Some(c @ (']' | '］')) => {
                let behind = self.skip_blanks(self.ahead(c.len_utf8()));
                if let Some((label, end)) = self.words.box_at(self.lines, behind) {
                    self.tickbox(label, None, end);
                } else {
                    self.push(What::Close, self.ahead(c.len_utf8()));
                }
            }
            Some('（' | '(' | '）' | ')') => return self.parenthesis(),
            Some('※') if self.is_sign_of_label(rest) => self.push(What::Tail, self.ahead('※'.len_utf8())),
            _ => return false,
        }
        true
    }

    /// Whether a ※ is the sign of an important item and not the mark of a remark: it stands alone or right behind a label.
    fn is_sign_of_label(&self, rest: &str) -> bool {
        let alone = rest.chars().nth(1).is_none_or(char::is_whitespace);
        let behind = self.place.1 > 0
            && self.pieces.last().is_some_and(|p| matches!(p.kind, What::Label(_) | What::Tail));
        alone && (behind || rest.chars().count() == 1)
    }

    fn opening(&mut self) {
        let rest = self.rest();
        let inside = rest[rest.chars().next().map_or(0, char::len_utf8)..].trim_start();
        let marked = inside.strip_prefix(['○', '〇', '◯', '●', '✓', '☑', 'レ']);
        let behind = marked.unwrap_or(inside).trim_start();
        let ticked = marked.is_some();
        let Some(after) = behind.strip_prefix([']', '］']) else {
            self.push(What::Open(ticked), self.ahead(rest.len() - behind.len()));
            return;
        };
        let end = self.ahead(rest.len() - after.len());
        if let Some((label, end)) = self.words.box_at(self.lines, self.skip_blanks(end)) {
            self.tickbox(label, Some(ticked), end);
            return;
        }
        self.push(What::Open(ticked), end);
        let opened = self.pieces.last().cloned();
        self.pieces.extend(opened.map(|p| Piece { kind: What::Close, first: false, gap: false, ..p }));
    }

    fn skip_blanks(&self, (line, byte): Place) -> Place {
        let rest = &self.lines[line].text[byte..];
        (line, byte + rest.len() - rest.trim_start().len())
    }

    fn tickbox(&mut self, label: &'static str, ticked: Option<bool>, end: Place) {
        let at = self.skip_blanks(end);
        let rest = &self.lines[at.0].text[at.1..];
        let Some(inside) = rest.strip_prefix(['（', '(']) else {
            let kind = What::Box(Tickbox { label, ticked, content: None, open: false });
            self.claim(kind, end);
            return;
        };
        let close = closing(inside);
        let content = inside[..close.unwrap_or(inside.len())].trim();
        // A bracket behind the parenthesis belongs to the next box.
        let kind = What::Box(Tickbox { label, ticked, content: Some(content), open: close.is_none() });
        let used = match close {
            Some(close) => {
                rest.len() - inside.len() + close + inside[close..].chars().next().map_or(0, char::len_utf8)
            }
            None => rest.len(),
        };
        let behind = rest[used..].trim_start();
        let unit =
            if behind.starts_with('件') { rest.len() - behind.len() + '件'.len_utf8() } else { used };
        self.claim(kind, (at.0, at.1 + unit));
    }

    /// `（`, `）`, `（ 3 ）　件`; anything longer in parentheses is text.
    fn parenthesis(&mut self) -> bool {
        let rest = self.rest();
        let behind_label =
            self.place.1 > 0 && matches!(self.pieces.last(), Some(p) if matches!(p.kind, What::Label(_)));
        if behind_label && is_file_number(rest) {
            self.push(What::Tail, self.ahead(rest.len()));
            return true;
        }
        let folded = fold(rest);
        let Some(body) = folded.strip_suffix('件').or(Some(&folded)) else { return false };
        let number = body.trim_matches(['(', ')']);
        if !number.chars().all(|c| c.is_ascii_digit()) || (number.is_empty() && folded.len() > 5) {
            return false;
        }
        if !number.is_empty() && !folded.ends_with('件') {
            return false;
        }
        self.push(What::Paren(number.parse().ok()), self.ahead(rest.len()));
        true
    }

    fn printed(&mut self) -> bool {
        if let Some(end) = self.numbered_option() {
            self.claim(What::Print, end);
            return true;
        }
        let Some((word, end)) = self.words.word_at(self.lines, self.place) else { return false };
        // A label written upright has a line for every sign.
        let upright = end.0 >= self.place.0 + 2
            && self.lines[self.place.0..=end.0].iter().all(|l| l.text.trim().chars().count() == 1);
        if word != Word::Print && !upright && self.is_inside_text() {
            return false;
        }
        match word {
            Word::Label(class) => self.claim(What::Label(class), end),
            Word::Print => self.claim(What::Print, end),
            Word::Entry(node) => {
                let line = &self.lines[end.0];
                let from = line.folded.index_at(end.1);
                let digits: String =
                    line.folded.chars[from..].iter().take_while(|c| c.is_ascii_digit()).collect();
                let Ok(number @ 1..=99) = digits.parse::<u16>() else { return false };
                let end = (end.0, line.folded.end_of(from + digits.len()));
                if line.text[end.1..]
                    .chars()
                    .next()
                    .is_some_and(|c| !c.is_whitespace() && !matches!(c, '[' | ']'))
                {
                    return false;
                }
                self.claim(What::Entry(node, number), end);
            }
        }
        true
    }

    /// Whether a line goes on with a text although it begins with the words of a label.
    fn is_inside_text(&self) -> bool {
        let line = &self.lines[self.place.0];
        let above =
            self.pieces.last().is_some_and(|p| matches!(p.kind, What::Text(_)) && p.line + 1 == self.place.0);
        self.indented && self.place.1 == 0 && !line.indented && !line.gap && above
    }

    /// Pushes a printed piece; the lines it runs over are its own.
    fn claim(&mut self, kind: What<'t>, end: Place) {
        let first = self.place.0;
        self.push(kind, end);
        for line in first + 1..=end.0 {
            let number = self.lines[line].number;
            self.pieces.push(Piece { line, number, gap: false, first: false, kind: What::Tail });
        }
    }

    /// `3） 10万人以上` and the like.
    fn numbered_option(&self) -> Option<Place> {
        let rest = self.rest();
        let digits = rest.len()
            - rest.trim_start_matches(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c)).len();
        let behind = rest[digits..].strip_prefix([')', '）'])?;
        if digits == 0 {
            return None;
        }
        let at = self.skip_blanks(self.ahead(rest.len() - behind.len()));
        // The number of an option whose words stand elsewhere.
        let bare = (digits < 7 && behind.trim().is_empty()).then(|| self.ahead(rest.len()));
        self.words.option_at(self.lines, at, false).map(|(_, end)| end).or(bare)
    }

    fn chosen(&mut self) -> bool {
        if let Some((label, end)) = self.words.option_at(self.lines, self.place, true)
            && !self.is_sentence(end)
        {
            self.claim(What::Choice(label), end);
            return true;
        }
        let Some(token) = self.words.not_applicable_at(self.rest()) else { return false };
        self.push(What::Text(token), self.ahead(token.len()));
        true
    }

    /// Whether the words of an option are the text of a cell: 「⑥委託先名 未定」, or a line in the middle of a text.
    fn is_sentence(&self, end: Place) -> bool {
        let line = &self.lines[self.place.0];
        if !self.lines[end.0].text[end.1..].trim().is_empty() || (self.place.1 == 0 && line.gap) {
            return false;
        }
        match self.pieces.iter().rev().find(|p| p.kind != What::Tail).map(|p| &p.kind) {
            Some(What::Label(class)) => self.words.free_text[*class],
            Some(What::Text(_)) => self.place.1 == 0,
            _ => false,
        }
    }

    fn text(&mut self) {
        let on_line = &self.pieces[self.start..];
        // A sentence may begin with the words of an option: then the whole line is text.
        let soft = |p: &Piece| matches!(p.kind, What::Choice(_) | What::Text(_)) && p.line == self.place.0;
        if !on_line.is_empty() && on_line.iter().all(soft) {
            self.pieces.truncate(self.start);
            self.place.1 = 0;
        }
        let rest = self.rest();
        let body = rest.trim_end_matches(['[', ']', '［', '］', ' ', '　']);
        let structural = rest[body.len()..].contains(['[', ']', '［', '］'])
            && body.matches(['[', '［']).count() == body.matches([']', '］']).count();
        let length = if structural && !body.is_empty() { body.len() } else { rest.len() };
        self.push(What::Text(rest[..length].trim_end()), self.ahead(length));
    }
}

/// Where the parenthesis closes that is open at the start; nested ones are skipped, and the next box ends the search.
fn closing(inside: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in inside.char_indices() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' if depth == 0 => return Some(at),
            '）' | ')' => depth -= 1,
            '[' | ']' | '［' | '］' => return None,
            _ => {}
        }
    }
    None
}
