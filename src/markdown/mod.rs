//! Markdown of the items to HTML, under a strict policy: no raw HTML, no foreign images, no addresses of unknown schemes.
//!
//! The authors are officers who used to type into the cells of a form. What they type line by line (・, ※, ①, （１）) stays
//! line by line; what an editor wrapped is joined without a gap; `<入手したリスク>` is text. The output has no ids of its own
//! except those of footnotes, no inline styles and no line breaks between elements.

mod address;
mod emphasis;
mod escape;
mod lines;
mod notes;
mod plain;
mod reference;
mod table;
#[cfg(test)]
mod tests;
mod writer;

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

pub use plain::{BlockKind, PlainBlock};

pub(crate) use escape::escape;
use lines::{Break, break_between};
use plain::Flattener;
use writer::Writer;

/// How a text becomes part of a page.
pub struct Options<'a> {
    /// The heading level that the topmost headings of the text get, 1 to 6. Deeper ones follow without a jump, down to 6.
    pub heading_base: u8,
    /// What the ids of footnotes begin with, unique within the page; empty = `[^1]` is no footnote but text.
    pub footnote_prefix: &'a str,
    /// The address that the item reference of `[[…]]` leads to; none = the text stays as typed.
    pub resolve_link: &'a dyn Fn(&str) -> Option<String>,
}

/// The HTML of a text: block elements, closed and escaped.
pub fn to_html(text: &str, options: &Options<'_>) -> String {
    html(text, options, true)
}

/// The same for texts that no file can stand beside, as those of settings: of an image, its alternative stays.
pub fn to_html_without_images(text: &str, options: &Options<'_>) -> String {
    html(text, options, false)
}

fn html(text: &str, options: &Options<'_>, has_images: bool) -> String {
    let text = keep_definitions(text, !options.footnote_prefix.is_empty());
    let source = emphasis::support(&text);
    let is_supported = matches!(source, Cow::Owned(_));
    let events = events(&source, !options.footnote_prefix.is_empty());
    let writer = Writer::new(&source, is_supported, &events, options);
    if has_images { writer.write() } else { writer.without_images().write() }
}

/// The blocks of a text without markup, as [`to_html`] shows them when every reference of `[[…]]` leads somewhere.
pub fn plain_blocks(text: &str) -> Vec<PlainBlock> {
    let text = keep_definitions(text, true);
    let source = emphasis::support(&text);
    let is_supported = matches!(source, Cow::Owned(_));
    let events = events(&source, true);
    Flattener::new(&source, is_supported, &events).flatten()
}

/// CommonMark takes a line like `[備考]: …` for the definition of a link and shows nothing of it. Officers write no such
/// definitions, so the line is text: its bracket is escaped.
fn keep_definitions(text: &str, has_footnotes: bool) -> Cow<'_, str> {
    /// Of definitions with one name only the first is known at a time; more rounds than this only a hostile text needs.
    const ROUNDS: usize = 50;
    let mut kept = Cow::Borrowed(text);
    for _ in 0..ROUNDS {
        if !kept.contains("]:") {
            break;
        }
        let parser = Parser::new_ext(&kept, extensions(has_footnotes));
        let mut starts: Vec<usize> =
            parser.reference_definitions().iter().map(|(_, definition)| definition.span.start).collect();
        if starts.is_empty() {
            break;
        }
        starts.sort_unstable();
        let mut escaped = kept.into_owned();
        for start in starts.into_iter().rev() {
            escaped.insert(start, '\\');
        }
        kept = Cow::Owned(escaped);
    }
    kept
}

fn extensions(has_footnotes: bool) -> pulldown_cmark::Options {
    let mut extensions = pulldown_cmark::Options::ENABLE_TABLES;
    extensions.set(pulldown_cmark::Options::ENABLE_FOOTNOTES, has_footnotes);
    extensions
}

/// The item references `[[…]]` of a text, outside code: the bytes between the brackets, and the reference without
/// blanks around it and without a text of its own (`[[reference|text]]`).
pub fn links(text: &str) -> Vec<(Range<usize>, &str)> {
    let source = emphasis::support(text);
    let mut places = Vec::new();
    let mut is_verbatim = false;
    for (event, place) in events(&source, true) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => is_verbatim = kind.is_fenced(),
            Event::End(TagEnd::CodeBlock) => is_verbatim = false,
            Event::Text(_) if !is_verbatim => places.extend(reference::find(&source, place).map(|r| r.inner)),
            _ => {}
        }
    }
    // A text that needed no support may have the blanks of its author.
    let places: Vec<_> = match &source {
        Cow::Borrowed(_) => places,
        Cow::Owned(supported) => emphasis::authored(supported, places).collect(),
    };
    places.into_iter().map(|inner| (inner.clone(), reference::target(&text[inner]))).collect()
}

/// The events of a text, with neighbouring texts joined as long as they are neighbours in the source too.
fn events(source: &str, has_footnotes: bool) -> Vec<(Event<'_>, Range<usize>)> {
    let mut joined: Vec<(Event<'_>, Range<usize>)> = Vec::new();
    for (event, range) in Parser::new_ext(source, extensions(has_footnotes)).into_offset_iter() {
        if let (Event::Text(text), Some((Event::Text(before), place))) = (&event, joined.last_mut())
            && place.end == range.start
            && is_verbatim(source, before, place)
            && is_verbatim(source, text, &range)
        {
            place.end = range.end;
            *before = source[place.clone()].into();
            continue;
        }
        joined.push((event, range));
    }
    joined
}

/// Whether a text is the very part of the source, without an escape or an entity in it.
fn is_verbatim(source: &str, text: &str, place: &Range<usize>) -> bool {
    source.get(place.clone()) == Some(text)
}

/// More bytes than the mark of a line ever has, `（１２）` and what follows it.
const LONGEST_MARK: usize = 24;

/// What becomes of the line break that is `events[at]`, behind a text that ends in `last`.
fn break_at(
    source: &str,
    events: &[(Event<'_>, Range<usize>)],
    at: usize,
    last: Option<char>,
    is_supported: bool,
) -> Break {
    let place = &events[at].1;
    let line = source[..place.start].rsplit('\n').next().unwrap_or_default();
    let below = source[place.end..].lines().next().unwrap_or_default();
    if last.is_some() && lines::is_whole(line, below) {
        return Break::Line;
    }
    let mut text = String::new();
    for (event, _) in &events[at + 1..] {
        match event {
            // An escape parts a text in two: `1\.` begins an entry like `１．`.
            Event::Text(part) | Event::Code(part) | Event::InlineHtml(part) => text.push_str(part),
            Event::Start(_) if text.is_empty() => {}
            _ => break,
        }
        if text.len() > LONGEST_MARK {
            break;
        }
    }
    if is_supported { break_between(last, &emphasis::restore(&text)) } else { break_between(last, &text) }
}
