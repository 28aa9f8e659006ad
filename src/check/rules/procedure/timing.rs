//! 実施時期: what must not begin before the assessment is published (TIM).

use super::super::rows::{gives_reason, names_event};
use super::{cites_emergency, edition_month, with_published};
use crate::assessment::Occasion;
use crate::check::Context;
use crate::check::administration::{DESIGN_END, EXCHANGE_START, OCCASION, PROGRAMMING_START};
use crate::check::changes::Column;
use crate::diagnostic::{Code, Diagnostic};
use crate::form::{Entries, Form, Slot};
use crate::wareki::CivilDate;

const SYSTEM_FILE: &str = "システム用ファイル";
const EXCHANGES: &str = "実施する";

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if context.administered.facts.occasion == Some(Occasion::First) {
        found.extend(held_before(context));
        found.extend(programmed_before(context));
        found.extend(designed_before(context));
        found.extend(exchanged_before(context));
    }
    found.extend(emergency_without_reason(context));
}

/// The first publication after the file was held (TIM-01).
fn held_before(context: &Context<'_>) -> Option<Diagnostic> {
    let published = context.published()?;
    let starts = context.places_of("start-date", Entries::NONE);
    let dated = starts.into_iter().filter_map(|slot| Some((context.date(slot)?, slot)));
    let (start, slot) = dated.min_by_key(|(start, _)| *start)?;
    if !start.is_before(published) || is_emergency(context) {
        return None;
    }
    let message =
        format!("新規実施の公表日（{}）が、保有開始日（{}）より後です", published.wareki(), start.wareki());
    let diagnostic = context
        .at_value(Code::HELD_BEFORE, slot, message)
        .help("ファイルを持ち始める日より前に、評価書を公表しておく決まりです。日付を確かめてください。")
        .help("以前の版を公表しているなら、管理情報の「実施区分」を「再実施」か「修正」に改めてください。");
    let diagnostic = with_published(context, diagnostic);
    Some(context.with_fact(diagnostic, OCCASION, "管理情報の実施区分"))
}

/// Whether 規則第9条第2項 is applied anywhere in the document.
fn is_emergency(context: &Context<'_>) -> bool {
    let applied = context.sole("emergency-applied").and_then(|slot| context.flag(slot)) == Some(true);
    let noted = || special_notes(context).is_some_and(cites_emergency);
    applied || noted() || context.rows().any(|row| cites_emergency(&row.change.explanation))
}

fn special_notes<'c>(context: &'c Context<'_>) -> Option<&'c str> {
    context.text(context.sole("special-notes")?)
}

/// A file for a system, first published after the programming had begun (TIM-02).
fn programmed_before(context: &Context<'_>) -> Option<Diagnostic> {
    let began = context.administered.facts.programming_start?;
    let published = context.published().filter(|day| began.is_before(*day))?;
    file_of_kind(context, true)?;
    let message =
        format!("プログラミングの開始日（{}）が、公表日（{}）より前です", began.wareki(), published.wareki());
    let diagnostic = context.at_fact(Code::PROGRAMMED_BEFORE, PROGRAMMING_START, message).help(
        "システム用ファイルの評価は、要件定義の終わりまで（遅くともプログラミングを始める前）に行います。日付を確かめ、遅れたのなら経緯を記録してください。",
    );
    Some(with_published(context, diagnostic))
}

/// Another file, first published after its process had been settled (TIM-03).
fn designed_before(context: &Context<'_>) -> Option<Diagnostic> {
    let ended = context.administered.facts.design_end?;
    let published = context.published().filter(|day| ended.is_before(*day))?;
    let slot = file_of_kind(context, false)?;
    let message =
        format!("事務処理の検討の終了日（{}）が、公表日（{}）より前です", ended.wareki(), published.wareki());
    let diagnostic = context.at_fact(Code::DESIGNED_BEFORE, DESIGN_END, message).help(
        "システム用でないファイルの評価は、事務処理を検討している間に行います。日付を確かめ、遅れたのなら経緯を記録してください。",
    );
    Some(with_published(context, context.with_item(diagnostic, slot, "ファイルの種類")))
}

fn file_of_kind(context: &Context<'_>, for_system: bool) -> Option<Slot> {
    let mut kinds = context.places_of("file-kind", Entries::NONE).into_iter();
    kinds.find(|slot| context.choice(*slot).is_some_and(|kind| (kind == SYSTEM_FILE) == for_system))
}

/// Data exchange that began while nothing had been published (TIM-04). Only a first version can tell: before a later one, an
/// earlier one was public.
fn exchanged_before(context: &Context<'_>) -> Option<Diagnostic> {
    let began = context.administered.facts.exchange_start?;
    let used = context.sole("network-use").filter(|slot| context.choice(*slot) == Some(EXCHANGES))?;
    let how = match context.published() {
        Some(published) if began.is_before(published) => {
            format!("公表日（{}）より前です", published.wareki())
        }
        None if !context.surroundings.as_of.is_before(began) => {
            "過ぎていますが、公表日が書かれていません".to_owned()
        }
        _ => return None,
    };
    let joined = if context.published().is_some() { "が、" } else { "を" };
    let message = format!("情報連携の開始日（{}）{joined}{how}", began.wareki());
    let diagnostic = context
        .at_fact(Code::EXCHANGED_BEFORE, EXCHANGE_START, message)
        .help("公表していない評価書のファイルでは、情報提供ネットワークシステムによる情報連携はできません。日付を確かめてください。");
    let diagnostic = context.with_item(diagnostic, used, format!("ここでは「{EXCHANGES}」です"));
    Some(with_published(context, diagnostic))
}

/// 緊急時の事後評価 in the newest rows, and no word of why (TIM-06).
fn emergency_without_reason(context: &Context<'_>) -> Option<Diagnostic> {
    // A form that asks for the reason has an item for it, and the rules over rows look there.
    if context.form.role("emergency-applied").is_some() {
        return None;
    }
    let newest = context.rows().filter_map(|row| row.change.date).max()?;
    let rows: Vec<_> = context
        .rows()
        .filter(|row| row.change.date == Some(newest) && cites_emergency(&row.change.explanation))
        .collect();
    let first = *rows.first()?;
    let told = rows.iter().any(|row| gives_reason(&row.change.explanation));
    if told || special_notes(context).is_some_and(names_event) {
        return None;
    }
    let message = "緊急時の事後評価とありますが、災害などのやむを得ない理由が読み取れません";
    let mut diagnostic = context.at_row(Code::EMERGENCY_REASON, first, Column::Explanation, message).help(
        "「提出時期に係る説明」か、表紙の「特記事項」に、何が起きたために事後になったかを書いてください。",
    );
    if basic_form_may_tell(context, newest) {
        diagnostic = diagnostic.help("基礎項目評価書のⅠ.9 に理由を書いてあれば、直す必要はありません。");
    }
    Some(diagnostic)
}

/// Whether the 基礎項目評価書 of that day had an item for the reason, which this document does not show.
fn basic_form_may_tell(context: &Context<'_>, day: CivilDate) -> bool {
    let asks = |form: &&Form| form.role("emergency-reason").is_some();
    context.kind() != "kiso"
        && Form::all().iter().filter(asks).filter_map(edition_month).any(|month| !day.is_before(month))
}
