//! Timelines over small documents written here.

use super::*;
use crate::assessment::{Answers, Assessment, Change, ItemRef, Value, sample};
use crate::form::{Form, Slot};
use crate::wareki::CivilDate;

fn document(form: &str, paths: &[&str], changes: Vec<Change>) -> Assessment {
    let values: Vec<_> = paths.iter().map(|path| (*path, Value::Text("本文".to_owned()))).collect();
    Assessment {
        dir: "1-mihon".to_owned(),
        number: "1".to_owned(),
        title: "見本の事務 評価書".to_owned(),
        published: CivilDate::from_ymd(2024, 4, 1),
        changes,
        ..sample::assessment(form, &values)
    }
}

fn change(date: Option<(i16, u8, u8)>, slot: Option<Slot>, before: &str, after: &str) -> Change {
    Change {
        date: date.and_then(|(y, m, d)| CivilDate::from_ymd(y, m, d)),
        date_text: String::new(),
        item: ItemRef { text: "書かれた項目名".to_owned(), slot },
        before: before.to_owned(),
        after: after.to_owned(),
        timing: "事前".to_owned(),
        explanation: String::new(),
        judgement: crate::assessment::Judgement::default(),
    }
}

fn zenkomoku(path: &str) -> Option<Slot> {
    let slot = Form::with_id("zenkomoku-h30-05").unwrap().slot(path);
    assert!(slot.is_some(), "{path}");
    slot
}

fn anchors(timeline: &Timeline) -> Vec<&str> {
    timeline.entries.iter().map(|e| e.anchor.as_str()).collect()
}

#[test]
fn dates_ascend_and_rows_keep_their_order_and_number() {
    let newer = Some((2024, 5, 1));
    let older = Some((2023, 5, 1));
    let document = document(
        "zenkomoku-h30-05",
        &[],
        vec![
            change(newer, None, "あ", "い"),
            change(None, None, "あ", "い"),
            change(older, None, "う", "え"),
            change(newer, None, "お", "か"),
        ],
    );
    let timeline = Timeline::of(&document);
    assert_eq!(
        anchors(&timeline),
        ["c-2023-05-01-001", "c-2024-05-01-001", "c-2024-05-01-002", "c-nodate-001"]
    );
    assert_eq!(timeline.entries.iter().map(|e| e.change).collect::<Vec<_>>(), [2, 0, 3, 1]);
    assert_eq!(timeline.days.iter().map(|d| d.entries.clone()).collect::<Vec<_>>(), [0..1, 1..3, 3..4]);
    assert_eq!(timeline.last_date(), CivilDate::from_ymd(2024, 5, 1));
}

#[test]
fn kinds_come_from_the_texts() {
    let answers = Answers::new(Form::with_id("zenkomoku-h30-05").unwrap());
    let kind = |before, after| meanings(&answers, &[change(None, None, before, after)])[0].kind;
    assert_eq!(kind("", "新しい文"), ChangeKind::Added);
    assert_eq!(kind("―", "新しい文"), ChangeKind::Added);
    assert_eq!(kind("古い文", " \n"), ChangeKind::Removed);
    assert_eq!(kind("古い文", "新しい文"), ChangeKind::Changed);
    assert_eq!(kind("１ 件", "1件"), ChangeKind::Notation);
    assert_eq!(kind("", ""), ChangeKind::Changed);
}

#[test]
fn a_place_is_the_item_or_what_is_left_around_it() {
    let paths = ["i.1.name", "ii[2].1", "ii[1].4.contract[2].scope"];
    let document = document("zenkomoku-h30-05", &paths, Vec::new());
    let place = |path: &str| {
        nearest(&document.answers, zenkomoku(path).unwrap()).map(|slot| document.answers.path(slot))
    };
    assert_eq!(place("i.1.name").as_deref(), Some("i.1.name"));
    assert_eq!(place("ii[1].4.contract[2]").as_deref(), Some("ii[1].4.contract[2]"));
    assert_eq!(place("ii[1].4.contract[7].scope").as_deref(), Some("ii[1].4"));
    assert_eq!(place("ii[3].1"), None);
    assert_eq!(place("app3.change").as_deref(), Some("app3"));
}

#[test]
fn a_row_without_a_file_number_shows_in_every_file() {
    let form = Form::with_id("zenkomoku-h30-05").unwrap();
    let anywhere = Slot::plain(form.by_id("ii.2.kind").unwrap().ix);
    let document = document("zenkomoku-h30-05", &["ii[2].1"], vec![change(None, Some(anywhere), "あ", "い")]);
    let timeline = Timeline::of(&document);
    assert_eq!(timeline.at(zenkomoku("ii[1].2.kind").unwrap()).len(), 1);
    assert_eq!(timeline.at(zenkomoku("ii[2].2.kind").unwrap()).len(), 1);
    assert!(timeline.entries[0].important);
}

#[test]
fn a_change_of_a_whole_entry_shows_at_its_heading_only() {
    let whole = zenkomoku("ii[1].4.contract[1]");
    let document = document(
        "zenkomoku-h30-05",
        &["ii[1].4.contract[1].scope"],
        vec![change(None, whole, "", "新しい委託")],
    );
    let timeline = Timeline::of(&document);
    assert_eq!(timeline.at(whole.unwrap()).len(), 1);
    assert_eq!(timeline.at(zenkomoku("ii[1].4.contract[1].scope").unwrap()).len(), 0);
}

#[test]
fn names_do_not_say_a_label_twice() {
    let form = Form::with_id("zenkomoku-h30-05").unwrap();
    let name = |path: &str| form.name(form.slot(path).unwrap(), 1).line();
    assert_eq!(name("ii.4.contract[1]"), "Ⅱ.4.委託事項1");
    assert_eq!(name("i.1.content"), "Ⅰ.1.② 事務の内容");
    assert_eq!(name("cover.agency"), "表紙 評価実施機関名");
    assert_eq!(name("iii.2.risk1.adequacy"), "Ⅲ.2.リスク1 リスクへの対策は十分か");
}

#[test]
fn a_change_is_addressed_where_it_stands_in_full() {
    let text = "窓口で受け付けた届を台帳に記す。".repeat(2_000);
    let row = |date| change(date, None, "", &text);
    let rows = [None, Some((2024, 5, 1)), Some((2024, 4, 1)), Some((2023, 5, 1)), Some((2024, 6, 1))];
    let addresses = |rows: Vec<Change>| -> Vec<String> {
        let document = document("zenkomoku-h30-05", &[], rows);
        let digest = AssessmentDigest::of(&document, &Timeline::of(&document));
        digest.changes.iter().map(ChangeBrief::address).collect()
    };
    assert_eq!(
        addresses(rows.map(row).to_vec()),
        [
            "changes/2023/#c-2023-05-01-001",
            "changes/2024/#c-2024-04-01-001",
            "changes/2024/#c-2024-05-01-001",
            "changes/2024-2/#c-2024-06-01-001",
            "changes/nodate/#c-nodate-001",
        ]
    );
    assert_eq!(addresses(vec![row(rows[1])]), ["changes/#c-2024-05-01-001"]);
}

#[test]
fn digests_stay_small_and_name_what_is_not_resolved() {
    assert!(size_of::<ChangeBrief>() <= 64, "{}", size_of::<ChangeBrief>());
    let document = document(
        "zenkomoku-h30-05",
        &["cover.agency", "ii[1].1"],
        vec![
            change(Some((2024, 5, 1)), None, "あ", "い"),
            change(Some((2024, 6, 1)), zenkomoku("ii[1].1"), "う", "え"),
        ],
    );
    let digest = AssessmentDigest::of(&document, &Timeline::of(&document));
    assert_eq!(digest.agency, "本文");
    assert_eq!(digest.filled, 2);
    assert!(digest.items > 100);
    assert_eq!(digest.item_line(&digest.changes[0]), "書かれた項目名");
    assert_eq!(digest.item_anchor(&digest.changes[0]), None);
    assert_eq!(digest.item_anchor(&digest.changes[1]).as_deref(), Some("ii-1"));
    assert_eq!(digest.changes[1].timing.label(digest.form), Some("事前"));
    assert_eq!(digest.last_change(), CivilDate::from_ymd(2024, 6, 1));
}
