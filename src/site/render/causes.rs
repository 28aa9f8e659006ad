//! Changes with the same cause: a page for each cause, split where it is long, and the list of all of them.

use serde::Serialize;

use super::Page;
use super::frame::{self, DateView, Frame, TimingView};
use crate::history::{
    AssessmentDigest, Basis, BriefItem, Cause, Causes, ChangeBrief, Member, Scope, Shelf, Side, day_anchor,
};
use crate::site::SiteContext;
use crate::site::theme::{RenderError, Theme};

/// Directory of all pages about causes.
const DIRECTORY: &str = "causes";
/// Causes on a page of the list.
const CAUSES_PER_PAGE: usize = 300;
/// Changes on a page of a cause.
const CHANGES_PER_PAGE: usize = 500;
/// Up to so many changes of a document are shown at once, more of them on demand.
const SHOWN_AT_ONCE: usize = 12;
/// How many municipalities are named in the list.
const NAMED_MUNICIPALITIES: usize = 5;
/// How many items are named where no explanation gives the cause a name.
const NAMED_ITEMS: usize = 2;

#[derive(Serialize)]
struct ListView<'a> {
    total: usize,
    causes: Vec<Summary<'a>>,
    /// What tells a further page from the first, for its title.
    piece: Option<&'a str>,
    pages: Vec<PageLink>,
}

/// A page of several, by its number.
#[derive(Serialize)]
struct PageLink {
    number: usize,
    /// None for the page itself.
    href: Option<String>,
    /// It is the page before (`prev`) or after (`next`).
    rel: Option<&'static str>,
}

/// What is told of a cause in the list and on its own page.
#[derive(Serialize)]
struct Summary<'a> {
    id: &'a str,
    /// The cause in words.
    title: String,
    /// The text or the items by which it is known apart from others of the same title.
    detail: Option<String>,
    /// The word that tells how far it reaches.
    scope: &'static str,
    /// The first municipalities by name.
    names: Vec<&'a str>,
    changes: usize,
    documents: usize,
    municipalities: usize,
    first: Option<DateView>,
    /// None where all changes are of one day.
    last: Option<DateView>,
}

#[derive(Serialize)]
struct View<'a> {
    #[serde(flatten)]
    summary: Summary<'a>,
    /// The words that tell what was compared, with their numbers filled in.
    explanations: Vec<String>,
    /// What tells a further page from the first, for its title.
    piece: Option<&'a str>,
    pages: Vec<PageLink>,
    groups: Vec<MunicipalityView<'a>>,
}

#[derive(Serialize)]
struct MunicipalityView<'a> {
    name: &'a str,
    documents: Vec<DocumentView<'a>>,
}

#[derive(Serialize)]
struct DocumentView<'a> {
    /// Way to the document from this page.
    href: String,
    title: &'a str,
    count: usize,
    is_long: bool,
    days: Vec<DayView<'a>>,
}

#[derive(Serialize)]
struct DayView<'a> {
    /// Anchor of the date on the timeline page of the document.
    id: String,
    date: Option<DateView>,
    rows: Vec<RowView<'a>>,
}

#[derive(Serialize)]
struct RowView<'a> {
    line: String,
    /// Where it stands in full, from the document's page.
    address: String,
    kind: &'static str,
    timing: Option<TimingView<'a>>,
    important: bool,
    is_by_text: bool,
}

/// A link from a change to a cause.
#[derive(Serialize)]
pub(super) struct CauseLink {
    href: String,
    /// Key of the word.
    word: String,
    changes: usize,
    municipalities: usize,
}

impl CauseLink {
    /// The link from a page from which `root` leads to the root of the site.
    pub(super) fn new(cause: &Cause, root: &str) -> Self {
        let what = if matches!(cause.basis, Basis::Text { .. }) { "text" } else { "reason" };
        Self {
            href: format!("{root}{DIRECTORY}/{}/", cause.id),
            word: format!("cause_link_{what}_{}", scope_id(cause.scope())),
            changes: cause.members.len(),
            municipalities: cause.municipalities,
        }
    }
}

/// `/causes/` and `/causes/{page}/`: the list of all causes.
pub fn causes(
    theme: &Theme,
    site: &SiteContext,
    causes: &Causes,
    shelves: &[Shelf<'_>],
) -> Result<Vec<Page>, RenderError> {
    const BYTES_PER_CAUSE: usize = 500;
    let all = causes.all();
    let parts: Vec<&[Cause]> = if all.is_empty() { vec![&[]] } else { all.chunks(CAUSES_PER_PAGE).collect() };
    let word = theme.word("causes");
    let pages = parts.iter().enumerate().map(|(at, part)| {
        let (dir, label) = piece(theme, at);
        let view = ListView {
            total: all.len(),
            causes: part.iter().map(|cause| summary(theme, cause, shelves)).collect(),
            piece: (at > 0).then_some(label.as_str()),
            pages: page_links(at, parts.len()),
        };
        let mut trail = vec![(DIRECTORY, word)];
        trail.extend((at > 0).then_some((dir.as_str(), label.as_str())));
        let frame = Frame::new(site, None, &trail);
        let capacity = 8 * 1024 + part.len() * BYTES_PER_CAUSE;
        frame::page(theme, "causes.html", frame::file_of(&trail), &frame, &view, capacity)
    });
    pages.collect()
}

/// `/causes/{id}/` and `/causes/{id}/{page}/`: one cause with all its changes.
pub fn cause(
    theme: &Theme,
    site: &SiteContext,
    cause: &Cause,
    shelves: &[Shelf<'_>],
) -> Result<Vec<Page>, RenderError> {
    const BYTES_PER_ROW: usize = 600;
    let parts: Vec<&[Member]> = cause.members.chunks(CHANGES_PER_PAGE).collect();
    let word = theme.word("causes");
    let pages = parts.iter().enumerate().map(|(at, members)| {
        let root = if at == 0 { "../../" } else { "../../../" };
        let (dir, label) = piece(theme, at);
        let view = View {
            summary: summary(theme, cause, shelves),
            explanations: explanations(theme, cause),
            piece: (at > 0).then_some(label.as_str()),
            pages: page_links(at, parts.len()),
            groups: groups(members, shelves, root),
        };
        let title = view.summary.title.clone();
        let mut trail = vec![(DIRECTORY, word), (cause.id.as_str(), title.as_str())];
        trail.extend((at > 0).then_some((dir.as_str(), label.as_str())));
        let frame = Frame::new(site, None, &trail);
        let capacity = 8 * 1024 + members.len() * BYTES_PER_ROW;
        frame::page(theme, "cause.html", frame::file_of(&trail), &frame, &view, capacity)
    });
    pages.collect()
}

/// Directory and label of a page behind the first.
fn piece(theme: &Theme, at: usize) -> (String, String) {
    let number = (at + 1).to_string();
    let label = theme.word("piece").replace("{n}", &number);
    (number, label)
}

/// The ways from one of several pages to the others: the first is the directory that the others lie in.
fn page_links(at: usize, pages: usize) -> Vec<PageLink> {
    if pages < 2 {
        return Vec::new();
    }
    let up = if at == 0 { "" } else { "../" };
    let href = |other: usize| match other {
        0 => "../".to_owned(),
        _ => format!("{up}{}/", other + 1),
    };
    let rel = |other: usize| match other {
        _ if other + 1 == at => Some("prev"),
        _ if other == at + 1 => Some("next"),
        _ => None,
    };
    let link = |other: usize| PageLink {
        number: other + 1,
        href: (other != at).then(|| href(other)),
        rel: rel(other),
    };
    (0..pages).map(link).collect()
}

fn summary<'a>(theme: &Theme, cause: &'a Cause, shelves: &[Shelf<'a>]) -> Summary<'a> {
    let text = match &cause.basis {
        Basis::Text { side, opening } => {
            let word = match side {
                Side::Added => "cause_text_added",
                Side::Removed => "cause_text_removed",
            };
            Some(theme.word(word).replace("{text}", opening))
        }
        Basis::Reason | Basis::Occasion => None,
    };
    let (title, detail) = match (cause.reason.as_deref(), text) {
        (Some(reason), text) => (reason.to_owned(), text),
        (None, Some(text)) => (text, items(theme, cause, shelves)),
        (None, None) => (theme.word("causes").to_owned(), None),
    };
    Summary {
        id: &cause.id,
        title,
        detail,
        scope: scope_word(cause.scope()),
        names: names(cause, shelves),
        changes: cause.members.len(),
        documents: cause.documents,
        municipalities: cause.municipalities,
        first: cause.first.map(DateView::from),
        last: cause.last.filter(|last| Some(*last) != cause.first).map(DateView::from),
    }
}

/// The names of the first municipalities.
fn names<'a>(cause: &Cause, shelves: &[Shelf<'a>]) -> Vec<&'a str> {
    let mut of: Vec<usize> = cause.members.iter().map(|member| member.shelf).collect();
    of.sort_unstable();
    of.dedup();
    of.into_iter().take(NAMED_MUNICIPALITIES).map(|shelf| shelves[shelf].name).collect()
}

/// The labels of the first different items.
fn items(theme: &Theme, cause: &Cause, shelves: &[Shelf<'_>]) -> Option<String> {
    let mut labels: Vec<&str> = Vec::new();
    let mut more = 0;
    for member in &cause.members {
        let (_, document, change) = member.of(shelves);
        let BriefItem::Known { slot, .. } = &change.item else { continue };
        let label = document.form.node(slot.node).label.as_str();
        if labels.contains(&label) {
            continue;
        }
        if labels.len() < NAMED_ITEMS { labels.push(label) } else { more += 1 }
    }
    let mut text = labels.join("、");
    if more > 0 {
        text.push(' ');
        text.push_str(theme.word("cause_more_items"));
    }
    (!text.is_empty()).then_some(text)
}

fn scope_id(scope: Scope) -> &'static str {
    match scope {
        Scope::Document => "document",
        Scope::Municipality => "municipality",
        Scope::Site => "site",
    }
}

fn scope_word(scope: Scope) -> &'static str {
    match scope {
        Scope::Document => "cause_scope_document",
        Scope::Municipality => "cause_scope_municipality",
        Scope::Site => "cause_scope_site",
    }
}

/// What was compared, sentence by sentence.
fn explanations(theme: &Theme, cause: &Cause) -> Vec<String> {
    let percent = cause.likeness.unwrap_or_default().to_string();
    let by_text = cause.by_text();
    let numbers = [("{p}", percent), ("{q}", Causes::ALIKE.to_string()), ("{n}", by_text.to_string())];
    let word = |key: &str| {
        numbers.iter().fold(theme.word(key).to_owned(), |text, (name, value)| text.replace(name, value))
    };
    let basis = match &cause.basis {
        Basis::Reason => "cause_why_reason",
        Basis::Occasion => "cause_why_occasion",
        Basis::Text { side: Side::Added, .. } => "cause_why_added",
        Basis::Text { side: Side::Removed, .. } => "cause_why_removed",
    };
    let mut all = vec![word(basis)];
    if by_text > 0 {
        all.push(word("cause_why_by_text"));
    }
    all.push(word("cause_why_machine"));
    all
}

fn groups<'a>(members: &[Member], shelves: &'a [Shelf<'a>], root: &str) -> Vec<MunicipalityView<'a>> {
    members
        .chunk_by(|a, b| a.shelf == b.shelf)
        .map(|members| MunicipalityView {
            name: shelves[members[0].shelf].name,
            documents: members
                .chunk_by(|a, b| a.document == b.document)
                .map(|members| document(members, shelves, root))
                .collect(),
        })
        .collect()
}

fn document<'a>(members: &[Member], shelves: &'a [Shelf<'a>], root: &str) -> DocumentView<'a> {
    let (shelf, digest, _) = members[0].of(shelves);
    let date = |member: &Member| member.of(shelves).2.date;
    DocumentView {
        href: format!("{root}{}/{}/", shelf.code, digest.dir),
        title: &digest.title,
        count: members.len(),
        is_long: members.len() > SHOWN_AT_ONCE,
        days: members
            .chunk_by(|a, b| date(a) == date(b))
            .map(|members| DayView {
                id: day_anchor(date(&members[0])),
                date: date(&members[0]).map(DateView::from),
                rows: members.iter().map(|m| row(digest, m.of(shelves).2, m.is_by_text)).collect(),
            })
            .collect(),
    }
}

fn row<'a>(digest: &'a AssessmentDigest, change: &ChangeBrief, is_by_text: bool) -> RowView<'a> {
    RowView {
        line: digest.item_line(change),
        address: change.address(),
        kind: change.kind.id(),
        timing: TimingView::new(digest.form, change.timing),
        important: change.important,
        is_by_text,
    }
}
