//! Rows as people write them. All texts are made up.

use proptest::prelude::*;

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

/// Kind, `before`, `after` and `instruction`, in a word.
fn shown(meaning: &Meaning) -> String {
    let column = |column: Option<Column>| match column {
        Some(Column::Before) => 'B',
        Some(Column::After) => 'A',
        None => '-',
    };
    let [before, after, instruction] = [meaning.before, meaning.after, meaning.instruction].map(column);
    format!("{} {before}{after}{instruction}", meaning.kind.id())
}

#[track_caller]
fn all(expected: &str, rows: &[(&str, &str)]) {
    for (before, after) in rows {
        assert_eq!(shown(&row(before, after)), expected, "{before:?} => {after:?}");
    }
}

/// Wordings in the column before, beside a text in the column after.
#[track_caller]
fn before(expected: &str, wordings: &[&str]) {
    for wording in wordings {
        assert_eq!(shown(&row(wording, TEXT)), expected, "{wording:?}");
    }
}

/// Wordings in the column after, beside a text in the column before.
#[track_caller]
fn after(expected: &str, wordings: &[&str]) {
    for wording in wordings {
        assert_eq!(shown(&row(TEXT, wording)), expected, "{wording:?}");
    }
}

const NOTHING: &[&str] = &[
    "",
    " \n",
    "―",
    "－",
    "-",
    "\\-",
    "ー",
    "（なし）",
    "なし",
    "なし。",
    "※記載なし",
    "記載なし",
    "【記載なし】",
    "該当なし",
    "特になし",
    "**該当なし**",
    "該当する項目なし",
    "空欄",
    "（記載無し）",
    "未記載",
    "記載していません",
];

#[test]
fn what_says_nothing_is_no_instruction() {
    before("added -A-", NOTHING);
    after("removed B--", NOTHING);
    let pairs: Vec<_> = NOTHING.iter().flat_map(|a| NOTHING.iter().map(move |b| (*a, *b))).collect();
    all("changed ---", &pairs);
}

#[test]
fn a_column_that_says_that_the_text_is_new() {
    let wordings = [
        "右記を追加",
        "右記を追記",
        "右記の内容を追記",
        "右の内容を追記",
        "右欄の内容を追加",
        "右記のとおり追加",
        "右記を追加。",
        "「右記を追加」",
        "図に右記の内容を追記",
        "末尾に右記を追加しました",
        "右記を新たに追加",
        "右記項目を追加",
        "右記の項目を新設する。",
        "以下を追加",
        "（追記）",
        "(追記)",
        "追加",
        "{追加}",
        "\\[新規\\]",
        "［新規］",
        "【新規】",
        "新規",
        "新規追加",
        "※追加記載",
        "項目追加",
        "項目の追加",
        "項目を新設",
        "右　記　を\n追　加",
        "**右記を追加**",
        "- 右記を追加",
        "→右記を追加",
        "（略）\n右記を追加",
        "右記を追加（下線部）",
        "記載なし　右記を追加",
        "システム4を追加",
        "委託事項2の追加",
        "図を追加",
    ];
    before("added -AB", &wordings);
    after("added -BA", &["左記を追加", "左の内容を追記"]);
    after("changed B-A", &["追加", "新規", "（追記）"]);
    assert!(row("（略）右記を追加", TEXT).is_excerpt);
}

#[test]
fn a_column_that_says_that_the_text_is_gone() {
    let beside = [
        "右記を削除",
        "右記を削除。",
        "右記の内容を削除",
        "右記の内容を全て削除",
        "図から右記を削除",
        "右の記載を削除した",
        "右記を廃止",
        "削除",
        "【削除】",
    ];
    before("removed A-B", &beside);
    let wordings = [
        "左記を削除",
        "左記の項目を削除",
        "項目ごと削除",
        "※記載削除",
        "記載削除",
        "削除",
        "［削除］",
        "(削除)",
        "<削除>",
        "\\[削除\\]",
        "－（削除）",
        "全文削除",
        "記載を削除した。",
        "全て削除",
        "廃止",
        "委託事項3を削除",
        "提供先2の記載を削除",
        "当該項目を削除",
        "図を削除",
        "欠番",
    ];
    after("removed B-A", &wordings);
}

#[test]
fn a_column_that_says_that_the_text_is_another_one() {
    before(
        "changed -AB",
        &[
            "図を右記のとおり変更",
            "右記のとおり",
            "右記に変更",
            "右記のとおり修正",
            "変更",
            "右記の内容に差し替え",
            "右記へ変更する。",
        ],
    );
    after("changed B-A", &["修正", "図の差し替え", "図を変更", "左記を修正", "変更"]);
}

#[test]
fn a_text_may_speak_of_such_things() {
    let texts = [
        "対象者の追加を届け出た人を名簿に追加する。",
        "保管の期間を過ぎたデータを削除する。",
        "図に受付システムを追記",
        "提供先4を追記",
        "受付システムを追加",
        "委託事項2として「窓口の受付」を追記",
        "対象者を追加する。\n削除は年に1回行う。",
        "追加：新しい対象者を登録する。\n削除：資格を失った人を消す。",
        "【追加】\n新しい対象者を登録する。\n【削除】\n資格を失った人を消す。",
        "意見を受けて、次のとおり書き加えた。\n- 保管の場所を明らかにした。",
        "紙の届は書庫へ移動",
        "サーバー室から移動",
        "記載のとおり",
        "別添1のとおり",
        "○",
        "。",
        "左の窓口",
        "右記",
        "なし崩し",
    ];
    for text in texts {
        assert_eq!(shown(&row("", text)), "added -A-", "{text}");
        // In the column before, a named entry that was added stands in for the text that was not there.
        assert!(text == "提供先4を追記" || shown(&row(text, "")) == "removed B--", "{text}");
        let beside = row(OTHER, text);
        assert_eq!((shown(&beside).as_str(), beside.is_excerpt), ("changed BA-", false), "{text}");
    }
}

#[test]
fn without_a_text_the_instruction_says_what_happened() {
    all("removed --A", &[("", "削除"), ("なし", "項目ごと削除")]);
    all("added --A", &[("なし", "追加")]);
    all("changed --A", &[("－", "図を変更")]);
    all("added --B", &[("右記を追加", ""), ("右記を追加", "－")]);
    all("changed --B", &[("追加", "削除"), ("同右", "")]);
}

#[test]
fn a_wording_may_lead_the_text() {
    all(
        "added -A-",
        &[
            ("", "以下を追加：窓口で届を受け付ける。"),
            ("なし", "以下を追記\n\n窓口で届を受け付ける。"),
            ("－", "下記の内容を追加:\n・窓口で受け付ける。"),
        ],
    );
    all(
        "removed A--",
        &[("", "以下を削除：窓口で届を受け付ける。"), ("－", "下記を削除\n窓口で受け付ける。")],
    );
    all("added -AB", &[("右記を追加\n（下線の部分）", TEXT), ("右記を追加：緊急の対応", TEXT)]);
    all("removed B-A", &[(TEXT, "以下を削除：窓口で届を受け付け")]);
    // The text beside it is not repeated, so that the two do not compare as a whole.
    let led = row(TEXT, "以下を追加：郵送でも受け付ける。");
    assert_eq!(shown(&led), "changed BA-");
    assert!(led.is_excerpt);
    assert!(!row("", "以下を追加：郵送でも受け付ける。").is_excerpt);
}

#[test]
fn an_answer_is_a_text() {
    let meaning = |item, before, after| shown(&meanings(&answers(), &[change(item, before, after)])[0]);
    assert_eq!(meaning("iii.2.risk1.adequacy", "記載なし", "十分である"), "added -A-");
    assert_eq!(meaning("iii.2.risk1.adequacy", "特に力を入れている", "十分である。"), "changed BA-");
    assert_eq!(meaning("ii[1].4.contract[1].scope", "[新規]", "特定個人情報ファイルの一部"), "added -AB");
    assert_eq!(meaning("", "あり", "なし"), "changed BA-");
    assert_eq!(meaning("", "発生なし", "発生あり"), "changed BA-");
}

#[test]
fn an_excerpt_is_known_as_one() {
    for (before, after) in [
        ("（略）\n\n窓口で受け付ける。", "（略）\n\n窓口と郵送で受け付ける。"),
        ("1～4（省略）", "1～4（省略） 5. 証明書の交付"),
        ("窓口で受け付ける。", "窓口で受け付ける。…入力する。"),
    ] {
        let meaning = row(before, after);
        assert!(meaning.is_excerpt, "{before}");
        assert_eq!(shown(&meaning), "changed BA-");
    }
    assert!(!row(TEXT, OTHER).is_excerpt);
    assert!(row("右記を追加", "（略）\n証明書の交付").is_excerpt);
}

#[test]
fn a_column_may_be_the_same_as_the_other_one() {
    after("notation BBA", &["同左", "（同左）", "左に同じ", "左記と同じ", "変更なし", "現行のとおり"]);
    before("notation AAB", &["同右", "右に同じ"]);
}

#[test]
fn kinds_of_two_texts() {
    all(
        "notation BA-",
        &[
            ("１０ 人", "10人"),
            ("十分である。", "十分である"),
            ("・紙\n・電子", "- 紙\n- 電子"),
            (TEXT, TEXT),
        ],
    );
    all("moved BA-", &[("1. 受付\n2. 入力", "1. 入力\n2. 受付")]);
    all(
        "changed BA-",
        &[("子供", "子ども"), ("サーバ", "サーバー"), ("受付\n入力", "受付\n発送"), ("①", "②")],
    );
}

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
    let all: Vec<_> = found.iter().map(shown).collect();
    assert_eq!(all, ["added -AB", "added -AB", "added -AB", "notation BA-", "changed BA-"]);
    let from: Vec<_> = found.iter().map(|m| (m.before_from, m.after_from)).collect();
    assert_eq!(from, [(None, None), (Some(0), None), (Some(0), Some(1)), (None, Some(1)), (Some(3), None)]);
    assert_eq!(found[2].text(&changes, 2, Column::After), OTHER);
    assert_eq!(found[3].text(&changes, 3, Column::Before), OTHER);
    // Above the first row nothing stands.
    assert_eq!(shown(&row("同上", TEXT)), "changed -AB");
}

fn counterparts(changes: &[Change]) -> Vec<(String, Option<usize>)> {
    meanings(&answers(), changes).iter().map(|m| (shown(m), m.counterpart)).collect()
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
            if let Some(instruction) = meaning.instruction {
                prop_assert_ne!(meaning.before, Some(instruction));
                prop_assert_ne!(meaning.after, Some(instruction));
            }
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
