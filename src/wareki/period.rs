//! Periods in running text: from one date to another.

use super::{CivilDate, Precision, find_all};

/// Words between the two dates of a period.
const CONNECTORS: [&str; 9] = ["から", "より", "～", "〜", "~", "－", "-", "–", "至"];
/// More than this between two dates is a sentence of its own.
const LONGEST_CONNECTOR: usize = 12;

/// The number of days of the shortest period in a text, counted with its first and its last day.
///
/// None where there is no period, or where a date stands alone: then another period may have been written in a way that
/// is not understood (「4月1日から30日まで」), and nothing can be said.
pub fn shortest_period(text: &str) -> Option<i32> {
    let found = find_all(text);
    let mut shortest: Option<i32> = None;
    let mut dates = found.iter();
    while let Some((from_range, from)) = dates.next() {
        let (to_range, to) = dates.next()?;
        let between = text[from_range.end..to_range.start].trim();
        let connects = CONNECTORS.iter().any(|c| between.contains(c));
        if !connects || between.chars().count() > LONGEST_CONNECTOR {
            return None;
        }
        let days = inclusive_days(from.date, to.date)?;
        shortest = Some(shortest.map_or(days, |s| s.min(days)));
    }
    shortest
}

fn inclusive_days(from: CivilDate, to: CivilDate) -> Option<i32> {
    let is_exact = |date: CivilDate| date.precision() == Precision::Day;
    if !is_exact(from) || !is_exact(to) {
        return None;
    }
    let days = to.first_day().since(from.first_day()).ok()?.get_days() + 1;
    (days > 0).then_some(days)
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
    fn what_is_not_understood_is_not_judged() {
        for text in
            ["未定", "令和3年4月1日から30日まで", "令和3年4月1日に実施した。", "令和3年4月から令和3年5月まで"]
        {
            assert_eq!(shortest_period(text), None, "{text}");
        }
        // The end lies before the beginning: a slip that another rule names.
        assert_eq!(shortest_period("令和6年7月19日から令和6年6月17日まで"), None);
    }
}
