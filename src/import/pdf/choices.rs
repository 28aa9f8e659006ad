//! Choices: the words of an option that are not part of a printed list.

use super::pieces::What;
use super::reader::Reader;
use super::seats::SeatIx;
use crate::assessment::Value;
use crate::form::Kind;

/// How a choice stands to the label before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Nearness {
    /// On the same line.
    Beside,
    /// On one of the next lines, nothing but a bracket between.
    Below,
}

/// A choice away from its label: its piece and its words.
type Loose = (usize, &'static str);

impl Reader<'_, '_> {
    /// Reads all choices.
    pub(super) fn read_choices(&mut self) {
        for page in 0..self.pieces.len() {
            self.near_choices(page);
            self.choices_behind_lists(page);
            self.far_choices(page);
        }
    }

    fn near_choices(&mut self, page: usize) {
        let mut below = Vec::new();
        for at in 0..self.pieces[page].len() {
            let (value, label) = match self.pieces[page][at].kind {
                What::Choice(label) => (Value::Choice(label.to_owned()), Some(label)),
                What::Text(text) if self.opens_here(page, at) => (Value::Unfit(text.to_owned()), None),
                _ => continue,
            };
            let Some((seat, nearness)) = self.label_of_choice(page, at) else { continue };
            let fits = label.is_none_or(|l| self.offers(seat, l));
            if !fits || !self.is_open(seat) || (label.is_none() && nearness != Nearness::Beside) {
                continue;
            }
            let line = self.pieces[page][at].number;
            self.put(seat, value, page, &[at]);
            if label.is_none() {
                self.doubt(seat, Some(line), "選択肢にない語が選ばれています。");
            }
            if nearness == Nearness::Below {
                below.push((seat, line));
            }
        }
        self.doubt_competing(page, &below);
    }

    /// A choice below its label is only certain while no other answer to the same list lies about on the page.
    fn doubt_competing(&mut self, page: usize, below: &[(SeatIx, usize)]) {
        for (seat, line) in below {
            let Some(Value::Choice(chosen)) = self.answers.get(self.slot(*seat)).cloned() else { continue };
            let rival = self
                .loose_choices(page)
                .into_iter()
                .any(|(_, other)| other != chosen && self.offers(*seat, other));
            if rival {
                self.doubt(*seat, Some(*line), "同じ選択肢の別の回答が同じページで離れた位置にあります。");
            }
        }
    }

    fn offers(&self, seat: SeatIx, label: &str) -> bool {
        self.form.options(self.node(seat)).iter().any(|o| o.label == label)
    }

    /// Whether a text stands in an opened bracket on the line of its label.
    fn opens_here(&self, page: usize, at: usize) -> bool {
        let pieces = &self.pieces[page];
        at >= 2
            && pieces[at - 1].kind == What::Open(false)
            && pieces[at - 1].line == pieces[at].line
            && !pieces[at - 1].first
    }

    fn label_of_choice(&self, page: usize, at: usize) -> Option<(SeatIx, Nearness)> {
        let pieces = &self.pieces[page];
        let mut brackets = 0;
        let mut before = at;
        loop {
            before = before.checked_sub(1)?;
            match pieces[before].kind {
                What::Label(_) => break,
                What::Tail => {}
                What::Open(false) if brackets == 0 => brackets += 1,
                _ => return None,
            }
        }
        let seat = self.owner(page, before).filter(|s| self.node(*s).kind == Kind::Choice)?;
        let beside = pieces[before..at].iter().all(|p| p.kind == What::Tail || p.line == pieces[at].line)
            || pieces[before..at].iter().any(|p| p.kind == What::Tail && p.line == pieces[at].line);
        Some((seat, if beside { Nearness::Beside } else { Nearness::Below }))
    }

    /// A choice that only a printed list parts from a label that offers it.
    fn choices_behind_lists(&mut self, page: usize) {
        for (at, label) in self.loose_choices(page) {
            let pieces = &self.pieces[page];
            let strays = |p: &&super::pieces::Piece<'_>| {
                matches!(p.kind, What::Print | What::Tail | What::Close | What::Open(false))
            };
            let between = pieces[..at].iter().rev().take_while(strays).count();
            let Some(owner) = (at - between).checked_sub(1).and_then(|before| self.owner(page, before))
            else {
                continue;
            };
            let asks =
                self.node(owner).kind == Kind::Choice && self.is_open(owner) && self.offers(owner, label);
            if asks && !self.comes_after_empty(page, owner) {
                let line = pieces[at].number;
                self.put(owner, Value::Choice(label.to_owned()), page, &[at]);
                self.doubt(owner, Some(line), "選択された語が見出しから離れており、並び順で割り当てました。");
            }
        }
    }

    fn loose_choices(&self, page: usize) -> Vec<Loose> {
        let loose = |(at, piece): (usize, &super::pieces::Piece<'_>)| match piece.kind {
            What::Choice(label) if self.used[page][at].is_none() => Some((at, label)),
            _ => None,
        };
        self.pieces[page].iter().enumerate().filter_map(loose).collect()
    }

    /// Choices away from their label: each goes where its list is asked for, as long as that leaves no choice.
    fn far_choices(&mut self, page: usize) {
        loop {
            let loose = self.loose_choices(page);
            let mut groups: Vec<(Vec<SeatIx>, Vec<Loose>)> = Vec::new();
            for (at, label) in loose {
                let open = self.open_seats(page, &[Kind::Choice]);
                let seats: Vec<SeatIx> = open.into_iter().filter(|s| self.offers(*s, label)).collect();
                match groups.iter_mut().find(|(known, _)| *known == seats) {
                    Some((_, values)) => values.push((at, label)),
                    None if !seats.is_empty() => groups.push((seats, vec![(at, label)])),
                    None => {}
                }
            }
            groups.sort_by_key(|(seats, _)| seats.len());
            if !groups.into_iter().any(|(seats, values)| self.settle_group(page, &seats, &values)) {
                return;
            }
        }
    }

    /// Gives a group of loose choices to the seats that offer them. Whether that was possible.
    fn settle_group(&mut self, page: usize, seats: &[SeatIx], values: &[Loose]) -> bool {
        let equal = values.windows(2).all(|pair| pair[0].1 == pair[1].1);
        let required: Vec<SeatIx> = seats.iter().copied().filter(|s| self.is_required(*s)).collect();
        let (seats, certain) = if values.len() == seats.len() {
            (seats.to_vec(), equal)
        } else if values.len() == required.len() {
            (required, false)
        } else if values.len() > seats.len() && equal {
            // A row at the edge of a page is printed on both pages.
            (seats.to_vec(), false)
        } else {
            return false;
        };
        for (index, (at, label)) in values.iter().enumerate() {
            let Some(seat) = seats.get(index).or(seats.last()).copied() else { continue };
            self.put(seat, Value::Choice((*label).to_owned()), page, &[*at]);
            if !certain {
                let line = self.pieces[page][*at].number;
                self.doubt(seat, Some(line), "選択された語が見出しから離れており、並び順で割り当てました。");
            }
        }
        true
    }
}
