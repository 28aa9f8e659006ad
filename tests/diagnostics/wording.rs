//! Wordings in texts (LINT), and numbers that must not be published.

use super::case::{Case, case};
use super::support::Sandbox;

const KAIGO: &str = "019984-mihon/8-kaigo/assessment.yaml";
const KISO: &str = "019984-mihon/8-kaigo-kiso/assessment.yaml";
const CHANGES: &str = "019984-mihon/8-kaigo/changes.yaml";
const PROSE: &str = "019984-mihon/8-kaigo/tsukaikata.md";
const FIGURE: &str = "019984-mihon/8-kaigo/figures/nagare.svg";
/// A text of Ⅲ that no other rule looks at.
const LOG: &str = "操作の記録を、毎月点検する。";

pub fn cases() -> Vec<Case> {
    let mut cases = numbers();
    cases.extend(out_of_date());
    cases.extend(signs());
    cases.extend(names_and_places());
    cases
}

fn numbers() -> Vec<Case> {
    vec![
        case("LINT-01", "a number in the name of a file")
            .with(|s| s.write("019984-mihon/8-kaigo/figures/1234-5678-9018.png", "x"))
            .whole("019984-mihon/8-kaigo/figures/****-****-****.png"),
        case("LINT-01", "a number in a text").edit(KAIGO, LOG, "‹123456789018›の記録を点検する。"),
        case("LINT-01", "a number in a comment").edit(
            KAIGO,
            "基本情報:",
            "# 確認用 ‹1234-5678-9018›\n基本情報:",
        ),
        case("LINT-01", "a number in full width").edit(
            PROSE,
            "1. 申請書を受け付ける。",
            "1. 申請書（‹１２３４　５６７８　９０１８›）を受け付ける。",
        ),
        case("LINT-01", "a number in an old row").edit(
            CHANGES,
            "変更前の記載: 保健福祉部介護保険課",
            "変更前の記載: 保健福祉部介護保険課 ‹123456789018›",
        ),
        case("LINT-01", "a number in a drawing").edit(
            FIGURE,
            "</svg>",
            "<text x=\"10\" y=\"10\">‹123 456 789 018›</text></svg>",
        ),
        case("LINT-01", "a number in the settings").edit(
            "019984-mihon/municipality.yaml",
            "inquiry: みほん市総務課",
            "inquiry: みほん市総務課 ‹123456789018›",
        ),
        case("LINT-01", "twelve other digits").edit(KAIGO, LOG, "‹123456789012›の記録を点検する。"),
    ]
}

fn out_of_date() -> Vec<Case> {
    vec![
        case("LINT-02", "the first table").with(|s| s.replace(KISO, "別表の100の項", "別表の68の項")).edit(
            KAIGO,
            "番号法第9条第1項及び別表の100の項",
            "番号法第9条第1項及び‹別表第一›の68の項",
        ),
        case("LINT-02", "the second table").edit(
            KAIGO,
            "法令上の根拠: 番号法第19条第8号\n  評価",
            "法令上の根拠: 番号法第19条第8号及び‹別表第二›の93の項、番号法別表第二の94の項\n  評価",
        ),
        case("LINT-02", "the order of the second table").edit(
            KAIGO,
            "法令上の根拠: 番号法第19条第8号\n  評価",
            "法令上の根拠: 番号法第19条第8号、‹別表第二›の主務省令で定める事務及び情報を定める命令\n  評価",
        ),
        case("LINT-03", "the clause before the amendment").edit(
            KAIGO,
            "法令上の根拠: 番号法第19条第8号\n            提供先",
            "法令上の根拠: 番号法‹第19条第7号›\n            提供先",
        ),
        case("LINT-04", "the ordinance of the past").edit(
            KAIGO,
            LOG,
            "みほん市‹個人情報保護条例›の安全管理の定めに従い、記録を点検する。",
        ),
        case("LINT-05", "the commission by its old name").edit(
            KAIGO,
            LOG,
            "記録を点検し、‹特定個人情報保護委員会›に報告する。",
        ),
        case("LINT-05", "the minister of the past").edit(
            KAIGO,
            "専用のネットワークだけを使う。",
            "‹総務大臣›が設置・管理する情報提供ネットワークシステムだけを使う。",
        ),
        case("LINT-05", "a card that is no longer issued").edit(
            KAIGO,
            LOG,
            "‹通知カード›を送付した記録を点検する。",
        ),
        case("LINT-05", "an act that was merged").edit(
            KAIGO,
            LOG,
            "‹行政機関個人情報保護法›に従い点検する。",
        ),
    ]
}

fn signs() -> Vec<Case> {
    vec![
        case("LINT-07", "another script").edit(KAIGO, LOG, "操作の記録‹ที่ไม่›を、毎月点検する。"),
        case("LINT-07", "an English word").edit(KAIGO, LOG, "操作の記録 ‹that› 毎月点検する。"),
        case("LINT-07", "in a table cell of a markdown file").edit(
            PROSE,
            "1. 申請書を受け付ける。",
            "| 手順 | 内容 |\n|---|---|\n| 1 | ‹Про›の確認 |\n\n1. 申請書を受け付ける。",
        ),
        case("LINT-07", "in a row of this publication").edit(
            CHANGES,
            "リスクを減らす変更である。",
            "リスクを減らす‹변경›である。",
        ),
        case("LINT-08", "a risk the other way round").edit(
            KAIGO,
            "事務ごとに、見られる項目を限る。",
            "‹事務に必要な情報›との紐付けが行われるリスクに対し、見られる項目を限る。",
        ),
        case("LINT-09", "tags").edit(KAIGO, LOG, "操作の‹<b>›記録</b>を、毎月点検する。"),
        case("LINT-09", "a sign that was lost").edit(KAIGO, LOG, "操作の記‹\u{FFFD}›を、毎月点検する。"),
        case("LINT-09", "narrow kana").edit(KAIGO, LOG, "‹ｼｽﾃﾑ›の操作の記録を、毎月点検する。"),
        case("LINT-09", "an option of the form").edit(
            KAIGO,
            "リスクに対する措置の内容: 操作の記録を、毎月点検する。",
            "リスクに対する措置の内容: |\n            操作の記録を、毎月点検する。\n            ‹2) 十分である›",
        ),
        case("LINT-09", "the sign of an option list").edit(KAIGO, LOG, "‹＜選択肢＞›操作の記録を、毎月点検する。"),
        case("LINT-10", "the same as above").edit(KAIGO, "その必要性: 保険料の額を世帯の状況によって決めるため。", "その必要性: ‹同上›"),
        case("LINT-10", "a sheet that is not there").edit(KAIGO, LOG, "‹別紙2›のとおり、毎月点検する。"),
        case("LINT-10", "a sheet with a name that is not there").edit(KAIGO, LOG, "‹別紙「点検の手順」›のとおり、毎月点検する。"),
        case("LINT-11", "no such month").edit(KAIGO, LOG, "‹令和7年13月1日›から、毎月点検する。"),
        case("LINT-11", "an era that was over").edit(KAIGO, LOG, "‹平成35年4月›から、毎月点検する。"),
        case("LINT-11", "another weekday").edit(KAIGO, LOG, "‹令和7年3月14日（木）›から、毎月点検する。"),
    ]
}

fn names_and_places() -> Vec<Case> {
    vec![
        case("LINT-06", "a name behind the title").edit(
            KISO,
            "所属長の役職名: 介護保険課長",
            "所属長の役職名: 介護保険課長 ‹見本 太郎›",
        ),
        case("LINT-12", "an address of a machine").edit(
            KAIGO,
            LOG,
            "サーバ（‹192.0.2.15›）の操作の記録を、毎月点検する。",
        ),
        case("LINT-12", "the name of a machine").edit(
            KAIGO,
            LOG,
            "‹kaigo01.mihon.local› の操作の記録を、毎月点検する。",
        ),
        case("LINT-12", "a rule of passwords").edit(KAIGO, LOG, "‹パスワードは8桁以上›とする。"),
        case("LINT-12", "where the machines are")
            .edit(KAIGO, "市役所の電算室に置く。", "市役所の‹３階電算室›に置く。")
            .with(|s| {
                s.replace(
                    CHANGES,
                    "    市役所の電算室に置く。\n\n    入",
                    "    市役所の３階電算室に置く。\n\n    入",
                );
            }),
        case("LINT-13", "a department of another city").edit(
            KISO,
            "請求先: みほん市総務課",
            "請求先: ‹例示市›総務局総務課",
        ),
        case("LINT-13", "the office of another town").edit(
            KISO,
            "請求先: みほん市総務課",
            "請求先: ‹例示町›役場総務課",
        ),
    ]
}

/// Every way to show findings, for a number beside which another rule finds something.
#[test]
fn no_finding_shows_the_number() {
    let sandbox = Sandbox::new();
    sandbox.replace(KAIGO, LOG, "ｼｽﾃﾑで123456789018と１２３４-５６７８-９０１８を点検する。");
    sandbox.replace(KAIGO, "実施の有無: 実施する", "実施の有無: 123456789018");
    for format in ["human", "short", "json"] {
        let run = sandbox.run(&["check", "content", "--as-of", super::case::DAY, "--format", format]);
        assert_eq!(run.code, 1);
        for part in ["12345", "56789", "9018", "１２３４", "５６７８", "９０１８"] {
            assert!(!run.stdout.contains(part), "{format}: {part}\n{}", run.stdout);
        }
        assert!(run.stdout.contains("LINT-01") && run.stdout.contains("VAL-02"), "{}", run.stdout);
    }
    let run = sandbox.run(&["build", "--as-of", "2026-11-20"]);
    assert!(!format!("{}{}", run.stdout, run.stderr).contains("12345"));
}

/// What a theme brings along is no source: only the page that is written shows it.
#[test]
fn a_number_in_a_written_file_stops_the_build() {
    let sandbox = Sandbox::new();
    let build = |more: &[&str]| sandbox.run(&[&["build", "--as-of", "2026-11-20"], more].concat());
    assert_eq!(build(&[]).code, 0);
    let page = || kohyo::fs::read(&sandbox.root().join("public/index.html")).unwrap();
    let before = page();
    sandbox.write("../theme/assets/hint.txt", "一行目\n123456789018\n");
    let run = build(&["--theme", "theme"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("hint.txt の 2 行目"), "{}", run.stderr);
    assert!(!run.stderr.contains("12345"), "{}", run.stderr);
    assert_eq!(page(), before);
    assert!(!sandbox.root().join("public/assets/hint.txt").exists());
}

/// Errors may be allowed; this one may not.
#[test]
fn errors_that_are_allowed_do_not_allow_a_number() {
    let sandbox = Sandbox::new();
    sandbox.replace(KAIGO, LOG, "123456789018の記録を点検する。");
    let run = sandbox.run(&["build", "--as-of", "2026-11-20", "--allow-errors"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("019984/8-kaigo/assessment.json"), "{}", run.stderr);
    assert!(!run.stderr.contains("12345"), "{}", run.stderr);
    assert!(!sandbox.root().join("public").exists());
}

/// An exception cannot let a number through.
#[test]
fn a_number_is_no_matter_of_exceptions() {
    assert!(!kohyo::rules::catalogue().get("LINT-01").unwrap().exceptable);
}

#[test]
fn what_is_right_stays_silent() {
    let sandbox = Sandbox::new();
    for text in [
        "法人番号 1234567890182、電話 000-0000-0000、令和7年3月14日（金）、202404010930。",
        "通知カードの提示を受ける。当時の特定個人情報保護委員会との協議を経て設置された。",
        "α版とβ版、ID and パスワード、①窓口 or 郵送、a<br>b、サーバー･プラットフォーム。",
        "別紙のとおり。上記のとおり点検する。平成31年度から、平成25年法律第27号による。",
        "住民基本台帳法別表第一による。番号法第9条第1項及び別表の100の項による。",
        "別紙「認定の流れ」のとおり点検する。「電子ファイル」と「住民基本台帳ファイル」を使う。",
        "「1. 本人確認の手引」と「①申請書」を使う。Ⅱ.3.⑧ 使用方法のとおり。",
    ] {
        sandbox.write(KAIGO, Sandbox::new().text(KAIGO).replace(LOG, text));
        let run = sandbox.run(&["check", "content", "--as-of", super::case::DAY]);
        assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{text}");
    }
}

/// A row that has been published is not rewritten, and words of its time are right in it.
#[test]
fn rows_of_former_publications_are_left_alone() {
    let sandbox = Sandbox::new();
    sandbox.replace(CHANGES, "変更前の記載: 保健福祉部介護保険課", "変更前の記載: 番号法別表第一、ที่ไม่、<b>");
    let run = sandbox.run(&["check", "content", "--as-of", super::case::DAY]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""));
}
