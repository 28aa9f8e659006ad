//! `kohyo changes` in a real repository: the rows that are drafted are those that a person would write, and a row that is left out,
//! invented, altered or rewritten is found at its line.

#![allow(clippy::unwrap_used, reason = "tests, in functions of their own")]

mod support;

use support::Sandbox;
use support::repository::Repository;

const FORM: &str = "019984-mihon/8-kaigo/assessment.yaml";
const ROWS: &str = "019984-mihon/8-kaigo/changes.yaml";

/// A repository with the base content as it was published, and a version in preparation on a branch.
fn prepared() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.replace("site.yaml", "as_of: 2025-09-01\n", "");
    let repository = Repository::around(&sandbox);
    repository.commit("2025-03-01", "published");
    repository.git(&["switch", "--quiet", "--create", "kaitei"]);
    sandbox.replace(FORM, "公表日: 令和7年3月14日", "公表日: 令和7年10月1日");
    // A text with ※, a choice, boxes, and a system that is put in before another.
    sandbox.replace(FORM, "3. 保険料の賦課と徴収", "3. 保険料の賦課、徴収及び還付");
    sandbox.replace(FORM, "対象人数: 30万人以上", "対象人数: 10万人以上30万人未満");
    sandbox.replace(
        FORM,
        "- その他: 認定審査会支援システム",
        "- その他: 認定審査会支援システム、電子申請システム",
    );
    sandbox.replace(
        FORM,
        "    - システムの名称: 中間サーバー\n",
        "    - システムの名称: 電子申請システム\n      システムの機能: 申請を受け付ける。\n      他のシステムとの接続: [庁内連携システム]\n    - システムの名称: 中間サーバー\n",
    );
    sandbox.replace(FORM, "所属長の役職名: 介護保険課長", "所属長の役職名: 高齢者支援課長");
    sandbox
}

fn draft(sandbox: &Sandbox) -> support::Run {
    let run = sandbox.run(&["changes", "draft", "--as-of", "2025-08-01"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    run
}

fn check(sandbox: &Sandbox) -> Vec<String> {
    let run = sandbox.run(&["changes", "check", "--as-of", "2025-08-01", "--format", "short"]);
    run.stdout.lines().map(str::to_owned).collect()
}

/// The rows after those that were there: 項目, 変更前の記載, 変更後の記載, 提出時期.
fn rows(text: &str, known: usize) -> Vec<[String; 4]> {
    let all: Vec<serde_yaml::Value> = serde_yaml::from_str(text).unwrap();
    let column = |row: &serde_yaml::Value, key: &str| row[key].as_str().unwrap().trim().to_owned();
    let row = |row: &serde_yaml::Value| {
        assert_eq!(column(row, "変更日"), "令和7年10月1日");
        ["項目", "変更前の記載", "変更後の記載", "提出時期"].map(|key| column(row, key))
    };
    all[known..].iter().map(row).collect()
}

/// What an officer fills in.
fn fill_in(sandbox: &Sandbox) {
    let text = sandbox.text(ROWS);
    let lines = text.lines().map(|line| match line.split_once(": 【要記入】") {
        Some((key, _)) if key.trim() == "重要な変更の判断" => {
            format!("{key}: リスクを明らかに軽減させる変更")
        }
        Some((key, _)) => format!("{key}: リスクを明らかに軽減させる変更であり、重要な変更に当たらない。"),
        None => line.to_owned(),
    });
    let text: String = lines.map(|line| line + "\n").collect();
    sandbox.write(ROWS, text);
}

#[test]
fn the_drafted_rows_are_those_that_a_person_would_write() {
    let sandbox = prepared();
    let before = sandbox.text(ROWS);
    let known = serde_yaml::from_str::<Vec<serde_yaml::Value>>(&before).unwrap().len();
    let run = draft(&sandbox);
    let after = sandbox.text(ROWS);
    assert!(after.starts_with(&before), "the published rows stay byte for byte");
    let task = "介護保険法に基づき、次の事務を行う。\n\n1. 被保険者の資格の管理\n2. 要介護認定\n3. ";
    let expected = [
        [
            "Ⅰ.1.② 事務の内容",
            &format!("{task}保険料の賦課と徴収"),
            &format!("{task}保険料の賦課、徴収及び還付"),
            "事前",
        ],
        ["Ⅰ.1.③ 対象人数", "30万人以上", "10万人以上30万人未満", "事後"],
        [
            "Ⅰ.2.システム1.③ 他のシステムとの接続",
            "・庁内連携システム\n・その他（認定審査会支援システム）",
            "・庁内連携システム\n・その他（認定審査会支援システム、電子申請システム）",
            "事後",
        ],
        [
            "Ⅰ.2.システム2",
            "記載なし",
            "① システムの名称：電子申請システム\n\n② システムの機能：申請を受け付ける。\n\n③ 他のシステムとの接続：\n\n・庁内連携システム",
            "事後",
        ],
        ["Ⅰ.7.② 所属長の役職名", "介護保険課長", "高齢者支援課長", "事後"],
    ];
    assert_eq!(rows(&after, known), expected.map(|row| row.map(str::to_owned)));
    assert!(run.stdout.contains("※ Ⅰ.1.② 事務の内容"), "{}", run.stdout);
    // Twice is once.
    draft(&sandbox);
    assert_eq!(sandbox.text(ROWS), after);
    // Blanks keep it from being published; filled in, nothing is wrong.
    let blanks = check(&sandbox);
    assert!(blanks.iter().any(|line| line.contains("CHG-31")), "{blanks:?}");
    fill_in(&sandbox);
    let left: Vec<_> =
        check(&sandbox).into_iter().filter(|line| line.contains("誤り") || line.contains("CHG-03")).collect();
    assert_eq!(left, [] as [&str; 0]);
}

/// The line of a text in a file of the content, from 1.
fn line_of(sandbox: &Sandbox, file: &str, text: &str) -> usize {
    let all = sandbox.text(file);
    let at = all.find(text).unwrap_or_else(|| panic!("{text} is not in {file}"));
    all[..at].matches('\n').count() + 1
}

#[track_caller]
fn assert_found(sandbox: &Sandbox, code: &str, file: &str, line: usize) {
    let found = check(sandbox);
    let place = format!("content/{file}:{line}:");
    let is_there = found.iter().any(|told| told.starts_with(&place) && told.contains(&format!("[{code}]")));
    assert!(is_there, "{code} is not at {place}\n{}", found.join("\n"));
}

#[test]
fn what_is_left_out_invented_altered_or_rewritten_is_found_at_its_line() {
    let sandbox = prepared();
    draft(&sandbox);
    fill_in(&sandbox);
    let whole = sandbox.text(ROWS);
    // Left out.
    let start = whole.find("- 変更日: 令和7年10月1日\n  項目: Ⅰ.1.③ 対象人数").unwrap();
    let end = start + 1 + whole[start + 1..].find("- 変更日:").unwrap();
    sandbox.write(ROWS, format!("{}{}", &whole[..start], &whole[end..]));
    assert_found(&sandbox, "CHG-01", FORM, line_of(&sandbox, FORM, "対象人数: 10万人"));
    // Invented.
    let row = "- 変更日: 令和7年10月1日\n  項目: Ⅰ.4.① 事務実施上の必要性\n  変更前の記載: 前の記載\n  変更後の記載: 後の記載\n  提出時期: 事後\n  提出時期に係る説明: 文言の修正\n";
    sandbox.write(ROWS, format!("{whole}{row}"));
    assert_found(&sandbox, "CHG-02", ROWS, line_of(&sandbox, ROWS, "Ⅰ.4.①"));
    // Altered: it does not quote the document.
    sandbox.write(ROWS, whole.replace("変更前の記載: 介護保険課長", "変更前の記載: 高齢福祉課長"));
    assert_found(&sandbox, "CHG-03", ROWS, line_of(&sandbox, ROWS, "高齢福祉課長"));
    // A row that is public already, rewritten and dropped.
    sandbox
        .write(ROWS, whole.replace("組織の名称の変更であり、重要な変更に当たらない。", "組織改正による変更"));
    assert!(check(&sandbox).iter().any(|line| line.contains("[CHG-20]") && line.contains("changes.yaml:")));
    let first = whole.find("- 変更日:").unwrap();
    let second = first + 1 + whole[first + 1..].find("- 変更日:").unwrap();
    sandbox.write(ROWS, format!("{}{}", &whole[..first], &whole[second..]));
    assert!(check(&sandbox).iter().any(|line| line.contains("[CHG-20]")));
    // The edits undone, every row tells of nothing.
    sandbox.write(ROWS, &whole);
    Repository::of(&sandbox).git(&["checkout", "--quiet", "HEAD", "--", &format!("content/{FORM}")]);
    let idle = check(&sandbox).iter().filter(|line| line.contains("[CHG-02]")).count();
    assert_eq!(idle, 5);
}
