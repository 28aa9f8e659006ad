//! Choices and boxes in the cells of a transcription.

use super::sheet::{Choice, TickBox};
use super::switches::{Boxes, Choices};
use super::table::Printer;

impl Printer<'_> {
    pub(super) fn option_heading(&self) -> String {
        if self.noise.escape_angles { "&lt; 選択肢 &gt;" } else { "<選択肢>" }.to_owned()
    }

    pub(super) fn choice(&mut self, choice: &Choice) -> Vec<String> {
        let style = if self.dice.percent(self.noise.mixed_share) {
            [Choices::OneCell, Choices::TwoCells, Choices::HeadingFirst, Choices::ThreeCells]
                [self.dice.roll(4)]
        } else {
            self.noise.choices
        };
        if choice.options.is_empty() {
            return vec![choice.chosen.clone().unwrap_or_default()];
        }
        let chosen = self.chosen(choice);
        let options = self.options(choice);
        let all = options.join(" ");
        let head = self.option_heading();
        let tail = self.tail(choice);
        let halves = |options: &[String]| {
            let half = |n: usize| options.iter().skip(n).step_by(2).cloned().collect::<Vec<_>>().join(" ");
            (half(0), half(1))
        };
        let mut cells = match style {
            Choices::Bare => {
                let bare = choice.chosen.as_deref().map(|c| self.print(c)).unwrap_or_default();
                vec![bare, format!("{head} {all}")]
            }
            Choices::NoList => vec![chosen],
            Choices::OneCell | Choices::OwnLines => vec![format!("{chosen} {head} {all}")],
            Choices::OneCellParagraphs => {
                let (left, right) = halves(&options);
                vec![format!("<p>{chosen} {head}</p> <p>{left}</p> <p>{right}</p>")]
            }
            Choices::TwoCells => vec![chosen, format!("{head} {all}")],
            Choices::ThreeCells => {
                let (left, right) = halves(&options);
                vec![chosen, format!("<p style=\"text-align: center;\">{head}</p> {left}"), right]
            }
            Choices::NestedTable => {
                let rows: String = options
                    .chunks(2)
                    .map(|r| {
                        format!(
                            "<tr> {} </tr> ",
                            r.iter().map(|o| format!("<td>{o}</td>")).collect::<String>()
                        )
                    })
                    .collect();
                let head = format!("<tr> <td colspan=\"2\" style=\"text-align: center;\">{head}</td> </tr>");
                vec![format!(
                    "{chosen} <table border=\"0\" style=\"margin-left: 20px;\"> {head} {rows}</table>"
                )]
            }
            Choices::HeadingFirst => {
                vec![format!("<p style=\"text-align: right;\">{head}</p> <p>{chosen} {all}</p>")]
            }
        };
        if !tail.is_empty() {
            let last = cells.last_mut().expect("a choice has a cell");
            *last = format!("{last} {tail}");
        }
        cells
    }

    pub(super) fn chosen(&mut self, choice: &Choice) -> String {
        let chosen = choice.chosen.as_deref().map(|c| self.print(c)).unwrap_or_default();
        if self.noise.half_width { format!("[{chosen}]") } else { format!("[ {chosen} ]") }
    }

    pub(super) fn options(&self, choice: &Choice) -> Vec<String> {
        choice.options.iter().enumerate().map(|(at, o)| format!("{}) {}", at + 1, self.print(o))).collect()
    }

    pub(super) fn tail(&mut self, choice: &Choice) -> String {
        let mut tail = String::new();
        if let Some(count) = choice.count {
            let count = count.map(|c| c.to_string()).unwrap_or_default();
            tail += &self.print(&format!("（ {count} ） 件"));
        }
        if let Some((before, lines, after)) = &choice.aside {
            tail += &format!("{}{}{}", self.print(before), self.text(lines), self.print(after));
        }
        tail
    }

    pub(super) fn choice_on_lines(&mut self, mut cells: Vec<String>, choice: &Choice) {
        let column = cells.len();
        if choice.options.is_empty() {
            cells.push(choice.chosen.clone().unwrap_or_default());
            return self.row(cells);
        }
        cells.push(self.chosen(choice));
        self.row(cells);
        let mut below = vec![String::new(); column];
        below.push(self.option_heading());
        self.row(below);
        let options = self.options(choice);
        for pair in options.chunks(2) {
            let mut below = vec![String::new(); column];
            below.push(pair.join(" "));
            self.row(below);
        }
        let tail = self.tail(choice);
        if !tail.is_empty() {
            let mut below = vec![String::new(); column];
            below.push(tail);
            self.row(below);
        }
    }

    pub(super) fn tick_box(&mut self, b: &TickBox) -> String {
        let mut text = format!("{} {}", self.mark(b.ticked), self.print(&b.label));
        if let Some(inner) = &b.text {
            let inner = inner.as_deref().map(|i| self.escaped(i)).unwrap_or_default();
            let (open, close) = if self.noise.half_width { ("(", ")") } else { ("（", "）") };
            text += &if self.dice.percent(50) {
                format!(" {open}{inner}{close}")
            } else {
                format!(" {open} {inner} {close}")
            };
        }
        if let Some(count) = b.count {
            let count = count.map(|c| c.to_string()).unwrap_or_default();
            text += &self.print(&format!(" （{count}） 件"));
        }
        text
    }

    /// The boxes line by line as the form has them, with the headings of their groups.
    pub(super) fn box_lines(&mut self, boxes: &[TickBox]) -> Vec<Vec<String>> {
        let mut lines: Vec<Vec<String>> = Vec::new();
        let mut group: Option<&String> = None;
        for b in boxes {
            if b.group.as_ref() != group {
                group = b.group.as_ref();
                lines.extend(group.map(|g| vec![format!("・{}", self.print(g))]));
                lines.push(Vec::new());
            }
            if lines.last().is_none_or(|l| l.len() >= 3 || b.text.is_some()) {
                lines.push(Vec::new());
            }
            let text = self.tick_box(b);
            lines.last_mut().expect("a line was begun").push(text);
        }
        lines.retain(|l| !l.is_empty());
        lines
    }

    pub(super) fn boxes(&mut self, boxes: &[TickBox]) -> Vec<String> {
        let lines = self.box_lines(boxes);
        match self.noise.boxes {
            Boxes::OneCell | Boxes::OwnLines => vec![lines.concat().join(" ")],
            Boxes::Paragraphs => {
                vec![lines.iter().map(|l| format!("<p>{}</p>", l.join(" "))).collect::<Vec<_>>().join(" ")]
            }
            Boxes::Cells => lines.concat(),
            Boxes::NestedTable => {
                let rows: String = lines
                    .iter()
                    .map(|l| {
                        format!(
                            "<tr> {} </tr> ",
                            l.iter()
                                .map(|b| format!("<td style=\"width: 50%;\">{b}</td> "))
                                .collect::<String>()
                        )
                    })
                    .collect();
                vec![format!("<table border=\"0\" style=\"width: 100%;\"> {rows}</table>")]
            }
        }
    }

    pub(super) fn boxes_on_lines(&mut self, mut cells: Vec<String>, boxes: &[TickBox]) {
        let column = cells.len();
        for (at, line) in self.box_lines(boxes).into_iter().enumerate() {
            if at > 0 {
                cells = vec![String::new(); column];
            }
            cells.extend(line);
            self.row(std::mem::take(&mut cells));
        }
    }
}
