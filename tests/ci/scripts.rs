//! The shell of the flow, run as it stands in the files.

use std::path::Path;
use std::process::Command;

use sha2::{Digest as _, Sha256};

use crate::recipes::{CHECK, PUBLISH, github_step, gitlab_step};
use crate::runner::{DOCUMENT, Runner};
use crate::support::repository::Repository;

#[test]
fn a_change_without_a_row_is_marked_in_its_line() {
    let runner = Runner::new();
    runner.edit();
    runner.commit();
    let run = runner.run(&github_step(CHECK, "check"), &[]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let file = format!("::error file=content/{DOCUMENT}/assessment.yaml,line=28,");
    let mark = run.stdout.lines().find(|line| line.contains("title=CHG-01")).unwrap();
    assert!(mark.starts_with(&file), "{mark}");
    let run = runner.run(&github_step(CHECK, "review"), &[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(runner.left("review.html").contains("健康"));
    assert!(runner.left("review.md").starts_with("## 公表前の確認: ⛔"));
    assert_eq!(runner.outside_text("summary"), runner.left("review.md"));
    let sarif: serde_json::Value = serde_json::from_str(&runner.left("kohyo.sarif")).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
}

#[test]
fn a_change_with_its_row_passes() {
    let runner = Runner::new();
    runner.edit();
    runner.tell();
    runner.commit();
    let run = runner.run(&github_step(CHECK, "check"), &[]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    let run = runner.run(&github_step(CHECK, "review"), &[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(runner.left("review.md").starts_with("## 公表前の確認: ✅"));
}

/// Until its day has come, a version is corrected freely, also when it is on the main line already.
#[test]
fn what_waits_for_its_day_may_be_corrected() {
    let runner = Runner::new();
    runner.edit();
    runner.tell();
    runner.commit();
    let rows = format!("{DOCUMENT}/changes.yaml");
    let file = format!("{DOCUMENT}/assessment.yaml");
    for file in [&rows, &file] {
        runner.sandbox.replace(file, "健康福祉部介護保険課", "長寿福祉部介護保険課");
        runner.sandbox.replace(file, "令和7年10月1日", "令和7年10月15日");
    }
    let run = runner.run(&github_step(CHECK, "check"), &[]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
}

/// Without the published versions there is nothing to compare with, and everything would pass.
#[test]
fn a_clone_without_its_past_is_refused() {
    let runner = Runner::new();
    runner.edit();
    runner.commit();
    let repository = Repository::of(&runner.sandbox);
    let id = repository.git(&["rev-parse", "HEAD"]);
    kohyo::fs::write(&runner.sandbox.root().join(".git/shallow"), format!("{id}\n")).unwrap();
    for step in ["check", "review"] {
        let run = runner.run(&github_step(CHECK, step), &[]);
        assert!(run.code == 2 && run.stderr.contains("fetch-depth: 0"), "{}", run.stderr);
    }
}

/// Stands in for the program of GitHub: remembers what it was asked, and knows one comment where there is one.
const GH: &str = r#"
[ -n "${REFUSED:-}" ] && { echo 'Resource not accessible by integration (HTTP 403)' >&2; exit 1; }
printf '%s\n' "$*" >> "$ASKED"
case "$*" in *--jq*) [ -z "${KNOWN:-}" ] || printf '%s\n' "$KNOWN" ;; esac
"#;

#[test]
fn one_comment_is_kept_up_to_date() {
    let runner = Runner::new();
    runner.edit();
    runner.commit();
    runner.stand_in("gh", GH);
    assert_eq!(runner.run(&github_step(CHECK, "review"), &[]).code, 0);
    let comment = github_step(CHECK, "comment");
    let asked = runner.outside("asked").display().to_string();
    let of_run =
        [("ASKED", asked.as_str()), ("NUMBER", "7"), ("RUN", "https://example.jp/1"), ("GH_TOKEN", "x")];
    let posted = runner.run(&comment, &of_run);
    assert_eq!(posted.code, 0, "{}", posted.stderr);
    let said = runner.outside_text("asked");
    assert!(
        said.contains("--method POST repos/mihon/hyoka/issues/7/comments --field body=@comment.md"),
        "{said}"
    );
    assert!(runner.left("comment.md").starts_with("## 公表前の確認"));
    let again = runner.run(&comment, &[&of_run[..], &[("KNOWN", "11\n12")]].concat());
    assert_eq!(again.code, 0, "{}", again.stderr);
    let said = runner.outside_text("asked");
    assert!(said.contains("--method PATCH repos/mihon/hyoka/issues/comments/11 "), "{said}");
    assert_eq!(said.matches("--method").count(), 2, "{said}");
    // A pull request from a fork may not write.
    let refused = runner.run(&comment, &[&of_run[..], &[("REFUSED", "yes")]].concat());
    assert_eq!(refused.code, 0, "{}", refused.stderr);
    assert!(refused.stdout.starts_with("::notice::"), "{}", refused.stdout);
}

#[test]
fn without_an_address_of_the_program_nothing_begins() {
    let runner = Runner::new();
    let workflow = crate::recipes::yaml(CHECK);
    let as_it_is = workflow["env"]["KOHYO_GIT"].as_str().unwrap();
    for (git, revision) in [(as_it_is, "abc"), ("https://git.example.jp/kohyo", "")] {
        let of_run = [("KOHYO_GIT", git), ("KOHYO_REV", revision), ("KOHYO_BINARY_URL", "")];
        let run = runner.run(&github_step(CHECK, "install"), &of_run);
        assert_eq!(run.code, 1);
        assert!(run.stdout.contains("::error::") && run.stdout.contains("KOHYO_GIT"), "{}", run.stdout);
    }
}

#[test]
fn a_program_is_used_only_if_it_is_the_expected_one() {
    let program = Path::new(env!("CARGO_BIN_EXE_kohyo"));
    let address = format!("file://{}", program.display());
    let digest: [u8; 32] = Sha256::digest(kohyo::fs::read(program).unwrap()).into();
    let digest = digest.iter().fold(String::new(), |all, byte| format!("{all}{byte:02x}"));
    for (digest, is_taken) in [(digest.as_str(), true), ("00", false)] {
        let runner = Runner::new();
        let project = runner.outside("project").display().to_string();
        let of_run = [
            ("KOHYO_BINARY_URL", address.as_str()),
            ("KOHYO_BINARY_SHA256", digest),
            ("KOHYO_GIT", ""),
            ("KOHYO_REV", ""),
            ("CI_PROJECT_DIR", project.as_str()),
        ];
        let run = runner.run(&github_step(CHECK, "install"), &of_run);
        assert_eq!(run.code == 0, is_taken, "{}", run.stderr);
        assert_eq!(runner.outside("home/.kohyo/bin/kohyo").exists(), is_taken);
        assert_eq!(runner.outside_text("path").contains("/.kohyo/bin"), is_taken);
        let run = runner.run(&format!("{}\nkohyo --version\n", gitlab_step("install")), &of_run);
        assert_eq!(run.code == 0, is_taken, "{}", run.stderr);
    }
}

#[test]
fn the_site_shows_what_is_public_and_the_dates_to_come() {
    let runner = Runner::new();
    runner.edit();
    runner.tell();
    runner.commit();
    for script in [github_step(PUBLISH, "build"), gitlab_step("build")] {
        let run = runner.run(&script, &[]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(run.stderr.contains("公表日（令和7年10月1日）が来ていないため"), "{}", run.stderr);
        let page = runner.left("public/019984/8-kaigo-kiso/index.html");
        assert!(page.contains("福祉部介護保険課") && !page.contains("健康福祉部介護保険課"));
        kohyo::fs::remove_dir_all(&runner.sandbox.root().join("public")).unwrap();
    }
    let run = runner.run(&github_step(PUBLISH, "due"), &[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(runner.outside_text("summary").contains("令和7年10月1日"), "{}", runner.outside_text("summary"));
    let run = runner.run(&gitlab_step("due"), &[]);
    assert!(run.code == 0 && run.stdout.contains("令和7年10月1日"), "{}", run.stdout);
}

#[test]
fn gitlab_gets_the_pack_the_findings_and_the_verdict() {
    let runner = Runner::new();
    runner.edit();
    runner.commit();
    let run = runner.run(&gitlab_step("review"), &[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(runner.left("review.html").contains("健康"));
    let run = runner.run(&gitlab_step("check"), &[]);
    assert!(run.code == 1 && run.stdout.contains("CHG-01"), "{}", run.stdout);
    if Command::new("jq").arg("--version").output().is_err() {
        eprintln!("SKIPPED: there is no jq");
        return;
    }
    let run = runner.run(&gitlab_step("quality"), &[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let report: serde_json::Value =
        serde_json::from_str(&runner.left("gl-code-quality-report.json")).unwrap();
    let findings = report.as_array().unwrap();
    let untold = findings.iter().find(|finding| finding["check_name"] == "CHG-01").unwrap();
    assert_eq!(untold["severity"], "major");
    assert_eq!(untold["location"]["path"], format!("content/{DOCUMENT}/assessment.yaml"));
    assert_eq!(untold["location"]["lines"]["begin"], 28);
    let marks: std::collections::BTreeSet<_> =
        findings.iter().map(|f| f["fingerprint"].as_str().unwrap()).collect();
    assert_eq!(marks.len(), findings.len());
}

/// Stands in for the server of GitLab.
const CURL: &str = r#"
printf '%s\n' "$*" >> "$ASKED"
[ -n "${REFUSED:-}" ] && exit 22
case "$*" in
  */user*) echo '{"id": 5}' ;;
  *sort=asc*) echo "$NOTES" ;;
esac
"#;

#[test]
fn gitlab_has_one_comment_where_a_token_is_given() {
    if Command::new("jq").arg("--version").output().is_err() {
        eprintln!("SKIPPED: there is no jq");
        return;
    }
    let runner = Runner::new();
    runner.stand_in("curl", CURL);
    let comment = gitlab_step("comment");
    let asked = runner.outside("asked").display().to_string();
    let of_run = [
        ("ASKED", asked.as_str()),
        ("CI_API_V4_URL", "https://gitlab.example.jp/api/v4"),
        ("CI_PROJECT_ID", "3"),
        ("CI_MERGE_REQUEST_IID", "7"),
    ];
    assert_eq!(runner.run(&comment, &of_run).code, 0);
    assert_eq!(runner.outside_text("asked"), "", "without a token nobody is asked");
    let with = |more: &[(&'static str, &'static str)]| [&of_run[..], &[("KOHYO_TOKEN", "x")], more].concat();
    let others = r###"[{"id": 1, "author": {"id": 4}, "body": "## 公表前の確認"}, {"id": 2, "author": {"id": 5}, "body": "x"}]"###;
    assert_eq!(runner.run(&comment, &with(&[("NOTES", others)])).code, 0);
    assert!(runner.outside_text("asked").contains("-X POST"));
    let own = r###"[{"id": 9, "author": {"id": 5}, "body": "## 公表前の確認: x"}]"###;
    assert_eq!(runner.run(&comment, &with(&[("NOTES", own)])).code, 0);
    let said = runner.outside_text("asked");
    assert!(
        said.contains("-X PUT") && said.lines().last().unwrap().ends_with("/merge_requests/7/notes/9"),
        "{said}"
    );
    let refused = runner.run(&comment, &with(&[("REFUSED", "yes")]));
    assert!(
        refused.code == 0 && refused.stdout.contains("コメントを書き込めませんでした"),
        "{}",
        refused.stderr
    );
}
