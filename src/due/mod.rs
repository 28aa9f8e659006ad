//! What is due: the next 見直し and 再実施 of every document, how long an ended one is kept, and the dates of a version that is to be
//! published. Pure: from facts of documents and a day to a list, and from a list to a calendar, data and a table.

mod calendar;
mod facts;
mod json;
mod plan;
mod table;
pub mod term;
#[cfg(test)]
mod tests;

pub use calendar::{Calendar, calendar};
pub use facts::{DueFacts, Hearing, HearingPeriod, Length};
pub use json::json;
pub use plan::{DueSubject, list};
pub use table::table;
pub use term::{State, Term};

use uuid::Uuid;

use crate::wareki::CivilDate;

/// Never to be changed: with another one, every event would stand in people's calendars a second time.
const NAMESPACE: Uuid = Uuid::from_u128(0x3f1d_77a0_5c52_4b0e_8f6b_0d94_a2c7_613e);

/// Something that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// What.
    pub kind: Kind,
    /// 団体コード.
    pub code: String,
    /// Name of the municipality.
    pub municipality: String,
    /// Directory of the document.
    pub dir: String,
    /// 評価書名.
    pub title: String,
    /// When; none where a fact is missing, which [`Due::basis`] then names.
    pub date: Option<CivilDate>,
    /// What the date follows from.
    pub basis: Basis,
    /// How near it is.
    pub state: State,
    /// Whether a version of the document is public, so that it has a page.
    pub is_public: bool,
    /// 公表日 of the version that it follows from; a day that the documents name where that is missing.
    stamp: Option<CivilDate>,
    /// What tells it from others of its kind and document: never the day on which it was listed.
    mark: String,
}

/// What is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// 意見聴取 for a coming version begins.
    HearingStart,
    /// It ends.
    HearingEnd,
    /// 公表日 of a coming version.
    Publication,
    /// 見直し at least once a year.
    Review,
    /// 再実施 before five years have passed.
    Repetition,
    /// The end of the three years for which the document of an ended 事務 is kept.
    Retention,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::HearingStart,
        Self::HearingEnd,
        Self::Publication,
        Self::Review,
        Self::Repetition,
        Self::Retention,
    ];

    /// Its name for programs.
    pub fn id(self) -> &'static str {
        match self {
            Self::HearingStart => "hearing-start",
            Self::HearingEnd => "hearing-end",
            Self::Publication => "publication",
            Self::Review => "review",
            Self::Repetition => "reassessment",
            Self::Retention => "retention",
        }
    }

    /// Its name for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::HearingStart => "意見聴取の開始",
            Self::HearingEnd => "意見聴取の終了",
            Self::Publication => "次の版の公表",
            Self::Review => "1年ごとの見直し",
            Self::Repetition => "5年ごとの再実施",
            Self::Retention => "公表を続ける期間の終わり",
        }
    }

    /// Where it is written.
    pub fn rule(self) -> &'static str {
        match self {
            Self::HearingStart | Self::HearingEnd => {
                "番号法第28条第1項・評価規則第7条第1項、指針第5の3（原則として30日以上）"
            }
            Self::Publication => "評価書の公表日（予定）",
            Self::Review => "評価規則第14条第3項（少なくとも1年ごと。努力義務）",
            Self::Repetition => "評価規則第15条、指針第6の2(4)（努力義務）",
            Self::Retention => "評価書の記載要領（終了の日から少なくとも3年間）",
        }
    }

    /// Whether the rule only asks for an effort (努力義務).
    pub fn is_effort(self) -> bool {
        matches!(self, Self::Review | Self::Repetition)
    }
}

/// What a date follows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// It is counted from another date; none where that is not for the public.
    Since(Event, Option<CivilDate>),
    /// It is the 公表日 that a coming version names.
    Planned,
    /// It is a day of a hearing, of so many days.
    Hearing(Option<i32>, Length),
    /// The same for the public, which is not told what is still to be written.
    PublicHearing(Option<i32>, Length),
    /// Nothing: a fact is missing.
    Missing(Fact),
}

/// What dates are counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The publication of the version.
    Published,
    /// The last review.
    Reviewed,
    /// The publication of the last 新規実施 or 再実施.
    Conducted,
    /// The end of the 事務.
    Ended,
}

/// A fact without which there is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fact {
    /// 公表日.
    Published,
    /// 直近の実施の公表日.
    Conducted,
    /// The version that is public while another one is prepared.
    PublicVersion,
    /// The period of a hearing that is demanded.
    Hearing,
    /// The same, where something is written that cannot be read.
    ReadableHearing,
}

impl Basis {
    /// Its name for programs.
    pub fn id(self) -> &'static str {
        match self {
            Self::Since(Event::Published, _) => "published",
            Self::Since(Event::Reviewed, _) => "reviewed",
            Self::Since(Event::Conducted, _) => "conducted",
            Self::Since(Event::Ended, _) => "ended",
            Self::Planned => "planned",
            Self::Hearing(..) | Self::PublicHearing(..) => "hearing",
            Self::Missing(_) => "missing",
        }
    }

    /// The date from which the other one is counted, as far as it is told.
    pub fn since(self) -> Option<CivilDate> {
        match self {
            Self::Since(_, date) => date,
            _ => None,
        }
    }

    /// For people.
    pub fn text(self) -> String {
        match self {
            Self::Since(event, date) => {
                let (what, then) = match event {
                    Event::Published => ("公表", "から1年"),
                    Event::Reviewed => ("直近の見直し", "から1年"),
                    Event::Conducted => ("直近の実施の公表", "から5年を経過する日。その前に再実施する"),
                    Event::Ended => ("事務の終了", "から3年"),
                };
                let date = date.map(|date| format!("（{}）", date.wareki())).unwrap_or_default();
                format!("{what}{date}{then}")
            }
            Self::Planned => "次の版に書かれた公表日".to_owned(),
            Self::Hearing(days, length) => {
                let advice = match length {
                    Length::Short => "。期間を延ばすか、「期間を短縮する特段の理由」を書いてください",
                    Length::Uncounted => "。何日から何日までかを書いてください",
                    Length::Enough | Length::ShortForReason | Length::Free => "",
                };
                hearing_text(days, length, advice)
            }
            Self::PublicHearing(days, length) => hearing_text(days, length, ""),
            Self::Missing(fact) => fact.text().to_owned(),
        }
    }
}

fn hearing_text(days: Option<i32>, length: Length, advice: &str) -> String {
    let days = days.map(|days| format!("初日を含めて{days}日間")).unwrap_or_default();
    match length {
        Length::Enough => format!("{days}（30日以上あります）"),
        Length::ShortForReason => format!("{days}（30日に足りません。短縮する理由が書かれています）"),
        Length::Short => format!("{days}（30日に足りません{advice}）"),
        Length::Free => format!("{days}（任意の意見聴取です）"),
        Length::Uncounted => format!("日数を数えられません{advice}"),
    }
}

impl Fact {
    /// What is missing, for people.
    pub fn text(self) -> &'static str {
        match self {
            Self::Published => "公表日が書かれていないか、読み取れません",
            Self::Conducted => "直近の実施の公表日が記録されていません",
            Self::PublicVersion => "公表中の版が読み取れていません",
            Self::Hearing => "次の版のための意見聴取の期間が書かれていません",
            Self::ReadableHearing => "意見聴取の期間が読み取れません",
        }
    }

    /// What an officer can do about it.
    pub fn help(self) -> &'static str {
        match self {
            Self::Published => "「公表日」を書いてください",
            Self::Conducted => {
                "管理情報に「直近の実施の公表日」（5年の起算日。修正では動きません）を書いてください"
            }
            Self::PublicVersion => "公表中の版の日付から数えるので、今の版だけからは決まりません",
            Self::Hearing => "評価書の意見聴取の「実施日・期間」を書いてください",
            Self::ReadableHearing => {
                "「令和6年12月2日から令和7年1月10日まで」のように、何日から何日までかを書いてください"
            }
        }
    }
}

impl Due {
    /// The same on every day on which it is listed: made of what it is and what it follows from.
    pub fn uid(&self) -> Uuid {
        let name = format!("{}/{}/{}/{}", self.kind.id(), self.code, self.dir, self.mark);
        Uuid::new_v5(&NAMESPACE, name.as_bytes())
    }

    /// As the public sees it: 管理情報 is not published, so that only 公表日 is told of what a date is counted from, and nobody is
    /// asked to write anything.
    #[must_use]
    pub fn for_the_public(self) -> Self {
        let basis = match self.basis {
            Basis::Since(event, _) if event != Event::Published => Basis::Since(event, None),
            Basis::Hearing(days, length) => Basis::PublicHearing(days, length),
            basis => basis,
        };
        Self { basis, ..self }
    }

    /// The address of the document; none where it has no page or the site no address.
    pub fn url(&self, base_url: Option<&str>) -> Option<String> {
        let base = base_url.filter(|_| self.is_public)?;
        Some(format!("{base}{}/{}/", self.code, self.dir))
    }

    /// Whether it belongs into a list that ends on a day: what has no date is never left out.
    pub fn is_within(&self, last: CivilDate) -> bool {
        self.date.is_none_or(|date| date.bounds().0 <= last)
    }
}
