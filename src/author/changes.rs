//! `changes.yaml`: the rows of 変更箇所 with the official columns as keys.

use super::tree::{Entry, Tree, file_of_list, flow_map, list_item};
use crate::assessment::{Change, Judgement};
use crate::check::vocabulary::{CORRECTION, DECISION, EFFECTIVE};
use crate::form::{Form, Kind, Node};

/// The text of `changes.yaml`. `with_ids` adds the path of the item where it is known; empty cells are left out.
pub fn changes_yaml(changes: &[Change], form: &Form, with_ids: bool) -> String {
    let columns: Vec<_> = form.change_columns().collect();
    // The path of the first file is the same with and without its index, so the last file mentioned is enough to know.
    let file = |change: &Change| {
        let slot = change.item.slot?;
        form.section_of(slot.node).is_per_file().then(|| slot.entries.numbers().next())?
    };
    let files = changes.iter().filter_map(file).max().unwrap_or(1);
    let row = |change: &Change| {
        let mut row = Vec::new();
        for column in &columns {
            let text = cell(change, column);
            if !text.is_empty() {
                row.push(Entry::text(&column.label, text));
            }
            let slot = change.item.slot.filter(|_| with_ids && column.kind == Kind::ItemRef);
            row.extend(slot.map(|slot| Entry::text("id", form.path(slot, files))));
        }
        row.extend(judged(&change.judgement));
        Tree::Map(row)
    };
    file_of_list(&changes.iter().map(row).collect::<Vec<_>>())
}

/// What was decided about a change, as far as it was.
fn judged(judgement: &Judgement) -> impl Iterator<Item = Entry> {
    let decision = judgement.decision.map(|decision| decision.label().to_owned());
    let effective = judgement.effective.map(|day| day.wareki());
    let keys = [(DECISION, decision), (EFFECTIVE, effective), (CORRECTION, judgement.correction.clone())];
    keys.into_iter().filter_map(|(key, text)| Some(Entry::text(key, text?)))
}

/// What stands in a column of a row, as written.
fn cell(change: &Change, column: &Node) -> String {
    let date = || change.date.map_or_else(|| change.date_text.clone(), |date| date.wareki());
    match column.id.rsplit('.').next() {
        Some("date") => date(),
        Some("item") => change.item.text.clone(),
        Some("before") => change.before.clone(),
        Some("after") => change.after.clone(),
        Some("timing") => change.timing.clone(),
        Some("explanation") => change.explanation.clone(),
        _ => String::new(),
    }
}

/// How the rows of a file are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RowLayout {
    /// Blanks before the dash.
    pub(crate) indent: usize,
    /// Blanks between the dash and the first key.
    pub(crate) gap: usize,
}

/// One row by its keys and texts, with a line break at its end.
pub(crate) fn row_block(fields: &[(String, String)], layout: RowLayout) -> String {
    let entries: Vec<_> = fields.iter().map(|(key, text)| Entry::text(key, text)).collect();
    list_item(&entries, layout.indent, layout.gap)
}

/// The same within brackets, for a list that is written in them.
pub(crate) fn row_flow(fields: &[(String, String)]) -> String {
    flow_map(fields)
}
