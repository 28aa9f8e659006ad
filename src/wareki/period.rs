//! Periods in running text: from one date to another.

use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;
use unicode_normalization::UnicodeNormalization as _;

use super::{CivilDate, find_all};

/// Words between the two dates of a period.
const CONNECTORS: [&str; 9] = ["から", "より", "～", "〜", "~", "－", "-", "–", "至"];
/// More than this between two dates is a sentence of its own.
const LONGEST_CONNECTOR: usize = 12;

/// A period in a text, from one day to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: CivilDate,
    /// The last day.
    pub to: CivilDate,
    /// Bytes of the text from the first date to the end of the last one.
    pub range: Range<usize>,
}

impl Period {
    /// The number of days with the first and the last day; none where a date is not known to the day, or the end lies first.
    #[must_use]
    pub fn days(&self) -> Option<i32> {
        self.from.days_until(self.to).map(|days| days + 1).filter(|days| *days > 0)
    }
}

/// The periods of a text in its order. The end takes over what it leaves out: 「令和3年4月1日から30日まで」, 「4月1日から同年5月6日まで」,
/// 「4月1日から30日間」.
///
/// None where there is no period, or where a date stands alone: then another period may have been written in a way that
/// is not understood, and nothing can be said.
pub fn periods(text: &str) -> Option<Vec<Period>> {
    let found = find_all(text);
    let mut periods = Vec::new();
    let mut dates = found.iter();
    while let Some((from_range, from)) = dates.next() {
        if let Some((to, end)) = short_end(from.date, &text[from_range.end..]) {
            let range = from_range.start..from_range.end + end;
            periods.push(Period { from: from.date, to, range });
            continue;
        }
        let (to_range, to) = dates.next()?;
        let between = &text[from_range.end..to_range.start];
        let connects = CONNECTORS.iter().any(|c| between.contains(c)) && !is_next_in_list(between);
        let between = between.trim();
        if !connects || between.chars().count() > LONGEST_CONNECTOR {
            return None;
        }
        periods.push(Period { from: from.date, to: to.date, range: from_range.start..to_range.end });
    }
    Some(periods).filter(|p| !p.is_empty())
}

/// The end of a period that leaves out the year or the month, or gives a number of days; with the bytes that it takes of the text
/// behind the first date.
fn short_end(from: CivilDate, rest: &str) -> Option<(CivilDate, usize)> {
    static END: OnceLock<Regex> = OnceLock::new();
    let end = END.get_or_init(|| {
        let pattern = r"^[\s　]*(?:から|より|至|[～〜~－–-])[\s　]*(?:同年[\s　]*)?(?:([0-9０-９]{1,2})[\s　]*月[\s　]*)?(?:同月[\s　]*)?([0-9０-９]{1,3})[\s　]*日(間)?";
        Regex::new(pattern).unwrap_or_else(|error| panic!("{error}"))
    });
    let found = end.captures(rest)?;
    let number = |group: usize| {
        let digits: String = found.get(group)?.as_str().nfkc().collect();
        digits.parse::<u8>().ok()
    };
    let to = if found.get(3).is_some() && found.get(1).is_none() {
        from.plus_days(i32::from(number(2)?).checked_sub(1)?)?
    } else {
        let month = number(1).or(from.month())?;
        // 「12月2日から1月10日まで」 ends in the next year.
        let year = if Some(month) < from.month() { from.year().checked_add(1)? } else { from.year() };
        CivilDate::from_ymd(year, month, number(2)?)?
    };
    Some((to, found.get(0)?.end()))
}

/// Whether two dates stand in two entries of a list: the dash between them is then the mark of the second one.
fn is_next_in_list(between: &str) -> bool {
    between.contains('\n') && between.trim() == "-"
}

/// The number of days of the shortest period in a text, counted with its first and its last day; none where [`periods`] says
/// nothing or a period has no length.
pub fn shortest_period(text: &str) -> Option<i32> {
    let days: Option<Vec<_>> = periods(text)?.iter().map(Period::days).collect();
    days?.into_iter().min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_count() {
        assert_eq!(shortest_period("令和6年6月17日から令和6年7月19日まで"), Some(33));
        assert_eq!(shortest_period("- 令和5年2月1日～令和5年2月28日（28日間）"), Some(28));
        assert_eq!(
            shortest_period("令和3年6月30日から令和3年7月30日まで\n令和6年6月1日から令和6年6月10日まで"),
            Some(10)
        );
    }

    #[test]
    fn a_list_of_days_is_no_period() {
        assert_eq!(periods("- 令和3年8月19日\n- 令和8年7月23日"), None);
        let two = "- 令和3年6月1日から令和3年7月2日まで\n- 令和8年5月11日から令和8年6月12日まで";
        assert_eq!(periods(two).map(|p| p.len()), Some(2));
    }

    #[test]
    fn the_end_takes_over_what_it_leaves_out() {
        for (text, days) in [
            ("令和8年5月11日から5月29日まで", 19),
            ("令和8年5月11日（月）から５月29日（金）まで", 19),
            ("令和8年5月11日～29日（19日間）", 19),
            ("令和8年5月11日から同年6月12日まで", 33),
            ("令和8年5月11日から同月29日まで", 19),
            ("2026年5月11日～5月29日", 19),
            ("令和8年5月11日から19日間", 19),
            ("令和7年12月2日から1月10日まで", 40),
            ("令和8年5月11日から令和8年6月12日まで、令和9年2月1日から28日まで", 28),
        ] {
            assert_eq!(shortest_period(text), Some(days), "{text}");
        }
    }

    #[test]
    fn what_is_not_understood_is_not_judged() {
        for text in [
            "未定",
            "令和3年4月1日に実施した。",
            "令和3年4月から令和3年5月まで",
            "令和3年4月1日から4月31日まで",
        ] {
            assert_eq!(shortest_period(text), None, "{text}");
        }
        // The end lies before the beginning: a slip that another rule names.
        assert_eq!(shortest_period("令和6年7月19日から令和6年6月17日まで"), None);
    }
}
