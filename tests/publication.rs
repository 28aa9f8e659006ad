//! Publication by date from real repositories: on every day the right version, and nothing of one that is still to come.

#![allow(clippy::unwrap_used, reason = "tests, in functions of their own")]

mod support;

use support::Sandbox;
use support::repository::{Repository, files};

const DOCUMENT: &str = "019984-mihon/8-kaigo";
/// 公表日 of the three versions, and a day between any two.
const FIRST: &str = "2025-03-14";
const SECOND: &str = "2026-04-01";
const THIRD: &str = "2026-10-01";

/// The base content as a city has it: a site that is no sample has no 基準日.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.replace("site.yaml", "as_of: 2025-09-01\n", "");
    sandbox
}

/// Words that only one version holds, in every kind of place: texts, rows, figures, names of files.
fn write_version(sandbox: &Sandbox, dir: &str, published: &str, mark: &str) {
    let file = format!("{dir}/assessment.yaml");
    let text = sandbox.text(&file);
    let line = text.lines().find(|line| line.starts_with("公表日:")).unwrap();
    sandbox.replace(&file, line, &format!("公表日: {published}"));
    edit(sandbox, dir, mark);
    let rows = format!("{dir}/changes.yaml");
    let row = format!(
        "- 変更日: {published}\n  項目: Ⅱ.6.① 保管場所\n  変更前の記載: 見張り{mark}前\n  変更後の記載: 見張り{mark}後\n  提出時期: 事前\n  提出時期に係る説明: 見張り{mark}の理由\n"
    );
    sandbox.write(&rows, format!("{}{row}", sandbox.text(&rows)));
    let figure = format!("figures/nagare-{mark}.svg");
    let old = figure_of(sandbox, dir);
    sandbox.rename(&format!("{dir}/{old}"), &format!("{dir}/{figure}"));
    sandbox.replace(&file, &old, &figure);
}

/// Only the text of an item.
fn edit(sandbox: &Sandbox, dir: &str, mark: &str) {
    sandbox.replace(
        &format!("{dir}/assessment.yaml"),
        "保険料の賦課と徴収",
        &format!("保険料の賦課と徴収、見張り{mark}"),
    );
    sandbox.replace(&format!("{dir}/assessment.yaml"), "評価書名: ", &format!("評価書名: 見張り{mark} "));
}

fn figure_of(sandbox: &Sandbox, dir: &str) -> String {
    let text = sandbox.text(&format!("{dir}/assessment.yaml"));
    let line = text.lines().find(|line| line.contains("ファイル: figures/")).unwrap();
    line.split("ファイル: ").nth(1).unwrap().to_owned()
}

fn build(sandbox: &Sandbox, day: &str, more: &[&str]) -> support::Run {
    sandbox.run(&[&["build", "--allow-errors", "--as-of", day], more].concat())
}

/// The day before.
fn eve(day: &str) -> String {
    let date = kohyo::wareki::parse(day).unwrap().date;
    date.plus_days(-1).unwrap().iso()
}

/// Builds for a day and asks that the pages of the document show the versions of `marks`, the last of them now, and that no byte
/// of the site holds any other.
#[track_caller]
fn assert_shows(sandbox: &Sandbox, day: &str, marks: &[&str]) {
    let run = build(sandbox, day, &[]);
    assert_eq!(run.code, 0, "{day}: {}", run.stderr);
    let site = files(sandbox, "public");
    for mark in ["甲", "乙", "丙", "丁"] {
        let word = format!("見張り{mark}");
        let named = |path: &str| path.contains(&format!("nagare-{mark}"));
        let holding: Vec<_> = site
            .iter()
            .filter(|(path, bytes)| named(path) || String::from_utf8_lossy(bytes).contains(&word))
            .map(|(path, _)| path.as_str())
            .collect();
        if marks.contains(&mark) {
            assert!(!holding.is_empty(), "{day}: {mark} is missing\n{}", run.stderr);
        } else {
            assert!(holding.is_empty(), "{day}: {mark} is in {holding:?}\n{}", run.stderr);
        }
    }
    let is_document = |path: &str| path.starts_with("019984/8-") && !path.contains("-kiso/");
    let is_current = |path: &str| path.ends_with("/assessment.json") && path.matches('/').count() == 2;
    let now: Vec<_> = site.iter().filter(|(path, _)| is_document(path) && is_current(path)).collect();
    assert_eq!(now.len(), 1, "{day}: {now:?}");
    if let (Some(mark), Some((_, json))) = (marks.last(), now.first()) {
        let json = String::from_utf8_lossy(json);
        assert!(json.contains(&format!("見張り{mark}")), "{day}: {mark} is not shown now");
    }
}

/// Three versions; the second one comes from a branch, the third one with a new name of the folder.
fn three_versions<'s>(sandbox: &'s Sandbox, days: [&str; 3]) -> Repository<'s> {
    let repository = Repository::around(sandbox);
    write_version(sandbox, DOCUMENT, FIRST, "甲");
    repository.commit(days[0], "first");
    repository.git(&["switch", "--quiet", "--create", "second"]);
    edit(sandbox, DOCUMENT, "乙");
    repository.commit(days[1], "the text comes before its date");
    write_version(sandbox, DOCUMENT, SECOND, "乙");
    repository.commit(days[1], "second");
    repository.git(&["switch", "--quiet", "main"]);
    sandbox.replace("site.yaml", "title:", "# 題名\ntitle:");
    repository.commit(days[1], "meanwhile");
    repository.git_on(days[1], &["merge", "--quiet", "--no-ff", "--no-edit", "second"]);
    sandbox.rename(DOCUMENT, "019984-mihon/8-kaigohoken");
    write_version(sandbox, "019984-mihon/8-kaigohoken", THIRD, "丙");
    repository.commit(days[2], "third, with a new name");
    repository
}

/// In time, and all at once long after.
const IN_TIME: [&str; 3] = ["2025-03-01", "2026-03-20", "2026-09-20"];
const AT_ONCE: [&str; 3] = ["2026-12-31", "2026-12-31", "2026-12-31"];
const LONG_BEFORE: [&str; 3] = ["2024-12-31", "2024-12-31", "2024-12-31"];

#[test]
fn on_every_day_the_version_whose_day_has_come() {
    for days in [IN_TIME, AT_ONCE, LONG_BEFORE] {
        let sandbox = sandbox();
        let _repository = three_versions(&sandbox, days);
        assert_eq!(build(&sandbox, "2025-03-13", &[]).code, 2, "nothing is public yet");
        assert_shows(&sandbox, FIRST, &["甲"]);
        assert_shows(&sandbox, &eve(SECOND), &["甲"]);
        assert_shows(&sandbox, SECOND, &["甲", "乙"]);
        assert_shows(&sandbox, &eve(THIRD), &["甲", "乙"]);
        assert_shows(&sandbox, THIRD, &["甲", "乙", "丙"]);
        assert_shows(&sandbox, "2030-01-01", &["甲", "乙", "丙"]);
    }
}

#[test]
fn what_is_not_committed_yet_is_held_back_as_well() {
    let sandbox = sandbox();
    let _repository = three_versions(&sandbox, IN_TIME);
    write_version(&sandbox, "019984-mihon/8-kaigohoken", "2027-02-01", "丁");
    assert_shows(&sandbox, "2027-01-31", &["甲", "乙", "丙"]);
    assert_shows(&sandbox, "2027-02-01", &["甲", "乙", "丙", "丁"]);
}

#[test]
fn a_text_that_was_edited_before_its_date_is_not_the_version_before() {
    for days in [IN_TIME, AT_ONCE] {
        let sandbox = sandbox();
        let repository = Repository::around(&sandbox);
        write_version(&sandbox, DOCUMENT, FIRST, "甲");
        repository.commit(days[0], "first");
        edit(&sandbox, DOCUMENT, "乙");
        repository.commit(days[1], "the text comes before its date");
        write_version(&sandbox, DOCUMENT, SECOND, "乙");
        repository.commit(days[1], "second");
        assert_shows(&sandbox, &eve(SECOND), &["甲"]);
        assert_shows(&sandbox, SECOND, &["甲", "乙"]);
    }
}

#[test]
fn what_is_edited_after_its_publication_waits_for_the_next_one() {
    let sandbox = sandbox();
    let repository = Repository::around(&sandbox);
    write_version(&sandbox, DOCUMENT, FIRST, "甲");
    repository.commit("2025-03-01", "first");
    edit(&sandbox, DOCUMENT, "乙");
    assert_shows(&sandbox, "2025-06-01", &["甲"]);
    repository.commit("2025-05-01", "edited");
    let run = build(&sandbox, "2025-06-01", &[]);
    assert!(run.stderr.contains("公表日を改めずに"), "{}", run.stderr);
    assert_shows(&sandbox, "2025-06-01", &["甲"]);
}

#[test]
fn a_date_that_was_put_off_was_never_published() {
    let sandbox = sandbox();
    let repository = Repository::around(&sandbox);
    write_version(&sandbox, DOCUMENT, FIRST, "甲");
    repository.commit("2025-03-01", "first");
    write_version(&sandbox, DOCUMENT, SECOND, "乙");
    repository.commit("2026-03-01", "planned");
    for file in ["assessment.yaml", "changes.yaml"] {
        sandbox.replace(&format!("{DOCUMENT}/{file}"), SECOND, THIRD);
    }
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
    let repository = Repository::around(&sandbox);
    write_version(&sandbox, DOCUMENT, FIRST, "甲");
    repository.commit("2025-03-01", "first");
    write_version(&sandbox, DOCUMENT, SECOND, "乙");
    repository.commit("2026-03-01", "planned");
    for file in ["assessment.yaml", "changes.yaml"] {
        sandbox.replace(&format!("{DOCUMENT}/{file}"), SECOND, THIRD);
    }
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
    let repository = Repository::around(&sandbox);
    write_version(&sandbox, DOCUMENT, FIRST, "甲");
    repository.commit("2025-03-01", "first");
    write_version(&sandbox, DOCUMENT, SECOND, "乙");
    repository.commit("2026-03-01", "planned");
    repository.git_on("2026-03-20", &["revert", "--no-edit", "HEAD"]);
    assert_shows(&sandbox, "2026-05-01", &["甲"]);
}

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
fn a_new_document_is_simply_not_there_yet() {
    let sandbox = sandbox();
    let repository = Repository::around(&sandbox);
    repository.commit("2025-03-01", "without it");
    kohyo::fs::copy_tree(&sandbox.path(DOCUMENT), &sandbox.path("019984-mihon/10-shinki")).unwrap();
    write_version(&sandbox, "019984-mihon/10-shinki", SECOND, "乙");
    assert_shows(&sandbox, "2026-03-01", &[]);
    let names: Vec<_> = files(&sandbox, "public").into_keys().collect();
    assert!(!names.iter().any(|name| name.contains("shinki")), "{names:?}");
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
fn what_was_taken_out_stays_public() {
    let sandbox = sandbox();
    let repository = Repository::around(&sandbox);
    write_version(&sandbox, DOCUMENT, FIRST, "甲");
    repository.commit("2025-03-01", "first");
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

#[test]
fn a_first_version_that_was_put_off_was_never_published() {
    let sandbox = sandbox();
    let repository = Repository::around(&sandbox);
    repository.commit("2025-03-01", "without it");
    let dir = "019984-mihon/10-shinki";
    kohyo::fs::copy_tree(&sandbox.path(DOCUMENT), &sandbox.path(dir)).unwrap();
    sandbox.remove(&format!("{dir}/changes.yaml"));
    let file = format!("{dir}/assessment.yaml");
    sandbox.replace(&file, "公表日: 令和7年3月14日", &format!("公表日: {SECOND}"));
    edit(&sandbox, dir, "乙");
    repository.commit("2026-03-01", "planned");
    sandbox.replace(&file, SECOND, THIRD);
    repository.commit("2026-03-20", "put off");
    assert_shows(&sandbox, "2026-05-01", &[]);
}

#[test]
fn what_was_taken_out_and_put_back_is_one_document() {
    let sandbox = sandbox();
    let repository = Repository::around(&sandbox);
    write_version(&sandbox, DOCUMENT, FIRST, "甲");
    repository.commit("2025-03-01", "first");
    let aside = sandbox.root().join("public-aside");
    kohyo::fs::rename(&sandbox.path(DOCUMENT), &aside).unwrap();
    repository.commit("2025-04-01", "taken out");
    kohyo::fs::rename(&aside, &sandbox.path(DOCUMENT)).unwrap();
    write_version(&sandbox, DOCUMENT, SECOND, "乙");
    repository.commit("2026-03-01", "put back");
    assert_shows(&sandbox, "2026-02-01", &["甲"]);
    assert_shows(&sandbox, SECOND, &["甲", "乙"]);
    assert!(files(&sandbox, "public").contains_key(&format!("019984/8-kaigo/v/{FIRST}/index.html")));
}

#[test]
fn documents_that_are_renumbered_at_once_stay_themselves() {
    let sandbox = sandbox();
    let repository = Repository::around(&sandbox);
    write_version(&sandbox, DOCUMENT, FIRST, "甲");
    repository.commit("2025-03-01", "first");
    for (old, new) in [("9-kokuho", "10-kokuho"), ("8-kaigo", "9-kaigo")] {
        sandbox.rename(&format!("019984-mihon/{old}"), &format!("019984-mihon/{new}"));
    }
    let form = "019984-mihon/9-kaigo/assessment.yaml";
    sandbox.replace(form, "評価書番号: \"8\"", "評価書番号: \"9\"");
    sandbox.replace(form, "公表日: ", "公表日: 2027-04-01 # ");
    for when in ["not committed", "committed"] {
        let run = build(&sandbox, "2026-05-01", &[]);
        assert_eq!(run.code, 0, "{when}: {}", run.stderr);
        let site = files(&sandbox, "public");
        let page = String::from_utf8_lossy(&site["019984/8-kaigo/index.html"]);
        assert!(page.contains("見張り甲"), "{when}: another document stands here");
        repository.commit("2025-05-01", "renumbered");
    }
}

#[test]
fn examples_beside_the_content_do_not_mislead() {
    let sandbox = sandbox();
    let repository = Repository::around(&sandbox);
    let root = sandbox.root();
    kohyo::fs::copy_tree(&root.join("content"), &root.join("examples")).unwrap();
    kohyo::fs::rename(&root.join("content"), &root.join("public-aside")).unwrap();
    repository.commit("2025-02-01", "examples alone");
    kohyo::fs::rename(&root.join("public-aside"), &root.join("content")).unwrap();
    write_version(&sandbox, DOCUMENT, FIRST, "甲");
    repository.commit("2025-03-01", "first");
    write_version(&sandbox, DOCUMENT, SECOND, "乙");
    repository.commit("2025-04-01", "second");
    assert_shows(&sandbox, "2025-05-01", &["甲"]);
}

#[test]
fn line_ends_that_git_changed_are_no_edit() {
    let sandbox = sandbox();
    let repository = Repository::around(&sandbox);
    write_version(&sandbox, DOCUMENT, FIRST, "甲");
    repository.commit("2025-03-01", "first");
    for file in ["assessment.yaml", "changes.yaml"] {
        let file = format!("{DOCUMENT}/{file}");
        sandbox.write(&file, sandbox.text(&file).replace('\n', "\r\n"));
    }
    let run = build(&sandbox, "2025-06-01", &[]);
    assert!(!run.stderr.contains("公表日を改めずに"), "{}", run.stderr);
}

/// What was published with errors is judged by the days of its commits all the same, and a folder that was renamed after its publication
/// keeps its new address when the next version is prepared.
#[test]
fn errors_and_renamed_folders_change_no_version() {
    let sandbox = sandbox();
    let repository = Repository::around(&sandbox);
    sandbox.replace(&format!("{DOCUMENT}/assessment.yaml"), "対象人数: 30万人以上", "対象人数: 999人ぐらい");
    write_version(&sandbox, DOCUMENT, FIRST, "丁");
    repository.commit("2025-02-20", "a draft");
    for file in ["assessment.yaml", "changes.yaml"] {
        let file = format!("{DOCUMENT}/{file}");
        sandbox.write(&file, sandbox.text(&file).replace('丁', "甲"));
    }
    sandbox
        .rename(&format!("{DOCUMENT}/figures/nagare-丁.svg"), &format!("{DOCUMENT}/figures/nagare-甲.svg"));
    repository.commit("2025-03-01", "first");
    edit(&sandbox, DOCUMENT, "乙");
    repository.commit("2025-04-01", "edited without a new date");
    assert_shows(&sandbox, "2025-05-01", &["甲"]);
    repository.git_on("2025-05-01", &["revert", "--no-edit", "HEAD"]);
    let renamed = "019984-mihon/8-kaigohoken";
    sandbox.rename(DOCUMENT, renamed);
    repository.commit("2025-06-01", "renamed");
    for when in ["renamed", "prepared"] {
        assert_shows(&sandbox, "2025-07-01", &["甲"]);
        let site = files(&sandbox, "public");
        assert!(site.contains_key("019984/8-kaigohoken/assessment.json"), "{when}");
        write_version(&sandbox, renamed, SECOND, "丙");
        repository.commit("2025-06-20", "second");
    }
}

/// Where the dates of commits tell nothing, the rows of the next version do: they hold those that were published before.
#[test]
fn of_drafts_with_one_date_the_next_version_tells_which_was_published() {
    let sandbox = sandbox();
    let repository = Repository::around(&sandbox);
    write_version(&sandbox, DOCUMENT, FIRST, "甲");
    repository.commit("2026-12-31", "first");
    write_version(&sandbox, DOCUMENT, SECOND, "乙");
    repository.commit("2026-12-31", "a draft");
    for file in ["assessment.yaml", "changes.yaml"] {
        let file = format!("{DOCUMENT}/{file}");
        sandbox.write(&file, sandbox.text(&file).replace('乙', "丁"));
    }
    sandbox
        .rename(&format!("{DOCUMENT}/figures/nagare-乙.svg"), &format!("{DOCUMENT}/figures/nagare-丁.svg"));
    repository.commit("2026-12-31", "second");
    write_version(&sandbox, DOCUMENT, THIRD, "丙");
    repository.commit("2026-12-31", "third");
    assert_shows(&sandbox, SECOND, &["甲", "丁"]);
    assert_shows(&sandbox, THIRD, &["甲", "丁", "丙"]);
}

#[test]
fn two_documents_never_share_an_address() {
    let sandbox = sandbox();
    let repository = Repository::around(&sandbox);
    write_version(&sandbox, DOCUMENT, FIRST, "甲");
    repository.commit("2025-03-01", "first");
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
