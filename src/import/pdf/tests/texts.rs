use super::{ZENKOMOKU, has_note, import, value};
use crate::import::{Doubt, Fate};

#[test]
fn entries_take_their_names_and_their_fields() {
    let read = import(
        ZENKOMOKU,
        "Ⅱ　特定個人情報ファイルの概要
 ４．特定個人情報ファイルの取扱いの委託

 委託の有無　※
[ 委託する
2） 委託しない1） 委託する]

（ 2 ）　件

 委託事項1 受付簿の印刷

 ①委託内容 刷って綴じる。

 ⑥委託先名 みほん印刷

 ⑦再委託の有無　※ [ 再委託しない

 委託事項2～5

 委託事項2 書庫の番

 ①委託内容 夜も見張る。

 ⑥委託先名 未定

 ⑦再委託の有無　※ [ 再委託する
",
    );
    assert_eq!(value(&read, "ii.4.outsourcing.count"), "2");
    assert_eq!(value(&read, "ii.4.contract[1].name"), "受付簿の印刷");
    assert_eq!(value(&read, "ii.4.contract[1].content"), "刷って綴じる。");
    assert_eq!(value(&read, "ii.4.contract[2].name"), "書庫の番");
    assert_eq!(value(&read, "ii.4.contract[2].contractor"), "未定");
    assert_eq!(value(&read, "ii.4.contract[2].resub.use"), "再委託する");
    assert!(!has_note(&read, Doubt::Uncertain, "ii.4.contract[2].content"));
}

#[test]
fn equal_labels_follow_the_heading_they_stand_under() {
    // On this page リスク3 is printed before リスク2.
    let read = import(
        ZENKOMOKU,
        "Ⅲ　特定個人情報ファイルの取扱いプロセスにおけるリスク対策
 ５．特定個人情報の提供・移転 （委託や情報提供ネットワークシステムを通じた提供を除く。）

 リスク３：　誤った情報を提供・移転してしまうリスク、誤った相手に提供・移転してしまうリスク

 リスクに対する措置の内容

二人で読み合わせる。

 リスクへの対策は十分か [ 課題が残されている

 リスク２：　不適切な方法で提供・移転が行われるリスク

 リスクに対する措置の内容

鍵のかかる箱で運ぶ。

 リスクへの対策は十分か [ 十分である
",
    );
    assert_eq!(value(&read, "iii.5.risk2.measures"), "鍵のかかる箱で運ぶ。");
    assert_eq!(value(&read, "iii.5.risk3.measures"), "二人で読み合わせる。");
    assert_eq!(value(&read, "iii.5.risk2.adequacy"), "十分である");
    assert_eq!(value(&read, "iii.5.risk3.adequacy"), "課題が残されている");
}

#[test]
fn a_text_away_from_its_label_is_placed_only_when_one_cell_waits() {
    let read = import(
        ZENKOMOKU,
        "Ⅴ　開示請求、問合せ
 ２．特定個人情報ファイルの取扱いに関する問合せ

 ①連絡先

 ②対応方法 受付簿に書き留める。

[

みほん町役場　住民課
",
    );
    assert_eq!(value(&read, "v.2.contact"), "みほん町役場　住民課");
    assert!(has_note(&read, Doubt::Uncertain, "v.2.contact"));
    let read = import(
        ZENKOMOKU,
        "Ⅴ　開示請求、問合せ
 ２．特定個人情報ファイルの取扱いに関する問合せ

 ①連絡先

 ②対応方法

[

みほん町役場　住民課

[

受付簿に書き留める。
",
    );
    assert_eq!(value(&read, "v.2.contact"), "(none)");
    assert!(has_note(&read, Doubt::Empty, "v.2.contact"));
    let left = read.report.ledger.lines().filter(|(_, f)| matches!(f, Fate::Unrecognised(_))).count();
    assert_eq!(left, 2);
}

#[test]
fn two_files_have_their_own_sections() {
    let file = |name: &str, period: &str| {
        format!(
            "\u{c}Ⅱ　特定個人情報ファイルの概要
 １．特定個人情報ファイル名

{name}

 ２．基本情報

 ①ファイルの種類　※ [ システム用ファイル

 ③対象となる本人の範囲　※ {name}に載る人
\u{c} ６．特定個人情報の保管・消去

 ①保管場所　※

書庫

 ②保管期間
 期間 [ {period} 9） 20年以上

 ７．備考
"
        )
    };
    let text = format!("{}{}", file("受付簿ファイル", "5年"), file("書庫ファイル", "1年"));
    let read = import(ZENKOMOKU, &text);
    assert_eq!(read.answers.files(), 2);
    assert_eq!(value(&read, "ii[1].1"), "受付簿ファイル");
    assert_eq!(value(&read, "ii[2].1"), "書庫ファイル");
    assert_eq!(value(&read, "ii[1].6.period.term"), "5年");
    assert_eq!(value(&read, "ii[2].6.period.term"), "1年");
    assert_eq!(value(&read, "ii[2].2.subject-scope"), "書庫ファイルに載る人");
}

#[test]
fn a_cell_that_runs_over_the_page_is_put_together() {
    let read = import(
        ZENKOMOKU,
        "Ⅳ　その他のリスク対策 ※
 ３．その他のリスク対策

巡回の記録を残し、鍵の数を
毎日数える。
\u{c}毎日数える。

書庫の扉は二人で開ける。
\u{c}Ⅴ　開示請求、問合せ
 １．特定個人情報の開示・訂正・利用停止請求

 ①請求先 住民課
",
    );
    assert_eq!(value(&read, "iv.3"), "巡回の記録を残し、鍵の数を毎日数える。\n書庫の扉は二人で開ける。");
    assert!(has_note(&read, Doubt::Uncertain, "iv.3"));
    assert_eq!(value(&read, "v.1.office"), "住民課");
}

#[test]
fn the_cover_is_read_by_kind_and_words() {
    let read = import(
        ZENKOMOKU,
        "[平成30年５月　様式４]

 個人のプライバシー等の権利利益の保護の宣言

 評価書名

受付簿に関する事務　全項目評価書

評価書番号

7

 令和6年9月10日

みほん町は、受付簿の取扱いが個人のプライバシー等の権利利益に影響を及ぼすことを認識し、その保護に取り組むことを
ここに宣言する。

 評価実施機関名

特定個人情報保護評価書（全項目評価書）

 公表日

みほん町長
\u{c}項目一覧

Ⅰ　基本情報

Ⅱ　特定個人情報ファイルの概要

Ⅲ　特定個人情報ファイルの取扱いプロセスにおけるリスク対策

Ⅳ　その他のリスク対策

Ⅴ　開示請求、問合せ
\u{c}Ⅰ　基本情報
 １．特定個人情報ファイルを取り扱う事務

 ①事務の名称 受付簿に関する事務
",
    );
    assert_eq!(value(&read, "cover.number"), "7");
    assert_eq!(value(&read, "cover.name"), "受付簿に関する事務　全項目評価書");
    assert_eq!(value(&read, "cover.publication-date"), "2024-09-10");
    assert!(value(&read, "cover.declaration").starts_with("みほん町は"));
    assert_eq!(value(&read, "cover.agency"), "みほん町長");
    assert_eq!(value(&read, "i.1.name"), "受付簿に関する事務");
}

#[test]
fn the_words_of_a_label_inside_a_text_are_text() {
    let mut text = String::from(
        "Ⅱ　特定個人情報ファイルの概要
 ６．特定個人情報の保管・消去

 ①保管場所　※

書庫に置く。
期間 いつまでも
その妥当性
台帳は捨てない。

 ②保管期間
 期間 [ 5年

 その妥当性 台帳の決まりによる。

 ③消去方法 裁断する。
",
    );
    text += " ７．備考\n\nなし\n\u{c}Ⅳ　その他のリスク対策\n １．監査\n\n ①自己点検\n\n ②監査\n\n ３．その他のリスク対策\n";
    let read = import(ZENKOMOKU, &text);
    assert_eq!(value(&read, "ii.6.place"), "書庫に置く。期間 いつまでもその妥当性台帳は捨てない。");
    assert_eq!(value(&read, "ii.6.period.term"), "5年");
    assert_eq!(value(&read, "ii.6.period.validity"), "台帳の決まりによる。");
}
