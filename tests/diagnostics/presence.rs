//! Required items, items that must stay empty, numbers of entries.

use crate::case::{Case, case};
use crate::support::Sandbox;

const KISO: &str = "019984-mihon/8-kaigo-kiso/assessment.yaml";
const PROSE: &str = "019984-mihon/8-kaigo/tsukaikata.md";
const FULL: &str = "019984-mihon/8-kaigo/assessment.yaml";

pub fn cases() -> Vec<Case> {
    let mut cases = required();
    cases.extend(blank());
    cases.extend(numbers());
    cases
}

fn required() -> Vec<Case> {
    vec![
        case("REQ-01", "an empty text").edit(KISO, "    部署: 福祉部介護保険課", "    ‹部署›:"),
        case("REQ-01", "a text of blanks").edit(KISO, "    部署: 福祉部介護保険課", "    ‹部署›: \"　\""),
        case("REQ-01", "a missing text").edit(KISO, "    部署: 福祉部介護保険課\n", "").points_at(KISO, "評価実施機関における担当部署"),
        case("REQ-01", "an empty choice").edit(KISO, "発生したか: 発生なし", "発生したか:").points_at(KISO, "過去１年以内に、評価実施機関において特定個人情報に関する重大事故が発生したか"),
        case("REQ-01", "an empty list of boxes").edit(FULL, "提供方法: [専用線]", "‹XX›").edit(FULL, "委託先への特定個人情報ファイルのXX", "‹委託先への特定個人情報ファイルの提供方法›: []"),
        case("PUB-01", "an empty date").edit(KISO, "公表日: 令和7年3月14日", "‹公表日›:"),
        case("REQ-01", "a heading of a markdown file without text")
            .edit(PROSE, "\n住民票の情報と突き合わせ、世帯を確かめる。\n", "")
            .points_at(PROSE, "Ⅱ.3.⑧ 情報の突合"),
        case("PUB-01", "a missing cover item").edit(KISO, "様式: 基礎項目評価書", "‹›様式: 基礎項目評価書").edit(KISO, "公表日: 令和7年3月14日\n", ""),
        case("REQ-01", "a conditional text").edit(KISO, "    法令上の根拠: 番号法第19条第8号\n", "").points_at(KISO, "情報提供ネットワークシステムによる情報連携"),
        case("REQ-01", "a conditional row").edit(FULL, "            具体的な管理方法: 職員ごとの番号と生体認証で確かめる。\n", "").points_at(FULL, "ユーザ認証の管理"),
        case("REQ-01", "the own value of an item with rows").edit(FULL, "          内容: 介護保険の被保険者と、その世帯の人\n", "").points_at(FULL, "        ‹対象となる本人の範囲›:\n"),
        case("REQ-01", "a missing heading").edit(KISO, "  評価実施機関における担当部署:\n    部署: 福祉部介護保険課\n    所属長の役職名: 介護保険課長\n", "").points_at(KISO, "関連情報"),
        case("REQ-01", "an empty heading").edit(KISO, "    部署: 福祉部介護保険課\n    所属長の役職名: 介護保険課長\n", "").points_at(KISO, "評価実施機関における担当部署"),
        case("REQ-01", "a missing section").edit(KISO, "様式: 基礎項目評価書", "‹›様式: 基礎項目評価書").with(|s| {
            let text = s.text(KISO);
            let (head, _) = text.split_once("リスク対策:\n  提出する").unwrap();
            s.write(KISO, head);
        }),
        case("REQ-01", "a missing text of an entry").edit(FULL, "      システムの機能: 情報提供ネットワークシステムとの間で情報を受け渡す。\n", "").points_at(FULL, "システムの名称: 中間サーバー"),
        case("HEAR-02", "a reason for a period under thirty days")
            .edit(FULL, "令和6年12月2日から令和7年1月10日まで", "令和6年12月2日から令和6年12月30日まで")
            .points_at(FULL, "国民・住民等からの意見の聴取"),
        case("REQ-01", "the number of entries").edit(FULL, "          件数: 1\n", "").points_at(FULL, "        ‹委託の有無›:\n"),
        case("REQ-01", "the number of a box").edit(FULL, "- 提供を行っている: 1", "- 提供を行っている").points_at(FULL, "提供・移転の有無"),
    ]
}

fn blank() -> Vec<Case> {
    vec![
        case("REQ-02", "a row whose condition is not met").edit(
            FULL,
            "            選択: 保管している\n            具体的な保管方法: 生きている人の個人番号と同じ方法で保管する。",
            "            選択: 保管していない\n            具体的な保管方法: ‹生きている人の個人番号と同じ方法で保管する。›",
        ),
        case("HEAR-05", "a reason for a period of thirty days or more").edit(
            FULL,
            "    主な意見の内容: 言葉の意味",
            "    期間を短縮する特段の理由: ‹急ぐため。›\n    主な意見の内容: 言葉の意味",
        ),
        case("TPR-04", "the approval of a city").edit(FULL, "公表日:", "個人情報保護委員会 承認日: ‹令和7年3月1日›\n公表日:"),
        case("REQ-03", "an item that a flag ticks away").edit(
            FULL,
            "        提供・移転しない: はい",
            "        提供・移転しない: はい\n        リスク2:\n          リスクに対する措置の内容: ‹記録を残す。›",
        ),
        case("REQ-03", "a whole part that a flag ticks away")
            .edit(FULL, "[紙, 庁内連携システム, 情報提供ネットワークシステム]", "[紙, 庁内連携システム]")
            .edit(FULL, "        接続しない（提供）: いいえ", "        接続しない（入手）: ‹はい›\n        接続しない（提供）: いいえ"),
        case("REQ-02", "entries without transfer").edit(
            FULL,
            "      特定個人情報の保管・消去:\n        保管場所",
            "        ‹移転先›:\n          - 移転先の名称: 市民税課\n            法令上の根拠: 番号法第9条第1項\n            移転先における用途: 賦課のため。\n            移転する情報: 保険料\n            移転する情報の対象となる本人の数: 1万人未満\n            移転する情報の対象となる本人の範囲: 被保険者\n            移転方法: [庁内連携システム]\n            時期・頻度: 随時\n      特定個人情報の保管・消去:\n        保管場所",
        ),
    ]
}

fn numbers() -> Vec<Case> {
    vec![
        case("REP-01", "more systems than the form has room for")
            .with(|s| {
                let one = "    - システムの名称: 予備\n      システムの機能: 予備\n";
                let last = "  特定個人情報ファイル名: 介護保険ファイル\n";
                s.replace(
                    FULL,
                    last,
                    &format!(
                        "{}    - ‹システムの名称: 二十一›\n      システムの機能: 予備\n{last}",
                        one.repeat(18)
                    ),
                );
            })
            .edit(FULL, "‹システムの名称: 二十一›", "‹システムの名称: 二十一›"),
        case("REP-02", "no system")
            .with(|s| cut(s, "    - システムの名称: 介護保険システム", "  特定個人情報ファイル名"))
            .points_at(FULL, "特定個人情報ファイルを取り扱う事務において使用するシステム"),
        case("REP-02", "outsourcing without entries")
            .edit(FULL, "          件数: 1\n", "          件数: 0\n")
            .with(|s| cut(s, "        委託事項:", "      特定個人情報の提供・移転"))
            .points_at(FULL, "      ‹特定個人情報ファイルの取扱いの委託›:\n"),
        case("REP-02", "no file")
            .edit(FULL, "\n特定個人情報ファイル:\n", "\n‹特定個人情報ファイル›:\n")
            .with(|s| cut(s, "  - 特定個人情報ファイルの概要", "特定個人情報ファイル記録項目")),
        case("REP-02", "no list of files").edit(FULL, "様式: 全項目評価書", "‹›様式: 全項目評価書").with(
            |s| {
                cut(
                    s,
                    "特定個人情報ファイル:\n  - 特定個人情報ファイルの概要",
                    "特定個人情報ファイル記録項目",
                );
            },
        ),
        case("REP-03", "more than there are").edit(FULL, "件数: 1", "件数: ‹2›"),
        case("REP-03", "a box with another number").edit(
            FULL,
            "提供を行っている: 1",
            "提供を行っている: ‹3›",
        ),
    ]
}

/// Removes the lines from one that begins so up to one that begins so.
fn cut(sandbox: &Sandbox, from: &str, to: &str) {
    let text = sandbox.text(FULL);
    let (head, rest) = text.split_once(from).unwrap();
    let (_, tail) = rest.split_once(&format!("\n{to}")).unwrap();
    sandbox.write(FULL, format!("{head}{to}{tail}"));
}
