//! The version as a whole: its 公表日, its number and its しきい値判断 against those of the version before (PUB-02, PUB-07, NUM-03,
//! THR-14).

use super::Against;
use crate::assessment::{Answers, Value};
use crate::compare::{DifferenceKind, RowState};
use crate::diagnostic::{Code, Diagnostic};
use crate::form::{Slot, find_option, fold};

pub(super) fn check(against: &Against<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(published_earlier(against));
    found.extend(changed_after_publication(against));
    found.extend(number(against));
    found.extend(result(against));
}

/// 公表日 before that of the version before (PUB-02).
fn published_earlier(against: &Against<'_>) -> Option<Diagnostic> {
    let context = against.context;
    let (now, then) = (context.published()?, against.published_before()?);
    let slot = context.sole("published").filter(|_| now.is_before(then))?;
    let message = format!("公表日（{}）が、前の版の公表日（{}）より前です", now.wareki(), then.wareki());
    Some(
        context.at_value(Code::PUBLISHED_EARLIER, slot, message).help("この版を公表する日に改めてください。"),
    )
}

/// Something is another in a version that is public already (PUB-07).
fn changed_after_publication(against: &Against<'_>) -> Option<Diagnostic> {
    let context = against.context;
    let (now, then) = (context.published()?, against.published_before()?);
    let slot = context.sole("published").filter(|_| now == then)?;
    let what = what_changed(against);
    if what.is_empty() {
        return None;
    }
    let message = format!(
        "公表日が{}と同じですが、公表した内容から変わっています: {}",
        against.earlier.name,
        what.join("、")
    );
    Some(
        context
            .at_value(Code::CHANGED_AFTER_PUBLICATION, slot, message)
            .help("公表した版の内容は、公表日を改めずに変えることはできません。公表日を、この版を公表する日に改めてください。"),
    )
}

/// How much is another, in words.
fn what_changed(against: &Against<'_>) -> Vec<String> {
    let differences = &against.comparison.differences;
    let items = differences.iter().filter(|difference| {
        // Notation may differ without anybody having touched the text.
        let is_unread = against.slot_of(difference).is_some_and(|slot| against.is_unread(slot));
        difference.kind != DifferenceKind::Notation && !is_unread
    });
    let is_other = |row: &(usize, &RowState)| {
        let told = against.rows.get(row.0);
        let is_corrected = told.is_some_and(|told| told.row.change.judgement.correction.is_some());
        !matches!(row.1, RowState::Kept { .. }) && !is_corrected
    };
    let rows = against.ledger.rows.iter().enumerate().filter(is_other).count();
    let counts = [("項目", items.count()), ("変更箇所の行", rows + against.ledger.dropped.len())];
    counts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(name, count)| format!("{name} {count} 件"))
        .collect()
}

/// 評価書番号 is another (NUM-03).
fn number(against: &Against<'_>) -> Option<Diagnostic> {
    let context = against.context;
    let slot = context.sole("number")?;
    let now = context.text(slot)?.trim();
    let then = against.earlier.assessment.number.as_str();
    if fold(now) == fold(then) || then.is_empty() {
        return None;
    }
    let message = format!("評価書番号「{now}」が、{}の「{then}」と違います", against.earlier.name);
    Some(context.at_value(Code::NUMBER_CHANGED, slot, message).help(
        "公表済みの番号に戻してください。番号を改める事情があるなら、公表済みの版から続くことが分かるようにしてください。",
    ))
}

/// しきい値判断 demands more than it did (THR-14).
fn result(against: &Against<'_>) -> Option<Diagnostic> {
    let context = against.context;
    let slot = context.sole("threshold-result")?;
    let now = context.choice(slot)?;
    let then = chosen_before(against)?;
    // The options stand from the least to the most.
    let options = context.form.options(context.form.node(slot.node));
    let rank = |label: &str| {
        let option = find_option(options, label)?;
        options.iter().position(|other| std::ptr::eq(other, option))
    };
    if rank(now)? <= rank(then)? {
        return None;
    }
    let message =
        format!("しきい値判断の結果が、{}の「{then}」から「{now}」に上がりました", against.earlier.name);
    Some(context.at_value(Code::RESULT_ROSE, slot, message).help(
        "新しく義務付けられた評価を、速やかに行ってください。既に行ったのなら、その評価書をこの自治体のフォルダに置いてください。",
    ))
}

fn chosen_before<'a>(against: &'a Against<'_>) -> Option<&'a str> {
    let answers: &Answers = &against.earlier.assessment.answers;
    let slot = Slot::plain(answers.form().role("threshold-result")?.ix);
    match answers.get(slot)? {
        Value::Choice(label) => Some(label),
        _ => None,
    }
}
