//! Rules against the version before (CHG, REV, PUB, NUM, THR): the base content is the version before, and a later one is edited.

use super::case::{Case, case};
use super::procedure::old_edition;
use super::support::Sandbox;
use super::threshold::{ALONE, kiso_alone};
use super::version;

const DOCUMENT: &str = "019984-mihon/8-kaigo";
const FULL: &str = "019984-mihon/8-kaigo/assessment.yaml";
const ROWS: &str = "019984-mihon/8-kaigo/changes.yaml";
const PROSE: &str = "019984-mihon/8-kaigo/tsukaikata.md";
const KISO: &str = "019984-mihon/10-jidoteate-kiso";
const KISO_ROWS: &str = "019984-mihon/10-jidoteate-kiso/changes.yaml";
const FIGURE: &str = "019984-mihon/8-kaigo/figures/nagare.svg";
const PUBLISHED: &str = "公表日: 令和7年3月14日";
const LATER: &str = "公表日: 令和7年8月1日";

const NO_DUTY: &str = "組織の名称の変更であり、重要な変更に当たらない。";
const HARMLESS: &str = "リスクを明らかに軽減させる変更であり、重要な変更に当たらない。";
const HEARD: &str = "令和6年12月2日から令和7年1月10日まで";
const HEARD_AGAIN: &str = "令和7年4月1日から令和7年5月15日まで";
const OFFICE: &str = "所属長の役職名: 介護保険課長";
const PURPOSE: &str = "使用目的: 認定と保険料の算定のため。";
const NEW_PURPOSE: &str = "認定、給付及び保険料の算定のため。";
const SYSTEM: &str = "    - システムの名称: 中間サーバー
      システムの機能: 情報提供ネットワークシステムとの間で情報を受け渡す。
      他のシステムとの接続: [情報提供ネットワークシステム, 宛名システム等]
";
const FIRST: &str = "    - システムの名称: 介護保険システム
";
const MAP: &str = "    - システムの名称: 地図システム
      システムの機能: 被保険者の住所を地図に示す。
      他のシステムとの接続: [庁内連携システム]
";

/// A row of the later version.
fn row(item: &str, before: &str, after: &str, rest: &str) -> String {
    format!(
        "- 変更日: 令和7年8月1日\n  項目: {item}\n  変更前の記載: {before}\n  変更後の記載: {after}\n{rest}"
    )
}

fn afterwards(explanation: &str) -> String {
    format!("  提出時期: 事後\n  提出時期に係る説明: {explanation}\n")
}

/// The last line of the rows of the base content, which more rows follow.
const LAST: &str = "  提出時期に係る説明: リスクを減らす変更である。";

fn with_row(case: Case, row: &str) -> Case {
    case.edit(ROWS, LAST, &format!("{LAST}\n{}", row.trim_end()))
}

/// A later version in which nothing is wrong: another title of office, and its row.
fn revised(code: &'static str, name: &'static str) -> Case {
    let case = case(code, name).against(DOCUMENT).edit(FULL, PUBLISHED, LATER).edit(
        FULL,
        OFFICE,
        "所属長の役職名: 高齢者支援課長",
    );
    let row = row("Ⅰ.7.② 所属長の役職名", "介護保険課長", "高齢者支援課長", &afterwards(NO_DUTY));
    with_row(case, &row)
}

/// A later version in which 使用目的, an important item, is another one, told by this row but for its texts.
fn new_purpose(case: Case, rest: &str) -> Case {
    let case = case.edit(
        FULL,
        PURPOSE,
        &format!(
            "使用目的:\n          内容: {NEW_PURPOSE}\n          変更の妥当性: 給付も介護保険の事務であり、関連がある。"
        ),
    );
    let validity = row(
        "Ⅱ.3.⑥ 変更の妥当性",
        "記載なし",
        "給付も介護保険の事務であり、関連がある。",
        &afterwards(HARMLESS),
    );
    with_row(
        case,
        &format!("{validity}{}", row("Ⅱ.3.⑥ 使用目的", "認定と保険料の算定のため。", NEW_PURPOSE, rest)),
    )
}

/// The same as a 重要な変更, with hearing, review and 基礎項目評価 done again.
fn important(code: &'static str, name: &'static str, told: &str) -> Case {
    let case = new_purpose(
        revised(code, name),
        &format!(
            "  提出時期: 事前\n  提出時期に係る説明: 重要な変更に該当する。\n  重要な変更の判断: 重要な変更\n{told}"
        ),
    );
    let steps = [
        ("Ⅵ.1.① 実施日", "実施日: ", "令和7年2月3日", "令和7年3月24日"),
        ("Ⅵ.2.② 実施日・期間", "実施日・期間: ", HEARD, HEARD_AGAIN),
        ("Ⅵ.3.① 実施日", "実施日: ", "令和7年2月21日", "令和7年6月20日"),
    ];
    steps.into_iter().fold(case, |case, (item, key, before, after)| {
        let case = case.edit(FULL, &format!("{key}{before}"), &format!("{key}{after}"));
        with_row(case, &row(item, before, after, &afterwards(NO_DUTY)))
    })
}

/// Leaves a step of the procedure as it was, with its row gone.
fn not_again(case: Case, item: &str, before: &str, after: &str) -> Case {
    let row = row(item, before, after, &afterwards(NO_DUTY));
    case.edit(ROWS, row.trim_end(), "").edit(FULL, after, &format!("‹{before}›"))
}

pub fn cases() -> Vec<Case> {
    [untold(), told(), texts(), undecided(), steps(), published(), entries(), versions()]
        .into_iter()
        .flatten()
        .collect()
}

fn untold() -> Vec<Case> {
    vec![
        revised("CHG-01", "an item without a row").edit(
            FULL,
            "消去方法: 保管期間を過ぎた情報を、年に1回、システムで消去する。",
            "消去方法: ‹保管期間を過ぎた情報を、年に2回、システムで消去する。›",
        ),
        revised("CHG-01", "a choice without a row").edit(
            FULL,
            "使用者数: 50人以上100人未満",
            "使用者数: ‹100人以上500人未満›",
        ),
        revised("CHG-01", "a passage of a markdown file").edit(
            PROSE,
            "住民票の情報と突き合わせ、世帯を確かめる。",
            "‹住民票の情報と突き合わせ、世帯と住所を確かめる。›",
        ),
        revised("CHG-01", "a new entry")
            .edit(FULL, SYSTEM, &format!("{MAP}{SYSTEM}"))
            .points_at(FULL, "    - ‹システムの名称: 地図システム›"),
        revised("CHG-01", "another image under the same name")
            .with(|sandbox| sandbox.replace(FIGURE, "</svg>", "<!-- 窓口を加えた --></svg>"))
            .points_at(FULL, "    ‹- ファイル: figures/nagare.svg›"),
        revised("CHG-01", "entries in another order")
            .edit(FULL, SYSTEM, "")
            .edit(FULL, FIRST, &format!("{SYSTEM}{FIRST}"))
            .points_at(FULL, "    - ‹システムの名称: 介護保険システム›"),
        gone("CHG-01", "an entry that is gone", "")
            .points_at(FULL, "  ‹特定個人情報ファイルを取り扱う事務において使用するシステム›:"),
    ]
}

/// A later version without a system that the version before had.
fn gone(code: &'static str, name: &'static str, row: &str) -> Case {
    let case = case(code, name)
        .with(|sandbox| sandbox.replace(FULL, SYSTEM, &format!("{MAP}{SYSTEM}")))
        .against(DOCUMENT)
        .edit(FULL, PUBLISHED, LATER)
        .edit(FULL, MAP, "")
        .edit(FULL, OFFICE, "所属長の役職名: 高齢者支援課長");
    let office = self::row("Ⅰ.7.② 所属長の役職名", "介護保険課長", "高齢者支援課長", &afterwards(NO_DUTY));
    with_row(case, &format!("{office}{row}"))
}

fn told() -> Vec<Case> {
    vec![
        with_row(
            revised("CHG-02", "a row about nothing"),
            &row("‹Ⅰ.7.① 部署›", "介護課", "福祉部介護保険課", &afterwards(NO_DUTY)),
        ),
        with_row(
            revised("CHG-19", "a new row of an older day").edit(
                FULL,
                "消去方法: 保管期間を過ぎた情報を、年に1回、システムで消去する。",
                "消去方法: 保管期間を過ぎた情報を、年に2回、システムで消去する。",
            ),
            "- 変更日: ‹令和7年6月2日›\n  項目: Ⅱ.6.③ 消去方法\n  変更前の記載: 保管期間を過ぎた情報を、年に1回、システムで消去する。\n  変更後の記載: 保管期間を過ぎた情報を、年に2回、システムで消去する。\n  提出時期: 事後\n  提出時期に係る説明: 重要な変更の対象でない項目の変更である。",
        ),
    ]
}

fn texts() -> Vec<Case> {
    vec![
        revised("CHG-03", "another text before").edit(
            ROWS,
            "変更前の記載: 介護保険課長",
            "変更前の記載: ‹介護課長›",
        ),
        new_purpose(revised("CHG-03", "a text before in other words"), &afterwards(HARMLESS)).edit(
            ROWS,
            "変更前の記載: 認定と保険料の算定のため。",
            "変更前の記載: ‹認定と保険料の徴収のため。›",
        ),
        with_row(
            revised("CHG-03", "a sentence of a longer text").edit(
                FULL,
                "      3. 保険料の賦課と徴収\n",
                "      3. 保険料の賦課と徴収\n      4. 介護用品の貸出し\n",
            ),
            &row(
                "Ⅰ.1.② 事務の内容",
                "|\n    2. 要支援認定\n    3. 保険料の賦課と徴収",
                "|\n    2. 要介護認定\n    3. 保険料の賦課と徴収\n    4. 介護用品の貸出し",
                &afterwards(HARMLESS),
            ),
        )
        .points_at(ROWS, "‹2. 要支援認定›"),
        new_purpose(revised("CHG-03", "less than the whole text after"), &afterwards(HARMLESS))
            .edit(FULL, NEW_PURPOSE, "認定、給付及び保険料の算定のため。統計にも使う。")
            .points_at(ROWS, &format!("変更後の記載: ‹{NEW_PURPOSE}›")),
    ]
}

fn undecided() -> Vec<Case> {
    vec![
        new_purpose(revised("CHG-04", "no decision"), &afterwards("‹給付の事務の開始による。›")),
        new_purpose(revised("CHG-31", "a drafted row"), &afterwards("‹【要記入】›理由")),
    ]
}

fn steps() -> Vec<Case> {
    let again = "管理情報:\n  実施区分: 再実施";
    vec![
        important("CHG-06", "handled before publication", "  取扱いの変更日: 令和7年7月1日\n")
            .points_at(ROWS, "取扱いの変更日: ‹令和7年7月1日›"),
        not_again(
            important("CHG-07", "the hearing of the version before", ""),
            "Ⅵ.2.② 実施日・期間",
            HEARD,
            HEARD_AGAIN,
        ),
        not_again(
            important("CHG-08", "the basic assessment of the version before", ""),
            "Ⅵ.1.① 実施日",
            "令和7年2月3日",
            "令和7年3月24日",
        ),
        not_again(
            important("HEAR-11", "done again with the hearing of the version before", "")
                .edit(
                    ROWS,
                    "重要な変更に該当する。\n  重要な変更の判断: 重要な変更",
                    "5年を経過する前の再実施による。\n  重要な変更の判断: 形式的な変更",
                )
                .edit(
                    ROWS,
                    "提出時期: 事前\n  提出時期に係る説明: 5年",
                    "提出時期: 事後\n  提出時期に係る説明: 形式的な変更であり、5年",
                )
                .edit(FULL, LATER, &format!("{LATER}\n{again}")),
            "Ⅵ.2.② 実施日・期間",
            HEARD,
            HEARD_AGAIN,
        ),
        important("REV-04", "a revision with a new important row", "").edit(
            FULL,
            LATER,
            &format!("{LATER}\n管理情報:\n  実施区分: ‹修正›"),
        ),
        revised("REV-06", "published long after").edit(
            ROWS,
            NO_DUTY_OF_OFFICE,
            &format!("{NO_DUTY_OF_OFFICE}\n  取扱いの変更日: ‹令和7年4月1日›"),
        ),
    ]
}

/// The end of the row of [`revised`].
const NO_DUTY_OF_OFFICE: &str = "  変更後の記載: 高齢者支援課長\n  提出時期: 事後\n  提出時期に係る説明: 組織の名称の変更であり、重要な変更に当たらない。";

fn published() -> Vec<Case> {
    let first = "- 変更日: 令和6年3月15日
  項目: Ⅰ.7.① 部署
  変更前の記載: 保健福祉部介護保険課
  変更後の記載: 福祉部介護保険課
  提出時期: 事後
  提出時期に係る説明: 組織の名称の変更であり、重要な変更に当たらない。
";
    vec![
        revised("CHG-20", "a published row in other words").edit(
            ROWS,
            "変更前の記載: 保健福祉部介護保険課",
            "変更前の記載: ‹保険福祉部介護保険課›",
        ),
        case("CHG-20", "a file without the published rows")
            .against(DOCUMENT)
            .edit(FULL, PUBLISHED, LATER)
            .edit(FULL, OFFICE, "所属長の役職名: 高齢者支援課長")
            .write(
                ROWS,
                &format!(
                    "{}{}",
                    Sandbox::new().text(ROWS).split_inclusive("当たらない。\n").next().unwrap_or_default(),
                    row("Ⅰ.7.② 所属長の役職名", "介護保険課長", "高齢者支援課長", &afterwards(NO_DUTY)),
                ),
            )
            .points_at(ROWS, "- ‹変更日›: 令和7年8月1日"),
        revised("CHG-20", "a published row that is gone")
            .edit(ROWS, first, "")
            .points_at(ROWS, "- ‹変更日›: 2025-03-14"),
    ]
}

fn entries() -> Vec<Case> {
    let other = "    - システムの名称: 電子申請システム
      システムの機能: 認定の申請を受け付け、受付の番号を申請した人に知らせる。
      他のシステムとの接続:
        - その他: 申請の窓口のサイト
";
    let told = |item: &str, before: &str, after: &str| {
        row(
            item,
            before,
            after,
            &afterwards("システムの入替えであり、重要な変更の対象でない項目の変更である。"),
        )
    };
    let replaced = |name: &'static str, rows: &str| {
        let case = case("CHG-22", name)
            .with(|sandbox| sandbox.replace(FULL, SYSTEM, &format!("{MAP}{SYSTEM}")))
            .against(DOCUMENT)
            .edit(FULL, PUBLISHED, LATER)
            .edit(FULL, MAP, other);
        with_row(case, rows)
    };
    vec![
        replaced(
            "an entry replaced by another",
            &told(
                "‹Ⅰ.2.システム2.② システムの機能›",
                "被保険者の住所を地図に示す。",
                "認定の申請を受け付け、受付の番号を申請した人に知らせる。",
            ),
        ),
        gone(
            "CHG-22",
            "an entry that is gone told as a change",
            &told("Ⅰ.2.システム2", "地図システム", "‹地図システムの利用の取りやめ›"),
        ),
    ]
}

fn versions() -> Vec<Case> {
    let result = "しきい値判断結果: ";
    vec![
        revised("PUB-02", "an older day").edit(FULL, LATER, "公表日: ‹令和7年3月3日›"),
        case("PUB-07", "changed on the day of publication")
            .against(DOCUMENT)
            .edit(FULL, "特記事項: なし", "特記事項: 手引を見直した。")
            .points_at(FULL, "公表日: ‹令和7年3月14日›"),
        revised("NUM-03", "another number").moved("019984-mihon/18-kaigo").edit(
            "019984-mihon/18-kaigo/assessment.yaml",
            "評価書番号: \"8\"",
            "評価書番号: ‹\"18\"›",
        ),
        case("THR-14", "more is demanded")
            .with(kiso_alone)
            .against(KISO)
            .edit(ALONE, PUBLISHED, LATER)
            .edit(ALONE, "1,000人以上1万人未満", "10万人以上30万人未満")
            .edit(
                ALONE,
                &format!("{result}基礎項目評価の"),
                &format!("{result}基礎項目評価及び重点項目評価の"),
            )
            .with(|sandbox| {
                let rows = [
                    row(
                        "Ⅱ.1 評価対象の事務の対象人数は何人か",
                        "1,000人以上1万人未満",
                        "10万人以上30万人未満",
                        &afterwards(NO_DUTY),
                    ),
                    row(
                        "Ⅲ しきい値判断結果",
                        "基礎項目評価の実施が義務付けられる",
                        "基礎項目評価及び重点項目評価の実施が義務付けられる",
                        &afterwards(NO_DUTY),
                    ),
                ];
                sandbox.write(KISO_ROWS, rows.concat());
            })
            .points_at(ALONE, &format!("{result}‹基礎項目評価及び重点項目評価の実施が義務付けられる›")),
        case("CHG-23", "another edition of the form")
            .with(old_edition)
            .against(KISO)
            .with(kiso_alone)
            .with(|sandbox| {
                sandbox.replace(ALONE, "令和7年1月1日", "令和6年6月1日");
                sandbox.replace(ALONE, "2025-01-01", "2024-06-01");
            })
            .points_at(ALONE, "版: ‹令和6年10月›"),
    ]
}

/// What a check against the version before says of an edited document.
fn found(edit: impl FnOnce(&Sandbox)) -> String {
    let (before, now) = (Sandbox::new(), Sandbox::new());
    edit(&now);
    version::check(&now, &before, [DOCUMENT; 2]).stdout
}

#[test]
fn the_same_version_is_silent() {
    assert_eq!(found(|_| {}), "");
}

#[test]
fn an_item_that_must_not_be_empty_is_one_finding() {
    let emptied = found(|sandbox| {
        sandbox.replace(FULL, PUBLISHED, LATER);
        sandbox.replace(
            FULL,
            "        消去方法: 保管期間を過ぎた情報を、年に1回、システムで消去する。\n",
            "",
        );
    });
    assert!(emptied.contains("REQ-01") && !emptied.contains("CHG-01"), "{emptied}");
}

#[test]
fn right_pairs_are_silent() {
    let all = [
        revised("CHG-01", ""),
        new_purpose(revised("CHG-01", ""), &afterwards(HARMLESS)),
        important("CHG-01", "", "  取扱いの変更日: 令和7年9月1日\n"),
    ];
    for case in all {
        assert_eq!(case.output(), "");
    }
}

#[test]
fn what_changed_back_may_have_its_history() {
    let history = [
        row("Ⅰ.7.① 部署", "福祉部介護保険課", "福祉部高齢者課", &afterwards(NO_DUTY)),
        row("Ⅰ.7.① 部署", "福祉部高齢者課", "福祉部介護保険課", &afterwards(NO_DUTY)),
    ];
    assert_eq!(with_row(revised("CHG-02", ""), &history.concat()).output(), "");
}

#[test]
fn a_correction_with_its_reason_is_silent() {
    let corrected = found(|sandbox| {
        sandbox.replace(ROWS, "保健福祉部介護保険課", "保険福祉部介護保険課");
        sandbox.replace(ROWS, "- 変更日: 2025", "  訂正の理由: 部の名称の誤記\n- 変更日: 2025");
    });
    assert_eq!(corrected, "");
}

#[test]
fn an_exception_may_accept_what_the_version_before_shows() {
    let exception = "検査の例外:\n  - 検査: CHG-02\n    項目: Ⅰ.7.① 部署\n    変更日: 令和7年8月1日\n    理由: 前の版で書き忘れた行である。\n    日付: 令和7年7月1日\n    判断した人: 介護保険課長\n";
    let case = with_row(
        revised("CHG-02", ""),
        &row("Ⅰ.7.① 部署", "介護課", "福祉部介護保険課", &afterwards(NO_DUTY)),
    );
    let case = case.edit(FULL, LATER, &format!("{LATER}\n{exception}"));
    assert_eq!(case.output(), "");
}

#[test]
fn what_cannot_be_read_is_no_difference() {
    let slip = found(|sandbox| {
        sandbox.replace(FULL, PUBLISHED, LATER);
        sandbox.replace(FULL, "消去方法: 保管期間", "消去の方法: 保管期間");
    });
    assert!(slip.contains("KEY-02") && !slip.contains("CHG-01"), "{slip}");
}
