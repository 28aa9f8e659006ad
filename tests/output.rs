//! What the program says: the formats of findings, the summary, the explanation of rules.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where something is wrong")]

mod support;

use serde_json::Value;
use support::Sandbox;

const KISO: &str = "019984-mihon/8-kaigo-kiso/assessment.yaml";
const FULL: &str = "019984-mihon/8-kaigo/assessment.yaml";
const CHANGES: &str = "019984-mihon/8-kaigo-kiso/changes.yaml";
const DAY: &str = "2025-09-01";
const HEAD: &str = "公表日: 令和7年3月14日\n";

/// The base content with an error that has a second place, a warning with a suggestion, and findings in rows of 変更箇所.
fn broken() -> Sandbox {
    let sandbox = Sandbox::new();
    contradict(&sandbox);
    sandbox.replace(KISO, "公表日: 令和7年3月14日", "公表日: 2025/3/14");
    sandbox.replace(KISO, "[自己点検,", "[自己点険,");
    sandbox.replace(CHANGES, "Ⅰ.5.① 部署", "庁舎の移転");
    sandbox
}

/// FORM-06.
fn contradict(sandbox: &Sandbox) {
    sandbox.replace(
        FULL,
        "適切な取扱いの確保: 再委託していない",
        "適切な取扱いの確保:\n          選択: 十分に行っている\n          具体的な方法: 報告を受ける。",
    );
}

/// Accepts FORM-06.
fn accept(sandbox: &Sandbox) {
    let entry = "検査の例外:\n  - 検査: FORM-06\n    項目: Ⅲ.4 再委託先による特定個人情報ファイルの適切な取扱いの確保\n    理由: 令和6年度まで再委託していたため。\n    日付: 令和7年3月1日\n    判断した人: 介護保険課長\n";
    sandbox.replace(FULL, HEAD, &format!("{HEAD}\n{entry}"));
}

fn check(sandbox: &Sandbox, format: &str) -> support::Run {
    sandbox.run(&["check", "content", "--as-of", DAY, "--format", format])
}

fn sarif(sandbox: &Sandbox) -> Value {
    let run = check(sandbox, "sarif");
    assert_eq!(run.stderr, "");
    serde_json::from_str(&run.stdout).unwrap()
}

fn results(log: &Value) -> &[Value] {
    log["runs"][0]["results"].as_array().unwrap()
}

fn result<'l>(log: &'l Value, code: &str) -> &'l Value {
    results(log).iter().find(|r| r["ruleId"] == code).unwrap_or_else(|| panic!("no {code} in {log:#}"))
}

#[test]
fn sarif_is_valid_against_the_published_schema() {
    // The pattern of a language has a bracket too many: not every reader of regular expressions takes it.
    let schema = include_str!("schemas/sarif-schema-2.1.0.json").replace("{2}]?$", "{2}$");
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    let accepted = broken();
    accept(&accepted);
    let unreadable = Sandbox::new();
    unreadable.remove(KISO);
    unreadable.write(FULL, b"\x82\xA0");
    for sandbox in [Sandbox::new(), broken(), accepted, unreadable] {
        let log = sarif(&sandbox);
        let wrong: Vec<_> =
            validator.iter_errors(&log).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
    assert!(!validator.is_valid(&serde_json::json!({ "version": "2.1.0" })), "the schema says nothing");
}

#[test]
fn sarif_says_where_and_what() {
    let log = sarif(&broken());
    let run = &log["runs"][0];
    assert_eq!(
        (&run["columnKind"], &run["invocations"][0]["executionSuccessful"]),
        (&"unicodeCodePoints".into(), &true.into())
    );
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for found in results(&log) {
        let rule = &rules[usize::try_from(found["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], found["ruleId"]);
    }
    let found = result(&log, "FORM-06");
    assert_eq!(found["level"], "error");
    let place = &found["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], format!("content/{FULL}"));
    assert_eq!(place["artifactLocation"]["uriBaseId"], "%SRCROOT%");
    assert_eq!(found["locations"][0]["logicalLocations"][0]["fullyQualifiedName"], "iii.4.resub-assurance");
    assert_eq!(found["relatedLocations"][0]["message"]["text"], "ここでは再委託しないと書かれています");
    let region = &place["region"];
    let width = region["endColumn"].as_u64().unwrap() - region["startColumn"].as_u64().unwrap();
    assert_eq!(width, "十分に行っている".chars().count() as u64);

    let date = result(&log, "VAL-04");
    assert_eq!(date["level"], "warning");
    let replacement = &date["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(replacement["insertedContent"]["text"], "2025-03-14");
    assert_eq!(replacement["deletedRegion"], date["locations"][0]["physicalLocation"]["region"]);
}

#[test]
fn sarif_recognises_a_finding_after_lines_have_moved() {
    let sandbox = broken();
    let prints = |log: &Value| -> Vec<Value> {
        results(log).iter().map(|r| r["partialFingerprints"].clone()).collect()
    };
    let before = sarif(&sandbox);
    for file in [FULL, KISO, CHANGES] {
        let text = sandbox.text(file);
        sandbox.write(file, format!("# 一行\n# 二行\n{text}"));
    }
    let after = sarif(&sandbox);
    assert_ne!(before, after);
    assert_eq!(prints(&before), prints(&after));
    let mut all: Vec<_> = prints(&before).iter().map(Value::to_string).collect();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), results(&before).len(), "two findings with one fingerprint");
}

#[test]
fn sarif_keeps_what_a_person_accepts_with_the_reason() {
    let sandbox = Sandbox::new();
    contradict(&sandbox);
    let open = result(&sarif(&sandbox), "FORM-06").clone();
    assert_eq!(open["suppressions"], Value::Null);
    accept(&sandbox);
    let log = sarif(&sandbox);
    let found = result(&log, "FORM-06");
    let reason = "令和6年度まで再委託していたため。（令和7年3月1日、介護保険課長）";
    assert_eq!(found["suppressions"][0]["kind"], "inSource");
    assert_eq!(found["suppressions"][0]["justification"], reason);
    assert_eq!(found["partialFingerprints"], open["partialFingerprints"]);
}

#[test]
fn json_names_item_row_and_other_places() {
    let run = check(&broken(), "json");
    let all: Vec<Value> = serde_json::from_str(&run.stdout).unwrap();
    let of = |code: &str| all.iter().find(|d| d["code"] == code).unwrap();
    let found = of("FORM-06");
    assert_eq!(found["id"], "iii.4.resub-assurance");
    assert_eq!((&found["row"], &found["aliases"]), (&Value::Null, &serde_json::json!(["R22"])));
    assert_eq!(found["related"][0]["note"], "ここでは再委託しないと書かれています");
    assert!(found["related"][0]["line"].as_u64() < found["line"].as_u64());
    let keys: Vec<_> = found.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "code",
            "severity",
            "file",
            "line",
            "column",
            "end_column",
            "ref",
            "label",
            "message",
            "expected",
            "help",
            "suggestion",
            "id",
            "row",
            "related",
            "title",
            "aliases"
        ]
    );
}

#[test]
fn github_gets_one_command_a_finding() {
    let sandbox = broken();
    let run = check(&sandbox, "github");
    assert_eq!((run.code, run.stderr.as_str()), (1, ""));
    let short = check(&sandbox, "short");
    assert_eq!(run.stdout.lines().count(), short.stdout.lines().count());
    let line = run.stdout.lines().find(|l| l.contains("FORM-06")).unwrap();
    let start = format!("::error file=content/{FULL},line=");
    assert!(line.starts_with(&start) && line.contains("title=FORM-06 再委託"), "{line}");
    assert!(line.contains("%0A対応: ") && line.contains("%0A関係する行: "), "{line}");
    assert!(
        run.stdout.contains(&format!("::warning file=content/{KISO},line=8,endLine=8,col=6,endColumn=15,")),
        "{}",
        run.stdout
    );
}

#[test]
fn the_summary_tells_documents_apart() {
    let run = check(&broken(), "short");
    insta::assert_snapshot!(run.stderr, @r"
    content/019984-mihon/8-kaigo「介護保険に関する事務 全項目評価書」: 誤り 1・注意 0・参考 0・例外 0（公表できません）
    content/019984-mihon/8-kaigo-kiso「介護保険に関する事務 基礎項目評価書」: 誤り 1・注意 2・参考 0・例外 0（公表できません）
    評価書 4 件を検査しました: 誤り 2 件、注意 2 件
    ");
}

#[test]
fn accepted_findings_are_counted() {
    let sandbox = Sandbox::new();
    contradict(&sandbox);
    accept(&sandbox);
    let run = check(&sandbox, "human");
    assert_eq!((run.code, run.stdout.as_str()), (0, ""));
    insta::assert_snapshot!(run.stderr, @r"
    content/019984-mihon/8-kaigo「介護保険に関する事務 全項目評価書」: 誤り 0・注意 0・参考 0・例外 1（公表できます）
    評価書 4 件を検査しました: 指摘はありません（検査の例外 1 件）
    ");
    sandbox.replace(KISO, "公表日: 令和7年3月14日", "公表日: 2025/3/14");
    let warned = check(&sandbox, "human").stderr;
    assert!(
        warned.ends_with("評価書 4 件を検査しました: 誤りはありません（注意 1 件、検査の例外 1 件）\n"),
        "{warned}"
    );
}

#[test]
fn a_file_beside_the_documents_has_a_line_of_its_own() {
    let sandbox = Sandbox::new();
    sandbox.replace("019984-mihon/municipality.yaml", "kana:", "読みかた:");
    let run = check(&sandbox, "short");
    assert!(run.stderr.starts_with("content/019984-mihon/municipality.yaml: 誤り 1・"), "{}", run.stderr);
}

#[test]
fn a_build_says_the_same() {
    let sandbox = broken();
    let run = sandbox.run(&["build", "--as-of", DAY]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains(&check(&sandbox, "short").stderr), "{}", run.stderr);
}

#[test]
fn a_rule_is_explained_by_code_and_by_alias() {
    let sandbox = Sandbox::empty();
    let run = sandbox.run(&["explain", "val-04"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    insta::assert_snapshot!(run.stdout, @r"
    VAL-04 日付の書き方

    重さ
      注意（公表はできるが、確かめる）

    確かさ
      A（法令・様式などの原文で確かめたもの、又はこのプログラムの書き方の決まり）

    なぜ必要か
      「令和1年」や改元後の「平成31年5月」のような書き方でも読めるが、読み手が別の日と取り違えるおそれがある。

    根拠
      この書き方の決まり（日付）

    直し方
      示された書き方に直す。kohyo check --fix で直せる。

    誤りの例
      公表日: 令和1年6月3日

    正しい例
      公表日: 令和元年6月3日

    検査の例外
      理由・日付・判断した人を書いて、例外にできる
    ");
    assert_eq!(sandbox.run(&["explain", "r22"]).stdout, sandbox.run(&["explain", "FORM-06"]).stdout);
    let two = sandbox.run(&["explain", "REQ-01", "EXC-01"]).stdout;
    assert!(
        two.starts_with("REQ-01 ") && two.contains("\n\nEXC-01 ") && two.contains("例外にできない"),
        "{two}"
    );
    let section = sandbox.run(&["explain", "REQ-01", "--format", "markdown"]).stdout;
    assert!(section.starts_with("### REQ-01 ") && section.contains("```yaml"), "{section}");
}

#[test]
fn an_unknown_code_gets_a_guess() {
    let sandbox = Sandbox::empty();
    let run = sandbox.run(&["explain", "FROM-06"]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("「FROM-06」という検査規則はありません\n「FORM-06」"), "{}", run.stderr);
    assert_eq!(sandbox.run(&["explain"]).code, 2);
    assert_eq!(sandbox.run(&["explain", "--all", "REQ-01"]).code, 2);
}

#[test]
fn all_rules_are_listed() {
    let run = Sandbox::empty().run(&["explain", "--all"]);
    assert_eq!(run.code, 0);
    for rule in kohyo::rules::catalogue().all() {
        assert!(run.stdout.contains(&format!("  {}", rule.code)), "{}", rule.code);
    }
}

/// The reference is made from the catalogue. Where this fails:
/// `cargo run -q --no-default-features -- explain --all --format markdown > docs/rules.md`
#[test]
fn the_reference_of_rules_is_current() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
    let written = String::from_utf8(kohyo::fs::read(&path).unwrap()).unwrap();
    assert!(
        written == kohyo::rules::explain::reference(),
        "docs/rules.md is not current; make it again: \
         cargo run -q --no-default-features -- explain --all --format markdown > docs/rules.md"
    );
}
