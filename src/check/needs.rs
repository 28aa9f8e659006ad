//! Presence: required items that are empty, filled items whose condition is not met, numbers of entries.

use super::Context;
use crate::assessment::Value;
use crate::diagnostic::{Code, Severity};
use crate::form::{Kind, Literal, Need, Node, Slot, When};

/// Checks every item of the form in every entry.
pub(super) fn check(context: &mut Context<'_>) {
    fill_fixed_texts(context);
    let mut places = Vec::new();
    let mut repeats = Vec::new();
    let form = context.form;
    context.answers.walk(|placed| {
        let slot = placed.slot;
        if placed.node.is_item() {
            places.push((placed.node, slot));
        }
        for child in form.children(placed.node).filter(|c| c.kind == Kind::Repeat) {
            repeats.push((child, Slot { node: child.ix, entries: slot.entries }));
        }
        true
    });
    for (node, slot) in places {
        item(context, node, slot);
    }
    for (node, slot) in repeats {
        entries(context, node, slot);
    }
}

/// The form itself prints the text of some cells; an officer need not type it.
fn fill_fixed_texts(context: &mut Context<'_>) {
    let mut missing = Vec::new();
    context.answers.walk(|placed| {
        if let Some(text) = &placed.node.fixed_text
            && context.answers.get(placed.slot).is_none_or(Value::is_empty)
        {
            missing.push((placed.slot, text.clone()));
        }
        true
    });
    for (slot, text) in missing {
        context.answers.set(slot, Value::Text(text));
    }
}

fn item(context: &mut Context<'_>, node: &Node, slot: Slot) {
    let value = context.answers.get(slot);
    // A flag says something in both states.
    if node.kind == Kind::Flag {
        return;
    }
    let empty = value.is_none_or(Value::is_empty);
    match context.need(slot) {
        Need::Required if empty => required(context, node, slot),
        Need::Blank(when) if !empty && !is_nothing(context, slot) => must_be_blank(context, slot, &when),
        _ => {}
    }
    count_matches(context, node, slot);
}

/// Whether an item says that there is nothing to say (「―」, 「なし」).
fn is_nothing(context: &Context<'_>, slot: Slot) -> bool {
    match context.answers.get(slot) {
        Some(Value::Text(text) | Value::Unfit(text)) => context.form.is_not_applicable(text),
        _ => false,
    }
}

fn required(context: &mut Context<'_>, node: &Node, slot: Slot) {
    let how = match node.kind {
        Kind::Choice => {
            let labels: Vec<_> = context.form.options(node).iter().map(|o| o.label.as_str()).collect();
            format!("次から一つを書いてください: {}", labels.join(" / "))
        }
        Kind::Checks => {
            let labels: Vec<_> = context.form.boxes(node).iter().map(|b| b.label.as_str()).collect();
            format!("当てはまるものを「- 」で始めて書いてください: {}", labels.join(" / "))
        }
        Kind::Date => "「令和5年11月14日」の形で書いてください。".to_owned(),
        Kind::Count => "件数を数字で書いてください。".to_owned(),
        Kind::Figure => {
            "「- ファイル: figures/図の名前.svg」と「代替テキスト: |」を書いてください。".to_owned()
        }
        _ => "書くことがない場合も「なし」や「―」と書いてください。".to_owned(),
    };
    let written = context.origins.contains_key(&slot);
    let message =
        if written { "必須の項目が空です" } else { "必須の項目が書かれていません" };
    let mut diagnostic = context.finding(Code::Required, slot, message).help(how);
    if !written {
        let label = &context.form.node(slot.node).label;
        diagnostic = diagnostic.expected(format!("この下に「{label}」が必要です"));
    }
    context.diagnostics.push(diagnostic);
}

fn must_be_blank(context: &mut Context<'_>, slot: Slot, when: &When) {
    let condition = context.form.describe(when);
    let mut diagnostic = context
        .at_value(Code::MustBeBlank, slot, "条件に当たらないのに記載があります")
        .expected(format!("{condition}だけ書く項目です"))
        .help("この記載を消すか、条件になっている項目の答えを見直してください。");
    // 「接続しない」 and the like tick a whole part away; what stands there is suspicious but not contradictory.
    if depends_on_flag(when) {
        diagnostic.severity = Severity::Warning;
    }
    context.diagnostics.push(diagnostic);
}

fn depends_on_flag(when: &When) -> bool {
    match when {
        When::Any { any: parts } | When::All { all: parts } => parts.iter().all(depends_on_flag),
        When::Item { is: Some(Literal::Flag(_)), .. } => true,
        _ => false,
    }
}

/// A stated number of entries against the entries that are there.
fn count_matches(context: &mut Context<'_>, node: &Node, slot: Slot) {
    let Some(Value::Count(stated)) = context.answers.get(slot) else { return };
    let Some(counted) = node.must_equal_entries_of.as_ref().and_then(|id| context.form.by_id(id)) else {
        return;
    };
    let stated = *stated;
    let entries = context.answers.count(counted, slot.entries);
    if stated == u32::from(entries) {
        return;
    }
    let unit = node.unit.as_deref().unwrap_or_default();
    let message =
        format!("{stated}{unit}と書かれていますが、「{}」の記載は{entries}{unit}です", counted.label);
    let diagnostic =
        context.at_value(Code::CountMismatch, slot, message).help("件数か、記載のどちらかを直してください。");
    context.diagnostics.push(diagnostic);
}

/// The number of entries of a repeat against its limits and its condition.
fn entries(context: &mut Context<'_>, node: &Node, slot: Slot) {
    let count = context.answers.count(node, slot.entries);
    let Some(repeat) = &node.repeat else { return };
    let need = context.form.need(slot, &context.answers);
    let fewest = if node.when.is_some() { repeat.min.max(1) } else { repeat.min };
    match need {
        Need::Blank(when) if count > 0 => must_be_blank(context, slot, &when),
        Need::Optional | Need::Required if count < fewest => {
            let message = format!("「{}」が {fewest} 件以上必要です", node.label);
            let diagnostic = context
                .finding(Code::TooFewEntries, slot, message)
                .help(format!("「{}」を「- 」で始めて書いてください。", node.label));
            context.diagnostics.push(diagnostic);
        }
        _ => {}
    }
}
