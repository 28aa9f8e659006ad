//! Boxes: `[ ○ ] 紙`, and rows of them that were cut between a box and its label.
//!
//! In a row the closing bracket of a box stands with its label and the opening bracket with the label before it: `[ ○ ] 紙 [` and
//! `] 専用線`. A ○ always stands with its opening bracket, so a box can only be in doubt while an opening bracket with ○ is left.

use std::collections::BTreeMap;

use super::pieces::{Tickbox, What};
use super::reader::Reader;
use super::seats::SeatIx;
use crate::assessment::{Tick, Value};
use crate::form::{CheckBox, Kind, Slot};

/// What is known of one box.
#[derive(Debug, Clone, Default)]
struct State<'t> {
    ticked: Option<bool>,
    content: Option<&'t str>,
    /// Its parenthesis runs on elsewhere.
    open: bool,
    /// Two prints of the box say different things, or only the order says whose it is.
    doubtful: bool,
    seen: bool,
    line: usize,
}

type States<'t> = BTreeMap<(SeatIx, usize), State<'t>>;

/// A box whose parenthesis waits for its text.
#[derive(Debug, Clone, Copy)]
pub(super) struct OpenParenthesis {
    /// Page of the box.
    pub(super) page: usize,
    /// Its check list.
    pub(super) seat: SeatIx,
    /// Position of the box in the list.
    pub(super) index: usize,
}

impl<'t> Reader<'_, 't> {
    /// Reads all boxes, flags and the counts beside them. Returns the boxes whose text stands elsewhere.
    pub(super) fn read_boxes(&mut self) -> Vec<OpenParenthesis> {
        let mut waiting = Vec::new();
        for page in 0..self.pieces.len() {
            let mut states = States::new();
            self.collect_boxes(page, &mut states);
            self.openers_behind(page, &mut states);
            self.openers_at_label(page, &mut states);
            let loose = self.loose_marks(page);
            self.put_checks(page, &states, &loose, &mut waiting);
            self.put_flags(page, &loose);
            self.put_lone_count(page);
        }
        waiting
    }

    /// The check lists that the boxes of a page can belong to.
    fn check_seats(&self, page: usize) -> Vec<SeatIx> {
        self.seats_here(page, &[Kind::Checks])
    }

    fn index_in(&self, seat: SeatIx, label: &str) -> Option<usize> {
        self.form.boxes(self.node(seat)).iter().position(|b| b.label == label)
    }

    fn collect_boxes(&mut self, page: usize, states: &mut States<'t>) {
        let seats = self.check_seats(page);
        let mut left: BTreeMap<&'static str, Vec<(usize, Tickbox<'t>)>> = BTreeMap::new();
        let mut current: Option<SeatIx> = None;
        for (at, piece) in self.pieces[page].iter().enumerate() {
            match &piece.kind {
                What::Label(_) => current = self.owner(page, at).filter(|s| seats.contains(s)),
                What::Entry(..) | What::Text(_) => current = None,
                What::Box(tickbox) => {
                    let anchored = current.and_then(|s| Some((s, self.index_in(s, tickbox.label)?)));
                    match anchored.filter(|key| !states.contains_key(key)) {
                        Some((seat, index)) => {
                            self.used[page][at] = Some(seat);
                            states.insert((seat, index), state_of(tickbox, piece.number, false));
                        }
                        None => left.entry(tickbox.label).or_default().push((at, tickbox.clone())),
                    }
                }
                _ => {}
            }
        }
        for (label, boxes) in left {
            self.seat_boxes(page, label, &boxes, &seats, states);
        }
        self.doubt_misplaced(states);
    }

    /// A box before those that the form prints before it may be one of another list of the page that has such a box, too.
    fn doubt_misplaced(&self, states: &mut States<'t>) {
        let label = |(seat, index): (SeatIx, usize)| &self.form.boxes(self.node(seat))[index].label;
        let keys: Vec<(SeatIx, usize)> = states.keys().copied().collect();
        for key in &keys {
            let line = states[key].line;
            let later = |k: &&(SeatIx, usize)| k.0 == key.0 && k.1 < key.1 && states[*k].line > line;
            let twins: Vec<(SeatIx, usize)> =
                keys.iter().copied().filter(|k| k.0 != key.0 && label(*k) == label(*key)).collect();
            let differs = twins.iter().any(|k| states[k].ticked != states[key].ticked);
            if differs && keys.iter().any(|k| later(&k)) {
                for place in twins.iter().chain([key]) {
                    if let Some(state) = states.get_mut(place) {
                        state.doubtful = true;
                    }
                }
            }
        }
    }

    /// Gives boxes away from their label to the check lists of the page that have such a box, in order.
    fn seat_boxes(
        &mut self,
        page: usize,
        label: &str,
        boxes: &[(usize, Tickbox<'t>)],
        seats: &[SeatIx],
        states: &mut States<'t>,
    ) {
        let places: Vec<(SeatIx, usize)> = seats
            .iter()
            .filter_map(|s| Some((*s, self.index_in(*s, label)?)))
            .filter(|key| !states.contains_key(key))
            .collect();
        let ticked = boxes.iter().filter(|(_, b)| b.ticked == Some(true)).count();
        let doubtful = places.len() > 1 && ticked > 0 && ticked < boxes.len();
        for (index, (at, tickbox)) in boxes.iter().enumerate() {
            let line = self.pieces[page][*at].number;
            let Some((seat, position)) = places.get(index).copied() else {
                self.spare_box(page, *at, tickbox, states);
                continue;
            };
            self.used[page][*at] = Some(seat);
            states.insert((seat, position), state_of(tickbox, line, doubtful));
        }
    }

    /// A box too many: one of a neighbouring page, printed again at its edge, or a box whose list stands on the page before.
    fn spare_box(&mut self, page: usize, at: usize, tickbox: &Tickbox<'t>, states: &mut States<'t>) {
        let known = states.iter().filter(|((s, i), _)| self.index_in(*s, tickbox.label) == Some(*i));
        let same =
            known.into_iter().find(|(_, s)| s.ticked == tickbox.ticked || tickbox.ticked != Some(true));
        if let Some(((seat, _), _)) = same {
            let seat = *seat;
            self.used[page][at] = Some(seat);
            return;
        }
        let from = self.seats.on_page(page).start;
        let before = (from.saturating_sub(40)..from)
            .rev()
            .find(|s| self.node(*s).kind == Kind::Checks && self.index_in(*s, tickbox.label).is_some());
        let Some(seat) = before else { return };
        let told = match self.answers.get(self.slot(seat)) {
            Some(Value::Checks(ticks)) => ticks.iter().any(|t| t.label == tickbox.label),
            _ => false,
        };
        if tickbox.ticked == Some(true) && !told {
            let line = self.pieces[page][at].number;
            self.doubt(seat, Some(line), format!("「{}」の○が別のページに分かれています。", tickbox.label));
            return;
        }
        self.used[page][at] = Some(seat);
    }

    /// An opening bracket behind a box belongs to the next box of the row.
    fn openers_behind(&mut self, page: usize, states: &mut States<'t>) {
        let pieces = &self.pieces[page];
        for at in 1..pieces.len() {
            let (What::Open(ticked), What::Box(tickbox)) = (&pieces[at].kind, &pieces[at - 1].kind) else {
                continue;
            };
            if pieces[at].line != pieces[at - 1].line {
                continue;
            }
            let Some(seat) = self.used[page][at - 1] else { continue };
            let Some(index) = self.index_in(seat, tickbox.label) else { continue };
            if self.open_box(seat, index + 1, *ticked, states) {
                self.used[page][at] = Some(seat);
            }
        }
    }

    /// Opening brackets right below the label of a list belong to its first boxes.
    fn openers_at_label(&mut self, page: usize, states: &mut States<'t>) {
        let pieces = &self.pieces[page];
        let mut found: Vec<(usize, SeatIx, bool)> = Vec::new();
        for at in 0..pieces.len() {
            let Some(seat) = self.owner(page, at).filter(|s| self.node(*s).kind == Kind::Checks) else {
                continue;
            };
            let mut next = at + 1;
            while let Some(piece) = pieces.get(next) {
                match piece.kind {
                    What::Tail => {}
                    What::Open(ticked) if !self.opens_choice(page, next) => found.push((next, seat, ticked)),
                    _ => break,
                }
                next += 1;
            }
        }
        let mut position: BTreeMap<SeatIx, usize> = BTreeMap::new();
        for (at, seat, ticked) in found {
            let from = *position.entry(seat).or_insert(0);
            let boxes = self.form.boxes(self.node(seat)).len();
            let waits = |i: &usize| states.get(&(seat, *i)).is_some_and(|s| s.seen && s.ticked.is_none());
            let Some(index) = (from..boxes).find(waits) else { continue };
            if self.open_box(seat, index, ticked, states) {
                self.used[page][at] = Some(seat);
                position.insert(seat, index + 1);
                if ticked && let Some(state) = states.get_mut(&(seat, index)) {
                    state.doubtful = true;
                }
            }
        }
    }

    /// Whether a bracket opens a choice and no box.
    fn opens_choice(&self, page: usize, at: usize) -> bool {
        let pieces = &self.pieces[page];
        pieces.get(at + 1).is_some_and(|next| {
            next.line == pieces[at].line
                && matches!(next.kind, What::Choice(_) | What::Text(_) | What::Label(_))
        })
    }

    /// Tells a box without opening bracket that this is its bracket. Whether it took it.
    fn open_box(&self, seat: SeatIx, index: usize, ticked: bool, states: &mut States<'t>) -> bool {
        if index >= self.form.boxes(self.node(seat)).len() {
            return false;
        }
        let state = states.entry((seat, index)).or_default();
        if state.ticked.is_some() {
            return false;
        }
        state.ticked = Some(ticked);
        true
    }

    /// Opening brackets with ○ that belong to no box yet.
    fn loose_marks(&self, page: usize) -> Vec<usize> {
        let loose = |(at, piece): (usize, &super::pieces::Piece<'_>)| {
            (piece.kind == What::Open(true) && self.used[page][at].is_none()).then_some(at)
        };
        self.pieces[page].iter().enumerate().filter_map(loose).collect()
    }

    fn put_checks(
        &mut self,
        page: usize,
        states: &States<'t>,
        loose: &[usize],
        waiting: &mut Vec<OpenParenthesis>,
    ) {
        for seat in self.check_seats(page) {
            let mine: Vec<(usize, &State<'_>)> =
                states.range((seat, 0)..(seat + 1, 0)).map(|((_, i), s)| (*i, s)).collect();
            if !mine.iter().any(|(_, s)| s.seen) || !self.is_open(seat) {
                continue;
            }
            let boxes = self.form.boxes(self.node(seat));
            let mut ticks = Vec::new();
            let mut unclear = Vec::new();
            for (index, check) in boxes.iter().enumerate() {
                let state = mine.iter().find(|(i, _)| *i == index).map(|(_, s)| *s);
                if state.is_none_or(|s| s.ticked.is_none() || s.doubtful) {
                    unclear.push((check.label.as_str(), state));
                }
                self.note_content(seat, check, state);
                let Some(state) = state.filter(|s| s.ticked == Some(true)) else { continue };
                let text = state.content.filter(|c| !c.is_empty() && check.text).map(str::to_owned);
                let is_last = index + 1 == boxes.len();
                if check.text && text.is_none() && (state.open || (state.content.is_none() && is_last)) {
                    waiting.push(OpenParenthesis { page, seat, index: ticks.len() });
                }
                ticks.push(Tick { label: check.label.clone(), text });
            }
            let marks_left = !loose.is_empty();
            unclear.retain(|(_, s)| marks_left || s.is_some_and(|s| s.doubtful));
            // No tick at all is only said where it is certain.
            if !ticks.is_empty() || unclear.is_empty() {
                self.answers.set(self.slot(seat), Value::Checks(ticks));
            }
            if !unclear.is_empty() {
                let line = mine.iter().map(|(_, s)| s.line).find(|l| *l > 0);
                let names: Vec<&str> = unclear.iter().map(|(name, _)| *name).collect();
                let message =
                    format!("次の欄の○は、位置が崩れていて確実には読み取れません: {}", names.join("、"));
                self.doubt(seat, line, message);
            }
        }
        self.put_counts(states);
    }

    /// What stands in a parenthesis that cannot be kept.
    fn note_content(&mut self, seat: SeatIx, check: &CheckBox, state: Option<&State<'_>>) {
        let Some((state, content)) = state.and_then(|s| Some((s, s.content.filter(|c| !c.is_empty())?)))
        else {
            return;
        };
        let kept = match check.count {
            Some(_) => crate::form::fold(content).parse::<u32>().is_ok(),
            None => check.text && state.ticked == Some(true),
        };
        if !kept {
            let message =
                format!("「{}」のかっこの中に「{content}」とありますが、○が読み取れません。", check.label);
            self.doubt(seat, Some(state.line), message);
        }
    }

    /// The numbers in the parentheses of boxes.
    fn put_counts(&mut self, states: &States<'t>) {
        for ((seat, index), state) in states {
            let Some(check) = self.form.boxes(self.node(*seat)).get(*index) else { continue };
            let Some(node) = check.count.as_ref().and_then(|id| self.form.by_id(id)) else { continue };
            let Some(content) = state.content else { continue };
            if let Ok(count) = crate::form::fold(content).parse() {
                let slot = Slot { node: node.ix, entries: self.slot(*seat).entries };
                self.answers.set(slot, Value::Count(count));
            }
        }
    }

    /// `（ 3 ）　件` goes to the only cell of the page that asks for a number.
    fn put_lone_count(&mut self, page: usize) {
        let numbers: Vec<(usize, u32)> = self.pieces[page]
            .iter()
            .enumerate()
            .filter_map(|(at, piece)| match piece.kind {
                What::Paren(Some(count)) => Some((at, count)),
                _ => None,
            })
            .collect();
        let seats: Vec<SeatIx> =
            self.open_seats(page, &[Kind::Count]).into_iter().filter(|s| self.is_required(*s)).collect();
        if let ([(at, count)], [seat]) = (&numbers[..], &seats[..]) {
            self.put(*seat, Value::Count(*count), page, &[*at]);
        }
    }

    fn put_flags(&mut self, page: usize, loose: &[usize]) {
        let flags: Vec<SeatIx> =
            self.seats.on_page(page).filter(|s| self.node(*s).kind == Kind::Flag).collect();
        for at in 0..self.pieces[page].len() {
            let What::Box(tickbox) = &self.pieces[page][at].kind else { continue };
            let wanted = |s: &&SeatIx| self.node(**s).label == tickbox.label && self.is_open(**s);
            let Some(seat) = flags.iter().find(wanted).copied().filter(|_| self.used[page][at].is_none())
            else {
                continue;
            };
            let line = self.pieces[page][at].number;
            let behind = self.opener_of_flag(page, at);
            let ticked = tickbox.ticked.or(behind.map(|(_, ticked)| ticked));
            if ticked.is_none() && !loose.is_empty() {
                self.doubt(seat, Some(line), "この欄の○の有無が読み取れません。");
                self.used[page][at] = Some(seat);
                continue;
            }
            if tickbox.ticked.is_none() && ticked == Some(true) {
                self.doubt(seat, Some(line), "○の位置が崩れています。この欄のものか確かめてください。");
            }
            let taken: Vec<usize> = std::iter::once(at).chain(behind.map(|(b, _)| b)).collect();
            self.put(seat, Value::Flag(ticked.unwrap_or(false)), page, &taken);
        }
    }

    /// The opening bracket of a cut flag box: behind another flag of its line, or right before the heading it stands beside.
    fn opener_of_flag(&self, page: usize, at: usize) -> Option<(usize, bool)> {
        let pieces = &self.pieces[page];
        let same_line = |other: &usize| pieces[*other].line == pieces[at].line;
        (at + 1..pieces.len()).take_while(same_line).find_map(|other| match pieces[other].kind {
            What::Open(ticked) if self.used[page][other].is_none() => Some((other, ticked)),
            _ => None,
        })
    }
}

fn state_of<'t>(tickbox: &Tickbox<'t>, line: usize, doubtful: bool) -> State<'t> {
    State { ticked: tickbox.ticked, content: tickbox.content, open: tickbox.open, doubtful, seen: true, line }
}
