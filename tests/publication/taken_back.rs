//! What was planned and never published, and what is gone and stays public.

use super::setting::*;
use super::support::repository::{Repository, files};

#[test]
fn a_date_that_was_put_off_was_never_published() {
    let sandbox = sandbox();
    let repository = put_off(&sandbox);
    repository.commit("2026-03-20", "put off");
    assert_shows(&sandbox, "2026-05-01", &["甲"]);
    assert_shows(&sandbox, THIRD, &["甲", "乙"]);
    assert!(!files(&sandbox, "public").keys().any(|path| path.contains(SECOND)));
}

/// A first version has no rows of 変更箇所 that could tell.
#[test]
fn a_first_date_that_was_put_off_was_never_published() {
    let sandbox = sandbox();
    let repository = Repository::around(&sandbox);
    sandbox.remove(&format!("{DOCUMENT}/changes.yaml"));
    edit(&sandbox, DOCUMENT, "甲");
    let file = format!("{DOCUMENT}/assessment.yaml");
    let text = sandbox.text(&file);
    let line = text.lines().find(|line| line.starts_with("公表日:")).unwrap();
    sandbox.replace(&file, line, &format!("公表日: {SECOND}"));
    repository.commit("2026-03-01", "planned");
    sandbox.replace(&file, SECOND, "2026-05-01");
    repository.commit("2026-03-20", "put off");
    sandbox.replace(&file, "2026-05-01", THIRD);
    repository.commit("2026-04-20", "put off again");
    assert_eq!(build(&sandbox, &eve(THIRD), &[]).code, 0);
    assert!(!files(&sandbox, "public").keys().any(|path| path.starts_with("019984/8-kaigo/")));
    assert_shows(&sandbox, THIRD, &["甲"]);
}

#[test]
fn rows_that_are_dated_anew_before_their_day_are_no_published_rows() {
    let sandbox = sandbox();
    let _repository = put_off(&sandbox);
    for day in ["2026-03-20", &eve(SECOND)] {
        let run = sandbox.run(&["check", "--since", "公表", "--as-of", day, "--format", "short"]);
        assert!(!run.stdout.contains("CHG-20"), "{day}: {}", run.stdout);
    }
    // Its day has come: now they are.
    let run = sandbox.run(&["check", "--since", "公表", "--as-of", SECOND, "--format", "short"]);
    assert!(run.stdout.contains("CHG-20"), "{}", run.stdout);
}

#[test]
fn what_was_taken_out_before_its_day_is_never_published() {
    let sandbox = sandbox();
    let repository = Repository::around(&sandbox);
    write_version(&sandbox, DOCUMENT, SECOND, "甲");
    repository.commit("2026-03-01", "planned");
    kohyo::fs::remove_dir_all(&sandbox.path(DOCUMENT)).unwrap();
    repository.commit("2026-03-20", "withdrawn");
    let run = build(&sandbox, "2026-05-01", &[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let site = files(&sandbox, "public");
    assert!(!site.values().any(|bytes| String::from_utf8_lossy(bytes).contains("見張り甲")));
}

#[test]
fn what_was_withdrawn_is_not_shown() {
    let sandbox = sandbox();
    let repository = published(&sandbox);
    write_version(&sandbox, DOCUMENT, SECOND, "乙");
    repository.commit("2026-03-01", "planned");
    repository.git_on("2026-03-20", &["revert", "--no-edit", "HEAD"]);
    assert_shows(&sandbox, "2026-05-01", &["甲"]);
}

#[test]
fn what_was_taken_out_stays_public() {
    let sandbox = sandbox();
    let repository = published(&sandbox);
    kohyo::fs::remove_dir_all(&sandbox.path(DOCUMENT)).unwrap();
    assert_shows(&sandbox, "2026-05-01", &["甲"]);
    repository.commit("2026-04-01", "gone");
    assert_shows(&sandbox, "2026-05-01", &["甲"]);
    let run = build(&sandbox, "2026-05-01", &[]);
    assert!(run.stderr.contains("フォルダがなくなりました"), "{}", run.stderr);
}

#[test]
fn what_has_ended_is_public_for_three_years() {
    let sandbox = sandbox();
    let repository = Repository::around(&sandbox);
    write_version(&sandbox, DOCUMENT, FIRST, "甲");
    let file = format!("{DOCUMENT}/assessment.yaml");
    sandbox.write(&file, format!("{}\n管理情報:\n  事務の終了日: 2025-03-31\n", sandbox.text(&file)));
    repository.commit("2025-03-01", "first");
    kohyo::fs::remove_dir_all(&sandbox.path(DOCUMENT)).unwrap();
    repository.commit("2026-04-01", "gone");
    assert_shows(&sandbox, "2028-03-31", &["甲"]);
    let run = build(&sandbox, "2028-04-01", &[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(!files(&sandbox, "public").keys().any(|path| path.contains("8-kaigo/")));
}
