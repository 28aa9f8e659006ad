//! What a drafted row says: the six columns as the form calls them, and the keys of what must be decided.

use super::stored::Fields;
use crate::assessment::{Answers, Decision};
use crate::check::vocabulary::{DECISION, ID_KEY};
use crate::check::{AFTERWARDS, BEFOREHAND};
use crate::compare::nodes::NodeMap;
use crate::compare::{BLANK, Difference, DifferenceKind};
use crate::form::{Form, How, Kind, Node, Slot, find_option};
use crate::wareki::CivilDate;

/// What stands in a column beside a text that is new or gone.
const NOTHING: &str = "記載なし";

/// The item of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    /// As it is written.
    pub(super) text: String,
    /// The place that it must be read as.
    pub(super) slot: Option<Slot>,
    /// Whether the path is written as well, because the words alone are read as something else.
    pub(super) has_id: bool,
}

/// A row to be written.
#[derive(Debug, Clone)]
pub(super) struct Planned {
    /// The difference that it tells of, by its index.
    pub(super) number: usize,
    pub(super) item: Item,
    /// Keys and texts, but for the path.
    fields: Fields,
    /// 変更前の記載 and 変更後の記載 by their keys.
    pub(super) texts: Fields,
    /// The path of the item.
    path: Option<(String, String)>,
    pub(super) timing: String,
}

/// The two versions that rows are written about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Versions<'a> {
    pub(super) before: &'a Answers,
    pub(super) after: &'a Answers,
    /// 変更日; none where it is not known yet.
    pub(super) date: Option<CivilDate>,
}

impl Versions<'_> {
    /// The row about a difference.
    pub(super) fn row(&self, number: usize, difference: &Difference) -> Planned {
        let form = self.after.form();
        let item = self.item(difference);
        let (before, after) = self.texts(difference);
        let mut row = Planned {
            number,
            item: item.clone(),
            fields: Vec::new(),
            texts: Vec::new(),
            path: None,
            timing: String::new(),
        };
        for column in form.change_columns() {
            let role = column.id.rsplit('.').next();
            let text = match role {
                Some("date") => self.date.map_or_else(|| format!("{BLANK}この版の公表日"), |d| d.wareki()),
                Some("item") => item.text.clone(),
                Some("before") => before.clone(),
                Some("after") => after.clone(),
                Some("timing") => timing(form, column, difference.important),
                Some("explanation") => explanation(difference.important),
                _ => continue,
            };
            if column.kind == Kind::Choice {
                row.timing.clone_from(&text);
            }
            if matches!(role, Some("before" | "after")) {
                row.texts.push((column.label.clone(), text.clone()));
            }
            row.fields.push((column.label.clone(), text));
            if column.kind == Kind::ItemRef {
                row.path = item.slot.map(|slot| (column.label.clone(), self.after.path(slot)));
            }
        }
        if difference.important {
            row.fields.push((DECISION.to_owned(), decision()));
        }
        row
    }

    /// What the row calls the place of a difference.
    fn item(&self, difference: &Difference) -> Item {
        let (form, files) = (self.after.form(), self.after.files());
        match (difference.after, difference.before) {
            (Some(slot), _) => self.named(form.name(slot, files).line(), Some(slot)),
            // What is gone is called as the older version called it, with its number there.
            (None, Some(slot)) => {
                let text = self.before.form().name(slot, self.before.files()).line();
                let node = NodeMap::between(self.before.form(), form).after(slot.node);
                self.named(text, node.map(|node| Slot { node, entries: slot.entries }))
            }
            (None, None) => self.named(String::new(), None),
        }
    }

    /// An item, and whether its words alone are read as it.
    fn named(&self, text: String, slot: Option<Slot>) -> Item {
        let found = self.after.form().resolve(&text, self.after.files());
        let is_sure = matches!(found.how, Some(How::Exact | How::Folded | How::Elided));
        let is_it = found.target.map(|target| target.slot) == slot;
        Item { text, slot, has_id: slot.is_some() && !(is_sure && is_it) }
    }

    /// 変更前の記載 and 変更後の記載.
    fn texts(&self, difference: &Difference) -> (String, String) {
        let or_nothing = |text: &str| match text.trim_end() {
            "" => NOTHING.to_owned(),
            text => text.to_owned(),
        };
        let (before, after) = (or_nothing(&difference.before_text), or_nothing(&difference.after_text));
        if let Some(slot) = difference.before.filter(|_| difference.kind == DifferenceKind::Moved) {
            let from = self.before.form().reference(slot, self.before.files());
            return (format!("{from}から移動"), name_of(&after).to_owned());
        }
        // An image, or something else that the words do not show.
        if before == after {
            return (before, format!("{BLANK}何が変わったか（図の差替えなど）"));
        }
        (before, after)
    }
}

/// What an entry is called: its first answer, with its label.
fn name_of(entry: &str) -> &str {
    let is_heading = |part: &str| part.starts_with("**") && part.ends_with("**");
    let mut end = 0;
    for part in entry.split("\n\n") {
        end += part.len();
        if !is_heading(part) && !part.ends_with('：') {
            break;
        }
        end += "\n\n".len();
    }
    entry.get(..end).unwrap_or(entry)
}

impl Planned {
    /// Keys and texts in their order.
    pub(super) fn fields(&self) -> Fields {
        let mut fields = self.fields.clone();
        if let Some((column, path)) = self.path.as_ref().filter(|_| self.item.has_id) {
            let behind = fields.iter().position(|(key, _)| key == column).map_or(0, |at| at + 1);
            fields.insert(behind, (ID_KEY.to_owned(), path.clone()));
        }
        fields
    }

    /// The keys that a person has to fill in.
    pub(super) fn blanks(&self) -> Vec<String> {
        self.fields.iter().filter(|(_, text)| text.starts_with(BLANK)).map(|(key, _)| key.clone()).collect()
    }
}

/// The change of an item with ※ is in principle a 重要な変更, which is submitted beforehand.
fn timing(form: &Form, column: &Node, important: bool) -> String {
    let word = if important { BEFOREHAND } else { AFTERWARDS };
    let option = find_option(form.options(column), word);
    option.map_or_else(|| BLANK.to_owned(), |option| option.label.clone())
}

fn explanation(important: bool) -> String {
    let what = if important {
        "重要な変更に当たるか、当たらないか（事後にするとき）と、その理由"
    } else {
        "変更の理由と、事前の提出・公表が義務付けられないこと"
    };
    format!("{BLANK}{what}")
}

fn decision() -> String {
    format!("{BLANK}{}", Decision::ALL.map(Decision::label).join(" / "))
}
