//! 意見聴取と第三者点検: what the texts about them say (HEAR, TPR).

use std::ops::Range;

use super::MOST_RELATED;
use crate::check::Context;
use crate::diagnostic::{Code, Diagnostic};
use crate::form::{Need, SHORTEST_HEARING, Slot, fold};
use crate::wareki::{self, Warning};

/// The texts of the procedure that hold dates.
const DATED: [&str; 5] =
    ["hearing-method", "hearing-period", "review-date", "review-method", "review-result"];
/// The texts about the review, which is over when the document is published.
const REVIEW: [&str; 3] = ["review-date", "review-method", "review-result"];
/// The texts about the hearing to which 「なし」 is no answer. That there were no opinions is one.
const HEARING: [&str; 2] = ["hearing-method", "hearing-period"];
/// What belongs together where it is voluntary.
const TOGETHER: [&[&str]; 2] = [&["hearing-method", "hearing-period", "opinions"], &REVIEW];

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(nothing(context, Code::NO_HEARING, "意見の聴取", &HEARING));
    found.extend(nothing(context, Code::NO_REVIEW, "第三者点検", &REVIEW));
    found.extend(short_for_no_reason(context));
    found.extend(exactly_thirty(context));
    found.extend(unreadable_period(context));
    stated_days(context, found);
    weekdays(context, found);
    found.extend(still_planned(context));
    // Only where the whole is voluntary may parts be missing.
    if context.kind() == "juten" {
        found.extend(TOGETHER.iter().filter_map(|roles| only_partly(context, roles)));
    }
}

/// 「―」 or 「なし」 for something that must be done (HEAR-01, TPR-01). An item that is empty is named by the rule about presence.
fn nothing(context: &Context<'_>, code: Code, name: &str, roles: &[&str]) -> Option<Diagnostic> {
    let mut told = roles
        .iter()
        .filter_map(|role| context.sole(role))
        .filter(|slot| context.need(*slot) == Need::Required && denied(context, *slot).is_some());
    let first = told.next()?;
    let message = format!("「{}」とありますが、全項目評価では{name}を省けません", denied(context, first)?);
    let diagnostic = context
        .at_value(code, first, message)
        .help(format!("行った{name}について書いてください。公表の前に行っておくことです。"));
    Some(told.fold(diagnostic, |d, slot| context.with_item(d, slot, "ここも同じです")))
}

/// What is written for "nothing".
fn denied<'c>(context: &'c Context<'_>, slot: Slot) -> Option<&'c str> {
    context.text(slot).map(str::trim).filter(|text| context.form.is_not_applicable(text))
}

/// 「―」 as the reason for a hearing that is too short (HEAR-02).
fn short_for_no_reason(context: &Context<'_>) -> Option<Diagnostic> {
    let slot = context.sole("shortening-reason")?;
    let reason = denied(context, slot)?;
    let periods = context.sole("hearing-period")?;
    let newest = wareki::periods(context.text(periods)?)?.into_iter().max_by_key(|period| period.to)?;
    let days = newest.days().filter(|days| *days < SHORTEST_HEARING)?;
    let message = format!("意見聴取の期間は{days}日間ですが、短縮の理由が「{reason}」とあります");
    let diagnostic = context
        .at_value(Code::SHORT_HEARING, slot, message)
        .help("30日に満たないときは、短縮した特段の理由を書いてください。");
    Some(context.with_item(diagnostic, periods, "意見聴取の期間"))
}

/// A period of which nothing can be counted, so that no rule can say whether it was long enough (HEAR-10).
fn unreadable_period(context: &Context<'_>) -> Option<Diagnostic> {
    context.form.role("shortening-reason")?;
    let slot = context.sole("hearing-period")?;
    let text = context.text(slot).filter(|text| !context.form.is_not_applicable(text))?;
    if wareki::periods(text).is_some_and(|periods| periods.iter().any(|p| p.days().is_some())) {
        return None;
    }
    let message = "意見聴取の始まりと終わりの日が読み取れません。30日以上かどうかを確かめられません";
    let help = "「令和6年12月2日から令和7年1月10日まで」のように、何日から何日までかを書いてください。";
    Some(context.at_value(Code::HEARING_UNREADABLE, slot, message).help(help))
}

/// The newest hearing has exactly 30 days, which some count as 29 (HEAR-03).
fn exactly_thirty(context: &Context<'_>) -> Option<Diagnostic> {
    // The 30 days bind only where a shorter hearing must be justified.
    context.form.role("shortening-reason")?;
    let slot = context.sole("hearing-period")?;
    let periods = wareki::periods(context.text(slot)?)?;
    let newest = periods.into_iter().max_by_key(|period| period.to)?;
    if newest.days() != Some(SHORTEST_HEARING) {
        return None;
    }
    let message =
        "意見聴取の期間は、初日を入れてちょうど30日間です。初日を入れない数え方では29日間になります";
    let help = "直す必要はありません。次に行うときは、余裕のある期間にすると疑問を招きません。";
    Some(context.within(Code::HEARING_EXACT, slot, newest.range, message).help(help))
}

/// 「（30日間）」 beside a period that has another number of days (HEAR-04).
fn stated_days(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(slot) = context.sole("hearing-period") else { return };
    let Some(text) = context.text(slot) else { return };
    let periods = wareki::periods(text).unwrap_or_default();
    for (at, period) in periods.iter().enumerate() {
        let end = periods.get(at + 1).map_or(text.len(), |next| next.range.start);
        let Some(days) = period.days() else { continue };
        let Some((range, stated)) = days_after(text, period.range.end..end) else { continue };
        if stated == days || stated == days - 1 {
            continue;
        }
        let message = format!(
            "{}から{}までは、初日を入れて{days}日間です。「{}」と合いません",
            period.from.wareki(),
            period.to.wareki(),
            &text[range.clone()]
        );
        let diagnostic = context
            .within(Code::HEARING_DAYS, slot, range, message)
            .expected(format!("{days}日間（初日を入れない数え方では{}日間）", days - 1))
            .help("日付と日数のどちらが正しいかを確かめてください。");
        found.push(diagnostic);
    }
}

/// The number of days in the parenthesis that follows a period on the same line, with the place of the wording.
fn days_after(text: &str, within: Range<usize>) -> Option<(Range<usize>, i32)> {
    const LONGEST_NUMBER: usize = 4;
    const UNIT: &str = "日間";
    let rest = text.get(within.clone())?.lines().next()?;
    let open = rest.find(['（', '('])?;
    // Between the period and its parenthesis stands at most 「まで」.
    if !matches!(rest[..open].trim(), "" | "まで") {
        return None;
    }
    let inside = rest[open..].trim_start_matches(['（', '(']);
    let from = rest.len() - inside.len();
    let end = inside.find(UNIT)?;
    let number = fold(&inside[..end]);
    let is_number =
        !number.is_empty() && number.len() <= LONGEST_NUMBER && number.bytes().all(|b| b.is_ascii_digit());
    let number = is_number.then(|| number.parse().ok()).flatten()?;
    let start = within.start + from;
    Some((start..start + end + UNIT.len(), number))
}

/// 曜日 that does not go with its date (HEAR-06).
fn weekdays(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for slot in DATED.into_iter().filter_map(|role| context.sole(role)) {
        let Some(text) = context.text(slot) else { continue };
        for (range, parsed) in wareki::find_all(text) {
            let wrong = parsed.warnings.iter().find_map(|warning| match warning {
                Warning::Weekday { written, actual } => Some((*written, *actual)),
                _ => None,
            });
            let Some((written, actual)) = wrong else { continue };
            let message = format!("{}は{actual}曜日ですが、「{written}」とあります", parsed.date.wareki());
            let diagnostic = context
                .within(Code::WEEKDAY, slot, range, message)
                .help("日付と曜日のどちらが正しいかを確かめてください。");
            found.push(diagnostic);
        }
    }
}

/// 「実施予定」 in a document that is published (TPR-03).
fn still_planned(context: &Context<'_>) -> Option<Diagnostic> {
    let mut places = REVIEW
        .into_iter()
        .filter_map(|role| context.sole(role))
        .filter_map(|slot| Some((slot, plan(context.text(slot)?)?)));
    let (slot, range) = places.next()?;
    let wording = context.text(slot)?.get(range.clone())?;
    let message = format!("第三者点検が、これからのこととして「{wording}」と書かれています");
    let mut diagnostic = context
        .within(Code::STILL_PLANNED, slot, range, message)
        .help("公表するときには点検は終わっています。実際に行った方法や結果に書き改めてください。");
    for (slot, _) in places.take(MOST_RELATED) {
        diagnostic = context.with_item(diagnostic, slot, "ここにも「予定」とあります");
    }
    Some(diagnostic)
}

/// The wording that tells of a plan: 予定 after something that is done in a review, and not 予定どおり. A text that also tells what
/// was done may look further ahead, but not to the review itself: 「諮問した。答申を受ける予定である。」
fn plan(text: &str) -> Option<Range<usize>> {
    const PLAN: &str = "予定";
    const TOLD: [&str; 4] = ["した", "受けた", "行った", "得た"];
    const DONE: [&str; 12] =
        ["実施", "点検", "開催", "諮問", "審議", "審査", "答申", "聴取", "行う", "受ける", "諮る", "付議"];
    const PAST: [&str; 5] = ["どおり", "通り", "していた", "されていた", "だった"];
    let is_told = TOLD.iter().any(|told| text.contains(told));
    text.match_indices(PLAN).find_map(|(at, _)| {
        let end = at + PLAN.len();
        if PAST.iter().any(|past| text[end..].starts_with(past)) {
            return None;
        }
        let before = text[..at].trim_end_matches('を').trim_end_matches("する");
        let done = DONE.iter().find(|word| before.ends_with(**word))?;
        let start = before.len() - done.len();
        (!is_told || is_this_review(text, start, done)).then_some(start..end)
    })
}

/// Whether a plan beside what was done is about the review, and not about the next one or about what comes of it.
fn is_this_review(text: &str, start: usize, done: &str) -> bool {
    const REVIEWED: [&str; 5] = ["点検", "諮問", "審議", "審査", "答申"];
    const TOLD: [&str; 3] = ["した", "行った", "得た"];
    const LATER: [&str; 16] = [
        "来年",
        "翌年",
        "次年",
        "次回",
        "今後",
        "毎年",
        "以降",
        "引き続き",
        "改めて",
        "定期",
        "再度",
        "再び",
        "見直し",
        "年度",
        "今回",
        "自己点検",
    ];
    let from = text[..start].rfind(['。', '\n']).map_or(0, |at| at);
    let sentence = &text[from..start];
    let object = sentence.trim_end_matches(['を', 'に']).trim_end_matches(['会', '者']);
    let is_reviewed = |words: &str| REVIEWED.iter().any(|word| words.ends_with(word));
    (is_reviewed(done) || is_reviewed(object))
        && !LATER.iter().chain(&TOLD).any(|word| sentence.contains(word))
        && !format!("{sentence}{done}").contains("自己点検")
}

/// A voluntary hearing or review of which a part is told and another part is blank (HEAR-08).
fn only_partly(context: &Context<'_>, roles: &[&str]) -> Option<Diagnostic> {
    let slots: Vec<Slot> = roles.iter().filter_map(|role| context.sole(role)).collect();
    let told = *slots.iter().find(|slot| context.is_filled(**slot))?;
    let is_blank = |slot: &&Slot| {
        context.answers.get(**slot).is_none_or(crate::assessment::Value::is_empty)
            && !context.is_excused(**slot)
    };
    let blank: Vec<Slot> = slots.iter().filter(is_blank).copied().collect();
    let first = *blank.first()?;
    let name = |slot: &Slot| format!("「{}」", context.form.node(slot.node).label);
    let names = blank.iter().map(name).collect::<String>();
    let message = format!("任意の項目の一部だけが書かれています。{names}がありません");
    let diagnostic = context.finding(Code::HEARING_PARTLY, first, message).help(
        "行ったのなら、方法、日付、結果などを全部書いてください。行っていないなら、全部を空にしてください。",
    );
    Some(context.with_item(diagnostic, told, "ここには記載があります"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(text: &str) -> Option<(&str, i32)> {
        let period = wareki::periods(text)?.into_iter().next()?;
        let (range, number) = days_after(text, period.range.end..text.len())?;
        Some((&text[range], number))
    }

    #[test]
    fn a_stated_number_of_days_is_found() {
        let period = "令和5年2月1日（水）から令和5年2月28日（火）";
        assert_eq!(days(&format!("{period}まで（28日間）")), Some(("28日間", 28)));
        assert_eq!(days(&format!("{period}（２８日間、郵送は消印有効）")), Some(("２８日間", 28)));
        assert_eq!(days(&format!("{period} (28 日間)")), Some(("28 日間", 28)));
        for rest in [
            "まで",
            "まで（延べ20日間）",
            "まで\n（28日間）",
            "まで意見を募り（3日間延長）",
            "（日間）",
            "（",
        ] {
            assert_eq!(days(&format!("{period}{rest}")), None, "{rest}");
        }
    }

    #[test]
    fn a_plan_is_told_from_what_went_as_planned() {
        let found = |text: &'static str| plan(text).map(|range| &text[range]);
        assert_eq!(found("審議会により実施予定"), Some("実施予定"));
        assert_eq!(found("審議会の点検を受ける予定である。"), Some("受ける予定"));
        assert_eq!(found("令和9年3月に審議会を開催する予定"), Some("開催する予定"));
        assert_eq!(found("点検を予定している。"), Some("点検を予定"));
        assert_eq!(found("8月にも実施予定。"), Some("実施予定"));
        assert_eq!(found("審議会に諮問した。8月に答申を受ける予定である。"), Some("受ける予定"));
        assert_eq!(found("意見聴取を行った。審議会を開催する予定である。"), Some("開催する予定"));
        for text in [
            "予定どおり実施した。",
            "実施予定どおりに終えた。",
            "予定価格の妥当性",
            "導入予定の対策は妥当である。",
            "審議会が点検した。来年度も点検を予定している。",
            "点検を受けた。指摘のあった対策は、8月にも実施予定である。",
            "妥当であるとの答申を受けた。答申の意見に沿った対策を行う予定である。",
            "審議会の答申を受け、自己点検を行う予定とした。",
            "審議会の点検を受けた。\n1年後に、改めて点検を受ける予定である。",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
