//! 変更箇所: one row of the change table.

use crate::form::Slot;
use crate::wareki::CivilDate;

/// One row of 変更箇所.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// 変更日; none where it is missing or impossible.
    pub date: Option<CivilDate>,
    /// 変更日 as written.
    pub date_text: String,
    /// 項目.
    pub item: ItemRef,
    /// 変更前の記載, Markdown; empty for an addition.
    pub before: String,
    /// 変更後の記載, Markdown; empty for a deletion.
    pub after: String,
    /// 提出時期: the option's label (事前, 事後), or what was written instead.
    pub timing: String,
    /// 提出時期に係る説明.
    pub explanation: String,
    /// What was decided about the change.
    pub judgement: Judgement,
}

/// What must be decided about a change and the form has no column for. Never published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judgement {
    /// 重要な変更の判断.
    pub decision: Option<Decision>,
    /// 取扱いの変更日: the day from which the handling itself is another.
    pub effective: Option<CivilDate>,
    /// 訂正の理由: why a row that is public already was corrected.
    pub correction: Option<String>,
}

/// 重要な変更の判断: whether a change of an item with ※ is a 重要な変更, and if not, why (規則第11条, 指針第6の2（2）).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// 重要な変更: assessed again and published before the handling changes.
    Important,
    /// 形式的な変更, e.g. the name of an organisation or a slip of the pen.
    Formal,
    /// リスクを相当程度変動させない変更.
    Neutral,
    /// リスクを明らかに軽減させる変更.
    Reducing,
    /// 緊急時の事後評価 (規則第9条第2項).
    Emergency,
}

impl Decision {
    /// Every decision.
    pub const ALL: [Self; 5] =
        [Self::Important, Self::Formal, Self::Neutral, Self::Reducing, Self::Emergency];

    /// The words that are written.
    pub fn label(self) -> &'static str {
        match self {
            Self::Important => "重要な変更",
            Self::Formal => "形式的な変更",
            Self::Neutral => "リスクを相当程度変動させない変更",
            Self::Reducing => "リスクを明らかに軽減させる変更",
            Self::Emergency => "緊急時の事後評価",
        }
    }

    /// Whether the change is none of those that need a new assessment beforehand.
    pub fn is_exception(self) -> bool {
        matches!(self, Self::Formal | Self::Neutral | Self::Reducing)
    }
}

/// The item that a row names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemRef {
    /// As written.
    pub text: String,
    /// What it means; none where that is not clear.
    pub slot: Option<Slot>,
}
