//! Which version is shown on which day.

use super::setting::*;
use super::support::repository::{Repository, files};

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
    let repository = published(&sandbox);
    edit(&sandbox, DOCUMENT, "乙");
    assert_shows(&sandbox, "2025-06-01", &["甲"]);
    repository.commit("2025-05-01", "edited");
    let run = build(&sandbox, "2025-06-01", &[]);
    assert!(run.stderr.contains("公表日を改めずに"), "{}", run.stderr);
    assert_shows(&sandbox, "2025-06-01", &["甲"]);
}

/// The last day on which a version may be committed is its 公表日: what came on that day is the version, what came after it is not.
#[test]
fn what_is_committed_on_the_day_of_publication_belongs_to_the_version() {
    let sandbox = sandbox();
    let repository = Repository::around(&sandbox);
    write_version(&sandbox, DOCUMENT, FIRST, "甲");
    repository.commit(&eve(FIRST), "the day before");
    edit(&sandbox, DOCUMENT, "乙");
    repository.commit(FIRST, "on the day");
    edit(&sandbox, DOCUMENT, "丙");
    repository.commit("2025-03-15", "a day too late");
    let run = build(&sandbox, "2025-06-01", &[]);
    assert!(run.stderr.contains("公表日を改めずに"), "{}", run.stderr);
    // The text of the first day is still in the title of the second.
    assert_shows(&sandbox, "2025-06-01", &["甲", "乙"]);
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
fn among_drafts_the_coming_version_is_not_called_the_current_one() {
    let sandbox = sandbox();
    let repository = published(&sandbox);
    write_version(&sandbox, DOCUMENT, SECOND, "乙");
    repository.commit("2026-03-01", "second");
    let run = build(&sandbox, "2026-03-02", &["--drafts"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let site = files(&sandbox, "public");
    let page = |day: &str| {
        String::from_utf8_lossy(&site[&format!("019984/8-kaigo/v/{day}/index.html")]).into_owned()
    };
    assert!(page(SECOND).contains("4月1日に公表する予定の版です"));
    assert!(page(FIRST).contains("3月14日公表の版で、今の評価書と同じ内容です"), "{}", page(FIRST));
}
