//! The timelines of municipalities and of the site over digests made up here.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::book::Dated;
use super::{SiteChanges, municipality_changes};
use crate::assessment::{Look, Municipality, SiteSettings, sample};
use crate::codes::MunicipalityCode;
use crate::form::Form;
use crate::history::{
    AssessmentDigest, BriefItem, ChangeBrief, ChangeKind, MunicipalityDigest, SiteDigest, TimingBrief,
    day_anchor,
};
use crate::site::render::Page;
use crate::site::tests::markup::tags_with;
use crate::site::{MunicipalityContext, SiteContext, Theme};
use crate::wareki::CivilDate;

type Day = (i16, u8, u8);

pub(super) fn brief(form: &Form, path: Option<&str>, day: Option<Day>, ordinal: u16) -> ChangeBrief {
    let slot = path.map(|path| form.slot(path).unwrap());
    ChangeBrief {
        item: slot.map_or_else(
            || BriefItem::Written("項目名のない行".into()),
            |slot| BriefItem::Known { slot, place: Some(slot) },
        ),
        date: day.and_then(|(year, month, day)| CivilDate::from_ymd(year, month, day)),
        ordinal,
        piece: 0,
        kind: ChangeKind::ALL[usize::from(ordinal) % 2],
        timing: TimingBrief::Option(u8::from(!ordinal.is_multiple_of(4))),
        important: ordinal.is_multiple_of(3),
        reason: Some(Arc::from(format!("見本の理由{}", ordinal % 5))),
        novelty: None,
    }
}

pub(super) fn document(form: &'static Form, dir: &str, changes: Vec<ChangeBrief>) -> AssessmentDigest {
    AssessmentDigest {
        dir: dir.to_owned(),
        number: "1".to_owned(),
        title: format!("見本の事務 {dir} 全項目評価書"),
        form,
        agency: String::new(),
        task: String::new(),
        published: None,
        files: 1,
        filled: 0,
        items: 0,
        due: crate::due::DueFacts::default(),
        changes,
    }
}

fn form() -> &'static Form {
    Form::with_id("zenkomoku-h30-05").unwrap()
}

/// Rows of a document: so many on each of some dates.
fn changes(days: &[Option<Day>], each: u16) -> Vec<ChangeBrief> {
    let paths = [Some("iii.2.risk1.adequacy"), Some("i.1.name"), None, Some("ii.2.kind")];
    let rows = |day: &Option<Day>| {
        let day = *day;
        (1..=each).map(move |ordinal| brief(form(), paths[usize::from(ordinal) % 4], day, ordinal))
    };
    days.iter().flat_map(rows).collect()
}

fn municipality(code: &str) -> Municipality {
    Municipality {
        dir: format!("{code}-mihon"),
        code: MunicipalityCode::parse(code).unwrap(),
        name: format!("みほん{code}市"),
        ..sample::municipality()
    }
}

fn site_context() -> SiteContext {
    SiteContext::new(&SiteSettings {
        title: "見本の公表".to_owned(),
        base_url: None,
        publisher: None,
        contact: None,
        accessibility: None,
        theme: "standard".to_owned(),
        look: Look::default(),
        as_of: None,
        license: None,
    })
}

fn of_municipality(documents: &[AssessmentDigest]) -> BTreeMap<String, String> {
    let municipality = municipality("019984");
    let digest = MunicipalityDigest::of(&municipality, documents);
    let context = MunicipalityContext::new(&municipality);
    let theme = Theme::load(&[]).unwrap();
    let pages = municipality_changes(&theme, &site_context(), &context, &digest, documents).unwrap();
    by_path(pages)
}

fn of_site(municipalities: Vec<MunicipalityDigest>) -> BTreeMap<String, String> {
    let (theme, site, digest) = (Theme::load(&[]).unwrap(), site_context(), SiteDigest::of(municipalities));
    let changes = SiteChanges::new(&theme, &site, &digest);
    by_path((0..changes.count()).map(|at| changes.page(at).unwrap()).collect())
}

fn by_path(pages: Vec<Page>) -> BTreeMap<String, String> {
    let count = pages.len();
    let pages: BTreeMap<_, _> =
        pages.into_iter().map(|page| (page.path, page.html.replace('"', ""))).collect();
    assert_eq!(pages.len(), count, "two pages have the same path");
    pages
}

/// The ids of the dates on a page, in order.
fn days_of(html: &str) -> Vec<&str> {
    let ids = html.split(" id=d-").skip(1);
    ids.filter_map(|rest| rest.split(['>', ' ']).next()).collect()
}

/// Every date has its address on the front page, and where that is only a line, the line leads to the date.
fn assert_addresses_stay(pages: &BTreeMap<String, String>, front: &str, dates: &[Option<Day>]) {
    let html = &pages[&format!("{front}index.html")];
    for date in dates {
        let date = date.and_then(|(year, month, day)| CivilDate::from_ymd(year, month, day));
        let id = day_anchor(date);
        assert_eq!(html.matches(&format!(" id={id}>")).count(), 1, "{id} on {front}");
        if pages.len() == 1 {
            continue;
        }
        let (_, line) = html.split_once(&format!(" id={id}><a href=")).unwrap();
        let (dir, _) = line.split_once(&format!("/#{id}>")).unwrap();
        let page = &pages[&format!("{front}{dir}/index.html")];
        assert!(page.contains(&format!("<h3 id={id}>")), "{id} on {dir}");
    }
}

const DATES: [Option<Day>; 4] = [Some((2021, 10, 1)), Some((2022, 6, 17)), Some((2022, 9, 1)), None];

#[test]
fn a_short_list_has_its_dates_in_full_newest_first() {
    let pages = of_municipality(&[
        document(form(), "1-a", changes(&DATES, 3)),
        document(form(), "2-b", changes(&DATES[1..2], 2)),
    ]);
    assert_addresses_stay(&pages, "019984/changes/", &DATES);
    let html = &pages["019984/changes/index.html"];
    assert_eq!(days_of(html), ["2022-09-01", "2022-06-17", "2021-10-01", "nodate"]);
    assert!(html.contains("<small>5件（評価書2件）</small>"));
    assert!(html.contains("<a href=../2-b/changes/#d-2022-06-17>"));
    assert!(html.contains("<a href=../2-b/changes/#c-2022-06-17-002>"));
    assert_ne!(tags_with(html, "a", &["class=now", "href=../1-a/#ii-2-kind"]), 0);
    // Of the document with the number of its changes, in the list of documents.
    assert!(html.contains("<a href=../1-a/changes/>"));
}

#[test]
fn a_long_list_keeps_every_address() {
    let days: Vec<_> = (1..=12).flat_map(|month| [(2021, month, 1), (2022, month, 1)]).map(Some).collect();
    let mut sorted = days.clone();
    sorted.sort();
    sorted.push(None);
    let pages = of_municipality(&[
        document(form(), "1-a", changes(&sorted, 20)),
        document(form(), "2-b", changes(&sorted, 9)),
    ]);
    assert_addresses_stay(&pages, "019984/changes/", &sorted);
    assert!(pages.contains_key("019984/changes/2022/index.html"), "{:?}", pages.keys());
    let titles: std::collections::BTreeSet<_> =
        pages.values().map(|html| html.split("</title>").next().unwrap()).collect();
    assert_eq!(titles.len(), pages.len());
    assert!(pages.values().all(|html| html.len() < 400_000));
}

#[test]
fn a_date_on_several_pages_goes_on_where_it_says() {
    let date = Some((2022, 6, 17));
    let pages = of_municipality(&[document(form(), "1-a", changes(&[date], 1500))]);
    assert_addresses_stay(&pages, "019984/changes/", &[date]);
    let (first, second) =
        (&pages["019984/changes/2022/index.html"], &pages["019984/changes/2022-2/index.html"]);
    assert!(first.contains("<a href=../2022-2/#d-2022-06-17>この日の変更の続き</a>"));
    assert!(!first.contains("（続き）") && second.contains("（続き）"));
    // What stands above the date tells of all its changes, on each of the pages.
    assert!(first.contains("<small>1500件</small>"));
    assert!(second.contains("<small>1500件</small>"));
    let rows = |html: &str| html.matches("class=now").count();
    assert_eq!(pages.values().map(|html| rows(html)).sum::<usize>(), 1500 / 4 * 3);
    assert!(pages.values().all(|html| html.len() < 400_000));
}

#[test]
fn nothing_changed_is_said() {
    let pages = of_municipality(&[document(form(), "1-a", Vec::new())]);
    assert!(pages["019984/changes/index.html"].contains("変更はまだありません"));
    assert!(of_site(Vec::new())["changes/index.html"].contains("変更はまだありません"));
}

fn digest(code: &str, documents: &[AssessmentDigest]) -> MunicipalityDigest {
    MunicipalityDigest::of(&municipality(code), documents)
}

#[test]
fn the_site_tells_date_municipality_and_document() {
    let one = digest("019984", &[document(form(), "1-a", changes(&DATES, 5))]);
    let other = digest("011002", &[document(form(), "1-a", changes(&DATES[1..3], 2))]);
    let pages = of_site(vec![one, other]);
    assert_addresses_stay(&pages, "changes/", &DATES);
    let html = &pages["changes/index.html"];
    assert_eq!(days_of(html), ["2022-09-01", "2022-06-17", "2021-10-01", "nodate"]);
    assert!(html.contains("<small>7件（2団体の評価書2件）</small>"));
    let place = |link: &str| html.find(link).unwrap_or_else(|| panic!("{link}"));
    // Municipalities by their codes.
    assert!(
        place("<a href=../011002/changes/#d-2022-09-01>") < place("<a href=../019984/changes/#d-2022-09-01>")
    );
    assert!(html.contains("<a href=../019984/1-a/changes/#d-2022-09-01>"));
    assert!(html.contains("<a href=../019984/1-a/changes/#c-2022-09-01-003>"));
    assert!(!html.contains("<a href=../019984/1-a/changes/#c-2022-09-01-004>"));
    assert!(html.contains("<li>ほか2件</li>"));
    assert!(html.contains("見本の理由1 <span class=count>評価書2件</span>"));
}

/// 4,000 documents with eight dates each, of which every document shares two.
fn large_site() -> SiteDigest {
    let codes = (1000..1900).filter_map(|n| {
        let digits = (0..10).map(|check| format!("{:05}{check}", 10_000 + n));
        digits.into_iter().find(|code| MunicipalityCode::parse(code).is_ok())
    });
    let municipalities = codes.take(400).enumerate().map(|(town, code)| {
        let documents: Vec<_> = (0..10)
            .map(|number| {
                let own = |year: i16| {
                    let place = town * 10 + number;
                    let month = u8::try_from(place % 12 + 1).unwrap();
                    Some((year, month, u8::try_from(place % 27 + 1).unwrap()))
                };
                let mut days: Vec<_> = (2019..2025).map(own).collect();
                days.extend([Some((2022, 6, 17)), Some((2024, 12, 2))]);
                days.sort();
                days.dedup();
                document(form(), &format!("{number}-mihon"), changes(&days, 4))
            })
            .collect();
        digest(&code, &documents)
    });
    SiteDigest::of(municipalities.collect())
}

#[test]
fn pages_of_a_large_site_stay_small() {
    let (theme, site, digest) = (Theme::load(&[]).unwrap(), site_context(), large_site());
    assert!(digest.municipalities.len() == 400 && digest.updates.len() > 30_000);
    let changes = SiteChanges::new(&theme, &site, &digest);
    let parts = &changes.book.parts;
    assert_eq!(parts.iter().flat_map(|part| part.entries.clone()).count(), digest.updates.len());
    assert!(parts.iter().all(|part| part.entries.len() <= 320), "updates on one page");
    // The first pages of two years with a common date, and the front page with all dates.
    let fullest = parts.iter().enumerate().max_by_key(|(_, part)| part.entries.len()).unwrap().0 + 1;
    for at in [0, 1, fullest, changes.count() - 1] {
        let page = changes.page(at).unwrap();
        assert!(page.html.len() < 400_000, "{}: {}", page.path, page.html.len());
    }
    let front = changes.page(0).unwrap().html.replace('"', "");
    let dates: std::collections::BTreeSet<_> = digest.updates.iter().map(Dated::date).collect();
    assert_eq!(days_of(&front).len(), dates.len());
}
