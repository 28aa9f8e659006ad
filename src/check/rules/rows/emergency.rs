//! 緊急時の事後評価 (規則第9条第2項): what else the document must say where a row invokes it.

use super::Told;
use super::classify::Class;
use super::words::words;
use crate::check::Context;
use crate::check::changes::{AFTERWARDS, Column};
use crate::diagnostic::{Code, Diagnostic};
use crate::form::fold;
use crate::wareki::{CivilDate, periods};

pub(super) fn check(context: &Context<'_>, rows: &[Told<'_>], found: &mut Vec<Diagnostic>) {
    found.extend(not_ticked(context, rows));
    found.extend(no_hearing(context, rows));
}

/// Whether an explanation names something that happened or leads to something, beyond citing the article.
pub(in crate::check) fn gives_reason(explanation: &str) -> bool {
    let text = without_citation(explanation);
    words().emergency_reason.is_match(&text) || words().emergency_event.is_match(&text)
}

/// Whether a text that may be about anything speaks of what happened.
pub(in crate::check) fn names_event(text: &str) -> bool {
    words().emergency_event.is_match(&without_citation(text))
}

fn without_citation(text: &str) -> String {
    words().emergency_citation.replace_all(&fold(text), "").into_owned()
}

/// The rows that invoke it, with their dates.
fn invoking<'c>(rows: &[Told<'c>]) -> impl Iterator<Item = (Told<'c>, CivilDate)> {
    let is_one = |t: &&Told<'_>| t.verdict() == Class::Emergency && t.row.change.timing == AFTERWARDS;
    rows.iter().filter(is_one).filter_map(|t| t.row.change.date.map(|date| (*t, date)))
}

/// Ⅰ.9 of the form of 令和6年10月 asks for it.
fn not_ticked(context: &Context<'_>, rows: &[Told<'_>]) -> Option<Diagnostic> {
    let applied = context.sole("emergency-applied")?;
    let published = context.published()?;
    if context.flag(applied) != Some(false) {
        return None;
    }
    let (told, _) = invoking(rows).find(|(_, date)| *date == published)?;
    let name = context.form.name(applied, context.answers.files()).line();
    let message = format!("この版の変更箇所は緊急時の事後評価によるものですが、「{name}」に○がありません");
    let diagnostic = context
        .at_value(Code::EMERGENCY_NOT_TICKED, applied, message)
        .help("規則第9条第2項を適用したのなら「はい」と書き、適用した理由を書いてください。");
    Some(context.with_row(
        diagnostic,
        told.row,
        Column::Explanation,
        "ここでは緊急時の事後評価によると書かれています",
    ))
}

/// The hearing and the third-party review are made up for as soon as possible. There is no number in the law; a year is long.
/// A hearing up to a year before the row counts as well: 変更日 is often the 公表日 of the assessment that was made up for.
fn no_hearing(context: &Context<'_>, rows: &[Told<'_>]) -> Option<Diagnostic> {
    if context.kind() != "zenkomoku" {
        return None;
    }
    let (told, date) = invoking(rows).max_by_key(|(_, date)| *date)?;
    let is_over = date.plus_years(1)?.is_before(context.surroundings.as_of);
    let earliest = date.plus_years(-1)?;
    let slot = context.sole("hearing-period")?;
    let hearings = periods(context.text(slot)?)?;
    if !is_over || hearings.iter().any(|hearing| !hearing.to.is_before(earliest)) {
        return None;
    }
    let message = format!(
        "「{}」に緊急時の事後評価による変更がありますが、その前後に行った意見の聴取が「{}」にありません",
        date.wareki(),
        context.form.name(slot, context.answers.files()).line()
    );
    let diagnostic = context
        .at_row(Code::EMERGENCY_WITHOUT_HEARING, told.row, Column::Explanation, message)
        .help("緊急時に事後に評価した場合も、速やかに意見の聴取と第三者点検を行う必要があります。行ったのなら、その期間を書き足してください。");
    Some(context.with_item(diagnostic, slot, "ここに書かれた意見の聴取は、1年以上前のものです"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citation_is_no_reason() {
        for text in ["緊急時の事後評価", "規則第9条第2項の規定に基づく緊急時の事後評価の適用対象", "なし"]
        {
            assert!(!gives_reason(text), "{text}");
        }
        for text in ["台風の被害を受けた人への給付", "法の施行まで時間がなかったため", "緊急に始めた"]
        {
            assert!(gives_reason(text), "{text}");
        }
    }

    #[test]
    fn notes_must_speak_of_what_happened() {
        for text in
            ["架空の特別区である", "書き方を示すため、条例により定める。", "緊急時の事後評価を適用した。"]
        {
            assert!(!names_event(text), "{text}");
        }
        for text in ["感染症の流行による。", "やむを得ない事情があった。", "豪雨の災害への対応"]
        {
            assert!(names_event(text), "{text}");
        }
    }
}
