//! The pages of what is due: `/due/`, and `/{code6}/due/` of a municipality.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Page;
use super::frame::{self, DateView, Frame};
use crate::due::{Basis, Due, Event, Fact, Kind, Length, State};
use crate::site::theme::{RenderError, Theme};
use crate::site::{MunicipalityContext, SiteContext};
use crate::wareki::CivilDate;

#[derive(Serialize)]
struct View<'a> {
    description: String,
    caption: String,
    as_of: DateView,
    /// Numbers of each municipality; only on the page of the site.
    tallies: Vec<TallyView<'a>>,
    /// The states that are counted, each of which has its word.
    states: [&'static str; 4],
    rows: Vec<RowView<'a>>,
    /// Whether there are more rows than are shown.
    is_cut: bool,
    /// The kinds to explain, each of which has its word.
    kinds: Vec<&'static str>,
}

#[derive(Serialize)]
struct RowView<'a> {
    date: Option<DateView>,
    kind: &'static str,
    effort: bool,
    /// Only where the page is about several.
    municipality: Option<&'a str>,
    /// The way to the document from the folder above the page.
    folder: String,
    title: &'a str,
    state: &'static str,
    since: Option<DateView>,
    /// The days of a hearing.
    days: Option<i32>,
    /// The word that says what the date follows from, or why there is none.
    why: &'static str,
}

#[derive(Serialize)]
struct TallyView<'a> {
    code: &'a str,
    name: &'a str,
    counts: [usize; 4],
    /// The next date that has not passed.
    next: Option<DateView>,
}

const CAPACITY: usize = 64 * 1024;
/// Rows on the page of a site. A municipality has a page of its own, with all.
const MOST: usize = 200;
/// The states that a site counts for each municipality.
const COUNTED: [State; 4] = [State::Overdue, State::Soon, State::Later, State::Unknown];
/// What a published version leads to.
const STANDING: [Kind; 3] = [Kind::Review, Kind::Repetition, Kind::Retention];

/// `/{code6}/due/` of a municipality, or `/due/` of the site with the municipalities that have something due. `dues` is in its order.
pub fn due(
    theme: &Theme,
    site: &SiteContext,
    municipality: Option<&MunicipalityContext>,
    dues: &[Due],
    as_of: CivilDate,
) -> Result<Page, RenderError> {
    let most = if municipality.is_some() { usize::MAX } else { MOST };
    let name = municipality.map_or(site.title.as_str(), |m| m.name.as_str());
    let is_shown = |kind: &Kind| STANDING.contains(kind) || dues.iter().any(|due| due.kind == *kind);
    let view = View {
        description: theme.word("due_description").replace("{name}", name),
        caption: theme.word("due_table").replace("{name}", name),
        as_of: as_of.into(),
        tallies: if municipality.is_some() { Vec::new() } else { tallies(dues, as_of) },
        states: COUNTED.map(State::id),
        rows: dues.iter().take(most).map(|due| row(due, municipality.is_none())).collect(),
        is_cut: dues.len() > most,
        kinds: Kind::ALL.iter().filter(|kind| is_shown(kind)).map(|kind| kind.id()).collect(),
    };
    let own = ("due", theme.word("due"));
    let of_site = [own];
    let of_municipality = municipality.map(|m| [(m.code.as_str(), m.name.as_str()), own]);
    let trail = of_municipality.as_ref().map_or(&of_site[..], |trail| &trail[..]);
    let frame = Frame::new(site, municipality, trail);
    frame::page(theme, "due.html", frame::file_of(trail), &frame, &view, CAPACITY)
}

/// What a calendar of a municipality or the site is called.
pub fn due_name(theme: &Theme, site: &SiteContext, municipality: Option<&MunicipalityContext>) -> String {
    let name = municipality.map_or(site.title.as_str(), |m| m.name.as_str());
    theme.word("due_calendar_name").replace("{name}", name)
}

fn row(due: &Due, names_municipality: bool) -> RowView<'_> {
    let folder =
        if names_municipality { format!("{}/{}/", due.code, due.dir) } else { format!("{}/", due.dir) };
    RowView {
        date: due.date.map(DateView::from),
        kind: due.kind.id(),
        effort: due.kind.is_effort(),
        municipality: names_municipality.then_some(due.municipality.as_str()),
        folder,
        title: &due.title,
        state: due.state.id(),
        since: due.basis.since().map(DateView::from),
        days: match due.basis {
            Basis::Hearing(days, length) | Basis::PublicHearing(days, length)
                if length != Length::Uncounted =>
            {
                days
            }
            _ => None,
        },
        why: why(due.basis),
    }
}

fn why(basis: Basis) -> &'static str {
    match basis {
        Basis::Missing(Fact::Published) => "due_fact_published",
        Basis::Missing(Fact::Conducted) => "due_fact_conducted",
        Basis::Missing(Fact::PublicVersion) => "due_fact_version",
        Basis::Missing(Fact::Hearing | Fact::ReadableHearing) => "due_fact_hearing",
        Basis::Hearing(..) | Basis::PublicHearing(..) => "due_basis_hearing_uncounted",
        Basis::Planned => "due_basis_planned",
        Basis::Since(event, _) => match event {
            Event::Published => "due_basis_published",
            Event::Reviewed => "due_basis_reviewed",
            Event::Conducted => "due_basis_conducted",
            Event::Ended => "due_basis_ended",
        },
    }
}

/// The municipalities in the order of their codes.
fn tallies(dues: &[Due], as_of: CivilDate) -> Vec<TallyView<'_>> {
    let mut by_code: BTreeMap<&str, Vec<&Due>> = BTreeMap::new();
    for due in dues {
        by_code.entry(&due.code).or_default().push(due);
    }
    by_code
        .into_iter()
        .map(|(code, dues)| TallyView {
            code,
            name: dues.first().map_or("", |due| due.municipality.as_str()),
            counts: COUNTED.map(|state| dues.iter().filter(|due| due.state == state).count()),
            next: dues
                .iter()
                .filter_map(|due| due.date)
                .filter(|d| !d.is_before(as_of))
                .min()
                .map(DateView::from),
        })
        .collect()
}
