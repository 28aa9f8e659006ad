//! 公表日 of a remembered document, for deciding which version is which: read from one line where that is enough.

use crate::check::{self, Surroundings};
use crate::form::{Form, fold};
use crate::read::{self, AssessmentFolder, Data, Yaml};
use crate::wareki::{self, CivilDate, Precision};

/// The item on the cover of every form.
const ITEM: &str = "cover.publication-date";

/// The column of 変更箇所 that dates a row, on every form.
const DATE_OF_ROW: &str = "変更日";

/// 公表日 of a document in a folder, in a file of its own or not; none where it is missing or impossible.
pub fn published_of(folder: &AssessmentFolder) -> Option<CivilDate> {
    let file = folder.text_file("assessment.yaml").ok()?;
    match on_a_line(&file.text) {
        Line::Day(day) => Some(day),
        Line::Unclear => {
            let (source, _) = read::assessment(folder);
            check::assessment(&source?, Surroundings::unknown()).assessment?.published
        }
    }
}

/// How many rows of 変更箇所 of a document are dated on a day.
pub(super) fn rows_of_day(folder: &AssessmentFolder, day: CivilDate) -> usize {
    dates_of_rows(folder).into_iter().filter(|date| *date == day).count()
}

/// How many rows of 変更箇所 of a document are dated after a day.
pub(super) fn rows_after(folder: &AssessmentFolder, day: CivilDate) -> usize {
    dates_of_rows(folder).into_iter().filter(|date| day.is_before(*date)).count()
}

/// 変更日 of the rows.
fn dates_of_rows(folder: &AssessmentFolder) -> Vec<CivilDate> {
    let Ok(file) = folder.text_file("changes.yaml") else { return Vec::new() };
    let Some(Yaml { data: Data::List(rows), .. }) = read::parse_partly(&file).root else { return Vec::new() };
    let dates = rows.iter().filter_map(|row| {
        let Data::Map(fields) = &row.data else { return None };
        let (_, value) = fields.iter().find(|(key, _)| fold(&key.text) == DATE_OF_ROW)?;
        wareki::parse(value.text()?).ok().map(|parsed| parsed.date)
    });
    dates.collect()
}

/// A value without quotes and comment.
fn bare(value: &str) -> &str {
    value.split(" #").next().unwrap_or_default().trim().trim_matches(['"', '\''])
}

/// What the lines of the outermost level say.
enum Line {
    Day(CivilDate),
    Unclear,
}

/// Keys of the outermost level stand at the beginning of their lines, whatever the rest of the file is. Where 公表日 stands there
/// once and is a date, that is what reading the whole document would give.
fn on_a_line(text: &str) -> Line {
    let mut days = text.lines().filter_map(|line| {
        let (key, value) = line.split_once(':')?;
        let is_key = !key.starts_with([' ', '\t', '#', '-']) && is_publication_date(key);
        is_key.then_some(value)
    });
    let (Some(value), None) = (days.next(), days.next()) else { return Line::Unclear };
    match wareki::parse(bare(value)) {
        Ok(parsed) if parsed.date.precision() == Precision::Day => Line::Day(parsed.date),
        _ => Line::Unclear,
    }
}

fn is_publication_date(key: &str) -> bool {
    let key = fold(key.trim().trim_matches(['"', '\'']));
    Form::all().iter().filter_map(|form| form.by_id(ITEM)).any(|node| fold(&node.label) == key)
}

/// The day in Japan of a moment, given in seconds since 1970 UTC.
pub fn day_of(seconds: i64) -> Option<CivilDate> {
    CivilDate::of_moment_in_japan(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<String> {
        match on_a_line(text) {
            Line::Day(day) => Some(day.iso()),
            Line::Unclear => None,
        }
    }

    #[test]
    fn a_line_of_its_own_is_enough() {
        assert_eq!(
            day("様式: x\n公表日: 令和5年11月14日\nA:\n  公表日: 2020-01-01\n").as_deref(),
            Some("2023-11-14")
        );
        assert_eq!(day("公表日: \"2023-11-14\"  # 予定\n").as_deref(), Some("2023-11-14"));
        assert_eq!(day("公表日 : '令和５年11月14日'\r\n").as_deref(), Some("2023-11-14"));
    }

    #[test]
    fn what_is_not_plain_is_read_in_full() {
        for text in [
            "様式: x\n",
            "公表日:\n  2023-11-14\n",
            "公表日: 2023-11\n",
            "公表日: 2023-11-14\n公表日: 2024-11-14\n",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
