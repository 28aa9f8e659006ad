//! What an explanation (提出時期に係る説明) says about its change.

use super::words::words;
use crate::assessment::{Change, Decision};
use crate::compare::is_blank;
use crate::form::fold;

/// What a change is, as its explanation says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) enum Class {
    /// 緊急時の事後評価 (規則第9条第2項).
    Emergency,
    /// 重要な変更.
    Important,
    /// Part of a 再実施.
    Reassessment,
    /// No 重要な変更.
    NotImportant,
    /// It does not say.
    Unclear,
}

impl From<Decision> for Class {
    fn from(decision: Decision) -> Self {
        match decision {
            Decision::Important => Self::Important,
            Decision::Formal | Decision::Neutral | Decision::Reducing => Self::NotImportant,
            Decision::Emergency => Self::Emergency,
        }
    }
}

/// What a change is: as 重要な変更の判断 says, or else as its explanation does.
pub(in crate::check) fn verdict(change: &Change) -> Class {
    change.judgement.decision.map_or_else(|| classify(&change.explanation), Class::from)
}

/// What an explanation says. Emergency comes first, because such a change may well be an important one; a negation comes before
/// what it denies; an important change comes before the 再実施 that it leads to.
pub(super) fn classify(explanation: &str) -> Class {
    // What is still to be written may name all there is to choose from.
    if is_blank(explanation) {
        return Class::Unclear;
    }
    let text = fold(explanation);
    let words = words();
    let is_emergency = words.emergency.is_match(&text) && !words.not_emergency.is_match(&text);
    match () {
        () if is_emergency => Class::Emergency,
        () if words.not_important.is_match(&text) => Class::NotImportant,
        () if words.important.is_match(&text) => Class::Important,
        () if words.reassessment.is_match(&text) => Class::Reassessment,
        () => Class::Unclear,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn all(class: Class, texts: &[&str]) {
        for text in texts {
            assert_eq!(classify(text), class, "{text}");
        }
    }

    #[test]
    fn an_emergency_is_named_as_one() {
        all(
            Class::Emergency,
            &[
                "緊急時の事後評価を適用した変更である。",
                "評価規則第９条第２項により、変更の後に評価した。",
                "規則第九条第二項の適用",
                "重要な変更に当たるが、緊急時の事後評価による。",
            ],
        );
    }

    #[test]
    fn an_emergency_that_is_denied_is_none() {
        all(Class::Unclear, &["緊急時の事後評価の対象外である。", "規則第9条第2項は適用していない。"]);
        all(Class::NotImportant, &["緊急時の事後評価には該当しない軽微な変更"]);
    }

    #[test]
    fn a_reason_why_it_is_not_important() {
        all(
            Class::NotImportant,
            &[
                "委託先の名称が変わっただけであり、重要な変更に該当しない。",
                "重要な変更に当たらない。",
                "重要な変更には、当たらないため",
                "重要な変更の対象でない項目の変更",
                "重要な変更の対象ではない項目である。",
                "重要な変更の対象外",
                "重要な変更に該当するものではない。",
                "重要な変更にはあたりません",
                "重要な変更とは言えない。",
                "その他の項目の変更であり、事前の提出・公表が義務付けられない。",
                "事前の提出は要しない。",
                "誤字の修正",
                "令和６年４月の機構改革による課名の変更。組織の名称の変更",
                "担当の記載が漏れていたため加えた。",
                "リスクを明らかに軽減させる変更である。",
                "リスクを相当程度変動させるものではないと考えられる。",
            ],
        );
    }

    #[test]
    fn an_important_change_says_so() {
        all(
            Class::Important,
            &[
                "新しいシステムへの移行に伴う重要な変更",
                "重要な変更に該当するため、変更の前に提出する。",
                "重要な変更のため、事前に提出しなければならない。",
                "重要な変更に当たる。",
                "再委託を始める重要な変更である。",
                "重要な変更であり、リスクを相当程度変動させるものである。",
                "重要な変更に該当するため、評価を再実施した。",
                "評価の再実施を行った（重要な変更に当たるため）。",
            ],
        );
    }

    #[test]
    fn a_reassessment_says_so() {
        all(Class::Reassessment, &["5年が経過する前の評価の再実施による。", "評価を再実施した。"]);
        all(Class::NotImportant, &["重要な変更には該当しないが、評価を再実施した。"]);
    }

    #[test]
    fn a_fact_is_no_reason() {
        all(
            Class::Unclear,
            &[
                "",
                "窓口の支援システムを入れたことによる追記",
                "法改正に伴う修正",
                "重要な変更と一体の変更として、移行の前に提出する。",
                "同上",
            ],
        );
    }
}
