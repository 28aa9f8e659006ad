//! `changes.csv`: one change a line, written as all our files in CSV.

use std::borrow::Cow;

use super::change::ChangeRow;
use super::columns::COLUMNS;
use super::csv;
use crate::history::ChangeKind;

/// The whole file of some rows.
pub fn changes_csv(rows: &[ChangeRow<'_>]) -> Vec<u8> {
    [csv_head(), csv_records(rows)].concat()
}

/// What stands before the rows; the same in every file.
pub fn csv_head() -> Vec<u8> {
    csv::head(COLUMNS.iter().filter_map(|column| column.head))
}

/// The rows alone, to be put after those of another document.
pub fn csv_records(rows: &[ChangeRow<'_>]) -> Vec<u8> {
    csv::records(rows.iter().map(cells))
}

/// The cells of a row, in the order of the heads in [`COLUMNS`].
fn cells<'a>(row: &'a ChangeRow<'_>) -> [Cow<'a, str>; HEADS] {
    let text = |text: &'a Option<String>| Cow::Borrowed(text.as_deref().unwrap_or_default());
    [
        row.code.into(),
        row.municipality.into(),
        row.number.into(),
        row.title.into(),
        row.form.into(),
        text(&row.date),
        Cow::Borrowed(&row.wareki),
        row.ordinal.to_string().into(),
        text(&row.id),
        text(&row.reference),
        text(&row.label),
        row.item.into(),
        text(&row.section),
        row.kind.id().into(),
        kind_label(row.kind).into(),
        row.before.into(),
        row.after.into(),
        row.timing_code.unwrap_or_default().into(),
        row.timing.into(),
        row.explanation_resolved.into(),
        if row.important { "1" } else { "0" }.into(),
        text(&row.counterpart),
        Cow::Borrowed(&row.url),
        row.document.into(),
        text(&row.published),
    ]
}

/// Number of columns.
const HEADS: usize = 25;

/// Part of the contract, so no word of the theme.
fn kind_label(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Added => "追加",
        ChangeKind::Removed => "削除",
        ChangeKind::Changed => "変更",
        ChangeKind::Moved => "移動",
        ChangeKind::Notation => "表記のみの変更",
    }
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::csv::{BEGINS_FORMULA, safe};
    use super::*;

    /// What `/data/` tells people to do with a cell.
    pub(in crate::site::data) fn undone(cell: &str) -> String {
        let cell = cell.strip_prefix('\'').unwrap_or(cell);
        let mut text = String::new();
        let mut chars = cell.chars();
        while let Some(c) = chars.next() {
            match (c, c == '\\') {
                (_, true) => text.push(match chars.next().unwrap() {
                    'n' => '\n',
                    'r' => '\r',
                    '\\' => '\\',
                    other => panic!("\\{other}"),
                }),
                (c, false) => text.push(c),
            }
        }
        text
    }

    /// A reader of RFC 4180 that shares nothing with the writer.
    pub(in crate::site::data) fn read(file: &str) -> Vec<Vec<String>> {
        let mut records = vec![vec![String::new()]];
        let mut quoted = false;
        let mut chars = file.chars().peekable();
        while let Some(c) = chars.next() {
            let record = records.last_mut().unwrap();
            match c {
                '"' if quoted && chars.peek() == Some(&'"') => {
                    record.last_mut().unwrap().extend(chars.next());
                }
                '"' => quoted = !quoted,
                ',' if !quoted => record.push(String::new()),
                '\r' if !quoted => {
                    assert_eq!(chars.next(), Some('\n'));
                    records.push(vec![String::new()]);
                }
                c => record.last_mut().unwrap().push(c),
            }
        }
        assert_eq!(records.pop(), Some(vec![String::new()]), "the file ends with a line end");
        records
    }

    fn row<'a>(before: &'a str, after: &'a str) -> ChangeRow<'a> {
        ChangeRow {
            code: "019984",
            municipality: "みほん市",
            document: "8-kaigo",
            number: "8",
            title: "介護保険, \"全項目\"",
            form: "zenkomoku-h30-05",
            date: None,
            date_text: "令和6年3月",
            wareki: "令和6年3月".to_owned(),
            ordinal: 1,
            id: None,
            reference: None,
            label: None,
            item: "+どこか",
            section: None,
            kind: ChangeKind::Changed,
            before,
            after,
            timing_code: Some("after"),
            timing: "事後",
            explanation: "同上",
            explanation_resolved: "形式的な変更",
            important: true,
            counterpart: None,
            url: "019984/8-kaigo/changes/#c-nodate-001".to_owned(),
            published: Some("2025-03-14".to_owned()),
        }
    }

    #[test]
    fn the_table_of_columns_fits_the_rows() {
        let heads = COLUMNS.iter().filter_map(|column| column.head).count();
        assert_eq!(heads, HEADS);
        let keys: Vec<_> = COLUMNS.iter().filter_map(|column| column.key).collect();
        let row = serde_json::to_value(row("", "")).unwrap();
        assert_eq!(row.as_object().unwrap().keys().map(String::as_str).collect::<Vec<_>>(), keys);
    }

    #[test]
    fn no_cell_is_a_formula_or_breaks_the_line() {
        for text in ["=1+1", "＝1", "- 紙\n- 電話", "@a", "\tx", "'x", "－5", "＋5", "＠x", "a\r\nb\\n", "\r"]
        {
            let file = String::from_utf8(csv_records(&[row(text, "")])).unwrap();
            assert_eq!(file.matches('\n').count(), 1, "{text:?}");
            let cell = &read(&file)[0][15];
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']), "{cell:?}");
            assert_eq!(undone(cell), text);
        }
    }

    #[test]
    fn what_stands_unseen_before_a_formula_hides_it_from_nobody() {
        for unseen in [
            "",
            " ",
            "　",
            "\u{a0}",
            "\u{200b}",
            "\u{feff}",
            "\t ",
            "\n",
            "\u{1}",
            "\u{2066} \u{200e}",
            "\u{3164}",
        ] {
            for sign in BEGINS_FORMULA {
                let text = format!("{unseen}{sign}1");
                let cell = safe(&text);
                assert!(cell.starts_with('\''), "{text:?}");
                assert_eq!(undone(&cell), text);
            }
            let plain = format!("{unseen}甲=1");
            assert_eq!(undone(&safe(&plain)), plain);
        }
        assert_eq!(safe("　紙=1"), "　紙=1");
        assert_eq!(safe(" '1"), " '1", "only an apostrophe at the very beginning is taken away");
    }

    #[test]
    fn the_file_begins_as_documented() {
        let file = String::from_utf8(changes_csv(&[row("前", "後")])).unwrap();
        assert!(file.starts_with("\u{feff}団体コード,自治体名,評価書番号,評価書名,様式,変更日,"));
        let records = read(file.strip_prefix('\u{feff}').unwrap());
        assert_eq!(records.len(), 2);
        assert_eq!(records[0].len(), records[1].len());
        assert_eq!(records[1][0], "019984");
        assert_eq!(records[1][3], "介護保険, \"全項目\"");
        assert_eq!(records[1][11], "'+どこか");
        assert_eq!(records[1][19], "形式的な変更", "同上 is resolved");
    }

    proptest! {
        #[test]
        fn every_text_comes_back(before in any::<String>(), after in "[=＝'\\\\nr\n\r,\"あ \u{feff}-]{0,12}") {
            let file = String::from_utf8(csv_records(&[row(&before, &after), row("x", "y")])).unwrap();
            let records = read(&file);
            prop_assert_eq!(records.len(), 2);
            prop_assert_eq!(undone(&records[0][15]), before);
            prop_assert_eq!(undone(&records[0][16]), after);
        }
    }
}
