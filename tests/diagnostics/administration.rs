//! 管理情報: facts that the form does not ask.

use super::case::{Case, DAY, case};
use super::support::Sandbox;

const KAIGO: &str = "019984-mihon/8-kaigo/assessment.yaml";
const PUBLISHED: &str = "公表日: 令和7年3月14日\n";

fn with(facts: &str) -> String {
    format!("{PUBLISHED}\n管理情報:{facts}\n")
}

fn fact(code: &'static str, name: &'static str, facts: &str) -> Case {
    case(code, name).edit(KAIGO, PUBLISHED, &with(facts))
}

pub fn cases() -> Vec<Case> {
    vec![
        fact("VAL-01", "facts as a word", " ‹修正›"),
        fact("VAL-01", "facts as a list", "\n  ‹- 実施区分: 修正›"),
        fact("VAL-01", "a fact with parts", "\n  直近の見直し日:\n    ‹年: 令和8年›"),
        fact(
            "VAL-01",
            "agencies as a mapping",
            "\n  共同で実施する評価実施機関:\n    ‹教育: みほん市教育委員会›",
        ),
        fact("KEY-02", "unknown fact", "\n  ‹直近の見直しの日付›: 令和7年8月1日"),
        fact("KEY-01", "fact twice", "\n  実施区分: 修正\n  ‹実施区分›: 修正"),
        fact("VAL-02", "unknown occasion", "\n  実施区分: ‹改訂›"),
        fact("VAL-03", "impossible date", "\n  直近の見直し日: ‹令和7年2月30日›"),
        fact("VAL-03", "date without a day", "\n  直近の見直し日: ‹令和7年2月›"),
        fact("VAL-04", "date with slashes", "\n  直近の見直し日: ‹2025/8/1›"),
    ]
}

#[test]
fn several_slips_are_told_at_once() {
    let sandbox = Sandbox::new();
    let facts = "\n  実施区分: 更新\n  直近の見直し日: 未定\n  重大事故の日: 令和6年1月1日\n  事務の終了日: 令和9年13月1日";
    sandbox.replace(KAIGO, PUBLISHED, &with(facts));
    let out = sandbox.run(&["check", "content", "--format", "short", "--as-of", DAY]).stdout;
    let told: Vec<_> = out
        .lines()
        .map(|line| {
            let place = line.split(": ").next().unwrap_or_default().rsplit("assessment.yaml:").next();
            let code = line.split(['[', ']']).nth(1);
            (place.unwrap_or_default(), code.unwrap_or_default())
        })
        .collect();
    assert_eq!(
        told,
        [("11:9", "VAL-02"), ("12:12", "VAL-03"), ("13:3", "KEY-02"), ("14:11", "VAL-03")],
        "{out}"
    );
}

#[test]
fn no_facts_are_no_slip() {
    for facts in ["", "\n  実施区分:", " {}"] {
        let sandbox = Sandbox::new();
        sandbox.replace(KAIGO, PUBLISHED, &with(facts));
        let run = sandbox.run(&["check", "content", "--as-of", DAY]);
        assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{facts}");
    }
}
