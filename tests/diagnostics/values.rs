//! Values: of the wrong kind, no option, impossible dates, boxes, figures.

use crate::case::{Case, case};

const KISO: &str = "019984-mihon/8-kaigo-kiso/assessment.yaml";
const FULL: &str = "019984-mihon/8-kaigo/assessment.yaml";

pub fn cases() -> Vec<Case> {
    let mut cases = kinds();
    cases.extend(options());
    cases.extend(dates());
    cases.extend(figures());
    cases
}

fn kinds() -> Vec<Case> {
    vec![
        case("VAL-01", "a list instead of a text").edit(KISO, "    部署: 福祉部介護保険課", "    部署:\n      ‹- 福祉部›\n      - 市民部"),
        case("VAL-01", "a mapping instead of a text").edit(KISO, "    部署: 福祉部介護保険課", "    部署:\n      ‹課: 介護保険課›"),
        case("VAL-01", "a list instead of a choice").edit(KISO, "    実施の有無: 実施する", "    実施の有無: ‹[実施する, 未定]›"),
        case("VAL-01", "a list instead of a date").edit(KISO, "公表日: 令和7年3月14日", "公表日: ‹[令和7年3月14日]›"),
        case("VAL-01", "a text instead of boxes").edit(KISO, "[自己点検, 内部監査]", "‹自己点検›"),
        case("VAL-01", "a text instead of a heading").edit(KISO, "  個人番号の利用:\n    法令上の根拠: 番号法第9条第1項及び別表の100の項", "  個人番号の利用: ‹番号法第9条›"),
        case("VAL-01", "a list instead of a heading").edit(KISO, "  個人番号の利用:\n    法令上の根拠: 番号法第9条第1項及び別表の100の項", "  個人番号の利用:\n    ‹- 番号法第9条第1項›"),
        case("VAL-01", "a text instead of entries").edit(FULL, "使用するシステム:\n", "使用するシステム: ‹介護保険システム›\n")
            .with(|s| cut(s, "    - システムの名称: 介護保険システム", "  特定個人情報ファイル名")),
        case("VAL-01", "a text instead of an entry").edit(FULL, "    - システムの名称: 介護保険システム", "    - ‹宛名システム›\n    - システムの名称: 介護保険システム"),
        case("VAL-01", "a mapping instead of files").edit(FULL, "\n特定個人情報ファイル:\n  - 特定個人情報ファイルの概要:", "\n特定個人情報ファイル:\n    ‹特定個人情報ファイルの概要:›"),
        case("VAL-01", "a text instead of a file").edit(FULL, "\n特定個人情報ファイル:\n", "\n特定個人情報ファイル:\n  - ‹介護保険ファイル›\n").with(|s| {
            cut(s, "  - 特定個人情報ファイルの概要", "特定個人情報ファイル記録項目:");
        }),
        case("VAL-01", "a text after a box without parenthesis").edit(FULL, "            - 個人番号\n", "            - 個人番号: ‹本人のもの›\n"),
        case("VAL-01", "a word instead of a number").edit(FULL, "件数: 1", "件数: ‹一件›"),
        case("VAL-01", "a word instead of the number of a box").edit(FULL, "提供を行っている: 1", "提供を行っている: ‹多数›"),
        case("VAL-01", "a box as a list").edit(FULL, "入手方法: [紙,", "入手方法: [‹[紙]›,"),
        case("VAL-01", "only the name of a figure").edit(
            FULL,
            "    - ファイル: figures/nagare.svg\n      代替テキスト: 被保険者が介護保険課に申請し、介護保険課が認定の結果を被保険者に通知する。\n      説明: 認定の流れ\n",
            "    - ‹figures/nagare.svg›\n",
        ),
    ]
}

/// Removes the lines from one that begins so up to one that begins so.
fn cut(sandbox: &crate::support::Sandbox, from: &str, to: &str) {
    let text = sandbox.text(FULL);
    let (head, rest) = text.split_once(from).unwrap();
    let (_, tail) = rest.split_once(&format!("\n{to}")).unwrap();
    sandbox.write(FULL, format!("{head}{to}{tail}"));
}

fn options() -> Vec<Case> {
    vec![
        case("VAL-02", "a choice misspelt").edit(KISO, "実施の有無: 実施する", "実施の有無: ‹実施します›"),
        case("VAL-02", "a choice that is nothing like it").edit(
            KISO,
            "実施の有無: 実施する",
            "実施の有無: ‹担当課による›",
        ),
        case("VAL-02", "a choice with a number range").edit(
            FULL,
            "    対象人数: 30万人以上",
            "    対象人数: ‹30万人超›",
        ),
        case("VAL-02", "a box misspelt").edit(KISO, "[自己点検,", "[‹自己点険›,"),
        case("VAL-02", "only a wrong box in a required list").edit(
            FULL,
            "提供方法: [専用線]",
            "提供方法: [‹ファクス›]",
        ),
        case("VAL-02", "a box with a text misspelt").edit(FULL, "- その他: 口座情報", "- ‹その外›: 口座情報"),
        case("VAL-02", "a flag").edit(FULL, "提供・移転しない: はい", "提供・移転しない: ‹しない›"),
        case("VAL-02", "a flag that decides").edit(
            KISO,
            "評価を実施する: はい",
            "評価を実施する: ‹実施する›",
        ),
        case("VAL-05", "none together with another").edit(
            FULL,
            "- 提供を行っている: 1",
            "- 提供を行っている: 1\n          - ‹行っていない›",
        ),
        case("VAL-06", "the same box twice").edit(
            KISO,
            "[自己点検, 内部監査]",
            "[自己点検, 内部監査, ‹自己点検›]",
        ),
    ]
}

fn dates() -> Vec<Case> {
    let date = |code, name, text: &str| {
        case(code, name).edit(KISO, "公表日: 令和7年3月14日", &format!("公表日: ‹{text}›"))
    };
    vec![
        date("VAL-03", "30 february", "令和7年2月30日"),
        date("VAL-03", "month 13", "2025-13-01"),
        date("VAL-03", "only the month", "令和7年3月"),
        date("VAL-03", "only the year", "令和7年"),
        date("VAL-03", "a fiscal year", "令和6年度"),
        date("VAL-03", "no date at all", "未定"),
        date("VAL-03", "more than a date", "令和7年3月14日（予定）"),
        date("VAL-03", "before the era", "令和元年4月30日"),
        date("VAL-03", "another weekday", "令和7年3月14日（月）"),
        date("VAL-03", "abbreviated era", "R7.3.14"),
        case("VAL-03", "only the year where the month is enough").edit(
            FULL,
            "保有開始日: 平成28年1月",
            "保有開始日: ‹平成28年›",
        ),
        date("VAL-04", "first year as 1", "令和1年6月3日"),
        date("VAL-04", "after the end of the era", "平成31年5月7日"),
        case("VAL-04", "month after the end of the era")
            .edit(FULL, "保有開始日: 平成28年1月", "保有開始日: ‹平成31年5月›")
            .edit(FULL, "使用開始日: 平成28年1月1日", "使用開始日: 令和元年5月7日"),
        date("VAL-04", "slashes", "2025/3/14"),
    ]
}

fn figures() -> Vec<Case> {
    let text =
        "      代替テキスト: 被保険者が介護保険課に申請し、介護保険課が認定の結果を被保険者に通知する。\n";
    let file = |name, path: &str| case("FIG-02", name).edit(FULL, "figures/nagare.svg", &format!("‹{path}›"));
    vec![
        case("FIG-01", "no alternative").edit(FULL, text, "").points_at(FULL, "figures/nagare.svg"),
        case("FIG-01", "empty alternative").edit(FULL, text, "      ‹代替テキスト›:\n"),
        file("no such image", "figures/nagara.svg"),
        file("another case of letters", "figures/Nagare.SVG"),
        file("outside the folder", "../8-kaigo-kiso/assessment.yaml"),
        file("a file that is no image", "changes.yaml"),
        file("absolute path", "/etc/hostname"),
        file("an address", "https://www.city.mihon.example.jp/nagare.svg"),
        file("backslashes", "figures\\nagare.svg"),
        case("FIG-02", "no file named").edit(FULL, "- ファイル: figures/nagare.svg", "- ‹ファイル›:"),
    ]
}
