use proptest::prelude::*;

use super::*;

fn read(text: &str) -> Vec<String> {
    read_as(text, &[])
}

fn read_as(text: &str, roles: &[&str]) -> Vec<String> {
    let line = |p: Provision| {
        let (Reading::Known(law) | Reading::Named(law)) = p.law;
        let former = p.former.map(|f| format!("（旧{f}）")).unwrap_or_default();
        format!("{law} {}{former}", p.place).trim().to_owned()
    };
    provisions(text, roles).into_iter().map(line).collect()
}

#[test]
fn provisions_are_recognised() {
    let cases: [(&str, &[&str]); 20] = [
        ("番号法第9条第1項", &["bango 第9条第1項"]),
        ("番号法第９条第１項　別表第一の10の項", &["bango 第9条第1項", "bango 別表第一 10の項"]),
        (
            "番号利用法 第9条 第1項、別表第1の10、93の2の項",
            &["bango 第9条第1項", "bango 別表第一 10の項", "bango 別表第一 93の2の項"],
        ),
        (
            "番号法第9条第1項　別表第一項番10項及び93の２",
            &["bango 第9条第1項", "bango 別表第一 10の項", "bango 別表第一 93の2の項"],
        ),
        ("番号法第9条第1項及び第3項", &["bango 第9条第1項", "bango 第9条第3項"]),
        (
            "行政手続における特定の個人を識別するための番号の利用等に関する法律（平成25年法律第27号。以下「番号法」という。）第9条第1項及び別表の44の項",
            &["bango 第9条第1項", "bango 別表 44の項"],
        ),
        (
            "番号法第19条第8号 別表第二\n【照会】16の2,17,18の項",
            &[
                "bango 第19条第8号",
                "bango 別表第二 16の2の項",
                "bango 別表第二 17の項",
                "bango 別表第二 18の項",
            ],
        ),
        (
            "1. 番号法 第9条第1項 別表第一の10の項 第19条第16号\n2. 番号法別表第一の主務省令で定める事務を定める命令 第10条、第67条の2",
            &[
                "bango 第9条第1項",
                "bango 別表第一 10の項",
                "bango 第19条第16号",
                "bango-beppyo1 第10条",
                "bango-beppyo1 第67条の2",
            ],
        ),
        (
            "番号法別表第二の主務省令で定める事務及び情報を定める命令第12条の2、第12条の2の2",
            &["bango-beppyo2 第12条の2", "bango-beppyo2 第12条の2の2"],
        ),
        (
            "番号法第19条第10号並びに地方税法第294条第3項及び第317条",
            &["bango 第19条第10号", "chiho-zei 第294条第3項", "chiho-zei 第317条"],
        ),
        (
            "番号法第9条第2項並びにみほん市個人番号の利用に関する条例第4条第3項",
            &["bango 第9条第2項", "みほん市個人番号の利用に関する条例 第4条第3項"],
        ),
        (
            "みほん区行政手続における特定の個人を識別するための番号の利用等に関する法律に基づく個人番号の利用及び特定個人情報の提供に関する条例 第4条",
            &[
                "みほん区行政手続における特定の個人を識別するための番号の利用等に関する法律に基づく個人番号の利用及び特定個人情報の提供に関する条例 第4条",
            ],
        ),
        ("番号法第19条第8号及び別表第2 16の2の項", &["bango 第19条第8号", "bango 別表第二 16の2の項"]),
        ("番号法第19条第8号及び同号に基づく主務省令第2条の表", &["bango 第19条第8号", "bango-19-8 第2条"]),
        ("番号法", &["bango"]),
        ("番号法及び介護保険法", &["bango", "kaigo"]),
        ("別表第二の26の項", &["bango 別表第二 26の項"]),
        ("水道法第15条", &["水道法 第15条"]),
        ("第4条のとおり", &[]),
        ("情報連携は行わない", &[]),
    ];
    for (text, expected) in cases {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn names_that_begin_like_a_known_law_are_told_apart() {
    let cases: [(&str, &[&str]); 13] = [
        ("児童福祉法施行令第27条", &["児童福祉法施行令 第27条"]),
        ("国保法施行規則第5条", &["国民健康保険法施行規則 第5条"]),
        ("住民基本台帳法施行令第30条", &["juki-rei 第30条"]),
        ("地方税法の一部を改正する法律附則第2条", &["地方税法の一部を改正する法律 附則第2条"]),
        ("別表の主務省令第10条", &["bango-beppyo1 第10条"]),
        ("番号法別表第一省令第10条", &["bango-beppyo1 第10条"]),
        (
            "番号法第9条第1項　別表第１の主務省令で定める命令第8条",
            &["bango 第9条第1項", "bango-beppyo1 第8条"],
        ),
        ("番号利用法別表第二の省令第20条", &["bango-beppyo2 第20条"]),
        (
            "行政手続における特定の個人を識別するための番号の利用等に関する法律別表の主務省令で定める事務を定める命令第16条",
            &["bango-beppyo1 第16条"],
        ),
        ("番号法附則第6条第3項", &["bango 附則第6条第3項"]),
        ("番号法附則第4項", &["bango 附則第4項"]),
        ("番号法第19条第17号、個人情報保護委員会規則第4条", &["bango 第19条第17号", "ppc-kisoku 第4条"]),
        ("番号法別表第一の10の項", &["bango 別表第一 10の項"]),
    ];
    for (text, expected) in cases {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn rows_short_forms_and_kanji_are_read() {
    let cases: [(&str, &[&str]); 16] = [
        ("番号法第19条第8号に基づく主務省令第2条の表の48の項", &["bango-19-8 第2条の表 48の項"]),
        (
            "番号法第19条第8号に基づく主務省令第2条の表の第48項、第69項",
            &["bango-19-8 第2条の表 48の項", "bango-19-8 第2条の表 69の項"],
        ),
        ("番号法第19条第8号に基づく主務省令の表25の項", &["bango-19-8 第2条の表 25の項"]),
        (
            "番号法第19条第8号に基づく主務省令第2条の表（48、69の項）及び第50条",
            &["bango-19-8 第2条", "bango-19-8 第50条"],
        ),
        ("番号法第19条7号", &["bango 第19条第7号"]),
        ("番号法19条8号、9条1項", &["bango 第19条第8号", "bango 第9条第1項"]),
        ("番号法第十九条第八号、別表第二の10の項", &["bango 第19条第8号", "bango 別表第二 10の項"]),
        ("住民基本台帳法第三十条の十二", &["juki 第30条の12"]),
        (
            "番号法別表第二の主務省令第12の2、12の2の2、13、13の2条",
            &[
                "bango-beppyo2 第12条の2",
                "bango-beppyo2 第12条の2の2",
                "bango-beppyo2 第13条",
                "bango-beppyo2 第13条の2",
            ],
        ),
        ("番号法別表第一の10、第9条", &["bango 別表第一 10の項", "bango 第9条"]),
        ("介護保険法第9条 第1号被保険者", &["kaigo 第9条"]),
        ("介護保険法第九条第一号被保険者", &["kaigo 第9条"]),
        ("番号法第9条第1項第3号の2", &["bango 第9条第1項第3号の2"]),
        ("番号法第9条第1項及び第3項第2号", &["bango 第9条第1項", "bango 第9条第3項第2号"]),
        ("番号法別表（第一）の10の項", &["bango 別表第一 10の項"]),
        ("番号法第百一条", &["bango 第101条"]),
    ];
    for (text, expected) in cases {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn a_number_that_begins_another_line_is_no_entry() {
    let cases: [(&str, &[&str]); 14] = [
        (
            "1 番号法第9条第1項　別表第一の16の項\n2 番号法別表第一の主務省令で定める事務を定める命令第16条",
            &["bango 第9条第1項", "bango 別表第一 16の項", "bango-beppyo1 第16条"],
        ),
        ("１　番号法別表第一の16の項\n２　地方税法第294条", &["bango 別表第一 16の項", "chiho-zei 第294条"]),
        ("番号法別表第二の27の項\n(2)第四欄に地方税関係情報を含む項", &["bango 別表第二 27の項"]),
        ("番号法別表第二の27の項　(2)第四欄に地方税関係情報を含む項", &["bango 別表第二 27の項"]),
        (
            "番号法第19条第8号に基づく主務省令第2条の表 25、27、28の項\n2 番号法第9条",
            &[
                "bango-19-8 第2条の表 25の項",
                "bango-19-8 第2条の表 27の項",
                "bango-19-8 第2条の表 28の項",
                "bango 第9条",
            ],
        ),
        ("番号法別表第一の93の2の項　1,000人", &["bango 別表第一 93の2の項"]),
        ("番号法別表第一の93の2の項、1,000人以上", &["bango 別表第一 93の2の項"]),
        ("番号法別表第一の16の項　2 地方税法第294条", &["bango 別表第一 16の項", "chiho-zei 第294条"]),
        ("番号法別表第一\n2 番号法第9条", &["bango 別表第一", "bango 第9条"]),
        (
            "番号法別表第一\n16の項、\n17\n18、19",
            &[
                "bango 別表第一 16の項",
                "bango 別表第一 17の項",
                "bango 別表第一 18の項",
                "bango 別表第一 19の項",
            ],
        ),
        ("番号法別表第二\n(16の2,17の項)", &["bango 別表第二 16の2の項", "bango 別表第二 17の項"]),
        ("番号法別表第一の16の項　17の項", &["bango 別表第一 16の項", "bango 別表第一 17の項"]),
        (
            "番号法別表第一の10,100,101の項",
            &["bango 別表第一 10の項", "bango 別表第一 100の項", "bango 別表第一 101の項"],
        ),
        ("番号法別表第一（16）に掲げる事務", &["bango 別表第一 16の項"]),
    ];
    for (text, expected) in cases {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn a_former_number_is_joined_only_where_it_is_certain() {
    assert_eq!(read_as("番号法第19条第7号", &["network-basis"]), ["bango 第19条第8号（旧第19条第7号）"]);
    assert_eq!(read_as("番号法第19条第7号", &["recipient-basis"]), ["bango 第19条第7号"]);
    assert_eq!(
        read("番号法第19条第7号、別表第二の10の項"),
        ["bango 第19条第8号（旧第19条第7号）", "bango 別表第二 10の項"],
    );
    assert_eq!(read("番号法第19条第7号、第19条第8号、別表第二")[0], "bango 第19条第7号");
}

#[test]
fn no_name_means_two_laws() {
    for pair in names().windows(2) {
        assert!(pair[0].0 != pair[1].0 || pair[0].1 == pair[1].1, "{}", pair[0].0);
    }
    let ids: BTreeSet<_> = laws().iter().map(|law| &law.id).collect();
    assert_eq!(ids.len(), laws().len());
}

proptest! {
    /// Width and blanks never matter, whichever name is used.
    #[test]
    fn names_and_width_do_not_matter(article in 1_u16..60, item in 1_u16..200, name in 0_usize..3) {
        let name = ["番号法", "番号利用法", "行政手続における特定の個人を識別するための番号の利用等に関する法律"][name];
        let wide: String = article.to_string().chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap()).collect();
        let expected = [format!("bango 第{article}条第1項"), format!("bango 別表第一 {item}の項")];
        prop_assert_eq!(read(&format!("{name}第{article}条第1項、別表第一の{item}の項")), &expected);
        prop_assert_eq!(read(&format!("{name}　第{wide}条 第１項 別表第１（{item}の項）")), &expected);
    }

    #[test]
    fn any_text_is_read(text in "(番号法|別表第[一1]|第[0-9]{1,3}条|第1項|の|[、,。 ]|条例|[0-9]{1,3}|法|\\PC){0,40}") {
        let _ = provisions(&text, &["network-basis"]);
    }
}
