//! Choices and boxes as blocks of a text layer.

use super::pdf::{Block, CELL, Hold, Printer, wrap, wrap_all};
use super::sheet::{Choice, TickBox};

impl Printer<'_> {
    /// The chosen option joins the label's line where that has one line; the list of options is a block of its own.
    pub(super) fn choice(&mut self, choice: &Choice, blocks: &mut Vec<Block>) {
        let chosen = choice.chosen.as_deref().map(|c| self.print(c)).unwrap_or_default();
        if choice.options.is_empty() {
            blocks.push(Block::new(vec![chosen], Hold::Firm));
            return;
        }
        let glued = self.dice.percent(self.noise.glued_choice_share) && !chosen.is_empty();
        if glued {
            blocks.push(Block::new(vec![format!("{chosen}[")], Hold::Loose));
        } else {
            let value = format!("[ {chosen}");
            match blocks.last_mut().filter(|b| b.lines.len() == 1) {
                Some(label) => {
                    label.lines[0] += &format!(" {}", value.trim_end());
                    label.hold = Hold::Loose;
                }
                None => blocks.push(Block::new(vec![value.trim_end().to_owned()], Hold::Firm)),
            }
        }
        let mut options: Vec<String> = choice
            .options
            .iter()
            .enumerate()
            .map(|(at, o)| self.print(&format!("{}） {o}", at + 1)))
            .collect();
        let long = options.iter().any(|o| o.chars().count() > 20);
        if !long && self.dice.percent(60) {
            let reversed = self.noise.stray > 0 && self.dice.percent(25);
            options =
                options
                    .chunks(2)
                    .map(|pair| {
                        if reversed { pair.iter().rev().cloned().collect::<String>() } else { pair.join(" ") }
                    })
                    .collect();
        }
        if self.noise.stray > 0 && self.dice.percent(30) {
            options.reverse();
            options.push("＜選択肢＞".to_owned());
        } else {
            options.insert(0, "＜選択肢＞".to_owned());
        }
        match self.dice.roll(3) {
            0 => options.last_mut().expect("a list").push(']'),
            1 => options[0] += "]",
            _ => blocks.push(Block::new(vec!["]".to_owned()], Hold::Stray)),
        }
        blocks.push(Block::new(options, Hold::Stray));
        if let Some(count) = choice.count {
            let count = count.map(|c| c.to_string()).unwrap_or_default();
            let text = self.print(&format!("（ {count} ） 件"));
            blocks.push(Block::new(vec![text], Hold::Loose));
        }
        if let Some((before, lines, after)) = &choice.aside {
            let mut text = vec![format!(" {}", self.print(before))];
            text.extend(wrap_all(lines, 30));
            let last = text.last_mut().expect("a line");
            *last += after;
            blocks.push(Block::new(text, Hold::Loose));
        }
    }

    pub(super) fn boxes(&mut self, boxes: &[TickBox], blocks: &mut Vec<Block>) {
        let mut group: Option<&String> = None;
        let mut rows: Vec<Vec<&TickBox>> = Vec::new();
        let mut heads: Vec<(usize, String)> = Vec::new();
        for b in boxes {
            let begins_group = b.group.as_ref() != group;
            if begins_group {
                group = b.group.as_ref();
                heads.extend(group.map(|g| (rows.len(), format!("・{g}"))));
            }
            let full = rows.last().is_none_or(|r| r.len() >= 3 || r.iter().any(|b| b.text.is_some()));
            if begins_group || full || b.text.is_some() {
                rows.push(Vec::new());
            }
            rows.last_mut().expect("a row was begun").push(b);
        }
        for (at, row) in rows.into_iter().enumerate() {
            blocks.extend(
                heads.iter().filter(|h| h.0 == at).map(|h| Block::new(vec![h.1.clone()], Hold::Loose)),
            );
            self.box_row(&row, blocks);
        }
    }

    pub(super) fn box_row(&mut self, row: &[&TickBox], blocks: &mut Vec<Block>) {
        let opener = |b: &TickBox| if b.ticked { "[ ○" } else { "[" };
        let rest: Vec<String> = row.iter().map(|b| self.box_rest(b)).collect();
        if row.len() > 1 && self.dice.percent(self.noise.split_boxes_share) {
            // The opener of the next box stays with the box before it.
            let last = row.len() - 1;
            let mut line = String::new();
            for (at, b) in row.iter().enumerate() {
                line += opener(b);
                if at < last {
                    line += &format!(" {} ", rest[at]);
                }
            }
            blocks.push(Block::new(vec![line], Hold::Loose));
            blocks.push(Block::new(vec![rest[last].clone()], Hold::Stray));
            return;
        }
        let line: Vec<String> = row.iter().zip(&rest).map(|(b, r)| format!("{} {r}", opener(b))).collect();
        blocks.push(Block::new(wrap(&line.join(" "), CELL + 6), Hold::Loose));
    }

    pub(super) fn box_rest(&self, b: &TickBox) -> String {
        let mut text = format!("] {}", self.print(&b.label));
        if let Some(inner) = &b.text {
            text += &format!(" （ {} ）", inner.as_deref().unwrap_or_default()).replace("  ", " ");
        }
        if let Some(count) = b.count {
            text +=
                &format!(" （ {} ） 件", count.map(|c| c.to_string()).unwrap_or_default()).replace("  ", " ");
        }
        text
    }
}
