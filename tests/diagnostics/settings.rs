//! `municipality.yaml` and `site.yaml`.

use crate::case::{Case, case};

const CITY: &str = "019984-mihon/municipality.yaml";
const CODE: &str = "\"019984\"";

pub fn cases() -> Vec<Case> {
    vec![
        case("CODE-01", "wrong check digit").edit(CITY, CODE, "‹\"019985\"›"),
        case("CODE-01", "five digits").edit(CITY, CODE, "‹\"01998\"›"),
        case("CODE-01", "leading zero lost").edit(CITY, CODE, "‹19984›"),
        case("CODE-01", "seven digits").edit(CITY, CODE, "‹\"0199840\"›"),
        case("CODE-01", "no such prefecture").edit(CITY, CODE, "‹\"519986\"›"),
        case("CODE-01", "not digits").edit(CITY, CODE, "‹みほん市›"),
        case("REQ-01", "code empty").edit(CITY, "code: \"019984\"", "‹code›:"),
        case("CODE-02", "folder with another code")
            .edit(CITY, CODE, "‹\"139980\"›")
            .edit(CITY, "prefecture: 北海道", "prefecture: 東京都")
            .points_at(CITY, "\"139980\""),
        case("CODE-02", "prefecture of another code").edit(CITY, "北海道", "‹青森県›"),
        case("REQ-01", "municipality without name").edit(CITY, "name: みほん市", "‹name›: \"\""),
        case("KEY-02", "municipality key misspelt").edit(CITY, "website:", "‹web-site›:"),
        case("KEY-02", "required municipality key misspelt").edit(CITY, "name:", "‹nama›:"),
        case("KEY-01", "municipality key twice").edit(CITY, "website:", "‹名称›: みほん市\nwebsite:"),
        case("VAL-02", "kind of agency").edit(CITY, "website:", "agency_kind: ‹市町村›\nwebsite:"),
        case("VAL-01", "website without scheme").edit(
            CITY,
            "https://www.city.mihon.example.jp/",
            "‹www.city.mihon.example.jp›",
        ),
        case("VAL-01", "municipality as a list").write(CITY, "‹-› code: \"019984\"\n- name: みほん市\n"),
        case("VAL-01", "authorities as a mapping").edit(CITY, "  - みほん市長", "  ‹市長: みほん›"),
        case("REQ-01", "site without title").edit(
            "site.yaml",
            "title: 評価書の公表サイト（試験用）",
            "‹title›:",
        ),
        case("LOOK-01", "accent too light").edit(
            "site.yaml",
            "theme: standard",
            "色:\n  明るい画面:\n    強調色: ‹\"#ff9900\"›",
        ),
        case("LOOK-01", "link too dark for a dark screen").edit(
            "site.yaml",
            "theme: standard",
            "colors:\n  dark:\n    link: ‹\"#0000ff\"›",
        ),
        case("LOOK-02", "a logo that is not there").edit(
            "site.yaml",
            "theme: standard",
            "ロゴ:\n  ファイル: ‹logo.svg›\n  代替テキスト: みほん市",
        ),
        case("LOOK-02", "a theme that is not there").edit("site.yaml", "theme: standard", "theme: ‹_theme›"),
        case("LOOK-03", "a template that does not work")
            .edit("site.yaml", "theme: standard", "theme: _theme")
            .write("_theme/templates/site-footer.html", "<footer>\n{% if page.root ‹oder %}›\n</footer>\n"),
        case("LOOK-04", "a template that nothing uses")
            .edit("site.yaml", "theme: standard", "theme: _theme")
            .write("_theme/templates/site-foter.html", "<footer></footer>\n")
            .whole("_theme/templates/site-foter.html"),
        case("LOOK-04", "a word without its number")
            .edit("site.yaml", "theme: standard", "theme: _theme")
            .write("_theme/words.yaml", "skip: 中身へ\ndocuments_count: ‹評価書›\n"),
        case("LOOK-05", "a style sheet from elsewhere")
            .edit("site.yaml", "theme: standard", "theme: _theme")
            .write(
                "_theme/styles/95-own.css",
                "p {\n  background: url(\"‹https://img.example/x.png›\");\n}\n",
            ),
        case("LOOK-02", "a logo with a script")
            .write("logo.svg", "<svg viewBox='0 0 4 1'><script>x()</script></svg>")
            .edit("site.yaml", "theme: standard", "ロゴ:\n  ファイル: ‹logo.svg›\n  代替テキスト: みほん市"),
        case("KEY-04", "a key of the site left empty").edit(
            "site.yaml",
            "theme: standard",
            "‹ライセンス›:\ntheme: standard",
        ),
        case("YAML-06", "a colour without quotation marks").edit(
            "site.yaml",
            "theme: standard",
            "色:\n  暗い画面:\n    強調色: ‹#8fe0b8›",
        ),
        case("VAL-01", "the address of the site with a file").edit(
            "site.yaml",
            "https://hyoka.example.jp/",
            "‹https://hyoka.example.jp/index.html›",
        ),
        case("FILE-02", "a theme in another encoding")
            .edit("site.yaml", "theme: standard", "theme: _theme")
            .write("_theme/words.yaml", "skip: 中身へ\n")
            .bytes("_theme/words.yaml", |bytes| {
                encoding_rs::SHIFT_JIS.encode(&String::from_utf8(bytes).unwrap()).0.into_owned()
            })
            .line("_theme/words.yaml", 1),
        case("REQ-01", "logo without alternative").write("logo.svg", "<svg></svg>").edit(
            "site.yaml",
            "theme: standard",
            "logo:\n  ‹›file: logo.svg",
        ),
        case("KEY-02", "site key misspelt").edit("site.yaml", "publisher", "‹publischer›"),
    ]
}
