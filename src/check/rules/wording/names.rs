//! Names of persons and of other municipalities in items that an officer fills in once and copies for ever.

use std::sync::OnceLock;

use regex::Regex;

use super::towns;
use crate::check::Context;
use crate::diagnostic::{Code, Diagnostic};
use crate::form::Entries;

/// Items that speak of the agency itself.
const OWN_ITEMS: [&str; 3] = ["declaration", "request-office", "contact"];

/// Words that end like a municipality's name and mean a kind of one, or one's own.
const KINDS: [&str; 16] = [
    "本市",
    "本区",
    "本町",
    "本村",
    "当市",
    "当区",
    "当町",
    "当村",
    "各市",
    "他市",
    "同市",
    "特別区",
    "政令市",
    "両市",
    "全市",
    "関係市",
];

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    persons(context, found);
    municipalities(context, found);
}

fn persons(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for slot in context.places_of("head-title", Entries::NONE) {
        let Some(text) = context.text(slot) else { continue };
        if let Some(name) = person(text) {
            let message = "役職名の後ろに、氏名とみられる記載があります";
            let help = "氏名を消し、役職名だけを書いてください。人が替わるたびに公表し直すことにもなります。";
            found.push(context.within(Code::PERSON, slot, name, message).help(help));
        }
    }
}

/// What stands behind a title of office and is no title itself.
fn person(text: &str) -> Option<std::ops::Range<usize>> {
    static NAME: OnceLock<Regex> = OnceLock::new();
    let name = NAME.get_or_init(|| {
        let expression =
            "長[ 　]*[ 　：:（(][ 　]*([一-龠々ヶ]{1,4}[ 　]?[一-龠々ヶぁ-んァ-ヶ]{1,5})[）)]?[ 　]*(?:\n|$)";
        Regex::new(expression).unwrap_or_else(|e| panic!("an expression of the program: {e}"))
    });
    let found = name.captures_iter(text).filter_map(|c| c.get(1)).find(|name| {
        let last = name.as_str().chars().next_back().unwrap_or(' ');
        let is_office = "長監任事官課係室部局所署院館園校会班内職者他付中".contains(last)
            || ["補佐", "主幹", "担当", "兼務", "代理", "主査", "センター", "グループ", "チーム"]
                .iter()
                .any(|t| name.as_str().contains(t));
        !is_office
    })?;
    Some(found.range())
}

fn municipalities(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(municipality) = context.surroundings.municipality else { return };
    // A union of municipalities names its members with every right.
    if !municipality.name.ends_with(['市', '区', '町', '村']) {
        return;
    }
    let mut known = vec![municipality.name.as_str(), municipality.prefecture.as_str()];
    known.extend(municipality.authorities.iter().map(String::as_str));
    known.extend(context.administered.facts.joint_agencies.iter().map(String::as_str));
    let others = context.sole("other-agencies").and_then(|slot| context.text(slot));
    known.extend(others);
    let is_designated = towns::is_designated(&municipality.code.to_string(), &municipality.name);
    let own = towns::Own { name: &municipality.name, is_designated };
    for role in OWN_ITEMS {
        for slot in context.places_of(role, Entries::NONE) {
            let Some(text) = context.text(slot) else { continue };
            let other = foreign(text, &municipality.name, &known)
                .or_else(|| towns::foreign(text, own, &known, role == OWN_ITEMS[0]));
            let Some((bytes, name)) = other else { continue };
            let message = format!("「{name}」とありますが、この評価書は{}のものです", municipality.name);
            let diagnostic = context.within(Code::OTHER_MUNICIPALITY, slot, bytes, message).help(
                "ほかの団体の評価書から写した名前なら、自分の団体の名前に直してください。共同で実施する団体なら、管理情報の「共同で実施する評価実施機関」に書いてください。",
            );
            found.push(diagnostic);
        }
    }
}

/// The first name of a municipality before 長, 役所 and the like that is not among the known ones.
fn foreign<'t>(text: &'t str, own: &str, known: &[&str]) -> Option<(std::ops::Range<usize>, &'t str)> {
    static OFFICE: OnceLock<Regex> = OnceLock::new();
    let office = OFFICE.get_or_init(|| {
        let expression = "((?:[一-龠々ヶァ-ヺー]{1,8}|[ぁ-ん]{2,4})[市区町村])(?:長|役所|役場|教育委員会)";
        Regex::new(expression).unwrap_or_else(|e| panic!("an expression of the program: {e}"))
    });
    office.captures_iter(text).filter_map(|c| c.get(1)).find_map(|found| {
        let name = found.as_str();
        // With what stands before it, for names of both scripts (さいたま市) and for 「東京都」 before the name of a ward.
        let before = &text[..found.end()];
        let bare = name.rsplit_once(['都', '道', '府', '県', '郡']).map_or(name, |(_, rest)| rest);
        // 京都市 is no 市 of 京都.
        let bare = if bare.chars().count() > 1 { bare } else { name };
        // Wards of a designated city belong to it, and nothing here knows which city has which.
        let own_ward = own.ends_with('市') && name.ends_with('区');
        let is_kind = KINDS.contains(&bare)
            || ["市町村", "区市", "市区", "指定都市", "中核市", "特例市"]
                .iter()
                .any(|kind| name.contains(kind));
        let is_known = before.ends_with(own) || name.contains(own) || known.iter().any(|k| k.contains(bare));
        (!own_ward && !is_kind && !is_known).then(|| (found.range(), name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_behind_a_title() {
        let name = |text: &'static str| person(text).map(|range| &text[range]);
        assert_eq!(name("介護保険課長 見本 太郎"), Some("見本 太郎"));
        assert_eq!(name("介護保険課長（見本太郎）"), Some("見本太郎"));
        assert_eq!(name("保健所長　見本 はな\n"), Some("見本 はな"));
        for text in [
            "介護保険課長",
            "福祉部長 介護保険課長",
            "福祉部長（介護保険課長）",
            "市民課長（窓口担当）",
            "課長 課長補佐",
            "所長（兼務）",
            "健康福祉局長、課長",
        ] {
            assert_eq!(name(text), None, "{text}");
        }
    }

    #[test]
    fn names_of_other_municipalities() {
        let other =
            |text: &'static str, own: &str| foreign(text, own, &[own, "北海道"]).map(|(_, name)| name);
        assert_eq!(other("ほかの町役場総務課", "みほん市"), Some("ほかの町"));
        assert_eq!(other("請求先は例示市役所", "みほん市"), Some("例示市"));
        for (text, own) in [
            ("みほん市役所総務課", "みほん市"),
            ("請求先はみほん市長", "みほん市"),
            ("東京都例示区長", "例示区"),
            ("県北郡例示町役場", "例示町"),
            ("例示市中央区役所", "例示市"),
            ("中央区役所", "例示市"),
            ("市役所本庁舎、市町村長、区市町村長、本市長、当区長、指定都市市長", "みほん市"),
        ] {
            assert_eq!(other(text, own), None, "{text}");
        }
    }
}
