//! 見直しと再実施: what is due as of the day of the check, and 実施区分 against the rest (REV).

use super::{MOST_RELATED, with_published};
use crate::assessment::Occasion;
use crate::check::Context;
use crate::check::administration::{END_NOTIFIED, INCIDENT_DATE, KEY, LAST_CONDUCTED, LAST_REVIEW, OCCASION};
use crate::check::changes::Column;
use crate::check::judgement::DECISION;
use crate::check::rules::rows::{Class, verdict};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::due::{State, term};
use crate::wareki::CivilDate;

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let as_of = context.surroundings.as_of;
    // What has ended is kept for three years, and not reviewed.
    if !term::has_ended(context.administered.facts.ended, as_of) {
        found.extend(review_due(context));
        found.extend(repetition_due(context));
    }
    found.extend(conducted_date(context));
    found.extend(important_revision(context));
    found.extend(days_to_come(context));
}

/// What 管理情報 says has happened cannot lie in the future, nor the last assessment after the version at hand (REV-07).
fn days_to_come(context: &Context<'_>) -> Vec<Diagnostic> {
    let facts = &context.administered.facts;
    let as_of = context.surroundings.as_of;
    let happened = [
        (LAST_REVIEW, facts.last_review),
        (END_NOTIFIED, facts.end_notified),
        (INCIDENT_DATE, facts.incident_date),
    ];
    let mut found = Vec::new();
    for (name, day) in happened {
        if let Some(day) = day.filter(|day| as_of.is_before(*day)) {
            let message =
                format!("「{name}」（{}）が、検査の日（{}）より後です", day.wareki(), as_of.wareki());
            let help = "済んだことの日付を書く欄です。予定の日なら、済んでから書いてください。";
            found.push(context.at_fact(Code::DAY_TO_COME, name, message).help(help));
        }
    }
    // With an 実施区分, REV-03 says more.
    let dates = facts.last_conducted.zip(context.published()).filter(|_| facts.occasion.is_none());
    if let Some((day, published)) = dates.filter(|(day, published)| published.is_before(*day)) {
        let name = LAST_CONDUCTED;
        let message = format!("「{name}」（{}）が、公表日（{}）より後です", day.wareki(), published.wareki());
        let help = "この版までに行った最も新しい実施（再実施）の公表日を書いてください。";
        found.push(with_published(context, context.at_fact(Code::DAY_TO_COME, name, message).help(help)));
    }
    found
}

/// 見直し at least once a year (REV-01).
fn review_due(context: &Context<'_>) -> Option<Diagnostic> {
    let (published, as_of) = (context.published()?, context.surroundings.as_of);
    let term = term::review(published, context.administered.facts.last_review, as_of)?;
    if term.state == State::Later {
        return None;
    }
    let is_due = term.state == State::Overdue;
    let reviewed = Some(term.base).filter(|day| *day != published);
    let days = term.base.days_until(as_of)?;
    let event = if reviewed.is_some() { "直近の見直し" } else { "公表日" };
    let (day, anniversary) = (term.base.wareki(), term.limit.wareki());
    let message = match (is_due, reviewed) {
        (true, None) => format!("公表日（{day}）から1年を過ぎましたが、その後の見直しが記録されていません"),
        (true, Some(_)) => format!("直近の見直し（{day}）から1年を過ぎました"),
        (false, _) => format!("{event}（{day}）から{days}日がたちました。{anniversary}で1年になります"),
    };
    let place = |message: String| match reviewed {
        Some(_) => Some(context.at_fact(Code::REVIEW_DUE, LAST_REVIEW, message)),
        None => Some(context.at_value(Code::REVIEW_DUE, context.sole("published")?, message)),
    };
    let record =
        format!("「{KEY}:」の下に「{LAST_REVIEW}: 令和○年○月○日」のように、見直した日を書いてください。");
    let diagnostic = place(message)?;
    if !is_due {
        return Some(diagnostic.weighing(Severity::Info).help(format!(
            "少なくとも1年ごとに見直すよう努めることになっています。見直して変更がなければ、{record}"
        )));
    }
    let diagnostic = diagnostic
        .help(format!("見直しが済んでいれば、{record}"))
        .help("まだなら、記載が今の取扱いと合っているかを見直してください。変更がなければ、見直した日を記録するだけで足ります。");
    Some(match reviewed {
        Some(_) => diagnostic,
        None => diagnostic.help("これより新しい版を公表しているなら、その版の内容に改めてください。"),
    })
}

/// 再実施 before five years have passed (REV-02).
fn repetition_due(context: &Context<'_>) -> Option<Diagnostic> {
    let (facts, as_of) = (&context.administered.facts, context.surroundings.as_of);
    let base = term::last_conducted(facts.occasion, facts.last_conducted, context.published())?;
    let term = term::repetition(base, as_of).filter(|term| term.state != State::Later)?;
    let (limit, left) = (term.limit, as_of.days_until(term.limit)?);
    let message = if left > 0 {
        format!(
            "直近の実施の公表（{}）から5年を経過する日（{}）まで、あと{left}日です",
            base.wareki(),
            limit.wareki()
        )
    } else {
        format!("直近の実施の公表（{}）から5年（{}）が経過しています", base.wareki(), limit.wareki())
    };
    let diagnostic = match facts.last_conducted {
        Some(_) => context.at_fact(Code::REPETITION_DUE, LAST_CONDUCTED, message),
        None => context.at_value(Code::REPETITION_DUE, context.sole("published")?, message),
    };
    Some(
        diagnostic
            .help("5年を経過する前に再実施するよう努めることになっています。しきい値判断から行う評価の再実施を計画してください。")
            .help(format!("その後に再実施しているなら、{KEY}の「{LAST_CONDUCTED}」を改めてください。修正の公表では、5年の起算日は動きません。")),
    )
}

/// 直近の実施の公表日 against 実施区分 and 公表日 (REV-03).
fn conducted_date(context: &Context<'_>) -> Option<Diagnostic> {
    let facts = &context.administered.facts;
    let (occasion, conducted, published) = (facts.occasion?, facts.last_conducted?, context.published()?);
    let [day, of_version] = [conducted, published].map(|day: CivilDate| day.wareki());
    let (message, help) = match occasion {
        Occasion::Revision if !conducted.is_before(published) => {
            let how = if conducted == published { "と同じです" } else { "より後です" };
            (
                format!(
                    "実施区分は「修正」ですが、{LAST_CONDUCTED}（{day}）が、この版の公表日（{of_version}）{how}"
                ),
                format!(
                    "「{LAST_CONDUCTED}」には、この修正より前の、新規実施か再実施の公表日を書いてください。修正は5年の起算日を動かしません。"
                ),
            )
        }
        Occasion::First | Occasion::Again if conducted != published => (
            format!(
                "実施区分は「{}」ですが、{LAST_CONDUCTED}（{day}）がこの版の公表日（{of_version}）と違います",
                occasion.label()
            ),
            format!(
                "この版が{}なら、{LAST_CONDUCTED}はこの版の公表日です。5年の起算日になります。",
                occasion.label()
            ),
        ),
        _ => return None,
    };
    let diagnostic = context.at_fact(Code::CONDUCTED_DATE, LAST_CONDUCTED, message).help(help);
    let diagnostic = context.with_fact(diagnostic, OCCASION, format!("ここでは「{}」です", occasion.label()));
    Some(with_published(context, diagnostic))
}

/// 修正 with a row of this version that is a 重要な変更 (REV-04).
fn important_revision(context: &Context<'_>) -> Option<Diagnostic> {
    // 基礎項目評価書 knows no 重要な変更.
    context.form.head.important_mark.as_ref()?;
    let published = context.published()?;
    if context.administered.facts.occasion != Some(Occasion::Revision) {
        return None;
    }
    let rows: Vec<_> = context
        .rows()
        .filter(|row| row.change.date == Some(published) && verdict(row.change) == Class::Important)
        .collect();
    if rows.is_empty() {
        return None;
    }
    let message =
        format!("実施区分は「修正」ですが、この版の変更箇所に重要な変更が {} 件あります", rows.len());
    let mut diagnostic = context.at_fact(Code::IMPORTANT_REVISION, OCCASION, message).help(
        "重要な変更を含む版は、修正ではなく再実施です。「再実施」に改めるか、変更箇所の説明を確かめてください。",
    );
    for row in rows.into_iter().take(MOST_RELATED) {
        let note = "ここでは重要な変更とされています";
        diagnostic = match row.change.judgement.decision {
            Some(_) => context.with_judged(diagnostic, row, DECISION, note),
            None => context.with_row(diagnostic, row, Column::Explanation, note),
        };
    }
    Some(diagnostic)
}
