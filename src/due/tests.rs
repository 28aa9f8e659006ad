//! Every kind of date from hand-made facts, and what is written of them.

use super::*;
use crate::assessment::Occasion;

fn day(iso: &str) -> CivilDate {
    crate::wareki::parse(iso).unwrap().date
}

fn facts(published: &str) -> DueFacts {
    DueFacts {
        published: Some(day(published)),
        last_conducted: Some(day("2023-09-29")),
        ..DueFacts::default()
    }
}

fn hearing(periods: &[(&str, &str)]) -> Hearing {
    let period = |(from, to): &(&str, &str)| {
        let (from, to) = (day(from), day(to));
        HearingPeriod { from, to, days: from.days_until(to).map(|days| days + 1) }
    };
    Hearing {
        is_demanded: true,
        has_reason: false,
        is_written: true,
        periods: periods.iter().map(period).collect(),
    }
}

fn listed(published: Option<&DueFacts>, coming: Option<&DueFacts>, as_of: &str) -> Vec<Due> {
    let subject = DueSubject {
        code: "019984",
        municipality: "みほん市",
        dir: "8-kaigo",
        title: "介護保険に関する事務, 全項目評価書",
        published,
        coming,
    };
    list(&[subject], day(as_of))
}

/// Kind, date and state of each, one a line.
fn told(dues: &[Due]) -> Vec<String> {
    let date = |due: &Due| due.date.map_or_else(|| due.basis.text(), |date| date.iso());
    dues.iter().map(|due| format!("{} {} {}", due.kind.id(), date(due), due.state.id())).collect()
}

#[test]
fn a_public_version_is_reviewed_and_assessed_again() {
    let facts = DueFacts { last_review: Some(day("2026-03-10")), ..facts("2025-09-01") };
    let dues = listed(Some(&facts), None, "2026-11-21");
    assert_eq!(told(&dues), ["review 2027-03-10 later", "reassessment 2028-09-29 later"]);
    assert_eq!(dues[0].basis, Basis::Since(Event::Reviewed, Some(day("2026-03-10"))));
    assert_eq!(
        dues[1].basis.text(),
        "直近の実施の公表（令和5年9月29日）から5年を経過する日。その前に再実施する"
    );
}

#[test]
fn a_revision_does_not_move_the_five_years_and_nothing_is_guessed() {
    let revised = DueFacts { occasion: Some(Occasion::Revision), ..facts("2026-09-01") };
    assert_eq!(told(&listed(Some(&revised), None, "2026-11-21"))[1], "reassessment 2028-09-29 later");
    let unknown = DueFacts { last_conducted: None, ..revised };
    let dues = listed(Some(&unknown), None, "2026-11-21");
    assert_eq!(told(&dues)[1], "reassessment 直近の実施の公表日が記録されていません unknown");
    assert!(
        table(&dues)
            .contains("分からない: 直近の実施の公表日が記録されていません。管理情報に「直近の実施の公表日」")
    );
    let again = DueFacts { occasion: Some(Occasion::Again), ..unknown };
    assert_eq!(told(&listed(Some(&again), None, "2026-11-21"))[1], "reassessment 2031-09-01 later");
}

#[test]
fn a_version_without_a_date_says_so() {
    let dues = listed(Some(&DueFacts { published: None, ..facts("2026-09-01") }), None, "2026-11-21");
    assert_eq!(
        told(&dues),
        ["reassessment 2028-09-29 later", "review 公表日が書かれていないか、読み取れません unknown"]
    );
}

#[test]
fn what_has_ended_is_only_kept() {
    let ended = DueFacts { ended: Some(day("2026-03-31")), ..facts("2025-09-01") };
    assert_eq!(told(&listed(Some(&ended), None, "2026-11-21")), ["retention 2029-03-31 later"]);
    assert_eq!(told(&listed(Some(&ended), None, "2029-04-01")), ["retention 2029-03-31 passed"]);
    // Until it ends it goes on.
    assert_eq!(told(&listed(Some(&ended), None, "2026-03-30")).len(), 2);
}

#[test]
fn what_has_happened_may_be_written_in_the_coming_version() {
    let public = facts("2025-09-01");
    let coming = DueFacts { last_review: Some(day("2026-08-01")), ..facts("2027-01-15") };
    let dues = listed(Some(&public), Some(&coming), "2026-11-21");
    assert_eq!(
        told(&dues),
        ["publication 2027-01-15 later", "review 2027-08-01 later", "reassessment 2028-09-29 later"]
    );
    // What it plans has not happened.
    let coming = DueFacts { last_review: Some(day("2027-01-10")), ended: Some(day("2027-01-10")), ..coming };
    assert_eq!(told(&listed(Some(&public), Some(&coming), "2026-08-02"))[0], "review 2026-09-01 soon");
}

#[test]
fn a_coming_version_has_its_publication_and_its_hearing() {
    let old = ("2023-06-01", "2023-07-02");
    let public = DueFacts { hearing: hearing(&[old]), ..facts("2023-09-29") };
    let coming = DueFacts {
        occasion: Some(Occasion::Again),
        hearing: hearing(&[old, ("2026-11-01", "2026-11-29")]),
        ..facts("2027-01-15")
    };
    let dues = listed(Some(&public), Some(&coming), "2026-11-21");
    assert_eq!(
        told(&dues),
        [
            "review 2024-09-29 overdue",
            "hearing-end 2026-11-29 soon",
            "publication 2027-01-15 later",
            "reassessment 2028-09-29 later",
            "hearing-start 2026-11-01 passed",
        ]
    );
    assert_eq!(dues[1].basis, Basis::Hearing(Some(29), Length::Short));
    let asks = "書いてください";
    assert!(dues[1].basis.text().contains(asks), "{}", dues[1].basis.text());
    let public: Vec<_> = dues.iter().cloned().map(Due::for_the_public).collect();
    let name = Calendar { name: "期日", base_url: None };
    for text in [calendar(&name, &public).replace("\r\n ", ""), json(&public, day("2026-11-21"), None)] {
        assert!(text.contains("30日に足りません") && !text.contains(asks), "{text}");
    }
    let has_url =
        |kind| dues.iter().find(|d| d.kind == kind).unwrap().url(Some("https://a.example/")).is_some();
    assert!(has_url(Kind::Publication), "the version before has a page");
}

#[test]
fn a_reassessment_without_a_new_hearing_says_so() {
    let old = hearing(&[("2023-06-01", "2023-07-02")]);
    let public = DueFacts { hearing: old.clone(), ..facts("2023-09-29") };
    let coming = |hearing: Hearing| {
        let coming = DueFacts { occasion: Some(Occasion::Again), hearing, ..facts("2027-01-15") };
        let dues = listed(Some(&public), Some(&coming), "2026-11-21");
        dues.iter().filter(|d| d.kind == Kind::HearingStart).map(|d| d.basis).collect::<Vec<_>>()
    };
    assert_eq!(coming(old), [Basis::Missing(Fact::Hearing)]);
    assert_eq!(coming(hearing(&[])), [Basis::Missing(Fact::ReadableHearing)]);
    assert_eq!(coming(Hearing { is_written: false, ..hearing(&[]) }), [Basis::Missing(Fact::Hearing)]);
    // 重点項目評価書: voluntary.
    assert_eq!(coming(Hearing::default()), []);
}

#[test]
fn without_the_public_version_only_what_is_certain_is_told() {
    let coming = DueFacts {
        occasion: Some(Occasion::Revision),
        hearing: hearing(&[("2023-06-01", "2023-07-02")]),
        ..facts("2027-01-15")
    };
    assert_eq!(
        told(&listed(None, Some(&coming), "2026-11-21")),
        [
            "publication 2027-01-15 later",
            "reassessment 2028-09-29 later",
            "review 公表中の版が読み取れていません unknown",
        ]
    );
    let again = DueFacts {
        occasion: Some(Occasion::Again),
        last_conducted: Some(day("2027-01-15")),
        ..coming.clone()
    };
    assert!(told(&listed(None, Some(&again), "2026-11-21"))[1].starts_with("review"));
    assert!(
        told(&listed(None, Some(&again), "2026-11-21"))[2].ends_with("unknown"),
        "not from what is to come"
    );
    let first = DueFacts { occasion: Some(Occasion::First), ..coming };
    assert_eq!(told(&listed(None, Some(&first), "2026-11-21")), ["publication 2027-01-15 later"]);
}

#[test]
fn the_day_decides_whether_a_version_is_coming() {
    let facts = facts("2026-12-01");
    let subject = DueSubject {
        code: "019984",
        municipality: "みほん市",
        dir: "8-kaigo",
        title: "介護",
        published: None,
        coming: None,
    };
    let on = |as_of| told(&list(&[subject.with_version(&facts, day(as_of))], day(as_of)))[0].clone();
    assert_eq!(on("2026-11-30"), "publication 2026-12-01 soon");
    assert_eq!(on("2026-12-01"), "review 2027-12-01 later");
}

#[test]
fn another_day_changes_states_and_nothing_else_of_a_calendar() {
    let facts = facts("2025-09-01");
    let on = |as_of| {
        let dues = listed(Some(&facts), None, as_of);
        (told(&dues), calendar(&Calendar { name: "期日", base_url: Some("https://a.example/") }, &dues))
    };
    let (soon, overdue) = (on("2026-08-31"), on("2027-01-01"));
    assert_ne!(soon.0, overdue.0);
    assert_eq!(soon.1, overdue.1);
}

/// If this fails, everything would stand in people's calendars a second time.
#[test]
fn ids_are_what_they_always_were() {
    let (public, coming) = (facts("2025-09-01"), facts("2027-01-15"));
    let ids = |coming: &DueFacts, as_of| {
        let dues = listed(Some(&public), Some(coming), as_of);
        dues.iter()
            .map(|due| format!("{} {}", due.kind.id(), due.uid()))
            .collect::<std::collections::BTreeSet<_>>()
    };
    insta::assert_snapshot!(Vec::from_iter(ids(&coming, "2026-11-21")).join("\n"), @r"
    publication cb0d6b64-4579-52cd-911c-3af40da51837
    reassessment 427a3e9f-07b2-5eb0-be3c-182d88cd86d0
    review 92671b32-156d-5652-bea2-de5f366c7da5
    ");
    assert_eq!(ids(&coming, "2026-11-21"), ids(&coming, "2026-12-24"));
    // A publication that is put off stays the same event.
    assert_eq!(ids(&coming, "2026-11-21"), ids(&facts("2027-02-01"), "2026-11-21"));
    // The review of the next year is another one.
    let reviewed = DueFacts { last_review: Some(day("2026-08-01")), ..public.clone() };
    assert_ne!(
        listed(Some(&public), None, "2026-11-21")[0].uid(),
        listed(Some(&reviewed), None, "2026-11-21")[0].uid()
    );
}

#[test]
fn a_month_fills_all_its_days_in_a_calendar() {
    let dues = listed(Some(&facts("2025-02")), None, "2026-11-21");
    let text = calendar(&Calendar { name: "期日", base_url: None }, &dues);
    assert!(text.contains("DTSTART;VALUE=DATE:20260201\r\nDTEND;VALUE=DATE:20260301\r\n"), "{text}");
    assert!(text.contains("DTSTAMP:20250131T150000Z"), "{text}");
    assert!(text.contains("介護保険に関する事務\\, 全"), "{text}");
    assert!(!text.contains("URL:"));
}

#[test]
fn a_calendar_without_events_still_has_a_component() {
    let text = calendar(&Calendar { name: "期日", base_url: None }, &[]);
    assert!(text.contains("BEGIN:VTIMEZONE\r\n") && !text.contains("VEVENT"));
}

#[test]
fn the_public_learns_no_date_of_the_administration() {
    let facts = DueFacts { last_review: Some(day("2026-03-10")), ..facts("2025-09-01") };
    let ended = DueFacts { published: None, ended: Some(day("2026-03-31")), ..facts.clone() };
    let of = |facts| listed(Some(facts), None, "2026-11-21").into_iter().map(Due::for_the_public);
    let dues: Vec<_> = of(&facts).chain(of(&ended)).collect();
    assert_eq!(dues.len(), 3);
    let name = Calendar { name: "期日", base_url: None };
    let texts = [calendar(&name, &dues), json(&dues, day("2026-11-21"), None), table(&dues)];
    for secret in [
        "2026-03-10",
        "20260310",
        "20260309",
        "令和8年3月10日",
        "2023-09-29",
        "令和5年9月29日",
        "令和8年3月31日",
        "20260330",
    ] {
        assert!(texts.iter().all(|text| !text.contains(secret)), "{secret}: {texts:?}");
    }
    assert!(texts[1].contains("\"直近の見直しから1年\""), "{}", texts[1]);
    let unreviewed = DueFacts { last_review: None, ..facts.clone() };
    assert_eq!(of(&unreviewed).next().unwrap().basis.since(), Some(day("2025-09-01")), "公表日 is public");
}

#[test]
fn what_has_no_date_is_in_every_list() {
    let dues = listed(Some(&DueFacts { last_conducted: None, ..facts("2025-09-01") }), None, "2026-11-21");
    let within = |last: &str| dues.iter().filter(|due| due.is_within(day(last))).count();
    assert_eq!((within("2026-08-31"), within("2026-09-01")), (1, 2));
}

#[test]
fn columns_stand_below_each_other() {
    use unicode_width::UnicodeWidthStr as _;
    let dues = listed(Some(&DueFacts { last_conducted: None, ..facts("2025-09-01") }), None, "2026-11-21");
    let text = table(&dues);
    let place = |line: &str| line.find("みほん市").or(line.find("自治体")).map(|at| line[..at].width());
    let places: Vec<_> = text.lines().filter_map(place).collect();
    assert_eq!(places.len(), 3, "{text}");
    assert!(places.windows(2).all(|pair| pair[0] == pair[1]), "{text}");
}
