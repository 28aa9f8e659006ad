//! Feeds over hand-made documents: what is in them, how many entries, how much text.

use super::sample;
use crate::form::Form;
use crate::history::{AssessmentDigest, Causes, Timeline};
use crate::site::feed::{self, Subject};
use crate::site::render;
use crate::site::{MunicipalityContext, SiteContext, Theme};
use crate::wareki::CivilDate;

/// The feed of a document with a change on each date, each text so many signs long; its JSON.
fn feed_of(dates: &[Option<CivilDate>], signs: usize) -> serde_json::Value {
    let form = Form::with_id("zenkomoku-h30-05").unwrap();
    let mut assessment = sample::assessment(form, 0, 0);
    let row = assessment.changes[0].clone();
    assessment.title = "{n}件の<b>事務".to_owned();
    assessment.published = None;
    assessment.changes = dates
        .iter()
        .map(|date| crate::assessment::Change { date: *date, after: "あ".repeat(signs), ..row.clone() })
        .collect();
    let (theme, site) = (Theme::load(&[]).unwrap(), SiteContext::new(&sample::site()));
    let municipality = MunicipalityContext::new(&sample::municipality());
    let timeline = Timeline::of(&assessment);
    let digest = AssessmentDigest::of(&assessment, &timeline);
    let subject = Subject { municipality: &municipality, document: &digest };
    let up = feed::way_to_document(&site, subject);
    let causes = Causes::default();
    let (_, texts) =
        render::changes_and_texts(&theme, &site, &municipality, &assessment, &timeline, &causes, None, &up)
            .unwrap();
    let files = feed::assessment(&theme, &site, subject, &texts);
    let of_municipality = feed::municipality(&theme, &site, &municipality, std::slice::from_ref(&digest));
    let of_site = feed::site(&theme, &site, std::iter::once(subject));
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    let count = |feed: &str| json(feed)["items"].as_array().unwrap().len();
    let dated = dates.iter().flatten().count();
    assert_eq!(count(&files.json), dated.min(100));
    assert_eq!((count(&of_municipality.json), count(&of_site.json)), (dated.min(50), dated.min(50)));
    assert_eq!(files.atom.matches("<entry>").count(), dated.min(100));
    json(&files.json)
}

/// So many days, ascending.
fn days(count: i32) -> Vec<Option<CivilDate>> {
    let first = CivilDate::from_ymd(2022, 1, 1).unwrap();
    (0..count).map(|day| first.plus_days(day)).collect()
}

#[test]
fn what_has_no_date_is_no_entry_and_a_month_is_its_first_day() {
    let dates = [CivilDate::from_ym(2023, 12), CivilDate::from_ymd(2023, 11, 30), None];
    let feed = feed_of(&dates, 1);
    let items = feed["items"].as_array().unwrap();
    let told: Vec<_> = items.iter().map(|item| item["date_modified"].as_str().unwrap()).collect();
    assert_eq!(told, ["2023-12-01T00:00:00+09:00", "2023-11-30T00:00:00+09:00"]);
    assert_eq!(items[0]["title"], "みほん市 {n}件の<b>事務: 1件の変更（令和5年12月）");
    assert_eq!(
        items[0]["url"],
        "https://example.jp/hyoka/019984/1-mihon-zenkomoku-h30-05/changes/#d-2023-12"
    );
    assert!(!items[0]["content_html"].as_str().unwrap().contains("<b>"));
}

#[test]
fn a_feed_without_entries_is_still_a_feed() {
    assert_eq!(feed_of(&[None], 1)["items"], serde_json::json!([]));
}

#[test]
fn a_long_history_is_cut_and_its_older_texts_are_left_out() {
    let feed = feed_of(&days(120), 5_000);
    let items = feed["items"].as_array().unwrap();
    assert_eq!(items[0]["date_published"], "2022-04-30T00:00:00+09:00");
    let sizes: Vec<_> = items.iter().map(|item| item["content_html"].as_str().unwrap().len()).collect();
    let full = sizes.iter().filter(|size| **size > 15_000).count();
    assert!((20..30).contains(&full), "{full} entries in full");
    assert!(sizes[full..].iter().all(|size| *size < 1_000), "what is older is named");
}
