//! The places of the form in printed order, and which label of the source belongs to which of them.
//!
//! A page holds a stretch of the form, with its labels shuffled. Which stretch is found for all pages at once: the stretches
//! follow each other, and each has to print the labels that the page has. Inside a page equal labels are told apart by their
//! neighbours; where the neighbours say nothing, by their order, and that is remembered as a doubt.

use std::collections::BTreeMap;

use super::pieces::{Piece, What};
use super::plan::expected;
use super::stretch::{stretches, trimmed};
use super::words::Words;
use crate::form::{Form, Slot};

/// One place of the form.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seat {
    /// The slot.
    pub(super) slot: Slot,
    /// What it prints; none for a cell without a label.
    pub(super) print: Option<PrintKey>,
    /// How many printing places stand before it.
    pub(super) rank: usize,
}

/// What identifies printed words: a label class or the heading of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PrintKey {
    /// A label.
    Label(usize),
    /// The heading of the entry with this number, of the node at this position.
    Entry(usize, u16),
}

/// Index of a [`Seat`].
pub(super) type SeatIx = usize;

/// The places of the form and the stretch of every page.
#[derive(Debug)]
pub(super) struct Seats {
    /// In printed order.
    pub(super) all: Vec<Seat>,
    /// Per page: the stretch of seats on it, end exclusive.
    pub(super) stretches: Vec<(SeatIx, SeatIx)>,
    /// Per page and piece: the seat that a label belongs to.
    pub(super) owners: Vec<Vec<Option<SeatIx>>>,
    /// Labels that could also belong to another seat of their page.
    pub(super) doubts: Vec<Doubtful>,
}

/// Seats of one page with equal labels, told apart by order alone.
#[derive(Debug)]
pub(super) struct Doubtful {
    /// The seats.
    pub(super) seats: Vec<SeatIx>,
    /// Line of the first label.
    pub(super) line: usize,
}

impl Seats {
    /// Finds the places of all labels.
    pub(super) fn new(form: &'static Form, words: &Words, pages: &[Vec<Piece<'_>>]) -> Self {
        let all = expected(form, words, pages);
        let mut seats = Self { all, stretches: Vec::new(), owners: Vec::new(), doubts: Vec::new() };
        seats.stretches = stretches(&seats.all, pages);
        for (stretch, pieces) in seats.stretches.iter_mut().zip(pages) {
            *stretch = trimmed(&seats.all, *stretch, pieces);
        }
        for (page, pieces) in pages.iter().enumerate() {
            let owners = seats.settle(page, pieces);
            seats.owners.push(owners);
        }
        seats
    }

    /// The seats on a page, with the cells without label at its edges.
    pub(super) fn on_page(&self, page: usize) -> std::ops::Range<SeatIx> {
        let (from, to) = self.stretches.get(page).copied().unwrap_or((0, 0));
        let before = (0..from).rev().take_while(|s| self.all[*s].print.is_none()).count();
        let behind = self.all[to.min(self.all.len())..].iter().take_while(|s| s.print.is_none()).count();
        if from == to { from..to } else { from - before..to + behind }
    }

    fn settle(&mut self, page: usize, pieces: &[Piece<'_>]) -> Vec<Option<SeatIx>> {
        let labels: Vec<(usize, PrintKey)> =
            pieces.iter().enumerate().filter_map(|(at, p)| Some((at, key_of(p)?))).collect();
        let mut owner: Vec<Option<SeatIx>> = vec![None; labels.len()];
        let mut equal: BTreeMap<PrintKey, Vec<usize>> = BTreeMap::new();
        for (index, (_, key)) in labels.iter().enumerate() {
            equal.entry(*key).or_default().push(index);
        }
        let mut groups: Vec<(Vec<usize>, Vec<SeatIx>, bool)> = Vec::new();
        for (key, tokens) in equal {
            let seats = self.candidates(page, key, tokens.len());
            if let ([token], [seat]) = (&tokens[..], &seats[..]) {
                owner[*token] = Some(*seat);
            } else if !seats.is_empty() {
                groups.push((tokens, seats, false));
            }
        }
        groups.sort_by_key(|(tokens, _, _)| tokens[0]);
        // Where the neighbours decide, they decide first; what they leave open goes by order.
        let evidence: Vec<bool> = labels.iter().map(|(_, key)| matches!(key, PrintKey::Label(_))).collect();
        let mut settled = true;
        while std::mem::take(&mut settled) {
            for (tokens, seats, clear) in groups.iter_mut().filter(|(_, _, clear)| !*clear) {
                let matched = self.match_group(tokens, seats, &owner, &evidence);
                if matched.clear {
                    seat(tokens, &matched, &mut owner);
                    *clear = true;
                    settled = true;
                }
            }
        }
        for (tokens, seats, _) in groups.iter().filter(|(_, _, clear)| !*clear) {
            let matched = self.match_group(tokens, seats, &owner, &evidence);
            seat(tokens, &matched, &mut owner);
        }
        let coherent = is_coherent(&owner, &evidence);
        for (tokens, seats, clear) in groups {
            let sure = if coherent { clear } else { seats.len() == 1 && tokens.len() == 1 };
            if !(sure || coherent && stands_in_order(&tokens, &owner, &evidence)) {
                let line = pieces[labels[tokens[0]].0].number;
                self.doubts.push(Doubtful { seats, line });
            }
        }
        let mut owners = vec![None; pieces.len()];
        for ((at, _), seat) in labels.iter().zip(owner) {
            owners[*at] = seat;
        }
        owners
    }

    /// The seats of a page that print these words; a label too many is one of the neighbouring page, printed again.
    fn candidates(&self, page: usize, key: PrintKey, wanted: usize) -> Vec<SeatIx> {
        let (from, to) = self.stretches[page];
        let prints = |s: &SeatIx| self.all[*s].print == Some(key);
        let mut seats: Vec<SeatIx> = (from..to).filter(prints).collect();
        while seats.len() < wanted {
            let before = (0..seats.first().copied().unwrap_or(from).min(from)).rev().find(prints);
            let behind = (seats.last().map_or(to, |s| s + 1).max(to)..self.all.len()).find(prints);
            let far = |s: SeatIx| if s < from { from - s } else { s + 1 - to.min(s + 1) };
            match [before, behind].into_iter().flatten().filter(|s| far(*s) < 25).min_by_key(|s| far(*s)) {
                Some(seat) if seat < from => seats.insert(0, seat),
                Some(seat) => seats.push(seat),
                None => break,
            }
        }
        seats
    }

    /// Which label belongs to which seat, and whether that is clear.
    fn match_group(
        &self,
        tokens: &[usize],
        seats: &[SeatIx],
        owner: &[Option<SeatIx>],
        evidence: &[bool],
    ) -> Matched {
        let in_order: Vec<Option<SeatIx>> = (0..tokens.len()).map(|at| seats.get(at).copied()).collect();
        if tokens.len() > 4 || seats.len() > 5 {
            let seats = if tokens.len() == seats.len() {
                in_order
            } else {
                self.nearest(tokens, seats, owner, evidence)
            };
            return Matched { seats, clear: false };
        }
        let scores = |choice: &[Option<SeatIx>]| -> Vec<u32> {
            let score = |(token, seat): (&usize, &Option<SeatIx>)| {
                seat.map_or(0, |s| self.closeness(*token, s, owner, evidence))
            };
            tokens.iter().zip(choice).map(score).collect()
        };
        let mut ranked: Vec<(u32, Vec<Option<SeatIx>>)> = arrangements(tokens.len(), seats)
            .into_iter()
            .map(|choice| (scores(&choice).iter().sum(), choice))
            .collect();
        ranked.sort_by_key(|(score, choice)| (std::cmp::Reverse(*score), *choice != in_order));
        let lead = ranked.get(1).map_or(u32::MAX, |second| ranked[0].0 - second.0);
        let Some((_, choice)) = ranked.into_iter().next() else {
            return Matched { seats: in_order, clear: false };
        };
        // To leave the order of the form needs more than to keep it: all labels but one beside a neighbour of theirs.
        let beside = scores(&choice).iter().filter(|s| **s >= NEXT_TO_IT).count();
        let clear = lead >= 2 && (choice == in_order || beside == tokens.len());
        Matched { seats: choice, clear }
    }

    /// More seats than labels: every label takes the seat that fits its neighbours best, or else the next one free.
    fn nearest(
        &self,
        tokens: &[usize],
        seats: &[SeatIx],
        owner: &[Option<SeatIx>],
        evidence: &[bool],
    ) -> Vec<Option<SeatIx>> {
        let mut free: Vec<SeatIx> = seats.to_vec();
        let mut chosen: Vec<Option<SeatIx>> = vec![None; tokens.len()];
        for (token, choice) in tokens.iter().zip(&mut chosen) {
            let best = free
                .iter()
                .map(|s| (self.closeness(*token, *s, owner, evidence), *s))
                .filter(|(score, _)| *score >= NEXT_TO_IT)
                .max_by_key(|(score, seat)| (*score, std::cmp::Reverse(*seat)));
            if let Some((_, seat)) = best {
                *choice = Some(seat);
                free.retain(|s| *s != seat);
            }
        }
        let mut rest = free.into_iter();
        for choice in chosen.iter_mut().filter(|c| c.is_none()) {
            *choice = rest.next();
        }
        chosen
    }

    /// How well the neighbours of a label fit the neighbours of a seat. The heading of an entry stands in a tall cell at the
    /// side, so its place on the page says little.
    fn closeness(&self, token: usize, seat: SeatIx, owner: &[Option<SeatIx>], evidence: &[bool]) -> u32 {
        let rank = |s: SeatIx| self.all[s].rank;
        let points = |nearer: usize, farther: usize| match farther.checked_sub(nearer) {
            Some(1) => NEXT_TO_IT,
            Some(2 | 3) => 1,
            _ => 0,
        };
        let known = |t: usize| owner.get(t).copied().flatten().filter(|_| evidence[t]);
        let before = token.checked_sub(1).and_then(known).map_or(0, |s| points(rank(s), rank(seat)));
        let behind = known(token + 1).map_or(0, |s| points(rank(seat), rank(s)));
        // The label above says a little more than the label below.
        before + u32::from(before == NEXT_TO_IT) + behind
    }
}

/// Points for a label right beside its neighbour on the form.
const NEXT_TO_IT: u32 = 4;

/// Labels on their seats.
struct Matched {
    seats: Vec<Option<SeatIx>>,
    clear: bool,
}

fn seat(tokens: &[usize], matched: &Matched, owner: &mut [Option<SeatIx>]) {
    for (token, seat) in tokens.iter().zip(&matched.seats) {
        owner[*token] = *seat;
    }
}

/// All ways to seat `count` labels on these seats, each at most once.
fn arrangements(count: usize, seats: &[SeatIx]) -> Vec<Vec<Option<SeatIx>>> {
    let mut all: Vec<Vec<Option<SeatIx>>> = vec![Vec::new()];
    let spare = count.saturating_sub(seats.len());
    for _ in 0..count {
        let mut next = Vec::new();
        for begun in &all {
            for seat in seats.iter().filter(|s| !begun.contains(&Some(**s))) {
                next.push([begun.as_slice(), &[Some(*seat)]].concat());
            }
            if begun.iter().filter(|s| s.is_none()).count() < spare {
                next.push([begun.as_slice(), &[None]].concat());
            }
        }
        all = next;
    }
    all
}

/// What a piece prints, if it is a label or the heading of an entry.
pub(super) fn key_of(piece: &Piece<'_>) -> Option<PrintKey> {
    match piece.kind {
        What::Label(class) => Some(PrintKey::Label(class)),
        What::Entry(node, number) => Some(PrintKey::Entry(node.position(), number)),
        _ => None,
    }
}

/// Whether all labels from the one before the first of a group to the one behind its last stand as on the form.
fn stands_in_order(tokens: &[usize], owner: &[Option<SeatIx>], evidence: &[bool]) -> bool {
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return false };
    let stretch = first.saturating_sub(1)..(last + 2).min(owner.len());
    let seats: Vec<Option<SeatIx>> = stretch.filter(|t| evidence[*t]).map(|t| owner[t]).collect();
    let neighbours_apart = tokens.windows(2).all(|pair| pair[1] > pair[0] + 1);
    neighbours_apart && seats.iter().all(Option::is_some) && seats.windows(2).all(|pair| pair[0] < pair[1])
}

/// Whether neighbours on the page mostly are neighbours on the form. On a page where they are not, they prove nothing.
fn is_coherent(owner: &[Option<SeatIx>], evidence: &[bool]) -> bool {
    let known: Vec<SeatIx> =
        owner.iter().zip(evidence).filter(|(_, e)| **e).filter_map(|(seat, _)| *seat).collect();
    let mut in_form = known.clone();
    in_form.sort_unstable();
    in_form.dedup();
    let place = |seat: SeatIx| in_form.binary_search(&seat).unwrap_or(0);
    let near = |pair: &&[SeatIx]| matches!(place(pair[1]).checked_sub(place(pair[0])), Some(1 | 2));
    3 * known.windows(2).filter(near).count() >= 2 * known.windows(2).count()
}
