//! The spelling of YAML: quotes, indents, full-width signs, aliases, nesting.

use crate::case::{Case, case};

const KISO: &str = "019984-mihon/8-kaigo-kiso/assessment.yaml";
const FULL: &str = "019984-mihon/8-kaigo/assessment.yaml";
const CHANGES: &str = "019984-mihon/8-kaigo-kiso/changes.yaml";

pub fn cases() -> Vec<Case> {
    let mut cases = slips();
    cases.extend(lost_text());
    cases.extend(full_width());
    cases.extend(hostile());
    cases
}

fn slips() -> Vec<Case> {
    vec![
        case("YAML-01", "quote not closed").edit(KISO, "評価書番号: \"8\"", "評価書番号: ‹\"›8"),
        case("YAML-01", "bracket not closed").edit(KISO, "[自己点検, 内部監査]", "‹[›自己点検, 内部監査"),
        case("YAML-01", "no colon").edit(KISO, "評価実施機関名: みほん市長", "‹評価実施機関名 みほん市長›"),
        case("YAML-01", "colon without blank").edit(KISO, "部署: 福祉部", "部署‹:›福祉部"),
        case("YAML-01", "colon inside the text").edit(
            KISO,
            "部署: 福祉部介護保険課",
            "部署: 福祉部‹:› 介護保険課",
        ),
        case("YAML-01", "indent too small").edit(KISO, "    所属長の役職名", "   ‹所属長の役職名›"),
        case("YAML-01", "two documents").edit(KISO, "関連情報:", "‹---›\n関連情報:"),
        case("YAML-01", "text begins with a reserved sign").edit(KISO, "部署: 福祉部", "部署: ‹@›福祉部"),
        case("YAML-01", "text begins with a link").edit(
            FULL,
            "操作の記録を、毎月点検する。",
            "‹[[Ⅱ.6.①]] の記録を点検する。›",
        ),
        case("VAL-01", "text that is only a link").edit(FULL, "操作の記録を、毎月点検する。", "‹[[Ⅱ.6.①]]›"),
        case("YAML-01", "mapping as a key").edit(CHANGES, "  項目:", "  ? ‹{項目: x}›\n  : y\n  項目:"),
        case("YAML-01", "control character").edit(KISO, "介護保険課長", "介護‹\u{1}›保険課長"),
        case("YAML-04", "tab as indent").edit(KISO, "    部署:", "‹\t›部署:"),
        case("YAML-04", "tab as indent after blanks").edit(KISO, "    部署:", "  ‹\t›部署:"),
        case("EDITION-01", "empty file").write(KISO, "‹›"),
        case("EDITION-01", "only a comment").write(KISO, "‹›# 様式: 基礎項目評価書\n"),
        case("VAL-01", "a list instead of a document").write(KISO, "‹›- 様式: 基礎項目評価書\n"),
        case("EDITION-01", "no form").edit(KISO, "様式: 基礎項目評価書\n版", "‹›版"),
        case("EDITION-01", "form misspelt").edit(KISO, "様式: 基礎項目評価書", "様式: ‹基礎項目評価表›"),
        case("EDITION-01", "form unknown").edit(KISO, "様式: 基礎項目評価書", "様式: ‹申請書›"),
        case("EDITION-01", "edition unknown").edit(KISO, "版: 令和6年10月", "版: ‹令和6年11月›"),
    ]
}

fn lost_text() -> Vec<Case> {
    vec![
        case("YAML-06", "text behind a number sign").edit(
            KISO,
            "部署: 福祉部介護保険課",
            "部署: 福祉部介護保険課 ‹#2番窓口›",
        ),
        case("YAML-06", "in a list").edit(
            FULL,
            "- 個人番号\n",
            "- 個人番号 ‹#本人のもの›\n",
        ),
        case("YAML-07", "a list under a text").edit(
            FULL,
            "リスクに対する措置の内容: 操作の記録を、毎月点検する。",
            "リスクに対する措置の内容: 次のとおり点検する。\n            ‹- 操作の記録›\n            - 入退室の記録",
        ),
    ]
}

fn full_width() -> Vec<Case> {
    vec![
        case("YAML-05", "colon").edit(KISO, "公表日: ", "公表日‹：›"),
        case("YAML-05", "colon of the first key").edit(KISO, "様式: ", "様式‹：›"),
        case("YAML-05", "colon of the only item below a heading").edit(KISO, "請求先: ", "請求先‹：›"),
        case("YAML-05", "colon of a heading").edit(KISO, "  個人番号の利用:", "  個人番号の利用‹：›"),
        case("YAML-05", "colon of a continued line").edit(
            KISO,
            "    所属長の役職名: 介護保険課長",
            "      ‹所属長の役職名：›介護保険課長",
        ),
        case("YAML-05", "blank as indent").edit(KISO, "    部署:", "‹\u{3000}\u{3000}›部署:"),
        case("YAML-05", "blank after the colon").edit(KISO, "公表日: ", "公表日:‹\u{3000}›"),
        case("YAML-05", "bar of a text").edit(KISO, "事務の概要: |", "事務の概要: ‹｜›"),
        case("YAML-05", "dash of a list").edit(
            FULL,
            "- 庁内連携システム\n        - その他",
            "‹－› 庁内連携システム\n        - その他",
        ),
    ]
}

fn hostile() -> Vec<Case> {
    vec![
        case("YAML-03", "anchor").edit(KISO, "部署: 福祉部", "部署: ‹&課› 福祉部"),
        case("YAML-03", "alias").edit(KISO, "請求先: みほん市総務課", "請求先: ‹*課›").edit(
            KISO,
            " 電話 000-0000-0000",
            "",
        ),
        case("YAML-03", "text with a star").edit(KISO, "部署: 福祉部", "部署: ‹*福祉部介護保険課›").edit(
            KISO,
            "*福祉部介護保険課介護保険課",
            "*福祉部介護保険課",
        ),
        case("YAML-02", "nested too deep").edit(
            KISO,
            "[自己点検, 内部監査]",
            &format!("{}‹[›{}", "[".repeat(37), "]".repeat(38)),
        ),
    ]
}
