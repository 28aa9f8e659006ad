//! Evaluates the conditions that stand in the catalogue.

use crate::assessment::Value;
use crate::check::Context;
use crate::diagnostic::Diagnostic;
use crate::form::{Slot, fold};
use crate::rules::{Clause, Rule, Test, catalogue};

/// How many places of one kind a finding shows besides its own.
const MOST_RELATED: usize = 3;

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for rule in catalogue().all() {
        for clause in rule.clauses.iter().filter(|c| applies(context, c)) {
            for slot in context.places_of(&clause.at, crate::form::Entries::NONE) {
                if clause.when.iter().all(|test| holds(context, test, slot) == Some(true)) {
                    found.push(finding(context, rule, clause, slot));
                }
            }
        }
    }
}

/// A clause speaks about a form only where all items that it names exist there.
fn applies(context: &Context<'_>, clause: &Clause) -> bool {
    let named = || clause.when.iter().flat_map(Test::roles).chain([clause.at.as_str()]);
    (clause.forms.is_empty() || clause.forms.iter().any(|f| f == context.kind()))
        && named().all(|role| context.form.role(role).is_some())
}

fn finding(context: &Context<'_>, rule: &'static Rule, clause: &Clause, slot: Slot) -> Diagnostic {
    let value = context.answers.get(slot).map(in_words).unwrap_or_default();
    let mut diagnostic = context.at_value(rule.code(), slot, clause.message.replace("{value}", &value));
    if let Some(severity) = clause.severity {
        diagnostic = diagnostic.weighing(severity);
    }
    diagnostic.expected.clone_from(&clause.expected);
    diagnostic.help.extend(clause.help.clone());
    for also in &clause.also {
        let places = context.places_of(&also.item, common(context, &also.item, slot));
        let kept = places.into_iter().filter(|place| {
            context.origins.contains_key(place)
                && also.when.as_ref().is_none_or(|test| holds(context, test, *place) == Some(true))
        });
        for place in kept.take(MOST_RELATED) {
            diagnostic = context.with_item(diagnostic, place, also.note.clone());
        }
    }
    diagnostic
}

/// The entries of a slot that an item shares: those of its file, and of the repeat where both are in the same one.
fn common(context: &Context<'_>, role: &str, slot: Slot) -> crate::form::Entries {
    let Some(node) = context.form.role(role) else { return slot.entries };
    let repeats =
        |ix| context.form.ancestry(ix).into_iter().filter(|n| n.repeat.is_some()).collect::<Vec<_>>();
    let (of_item, of_slot) = (repeats(node.ix), repeats(slot.node));
    let same = |(a, b): &(&&crate::form::Node, &&crate::form::Node)| {
        a.ix == b.ix || (a.is_per_file() && b.is_per_file())
    };
    let shared = of_item.iter().zip(&of_slot).take_while(same).count();
    slot.entries.truncate(shared)
}

fn in_words(value: &Value) -> String {
    match value {
        Value::Text(text) | Value::Unfit(text) => text.trim().to_owned(),
        Value::Choice(label) => label.clone(),
        Value::Date(date) => date.wareki(),
        Value::Count(count) => count.to_string(),
        Value::Checks(ticks) => ticks.iter().map(|t| t.label.as_str()).collect::<Vec<_>>().join("、"),
        Value::Flag(_) | Value::Figures(_) => String::new(),
    }
}

/// Whether a test holds beside a slot; none where an answer that it needs is missing.
fn holds(context: &Context<'_>, test: &Test, at: Slot) -> Option<bool> {
    let beside = |role: &str| {
        let node = context.form.role(role)?;
        Some(Slot { node: node.ix, entries: common(context, role, at) })
    };
    match test {
        Test::Is { item, is } => Some(context.choice(beside(item)?)? == is),
        Test::IsNot { item, is_not } => Some(context.choice(beside(item)?)? != is_not),
        Test::IsAny { item, is_any } => {
            let choice = context.choice(beside(item)?)?;
            Some(is_any.iter().any(|o| o == choice))
        }
        Test::Checked { item, checked } => context.ticked(beside(item)?, checked),
        Test::Unchecked { item, unchecked } => context.ticked(beside(item)?, unchecked).map(|ticked| !ticked),
        Test::CheckedBeside { item, checked_beside } => {
            let slot = beside(item)?;
            let node = context.form.node(slot.node);
            context.answers.get(slot)?;
            let others = context.form.boxes(node).iter().filter(|b| b.key != *checked_beside);
            let all: Vec<_> = others.map(|b| context.ticked(slot, &b.key)).collect();
            if all.contains(&Some(true)) { Some(true) } else { known(&all).map(|()| false) }
        }
        Test::Flag { item, flag } => Some(context.flag(beside(item)?)? == *flag),
        Test::Filled { item, filled } => {
            let slot = beside(item)?;
            let is_filled = context.is_filled(slot);
            // Something is written that could not be read.
            (is_filled || !context.reported.contains(&slot)).then_some(is_filled == *filled)
        }
        Test::Mentions { item, mentions } => Some(mentions_any(context, beside(item)?, mentions)?),
        Test::Omits { item, omits } => mentions_any(context, beside(item)?, omits).map(|any| !any),
        Test::HasEntries { has_entries } => {
            Some(!context.places_of(has_entries, common(context, has_entries, at)).is_empty())
        }
        Test::HasNoEntries { has_no_entries } => {
            Some(context.places_of(has_no_entries, common(context, has_no_entries, at)).is_empty())
        }
        Test::Earlier { earlier, than } => {
            Some(context.date(beside(earlier)?)?.is_before(context.date(beside(than)?)?))
        }
        Test::Context { context: name, is } => Some(context.fact(name)? == *is),
        Test::Some { some } => {
            let all = each(context, some, at);
            if all.contains(&Some(true)) { Some(true) } else { known(&all).map(|()| false) }
        }
        Test::Every { every } => {
            let all = each(context, every, at);
            if all.contains(&Some(false)) || all.is_empty() {
                Some(false)
            } else {
                known(&all).map(|()| true)
            }
        }
        Test::None { none } => {
            let all = each(context, none, at);
            if all.contains(&Some(true)) { Some(false) } else { known(&all).map(|()| true) }
        }
        Test::Any { any } => {
            let all: Vec<_> = any.iter().map(|t| holds(context, t, at)).collect();
            if all.contains(&Some(true)) { Some(true) } else { known(&all).map(|()| false) }
        }
        Test::All { all } => {
            let all: Vec<_> = all.iter().map(|t| holds(context, t, at)).collect();
            if all.contains(&Some(false)) { Some(false) } else { known(&all).map(|()| true) }
        }
    }
}

/// The answers of a test in every entry of its item that lies inside the entries of a slot.
fn each(context: &Context<'_>, test: &Test, at: Slot) -> Vec<Option<bool>> {
    let Some(role) = test.roles().first().copied() else { return Vec::new() };
    let places = context.places_of(role, common(context, role, at));
    places.into_iter().map(|place| holds(context, test, place)).collect()
}

fn known(all: &[Option<bool>]) -> Option<()> {
    all.iter().all(Option::is_some).then_some(())
}

fn mentions_any(context: &Context<'_>, slot: Slot, words: &[String]) -> Option<bool> {
    let text = fold(context.text(slot)?);
    Some(words.iter().any(|w| text.contains(&fold(w))))
}
