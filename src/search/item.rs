//! What is searched of a document: its items with what they say, field by field.

use super::{FIELD, Places};
use crate::assessment::{Assessment, Value};
use crate::form::{Node, Slot};
use crate::wareki::CivilDate;

/// An item as it is searched and shown among results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its permanent anchor on the page of the document.
    pub anchor: String,
    /// Official reference.
    pub reference: String,
    /// Printed label, which is searched as well.
    pub label: String,
    /// Where it stands, of all [`Places`].
    pub place: usize,
    /// What it says, its fields parted by [`FIELD`].
    pub text: String,
}

/// The words with which pages show a box of its own.
#[derive(Debug, Clone, Copy)]
pub struct Words<'w> {
    /// It is ticked.
    pub ticked: &'w str,
    /// It is not.
    pub not_ticked: &'w str,
}

/// The items of a document, of which `filled` says where values are.
pub fn items(assessment: &Assessment, filled: &[(Slot, &Value)], words: Words<'_>) -> Vec<Item> {
    let (form, files) = (assessment.form(), assessment.answers.files());
    let item = |(slot, value): &(Slot, &Value)| {
        let node = form.node(slot.node);
        Item {
            anchor: form.anchor(*slot, files),
            reference: form.reference(*slot, files),
            label: node.label.clone(),
            place: Places::all().of(&form.head.id, slot.node),
            text: fields(node, value, words).join(&FIELD.to_string()),
        }
    };
    filled.iter().map(item).collect()
}

/// What stands in an item. A date has the spellings that people use for it; the first is the one that pages show.
fn fields(node: &Node, value: &Value, words: Words<'_>) -> Vec<String> {
    match value {
        Value::Text(text) | Value::Choice(text) | Value::Unfit(text) => vec![without_fields(text)],
        Value::Date(date) => spellings_of(*date),
        Value::Count(number) => vec![format!("{number}{}", node.unit.as_deref().unwrap_or_default())],
        Value::Flag(is_ticked) => vec![if *is_ticked { words.ticked } else { words.not_ticked }.to_owned()],
        Value::Checks(ticks) => ticks
            .iter()
            .flat_map(|tick| std::iter::once(&tick.label).chain(&tick.text))
            .map(|text| without_fields(text))
            .collect(),
        Value::Figures(figures) => figures
            .iter()
            .flat_map(|figure| std::iter::once(&figure.alternative).chain(&figure.caption))
            .map(|text| without_fields(text))
            .collect(),
    }
}

/// The sign between fields is ours; in a text it means nothing.
fn without_fields(text: &str) -> String {
    text.replace(FIELD, " ")
}

fn spellings_of(date: CivilDate) -> Vec<String> {
    let short = date.wareki();
    let year = format!("{}年", date.year());
    let month = date.month().map(|month| format!("{month}月")).unwrap_or_default();
    let day = date.day().map(|day| format!("{day}日")).unwrap_or_default();
    let western = format!("{year}{month}{day}");
    let both = short.replacen('年', &format!("年（{year}）"), 1);
    let mut spellings = if short == western { Vec::new() } else { vec![both, short] };
    spellings.extend([western, date.iso()]);
    spellings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::{Figure, Tick};
    use crate::form::Form;

    const WORDS: Words<'static> = Words { ticked: "はい", not_ticked: "いいえ" };

    fn says(value: &Value) -> Vec<String> {
        let form = Form::with_id("zenkomoku-h30-05").unwrap();
        fields(form.by_id("i.1.population").unwrap(), value, WORDS)
    }

    #[test]
    fn a_date_is_found_in_every_spelling() {
        let date = CivilDate::from_ymd(2023, 11, 4).unwrap();
        let expected = ["令和5年（2023年）11月4日", "令和5年11月4日", "2023年11月4日", "2023-11-04"];
        assert_eq!(says(&Value::Date(date)), expected);
        assert_eq!(says(&Value::Date(CivilDate::from_ym(2019, 5).unwrap()))[2], "2019年5月");
    }

    #[test]
    fn boxes_and_their_texts_are_fields_of_their_own() {
        let tick =
            |label: &str, text: Option<&str>| Tick { label: label.to_owned(), text: text.map(str::to_owned) };
        let ticks = vec![tick("甲", None), tick("その他", Some("乙\u{1F}丙"))];
        assert_eq!(says(&Value::Checks(ticks)), ["甲", "その他", "乙 丙"]);
        assert_eq!(says(&Value::Flag(true)), ["はい"]);
        assert_eq!(says(&Value::Checks(Vec::new())), Vec::<String>::new());
    }

    #[test]
    fn a_figure_is_found_by_its_words_and_not_by_its_file() {
        let figure = Figure {
            file: "a.svg".to_owned(),
            alternative: "流れ".to_owned(),
            caption: Some("図1".to_owned()),
        };
        assert_eq!(says(&Value::Figures(vec![figure])), ["流れ", "図1"]);
    }
}
