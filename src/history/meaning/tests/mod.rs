//! Rows as people write them. All texts are made up.

mod columns;
mod rows;

use super::*;
use crate::assessment::ItemRef;
use crate::form::Form;
use crate::wareki::CivilDate;

const TEXT: &str = "窓口で届を受け付け、住所と氏名を確かめる。";
const OTHER: &str = "届を郵送でも受け付け、写しで本人であることを確かめる。";

fn answers() -> Answers {
    Answers::new(Form::with_id("zenkomoku-h30-05").unwrap())
}

fn change(item: &str, before: &str, after: &str) -> Change {
    let slot = Form::with_id("zenkomoku-h30-05").unwrap().slot(item);
    assert_eq!(slot.is_none(), item.is_empty(), "{item}");
    Change {
        date: CivilDate::from_ymd(2024, 4, 1),
        date_text: String::new(),
        item: ItemRef { text: item.to_owned(), slot },
        before: before.to_owned(),
        after: after.to_owned(),
        timing: "事後".to_owned(),
        explanation: String::new(),
        judgement: crate::assessment::Judgement::default(),
    }
}

fn row(before: &str, after: &str) -> Meaning {
    meanings(&answers(), &[change("", before, after)]).remove(0)
}

/// What a row by itself means, see [`shown`].
fn alone(before: &str, after: &str) -> String {
    all_shown(&[change("", before, after)]).remove(0)
}

/// What rows mean, see [`shown`].
fn all_shown(changes: &[Change]) -> Vec<String> {
    let all = meanings(&answers(), changes);
    changes.iter().zip(&all).map(|(change, meaning)| shown(change, meaning)).collect()
}

/// Kind, `before`, `after` and the columns that only tell something, in a word.
fn shown(change: &Change, meaning: &Meaning) -> String {
    let letter = |column: Option<Column>| match column {
        Some(Column::Before) => "B",
        Some(Column::After) => "A",
        None => "-",
    };
    let [before, after] = [meaning.before, meaning.after].map(letter);
    let columns = [Column::Before, Column::After];
    let is_told = |column: &Column| meaning.told(change, *column).is_some();
    let told: String = columns.into_iter().filter(is_told).map(|column| letter(Some(column))).collect();
    format!("{} {before}{after}{}", meaning.kind.id(), if told.is_empty() { "-" } else { &told })
}

#[track_caller]
fn all(expected: &str, rows: &[(&str, &str)]) {
    for (before, after) in rows {
        assert_eq!(alone(before, after), expected, "{before:?} => {after:?}");
    }
}

/// Wordings in the column before, beside a text in the column after.
#[track_caller]
fn before(expected: &str, wordings: &[&str]) {
    for wording in wordings {
        assert_eq!(alone(wording, TEXT), expected, "{wording:?}");
    }
}

/// Wordings in the column after, beside a text in the column before.
#[track_caller]
fn after(expected: &str, wordings: &[&str]) {
    for wording in wordings {
        assert_eq!(alone(TEXT, wording), expected, "{wording:?}");
    }
}
