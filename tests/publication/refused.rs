//! Where it cannot be said what is public, nothing is built.

use super::setting::*;
use super::support;
use super::support::repository::{Repository, files};

#[test]
fn without_the_published_version_nothing_is_built() {
    let sandbox = sandbox();
    write_version(&sandbox, DOCUMENT, FIRST, "甲");
    assert_eq!(build(&sandbox, "2025-04-01", &[]).code, 0);
    let before = files(&sandbox, "public");
    write_version(&sandbox, DOCUMENT, SECOND, "乙");
    let refused = |why: &str, run: support::Run| {
        assert_eq!(run.code, 2, "{why}: {}", run.stderr);
        assert!(
            run.stderr.contains("8-kaigo") && run.stderr.contains("令和8年4月1日"),
            "{why}: {}",
            run.stderr
        );
        assert!(run.stderr.contains(why), "{}", run.stderr);
        assert!(before == files(&sandbox, "public"), "{why}: the site is not as it was");
    };
    refused("git で管理されていません", build(&sandbox, "2025-04-01", &[]));
    // A clone without its past.
    let repository = Repository::around(&sandbox);
    repository.commit("2026-03-01", "second");
    sandbox.replace("site.yaml", "title:", "# 題名\ntitle:");
    repository.commit("2026-03-02", "later");
    let id = repository.git(&["rev-parse", "HEAD"]);
    kohyo::fs::write(&sandbox.root().join(".git/shallow"), format!("{id}\n")).unwrap();
    refused("fetch --unshallow", build(&sandbox, "2025-04-01", &[]));
}

#[test]
fn a_merge_in_progress_publishes_nothing() {
    let sandbox = sandbox();
    let repository = Repository::around(&sandbox);
    repository.commit("2025-03-01", "first");
    repository.git(&["switch", "--quiet", "--create", "other"]);
    edit(&sandbox, DOCUMENT, "甲");
    repository.commit("2025-03-02", "other");
    repository.git(&["switch", "--quiet", "main"]);
    repository.git(&["merge", "--no-commit", "--no-ff", "other"]);
    let run = build(&sandbox, "2025-04-01", &[]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("マージ") && run.stderr.contains("git status"), "{}", run.stderr);
}

#[test]
fn two_documents_never_share_an_address() {
    let sandbox = sandbox();
    let repository = published(&sandbox);
    let renamed = "019984-mihon/8-kaigohoken";
    sandbox.rename(DOCUMENT, renamed);
    write_version(&sandbox, renamed, SECOND, "乙");
    repository.commit("2025-03-20", "renamed in the next version");
    kohyo::fs::copy_tree(&sandbox.path("019984-mihon/9-kokuho"), &sandbox.path(DOCUMENT)).unwrap();
    repository.commit("2025-03-21", "another document takes the old name");
    let run = build(&sandbox, "2025-06-01", &[]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("別の評価書のアドレス"), "{}", run.stderr);
}
