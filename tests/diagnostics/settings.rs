//! `municipality.yaml` and `site.yaml`.

use kohyo::diagnostic::Code::{
    CodeMismatch, DuplicateKey, MunicipalityCode, Required, UnknownKey, UnknownOption, WrongType,
};

use crate::case::{Case, case};

const CITY: &str = "019984-mihon/municipality.yaml";
const CODE: &str = "\"019984\"";

pub fn cases() -> Vec<Case> {
    vec![
        case(MunicipalityCode, "wrong check digit").edit(CITY, CODE, "‹\"019985\"›"),
        case(MunicipalityCode, "five digits").edit(CITY, CODE, "‹\"01998\"›"),
        case(MunicipalityCode, "leading zero lost").edit(CITY, CODE, "‹19984›"),
        case(MunicipalityCode, "seven digits").edit(CITY, CODE, "‹\"0199840\"›"),
        case(MunicipalityCode, "no such prefecture").edit(CITY, CODE, "‹\"519986\"›"),
        case(MunicipalityCode, "not digits").edit(CITY, CODE, "‹みほん市›"),
        case(Required, "code empty").edit(CITY, "code: \"019984\"", "‹code›:"),
        case(CodeMismatch, "folder with another code")
            .edit(CITY, CODE, "‹\"139980\"›")
            .edit(CITY, "prefecture: 北海道", "prefecture: 東京都")
            .points_at(CITY, "\"139980\""),
        case(CodeMismatch, "prefecture of another code").edit(CITY, "北海道", "‹青森県›"),
        case(Required, "municipality without name").edit(CITY, "name: みほん市", "‹name›: \"\""),
        case(UnknownKey, "municipality key misspelt").edit(CITY, "website:", "‹web-site›:"),
        case(UnknownKey, "required municipality key misspelt").edit(CITY, "name:", "‹nama›:"),
        case(DuplicateKey, "municipality key twice").edit(CITY, "website:", "‹名称›: みほん市\nwebsite:"),
        case(UnknownOption, "kind of agency").edit(CITY, "website:", "agency_kind: ‹市町村›\nwebsite:"),
        case(WrongType, "website without scheme").edit(
            CITY,
            "https://www.city.mihon.example.jp/",
            "‹www.city.mihon.example.jp›",
        ),
        case(WrongType, "municipality as a list").write(CITY, "‹-› code: \"019984\"\n- name: みほん市\n"),
        case(WrongType, "authorities as a mapping").edit(CITY, "  - みほん市長", "  ‹市長: みほん›"),
        case(Required, "site without title").edit(
            "site.yaml",
            "title: 評価書の公表サイト（試験用）",
            "‹title›:",
        ),
        case(UnknownKey, "site key misspelt").edit("site.yaml", "publisher", "‹publischer›"),
    ]
}
