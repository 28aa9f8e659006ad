//! What the parts of the reader share: the pages, the seats, the answers so far, and what became of every piece.

use std::collections::{BTreeMap, BTreeSet};

use super::join::{CellLine, joined_at, usual_width};
use super::lines::Page;
use super::pieces::{Piece, What};
use super::seats::{SeatIx, Seats};
use super::words::Words;
use crate::assessment::{Answers, Value};
use crate::form::{Form, Kind, Need, Node, Slot};
use crate::import::{Doubt, Ledger, Note};

/// A document on its way from pages to answers.
pub(super) struct Reader<'a, 't> {
    pub(super) form: &'static Form,
    pages: &'a [Page<'t>],
    pub(super) pieces: &'a [Vec<Piece<'t>>],
    pub(super) seats: Seats,
    pub(super) answers: Answers,
    pub(super) notes: Vec<Note>,
    /// Per page and piece: it ended in the value of this seat.
    pub(super) used: Vec<Vec<Option<SeatIx>>>,
    /// Text pieces that the next page prints again at its top: there a cell was cut.
    pub(super) cuts: Vec<(usize, usize)>,
    /// The source hardly has blank lines, so they part nothing.
    pub(super) gapless: bool,
    /// Half-width columns at which texts are usually wrapped.
    usual_width: usize,
    /// Number of 特定個人情報ファイル.
    pub(super) files: u16,
}

impl<'a, 't> Reader<'a, 't> {
    /// A reader that has read nothing yet.
    pub(super) fn new(
        form: &'static Form,
        words: &Words,
        pages: &'a [Page<'t>],
        pieces: &'a [Vec<Piece<'t>>],
    ) -> Self {
        let seats = Seats::new(form, words, pieces);
        let mut answers = Answers::new(form);
        let mut files = 1;
        for seat in &seats.all {
            let node = form.node(seat.slot.node);
            if node.is_per_file() {
                files = seat.slot.entries.numbers().next().unwrap_or(1).max(files);
                answers.set_count(node, crate::form::Entries::NONE, files);
            }
        }
        let used = pieces.iter().map(|p| vec![None; p.len()]).collect();
        let cuts = cuts(pieces);
        let usual_width = usual_width(pages.iter().flat_map(|p| &p.lines).map(|l| l.text));
        let lines = || pages.iter().flat_map(|p| &p.lines);
        let gapless = lines().filter(|l| l.gap).count() * 20 < lines().count();
        Self {
            form,
            pages,
            pieces,
            seats,
            answers,
            notes: Vec::new(),
            used,
            cuts,
            gapless,
            usual_width,
            files,
        }
    }

    /// The node of a seat.
    pub(super) fn node(&self, seat: SeatIx) -> &'static Node {
        self.form.node(self.seats.all[seat].slot.node)
    }

    /// The slot of a seat.
    pub(super) fn slot(&self, seat: SeatIx) -> Slot {
        self.seats.all[seat].slot
    }

    /// Whether nothing was read for a seat yet.
    pub(super) fn is_open(&self, seat: SeatIx) -> bool {
        self.answers.get(self.slot(seat)).is_none()
    }

    /// Whether the form asks for the value of a seat, as far as is known by now.
    pub(super) fn is_required(&self, seat: SeatIx) -> bool {
        matches!(self.form.need(self.slot(seat), &self.answers), Need::Required)
    }

    /// The seats of a page that still wait for a value of one of these kinds.
    pub(super) fn open_seats(&self, page: usize, kinds: &[Kind]) -> Vec<SeatIx> {
        self.seats_here(page, kinds).into_iter().filter(|s| self.is_open(*s)).collect()
    }

    /// The seats of these kinds whose label is on a page; a cell without label is where its neighbours are.
    pub(super) fn seats_here(&self, page: usize, kinds: &[Kind]) -> Vec<SeatIx> {
        let labels: BTreeSet<SeatIx> = self.seats.owners[page].iter().flatten().copied().collect();
        let is_here = |seat: SeatIx| match self.seats.all[seat].print {
            // An item with the words of its heading may not print them again.
            Some(_) => labels.contains(&seat) || (self.repeats_heading(seat) && labels.contains(&(seat - 1))),
            None => labels.range(seat.saturating_sub(2)..=seat + 2).next().is_some(),
        };
        let all = self.seats.on_page(page).chain(labels.iter().copied());
        let seats: BTreeSet<SeatIx> =
            all.filter(|s| kinds.contains(&self.node(*s).kind) && is_here(*s)).collect();
        seats.into_iter().collect()
    }

    fn repeats_heading(&self, seat: SeatIx) -> bool {
        let above = seat.checked_sub(1).map(|s| self.node(s));
        above.is_some_and(|a| a.label == self.node(seat).label && Some(a.ix) == self.node(seat).parent)
    }

    /// The seat that a label piece belongs to.
    pub(super) fn owner(&self, page: usize, piece: usize) -> Option<SeatIx> {
        self.seats.owners[page][piece]
    }

    /// The piece before another one, the rests of wrapped labels left out.
    pub(super) fn before(&self, page: usize, piece: usize) -> Option<usize> {
        (0..piece).rev().find(|at| self.pieces[page][*at].kind != What::Tail)
    }

    /// Puts a value and remembers the pieces it came from.
    pub(super) fn put(&mut self, seat: SeatIx, value: Value, page: usize, pieces: &[usize]) {
        self.answers.set(self.slot(seat), value);
        for piece in pieces {
            self.used[page][*piece] = Some(seat);
        }
    }

    /// The lines of text pieces.
    pub(super) fn cell_lines(&self, page: usize, pieces: &[usize]) -> Vec<CellLine<'t>> {
        pieces
            .iter()
            .filter_map(|at| {
                let piece = &self.pieces[page][*at];
                let text = match piece.kind {
                    What::Text(text) => text,
                    What::Choice(label) => label,
                    _ => return None,
                };
                Some(CellLine { number: piece.number, text, gap: piece.gap })
            })
            .collect()
    }

    /// The text of text pieces.
    pub(super) fn joined(&self, page: usize, pieces: &[usize]) -> String {
        joined_at(&self.cell_lines(page, pieces), self.usual_width)
    }

    /// How an item is called in the report.
    pub(super) fn subject(&self, seat: SeatIx) -> String {
        self.form.name(self.slot(seat), self.files).line()
    }

    /// The instance path of a seat.
    pub(super) fn path(&self, seat: SeatIx) -> String {
        self.form.path(self.slot(seat), self.files)
    }

    /// Notes that a value stands on judgement.
    pub(super) fn doubt(&mut self, seat: SeatIx, line: Option<usize>, message: impl Into<String>) {
        self.note(Doubt::Uncertain, seat, line, message);
    }

    /// Notes something about an item, once per item and kind of doubt.
    pub(super) fn note(
        &mut self,
        doubt: Doubt,
        seat: SeatIx,
        line: Option<usize>,
        message: impl Into<String>,
    ) {
        let path = self.path(seat);
        if self.notes.iter().any(|n| n.doubt == doubt && n.path == path) {
            return;
        }
        self.notes.push(Note { doubt, line, subject: self.subject(seat), path, message: message.into() });
    }

    /// Notes what stays empty though the form asks for it.
    pub(super) fn note_missing(&mut self) {
        for seat in 0..self.seats.all.len() {
            let node = self.node(seat);
            if !node.is_item() || node.kind == Kind::Flag || !self.is_open(seat) || !self.is_required(seat) {
                continue;
            }
            if node.kind == Kind::Figure {
                self.note(
                    Doubt::Empty,
                    seat,
                    None,
                    "図は取り込めません。画像と、その内容を説明する文を用意してください。",
                );
            } else {
                self.note(
                    Doubt::Empty,
                    seat,
                    None,
                    "記載を読み取れませんでした。原文を確かめて記入してください。",
                );
            }
        }
    }

    /// Notes labels that order alone told apart, where that decided anything.
    pub(super) fn note_doubtful_labels(&mut self) {
        let doubts = std::mem::take(&mut self.seats.doubts);
        for doubt in doubts {
            let values: Vec<_> =
                doubt.seats.iter().map(|s| self.answers.get(self.slot(*s)).cloned()).collect();
            let same_family = |a: &Value, b: &Value| a == b;
            let differs = values.windows(2).any(|pair| match (&pair[0], &pair[1]) {
                (Some(a), Some(b)) => !same_family(a, b),
                (None, None) => false,
                _ => true,
            });
            // The seats of the entries below them follow the same decision, so only these seats are named.
            if !differs {
                continue;
            }
            for seat in &doubt.seats {
                if !self.is_open(*seat) {
                    self.doubt(
                        *seat,
                        Some(doubt.line),
                        "同じ見出しが同じページに複数あり、並び順だけで割り当てました。ほかの欄の記載でないか確かめてください。",
                    );
                }
            }
        }
    }

    /// States the fate of every line of the pages.
    pub(super) fn settle_lines(&self, ledger: &mut Ledger) {
        let mut lines: BTreeMap<usize, LineFate> = BTreeMap::new();
        for (page, pieces) in self.pieces.iter().enumerate() {
            for (at, piece) in pieces.iter().enumerate() {
                let fate = lines.entry(piece.number).or_default();
                let lost = match (self.used[page][at], &piece.kind) {
                    (Some(seat), kind) => {
                        fate.add(self.path(seat));
                        self.count_beside(seat, kind).into_iter().for_each(|path| fate.add(path));
                        continue;
                    }
                    (None, What::Text(text)) => (*text).to_owned(),
                    (None, What::Choice(label)) => (*label).to_owned(),
                    (None, What::Open(true)) => "[ ○".to_owned(),
                    (None, What::Paren(Some(count))) => format!("（{count}）"),
                    // A label for which the form has no place left: rather a line of somebody's text.
                    (None, What::Label(_) | What::Entry(..)) if self.owner(page, at).is_none() => {
                        self.text_of_line(page, piece)
                    }
                    _ => continue,
                };
                fate.lost.push(lost);
            }
        }
        for (line, fate) in lines {
            // What was not understood outranks what was: it must not hide behind the rest of its line.
            if !fate.lost.is_empty() {
                ledger.unrecognised(line, fate.lost.join(" … "));
            } else if fate.paths.is_empty() {
                ledger.print(line);
            } else {
                ledger.value(line, fate.paths.join(", "));
            }
        }
    }

    /// The path of the number that stands in the parenthesis of a box.
    fn count_beside(&self, seat: SeatIx, kind: &What<'_>) -> Option<String> {
        let What::Box(tickbox) = kind else { return None };
        let check = self.form.boxes(self.node(seat)).iter().find(|b| b.label == tickbox.label)?;
        let node = self.form.by_id(check.count.as_ref()?)?;
        let slot = Slot { node: node.ix, entries: self.slot(seat).entries };
        self.answers.get(slot).map(|_| self.form.path(slot, self.files))
    }

    fn text_of_line(&self, page: usize, piece: &Piece<'_>) -> String {
        self.pages[page].lines.get(piece.line).map_or_else(String::new, |l| l.text.to_owned())
    }
}

/// What became of the pieces of one line.
#[derive(Default)]
struct LineFate {
    paths: Vec<String>,
    lost: Vec<String>,
}

impl LineFate {
    fn add(&mut self, path: String) {
        if !self.paths.contains(&path) {
            self.paths.push(path);
        }
    }
}

/// The last pieces of cells that run over the edge of their page: a line that the next page begins with.
fn cuts(pieces: &[Vec<Piece<'_>>]) -> Vec<(usize, usize)> {
    let mut cuts = Vec::new();
    for (page, pair) in pieces.windows(2).enumerate() {
        let Some(What::Text(top)) = pair[1].first().map(|p| &p.kind) else { continue };
        let ends_block = |at: &usize| {
            pair[0].get(at + 1).is_none_or(|next| next.gap || !matches!(next.kind, What::Text(_)))
        };
        let same = |at: &usize| matches!(pair[0][*at].kind, What::Text(text) if text == *top && text.chars().count() > 2);
        if let Some(at) = (0..pair[0].len()).rev().find(|at| same(at) && ends_block(at)) {
            cuts.push((page, at));
        }
    }
    cuts
}
