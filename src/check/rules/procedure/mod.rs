//! The procedure of one document: 実施時期 (TIM), 見直しと再実施 (REV), 意見聴取 (HEAR), 第三者点検 (TPR), 公表 (PUB), 表紙 (NUM).

mod cover;
mod ended;
mod hearing;
mod order;
mod review;
mod timing;

use crate::check::Context;
use crate::compare::is_blank;
use crate::diagnostic::Diagnostic;
use crate::form::Form;
use crate::form::fold;
use crate::wareki::{self, CivilDate};

/// How many places of one kind a finding shows besides its own.
const MOST_RELATED: usize = 3;

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    timing::check(context, found);
    review::check(context, found);
    hearing::check(context, found);
    order::check(context, found);
    ended::check(context, found);
    cover::check(context, found);
}

/// 公表日 as a secondary place.
fn with_published(context: &Context<'_>, diagnostic: Diagnostic) -> Diagnostic {
    match context.sole("published") {
        Some(slot) => context.with_item(diagnostic, slot, "公表日"),
        None => diagnostic,
    }
}

/// The month in which an edition of a form came into force.
fn edition_month(form: &Form) -> Option<CivilDate> {
    wareki::parse(&form.head.edition).ok().map(|parsed| parsed.date)
}

/// Whether an explanation says that 規則第9条第2項 was applied.
fn cites_emergency(text: &str) -> bool {
    const WORDS: [&str; 4] = ["緊急時の事後評価", "規則第9条第2項", "規則9条2項", "規則第九条第二項"];
    let text = fold(text);
    !is_blank(&text) && WORDS.iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emergency_is_known_by_its_article() {
        assert!(cites_emergency("緊急時の事後評価の適用対象"));
        assert!(cites_emergency("特定個人情報保護評価に関する規則 第９条第２項による。"));
        assert!(!cites_emergency("番号法第9条第2項に基づく条例の改正"));
        assert!(!cites_emergency("緊急時における連絡先の変更"));
    }

    #[test]
    fn every_edition_has_a_month() {
        assert!(Form::all().iter().all(|form| edition_month(form).is_some()));
    }
}
