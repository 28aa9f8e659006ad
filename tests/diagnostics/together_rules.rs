//! Rules over several documents of a municipality (THR, FORM, NUM, REV).

use super::case::{Case, DAY, case};
use crate::support::Sandbox;

const CITY: &str = "019984-mihon/municipality.yaml";
const KISO: &str = "019984-mihon/8-kaigo-kiso/assessment.yaml";
const KISO_ROWS: &str = "019984-mihon/8-kaigo-kiso/changes.yaml";
const FULL: &str = "019984-mihon/8-kaigo/assessment.yaml";
const OTHER_KISO: &str = "019984-mihon/9-kokuho-kiso/assessment.yaml";
const OTHER: &str = "019984-mihon/9-kokuho/assessment.yaml";

pub fn cases() -> Vec<Case> {
    [required(), factors(), risks(), facts(), numbers(), redone()].into_iter().flatten().collect()
}

/// Takes a folder out of what is looked at.
fn hide(sandbox: &Sandbox, folder: &str) {
    sandbox.rename(&format!("019984-mihon/{folder}"), &format!("019984-mihon/_{folder}"));
}

const BOTH_JUTEN: &str = "基礎項目評価及び重点項目評価の実施が義務付けられる";
const KINDS: &str = "提出する特定個人情報保護評価書の種類: 基礎項目評価書及び";

fn required() -> Vec<Case> {
    vec![
        case("THR-02", "no full assessment")
            .with(|s| hide(s, "8-kaigo"))
            .points_at(KISO, "しきい値判断結果: ‹基礎項目評価及び全項目評価の実施が義務付けられる›"),
        case("THR-02", "a lesser assessment than demanded")
            .with(|s| {
                s.replace(OTHER_KISO, "500人以上か: 500人未満", "500人以上か: 500人以上");
                s.replace(OTHER_KISO, &format!("{KINDS}重点"), &format!("{KINDS}全"));
            })
            .edit(
                OTHER_KISO,
                &format!("しきい値判断結果: {BOTH_JUTEN}"),
                "しきい値判断結果: ‹基礎項目評価及び全項目評価の実施が義務付けられる›",
            ),
        case("THR-02", "no basic assessment")
            .with(|s| hide(s, "8-kaigo-kiso"))
            .points_at(FULL, "評価書番号: ‹\"8\"›"),
        case("THR-02", "no basic assessment anywhere")
            .with(|s| {
                hide(s, "8-kaigo-kiso");
                hide(s, "9-kokuho-kiso");
                hide(s, "9-kokuho");
            })
            .points_at(FULL, "評価書番号: ‹\"8\"›"),
        case("THR-03", "a full assessment that is not demanded")
            .with(less_people)
            .points_at(FULL, "    しきい値判断結果: ‹基礎項目評価及び全項目評価の実施が義務付けられる›"),
        case("THR-04", "another result than the basic assessment")
            .with(|s| {
                s.replace(KISO, "何人か: 30万人以上", "何人か: 10万人以上30万人未満");
                s.replace(KISO, "500人以上か: 500人未満", "500人以上か: 500人以上");
                s.replace(FULL, "    対象人数: 30万人以上", "    対象人数: 10万人以上30万人未満");
                s.replace(FULL, "使用者数: 50人以上100人未満", "使用者数: 500人以上1,000人未満");
            })
            .edit(
                FULL,
                "    しきい値判断結果: 基礎項目評価及び全項目評価の実施が義務付けられる",
                &format!("    しきい値判断結果: ‹{BOTH_JUTEN}（任意に全項目評価を実施）›"),
            ),
        case("FORM-18", "a kind that is there is not named")
            .with(|s| {
                s.replace(
                    KISO,
                    "    全項目評価又は重点項目評価を実施する: はい",
                    "    最も優先度が高いと考えられる対策: 従業者に対する教育・啓発\n    当該対策は十分か【再掲】: 十分である\n    判断の根拠: 全員が研修を受ける。",
                );
            })
            .edit(KISO, "種類: 基礎項目評価書及び全項目評価書", "種類: ‹基礎項目評価書›"),
        case("FORM-18", "another kind than the one that is there").edit(
            OTHER_KISO,
            "種類: 基礎項目評価書及び重点項目評価書",
            "種類: ‹基礎項目評価書及び全項目評価書›",
        ),
        case("FORM-18", "a voluntary assessment that is not there")
            .with(|s| {
                few_people(s);
                hide(s, "8-kaigo");
            })
            .points_at(KISO, "種類: ‹基礎項目評価書及び全項目評価書›"),
    ]
}

/// 介護 has so few people that only a 重点項目評価書 is demanded.
fn less_people(sandbox: &Sandbox) {
    people(sandbox, "10万人以上30万人未満", BOTH_JUTEN);
}

/// 介護 has so few people that nothing more than the 基礎項目評価書 is demanded.
fn few_people(sandbox: &Sandbox) {
    people(sandbox, "1万人以上10万人未満", "基礎項目評価の実施が義務付けられる");
}

fn people(sandbox: &Sandbox, population: &str, result: &str) {
    sandbox.replace(KISO, "何人か: 30万人以上", &format!("何人か: {population}"));
    sandbox.replace(FULL, "    対象人数: 30万人以上", &format!("    対象人数: {population}"));
    sandbox.replace(
        KISO,
        "しきい値判断結果: 基礎項目評価及び全項目評価の実施が義務付けられる",
        &format!("しきい値判断結果: {result}"),
    );
}

fn factors() -> Vec<Case> {
    vec![
        case("THR-05", "fewer people in the full assessment").edit(
            FULL,
            "    対象人数: 30万人以上",
            "    対象人数: ‹10万人以上30万人未満›",
        ),
        case("THR-07", "more users than said")
            .with(|s| s.replace(FULL, "使用者数: 50人以上100人未満", "使用者数: 1,000人以上"))
            .points_at(KISO, "500人以上か: ‹500人未満›"),
        case("THR-07", "more people in all than said")
            .with(|s| {
                s.replace(OTHER, "取扱者数: 10人以上50人未満", "取扱者数: 100人以上500人未満");
                s.replace(OTHER, "取扱者数: 10人以上50人未満", "取扱者数: 100人以上500人未満");
                s.replace(OTHER, "取扱者数: 50人以上100人未満", "取扱者数: 500人以上1,000人未満");
                s.replace(
                    "019984-mihon/9-kokuho/changes.yaml",
                    "記載: 10人以上50人未満",
                    "記載: 100人以上500人未満",
                );
            })
            .points_at(OTHER_KISO, "500人以上か: ‹500人未満›"),
        case("THR-08", "fewer people than said").edit(
            KISO,
            "500人以上か: 500人未満",
            "500人以上か: ‹500人以上›",
        ),
        case("THR-09", "an accident that the other denies")
            .with(|s| s.replace(KISO, "重大事故が発生したか: 発生なし", "重大事故が発生したか: 発生あり"))
            .points_at(FULL, "重大事故が発生したか: ‹発生なし›"),
    ]
}

fn risks() -> Vec<Case> {
    vec![
        case("FORM-20", "a risk that is judged better").edit(
            KISO,
            "漏えい・滅失・毀損リスクへの対策は十分か: 十分である",
            "漏えい・滅失・毀損リスクへの対策は十分か: ‹特に力を入れている›",
        ),
        case("FORM-20", "the older document is behind")
            .with(|s| {
                s.replace(KISO, "公表日: 令和7年3月14日", "公表日: 令和7年4月14日");
                s.replace(KISO_ROWS, "変更日: 令和7年3月14日", "変更日: 令和7年4月14日");
                s.replace(
                    KISO,
                    "漏えい・滅失・毀損リスクへの対策は十分か: 十分である",
                    "漏えい・滅失・毀損リスクへの対策は十分か: 特に力を入れている",
                );
            })
            .edit(
                FULL,
                "具体的な保管方法: 生きている人の個人番号と同じ方法で保管する。\n          リスクへの対策は十分か: 十分である",
                "具体的な保管方法: 生きている人の個人番号と同じ方法で保管する。\n          リスクへの対策は十分か: ‹十分である›",
            ),
        case("FORM-20", "ticked away in one document only").edit(
            KISO,
            "    委託先における不正な使用等のリスクへの対策は十分か: 十分である",
            "    委託しない: ‹はい›",
        ),
        case("FORM-20", "answered in one document only").edit(
            KISO,
            "    提供・移転しない: はい",
            "    不正な提供・移転が行われるリスクへの対策は十分か: ‹十分である›",
        ),
        case("FORM-20", "other kinds of audit").edit(
            OTHER_KISO,
            "実施の有無: [自己点検, 内部監査]",
            "実施の有無: ‹[自己点検, 外部監査]›",
        ),
    ]
}

fn facts() -> Vec<Case> {
    let another = |name: &'static str, from: &str, to: &str| case("FORM-21", name).edit(KISO, from, to);
    vec![
        another("another task name", "事務の名称: 介護保険に関する事務", "事務の名称: ‹介護保険の事務›"),
        another(
            "a system of the basic assessment only",
            "システムの名称: 介護保険システム、中間サーバー",
            "システムの名称: ‹介護保険システム、中間サーバー、国保情報集約システム›",
        ),
        another(
            "a system of the full assessment only",
            "システムの名称: 介護保険システム、中間サーバー",
            "システムの名称: ‹介護保険システム›",
        ),
        another("another file", "    - 介護保険ファイル", "    ‹- 介護保険資格ファイル›"),
        another(
            "another legal basis",
            "法令上の根拠: 番号法第9条第1項及び別表の100の項",
            "法令上の根拠: ‹番号法第9条第1項及び別表の101の項›",
        ),
        another(
            "another basis of the exchange",
            "法令上の根拠: 番号法第19条第8号",
            "法令上の根拠: ‹番号法第19条第9号›",
        ),
        another("another answer about the exchange", "    実施の有無: 実施する", "    実施の有無: ‹未定›"),
        another("another department", "    部署: 福祉部介護保険課", "    部署: ‹健康部高齢福祉課›")
            .with(|s| s.replace(KISO_ROWS, "記載: 福祉部介護保険課", "記載: 健康部高齢福祉課")),
        another("another head", "所属長の役職名: 介護保険課長", "所属長の役職名: ‹高齢福祉課長›"),
        another(
            "another joint agency",
            "  他の評価実施機関: なし",
            "  他の評価実施機関: ‹みほん市教育委員会›",
        ),
        another(
            "another office for requests",
            "請求先: みほん市総務課 電話 000-0000-0000",
            "請求先: ‹みほん市市民課›",
        ),
        another(
            "another telephone",
            "みほん市介護保険課 電話 000-0000-0008",
            "‹みほん市介護保険課 電話 000-0000-0009›",
        ),
        case("FORM-21", "another agency of the municipality")
            .with(|s| s.replace(CITY, "  - みほん市長", "  - みほん市長\n  - みほん市教育委員会"))
            .edit(KISO, "評価実施機関名: みほん市長", "評価実施機関名: ‹みほん市教育委員会›"),
    ]
}

fn numbers() -> Vec<Case> {
    vec![
        case("NUM-01", "one task with two numbers")
            .with(|s| s.rename("019984-mihon/8-kaigo", "019984-mihon/18-kaigo"))
            .edit("019984-mihon/18-kaigo/assessment.yaml", "評価書番号: \"8\"", "評価書番号: ‹\"18\"›"),
        case("NUM-02", "the same number twice")
            .with(|s| {
                let folder = |name: &str| s.path(&format!("019984-mihon/{name}"));
                kohyo::fs::copy_tree(&folder("8-kaigo"), &folder("8-kaigo-mukashi")).unwrap();
            })
            .points_at("019984-mihon/8-kaigo-mukashi/assessment.yaml", "評価書番号: ‹\"8\"›"),
    ]
}

fn redone() -> Vec<Case> {
    vec![
        case("REV-05", "done again on an old basic assessment")
            .with(|s| {
                let added = "評価実施機関名: みほん市長\n管理情報:\n  実施区分: 再実施";
                s.replace(OTHER, "評価実施機関名: みほん市長", added);
                s.replace(OTHER_KISO, "計数か: 令和7年1月1日", "計数か: 令和2年1月1日");
                s.replace(OTHER_KISO, "計数か: 令和7年1月1日", "計数か: 令和2年1月1日");
                let reviewed = "評価実施機関名: みほん市長\n管理情報:\n  直近の見直し日: 令和7年3月1日";
                s.replace(OTHER_KISO, "評価実施機関名: みほん市長", reviewed);
            })
            .edit(OTHER_KISO, "公表日: 令和7年3月14日", "公表日: ‹令和2年3月13日›"),
        case("REV-05", "published before the assessment that it reports").edit(
            OTHER_KISO,
            "公表日: 令和7年3月14日",
            "公表日: ‹令和7年1月31日›",
        ),
    ]
}

/// The findings of one run, in one line each.
fn short(sandbox: &Sandbox, path: &str) -> String {
    sandbox.run(&["check", path, "--format", "short", "--as-of", DAY]).stdout
}

fn silent(edits: &[(&str, &str, &str)]) {
    let sandbox = Sandbox::new();
    for (file, from, to) in edits {
        sandbox.replace(file, from, to);
    }
    assert_eq!(short(&sandbox, "content"), "", "{edits:?}");
}

#[test]
fn two_ways_of_saying_the_same_are_no_finding() {
    silent(&[(KISO, "介護保険システム、中間サーバー", "介護保険システム及び中間サーバ")]);
    silent(&[(KISO, "介護保険システム、中間サーバー", "介護保険システム等")]);
    for department in ["介護保険課", "福祉部介護保険課及び市民課"] {
        let row = ("変更後の記載: 福祉部介護保険課", format!("変更後の記載: {department}"));
        let item = ("    部署: 福祉部介護保険課", format!("    部署: {department}"));
        silent(&[(KISO, item.0, &item.1), (KISO_ROWS, row.0, &row.1)]);
    }
    silent(&[(KISO, "  他の評価実施機関: なし", "  他の評価実施機関: ―")]);
    silent(&[(KISO, "別表の100の項", "別表の一部の項")]);
    silent(&[(KISO, "番号法第9条第1項及び別表の100の項", "番号法第９条第１項 別表 １００の項")]);
    silent(&[(KISO, "みほん市総務課 電話 000-0000-0000", "総務部総務課（市役所2階） 電話 000-0000-0000")]);
    silent(&[(KISO, "みほん市総務課 電話 000-0000-0000", "みほん市役所 総務課")]);
    silent(&[(KISO, "事務の名称: 介護保険に関する事務", "事務の名称: 介護保険に関する事務　")]);
}

#[test]
fn nothing_is_missing_where_a_document_could_not_be_read() {
    for (file, other) in [(KISO, FULL), (FULL, KISO)] {
        let sandbox = Sandbox::new();
        sandbox.replace(file, "評価書名: ", "評価書名: \"");
        let found = short(&sandbox, "content");
        assert!(!found.contains(other) && found.contains("YAML-01"), "{found}");
    }
}

#[test]
fn a_higher_assessment_than_demanded_is_allowed() {
    let sandbox = Sandbox::new();
    less_people(&sandbox);
    sandbox.replace(
        FULL,
        "    しきい値判断結果: 基礎項目評価及び全項目評価の実施が義務付けられる",
        &format!("    しきい値判断結果: {BOTH_JUTEN}（任意に全項目評価を実施）"),
    );
    assert_eq!(short(&sandbox, "content"), "");
}

#[test]
fn an_agency_of_its_own_may_use_the_same_number() {
    let sandbox = Sandbox::new();
    let copy = "019984-mihon/8-gakko-kiso/assessment.yaml";
    sandbox.replace(CITY, "  - みほん市長", "  - みほん市長\n  - みほん市教育委員会");
    sandbox.write(copy, sandbox.text(KISO));
    sandbox.replace(copy, "評価実施機関名: みほん市長", "評価実施機関名: みほん市教育委員会");
    sandbox.replace(copy, "事務の名称: 介護保険に関する事務", "事務の名称: 学校保健に関する事務");
    let found = short(&sandbox, "content");
    assert!(found.contains("THR-02") && !found.contains("NUM-0") && found.lines().count() == 1, "{found}");
}

/// An agency that the municipality does not have is one finding (NUM-05), not also a missing document.
#[test]
fn a_misspelt_agency_does_not_tear_a_set_apart() {
    let sandbox = Sandbox::new();
    sandbox.replace(KISO, "評価実施機関名: みほん市長", "評価実施機関名: みほん町長");
    let found = short(&sandbox, "content");
    assert!(!found.contains("THR-02") && !found.contains("FORM-21"), "{found}");
}

/// A slip inside the 基礎項目評価書 is a finding there (THR-01); the other document is not blamed as well.
#[test]
fn a_result_that_does_not_follow_is_not_compared() {
    let sandbox = Sandbox::new();
    let result = "しきい値判断結果: 基礎項目評価及び全項目評価の実施が義務付けられる";
    sandbox.replace(KISO, result, &format!("しきい値判断結果: {BOTH_JUTEN}"));
    let found = short(&sandbox, "content");
    assert!(!found.contains("THR-04") && !found.contains("THR-03"), "{found}");
}

#[test]
fn the_population_is_marked_where_it_breaks_the_threshold() {
    let sandbox = Sandbox::new();
    sandbox.replace(KISO, "何人か: 30万人以上", "何人か: 1万人以上10万人未満");
    let found = short(&sandbox, "content");
    let line = found.lines().find(|l| l.contains("THR-05")).unwrap();
    assert!(line.starts_with(&format!("content/{KISO}")), "{line}");
}

/// What is looked at does not change what is found in it: the other documents of the municipality are read all the same.
#[test]
fn one_folder_shows_the_same_findings_as_the_whole() {
    let sandbox = Sandbox::new();
    sandbox.replace(FULL, "    対象人数: 30万人以上", "    対象人数: 10万人以上30万人未満");
    sandbox.replace(KISO, "請求先: みほん市総務課 電話 000-0000-0000", "請求先: みほん市市民課");
    sandbox.replace(OTHER_KISO, "種類: 基礎項目評価書及び重点項目評価書", "種類: 基礎項目評価書");
    let whole = short(&sandbox, "content");
    assert!(whole.lines().count() >= 3, "{whole}");
    let mut parts = String::new();
    for folder in ["8-kaigo", "8-kaigo-kiso", "9-kokuho", "9-kokuho-kiso"] {
        parts.push_str(&short(&sandbox, &format!("content/019984-mihon/{folder}")));
    }
    let sorted = |text: &str| {
        let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&parts), sorted(&whole));
    assert_eq!(short(&sandbox, "content/019984-mihon"), whole);
}
