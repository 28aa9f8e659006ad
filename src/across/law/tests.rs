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
fn a_former_number_is_joined_only_where_it_is_certain() {
    assert_eq!(read_as("番号法第19条第7号", &["network-basis"]), ["bango 第19条第8号（旧第19条第7号）"]);
    assert_eq!(read_as("番号法第19条第7号", &["recipient-basis"]), ["bango 第19条第7号"]);
}

#[test]
fn no_name_means_two_laws() {
    for pair in names().windows(2) {
        assert!(pair[0].0 != pair[1].0 || pair[0].1 == pair[1].1, "{}", pair[0].0);
    }
    let ids: std::collections::BTreeSet<_> = laws().iter().map(|law| &law.id).collect();
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
