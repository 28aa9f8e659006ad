//! 和暦 and ISO dates: reading what authors write, printing one canonical form.
//!
//! Dates are stored as ISO text and printed as 和暦 with ASCII digits.
//! Reading is generous (full width, era letters, slashes, 改元 slips) but every liberty leaves a [`Warning`];
//! an impossible day never rolls over to the next month, it is a [`DateError`].

mod eras;
mod period;
mod problem;
mod read;
#[cfg(test)]
mod tests;

use std::ops::Range;

use jiff::civil::{Date, Weekday};

pub use self::period::{Period, periods, shortest_period};
pub use self::problem::{DateError, Warning};
use self::read::{Reading, Style, Year};

/// A civil date known to the day, the month or the year.
///
/// Always a real day of the (proleptic) Gregorian calendar in the years 1000 to 9999.
/// The order is by time; a less precise date comes before the days it covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CivilDate {
    // The field order is the sort order.
    year: i16,
    month: Option<u8>,
    /// Only with a month.
    day: Option<u8>,
}

/// How much of a [`CivilDate`] is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Precision {
    /// Year, month and day.
    Day,
    /// Year and month.
    Month,
    /// The year only.
    Year,
}

/// A date that was read, with the liberties taken in reading it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// The date meant.
    pub date: CivilDate,
    /// What deviates from the canonical form; empty for canonical text.
    pub warnings: Vec<Warning>,
}

/// Reads a text that is one date and nothing else, blanks around it aside.
///
/// Takes ISO (`2021-03-12`, `2015-12`, `2024`), 和暦 (令和3年3月12日, 令和元年5月, 平成二十八年七月一日),
/// western dates (2021年3月12日, 2015/8/28) and era letters (R3.3.12, H31.4), with a weekday in brackets
/// after a full date. The precision is what is written.
///
/// # Errors
///
/// Says what is wrong in Japanese: no date, text besides the date, a month or day that does not exist,
/// a fiscal year, the number of a law, or a 明治 date before the Gregorian calendar (明治6年).
pub fn parse(text: &str) -> Result<Parsed, DateError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(DateError::Empty);
    }
    let Some(reading) = read::read(text, 0) else {
        return Err(explain_no_date(text));
    };
    let rest = text[reading.range.end..].trim();
    if reading.fiscal {
        return Err(DateError::FiscalYear);
    }
    if read::names_a_law(rest) {
        return Err(DateError::LawNumber);
    }
    if !rest.is_empty() {
        return Err(DateError::extra_text(rest));
    }
    resolve(&reading)
}

/// Finds all dates in running text, in order, with their byte ranges (a weekday in brackets included).
///
/// Left out: numbers of laws (平成26年法律第1号), fiscal years, impossible dates, western years outside 1900 to 2099,
/// and numbers with separators that do not go down to the day (2015/8, H31.4).
/// Nothing is inherited: in 「令和3年4月1日から30日まで」 only the first date is found.
#[must_use]
pub fn find_all(text: &str) -> Vec<(Range<usize>, Parsed)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let candidate = read::read(text, at).filter(|r| read::stands_alone(text, r));
        let Some(reading) = candidate else {
            at += c.len_utf8();
            continue;
        };
        at = reading.range.end;
        if reading.fiscal || read::names_a_law(&text[at..]) {
            continue;
        }
        if let Ok(parsed) = resolve(&reading) {
            found.push((reading.range, parsed));
        }
    }
    found
}

impl CivilDate {
    /// A date known to the day; `None` for a day that does not exist or a year outside 1000 to 9999.
    #[must_use]
    pub fn from_ymd(year: i16, month: u8, day: u8) -> Option<Self> {
        let in_month = Self::from_ym(year, month)?;
        let last = in_month.last_day().day().cast_unsigned();
        (1..=last).contains(&day).then_some(CivilDate { day: Some(day), ..in_month })
    }

    /// The day in Japan of a moment, in seconds since 1970 UTC; `None` outside the years 1000 to 9999.
    #[must_use]
    pub fn of_moment_in_japan(seconds: i64) -> Option<Self> {
        const AHEAD: i64 = 9 * 60 * 60;
        const DAY: i64 = 24 * 60 * 60;
        let days = i32::try_from(seconds.checked_add(AHEAD)?.div_euclid(DAY)).ok()?;
        Self::from_ymd(1970, 1, 1)?.plus_days(days)
    }

    /// A date known to the month; `None` for a month outside 1 to 12 or a year outside 1000 to 9999.
    #[must_use]
    pub fn from_ym(year: i16, month: u8) -> Option<Self> {
        let in_year = Self::from_year(year)?;
        (1..=12).contains(&month).then_some(CivilDate { month: Some(month), ..in_year })
    }

    /// A date known to the year; `None` outside 1000 to 9999 (ISO 8601 writes four digits).
    #[must_use]
    pub fn from_year(year: i16) -> Option<Self> {
        (1000..=9999).contains(&year).then_some(CivilDate { year, month: None, day: None })
    }

    /// The Gregorian year.
    #[must_use]
    pub fn year(&self) -> i16 {
        self.year
    }

    /// The month, 1 to 12, where known.
    #[must_use]
    pub fn month(&self) -> Option<u8> {
        self.month
    }

    /// The day of the month, 1 to 31, where known.
    #[must_use]
    pub fn day(&self) -> Option<u8> {
        self.day
    }

    /// How much is known.
    #[must_use]
    pub fn precision(&self) -> Precision {
        match (self.month, self.day) {
            (_, Some(_)) => Precision::Day,
            (Some(_), None) => Precision::Month,
            (None, None) => Precision::Year,
        }
    }

    /// Whether every day it may mean lies before every day the other may mean: 平成27年12月 is not before 平成27年12月4日.
    #[must_use]
    pub fn is_before(self, other: Self) -> bool {
        self.last_day() < other.first_day()
    }

    /// The first and the last day that it may mean; the same where it is known to the day.
    #[must_use]
    pub fn bounds(self) -> (Self, Self) {
        let of = |day: Date| Self {
            day: Some(day.day().cast_unsigned()),
            month: Some(day.month().cast_unsigned()),
            ..self
        };
        (of(self.first_day()), of(self.last_day()))
    }

    /// The days from this date to another one, where both are known to the day; negative where the other is earlier.
    #[must_use]
    pub fn days_until(self, other: Self) -> Option<i32> {
        let exact = self.precision() == Precision::Day && other.precision() == Precision::Day;
        exact.then(|| other.first_day().since(self.first_day()).ok()).flatten().map(|span| span.get_days())
    }

    /// The day so many days later; none where the date is not known to the day.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Option<Self> {
        if self.precision() != Precision::Day {
            return None;
        }
        let day = self.first_day().checked_add(jiff::Span::new().days(days)).ok()?;
        let part = |number: i8| u8::try_from(number).ok();
        Self::from_ymd(day.year(), part(day.month())?, part(day.day())?)
    }

    /// The same day so many months later, or the last day of a month that has no such day; none where the day is not known, or beyond
    /// the year 9999.
    #[must_use]
    pub fn plus_months(self, months: u16) -> Option<Self> {
        if self.precision() != Precision::Day {
            return None;
        }
        let day = self.first_day().checked_add(jiff::Span::new().months(months)).ok()?;
        let part = |number: i8| u8::try_from(number).ok();
        Self::from_ymd(day.year(), part(day.month())?, part(day.day())?)
    }

    /// The same day so many years later (29 February becomes 28 February); none beyond the year 9999.
    #[must_use]
    pub fn plus_years(self, years: i16) -> Option<Self> {
        let year = self.year.checked_add(years)?;
        match (self.month, self.day) {
            (Some(month), Some(day)) => {
                Self::from_ymd(year, month, day).or_else(|| Self::from_ymd(year, month, day.checked_sub(1)?))
            }
            (Some(month), None) => Self::from_ym(year, month),
            (None, _) => Self::from_year(year),
        }
    }

    /// The storage and `datetime` form: `2015-12-01`, `2015-12` or `2015`.
    #[must_use]
    pub fn iso(&self) -> String {
        let year = self.year;
        match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
            (Some(month), None) => format!("{year:04}-{month:02}"),
            (None, _) => format!("{year:04}"),
        }
    }

    /// The printed form: 平成27年12月1日, 平成27年12月 or 平成27年; the first year is 元年.
    ///
    /// The era is that of the last day meant (令和元年5月), on a day of 改元 the newer one.
    /// Before 明治6年 (1873, when the Gregorian calendar came) and beyond year 99 of an era
    /// the year is western: 1872年12月31日.
    #[must_use]
    pub fn wareki(&self) -> String {
        let year = match self.era_year() {
            Some((era, 1)) => format!("{era}元年"),
            Some((era, number)) => format!("{era}{number}年"),
            None => format!("{}年", self.year),
        };
        match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{year}{month}月{day}日"),
            (Some(month), None) => format!("{year}{month}月"),
            (None, _) => year,
        }
    }

    /// The era and its year that [`CivilDate::wareki`] prints, if any.
    fn era_year(self) -> Option<(&'static str, u8)> {
        if self.year < FIRST_GREGORIAN_YEAR {
            return None;
        }
        let era = eras::on(self.last_day())?;
        Some((era.name, era.number(self.year)?))
    }

    fn first_day(self) -> Date {
        let month = self.month.unwrap_or(1).cast_signed();
        let day = self.day.unwrap_or(1).cast_signed();
        // Every constructor has checked the parts.
        jiff::civil::date(self.year, month, day)
    }

    fn last_day(self) -> Date {
        match self.precision() {
            Precision::Day => self.first_day(),
            Precision::Month => self.first_day().last_of_month(),
            Precision::Year => self.first_day().last_of_year(),
        }
    }
}

/// 明治6年1月1日 is 1873-01-01; days before it were counted by the lunisolar calendar.
const FIRST_GREGORIAN_YEAR: i16 = 1873;

fn resolve(reading: &Reading) -> Result<Parsed, DateError> {
    let date = date_of(reading)?;
    Ok(Parsed { date, warnings: warnings_of(reading, date) })
}

fn date_of(reading: &Reading) -> Result<CivilDate, DateError> {
    let year = gregorian_year(reading)?;
    let Some(month) = reading.month else {
        return CivilDate::from_year(year).ok_or(DateError::YearZero);
    };
    let in_month = CivilDate::from_ym(year, month).ok_or(DateError::NoSuchMonth { month })?;
    let Some(day) = reading.day else {
        return Ok(in_month);
    };
    CivilDate::from_ymd(year, month, day).ok_or(DateError::NoSuchDay { in_month, day })
}

fn gregorian_year(reading: &Reading) -> Result<i16, DateError> {
    let (era, number) = match reading.year {
        Year::Western(year) => return Ok(year),
        Year::Era { number: 0, .. } => return Err(DateError::YearZero),
        Year::Era { era, number, .. } => (era, number),
    };
    let year = era.gregorian(number);
    if year < FIRST_GREGORIAN_YEAR {
        return Err(DateError::BeforeGregorian);
    }
    Ok(year)
}

fn warnings_of(reading: &Reading, date: CivilDate) -> Vec<Warning> {
    let notation = match (reading.year, reading.style) {
        (_, Style::Iso) => None,
        (Year::Western(_), Style::Separated) => Some(Warning::Slash),
        // A western year is the only way to write a date that no era covers.
        (Year::Western(_), Style::Kanji) => date.era_year().map(|_| Warning::WesternYear),
        (Year::Era { .. }, _) if reading.abbreviated => Some(Warning::Abbreviated),
        // In R1.5.1 the digit is the custom, so the first year only warns when spelt with 年.
        (Year::Era { number, gannen, .. }, _) => (number == 1 && !gannen).then_some(Warning::FirstYear),
    };
    let width = reading.folded.then_some(Warning::Width);
    [width, notation, era_slip(reading, date), weekday_slip(reading, date)].into_iter().flatten().collect()
}

/// An era that does not cover any day of the date.
fn era_slip(reading: &Reading, date: CivilDate) -> Option<Warning> {
    let Year::Era { era, .. } = reading.year else {
        return None;
    };
    if date.last_day() < era.first {
        return Some(Warning::BeforeEraStart { era: era.name, date });
    }
    let ended = era.last.is_some_and(|last| last < date.first_day());
    ended.then_some(Warning::AfterEraEnd { era: era.name, date })
}

fn weekday_slip(reading: &Reading, date: CivilDate) -> Option<Warning> {
    let written = reading.weekday?;
    let actual = match date.first_day().weekday() {
        Weekday::Monday => '月',
        Weekday::Tuesday => '火',
        Weekday::Wednesday => '水',
        Weekday::Thursday => '木',
        Weekday::Friday => '金',
        Weekday::Saturday => '土',
        Weekday::Sunday => '日',
    };
    (written != actual).then_some(Warning::Weekday { written, actual })
}

/// Text that does not begin with a date may still hold one.
fn explain_no_date(text: &str) -> DateError {
    match find_all(text).first() {
        Some((range, _)) => DateError::extra_text(text[..range.start].trim()),
        None => DateError::not_a_date(text),
    }
}
