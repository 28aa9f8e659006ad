use proptest::prelude::*;

use super::*;
use crate::form::Node;
use crate::wareki::{self, CivilDate};

fn form(id: &str) -> &'static Form {
    Form::with_id(id).unwrap()
}

fn zen() -> &'static Form {
    form("zenkomoku-h30-05")
}

/// The instance path of what a reference names; `?` for an uncertain one.
fn path(form: &Form, text: &str, files: u16) -> String {
    show(form, &form.resolve(text, files), files)
}

fn show(form: &Form, resolution: &Resolution, files: u16) -> String {
    resolution.target.map_or_else(|| "?".to_owned(), |t| form.path(t.slot, files))
}

fn assert_all(form: &Form, files: u16, cases: &[(&str, &str, Option<How>)]) {
    for (text, path, how) in cases {
        let found = form.resolve(text, files);
        let candidates: Vec<_> = found.candidates.iter().map(|s| form.path(*s, files)).collect();
        assert_eq!(show(form, &found, files), *path, "{text}: {candidates:?}");
        assert_eq!(found.how, *how, "{text}");
    }
}

const EXACT: Option<How> = Some(How::Exact);
const FOLDED: Option<How> = Some(How::Folded);
const ELIDED: Option<How> = Some(How::Elided);
const FUZZY: Option<How> = Some(How::Fuzzy);

#[test]
fn every_style_of_the_long_form_is_understood() {
    let long = "II 特定個人情報ファイルの概要 3. 特定個人情報の入手・使用 ⑧使用方法 情報の突合";
    let appendix = "I 基本情報 (別添1)事務の内容 (備考)";
    assert_all(
        zen(),
        1,
        &[
            ("Ⅱ.3.⑧ 使用方法", "ii.3.usage", EXACT),
            ("Ⅱ.3.⑧", "ii.3.usage", EXACT),
            ("Ⅱ.3.⑧ 情報の突合", "ii.3.usage.matching", EXACT),
            (long, "ii.3.usage.matching", FOLDED),
            ("Ⅱ３⑧使用方法　情報の突合", "ii.3.usage.matching", FOLDED),
            ("II-3 ⑧使用方法", "ii.3.usage", FOLDED),
            ("<p>II</p> <p>3</p> <p>⑧使用方法 ※</p>", "ii.3.usage", FOLDED),
            ("Ⅲ７リスク１⑤", "iii.7.risk1.physical", FOLDED),
            ("Ⅲ.7.リスク1.⑤ 具体的な対策の内容", "iii.7.risk1.physical.content", EXACT),
            ("Ⅲ7リスク1：特定個人情報の漏えい・滅失・毀損リスク ⑥技術的対策", "iii.7.risk1.technical", EXACT),
            (
                "III リスク対策（プロセス）※（７．リスク１⑨を除く。） 7. リスク1 ⑦バックアップ",
                "iii.7.risk1.backup",
                FOLDED,
            ),
            ("Ⅰ 7　①部署", "i.7.department", EXACT),
            ("Ⅱ ３　⑦使用者数", "ii.3.user.count", FOLDED),
            ("Ⅳ３その他のリスク対策", "iv.3", FOLDED),
            ("Ⅳ その他のリスク対策", "iv", EXACT),
            ("IV-3", "iv.3", FOLDED),
            ("Ⅳ.1.② 監査", "iv.1.audit", EXACT),
            ("Ⅵ4【行政機関等のみ】①提出日", "vi.4.submission-date", FOLDED),
            ("評価書名", "cover.name", EXACT),
            ("（別添1）", "app1", EXACT),
            ("別添２ 特定個人情報ファイル記録項目", "app2", FOLDED),
            ("（別添１）事務内容", "app1", FOLDED),
            ("(別添1)(備考)", "app1.remarks", EXACT),
            (appendix, "app1.remarks", FOLDED),
        ],
    );
}

#[test]
fn entries_of_repeats_are_numbered() {
    assert_all(
        zen(),
        1,
        &[
            ("Ⅰ2システム4", "i.2.system[4]", EXACT),
            ("システム4", "i.2.system[4]", ELIDED),
            (
                "Ⅰ.2 特定個人情報ファイルを取り扱う事務において使用するシステムシステム4 ①システムの名称",
                "i.2.system[4].name",
                EXACT,
            ),
            (
                "Ⅱ４委託事項３②取り扱いを委託する特定個人情報ファイルの範囲　その妥当性",
                "ii.4.contract[3].scope.validity",
                FOLDED,
            ),
            ("Ⅱ.4.委託事項2.再委託.⑦ 再委託の有無", "ii.4.contract[2].resub.use", EXACT),
            ("Ⅱ.4.委託事項（2） 委託事項の名称", "ii.4.contract[2].name", EXACT),
            ("Ⅱ.5 提供先12", "ii.5.recipient[12]", EXACT),
            ("Ⅱ.5 移転先", "ii.5.transferee", EXACT),
            ("Ⅱ4 ⑥委託先名", "ii.4.contract.contractor", ELIDED),
            ("システム2～5", "i.2.system", FUZZY),
        ],
    );
    let entry = zen().resolve("Ⅱ.4.委託事項2", 1).target.unwrap();
    assert!(entry.whole);
    assert_eq!(entry.slot.entries.numbers().collect::<Vec<_>>(), [1, 2]);
    assert!(!zen().resolve("Ⅱ.4.委託事項2.①", 1).target.unwrap().whole);
}

#[test]
fn ids_and_instance_paths_are_references() {
    for id in
        ["ii.3.usage", "ii.4.contract[1].scope", "i.2.system[4].name", "app1.remarks", "iv.3", "cover.name"]
    {
        assert_eq!(path(zen(), id, 1), id);
        assert_eq!(zen().resolve(id, 1).how, EXACT, "{id}");
    }
    assert_eq!(path(zen(), "ii[2].4.contract[1].scope", 2), "ii[2].4.contract[1].scope");
    assert_eq!(path(zen(), "ii.3.usage", 2), "?");
    assert_eq!(path(zen(), "ii.3.usages", 1), "?");
    assert_eq!(path(zen(), "i.2.system[0]", 1), "?");
}

#[test]
fn the_number_of_the_file_is_read_where_it_stands() {
    for text in
        ["Ⅱ（2）.3.⑧", "Ⅱ(2)3⑧使用方法", "II-(2)-3 ⑧", "II 特定個人情報ファイルの概要(2) 3. ⑧使用方法"]
    {
        assert_eq!(path(zen(), text, 2), "ii[2].3.usage", "{text}");
    }
    assert_eq!(path(zen(), "Ⅲ（1）", 2), "iii[1]");
    assert_eq!(path(zen(), "Ⅱ(2)4委託事項3", 2), "ii[2].4.contract[3]");
}

#[test]
fn without_the_number_of_the_file_several_files_are_uncertain() {
    let found = zen().resolve("Ⅱ.3.⑧", 2);
    assert_eq!((found.how, found.target), (None, None));
    let paths: Vec<_> = found.candidates.iter().map(|s| zen().path(*s, 2)).collect();
    assert_eq!(paths, ["ii[1].3.usage", "ii[2].3.usage"]);
    assert_eq!(path(zen(), "Ⅰ.1.②", 2), "i.1.content");
}

#[test]
fn a_level_may_be_left_out_where_one_item_fits() {
    assert_all(
        zen(),
        1,
        &[
            ("使用方法", "ii.3.usage", ELIDED),
            ("3. ⑧使用方法", "ii.3.usage", ELIDED),
            ("Ⅲ 消去手順 手順の内容", "iii.7.risk3.procedure.content", ELIDED),
            ("Ⅳ２　具体的な方法", "iv.2.training.method", FOLDED.max(ELIDED)),
            ("Ⅱ3 情報の統計分析", "ii.3.usage.statistics", ELIDED),
        ],
    );
}

#[test]
fn equally_good_readings_are_never_chosen_between() {
    for text in ["事務の内容", "Ⅲ3 その他の措置の内容", "Ⅱ5 時期・頻度", "①", "特定個人情報ファイル名", "3"]
    {
        let found = zen().resolve(text, 1);
        assert_eq!(found.target, None, "{text}");
        assert!(found.candidates.len() > 1, "{text}");
    }
}

#[test]
fn a_damaged_title_behind_its_number_does_no_harm() {
    assert_all(
        zen(),
        1,
        &[
            ("Ⅱ3 特定個人情報の入手と使用 ⑧使用方法", "ii.3.usage", FOLDED),
            (
                "Ⅲ2 リスク3 入手した情報が不正確なリスク 個人番号の真正性確認の措置の内容",
                "iii.2.risk3.number-check",
                FOLDED,
            ),
            ("Ⅲ.3 リスク4 不正に複製されるリスクに対する措置の内容", "iii.3.risk4.measures", FOLDED),
            ("Ⅱ4委託事項1 ④委託先への特定個人情報ファイルの提供", "ii.4.contract[1].handover-method", FOLDED),
        ],
    );
}

#[test]
fn a_guess_is_called_a_guess() {
    assert_all(
        zen(),
        1,
        &[
            // Number and label contradict each other, or the label stands elsewhere.
            ("Ⅱ.3.⑦ 使用方法", "ii.3.usage", FUZZY),
            ("Ⅴ.1 ①連絡先", "v.2.contact", FUZZY),
            ("Ⅲ.3 リスク2 ユーザ認証の管理 その他の措置の内容", "iii.3.risk2.other-measures", FUZZY),
            ("Ⅳ1 ②監査 具体的なチェック方法", "iv.1.audit.content", ELIDED),
            // A slip of the pen, a remark.
            ("Ⅱ.3.⑧ 情報の統計的な分析", "ii.3.usage.statistics", FUZZY),
            ("Ⅱ.3.⑧ 使用方法 の文言を整理した", "ii.3.usage", FUZZY),
            ("Ⅱ.3.⑧ 使用方法（2）", "ii.3.usage", FUZZY),
            ("Ⅱ.2.⑥ 担当係", "ii.2.department", FUZZY),
        ],
    );
    // Two items in one reference.
    for text in ["Ⅱ.3.②・③", "Ⅰ1②、Ⅱ3⑧", "Ⅱ3 ②入手方法及び③入手の時期・頻度"]
    {
        let found = zen().resolve(text, 1);
        assert_eq!(found.target, None, "{text}");
        assert!(found.candidates.len() > 1, "{text}");
    }
    for text in ["", "  ", "同上", "Ⅶ.1", "軽微な修正", "Ⅱの全般にわたる字句", "様式の変更について"]
    {
        assert_eq!(zen().resolve(text, 1).target, None, "{text}");
    }
}

#[test]
fn the_other_forms_are_understood_by_the_same_means() {
    let juten = form("juten-h30-05");
    assert_all(
        juten,
        1,
        &[
            ("4. 委託事項2 再委託再委託の有無", "ii.4.contract[2].resub.use", ELIDED),
            ("2. その必要性", "ii.2.subject-scope.necessity", ELIDED),
            ("Ⅲ.10", "iii.10", EXACT),
            ("Ⅲ1", "iii.1", EXACT),
            (
                "4. リスク：委託先における不正な使用等のリスク 規定の内容",
                "iii.4.risk.contract-terms.content",
                ELIDED,
            ),
            ("Ⅰ１②事務の概要", "i.1.content", FOLDED),
            ("9. 従業者に対する教育・啓発 具体的な方法", "iii.9.training.method", ELIDED),
            ("（別添1）", "app1", EXACT),
        ],
    );
    for id in ["kiso-r06-10", "kiso-h31-01"] {
        assert_all(
            form(id),
            1,
            &[
                ("Ⅰ 1.②事務の概要", "i.1.summary", EXACT),
                ("I-7 請求先", "i.7.office", FOLDED),
                ("Ⅱ しきい値判断項目 2. 取扱者数 いつ時点の計数か", "ii.2.as-of", EXACT),
                ("しきい値判断項目", "ii", EXACT),
                ("Ⅱ２．いつ時点の計数か", "ii.2.as-of", FOLDED),
                ("Ⅳ7 特定個人情報の漏えい・滅失・毀損リスクへの対策は十分か", "iv.7.adequacy", EXACT),
                ("Ⅳ.1", "iv.1", EXACT),
            ],
        );
    }
    assert_eq!(path(form("kiso-r06-10"), "Ⅳ 8. 人手を介在させる作業 判断の根拠", 1), "iv.8.basis");
    assert_eq!(path(form("kiso-r06-10"), "判断の根拠", 1), "?");
}

#[test]
fn the_official_reference_of_every_node_gives_it_back() {
    for form in Form::all() {
        for node in form.nodes() {
            for (slot, files) in slots(form, node) {
                let text = format!("{} {}", form.reference(slot, files), node.label);
                let found = form.resolve(&text, files);
                let what = format!("{}: {text}", form.head.id);
                assert_eq!(show(form, &found, files), form.path(slot, files), "{what}");
                assert_eq!(found.how, EXACT, "{what}");
                assert_eq!(found.target.map(|t| t.slot), Some(slot), "{what}");
                if node.is_item() {
                    let bare = form.reference(slot, files);
                    assert_eq!(path(form, &bare, files), form.path(slot, files), "{}: {bare}", form.head.id);
                }
                assert_eq!(path(form, &form.path(slot, files), files), form.path(slot, files));
            }
        }
    }
}

/// Slots of a node in a document with one file and in one with two.
fn slots(form: &Form, node: &Node) -> Vec<(Slot, u16)> {
    let per_file = form.section_of(node.ix).is_per_file();
    let depth = form.repeat_depth(node.ix);
    let inner = depth - usize::from(per_file && depth > 0);
    // The rows of 変更箇所 have no number on the form.
    let entry = (inner > 0 && node.reference.contains("{n}")).then_some(13);
    let slot = |file: Option<u16>| Slot { node: node.ix, entries: entries(file.filter(|_| per_file), entry) };
    vec![(slot(Some(1)), 1), (slot(Some(2)), 2), (slot(Some(1)), 2)]
}

fn rows<'a>(texts: &[(&str, &'a str)]) -> Vec<RefRow<'a>> {
    texts.iter().map(|(date, text)| RefRow { date: day(date), text }).collect()
}

fn day(date: &str) -> Option<CivilDate> {
    wareki::parse(date).ok().map(|p| p.date)
}

fn resolved(form: &Form, texts: &[(&str, &str)], files: u16) -> Vec<(String, Option<How>)> {
    form.resolve_rows(&rows(texts), files).iter().map(|r| (show(form, r, files), r.how)).collect()
}

#[test]
fn the_order_of_the_rows_decides_between_sections() {
    let juten = form("juten-h30-05");
    let one_day = |texts: &[&'static str]| {
        let texts: Vec<_> = texts.iter().map(|t| ("2024-05-01", *t)).collect();
        resolved(juten, &texts, 1).into_iter().map(|(path, _)| path).collect::<Vec<_>>()
    };
    // Ⅱ and Ⅲ both have a 1. 特定個人情報ファイル名.
    let title = "1. 特定個人情報ファイル名";
    assert_eq!(
        one_day(&["6. 保管場所", title, "2. リスクに対する措置の内容"]),
        ["ii.6.place", "iii.1", "iii.2.risk.measures"]
    );
    assert_eq!(
        one_day(&["5. 法令上の根拠", title, "2. その必要性"]),
        ["i.5.legal-basis", "ii.1", "ii.2.subject-scope.necessity"]
    );
    // Nothing decides here.
    assert_eq!(one_day(&["1. 事務の名称", title]), ["i.1.name", "?"]);
    // Between two rows of Ⅱ.5 法令上の根拠 is that of a recipient or a transferee, and not Ⅰ.5.
    assert_eq!(one_day(&["5. 提供先1 ②", "5. 法令上の根拠", "5. 移転先2 ①"])[1], "?");
}

#[test]
fn the_restart_of_the_numbering_is_the_next_file() {
    let texts = [
        ("2024-05-01", "Ⅱ2⑥事務担当部署"),
        ("2024-05-01", "Ⅱ3⑦使用部署"),
        ("2024-05-01", "Ⅱ2⑥事務担当部署"),
        ("2024-05-01", "Ⅱ3⑦使用部署"),
        ("2025-05-01", "Ⅱ3⑧使用方法"),
    ];
    let found = zen().resolve_rows(&rows(&texts), 2);
    let paths: Vec<_> = found.iter().map(|r| show(zen(), r, 2)).collect();
    assert_eq!(
        paths,
        [
            "ii[1].2.department",
            "ii[1].3.user.department",
            "ii[2].2.department",
            "ii[2].3.user.department",
            "?"
        ]
    );
    assert!(found[..4].iter().all(|r| r.how == Some(How::Sequence)));
    assert_eq!(found[4].candidates.len(), 2);
}

/// The files that the rows of one day are read as; 0 where a person is asked.
fn files_of(texts: &[&str]) -> Vec<u16> {
    let texts: Vec<_> = texts.iter().map(|t| ("2024-05-01", *t)).collect();
    let found = zen().resolve_rows(&rows(&texts), 2);
    found.iter().map(|r| r.target.map_or(0, |t| t.slot.entries.numbers().next().unwrap_or(0))).collect()
}

#[test]
fn one_row_that_stands_too_high_is_no_other_file() {
    assert_eq!(files_of(&["Ⅱ2⑥", "Ⅱ3⑧", "Ⅱ3③", "Ⅱ6①"]), [0; 4]);
    assert_eq!(files_of(&["Ⅲ7リスク1⑥", "Ⅲ7リスク1⑤"]), [0; 2]);
    // The item comes again, or the rows start anew.
    assert_eq!(files_of(&["Ⅱ2⑥", "Ⅱ3⑧", "Ⅱ3③", "Ⅱ3⑧"]), [1, 1, 2, 2]);
    assert_eq!(files_of(&["Ⅱ3③", "Ⅱ3⑧", "Ⅱ2⑥"]), [1, 1, 2]);
    // The rows say it themselves.
    assert_eq!(files_of(&["Ⅱ(1)3⑧", "Ⅱ(2)3③"]), [1, 2]);
}

#[test]
fn tables_go_by_section_or_file_by_file() {
    assert_eq!(files_of(&["Ⅱ2⑥", "Ⅱ6①", "Ⅲ3リスク4", "Ⅱ2⑥", "Ⅱ6①", "Ⅲ3リスク4"]), [1, 1, 1, 2, 2, 2]);
    assert_eq!(files_of(&["Ⅱ2⑥", "Ⅱ6①", "Ⅱ2⑥", "Ⅱ6①", "Ⅲ7", "Ⅲ3", "Ⅲ7"]), [1, 1, 2, 2, 1, 2, 2]);
}

#[test]
fn a_row_takes_over_what_it_leaves_out() {
    let texts = [
        ("2024-05-01", "Ⅱ4 委託事項2"),
        ("2024-05-01", "Ⅱ4 ①委託内容"),
        ("2024-05-01", "同上"),
        ("2024-05-01", "Ⅱ4 ⑥委託先名"),
        ("2024-05-01", "Ⅱ4 ①委託内容"),
        ("2025-05-01", "Ⅱ4 ⑥委託先名"),
    ];
    let found = resolved(zen(), &texts, 1);
    let paths: Vec<_> = found.iter().map(|(path, _)| path.as_str()).collect();
    let contract = "ii.4.contract[2]";
    assert_eq!(
        paths,
        [
            contract,
            "ii.4.contract[2].content",
            "ii.4.contract[2].content",
            "ii.4.contract[2].contractor",
            // The cells start anew, and on another day nothing is known.
            "ii.4.contract.content",
            "ii.4.contract.contractor",
        ]
    );
    assert_eq!(found[1].1, Some(How::Sequence));
    assert_eq!(resolved(zen(), &[("2024-05-01", "同上")], 1), [("?".to_owned(), None)]);
    assert!(zen().resolve_rows(&[], 1).is_empty());
}

#[test]
fn many_rows_and_long_texts_end() {
    let long = "Ⅱ3⑧使用方法".repeat(2000);
    assert!(zen().resolve(&long, 3).candidates.len() <= MOST_CANDIDATES);
    let texts: Vec<_> = (0..3000).map(|i| ("2024-05-01", ["Ⅲ3", "特定個人情報ファイル名"][i % 2])).collect();
    assert_eq!(resolved(zen(), &texts, 2).len(), 3000);
}

/// Text made of what references are made of, to reach the depths of the search.
fn reference_like() -> impl Strategy<Value = String> {
    let labels: Vec<String> =
        Form::all().iter().flat_map(|f| f.nodes().iter().map(|n| n.label.clone())).collect();
    let piece = prop_oneof![
        proptest::sample::select(labels),
        "[ⅠⅡⅢⅣIVXi①-⑳0-9０-９()（）.．\\-※　 ~～<>p/]{1,4}",
        "(リスク|システム|委託事項|提供先|別添)[0-9１-９]{0,6}",
        "\\PC{0,3}",
    ];
    proptest::collection::vec(piece, 0..7).prop_map(|p| p.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_text_is_too_strange(text in prop_oneof![reference_like(), ".{0,80}"], files in 0_u16..4) {
        for form in Form::all() {
            let found = form.resolve(&text, files);
            prop_assert_eq!(found.how.is_some(), found.target.is_some());
            if let Some(target) = found.target {
                prop_assert!(!found.candidates.contains(&target.slot));
            }
            let rows = [RefRow { date: None, text: &text }, RefRow { date: None, text: "同上" }];
            prop_assert_eq!(form.resolve_rows(&rows, files).len(), 2);
        }
    }
}

/// The tables of two published documents, where they are at hand: every row names something, and guesses are rare.
#[test]
fn published_tables_are_understood() {
    for (file, form_id, rows, most_guesses) in [
        ("001_ee0e5a9bb25e29a9.txt", "zenkomoku-h30-05", 99, 6),
        ("002_d1e101c55d1c71c0.txt", "juten-h30-05", 36, 3),
    ] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds").join(file);
        let Ok(bytes) = crate::fs::read(&path) else {
            eprintln!("SKIPPED: the published document {} is not at hand", path.display());
            continue;
        };
        let text = String::from_utf8(bytes).unwrap();
        let table: Vec<RefRow> = text.lines().filter_map(table_row).collect();
        assert_eq!(table.len(), rows, "{file}");
        let found = form(form_id).resolve_rows(&table, 1);
        assert!(found.iter().all(|r| r.target.is_some()), "{file}");
        let guesses = found.iter().filter(|r| r.how == FUZZY).count();
        assert!(guesses <= most_guesses, "{file}: {guesses}");
    }
}

fn table_row(line: &str) -> Option<RefRow<'_>> {
    let mut cells = line.split('\t');
    let date = cells.next().filter(|d| d.starts_with("令和") || d.starts_with("平成"))?;
    let text = cells.next().filter(|_| cells.clone().count() >= 3)?;
    Some(RefRow { date: Some(wareki::parse(date).ok()?.date), text })
}
