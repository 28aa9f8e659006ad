//! Time, review, hearing, third-party review, publication (TIM, REV, HEAR, TPR, PUB, NUM).

use super::case::{Case, DAY, case};
use super::support::Sandbox;
use super::threshold::{ALONE, alone};

const KAIGO: &str = "019984-mihon/8-kaigo/assessment.yaml";
const KAIGO_CHANGES: &str = "019984-mihon/8-kaigo/changes.yaml";
const KOKUHO: &str = "019984-mihon/9-kokuho/assessment.yaml";
const CITY: &str = "019984-mihon/municipality.yaml";
const PUBLISHED: &str = "公表日: 令和7年3月14日\n";
const PERIOD: &str = "令和6年12月2日から令和7年1月10日まで";
const REVIEWED: &str = "実施日: 令和7年2月21日";
const METHOD: &str = "方法: みほん市個人情報保護審議会が点検した。";
const ANSWERED: &str = "結果: 対策は妥当であるとの答申を受けた。";
const NO_DUTY: &str = "組織の名称の変更であり、重要な変更に当たらない。";
const EXPLAINED: &str = "リスクを減らす変更である。";

/// 公表日 with 管理情報 below it.
fn facts(facts: &str) -> String {
    format!("{PUBLISHED}管理情報:\n{facts}")
}

fn with_facts(case: Case, told: &str) -> Case {
    case.edit(KAIGO, PUBLISHED, &facts(told))
}

/// Makes the city a 行政機関等, whose assessment the 委員会 approves.
fn administrative(sandbox: &Sandbox) {
    sandbox.replace(CITY, "website:", "agency_kind: 行政機関等\nwebsite:");
    sandbox.replace(KAIGO, PUBLISHED, &format!("個人情報保護委員会　承認日: 令和7年3月3日\n{PUBLISHED}"));
    let text = sandbox.text(KAIGO);
    let (before, _) = text.split_once("  第三者点検:\n").unwrap();
    let approval = "  個人情報保護委員会の承認:\n    提出日: 令和7年2月3日\n    個人情報保護委員会による審査: 適合すると認められた。\n";
    sandbox.write(KAIGO, format!("{before}{approval}"));
}

/// The old edition of the 基礎項目評価書, published while it was the newest.
pub fn old_edition(sandbox: &Sandbox) {
    super::threshold::kiso_alone(sandbox);
    let text = sandbox.text(ALONE);
    let (before, rest) = text.split_once("  人手を介在させる作業:\n").unwrap();
    let (_, rest) = rest.split_once("  監査:\n").unwrap();
    let (rest, _) = rest.split_once("  最も優先度が高いと考えられる対策:\n").unwrap();
    let text = format!("{before}  監査:\n{rest}")
        .replace("版: 令和6年10月", "版: 平成31年1月")
        .replace(PUBLISHED, "公表日: 令和6年8月30日\n")
        .replace("令和7年1月1日", "令和6年6月1日")
        .replace("2025-01-01", "2024-06-01");
    sandbox.write(ALONE, text);
}

pub fn cases() -> Vec<Case> {
    [timing(), review(), hearing(), order(), third_party(), publication(), cover()]
        .into_iter()
        .flatten()
        .collect()
}

fn timing() -> Vec<Case> {
    vec![
        with_facts(case("TIM-01", "held before the first publication"), "  実施区分: 新規実施\n").edit(
            KAIGO,
            "保有開始日: 平成28年1月",
            "保有開始日: ‹平成28年1月›",
        ),
        with_facts(
            case("TIM-02", "programmed before the first publication")
                .edit(KAIGO, "保有開始日: 平成28年1月", "保有開始日: 令和7年4月")
                .edit(KAIGO, "使用開始日: 平成28年1月1日", "使用開始日: 令和7年4月1日"),
            "  実施区分: 新規実施\n  プログラミングの開始日: ‹令和7年2月3日›\n",
        ),
        with_facts(
            case("TIM-03", "process settled before the first publication")
                .edit(KAIGO, "保有開始日: 平成28年1月", "保有開始日: 令和7年4月")
                .edit(KAIGO, "使用開始日: 平成28年1月1日", "使用開始日: 令和7年4月1日")
                .edit(
                    KAIGO,
                    "ファイルの種類: システム用ファイル",
                    "ファイルの種類: その他の電子ファイル（表計算ファイル等）",
                ),
            "  実施区分: 新規実施\n  事務処理の検討の終了日: ‹令和7年2月3日›\n",
        ),
        with_facts(
            case("TIM-04", "data exchange before the first publication")
                .edit(KAIGO, "保有開始日: 平成28年1月", "保有開始日: 令和7年4月")
                .edit(KAIGO, "使用開始日: 平成28年1月1日", "使用開始日: 令和7年4月1日"),
            "  実施区分: 新規実施\n  情報連携の開始日: ‹令和7年3月13日›\n",
        ),
        case("TIM-05", "used before it is held").edit(
            KAIGO,
            "使用開始日: 平成28年1月1日",
            "使用開始日: ‹平成27年12月1日›",
        ),
        // Of the two rows of the newest day, one cites the article and nothing else.
        case("TIM-06", "emergency without a reason").edit(
            KAIGO_CHANGES,
            &format!("提出時期: 事前\n  提出時期に係る説明: {EXPLAINED}"),
            "提出時期: 事後\n  提出時期に係る説明: ‹規則第9条第2項に基づく緊急時の事後評価›",
        ),
    ]
}

fn review() -> Vec<Case> {
    let last_conducted = "  実施区分: 修正\n  直近の実施の公表日: ‹令和2年9月2日›\n";
    vec![
        case("REV-01", "no review in the second year")
            .with(old_edition)
            .points_at(ALONE, "公表日: ‹令和6年8月30日›"),
        alone("REV-01", "a review soon due").edit(ALONE, PUBLISHED, "公表日: ‹令和6年11月4日›\n").with(
            |sandbox| {
                sandbox.replace(ALONE, "令和7年1月1日", "令和6年10月1日");
                sandbox.replace(ALONE, "2025-01-01", "2024-10-01");
            },
        ),
        case("REV-01", "the last review is long ago").with(old_edition).edit(
            ALONE,
            "公表日: 令和6年8月30日\n",
            "公表日: 令和6年8月30日\n管理情報:\n  直近の見直し日: ‹令和6年8月31日›\n",
        ),
        with_facts(case("REV-02", "five years soon"), last_conducted),
        with_facts(
            case("REV-02", "five years are over"),
            &last_conducted.replace("令和2年9月2日", "令和2年9月1日"),
        ),
        with_facts(
            case("REV-03", "a revision as the last assessment"),
            "  実施区分: 修正\n  直近の実施の公表日: ‹令和7年3月14日›\n",
        ),
        case("HEAR-10", "a month instead of a period").edit(
            KAIGO,
            "令和6年12月2日から令和7年1月10日まで",
            "‹令和6年12月に実施した。›",
        ),
        case("HEAR-02", "an end without its year")
            .edit(KAIGO, "令和6年12月2日から令和7年1月10日まで", "令和6年12月2日（月）から20日まで")
            .points_at(KAIGO, "国民・住民等からの意見の聴取"),
        with_facts(case("REV-07", "a review to come"), "  直近の見直し日: ‹令和27年3月1日›\n"),
        with_facts(case("REV-07", "assessed after this version"), "  直近の実施の公表日: ‹令和7年4月1日›\n"),
        with_facts(
            case("REV-03", "an assessment with another date"),
            "  実施区分: 再実施\n  直近の実施の公表日: ‹令和4年9月30日›\n",
        ),
        with_facts(case("REV-04", "important but revised"), "  実施区分: ‹修正›\n").with(|sandbox| {
            sandbox.replace(
                KAIGO_CHANGES,
                EXPLAINED,
                "保管場所の変更に伴う重要な変更のため、変更の前に公表する。",
            );
        }),
    ]
}

fn hearing() -> Vec<Case> {
    vec![
        case("HEAR-01", "no method").edit(
            KAIGO,
            "方法: 評価書の案を市のウェブサイトと窓口で示し、意見を募った。",
            "‹方法›:",
        ),
        case("HEAR-01", "no hearing at all")
            .with(|sandbox| {
                let text = sandbox.text(KAIGO);
                let (before, rest) = text.split_once("  国民・住民等からの意見の聴取:\n").unwrap();
                let (_, rest) = rest.split_once("  第三者点検:\n").unwrap();
                sandbox.write(KAIGO, format!("{before}  第三者点検:\n{rest}"));
            })
            .points_at(KAIGO, "評価実施手続"),
        case("HEAR-01", "a dash for the hearing").edit(KAIGO, PERIOD, "―").edit(
            KAIGO,
            "方法: 評価書の案を市のウェブサイトと窓口で示し、意見を募った。",
            "方法: ‹―›",
        ),
        case("HEAR-02", "short with a dash").edit(
            KAIGO,
            PERIOD,
            "令和6年12月2日から令和6年12月30日まで\n    期間を短縮する特段の理由: ‹―›",
        ),
        case("HEAR-02", "short without a reason")
            .edit(KAIGO, PERIOD, "令和6年12月2日から令和6年12月30日まで")
            .points_at(KAIGO, "国民・住民等からの意見の聴取"),
        case("HEAR-03", "thirty days").edit(KAIGO, PERIOD, "‹令和6年12月2日から令和6年12月31日›まで"),
        case("HEAR-04", "days miscounted").edit(KAIGO, PERIOD, &format!("{PERIOD}（‹30日間›）")),
        case("HEAR-05", "long with a reason").edit(
            KAIGO,
            PERIOD,
            &format!("{PERIOD}\n    期間を短縮する特段の理由: ‹法の施行に間に合わせるため。›"),
        ),
        case("HEAR-06", "wrong weekday of a hearing").edit(
            KAIGO,
            PERIOD,
            "‹令和6年12月2日（火）›から令和7年1月10日（金）まで",
        ),
        case("HEAR-06", "wrong weekday of a review").edit(KAIGO, REVIEWED, "実施日: ‹令和7年2月21日（木）›"),
        case("HEAR-08", "a hearing half told").edit(
            KOKUHO,
            "評価実施手続:\n",
            "評価実施手続:\n  ‹国民・住民等からの意見の聴取›:\n    方法: 市のウェブサイトで案を示した。\n",
        ),
    ]
}

fn order() -> Vec<Case> {
    vec![
        case("HEAR-07", "reviewed before the end of the hearing").edit(
            KAIGO,
            REVIEWED,
            "実施日: ‹令和6年12月20日›",
        ),
        case("HEAR-07", "reviewed on the last day of the hearing").edit(
            KAIGO,
            REVIEWED,
            "実施日: ‹令和7年1月10日›",
        ),
        case("HEAR-07", "reviewed after publication").edit(KAIGO, REVIEWED, "実施日: ‹令和7年3月21日›"),
        case("HEAR-07", "basic assessment after publication").edit(
            KAIGO,
            "実施日: 令和7年2月3日",
            "実施日: ‹令和7年4月3日›",
        ),
        case("HEAR-07", "a period backwards").edit(KAIGO, PERIOD, "‹令和6年12月2日から令和6年1月10日›まで"),
        case("HEAR-07", "an older pair out of order")
            .edit(
                KAIGO,
                PERIOD,
                &format!("|\n      - 令和3年5月10日から令和3年6月18日まで\n      - {PERIOD}"),
            )
            .edit(KAIGO, REVIEWED, "実施日: |\n      - ‹令和3年6月1日›\n      - 令和7年2月21日"),
        case("HEAR-07", "nearly everything after publication")
            .edit(KAIGO, "実施日: 令和7年2月3日", "実施日: 令和7年4月3日")
            .edit(KAIGO, REVIEWED, "実施日: 令和7年4月21日")
            .points_at(KAIGO, "公表日: ‹令和7年3月14日›"),
        case("TPR-06", "two hearings and one review")
            .edit(
                KAIGO,
                PERIOD,
                &format!("|\n      - 令和3年5月10日から令和3年6月18日まで\n      - {PERIOD}"),
            )
            .points_at(KAIGO, "実施日: ‹令和7年2月21日›"),
    ]
}

fn third_party() -> Vec<Case> {
    vec![
        case("TPR-01", "no result").edit(KAIGO, "結果: 対策は妥当であるとの答申を受けた。", "‹結果›:"),
        case("TPR-01", "no review").edit(KAIGO, METHOD, "方法: ‹なし›"),
        case("TPR-02", "reviewed by an office").edit(KAIGO, METHOD, "方法: ‹情報政策課が点検した。›"),
        case("TPR-03", "still planned").edit(
            KAIGO,
            METHOD,
            "方法: みほん市個人情報保護審議会により‹実施予定›",
        ),
        case("TPR-03", "the answer is still to come").edit(
            KAIGO,
            ANSWERED,
            "結果: 審議会に諮問した。8月に答申を‹受ける予定›である。",
        ),
        case("TPR-03", "the result is still planned").edit(KAIGO, ANSWERED, "結果: 8月にも‹実施予定›。"),
        case("TPR-04", "approval of a city's assessment").edit(
            KAIGO,
            PUBLISHED,
            &format!("個人情報保護委員会　承認日: ‹令和7年3月3日›\n{PUBLISHED}"),
        ),
        case("TPR-05", "published before approval").with(administrative).edit(
            KAIGO,
            "承認日: 令和7年3月3日",
            "承認日: ‹令和7年4月1日›",
        ),
        case("TPR-05", "published without approval").with(administrative).edit(
            KAIGO,
            "個人情報保護委員会　承認日: 令和7年3月3日",
            "‹個人情報保護委員会　承認日›:",
        ),
    ]
}

fn publication() -> Vec<Case> {
    let ended = "  事務の終了日: 令和7年6月30日\n  終了の通知日: 令和7年7月4日\n";
    let ended = format!("{PUBLISHED}管理情報:\n{ended}");
    let title = "児童手当に関する事務 基礎項目評価書";
    vec![
        alone("PUB-04", "taken out while it goes on")
            .committed()
            .with(|sandbox| {
                let folder = sandbox.path(ALONE).parent().unwrap().to_owned();
                kohyo::fs::remove_dir_all(&folder).unwrap();
            })
            .whole(ALONE.trim_end_matches("/assessment.yaml")),
        alone("PUB-01", "not dated").edit(ALONE, PUBLISHED, "‹公表日›:\n"),
        alone("PUB-03", "ended without a word").edit(ALONE, PUBLISHED, &ended).points_at(ALONE, title),
        alone("PUB-03", "ended on another day").edit(ALONE, PUBLISHED, &ended).edit(
            ALONE,
            title,
            &format!("‹{title}【令和7年5月31日 終了】›"),
        ),
        alone("PUB-05", "end not notified")
            .edit(ALONE, title, &format!("{title}【令和7年6月30日 終了】"))
            .edit(ALONE, PUBLISHED, &facts("  事務の終了日: ‹令和7年6月30日›\n")),
    ]
}

fn cover() -> Vec<Case> {
    vec![
        alone("NUM-04", "letters in the number")
            .with(|sandbox| {
                sandbox.rename("019984-mihon/10-jidoteate-kiso", "019984-mihon/A10-jidoteate-kiso");
            })
            .edit("019984-mihon/A10-jidoteate-kiso/assessment.yaml", "\"10\"", "‹\"A10\"›"),
        alone("NUM-05", "a city is no agency").edit(
            ALONE,
            "評価実施機関名: みほん市長",
            "評価実施機関名: ‹みほん市›",
        ),
        alone("NUM-06", "an agency is not named")
            .edit(ALONE, PUBLISHED, &facts("  共同で実施する評価実施機関: [みほん市教育委員会]\n"))
            .edit(ALONE, "他の評価実施機関: なし", "他の評価実施機関: ‹なし›"),
        alone("NUM-07", "nothing is declared").edit(
            ALONE,
            "小さくする措置を講じることを宣言する。",
            "小さくする措置を講じる。",
        )
        .points_at(ALONE, "みほん市は、児童手当の事務で個人番号を扱うことの重さを理解し、漏えいなどの起こる危険を小さくする措置を講じる。"),
        alone("NUM-07", "nobody declares").edit(
            ALONE,
            "みほん市は、児童手当の事務で個人番号を扱うことの重さを理解し、漏えいなどの起こる危険を小さくする措置を講じることを宣言する。",
            "‹個人番号を適切に取り扱うことを宣言する。›",
        ),
        alone("NUM-08", "a plan among the files")
            .with(|sandbox| sandbox.write("019984-mihon/10-jidoteate-kiso/Keikaku_Kanri.xlsx", "x"))
            .whole("019984-mihon/10-jidoteate-kiso/Keikaku_Kanri.xlsx"),
        alone("NUM-08", "a plan in one word")
            .with(|sandbox| sandbox.write("019984-mihon/10-jidoteate-kiso/keikakukanri.xlsx", "x"))
            .whole("019984-mihon/10-jidoteate-kiso/keikakukanri.xlsx"),
        case("NUM-09", "an old edition")
            .with(old_edition)
            .edit(ALONE, "版: 平成31年1月", "版: ‹平成31年1月›")
            .with(|sandbox| {
                sandbox.replace(ALONE, "公表日: 令和6年8月30日", "公表日: 令和7年3月14日");
            }),
    ]
}

/// The findings of these rules, without those of others.
fn told(sandbox: &Sandbox, code: &str) -> Vec<String> {
    let out = sandbox.run(&["check", "content", "--format", "short", "--as-of", DAY]).stdout;
    out.lines().filter(|line| line.contains(&format!("[{code}"))).map(str::to_owned).collect()
}

fn silent(code: &str, edits: &[(&str, &str, &str)]) {
    let sandbox = Sandbox::new();
    for (file, from, to) in edits {
        sandbox.replace(file, from, to);
    }
    assert_eq!(told(&sandbox, code), Vec::<String>::new(), "{edits:?}");
}

#[test]
fn an_emergency_may_come_after_the_file() {
    let first = facts("  実施区分: 新規実施\n");
    let note =
        "特記事項: 台風の被災者への給付を急いで始めるため、規則第9条第2項の緊急時の事後評価を適用した。";
    silent("TIM", &[(KAIGO, PUBLISHED, &first), (KAIGO, "特記事項: なし", note)]);
}

#[test]
fn a_reason_in_the_notes_is_enough() {
    let cited = "緊急時の事後評価の適用対象";
    silent(
        "TIM-06",
        &[(KAIGO_CHANGES, EXPLAINED, cited), (KAIGO, "特記事項: なし", "特記事項: 感染症の流行のため。")],
    );
    silent("TIM-06", &[(KAIGO_CHANGES, EXPLAINED, "地震に伴う緊急時の事後評価")]);
    // What the notes say of other matters explains nothing.
    let sandbox = Sandbox::new();
    sandbox.replace(KAIGO_CHANGES, EXPLAINED, cited);
    sandbox.replace(KAIGO, "特記事項: なし", "特記事項: 書き方を示すための架空の市である。");
    assert_eq!(told(&sandbox, "TIM-06").len(), 1);
    // An older row is the matter of an older version.
    silent("TIM-06", &[(KAIGO_CHANGES, NO_DUTY, cited)]);
}

#[test]
fn data_exchange_under_an_earlier_version_is_no_slip() {
    let again = facts("  実施区分: 再実施\n  情報連携の開始日: 平成29年11月13日\n");
    silent("TIM", &[(KAIGO, PUBLISHED, &again)]);
}

#[test]
fn data_exchange_without_any_publication_is_told() {
    let sandbox = Sandbox::new();
    let undated = "公表日:\n管理情報:\n  実施区分: 新規実施\n  情報連携の開始日: 令和7年4月1日\n";
    sandbox.replace(KAIGO, PUBLISHED, undated);
    assert_eq!(told(&sandbox, "TIM-04").len(), 1);
    assert_eq!(told(&sandbox, "PUB-01").len(), 1);
}

#[test]
fn deadlines_have_their_edges() {
    for (fact, code, count) in [
        ("直近の実施の公表日: 令和2年9月2日", "REV-02", 1),
        ("直近の実施の公表日: 令和3年3月1日", "REV-02", 0),
        ("直近の実施の公表日: 令和3年2月28日", "REV-02", 1),
        ("直近の見直し日: 令和7年3月15日", "REV-01", 0),
    ] {
        let sandbox = Sandbox::new();
        sandbox.replace(KAIGO, PUBLISHED, &facts(&format!("  {fact}\n")));
        assert_eq!(told(&sandbox, code).len(), count, "{fact}");
    }
}

#[test]
fn what_has_ended_is_not_reviewed() {
    let sandbox = Sandbox::new();
    old_edition(&sandbox);
    let ended = "公表日: 令和6年8月30日\n管理情報:\n  事務の終了日: 令和7年3月31日\n  直近の実施の公表日: 令和2年9月1日\n";
    sandbox.replace(ALONE, "公表日: 令和6年8月30日\n", ended);
    assert_eq!(told(&sandbox, "REV"), Vec::<String>::new());
    assert_eq!((told(&sandbox, "PUB-03").len(), told(&sandbox, "PUB-05").len()), (1, 1));
}

#[test]
fn an_end_to_come_asks_nothing_yet() {
    silent("PUB", &[(KAIGO, PUBLISHED, &facts("  事務の終了日: 令和8年3月31日\n"))]);
}

#[test]
fn an_important_change_of_an_older_version_is_no_revision() {
    let important = "再委託の開始に伴う重要な変更のため、事前に公表する。";
    silent(
        "REV-04",
        &[(KAIGO_CHANGES, NO_DUTY, important), (KAIGO, PUBLISHED, &facts("  実施区分: 修正\n"))],
    );
    silent(
        "REV-04",
        &[(KAIGO_CHANGES, EXPLAINED, important), (KAIGO, PUBLISHED, &facts("  実施区分: 再実施\n"))],
    );
}

#[test]
fn either_way_to_count_days_is_right() {
    for days in ["40日間", "39日間", "４０日間"] {
        silent("HEAR-04", &[(KAIGO, PERIOD, &format!("{PERIOD}（{days}）"))]);
    }
}

#[test]
fn the_right_weekday_and_the_right_order_are_silent() {
    silent("HEAR", &[(KAIGO, PERIOD, "令和6年12月2日（月）から令和7年1月10日（金）まで")]);
    let again = format!("|\n      {PERIOD}\n      令和3年5月10日から令和3年6月18日まで");
    let reviewed = "実施日: |\n      ①令和7年2月21日\n      ②令和3年7月1日";
    silent("HEAR", &[(KAIGO, PERIOD, &again), (KAIGO, REVIEWED, reviewed)]);
    silent("TPR", &[(KAIGO, REVIEWED, "実施日: 令和7年2月7日、令和7年2月21日")]);
}

/// The 公表日 of the version before was left: that it is long ago is no second slip.
#[test]
fn an_old_publication_date_is_one_slip() {
    let sandbox = Sandbox::new();
    sandbox.replace(KAIGO, PUBLISHED, "公表日: 令和6年3月14日\n");
    assert_eq!((told(&sandbox, "HEAR-07").len(), told(&sandbox, "REV").len()), (1, 0));
}

#[test]
fn a_voluntary_hearing_without_opinions_is_whole() {
    let whole = format!(
        "評価実施手続:\n  国民・住民等からの意見の聴取:\n    方法: 案を示した。\n    実施日・期間: {PERIOD}\n    主な意見の内容: なし\n"
    );
    silent("HEAR", &[(KOKUHO, "評価実施手続:\n", &whole)]);
    let none = "評価実施手続:\n  国民・住民等からの意見の聴取:\n    方法: ―\n";
    silent("HEAR", &[(KOKUHO, "評価実施手続:\n", none)]);
}

#[test]
fn an_agency_may_be_written_with_its_prefecture() {
    silent("NUM-05", &[(KAIGO, "評価実施機関名: みほん市長", "評価実施機関名: 北海道みほん市長")]);
    let none = [
        (CITY, "authorities:\n  - みほん市長\n", ""),
        (KAIGO, "評価実施機関名: みほん市長", "評価実施機関名: 別の市長"),
    ];
    silent("NUM-05", &none);
}

#[test]
fn an_administrative_body_with_approval_is_silent() {
    let sandbox = Sandbox::new();
    administrative(&sandbox);
    assert_eq!(told(&sandbox, "TPR"), Vec::<String>::new());
    assert_eq!(told(&sandbox, "REQ"), Vec::<String>::new());
}
