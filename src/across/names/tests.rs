use proptest::prelude::*;

use super::*;

fn names(text: &str) -> Vec<String> {
    let name = |part| match part {
        Part::Name(name) => Some(name),
        Part::Remark(_) => None,
    };
    contractors(text).into_iter().filter_map(name).collect()
}

#[test]
fn spellings_of_a_contractor_are_one() {
    let same = [
        "株式会社みほんシステム",
        "(株)みほんシステム",
        "（株）みほんシステム",
        "㈱みほんシステム",
        "株式会社　みほん システム",
        "みほんシステム株式会社",
        "みほんシステム（株）",
        "株式会社ﾐﾎﾝシステム".replace("ﾐﾎﾝ", "みほん").as_str(),
        "株式会社みほん・システム",
        "みほんシステム 株式会社 中央支店",
        "みほんシステム株式会社中央支店",
        "株式会社みほんシステム（令和5年度から）",
    ]
    .map(company);
    for company in &same {
        assert_eq!(company, &same[0]);
    }
    assert_eq!(company("ＡＢデータ㈱"), company("株式会社ABデータ"));
    assert_eq!(company("ﾃﾞｰﾀ入力(株)"), company("データ入力株式会社"));
    assert_ne!(company("有限会社みほんシステム"), same[0]);
    assert_eq!(company("みほんシステム").stem, same[0].stem);
    assert_eq!(company("国民健康保険団体連合会").form, None);
    assert_eq!(company("地方独立行政法人れいだい").form, Some("地方独立行政法人"));
}

#[test]
fn several_contractors_are_told_apart() {
    let cases: [(&str, &[&str]); 10] = [
        ("株式会社甲、乙株式会社", &["株式会社甲", "乙株式会社"]),
        ("・株式会社甲\n・(有)乙", &["株式会社甲", "(有)乙"]),
        ("1. 株式会社甲\n2. 乙株式会社ほか", &["株式会社甲", "乙株式会社"]),
        ("株式会社甲及び乙株式会社", &["株式会社甲", "乙株式会社"]),
        ("（株）甲　（株）乙", &["（株）甲", "（株）乙"]),
        ("甲　株式会社　中央支店", &["甲　株式会社　中央支店"]),
        ("受託者：甲ビジネス", &["甲ビジネス"]),
        ("入力：株式会社甲、封入：株式会社乙", &["株式会社甲", "株式会社乙"]),
        ("株式会社甲（再委託先は乙、丙）", &["株式会社甲（再委託先は乙、丙）"]),
        ("国民健康保険団体連合会", &["国民健康保険団体連合会"]),
    ];
    for (text, expected) in cases {
        assert_eq!(names(text), expected, "{text}");
    }
}

#[test]
fn lists_within_a_line_and_brackets_are_read() {
    let cases: [(&str, &[&str]); 26] = [
        (
            "株式会社あおぞら（再委託先：株式会社ほしぞら）",
            &["株式会社あおぞら（再委託先：株式会社ほしぞら）"],
        ),
        ("株式会社あおぞら（旧：株式会社ほしぞら）", &["株式会社あおぞら（旧：株式会社ほしぞら）"]),
        ("株式会社甲（株式会社乙及び株式会社丙）", &["株式会社甲（株式会社乙及び株式会社丙）"]),
        ("株式会社甲 （再委託 株式会社乙）", &["株式会社甲 （再委託 株式会社乙）"]),
        ("3社（株式会社甲、株式会社乙）", &[]),
        ("①甲 ②乙", &["甲", "乙"]),
        ("①株式会社甲②株式会社乙", &["株式会社甲", "株式会社乙"]),
        ("1．甲、2．乙", &["甲", "乙"]),
        ("1．甲　2．乙", &["甲", "乙"]),
        ("(1)甲 (2)乙", &["甲", "乙"]),
        ("入力業務：甲　封入業務：乙", &["甲", "乙"]),
        ("再委託先：株式会社甲", &[]),
        ("○○県国民健康保険団体連合会", &["○○県国民健康保険団体連合会"]),
        ("○株式会社甲", &["株式会社甲"]),
        ("**株式会社甲**", &["株式会社甲"]),
        ("**受託者**：株式会社甲", &["株式会社甲"]),
        ("株式会社甲 他3社", &["株式会社甲"]),
        ("株式会社甲ほか２社", &["株式会社甲"]),
        ("株式会社みほん契約センター", &["株式会社みほん契約センター"]),
        ("株式会社甲、乙株式会社は未定", &["株式会社甲"]),
        ("Mihon, Inc.、株式会社甲", &["Mihon, Inc.", "株式会社甲"]),
        ("Mihon Co., Ltd.", &["Mihon Co., Ltd."]),
        ("甲株式会社・株式会社乙", &["甲株式会社", "株式会社乙"]),
        ("甲・乙株式会社", &["甲・乙株式会社"]),
        ("株式会社甲／株式会社乙 JV", &["株式会社甲／株式会社乙 JV"]),
        ("株式会社甲・株式会社乙共同企業体", &["株式会社甲・株式会社乙共同企業体"]),
    ];
    for (text, expected) in cases {
        assert_eq!(names(text), expected, "{text}");
    }
    assert_eq!(company("株式会社あおぞら（再委託先：株式会社ほしぞら）"), company("あおぞら㈱"));
}

#[test]
fn branches_fall_away_behind_a_place() {
    let whole = company("株式会社みほんシステム");
    for branch in ["札幌支店", "北海道支社", "官公庁営業部", "東日本支社", "北海道支社札幌営業所"]
    {
        assert_eq!(company(&format!("株式会社みほんシステム{branch}")), whole, "{branch}");
        assert_eq!(company(&format!("みほんシステム株式会社{branch}")), whole, "{branch}");
    }
    assert_eq!(company("株式会社東京支店").stem, "東京支店");
    assert_eq!(company("株式会社みほん支店").stem, "みほん支店");
}

#[test]
fn generic_names_are_known_only_without_a_place() {
    assert_eq!(generic("医師会"), Some(("医師会", Area::Municipality)));
    assert_eq!(generic("一般社団法人　市医師会"), Some(("医師会", Area::Municipality)));
    assert_eq!(generic("国保連合会"), Some(("国民健康保険団体連合会", Area::Prefecture)));
    assert_eq!(generic("みほん市医師会"), None);
    assert_eq!(generic("地区医師会"), Some(("医師会", Area::Municipality)));
    assert_eq!(generic("県医師会"), Some(("医師会", Area::Prefecture)));
    assert_eq!(generic("当県　歯科医師会"), Some(("歯科医師会", Area::Prefecture)));
    assert_eq!(generic("県国保連合会"), Some(("国民健康保険団体連合会", Area::Prefecture)));
    assert_eq!(generic("町内会"), Some(("自治会", Area::Municipality)));
    for unclear in ["郡医師会", "郡市医師会", "市町村県医師会"] {
        assert_eq!(generic(unclear), None, "{unclear}");
    }
    assert_eq!(generic("株式会社甲"), None);
}

#[test]
fn what_is_no_name_is_kept_apart() {
    for text in [
        "未定",
        "入札により決定",
        "競争入札により決定し、契約の後に公表",
        "株式会社甲と契約する予定により調整中",
        "受託者：未定",
        "契約を結んだ後に公表する。",
        "―",
        "なし",
        "上記と同じ",
        "別紙のとおり（別紙参照）",
    ] {
        assert_eq!(names(text), Vec::<String>::new(), "{text}");
        assert_eq!(contractors(text).len(), 1, "{text}");
    }
}

#[test]
fn spellings_of_a_system_are_one() {
    assert_eq!(system("中間サーバー"), system("中間サーバ"));
    assert_eq!(system("接種記録システム（ＶＲＳ）"), system("接種記録システム(VRS)"));
    assert_eq!(system("接種記録システム"), system("接種記録システム(VRS)"));
    assert_ne!(system("中間サーバー・プラットフォーム"), system("中間サーバー"));
    assert_ne!(system("データ連携"), system("デタ連携"));
    assert_eq!(system("サーバールーム管理"), system("サーバルーム管理"));
    assert_eq!(system("コンピューターシステム"), system("コンピュータシステム"));
    assert_eq!(system_aside("総合行政システム（税務）"), "税務");
    assert_eq!(system_aside("接種記録システム（以下「ＶＲＳ」という。）"), "vrs");
    assert_eq!(system_aside("接種記録システム"), "");
    let list = systems("・甲システム、乙システム\n丙サーバー", true);
    assert_eq!(list.len(), 3);
    assert_eq!(systems("検索、電子申請機能", false).len(), 1);
}

#[test]
fn marks_of_lists_fall_away() {
    for (line, text) in [
        ("・甲", "甲"),
        ("① 甲", "甲"),
        ("（1）甲", "甲"),
        ("1. 甲", "甲"),
        ("１．甲", "甲"),
        ("3.11対策", "3.11対策"),
        ("(株)甲", "(株)甲"),
        ("○○県", "○○県"),
        ("○ 甲", "甲"),
    ] {
        assert_eq!(unmarked(line), text);
    }
}

proptest! {
    /// The place and the spelling of the form, blanks and width never matter.
    #[test]
    fn form_place_and_blanks_do_not_matter(stem in "[ア-ンA-Z]{3,8}", gap in "[ 　]{0,2}") {
        let expected = company(&format!("株式会社{stem}"));
        for form in ["株式会社", "(株)", "（株）", "㈱"] {
            prop_assert_eq!(&company(&format!("{form}{gap}{stem}")), &expected);
            prop_assert_eq!(&company(&format!("{stem}{gap}{form}")), &expected);
        }
        prop_assert_eq!(&company(&stem).stem, &expected.stem);
    }

    /// No name is lost or invented when names are put in a list.
    #[test]
    fn lists_come_apart_again(stems in prop::collection::vec("[ア-ン]{3,8}", 1..6), separator in "(、|\n・|, |\n)") {
        let listed: Vec<String> = stems.iter().map(|stem| format!("株式会社{stem}")).collect();
        prop_assert_eq!(names(&listed.join(&separator)), listed);
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,80}") {
        let _ = (contractors(&text), systems(&text, true), company(&text), system(&text));
    }
}
