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
}

/// The item that a row names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemRef {
    /// As written.
    pub text: String,
    /// What it means; none where that is not clear.
    pub slot: Option<Slot>,
}
