//! Prints a form as a transcription with tables: tab-separated lines with fragments of HTML in the cells.

use kohyo::assessment::Change;

use super::dice::Dice;
use super::fill::Document;
use super::sheet::{self, Answer, Choice, Part, Rank, TickBox, wide_digit};
use super::switches::{Boxes, Choices, Marks, Paragraphs, TableNoise};

pub fn print(document: &Document, noise: &TableNoise, seed: u64) -> String {
    let mut dice = Dice::new(seed ^ 0x7AB1E);
    let parts = sheet::sheet(document, &mut dice);
    let mut printer =
        Printer { noise, dice: &mut dice, out: String::from("\n\n"), outer: String::new(), rows: 0 };
    let mut cover = true;
    let mut parts = parts.as_slice();
    while let Some((part, rest)) = parts.split_first() {
        if matches!(part, Part::Heading { rank: Rank::Section, .. }) {
            cover = false;
            printer.blank();
        }
        parts = rest;
        if let (true, [first, second, ..]) = (cover && noise.cover_heads, rest)
            && matches!((first, second), (Part::Row { .. }, Part::Row { .. }))
        {
            printer.part(part, cover);
            printer.cover_rows(first, second);
            parts = &rest[2..];
            continue;
        }
        printer.part(part, cover);
    }
    let form = document.form;
    if let Some(section) = form.change_section() {
        printer.blank();
        printer.heading(Rank::Section, &sheet::section_heading(section), &[]);
        printer.changes(&document.changes);
    }
    printer.out
}

struct Printer<'p> {
    noise: &'p TableNoise,
    dice: &'p mut Dice,
    out: String,
    /// The label of the group that the rows belong to.
    outer: String,
    rows: usize,
}

impl Printer<'_> {
    fn blank(&mut self) {
        if !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    fn line(&mut self, cells: &[String]) {
        if self.noise.pipes && cells.len() > 1 {
            self.out += &format!("| {} |", cells.join(" | "));
        } else {
            self.out += &cells.join("\t");
        }
        self.out.push('\n');
        if self.dice.percent(self.noise.blank_lines_share) {
            self.out.push('\n');
        }
    }

    /// A line of a table, with the empty columns that a transcription adds.
    fn row(&mut self, mut cells: Vec<String>) {
        if self.noise.empty_columns && self.dice.percent(40) {
            cells.extend(vec![String::new(); 1 + self.dice.roll(4)]);
        }
        self.line(&cells);
    }

    /// Print of the form in the width of this transcription.
    fn print(&self, text: &str) -> String {
        let mut out = String::new();
        for c in text.chars() {
            match c {
                'Ⅰ'..='Ⅵ' if self.noise.ascii_roman => {
                    out += ["I", "II", "III", "IV", "V", "VI"][c as usize - 'Ⅰ' as usize];
                }
                '※' if !self.noise.keep_kome => {}
                '①'..='⑳' if !self.noise.keep_circled => {}
                '（' if self.noise.half_width => out.push('('),
                '）' if self.noise.half_width => out.push(')'),
                '：' if self.noise.half_width => out += ": ",
                '．' if self.noise.half_width => out += ". ",
                '　' if self.noise.half_width => out.push(' '),
                c if !self.noise.half_width => out.push(wide_digit(c)),
                c => out.push(c),
            }
        }
        out
    }

    fn label(&mut self, text: &str) -> String {
        let mut label = self.print(text);
        if self.dice.percent(self.noise.typo_share) {
            let typos = [
                ("システム", "シスデム"),
                ("情報", "情報情"),
                ("措置", "処置"),
                ("の", ""),
                ("範囲", "範図"),
            ];
            let (right, wrong) = typos[self.dice.roll(typos.len())];
            label = label.replacen(right, wrong, 1);
        }
        if self.dice.percent(self.noise.blank_in_label_share) {
            let chars: Vec<char> = label.chars().collect();
            if chars.len() > 4 {
                let at = 2 + self.dice.roll(chars.len() - 3);
                let gap = if self.dice.percent(50) { " " } else { "<br>" };
                label =
                    chars[..at].iter().collect::<String>() + gap + &chars[at..].iter().collect::<String>();
            }
        }
        label
    }

    fn part(&mut self, part: &Part, cover: bool) {
        match part {
            Part::Heading { rank, text, flags } => self.heading(*rank, text, flags),
            Part::Passage(text) => {
                let text = self.print(text);
                self.line(&[text]);
            }
            Part::Below { rank, label, answer } => {
                if !label.is_empty() {
                    self.heading(*rank, label, &[]);
                }
                if cover {
                    self.blank();
                }
                let cells = self.answer(answer);
                if cells.iter().any(|c| !c.is_empty()) {
                    self.line(&cells);
                }
                if cover {
                    self.blank();
                }
            }
            Part::Row { outer, in_group, label, answer } => {
                self.labelled(outer.as_deref(), *in_group, label, answer)
            }
        }
    }

    /// Number and name of the document as a table with a head.
    fn cover_rows(&mut self, first: &Part, second: &Part) {
        let (mut head, mut row) = (Vec::new(), Vec::new());
        for part in [first, second] {
            if let Part::Row { label, answer, .. } = part {
                head.push(self.print(label));
                row.extend(self.answer(answer));
            }
        }
        self.line(&head);
        self.line(&row);
    }

    fn labelled(&mut self, outer: Option<&str>, in_group: bool, label: &str, answer: &Answer) {
        let mut cells = Vec::new();
        if let Some(outer) = outer {
            self.outer = outer.to_owned();
            cells.push(self.label(outer));
        } else if in_group && self.noise.outer_repeated {
            cells.push(self.print(&self.outer));
        } else if in_group && self.dice.percent(80) {
            cells.push(String::new());
        }
        if self.dice.percent(self.noise.lost_label_share) {
            cells.push(String::new());
        } else {
            cells.push(self.label(label));
        }
        if let (Answer::Boxes(boxes), Boxes::OwnLines) = (answer, self.noise.boxes) {
            return self.boxes_on_lines(cells, boxes);
        }
        if let (Answer::Choice(choice), Choices::OwnLines) = (answer, self.noise.choices) {
            return self.choice_on_lines(cells, choice);
        }
        let answer = self.answer(answer);
        if self.dice.percent(self.noise.value_below_share) {
            let below = [vec![String::new(); cells.len()], answer].concat();
            self.row(cells);
            self.row(below);
            return;
        }
        if self.dice.percent(self.noise.fused_share)
            && !answer[0].is_empty()
            && cells.last().is_some_and(|l| !l.is_empty())
        {
            let last = cells.last_mut().expect("a label");
            *last = format!("{last} {}", answer[0]);
            cells.extend(answer.into_iter().skip(1));
            return self.row(cells);
        }
        cells.extend(answer);
        if self.dice.percent(self.noise.nested_rows_share) && cells.iter().all(|c| !c.contains("<table")) {
            let inner: String =
                cells.iter().map(|c| format!("<td style=\"padding: 5px;\">{c}</td>")).collect();
            cells = vec![format!("<table border=\"1\"> <tr> {inner} </tr> </table>")];
        }
        self.row(cells);
    }

    fn heading(&mut self, rank: Rank, text: &str, flags: &[(String, bool)]) {
        let mut text = self.print(text);
        if self.noise.section_marks_lost && matches!(rank, Rank::Section | Rank::Contents) {
            let marks = ["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "Ⅵ", "III", "II", "IV", "I", "VI", "V"];
            for mark in marks {
                text = text.strip_prefix(mark).map_or(text.clone(), |t| t.trim_start().to_owned());
            }
        }
        if self.noise.page_numbers && rank == Rank::Subsection && self.dice.percent(40) {
            self.rows += 1;
            let number = [format!("{}", self.rows), format!("- {} -", self.rows)][self.dice.roll(2)].clone();
            self.blank();
            self.line(&[number]);
            self.blank();
        }
        let in_table = self.noise.heading_rows && matches!(rank, Rank::Subsection | Rank::Risk | Rank::Wide);
        let big = matches!(rank, Rank::Title | Rank::Section);
        if self.noise.heading_hashes && big {
            text = format!("{} {text}", if rank == Rank::Title { "##" } else { "#" });
        } else if self.noise.bold_headings && matches!(rank, Rank::Subsection) {
            text = format!("<b>{text}</b>");
        } else if self.noise.bold_headings && big {
            text = format!("**{text}**");
        }
        let flags: Vec<String> =
            flags.iter().map(|(label, on)| format!("{} {}", self.mark(*on), self.print(label))).collect();
        if !in_table && !matches!(rank, Rank::Contents | Rank::Collapsed) {
            self.blank();
        }
        let apart = !flags.is_empty() && !in_table && self.dice.percent(50);
        let flags = flags.join(" ");
        if apart {
            self.line(&[text]);
            self.line(&[flags]);
        } else if in_table {
            let cells = if flags.is_empty() { vec![text, String::new()] } else { vec![text, flags] };
            self.line(&cells);
        } else {
            let line = format!("{text} {flags}").trim().to_owned();
            self.line(&[line]);
        }
        if big {
            self.blank();
        }
    }

    fn mark(&self, on: bool) -> &'static str {
        match (self.noise.marks, on) {
            (Marks::Circle, true) => "[○]",
            (Marks::BigCircle, true) => "[〇]",
            (Marks::Spaced, true) => "[ ○ ]",
            (Marks::Circle | Marks::BigCircle, false) => "[]",
            (Marks::Spaced, false) => "[ ]",
            (Marks::Input, true) => "<input type=\"checkbox\" checked/>",
            (Marks::Input, false) => "<input type=\"checkbox\"/>",
            (Marks::BracketedInput, true) => "[<input checked=\"checked\" type=\"checkbox\"/>]",
            (Marks::BracketedInput, false) => "[<input type=\"checkbox\"/>]",
            (Marks::Ballot, true) => "☑",
            (Marks::Ballot, false) => "☐",
            (Marks::Squares, true) => "■",
            (Marks::Squares, false) => "□",
            (Marks::Check, true) => "[✓]",
            (Marks::Check, false) => "[ ]",
        }
    }

    fn answer(&mut self, answer: &Answer) -> Vec<String> {
        match answer {
            Answer::Text(lines) => vec![self.text(lines)],
            Answer::Choice(choice) => self.choice(choice),
            Answer::Boxes(boxes) => self.boxes(boxes),
        }
    }

    fn text(&mut self, lines: &[String]) -> String {
        let lines: Vec<String> = lines.iter().map(|l| self.escaped(l)).collect();
        if lines.len() < 2 {
            return lines.concat();
        }
        match self.noise.paragraphs {
            Paragraphs::Blanks => lines.join(" "),
            Paragraphs::Tags => lines.iter().map(|l| format!("<p>{l}</p>")).collect::<Vec<_>>().join(" "),
            Paragraphs::Breaks => format!("<p>{}</p>", lines.join("<br/>")),
            Paragraphs::Lists => listed(&lines),
            Paragraphs::Lines => lines.join("\n"),
        }
    }

    fn escaped(&self, text: &str) -> String {
        let text = text.replace('&', "&amp;");
        if self.noise.escape_angles { text.replace('<', "&lt;").replace('>', "&gt;") } else { text }
    }

    fn option_heading(&self) -> String {
        if self.noise.escape_angles { "&lt; 選択肢 &gt;" } else { "<選択肢>" }.to_owned()
    }

    fn choice(&mut self, choice: &Choice) -> Vec<String> {
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

    fn chosen(&mut self, choice: &Choice) -> String {
        let chosen = choice.chosen.as_deref().map(|c| self.print(c)).unwrap_or_default();
        if self.noise.half_width { format!("[{chosen}]") } else { format!("[ {chosen} ]") }
    }

    fn options(&self, choice: &Choice) -> Vec<String> {
        choice.options.iter().enumerate().map(|(at, o)| format!("{}) {}", at + 1, self.print(o))).collect()
    }

    fn tail(&mut self, choice: &Choice) -> String {
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

    fn choice_on_lines(&mut self, mut cells: Vec<String>, choice: &Choice) {
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

    fn tick_box(&mut self, b: &TickBox) -> String {
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
    fn box_lines(&mut self, boxes: &[TickBox]) -> Vec<Vec<String>> {
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

    fn boxes(&mut self, boxes: &[TickBox]) -> Vec<String> {
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

    fn boxes_on_lines(&mut self, mut cells: Vec<String>, boxes: &[TickBox]) {
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

/// Lines as lists of HTML where they look like points, paragraphs otherwise.
fn listed(lines: &[String]) -> String {
    let mut out = String::new();
    let mut open: Option<&str> = None;
    for line in lines {
        let first = line.chars().next().unwrap_or_default();
        let tag = match first {
            '・' => Some("ul"),
            '1'..='9' | '①'..='⑳' => Some("ol"),
            _ => None,
        };
        if open != tag {
            out += &open.map(|t| format!("</{t}>")).unwrap_or_default();
            out += &tag.map(|t| format!("<{t} style=\"list-style-type: none\">")).unwrap_or_default();
            open = tag;
        }
        out += &if tag.is_some() { format!("<li>{line}</li>") } else { format!("<p>{line}</p>") };
    }
    out + &open.map(|t| format!("</{t}>")).unwrap_or_default()
}

impl Printer<'_> {
    fn changes(&mut self, changes: &[Change]) {
        let noise = &self.noise.changes;
        let head = "変更日\t項目\t変更前の記載\t変更後の記載\t提出時期\t提出時期に係る説明\n";
        self.out += head;
        for (at, change) in changes.iter().enumerate() {
            if noise.heads_every > 0 && at > 0 && at % noise.heads_every == 0 {
                self.out += "\n";
                self.out += head;
            }
            let repeats = at > 0 && changes[at - 1].date == change.date;
            let date = match change.date.filter(|_| noise.other_dates) {
                Some(d) => format!("{}.{}.{}", d.year(), d.month().unwrap_or(1), d.day().unwrap_or(1)),
                None => self.print(&change.date_text),
            };
            let date = if noise.dates_once && repeats { String::new() } else { date };
            let item = self.item(&change.item.text);
            let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
            let (before, after) = (self.text(&lines(&change.before)), self.text(&lines(&change.after)));
            let (timing, explanation) = (change.timing.clone(), change.explanation.clone());
            let all: Vec<String> = lines(&change.after);
            if all.len() > 1 && self.dice.percent(noise.lines_share) {
                // The row breaks inside its cells, as at the end of a page.
                let (first, rest) = all.split_at(all.len() / 2);
                let (first, rest) = (self.text(first), self.text(rest));
                self.out += &[date, item, before, first, timing, explanation].join("\t");
                self.out += &format!("\n\t\t\t{rest}\t\t\n");
                continue;
            }
            let cells = if self.dice.percent(noise.shifted_share) {
                vec![format!("<p>{date}</p> <p>{item}</p>"), before, after, format!("{timing} {explanation}")]
            } else {
                vec![date, item, before, after, timing, explanation]
            };
            self.out += &cells.join("\t");
            self.out += if noise.blank_lines { "\n\n" } else { "\n" };
        }
    }

    fn item(&mut self, text: &str) -> String {
        let text = self.print(text);
        if !self.noise.changes.item_paragraphs || !text.contains(' ') {
            return text;
        }
        text.split(' ').map(|step| format!("<p>{step}</p>")).collect::<Vec<_>>().join(" ")
    }
}
