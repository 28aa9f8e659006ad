//! What transcriptions do to a document.

use super::{JUTEN_HEAD, check, juten, notes_on, read, unrecognised};
use crate::assessment::Value;
use crate::import::Doubt;

#[test]
fn inner_tables_are_read_once() {
    let inner = "<table><tr><td>具体的な方法</td><td>誓約書を取る。</td></tr></table>";
    let imported = juten(&format!(
        "III リスク対策
4. 特定個人情報ファイルの取扱いの委託 [ ] 委託しない
リスク: 委託先における不正な使用等のリスク
再委託先による特定個人情報ファイルの適切な取扱いの担保\t{inner}\t具体的な方法\t誓約書を取る。\t[十分に行っている] <選択肢> 1) 十分に行っている 2) 再委託していない
具体的な方法\t誓約書を取る。\t\t\t
リスクへの対策は十分か\t<table><tr><td>[十分である]</td><td>1) 特に力を入れている</td></tr></table>\t[十分である]\t1) 特に力を入れている
[十分である]\t1) 特に力を入れている
8. 監査
実施の有無\t[○] 自己点検
",
    ));
    check(
        &imported,
        &[
            ("iii.4.none", "false"),
            ("iii.4.risk.resub-assurance", "十分に行っている"),
            ("iii.4.risk.resub-assurance.method", "誓約書を取る。"),
            ("iii.4.risk.adequacy", "十分である"),
            ("iii.8.audit", "自己点検"),
        ],
    );
    assert_eq!(unrecognised(&imported), Vec::<String>::new());
}

#[test]
fn lost_ticks_are_said_and_not_guessed() {
    let imported = juten(
        "II 特定個人情報ファイルの概要
3. 特定個人情報の入手・使用
①入手元 ※\t[ ] 本人又は本人の代理人 [ ] 民間事業者 ( 除雪会社 ) [ ] その他 ( )
②入手方法\t[ ] 紙 [ ] 電子メール
III リスク対策
4. 特定個人情報ファイルの取扱いの委託\t[ ] 委託しない
",
    );
    check(&imported, &[("ii.3.source", "民間事業者(除雪会社)"), ("ii.3.method", "∅"), ("iii.4.none", "∅")]);
    let doubts = |path: &str| notes_on(&imported, path).iter().map(|n| n.0).collect::<Vec<_>>();
    assert_eq!(doubts("ii.3.source"), [Doubt::Derived, Doubt::Uncertain]);
    assert_eq!(doubts("ii.3.method"), [Doubt::Empty]);
    assert_eq!(doubts("iii.4.none"), [Doubt::Empty]);
}

#[test]
fn lost_glued_and_damaged_labels() {
    let imported = juten(
        "# 基本情報
1. 特定個人情報ファイルを取り扱う事務
事務の名称 除雪の申込みに関する事務
②事務の内容\t<p>申込みを受ける。</p>
台帳に書く。
対象者数\t[1,000人未満] <選択肢> 1) 1,000人未満 2) 1,000人以上1万人未満
III リスク対策
3. 特定個人情報の使用
リスク1: 目的を超えた紐付け、事務に必要な情報との紐付けが行われるリスク
リスクに対する措置の内容\t番号を表示しない。
\t[十分である]\t<選択肢> 1) 特に力を入れている 2) 十分である 3) 課題が残されている
リスク2: 権限のない者によって不正に使用されるリスク
ユーザ認証の管理\t[行っている] <選択肢> 1) 行っている 2) 行っていない
\t合言葉を使う。
その他の措置の内容\t—
- 12 -
リスクへの対策は十分か [課題が残されている]
特定個人情報の使用における他のリスク及びそのリスクに対する措置
- ①画面を隠す。
",
    );
    check(
        &imported,
        &[
            ("i.1.name", "除雪の申込みに関する事務"),
            ("i.1.content", "申込みを受ける。\n台帳に書く。"),
            ("i.1.population", "1,000人未満"),
            ("iii.3.risk1.measures", "番号を表示しない。"),
            ("iii.3.risk1.adequacy", "十分である"),
            ("iii.3.risk2.authentication", "行っている"),
            ("iii.3.risk2.authentication.method", "合言葉を使う。"),
            ("iii.3.risk2.other-measures", "—"),
            ("iii.3.risk2.adequacy", "課題が残されている"),
            ("iii.3.other-risks", "①画面を隠す。"),
        ],
    );
    for path in ["i.1.population", "iii.3.risk1.adequacy", "iii.3.risk2.authentication.method"] {
        assert_eq!(notes_on(&imported, path)[0].0, Doubt::Uncertain, "{path}");
    }
}

#[test]
fn unknown_rows_stay_unrecognised_and_spoil_nothing() {
    let imported = juten(
        "I 基本情報
1. 特定個人情報ファイルを取り扱う事務
①事務の名称\t除雪
見たことのない欄\tみほんの答え
③対象人数\t[たくさん] <選択肢> 1) 1,000人未満 2) 1,000人以上1万人未満
6. 評価実施機関における担当部署
①部署\t除雪課\t余りの欄
9. 見たことのない見出し
そこに続く文
",
    );
    check(
        &imported,
        &[("i.1.name", "除雪"), ("i.1.population", "?たくさん"), ("i.6.department", "除雪課\n余りの欄")],
    );
    let left = unrecognised(&imported);
    assert!(left.iter().any(|l| l.contains("見たことのない見出し")), "{left:?}");
    assert!(left.iter().any(|l| l.contains("そこに続く文")), "{left:?}");
    assert!(left.iter().any(|l| l.contains("見たことのない欄")), "{left:?}");
}

#[test]
fn angle_words_entities_and_escapes() {
    let imported = juten(
        "II 特定個人情報ファイルの概要
6. 特定個人情報の保管・消去
保管場所 ※\t<p><倉庫における措置></p> <p>&lt;車庫&gt; 鍵を掛ける。</p>
7. 備考
<VRS>&amp;機器
",
    );
    check(
        &imported,
        &[("ii.6.place", "<倉庫における措置>\n\n<車庫> 鍵を掛ける。"), ("ii.7", "\\<VRS>&機器")],
    );
    assert_eq!(unrecognised(&imported), Vec::<String>::new());
}

#[test]
fn pipes_and_tables_over_several_lines() {
    let imported = juten(
        "## 開示請求、問合せ
| 1. 特定個人情報の開示・訂正・利用停止請求 | |
| --- | --- |
| **①請求先** | 総務課 |
| ②請求方法 | 窓口<br>郵送 |
<table>
<tr><td colspan=\"2\">2. 特定個人情報ファイルの取扱いに関する問合せ</td></tr>
<tr>
<td>①連絡先</td>
<td>除雪課</td>
</tr>
</table>
",
    );
    check(&imported, &[("iv.1.office", "総務課"), ("iv.1.method", "窓口\n郵送"), ("iv.2.contact", "除雪課")]);
    assert_eq!(unrecognised(&imported), Vec::<String>::new());
}

#[test]
fn change_rows_lost_fused_and_shifted() {
    let imported = juten(
        "(別添2) 変更箇所
変更日\t項目\t変更前の記載\t変更後の記載\t提出時期\t提出時期に係る説明
令和5年4月1日\tI 6. ①部署\t雪課\t<p>除雪課</p> <p>融雪課</p>\t事後\t組織改正
<p>令和5年5月1日</p> <p>II-3 ②入手方法</p>\t[ ] 紙\t[○] 紙\t<p>事後</p> <p>軽微な修正</p>\t\t

変更日\t項目\t変更前の記載\t変更後の記載\t提出時期\t提出時期に係る説明
\tⅡ７　備考\t\t追加した。\t事前\t
令和5年6月1日\tIV 2. ①連絡先\t雪課
電話1番\t除雪課
電話2番\t事後\t番号の変更
令和5年13月1日\t同上\tあ\tい\t事後\tう
",
    );
    let rows: Vec<[&str; 6]> = imported
        .changes
        .iter()
        .map(|c| [c.date_text.as_str(), &c.item.text, &c.before, &c.after, &c.timing, &c.explanation])
        .collect();
    assert_eq!(
        rows,
        [
            ["令和5年4月1日", "I 6. ①部署", "雪課", "除雪課\n\n融雪課", "事後", "組織改正"],
            ["令和5年5月1日", "II-3 ②入手方法", "[ ] 紙", "[○] 紙", "事後", "軽微な修正"],
            ["令和5年5月1日", "Ⅱ７ 備考", "", "追加した。", "事前", ""],
            ["令和5年6月1日", "IV 2. ①連絡先", "雪課\n電話1番", "除雪課\n電話2番", "事後", "番号の変更"],
            ["令和5年13月1日", "同上", "あ", "い", "事後", "う"],
        ]
    );
    assert_eq!(imported.changes[4].date, None);
    assert_eq!(unrecognised(&imported), Vec::<String>::new());
    let notes: Vec<&str> = imported.report.notes.iter().map(|n| n.subject.as_str()).collect();
    for row in ["変更箇所の2行目", "変更箇所の3行目", "変更箇所の5行目"] {
        assert!(notes.contains(&row), "{row}: {notes:?}");
    }
}

#[test]
fn the_second_look_finds_words_that_got_lost() {
    let text = format!("{JUTEN_HEAD}I 基本情報\n6. 評価実施機関における担当部署\n①部署\t除雪課と融雪課\n");
    let mut imported = read(&text);
    let slot = imported.answers.form().slot("i.6.department").unwrap();
    imported.answers.set(slot, Value::Text("除雪課".to_owned()));
    crate::import::audit::audit(&text, &mut imported);
    assert_eq!(unrecognised(&imported), ["4: 除雪課と融雪課"]);
}
