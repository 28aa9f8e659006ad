//! The places of the form in printed order, and which label of the source belongs to which of them.
//!
//! A page holds a stretch of the form, with its labels shuffled. Which stretch is found for all pages at once: the stretches
//! follow each other, and each has to print the labels that the page has. Inside a page equal labels are told apart by their
//! neighbours; where the neighbours say nothing, by their order, and that is remembered as a doubt.

use std::collections::BTreeMap;

use super::pieces::{Piece, What};
use super::words::Words;
use crate::form::{Entries, Form, Node, Slot};

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

/// More than any document has; guards against nonsense.
const MOST_FILES: u16 = 12;

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
        let coherent = self.is_coherent(&owner, &evidence);
        for (tokens, seats, clear) in groups {
            let sure = if coherent { clear } else { seats.len() == 1 && tokens.len() == 1 };
            if !sure && !(coherent && self.stands_in_order(&tokens, &owner, &evidence)) {
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

    /// Whether neighbours on the page mostly are neighbours on the form. On a page where they are not, they prove nothing.
    fn is_coherent(&self, owner: &[Option<SeatIx>], evidence: &[bool]) -> bool {
        let known: Vec<SeatIx> =
            owner.iter().zip(evidence).filter(|(_, e)| **e).filter_map(|(seat, _)| *seat).collect();
        let near = |pair: &&[SeatIx]| {
            (1..=3).contains(&self.all[pair[1]].rank.saturating_sub(self.all[pair[0]].rank))
        };
        let pairs = known.windows(2).count();
        3 * known.windows(2).filter(near).count() >= 2 * pairs
    }

    /// Whether all labels from the one before the first of a group to the one behind its last stand as on the form.
    fn stands_in_order(&self, tokens: &[usize], owner: &[Option<SeatIx>], evidence: &[bool]) -> bool {
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return false };
        let stretch = first.saturating_sub(1)..(last + 2).min(owner.len());
        let seats: Vec<Option<SeatIx>> = stretch.filter(|t| evidence[*t]).map(|t| owner[t]).collect();
        let neighbours_apart = tokens.windows(2).all(|pair| pair[1] > pair[0] + 1);
        neighbours_apart
            && seats.iter().all(Option::is_some)
            && seats.windows(2).all(|pair| pair[0] < pair[1])
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

/// The places of the form that this document should print, in order.
fn expected(form: &'static Form, words: &Words, pages: &[Vec<Piece<'_>>]) -> Vec<Seat> {
    let mut class_of = BTreeMap::new();
    for (class, nodes) in words.classes.iter().enumerate() {
        for node in nodes {
            class_of.insert(*node, class);
        }
    }
    let mut builder =
        Builder { form, class_of, pages, seats: Vec::new(), files: file_count(form, words, pages) };
    for section in form.sections().filter(|s| s.id != form.head.change_section) {
        builder.add(section, Entries::NONE, 1);
    }
    let mut rank = 0;
    for seat in &mut builder.seats {
        seat.rank = rank;
        rank += usize::from(seat.print.is_some());
    }
    builder.seats
}

struct Builder<'a, 't> {
    form: &'static Form,
    class_of: BTreeMap<crate::form::NodeIx, usize>,
    pages: &'a [Vec<Piece<'t>>],
    seats: Vec<Seat>,
    files: u16,
}

impl Builder<'_, '_> {
    fn add(&mut self, node: &'static Node, entries: Entries, file: u16) {
        let Some(repeat) = &node.repeat else {
            return self.add_one(node, entries, file, None);
        };
        if repeat.keyed_by.is_some() {
            for file in 1..=self.files {
                self.add_one(node, entries.enter(file), file, None);
            }
            return;
        }
        let most = repeat.max.unwrap_or(50);
        for number in 1..=self.entry_count(node, entries, file).min(most) {
            let heading = PrintKey::Entry(node.ix.position(), number);
            self.add_one(node, entries.enter(number), file, Some(heading));
        }
    }

    fn add_one(&mut self, node: &'static Node, entries: Entries, file: u16, heading: Option<PrintKey>) {
        let print = heading.or_else(|| self.class_of.get(&node.ix).map(|c| PrintKey::Label(*c)));
        self.seats.push(Seat { slot: Slot { node: node.ix, entries }, print, rank: 0 });
        let form = self.form;
        for child in form.children(node) {
            self.add(child, entries, file);
        }
    }

    /// The highest number that a heading of this node has in the part of this file.
    fn entry_count(&self, node: &Node, entries: Entries, file: u16) -> u16 {
        let section = self.form.section_of(node.ix);
        let class = self.class_of.get(&section.ix).copied();
        let mut current = 0;
        let mut most = 0;
        for pieces in self.pages {
            current += count_of(pieces, class);
            // Without headings to count, everything is the first file.
            let here = u16::try_from(current.max(1)).unwrap_or(1).min(self.files);
            if entries.depth() > 0 && here != file {
                continue;
            }
            for piece in pieces {
                if let What::Entry(ix, number) = piece.kind
                    && ix == node.ix
                {
                    most = most.max(number);
                }
            }
        }
        most
    }
}

fn count_of(pieces: &[Piece<'_>], class: Option<usize>) -> usize {
    pieces.iter().filter(|p| matches!(p.kind, What::Label(c) if Some(c) == class)).count()
}

/// How many 特定個人情報ファイル the document prints sections for: heading and content of the section must both be there so often.
fn file_count(form: &'static Form, words: &Words, pages: &[Vec<Piece<'_>>]) -> u16 {
    let times = |class: usize| pages.iter().map(|p| count_of(p, Some(class))).sum::<usize>();
    let mut files = 1;
    for section in form.sections().filter(|s| s.is_per_file()) {
        let class = words.classes.iter().position(|nodes| nodes.contains(&section.ix));
        let inside = |nodes: &Vec<crate::form::NodeIx>| matches!(nodes[..], [only] if form.section_of(only).ix == section.ix && form.repeat_depth(only) == 1 && only != section.ix);
        let mut contents: Vec<usize> = words
            .classes
            .iter()
            .enumerate()
            .filter(|(_, nodes)| inside(nodes))
            .map(|(class, _)| times(class))
            .filter(|times| *times > 0)
            .collect();
        contents.sort_unstable();
        let usual = contents.get(contents.len() / 2).copied().unwrap_or(0);
        files = files.max(class.map_or(0, times).min(usual.max(1)));
    }
    u16::try_from(files).unwrap_or(1).min(MOST_FILES)
}

/// The stretch of seats on every page: consecutive stretches whose labels differ least from those of the pages.
fn stretches(seats: &[Seat], pages: &[Vec<Piece<'_>>]) -> Vec<(SeatIx, SeatIx)> {
    // Pages in groups, so that thousands of pages of nonsense stay cheap.
    let size = pages.len().div_ceil(240).max(1);
    let groups: Vec<Vec<PrintKey>> =
        pages.chunks(size).map(|c| c.iter().flatten().filter_map(key_of).collect()).collect();
    let keys: BTreeMap<PrintKey, usize> = {
        let all = seats.iter().filter_map(|s| s.print).chain(groups.iter().flatten().copied());
        let mut keys: Vec<PrintKey> = all.collect();
        keys.sort_unstable();
        keys.dedup();
        keys.into_iter().enumerate().map(|(at, key)| (key, at)).collect()
    };
    let prints: Vec<Option<usize>> =
        seats.iter().map(|s| s.print.and_then(|p| keys.get(&p).copied())).collect();
    let count = seats.len();
    let longest = if groups.len() < 8 { count } else { (16 * count / groups.len()).max(160) };
    let mut best: Vec<Option<i64>> = vec![None; count + 1];
    best[0] = Some(0);
    let mut back: Vec<Vec<SeatIx>> = Vec::new();
    for group in &groups {
        let mut on_page = vec![0_i32; keys.len()];
        for key in group {
            if let Some(at) = keys.get(key) {
                on_page[*at] += 1;
            }
        }
        let (next, from) = extend(&best, &prints, &on_page, group.len(), longest);
        best = next;
        back.push(from);
    }
    let mut end = (0..=count).rev().filter(|b| best[*b].is_some()).min_by_key(|b| {
        best[*b].unwrap_or(i64::MAX) + i64::try_from(prints[*b..].iter().flatten().count()).unwrap_or(0)
    });
    let mut ranges = Vec::new();
    for from in back.iter().rev() {
        let to = end.unwrap_or(0);
        let start = from.get(to).copied().unwrap_or(0);
        ranges.push((start, to));
        end = Some(start);
    }
    ranges.reverse();
    ranges.into_iter().flat_map(|range| std::iter::repeat_n(range, size)).take(pages.len()).collect()
}

/// A stretch without the seats at its ends that the page does not print: from the first to the last label that has no
/// equal left out, and on from there while labels of the page follow.
fn trimmed(seats: &[Seat], (from, to): (SeatIx, SeatIx), pieces: &[Piece<'_>]) -> (SeatIx, SeatIx) {
    let mut on_page: BTreeMap<PrintKey, usize> = BTreeMap::new();
    for key in pieces.iter().filter_map(key_of) {
        *on_page.entry(key).or_default() += 1;
    }
    let mut in_stretch: BTreeMap<PrintKey, usize> = BTreeMap::new();
    for key in seats[from..to].iter().filter_map(|s| s.print) {
        *in_stretch.entry(key).or_default() += 1;
    }
    let is_anchor = |seat: &Seat| {
        seat.print.is_some_and(|key| {
            on_page.get(&key).is_some_and(|n| in_stretch.get(&key).is_some_and(|m| m <= n))
        })
    };
    let is_here = |seat: &Seat| seat.print.is_none_or(|key| on_page.contains_key(&key));
    let first = seats[from..to].iter().position(is_anchor).map(|at| from + at);
    let last = seats[from..to].iter().rposition(is_anchor).map(|at| from + at);
    let (Some(first), Some(last)) = (first, last) else { return (from, to) };
    let before = seats[from..first].iter().rev().take_while(|s| is_here(s)).count();
    let behind = seats[last + 1..to].iter().take_while(|s| is_here(s)).count();
    (first - before, last + 1 + behind)
}

/// One more page: the cheapest way to end its stretch at every seat, and where the stretch then starts.
fn extend(
    best: &[Option<i64>],
    prints: &[Option<usize>],
    on_page: &[i32],
    labels: usize,
    longest: usize,
) -> (Vec<Option<i64>>, Vec<SeatIx>) {
    let count = prints.len();
    let mut next: Vec<Option<i64>> = vec![None; count + 1];
    let mut from = vec![0; count + 1];
    let mut in_stretch = vec![0_i32; on_page.len()];
    for start in 0..=count {
        let Some(so_far) = best[start] else { continue };
        let mut cost = so_far + i64::try_from(labels).unwrap_or(i64::MAX / 4);
        let stop = count.min(start + longest);
        for end in start..=stop {
            if next[end].is_none_or(|known| cost < known) {
                next[end] = Some(cost);
                from[end] = start;
            }
            if let Some(Some(key)) = prints.get(end).filter(|_| end < stop) {
                cost += if in_stretch[*key] < on_page[*key] { -1 } else { 1 };
                in_stretch[*key] += 1;
            }
        }
        for key in prints[start..stop].iter().flatten() {
            in_stretch[*key] = 0;
        }
    }
    (next, from)
}
