//! A document with three versions, whose words tell them apart in every byte of a site.

use super::support::repository::{Repository, files};
use super::support::{self, Sandbox};

pub(super) const DOCUMENT: &str = "019984-mihon/8-kaigo";
/// 公表日 of the three versions, and a day between any two.
pub(super) const FIRST: &str = "2025-03-14";
pub(super) const SECOND: &str = "2026-04-01";
pub(super) const THIRD: &str = "2026-10-01";

/// The base content as a city has it: a site that is no sample has no 基準日.
pub(super) fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.replace("site.yaml", "as_of: 2025-09-01\n", "");
    sandbox
}

/// Words that only one version holds, in every kind of place: texts, rows, figures, names of files.
pub(super) fn write_version(sandbox: &Sandbox, dir: &str, published: &str, mark: &str) {
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
pub(super) fn edit(sandbox: &Sandbox, dir: &str, mark: &str) {
    sandbox.replace(
        &format!("{dir}/assessment.yaml"),
        "保険料の賦課と徴収",
        &format!("保険料の賦課と徴収、見張り{mark}"),
    );
    sandbox.replace(&format!("{dir}/assessment.yaml"), "評価書名: ", &format!("評価書名: 見張り{mark} "));
}

pub(super) fn figure_of(sandbox: &Sandbox, dir: &str) -> String {
    let text = sandbox.text(&format!("{dir}/assessment.yaml"));
    let line = text.lines().find(|line| line.contains("ファイル: figures/")).unwrap();
    line.split("ファイル: ").nth(1).unwrap().to_owned()
}

pub(super) fn build(sandbox: &Sandbox, day: &str, more: &[&str]) -> support::Run {
    sandbox.run(&[&["build", "--allow-errors", "--as-of", day], more].concat())
}

/// The day before.
pub(super) fn eve(day: &str) -> String {
    let date = kohyo::wareki::parse(day).unwrap().date;
    date.plus_days(-1).unwrap().iso()
}

/// Builds for a day and asks that the pages of the document show the versions of `marks`, the last of them now, and that no byte
/// of the site holds any other.
#[track_caller]
pub(super) fn assert_shows(sandbox: &Sandbox, day: &str, marks: &[&str]) {
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
pub(super) fn three_versions<'s>(sandbox: &'s Sandbox, days: [&str; 3]) -> Repository<'s> {
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

/// A repository whose document was published for the first time.
pub(super) fn published(sandbox: &Sandbox) -> Repository<'_> {
    let repository = Repository::around(sandbox);
    write_version(sandbox, DOCUMENT, FIRST, "甲");
    repository.commit("2025-03-01", "first");
    repository
}

/// The next version, planned for one day and then put off to another.
pub(super) fn put_off(sandbox: &Sandbox) -> Repository<'_> {
    let repository = published(sandbox);
    write_version(sandbox, DOCUMENT, SECOND, "乙");
    repository.commit("2026-03-01", "planned");
    for file in ["assessment.yaml", "changes.yaml"] {
        sandbox.replace(&format!("{DOCUMENT}/{file}"), SECOND, THIRD);
    }
    repository
}

/// In time, and all at once long after.
pub(super) const IN_TIME: [&str; 3] = ["2025-03-01", "2026-03-20", "2026-09-20"];
pub(super) const AT_ONCE: [&str; 3] = ["2026-12-31", "2026-12-31", "2026-12-31"];
pub(super) const LONG_BEFORE: [&str; 3] = ["2024-12-31", "2024-12-31", "2024-12-31"];
