//! Prints a form as a transcription with tables: tab-separated lines with fragments of HTML in the cells.

use kohyo::assessment::Change;

use super::dice::Dice;
use super::fill::Document;
use super::sheet::{self, Answer, Part, Rank, wide_digit};
use super::switches::{Boxes, Choices, Marks, Paragraphs, TableNoise};

pub(crate) fn print(document: &Document, noise: &TableNoise, seed: u64) -> String {
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

pub(super) struct Printer<'p> {
    pub(super) noise: &'p TableNoise,
    pub(super) dice: &'p mut Dice,
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
    pub(super) fn row(&mut self, mut cells: Vec<String>) {
        if self.noise.empty_columns && self.dice.percent(40) {
            cells.extend(vec![String::new(); 1 + self.dice.roll(4)]);
        }
        self.line(&cells);
    }

    /// Print of the form in the width of this transcription.
    pub(super) fn print(&self, text: &str) -> String {
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
                self.labelled(outer.as_deref(), *in_group, label, answer);
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

    pub(super) fn mark(&self, on: bool) -> &'static str {
        match (self.noise.marks, on) {
            (Marks::Circle, true) => "[○]",
            (Marks::BigCircle, true) => "[〇]",
            (Marks::Spaced, true) => "[ ○ ]",
            (Marks::Circle | Marks::BigCircle, false) => "[]",
            (Marks::Spaced | Marks::Check, false) => "[ ]",
            (Marks::Input, true) => "<input type=\"checkbox\" checked/>",
            (Marks::Input, false) => "<input type=\"checkbox\"/>",
            (Marks::BracketedInput, true) => "[<input checked=\"checked\" type=\"checkbox\"/>]",
            (Marks::BracketedInput, false) => "[<input type=\"checkbox\"/>]",
            (Marks::Ballot, true) => "☑",
            (Marks::Ballot, false) => "☐",
            (Marks::Squares, true) => "■",
            (Marks::Squares, false) => "□",
            (Marks::Check, true) => "[✓]",
        }
    }

    fn answer(&mut self, answer: &Answer) -> Vec<String> {
        match answer {
            Answer::Text(lines) => vec![self.text(lines)],
            Answer::Choice(choice) => self.choice(choice),
            Answer::Boxes(boxes) => self.boxes(boxes),
        }
    }

    pub(super) fn text(&mut self, lines: &[String]) -> String {
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

    pub(super) fn escaped(&self, text: &str) -> String {
        let text = text.replace('&', "&amp;");
        if self.noise.escape_angles { text.replace('<', "&lt;").replace('>', "&gt;") } else { text }
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
