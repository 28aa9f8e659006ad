//! What was decided about a change (重要な変更の判断, 取扱いの変更日, 訂正の理由), and what is still to be written.

use super::case::{Case, case};

const FULL: &str = "019984-mihon/8-kaigo/assessment.yaml";
const ROWS: &str = "019984-mihon/8-kaigo/changes.yaml";
const PROSE: &str = "019984-mihon/8-kaigo/tsukaikata.md";
const PUBLISHED: &str = "公表日: 令和7年3月14日";

/// The last line of the rows of the base content.
const LAST: &str = "  提出時期に係る説明: リスクを減らす変更である。";

pub fn cases() -> Vec<Case> {
    [judged(), blanks()].into_iter().flatten().collect()
}

fn judged() -> Vec<Case> {
    let case_of = case("CHG-05", "decided to be important but afterwards").edit(
        ROWS,
        &format!("  提出時期: 事前\n{LAST}"),
        &format!("  提出時期: ‹事後›\n{LAST}\n  重要な変更の判断: 重要な変更"),
    );
    vec![
        case_of,
        case("CHG-12", "decided to be an emergency but beforehand").edit(
            ROWS,
            &format!("  提出時期: 事前\n{LAST}"),
            "  提出時期: ‹事前›\n  提出時期に係る説明: 台風の災害に対応するための変更である。\n  重要な変更の判断: 緊急時の事後評価",
        ),
        case("CHG-24", "decided to be formal and beforehand").edit(
            ROWS,
            &format!("  提出時期: 事前\n{LAST}"),
            &format!("  提出時期: ‹事前›\n{LAST}\n  重要な変更の判断: リスクを明らかに軽減させる変更"),
        ),
        case("REV-04", "a revision with a row decided to be important")
            .edit(FULL, PUBLISHED, &format!("{PUBLISHED}\n管理情報:\n  実施区分: ‹修正›"))
            .with(|sandbox| sandbox.replace(ROWS, LAST, &format!("{LAST}\n  重要な変更の判断: 重要な変更"))),
        case("VAL-02", "a decision that is none").edit(
            ROWS,
            LAST,
            &format!("{LAST}\n  重要な変更の判断: ‹形式的変更›"),
        ),
        case("VAL-03", "a handling that changed on no day").edit(
            ROWS,
            LAST,
            &format!("{LAST}\n  取扱いの変更日: ‹令和7年2月30日›"),
        ),
        case("KEY-02", "a key of a decision misspelt").edit(
            ROWS,
            LAST,
            &format!("{LAST}\n  ‹取扱の変更日›: 令和7年2月3日"),
        ),
        case("KEY-01", "a key of a decision twice").edit(
            ROWS,
            LAST,
            &format!("{LAST}\n  訂正の理由: 誤字\n  ‹訂正の理由›: 脱字"),
        ),
    ]
}

fn blanks() -> Vec<Case> {
    let row = |from: &str, to: &str, name| case("CHG-31", name).edit(ROWS, from, to);
    vec![
        row(LAST, "  提出時期に係る説明: ‹【要記入】›なぜ重要な変更に当たらないか", "an explanation"),
        row("変更日: 2025-03-14", "変更日: ‹【要記入】›公表する日", "a day"),
        row("項目: Ⅱ.6.① 保管場所\n  id: ii.6.place", "項目: ‹【要記入】›", "an item"),
        row("提出時期: 事前", "提出時期: ‹【要記入】›事前か事後", "a timing"),
        row(
            "    入退室は、生体認証で管理する。",
            "    入退室は、‹【要記入】›で管理する。",
            "a line of a text",
        ),
        row(
            LAST,
            &format!("{LAST}\n  重要な変更の判断: ‹【要記入】›重要な変更 / 形式的な変更"),
            "a decision",
        ),
        row(LAST, &format!("{LAST}\n  取扱いの変更日: ‹【要記入】›"), "a day of handling"),
        case("CHG-31", "an item of the document").edit(
            FULL,
            "消去方法: 保管期間",
            "消去方法: ‹【要記入】›保管期間",
        ),
        case("CHG-31", "a day of the document").edit(FULL, PUBLISHED, "公表日: ‹【要記入】›"),
        case("CHG-31", "a passage").edit(PROSE, "住民票の情報と", "‹【要記入】›住民票の情報と"),
        case("CHG-31", "the text of a figure").edit(
            FULL,
            "代替テキスト: 被保険者が",
            "代替テキスト: ‹【要記入】›被保険者が",
        ),
        case("CHG-31", "a text beside a box").edit(FULL, "その他: 口座情報", "その他: ‹【要記入】›"),
    ]
}
