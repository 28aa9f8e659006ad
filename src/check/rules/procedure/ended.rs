//! A 事務 that has ended (PUB).

use crate::check::Context;
use crate::check::administration::{END_NOTIFIED, ENDED, KEY};
use crate::diagnostic::{Code, Diagnostic};
use crate::due::term::has_ended;
use crate::wareki::{self, CivilDate};

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let facts = &context.administered.facts;
    let as_of = context.surroundings.as_of;
    let Some(ended) = facts.ended.filter(|day| has_ended(Some(*day), as_of)) else { return };
    found.extend(title(context, ended));
    if facts.end_notified.is_none() {
        let message =
            format!("事務が終了（{}）していますが、委員会への通知が記録されていません", ended.wareki());
        let help = format!(
            "個人情報保護委員会に通知したら、「{KEY}」の「{END_NOTIFIED}」に、その日を書いてください。"
        );
        found.push(context.at_fact(Code::END_NOT_NOTIFIED, ENDED, message).help(help));
    }
}

/// 評価書名 ends with 【令和…日 終了】 (PUB-03).
fn title(context: &Context<'_>, ended: CivilDate) -> Option<Diagnostic> {
    let slot = context.sole("title")?;
    let title = context.text(slot)?.trim();
    let mark = format!("【{} 終了】", ended.wareki());
    let message = match end_of(title) {
        Some(day) if day == ended => return None,
        Some(day) => format!(
            "評価書名では{}に終了したとありますが、管理情報の事務の終了日は{}です",
            day.wareki(),
            ended.wareki()
        ),
        None => format!("事務が{}に終了していますが、評価書名に終了日がありません", ended.wareki()),
    };
    let help = format!("評価書名の後に「{mark}」と書いてください。終わってからも3年以上は公表を続けます。");
    let diagnostic =
        context.at_value(Code::TITLE_OF_ENDED, slot, message).expected(format!("…{mark}")).help(help);
    Some(context.with_fact(diagnostic, ENDED, "管理情報の事務の終了日"))
}

/// The day in the 【… 終了】 at the end of a title.
fn end_of(title: &str) -> Option<CivilDate> {
    let inside = title.strip_suffix(['】', '］', ']', '〕'])?.trim_end();
    let (_, inside) = inside.strip_suffix("終了")?.rsplit_once(['【', '［', '[', '〔'])?;
    wareki::parse(inside).ok().map(|parsed| parsed.date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_stands_at_the_end_of_the_title() {
        let day = |title| end_of(title).map(|d| d.iso());
        assert_eq!(day("住民税 全項目評価書【令和8年3月31日 終了】").as_deref(), Some("2026-03-31"));
        assert_eq!(day("住民税【令和８年３月３１日終了】").as_deref(), Some("2026-03-31"));
        assert_eq!(day("住民税【終了】"), None);
        assert_eq!(day("住民税 全項目評価書"), None);
        assert_eq!(day("終了】"), None);
    }
}
