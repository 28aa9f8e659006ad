//! Revisions of real repositories: which document of a revision is which of today, and what is said when a revision cannot be read.

#![allow(clippy::unwrap_used, reason = "tests, in functions of their own")]

mod support;

use kohyo::pipeline::{Day, PackFormat, Pair, Pairs, Selection, Silent, Since, pairs, review_pack};
use kohyo::wareki::CivilDate;
use support::Sandbox;
use support::repository::Repository;

const DOCUMENT: &str = "019984-mihon/8-kaigo";

fn compared(sandbox: &Sandbox, content: &str, since: &Since) -> Vec<Pair> {
    found(sandbox, content, since).pairs
}

fn found(sandbox: &Sandbox, content: &str, since: &Since) -> Pairs {
    let today = CivilDate::from_ymd(2025, 9, 1).unwrap();
    let selection = Selection::Content(sandbox.root().join(content));
    pairs(&selection, Day { given: Some(today), today }, since, &Silent).unwrap()
}

fn since(revision: &str) -> Since {
    Since::Revision(revision.to_owned())
}

/// The directory of each document that differs, the title it had, and whether it is there now.
fn told(pairs: &[Pair]) -> Vec<(String, String, bool)> {
    let title = |pair: &Pair| pair.earlier.as_ref().map_or("-".to_owned(), |e| e.assessment.title.clone());
    pairs.iter().map(|pair| (pair.folder.dir.clone(), title(pair), pair.now.is_some())).collect()
}

fn edit(sandbox: &Sandbox, dir: &str) {
    sandbox.replace(&format!("{dir}/assessment.yaml"), "保険料の賦課と徴収", "保険料の賦課、徴収と還付");
}

const TITLE: &str = "介護保険に関する事務 全項目評価書";

#[test]
fn only_what_differs_is_read() {
    let sandbox = Sandbox::new();
    let repository = Repository::around(&sandbox);
    repository.commit("2025-03-01", "first");
    assert_eq!(told(&compared(&sandbox, "content", &since("HEAD"))), []);
    edit(&sandbox, DOCUMENT);
    let all = told(&compared(&sandbox, "content", &since("HEAD")));
    assert_eq!(all, [("8-kaigo".to_owned(), TITLE.to_owned(), true)]);
    // A file that nobody names does not count, and what a figure shows does.
    sandbox.write("019984-mihon/9-kokuho/Thumbs.db", "x");
    assert_eq!(compared(&sandbox, "content", &since("HEAD")).len(), 1);
    repository.commit("2025-03-02", "edited");
    sandbox.write(&format!("{DOCUMENT}/figures/nagare.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>");
    assert_eq!(compared(&sandbox, "content", &since("HEAD")).len(), 1);
}

#[test]
fn a_renamed_folder_is_the_same_document() {
    let renamed = ["8-kaigohoken", "18-kaigo", "18-kaigohoken"];
    for name in renamed {
        for is_committed in [false, true] {
            let sandbox = Sandbox::new();
            let repository = Repository::around(&sandbox);
            repository.commit("2025-03-01", "first");
            repository.git(&["tag", "before"]);
            let dir = format!("019984-mihon/{name}");
            sandbox.rename(DOCUMENT, &dir);
            edit(&sandbox, &dir);
            if is_committed {
                repository.commit("2025-03-02", "renamed");
            } else if name == "18-kaigohoken" {
                // Nothing of its name is left; only the history can tell.
                continue;
            }
            let all = told(&compared(&sandbox, "content", &since("before")));
            assert_eq!(all, [(name.to_owned(), TITLE.to_owned(), true)], "committed: {is_committed}");
        }
    }
}

#[test]
fn a_content_folder_that_moved_is_found() {
    let sandbox = Sandbox::new();
    let repository = Repository::around(&sandbox);
    repository.commit("2025-03-01", "first");
    repository.git(&["tag", "before"]);
    let root = sandbox.root();
    kohyo::fs::create_dir_all(&root.join("公表 サイト")).unwrap();
    kohyo::fs::rename(&root.join("content"), &root.join("公表 サイト/内容")).unwrap();
    repository.commit("2025-03-02", "moved");
    assert_eq!(told(&compared(&sandbox, "公表 サイト/内容", &since("before"))), []);
    let file = root.join("公表 サイト/内容").join(DOCUMENT).join("assessment.yaml");
    let text = String::from_utf8(kohyo::fs::read(&file).unwrap()).unwrap();
    kohyo::fs::write(&file, text.replace("保険料の賦課と徴収", "保険料の賦課")).unwrap();
    let all = told(&compared(&sandbox, "公表 サイト/内容", &since("before")));
    assert_eq!(all, [("8-kaigo".to_owned(), TITLE.to_owned(), true)]);
}

#[test]
fn new_and_removed_documents_are_named() {
    let sandbox = Sandbox::new();
    let repository = Repository::around(&sandbox);
    repository.commit("2025-03-01", "first");
    kohyo::fs::copy_tree(&sandbox.path(DOCUMENT), &sandbox.path("019984-mihon/10-shinki")).unwrap();
    kohyo::fs::remove_dir_all(&sandbox.path("019984-mihon/9-kokuho-kiso")).unwrap();
    let all = told(&compared(&sandbox, "content", &since("HEAD")));
    assert_eq!(all[0], ("10-shinki".to_owned(), "-".to_owned(), true));
    assert_eq!((all[1].0.as_str(), all[1].2), ("9-kokuho-kiso", false));
}

#[test]
fn a_branch_that_is_not_ours_can_be_compared_with() {
    let sandbox = Sandbox::new();
    let repository = Repository::around(&sandbox);
    repository.commit("2025-03-01", "first");
    repository.git(&["switch", "--quiet", "--create", "other"]);
    edit(&sandbox, DOCUMENT);
    repository.commit("2025-03-02", "other");
    repository.git(&["switch", "--quiet", "main"]);
    let all = compared(&sandbox, "content", &since("other"));
    assert_eq!(told(&all).len(), 1);
    assert_eq!(all[0].name.as_deref(), Some("other の版"));
}

#[test]
fn by_default_it_is_the_version_that_was_public() {
    let sandbox = Sandbox::new();
    let repository = Repository::around(&sandbox);
    repository.commit("2025-03-01", "first");
    let set_day = |from: &str, to: &str| {
        sandbox.replace(
            &format!("{DOCUMENT}/assessment.yaml"),
            &format!("公表日: {from}"),
            &format!("公表日: {to}"),
        );
    };
    let name = |why: &str| {
        let all = compared(&sandbox, "content", &Since::LastPublished);
        let found = all.iter().find(|pair| pair.folder.dir == "8-kaigo");
        found.and_then(|pair| pair.name.clone()).unwrap_or_else(|| panic!("{why}: no version"))
    };
    // Edited, the date is still to be set.
    edit(&sandbox, DOCUMENT);
    assert_eq!(name("edited"), "令和7年3月14日公表の版");
    set_day("令和7年3月14日", "令和8年4月1日");
    assert_eq!(name("dated"), "令和7年3月14日公表の版");
    repository.commit("2026-03-01", "second");
    assert_eq!(name("committed"), "令和7年3月14日公表の版");
    // And the one after that.
    sandbox.replace(&format!("{DOCUMENT}/assessment.yaml"), "還付", "還付、延滞金");
    set_day("令和8年4月1日", "令和8年10月1日");
    assert_eq!(name("third"), "令和8年4月1日公表の版");
}

/// What the program says about a revision that it cannot read.
#[track_caller]
fn refused(sandbox: &Sandbox, revision: &str, words: &[&str]) {
    let run = sandbox.run(&["check", &format!("--since={revision}")]);
    assert_eq!(run.code, 2, "{}{}", run.stdout, run.stderr);
    for word in words {
        assert!(run.stderr.contains(word), "{word} is not in {}", run.stderr);
    }
}

#[test]
fn what_stands_in_the_way_is_named() {
    let sandbox = Sandbox::new();
    refused(&sandbox, "HEAD", &["git で管理されていません", "git init"]);
    let repository = Repository::around(&sandbox);
    refused(&sandbox, "HEAD", &["まだ一度もコミットされていません", "git commit"]);
    kohyo::fs::rename(&sandbox.root().join("content"), &sandbox.root().join("aside")).unwrap();
    repository.git(&["add", ".gitignore"]);
    repository.git(&["commit", "--quiet", "-m", "nothing"]);
    kohyo::fs::rename(&sandbox.root().join("aside"), &sandbox.root().join("content")).unwrap();
    refused(&sandbox, "HEAD", &["内容のフォルダ"]);
    repository.commit("2025-03-02", "first");
    refused(&sandbox, "v9", &["「v9」", "git log"]);
    refused(&sandbox, "--upload-pack=x", &["「--upload-pack=x」"]);
    refused(&sandbox, "HEAD:content", &["「HEAD:content」"]);
    assert_eq!(sandbox.run(&["check", "--since", "HEAD"]).code, 0);
    // A clone without its past.
    let id = repository.git(&["rev-parse", "HEAD"]);
    kohyo::fs::write(&sandbox.root().join(".git/shallow"), format!("{id}\n")).unwrap();
    refused(&sandbox, "HEAD~1", &["「HEAD~1」", "--unshallow"]);
    std::fs::remove_file(sandbox.root().join(".git/shallow")).unwrap();
    // In the middle of a merge.
    repository.git(&["switch", "--quiet", "--create", "other"]);
    edit(&sandbox, DOCUMENT);
    repository.commit("2025-03-03", "other");
    repository.git(&["switch", "--quiet", "main"]);
    repository.git(&["merge", "--no-commit", "--no-ff", "other"]);
    refused(&sandbox, "HEAD", &["マージが終わっていません"]);
}

#[test]
fn a_missing_git_and_a_foreign_repository_are_named() {
    let sandbox = Sandbox::new();
    let repository = Repository::around(&sandbox);
    repository.commit("2025-03-01", "first");
    let run = |name: &str, value: &str| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_kohyo"));
        command.current_dir(sandbox.root()).args(["check", "--since", "HEAD"]).env(name, value);
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, said) = run("PATH", "");
    assert!(code == Some(2) && said.contains("git のプログラムが見つかりません"), "{said}");
    let (code, said) = run("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");
    let folder = sandbox.root().canonicalize().unwrap();
    let command = format!("safe.directory \"{}\"", folder.display());
    assert!(
        code == Some(2) && said.contains(&command),
        "the repository, not the folder of the content: {said}"
    );
}

/// The review pack against the last commit.
fn packed(sandbox: &Sandbox) -> String {
    review_pack(&found(sandbox, "content", &since("HEAD")), PackFormat::Markdown, None).unwrap()
}

#[test]
fn what_cannot_be_read_is_not_lost_in_the_pack() {
    let sandbox = Sandbox::new();
    let repository = Repository::around(&sandbox);
    repository.commit("2025-03-01", "first");
    let file = format!("{DOCUMENT}/assessment.yaml");
    let good = sandbox.text(&file);
    // A new document of which not even the form is known.
    sandbox.write("019984-mihon/10-shinki/assessment.yaml", "評価書名: 新しい事務\n");
    let pack = packed(&sandbox);
    assert!(!pack.contains("公表できる状態です") && pack.contains("EDITION-01"), "{pack}");
    kohyo::fs::remove_dir_all(&sandbox.path("019984-mihon/10-shinki")).unwrap();
    // One that was readable before.
    sandbox.replace(&file, "様式:", "用紙:");
    let pack = packed(&sandbox);
    assert!(pack.contains(TITLE) && pack.contains("読めない評価書です"), "{pack}");
    assert!(!pack.contains("なくなる評価書です") && pack.contains("EDITION-01"), "{pack}");
    // A municipality whose name is not known: its documents cannot be shown, what is found in them can.
    sandbox.write(&file, good.replace("評価書番号:", "評価書番合:"));
    sandbox.write("019984-mihon/municipality.yaml", b"\xff\xfe");
    let pack = packed(&sandbox);
    assert!(!pack.contains("公表できる状態です"), "{pack}");
    assert!(pack.contains("FILE-02") && pack.contains("8-kaigo/assessment.yaml"), "{pack}");
}

#[test]
fn a_document_taken_out_too_early_cannot_be_published_like_that() {
    let sandbox = Sandbox::new();
    let repository = Repository::around(&sandbox);
    repository.commit("2025-03-01", "first");
    kohyo::fs::remove_dir_all(&sandbox.path("019984-mihon/9-kokuho-kiso")).unwrap();
    let pack = packed(&sandbox);
    let (_, of_document) = pack.split_once("なくなる評価書です").unwrap_or_else(|| panic!("{pack}"));
    assert!(of_document.starts_with("\n- 公表を止めている指摘: 1件"), "{pack}");
    let (_, findings) = of_document.split_once("### 検査の指摘: ").unwrap_or_else(|| panic!("{pack}"));
    assert!(findings.contains("PUB-04") && pack.matches("PUB-04").count() == 1, "{pack}");
}

#[test]
fn a_document_that_cannot_be_read_does_not_pass_the_check_of_its_rows() {
    let sandbox = Sandbox::new();
    let repository = Repository::around(&sandbox);
    repository.commit("2025-03-01", "first");
    let check = || sandbox.run(&["changes", "check", "content", "--since", "HEAD", "--format", "short"]);
    assert_eq!(check().code, 0, "{}", check().stdout);
    let file = format!("{DOCUMENT}/assessment.yaml");
    let good = sandbox.text(&file);
    for (bad, code) in [
        (good.lines().filter(|line| !line.starts_with("様式:")).collect::<Vec<_>>().join("\n"), "EDITION-01"),
        ("- 一\n- 二\n".to_owned(), "VAL-01"),
    ] {
        sandbox.write(&file, bad);
        let run = check();
        assert!(run.code == 1 && run.stdout.contains(code), "{code}: {}", run.stdout);
    }
    // Against the version before, though it is no rule about rows.
    let number = good.lines().find(|line| line.starts_with("評価書番号:")).unwrap();
    sandbox.write(&file, good.replace(number, "評価書番号: \"18\""));
    let run = check();
    assert!(run.stdout.contains("NUM-03"), "{}", run.stdout);
}

#[test]
fn nothing_is_drafted_about_what_was_not_read() {
    let sandbox = Sandbox::new();
    let repository = Repository::around(&sandbox);
    repository.commit("2025-03-01", "first");
    let file = format!("{DOCUMENT}/assessment.yaml");
    let changes = sandbox.text(&format!("{DOCUMENT}/changes.yaml"));
    let good = sandbox.text(&file);
    assert!(good.contains("使用方法:"));
    sandbox.write(&file, good.replacen("使用方法:", "使用方ほう:", 1));
    // A folder whose name begins like that of the document has errors of its own.
    kohyo::fs::copy_tree(
        &sandbox.path("019984-mihon/9-kokuho-kiso"),
        &sandbox.path("019984-mihon/8-kaigo-2"),
    )
    .unwrap();
    sandbox.replace("019984-mihon/8-kaigo-2/assessment.yaml", "評価書名:", "評価書めい:");
    let draft = || sandbox.run(&["changes", "draft", "content", "--since", "HEAD"]);
    let run = draft();
    assert!(run.code == 1 && run.stdout.contains("使用方ほう"), "{}{}", run.stdout, run.stderr);
    assert!(run.stderr.contains("下書きできません"), "{}", run.stderr);
    assert!(!run.stdout.contains("8-kaigo-2/"), "{}", run.stdout);
    assert_eq!(sandbox.text(&format!("{DOCUMENT}/changes.yaml")), changes);
    // A new document is told apart from one without differences.
    sandbox.write(&file, good);
    let run = draft();
    assert!(run.code == 0 && run.stderr.contains("HEAD の版にこの評価書がない"), "{}", run.stderr);
    assert!(!run.stderr.contains("下書きする変更箇所はありません"), "{}", run.stderr);
}
