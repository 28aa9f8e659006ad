//! What a person still has to write (CHG-31): `kohyo changes draft` marks it with 【要記入】, and nothing that holds the mark is
//! published. A blank answers for everything in its place: what else is wrong there is not told.

use super::rows::HOW_TO_DECIDE;
use super::view::Row;
use crate::assessment::Value;
use crate::check::Context;
use crate::check::changes::{Column, HOW_TO_EXPLAIN};
use crate::check::judgement::{DECISION, EFFECTIVE};
use crate::check::values::LEFT_BLANK;
use crate::compare::{BLANK, is_blank};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::form::{Form, Slot};
use crate::read::Span;

/// A column or a key of a row with something left to write.
struct Blank<'c> {
    row: Row<'c>,
    part: Part,
    /// The whole value.
    value: Span,
}

#[derive(Clone, Copy)]
enum Part {
    Column(Column),
    Key(&'static str),
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(beside_items(context));
    let blanks: Vec<_> = context.rows().flat_map(|row| of_row(context, row)).collect();
    if blanks.is_empty() {
        return;
    }
    found.retain(|finding| !blanks.iter().any(|blank| blank.answers_for(context, finding)));
    found.extend(blanks.iter().map(|blank| blank.finding(context)));
}

/// Texts that belong to an answer and are none by themselves: those beside boxes and those of figures.
fn beside_items(context: &Context<'_>) -> Vec<Diagnostic> {
    let is_left = |value: &Value| match value {
        Value::Checks(ticks) => ticks.iter().filter_map(|tick| tick.text.as_deref()).any(is_blank),
        Value::Figures(figures) => figures
            .iter()
            .any(|figure| is_blank(&figure.alternative) || figure.caption.as_deref().is_some_and(is_blank)),
        _ => false,
    };
    let left =
        context.answers.values().filter(|(slot, value)| is_left(value) && !context.reported.contains(slot));
    left.map(|(slot, _)| beside_item(context, slot)).collect()
}

/// The finding at the blank, where it stands in the value.
fn beside_item(context: &Context<'_>, slot: Slot) -> Diagnostic {
    let diagnostic =
        context.at_value(Code::BLANK_LEFT, slot, LEFT_BLANK).help("この項目の記載に書き換えてください。");
    let value = context.origins.get(&slot).filter(|origin| origin.file == 0).map(|origin| origin.value);
    let found = value
        .and_then(|value| Some(value.start + context.file.text.get(value.start..value.end)?.find(BLANK)?));
    match found {
        Some(start) => diagnostic.at(context.file.place(Span::new(start, start + BLANK.len()))),
        None => diagnostic,
    }
}

fn of_row<'c>(context: &Context<'_>, row: Row<'c>) -> Vec<Blank<'c>> {
    let columns = row.place().written().map(|(column, value)| (Part::Column(column), value));
    let keys = row.place().written_keys().map(|(key, value)| (Part::Key(key), value));
    let blank = |(part, value): (Part, Span)| {
        let text = context.changes_file().text.get(value.start..value.end)?;
        text.contains(BLANK).then_some(Blank { row, part, value })
    };
    columns.chain(keys).filter_map(blank).collect()
}

impl Blank<'_> {
    /// Whether a finding stands inside the value.
    fn answers_for(&self, context: &Context<'_>, finding: &Diagnostic) -> bool {
        let file = context.changes_file();
        let Some(Place { line, column, .. }) = &finding.place else { return false };
        let at = (*line, *column);
        finding.file == file.path
            && at >= file.line_column(self.value.start)
            && at < file.line_column(self.value.end)
    }

    fn finding(&self, context: &Context<'_>) -> Diagnostic {
        let file = context.changes_file();
        let at = file.text.get(self.value.start..self.value.end).and_then(|text| text.find(BLANK));
        let start = self.value.start + at.unwrap_or_default();
        let diagnostic = match self.part {
            Part::Column(column) => context.at_row(Code::BLANK_LEFT, self.row, column, LEFT_BLANK),
            Part::Key(key) => context.at_judged(Code::BLANK_LEFT, self.row, key, LEFT_BLANK),
        };
        diagnostic
            .at(file.place(Span::new(start, start + BLANK.len())))
            .help(self.what_to_write(context.form))
    }

    fn what_to_write(&self, form: &Form) -> &'static str {
        let item = self.row.change.item.slot;
        let is_plain = item.is_some_and(|slot| !form.node(slot.node).important);
        match self.part {
            Part::Column(Column::Date) => "変更日（通常は、この版の公表日）に書き換えてください。",
            Part::Column(Column::Explanation) if self.row.change.judgement.decision.is_some() => {
                "判断の理由に書き換えてください。"
            }
            // Without ※ nobody asks whether the change is a 重要な変更.
            Part::Column(Column::Explanation) if is_plain => {
                "なぜ変えたかを書いてください（例: 組織の名称が変わったため。事前の提出・公表が義務付けられない）。"
            }
            Part::Column(Column::Explanation) => HOW_TO_EXPLAIN,
            Part::Key(DECISION) => HOW_TO_DECIDE,
            Part::Key(EFFECTIVE) => "実際に取扱いを変える（変えた）日に書き換えてください。",
            Part::Column(_) | Part::Key(_) => "この列の内容に書き換えてください。",
        }
    }
}
