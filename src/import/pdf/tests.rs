use proptest::prelude::*;

use super::read;
use crate::assessment::Value;
use crate::form::Form;
use crate::import::{Doubt, Fate, Imported};

const ZENKOMOKU: &str = "zenkomoku-h30-05";

fn import(form: &str, text: &str) -> Imported {
    read(text, Form::with_id(form).unwrap())
}

fn value(imported: &Imported, path: &str) -> String {
    match imported.answers.at(path) {
        None => "(none)".to_owned(),
        Some(Value::Text(text) | Value::Choice(text)) => text.clone(),
        Some(Value::Unfit(text)) => format!("unfit: {text}"),
        Some(Value::Date(date)) => date.iso(),
        Some(Value::Count(count)) => count.to_string(),
        Some(Value::Flag(flag)) => flag.to_string(),
        Some(Value::Checks(ticks)) => ticks
            .iter()
            .map(|t| t.text.as_ref().map_or(t.label.clone(), |text| format!("{}（{text}）", t.label)))
            .collect::<Vec<_>>()
            .join("、"),
        Some(Value::Figures(_)) => "figures".to_owned(),
    }
}

fn has_note(imported: &Imported, doubt: Doubt, path: &str) -> bool {
    imported.report.notes.iter().any(|n| n.doubt == doubt && n.path == path)
}

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

#[test]
fn an_impossible_day_keeps_its_row() {
    let read = import(ZENKOMOKU, &TABLE.replace("令和5年6月8日", "令和5年6月31日"));
    assert_eq!(read.changes.len(), 3);
    assert_eq!((read.changes[2].date, read.changes[2].date_text.as_str()), (None, "令和5年6月31日"));
    assert!(read.report.notes.iter().any(|n| n.subject.contains("令和5年6月31日")));
}

#[test]
fn the_form_with_key_items_is_read_the_same_way() {
    let read = import(
        "juten-h30-05",
        "Ⅰ　基本情報
 １．特定個人情報ファイルを取り扱う事務

 ①事務の名称 受付簿に関する事務

 ③対象人数 [ 1万人以上10万人未満
＜選択肢＞
1) 1,000人未満 2) 1,000人以上1万人未満]

 ６．評価実施機関における担当部署

 ①部署 住民課

 ②所属長の役職名 住民課長
\u{c}（別添２）変更箇所
変更日 項目 変更前の記載 変更後の記載 提出時期 提出時期に係る説明

令和4年4月1日 Ⅰ６①部署 窓口課 住民課 事後 組織の見直し
",
    );
    assert_eq!(value(&read, "i.1.population"), "1万人以上10万人未満");
    assert_eq!(value(&read, "i.6.department"), "住民課");
    assert_eq!(read.changes.len(), 1);
    assert_eq!(read.changes[0].after, "住民課");
}

#[test]
fn the_basic_form_is_read_the_same_way() {
    let read = import(
        "kiso-r06-10",
        "Ⅱ　しきい値判断項目
 １．対象人数

 評価対象の事務の対象人数は何人か [ 1万人以上10万人未満 ]

 いつ時点の計数か 令和6年4月1日 時点

 ２．取扱者数

 特定個人情報ファイル取扱者数は500人以上か [ 500人未満 ]

 いつ時点の計数か 令和6年5月1日 時点
\u{c}Ⅳ　リスク対策
 １．提出する特定個人情報保護評価書の種類

[ 基礎項目評価書 ]

 ９．監査

 実施の有無 [ ○ ] 自己点検 [ ] 内部監査 [ ] 外部監査
",
    );
    assert_eq!(value(&read, "ii.1.population"), "1万人以上10万人未満");
    assert_eq!(value(&read, "ii.1.as-of"), "2024-04-01");
    assert_eq!(value(&read, "ii.2.as-of"), "2024-05-01");
    assert_eq!(value(&read, "iv.1.kinds"), "基礎項目評価書");
    assert_eq!(value(&read, "iv.9.audit"), "自己点検");
}

#[test]
fn headers_and_page_numbers_are_no_text() {
    let mut text = String::from(
        "Ⅰ　基本情報\n １．特定個人情報ファイルを取り扱う事務\n\n ①事務の名称 受付簿\n\n みほん町 受付簿 1 頁\n",
    );
    for page in 2..8 {
        text += &format!(
            "\u{c} システム{page}\n\n ①システムの名称 第{page}台帳\n\n ②システムの機能\n\n数える。\n\n みほん町 受付簿 {page} 頁\n"
        );
    }
    let read = import(ZENKOMOKU, &text);
    assert_eq!(value(&read, "i.2.system[3].functions"), "数える。");
    assert_eq!(value(&read, "i.2.system[7].functions"), "数える。");
}

/// Pieces of the form and free text, in any order.
fn any_line() -> impl Strategy<Value = String> {
    let labels: Vec<String> =
        Form::with_id(ZENKOMOKU).unwrap().nodes().iter().map(|n| format!(" {}", n.heading())).collect();
    prop_oneof![
        4 => proptest::sample::select(labels),
        2 => proptest::sample::select(vec![
            "", "", "[ ○", "[", "]", "] 紙", "[ ○ ] その他 （", "）", "[ 十分である", "3） 課題が残されている", "十分に行っている[",
            "令和3年9月1日 Ⅰ１②事務の内容 右記を追加", "事後", "変更日 項目 変更前の記載 変更後の記載 提出時期 提出時期に係る説明", "システム2",
            "委託事項20", "\u{c}", "30", "―", "（ 3 ）　件", " ※",
        ]).prop_map(str::to_owned),
        2 => "[ぁ-ん、。\\[\\]（）○ 0-9a-z①-③<*_\u{c}]{0,12}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_text_is_read_without_panic_and_every_line_has_a_fate(lines in proptest::collection::vec(any_line(), 0..80)) {
        let text = lines.join("\n");
        for form in Form::all() {
            let read = read(&text, form);
            let printed = text.lines().filter(|l| !l.trim().is_empty()).count();
            let counts = read.report.counts();
            prop_assert_eq!(counts.value + counts.print + counts.unrecognised, printed);
        }
    }

    #[test]
    fn words_that_no_form_prints_end_in_a_value_or_stand_unrecognised(
        lines in proptest::collection::vec(any_line(), 0..40),
        at in 0..40_usize,
    ) {
        let mut lines = lines;
        lines.insert(at.min(lines.len()), "みほんの言葉です".to_owned());
        let text = lines.join("\n");
        let read = import(ZENKOMOKU, &text);
        let number = text.lines().position(|l| l == "みほんの言葉です").unwrap() + 1;
        let told = read.answers.values().any(|(_, v)| format!("{v:?}").contains("みほんの言葉です"))
            || read.changes.iter().any(|c| format!("{c:?}").contains("みほんの言葉です"));
        match read.report.ledger.fate(number) {
            Some(Fate::Value(_)) => prop_assert!(told),
            Some(Fate::Unrecognised(_)) => {}
            other => prop_assert!(false, "{:?}", other),
        }
    }
}

#[test]
fn a_long_document_is_read_in_a_moment() {
    let labels: Vec<String> = Form::with_id(ZENKOMOKU)
        .unwrap()
        .nodes()
        .iter()
        .map(|n| format!(" {}\n\n文がある。\n", n.heading()))
        .collect();
    let mut text = String::new();
    for round in 0..10 {
        text += "\u{c}";
        text += &labels.join(if round % 2 == 0 { "\n" } else { "\n\u{c}" });
    }
    text += " 変更日 項目 変更前の記載 変更後の記載 提出時期 提出時期に係る説明\n令和3年9月1日 Ⅰ１②事務の内容\n\n";
    text += &"同じ文を並べる。\n\n".repeat(3000);
    let start = std::time::Instant::now();
    import(ZENKOMOKU, &text);
    assert!(text.lines().count() > 10_000);
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
