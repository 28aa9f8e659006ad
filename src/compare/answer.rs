//! Whether two answers of an item are the same, compared as what they are.

use super::FigureDigests;
use super::reading;
use crate::assessment::{Figure, Tick, Value};
use crate::form::{Form, Node, find_option, fold};

/// How two answers differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Likeness {
    /// In nothing.
    Same,
    /// In width, blanks or marks, or in what the edition calls an option.
    Notation,
    /// In what they say.
    Other,
}

/// An answer with what is needed to understand it.
#[derive(Clone, Copy)]
pub(super) struct Answer<'a> {
    pub(super) form: &'a Form,
    pub(super) node: &'a Node,
    pub(super) value: Option<&'a Value>,
    pub(super) figures: &'a FigureDigests,
}

/// Whether a value says anything: a box that is not ticked does not.
pub(super) fn says(value: &Value) -> bool {
    !value.is_empty() && *value != Value::Flag(false)
}

/// Compares two answers of the same item.
pub(super) fn compare(before: Answer<'_>, after: Answer<'_>) -> Likeness {
    let (old, new) = (before.value.filter(|value| says(value)), after.value.filter(|value| says(value)));
    let (old, new) = match (old, new) {
        (None, None) => return Likeness::Same,
        (Some(old), Some(new)) => (old, new),
        _ => return Likeness::Other,
    };
    match (old, new) {
        (Value::Figures(old), Value::Figures(new)) => figures(old, new, before.figures, after.figures),
        _ if old == new => Likeness::Same,
        _ if is_alike(before, after, old, new) => Likeness::Notation,
        _ => Likeness::Other,
    }
}

fn is_alike(before: Answer<'_>, after: Answer<'_>, old: &Value, new: &Value) -> bool {
    match (old, new) {
        (Value::Text(old) | Value::Unfit(old), Value::Text(new) | Value::Unfit(new)) => {
            reading::is_same(old, new)
        }
        (Value::Choice(old), Value::Choice(new)) => is_same_option(before, after, old, new),
        (Value::Checks(old), Value::Checks(new)) => {
            let boxes = |answer: Answer<'_>, ticks: &[Tick]| {
                let mut boxes: Vec<_> = ticks.iter().map(|tick| ticked(answer, tick)).collect();
                boxes.sort_unstable();
                boxes
            };
            boxes(before, old) == boxes(after, new)
        }
        // What could not be understood is compared as text.
        (Value::Unfit(text), Value::Choice(label)) | (Value::Choice(label), Value::Unfit(text)) => {
            fold(text) == fold(label)
        }
        _ => false,
    }
}

/// Whether two options are the same one: an edition may print another number or another spelling.
fn is_same_option(before: Answer<'_>, after: Answer<'_>, old: &str, new: &str) -> bool {
    let names = |answer: Answer<'_>, by: &str, wanted: &str| {
        find_option(answer.form.options(answer.node), by).is_some_and(|option| option.label == wanted)
    };
    fold(old) == fold(new) || names(after, old, new) || names(before, new, old)
}

/// A ticked box by its key, and what is written beside it.
fn ticked(answer: Answer<'_>, tick: &Tick) -> (String, String) {
    let known = answer.form.boxes(answer.node).iter().find(|b| b.label == tick.label);
    let name = known.map_or_else(|| fold(&tick.label), |b| b.key.clone());
    (name, tick.text.as_deref().map(reading::key).unwrap_or_default())
}

fn figures(old: &[Figure], new: &[Figure], old_files: &FigureDigests, new_files: &FigureDigests) -> Likeness {
    if old.len() != new.len() {
        return Likeness::Other;
    }
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let mut likeness = Likeness::Same;
    for (old, new) in old.iter().zip(new) {
        let is_same_image = match (old_files.get(&old.file), new_files.get(&new.file)) {
            (Some(old), Some(new)) => old == new,
            _ => old.file == new.file,
        };
        let is_told_alike = reading::is_same(&old.alternative, &new.alternative)
            && reading::is_same(&text(&old.caption), &text(&new.caption));
        if !is_same_image || !is_told_alike {
            return Likeness::Other;
        }
        if old != new {
            likeness = Likeness::Notation;
        }
    }
    likeness
}
