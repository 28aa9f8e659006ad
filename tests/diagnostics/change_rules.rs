//! Rules over the rows of 変更箇所 (CHG).

use super::case::{Case, DAY, case};
use super::support::Sandbox;

const FULL: &str = "019984-mihon/8-kaigo/assessment.yaml";
const ROWS: &str = "019984-mihon/8-kaigo/changes.yaml";
const KISO: &str = "019984-mihon/8-kaigo-kiso/assessment.yaml";
const KISO_ROWS: &str = "019984-mihon/8-kaigo-kiso/changes.yaml";
const JUTEN: &str = "019984-mihon/9-kokuho/assessment.yaml";
const JUTEN_ROWS: &str = "019984-mihon/9-kokuho/changes.yaml";

/// Timing and explanation of the row about Ⅱ.6.① 保管場所, an important item.
const TOLD: &str = "  提出時期: 事前\n  提出時期に係る説明: リスクを減らす変更である。";
/// The row about Ⅰ.5.① 部署 in the 基礎項目評価書.
const TEXTS: &str = "  変更前の記載: 保健福祉部介護保険課\n  変更後の記載: 福祉部介護保険課";
const REASON: &str = "  提出時期に係る説明: 組織の名称の変更であり、重要な変更に当たらない。";
/// A row with everything but date, item and texts.
const REST: &str = "  提出時期: 事後\n  提出時期に係る説明: 文言の修正であり、重要な変更に当たらない。\n";

/// A row of the same day as the document.
fn row(item: &str, before: &str, after: &str) -> String {
    format!(
        "- 変更日: 令和7年3月14日\n  項目: {item}\n  変更前の記載: {before}\n  変更後の記載: {after}\n{REST}"
    )
}

/// A file with one more row at its end.
fn added(file: &str, row: &str) -> String {
    format!("{}{row}", Sandbox::new().text(file))
}

pub fn cases() -> Vec<Case> {
    let mut cases = explanations();
    cases.extend(emergencies());
    cases.extend(dates());
    cases.extend(texts());
    cases.extend(not_current());
    cases.extend(turned_round());
    cases
}

fn explanations() -> Vec<Case> {
    vec![
        case("CHG-09", "no reason for an important item").edit(
            ROWS,
            TOLD,
            "  提出時期: 事後\n  ‹提出時期に係る説明›:",
        ),
        case("CHG-09", "no column for the reason")
            .edit(ROWS, TOLD, "  提出時期: 事後")
            .edit(ROWS, "- 変更日: 2025-03-14", "- ‹変更日›: 2025-03-14"),
        case("CHG-09", "only a dash").edit(ROWS, TOLD, "  提出時期: 事後\n  提出時期に係る説明: ‹―›"),
        case("CHG-10", "a fact but no reason").edit(
            ROWS,
            TOLD,
            "  提出時期: 事後\n  提出時期に係る説明: ‹生体認証の導入に伴う追記›",
        ),
        case("CHG-10", "the same words in two rows")
            .write(
                ROWS,
                &added(
                    ROWS,
                    "- 変更日: 令和7年3月14日\n  項目: Ⅲ.3.リスク3 リスクに対する措置の内容\n  変更前の記載: 毎年点検する。\n  変更後の記載: 操作の記録を、毎月点検する。\n  提出時期: 事後\n  提出時期に係る説明: 点検の強化\n- 変更日: 令和7年3月14日\n  項目: Ⅲ.3.リスク4 リスクに対する措置の内容\n  変更前の記載: なし\n  変更後の記載: 外部の媒体への書出しを、許可した端末に限る。\n  提出時期: 事後\n  提出時期に係る説明: ‹点検の強化›\n",
                ),
            )
            .points_at(ROWS, "  提出時期: 事後\n  提出時期に係る説明: ‹点検の強化›\n- 変更日"),
        case("CHG-10", "a fact but no reason in an older version").edit(
            ROWS,
            "- 変更日: 2025-03-14",
            &format!(
                "{}- 変更日: 2025-03-14",
                row("Ⅱ.6.① 保管場所", "分庁舎の電算室に置く。", "市役所の電算室に置く。")
                    .replace("令和7年3月14日", "令和6年3月15日")
                    .replace("文言の修正であり、重要な変更に当たらない。", "‹電算室の移転に伴う変更›"),
            ),
        ),
        case("CHG-11", "an important change afterwards").edit(
            ROWS,
            TOLD,
            "  提出時期: ‹事後›\n  提出時期に係る説明: 重要な変更に該当する。",
        ),
        case("CHG-11", "an important change with a reassessment afterwards").edit(
            ROWS,
            TOLD,
            "  提出時期: ‹事後›\n  提出時期に係る説明: 重要な変更に該当するため、評価を再実施した。",
        ),
        case("CHG-12", "an emergency beforehand").edit(
            ROWS,
            TOLD,
            "  提出時期: ‹事前›\n  提出時期に係る説明: 豪雨の災害に対応するためであり、緊急時の事後評価の適用対象",
        ),
        case("CHG-15", "the same as above").edit(
            ROWS,
            TOLD,
            "  提出時期: 事後\n  提出時期に係る説明: ‹同上›",
        ),
        case("CHG-24", "beforehand without need").edit(
            ROWS,
            TOLD,
            "  提出時期: ‹事前›\n  提出時期に係る説明: 誤記の訂正であり、重要な変更に当たらない。",
        ),
    ]
}

fn emergencies() -> Vec<Case> {
    let emergency = "  提出時期に係る説明: 災害のため、緊急時の事後評価を適用した。";
    vec![
        case("CHG-13", "applied but not ticked").edit(KISO_ROWS, REASON, emergency).edit(
            KISO,
            "    連絡先: みほん市介護保険課 電話 000-0000-0008\n",
            "    連絡先: みほん市介護保険課 電話 000-0000-0008\n  規則第9条第2項の適用:\n    適用した: ‹いいえ›\n",
        ),
        case("CHG-14", "no hearing since")
            .edit(ROWS, REASON, &emergency.replace("災害のため", "‹災害のため").replace("した。", "した。›"))
            .edit(
                FULL,
                "令和6年12月2日から令和7年1月10日まで",
                "令和4年12月1日から令和5年1月10日まで",
            ),
    ]
}

fn dates() -> Vec<Case> {
    vec![
        case("CHG-18", "a row of the next version").edit(KISO_ROWS, "令和7年3月14日", "‹令和7年4月1日›"),
        case("CHG-18", "two rows of one day").write(
            KISO_ROWS,
            &added(KISO_ROWS, &row("Ⅰ.5.② 所属長の役職名", "課長", "介護保険課長"))
                .replacen("令和7年3月14日", "‹令和7年4月1日›", 1)
                .replacen("令和7年3月14日", "令和7年4月1日", 1),
        ),
        case("CHG-19", "no row of this version").edit(KISO_ROWS, "令和7年3月14日", "‹令和6年3月14日›"),
        case("CHG-20", "one step back").edit(ROWS, "変更日: 令和6年3月15日", "変更日: 令和7年3月14日").edit(
            ROWS,
            "2025-03-14",
            "‹令和6年3月15日›",
        ),
        case("CHG-20", "the other way round").write(
            KISO_ROWS,
            &format!(
                "{}{}{}",
                row("Ⅰ.5.① 部署", "介護課", "福祉部介護保険課"),
                row("Ⅰ.5.② 所属長の役職名", "課長", "介護保険課長")
                    .replace("令和7年3月14日", "‹令和6年3月14日›"),
                row("Ⅰ.8 連絡先", "介護課", "みほん市介護保険課 電話 000-0000-0008")
                    .replace("令和7年3月14日", "令和5年3月14日"),
            ),
        ),
        case("CHG-27", "a row twice").write(
            KISO_ROWS,
            &added(KISO_ROWS, &row("‹Ⅰ.5.① 部署›", "保健福祉部介護保険課", "福祉部介護保険課")),
        ),
        case("CHG-30", "heisei for reiwa").edit(KISO_ROWS, "令和7年3月14日", "‹平成7年3月14日›"),
    ]
}

fn texts() -> Vec<Case> {
    vec![
        case("CHG-16", "neither before nor after").edit(
            KISO_ROWS,
            TEXTS,
            "  変更前の記載:\n  ‹変更後の記載›:",
        ),
        case("CHG-16", "a figure without a word").write(
            ROWS,
            &added(ROWS, &row("（別添1）事務の内容（図）", "―", "‹―›")),
        ),
        case("CHG-16", "the same before and after").edit(
            KISO_ROWS,
            TEXTS,
            "  変更前の記載: 福祉部介護保険課\n  変更後の記載: ‹福祉部介護保険課›",
        ),
        case("CHG-16", "only width differs").write(
            ROWS,
            &added(
                ROWS,
                &row("Ⅱ.4.委託事項1.⑥ 委託先名", "株式会社みほん計算(架空)", "‹株式会社みほん計算（架空）›")
                    .replace("文言の修正であり、重要な変更に当たらない。", "年次の点検による。"),
            ),
        ),
        case("CHG-26", "a new purpose without its reason")
            .write(
                ROWS,
                &added(
                    ROWS,
                    "- 変更日: 令和7年3月14日\n  項目: Ⅱ.3.⑥ 使用目的\n  変更前の記載: 認定のため。\n  変更後の記載: 認定と保険料の算定のため。\n  提出時期: 事前\n  提出時期に係る説明: 重要な変更に該当する。\n",
                ),
            )
            .points_at(FULL, "        ‹使用目的›: 認定"),
        case("CHG-21", "a file that is not there").edit(
            ROWS,
            "項目: Ⅱ.6.① 保管場所\n  id: ii.6.place",
            "項目: ‹Ⅱ（2）.6.① 保管場所›",
        ),
        case("CHG-21", "a system beyond the form").write(
            ROWS,
            &added(ROWS, &row("‹Ⅰ.2.システム26.② システムの機能›", "なし", "届を受け付ける。")),
        ),
        case("CHG-28", "the item above").write(
            KISO_ROWS,
            &added(KISO_ROWS, &row("‹同上›", "介護課", "福祉部介護保険課")),
        ),
        case("CHG-28", "nothing above").edit(KISO_ROWS, "Ⅰ.5.① 部署", "‹同上›"),
        case("CHG-28", "an item that was shortened").edit(
            KISO_ROWS,
            "Ⅰ.5.① 部署",
            "‹Ⅰ.5.① 部署（※詳細省略）›",
        ),
    ]
}

fn not_current() -> Vec<Case> {
    let current = |name: &'static str, item: &str, before: &str, after: &str| {
        case("CHG-25", name).write(ROWS, &added(ROWS, &row(item, before, after)))
    };
    vec![
        case("CHG-25", "another office").edit(
            KISO_ROWS,
            "変更後の記載: 福祉部介護保険課",
            "変更後の記載: ‹健康福祉部介護保険課›",
        ),
        case("CHG-25", "a sentence of a longer text").edit(
            ROWS,
            "    入退室は、生体認証で管理する。",
            "    ‹入退室は、警備員が一人ずつ確かめる›。",
        ),
        case("CHG-25", "a sentence of a markdown file").write(
            ROWS,
            &added(ROWS, &row("Ⅱ.3.⑧ 情報の突合", "なし", "‹課税の情報と突き合わせ、所得を確かめる›。")),
        ),
        current("an option", "Ⅱ.2.② 対象となる本人の数", "1万人以上10万人未満", "‹100万人以上1,000万人未満›"),
        current(
            "a text beside a box",
            "Ⅱ.3.① 入手元",
            "本人",
            "‹○本人又は本人の代理人 ○評価実施機関内の他部署（市民課、国保年金課）›",
        ),
        current("a number", "Ⅱ.4 委託の有無 （　）件", "（1）件", "‹（2）件›"),
        current("a day", "Ⅱ.3.⑨ 使用開始日", "平成27年12月1日", "‹平成28年4月1日›"),
        case("CHG-25", "an item that is empty now").write(
            JUTEN_ROWS,
            &added(
                JUTEN_ROWS,
                &row("表紙 特記事項", "なし", "‹窓口の受付を委託し、委託先の従業者にも市の職員と同じ研修を受けさせ、記録を残している›。"),
            ),
        )
        .edit(JUTEN, "特記事項: |\n  みほん市は、評価書の書き方を示すために作った架空の市である。\n", ""),
    ]
}

/// The end of 保管場所 and of its newest row.
const ENTRY: &str = "入退室は、生体認証で管理する。";
const KEPT: &str = "データは、暗号化して国内のデータセンターに保管し、契約の終了の後は、速やかに鍵を消去する";

/// A long sentence in the newest row of 保管場所, and another one in the item today.
fn long(name: &'static str, today: (&str, &str)) -> Case {
    let now = KEPT.replace(today.0, today.1);
    assert_ne!(now, KEPT);
    case("CHG-25", name).with(|sandbox| sandbox.replace(FULL, ENTRY, &format!("{now}。"))).edit(
        ROWS,
        ENTRY,
        &format!("‹{KEPT}›。"),
    )
}

/// One letter or a few that turn the sense round.
fn turned_round() -> Vec<Case> {
    vec![
        long("abroad", ("国内", "国外")),
        long("not encrypted", ("暗号化して", "暗号化せずに")),
        long("kept instead of erased", ("消去", "保存")),
        long("not erased", ("消去する", "消去しない")),
        long("a slip of the pen", ("契約の終了", "契約の満了")),
    ]
}

/// What a check of the base content with edits prints.
#[track_caller]
fn silent(edits: &[(&str, &str, &str)]) {
    let sandbox = Sandbox::new();
    for (file, from, to) in edits {
        sandbox.replace(file, from, to);
    }
    assert_eq!(sandbox.run(&["check", "content", "--as-of", DAY]).stdout, "");
}

/// The base content with one more row in the 全項目評価書.
#[track_caller]
fn silent_row(item: &str, before: &str, after: &str) {
    let sandbox = Sandbox::new();
    sandbox.write(ROWS, added(ROWS, &row(item, before, after)));
    assert_eq!(sandbox.run(&["check", "content", "--as-of", DAY]).stdout, "", "{after}");
}

#[test]
fn a_reason_is_only_asked_for_where_it_is_needed() {
    let told = |to| silent(&[(ROWS, TOLD, to)]);
    told("  提出時期: 事後\n  提出時期に係る説明: リスクを明らかに軽減させる変更である。");
    told("  提出時期: 事後\n  提出時期に係る説明: 重要な変更の対象でない項目に合わせた整理である。");
    told("  提出時期: 事前\n  提出時期に係る説明: 重要な変更に該当する。");
    // An emergency, with a hearing in the same year.
    told(
        "  提出時期: 事後\n  提出時期に係る説明: 豪雨の災害に対応するための変更であり、規則第９条第２項による。",
    );
    // No ※ on 基礎項目評価書.
    silent(&[(KISO_ROWS, REASON, "  提出時期に係る説明: 組織の見直しによる追記")]);
}

#[test]
fn a_misspelt_or_unreadable_column_is_not_taken_for_an_empty_one() {
    let sandbox = Sandbox::new();
    sandbox.replace(ROWS, TOLD, "  提出時期: 事後\n  提出時期に係る説名: リスクを減らす変更である。");
    sandbox.replace(KISO_ROWS, TEXTS, "  変更後の記載:\n    - 福祉部介護保険課");
    let run = sandbox.run(&["check", "content", "--as-of", DAY]);
    assert!(!run.stdout.contains("CHG-"), "{}", run.stdout);
}

#[test]
fn a_change_of_the_notation_that_says_so_is_a_change() {
    silent_row("Ⅱ.4.委託事項1.⑥ 委託先名", "株式会社みほん計算(架空)", "株式会社みほん計算（架空）");
}

#[test]
fn an_item_may_hold_more_than_its_newest_row() {
    let purpose = "事務の内容";
    silent_row(&format!("Ⅰ.1.② {purpose}"), "右記を追加", "・保険料の賦課と徴収");
    silent_row(&format!("Ⅰ.1.② {purpose}"), "なし", "（略） ２．要介護認定 （略）");
    silent_row(&format!("Ⅰ.1.② {purpose}"), "右記を削除", "介護用品の貸出し");
    silent_row(&format!("Ⅰ.1.② {purpose}"), "介護用品の貸出し", "【削除】");
    silent_row(&format!("Ⅰ.1.② {purpose}"), "介護用品の貸出し", "左記の項目を削除。");
    silent_row(&format!("Ⅰ.1.② {purpose}"), "本文から右記を削除", "介護用品の貸出し");
    silent_row(&format!("Ⅰ.1.② {purpose}"), "記載なし", "要介護認定を追加");
    silent_row("（別添1）事務の内容（図）", "旧い図", "認定審査会支援システムを書き加えた図");
}

#[test]
fn an_entry_that_is_gone_is_not_asked_for() {
    silent_row("Ⅱ.4.委託事項2.⑥ 委託先名", "有限会社みほん印刷", "株式会社ためし印刷");
    silent_row("Ⅱ.4.委託事項2", "介護保険証の印刷", "介護保険証の印刷と封入");
}

#[test]
fn a_row_yields_to_a_later_one() {
    let rows = [
        row("Ⅰ.7.② 所属長の役職名", "課長", "介護課長").replace("令和7年3月14日", "令和6年9月1日"),
        row("Ⅰ.7.② 所属長の役職名", "介護課長", "介護保険課長"),
    ]
    .concat();
    let sandbox = Sandbox::new();
    let all = sandbox.text(ROWS).replacen("- 変更日: 2025", &format!("{rows}- 変更日: 2025"), 1);
    sandbox.write(ROWS, all);
    assert_eq!(sandbox.run(&["check", "content", "--as-of", DAY]).stdout, "");
}

#[test]
fn another_spelling_is_no_change() {
    for (from, to) in [("データセンター", "データセンタ"), ("後は、", "後には"), ("暗号化して", "暗号化し")]
    {
        silent(&[
            (FULL, ENTRY, &format!("{}。", KEPT.replace(from, to))),
            (ROWS, ENTRY, &format!("{KEPT}。")),
        ]);
    }
}

#[test]
fn what_is_gone_may_be_named_by_older_rows_and_by_the_row_that_took_it_out() {
    let older = row("Ⅱ（2）.6.① 保管場所", "分庁舎", "電算室").replace("令和7年3月14日", "令和6年3月15日");
    let sandbox = Sandbox::new();
    sandbox.write(ROWS, sandbox.text(ROWS).replacen("- 変更日: 2025", &format!("{older}- 変更日: 2025"), 1));
    assert_eq!(sandbox.run(&["check", "content", "--as-of", DAY]).stdout, "");
    silent_row("Ⅱ（2）.6.① 保管場所", "分庁舎", "（削除）");
}

#[test]
fn the_name_of_an_entry_is_no_wrong_label() {
    silent_row(
        "Ⅰ.2.システム1 介護保険システム",
        "資格を管理する。",
        "被保険者の資格、認定及び保険料を管理する。",
    );
    silent_row("Ⅰ.2.システム2（中間サーバー）② システムの機能", "右記を削除", "統計");
    silent_row(
        "Ⅱ.4.委託事項1 介護保険システムの運用と保守 ⑥ 委託先名",
        "株式会社ためし",
        "株式会社みほん計算（架空）",
    );
}
