//! What rows say of each other: 同上, and where a text went.

use proptest::prelude::*;

use super::*;

#[test]
fn an_explanation_is_taken_over_from_above() {
    let explained = ["法律の改正", "同上", "〃", "", "同上", "組織の改正", "同左", "（同上）"];
    let mut changes = vec![change("", "あ", "い"); explained.len()];
    for (change, text) in changes.iter_mut().zip(explained) {
        text.clone_into(&mut change.explanation);
    }
    let from = |changes: &[Change]| -> Vec<_> {
        meanings(&answers(), changes).into_iter().map(|m| m.explanation).collect()
    };
    assert_eq!(from(&changes), [None, Some(0), Some(0), None, None, None, None, Some(6)]);
    "同上".clone_into(&mut changes[0].explanation);
    assert_eq!(from(&changes)[..3], [None, None, None]);
}

#[test]
fn a_column_is_taken_over_from_above() {
    let changes = [
        change("", "右記を追加", TEXT),
        change("", "同上", OTHER),
        change("", "同上", "同上"),
        change("", OTHER, "同上"),
        change("", "同上", TEXT),
    ];
    let found = meanings(&answers(), &changes);
    assert_eq!(all_shown(&changes), ["added -AB", "added -AB", "added -AB", "notation BA-", "changed BA-"]);
    let from: Vec<_> = found.iter().map(|m| (m.before_from, m.after_from)).collect();
    assert_eq!(from, [(None, None), (Some(0), None), (Some(0), Some(1)), (None, Some(1)), (Some(3), None)]);
    assert_eq!(found[2].text(&changes, 2, Column::After), OTHER);
    assert_eq!(found[3].text(&changes, 3, Column::Before), OTHER);
    // Above the first row nothing stands.
    assert_eq!(alone("同上", TEXT), "changed -AB");
}

fn counterparts(changes: &[Change]) -> Vec<(String, Option<usize>)> {
    let others = meanings(&answers(), changes).into_iter().map(|meaning| meaning.counterpart);
    all_shown(changes).into_iter().zip(others).collect()
}

fn found(expected: &[(&str, Option<usize>)]) -> Vec<(String, Option<usize>)> {
    expected.iter().map(|(shown, row)| ((*shown).to_owned(), *row)).collect()
}

#[test]
fn a_text_that_another_row_puts_in_moved() {
    let changes = [
        change("", TEXT, "※記載削除"),
        change("", OTHER, TEXT),
        change("", "右記を追加", &TEXT.replace("、", "，")),
        change("", "右記を削除", OTHER),
    ];
    let expected =
        [("moved B-A", Some(2)), ("changed BA-", None), ("moved -AB", Some(0)), ("removed A-B", None)];
    assert_eq!(counterparts(&changes), found(&expected));
}

#[test]
fn a_text_that_was_worked_over_a_little_moved() {
    let long = [TEXT, OTHER, "入力した内容は、別の職員が届と見比べ、誤りがないことを確かめてから登録する。"]
        .concat();
    let edited = long.replace("登録する", "登録している");
    let changes = [change("", &long, ""), change("", "", &edited)];
    assert_eq!(counterparts(&changes), found(&[("moved B--", Some(1)), ("moved -A-", Some(0))]));
    // Two that are as like as each other: nobody can say which.
    let third = change("", "", &long.replace("登録する", "登録をする"));
    let found = meanings(&answers(), &[changes.to_vec(), vec![third]].concat());
    assert!(found.iter().all(|m| m.counterpart.is_none()));
}

#[test]
fn only_a_text_that_cannot_be_mistaken_moved() {
    let is_any = |changes: &[Change]| meanings(&answers(), changes).iter().any(|m| m.counterpart.is_some());
    let gone = change("", TEXT, "");
    let new = change("", "", TEXT);
    assert!(is_any(&[gone.clone(), new.clone()]));
    assert!(!is_any(&[gone.clone(), new.clone(), new.clone()]));
    assert!(!is_any(&[change("", "健康課", ""), change("", "", "健康課")]));
    let later = Change { date: CivilDate::from_ymd(2024, 5, 1), ..new.clone() };
    assert!(!is_any(&[gone.clone(), later]));
    let undated = |change: Change| Change { date: None, ..change };
    assert!(!is_any(&[undated(gone), undated(new)]));
}

#[test]
fn a_row_may_say_that_its_text_moved() {
    after(
        "moved B-A",
        &[
            "Ⅲ.7 リスク1へ移動",
            "「Ⅱ.6.① 保管場所」に移動",
            "他の項目へ移動した。",
            "移動",
            "左記を別添1へ転記",
        ],
    );
    before(
        "moved -AB",
        &["Ⅱ.6から移動", "Ⅱ.6.①より移動", "右記はⅡ.6から移動", "他項目から右記を移記", "②から移動"],
    );
    before("moved A-B", &["右記をⅢ.7へ移動"]);
    after("moved -BA", &["左記はⅡ.6から移動"]);
}

#[test]
fn a_row_that_names_where_its_text_went_finds_it() {
    let short =
        [change("ii[1].6.place", "書庫", "Ⅱ.6.③へ移動"), change("ii[1].6.erasure", "（追記）", "書庫")];
    assert_eq!(counterparts(&short), found(&[("moved B-A", Some(1)), ("moved -AB", Some(0))]));
    let told = [
        change("ii[1].6.place", TEXT, "Ⅱ.6.③ 消去方法へ移動"),
        change("ii[1].6.erasure", "Ⅱ.6.① 保管場所から移動", OTHER),
        change("ii[1].3.notice", "（追記）", OTHER),
    ];
    let expected = [("moved B-A", Some(1)), ("moved -AB", Some(0)), ("added -AB", None)];
    assert_eq!(counterparts(&told), found(&expected));
    let elsewhere = [told[0].clone(), told[2].clone()];
    assert_eq!(counterparts(&elsewhere), found(&[("moved B-A", None), ("added -AB", None)]));
}

#[test]
fn many_rows_of_one_day_take_no_time() {
    let long = TEXT.repeat(40);
    let mut changes = Vec::new();
    for number in 0..1500 {
        let text = format!("{long}{}", "あいう".repeat(number % 7));
        changes.push(change("", &text, ""));
        changes.push(change("", "", &format!("{text}{number}")));
    }
    // A quadratic comparison letter by letter would run for hours.
    assert_eq!(meanings(&answers(), &changes).len(), changes.len());
}

/// Wordings, texts and noise, so that all branches meet.
fn cell() -> impl Strategy<Value = String> {
    let wording = prop::sample::select(vec![
        "",
        "－",
        "右記を追加",
        "右記を削除",
        "左記を削除",
        "左記を追加",
        "同上",
        "同左",
        "同右",
        "追加",
        "削除",
        "記載なし",
        "図を右記のとおり変更",
        "以下を追加：届を受け付ける。",
        "以下を削除\n届",
        "Ⅱ.6から移動",
        "Ⅲ.7へ移動",
        "移動",
        "（略）",
        "（略）右記を追加",
        "あり",
        "右記をⅡ.3へ移動",
        TEXT,
        OTHER,
        "1. あ\n2. い",
        "1. い\n2. あ",
    ]);
    prop_oneof![
        6 => wording.prop_map(str::to_owned),
        1 => "[（(【\\[]{0,2}[右左]記?[をの](追加|削除|変更)[。）)】]{0,2}",
        1 => "\\PC{0,40}",
        1 => "[ \\n\\-*\\\\・#>~（）()「」]{0,8}",
    ]
}

proptest! {
    #[test]
    fn a_meaning_never_contradicts_itself(
        cells in prop::collection::vec((cell(), cell(), cell(), 0_u8..3), 0..12)
    ) {
        let changes: Vec<_> = cells
            .into_iter()
            .map(|(before, after, explanation, day)| Change {
                explanation,
                date: CivilDate::from_ymd(2024, 4, i8::try_from(day).unwrap().unsigned_abs()),
                ..change("ii[1].6.place", &before, &after)
            })
            .collect();
        let all = meanings(&answers(), &changes);
        prop_assert_eq!(all.len(), changes.len());
        for (row, meaning) in all.iter().enumerate() {
            for column in [meaning.before, meaning.after].into_iter().flatten() {
                prop_assert!(!meaning.text(&changes, row, column).trim().is_empty());
            }
            match meaning.kind {
                ChangeKind::Added => prop_assert!(meaning.before.is_none()),
                ChangeKind::Removed => prop_assert!(meaning.after.is_none()),
                ChangeKind::Notation => prop_assert!(meaning.before.is_some() && meaning.after.is_some()),
                ChangeKind::Moved | ChangeKind::Changed => {}
            }
            if let Some(other) = meaning.counterpart {
                prop_assert_eq!(all[other].counterpart, Some(row));
                prop_assert_eq!(meaning.kind, ChangeKind::Moved);
                prop_assert_eq!(changes[other].date, changes[row].date);
            }
            for from in [meaning.explanation, meaning.before_from, meaning.after_from].into_iter().flatten() {
                prop_assert!(from < row);
            }
        }
    }
}
