//! One change in full: what happened, both texts or what differs, why, and the ways on from there.

use std::borrow::Cow;

use serde::Serialize;

use super::scene::Scene;
use crate::history::{ChangeKind, Column};
use crate::site::render::causes::CauseLink;
use crate::site::render::frame::{DateView, TimingView};

/// A change as the template `entry.html` shows it.
#[derive(Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "what a template asks of a change, each by itself")]
pub(super) struct EntryView<'a> {
    id: &'a str,
    date: Option<DateView>,
    /// On the page of its item a change is known by its date.
    is_titled_by_date: bool,
    /// Its address in the timeline, from this page.
    permalink: String,
    reference: String,
    label: String,
    /// Its item in the names of links, in short; none where the page is about one item.
    about: Option<String>,
    /// The item as the row names it, where it is not named like this above.
    written: Option<&'a str>,
    /// Its place on the page of the document.
    place: Option<String>,
    /// The item itself still exists.
    is_current: bool,
    /// The page of the place, with all its changes.
    item_page: Option<String>,
    /// How many changes the place has.
    item_changes: usize,
    kind: &'static str,
    timing: Option<TimingView<'a>>,
    important: bool,
    /// What differs, in one text.
    diff: Option<Cow<'a, str>>,
    before: Cow<'a, str>,
    after: Cow<'a, str>,
    /// What the column 変更前の記載 says where it holds no text: the text above may stand in the other column.
    told_before: Option<&'a str>,
    told_after: Option<&'a str>,
    /// The change from which 変更前の記載 takes over its text （同上）.
    before_from: Option<LinkView>,
    after_from: Option<LinkView>,
    is_excerpt: bool,
    explanation: Cow<'a, str>,
    /// The change whose explanation stands here in place of 同上.
    explained_by: Option<LinkView>,
    /// The change to which the text went, or from which it came.
    counterpart: Option<LinkView>,
    /// The neighbouring changes of the same item.
    previous: Option<LinkView>,
    next: Option<LinkView>,
    /// The causes that it shares with other changes.
    causes: Vec<CauseLink>,
    /// How to cite the change.
    citation: String,
}

/// A link to another change.
#[derive(Serialize)]
pub(super) struct LinkView {
    pub(super) href: String,
    /// What it is about.
    line: String,
    date: Option<DateView>,
}

/// Where an entry is shown.
#[derive(Clone, Copy)]
pub(super) struct Stage<'p> {
    /// Way from the page to that of the document.
    pub(super) up: &'p str,
    /// Whether an entry stands on the same page.
    pub(super) holds: &'p dyn Fn(usize) -> bool,
    /// The page is about the item of the entry, so that links to it say nothing.
    pub(super) is_item_page: bool,
}

/// The view of an entry, given by its index into the timeline.
pub(super) fn entry<'a>(scene: &'a Scene<'a>, at: usize, stage: Stage<'_>) -> EntryView<'a> {
    let entry = &scene.timeline.entries[at];
    let row = scene.row(entry);
    let meaning = &entry.meaning;
    let (reference, label) = scene.name(entry);
    let (diff, before, after, explanation) = match scene.texts(at, stage.up) {
        Cow::Borrowed(texts) => (
            texts.diff.as_deref().map(Cow::Borrowed),
            Cow::Borrowed(texts.before.as_str()),
            Cow::Borrowed(texts.after.as_str()),
            Cow::Borrowed(texts.explanation.as_str()),
        ),
        Cow::Owned(texts) => (
            texts.diff.map(Cow::Owned),
            Cow::Owned(texts.before),
            Cow::Owned(texts.after),
            Cow::Owned(texts.explanation),
        ),
    };
    let to = |at: usize| link(scene, at, stage);
    let of_row = |change: usize| to(scene.timeline.entry_of(change));
    let neighbours = scene.neighbours[at];
    let place = entry.place;
    let item_page = place.filter(|_| !stage.is_item_page);
    EntryView {
        id: &entry.anchor,
        date: entry.date.map(DateView::from),
        is_titled_by_date: stage.is_item_page,
        permalink: permalink(scene, at, stage),
        about: (!stage.is_item_page && !reference.is_empty()).then(|| reference.clone()),
        reference,
        label,
        written: scene.written(entry),
        place: place.map(|place| format!("{}#{}", stage.up, scene.anchor(place))),
        is_current: entry.slot.is_some() && place.map(|p| p.node) == entry.slot.map(|s| s.node),
        item_page: item_page.map(|place| format!("{}items/{}/", stage.up, scene.anchor(place))),
        item_changes: place.map_or(0, |place| scene.timeline.indices_at(place).len()),
        kind: entry.kind().id(),
        timing: TimingView::written(scene.form, &row.timing),
        important: entry.important,
        diff,
        before,
        after,
        told_before: meaning.told(row, Column::Before),
        told_after: meaning.told(row, Column::After),
        before_from: meaning.before_from.map(of_row),
        after_from: meaning.after_from.map(of_row),
        is_excerpt: meaning.is_excerpt,
        explanation,
        explained_by: meaning.explanation.map(of_row),
        counterpart: meaning.counterpart.map(of_row),
        previous: neighbours.previous.map(to),
        next: neighbours.next.map(to),
        causes: causes(scene, at, stage),
        citation: citation(scene, at),
    }
}

/// The links to the changes with the same cause.
fn causes(scene: &Scene<'_>, at: usize, stage: Stage<'_>) -> Vec<CauseLink> {
    let root = format!("{}../../", stage.up);
    let causes = scene.causes.at(scene.municipality.code.as_str(), &scene.assessment.dir, at);
    causes.map(|cause| CauseLink::new(cause, &root)).collect()
}

/// The address of an entry in the timeline. The one that never changes is in the citation; it leads to a line only, once the
/// timeline has grown over several pages.
fn permalink(scene: &Scene<'_>, at: usize, stage: Stage<'_>) -> String {
    let anchor = &scene.timeline.entries[at].anchor;
    if (stage.holds)(at) && !stage.is_item_page {
        return format!("#{anchor}");
    }
    format!("{}{}#{anchor}", stage.up, scene.page_of(at))
}

/// A link to an entry in full, on the same page where it stands there too.
pub(super) fn link(scene: &Scene<'_>, at: usize, stage: Stage<'_>) -> LinkView {
    let entry = &scene.timeline.entries[at];
    let page = if (stage.holds)(at) { String::new() } else { format!("{}{}", stage.up, scene.page_of(at)) };
    LinkView {
        href: format!("{page}#{}", entry.anchor),
        line: scene.line(entry),
        date: entry.date.map(DateView::from),
    }
}

/// みほん市「予防接種に関する事務 全項目評価書」の変更（令和2年（2020年）7月31日、追加）Ⅱ.4.委託事項1.① 委託内容 https://…
fn citation(scene: &Scene<'_>, at: usize) -> String {
    let entry = &scene.timeline.entries[at];
    let date = entry
        .date
        .map_or_else(|| scene.theme.word("no_date").to_owned(), |d| DateView::from(d).text().to_owned());
    let kind = scene.theme.word(kind_word(entry.kind()));
    // 「…の変更（…、変更）」 would say the same twice.
    let pattern = if entry.kind() == ChangeKind::Changed { "citation_changed" } else { "citation" };
    let address = scene.site.base_url.as_ref().map(|base| {
        format!("{base}{}/{}/changes/#{}", scene.municipality.code, scene.assessment.dir, entry.anchor)
    });
    let words = [
        ("{name}", scene.municipality.name.as_str()),
        ("{title}", crate::history::title_of(scene.assessment)),
        ("{date}", &date),
        ("{kind}", kind),
        ("{item}", &scene.line(entry)),
        ("{url}", address.as_deref().unwrap_or_default()),
    ];
    let filled = words
        .iter()
        .fold(scene.theme.word(pattern).to_owned(), |text, (key, value)| text.replace(key, value));
    // A title may have been typed in two lines.
    filled.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The word of the interface for a kind.
fn kind_word(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Added => "kind_added",
        ChangeKind::Removed => "kind_removed",
        ChangeKind::Changed => "kind_changed",
        ChangeKind::Moved => "kind_moved",
        ChangeKind::Notation => "kind_notation",
    }
}
