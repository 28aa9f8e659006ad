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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::{Agreement, text_agrees};
    use crate::wareki::CivilDate;

    fn answers(form: &str, items: &[(&str, Value)]) -> Answers {
        let form = Form::with_id(form).unwrap();
        let mut answers = Answers::new(form);
        for (path, value) in items {
            answers.set(form.slot(path).unwrap_or_else(|| panic!("{path}")), value.clone());
        }
        answers
    }

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    fn contract() -> Answers {
        let ticks = [("専用線", None), ("その他", Some("記録用の媒体"))];
        let ticks =
            ticks.map(|(label, text)| Tick { label: label.to_owned(), text: text.map(str::to_owned) });
        answers(
            "zenkomoku-h30-05",
            &[
                ("ii[1].4.outsourcing.count", Value::Count(1)),
                ("ii[1].4.contract[1].name", text("公園の受付")),
                ("ii[1].4.contract[1].content", text("次のことを行う。\n\n1. 受付\n2. 案内")),
                ("ii[1].4.contract[1].scope.validity", text("　")),
                ("ii[1].4.contract[1].staff-count", Value::Choice("10人未満".to_owned())),
                ("ii[1].4.contract[1].handover-method", Value::Checks(ticks.to_vec())),
                ("ii[1].4.contract[1].resub.use", Value::Choice("再委託する".to_owned())),
                ("ii[1].4.contract[1].resub.consent", text("書面で許す。")),
            ],
        )
    }

    #[test]
    fn an_answer_is_said_as_the_form_says_it() {
        let form = Form::with_id("kiso-r06-10").unwrap();
        let said = |value| answer_text(form, Some(&value));
        assert_eq!(answer_text(form, None), "");
        assert_eq!(said(text("一行目\n\n- 二行目\n")), "一行目\n\n- 二行目");
        assert_eq!(said(Value::Date(CivilDate::from_ymd(2024, 4, 1).unwrap())), "令和6年4月1日");
        assert_eq!(said(Value::Flag(true)), "○");
        let figure = |caption: Option<&str>| Figure {
            file: "figures/a.svg".to_owned(),
            alternative: "窓口から台帳へ".to_owned(),
            caption: caption.map(str::to_owned),
        };
        let figures = Value::Figures(vec![figure(Some("流れ")), figure(None)]);
        assert_eq!(said(figures), "流れ\n\n窓口から台帳へ\n\n窓口から台帳へ");
        let document = answers("kiso-r06-10", &[("iv.4.none", Value::Flag(true))]);
        let at = |path: &str| item_text(&document, form.slot(path).unwrap());
        assert_eq!(
            (at("iv.4.none"), at("iv.5.none")),
            ("[○]委託しない".to_owned(), "[　]提供・移転しない".to_owned())
        );
        assert_eq!(at("i.1.name"), "");
        let contract = contract();
        let count = contract.form().slot("ii[1].4.outsourcing.count").unwrap();
        assert_eq!(item_text(&contract, count), "1件");
    }

    #[test]
    fn an_entry_is_said_item_by_item() {
        let contract = contract();
        let entry = contract.form().slot("ii[1].4.contract[1]").unwrap();
        let expected = [
            "委託事項の名称：公園の受付",
            "① 委託内容：",
            "次のことを行う。\n\n1. 受付\n2. 案内",
            "③ 委託先における取扱者数：10人未満",
            "④ 委託先への特定個人情報ファイルの提供方法：",
            "・専用線\n・その他（記録用の媒体）",
            "**再委託**",
            "⑦ 再委託の有無：再委託する",
            "⑧ 再委託の許諾方法：書面で許す。",
        ];
        assert_eq!(entry_text(&contract, entry), expected.join("\n\n"));
        // A section of a file has the list in it.
        let section = contract.form().slot("ii[1]").unwrap();
        let whole = entry_text(&contract, section);
        assert!(whole.contains("**委託事項1**\n\n委託事項の名称：公園の受付"), "{whole}");
    }

    #[test]
    fn what_is_said_is_known_again() {
        let contract = contract();
        let form = contract.form();
        let entry = entry_text(&contract, form.slot("ii[1].4.contract[1]").unwrap());
        for (slot, _) in contract.values().filter(|(_, value)| !value.is_empty()) {
            let said = item_text(&contract, slot);
            assert_eq!(text_agrees(&said, &said, form), Agreement::Equal);
            if slot.entries.depth() == 2 {
                assert_eq!(text_agrees(&said, &entry, form), Agreement::Excerpt, "{said}");
            }
        }
        assert_eq!(text_agrees(&entry, &entry, form), Agreement::Equal);
    }

    #[test]
    fn what_is_still_to_be_written_is_known() {
        assert!(is_blank("【要記入】理由を書いてください"));
        assert!(!is_blank("記入した。"));
    }
}
