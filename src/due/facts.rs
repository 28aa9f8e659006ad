//! What of a document its dates follow from: a few dates that stay in memory when the document is dropped.

use crate::assessment::{Assessment, Occasion, Value};
use crate::form::{SHORTEST_HEARING, Slot};
use crate::wareki::{self, CivilDate, Period};

/// What is due follows from these facts of one version of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DueFacts {
    /// 公表日; none where it is missing or cannot be read.
    pub published: Option<CivilDate>,
    /// 実施区分.
    pub occasion: Option<Occasion>,
    /// 直近の実施の公表日.
    pub last_conducted: Option<CivilDate>,
    /// 直近の見直し日.
    pub last_review: Option<CivilDate>,
    /// 事務の終了日.
    pub ended: Option<CivilDate>,
    /// 意見聴取.
    pub hearing: Hearing,
}

/// What the form says about 意見聴取: Ⅵ.2 of 全項目評価書, Ⅴ.2 of 重点項目評価書.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hearing {
    /// Whether the form demands one, of 30 days.
    pub is_demanded: bool,
    /// Whether a reason for fewer days is given.
    pub has_reason: bool,
    /// Whether anything is written where the period belongs.
    pub is_written: bool,
    /// The periods in their order; empty where they cannot be read.
    pub periods: Vec<HearingPeriod>,
}

/// A period of 意見聴取.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HearingPeriod {
    /// Its first day.
    pub from: CivilDate,
    /// Its last day.
    pub to: CivilDate,
    /// Its days, the first one counted; none where that cannot be said.
    pub days: Option<i32>,
}

/// Whether a hearing is long enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// 30 days or more.
    Enough,
    /// Fewer, for a reason that the document gives.
    ShortForReason,
    /// Fewer, and the document gives no reason.
    Short,
    /// The form does not demand a hearing, so it may have any length.
    Free,
    /// Its days cannot be counted.
    Uncounted,
}

impl DueFacts {
    /// The facts of a document.
    pub fn of(assessment: &Assessment) -> Self {
        let administration = &assessment.administration;
        Self {
            published: assessment.published,
            occasion: administration.occasion,
            last_conducted: administration.last_conducted,
            last_review: administration.last_review,
            ended: administration.ended,
            hearing: Hearing::of(assessment),
        }
    }
}

impl Hearing {
    fn of(assessment: &Assessment) -> Self {
        let written = |role| text(assessment, role).filter(|text| !assessment.form().is_not_applicable(text));
        let period = written("hearing-period");
        Self {
            is_demanded: assessment.form().role("shortening-reason").is_some(),
            has_reason: written("shortening-reason").is_some(),
            is_written: period.is_some(),
            periods: period
                .and_then(wareki::periods)
                .unwrap_or_default()
                .iter()
                .map(HearingPeriod::from)
                .collect(),
        }
    }

    /// Whether a period is long enough.
    pub fn length(&self, period: &HearingPeriod) -> Length {
        match period.days {
            _ if !self.is_demanded => Length::Free,
            None => Length::Uncounted,
            Some(days) if days >= SHORTEST_HEARING => Length::Enough,
            Some(_) if self.has_reason => Length::ShortForReason,
            Some(_) => Length::Short,
        }
    }
}

impl From<&Period> for HearingPeriod {
    fn from(period: &Period) -> Self {
        Self { from: period.from, to: period.to, days: period.days() }
    }
}

/// The text of an item that stands once, where something is written.
fn text<'a>(assessment: &'a Assessment, role: &str) -> Option<&'a str> {
    match assessment.answers.get(Slot::plain(assessment.form().role(role)?.ix))? {
        Value::Text(text) | Value::Unfit(text) => Some(text.trim()).filter(|text| !text.is_empty()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::{Answers, sample};
    use crate::form::Form;

    fn hearing(form: &str, period: &str, reason: &str) -> Hearing {
        let mut answers = Answers::new(Form::with_id(form).unwrap());
        for (role, text) in [("hearing-period", period), ("shortening-reason", reason)] {
            if let Some(node) = answers.form().role(role) {
                answers.set(Slot::plain(node.ix), Value::Text(text.to_owned()));
            }
        }
        DueFacts::of(&Assessment { answers, ..sample::assessment(form, &[]) }).hearing
    }

    #[test]
    fn a_hearing_of_fewer_than_30_days_needs_a_reason() {
        let length = |form, period, reason| {
            let hearing = hearing(form, period, reason);
            hearing.periods.iter().map(|p| hearing.length(p)).collect::<Vec<_>>()
        };
        let z = "zenkomoku-h30-05";
        assert_eq!(length(z, "令和8年11月1日から令和8年11月30日まで", ""), [Length::Enough]);
        assert_eq!(length(z, "令和8年11月1日から29日まで", "―"), [Length::Short]);
        assert_eq!(
            length(z, "令和8年11月1日から29日まで", "法の施行に間に合わせるため"),
            [Length::ShortForReason]
        );
        assert_eq!(length(z, "令和8年11月から令和8年12月まで", ""), [Length::Uncounted]);
        assert_eq!(length("juten-h30-05", "令和8年11月1日から7日まで", ""), [Length::Free]);
    }

    #[test]
    fn what_cannot_be_read_is_not_taken_for_nothing() {
        let told = |period| {
            let hearing = hearing("zenkomoku-h30-05", period, "");
            (hearing.is_written, hearing.periods.len())
        };
        assert_eq!(told("未定"), (true, 0));
        assert_eq!(told("―"), (false, 0));
        assert_eq!(
            told("- 令和3年6月1日から令和3年7月2日まで\n- 令和8年5月11日から令和8年6月12日まで"),
            (true, 2)
        );
        assert_eq!(hearing("kiso-r06-10", "", ""), Hearing::default());
    }
}
