//! 意見募集: a hearing that pages announce.

use super::case::{Case, DAY, case};
use super::support::Sandbox;

const KAIGO: &str = "019984-mihon/8-kaigo/assessment.yaml";
const PUBLISHED: &str = "公表日: 令和7年3月14日\n";

fn call(code: &'static str, name: &'static str, call: &str) -> Case {
    case(code, name).edit(KAIGO, PUBLISHED, &format!("{PUBLISHED}\n{call}\n"))
}

fn with(from: &str, to: &str, destination: &str) -> String {
    format!("意見募集:\n  開始日: {from}\n  終了日: {to}\n  宛先: {destination}")
}

pub fn cases() -> Vec<Case> {
    let mail = "iken@city.mihon.example.lg.jp";
    let (from, to) = ("令和8年12月1日", "令和9年1月8日");
    vec![
        call(
            "HEAR-12",
            "nowhere to send an opinion",
            "‹意見募集›:\n  開始日: 令和8年12月1日\n  終了日: 令和9年1月8日",
        ),
        call("HEAR-12", "nothing but a note", "‹意見募集›:\n  説明: 市役所で案を見られます。"),
        call("HEAR-13", "over before it begins", &with(from, "‹令和8年1月8日›", mail)),
        call(
            "HEAR-14",
            "an address with a full-width sign",
            &with(from, to, "‹iken＠city.mihon.example.lg.jp›"),
        ),
        call("HEAR-14", "an office", &with(from, to, "‹総務課›")),
        call("VAL-01", "a hearing as a word", "意見募集: ‹募集中›"),
        call("VAL-03", "a month without a day", &with("‹令和8年12月›", to, mail)),
        call(
            "KEY-02",
            "an unknown part of a hearing",
            &format!("{}\n  ‹期日›: 令和9年1月8日", with(from, to, mail)),
        ),
    ]
}

#[test]
fn a_hearing_that_is_complete_is_no_slip() {
    let note = "\n  説明: |\n    案は市役所で見られます。";
    for text in [
        "意見募集:".to_owned(),
        with("令和8年12月1日", "2027-01-08", "iken@city.mihon.example.lg.jp") + note,
        with("令和8年12月1日", "令和8年12月1日", "https://www.city.mihon.example.lg.jp/iken?item={項目}"),
    ] {
        let sandbox = Sandbox::new();
        sandbox.replace(KAIGO, PUBLISHED, &format!("{PUBLISHED}\n{text}\n"));
        let run = sandbox.run(&["check", "content", "--as-of", DAY]);
        assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{text}");
    }
}
