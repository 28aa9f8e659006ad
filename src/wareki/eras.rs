//! The table of eras, read from `eras.csv` so that a new era is one new line of data.

use std::sync::LazyLock;

use jiff::civil::Date;

/// One era (元号) with its first and last day in the Gregorian calendar.
#[derive(Debug)]
pub(super) struct Era {
    pub(super) name: &'static str,
    pub(super) letter: char,
    pub(super) ligature: char,
    pub(super) first: Date,
    /// `None` while the era runs.
    pub(super) last: Option<Date>,
}

impl Era {
    /// The Gregorian year of year `n` of this era; 元年 is 1 and always the year of the first day.
    pub(super) fn gregorian(&self, n: u8) -> i16 {
        self.first.year() - 1 + i16::from(n)
    }

    /// The year of this era for a Gregorian year, where two digits can say it.
    pub(super) fn number(&self, gregorian: i16) -> Option<u8> {
        let n = u8::try_from(gregorian - self.first.year() + 1).ok()?;
        (1..=99).contains(&n).then_some(n)
    }
}

/// All eras, oldest first.
pub(super) fn all() -> &'static [Era] {
    &ERAS
}

/// The era of a day; on a day that two eras share, the newer one.
pub(super) fn on(day: Date) -> Option<&'static Era> {
    ERAS.iter().rfind(|era| era.first <= day)
}

const TABLE: &str = include_str!("eras.csv");

static ERAS: LazyLock<Vec<Era>> = LazyLock::new(|| rows().filter_map(read_row).collect());

fn rows() -> impl Iterator<Item = &'static str> {
    TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// A malformed row is left out here; the test below keeps the table free of them.
fn read_row(row: &'static str) -> Option<Era> {
    let mut cells = row.split(',');
    Some(Era {
        name: cells.next()?,
        letter: cells.next()?.parse().ok()?,
        ligature: cells.next()?.parse().ok()?,
        first: cells.next()?.parse().ok()?,
        last: match cells.next()? {
            "" => None,
            day => Some(day.parse().ok()?),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    // Every row is read, and each era begins on or one day after the end of the one before.
    #[test]
    fn table_is_complete_and_without_gaps() {
        assert_eq!(all().len(), rows().count());
        for pair in all().windows(2) {
            let last = pair[0].last.expect("only the newest era runs");
            let next = last.tomorrow().expect("in range");
            assert!(pair[1].first == last || pair[1].first == next, "{pair:?}");
        }
        assert!(all().last().is_some_and(|era| era.last.is_none()));
    }
}
