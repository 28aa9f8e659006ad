use super::{ZENKOMOKU, has_note, import, value};
use crate::import::{Doubt, Fate};

#[test]
fn a_wrapped_label_takes_the_text_below_it() {
    let read = import(
        ZENKOMOKU,
        "Ⅱ　特定個人情報ファイルの概要
 ３．特定個人情報の入手・使用

 ⑧使用方法　※

・来庁した人の台帳を引く。

 情報の統計分析
※

人数だけを数え、個人は見分けない。

 権利利益に影響を
与え得る決定　※

しない。

 ⑨使用開始日 令和2年4月1日
",
    );
    assert_eq!(value(&read, "ii.3.usage"), "・来庁した人の台帳を引く。");
    assert_eq!(value(&read, "ii.3.usage.statistics"), "人数だけを数え、個人は見分けない。");
    assert_eq!(value(&read, "ii.3.usage.decision"), "しない。");
    assert_eq!(value(&read, "ii.3.usage-start"), "2020-04-01");
}

#[test]
fn choices_are_what_is_left_beside_the_printed_lists() {
    let read = import(
        ZENKOMOKU,
        "Ⅲ　特定個人情報ファイルの取扱いプロセスにおけるリスク対策 ※（７．リスク１⑨を除く。）
 ４．特定個人情報ファイルの取扱いの委託

 特定個人情報ファイルの閲覧
者・更新者の制限

1） 制限している 2） 制限していない
＜選択肢＞]

 具体的な制限方法
名簿に載る人だけが開ける。

[ 制限している

 特定個人情報の提供ルール [ 定めている ＜選択肢＞
1） 定めている 2） 定めていない]

 再委託先による特定個人情
報ファイルの適切な取扱いの
確保

十分に行っている[

3） 十分に行っていない
1） 特に力を入れて行っている] 4） 再委託していない

2） 十分に行っている
＜選択肢＞
",
    );
    assert_eq!(value(&read, "iii.4.access-limit"), "制限している");
    assert_eq!(value(&read, "iii.4.access-limit.method"), "名簿に載る人だけが開ける。");
    assert_eq!(value(&read, "iii.4.provision-rules"), "定めている");
    assert_eq!(value(&read, "iii.4.resub-assurance"), "十分に行っている");
}

#[test]
fn two_far_choices_of_one_list_are_doubtful_when_they_differ() {
    let read = import(
        ZENKOMOKU,
        "Ⅲ　特定個人情報ファイルの取扱いプロセスにおけるリスク対策
 ７．特定個人情報の保管・消去

 リスク１：　特定個人情報の漏えい・滅失・毀損リスク

 ②安全管理体制

 ③安全管理規程

[

[

]

十分に整備している

]

特に力を入れて整備している

1） 特に力を入れて整備している 2） 十分に整備している
3） 十分に整備していない
",
    );
    for path in ["iii.7.risk1.organization", "iii.7.risk1.regulations"] {
        assert!(has_note(&read, Doubt::Uncertain, path), "{path}");
    }
}

#[test]
fn a_word_that_is_no_option_is_kept_and_noted() {
    let read = import(
        ZENKOMOKU,
        "Ⅰ　基本情報\n １．特定個人情報ファイルを取り扱う事務\n\n ③対象人数 [ およそ三千人 ]\n",
    );
    assert_eq!(value(&read, "i.1.population"), "unfit: およそ三千人");
    assert!(has_note(&read, Doubt::Uncertain, "i.1.population"));
}

#[test]
fn a_row_of_boxes_may_be_cut_between_box_and_label() {
    let read = import(
        ZENKOMOKU,
        "Ⅰ　基本情報
 ２．特定個人情報ファイルを取り扱う事務において使用するシステム

 システム1

 ①システムの名称 みほん台帳

 ②システムの機能

①受付簿を作る

 ③他のシステムとの接続

[ ○ ] 情報提供ネットワークシステム [

[ ] 宛名システム等 [

[ ○ ] その他 （ 書庫の目録 ）

] 税務システム

[ ] 住民基本台帳ネットワークシステム [ ○ ] 既存住民基本台帳システム

] 庁内連携システム
",
    );
    assert_eq!(
        value(&read, "i.2.system[1].connections"),
        "情報提供ネットワークシステム、既存住民基本台帳システム、その他（書庫の目録）"
    );
    assert!(!has_note(&read, Doubt::Uncertain, "i.2.system[1].connections"));
}

#[test]
fn a_mark_that_could_belong_to_two_boxes_is_no_tick() {
    let read = import(
        ZENKOMOKU,
        "Ⅱ　特定個人情報ファイルの概要
 ３．特定個人情報の入手・使用

 ⑤本人への明示 窓口に掲げる。

 ②入手方法

[ ○ ] 紙 [

] 電子記録媒体（フラッシュメモ
リを除く。）

] 専用線

 ③入手の時期・頻度 毎朝

[ ○

[

] フラッシュメモリ

] 庁内連携システム
",
    );
    assert_eq!(value(&read, "ii.3.method"), "紙");
    assert!(has_note(&read, Doubt::Uncertain, "ii.3.method"));
    assert!(read.report.ledger.lines().any(|(_, fate)| *fate == Fate::Unrecognised("[ ○".to_owned())));
}

#[test]
fn a_list_of_options_without_numbers_is_no_answer() {
    let read = import(
        ZENKOMOKU,
        "Ⅲ　特定個人情報ファイルの取扱いプロセスにおけるリスク対策（1）
 ２．特定個人情報の入手 （情報提供ネットワークシステムを通じた入手を除く。）

 リスク２：　不適切な方法で入手が行われるリスク

 リスクへの対策は十分か

1）
2）
3）

特に力を入れている
十分である
課題が残されている
",
    );
    assert_eq!(value(&read, "iii.2.risk2.adequacy"), "(none)");
    assert!(has_note(&read, Doubt::Empty, "iii.2.risk2.adequacy"));
}
