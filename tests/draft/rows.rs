//! Where a row goes, and what happens to rows that were drafted before.

use kohyo::review::draft::{Existing, draft};
use kohyo::wareki::CivilDate;

use super::setting::*;

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
