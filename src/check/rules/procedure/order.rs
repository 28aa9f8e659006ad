//! The order of the procedure: 意見聴取, 第三者点検, 公表 (HEAR-07, TPR-06).

use std::ops::Range;

use super::{MOST_RELATED, with_published};
use crate::check::Context;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::form::Slot;
use crate::wareki::{self, CivilDate, Precision};

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let hearings = Told::hearings(context);
    let reviews = Told::reviews(context);
    if let (Some(hearings), Some(reviews)) = (&hearings, &reviews) {
        pairs(context, hearings, reviews, found);
        found.extend(numbers(context, hearings, reviews));
    }
    if let Some(hearings) = &hearings {
        backwards(context, hearings, found);
    }
    found.extend(after_publication(context, hearings.as_ref(), reviews.as_ref()));
}

/// Something that happened, as a text tells it.
struct Event {
    from: CivilDate,
    to: CivilDate,
    range: Range<usize>,
}

/// What the text of an item tells, oldest first. Never empty.
struct Told {
    slot: Slot,
    events: Vec<Event>,
}

impl Told {
    fn hearings(context: &Context<'_>) -> Option<Self> {
        let slot = context.sole("hearing-period")?;
        Self::new(slot, periods(context.text(slot)?)?)
    }

    fn reviews(context: &Context<'_>) -> Option<Self> {
        let slot = context.sole("review-date")?;
        let text = context.text(slot)?;
        let single = || {
            let dates = wareki::find_all(text).into_iter();
            dates.map(|(range, day)| Event { from: day.date, to: day.date, range }).collect()
        };
        Self::new(slot, periods(text).unwrap_or_else(single))
    }

    fn new(slot: Slot, mut events: Vec<Event>) -> Option<Self> {
        events.sort_by_key(|event| event.to);
        (!events.is_empty()).then_some(Self { slot, events })
    }

    fn newest(&self) -> &Event {
        &self.events[self.events.len() - 1]
    }
}

fn periods(text: &str) -> Option<Vec<Event>> {
    let event = |p: wareki::Period| Event { from: p.from, to: p.to, range: p.range };
    Some(wareki::periods(text)?.into_iter().map(event).collect())
}

/// The review comes after the hearing. Several are paired by their order; only the newest pair is about this version.
fn pairs(context: &Context<'_>, hearings: &Told, reviews: &Told, found: &mut Vec<Diagnostic>) {
    if hearings.events.len() != reviews.events.len() {
        let pair = out_of_order(context, hearings, hearings.newest(), reviews, reviews.newest());
        found.extend(pair.map(|finding| finding.weighing(Severity::Warning)));
        return;
    }
    let newest = hearings.events.len() - 1;
    for (at, (hearing, review)) in hearings.events.iter().zip(&reviews.events).enumerate() {
        let Some(finding) = out_of_order(context, hearings, hearing, reviews, review) else { continue };
        found.push(if at < newest { finding.weighing(Severity::Warning) } else { finding });
    }
}

fn out_of_order(
    context: &Context<'_>,
    hearings: &Told,
    hearing: &Event,
    reviews: &Told,
    review: &Event,
) -> Option<Diagnostic> {
    let same_day = review.to == hearing.to && review.to.precision() == Precision::Day;
    if !review.to.is_before(hearing.to) && !same_day {
        return None;
    }
    let how = if same_day { "同じ日です" } else { "前です" };
    let than = if same_day { "と" } else { "より" };
    let message = format!(
        "第三者点検の実施日（{}）が、意見聴取の終わり（{}）{than}{how}",
        review.to.wareki(),
        hearing.to.wareki()
    );
    let diagnostic = context
        .within(Code::ORDER, reviews.slot, review.range.clone(), message)
        .help("第三者点検は、意見を踏まえて評価書を見直した後に受けます。どちらの日付が正しいかを確かめてください。");
    let diagnostic = context.with_item(diagnostic, hearings.slot, "意見聴取の期間");
    Some(if same_day || is_voluntary(context) { diagnostic.weighing(Severity::Warning) } else { diagnostic })
}

/// The order binds where the procedure is a duty.
fn is_voluntary(context: &Context<'_>) -> bool {
    context.kind() != "zenkomoku"
}

/// A period that ends before it begins.
fn backwards(context: &Context<'_>, hearings: &Told, found: &mut Vec<Diagnostic>) {
    for event in hearings.events.iter().filter(|event| event.to.is_before(event.from)) {
        let message = format!(
            "意見聴取の終わり（{}）が、始まり（{}）より前です",
            event.to.wareki(),
            event.from.wareki()
        );
        let diagnostic = context
            .within(Code::ORDER, hearings.slot, event.range.clone(), message)
            .help("年や月の書き誤りがないかを確かめてください。");
        found.push(diagnostic);
    }
}

/// What must have happened by 公表日. Where several things lie later, 公表日 is the likely slip.
fn after_publication(
    context: &Context<'_>,
    hearings: Option<&Told>,
    reviews: Option<&Told>,
) -> Option<Diagnostic> {
    let published = context.published()?;
    let mut later: Vec<(&str, Slot, Option<Range<usize>>, CivilDate)> = Vec::new();
    if let Some(slot) = context.sole("basic-date") {
        later.extend(context.date(slot).map(|day| ("基礎項目評価の実施日", slot, None, day)));
    }
    for (name, told) in [("意見聴取の終わり", hearings), ("第三者点検の実施日", reviews)] {
        let newest = told.map(|told| (told.slot, told.newest()));
        later.extend(newest.map(|(slot, event)| (name, slot, Some(event.range.clone()), event.to)));
    }
    later.retain(|(_, _, _, day)| published.is_before(*day));
    let published_text = published.wareki();
    let diagnostic = match later.as_slice() {
        [] => return None,
        [(name, slot, range, day)] => {
            let message = format!("{name}（{}）が、公表日（{published_text}）より後です", day.wareki());
            let diagnostic = match range {
                Some(range) => context.within(Code::ORDER, *slot, range.clone(), message),
                None => context.at_value(Code::ORDER, *slot, message),
            };
            with_published(context, diagnostic)
        }
        several => {
            let names: Vec<_> =
                several.iter().map(|(name, _, _, day)| format!("{name}（{}）", day.wareki())).collect();
            let message = format!("公表日（{published_text}）より後の日付があります: {}", names.join("、"));
            let diagnostic = context.at_value(Code::ORDER, context.sole("published")?, message);
            several
                .iter()
                .take(MOST_RELATED)
                .fold(diagnostic, |d, (name, slot, ..)| context.with_item(d, *slot, *name))
        }
    };
    let diagnostic =
        diagnostic.help("公表日までに終わっていることです。どちらの日付が正しいかを確かめてください。");
    Some(
        if is_voluntary(context)
            && later.iter().all(|(_, slot, ..)| Some(*slot) != context.sole("basic-date"))
        {
            diagnostic.weighing(Severity::Warning)
        } else {
            diagnostic
        },
    )
}

/// Several hearings, and another number of reviews (TPR-06). One hearing with several sittings is common.
fn numbers(context: &Context<'_>, hearings: &Told, reviews: &Told) -> Option<Diagnostic> {
    let (heard, reviewed) = (hearings.events.len(), reviews.events.len());
    if heard < 2 || heard == reviewed {
        return None;
    }
    let message = format!("意見聴取の期間は {heard} 件ありますが、第三者点検の実施日は {reviewed} 件です");
    let diagnostic = context
        .at_value(Code::REVIEW_NUMBER, reviews.slot, message)
        .help("それぞれの意見聴取の後に点検を受けたことが読み取れるかを確かめてください。1回にまとめて点検を受けたのなら、直す必要はありません。");
    Some(context.with_item(diagnostic, hearings.slot, "意見聴取の期間"))
}
