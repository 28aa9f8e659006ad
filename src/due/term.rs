//! The dates that follow from other dates, and how near they are: the one place where the check (REV-01, REV-02) and the list of what
//! is due count.

use crate::assessment::Occasion;
use crate::wareki::CivilDate;

/// A review is near after so many days (REV-01).
const REVIEW_NEAR: i32 = 300;
/// A 再実施 takes months of preparation, so it is near so many days before (REV-02).
const REPETITION_NEAR: i32 = 180;
/// What stands in a plan, or ends by itself, is near so many days before.
const EVENT_NEAR: i32 = 30;

const REVIEW_YEARS: i16 = 1;
const REPETITION_YEARS: i16 = 5;
const RETENTION_YEARS: i16 = 3;

/// How near a date is on the day that is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// It has passed, and what was due was not done.
    Overdue,
    /// It is near.
    Soon,
    /// There is time.
    Later,
    /// It has passed, and nothing is to be done any more.
    Passed,
    /// There is no date.
    Unknown,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Overdue, Self::Soon, Self::Later, Self::Passed, Self::Unknown];

    /// Its name for programs.
    pub fn id(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Soon => "soon",
            Self::Later => "later",
            Self::Passed => "passed",
            Self::Unknown => "unknown",
        }
    }

    /// Its name for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Overdue => "期限を過ぎています",
            Self::Soon => "近づいています",
            Self::Later => "先です",
            Self::Passed => "過ぎました",
            Self::Unknown => "日付なし",
        }
    }
}

/// A date that follows from another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// What it is counted from.
    pub base: CivilDate,
    /// The date itself.
    pub limit: CivilDate,
    /// How near it is.
    pub state: State,
}

/// 見直し at least once a year, counted from 公表日 or the last review, whichever is later (規則第14条第3項). It is overdue on the day
/// after the year; none only beyond the year 9999.
pub fn review(published: CivilDate, last_review: Option<CivilDate>, as_of: CivilDate) -> Option<Term> {
    let base = last_review.filter(|day| published.is_before(*day)).unwrap_or(published);
    let limit = base.plus_years(REVIEW_YEARS)?;
    let is_near = base.bounds().1.days_until(as_of).is_some_and(|days| days >= REVIEW_NEAR);
    let state = match (limit.is_before(as_of), is_near) {
        (true, _) => State::Overdue,
        (false, true) => State::Soon,
        (false, false) => State::Later,
    };
    Some(Term { base, limit, state })
}

/// The publication from which the five years count: a 修正 does not move it. None where it is not known.
pub fn last_conducted(
    occasion: Option<Occasion>,
    last_conducted: Option<CivilDate>,
    published: Option<CivilDate>,
) -> Option<CivilDate> {
    let conducts = matches!(occasion, Some(Occasion::First | Occasion::Again));
    last_conducted.or(published.filter(|_| conducts))
}

/// 再実施 before five years have passed (規則第15条), so that it is overdue on the day itself.
pub fn repetition(conducted: CivilDate, as_of: CivilDate) -> Option<Term> {
    let limit = conducted.plus_years(REPETITION_YEARS)?;
    let (first, last) = limit.bounds();
    let state = if as_of >= last {
        State::Overdue
    } else if as_of.days_until(first).is_some_and(|left| left <= REPETITION_NEAR) {
        State::Soon
    } else {
        State::Later
    };
    Some(Term { base: conducted, limit, state })
}

/// Whether the 事務 has ended by a day: from then on it is neither reviewed nor assessed again, and kept for three years.
pub fn has_ended(ended: Option<CivilDate>, as_of: CivilDate) -> bool {
    ended.is_some_and(|day| !as_of.is_before(day))
}

/// Until when the document of a 事務 that has ended is kept at least (PUB-04).
pub fn retention(ended: CivilDate, as_of: CivilDate) -> Option<Term> {
    let limit = ended.plus_years(RETENTION_YEARS)?;
    Some(Term { base: ended, limit, state: event(limit, as_of) })
}

/// Whether a document that was published must be public still: while its 事務 goes on, and for three years after its end (PUB-04).
pub fn must_be_public(ended: Option<CivilDate>, as_of: CivilDate) -> bool {
    ended.and_then(|day| retention(day, as_of)).is_none_or(|term| term.state != State::Passed)
}

/// How near something is that happens by itself or by plan: it is never overdue.
pub fn event(date: CivilDate, as_of: CivilDate) -> State {
    if date.is_before(as_of) {
        return State::Passed;
    }
    match as_of.days_until(date.bounds().0) {
        Some(left) if left > EVENT_NEAR => State::Later,
        _ => State::Soon,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(iso: &str) -> CivilDate {
        crate::wareki::parse(iso).unwrap().date
    }

    fn reviewed(published: &str, last: Option<&str>, as_of: &str) -> (String, State) {
        let term = review(day(published), last.map(day), day(as_of)).unwrap();
        (term.limit.iso(), term.state)
    }

    #[test]
    fn a_review_counts_from_the_later_of_publication_and_review() {
        let due = |last| reviewed("2025-09-01", last, "2025-10-01").0;
        assert_eq!(due(None), "2026-09-01");
        assert_eq!(due(Some("2026-03-10")), "2027-03-10");
        assert_eq!(due(Some("2024-03-10")), "2026-09-01", "a review of the version before");
    }

    #[test]
    fn a_review_is_near_after_300_days_and_overdue_after_the_year() {
        let state = |as_of| reviewed("2025-09-01", None, as_of).1;
        assert_eq!(state("2026-06-27"), State::Later);
        assert_eq!(state("2026-06-28"), State::Soon);
        assert_eq!(state("2026-09-01"), State::Soon);
        assert_eq!(state("2026-09-02"), State::Overdue);
        // A year with 29 February has 366 days, and the year is what counts.
        assert_eq!(reviewed("2023-03-01", None, "2024-03-01").1, State::Soon);
    }

    #[test]
    fn five_years_are_over_on_their_last_day() {
        let state = |conducted, as_of| {
            repetition(day(conducted), day(as_of)).map(|t| (t.limit.iso(), t.state)).unwrap()
        };
        assert_eq!(state("2021-09-01", "2026-03-04"), ("2026-09-01".to_owned(), State::Later));
        assert_eq!(state("2021-09-01", "2026-03-05").1, State::Soon);
        assert_eq!(state("2021-09-01", "2026-08-31").1, State::Soon);
        assert_eq!(state("2021-09-01", "2026-09-01").1, State::Overdue);
        assert_eq!(state("2024-02-29", "2029-02-28"), ("2029-02-28".to_owned(), State::Overdue));
        assert_eq!(state("2023-02-28", "2028-02-27"), ("2028-02-28".to_owned(), State::Soon));
    }

    #[test]
    fn a_month_is_overdue_only_when_all_of_it_is() {
        assert_eq!(reviewed("2025-09", None, "2026-09-30"), ("2026-09".to_owned(), State::Soon));
        assert_eq!(reviewed("2025-09", None, "2026-10-01").1, State::Overdue);
        let state = |as_of| repetition(day("2021-09"), day(as_of)).unwrap().state;
        assert_eq!([state("2026-03-04"), state("2026-03-05")], [State::Later, State::Soon]);
        assert_eq!([state("2026-09-29"), state("2026-09-30")], [State::Soon, State::Overdue]);
    }

    #[test]
    fn only_an_assessment_moves_the_five_years() {
        let base = |occasion, last: Option<&str>| {
            last_conducted(occasion, last.map(day), Some(day("2026-09-01"))).map(|d| d.iso())
        };
        assert_eq!(base(Some(Occasion::Again), None).as_deref(), Some("2026-09-01"));
        assert_eq!(base(Some(Occasion::Revision), None), None);
        assert_eq!(base(None, None), None);
        assert_eq!(base(Some(Occasion::Revision), Some("2023-09-29")).as_deref(), Some("2023-09-29"));
    }

    #[test]
    fn what_has_ended_is_kept_for_three_years() {
        let state =
            |as_of| retention(day("2024-02-29"), day(as_of)).map(|t| (t.limit.iso(), t.state)).unwrap();
        assert_eq!(state("2026-01-01"), ("2027-02-28".to_owned(), State::Later));
        assert_eq!(state("2027-02-28").1, State::Soon);
        assert_eq!(state("2027-03-01").1, State::Passed);
        assert!(has_ended(Some(day("2026-03-31")), day("2026-03-31")));
        assert!(!has_ended(Some(day("2026-03-31")), day("2026-03-30")));
    }

    proptest! {
        /// Days go by, and a state never goes back.
        #[test]
        fn states_follow_each_other(base in 0..3000i32, from in 0..3000i32, days in 0..3000i32) {
            let start = CivilDate::from_ymd(2019, 1, 1).unwrap();
            let base = start.plus_days(base).unwrap();
            let (one, other) = (start.plus_days(from).unwrap(), start.plus_days(from + days).unwrap());
            let rank = |state: State| [State::Later, State::Soon, State::Overdue].iter().position(|s| *s == state);
            let review = |as_of| rank(review(base, None, as_of).unwrap().state);
            let repetition = |as_of| rank(repetition(base, as_of).unwrap().state);
            prop_assert!(review(one) <= review(other));
            prop_assert!(repetition(one) <= repetition(other));
        }
    }
}
