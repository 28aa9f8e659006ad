//! Texts that stand beside or below their label.

use super::pieces::What;
use super::reader::Reader;
use super::seats::SeatIx;
use crate::assessment::Value;
use crate::form::{Kind, Node};
use crate::wareki;

/// A run of text that no label claims for certain.
#[derive(Debug, Clone)]
pub(super) struct Orphan {
    /// Its page.
    pub(super) page: usize,
    /// Its text pieces.
    pub(super) pieces: Vec<usize>,
    /// The item under whose label it stands, set off by a blank line from the value that the item already has.
    pub(super) under: Option<SeatIx>,
}

/// A text that was taken because it stands below its label, with a blank line between.
#[derive(Debug, Clone)]
pub(super) struct Below {
    /// Its page.
    pub(super) page: usize,
    /// Its item.
    pub(super) seat: SeatIx,
    /// Its first line.
    pub(super) line: usize,
    /// Its pieces, parted at blank lines.
    pub(super) blocks: Vec<Vec<usize>>,
}

/// What the first reading of the texts found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Texts without a sure place.
    pub(super) orphans: Vec<Orphan>,
    /// Texts below their label.
    pub(super) below: Vec<Below>,
}

impl Reader<'_, '_> {
    /// Reads the texts that stand with their labels.
    pub(super) fn read_cells(&mut self) -> Found {
        let mut found = Found::default();
        for page in 0..self.pieces.len() {
            let mut at = 0;
            while at < self.pieces[page].len() {
                let end = self.run_end(page, at);
                if end > at {
                    self.read_run(page, at, end, &mut found);
                }
                at = end.max(at + 1);
            }
        }
        found
    }

    fn is_free_text(&self, page: usize, at: usize) -> bool {
        matches!(self.pieces[page][at].kind, What::Text(_)) && self.used[page][at].is_none()
    }

    /// Where the run of text ends that starts at a piece; the piece itself if there is none.
    fn run_end(&self, page: usize, from: usize) -> usize {
        let cut = |at: usize| at > from && self.cuts.contains(&(page, at - 1));
        (from..self.pieces[page].len())
            .find(|at| !self.is_free_text(page, *at) || cut(*at))
            .unwrap_or(self.pieces[page].len())
    }

    /// The item whose value may stand behind a label, a heading of an entry or a heading with one bare cell.
    pub(super) fn cell_of(&self, page: usize, label: usize) -> Option<SeatIx> {
        if !matches!(self.pieces[page][label].kind, What::Label(_) | What::Entry(..)) {
            return None;
        }
        let seat = self.owner(page, label)?;
        let node = self.node(seat);
        match node.kind {
            Kind::Text | Kind::Date | Kind::Count => Some(seat),
            Kind::Group | Kind::Repeat => {
                let bare = self
                    .form
                    .children(node)
                    .find(|c| c.kind == Kind::Text && (c.synthetic_label || self.repeats(page, node, c)))?;
                let slot = crate::form::Slot { node: bare.ix, entries: self.slot(seat).entries };
                (seat..self.seats.all.len().min(seat + 4)).find(|s| self.slot(*s) == slot)
            }
            _ => None,
        }
    }

    /// Whether an item has the words of its heading and does not print them again on the page.
    fn repeats(&self, page: usize, group: &Node, item: &Node) -> bool {
        let printed = || self.seats.owners[page].iter().flatten().any(|s| self.slot(*s).node == item.ix);
        group.label == item.label && !printed()
    }

    fn read_run(&mut self, page: usize, from: usize, to: usize, found: &mut Found) {
        let label = self.before(page, from);
        let cell = label.and_then(|l| self.cell_of(page, l)).filter(|s| self.is_open(*s));
        let beside = !self.pieces[page][from].first;
        let blocks = self.blocks(page, from, to);
        // A text set off from the label above that touches the label below belongs to the one below.
        let cell = cell
            .filter(|_| beside || !self.pieces[page][from].gap || !self.touches_next(page, to, blocks.len()));
        let Some(seat) = cell else {
            self.orphan(page, &blocks, None, found);
            return;
        };
        let touches = beside || !self.pieces[page][from].gap;
        let swapped = self
            .swapped_before(page, seat)
            .filter(|s| !touches && self.is_required(*s) && !self.is_required(seat));
        let seat = swapped.unwrap_or(seat);
        // A value that touches its label is as high as the label, so it ends at the first blank line. A 「―」, a date, a number
        // is the value of a cell of its own.
        let alone = |block: &Vec<usize>| self.is_dash(page, block) || self.is_of_a_kind(page, block);
        let end = match blocks.iter().position(alone) {
            _ if touches => 1,
            Some(at) => at.max(1),
            None => blocks.len(),
        };
        let alone_first = alone(&blocks[0]);
        // Dates go on with dates, and a cell that does not ask for a day is not filled with a list of days.
        let dates = blocks.iter().take_while(|b| self.is_date_list(page, b)).count();
        let end = if dates > 0 && !touches { end.min(dates) } else { end };
        if dates > 0 && !touches && !self.node(seat).label.contains(['日', '期', '時']) {
            for block in &blocks {
                self.orphan(page, std::slice::from_ref(block), None, found);
            }
            return;
        }
        let (own, rest) = blocks.split_at(end);
        if !self.put_text(seat, page, &own.concat()) {
            self.orphan(page, &blocks, None, found);
            return;
        }
        let line = self.pieces[page][own[0][0]].number;
        if swapped.is_some() {
            self.doubt(seat, Some(line), super::orphans::AWAY);
        }
        if !touches {
            found.below.push(Below { page, seat, line, blocks: own.to_vec() });
        } else if self.gapless && own[0].len() > 1 {
            // Without blank lines every line could begin another cell.
            let blocks = own[0].iter().map(|at| vec![*at]).collect();
            found.below.push(Below { page, seat, line, blocks });
        }
        let under = Some(seat).filter(|_| !alone_first && dates == 0);
        self.orphan(page, rest, under, found);
    }

    /// The empty text cell whose label stands right before that of a seat although the form prints it behind: the labels of two rows
    /// have changed places.
    pub(super) fn swapped_before(&self, page: usize, seat: SeatIx) -> Option<SeatIx> {
        let owners = &self.seats.owners[page];
        let label = owners.iter().position(|o| *o == Some(seat))?;
        let before = *owners[..label].iter().flatten().next_back()?;
        let behind = self.seats.all[before].rank > self.seats.all[seat].rank;
        (behind && self.node(before).kind == Kind::Text && self.is_open(before)).then_some(before)
    }

    /// Whether the only block of a run that ends at a piece touches a label that has nothing else.
    fn touches_next(&self, page: usize, to: usize, blocks: usize) -> bool {
        let Some(next) = self.pieces[page].get(to) else { return false };
        let label = blocks == 1 && !next.gap && self.cell_of(page, to).is_some_and(|s| self.is_open(s));
        let has_own = || {
            let behind =
                (to + 1..self.pieces[page].len()).find(|at| self.pieces[page][*at].kind != What::Tail);
            behind.is_some_and(|at| self.is_free_text(page, at))
        };
        label && !has_own()
    }

    /// The blocks of a run: its pieces, parted at blank lines.
    fn blocks(&self, page: usize, from: usize, to: usize) -> Vec<Vec<usize>> {
        let mut blocks: Vec<Vec<usize>> = Vec::new();
        for at in from..to {
            let piece = &self.pieces[page][at];
            // 「―」 fills a cell of its own, with or without blank lines around it.
            let dash = self.is_dash(page, &[at])
                || at.checked_sub(1).is_some_and(|b| b >= from && self.is_dash(page, &[b]));
            match blocks.last_mut() {
                Some(block) if !piece.gap && !dash => block.push(at),
                _ => blocks.push(vec![at]),
            }
        }
        blocks
    }

    fn orphan(&self, page: usize, blocks: &[Vec<usize>], under: Option<SeatIx>, found: &mut Found) {
        let mut run: Vec<usize> = Vec::new();
        for block in blocks {
            if self.is_dash(page, block) || self.is_of_a_kind(page, block) {
                found.orphans.push(Orphan { page, pieces: block.clone(), under: None });
            } else {
                run.extend(block);
            }
        }
        if !run.is_empty() {
            found.orphans.push(Orphan { page, pieces: run, under });
        }
        found.orphans.sort_by_key(|o| (o.page, o.pieces[0]));
    }

    /// Whether every line of a block is about days and hardly anything else.
    pub(super) fn is_date_list(&self, page: usize, block: &[usize]) -> bool {
        self.cell_lines(page, block).iter().all(|line| {
            let found = wareki::find_all(line.text);
            let dates: usize = found.iter().map(|(range, _)| line.text[range.clone()].chars().count()).sum();
            !found.is_empty() && line.text.chars().count() <= dates + 10
        })
    }

    /// Whether a block is one date or one number.
    pub(super) fn is_of_a_kind(&self, page: usize, block: &[usize]) -> bool {
        let lines = self.cell_lines(page, block);
        matches!(lines[..], [only] if wareki::parse(only.text).is_ok()
            || crate::form::fold(only.text).chars().all(|c| c.is_ascii_digit()))
    }

    /// Whether a block says only 「―」.
    pub(super) fn is_dash(&self, page: usize, block: &[usize]) -> bool {
        let lines = self.cell_lines(page, block);
        matches!(lines[..], [only] if self.form.is_not_applicable(only.text))
    }

    /// Puts text pieces into a cell as its kind asks; false where the kind cannot take them.
    pub(super) fn put_text(&mut self, seat: SeatIx, page: usize, pieces: &[usize]) -> bool {
        let lines = self.cell_lines(page, pieces);
        let Some(first) = lines.first().map(|l| l.number) else { return false };
        let mut text = self.joined(page, pieces);
        let node = self.node(seat);
        if node.printed.as_ref().is_some_and(|p| p.ends_with('）') && p.starts_with('（')) {
            text = unclosed(&text);
        }
        let value = match node.kind {
            Kind::Date => match date_in(&text) {
                Some(date) => Value::Date(date),
                None if text.contains('年') && wareki::find_all(&text).len() > 1 => Value::Unfit(text),
                None if self.form.is_not_applicable(&text) => Value::Unfit(text),
                None => return false,
            },
            Kind::Count => match crate::form::fold(&text).trim_matches(['(', ')', '件']).parse() {
                Ok(count) => Value::Count(count),
                Err(_) => return false,
            },
            _ => Value::Text(text),
        };
        let unfit = matches!(value, Value::Unfit(_));
        self.put(seat, value, page, pieces);
        if unfit {
            self.doubt(seat, Some(first), "日付として読めない記載です。");
        }
        true
    }
}

/// The only date of a text that says nothing else of weight.
fn date_in(text: &str) -> Option<wareki::CivilDate> {
    if let Ok(parsed) = wareki::parse(text) {
        return Some(parsed.date);
    }
    let found = wareki::find_all(text);
    let [(range, parsed)] = &found[..] else { return None };
    let around = text.len() - (range.end - range.start);
    (around <= "　時点（）".len()).then_some(parsed.date)
}

/// A text without the closing parenthesis that the form prints around its cell.
fn unclosed(text: &str) -> String {
    let opened = text.matches(['（', '(']).count();
    let closed = text.matches(['）', ')']).count();
    match text.strip_suffix(['）', ')']) {
        Some(inside) if closed > opened => inside.trim_end().to_owned(),
        _ => text.to_owned(),
    }
}
