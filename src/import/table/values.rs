//! What was written in an item becomes its value.

use super::checks::{self, BoxReading};
use super::choice;
use super::markdown::{markdown, one_line};
use super::reader::{Claim, Open, Reader};
use super::scan::{Run, Span};
use crate::assessment::{Tick, Value};
use crate::form::{Kind, Node, Slot, fold};
use crate::import::Doubt;
use crate::import::html::Cell;
use crate::wareki;

impl Reader {
    /// Ends the answer of the open item.
    pub(super) fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        if open.cells.iter().all(Cell::is_blank) {
            return;
        }
        let node = self.form.node(open.slot.node);
        match node.kind {
            Kind::Text => self.close_text(&open, node),
            Kind::Date => self.close_date(&open, node),
            Kind::Choice => self.close_choice(&open, node),
            Kind::Checks => self.close_checks(&open, node),
            Kind::Count => self.close_count(&open),
            Kind::Flag => self.close_flag(&open),
            Kind::Figure | Kind::Group | Kind::Repeat | Kind::ItemRef => self.give_up(&open),
        }
    }

    fn close_text(&mut self, open: &Open, node: &Node) {
        let text = markdown(&open.cells);
        let text = node.printed.as_deref().map_or(text.clone(), |p| without_passage(&text, p));
        // An empty bracket is where a choice would stand.
        let is_bracket = text.contains('[') && super::scan::says_nothing(&text);
        if is_bracket {
            self.reading.print.extend(lines(open));
        } else if !text.is_empty() {
            self.put_text(open.slot, text, &lines(open));
        }
    }

    fn close_date(&mut self, open: &Open, node: &Node) {
        let text = one_line(&words(open));
        let passage: Vec<char> = fold(node.printed.as_deref().unwrap_or("年月日")).chars().collect();
        let is_blank_form = fold(&text).chars().all(|c| passage.contains(&c) || "()".contains(c));
        let is_era = ["平成", "令和", "昭和"]
            .iter()
            .any(|era| fold(&text).trim_start_matches(era).chars().all(|c| passage.contains(&c)));
        if is_blank_form || is_era {
            self.reading.print.extend(lines(open));
            return;
        }
        let found = wareki::find_all(&text);
        let outside =
            |range: &std::ops::Range<usize>| format!("{}{}", &text[..range.start], &text[range.end..]);
        let date = match found.as_slice() {
            _ if wareki::parse(&text).is_ok() => wareki::parse(&text).ok().map(|p| p.date),
            [(range, parsed)]
                if fold(&outside(range)).chars().all(|c| passage.contains(&c) || "()".contains(c)) =>
            {
                Some(parsed.date)
            }
            _ => None,
        };
        if let Some(date) = date {
            self.put(open.slot, Value::Date(date), &lines(open));
            return;
        }
        self.remark_on(Doubt::Uncertain, open.line, open.slot, format!("「{text}」は日付として読めません。"));
        self.put(open.slot, Value::Unfit(text), &lines(open));
    }

    fn close_choice(&mut self, open: &Open, node: &Node) {
        let run = Run::of(&open.cells);
        let options = self.form.options(node);
        let reading = choice::read(&run, options, &self.form.head.option_heading, node.printed.as_deref());
        let mut rest = self.children_in(&run, &reading.rest, open, node);
        if let Some(doubt) = reading.doubt {
            self.remark_on(Doubt::Uncertain, open.line, open.slot, doubt.to_owned());
        }
        if let Some(chosen) = reading.chosen {
            let value = Value::Choice(options[chosen].label.clone());
            if self.reading.values.get(&open.slot).is_some_and(|v| *v != value) {
                self.reading.rest.push((open.line, words(open)));
                let message = "同じ項目に二つの答えがあります。先の答えを採りました。".to_owned();
                self.remark_on(Doubt::Uncertain, open.line, open.slot, message);
                return;
            }
            self.put(open.slot, value, &lines(open));
            self.leave(&run, &rest);
            return;
        }
        let text = rest.drain(..).map(|s| trimmed(&run.text(s))).collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            self.reading.print.extend(lines(open));
            let message = "選択肢は印刷されていますが、どれを選んだか読み取れません。".to_owned();
            self.remark_on(Doubt::Empty, open.line, open.slot, message);
            return;
        }
        self.remark_on(Doubt::Uncertain, open.line, open.slot, format!("「{text}」は選択肢にありません。"));
        self.put(open.slot, Value::Unfit(text), &lines(open));
    }

    /// Takes out of the rest of a choice what belongs to its children: 「（ 2 ）件」, 「（手数料額、納付方法：…）」.
    fn children_in(&mut self, run: &Run, rest: &[Span], open: &Open, node: &Node) -> Vec<Span> {
        let mut left = Vec::new();
        for span in rest {
            let text = trimmed(&run.text(*span));
            let children: Vec<&Node> = self.form.children(node).collect();
            let taken = children.into_iter().any(|child| match child.kind {
                Kind::Count => self.take_count(&text, open, child),
                Kind::Text => self.take_passage(&text, open, child),
                _ => false,
            });
            if !taken {
                left.push(*span);
            }
        }
        left
    }

    fn take_count(&mut self, text: &str, open: &Open, child: &Node) -> bool {
        let folded = fold(text);
        let unit = child.unit.as_deref().unwrap_or("件");
        let inside: String = folded.chars().filter(|c| !"()[]".contains(*c)).collect();
        let number = inside.strip_suffix(unit).unwrap_or(&inside);
        let slot = self.beside(open.slot, child.ix);
        if number.is_empty() {
            return true;
        }
        let Ok(number) = number.parse::<u32>() else { return false };
        self.put(slot, Value::Count(number), &lines(open));
        true
    }

    fn take_passage(&mut self, text: &str, open: &Open, child: &Node) -> bool {
        let Some((before, _)) = child.printed.as_deref().map(passage_parts) else { return false };
        if !fold(text).starts_with(&before) || before.is_empty() {
            return false;
        }
        let passage = child.printed.as_deref().unwrap_or_default();
        let inside = without_passage(text, passage);
        if inside.is_empty() {
            return true;
        }
        let slot = self.beside(open.slot, child.ix);
        if !text.trim_end().ends_with([')', '）']) && text.contains([')', '）']) {
            let message = "括弧の後ろに続く語も括弧の中と読みました。".to_owned();
            self.remark_on(Doubt::Uncertain, open.line, slot, message);
        }
        self.put_text(slot, inside, &lines(open));
        true
    }

    fn close_checks(&mut self, open: &Open, node: &Node) {
        let run = Run::of(&open.cells);
        let boxes = self.form.boxes(node);
        let reading = checks::read(&run, boxes);
        if reading.boxes.is_empty() {
            let text = one_line(&words(open));
            let message = format!("「{text}」は選択欄として読めません。");
            self.remark_on(Doubt::Uncertain, open.line, open.slot, message);
            self.put(open.slot, Value::Unfit(text), &lines(open));
            return;
        }
        for doubt in reading.doubts {
            self.remark_on(Doubt::Uncertain, open.line, open.slot, doubt);
        }
        for read in &reading.boxes {
            let count = boxes[read.index].count.as_deref().and_then(|id| self.form.by_id(id));
            if let (Some(node), Some(number)) = (count, read.count) {
                let slot = self.beside(open.slot, node.ix);
                self.put(slot, Value::Count(number), &lines(open));
            }
        }
        let ticks = self.ticks(&reading.boxes, open, node);
        match ticks {
            Some(ticks) => self.put(open.slot, Value::Checks(ticks), &lines(open)),
            None => self.reading.print.extend(lines(open)),
        }
        self.leave(&run, &reading.rest);
    }

    /// The ticks of a list; none where the ticks were lost.
    fn ticks(&mut self, read: &[BoxReading], open: &Open, node: &Node) -> Option<Vec<Tick>> {
        let boxes = self.form.boxes(node);
        let no_box_printed = read.iter().all(|b| b.ticked.is_none());
        let is_selection = no_box_printed && read.len() < boxes.len();
        let mut ticks = Vec::new();
        let mut unclear = Vec::new();
        for b in read {
            let label = &boxes[b.index].label;
            let says_something = b.text.is_some() || b.count.is_some_and(|n| n > 0);
            let ticked = b.ticked == Some(true) || is_selection || says_something;
            if ticked {
                ticks.push(Tick { label: label.clone(), text: b.text.clone() });
            } else if b.ticked.is_none() {
                unclear.push(label.as_str());
            }
            if says_something && b.ticked != Some(true) {
                let message =
                    format!("「{label}」に印はありませんが、括弧に記入があるため選択されたものとしました。");
                self.remark_on(Doubt::Derived, open.line, open.slot, message);
            }
        }
        if is_selection {
            let message =
                "印がなく選択肢の一部だけが書かれているため、書かれたものを選択としました。".to_owned();
            self.remark_on(Doubt::Uncertain, open.line, open.slot, message);
        } else if !self.has_ticks || no_box_printed {
            let doubt = if ticks.is_empty() { Doubt::Empty } else { Doubt::Uncertain };
            let message = "印が失われていて、どれが選ばれているか分かりません。".to_owned();
            self.remark_on(doubt, open.line, open.slot, message);
            return (!ticks.is_empty()).then_some(ticks);
        } else if !unclear.is_empty() {
            let message = format!(
                "「{}」の前に欄が見当たりません。選ばれていないものとしました。",
                unclear.join("」「")
            );
            self.remark_on(Doubt::Uncertain, open.line, open.slot, message);
        }
        Some(ticks)
    }

    fn close_count(&mut self, open: &Open) {
        let text = one_line(&words(open));
        let digits: String = fold(&text).chars().filter(|c| !"()[]件".contains(*c)).collect();
        if digits.is_empty() {
            self.reading.print.extend(lines(open));
            return;
        }
        let value = digits.parse::<u32>().map_or_else(
            |_| {
                self.remark_on(
                    Doubt::Uncertain,
                    open.line,
                    open.slot,
                    format!("「{text}」は数として読めません。"),
                );
                Value::Unfit(text.clone())
            },
            Value::Count,
        );
        self.put(open.slot, value, &lines(open));
    }

    fn close_flag(&mut self, open: &Open) {
        let run = Run::of(&open.cells);
        let text = one_line(&words(open));
        if run.has_tick() || matches!(fold(&text).as_str(), "○" | "●") {
            self.put(open.slot, Value::Flag(true), &lines(open));
            return;
        }
        if !run.has_box() {
            self.remark_on(
                Doubt::Uncertain,
                open.line,
                open.slot,
                format!("「{text}」は印として読めません。"),
            );
            self.put(open.slot, Value::Unfit(text), &lines(open));
            return;
        }
        if self.has_ticks {
            self.put(open.slot, Value::Flag(false), &lines(open));
            return;
        }
        self.reading.print.extend(lines(open));
        let message = "印が失われていて、選ばれているかどうか分かりません。".to_owned();
        self.remark_on(Doubt::Empty, open.line, open.slot, message);
    }

    /// Puts a text; a second text of the same item joins the first, the same text is only claimed.
    fn put_text(&mut self, slot: Slot, text: String, lines: &[usize]) {
        let joined = match self.reading.values.get(&slot) {
            Some(Value::Text(known)) if fold(known).contains(&fold(&text)) => known.clone(),
            Some(Value::Text(known)) => {
                let line = lines.first().copied().unwrap_or_default();
                let joined = format!("{known}\n\n{text}");
                let message = "二か所に書かれた答えをつなぎました。".to_owned();
                self.remark_on(Doubt::Uncertain, line, slot, message);
                joined
            }
            _ => text,
        };
        self.put(slot, Value::Text(joined), lines);
    }

    /// Puts a value and claims its lines.
    pub(super) fn put(&mut self, slot: Slot, value: Value, lines: &[usize]) {
        self.reading.values.insert(slot, value);
        for line in lines {
            self.reading.claims.entry(*line).or_default().insert(Claim::Item(slot));
        }
    }

    /// Reports parts of an answer that nothing could be made of.
    fn leave(&mut self, run: &Run, rest: &[Span]) {
        for span in rest {
            let text = trimmed(&run.text(*span));
            if !text.is_empty() {
                self.reading.rest.push((run.line(span.from), text));
            }
        }
    }

    fn give_up(&mut self, open: &Open) {
        for cell in &open.cells {
            let words = one_line(&cell.words());
            for (at, line) in cell.lines().into_iter().enumerate() {
                self.reading.rest.push((line, if at == 0 { words.clone() } else { String::new() }));
            }
        }
    }
}

fn lines(open: &Open) -> Vec<usize> {
    let mut lines: Vec<usize> = open.cells.iter().flat_map(Cell::lines).collect();
    lines.dedup();
    lines
}

fn words(open: &Open) -> String {
    let run = Run::of(&open.cells);
    run.text(Span { from: 0, to: run.len() })
}

/// A part of an answer without the halves of brackets around it.
fn trimmed(text: &str) -> String {
    let text = text.trim_start_matches([']', '］', ' ']).trim_end_matches(['[', '［', ' ']).trim();
    let inside = text.strip_prefix(['[', '［']).and_then(|t| t.strip_suffix([']', '］']));
    inside.filter(|t| !t.contains(['[', ']'])).unwrap_or(text).trim().to_owned()
}

/// The words before and behind the blank of a printed passage such as 「（手数料額、納付方法：　　　）」, folded.
fn passage_parts(passage: &str) -> (String, String) {
    let blank = |c: char| c.is_whitespace();
    let Some(from) = passage.find(blank) else { return (fold(passage), String::new()) };
    let behind = passage[from..].trim_start_matches(blank);
    (fold(&passage[..from]), fold(behind))
}

/// A text without the passage that the form prints around it.
fn without_passage(text: &str, passage: &str) -> String {
    let (before, behind) = passage_parts(passage);
    let cell = Cell { pieces: vec![crate::import::html::Piece::Text { line: 1, text: text.to_owned() }] };
    if before.is_empty() || !fold(text).starts_with(&before) {
        return text.to_owned();
    }
    let (inside, _) = cell.behind(before.chars().count());
    let inside = match inside.pieces.first() {
        Some(crate::import::html::Piece::Text { text, .. }) => text.trim().to_owned(),
        _ => String::new(),
    };
    // The closing bracket may stand before the last words.
    let closing: Option<char> = behind.chars().next();
    let Some(closing) = closing else { return inside };
    let is_closing = |c: char| fold(c.encode_utf8(&mut [0; 4])) == closing.to_string();
    let mut depth = 0i32;
    for (at, c) in inside.char_indices() {
        let folded = fold(c.encode_utf8(&mut [0; 4]));
        if folded == "(" {
            depth += 1;
        } else if is_closing(c) {
            if depth == 0 {
                let after = inside[at + c.len_utf8()..].trim();
                return format!("{}{after}", inside[..at].trim_end());
            }
            depth -= 1;
        }
    }
    inside
}
