//! Boxes with a parenthesis: what is ticked must be told.

use crate::assessment::Value;
use crate::check::Context;
use crate::diagnostic::{Code, Diagnostic};
use crate::form::Slot;
use crate::read::Span;

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (slot, value) in context.answers.values() {
        let Value::Checks(ticks) = value else { continue };
        // What stands behind a box may be what could not be read.
        if context.reported.contains(&slot) {
            continue;
        }
        let boxes = context.form.boxes(context.form.node(slot.node));
        for tick in ticks.iter().filter(|t| t.text.is_none()) {
            if boxes.iter().any(|b| b.label == tick.label && b.text) {
                found.push(untold(context, slot, &tick.label));
            }
        }
    }
}

fn untold(context: &Context<'_>, slot: Slot, label: &str) -> Diagnostic {
    let message = format!("「{label}」を選んでいますが、その内容が書かれていません");
    let diagnostic = context
        .at_value(Code::BOX_WITHOUT_TEXT, slot, message)
        .help(format!("「- {label}: 」の後に、括弧の中に入る内容を書いてください。"));
    let Some(origin) = context.origins.get(&slot).filter(|o| o.file == 0) else { return diagnostic };
    let Some(source) = context.file.text.get(origin.value.start..origin.value.end) else { return diagnostic };
    match entry(source, label) {
        Some(at) => {
            let start = origin.value.start + at;
            diagnostic.at(context.file.place(Span::new(start, start + label.len())))
        }
        None => diagnostic,
    }
}

/// Where a label stands as a whole entry of a list: 「その他」 is also the beginning of other labels.
fn entry(source: &str, label: &str) -> Option<usize> {
    let ends_before = |c: char| c.is_whitespace() || "-[,\"'".contains(c);
    let begins_after = |c: char| c.is_whitespace() || ",]:：\"'".contains(c);
    source.match_indices(label).map(|(at, _)| at).find(|at| {
        source[..*at].chars().next_back().is_none_or(ends_before)
            && source[at + label.len()..].chars().next().is_none_or(begins_after)
    })
}

#[cfg(test)]
mod tests {
    use super::entry;

    #[test]
    fn a_label_is_found_as_a_whole_entry() {
        let source = "- その他住民票関係情報\n- その他\n";
        assert_eq!(entry(source, "その他"), source.rfind("その他"));
        assert_eq!(entry("[紙, その他]", "その他"), Some(6));
        assert_eq!(entry("その他", "その他"), Some(0));
        assert_eq!(entry("- そ の 他", "その他"), None);
    }
}
