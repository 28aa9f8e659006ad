//! What can be wrong with a written date, said in Japanese.

use std::{error::Error, fmt};

use super::CivilDate;

/// A liberty taken in reading a date; the date is usable, its notation should be corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Warning {
    /// 1年 for 元年 (Excel's `ggge` prints it).
    FirstYear,
    /// Full-width letters and digits, or an era ligature such as ㋿.
    Width,
    /// An era letter or dots: R3.3.12.
    Abbreviated,
    /// A western date with separators other than ISO: 2015/8/28.
    Slash,
    /// A western year with 年: 2021年3月12日.
    WesternYear,
    /// The era was over: 平成31年5月1日.
    AfterEraEnd {
        /// The era as written.
        era: &'static str,
        /// The date as read.
        date: CivilDate,
    },
    /// The era had not begun: 令和元年4月30日. In an authored date this is a mistake, not a habit.
    BeforeEraStart {
        /// The era as written.
        era: &'static str,
        /// The date as read.
        date: CivilDate,
    },
    /// The weekday in brackets is not that of the date (rule HEAR-06).
    Weekday {
        /// The weekday as written, one of 月火水木金土日.
        written: char,
        /// The weekday of the date.
        actual: char,
    },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Warning::FirstYear => f.write_str("「1年」は「元年」と書きます。"),
            Warning::Width => {
                f.write_str("全角の数字・英字や合字（㋿など）があります。数字は半角で書きます。")
            }
            Warning::Abbreviated => {
                f.write_str("元号の略記です。「令和3年3月12日」のように略さずに書きます。")
            }
            Warning::Slash => {
                f.write_str("西暦の略記（「/」や「.」の区切りなど）です。「2021-03-12」の形で書きます。")
            }
            Warning::WesternYear => {
                f.write_str("西暦の日付です。文中では「令和3年3月12日」のように和暦で書きます。")
            }
            Warning::AfterEraEnd { era, date } => {
                let meant = date.wareki();
                write!(f, "{era}の終わった後の日付です。{meant}として読みました。")
            }
            Warning::BeforeEraStart { era, date } => {
                let meant = date.wareki();
                write!(f, "{era}の始まる前の日付です。{meant}として読みました。年を確かめてください。")
            }
            Warning::Weekday { written, actual } => {
                write!(f, "曜日が合いません。「{written}」とありますが、この日は「{actual}」です。")
            }
        }
    }
}

/// Why a text is not one date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateError {
    /// Nothing but blanks.
    Empty,
    /// No date in the text at all (未定, ―, 実施予定 …).
    NotADate {
        /// The text, cut to its first characters.
        text: String,
    },
    /// A date, and something else before or after it.
    ExtraText {
        /// What is not the date, cut to its first characters.
        extra: String,
    },
    /// 年度: twelve months from April, no date.
    FiscalYear,
    /// The number of a law: 平成26年法律第1号.
    LawNumber,
    /// 令和0年.
    YearZero,
    /// A month outside 1 to 12.
    NoSuchMonth {
        /// The month as written.
        month: u8,
    },
    /// A day that its month does not have.
    NoSuchDay {
        /// The month, to month precision.
        in_month: CivilDate,
        /// The day as written.
        day: u8,
    },
    /// 明治5年 or earlier, when the calendar was lunisolar.
    BeforeGregorian,
}

/// The forms to write; every message about an unreadable text ends with them.
const EXPECTED: &str = "「2021-03-12」か「令和3年3月12日」の形で書いてください";

impl DateError {
    pub(super) fn not_a_date(text: &str) -> Self {
        DateError::NotADate { text: clip(text) }
    }

    pub(super) fn extra_text(extra: &str) -> Self {
        DateError::ExtraText { extra: clip(extra) }
    }
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DateError::Empty => write!(f, "日付がありません。{EXPECTED}。"),
            DateError::NotADate { text } => {
                write!(f, "「{text}」は日付として読めません。{EXPECTED}。")
            }
            DateError::ExtraText { extra } => {
                write!(f, "日付のほかに「{extra}」があります。日付だけを{EXPECTED}。")
            }
            DateError::FiscalYear => write!(f, "年度は日付ではありません。{EXPECTED}。"),
            DateError::LawNumber => write!(f, "法令番号は日付ではありません。{EXPECTED}。"),
            DateError::YearZero => f.write_str("0年はありません。最初の年は「元年」と書いてください。"),
            DateError::NoSuchMonth { month } => {
                write!(f, "{month}月はありません。月は1から12までで書いてください。")
            }
            DateError::NoSuchDay { in_month, day } => {
                let (month, last) = (in_month.wareki(), in_month.last_day().day());
                write!(f, "{month}に{day}日はありません。日は1から{last}までで書いてください。")
            }
            DateError::BeforeGregorian => f.write_str(
                "明治5年までの日付は太陰太陽暦なので扱えません。\
                 西暦に直して「1872-12-31」の形で書いてください。",
            ),
        }
    }
}

impl Error for DateError {}

/// A message names the start of a long text, not all of it.
fn clip(text: &str) -> String {
    const LONGEST: usize = 20;
    let mut clipped: String = text.chars().take(LONGEST).collect();
    if clipped.len() < text.len() {
        clipped.push('…');
    }
    clipped
}
