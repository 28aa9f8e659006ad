//! `kohyo check --fix`: what leaves no doubt is corrected in the files, byte for byte, and nothing else.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where something is wrong")]

mod support;

use std::path::PathBuf;

use support::{Run, Sandbox};

const KISO: &str = "019984-mihon/8-kaigo-kiso/assessment.yaml";
const CHANGES: &str = "019984-mihon/8-kaigo-kiso/changes.yaml";
const FULL: &str = "019984-mihon/8-kaigo/assessment.yaml";
const CITY: &str = "019984-mihon/municipality.yaml";
const DAY: &str = "2025-09-01";

fn fix(sandbox: &Sandbox) -> Run {
    sandbox.run(&["check", "content", "--fix", "--as-of", DAY, "--format", "short"])
}

/// How a file is stored.
#[derive(Debug, Clone, Copy)]
enum Stored {
    Plain,
    MarkAndCrLf,
    Cr,
}

impl Stored {
    fn bytes(self, text: &str) -> Vec<u8> {
        match self {
            Self::Plain => text.to_owned(),
            Self::MarkAndCrLf => format!("\u{FEFF}{}", text.replace('\n', "\r\n")),
            Self::Cr => text.replace('\n', "\r"),
        }
        .into_bytes()
    }
}

/// What is written, and what must stand there afterwards.
const MENDED: [(&str, &str, &str, &str); 25] = [
    (KISO, "公表日: 令和7", "公表日：令和7", "公表日: 令和7"),
    (KISO, "公表日: 令和7", "公表日： 令和7", "公表日: 令和7"),
    (KISO, "公表日: 令和7", "公表日：\u{3000}令和7", "公表日: 令和7"),
    (KISO, "公表日: 令和7", "公表日:\u{3000}令和7", "公表日: 令和7"),
    (KISO, "様式: ", "様式：", "様式: "),
    (KISO, "  個人番号の利用:", "  個人番号の利用：", "  個人番号の利用:"),
    (KISO, "請求先: みほん市", "請求先：みほん市", "請求先: みほん市"),
    (KISO, "部署: 福祉部", "部署:福祉部", "部署: 福祉部"),
    (KISO, "    部署: ", "\u{3000}\u{3000}部署: ", "    部署: "),
    (KISO, "事務の概要: |", "事務の概要: ｜", "事務の概要: |"),
    (FULL, "- 庁内連携システム\n", "－ 庁内連携システム\n", "- 庁内連携システム\n"),
    (FULL, "- 庁内連携システム\n", "－\u{3000}庁内連携システム\n", "- 庁内連携システム\n"),
    (KISO, "令和7年3月14日", "令和1年6月3日", "令和元年6月3日"),
    (KISO, "令和7年3月14日", "\"令和1年6月3日\"", "\"令和元年6月3日\""),
    (KISO, "令和7年3月14日", "平成31年5月7日", "令和元年5月7日"),
    (KISO, "令和7年3月14日", "2025/3/14", "2025-03-14"),
    (KISO, "令和7年3月14日", "R7.3.14", "令和7年3月14日"),
    (KISO, "[自己点検,", "[自己点険,", "[自己点検,"),
    (KISO, "[自己点検,", "['自己点険',", "['自己点検',"),
    (KISO, "事務の概要:", "事務の慨要:", "事務の概要:"),
    (KISO, "事務の概要:", "\"事務の慨要\":", "\"事務の概要\":"),
    (KISO, "様式: 基礎項目評価書", "様式: 基礎項目評価著", "様式: 基礎項目評価書"),
    (CHANGES, "変更後の記載:", "変更後の記戴:", "変更後の記載:"),
    (CITY, "prefecture:", "prefectuer:", "prefecture:"),
    (FULL, "代替テキスト:", "代替テキスと:", "代替テキスト:"),
];

#[test]
fn exactly_the_marked_bytes_change() {
    for stored in [Stored::Plain, Stored::MarkAndCrLf, Stored::Cr] {
        // Line ends of an old kind need no case for every slip.
        let step = if matches!(stored, Stored::Cr) { 4 } else { 1 };
        for (file, from, wrong, right) in MENDED.into_iter().step_by(step) {
            let sandbox = Sandbox::new();
            let text = sandbox.text(file);
            assert!(text.contains(from), "{file}: {from}");
            sandbox.write(file, stored.bytes(&text.replacen(from, wrong, 1)));
            let before = all_files(&sandbox);
            let run = fix(&sandbox);
            let expected = stored.bytes(&text.replacen(from, right, 1));
            let found = kohyo::fs::read(&sandbox.path(file)).unwrap();
            assert!(found == expected, "{stored:?} {wrong}\n{}{}", run.stdout, run.stderr);
            let changed: Vec<_> = all_files(&sandbox).into_iter().filter(|f| !before.contains(f)).collect();
            assert_eq!(changed.len(), 1, "{wrong}: another file was touched");
            assert!(run.stderr.contains("1 個のファイルの 1 か所を直しました"), "{wrong}\n{}", run.stderr);
        }
    }
}

/// Every file with its bytes and the time at which it was written.
fn all_files(sandbox: &Sandbox) -> Vec<(PathBuf, Vec<u8>, std::time::SystemTime)> {
    let files = kohyo::fs::files_below(sandbox.root()).unwrap();
    let read = |path: PathBuf| {
        let time = std::fs::metadata(&path).unwrap().modified().unwrap();
        (path.clone(), kohyo::fs::read(&path).unwrap(), time)
    };
    files.into_iter().map(read).collect()
}

#[test]
fn what_is_in_doubt_is_left_alone() {
    for (file, from, wrong) in [
        (KISO, "公表日: 令和7年3月14日", "公表日: 令和元年4月30日"),
        (KISO, "公表日: 令和7年3月14日", "公表日: R7.3.14（月）"),
        (KISO, "実施の有無: 実施する", "実施の有無: 実施しなく"),
        (KISO, "30万人以上", "30万人以下"),
        (KISO, "[自己点検, 内部監査]", "[自己点検, 門部監査]"),
        (KISO, "事務の概要:", "まったく別の項目:"),
        (KISO, "    部署: 福祉部介護保険課", "    部署: 福祉部介護保険課\n    窓口：九時から"),
        (CHANGES, "提出時期: 事後", "提出時期: 事以後"),
        (FULL, "figures/nagare.svg", "figures/nagara.svg"),
        (CITY, "prefecture: ", "prefecture: 東京都 # "),
    ] {
        let sandbox = Sandbox::new();
        sandbox.replace(file, from, wrong);
        let before = all_files(&sandbox);
        let run = fix(&sandbox);
        assert!(all_files(&sandbox) == before, "{wrong} was changed\n{}{}", run.stdout, run.stderr);
        assert!(!run.stdout.is_empty(), "{wrong} is no finding");
        assert!(run.stderr.contains("自動で直せるところはありませんでした"), "{wrong}\n{}", run.stderr);
    }
}

/// Many faults in several files: all are corrected in one run, what remains is reported, and a second run changes nothing.
#[test]
fn one_run_is_enough() {
    let sandbox = Sandbox::new();
    for (file, from, to) in [
        (KISO, "様式: ", "様式："),
        (KISO, "公表日: 令和7年3月14日", "公表日： 2025/3/14"),
        (KISO, "事務の概要:", "事務の慨要:"),
        (KISO, "[自己点検, 内部監査]", "[自己点険, 内部監察]"),
        (KISO, "部署: 福祉部", "部署：福祉部"),
        (KISO, "    所属長の役職名: 介護保険課長", "    所属長の役職名:"),
        (CHANGES, "提出時期: 事後", "提出次期: 事後"),
    ] {
        sandbox.replace(file, from, to);
    }
    let run = fix(&sandbox);
    assert_eq!(run.code, 1, "an empty item remains");
    assert_eq!(run.stdout.lines().count(), 1, "{}", run.stdout);
    insta::assert_snapshot!(run.stderr, @r"
    content/019984-mihon/8-kaigo-kiso/assessment.yaml:1:3: 「：」→「: 」
    content/019984-mihon/8-kaigo-kiso/assessment.yaml:8:4: 「：」→「:」
    content/019984-mihon/8-kaigo-kiso/assessment.yaml:8:6: 「2025/3/14」→「2025-03-14」
    content/019984-mihon/8-kaigo-kiso/assessment.yaml:13:5: 「事務の慨要」→「事務の概要」
    content/019984-mihon/8-kaigo-kiso/assessment.yaml:28:7: 「：」→「: 」
    content/019984-mihon/8-kaigo-kiso/assessment.yaml:70:13: 「自己点険」→「自己点検」
    content/019984-mihon/8-kaigo-kiso/assessment.yaml:70:19: 「内部監察」→「内部監査」
    content/019984-mihon/8-kaigo-kiso/changes.yaml:5:3: 「提出次期」→「提出時期」
    2 個のファイルの 8 か所を直しました。
    content/019984-mihon/8-kaigo-kiso「介護保険に関する事務 基礎項目評価書」: 誤り 1・注意 0・参考 0・例外 0（公表できません）
    評価書 4 件を検査しました: 誤り 1 件、注意 0 件
    ");
    let once = all_files(&sandbox);
    let again = fix(&sandbox);
    assert_eq!((again.code, again.stdout.as_str()), (1, run.stdout.as_str()));
    assert!(all_files(&sandbox) == once);
    sandbox.replace(KISO, "    所属長の役職名:", "    所属長の役職名: 介護保険課長");
    let base = String::from_utf8(kohyo::fs::read(&support::base().join(KISO)).unwrap()).unwrap();
    assert_eq!(sandbox.text(KISO), base.replace("令和7年3月14日", "2025-03-14"));
}

#[test]
fn without_the_option_nothing_is_written() {
    let sandbox = Sandbox::new();
    sandbox.replace(KISO, "公表日: 令和7", "公表日：令和7");
    let before = all_files(&sandbox);
    sandbox.run(&["check", "content", "--as-of", DAY]);
    assert!(all_files(&sandbox) == before);
}

#[test]
fn an_accepted_finding_is_not_corrected() {
    let sandbox = Sandbox::new();
    let entry = "検査の例外:\n  - 検査: VAL-04\n    項目: 公表日\n    理由: 提出した原本のとおりとするため。\n    日付: 令和7年3月1日\n    判断した人: 総務課長\n";
    sandbox.replace(KISO, "公表日: 令和7年3月14日\n", &format!("公表日: 2025/3/14\n\n{entry}"));
    let before = all_files(&sandbox);
    let run = fix(&sandbox);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    assert!(all_files(&sandbox) == before);
}

#[test]
fn other_formats_stay_clean() {
    let sandbox = Sandbox::new();
    sandbox.replace(KISO, "公表日: 令和7", "公表日：令和7");
    let run = sandbox.run(&["check", "content", "--fix", "--as-of", DAY, "--format", "json"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, "[]\n"));
    assert!(run.stderr.contains("8:4: 「：」→「: 」"), "{}", run.stderr);
}
