//! Every form, editions that differ, figures, and documents without a file of rows.

use kohyo::assessment::Answers;
use kohyo::compare::{FigureDigests, Side};
use kohyo::form::{Form, Slot};
use kohyo::review::draft::{Existing, Version, draft};
use kohyo::wareki::CivilDate;

use super::setting::*;

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
