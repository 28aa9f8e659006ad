//! The pages of what is due, with every kind of date and every reason for having none.

use std::collections::BTreeSet;

use super::markup::unquoted;
use crate::assessment::Occasion;
use crate::due::{Due, DueFacts, DueSubject, Hearing, HearingPeriod, Kind, State, list};
use crate::history::AssessmentDigest;
use crate::site::render::{self, Page};
use crate::site::{MunicipalityContext, SiteContext, Theme};
use crate::wareki::CivilDate;

fn day(iso: &str) -> CivilDate {
    crate::wareki::parse(iso).unwrap().date
}

const DAY: &str = "2026-11-21";

/// Public and coming versions that lead to every kind of date and to every missing fact, in the documents given.
fn dues(municipality: &MunicipalityContext, digests: &[AssessmentDigest]) -> Vec<Due> {
    let public = DueFacts {
        published: Some(day("2025-09-01")),
        last_conducted: Some(day("2021-11-01")),
        ..DueFacts::default()
    };
    let (from, to) = (day("2026-12-01"), day("2026-12-31"));
    let periods = vec![
        HearingPeriod { from, to, days: Some(31) },
        HearingPeriod { from: day("2027-01"), to: day("2027-02"), days: None },
    ];
    let hearing = Hearing { is_demanded: true, has_reason: false, is_written: true, periods };
    let coming = DueFacts {
        published: Some(day("2027-03-01")),
        occasion: Some(Occasion::Again),
        last_review: Some(day("2026-02-01")),
        hearing,
        ..public.clone()
    };
    let unread = DueFacts {
        hearing: Hearing { is_demanded: true, is_written: true, ..Hearing::default() },
        ..coming.clone()
    };
    let ended = DueFacts { ended: Some(day("2023-10-31")), ..public.clone() };
    let nothing = DueFacts::default();
    let versions = [
        (Some(&public), Some(&coming)),
        (None, Some(&unread)),
        (Some(&ended), None),
        (Some(&nothing), Some(&nothing)),
    ];
    let subject = |(digest, (published, coming)): (_, (_, _))| {
        let digest: &AssessmentDigest = digest;
        let (code, name) = (municipality.code.as_str(), municipality.name.as_str());
        DueSubject { code, municipality: name, dir: &digest.dir, title: &digest.title, published, coming }
    };
    let subjects: Vec<_> = digests.iter().zip(versions.into_iter().cycle()).map(subject).collect();
    list(&subjects, day(DAY)).into_iter().map(Due::for_the_public).collect()
}

/// The pages of a municipality and of the site.
pub(super) fn pages(
    theme: &Theme,
    site: &SiteContext,
    municipality: &MunicipalityContext,
    digests: &[AssessmentDigest],
) -> [Page; 2] {
    let dues = dues(municipality, digests);
    let kinds: BTreeSet<_> = dues.iter().map(|due| due.kind).collect();
    assert_eq!(kinds.len(), Kind::ALL.len(), "{kinds:?}");
    let states: BTreeSet<_> = dues.iter().map(|due| due.state).collect();
    assert_eq!(states.len(), State::ALL.len(), "{states:?}");
    [Some(municipality), None].map(|one| render::due(theme, site, one, &dues, day(DAY)).unwrap())
}

#[test]
fn dates_stand_in_both_calendars_and_states_in_words() {
    let pages = super::site(0);
    let page = unquoted(&pages["019984/due/index.html"]);
    for part in [
        "<caption id=due-title>みほん市 見直しと再実施の時期</caption>",
        "<th scope=col>期日</th>",
        "<th scope=row><time datetime=2027-02-01>令和9年（2027年）2月1日</time></th>",
        "<td>1年ごとの見直し（努力義務）</td>",
        "<td>直近の見直しから1年</td>",
        "初日を含めて31日間",
        "公表日の記録がないため、計算できません。",
        "<td class=state>近づいています</td>",
        "<td class=state>過ぎました</td>",
        "<time datetime=2026-11-21>令和8年（2026年）11月21日</time>の時点の状態です。",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    // What a theme has no word for is shown by its key.
    assert!(!page.contains("due_"), "{page}");
}

#[test]
fn the_page_of_a_site_counts_and_is_cut() {
    let pages = super::site(0);
    let page = unquoted(&pages["due/index.html"]);
    assert!(page.contains("<th scope=row><a href=../019984/due/>みほん市</a></th>"), "{page}");
    assert!(!page.contains("件を載せています"));
    let (theme, site) = (Theme::load(&[]).unwrap(), SiteContext::new(&super::sample::site()));
    let one = DueFacts { published: Some(day("2025-09-01")), ..DueFacts::default() };
    let dirs: Vec<_> = (0..150).map(|number| format!("{number}-mihon")).collect();
    let subject = |dir| DueSubject {
        code: "019984",
        municipality: "みほん市",
        dir,
        title: "<b>評価書",
        published: Some(&one),
        coming: None,
    };
    let dues = list(&dirs.iter().map(|dir| subject(dir)).collect::<Vec<_>>(), day(DAY));
    let page = unquoted(&render::due(&theme, &site, None, &dues, day(DAY)).unwrap().html);
    assert_eq!(page.matches("<td><a href=").count() + page.matches("みほん市 <a href=").count(), 200);
    assert!(page.contains("早いものから200件を載せています") && !page.contains("<b>"), "{page}");
    assert!(page.contains("<td>150件</td>"));
}
