//! 検査の例外.

use super::case::{Case, case};
use super::support::Sandbox;

const KAIGO: &str = "019984-mihon/8-kaigo/assessment.yaml";
const KISO: &str = "019984-mihon/8-kaigo-kiso/assessment.yaml";
/// A finding to be accepted: FORM-06.
const SLIP: (&str, &str) = (
    "適切な取扱いの確保: 再委託していない",
    "適切な取扱いの確保:\n          選択: 十分に行っている\n          具体的な方法: 報告を受ける。",
);
const HEAD: &str = "公表日: 令和7年3月14日\n";

fn with(entry: &str) -> String {
    format!("{HEAD}\n検査の例外:\n{entry}")
}

pub fn cases() -> Vec<Case> {
    vec![
        case("EXC-01", "nothing to accept").edit(
            KISO,
            HEAD,
            &with("  - ‹検査›: FORM-06\n    項目: Ⅰ.5.① 部署\n    理由: 確認済み\n    日付: 令和7年3月1日\n    判断した人: 総務課長\n"),
        ),
        case("EXC-02", "nobody has decided").edit(
            KISO,
            HEAD,
            &with("  - ‹検査›: FORM-06\n    項目: Ⅰ.5.① 部署\n    理由: 確認済み\n"),
        ),
        case("EXC-02", "no such rule").edit(
            KISO,
            HEAD,
            &with("  - 検査: ‹FORM-99›\n    理由: 確認済み\n    日付: 令和7年3月1日\n    判断した人: 総務課長\n"),
        ),
        case("EXC-03", "a rule without exceptions").edit(
            KISO,
            HEAD,
            &with("  - 検査: ‹EXC-01›\n    理由: 確認済み\n    日付: 令和7年3月1日\n    判断した人: 総務課長\n"),
        ),
    ]
}

#[test]
fn an_exception_silences_exactly_its_finding_and_is_counted() {
    let sandbox = Sandbox::new();
    sandbox.replace(KAIGO, SLIP.0, SLIP.1);
    let entry = "  - 検査: FORM-06\n    項目: Ⅲ.4 再委託先による特定個人情報ファイルの適切な取扱いの確保\n    理由: 令和6年度まで再委託していたため。\n    日付: 令和7年3月1日\n    判断した人: 介護保険課長\n";
    sandbox.replace(KAIGO, HEAD, &with(entry));
    let run = sandbox.run(&["check", "content", "--as-of", super::case::DAY]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""));
}
