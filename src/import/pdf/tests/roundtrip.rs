//! Every form, printed with invented values and read back: in order, and with the cells of each page shuffled.

use std::fmt::Write as _;

use super::import;
use crate::assessment::{Answers, Tick, Value};
use crate::form::{Entries, Form, Kind, Node, Slot};
use crate::import::{Doubt, Imported};
use crate::wareki::CivilDate;

/// Prints a form cell by cell. A cell is what stays together on a page.
struct Printer {
    form: &'static Form,
    answers: Answers,
    pages: Vec<Vec<String>>,
    files: u16,
    number: usize,
}

impl Printer {
    fn print(form: &'static Form, files: u16) -> Self {
        let mut printer =
            Self { form, answers: Answers::new(form), pages: vec![Vec::new()], files, number: 0 };
        for section in form.sections().filter(|s| s.id != form.head.change_section) {
            printer.node(section, Entries::NONE);
        }
        printer
    }

    fn node(&mut self, node: &'static Node, entries: Entries) {
        let count = match &node.repeat {
            None => return self.one(node, entries, None),
            Some(repeat) if repeat.keyed_by.is_some() => self.files,
            Some(_) => 2,
        };
        for number in 1..=count {
            let heading =
                (!node.is_per_file()).then(|| format!("{}{number}", node.mark.clone().unwrap_or_default()));
            self.one(node, entries.enter(number), heading);
        }
    }

    fn one(&mut self, node: &'static Node, entries: Entries, entry: Option<String>) {
        if node.depth == 0 || self.pages.last().is_some_and(|p| p.len() > 14) {
            self.pages.push(Vec::new());
        }
        self.number += 1;
        let slot = Slot { node: node.ix, entries };
        let cell = match node.kind {
            Kind::Group | Kind::Repeat => self.heading(node, entries, entry),
            Kind::Text if node.synthetic_label => String::new(),
            Kind::Text => self.text(node, slot),
            Kind::Date => self.date(node, slot),
            Kind::Choice => self.choice(node, slot),
            Kind::Checks => self.checks(node, slot),
            _ => String::new(),
        };
        if !cell.is_empty() && !node.id.ends_with("cover") {
            self.pages.last_mut().unwrap().push(cell);
        }
        let form = self.form;
        for child in form.children(node) {
            self.node(child, entries);
        }
    }

    fn heading(&mut self, node: &'static Node, entries: Entries, entry: Option<String>) -> String {
        let mut cell = format!(" {}", entry.unwrap_or_else(|| wrapped(&node.heading())));
        for child in self.form.children(node) {
            let slot = Slot { node: child.ix, entries };
            if child.kind == Kind::Flag {
                let _ = write!(cell, "\n\n[ ] {}", child.label);
                self.answers.set(slot, Value::Flag(false));
            }
            if child.synthetic_label && child.kind == Kind::Text {
                let text = format!("名前{}番", self.number);
                let _ = write!(cell, " {text}");
                self.answers.set(slot, Value::Text(text));
            }
        }
        cell
    }

    fn text(&mut self, node: &'static Node, slot: Slot) -> String {
        let text = format!("みほん町では、台帳の{}番を係が確かめる。", self.number);
        self.answers.set(slot, Value::Text(text.clone()));
        let label = wrapped(&node.heading());
        match self.number % 3 {
            0 => format!(" {label} {text}"),
            1 => format!(" {label}\n{text}"),
            _ => format!(" {label}\n\n{text}"),
        }
    }

    fn date(&mut self, node: &'static Node, slot: Slot) -> String {
        let date = CivilDate::from_ymd(2021, 4, u8::try_from(self.number % 28 + 1).unwrap()).unwrap();
        self.answers.set(slot, Value::Date(date));
        format!(" {} {}", wrapped(&node.heading()), date.wareki())
    }

    fn choice(&mut self, node: &'static Node, slot: Slot) -> String {
        let options = self.form.options(node);
        let at = if options.len() > 2 { self.number % options.len() } else { 0 };
        let label = &options[at].label;
        self.answers.set(slot, Value::Choice(label.clone()));
        let list: Vec<String> =
            options.iter().enumerate().map(|(n, o)| format!("{}） {}", n + 1, o.label)).collect();
        let mut cell = format!(" {} [ {label}\n\n＜選択肢＞\n{}]", wrapped(&node.heading()), list.join("\n"));
        for child in self.form.children(node).filter(|c| c.kind == Kind::Count) {
            cell += "\n\n（ 2 ）　件";
            self.answers.set(Slot { node: child.ix, ..slot }, Value::Count(2));
        }
        cell
    }

    fn checks(&mut self, node: &'static Node, slot: Slot) -> String {
        let mut cell = format!(" {}\n", wrapped(&node.heading()));
        let mut ticks = Vec::new();
        for (at, check) in self.form.boxes(node).iter().enumerate() {
            let ticked = (self.number + at).is_multiple_of(3) && !check.exclusive;
            let mark = if ticked { "○ " } else { "" };
            let mut text = None;
            let mut behind = String::new();
            if let Some(id) = &check.count {
                behind = " （ 2 ） 件".to_owned();
                self.answers.set(Slot { node: self.form.by_id(id).unwrap().ix, ..slot }, Value::Count(2));
            } else if check.text {
                text = ticked.then(|| format!("別の{}番", self.number));
                behind = format!(" （ {} ）", text.as_deref().unwrap_or_default());
            }
            // Every other box is cut from its bracket.
            let label = format!("{}{behind}", check.label);
            let opening = if at % 2 == 0 || ticked { format!("[ {mark}") } else { String::new() };
            let _ = writeln!(cell, "\n{opening}] {label}");
            if ticked {
                ticks.push(Tick { label: check.label.clone(), text });
            }
        }
        self.answers.set(slot, Value::Checks(ticks));
        cell
    }

    fn source(&self, shuffle: bool) -> String {
        let mut state: u32 = 12345;
        let mut pages = Vec::new();
        for (number, page) in self.pages.iter().filter(|p| !p.is_empty()).enumerate() {
            let mut cells = page.clone();
            for at in (1..cells.len()).rev().filter(|_| shuffle && number > 0) {
                state = state.wrapping_mul(1_103_515_245).wrapping_add(12345);
                cells.swap(at, usize::try_from(state >> 16).unwrap() % (at + 1));
            }
            pages.push(cells.join("\n\n"));
        }
        pages.join("\n\u{c}")
    }
}

/// A label as a narrow column wraps it.
fn wrapped(label: &str) -> String {
    let signs: Vec<char> = label.chars().collect();
    let narrow = |label: &[char]| label.iter().collect::<String>();
    if signs.len() > 40 {
        label.to_owned()
    } else {
        signs.chunks(13).map(narrow).collect::<Vec<_>>().join("\n")
    }
}

/// Paths whose value was read otherwise than it was printed, with whether a note says so.
fn differences(printer: &Printer, read: &Imported) -> Vec<(String, bool)> {
    let path = |slot| printer.form.path(slot, printer.files);
    let noted = |path: &str| {
        read.report.notes.iter().any(|n| n.path == path && matches!(n.doubt, Doubt::Uncertain | Doubt::Empty))
    };
    let blank = |v: Option<&Value>| v.is_none_or(Value::is_empty);
    printer
        .answers
        .values()
        .filter(|(slot, value)| {
            let got = read.answers.get(*slot);
            got != Some(*value) && !(blank(got) && value.is_empty())
        })
        .map(|(slot, _)| path(slot))
        .map(|path| (noted(&path), path))
        .map(|(noted, path)| (path, noted))
        .collect()
}

#[test]
fn every_form_is_read_back() {
    for form in Form::all() {
        for files in [1, 2] {
            let printer = Printer::print(form, if form.files_key().is_some() { files } else { 1 });
            let read = import(&form.head.id, &printer.source(false));
            let different = differences(&printer, &read);
            assert!(different.is_empty(), "{} with {files}: {different:?}", form.head.id);
        }
    }
}

#[test]
fn a_shuffled_page_is_seldom_misread_without_a_note() {
    for form in Form::all() {
        let printer = Printer::print(form, 1);
        let read = import(&form.head.id, &printer.source(true));
        let different = differences(&printer, &read);
        let silent: Vec<&String> = different.iter().filter(|(_, noted)| !noted).map(|(p, _)| p).collect();
        let all = printer.answers.values().count();
        assert!(silent.len() * 100 <= all, "{}: {} of {all}: {silent:?}", form.head.id, silent.len());
    }
}
