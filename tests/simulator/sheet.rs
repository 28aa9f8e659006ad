//! A filled-in form as the sequence of things that its pages print, before a way of printing is chosen.

use kohyo::assessment::{Answers, Tick, Value};
use kohyo::form::{Entries, Form, Kind, Node, Slot};

use super::dice::Dice;
use super::fill::Document;

/// One printed thing.
pub(crate) enum Part {
    /// A heading of a section, a subsection, a risk or an entry, as words without a value.
    Heading { rank: Rank, text: String, flags: Vec<(String, bool)> },
    /// A label and the cell beside it; `outer` is the label of the group to its left, on its first row.
    Row { outer: Option<String>, in_group: bool, label: String, answer: Answer },
    /// A label on a line of its own, with the cell below it.
    Below { rank: Rank, label: String, answer: Answer },
    /// A fixed passage of the form.
    Passage(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rank {
    Title,
    Section,
    Subsection,
    Risk,
    Entry,
    Collapsed,
    Contents,
    Wide,
}

/// What stands in a cell.
pub(crate) enum Answer {
    Text(Vec<String>),
    Choice(Choice),
    Boxes(Vec<TickBox>),
}

pub(crate) struct Choice {
    pub(crate) chosen: Option<String>,
    /// None where the form prints no list.
    pub(crate) options: Vec<String>,
    /// `（3）件`.
    pub(crate) count: Option<Option<u32>>,
    /// A printed parenthesis with a text: what stands before it, the text, what stands after it.
    pub(crate) aside: Option<(String, Vec<String>, String)>,
}

pub(crate) struct TickBox {
    pub(crate) label: String,
    pub(crate) ticked: bool,
    pub(crate) group: Option<String>,
    pub(crate) text: Option<Option<String>>,
    pub(crate) count: Option<Option<u32>>,
}

/// Everything that is printed before 変更箇所.
pub(crate) fn sheet(document: &Document, dice: &mut Dice) -> Vec<Part> {
    let form = document.form;
    let mut printer = Printer { form, answers: &document.answers, dice, parts: Vec::new() };
    for section in form.sections().filter(|s| s.id != form.head.change_section) {
        if section.id == "cover" {
            printer.cover(section);
            continue;
        }
        let files = if section.is_per_file() { document.answers.files() } else { 1 };
        for file in 1..=files {
            let entries = if section.is_per_file() { Entries::NONE.enter(file) } else { Entries::NONE };
            let suffix = if files > 1 { format!("（{file}）") } else { String::new() };
            let kome = section.kome_text.clone().unwrap_or_default();
            let text = format!("{}{suffix} {kome}", section_heading(section));
            printer.heading(Rank::Section, text.trim().to_owned(), Vec::new());
            printer.children(section, entries, None);
        }
    }
    printer.parts
}

pub(crate) fn section_heading(section: &Node) -> String {
    match &section.mark {
        Some(mark) if mark.starts_with('（') => format!("{mark} {}", section.label),
        Some(mark) => format!("{mark}　{}", section.label),
        None => section.label.clone(),
    }
}

struct Printer<'d> {
    form: &'static Form,
    answers: &'d Answers,
    dice: &'d mut Dice,
    parts: Vec<Part>,
}

impl Printer<'_> {
    fn heading(&mut self, rank: Rank, text: String, flags: Vec<(String, bool)>) {
        self.parts.push(Part::Heading { rank, text, flags });
    }

    fn cover(&mut self, cover: &'static Node) {
        self.heading(Rank::Title, self.form.head.title.clone(), Vec::new());
        for item in self.form.children(cover) {
            let label = format!("{}{}", item.label, item.label_suffix.as_deref().unwrap_or_default());
            let answer = self.answer(item, Entries::NONE);
            if item.label.starts_with("評価書") {
                self.parts.push(Part::Row { outer: None, in_group: false, label, answer });
            } else {
                self.parts.push(Part::Below { rank: Rank::Title, label, answer });
            }
        }
        let Some(contents) = self.form.head.toc_heading.clone() else { return };
        self.heading(Rank::Title, contents, Vec::new());
        let sections: Vec<String> =
            self.form.sections().filter(|s| s.id != "cover").map(section_heading).collect();
        for section in sections {
            self.heading(Rank::Contents, section, Vec::new());
        }
    }

    fn children(&mut self, node: &'static Node, entries: Entries, mut outer: Option<String>) {
        let in_group = outer.is_some();
        for child in self.form.children(node) {
            if child.kind == Kind::Flag || is_printed_with_parent(child) {
                continue;
            }
            if child.repeat.is_some() {
                self.repeat(child, entries);
                continue;
            }
            if child.kind == Kind::Group {
                self.group(child, entries);
                continue;
            }
            self.item(child, entries, outer.take(), in_group);
            self.children(child, entries, None);
        }
    }

    fn group(&mut self, node: &'static Node, entries: Entries) {
        let is_risk = node.mark.as_deref().is_some_and(|m| m.starts_with("リスク"));
        if node.depth == 1 || is_risk {
            let flags = self.form.children(node).filter(|c| c.kind == Kind::Flag);
            let flags: Vec<(String, bool)> = flags
                .map(|f| {
                    let on =
                        matches!(self.answers.get(Slot { node: f.ix, entries }), Some(Value::Flag(true)));
                    (f.label.clone(), on)
                })
                .collect();
            let rank = if is_risk { Rank::Risk } else { Rank::Subsection };
            let suffix = node.label_suffix.clone().unwrap_or_default();
            let text = node.heading() + &suffix + if node.kome { " ※" } else { "" };
            self.heading(rank, text, flags);
            for title in &node.risk_titles {
                self.heading(Rank::Risk, title.clone(), Vec::new());
            }
            self.children(node, entries, None);
        } else {
            let mark = node.mark.clone().unwrap_or_default();
            self.children(node, entries, Some(mark + &node.label));
        }
    }

    fn repeat(&mut self, node: &'static Node, entries: Entries) {
        let groups = node.repeat.as_ref().map(|r| r.print_groups.clone()).unwrap_or_default();
        let count = self.answers.count(node, entries);
        for number in 1..=count.max(1) {
            if [2, 6, 11, 16].contains(&number) {
                let begins =
                    |g: &&String| g.starts_with(&format!("{}{number}", node.label)) && g.contains('～');
                if let Some(group) = groups.iter().find(begins) {
                    self.heading(Rank::Collapsed, group.clone(), Vec::new());
                }
            }
            let entry = entries.enter(number);
            let text = format!("{}{number}", node.label);
            let title = self.form.children(node).find(|c| c.synthetic_label && c.is_item());
            match title {
                Some(title) => {
                    let answer = self.answer(title, entry);
                    self.parts.push(Part::Row { outer: None, in_group: false, label: text, answer });
                }
                None => self.heading(Rank::Entry, text, Vec::new()),
            }
            self.children(node, entry, None);
        }
        let from = count.max(1) + 1;
        let later = groups.into_iter().filter(|g| {
            let digits: String =
                g.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
            g.contains('～') && digits.parse::<u16>().is_ok_and(|n| n >= from)
        });
        for group in later.collect::<Vec<_>>() {
            self.heading(Rank::Collapsed, group, Vec::new());
        }
    }

    fn item(&mut self, node: &'static Node, entries: Entries, outer: Option<String>, in_group: bool) {
        let answer = self.answer(node, entries);
        let kome = if node.kome { " ※" } else { "" };
        let is_numbered = node.mark.as_deref().is_some_and(|m| m.chars().all(|c| c.is_ascii_digit()));
        if node.kind == Kind::Figure || node.synthetic_label {
            self.parts.push(Part::Below { rank: Rank::Wide, label: String::new(), answer });
        } else if is_numbered {
            self.parts.push(Part::Below { rank: Rank::Subsection, label: node.heading() + kome, answer });
        } else if node.label.contains("そのリスクに対する措置") || node.label == "（備考）" {
            self.parts.push(Part::Below { rank: Rank::Wide, label: node.label.clone(), answer });
        } else {
            let label = node.mark.clone().unwrap_or_default() + &node.label + kome;
            self.parts.push(Part::Row { outer, in_group, label, answer });
        }
        // A passage with blanks to fill in goes with its cell.
        if let Some(passage) = node.printed.as_ref().filter(|p| !p.contains('　')) {
            self.parts.push(Part::Passage(passage.clone()));
        }
    }

    fn answer(&mut self, node: &Node, entries: Entries) -> Answer {
        let value = self.answers.get(Slot { node: node.ix, entries }).cloned();
        match node.kind {
            Kind::Choice => self.choice(node, entries, value),
            Kind::Checks => self.boxes(node, entries, value),
            _ => Answer::Text(self.lines(node, value)),
        }
    }

    fn lines(&mut self, node: &Node, value: Option<Value>) -> Vec<String> {
        match value {
            Some(Value::Text(text)) => text.lines().map(str::to_owned).collect(),
            Some(Value::Date(date)) => {
                let text = spelled(self.dice, date);
                let is_moment = node.printed.as_deref().is_some_and(|p| p.contains("時点"));
                vec![if is_moment { format!("{text} 時点") } else { text }]
            }
            _ => Vec::new(),
        }
    }

    fn number(&self, id: Option<&str>, entries: Entries) -> Option<Option<u32>> {
        let node = self.form.by_id(id?)?;
        Some(match self.answers.get(self.form.sibling_slot(node.ix, entries)) {
            Some(Value::Count(count)) => Some(*count),
            _ => None,
        })
    }

    fn choice(&mut self, node: &Node, entries: Entries, value: Option<Value>) -> Answer {
        let chosen = match value {
            Some(Value::Choice(label)) => Some(label),
            _ => None,
        };
        // The result of the threshold is computed: no list is printed beside it.
        let is_computed = node.label == self.form.section_of(node.ix).label;
        let options = if is_computed {
            Vec::new()
        } else {
            self.form.options(node).iter().map(|o| o.label.clone()).collect()
        };
        let count = self.form.children(node).find(|c| c.kind == Kind::Count).map(|c| c.id.clone());
        let count = self.number(count.as_deref(), entries);
        let aside = self.form.children(node).find(|c| is_printed_with_parent(c) && c.kind == Kind::Text);
        let aside = aside.and_then(|child| {
            let (before, after) = child.printed.as_deref()?.split_once('　')?;
            let value = self.answers.get(Slot { node: child.ix, entries }).cloned();
            Some((before.to_owned(), self.lines(child, value), after.trim().to_owned()))
        });
        Answer::Choice(Choice { chosen, options, count, aside })
    }

    fn boxes(&mut self, node: &Node, entries: Entries, value: Option<Value>) -> Answer {
        let ticks: Vec<Tick> = match value {
            Some(Value::Checks(ticks)) => ticks,
            _ => Vec::new(),
        };
        let boxes = self.form.boxes(node).iter().map(|b| {
            let tick = ticks.iter().find(|t| t.label == b.label);
            TickBox {
                label: b.label.clone(),
                ticked: tick.is_some(),
                group: b.group.clone(),
                text: b.text.then(|| tick.and_then(|t| t.text.clone())),
                count: self.number(b.count.as_deref(), entries),
            }
        });
        Answer::Boxes(boxes.collect())
    }
}

/// Counts and the fee stand in the cell of the item above them; the title of an entry beside its number.
fn is_printed_with_parent(node: &Node) -> bool {
    let has_gap = node.printed.as_deref().is_some_and(|p| p.contains('　'));
    node.kind == Kind::Count
        || has_gap && node.kind == Kind::Text
        || node.synthetic_label && node.label.ends_with("の名称")
}

/// A date in one of the spellings that officers use.
fn spelled(dice: &mut Dice, date: kohyo::wareki::CivilDate) -> String {
    let wareki = date.wareki();
    match (dice.roll(6), date.month(), date.day()) {
        (0, Some(month), Some(day)) => format!("{}/{month}/{day}", date.year()),
        (1, ..) => wareki.chars().map(wide_digit).collect(),
        (2, Some(month), Some(day)) => format!("{}年{month}月{day}日", date.year()),
        _ => wareki,
    }
}

pub(crate) fn wide_digit(c: char) -> char {
    if c.is_ascii_digit() { char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c) } else { c }
}
