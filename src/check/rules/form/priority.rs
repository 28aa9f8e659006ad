//! 最も優先度が高いと考えられる対策: what is repeated must be what stands above.

use crate::check::Context;
use crate::diagnostic::{Code, Diagnostic};
use crate::form::{ItemName, Need, Slot};

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(repeated(context));
}

fn repeated(context: &Context<'_>) -> Option<Diagnostic> {
    let measure = context.sole("priority-measure")?;
    let copy = context.sole("priority-adequacy")?;
    let chosen = context.choice(measure)?;
    let number = position(context, measure)? + 1;
    let id = context.form.node(copy.node).same_as.get(&number.to_string())?;
    let copied = Slot::plain(context.form.by_id(id)?.ix);
    let node = context.form.node(copied.node);
    let name = ItemName::of(&node.reference, &node.label).line();
    let Some(answer) = context.choice(copied) else {
        // An item that is merely forgotten is found as such.
        if context.is_filled(copied) || !matches!(context.need(copied), Need::Blank(_)) {
            return None;
        }
        let message = format!("「{chosen}」を選んでいますが、その対策は当てはまらないとされています");
        let diagnostic = context
            .at_value(Code::PRIORITY, measure, message)
            .help(format!("「{name}」に答えるか、答えのある対策から選び直してください。"));
        let decisive = flags_beside(context, copied);
        return Some(decisive.into_iter().fold(diagnostic, |diagnostic, flag| {
            context.with_item(diagnostic, flag, "ここで当てはまらないとされています")
        }));
    };
    let repeated = context.choice(copy)?;
    // 教育・啓発 is answered with other words in the same order.
    if position(context, copied)? == position(context, copy)? {
        return None;
    }
    let message = format!("再掲の答えが、元の答え「{answer}」と違います（ここでは「{repeated}」）");
    let diagnostic = context
        .at_value(Code::PRIORITY, copy, message)
        .help(format!("「{name}」と同じ答えにそろえてください。"));
    Some(context.with_item(diagnostic, copied, format!("元の答えは「{answer}」です")))
}

/// The flags of the group of an item that are ticked.
fn flags_beside(context: &Context<'_>, slot: Slot) -> Vec<Slot> {
    let Some(parent) = context.form.node(slot.node).parent else { return Vec::new() };
    let children = context.form.children(context.form.node(parent));
    let slots = children.map(|child| context.form.sibling_slot(child.ix, slot.entries));
    let is_ticked = |s: &Slot| {
        context.form.node(s.node).kind == crate::form::Kind::Flag && context.flag(*s) == Some(true)
    };
    slots.filter(is_ticked).collect()
}

/// The position of the chosen option in its list.
fn position(context: &Context<'_>, slot: Slot) -> Option<usize> {
    let chosen = context.choice(slot)?;
    context.form.options(context.form.node(slot.node)).iter().position(|o| o.label == chosen)
}
