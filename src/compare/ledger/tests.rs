//! Rows of versions on a real edition.

use proptest::prelude::*;

use super::*;
use crate::assessment::{Answers, Change, ItemRef, Judgement, Value};
use crate::compare::{DifferenceKind, FigureDigests, compare, entry_text};
use crate::form::Form;
use crate::wareki::CivilDate;

fn row(form: &Form, day: u8, item: &str, before: &str, after: &str) -> Change {
    Change {
        date: CivilDate::from_ymd(2026, 4, day),
        date_text: format!("令和8年4月{day}日"),
        item: ItemRef { text: item.to_owned(), slot: form.resolve(item, 1).target.map(|target| target.slot) },
        before: before.to_owned(),
        after: after.to_owned(),
        timing: "事後".to_owned(),
        explanation: "公園の見直しによる。".to_owned(),
        judgement: Judgement::default(),
    }
}

fn form() -> &'static Form {
    Form::with_id("zenkomoku-h30-05").unwrap()
}

fn contracts(names: &[&str]) -> Answers {
    let mut answers = Answers::new(form());
    let mut set =
        |path: String, text: &str| answers.set(form().slot(&path).unwrap(), Value::Text(text.to_owned()));
    for (at, name) in names.iter().enumerate() {
        set(format!("ii.4.contract[{}].name", at + 1), name);
        set(format!("ii.4.contract[{}].content", at + 1), &format!("{name}について{name}を行う。"));
    }
    set("ii.3.usage".to_owned(), "受付に使う。");
    answers
}

/// The comparison, and what became of the rows.
fn ledger(before: (&Answers, &[Change]), after: (&Answers, &[Change])) -> (Comparison, Ledger) {
    let figures = FigureDigests::new();
    let before = Side { answers: before.0, changes: before.1, figures: &figures };
    let after = Side { answers: after.0, changes: after.1, figures: &figures };
    let comparison = compare(before, after);
    let ledger = Ledger::of(before, after, &comparison);
    (comparison, ledger)
}

fn states(before: &[Change], after: &[Change]) -> (Vec<RowState>, Vec<usize>) {
    let answers = contracts(&["受付業務"]);
    let (_, ledger) = ledger((&answers, before), (&answers, after));
    (ledger.rows, ledger.dropped)
}

#[test]
fn rows_are_kept_rewritten_new_or_dropped() {
    use RowState::{Kept, New, Rewritten};
    let a = row(form(), 1, "Ⅱ.3.⑧ 使用方法", "窓口で使う。", "窓口と電話で使う。");
    let b = row(form(), 1, "Ⅰ.1.② 事務の内容", "受付を行う。", "受付と案内を行う。");
    let c = row(form(), 9, "Ⅰ.1.① 事務の名称", "公園", "公園と温室");
    let old = [a.clone(), b.clone()];
    let (kept, none) = (|before| Kept { before }, Vec::new());
    assert_eq!(states(&old, &old), (vec![kept(0), kept(1)], none.clone()));
    assert_eq!(states(&old, &[b.clone(), a.clone(), c.clone()]), (vec![kept(1), kept(0), New], none.clone()));
    assert_eq!(states(&old, &[a.clone(), c.clone()]), (vec![kept(0), New], vec![1]));
    let mut other = a.clone();
    other.after = "窓口だけで使う。".to_owned();
    assert_eq!(states(&old, &[other, b.clone()]), (vec![Rewritten { before: 0 }, kept(1)], none.clone()));
    let mut later = b.clone();
    later.date = CivilDate::from_ymd(2026, 4, 2);
    assert_eq!(states(&old, &[a.clone(), later]), (vec![kept(0), Rewritten { before: 1 }], none.clone()));
    let mut judged = b.clone();
    judged.judgement.correction = Some("書き誤り".to_owned());
    judged.date_text = "2026-04-01".to_owned();
    assert_eq!(states(&old, &[a.clone(), judged]), (vec![kept(0), kept(1)], none.clone()));
    let twice = [a.clone(), a.clone()];
    assert_eq!(states(&twice, &twice), (vec![kept(0), kept(1)], none.clone()));
    assert_eq!(states(&twice, std::slice::from_ref(&a)), (vec![kept(0)], vec![1]));
}

#[test]
fn a_row_tells_of_its_item_and_a_row_about_a_group_of_all_in_it() {
    let before = contracts(&["受付業務", "巡回点検"]);
    let mut after = contracts(&["受付業務", "見回りと掃除", "巡回点検"]);
    after.set(form().slot("ii.3.usage").unwrap(), Value::Text("案内に使う。".to_owned()));
    let item = row(form(), 1, "Ⅱ.3.⑧ 使用方法", "受付に使う。", "案内に使う。");
    let inside = row(form(), 1, "Ⅱ.4.委託事項2 ① 委託内容", "記載なし", "見回り");
    let group = row(form(), 1, "Ⅱ.4 特定個人情報ファイルの取扱いの委託", "記載なし", "追加");
    let other = row(form(), 1, "Ⅰ.1.① 事務の名称", "公園", "温室");
    let rows = [item, inside, group, other];
    let (comparison, ledger) = ledger((&before, &[]), (&after, &rows));
    assert_eq!(comparison.differences.len(), 2);
    assert_eq!(ledger.tells_of, [vec![0], vec![1], vec![1], vec![]]);
    assert_eq!(ledger.told_by, [vec![0], vec![1, 2]]);
    // A row that was there tells of nothing new.
    let known = self::ledger((&before, &rows), (&after, &rows)).1;
    assert!(known.told_by.iter().all(Vec::is_empty));
}

#[test]
fn what_is_gone_is_named_by_its_old_number() {
    let before = contracts(&["受付業務", "巡回点検", "印刷と封入"]);
    let mut after = contracts(&["受付業務", "印刷と封入"]);
    after.set(
        form().slot("ii.4.contract[2].content").unwrap(),
        Value::Text("印刷と封入について印刷のみを行う。".to_owned()),
    );
    let gone = row(form(), 1, "Ⅱ.4.委託事項2", "巡回点検\n巡回点検について巡回点検を行う。", "項目ごと削除");
    let changed = row(
        form(),
        1,
        "Ⅱ.4.委託事項2 ① 委託内容",
        "印刷と封入について印刷と封入を行う。",
        "印刷と封入について印刷のみを行う。",
    );
    let (comparison, ledger) = ledger((&before, &[]), (&after, &[gone, changed]));
    let kinds: Vec<_> = comparison.differences.iter().map(|d| d.kind).collect();
    assert_eq!(kinds, [DifferenceKind::Gone, DifferenceKind::Changed]);
    assert_eq!(ledger.tells_of, [vec![0], vec![1]]);
}

#[test]
fn a_place_that_was_filled_anew_is_told_by_two_rows_or_one() {
    let before = contracts(&["受付業務", "巡回点検"]);
    let after = contracts(&["受付業務", "統計の作成"]);
    let entry = |answers: &Answers| entry_text(answers, form().slot("ii.4.contract[2]").unwrap());
    let gone = row(form(), 1, "Ⅱ.4.委託事項2", &entry(&before), "記載なし");
    let new = row(form(), 1, "Ⅱ.4.委託事項2", "記載なし", &entry(&after));
    let both = row(form(), 1, "Ⅱ.4.委託事項2", &entry(&before), &entry(&after));
    let silent = row(form(), 1, "Ⅱ.4.委託事項2", "（略）", "変更");
    let deleted = row(form(), 1, "Ⅱ.4.委託事項2", "ある業務", "削除");
    let (comparison, ledger) = ledger((&before, &[]), (&after, &[gone, new, both, silent, deleted]));
    let kinds: Vec<_> = comparison.differences.iter().map(|d| d.kind).collect();
    assert_eq!(kinds, [DifferenceKind::Gone, DifferenceKind::New]);
    assert_eq!(ledger.tells_of, [vec![0], vec![1], vec![0, 1], vec![0, 1], vec![0]]);
}

#[test]
fn a_shifted_entry_keeps_its_rows() {
    let before = contracts(&["受付業務", "巡回点検", "印刷と封入"]);
    let mut after = contracts(&["統計の作成", "受付業務", "巡回点検", "印刷と封入"]);
    let mut set =
        |path: &str, text: &str| after.set(form().slot(path).unwrap(), Value::Text(text.to_owned()));
    set("ii.4.contract[3].content", "巡回点検について二人で巡回点検を行う。");
    set("ii.4.contract[4].content", "印刷と封入について印刷のみを行う。");
    let item = |number: u8| format!("Ⅱ.4.委託事項{number} ① 委託内容");
    let by_new = row(form(), 1, &item(3), "（略）", "巡回点検について二人で巡回点検を行う。");
    let by_old = row(
        form(),
        1,
        &item(3),
        "印刷と封入について印刷と封入を行う。",
        "印刷と封入について印刷のみを行う。",
    );
    let (comparison, ledger) = ledger((&before, &[]), (&after, &[by_new, by_old]));
    assert_eq!(comparison.differences.len(), 3);
    assert_eq!(ledger.tells_of, [vec![1], vec![2]]);
}

#[test]
fn an_item_that_another_edition_dropped_is_found_in_the_older_one() {
    let (older, newer) = (Form::with_id("kiso-r06-10").unwrap(), Form::with_id("kiso-h31-01").unwrap());
    let mut before = Answers::new(older);
    before.set(older.slot("iv.8.basis").unwrap(), Value::Text("二人で確かめる。".to_owned()));
    let after = Answers::new(newer);
    let change =
        row(newer, 1, "Ⅳ.8 人手を介在させる作業 判断の根拠", "二人で確かめる。", "様式の変更のため削除");
    let (comparison, ledger) = ledger((&before, &[]), (&after, &[change]));
    assert_eq!(comparison.differences.len(), 1);
    assert_eq!(ledger.tells_of, [vec![0]]);
}

/// The rows that one would draft for the differences, by the names of the form.
fn drafted(before: &Answers, after: &Answers, comparison: &Comparison) -> Vec<Change> {
    let or_nothing = |text: &str| if text.is_empty() { "記載なし".to_owned() } else { text.to_owned() };
    let differences = comparison.differences.iter().filter(|d| d.needs_row());
    let rows = differences.map(|d| {
        let name = match (d.before, d.after) {
            (_, Some(slot)) => after.form().name(slot, after.files()).line(),
            (Some(slot), None) => before.form().name(slot, before.files()).line(),
            (None, None) => unreachable!("a difference has a place"),
        };
        let texts = match d.kind {
            DifferenceKind::Moved => ["委託事項2から移動".to_owned(), d.after_text.clone()],
            _ => [or_nothing(&d.before_text), or_nothing(&d.after_text)],
        };
        row(after.form(), 1, &name, &texts[0], &texts[1])
    });
    rows.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Entries are taken out, put in, moved and changed at will: every drafted row is known to tell of its difference.
    #[test]
    fn drafted_rows_tell_of_their_differences(
        old in prop::sample::subsequence(NAMES.to_vec(), 1..8),
        new in prop::sample::subsequence(NAMES.to_vec(), 1..8).prop_shuffle(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), "[あ-ん]{4,9}を確かめる。"), 0..4),
    ) {
        let before = contracts(&old);
        let mut after = contracts(&new);
        for (entry, text) in edits {
            let path = format!("ii.4.contract[{}].name-check", entry.index(new.len()) + 1);
            after.set(form().slot(&path).unwrap(), Value::Text(text));
        }
        let (comparison, _) = ledger((&before, &[]), (&after, &[]));
        let rows = drafted(&before, &after, &comparison);
        let (_, ledger) = ledger((&before, &[]), (&after, &rows));
        let needed = comparison.differences.iter().enumerate().filter(|(_, d)| d.needs_row());
        for (row, (difference, what)) in needed.enumerate() {
            prop_assert_eq!(&ledger.told_by[difference], &[row], "{:?}\n{:?}", what, rows[row]);
        }
    }

    /// Another order of the rows is no rewriting.
    #[test]
    fn rows_in_another_order_are_kept(order in Just((0..9_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let old: Vec<Change> = (0..9_u8)
            .map(|n| row(form(), 1 + n % 3, "Ⅱ.3.⑧ 使用方法", "窓口で使う。", &format!("{}回使う。", n / 2)))
            .collect();
        let new: Vec<Change> = order.iter().map(|at| old[*at].clone()).collect();
        let (rows, dropped) = states(&old, &new);
        prop_assert!(dropped.is_empty());
        let is_kept = rows.iter().all(|state| matches!(state, RowState::Kept { .. }));
        prop_assert!(is_kept);
    }
}

const NAMES: [&str; 8] = [
    "受付業務",
    "巡回点検",
    "印刷と封入",
    "統計の作成",
    "機器の保守",
    "電話の案内",
    "帳票の保管",
    "住所の照合",
];
