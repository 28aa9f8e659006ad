//! The words of drafted rows: what an answer says in a column of 変更箇所, and the mark of what a person has to fill in.

use crate::assessment::{Answers, Value};
use crate::form::{Form, Slot};

/// Begins whatever a person still has to write. A row that holds it is never published.
pub const BLANK: &str = "【要記入】";

/// Whether a text is still to be written.
pub fn is_blank(text: &str) -> bool {
    text.contains(BLANK)
}

/// An answer as the columns 変更前の記載 and 変更後の記載 say it, Markdown: texts as authored, dates in 和暦, ticked boxes line by
/// line. Empty where nothing is written.
pub fn answer_text(_form: &Form, _value: Option<&Value>) -> String {
    String::new()
}

/// A whole entry of a list, e.g. a 委託事項: every answer in it with its label, in the order of the form.
pub fn entry_text(_answers: &Answers, _entry: Slot) -> String {
    String::new()
}
