//! 管理情報: what rules and deadlines need to know about an assessment and the form does not ask. Never published:
//! only what is due, counted from it, is.

use super::Consultation;
use crate::wareki::CivilDate;

/// 管理情報 of one assessment, as far as it is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Administration {
    /// 実施区分 of the version at hand.
    pub occasion: Option<Occasion>,
    /// 直近の実施の公表日: the publication from which the five years of 規則第15条 count; a 修正 does not move it.
    pub last_conducted: Option<CivilDate>,
    /// 直近の見直し日 (規則第14条第3項: at least once a year).
    pub last_review: Option<CivilDate>,
    /// 事務の終了日.
    pub ended: Option<CivilDate>,
    /// 終了の通知日: when the 委員会 was told of the end (規則第16条).
    pub end_notified: Option<CivilDate>,
    /// 情報連携の開始日: when data exchange over 情報提供ネットワークシステム began or begins.
    pub exchange_start: Option<CivilDate>,
    /// プログラミングの開始日 of the system (規則第9条第1項).
    pub programming_start: Option<CivilDate>,
    /// 事務処理の検討の終了日 where the file is not one for a system (指針第6の1).
    pub design_end: Option<CivilDate>,
    /// 重大事故の発生日: the day of the incident, or the day on which it became known.
    pub incident_date: Option<CivilDate>,
    /// 共同で実施する評価実施機関: the other agencies, where several assess together.
    pub joint_agencies: Vec<String>,
    /// 意見募集, which has a key of its own: the only thing here that pages tell of.
    pub consultation: Option<Consultation>,
}

/// 実施区分: what a version of an assessment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// 新規実施: the first publication.
    First,
    /// 再実施: because of 重要な変更, a higher しきい値判断の結果, or five years (指針第6の2).
    Again,
    /// 修正: a change that is none of these (規則第14条).
    Revision,
}

impl Occasion {
    /// Every 実施区分.
    pub const ALL: [Self; 3] = [Self::First, Self::Again, Self::Revision];

    /// The word that is written.
    pub fn label(self) -> &'static str {
        match self {
            Self::First => "新規実施",
            Self::Again => "再実施",
            Self::Revision => "修正",
        }
    }
}
