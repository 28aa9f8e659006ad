//! What is due as iCalendar (RFC 5545): a day of its own for each, for people's calendars.
//!
//! Every byte follows from the documents, so that a calendar that is fetched again has changed only where they have.

use std::fmt::Write as _;

use super::{Basis, Due};
use crate::wareki::CivilDate;

/// What a calendar is called and where its documents are.
#[derive(Debug, Clone, Copy)]
pub struct Calendar<'a> {
    /// Its name.
    pub name: &'a str,
    /// Address of the site, with a final slash.
    pub base_url: Option<&'a str>,
}

/// Octets of a line without its end (RFC 5545 3.1).
const LONGEST_LINE: usize = 75;

/// The text of an `.ics` file. What has no date is left out.
pub fn calendar(calendar: &Calendar<'_>, dues: &[Due]) -> String {
    let mut lines = Lines::default();
    lines.add("BEGIN", "VCALENDAR");
    lines.add("VERSION", "2.0");
    lines.add("PRODID", "-//kohyo//due//JA");
    lines.add("CALSCALE", "GREGORIAN");
    lines.add("METHOD", "PUBLISH");
    lines.add_text("X-WR-CALNAME", calendar.name);
    let mut is_empty = true;
    for due in dues {
        let Some((date, stamp)) = due.date.zip(due.stamp) else { continue };
        is_empty = false;
        event(&mut lines, due, date, stamp, calendar.base_url);
    }
    if is_empty {
        // A calendar must hold a component (RFC 5545 3.6), and this one says nothing.
        time_zone(&mut lines);
    }
    lines.add("END", "VCALENDAR");
    lines.0
}

fn event(lines: &mut Lines, due: &Due, date: CivilDate, stamp: CivilDate, base_url: Option<&str>) {
    let (first, last) = date.bounds();
    lines.add("BEGIN", "VEVENT");
    lines.add("UID", &due.uid().hyphenated().to_string());
    lines.add("DTSTAMP", &midnight_in_japan(stamp));
    lines.add("DTSTART;VALUE=DATE", &compact(first));
    if let Some(end) = last.plus_days(1) {
        lines.add("DTEND;VALUE=DATE", &compact(end));
    }
    lines.add_text("SUMMARY", &format!("{}: {}（{}）", due.kind.label(), due.title, due.municipality));
    lines.add_text("DESCRIPTION", &description(due));
    lines.add_text("CATEGORIES", due.kind.label());
    if let Some(url) = due.url(base_url) {
        lines.add("URL", &url);
    }
    // Nobody is busy because of it.
    lines.add("TRANSP", "TRANSPARENT");
    lines.add("END", "VEVENT");
}

fn description(due: &Due) -> String {
    let basis = match due.basis {
        Basis::Since(..) => format!("数え方: {}", due.basis.text()),
        basis => basis.text(),
    };
    format!(
        "{}\n{basis}\n根拠: {}\n評価書: {}（{} {}）",
        due.kind.label(),
        due.kind.rule(),
        due.title,
        due.municipality,
        due.code
    )
}

fn time_zone(lines: &mut Lines) {
    for (name, value) in [
        ("BEGIN", "VTIMEZONE"),
        ("TZID", "Asia/Tokyo"),
        ("BEGIN", "STANDARD"),
        ("DTSTART", "19700101T000000"),
        ("TZOFFSETFROM", "+0900"),
        ("TZOFFSETTO", "+0900"),
        ("END", "STANDARD"),
        ("END", "VTIMEZONE"),
    ] {
        lines.add(name, value);
    }
}

/// `20270901`.
fn compact(date: CivilDate) -> String {
    date.iso().replace('-', "")
}

/// The beginning of a day in Japan, in UTC: 15 o'clock of the day before.
fn midnight_in_japan(date: CivilDate) -> String {
    let first = date.bounds().0;
    format!("{}T150000Z", compact(first.plus_days(-1).unwrap_or(first)))
}

/// Lines of a calendar, folded.
#[derive(Default)]
struct Lines(String);

impl Lines {
    /// A line whose value is written as it is.
    fn add(&mut self, name: &str, value: &str) {
        let line: String =
            name.chars().chain([':']).chain(value.chars()).filter(|c| !c.is_control()).collect();
        let mut octets = 0;
        for c in line.chars() {
            if octets + c.len_utf8() > LONGEST_LINE {
                self.0.push_str("\r\n ");
                octets = 1;
            }
            self.0.push(c);
            octets += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// A line whose value is TEXT (RFC 5545 3.3.11).
    fn add_text(&mut self, name: &str, text: &str) {
        let mut value = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                '\n' => value.push_str("\\n"),
                '\\' | ';' | ',' => {
                    let _ = write!(value, "\\{c}");
                }
                c => value.push(c),
            }
        }
        self.add(name, &value);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(text: &str) -> String {
        let mut lines = Lines::default();
        lines.add_text("SUMMARY", text);
        lines.0
    }

    #[test]
    fn what_ends_a_value_is_escaped() {
        assert_eq!(written("一; 二, 三\\四\n五\r\u{7}"), "SUMMARY:一\\; 二\\, 三\\\\四\\n五\r\n");
    }

    #[test]
    fn a_day_in_japan_begins_in_the_afternoon_before() {
        let stamp = |y, m, d| midnight_in_japan(CivilDate::from_ymd(y, m, d).unwrap());
        assert_eq!(stamp(2026, 9, 1), "20260831T150000Z");
        assert_eq!(stamp(2024, 3, 1), "20240229T150000Z");
    }

    proptest! {
        #[test]
        fn lines_are_short_and_unfold_to_what_they_were(text in "[^\\p{C}\\\\;,]{0,200}") {
            let folded = written(&text);
            prop_assert!(folded.ends_with("\r\n"));
            for line in folded.trim_end_matches("\r\n").split("\r\n") {
                prop_assert!(line.len() <= LONGEST_LINE, "{line}");
            }
            let unfolded = folded.replace("\r\n ", "");
            prop_assert_eq!(unfolded, format!("SUMMARY:{text}\r\n"));
        }
    }
}
