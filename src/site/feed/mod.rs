//! Feeds: what has changed lately in a document, a municipality or the site, as Atom (RFC 4287) and as JSON Feed 1.1.
//!
//! An entry is the changes of one document on one date, or the publication of a document. It has the same id in all feeds, made from
//! code, directory and date alone, so that neither a new title nor another host makes it new for a reader. All times come from the documents.

mod atom;
mod content;
mod event;
mod id;
mod json;
mod marks;

pub use event::Subject;

use crate::history::AssessmentDigest;
use crate::site::render::Texts;
use crate::site::{MunicipalityContext, SiteContext, Theme};
use crate::wareki::CivilDate;
use content::Writer;
use event::Event;

/// Entries in the feed of a site or a municipality.
const NEWEST: usize = 50;
/// Entries in the feed of a document.
const NEWEST_OF_DOCUMENT: usize = 100;
/// Bytes of a document's feed that hold the texts of changes; older changes are then only named. Readers fetch a feed many times a day.
const MOST_TEXT: usize = 400_000;
/// When a feed without entries was made: the day on which the rules on assessments came into force (平成26年4月20日).
const BEFORE_ALL: &str = "2014-04-20T00:00:00+09:00";

/// A feed in both formats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Files {
    /// `feed.atom`.
    pub atom: String,
    /// `feed.json`.
    pub json: String,
}

/// A feed before it is written.
#[derive(Debug)]
struct Feed {
    id: String,
    title: String,
    subtitle: String,
    author: String,
    /// The page that it is about.
    page: String,
    /// Where the feeds will be, without the name of the file; none where the site has no address.
    folder: Option<String>,
    updated: String,
    entries: Vec<Entry>,
}

/// An entry of a feed.
#[derive(Debug)]
struct Entry {
    id: String,
    title: String,
    url: String,
    summary: String,
    content: String,
    date: String,
    author: String,
    tags: Vec<Tag>,
}

/// A category: what some of the changes of an entry have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Tag {
    /// For programs.
    term: &'static str,
    /// For people, as pages name it.
    label: String,
}

/// The feed of the whole site. The documents come municipality by municipality, in the order of codes and directories.
pub fn site<'a>(theme: &Theme, site: &SiteContext, documents: impl Iterator<Item = Subject<'a>>) -> Files {
    let writer = Writer { theme, base: site.base_url.as_deref(), folder: "" };
    let publisher = site.publisher.as_deref().unwrap_or(&site.title);
    written(Feed {
        id: id::site(site),
        title: writer.say("feed_title_of_site", &[("title", &site.title)]),
        subtitle: writer.say("feed_subtitle_of_site", &[]),
        author: publisher.to_owned(),
        entries: entries(&writer, documents, NEWEST, None),
        ..empty(&writer)
    })
}

/// The feed of a municipality.
pub fn municipality(
    theme: &Theme,
    site: &SiteContext,
    municipality: &MunicipalityContext,
    documents: &[AssessmentDigest],
) -> Files {
    let folder = format!("{}/", municipality.code);
    let writer = Writer { theme, base: site.base_url.as_deref(), folder: &folder };
    let subjects = documents.iter().map(|document| Subject { municipality, document });
    written(Feed {
        id: id::folder(&folder),
        title: writer.say("feed_title", &[("name", &municipality.name)]),
        subtitle: writer.say("feed_subtitle", &[("name", &municipality.name)]),
        author: municipality.name.clone(),
        entries: entries(&writer, subjects, NEWEST, None),
        ..empty(&writer)
    })
}

/// The feed of a document, with the texts of its changes in their order.
pub fn assessment(theme: &Theme, site: &SiteContext, subject: Subject<'_>, texts: &[Texts]) -> Files {
    let folder = format!("{}/{}/", subject.municipality.code, subject.document.dir);
    let writer = Writer { theme, base: site.base_url.as_deref(), folder: &folder };
    let name = format!("{} {}", subject.municipality.name, subject.document.title);
    written(Feed {
        id: id::folder(&folder),
        title: writer.say("feed_title_of_document", &[("name", &name)]),
        subtitle: writer.say("feed_subtitle_of_document", &[("name", &name)]),
        author: subject.municipality.name.clone(),
        entries: entries(&writer, std::iter::once(subject), NEWEST_OF_DOCUMENT, Some(texts)),
        ..empty(&writer)
    })
}

/// What links inside the texts of a document's changes begin with, in the feed of the document.
pub fn way_to_document(site: &SiteContext, subject: Subject<'_>) -> String {
    match &site.base_url {
        Some(base) => format!("{base}{}/{}/", subject.municipality.code, subject.document.dir),
        None => "./".to_owned(),
    }
}

fn empty(writer: &Writer<'_>) -> Feed {
    Feed {
        id: String::new(),
        title: String::new(),
        subtitle: String::new(),
        author: String::new(),
        page: writer.address(writer.folder),
        folder: writer.base.map(|base| format!("{base}{}", writer.folder)),
        updated: BEFORE_ALL.to_owned(),
        entries: Vec::new(),
    }
}

fn entries<'a>(
    writer: &Writer<'_>,
    documents: impl Iterator<Item = Subject<'a>>,
    most: usize,
    texts: Option<&[Texts]>,
) -> Vec<Entry> {
    let mut room = MOST_TEXT;
    let entry = |event: &Event<'_>| {
        let full = texts.filter(|_| room > 0).map(|texts| writer.in_full(event, texts));
        let content = match full.filter(|content| content.len() <= room) {
            Some(content) => {
                room -= content.len();
                content
            }
            None => {
                // Newest first: nothing older is in full when this one is not.
                room = 0;
                writer.by_name(event)
            }
        };
        Entry {
            id: event.id(),
            title: writer.title(event),
            url: writer.url(event),
            summary: writer.summary(event),
            content,
            date: moment(event.date),
            author: event.subject.municipality.name.clone(),
            tags: writer.tags(event).into_iter().map(|(tag, _)| tag).collect(),
        }
    };
    event::newest(documents, most).iter().map(entry).collect()
}

fn written(mut feed: Feed) -> Files {
    if let Some(newest) = feed.entries.first() {
        feed.updated.clone_from(&newest.date);
    }
    Files { atom: atom::text(&feed), json: json::text(&feed) }
}

/// Midnight in Japan; of a month its first day.
fn moment(date: CivilDate) -> String {
    let (year, month, day) = event::first_day(date);
    format!("{year:04}-{month:02}-{day:02}T00:00:00+09:00")
}
