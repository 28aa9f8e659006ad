//! Whole documents, all of them fictional, one kind of noise each.

use proptest::prelude::*;

use crate::assessment::Value;
use crate::form::Form;
use crate::import::{Doubt, Fate, Imported, detect};

/// The value at a path in one line: texts as they are, ticks as `label(text)` with commas between them.
fn shown(imported: &Imported, path: &str) -> String {
    match imported.answers.at(path) {
        None => String::from("∅"),
        Some(Value::Text(text) | Value::Choice(text)) => text.clone(),
        Some(Value::Unfit(text)) => format!("?{text}"),
        Some(Value::Date(date)) => date.iso(),
        Some(Value::Count(number)) => number.to_string(),
        Some(Value::Flag(state)) => state.to_string(),
        Some(Value::Figures(_)) => String::from("figures"),
        Some(Value::Checks(ticks)) => {
            let tick = |t: &crate::assessment::Tick| match &t.text {
                Some(text) => format!("{}({text})", t.label),
                None => t.label.clone(),
            };
            ticks.iter().map(tick).collect::<Vec<_>>().join(",")
        }
    }
}

fn read(text: &str) -> Imported {
    let form = detect::form(text).expect("the document names its form");
    let imported = super::read(text, form);
    check_fates(text, &imported);
    imported
}

/// Every printed line has a fate, and a blank one is blank.
fn check_fates(text: &str, imported: &Imported) {
    let mut fates = imported.report.ledger.lines();
    for line in text.lines() {
        let (_, fate) = fates.next().expect("a fate for every line");
        assert_eq!(line.trim().is_empty(), *fate == Fate::Blank, "{line}: {fate:?}");
    }
    assert!(fates.next().is_none());
}

#[track_caller]
fn check(imported: &Imported, expected: &[(&str, &str)]) {
    for (path, value) in expected {
        assert_eq!(shown(imported, path), *value, "{path}");
    }
}

fn unrecognised(imported: &Imported) -> Vec<String> {
    let lines = imported.report.ledger.lines();
    lines
        .filter_map(|(line, fate)| match fate {
            Fate::Unrecognised(text) => Some(format!("{line}: {text}")),
            _ => None,
        })
        .collect()
}

fn notes_on<'i>(imported: &'i Imported, path: &str) -> Vec<(Doubt, &'i str)> {
    let notes = imported.report.notes.iter().filter(|n| n.path == path);
    notes.map(|n| (n.doubt, n.message.as_str())).collect()
}

const KISO: &str = "\
特定個人情報保護評価書(基礎項目評価書)

評価書番号\t評価書名
7\t雪像審査に関する事務 基礎項目評価書

個人のプライバシー等の権利利益の保護の宣言

みほん市は、雪像審査の事務において個人の権利利益の保護に取り組むことを宣言する。

特記事項

評価実施機関名

みほん市長

公表日

令和7年2月3日

I 関連情報

1. 特定個人情報ファイルを取り扱う事務
①事務の名称\t雪像審査に関する事務
②事務の概要\t<p>雪像の審査を行う。</p> <ul> <li>・受付</li> <li>・採点</li> </ul>
③システムの名称\t雪像審査システム
2. 特定個人情報ファイル名
雪像ファイル
3. 個人番号の利用
法令上の根拠\tみほん市雪像条例第1条
4. 情報提供ネットワークシステムによる情報連携
①実施の有無\t[実施しない] <選択肢> 1) 実施する 2) 実施しない 3) 未定
②法令上の根拠\t―
5. 評価実施機関における担当部署
①部署\t雪像課
②所属長の役職名\t雪像課長
6. 他の評価実施機関
なし
7. 特定個人情報の開示・訂正・利用停止請求
請求先\t総務課 電話000-000
8. 特定個人情報ファイルの取扱いに関する問合せ
連絡先\t雪像課
9. 規則第9条第2項の適用\t[ ] 適用した
適用した理由\t

II しきい値判断項目

1. 対象人数
評価対象の事務の対象人数は何人か\t[1万人以上10万人未満]\t<選択肢> 1) 1,000人未満(任意実施) 2) 1,000人以上1万人未満 3) 1万人以上10万人未満 4) 10万人以上30万人未満 5) 30万人以上
\tいつ時点の計数か\t令和6年4月1日 時点
2. 取扱者数
特定個人情報ファイル取扱者数は500人以上か\t[500人未満] <選択肢> 1) 500人以上 2) 500人未満
\tいつ時点の計数か\t令和6年5月1日時点
3. 重大事故
過去1年以内に、評価実施機関において特定個人情報に関する重大事故が発生したか\t[発生なし] <選択肢> 1) 発生あり 2) 発生なし

III しきい値判断結果

しきい値判断結果
基礎項目評価の実施が義務付けられる

IV リスク対策

1. 提出する特定個人情報保護評価書の種類
[基礎項目評価書]\t<選択肢> 1) 基礎項目評価書 2) 基礎項目評価書及び重点項目評価書 3) 基礎項目評価書及び全項目評価書
2)又は3)を選択した評価実施機関については、それぞれ重点項目評価書又は全項目評価書において、リスク対策の詳細が記載されている。
2. 特定個人情報の入手(情報提供ネットワークシステムを通じた入手を除く。)
目的外の入手が行われるリスクへの対策は十分か\t[十分である] <選択肢> 1) 特に力を入れている 2) 十分である 3) 課題が残されている
4. 特定個人情報ファイルの取扱いの委託\t[○] 委託しない
5. 特定個人情報の提供・移転(委託や情報提供ネットワークシステムを通じた提供を除く。) [ ] 提供・移転しない
不正な提供・移転が行われるリスクへの対策は十分か\t[課題が残されている]
6. 情報提供ネットワークシステムとの接続 [○] 接続しない(入手) [○] 接続しない(提供)
8. 人手を介在させる作業\t[ ] 人手を介在させる作業はない
人為的ミスが発生するリスクへの対策は十分か\t[特に力を入れている]
判断の根拠\t二人で確かめている。
9. 監査
実施の有無\t[○] 自己点検 [ ] 内部監査 [○] 外部監査
10. 従業者に対する教育・啓発
従業者に対する教育・啓発\t[十分に行っている]
11. 最も優先度が高いと考えられる対策\t[ ] 全項目評価又は重点項目評価を実施する
最も優先度が高いと考えられる対策\t[ 9) 従業者に対する教育・啓発 ]
当該対策は十分か【再掲】\t[十分である]
判断の根拠\t毎年研修している。

変更箇所
変更日\t項目\t変更前の記載\t変更後の記載\t提出時期\t提出時期に係る説明
令和6年1月9日\tI 5. ②所属長の役職名\t雪課長\t雪像課長\t事後\t組織改正
";

#[test]
fn a_basic_assessment() {
    let imported = read(KISO);
    assert_eq!(imported.answers.form().head.id, "kiso-r06-10");
    check(
        &imported,
        &[
            ("cover.number", "7"),
            ("cover.name", "雪像審査に関する事務 基礎項目評価書"),
            ("cover.special-notes", "∅"),
            ("cover.agency", "みほん市長"),
            ("cover.publication-date", "2025-02-03"),
            ("i.1.summary", "雪像の審査を行う。\n\n・受付\n・採点"),
            ("i.2", "雪像ファイル"),
            ("i.4.use", "実施しない"),
            ("i.4.legal-basis", "―"),
            ("i.6", "なし"),
            ("i.9.applied", "false"),
            ("ii.1.population", "1万人以上10万人未満"),
            ("ii.1.as-of", "2024-04-01"),
            ("ii.2.as-of", "2024-05-01"),
            ("iii.result", "基礎項目評価の実施が義務付けられる"),
            ("iv.1.kinds", "基礎項目評価書"),
            ("iv.4.none", "true"),
            ("iv.5.none", "false"),
            ("iv.5.adequacy", "課題が残されている"),
            ("iv.6.no-obtain", "true"),
            ("iv.8.adequacy", "特に力を入れている"),
            ("iv.8.basis", "二人で確かめている。"),
            ("iv.9.audit", "自己点検,外部監査"),
            ("iv.10.training", "十分に行っている"),
            ("iv.11.higher", "false"),
            ("iv.11.measure", "従業者に対する教育・啓発"),
            ("iv.11.adequacy", "十分である"),
            ("iv.11.basis", "毎年研修している。"),
        ],
    );
    assert_eq!(unrecognised(&imported), Vec::<String>::new());
    assert_eq!(imported.changes.len(), 1);
}

#[test]
fn two_files() {
    let text = "\
特定個人情報保護評価書(全項目評価書)
II 特定個人情報ファイルの概要(1)
1. 特定個人情報ファイル名\t
除雪ファイル\t
2. 基本情報
③対象となる本人の範囲 ※\t除雪を申し込んだ者
II 特定個人情報ファイルの概要(2)
1. 特定個人情報ファイル名\t
融雪ファイル\t
2. 基本情報
③対象となる本人の範囲 ※\t融雪を申し込んだ者
(別添2) 特定個人情報ファイル記録項目
番号、氏名
III 特定個人情報ファイルの取扱いプロセスにおけるリスク対策 ※(7. リスク1⑨を除く。)
1. 特定個人情報ファイル名\t
除雪ファイル\t
3. 特定個人情報の使用
リスク3: 従業者が事務外で使用するリスク
リスクに対する措置の内容\t鍵を掛ける。
III 特定個人情報ファイルの取扱いプロセスにおけるリスク対策 ※(7. リスク1⑨を除く。)
1. 特定個人情報ファイル名\t
融雪ファイル\t
";
    let imported = read(text);
    check(
        &imported,
        &[
            ("ii[1].1", "除雪ファイル"),
            ("ii[1].2.subject-scope", "除雪を申し込んだ者"),
            ("ii[2].1", "融雪ファイル"),
            ("ii[2].2.subject-scope", "融雪を申し込んだ者"),
            ("app2.record-items", "番号、氏名"),
            ("iii[1].1", "除雪ファイル"),
            ("iii[1].3.risk3.measures", "鍵を掛ける。"),
            ("iii[2].1", "融雪ファイル"),
        ],
    );
    assert_eq!(notes_on(&imported, "iii[2].1")[0].0, Doubt::Derived);
    assert_eq!(unrecognised(&imported), Vec::<String>::new());
}

const JUTEN_HEAD: &str = "特定個人情報保護評価書(重点項目評価書)\n";

fn juten(body: &str) -> Imported {
    read(&format!("{JUTEN_HEAD}{body}"))
}

#[test]
fn systems_and_boxes_of_every_kind() {
    let imported = juten(
        "I 基本情報
2. 特定個人情報ファイルを取り扱う事務において使用するシステム
システム1\t
①システムの名称\t除雪台帳
②システムの機能\t1. 受付 2. 配車
③他のシステムとの接続\t[○] 情報提供ネットワークシステム [ ] 庁内連携システム
\t[〇] 税務システム\t[◯] その他 (地図システム)
システム2～5
システム2\t
①システムの名称\t配車盤
③他のシステムとの接続\t☑庁内連携システム ☐税務システム ■宛名システム等 □その他( )
システム3\t
①システムの名称\t融雪盤
③他のシステムとの接続\t<ul><li><input type=\"checkbox\" checked> 税務システム</li><li>[<input type=\"checkbox\">] その他 (</li><li>)</li></ul>
システム4\t
①システムの名称\t
②システムの機能\t
③他のシステムとの接続\t[ ] 情報提供ネットワークシステム [ ] 税務システム
",
    );
    check(
        &imported,
        &[
            ("i.2.system[1].functions", "1. 受付\n2. 配車"),
            ("i.2.system[1].connections", "情報提供ネットワークシステム,税務システム,その他(地図システム)"),
            ("i.2.system[2].connections", "庁内連携システム,宛名システム等"),
            ("i.2.system[3].connections", "税務システム"),
            ("i.2.system[4].connections", "∅"),
        ],
    );
    let form = imported.answers.form();
    assert_eq!(imported.answers.count(form.by_id("i.2.system").unwrap(), crate::form::Entries::NONE), 3);
    assert_eq!(unrecognised(&imported), Vec::<String>::new());
}

#[test]
fn entries_of_outsourcing_with_their_counts() {
    let imported = juten(
        "II 特定個人情報ファイルの概要
4. 特定個人情報ファイルの取扱いの委託
委託の有無 ※\t[委託する] <選択肢> （　2　）件 1) 委託する 2) 委託しない
委託事項1\t除雪車の運転
①委託内容\t除雪
再委託\t④再委託の有無 ※\t[再委託しない] <選択肢> 1) 再委託する 2) 再委託しない
\t⑤再委託の許諾方法\t
委託事項2～5
①委託内容\t融雪
③委託先名\t株式会社みほん除雪
5. 特定個人情報の提供・移転(委託に伴うものを除く。)
提供・移転の有無\t[○] 提供を行っている ( 1 ) 件 [ ] 移転を行っている ( ) 件 [ ] 行っていない
提供先1\t道路管理者
①法令上の根拠\t道路法
移転先1\t
①法令上の根拠\t
⑥移転方法\t[ ] 庁内連携システム [ ] 紙 [ ] その他 ( )
",
    );
    check(
        &imported,
        &[
            ("ii.4.outsourcing", "委託する"),
            ("ii.4.outsourcing.count", "2"),
            ("ii.4.contract[1].name", "除雪車の運転"),
            ("ii.4.contract[1].resub.use", "再委託しない"),
            ("ii.4.contract[2].content", "融雪"),
            ("ii.4.contract[2].contractor", "株式会社みほん除雪"),
            ("ii.5.provision", "提供を行っている"),
            ("ii.5.provision.provide-count", "1"),
            ("ii.5.recipient[1].name", "道路管理者"),
            ("ii.5.transferee[1].method", "∅"),
        ],
    );
    let derived = imported.report.notes.iter().find(|n| n.message.contains("見出しがない"));
    assert_eq!(derived.map(|n| n.doubt), Some(Doubt::Derived));
    assert_eq!(unrecognised(&imported), Vec::<String>::new());
}

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

fn noise() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "\t",
        "\n",
        "I 基本情報",
        "II 特定個人情報ファイルの概要",
        "①",
        "事務の名称",
        "2. 基本情報",
        "システム1",
        "委託事項2",
        "[○] 紙",
        "[ ] その他 (",
        ")",
        "[十分である]",
        "<選択肢>",
        "1) 十分である",
        "<table>",
        "<tr>",
        "<td>",
        "</td>",
        "</table>",
        "<p>",
        "</p>",
        "&lt;",
        "リスク1：",
        "変更日\t項目\t変更前の記載\t変更後の記載",
        "\t提出時期",
        "令和5年4月1日",
        "事後",
        "(別添1)",
        "項目一覧",
        "評価書番号\t評価書名",
        "|",
        "---",
        "公表日",
        "特定個人情報ファイル名",
        "［",
        "雪",
        "。",
        "　",
        "<input type=\"checkbox\" checked>",
        "委託しない",
        "件",
        "\r",
    ]);
    prop::collection::vec(prop_oneof![9 => words.prop_map(str::to_owned), 1 => ".{0,6}"], 0..60)
        .prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_and_every_line_has_a_fate(text in noise(), form in 0usize..4) {
        let imported = super::read(&text, &Form::all()[form]);
        check_fates(&text, &imported);
        prop_assert!(!imported.report.to_markdown().is_empty());
        let _ = (detect::form(&text), detect::source_kind(&text));
    }
}

/// The transcriptions beside the project, of which nothing is kept in it: how much of them is read.
#[test]
fn documents_beside_the_project() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    for (prefix, items, rows, most_left) in [("001_", 225, 99, 3), ("002_", 105, 36, 2)] {
        let file = std::fs::read_dir(&folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|f| f.path())
            .find(|p| p.file_name().is_some_and(|n| n.to_string_lossy().starts_with(prefix)));
        #[allow(clippy::disallowed_methods, reason = "a test reads its own data")]
        let Some(text) = file.and_then(|f| std::fs::read_to_string(f).ok()) else {
            eprintln!("SKIPPED documents_beside_the_project: {}/{prefix}* is absent", folder.display());
            continue;
        };
        assert_eq!(detect::source_kind(&text), detect::SourceKind::Table);
        let imported = read(&text);
        assert!(
            imported.answers.values().count() >= items,
            "{prefix}: {}",
            imported.answers.values().count()
        );
        assert_eq!(imported.changes.len(), rows, "{prefix}");
        let left = unrecognised(&imported);
        assert!(left.len() <= most_left, "{prefix}: {left:?}");
    }
}
