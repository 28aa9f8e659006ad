//! Rows and cells without a label: continuations, flags beside a heading, answers whose label the source lost.

use super::checks;
use super::choice;
use super::reader::Reader;
use super::rows::SourceRow;
use super::scan::{Run, option_heading_at, says_nothing};
use crate::form::{Kind, Node, NodeIx, fold};
use crate::import::Doubt;
use crate::import::html::Cell;

impl Reader {
    /// Reads the written cells of a row whose first one is no label.
    pub(super) fn unlabelled(&mut self, row: &SourceRow, column: usize, cells: &[(usize, &Cell)]) {
        let contents: Vec<&Cell> = cells.iter().map(|(_, c)| *c).collect();
        if contents.len() == 1 && self.flags(contents[0]) {
            return;
        }
        let run = Run::of(contents.iter().copied());
        if self.continues(row, column, &run, contents.len()) {
            let text = self.open.as_ref().filter(|o| o.cells.iter().any(|c| !c.is_blank()));
            let text = text.filter(|o| !o.below && self.form.node(o.slot.node).kind == Kind::Text);
            if let Some(slot) = text.map(|o| o.slot).filter(|_| row.columns && column > 0) {
                let message = "見出しのない行を、この項目の続きと読みました。".to_owned();
                self.remark_on(Doubt::Uncertain, row.line, slot, message);
            }
            for cell in contents {
                self.feed(cell);
            }
            return;
        }
        // A first cell of a whole row is a label, known or not, unless the row as a whole is an answer.
        let has_label = row.columns && column == 0 && contents.len() > 1;
        let lost = self.lost_label(&run, row, column);
        if let Some(node) = lost.filter(|n| !has_label || self.form.node(*n).kind != Kind::Text) {
            self.open_item(node, row.line, false);
            let heading = self.form.node(node).heading();
            let message = format!("見出しのない行を、項目の並びから「{heading}」の答えと読みました。");
            self.remark(Doubt::Uncertain, row.line, node, message);
            for cell in contents {
                self.feed(cell);
            }
            return;
        }
        if row.columns && column == 0 && contents.len() > 1 && self.unknown_label(row, &contents) {
            return;
        }
        let looks_like_heading = is_heading(row, contents[0]);
        self.doubt_open_text(row.line, looks_like_heading);
        if self.open.is_none() || looks_like_heading || contents.len() > 1 {
            // What follows an unknown heading does not belong to the item before.
            self.close();
        }
        for cell in contents {
            self.loose(cell);
        }
    }

    /// Reads a row with an unknown label as the next item, where the label after it shows that just this one is missing
    /// and the answer fits. The unknown words stay unrecognised.
    fn unknown_label(&mut self, row: &SourceRow, contents: &[&Cell]) -> bool {
        let Some((label, answer)) = contents.split_first() else { return false };
        let words = label.words();
        let is_label = words.chars().count() <= 40 && !words.contains('。') && !words.is_empty();
        let next = self.place.upcoming(self.form).next().map(|n| (n.ix, n.kind));
        let (Some((node, kind)), Some(after)) = (next, self.next_label()) else { return false };
        let run = Run::of(answer.iter().copied());
        let fits = match kind {
            Kind::Text => !self.has_options(&run) && !run.has_box(),
            Kind::Choice => {
                let options = self.form.options(self.form.node(node));
                choice::read(&run, options, &self.form.head.option_heading, None).chosen.is_some()
            }
            Kind::Checks => {
                let reading = checks::read(&run, self.form.boxes(self.form.node(node)));
                run.has_box() && reading.boxes.len() > 1 && reading.rest.is_empty()
            }
            _ => false,
        };
        if !is_label || !fits || after <= node.position() {
            return false;
        }
        self.open_item(node, row.line, false);
        let heading = self.form.node(node).heading();
        let message =
            format!("様式にない見出し「{words}」の行を、項目の並びから「{heading}」の答えと読みました。");
        self.remark(Doubt::Uncertain, row.line, node, message);
        for cell in answer {
            self.feed(cell);
        }
        self.reading.rest.push((row.line, words));
        true
    }

    /// Notes on the text before a row that nothing could be made of that the row may belong to it.
    fn doubt_open_text(&mut self, line: usize, heading: bool) {
        let open = self.open.as_ref().filter(|o| !heading && o.cells.iter().any(|c| !c.is_blank()));
        let text = open.filter(|o| self.form.node(o.slot.node).kind == Kind::Text).map(|o| o.slot);
        if let Some(slot) = text {
            let message = "次の行が認識できませんでした。この項目の続きかもしれません。".to_owned();
            self.remark_on(Doubt::Uncertain, line, slot, message);
        }
    }

    /// Whether the row goes on with the answer of the open item.
    fn continues(&self, row: &SourceRow, column: usize, run: &Run, cells: usize) -> bool {
        let Some(open) = &self.open else { return false };
        let node = self.form.node(open.slot.node);
        let blank = open.cells.iter().all(Cell::is_blank);
        let has_options = self.has_options(run);
        match node.kind {
            Kind::Checks => {
                let reading = checks::read(run, self.form.boxes(node));
                !reading.boxes.is_empty() || blank && !has_options || !row.columns && !is_heading_text(run)
            }
            Kind::Choice => {
                let reading =
                    choice::read(run, self.form.options(node), &self.form.head.option_heading, None);
                let says = |spans: &[super::scan::Span]| spans.iter().any(|s| !says_nothing(&run.text(*s)));
                let own = !says(&reading.rest);
                let list = choice::is_list(run, self.form.options(node), &self.form.head.option_heading);
                own && (blank || list || !row.columns || self.lacks_answer())
                    || blank && has_options
                    || self.ends_choice(run, node)
            }
            Kind::Text if has_options => false,
            // A choice or boxes in brackets answer the item that comes next.
            Kind::Text if row.columns && run.at(0) == Some('[') && self.answers_next(run, row, column) => {
                false
            }
            Kind::Text if open.below => true,
            Kind::Text => {
                let is_point = || !blank && !self.is_near_heading(run) && follows_points(run, &open.cells);
                let no_columns = !row.columns || !blank && is_sentence_alone(row, column, run, cells);
                let goes_on = no_columns && !row.heading && (!is_heading_text(run) || is_point());
                let same_row = row.columns && column > 0 && (blank || !self.misses_label());
                goes_on || same_row || !blank && self.rest_of_row(row, cells)
            }
            Kind::Date | Kind::Count | Kind::Flag => blank,
            Kind::Group | Kind::Repeat | Kind::Figure | Kind::ItemRef => false,
        }
    }

    /// Whether the words are the answer to one of the next choices or lists of boxes.
    fn answers_next(&self, run: &Run, row: &SourceRow, column: usize) -> bool {
        let next = self.lost_label(run, row, column).map(|n| self.form.node(n).kind);
        matches!(next, Some(Kind::Choice | Kind::Checks))
    }

    /// Whether the words are what the form prints behind a choice: the number of entries, a parenthesis for a text.
    fn ends_choice(&self, run: &Run, node: &Node) -> bool {
        let words = fold(&run.text(super::scan::Span { from: 0, to: run.len() }));
        self.form.children(node).any(|child| match (child.kind, child.printed.as_deref()) {
            (Kind::Count, _) => {
                let unit = child.unit.as_deref().unwrap_or_default();
                let bare = words.strip_suffix(unit).unwrap_or(&words).trim_matches(['(', ')']);
                bare.len() < words.len() && bare.chars().all(|c| c.is_ascii_digit())
            }
            (Kind::Text, Some(passage)) => {
                let begin = passage.split('　').next().map(fold).unwrap_or_default();
                !begin.is_empty() && words.starts_with(&begin)
            }
            _ => false,
        })
    }

    /// Whether the next label shows that the label of the next text is missing.
    fn misses_label(&self) -> bool {
        let next = self.place.upcoming(self.form).next().filter(|n| n.kind == Kind::Text);
        next.zip(self.next_label()).is_some_and(|(next, label)| label > next.ix.position())
    }

    /// Whether a line break parted the row of the open item: the columns of both lines make one row of the table.
    fn rest_of_row(&self, row: &SourceRow, cells: usize) -> bool {
        let Some(open) = self.open.as_ref().filter(|_| cells == 1 && row.columns && !row.cells[0].is_blank())
        else {
            return false;
        };
        let whole = open.columns + row.cells.len() - 1;
        let parted = self.ahead.widths.iter().filter(|w| **w == whole).count() > 0;
        parted && row.cells.len() < whole
    }

    /// Whether a line that looks like a heading is one of the form, however damaged.
    fn is_near_heading(&self, run: &Run) -> bool {
        let words = run.text(super::scan::Span { from: 0, to: run.len() });
        self.labels.near(&words).iter().any(|h| h.marked)
    }

    /// Whether the open choice has no answer yet.
    fn lacks_answer(&self) -> bool {
        self.open.as_ref().is_some_and(|open| {
            let node = self.form.node(open.slot.node);
            let run = Run::of(&open.cells);
            choice::read(&run, self.form.options(node), &self.form.head.option_heading, None).chosen.is_none()
        })
    }

    /// Whether the words hold a printed option list.
    fn has_options(&self, run: &Run) -> bool {
        (0..run.len()).any(|at| option_heading_at(run, at, &self.form.head.option_heading).is_some())
    }

    /// The next item of the form that such an answer fits, where the item before has been answered.
    fn lost_label(&self, run: &Run, row: &SourceRow, column: usize) -> Option<NodeIx> {
        let heading = &self.form.head.option_heading;
        let upcoming: Vec<&Node> = self.place.upcoming(self.form).take(3).collect();
        let is_list = |n: &&Node| choice::is_list(run, self.form.options(n), heading);
        if upcoming.iter().any(is_list) {
            return None;
        }
        for (at, node) in upcoming.iter().enumerate() {
            match node.kind {
                Kind::Choice => {
                    let reading = choice::read(run, self.form.options(node), heading, None);
                    let alone = reading.rest.iter().all(|s| says_nothing(&run.text(*s)));
                    if reading.chosen.is_some() && alone {
                        return Some(node.ix);
                    }
                }
                Kind::Checks => {
                    let reading = checks::read(run, self.form.boxes(node));
                    if run.has_box() && reading.boxes.len() > 1 && reading.rest.is_empty() {
                        return Some(node.ix);
                    }
                }
                Kind::Text if at == 0 && column > 0 && self.misses_label() && !self.has_options(run) => {
                    return Some(node.ix);
                }
                Kind::Text if at == 0 && !self.has_options(run) && !run.has_box() => {
                    // Right below an answered choice stands its explanation.
                    let below_choice = self.open.as_ref().is_some_and(|open| {
                        let kind = self.form.node(open.slot.node).kind;
                        kind == Kind::Choice && self.is_below(node, open.slot.node) && !self.lacks_answer()
                    });
                    if below_choice && (row.columns || !is_heading_text(run)) {
                        return Some(node.ix);
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// A cell with no item to belong to: flags, titles of risks, printed passages; the rest is not recognised.
    pub(super) fn loose(&mut self, cell: &Cell) {
        let words = cell.words();
        let bare = words.trim_start_matches(['-', '・', '*', ' ']);
        if cell.is_blank() || self.is_printed(bare) {
            self.reading.print.extend(cell.lines());
            return;
        }
        if self.flags(cell) {
            return;
        }
        let lines = cell.lines();
        let line = lines.first().copied().unwrap_or_default();
        self.reading.rest.push((line, words));
        self.reading.rest.extend(lines.into_iter().skip(1).map(|l| (l, String::new())));
    }

    fn is_printed(&self, words: &str) -> bool {
        let folded = fold(words);
        let around = self.form.ancestry(self.place.node);
        let is_title = |n: &&Node| n.risk_titles.iter().any(|t| fold(t) == folded);
        let passage =
            self.form.nodes().iter().filter_map(|n| n.printed.as_deref()).any(|p| fold(p) == folded);
        around.iter().any(is_title) || passage
    }
}

/// Whether a row looks like a heading: of Markdown, or words that begin with a number of the form's kind.
fn is_heading(row: &SourceRow, cell: &Cell) -> bool {
    row.heading || is_heading_text(&Run::of([cell]))
}

/// Whether a row with columns holds nothing but a sentence or a point in its first cell: the end of a cell of several lines,
/// with the empty columns of its row behind it.
fn is_sentence_alone(row: &SourceRow, column: usize, run: &Run, cells: usize) -> bool {
    let words = run.text(super::scan::Span { from: 0, to: run.len() });
    let is_point = words.starts_with('・') || words.ends_with(['。', '.']);
    row.columns && column == 0 && cells == 1 && row.cells.len() > 1 && is_point
}

/// Whether a line that begins with a number is a point of a list: the first one, or the one after a point above.
fn follows_points(run: &Run, above: &[Cell]) -> bool {
    let words = run.text(super::scan::Span { from: 0, to: run.len().min(60) });
    let key = super::labels::key_of(&words);
    let Some(mark) = super::labels::split_mark(&key).0 else { return false };
    let first = mark.chars().next().unwrap_or_default();
    let is_circled = ('①'..='⑳').contains(&first);
    if matches!(mark, "1" | "①") {
        return true;
    }
    let before: Vec<String> = match (mark.parse::<u32>(), is_circled) {
        (Ok(number), _) => {
            number.checked_sub(1).map(|n| vec![format!("{n}."), format!("{n})")]).unwrap_or_default()
        }
        (Err(_), true) => {
            char::from_u32(u32::from(first) - 1).map(|c| vec![c.to_string()]).unwrap_or_default()
        }
        (Err(_), false) => return false,
    };
    let text = fold(&above.iter().map(Cell::words).collect::<String>());
    before.iter().any(|sign| text.contains(sign))
}

fn is_heading_text(run: &Run) -> bool {
    let words = run.text(super::scan::Span { from: 0, to: run.len().min(60) });
    let key = super::labels::key_of(&words);
    let (mark, rest) = super::labels::split_mark(&key);
    let short = run.len() <= 50 && !key.ends_with('.');
    short && !rest.is_empty() && (mark.is_some() || key.starts_with("(別添"))
}
