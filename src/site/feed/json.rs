//! A feed as JSON Feed 1.1 (<https://www.jsonfeed.org/version/1.1/>).

use serde::Serialize;
use serde_json::ser::PrettyFormatter;

use super::{Entry, Feed};

#[derive(Serialize)]
struct Document<'a> {
    version: &'static str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    home_page_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    feed_url: Option<String>,
    description: &'a str,
    language: &'static str,
    authors: [Author<'a>; 1],
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    summary: &'a str,
    content_html: &'a str,
    date_published: &'a str,
    date_modified: &'a str,
    authors: [Author<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'a str>,
}

/// The text of `feed.json`.
pub(super) fn text(feed: &Feed) -> String {
    let document = Document {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        // Both must be whole addresses.
        home_page_url: feed.folder.as_deref(),
        feed_url: feed.folder.as_ref().map(|folder| format!("{folder}feed.json")),
        description: &feed.subtitle,
        language: "ja",
        authors: [Author { name: &feed.author }],
        items: feed.entries.iter().map(item).collect(),
    };
    let mut out = Vec::new();
    let mut writer = serde_json::Serializer::with_formatter(&mut out, PrettyFormatter::with_indent(b" "));
    let written = document.serialize(&mut writer);
    // Neither memory nor a key that is a string can fail.
    debug_assert!(written.is_ok(), "{written:?}");
    out.push(b'\n');
    String::from_utf8(out).unwrap_or_default()
}

fn item(entry: &Entry) -> Item<'_> {
    Item {
        id: &entry.id,
        url: &entry.url,
        title: &entry.title,
        summary: &entry.summary,
        content_html: &entry.content,
        date_published: &entry.date,
        date_modified: &entry.date,
        authors: [Author { name: &entry.author }],
        tags: entry.tags.iter().map(|tag| tag.label.as_str()).collect(),
    }
}
