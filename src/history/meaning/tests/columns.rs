//! What the two columns of a row say, each by itself and beside the other.

use super::*;

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
        assert_eq!(alone("", text), "added -A-", "{text}");
        // In the column before, a named entry that was added stands in for the text that was not there.
        assert!(text == "提供先4を追記" || alone(text, "") == "removed B--", "{text}");
        assert_eq!(alone(OTHER, text), "changed BA-", "{text}");
        assert!(!row(OTHER, text).is_excerpt, "{text}");
    }
}

#[test]
fn without_a_text_the_instruction_says_what_happened() {
    all("removed --A", &[("", "削除"), ("なし", "項目ごと削除")]);
    all("added --A", &[("なし", "追加")]);
    all("changed --A", &[("－", "図を変更")]);
    all("added --B", &[("右記を追加", ""), ("右記を追加", "－")]);
    all("changed --B", &[("同右", "")]);
    all("changed --BA", &[("追加", "削除"), ("右記を削除", "Ⅱ.6へ移動")]);
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
    let added = "以下を追加：郵送でも受け付ける。";
    assert_eq!(alone(TEXT, added), "changed BA-");
    assert!(row(TEXT, added).is_excerpt);
    assert!(!row("", added).is_excerpt);
}

#[test]
fn an_answer_is_a_text() {
    let meaning = |item, before, after| all_shown(&[change(item, before, after)]).remove(0);
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
        assert!(row(before, after).is_excerpt, "{before}");
        assert_eq!(alone(before, after), "changed BA-");
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
