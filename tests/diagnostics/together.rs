//! Many faults at once: all of them are found in one run, in the order of files and lines, in every format.

use crate::support::Sandbox;

const CITY: &str = "019984-mihon/municipality.yaml";
const KISO: &str = "019984-mihon/8-kaigo-kiso/assessment.yaml";
const CHANGES: &str = "019984-mihon/8-kaigo-kiso/changes.yaml";
const FULL: &str = "019984-mihon/8-kaigo/assessment.yaml";
const PROSE: &str = "019984-mihon/8-kaigo/tsukaikata.md";

/// A content folder with a fault of nearly every kind, in five files.
fn broken() -> Sandbox {
    let sandbox = Sandbox::new();
    let edits = [
        (CITY, "kana:", "読みかた:"),
        (KISO, "公表日: 令和7年3月14日", "公表日: 令和7年2月30日"),
        (KISO, "事務の概要:", "事務の慨要:"),
        (KISO, "実施の有無: 実施する", "実施の有無: 実施予定"),
        (KISO, "    部署: 福祉部介護保険課", "    部署:"),
        (KISO, "[自己点検, 内部監査]", "[自己点検, 内部監察, 自己点検]"),
        (KISO, "評価を実施する: はい", "評価を実施する: はい\n    判断の根拠: 全項目評価による。"),
        (CHANGES, "提出時期: 事後", "提出時期: 事後\n  提出時期: 事前"),
        (CHANGES, "Ⅰ.5.① 部署", "庁舎の移転"),
        (FULL, "    対象人数: 30万人以上", "    対象人数: 30万人以上\n    使用部署: 介護保険課"),
        (FULL, "figures/nagare.svg", "figures/nagara.svg"),
        (FULL, "件数: 1", "件数: 2"),
        (
            FULL,
            "発生したか: 発生なし",
            "発生したか:\n            選択: 発生なし\n            その内容: 誤送付",
        ),
        (FULL, "保有開始日: 平成28年1月", "保有開始日: 平成31年5月"),
        (FULL, "使用開始日: 平成28年1月1日", "使用開始日: 令和元年5月7日"),
        (PROSE, "# Ⅱ.3.⑧ 情報の突合", "# Ⅱ.3.⑩ 照らし合わせ"),
        (PROSE, "[[Ⅱ.3.⑥ 使用目的]]", "[[使いみち]]"),
    ];
    for (file, from, to) in edits {
        sandbox.replace(file, from, to);
    }
    // The last fault of a file: what stands behind it cannot be read, what stands before it is still checked.
    sandbox.write(
        "139980-tameshi/municipality.yaml",
        "code: \"139981\"\nname: \"ためし市\nprefecture: 東京都\n",
    );
    sandbox
}

#[test]
fn all_findings_of_one_run_in_order() {
    let run = broken().run(&["check", "content", "--format", "short"]);
    assert_eq!(run.code, 1);
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("together-short", format!("{}{}", run.stdout, run.stderr));
    });
    let places: Vec<_> = run.stdout.lines().map(place).collect();
    assert!(places.len() >= 16, "{}", run.stdout);
    assert!(places.is_sorted(), "{}", run.stdout);
}

fn place(line: &str) -> (&str, usize, usize) {
    let mut parts = line.splitn(4, ':');
    let file = parts.next().unwrap();
    let mut number = || parts.next().unwrap().parse().unwrap();
    (file, number(), number())
}

#[test]
fn json_has_the_same_findings() {
    let sandbox = broken();
    let run = sandbox.run(&["check", "content", "--format", "json"]);
    assert_eq!((run.code, run.stderr.as_str()), (1, ""));
    let all: Vec<serde_json::Value> = serde_json::from_str(&run.stdout).unwrap();
    let short = sandbox.run(&["check", "content", "--format", "short"]).stdout;
    for (found, line) in all.iter().zip(short.lines()) {
        assert!(line.starts_with(found["file"].as_str().unwrap()), "{line}");
        assert!(line.contains(&format!("[{}]", found["code"].as_str().unwrap())), "{line}");
    }
    assert_eq!(all.len(), short.lines().count());
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("together-json", run.stdout);
    });
}

/// Findings do not depend on the number of threads that look for them.
#[test]
fn every_run_says_the_same() {
    let sandbox = broken();
    let first = sandbox.run(&["check", "content"]).stdout;
    for _ in 0..3 {
        assert_eq!(sandbox.run(&["check", "content"]).stdout, first);
    }
}

#[test]
fn a_path_narrows_what_is_checked() {
    let sandbox = broken();
    let run = sandbox.run(&["check", "content/019984-mihon/8-kaigo", "--format", "short"]);
    assert_eq!(run.code, 1);
    assert!(run.stdout.lines().all(|l| l.starts_with("content/019984-mihon/8-kaigo/")), "{}", run.stdout);
    let total = run.stderr.lines().last().unwrap_or_default();
    assert!(total.starts_with("評価書 1 件を検査しました"), "{}", run.stderr);
}

#[test]
fn the_exit_code_tells_errors_from_warnings_and_from_failure() {
    let sandbox = Sandbox::new();
    assert_eq!(sandbox.run(&["check", "content"]).code, 0);
    sandbox.replace(FULL, "保有開始日: 平成28年1月", "保有開始日: 平成31年5月");
    sandbox.replace(FULL, "使用開始日: 平成28年1月1日", "使用開始日: 令和元年5月7日");
    let warned = sandbox.run(&["check", "content"]);
    assert_eq!(warned.code, 0, "a warning alone is no failure\n{}", warned.stdout);
    assert!(warned.stderr.contains("注意 1 件"), "{}", warned.stderr);
    sandbox.replace(KISO, "公表日: 令和7年3月14日", "公表日: 未定");
    assert_eq!(sandbox.run(&["check", "content"]).code, 1);
    let nowhere = sandbox.run(&["check", "nowhere"]);
    assert_eq!((nowhere.code, nowhere.stdout.as_str()), (2, ""));
    assert!(nowhere.stderr.contains("nowhere が見つかりません"), "{}", nowhere.stderr);
    assert_eq!(sandbox.run(&["check", "--format", "xml"]).code, 2);
}
