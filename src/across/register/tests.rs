use super::*;

fn at(document: u32) -> Use {
    Use { document, anchor: "a".to_owned(), item: "Ⅱ.4.⑥ 委託先名".to_owned() }
}

fn mention(document: u32, written: &str) -> Mention {
    Mention { written: written.to_owned(), is_remark: false, at: at(document) }
}

fn home(document: u32) -> Home<'static> {
    let municipality = ["みほん市", "ためし町"][document as usize % 2];
    Home { prefecture: "みほん県", municipality }
}

fn titles(register: &Register) -> Vec<&str> {
    register.entries.iter().map(|entry| entry.title.as_str()).collect()
}

#[test]
fn variants_are_one_entry_and_shown() {
    let all = [
        mention(0, "㈱甲乙"),
        mention(1, "㈱甲乙"),
        mention(2, "株式会社甲乙札幌支店"),
        mention(2, "株式会社甲乙（旧丙）"),
        mention(2, "甲乙"),
        mention(3, "株式会社甲乙"),
        mention(2, "株式会社丙丁"),
    ];
    let register = join_contractors(&all, &home);
    assert_eq!(titles(&register), ["株式会社甲乙", "株式会社丙丁"]);
    let first = &register.entries[0];
    assert_eq!(first.documents(), 4);
    assert_eq!(first.variants.len(), 5);
}

#[test]
fn a_name_without_a_form_is_not_guessed_between_two() {
    let all = [mention(0, "株式会社甲乙"), mention(1, "有限会社甲乙"), mention(2, "甲乙")];
    assert_eq!(join_contractors(&all, &home).entries.len(), 3);
}

#[test]
fn generic_names_are_joined_within_their_area_only() {
    let all = [
        mention(0, "医師会"),
        mention(1, "医師会"),
        mention(2, "（一社）医師会"),
        mention(0, "国民健康保険団体連合会"),
        mention(1, "国保連合会"),
        mention(3, "みほん県国民健康保険団体連合会"),
    ];
    let register = join_contractors(&all, &home);
    assert_eq!(
        titles(&register),
        ["みほん県国民健康保険団体連合会", "医師会（みほん市）", "医師会（ためし町）"],
    );
    assert_eq!(register.entries[0].documents(), 3);
    let register = join_contractors(&all[3..5], &home);
    assert_eq!(titles(&register), ["国民健康保険団体連合会（みほん県）"]);
}

#[test]
fn bodies_of_a_city_and_of_its_prefecture_are_two() {
    let all = [
        mention(0, "市医師会"),
        mention(0, "医師会"),
        mention(0, "県医師会"),
        mention(1, "県医師会"),
        mention(1, "みほん県医師会"),
        mention(1, "郡医師会"),
    ];
    let register = join_contractors(&all, &home);
    assert_eq!(titles(&register), ["みほん県医師会", "医師会（みほん市）", "郡医師会"]);
    assert_eq!(register.entries[0].documents(), 2);
}

#[test]
fn entries_of_most_documents_come_first_then_names() {
    let all = [
        mention(0, "丙"),
        mention(0, "乙"),
        mention(0, "甲"),
        mention(1, "甲"),
        mention(1, "乙"),
        mention(0, "乙"),
    ];
    assert_eq!(titles(&join_contractors(&all, &home)), ["乙", "甲", "丙"]);
}

#[test]
fn systems_with_different_brackets_stay_apart() {
    let all = [
        mention(0, "総合行政システム（住民記録）"),
        mention(1, "総合行政システム（税務）"),
        mention(2, "総合行政システム(税務)"),
    ];
    assert_eq!(join_systems(&all).entries.len(), 2);
    assert_eq!(join_systems(&all[1..]).entries.len(), 1);
}

#[test]
fn abbreviations_are_learnt_from_brackets() {
    let all = [
        mention(0, "ワクチン接種記録システム（VRS）"),
        mention(1, "VRS"),
        mention(2, "ＶＲＳ（ワクチン接種記録システム）"),
    ];
    let register = join_systems(&all);
    assert_eq!(titles(&register), ["ワクチン接種記録システム（VRS）"]);
    // A second meaning makes it unclear; words are no abbreviations.
    let unclear = [&all[..2], &[mention(3, "車両登録システム（VRS）")]].concat();
    assert_eq!(join_systems(&unclear).entries.len(), 3);
    let words = [mention(0, "総合行政システム（税務）"), mention(1, "税務")];
    assert_eq!(join_systems(&words).entries.len(), 2);
}

#[test]
fn provisions_are_grouped_by_law_in_the_order_of_numbers() {
    let cite = |document, text| cited(text, &["network-basis"], &at(document));
    let all = [
        cite(0, "番号法第19条第8号、別表第二の10の項"),
        cite(1, "番号利用法第19条第7号及び別表第二の9の項"),
        cite(2, "情報連携は行わない"),
    ]
    .concat();
    let (laws, remarks) = join_laws(&all);
    assert_eq!(laws.len(), 1);
    let (law, places) = &laws[0];
    assert_eq!((law.title.as_str(), law.documents(), law.variants.len()), ("番号法", 2, 2));
    let titles: Vec<_> = places.iter().map(|place| place.title.as_str()).collect();
    assert_eq!(titles, ["第19条第8号", "別表第二 9の項", "別表第二 10の項"]);
    assert_eq!(places[0].documents(), 2);
    assert_eq!(places[0].variants.len(), 2);
    assert_eq!(remarks.len(), 1);
}

#[test]
fn ids_stay() {
    assert_eq!(id_of("株式会社甲乙"), id_of("株式会社甲乙"));
    assert_ne!(id_of("甲"), id_of("乙"));
    assert!(id_of("甲").chars().all(|c| c.is_ascii_alphanumeric()));
}
