//! Small documents about places that do not exist, one for each way in which a text layer is out of order.

mod body;
mod changes;
mod forms;
mod roundtrip;
mod texts;

use super::read;
use crate::assessment::Value;
use crate::form::Form;
use crate::import::{Doubt, Imported};

const ZENKOMOKU: &str = "zenkomoku-h30-05";

fn import(form: &str, text: &str) -> Imported {
    read(text, Form::with_id(form).unwrap())
}

fn value(imported: &Imported, path: &str) -> String {
    match imported.answers.at(path) {
        None => "(none)".to_owned(),
        Some(Value::Text(text) | Value::Choice(text)) => text.clone(),
        Some(Value::Unfit(text)) => format!("unfit: {text}"),
        Some(Value::Date(date)) => date.iso(),
        Some(Value::Count(count)) => count.to_string(),
        Some(Value::Flag(flag)) => flag.to_string(),
        Some(Value::Checks(ticks)) => ticks
            .iter()
            .map(|t| t.text.as_ref().map_or(t.label.clone(), |text| format!("{}（{text}）", t.label)))
            .collect::<Vec<_>>()
            .join("、"),
        Some(Value::Figures(_)) => "figures".to_owned(),
    }
}

fn has_note(imported: &Imported, doubt: Doubt, path: &str) -> bool {
    imported.report.notes.iter().any(|n| n.doubt == doubt && n.path == path)
}
