//! The timeline page of a document: its changes by date, with both texts in full, and by item.

use serde::Serialize;

use super::Page;
use super::assessment::FormView;
use super::frame::{self, DateView, Frame, TimingView};
use crate::assessment::Assessment;
use crate::form::{Form, NodeIx, Slot, fold};
use crate::history::{Day, Entry, Timeline, day_anchor, nearest, title_of};
use crate::markdown;
use crate::site::theme::{RenderError, Theme};
use crate::site::{MunicipalityContext, SiteContext};

#[derive(Serialize)]
struct View<'a> {
    title: &'a str,
    form: FormView<'a>,
    published: Option<DateView>,
    total: usize,
    /// Newest first, the rows without a date last.
    days: Vec<DayView<'a>>,
    /// In the order of the form.
    sections: Vec<SectionView<'a>>,
}

#[derive(Serialize)]
struct DayView<'a> {
    id: String,
    date: Option<DateView>,
    entries: Vec<EntryView<'a>>,
}

#[derive(Serialize)]
struct EntryView<'a> {
    id: &'a str,
    reference: String,
    label: String,
    /// The item as the row names it, where it is not named like this above.
    written: Option<&'a str>,
    /// Its anchor on the page of the document.
    place: Option<String>,
    /// The item itself still exists.
    is_current: bool,
    kind: &'static str,
    timing: Option<TimingView<'a>>,
    important: bool,
    before: String,
    after: String,
    explanation: String,
    /// Anchors of the neighbouring changes of the same item.
    previous: Option<&'a str>,
    next: Option<&'a str>,
}

#[derive(Serialize)]
struct SectionView<'a> {
    heading: String,
    items: Vec<ItemView<'a>>,
}

#[derive(Serialize)]
struct ItemView<'a> {
    id: String,
    reference: String,
    label: String,
    place: String,
    /// Newest first.
    changes: Vec<ItemChange<'a>>,
}

#[derive(Serialize)]
struct ItemChange<'a> {
    anchor: &'a str,
    date: Option<DateView>,
    kind: &'static str,
}

const CAPACITY: usize = 128 * 1024;

/// `/{code6}/{dir}/changes/`: the changes of a document.
pub fn changes(
    theme: &Theme,
    site: &SiteContext,
    municipality: &MunicipalityContext,
    assessment: &Assessment,
    timeline: &Timeline,
) -> Result<Page, RenderError> {
    let builder = Builder::new(assessment, timeline);
    let view = View {
        title: title_of(assessment),
        form: assessment.form().into(),
        published: assessment.published.map(DateView::from),
        total: timeline.entries.len(),
        days: builder.days(),
        sections: builder.sections(),
    };
    let trail = [
        (municipality.code.as_str(), municipality.name.as_str()),
        (&assessment.dir, title_of(assessment)),
        ("changes", theme.word("changes")),
    ];
    let frame = Frame::new(site, Some(municipality), &trail);
    frame::page(theme, "changes.html", frame::file_of(&trail), &frame, &view, CAPACITY)
}

/// The anchor of an item in the list by item.
pub(super) fn place_anchor(item_anchor: &str) -> String {
    format!("of-{item_anchor}")
}

struct Builder<'a> {
    assessment: &'a Assessment,
    timeline: &'a Timeline,
    form: &'a Form,
    files: u16,
    /// For each entry its neighbours among the changes of the same place.
    neighbours: Vec<(Option<usize>, Option<usize>)>,
}

impl<'a> Builder<'a> {
    fn new(assessment: &'a Assessment, timeline: &'a Timeline) -> Self {
        let mut neighbours = vec![(None, None); timeline.entries.len()];
        for (_, entries) in timeline.places() {
            for pair in entries.windows(2) {
                neighbours[pair[0]].1 = Some(pair[1]);
                neighbours[pair[1]].0 = Some(pair[0]);
            }
        }
        let files = assessment.answers.files();
        Self { assessment, timeline, form: assessment.form(), files, neighbours }
    }

    fn days(&self) -> Vec<DayView<'a>> {
        let (dated, undated): (Vec<&Day>, Vec<&Day>) =
            self.timeline.days.iter().partition(|d| d.date.is_some());
        dated.into_iter().rev().chain(undated).map(|day| self.day(day)).collect()
    }

    fn day(&self, day: &Day) -> DayView<'a> {
        DayView {
            id: day_anchor(day.date),
            date: day.date.map(DateView::from),
            entries: day.entries.clone().map(|at| self.entry(at)).collect(),
        }
    }

    fn entry(&self, at: usize) -> EntryView<'a> {
        let entry = &self.timeline.entries[at];
        let row = &self.assessment.changes[entry.change];
        let (reference, label) = self.name(entry.slot);
        let (previous, next) = self.neighbours[at];
        let is_named_so = fold(&row.item.text) == fold(&format!("{reference}{label}"));
        let written = (!is_named_so).then_some(row.item.text.as_str());
        EntryView {
            id: &entry.anchor,
            reference,
            label,
            written,
            place: entry.place.map(|place| self.form.anchor(place, self.files)),
            is_current: entry.slot.is_some() && entry.place.map(|p| p.node) == entry.slot.map(|s| s.node),
            kind: entry.kind().id(),
            timing: TimingView::written(self.form, &row.timing),
            important: entry.important,
            before: self.html(&row.before, entry, "b"),
            after: self.html(&row.after, entry, "a"),
            explanation: self.html(&row.explanation, entry, "e"),
            previous: previous.map(|at| self.anchor(at)),
            next: next.map(|at| self.anchor(at)),
        }
    }

    fn anchor(&self, at: usize) -> &'a str {
        &self.timeline.entries[at].anchor
    }

    /// Reference and label; both empty where the row's meaning is not clear.
    fn name(&self, slot: Option<Slot>) -> (String, String) {
        let name = slot.map(|slot| self.form.name(slot, self.files));
        name.map(|n| (n.reference, n.label)).unwrap_or_default()
    }

    fn html(&self, text: &str, entry: &Entry, part: &str) -> String {
        if text.trim().is_empty() {
            return String::new();
        }
        let prefix = format!("{}-{part}-", entry.anchor);
        let options = markdown::Options {
            heading_base: 5,
            footnote_prefix: &prefix,
            resolve_link: &|reference| self.link(reference),
        };
        markdown::to_html(text, &options)
    }

    fn link(&self, reference: &str) -> Option<String> {
        let slot = self.form.resolve(reference, self.files).target?.slot;
        let place = nearest(&self.assessment.answers, slot)?;
        Some(format!("../#{}", self.form.anchor(place, self.files)))
    }

    fn sections(&self) -> Vec<SectionView<'a>> {
        let mut sections: Vec<(NodeIx, SectionView<'a>)> = Vec::new();
        for (place, entries) in self.timeline.places() {
            let section = self.form.section_of(place.node);
            if sections.last().is_none_or(|(ix, _)| *ix != section.ix) {
                sections.push((section.ix, SectionView { heading: section.heading(), items: Vec::new() }));
            }
            let item = self.item(place, entries);
            if let Some((_, view)) = sections.last_mut() {
                view.items.push(item);
            }
        }
        sections.into_iter().map(|(_, view)| view).collect()
    }

    fn item(&self, place: Slot, entries: &[usize]) -> ItemView<'a> {
        let name = self.form.name(place, self.files);
        let anchor = self.form.anchor(place, self.files);
        ItemView {
            id: place_anchor(&anchor),
            reference: name.reference,
            label: name.label,
            place: anchor,
            changes: entries.iter().rev().map(|at| self.item_change(*at)).collect(),
        }
    }

    fn item_change(&self, at: usize) -> ItemChange<'a> {
        let entry = &self.timeline.entries[at];
        ItemChange { anchor: &entry.anchor, date: entry.date.map(DateView::from), kind: entry.kind().id() }
    }
}
