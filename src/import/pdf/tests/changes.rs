use super::{ZENKOMOKU, import};
use crate::import::Fate;

const TABLE: &str = " 変更日 項目 変更前の記載 変更後の記載 提出時期 提出時期に係る説明

令和3年9月1日 Ⅰ１②事務の内容 右記の内容を追記

③夜間の窓口でも受け付け
る。

事後 夜間窓口の開設

令和3年9月1日
Ⅱ３⑧使用方法　情報の
突合

受付簿と目録を突き合わせ
る。

月に一度行う。

受付簿と目録を突き合わせ
る。

週に一度行う。

事前
回数の見直し

令和5年6月8日 Ⅰ 7　①部署 住民課 総務課 事後 組織の見直し
";

#[test]
fn change_rows_are_cut_into_their_columns() {
    let read = import(ZENKOMOKU, TABLE);
    let rows: Vec<[&str; 5]> = read
        .changes
        .iter()
        .map(|c| [&c.item.text, &c.before, &c.after, &c.timing, &c.explanation].map(String::as_str))
        .collect();
    assert_eq!(
        rows,
        [
            ["Ⅰ１②事務の内容", "右記の内容を追記", "③夜間の窓口でも受け付ける。", "事後", "夜間窓口の開設"],
            [
                "Ⅱ３⑧使用方法　情報の突合",
                "受付簿と目録を突き合わせる。\n\n月に一度行う。",
                "受付簿と目録を突き合わせる。\n\n週に一度行う。",
                "事前",
                "回数の見直し"
            ],
            ["Ⅰ 7　①部署", "住民課", "総務課", "事後", "組織の見直し"],
        ]
    );
    assert_eq!(read.changes[0].date.map(|d| d.iso()), Some("2021-09-01".to_owned()));
    assert!(read.report.ledger.lines().all(|(_, fate)| !matches!(fate, Fate::Unrecognised(_))));
}

#[test]
fn a_change_row_goes_on_behind_the_head_of_the_next_page() {
    let text = TABLE.replace(
        "月に一度行う。\n\n受付",
        "月に一度行う。\n\u{c} 変更日 項目 変更前の記載 変更後の記載 提出時期 提出時期に係る説明\n\n受付",
    );
    let read = import(ZENKOMOKU, &text);
    assert_eq!(read.changes.len(), 3);
    assert_eq!(read.changes[1].before, "受付簿と目録を突き合わせる。\n\n月に一度行う。");
}

#[test]
fn dates_inside_a_cell_begin_no_row() {
    let text = TABLE.replace(
        "③夜間の窓口でも受け付け",
        "令和3年8月1日 から\n令和3年8月2日 まで\n③夜間の窓口でも受け付け",
    );
    assert_eq!(import(ZENKOMOKU, &text).changes.len(), 3);
}

#[test]
fn a_wrapped_date_begins_its_row() {
    let read = import(ZENKOMOKU, &TABLE.replace("令和5年6月8日 ", "令和5年6月\n8日 "));
    assert_eq!(read.changes.len(), 3);
    assert_eq!(read.changes[2].date_text, "令和5年6月8日");
    assert_eq!(read.changes[2].item.text, "Ⅰ 7　①部署");
}

#[test]
fn an_impossible_day_keeps_its_row() {
    let read = import(ZENKOMOKU, &TABLE.replace("令和5年6月8日", "令和5年6月31日"));
    assert_eq!(read.changes.len(), 3);
    assert_eq!((read.changes[2].date, read.changes[2].date_text.as_str()), (None, "令和5年6月31日"));
    assert!(read.report.notes.iter().any(|n| n.subject.contains("令和5年6月31日")));
}
