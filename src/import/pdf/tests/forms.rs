use std::fmt::Write as _;

use proptest::prelude::*;

use super::{ZENKOMOKU, import, value};
use crate::form::Form;
use crate::import::Fate;
use crate::import::pdf::read;

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
        let _ = write!(
            text,
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
fn a_long_document_is_read_to_its_end() {
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
    assert!(text.lines().count() > 10_000);
    let read = import(ZENKOMOKU, &text);
    assert_eq!(read.report.ledger.lines().count(), text.lines().count());
    assert_eq!(read.changes.len(), 1);
}
