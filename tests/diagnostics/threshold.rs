//! しきい値判断 within one document (THR).

use super::case::{Case, DAY, case};
use super::support::Sandbox;

/// A 基礎項目評価書 without a 重点項目評価書 or 全項目評価書 beside it; see [`kiso_alone`].
pub const ALONE: &str = "019984-mihon/10-jidoteate-kiso/assessment.yaml";
const KAIGO: &str = "019984-mihon/8-kaigo/assessment.yaml";
const KOKUHO: &str = "019984-mihon/9-kokuho/assessment.yaml";
const PUBLISHED: &str = "公表日: 令和7年3月14日\n";
const COUNTED_PEOPLE: &str = "1万人未満\n    いつ時点の計数か: 令和7年1月1日";
const RESULT: &str = "しきい値判断結果: 基礎項目評価の実施が義務付けられる";

/// Adds a 事務 with few people: nothing but a 基礎項目評価書.
pub fn kiso_alone(sandbox: &Sandbox) {
    let text = sandbox
        .text("019984-mihon/8-kaigo-kiso/assessment.yaml")
        .replace("評価書番号: \"8\"", "評価書番号: \"10\"")
        .replace("30万人以上", "1,000人以上1万人未満")
        .replace("基礎項目評価及び全項目評価の実施", "基礎項目評価の実施")
        .replace("基礎項目評価書及び全項目評価書", "基礎項目評価書")
        .replace(
            "全項目評価又は重点項目評価を実施する: はい",
            "最も優先度が高いと考えられる対策: 従業者に対する教育・啓発\n    当該対策は十分か【再掲】: 十分である\n    判断の根拠: 全ての職員が年に1回の研修を受けている。",
        )
        .replace("介護保険", "児童手当");
    sandbox.write(ALONE, text);
}

/// A case about a 基礎項目評価書 alone.
pub fn alone(code: &'static str, name: &'static str) -> Case {
    case(code, name).with(kiso_alone)
}

pub fn cases() -> Vec<Case> {
    vec![
        alone("THR-01", "result too low").edit(
            ALONE,
            RESULT,
            "しきい値判断結果: ‹特定個人情報保護評価の実施が義務付けられない›",
        ),
        case("THR-06", "one file with fewer people than the whole")
            .edit(
                KAIGO,
                "対象となる本人の数: 10万人以上100万人未満",
                "対象となる本人の数: ‹1万人以上10万人未満›",
            )
            .with(|s| {
                let whole = "対象となる本人の数: 10万人以上100万人未満\n              対象となる本人の範囲";
                s.replace(
                    KAIGO,
                    whole,
                    "対象となる本人の数: 1万人以上10万人未満\n              対象となる本人の範囲",
                );
            }),
        case("THR-06", "one file with more people than the whole").edit(
            KOKUHO,
            "対象となる本人の数: 10万人以上100万人未満",
            "対象となる本人の数: ‹100万人以上1,000万人未満›",
        ),
        alone("THR-10", "an incident of long ago")
            .edit(ALONE, PUBLISHED, "公表日: 令和7年3月14日\n管理情報:\n  重大事故の発生日: 令和6年8月31日\n")
            .edit(ALONE, "重大事故が発生したか: 発生なし", "重大事故が発生したか: ‹発生あり›"),
        alone("THR-11", "people counted after publication").edit(
            ALONE,
            COUNTED_PEOPLE,
            "1万人未満\n    いつ時点の計数か: ‹令和7年4月1日›",
        ),
        alone("THR-11", "both counted after publication")
            .edit(ALONE, "2025-01-01", "2025-04-01")
            .edit(ALONE, COUNTED_PEOPLE, "1万人未満\n    いつ時点の計数か: 令和7年4月1日")
            .points_at(ALONE, "公表日: ‹令和7年3月14日›"),
        alone("THR-12", "handlers counted long before publication").edit(ALONE, "2025-01-01", "‹2024-02-01›"),
        alone("THR-13", "voluntary")
            .edit(ALONE, RESULT, "しきい値判断結果: 特定個人情報保護評価の実施が義務付けられない")
            .edit(ALONE, "何人か: 1,000人以上1万人未満", "何人か: ‹1,000人未満（任意実施）›"),
        case("THR-15", "voluntary with very many people").edit(
            KAIGO,
            "しきい値判断結果: 基礎項目評価及び全項目評価の実施が義務付けられる",
            "しきい値判断結果: ‹基礎項目評価の実施が義務付けられる（任意に全項目評価を実施）›",
        ),
        case("THR-15", "voluntary although it is a duty").edit(
            KOKUHO,
            "しきい値判断結果: 基礎項目評価及び重点項目評価の実施が義務付けられる",
            "しきい値判断結果: ‹基礎項目評価の実施が義務付けられる（任意に重点項目評価を実施）›",
        ),
    ]
}

/// The codes of a check that begin so, each with its line.
fn told(sandbox: &Sandbox, code: &str) -> Vec<String> {
    let out = sandbox.run(&["check", "content", "--format", "short", "--as-of", DAY]).stdout;
    out.lines().filter(|line| line.contains(&format!("[{code}]"))).map(str::to_owned).collect()
}

#[test]
fn every_row_of_the_decision_table_is_known() {
    const NONE: &str = "特定個人情報保護評価の実施が義務付けられない";
    const BASIC: &str = "基礎項目評価の実施が義務付けられる";
    const PRIORITY: &str = "基礎項目評価及び重点項目評価の実施が義務付けられる";
    const FULL: &str = "基礎項目評価及び全項目評価の実施が義務付けられる";
    let table = [
        ("1,000人未満（任意実施）", [NONE, NONE, NONE, NONE]),
        ("1,000人以上1万人未満", [BASIC, BASIC, BASIC, BASIC]),
        ("1万人以上10万人未満", [BASIC, PRIORITY, PRIORITY, PRIORITY]),
        ("10万人以上30万人未満", [PRIORITY, FULL, FULL, FULL]),
        ("30万人以上", [FULL, FULL, FULL, FULL]),
    ];
    let facts = [
        ("500人未満", "発生なし"),
        ("500人以上", "発生なし"),
        ("500人未満", "発生あり"),
        ("500人以上", "発生あり"),
    ];
    let sandbox = Sandbox::new();
    kiso_alone(&sandbox);
    let text = sandbox.text(ALONE);
    let mut wrong = Vec::new();
    let mut number = 100;
    for (people, results) in table {
        for ((handlers, incident), right) in facts.into_iter().zip(results) {
            for chosen in [NONE, BASIC, PRIORITY, FULL] {
                let text = text
                    .replace("評価書番号: \"10\"", &format!("評価書番号: \"{number}\""))
                    .replace("何人か: 1,000人以上1万人未満", &format!("何人か: {people}"))
                    .replace("500人以上か: 500人未満", &format!("500人以上か: {handlers}"))
                    .replace("発生したか: 発生なし", &format!("発生したか: {incident}"))
                    .replace(RESULT, &format!("しきい値判断結果: {chosen}"));
                sandbox.write(&format!("019984-mihon/{number}-jimu/assessment.yaml"), text);
                if chosen != right {
                    wrong.push((format!("/{number}-jimu/"), right));
                }
                number += 1;
            }
        }
    }
    let found = told(&sandbox, "THR-01");
    assert_eq!(found.len(), wrong.len());
    for ((folder, right), line) in wrong.iter().zip(&found) {
        assert!(line.contains(folder) && line.contains(right), "{folder} {right}: {line}");
    }
}

#[test]
fn what_is_missing_says_nothing() {
    let sandbox = Sandbox::new();
    kiso_alone(&sandbox);
    sandbox.replace(ALONE, "何人か: 1,000人以上1万人未満", "何人か: 10万人以上30万人未満");
    sandbox.replace(ALONE, "500人以上か: 500人未満", "500人以上か:");
    assert_eq!(told(&sandbox, "THR-01"), Vec::<String>::new());
}

#[test]
fn an_incident_within_the_period_is_no_news() {
    let sandbox = Sandbox::new();
    kiso_alone(&sandbox);
    sandbox.replace(ALONE, "発生したか: 発生なし", "発生したか: 発生あり");
    sandbox.replace(
        ALONE,
        PUBLISHED,
        "公表日: 令和7年3月14日\n管理情報:\n  重大事故の発生日: 令和6年9月1日\n",
    );
    assert_eq!(told(&sandbox, "THR-10"), Vec::<String>::new());
}

#[test]
fn several_files_together_may_have_enough_people() {
    const TEN: &str = "対象となる本人の数: 10万人以上100万人未満";
    let sandbox = Sandbox::new();
    let text = sandbox.text(KAIGO);
    let (before, rest) = text.split_once("特定個人情報ファイル:\n  - ").unwrap();
    let (file, after) = rest.split_once("\n特定個人情報ファイル記録項目:").unwrap();
    let few = file.replacen(TEN, "対象となる本人の数: 1万人以上10万人未満", 1);
    let with = |files: &[&str]| {
        let list = format!("  - {}\n", files.join("\n  - "));
        sandbox.write(
            KAIGO,
            format!("{before}特定個人情報ファイル:\n{list}\n特定個人情報ファイル記録項目:{after}"),
        );
        told(&sandbox, "THR-06").len()
    };
    assert_eq!(with(&[file, &few]), 0);
    assert_eq!(with(&[&few, &few, &few]), 1);
    assert_eq!(with(&[&few, &few, &few, &few]), 0);
}
