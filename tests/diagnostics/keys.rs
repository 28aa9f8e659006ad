//! Keys: twice, misspelt, unknown, in the wrong place.

use crate::case::{Case, case};

const KISO: &str = "019984-mihon/8-kaigo-kiso/assessment.yaml";
const FULL: &str = "019984-mihon/8-kaigo/assessment.yaml";

pub fn cases() -> Vec<Case> {
    let mut cases = twice();
    cases.extend(misspelt());
    cases.extend(unknown());
    cases.extend(misplaced());
    cases
}

fn twice() -> Vec<Case> {
    vec![
        case("KEY-01", "the same key").edit(KISO, "公表日:", "公表日: 令和7年3月14日\n‹公表日›:"),
        case("KEY-01", "with and without number").edit(
            FULL,
            "    対象人数:",
            "    ‹①事務の名称›: 介護の事務\n    対象人数:",
        ),
        case("KEY-01", "a section").edit(FULL, "評価実施手続:", "‹開示請求、問合せ›:\n  x: y\n評価実施手続:"),
        case("KEY-01", "two own values").edit(
            FULL,
            "          件数: 1",
            "          ‹内容›: 委託する\n          件数: 1",
        ),
    ]
}

fn misspelt() -> Vec<Case> {
    vec![
        case("KEY-02", "a required item misspelt").edit(KISO, "事務の概要:", "‹事務の慨要›:"),
        case("KEY-02", "an optional item misspelt").edit(KISO, "特記事項:", "‹特期事項›:"),
        case("KEY-02", "a cover item misspelt").edit(KISO, "公表日:", "‹公評日›:"),
        case("KEY-02", "a section misspelt").edit(KISO, "しきい値判断項目:", "‹しきい値項目›:"),
        case("KEY-02", "a heading misspelt").edit(
            FULL,
            "特定個人情報の保管・消去:\n        保管場所",
            "‹特定個人情報の保管と消去›:\n        保管場所",
        ),
        case("KEY-02", "a repeat misspelt").edit(FULL, "        委託事項:", "        ‹委託項›:"),
        case("KEY-02", "a deciding item misspelt").edit(
            FULL,
            "委託の有無:\n          選択",
            "‹委託有無›:\n          選択",
        ),
        case("KEY-02", "the key of the files misspelt").edit(
            FULL,
            "\n特定個人情報ファイル:",
            "\n‹特定個人ファイル›:",
        ),
        case("KEY-02", "a section of a file misspelt").edit(
            FULL,
            "    特定個人情報ファイルの取扱いプロセスにおけるリスク対策:",
            "    ‹特定個人情報ファイルの取扱プロセスのリスク対策›:",
        ),
        case("KEY-02", "a row below an item misspelt").edit(
            FULL,
            "          その必要性:",
            "          ‹その必要›:",
        ),
        case("KEY-02", "a figure key misspelt").edit(
            FULL,
            "      説明: 認定の流れ",
            "      ‹説名›: 認定の流れ",
        ),
        case("KEY-02", "the text alternative misspelt").edit(FULL, "代替テキスト:", "‹代替テクスト›:"),
    ]
}

fn unknown() -> Vec<Case> {
    vec![
        case("KEY-02", "nothing alike").edit(KISO, "評価実施機関名:", "‹起案者›: 係長\n評価実施機関名:"),
        case("KEY-02", "nothing alike in a section").edit(KISO, "    部署:", "    ‹電話›: 000\n    部署:"),
        case("KEY-02", "like an item that is there already").edit(
            KISO,
            "    部署:",
            "    ‹部署2›: 市民課\n    部署:",
        ),
        case("KEY-02", "empty key").edit(KISO, "公表日:", "‹\"\"›: x\n公表日:"),
    ]
}

fn misplaced() -> Vec<Case> {
    vec![
        case("KEY-03", "an item of another heading").edit(KISO, "    部署: 福祉部介護保険課\n", "").edit(
            KISO,
            "    連絡先:",
            "    ‹部署›: 福祉部介護保険課\n    連絡先:",
        ),
        case("KEY-03", "an item of another section at the top")
            .edit(FULL, "公表日:", "‹対応方法›: 答える。\n公表日:")
            .edit(FULL, "    対応方法: 問合せの内容と答えを記録し、5日以内に答える。\n", ""),
        case("KEY-03", "one level too high").edit(
            FULL,
            "        使用の主体:\n          使用部署: 福祉部介護保険課\n",
            "        ‹使用部署›: 福祉部介護保険課\n        使用の主体:\n",
        ),
        case("KEY-03", "a section of the files at the top")
            .edit(
                FULL,
                "\n特定個人情報ファイル:\n  - 特定個人情報ファイルの概要:",
                "\n‹特定個人情報ファイルの概要›:",
            )
            .edit(
                FULL,
                "    特定個人情報ファイルの取扱いプロセス",
                "特定個人情報ファイル:\n  - 特定個人情報ファイルの取扱いプロセス",
            ),
        case("KEY-03", "a common section inside a file").edit(
            FULL,
            "    特定個人情報ファイルの取扱いプロセスにおけるリスク対策:",
            "    ‹その他のリスク対策›:\n    特定個人情報ファイルの取扱いプロセスにおけるリスク対策:",
        ),
        case("KEY-03", "changes in the assessment").edit(
            KISO,
            "関連情報:",
            "‹変更箇所›:\n  - 変更日: 令和7年3月14日\n\n関連情報:",
        ),
    ]
}
