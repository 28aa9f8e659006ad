//! Presence: required items that are empty, filled items whose condition is not met, numbers of entries.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::Context;
use crate::assessment::Value;
use crate::diagnostic::{Code, Diagnostic};
use crate::form::{Contains, Entries, Kind, Need, Node, Presence, Slot, When};
use crate::rules;
use crate::wareki;

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
    for (node, slot) in repeats {
        entries(context, node, slot);
    }
    let mut ticked_away: BTreeMap<Slot, Vec<(Slot, When)>> = BTreeMap::new();
    for (node, slot) in &places {
        if let Some(when) = contradicted(context, node, *slot) {
            match deciding_flag(context, &when, *slot) {
                Some(flag) => ticked_away.entry(flag).or_default().push((*slot, when)),
                None => must_be_blank(context, *slot, &when, Code::MUST_BE_BLANK),
            }
        }
        count_matches(context, node, *slot);
    }
    for (flag, items) in ticked_away {
        match items.as_slice() {
            [(slot, when)] => must_be_blank(context, *slot, when, Code::TICKED_AWAY),
            items => filled_under_flag(context, flag, items),
        }
    }
    missing(context, &places);
}

/// The list of 特定個人情報ファイル is there and not empty; to be asked before the Markdown files are read, whose headings
/// may name a file that is not listed. Without a list the sections per file are not looked for.
pub(super) fn check_files(context: &mut Context<'_>) {
    let form = context.form;
    let sections: Vec<_> = form.sections().filter(|s| s.is_per_file()).collect();
    let (Some(first), Some(key)) = (sections.first(), form.files_key()) else { return };
    let slots = sections.iter().map(|s| Slot::plain(s.ix));
    if context.answers.count(first, Entries::NONE) > 0 || context.is_excused(Slot::plain(first.ix)) {
        return;
    }
    let names: Vec<_> = sections.iter().map(|s| s.label.as_str()).collect();
    let mut diagnostic = context
        .finding(Code::TOO_FEW_ENTRIES, Slot::plain(first.ix), format!("「{key}」が 1 件以上必要です"))
        .help(format!(
            "「{key}:」の下に、ファイルごとに「- 」で始めて「{}」を書いてください。",
            names.join("」「")
        ));
    if !context.origins.contains_key(&Slot::plain(first.ix)) {
        diagnostic = diagnostic.expected(format!("この下に「{key}」が必要です"));
    }
    diagnostic.item = None;
    context.excused.extend(slots);
    context.diagnostics.push(diagnostic);
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

/// The condition that is not met although the item is filled in.
fn contradicted(context: &Context<'_>, node: &Node, slot: Slot) -> Option<When> {
    // A flag says something in both states.
    if node.kind == Kind::Flag || context.answers.get(slot).is_none_or(Value::is_empty) {
        return None;
    }
    match context.need(slot) {
        Need::Blank(when) if !is_nothing(context, slot) && !context.is_excused(slot) => Some(when),
        _ => None,
    }
}

/// Whether an item says that there is nothing to say (「―」, 「なし」).
fn is_nothing(context: &Context<'_>, slot: Slot) -> bool {
    match context.answers.get(slot) {
        Some(Value::Text(text) | Value::Unfit(text)) => context.form.is_not_applicable(text),
        _ => false,
    }
}

/// Required items that are empty. Where a whole heading is missing, that is one finding, not one for every item below.
fn missing(context: &mut Context<'_>, places: &[(&'static Node, Slot)]) {
    let mut tops: IndexMap<Slot, Vec<(&'static Node, Slot)>> = IndexMap::new();
    for (node, slot) in places.iter().copied() {
        let empty = node.kind != Kind::Flag && context.answers.get(slot).is_none_or(Value::is_empty);
        if empty && context.need(slot) == Need::Required && !context.is_excused(slot) {
            tops.entry(unwritten_top(context, slot)).or_default().push((node, slot));
        }
    }
    for (top, items) in tops {
        let diagnostic = match items.as_slice() {
            [(node, slot)] => required(context, node, *slot),
            items => heading(context, top, items),
        };
        context.diagnostics.push(diagnostic);
    }
}

/// The highest heading above an empty item that is itself not written, or has nothing below it; else the item.
fn unwritten_top(context: &Context<'_>, slot: Slot) -> Slot {
    let form = context.form;
    let mut top = slot;
    let mut at = slot;
    while let Some(parent) = form.node(at.node).parent {
        at = form.sibling_slot(parent, slot.entries);
        let is_written = context.origins.contains_key(&at) && !context.empty.contains(&at);
        // The cover has no key of its own, and an entry of a list is there when it is counted.
        if is_written || form.node(parent).id == "cover" {
            break;
        }
        top = at;
    }
    top
}

fn heading(context: &Context<'_>, top: Slot, items: &[(&Node, Slot)]) -> Diagnostic {
    const NAMED: usize = 6;
    let name = context.form.node(top.node).heading();
    let is_written = context.origins.contains_key(&top);
    let how =
        if is_written { "の下に必須の項目がありません" } else { "が書かれていません" };
    let labels: Vec<_> = items.iter().take(NAMED).map(|(node, _)| node.label.as_str()).collect();
    let more = match items.len().saturating_sub(NAMED) {
        0 => String::new(),
        rest => format!("、ほか {rest} 件"),
    };
    let message = format!("「{name}」{how}（必須の項目 {} 件）", items.len());
    let help = format!("この下に必要な項目: {}{more}", labels.join("、"));
    let mut codes = items.iter().map(|(node, _)| told_as(context, node, Code::REQUIRED));
    let first = codes.next().unwrap_or(Code::REQUIRED);
    let code = if codes.all(|code| code == first) { first } else { Code::REQUIRED };
    let mut diagnostic = context.finding(code, top, message).help(help);
    let below = context.form.children(context.form.node(top.node));
    let flags: Vec<_> =
        below.filter(|n| n.kind == Kind::Flag).map(|n| format!("「{}: はい」", n.label)).collect();
    if !flags.is_empty() {
        diagnostic = diagnostic.help(format!("当てはまらないときは、ここに{}と書きます。", flags.join("や")));
    }
    if let Some((_, first)) = items.first() {
        diagnostic = with_conditions(context, diagnostic, *first);
    }
    if is_written {
        return diagnostic;
    }
    diagnostic.expected(wanted(context, top, &context.form.node(top.node).label))
}

/// Adds the answers that make an item required.
fn with_conditions(context: &Context<'_>, diagnostic: Diagnostic, slot: Slot) -> Diagnostic {
    const SHOWN: usize = 3;
    let conditions = context.form.ancestry(slot.node).into_iter().flat_map(|n| [&n.when, &n.items_when]);
    let mut places = Vec::new();
    for id in conditions.flatten().flat_map(deciding_items) {
        let Some(node) = context.form.by_id(id) else { continue };
        let place = context.form.sibling_slot(node.ix, slot.entries);
        if place != slot && context.origins.contains_key(&place) && !places.contains(&place) {
            places.push(place);
        }
    }
    let diagnostic = places.into_iter().take(SHOWN).fold(diagnostic, |diagnostic, place| {
        context.with_item(diagnostic, place, "この答えの場合に必要な項目です")
    });
    with_period(context, diagnostic, slot)
}

/// Adds the period on whose length an item depends, with the days that were counted.
fn with_period(context: &Context<'_>, diagnostic: Diagnostic, slot: Slot) -> Diagnostic {
    let form = context.form;
    let node = form.node(slot.node);
    let Some((When::Derived { .. }, parent)) = node.when.as_ref().zip(node.parent) else { return diagnostic };
    let beside = form.children(form.node(parent)).find(|n| n.contains == Some(Contains::Periods));
    let Some(place) = beside.map(|n| Slot { node: n.ix, entries: slot.entries }) else { return diagnostic };
    match context.text(place).and_then(wareki::shortest_period) {
        Some(days) => {
            let note = format!("最も短い期間は、初日と最終日を入れて{days}日間です");
            context.with_item(diagnostic, place, note)
        }
        None => diagnostic,
    }
}

/// What must be added, and where: below the heading that the finding points at, or at the top of the document.
fn wanted(context: &Context<'_>, slot: Slot, label: &str) -> String {
    let above = if context.nearest_origin(slot).is_some() { "この下" } else { "評価書" };
    format!("{above}に「{label}」が必要です")
}

fn required(context: &Context<'_>, node: &Node, slot: Slot) -> Diagnostic {
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
        _ => match node.when.as_ref().filter(|_| node.presence == Presence::Conditional) {
            Some(when) => format!("{}に、必ず書く項目です。", context.form.describe(when)),
            None if is_name(&node.label) => "この項目には、必ず実際の名前を書いてください。".to_owned(),
            None => "書くことがない場合も「なし」や「―」と書いてください。".to_owned(),
        },
    };
    let written = context.origins.contains_key(&slot);
    let message =
        if written { "必須の項目が空です" } else { "必須の項目が書かれていません" };
    let diagnostic = context.finding(told_as(context, node, Code::REQUIRED), slot, message).help(how);
    let diagnostic = with_conditions(context, diagnostic, slot);
    if written {
        return diagnostic;
    }
    diagnostic.expected(wanted(context, slot, key_of(node)))
}

/// Whether a label asks for a name, which nothing can stand in for.
fn is_name(label: &str) -> bool {
    ["名", "名称", "番号", "部署", "役職名"].iter().any(|ending| label.ends_with(ending))
}

/// How an officer writes the key of an item: the printed label, or its plain name where the label is a blank to fill in.
fn key_of(node: &Node) -> &str {
    let is_blank = |label: &str| label.contains("（　）");
    node.aliases
        .iter()
        .map(String::as_str)
        .find(|a| is_blank(&node.label) && !is_blank(a))
        .unwrap_or(&node.label)
}

fn must_be_blank(context: &mut Context<'_>, slot: Slot, when: &When, general: Code) {
    const MESSAGE: &str = "条件に当たらないのに記載があります";
    let node = context.form.node(slot.node);
    let code = told_as(context, node, general);
    let found = if node.is_item() {
        context.at_value(code, slot, MESSAGE)
    } else {
        context.finding(code, slot, MESSAGE)
    };
    let condition = context.form.describe(when);
    let mut diagnostic = found
        .expected(format!("{condition}だけ書く項目です"))
        .help("この記載を消すか、条件になっている項目の答えを見直してください。");
    for decisive in deciding_items(when) {
        if let Some(node) = context.form.by_id(decisive) {
            let place = context.form.sibling_slot(node.ix, slot.entries);
            if context.origins.contains_key(&place) {
                diagnostic = context.with_item(diagnostic, place, "条件になっている項目");
            }
        }
    }
    let diagnostic = with_period(context, diagnostic, slot);
    context.diagnostics.push(diagnostic);
}

/// The more telling code, where the catalogue has one, under which the presence of this item is told.
fn told_as(context: &Context<'_>, node: &Node, general: Code) -> Code {
    rules::catalogue().instead_of(general, context.form.roles_of(node.ix)).unwrap_or(general)
}

/// The ids of the items that a condition asks about.
fn deciding_items(when: &When) -> Vec<&str> {
    match when {
        When::Any { any: parts } | When::All { all: parts } => {
            parts.iter().flat_map(deciding_items).collect()
        }
        When::Item { item, .. } => vec![item],
        When::Derived { .. } | When::Context { .. } => Vec::new(),
    }
}

/// The flag (「接続しない」 and the like) that ticks a part away, where the condition asks only about flags: what stands
/// there is suspicious, but contradicts no other answer.
fn deciding_flag(context: &Context<'_>, when: &When, slot: Slot) -> Option<Slot> {
    let ids = deciding_items(when);
    let nodes: Vec<_> = ids.iter().filter_map(|id| context.form.by_id(id)).collect();
    let only_flags = !nodes.is_empty() && nodes.iter().all(|n| n.kind == Kind::Flag);
    only_flags.then(|| context.form.sibling_slot(nodes[0].ix, slot.entries))
}

/// Several items under one flag are one slip: most likely the flag is wrong.
fn filled_under_flag(context: &mut Context<'_>, flag: Slot, items: &[(Slot, When)]) {
    const SHOWN: usize = 3;
    let label = &context.form.node(flag.node).label;
    let message = format!("「{label}」に○がありますが、その部分に {} 件の記載があります", items.len());
    let mut diagnostic = context
        .at_value(told_as(context, context.form.node(flag.node), Code::TICKED_AWAY), flag, message)
        .help("当てはまる事務なら「いいえ」に直し、当てはまらないなら、その部分の記載を消してください。");
    for (slot, _) in items.iter().take(SHOWN) {
        diagnostic = context.with_item(diagnostic, *slot, "ここに記載があります");
    }
    context.diagnostics.push(diagnostic);
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
    let diagnostic = context
        .at_value(Code::COUNT_MISMATCH, slot, message)
        .help("件数か、記載のどちらかを直してください。");
    let list = Slot { node: counted.ix, entries: slot.entries };
    let diagnostic = context.with_item(diagnostic, list, format!("ここに{entries}{unit}あります"));
    context.diagnostics.push(diagnostic);
}

/// The number of entries of a repeat against its limits and its condition.
fn entries(context: &mut Context<'_>, node: &Node, slot: Slot) {
    let count = context.answers.count(node, slot.entries);
    let Some(repeat) = &node.repeat else { return };
    if context.is_excused(slot) {
        return;
    }
    let need = context.form.need(slot, &context.answers);
    let fewest = if node.when.is_some() { repeat.min.max(1) } else { repeat.min };
    match need {
        Need::Blank(when) if count > 0 => {
            must_be_blank(context, slot, &when, Code::MUST_BE_BLANK);
            context.excused.push(slot);
        }
        Need::Optional | Need::Required if count < fewest => {
            let message = format!("「{}」が {fewest} 件以上必要です", node.label);
            let diagnostic = context
                .finding(Code::TOO_FEW_ENTRIES, slot, message)
                .help(format!("「{}」を「- 」で始めて書いてください。", node.label));
            let diagnostic = with_conditions(context, diagnostic, slot);
            context.diagnostics.push(diagnostic);
        }
        _ => {}
    }
}
