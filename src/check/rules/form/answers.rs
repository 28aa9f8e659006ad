//! What the answers say about the measures: problems left open, measures not taken beside 「十分である」, files that disagree.

use crate::assessment::Value;
use crate::check::Context;
use crate::diagnostic::{Code, Diagnostic};
use crate::form::{Entries, Node, Slot};

/// The option list of 「リスクへの対策は十分か」, and its answer that admits a problem.
const ADEQUACY: &str = "adequacy";
const PROBLEM: &str = "課題が残されている";
const MOST_RELATED: usize = 3;

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let chosen: Vec<_> = context
        .answers
        .values()
        .filter_map(|(slot, value)| match value {
            Value::Choice(label) => Some((slot, context.form.node(slot.node), label.as_str())),
            _ => None,
        })
        .collect();
    for (slot, node, label) in &chosen {
        found.extend(open_problem(context, *slot, node, label));
        found.extend(enough_without(context, *slot, node, label, &chosen));
    }
    found.extend(files_disagree(context));
}

/// An adequacy that is asked here; a copy of another answer says nothing new.
fn is_adequacy(node: &Node) -> bool {
    node.option_set.as_deref() == Some(ADEQUACY) && node.same_as.is_empty()
}

fn open_problem(context: &Context<'_>, slot: Slot, node: &Node, label: &str) -> Option<Diagnostic> {
    let is_general =
        || context.form.roles_of(slot.node).any(|r| ["training", "audit", "self-check"].contains(&r));
    let admits = (is_adequacy(node) && label == PROBLEM) || (context.form.is_negative(label) && is_general());
    admits.then(|| {
        context.at_value(Code::OPEN_PROBLEM, slot, format!("「{label}」とあります。いつまでに、どう改めるかを「その他の措置の内容」などに書いてください")).help(
            "公表すると、改める時期を尋ねられます。事実のとおりなら、答えはこのままで構いません。改める時期と方法を書いたら、検査の例外に理由を書いてください。",
        )
    })
}

/// 「十分である」 although a measure of the same risk is not taken.
fn enough_without(
    context: &Context<'_>,
    slot: Slot,
    node: &Node,
    label: &str,
    chosen: &[(Slot, &Node, &str)],
) -> Option<Diagnostic> {
    if !is_adequacy(node) || label == PROBLEM {
        return None;
    }
    let risk = context.form.sibling_slot(node.parent?, slot.entries);
    let missing: Vec<_> = chosen
        .iter()
        .filter(|(other, node, label)| {
            !is_adequacy(node) && context.form.is_negative(label) && context.form.contains(risk, *other)
        })
        .collect();
    let (_, first, first_label) = missing.first()?;
    let more = if missing.len() > 1 { format!("など {} 件", missing.len()) } else { String::new() };
    let message =
        format!("「{label}」とありますが、同じリスクの「{}」が「{first_label}」{more}です", first.label);
    let mut diagnostic = context
        .at_value(Code::ENOUGH_WITHOUT, slot, message)
        .help("実際に行っていることを確かめ、措置の答えか、この答えを直してください。どちらも正しいときは、それでも十分である理由を「その他の措置の内容」などに書いてください。");
    for (other, _, label) in missing.iter().take(MOST_RELATED) {
        diagnostic = context.with_item(diagnostic, *other, format!("ここでは「{label}」と書かれています"));
    }
    Some(diagnostic)
}

/// 重大事故 is asked of the agency as a whole, so that every file must say the same.
fn files_disagree(context: &Context<'_>) -> Option<Diagnostic> {
    let mut answers = context
        .places_of("incident", Entries::NONE)
        .into_iter()
        .filter_map(|slot| Some((slot, context.choice(slot)?)));
    let (first, answer) = answers.next()?;
    let (slot, other) = answers.find(|(_, other)| *other != answer)?;
    let message = format!("重大事故について、別のファイルでは「{answer}」、ここでは「{other}」とあります");
    let diagnostic = context
        .at_value(Code::INCIDENT_DIFFERS, slot, message)
        .help("評価実施機関全体についての問いです。全てのファイルで同じ答えにしてください。");
    Some(context.with_item(diagnostic, first, format!("ここでは「{answer}」と書かれています")))
}
