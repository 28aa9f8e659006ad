//! A feed as Atom (RFC 4287).

use atom_syndication as atom;

use super::{BEFORE_ALL, Entry, Feed, Tag};

const LANGUAGE: &str = "ja";
/// The crate's own one does not say the encoding, which some readers then guess.
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

/// The text of `feed.atom`.
pub(super) fn text(feed: &Feed) -> String {
    let mut links = vec![link("alternate", "text/html", &feed.page)];
    // Where the file will be is only known when the site has an address; without one a reader keeps the one it asked for.
    links.extend(
        feed.folder.iter().map(|folder| link("self", "application/atom+xml", &format!("{folder}feed.atom"))),
    );
    let document = atom::Feed {
        title: plain(&feed.title),
        id: feed.id.clone(),
        updated: moment(&feed.updated),
        authors: vec![person(&feed.author)],
        links,
        subtitle: Some(plain(&feed.subtitle)),
        generator: Some(atom::Generator { value: "kohyo".to_owned(), ..atom::Generator::default() }),
        entries: feed.entries.iter().map(entry).collect(),
        lang: Some(LANGUAGE.to_owned()),
        ..atom::Feed::default()
    };
    let mut out = DECLARATION.as_bytes().to_vec();
    let config = atom::WriteConfig { write_document_declaration: false, indent_size: Some(1) };
    let written = document.write_with_config(&mut out, config);
    // Memory cannot fail.
    debug_assert!(written.is_ok());
    out.push(b'\n');
    String::from_utf8(out).unwrap_or_default()
}

fn entry(entry: &Entry) -> atom::Entry {
    atom::Entry {
        title: plain(&entry.title),
        id: entry.id.clone(),
        updated: moment(&entry.date),
        published: Some(moment(&entry.date)),
        authors: vec![person(&entry.author)],
        categories: entry.tags.iter().map(category).collect(),
        links: vec![link("alternate", "text/html", &entry.url)],
        summary: Some(plain(&entry.summary)),
        content: Some(atom::Content {
            value: Some(allowed(&entry.content)),
            content_type: Some("html".to_owned()),
            ..atom::Content::default()
        }),
        ..atom::Entry::default()
    }
}

fn category(tag: &Tag) -> atom::Category {
    atom::Category {
        term: tag.term.to_owned(),
        label: Some(allowed(&tag.label)),
        ..atom::Category::default()
    }
}

fn link(rel: &str, mime_type: &str, href: &str) -> atom::Link {
    atom::Link {
        rel: rel.to_owned(),
        mime_type: Some(mime_type.to_owned()),
        href: allowed(href),
        ..atom::Link::default()
    }
}

fn person(name: &str) -> atom::Person {
    atom::Person { name: allowed(name), ..atom::Person::default() }
}

fn plain(text: &str) -> atom::Text {
    atom::Text::plain(allowed(text))
}

/// What we write ourselves can be read; a date that could not would be the crate's 1970.
fn moment(text: &str) -> atom::FixedDateTime {
    text.parse().or_else(|_| BEFORE_ALL.parse()).unwrap_or_default()
}

/// A text without the signs that XML 1.0 has no way to write.
fn allowed(text: &str) -> String {
    let is_allowed =
        |c: &char| matches!(c, '\t' | '\n') || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'));
    text.chars().filter(is_allowed).collect()
}
