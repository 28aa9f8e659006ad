//! Texts that stand away from their label: each goes to the one cell of its page that can take it, or nowhere.

use std::collections::BTreeSet;

use super::boxes::OpenParenthesis;
use super::cells::{Below, Found, Orphan};
use super::pieces::What;
use super::reader::Reader;
use super::seats::SeatIx;
use crate::assessment::Value;
use crate::form::{Kind, fold};

pub(super) const AWAY: &str = "記載が見出しから離れた位置にあります。この欄の記載か確かめてください。";

impl Reader<'_, '_> {
    /// Finds places for the texts that no label claimed.
    pub(super) fn place_orphans(&mut self, found: Found, mut waiting: Vec<OpenParenthesis>) {
        let mut orphans = found.orphans;
        self.continue_pages(&mut orphans);
        for page in 0..self.pieces.len() {
            let mut mine: Vec<Orphan> = Vec::new();
            orphans.retain(|o| {
                let here = o.page == page;
                if here {
                    mine.push(o.clone());
                }
                !here
            });
            self.by_kind(page, &mut mine);
            self.date_lists(page, &mut mine);
            self.by_position(page, &mut mine);
            self.behind_print(page, &mut mine);
            self.fill_parentheses(page, &mut mine, &mut waiting);
            self.dashes(page, &mut mine);
            self.by_label_words(page, &mut mine);
            self.only_one_left(page, &mut mine);
            self.onto_swapped_label(page, &mut mine);
            self.back_to_label(&mut mine);
            self.continue_page(page, &mut mine);
            self.parenthesis_in_cell(page, &found.below, &mut waiting);
            if !mine.is_empty() {
                self.doubt_page(page, &found.below);
                self.doubt_empty(page);
            }
        }
        (0..self.pieces.len()).for_each(|page| self.move_forbidden_date(page));
        self.doubt_unbalanced(&found.below);
        self.doubt_beside_figures(&found.below);
        for parenthesis in waiting {
            let line = None;
            self.doubt(parenthesis.seat, line, "「その他」などのかっこの中の記載を読み取れませんでした。");
        }
    }

    pub(super) fn place(&mut self, seat: SeatIx, orphan: &Orphan) -> bool {
        let line = self.pieces[orphan.page][orphan.pieces[0]].number;
        let placed = self.put_text(seat, orphan.page, &orphan.pieces);
        if placed {
            self.doubt(seat, Some(line), AWAY);
        }
        placed
    }

    fn text_of(&self, orphan: &Orphan) -> String {
        self.joined(orphan.page, &orphan.pieces)
    }

    /// Dates and numbers go to the only cell of their kind.
    fn by_kind(&mut self, page: usize, orphans: &mut Vec<Orphan>) {
        for kind in [Kind::Date, Kind::Count] {
            let seats: Vec<SeatIx> =
                self.open_seats(page, &[kind]).into_iter().filter(|s| self.is_required(*s)).collect();
            let [seat] = seats[..] else { continue };
            let fits: Vec<usize> = (0..orphans.len()).filter(|at| self.fits(kind, &orphans[*at])).collect();
            if let [only] = fits[..] {
                let orphan = orphans.remove(only);
                if !self.place(seat, &orphan) {
                    orphans.insert(only, orphan);
                }
            }
        }
    }

    /// A list of days goes to the only empty cell that asks for a day.
    fn date_lists(&mut self, page: usize, orphans: &mut Vec<Orphan>) {
        let asks = |s: &SeatIx| self.node(*s).label.contains('日');
        let seats: Vec<SeatIx> = self.required_texts(page).into_iter().filter(asks).collect();
        let lists: Vec<usize> =
            (0..orphans.len()).filter(|at| self.is_date_list(page, &orphans[*at].pieces)).collect();
        if let ([seat], [only]) = (&seats[..], &lists[..]) {
            let orphan = orphans.remove(*only);
            self.place(*seat, &orphan);
        }
    }

    fn fits(&self, kind: Kind, orphan: &Orphan) -> bool {
        let text = self.text_of(orphan);
        match kind {
            Kind::Date => crate::wareki::parse(&text).is_ok(),
            _ => fold(&text).parse::<u32>().is_ok(),
        }
    }

    /// A text right before the first label of an entry is the bare cell beside the entry's heading; a text that touches the
    /// label below it belongs to that label.
    fn by_position(&mut self, page: usize, orphans: &mut Vec<Orphan>) {
        orphans.retain(|orphan| {
            let last = orphan.pieces.last().copied().unwrap_or(0);
            let Some(next) = self.pieces[page].get(last + 1) else { return true };
            let touches = !next.gap && (next.first || next.line == self.pieces[page][last].line);
            let Some(owner) = self.owner(page, last + 1) else { return true };
            let bare = owner.checked_sub(1).filter(|s| {
                self.seats.all[*s].print.is_none() && self.node(*s).kind == Kind::Text && self.is_open(*s)
            });
            if let Some(seat) = bare.filter(|_| !self.is_dash(page, &orphan.pieces)) {
                return !self.place(seat, orphan);
            }
            let labelled = self.cell_of(page, last + 1).filter(|s| self.is_open(*s));
            match labelled.filter(|_| touches) {
                Some(seat) => !self.place(seat, orphan),
                None => true,
            }
        });
    }

    /// The only text of a page goes into the only parenthesis that waits for one.
    fn fill_parentheses(
        &mut self,
        page: usize,
        orphans: &mut Vec<Orphan>,
        waiting: &mut Vec<OpenParenthesis>,
    ) {
        let open: Vec<OpenParenthesis> = waiting.iter().copied().filter(|w| w.page == page).collect();
        let texts: Vec<usize> =
            (0..orphans.len()).filter(|at| !self.is_dash(page, &orphans[*at].pieces)).collect();
        let required = self.required_texts(page);
        let ([parenthesis], [only]) = (&open[..], &texts[..]) else { return };
        if !required.is_empty() {
            return;
        }
        let orphan = orphans.remove(*only);
        self.fill_parenthesis(*parenthesis, &orphan, waiting);
    }

    fn fill_parenthesis(
        &mut self,
        place: OpenParenthesis,
        orphan: &Orphan,
        waiting: &mut Vec<OpenParenthesis>,
    ) {
        let text = self.text_of(orphan);
        let Some(Value::Checks(mut ticks)) = self.answers.get(self.slot(place.seat)).cloned() else { return };
        if let Some(tick) = ticks.get_mut(place.index) {
            tick.text = Some(text);
        }
        let line = self.pieces[orphan.page][orphan.pieces[0]].number;
        self.put(place.seat, Value::Checks(ticks), orphan.page, &orphan.pieces);
        self.doubt(
            place.seat,
            Some(line),
            "かっこの中の記載が離れた位置にあります。この欄の記載か確かめてください。",
        );
        waiting.retain(|w| !(w.seat == place.seat && w.index == place.index));
    }

    /// A parenthesis still waits for its text: it may have ended up behind the last block of a text of the page.
    fn parenthesis_in_cell(&mut self, page: usize, below: &[Below], waiting: &mut Vec<OpenParenthesis>) {
        let open: Vec<OpenParenthesis> = waiting.iter().copied().filter(|w| w.page == page).collect();
        if open.is_empty() {
            return;
        }
        let several: Vec<&Below> = below.iter().filter(|b| b.page == page && b.blocks.len() > 1).collect();
        if let ([place], [cell]) = (&open[..], &several[..])
            && self.ends_in_another_style(cell)
            && let Some((last, own)) = cell.blocks.split_last()
        {
            let orphan = Orphan { page, pieces: last.clone(), under: None };
            self.put_text(cell.seat, page, &own.concat());
            self.fill_parenthesis(*place, &orphan, waiting);
        }
        for cell in several {
            self.doubt(
                cell.seat,
                Some(cell.line),
                "同じページのかっこの中の記載と混じっていないか確かめてください。",
            );
        }
    }

    /// A list that ends in a short block which is no item of it.
    fn ends_in_another_style(&self, cell: &Below) -> bool {
        let begins = |block: &Vec<usize>| {
            self.cell_lines(cell.page, block).first().is_some_and(|l| super::join::begins(l.text))
        };
        let Some((last, own)) = cell.blocks.split_last() else { return false };
        own.iter().all(begins) && !begins(last) && last.len() <= 3
    }

    fn required_texts(&self, page: usize) -> Vec<SeatIx> {
        self.open_seats(page, &[Kind::Text]).into_iter().filter(|s| self.is_required(*s)).collect()
    }

    /// As many 「―」 as there are empty cells: each cell gets one.
    fn dashes(&mut self, page: usize, orphans: &mut Vec<Orphan>) {
        let dashes: Vec<Orphan> = orphans.iter().filter(|o| self.is_dash(page, &o.pieces)).cloned().collect();
        let cells: Vec<SeatIx> = self
            .open_seats(page, &[Kind::Text])
            .into_iter()
            .filter(|s| self.seats.all[*s].print.is_some() && self.prints_here(page, *s))
            .collect();
        if dashes.is_empty() || cells.len() != dashes.len() {
            return;
        }
        for (seat, orphan) in cells.into_iter().zip(&dashes) {
            self.place(seat, orphan);
        }
        let placed: BTreeSet<usize> = dashes.iter().map(|o| o.pieces[0]).collect();
        orphans.retain(|o| !placed.contains(&o.pieces[0]));
    }

    /// Whether the label of a seat was found on the page.
    pub(super) fn prints_here(&self, page: usize, seat: SeatIx) -> bool {
        self.seats.owners[page].contains(&Some(seat))
    }

    /// A text that takes up the words of a label belongs to it.
    fn by_label_words(&mut self, page: usize, orphans: &mut Vec<Orphan>) {
        let seats = self.required_texts(page);
        orphans.retain(|orphan| {
            if orphan.under.is_some() {
                return true;
            }
            let text = fold(&self.text_of(orphan));
            let close: Vec<SeatIx> = seats
                .iter()
                .copied()
                .filter(|s| self.is_open(*s) && share_of_label(&self.node(*s).label, &text) >= 0.6)
                .collect();
            match close[..] {
                [seat] => !self.place(seat, orphan),
                _ => true,
            }
        });
    }

    /// One cell that must be filled and one text without a place: they belong together.
    fn only_one_left(&mut self, page: usize, orphans: &mut Vec<Orphan>) {
        let seats = self.required_texts(page);
        let texts: Vec<usize> =
            (0..orphans.len()).filter(|at| !self.is_dash(page, &orphans[*at].pieces)).collect();
        if let ([seat], [only]) = (&seats[..], &texts[..]) {
            let orphan = orphans.remove(*only);
            if !self.place(*seat, &orphan) {
                orphans.push(orphan);
            }
        }
    }

    /// A block set off from its label's value by a blank line goes back there when nobody else wants it.
    fn back_to_label(&mut self, orphans: &mut Vec<Orphan>) {
        orphans.retain(|orphan| {
            let Some(seat) = orphan.under else { return true };
            let Some(Value::Text(text)) = self.answers.get(self.slot(seat)).cloned() else { return true };
            let line = self.pieces[orphan.page][orphan.pieces[0]].number;
            let text = format!("{text}\n\n{}", self.text_of(orphan));
            self.put(seat, Value::Text(text), orphan.page, &orphan.pieces);
            self.doubt(
                seat,
                Some(line),
                "空行で離れた記載を続きとして加えました。この欄の記載か確かめてください。",
            );
            false
        });
    }

    /// Text at the top of a page goes on with the last cell of the page before, where there is a sign of that: a line that stands
    /// on both pages, a page without any label, a sentence that does not end.
    fn continue_pages(&mut self, orphans: &mut Vec<Orphan>) {
        orphans.retain(|orphan| {
            if orphan.page == 0 {
                return true;
            }
            let cut = self.cuts.iter().find(|(page, _)| page + 1 == orphan.page).copied();
            let repeated = cut.and_then(|(page, at)| self.used[page][at]);
            let Some(seat) = repeated.or_else(|| self.last_text_before(orphan.page)) else { return true };
            let own = |at: usize| self.used[orphan.page][at] == Some(seat);
            if !(0..orphan.pieces[0]).all(own) {
                return true;
            }
            let Some(Value::Text(text)) = self.answers.get(self.slot(seat)) else { return true };
            let labels = self.seats.owners[orphan.page].iter().flatten().next().is_some();
            let ended = text.ends_with(['。', '）', ')', '」']) || self.form.is_not_applicable(text);
            if repeated.is_none() && labels && ended && !self.runs_on(seat, orphan) {
                return true;
            }
            !self.append(seat, orphan, usize::from(repeated.is_some()))
        });
    }

    /// What is still left at the top of a page.
    fn continue_page(&mut self, page: usize, orphans: &mut Vec<Orphan>) {
        orphans.retain(|orphan| {
            if page == 0 || orphan.pieces[0] != 0 || self.is_dash(page, &orphan.pieces) {
                return true;
            }
            let Some(seat) = self.last_text_before(page) else { return true };
            !self.append(seat, orphan, 0)
        });
    }

    /// Puts a text behind the one that a cell has, without its first `skip` lines, which the cell has already.
    fn append(&mut self, seat: SeatIx, orphan: &Orphan, skip: usize) -> bool {
        let Some(Value::Text(text)) = self.answers.get(self.slot(seat)).cloned() else { return false };
        let line = self.pieces[orphan.page][orphan.pieces[0]].number;
        let more = self.joined(orphan.page, &orphan.pieces[skip..]);
        let text = if more.is_empty() { text } else { format!("{text}\n{more}") };
        self.put(seat, Value::Text(text), orphan.page, &orphan.pieces);
        self.doubt(
            seat,
            Some(line),
            "ページの先頭の記載を前のページの続きとしました。この欄の記載か確かめてください。",
        );
        true
    }

    /// The last text of the form before a page.
    fn last_text_before(&self, page: usize) -> Option<SeatIx> {
        let end = self.seats.on_page(page).start;
        (0..end).rev().find(|s| self.node(*s).is_item()).filter(|s| self.node(*s).kind == Kind::Text)
    }

    /// Texts were left over on a page: then what stands below a label there is not certain either.
    fn doubt_page(&mut self, page: usize, below: &[Below]) {
        for text in below.iter().filter(|b| b.page == page) {
            self.doubt(
                text.seat,
                Some(text.line),
                "同じページに行き先の分からない記載があります。この欄の記載か確かめてください。",
            );
        }
    }

    /// A cell that must be filled is empty on a page: another cell may have swallowed its text.
    fn doubt_unbalanced(&mut self, below: &[Below]) {
        for page in 0..self.pieces.len() {
            let open = self.open_seats(page, &[Kind::Text]);
            let missing = open.iter().any(|s| self.is_required(*s) && self.prints_here(page, *s));
            let spare = open.iter().any(|s| self.prints_here(page, *s));
            let disorder = missing && self.is_shuffled(page);
            let swallows =
                |b: &Below| spare && b.blocks.len() > 1 || disorder || self.comes_after_empty(b.page, b.seat);
            let doubtful: Vec<&Below> = below.iter().filter(|b| b.page == page && swallows(b)).collect();
            for text in doubtful {
                self.doubt(
                    text.seat,
                    Some(text.line),
                    "同じページに空のままの欄があります。ほかの欄の記載が混じっていないか確かめてください。",
                );
            }
        }
    }

    /// The words inside a drawing come as text, too, and may have ended up under any label of its page.
    fn doubt_beside_figures(&mut self, below: &[Below]) {
        for text in below {
            if self.seats_here(text.page, &[Kind::Figure]).is_empty() {
                continue;
            }
            self.doubt(
                text.seat,
                Some(text.line),
                "同じページの図の中の文字が混じっていないか確かめてください。",
            );
        }
    }

    /// Whether the labels of a page stand in another order than on the form.
    pub(super) fn is_shuffled(&self, page: usize) -> bool {
        let ranks: Vec<usize> = (0..self.pieces[page].len())
            .filter(|at| matches!(self.pieces[page][*at].kind, What::Label(_)))
            .filter_map(|at| self.owner(page, at))
            .map(|s| self.seats.all[s].rank)
            .collect();
        ranks.windows(2).filter(|pair| pair[0] > pair[1]).count() > 0
    }
}

/// How much of a label's words a folded text takes up: the share of the label's pairs of signs that occur in it.
fn share_of_label(label: &str, text: &str) -> f64 {
    let label: Vec<char> = fold(label).chars().collect();
    if label.len() < 8 {
        return 0.0;
    }
    let pairs: BTreeSet<(char, char)> = text.chars().zip(text.chars().skip(1)).collect();
    let hits = label.windows(2).filter(|pair| pairs.contains(&(pair[0], pair[1]))).count();
    let count = u32::try_from(label.len() - 1).unwrap_or(u32::MAX);
    f64::from(u32::try_from(hits).unwrap_or(0)) / f64::from(count)
}
