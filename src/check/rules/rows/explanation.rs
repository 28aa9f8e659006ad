//! 提出時期 and 提出時期に係る説明 of a row: whether they agree, and whether a reason is given.

use indexmap::IndexMap;

use super::classify::Class;
use super::{Told, quote, says_nothing};
use crate::check::Context;
use crate::check::changes::{AFTERWARDS, BEFOREHAND, Column, must_be_explained};
use crate::check::judgement::DECISION;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::form::fold;

/// How many rows with the same explanation a finding shows besides its own.
const MOST_RELATED: usize = 3;

pub(super) fn check(context: &Context<'_>, rows: &[Told<'_>], found: &mut Vec<Diagnostic>) {
    for told in rows {
        found.extend(empty(context, *told));
        found.extend(contradiction(context, *told));
        found.extend(beforehand(context, *told));
    }
    ditto(context, rows, found);
    unclear(context, rows, found);
}

/// Only a dash; a column without anything is found while the row is read.
fn empty(context: &Context<'_>, told: Told<'_>) -> Option<Diagnostic> {
    let change = told.row.change;
    let is_dash = !change.explanation.trim().is_empty() && says_nothing(context, &change.explanation);
    if !is_dash || !must_be_explained(context.form, change) {
        return None;
    }
    let message = format!(
        "重要な変更の対象（※）の項目を事後に提出していますが、説明が「{}」だけです",
        change.explanation.trim()
    );
    let diagnostic = context.at_row(Code::UNEXPLAINED_CHANGE, told.row, Column::Explanation, message);
    Some(diagnostic.help(crate::check::changes::HOW_TO_EXPLAIN))
}

/// What was decided, or what the explanation says, is one thing, and 提出時期 another one.
fn contradiction(context: &Context<'_>, told: Told<'_>) -> Option<Diagnostic> {
    // The row above says it, and has the finding.
    if told.is_ditto && !told.is_decided() {
        return None;
    }
    let timing = told.row.change.timing.as_str();
    // A decision for which there are other words in the explanation is told of by itself.
    let (code, help) = match (told.verdict(), told.class, timing) {
        (Class::Important, _, AFTERWARDS) if told.is_decided() => (
            Code::IMPORTANT_WITHOUT_SUBMISSION,
            "重要な変更は、変更の前に評価を再実施し、公表しなければなりません。提出時期と判断のどちらが事実かを確かめてください。緊急時の事後評価（規則第9条第2項）によるのなら、判断にそう書いてください。",
        ),
        (_, Class::Important, AFTERWARDS) => (
            Code::IMPORTANT_AFTERWARDS,
            "重要な変更は、変更の前に評価を再実施し、公表しなければなりません。提出時期と説明のどちらが事実かを確かめてください。緊急時の事後評価（規則第9条第2項）によるのなら、そう説明してください。",
        ),
        (Class::Emergency, _, BEFOREHAND) => (
            Code::EMERGENCY_BEFOREHAND,
            "緊急時の事後評価によるのなら、提出時期は「事後」です。変更の前に提出したのなら、説明や判断を直してください。",
        ),
        _ => return None,
    };
    let said = if told.is_decided() && code != Code::IMPORTANT_AFTERWARDS { "判断" } else { "説明" };
    let message = match code {
        Code::EMERGENCY_BEFOREHAND => {
            format!("{said}では緊急時の事後評価（規則第9条第2項）なのに、提出時期が「事前」です")
        }
        _ => format!("{said}では重要な変更に当たるのに、提出時期が「事後」です"),
    };
    let diagnostic = context.at_row(code, told.row, Column::Timing, message).help(help);
    Some(with_source(context, diagnostic, told, said))
}

/// Adds the place where it says what the change is.
fn with_source(context: &Context<'_>, diagnostic: Diagnostic, told: Told<'_>, said: &str) -> Diagnostic {
    let note = format!("{said}はここです");
    match said {
        "判断" => context.with_judged(diagnostic, told.row, DECISION, note),
        _ => context.with_row(diagnostic, told.row, Column::Explanation, note),
    }
}

/// Allowed, but never asked for.
fn beforehand(context: &Context<'_>, told: Told<'_>) -> Option<Diagnostic> {
    let is_repeated = told.is_ditto && !told.is_decided();
    if told.verdict() != Class::NotImportant || is_repeated || told.row.change.timing != BEFOREHAND {
        return None;
    }
    let said = if told.is_decided() { "判断" } else { "説明" };
    let message = format!("重要な変更に当たらないと{said}されていますが、提出時期が「事前」です");
    let diagnostic = context
        .at_row(Code::VOLUNTARILY_BEFOREHAND, told.row, Column::Timing, message)
        .help("変更の前に提出したのなら、このままでかまいません。変更の後に提出したのなら「事後」に直してください。");
    Some(with_source(context, diagnostic, told, said))
}

fn ditto(context: &Context<'_>, rows: &[Told<'_>], found: &mut Vec<Diagnostic>) {
    for told in rows.iter().filter(|told| told.is_ditto) {
        let explanation = told.row.change.explanation.trim();
        let message =
            format!("説明が「{explanation}」です。並べ替えや抜き出しをすると、何のことか分からなくなります");
        let mut diagnostic = context
            .at_row(Code::EXPLANATION_POINTS_ABOVE, told.row, Column::Explanation, message)
            .help("上の行と同じ説明でも、この行に書いてください。");
        if let Some(above) = told.meaning.explanation.map(|above| rows[above]) {
            let text = above.row.change.explanation.trim();
            if !text.contains('\n') {
                diagnostic = diagnostic.suggest(text);
            }
            diagnostic =
                context.with_row(diagnostic, above.row, Column::Explanation, "上の行の説明はここです");
        }
        found.push(diagnostic);
    }
}

/// One finding per wording: the rows of a version usually share it. In rows of earlier versions, which are published history,
/// it is only for information.
fn unclear(context: &Context<'_>, rows: &[Told<'_>], found: &mut Vec<Diagnostic>) {
    let newest = rows.iter().filter_map(|t| t.row.change.date).max();
    let mut by_wording: IndexMap<(bool, String), Vec<Told<'_>>> = IndexMap::new();
    for told in rows {
        let change = told.row.change;
        // What was decided to be important or an emergency needs no reason why it is not.
        let needs_reason = matches!(told.verdict(), Class::NotImportant | Class::Unclear);
        let is_unclear = needs_reason
            && told.class == Class::Unclear
            && !told.is_ditto
            && !says_nothing(context, &change.explanation)
            && must_be_explained(context.form, change);
        if is_unclear {
            let is_new = change.date.is_none() || change.date == newest;
            by_wording.entry((is_new, fold(&change.explanation))).or_default().push(*told);
        }
    }
    for ((is_new, _), rows) in by_wording {
        let Some((first, others)) = rows.split_first() else { continue };
        let more = match others.len() {
            0 => String::new(),
            count => format!("（同じ説明の行がほかに {count} 件）"),
        };
        let message = format!(
            "説明「{}」には、なぜ重要な変更でないのかが書かれていません{more}",
            quote(&first.row.change.explanation)
        );
        let mut diagnostic = context
            .at_row(Code::UNCLEAR_EXPLANATION, first.row, Column::Explanation, message)
            .help("重要な変更の対象（※）の項目です。なぜ重要な変更に当たらないか（形式的な変更である、リスクを明らかに軽減させる、など）を書いてください。");
        if !is_new {
            diagnostic = diagnostic.weighing(Severity::Info);
        }
        for other in others.iter().take(MOST_RELATED) {
            diagnostic = context.with_row(diagnostic, other.row, Column::Explanation, "同じ説明の行です");
        }
        found.push(diagnostic);
    }
}
