//! Random edits of the sample documents, and the rows that are drafted about them: they tell of every difference, a second run adds
//! nothing, and whatever stood in `changes.yaml` still stands there.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where something is wrong")]

#[path = "simulator/dice.rs"]
#[allow(dead_code, reason = "the simulator uses more of it")]
mod dice;
#[path = "mutations/edit.rs"]
#[allow(dead_code, reason = "the places of an edit are not needed here")]
mod edit;

use std::path::Path;

use dice::Dice;
use edit::Edit;
use kohyo::assessment::{Answers, Assessment};
use kohyo::check::{self, Checked, Earlier, Surroundings};
use kohyo::compare::{DifferenceKind, FigureDigests, Side};
use kohyo::diagnostic::{Diagnostic, short};
use kohyo::form::{Form, Slot};
use kohyo::history::{ChangeKind, meanings};
use kohyo::read::{self, AssessmentSource, Data, SourceFile, Yaml};
use kohyo::review::draft::{Drafted, Existing, Version, draft};
use kohyo::wareki::CivilDate;
use rayon::prelude::*;

/// Runs, each with edits of its own.
const RUNS: u64 = 60;
/// Edits in a run, at most.
const MOST_EDITS: usize = 6;

/// The documents of the sample.
fn sources() -> Vec<AssessmentSource> {
    let (content, _) = read::scan(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content")).unwrap();
    let folders = content.municipalities.iter().flat_map(|municipality| &municipality.assessments);
    folders.map(|folder| read::assessment(folder).0.unwrap()).collect()
}

fn copy(file: &SourceFile) -> SourceFile {
    SourceFile::new(file.path.clone(), file.text.clone())
}

/// A document with other texts of its two files, as the check finds it beside the version before.
fn checked(source: &AssessmentSource, form: &str, changes: &str, before: Option<&Earlier>) -> Checked {
    let source = AssessmentSource {
        dir: source.dir.clone(),
        number: source.number.clone(),
        form: SourceFile::new(source.form.path.clone(), form),
        prose: source.prose.iter().map(copy).collect(),
        changes: Some(SourceFile::new("changes.yaml", changes)),
        attachments: source.attachments.clone(),
    };
    check::assessment(&source, Surroundings { before, ..Surroundings::unknown() })
}

fn document(source: &AssessmentSource, form: &str, changes: &str) -> Option<Assessment> {
    checked(source, form, changes, None).assessment
}

/// What the check finds in drafted rows.
fn found(source: &AssessmentSource, before: &Assessment, form: &str, changes: &str) -> Vec<Diagnostic> {
    let before = Earlier {
        name: "前の版".to_owned(),
        assessment: before.clone(),
        figures: FigureDigests::new(),
        figures_now: FigureDigests::new(),
    };
    let mut findings = checked(source, form, changes, Some(&before)).diagnostics;
    findings.retain(|d| &*d.file == "changes.yaml" || matches!(d.code.id(), "CHG-01" | "CHG-02"));
    findings
}

/// Some edits; entries also change places.
fn edited(dice: &mut Dice, text: &str) -> (String, Vec<String>) {
    let (mut text, mut done) = (text.to_owned(), Vec::new());
    for _ in 0..=dice.roll(MOST_EDITS) {
        if dice.percent(20) {
            if let Some(other) = swapped(dice, &text) {
                text = other;
                done.push("entries change places".to_owned());
            }
        } else if let Some(edit) = Edit::of(dice, "assessment.yaml", &text) {
            text = edit.text;
            done.push(edit.what);
        }
    }
    (text, done)
}

/// Two entries of a list that stand side by side change places.
fn swapped(dice: &mut Dice, text: &str) -> Option<String> {
    let file = SourceFile::new("assessment.yaml", text);
    let root = read::parse_partly(&file).root?;
    let mut lists = Vec::new();
    collect(&root, &mut lists);
    lists.retain(|items| items.len() > 1 && matches!(items[0].data, Data::Map(_)));
    let items = lists.get(dice.roll(lists.len()))?;
    let at = dice.roll(items.len() - 1);
    let line = |item: &Yaml| file.line_start(file.line_column(item.span.start).0);
    let (first, second) = (line(&items[at]), line(&items[at + 1]));
    let end = text[..items[at + 1].span.end].trim_end().len();
    let end = end + text[end..].find('\n')? + 1;
    let between = |from: usize, to: usize| text.get(from..to);
    Some(
        [between(0, first)?, between(second, end)?, between(first, second)?, between(end, text.len())?]
            .concat(),
    )
}

fn collect<'y>(yaml: &'y Yaml, lists: &mut Vec<&'y [Yaml]>) {
    match &yaml.data {
        Data::Map(entries) => entries.iter().for_each(|(_, value)| collect(value, lists)),
        Data::List(items) => {
            lists.push(items);
            for item in items {
                collect(item, lists);
            }
        }
        Data::Null | Data::Scalar(_) => {}
    }
}

static NO_FIGURES: FigureDigests = FigureDigests::new();

fn version(document: &Assessment, published: Option<CivilDate>) -> Version<'_> {
    let side = Side { answers: &document.answers, changes: &document.changes, figures: &NO_FIGURES };
    Version { side, published }
}

/// The rows that are drafted for a version that is published long after the one before.
fn drafted(before: &Assessment, after: &Assessment, changes: &str) -> Drafted {
    let (before, after) =
        (version(before, before.published), version(after, CivilDate::from_ymd(2027, 4, 1)));
    let drafted = draft(before, after, "changes.yaml", Some(changes.as_bytes()), Existing::Keep);
    drafted.unwrap_or_else(|found| panic!("{found:#?}"))
}

fn text(drafted: &Drafted) -> String {
    String::from_utf8(drafted.text.clone()).unwrap()
}

/// What an officer makes of drafted rows: the blanks are filled in, and some decide otherwise.
fn filled_in(text: &str) -> String {
    let lines = text.lines().map(|line| match line.split_once(": 【要記入】") {
        Some((key, _)) if key.trim() == "重要な変更の判断" => format!("{key}: 形式的な変更"),
        Some((key, _)) => format!("{key}: 届の様式を改めた。"),
        None if line == "  提出時期: 事前" => "  提出時期: 事後".to_owned(),
        None => line.to_owned(),
    });
    lines.map(|line| line + "\n").collect()
}

/// One run; gives how many rows were drafted.
fn run(source: &AssessmentSource, seed: u64) -> usize {
    let mut dice = Dice::new(seed);
    let changes = source.changes.as_ref().map(|file| file.text.clone()).unwrap_or_default();
    let original = source.form.text.clone();
    let (other, edits) = edited(&mut dice, &original);
    // What was taken out came in, seen from the other side.
    let (old, new) = if dice.percent(50) { (original, other) } else { (other, original) };
    let (Some(before), Some(after)) = (document(source, &old, &changes), document(source, &new, &changes))
    else {
        return 0;
    };
    if before.form().kind() != after.form().kind() {
        return 0;
    }
    let told = |what: &str| format!("[{seed}] {} {what}: {edits:#?}", source.dir);
    let first = drafted(&before, &after, &changes);
    assert!(text(&first).starts_with(&changes), "{}", told("what was there has changed"));
    assert!(first.notes.is_empty(), "{} {:?}", told("a note"), first.notes);
    // Whatever is wrong with the edited document: its rows are complete, and quote it.
    let wrong = ["CHG-01", "CHG-02", "CHG-03", "CHG-20", "CHG-21", "CHG-22", "KEY-02", "REF-02"];
    let findings = found(source, &before, &new, &text(&first));
    let findings: Vec<_> =
        findings.iter().filter(|found| wrong.contains(&found.code.id())).map(short).collect();
    assert!(findings.is_empty(), "{} {findings:#?}\n{}", told("findings"), text(&first));
    for again in [text(&first), filled_in(&text(&first))] {
        let second = drafted(&before, &after, &again);
        assert!(second.rows.is_empty(), "{} {:#?}\n{again}", told("a second run adds"), second.rows);
        assert_eq!(text(&second), again);
    }
    // An edit may break a document so that less is said about it; the sample is whole.
    if old == source.form.text {
        undone(source, &before, &old, &first, &told);
    }
    // The document is edited again: what is drafted then leaves the rows of the first run as they are.
    let (later, more) = edited(&mut dice, &new);
    let Some(later) =
        document(source, &later, &text(&first)).filter(|l| l.form().kind() == before.form().kind())
    else {
        return first.rows.len();
    };
    let third = drafted(&before, &later, &text(&first));
    let mut rest = third.text.iter();
    assert!(
        first.text.iter().all(|byte| rest.any(|other| other == byte)),
        "{} {more:#?}",
        told("bytes are lost")
    );
    let fourth = drafted(&before, &later, &text(&third));
    assert!(fourth.rows.is_empty(), "{} {more:#?} {:#?}\n{}", told("added again"), fourth.rows, text(&third));
    first.rows.len()
}

/// Without the edits every drafted row tells of nothing, and the check says so at its lines.
fn undone(
    source: &AssessmentSource,
    before: &Assessment,
    old: &str,
    drafted: &Drafted,
    told: &dyn Fn(&str) -> String,
) {
    let findings = found(source, before, old, &text(drafted));
    let idle: Vec<usize> = findings
        .iter()
        .filter(|found| found.code.id() == "CHG-02")
        .filter_map(|found| found.place.as_ref().map(|place| place.line))
        .collect();
    let ends = drafted.rows.iter().skip(1).map(|row| row.line).chain([usize::MAX]);
    for (row, end) in drafted.rows.iter().zip(ends) {
        let is_found = idle.iter().any(|line| (row.line..end).contains(line));
        assert!(is_found, "{} {row:?} {idle:?}\n{}", told("a row without its edit passes"), text(drafted));
    }
}

#[test]
fn drafted_rows_tell_of_every_difference_once() {
    let sources = sources();
    let runs: Vec<u64> = (1..=RUNS).collect();
    let rows: usize =
        runs.par_iter().map(|seed| run(&sources[Dice::new(seed * 7).roll(sources.len())], *seed)).sum();
    println!("{RUNS} runs, {rows} rows");
    assert!(rows > 60, "the edits are too harmless: {rows} rows");
}

/// The sample with what a year may bring: a choice, boxes and texts, a 委託事項 that is new and one that is gone, and 移転先 in another
/// order.
fn a_year_later(text: &str) -> String {
    const NEW: &str = "          - 委託事項の名称: 申告の受付会場における案内業務
            委託内容: 申告の受付会場での来場者の案内、申告書の書き方の説明及び受付番号の交付
            取扱いを委託する特定個人情報ファイルの範囲:
              選択: 特定個人情報ファイルの一部
              対象となる本人の数: 1万人未満
              対象となる本人の範囲: 受付会場に来た人
              その妥当性: 申告が2月と3月に集中し、職員だけでは来場者を待たせるため。
            委託先における取扱者数: 10人未満
            委託先への特定個人情報ファイルの提供方法:
              - 紙
            委託先名の確認方法: 市のウェブサイトで公表している。
            委託先名: かくう案内サービス株式会社
            再委託:
              再委託の有無: 再委託しない
";
    let between = |from: &str, to: &str| {
        let start = text.find(from).unwrap();
        text[start..start + text[start..].find(to).unwrap()].to_owned()
    };
    let second = "          - 委託事項の名称: 課税資料のデータ入力業務\n";
    let gone = between(
        "          - 委託事項の名称: 納税通知書等の印刷及び封入封緘業務\n",
        "      特定個人情報の提供・移転",
    );
    let (first_transfer, second_transfer) = (
        between(
            "          - 移転先の名称: 健康部国民健康保険課\n",
            "          - 移転先の名称: 福祉部介護保険課\n",
        ),
        between(
            "          - 移転先の名称: 福祉部介護保険課\n",
            "          - 移転先の名称: こども部こども給付課\n",
        ),
    );
    let edits = [
        (gone.as_str(), ""),
        (second, &format!("{NEW}{second}")),
        (&format!("{first_transfer}{second_transfer}"), &format!("{second_transfer}{first_transfer}")),
        ("公表日: 令和8年9月1日", "公表日: 令和9年4月1日"),
        ("期間: 6年以上10年未満", "期間: 10年以上20年未満"),
        (
            "              - 電子記録媒体（フラッシュメモリを除く。）\n              - 紙\n",
            "              - 専用線\n",
        ),
        ("施錠できる書庫に保管し、書庫の出入りを記録する。", "書庫に保管し、書庫の鍵は課長が管理する。"),
        ("使用開始日: 令和4年1月4日", "使用開始日: 2022-01-05"),
        (
            "\n          その他の措置の内容: 誤って受け取った資料は、係長が確認して記録を残した上で、提出元に返すか、正しい送り先に送る。",
            "",
        ),
    ];
    edits.into_iter().fold(text.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    })
}

/// A document of the sample: its files, and what the check makes of them.
struct Sample {
    source: AssessmentSource,
    changes: String,
    before: Assessment,
}

impl Sample {
    fn named(dir: &str) -> Self {
        let source = sources().into_iter().find(|source| source.dir == dir).unwrap();
        let changes = source.changes.as_ref().map(|file| file.text.clone()).unwrap_or_default();
        let before = document(&source, &source.form.text, &changes).unwrap();
        Self { source, changes, before }
    }

    /// The document after some replacements in `assessment.yaml`.
    fn with(&self, edits: &[(&str, &str)]) -> Assessment {
        let text = edits.iter().fold(self.source.form.text.clone(), |text, (from, to)| {
            assert!(text.contains(from), "{from}");
            text.replacen(from, to, 1)
        });
        document(&self.source, &text, &self.changes).unwrap()
    }
}

/// What was drafted, in a line a row.
fn shown(drafted: &Drafted) -> Vec<String> {
    drafted.rows.iter().map(|row| format!("{} {} {:?}", row.number, row.item, row.kind)).collect()
}

#[test]
fn the_rows_of_a_year() {
    let sample = Sample::named("12-kojin-juminzei");
    let after = document(&sample.source, &a_year_later(&sample.source.form.text), &sample.changes).unwrap();
    let drafted = drafted(&sample.before, &after, &sample.changes);
    let rows: Vec<_> = drafted.rows.iter().map(|row| format!("{row:?}")).collect();
    let text = text(&drafted);
    let form = a_year_later(&sample.source.form.text);
    let findings = found(&sample.source, &sample.before, &form, &text);
    assert!(findings.iter().all(|found| found.code.id() == "CHG-31"), "{findings:#?}");
    let now = document(&sample.source, &form, &text).unwrap();
    let meanings = meanings(&now.answers, &now.changes);
    for row in &drafted.rows {
        let is_move = meanings[row.number - 1].kind == ChangeKind::Moved;
        assert_eq!(is_move, row.kind == DifferenceKind::Moved, "{row:?}");
    }
    insta::assert_snapshot!(format!(
        "{}\n---\n{}",
        rows.join("\n"),
        text.strip_prefix(&sample.changes).unwrap()
    ));
}

const PLACE: (&str, &str) = ("施錠できる書庫に保管し、書庫の出入りを記録する。", "書庫に保管する。");
const PERIOD: (&str, &str) = ("期間: 6年以上10年未満", "期間: 10年以上20年未満");
const ERASURE: (&str, &str) =
    ("- 電子記録媒体：専用の装置で破砕する。", "- 電子記録媒体：専用の装置で消去する。");

#[test]
fn a_row_goes_among_those_of_its_version_in_the_order_of_the_form() {
    let sample = Sample::named("12-kojin-juminzei");
    let some = drafted(&sample.before, &sample.with(&[PLACE, ERASURE]), &sample.changes);
    assert_eq!(shown(&some), ["45 Ⅱ（1）.6.① 保管場所 Changed", "46 Ⅱ（1）.6.③ 消去方法 Changed"]);
    let some = filled_in(&text(&some));
    let after = sample.with(&[PLACE, ERASURE, PERIOD]);
    let more = drafted(&sample.before, &after, &some);
    assert_eq!(shown(&more), ["46 Ⅱ（1）.6.② 期間 Changed"]);
    // A row that takes over what the one above says stays below it.
    let ditto = some.replacen(
        "提出時期に係る説明: 届の様式を改めた。\n- 変更日",
        "提出時期に係る説明: 届\n- 変更日",
        1,
    );
    let (above, last) = ditto.rsplit_once("提出時期に係る説明: 届の様式を改めた。").unwrap();
    let ditto = format!("{above}提出時期に係る説明: 同上{last}");
    assert_eq!(shown(&drafted(&sample.before, &after, &ditto)), ["47 Ⅱ（1）.6.② 期間 Changed"]);
    // Rows that are dated later stay below.
    let later = format!("{}\n- 変更日: 令和10年1月1日\n  項目: Ⅰ.1.① 事務の名称\n", sample.changes);
    assert_eq!(shown(&drafted(&sample.before, &after, &later))[0], "45 Ⅱ（1）.6.① 保管場所 Changed");
}

#[test]
fn without_a_new_date_of_publication_the_date_is_left_open() {
    let sample = Sample::named("12-kojin-juminzei");
    let after = sample.with(&[PLACE, ERASURE]);
    let same_day = |after, changes: &str| {
        let (before, after) =
            (version(&sample.before, sample.before.published), version(after, sample.before.published));
        draft(before, after, "changes.yaml", Some(changes.as_bytes()), Existing::Keep).unwrap()
    };
    let first = same_day(&after, &sample.changes);
    assert!(first.rows.iter().all(|row| row.blanks[0] == "変更日"), "{:?}", first.rows);
    assert!(text(&first).contains("\n- 変更日: 【要記入】"));
    assert!(!same_day(&after, &text(&first)).is_changed());
    let after = sample.with(&[PLACE, ERASURE, PERIOD]);
    assert_eq!(shown(&drafted(&sample.before, &after, &text(&first))), ["46 Ⅱ（1）.6.② 期間 Changed"]);
}

#[test]
fn rows_that_were_merged_are_not_drafted_again() {
    let sample = Sample::named("12-kojin-juminzei");
    let after = sample.with(&[PLACE, ERASURE, PERIOD]);
    let merged = format!(
        "{}- 変更日: 令和9年4月1日\n  項目: Ⅱ（1）.6 特定個人情報の保管・消去\n  変更前の記載: （略）\n  変更後の記載: （略）\n  提出時期: 事後\n  提出時期に係る説明: 書庫の移転に伴う記載の見直し\n",
        sample.changes
    );
    assert_eq!(shown(&drafted(&sample.before, &after, &merged)), [""; 0]);
}

#[test]
fn what_was_edited_again_is_noted_or_written_anew() {
    let sample = Sample::named("12-kojin-juminzei");
    let first = text(&drafted(&sample.before, &sample.with(&[PLACE, ERASURE]), &sample.changes));
    // One of the two was filled in.
    let (above, last) = first.rsplit_once("【要記入】").unwrap();
    let touched = format!("{above}{}", last.replacen("変更の理由と、", "手順を改めた。", 1));
    let again = [(PLACE.0, "地下の書庫に保管する。"), (ERASURE.0, "- 電子記録媒体：溶かす。")];
    let after = sample.with(&again);
    let run = |changes: &str, existing| {
        let (before, after) = (
            version(&sample.before, sample.before.published),
            version(&after, CivilDate::from_ymd(2027, 4, 1)),
        );
        draft(before, after, "changes.yaml", Some(changes.as_bytes()), existing).unwrap()
    };
    let kept = run(&touched, Existing::Keep);
    assert!(!kept.is_changed());
    assert_eq!(text(&kept), touched);
    let notes: Vec<_> =
        kept.notes.iter().map(|note| format!("{} {} {}", note.row, note.line, note.message)).collect();
    assert_eq!(
        notes,
        [
            "45 340 「Ⅱ（1）.6.① 保管場所」の変更後の記載が、今の評価書と違います",
            "46 353 「Ⅱ（1）.6.③ 消去方法」の変更後の記載が、今の評価書と違います"
        ]
    );
    let renewed = run(&touched, Existing::Renew);
    assert_eq!((renewed.renewed.as_slice(), renewed.notes.len()), ([45].as_slice(), 1));
    assert_eq!(
        text(&renewed),
        touched.replace(
            "紙の課税資料及び電子記録媒体：書庫に保管する。",
            "紙の課税資料及び電子記録媒体：地下の書庫に保管する。"
        )
    );
    assert!(!run(&text(&renewed), Existing::Renew).is_changed());
}

#[test]
fn every_form_has_its_rows() {
    let sample = Sample::named("12-kojin-juminzei-kiso");
    let after =
        sample.with(&[("評価書名: ", "評価書名: 新しい"), ("所属長の役職名: ", "所属長の役職名: 新しい")]);
    let first = drafted(&sample.before, &after, &sample.changes);
    let rows: Vec<_> =
        first.rows.iter().map(|row| format!("{} {} {:?}", row.item, row.timing, row.blanks)).collect();
    assert_eq!(rows, [r#"Ⅰ.5.② 所属長の役職名 事後 ["提出時期に係る説明"]"#]);
    for dir in ["5-jidoteate", "7-kokuho"] {
        let sample = Sample::named(dir);
        let slot = sample.before.answers.values().map(|(slot, _)| slot).last().unwrap();
        let mut after = sample.before.clone();
        after.answers.remove(slot);
        let first = drafted(&sample.before, &after, &sample.changes);
        assert_eq!(first.rows.len(), 1, "{dir}");
        assert!(!drafted(&sample.before, &after, &text(&first)).is_changed(), "{dir}");
    }
}

#[test]
fn an_edition_that_renumbers_items_is_no_obstacle() {
    let sample = Sample::named("12-kojin-juminzei-kiso");
    let older = Form::with_id("kiso-h31-01").unwrap();
    let mut before = sample.before.clone();
    before.answers = Answers::new(older);
    for (slot, value) in sample.before.answers.values() {
        let node = older.by_id(&sample.before.form().node(slot.node).id);
        if let Some(node) = node.filter(|node| node.is_item()) {
            before.answers.set(Slot { node: node.ix, entries: slot.entries }, value.clone());
        }
    }
    let first = drafted(&before, &sample.before, &sample.changes);
    assert!(!first.rows.is_empty());

    let second = drafted(&before, &sample.before, &text(&first));
    assert_eq!(shown(&second), [""; 0], "{}", text(&first));
}

#[test]
fn an_image_under_the_same_name_asks_what_changed() {
    let sample = Sample::named("12-kojin-juminzei");
    let digests = |byte| FigureDigests::from([("figures/jimu-no-nagare.svg".to_owned(), [byte; 32])]);
    let (old, new) = (digests(1), digests(2));
    let side = |figures| Side { answers: &sample.before.answers, changes: &sample.before.changes, figures };
    let next = CivilDate::from_ymd(2027, 4, 1);
    let run = |changes: &str| {
        let before = Version { side: side(&old), published: sample.before.published };
        let after = Version { side: side(&new), published: next };
        draft(before, after, "changes.yaml", Some(changes.as_bytes()), Existing::Keep).unwrap()
    };
    let first = run(&sample.changes);
    assert_eq!(first.rows.len(), 1);
    assert_eq!(first.rows[0].blanks[0], "変更後の記載");
    let second = run(&text(&first));
    assert!(!second.is_changed() && second.notes.is_empty(), "{second:?}");
}

#[test]
fn where_there_is_no_file_it_is_the_rows_alone() {
    let sample = Sample::named("7-kokuho-kiso");
    let mut after = sample.before.clone();
    let slot = after.answers.values().map(|(slot, _)| slot).last().unwrap();
    after.answers.remove(slot);
    let run = |bytes| {
        let (before, after) =
            (version(&sample.before, None), version(&after, CivilDate::from_ymd(2027, 4, 1)));
        draft(before, after, "changes.yaml", bytes, Existing::Keep).unwrap()
    };
    assert!(text(&run(None)).starts_with("- 変更日: 令和9年4月1日\n"));
    assert_eq!(run(None).text, run(Some(b"[]\n")).text);
    let same =
        draft(version(&after, None), version(&after, None), "changes.yaml", Some(b"[]\n"), Existing::Keep);
    assert_eq!(same.unwrap().text, b"[]\n");
}
