//! Texts that strayed from their label, or whose label strayed: what the neighbours of a label say about that.

use super::cells::Orphan;
use super::orphans::AWAY;
use super::pieces::What;
use super::reader::Reader;
use super::seats::SeatIx;
use crate::form::{Kind, Need};
use crate::import::Doubt;

impl Reader<'_, '_> {
    /// A date that must not be given goes to the only cell of the page that still asks for one.
    pub(super) fn move_forbidden_date(&mut self, page: usize) {
        let is_forbidden =
            |s: &SeatIx| matches!(self.form.need(self.slot(*s), &self.answers), Need::Blank(_));
        let filled: Vec<SeatIx> =
            self.seats_here(page, &[Kind::Date]).into_iter().filter(|s| !self.is_open(*s)).collect();
        let asking: Vec<SeatIx> =
            self.open_seats(page, &[Kind::Date]).into_iter().filter(|s| self.is_required(*s)).collect();
        let forbidden: Vec<SeatIx> = filled.into_iter().filter(is_forbidden).collect();
        let ([from], [to]) = (&forbidden[..], &asking[..]) else { return };
        let Some(value) = self.answers.remove(self.slot(*from)) else { return };
        let pieces: Vec<usize> = (0..self.used[page].len())
            .filter(|at| {
                self.used[page][*at] == Some(*from) && matches!(self.pieces[page][*at].kind, What::Text(_))
            })
            .collect();
        self.put(*to, value, page, &pieces);
        let line = pieces.first().map(|at| self.pieces[page][*at].number);
        self.doubt(*to, line, AWAY);
    }

    /// Between a label and its text may have come what belongs to the choices and boxes around: lists of options, brackets.
    pub(super) fn behind_print(&mut self, page: usize, orphans: &mut Vec<Orphan>) {
        orphans.retain(|orphan| {
            let Some(first) = orphan.pieces.first().copied().filter(|_| orphan.under.is_none()) else {
                return true;
            };
            let strays = |at: &usize| {
                matches!(
                    self.pieces[page][*at].kind,
                    What::Print | What::Tail | What::Close | What::Open(_) | What::Choice(_) | What::Paren(_)
                )
            };
            let between = (0..first).rev().take_while(strays).count();
            let Some(label) = (first - between).checked_sub(1).filter(|_| between > 0) else { return true };
            let cell = self.cell_of(page, label).filter(|s| self.is_open(*s));
            let Some(seat) = cell.filter(|s| self.node(*s).kind == Kind::Text) else { return true };
            // A text that touches the label below may belong to that one.
            let last = orphan.pieces.last().copied().unwrap_or(first);
            let touches = self.pieces[page].get(last + 1).is_some_and(|next| !next.gap);
            touches || self.comes_after_empty(page, seat) || !self.place(seat, orphan)
        });
    }

    /// A block set off from its label's value belongs to the empty cell whose label has changed places with that label.
    pub(super) fn onto_swapped_label(&mut self, page: usize, orphans: &mut Vec<Orphan>) {
        orphans.retain(|orphan| {
            let swapped = orphan.under.and_then(|seat| self.swapped_before(page, seat));
            swapped.is_none_or(|seat| !self.place(seat, orphan))
        });
    }

    /// Texts were left over on a page: one of them may be missing in a cell that need not be filled.
    pub(super) fn doubt_empty(&mut self, page: usize) {
        for seat in self.open_seats(page, &[Kind::Text]) {
            if self.prints_here(page, seat) && !self.is_required(seat) {
                self.note(
                    Doubt::Empty,
                    seat,
                    None,
                    "同じページに行き先の分からない記載があります。この欄の記載か確かめてください。",
                );
            }
        }
    }

    /// Whether the label before that of a seat has no value although it must have one of the same kind: then the labels of the page
    /// may stand apart from their cells.
    pub(super) fn comes_after_empty(&self, page: usize, seat: SeatIx) -> bool {
        let owners = &self.seats.owners[page];
        let Some(label) = owners.iter().position(|o| *o == Some(seat)) else { return false };
        let before = owners[..label].iter().flatten().next_back();
        before.is_some_and(|s| {
            self.node(*s).kind == self.node(seat).kind && self.is_open(*s) && self.is_required(*s)
        })
    }

    /// Whether a text filled its page to the end and the next page, in good order, begins with more text.
    pub(super) fn runs_on(&self, seat: SeatIx, orphan: &Orphan) -> bool {
        let page = orphan.page - 1;
        let fills = self.used[page].last().is_some_and(|used| *used == Some(seat));
        let last = orphan.pieces.last().copied().unwrap_or(0);
        let apart = self.pieces[orphan.page].get(last + 1).is_none_or(|next| next.gap);
        let whole =
            !self.is_dash(orphan.page, &orphan.pieces) && !self.is_of_a_kind(orphan.page, &orphan.pieces);
        fills && apart && whole && !self.is_shuffled(orphan.page)
    }
}
