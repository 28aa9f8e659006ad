//! The words of drafted rows: what an answer says in a column of 変更箇所, and the mark of what a person has to fill in.

use crate::assessment::{Answers, Figure, Tick, Value};
use crate::form::{Entries, Form, Kind, Node, Slot};

/// Begins whatever a person still has to write. A row that holds it is never published.
pub const BLANK: &str = "【要記入】";

/// Whether a text is still to be written.
pub fn is_blank(text: &str) -> bool {
    text.contains(BLANK)
}

/// An answer as the columns 変更前の記載 and 変更後の記載 say it, Markdown: texts as authored, dates in 和暦, ticked boxes line by
/// line. Empty where nothing is written. [`item_text`] also knows the unit of a number and the name of a box.
pub fn answer_text(form: &Form, value: Option<&Value>) -> String {
    let Some(value) = value.filter(|value| !value.is_empty()) else { return String::new() };
    match value {
        Value::Text(text) | Value::Unfit(text) => text.trim_end().to_owned(),
        Value::Choice(label) => label.clone(),
        Value::Checks(ticks) => lines(ticks.iter().map(tick)),
        Value::Count(number) => number.to_string(),
        Value::Date(date) => date.wareki(),
        Value::Flag(true) => form.head.check_mark.clone(),
        Value::Flag(false) => String::new(),
        Value::Figures(figures) => figures.iter().map(figure).collect::<Vec<_>>().join("\n\n"),
    }
}

/// What stands at a place, as a column of 変更箇所 says it: like [`answer_text`], numbers with the unit of the form (`3件`), and boxes
/// as they are printed (`[○]委託しない`), also where they are not ticked.
pub fn item_text(answers: &Answers, slot: Slot) -> String {
    let form = answers.form();
    let node = form.node(slot.node);
    let value = answers.get(slot);
    match value {
        Some(Value::Unfit(_)) => answer_text(form, value),
        Some(Value::Count(number)) => format!("{number}{}", node.unit.as_deref().unwrap_or_default()),
        _ if node.kind == Kind::Flag => {
            let mark = if value == Some(&Value::Flag(true)) { form.head.check_mark.as_str() } else { "　" };
            format!("[{mark}]{}", node.label)
        }
        _ => answer_text(form, value),
    }
}

fn tick(tick: &Tick) -> String {
    match tick.text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => format!("・{}（{text}）", tick.label),
        None => format!("・{}", tick.label),
    }
}

fn figure(figure: &Figure) -> String {
    let caption = figure.caption.as_deref().map(str::trim).filter(|caption| !caption.is_empty());
    let parts = [caption, Some(figure.alternative.trim())];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}

/// A whole entry of a list, e.g. a 委託事項: every answer in it with its label, in the order of the form.
pub fn entry_text(answers: &Answers, entry: Slot) -> String {
    let mut writer = Writer { answers, form: answers.form(), paragraphs: Vec::new(), headings: Vec::new() };
    for child in writer.form.children(writer.form.node(entry.node)) {
        writer.node(child, entry.entries);
    }
    writer.paragraphs.join("\n\n")
}

struct Writer<'a> {
    answers: &'a Answers,
    form: &'static Form,
    paragraphs: Vec<String>,
    /// Headings that are written as soon as something stands below them.
    headings: Vec<String>,
}

impl Writer<'_> {
    fn node(&mut self, node: &'static Node, entries: Entries) {
        if node.repeat.is_some() {
            for number in 1..=self.answers.count(node, entries) {
                let slot = Slot { node: node.ix, entries: entries.enter(number) };
                let reference = self.form.reference(slot, self.answers.files());
                let heading = reference.rsplit('.').next().unwrap_or_default().to_owned();
                self.below(node, slot.entries, heading);
            }
        } else if node.is_item() {
            self.item(Slot { node: node.ix, entries });
            for child in self.form.children(node) {
                self.node(child, entries);
            }
        } else {
            self.below(node, entries, node.heading());
        }
    }

    fn below(&mut self, node: &'static Node, entries: Entries, heading: String) {
        self.headings.push(heading);
        let depth = self.headings.len();
        for child in self.form.children(node) {
            self.node(child, entries);
        }
        // Nothing stood below it, or it was written.
        self.headings.truncate(depth - 1);
    }

    fn item(&mut self, slot: Slot) {
        let value = self.answers.get(slot);
        if value.is_none_or(|value| value.is_empty() || *value == Value::Flag(false)) {
            return;
        }
        for heading in self.headings.iter_mut().filter(|heading| !heading.is_empty()) {
            self.paragraphs.push(format!("**{}**", std::mem::take(heading)));
        }
        let text = item_text(self.answers, slot);
        let node = self.form.node(slot.node);
        if node.kind == Kind::Flag {
            return self.paragraphs.push(text);
        }
        let text = text.trim_end();
        // A list or a table begins a line of its own.
        let is_block = text.contains('\n') || text.starts_with(['・', '-', '*', '#', '|', '>', ' ', '　']);
        let heading = node.heading();
        self.paragraphs.push(if is_block {
            format!("{heading}：\n\n{text}")
        } else {
            format!("{heading}：{text}")
        });
    }
}
