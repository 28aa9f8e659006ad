//! Which document is which, whatever became of its folder.

use super::setting::*;
use super::support::repository::{Repository, files};

#[test]
fn what_was_taken_out_and_put_back_is_one_document() {
    let sandbox = sandbox();
    let repository = published(&sandbox);
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
    let repository = published(&sandbox);
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
    let _repository = published(&sandbox);
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

/// Two folders of one municipality (SITE-01): of two documents with one address, the one in the first folder is the one.
#[test]
fn a_second_folder_of_a_municipality_takes_nothing_from_the_first() {
    // In git, the one name comes before that of the first folder, because of the slash behind it, and the other one after it.
    for second in ["019984-mihon-2", "019984-nigo"] {
        let sandbox = sandbox();
        let repository = Repository::around(&sandbox);
        write_version(&sandbox, DOCUMENT, FIRST, "甲");
        kohyo::fs::copy_tree(&sandbox.path("019984-mihon"), &sandbox.path(second)).unwrap();
        edit(&sandbox, &format!("{second}/8-kaigo"), "乙");
        sandbox.rename(&format!("{second}/9-kokuho"), &format!("{second}/11-nenkin"));
        for when in ["not committed", "committed"] {
            assert_shows(&sandbox, "2026-02-01", &["甲"]);
            let run = build(&sandbox, "2026-02-01", &[]);
            assert!(run.stdout.contains("SITE-01"), "{when}: {}", run.stdout);
            let told = "アドレスが重なるため除きました: ";
            let left_out: Vec<_> = run.stderr.lines().filter_map(|line| line.split(told).nth(1)).collect();
            assert!(
                left_out.iter().any(|path| path.ends_with(&format!("{second}/8-kaigo"))),
                "{when}: {}",
                run.stderr
            );
            assert!(!left_out.iter().any(|path| path.ends_with("11-nenkin")), "{when}: {}", run.stderr);
            let site = files(&sandbox, "public");
            assert!(site.contains_key("019984/9-kokuho/index.html"), "{when}");
            assert!(
                site.contains_key("019984/11-nenkin/index.html"),
                "{when}: what takes no address is published"
            );
            repository.commit("2025-05-01", when);
        }
    }
}
