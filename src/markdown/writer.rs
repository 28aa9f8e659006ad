//! Events to HTML.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Tag, TagEnd};

use super::escape::escape;
use super::lines::Break;
use super::notes::Notes;
use super::table::Table;
use super::{Options, address, break_at, emphasis, reference};

type Place = Range<usize>;

/// Writes the events of one text.
#[expect(
    clippy::struct_excessive_bools,
    reason = "where the writer is and what it may write have nothing to do with each other"
)]
pub(super) struct Writer<'e> {
    source: &'e str,
    /// The source has blanks that the author did not write.
    is_supported: bool,
    events: &'e [(Event<'e>, Place)],
    options: &'e Options<'e>,
    out: String,
    /// The last character of text in the current block, for line breaks.
    last: Option<char>,
    /// Levels of the headings above the current place, as authored.
    headings: Vec<HeadingLevel>,
    links: Vec<OpenLink>,
    /// What stands in a block of HTML or of indented lines is text with its line breaks.
    is_line_by_line: bool,
    is_code: bool,
    table: Option<Table<'e>>,
    tables: usize,
    notes: Notes<'e>,
    has_images: bool,
}

/// A link that is being written.
struct OpenLink {
    /// Length of the output after its start tag; none where only its text is shown.
    start: Option<usize>,
    address: String,
    end: &'static str,
}

impl<'e> Writer<'e> {
    /// A writer of the events of `source`.
    pub(super) fn new(
        source: &'e str,
        is_supported: bool,
        events: &'e [(Event<'e>, Place)],
        options: &'e Options<'e>,
    ) -> Self {
        Self {
            source,
            is_supported,
            events,
            options,
            out: String::with_capacity(source.len() + source.len() / 4),
            last: None,
            headings: Vec::new(),
            links: Vec::new(),
            is_line_by_line: false,
            is_code: false,
            table: None,
            tables: 0,
            notes: Notes::new(options.footnote_prefix),
            has_images: true,
        }
    }

    /// The same with the alternatives of images in their places.
    pub(super) fn without_images(self) -> Self {
        Self { has_images: false, ..self }
    }

    /// The HTML.
    pub(super) fn write(mut self) -> String {
        let mut at = 0;
        while let Some((event, place)) = self.events.get(at) {
            at += 1;
            match event {
                Event::Start(Tag::Image { dest_url, .. }) => at = self.image(at, dest_url),
                Event::Start(tag) => self.open(tag, at),
                Event::End(tag) => self.close(*tag),
                Event::Text(text) => self.text(text, place),
                Event::Code(text) => self.tagged("code", text),
                Event::Html(html) => self.typed_lines(html, None),
                Event::InlineHtml(html) if is_line_break(html) => self.line_break(),
                Event::InlineHtml(html) => self.plain(html),
                Event::SoftBreak => self.soft_break(at),
                Event::HardBreak => self.line_break(),
                Event::Rule => self.out.push_str("<hr>"),
                Event::FootnoteReference(label) => self.notes.refer(label, &mut self.out),
                // Neither mathematics nor task lists are switched on.
                Event::InlineMath(text) | Event::DisplayMath(text) => self.plain(text),
                Event::TaskListMarker(_) => {}
            }
        }
        self.out
    }

    fn open(&mut self, tag: &'e Tag<'e>, next: usize) {
        match tag {
            Tag::Paragraph => self.block("<p>"),
            Tag::Heading { level, .. } => {
                let level = self.enter_heading(*level);
                self.block("");
                let _ = write!(self.out, "<h{level}>");
            }
            Tag::BlockQuote(_) => self.block("<blockquote>"),
            Tag::CodeBlock(kind) => self.open_code(kind),
            Tag::HtmlBlock => self.open_typed(),
            Tag::List(None) => self.block("<ul>"),
            Tag::List(Some(1)) => self.block("<ol>"),
            Tag::List(Some(start)) => {
                self.block("");
                let _ = write!(self.out, "<ol start=\"{start}\">");
            }
            Tag::Item => self.block("<li>"),
            Tag::FootnoteDefinition(label) => {
                self.block("");
                self.notes.open(label, &mut self.out);
            }
            Tag::Table(alignments) => self.open_table(alignments, next),
            Tag::TableHead => self.block("<thead><tr>"),
            Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.open_row(&mut self.out);
                }
            }
            Tag::TableCell => {
                self.block("");
                if let Some(table) = &self.table {
                    table.open_cell(&mut self.out);
                }
            }
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Link { link_type, dest_url, .. } => self.open_link(*link_type, dest_url),
            // Images are written by `image`; the other extensions are not switched on.
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.block("</p>"),
            TagEnd::Heading(_) => {
                let level = self.heading_level();
                self.block("");
                let _ = write!(self.out, "</h{level}>");
            }
            TagEnd::BlockQuote(_) => self.block("</blockquote>"),
            TagEnd::CodeBlock => self.close_code(),
            TagEnd::HtmlBlock => self.close_typed(),
            TagEnd::List(is_numbered) => self.block(if is_numbered { "</ol>" } else { "</ul>" }),
            TagEnd::Item => self.block("</li>"),
            TagEnd::FootnoteDefinition => self.block("</div>"),
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    table.close(&mut self.out);
                }
            }
            TagEnd::TableHead => {
                if let Some(table) = &mut self.table {
                    table.close_head(&mut self.out);
                }
            }
            TagEnd::TableRow => self.out.push_str("</tr>"),
            TagEnd::TableCell => {
                if let Some(table) = &mut self.table {
                    table.close_cell(&mut self.out);
                }
            }
            TagEnd::Emphasis => self.out.push_str("</em>"),
            TagEnd::Strong => self.out.push_str("</strong>"),
            TagEnd::Link => self.close_link(),
            _ => {}
        }
    }

    fn block(&mut self, tag: &str) {
        self.last = None;
        self.out.push_str(tag);
    }

    /// The level of a heading: one below the nearest heading above it that is authored higher, so that none is jumped.
    fn enter_heading(&mut self, level: HeadingLevel) -> u8 {
        while self.headings.last().is_some_and(|above| *above >= level) {
            self.headings.pop();
        }
        self.headings.push(level);
        self.heading_level()
    }

    fn heading_level(&self) -> u8 {
        let below = u8::try_from(self.headings.len().saturating_sub(1)).unwrap_or(6);
        self.options.heading_base.clamp(1, 6).saturating_add(below).min(6)
    }

    fn open_code(&mut self, kind: &CodeBlockKind<'_>) {
        match kind {
            CodeBlockKind::Fenced(_) => {
                self.is_code = true;
                self.block("<pre><code>");
            }
            // No one writes a program into the form by indenting it; it is prose with an indent.
            CodeBlockKind::Indented => self.open_typed(),
        }
    }

    fn close_code(&mut self) {
        if !self.is_code {
            return self.close_typed();
        }
        self.is_code = false;
        self.block("</code></pre>");
    }

    fn open_typed(&mut self) {
        self.is_line_by_line = true;
        self.block("<p>");
    }

    fn close_typed(&mut self) {
        self.is_line_by_line = false;
        // The break after the last line is the end of the block.
        while self.out.ends_with("<br>") {
            self.out.truncate(self.out.len() - "<br>".len());
        }
        self.block("</p>");
    }

    fn open_table(&mut self, alignments: &'e [pulldown_cmark::Alignment], next: usize) {
        let table = Table::new(alignments, &self.events[next..]);
        self.tables += 1;
        let name = table.name(self.tables);
        self.block("<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
        let name = self.restored(&name).into_owned();
        escape(&name, &mut self.out);
        self.out.push_str("\"><table>");
        self.table = Some(table);
    }

    fn open_link(&mut self, kind: LinkType, address: &str) {
        let address = self.restored(address).into_owned();
        let address = if kind == LinkType::Email { format!("mailto:{address}") } else { address };
        let is_nested = self.links.iter().any(|link| link.start.is_some());
        if is_nested || !address::may_link(&address) {
            // `<note:x>` may be meant as a word in brackets.
            let (before, after) = if kind == LinkType::Autolink { ("&lt;", "&gt;") } else { ("", "") };
            self.out.push_str(before);
            self.links.push(OpenLink { start: None, address, end: after });
            return;
        }
        self.out.push_str("<a href=\"");
        escape(&address, &mut self.out);
        self.out.push_str("\">");
        self.links.push(OpenLink { start: Some(self.out.len()), address, end: "</a>" });
    }

    fn close_link(&mut self) {
        let Some(link) = self.links.pop() else { return };
        // A link needs a name.
        if link.start == Some(self.out.len()) {
            self.plain(&link.address);
        }
        self.out.push_str(link.end);
    }

    /// Writes an image whose content begins at event `from`; gives the event after it.
    fn image(&mut self, from: usize, address: &str) -> usize {
        let mut depth = 1;
        let mut alternative = String::new();
        let mut at = from;
        while let Some((event, _)) = self.events.get(at).filter(|_| depth > 0) {
            at += 1;
            match event {
                Event::Start(Tag::Image { .. }) => depth += 1,
                Event::End(TagEnd::Image) => depth -= 1,
                Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => alternative.push_str(text),
                Event::SoftBreak | Event::HardBreak => alternative.push(' '),
                _ => {}
            }
        }
        let alternative = self.restored(&alternative).into_owned();
        let address = self.restored(address).into_owned();
        if !self.has_images || !address::may_load(&address) {
            self.plain(&alternative);
            return at;
        }
        self.out.push_str("<img src=\"");
        escape(&address, &mut self.out);
        self.out.push_str("\" alt=\"");
        escape(&alternative, &mut self.out);
        self.out.push_str("\">");
        at
    }

    fn text(&mut self, text: &str, place: &Place) {
        let is_verbatim = self.source.get(place.clone()) == Some(text);
        if self.is_code || !self.links.is_empty() {
            self.plain(text);
        } else if self.is_line_by_line {
            self.typed_lines(text, is_verbatim.then_some(place.start));
        } else if is_verbatim {
            self.prose(place.clone());
        } else {
            self.plain(text);
        }
    }

    /// Writes a part of the source in which references and addresses become links.
    fn prose(&mut self, place: Place) {
        let mut at = place.start;
        for reference in reference::find(self.source, place.clone()) {
            let Some(address) = (self.options.resolve_link)(&self.restored(reference.target)) else {
                continue;
            };
            let outer = reference.outer();
            self.with_addresses(&self.source[at..outer.start]);
            self.link(&address, reference.label);
            at = outer.end;
        }
        self.with_addresses(&self.source[at..place.end]);
    }

    fn with_addresses(&mut self, mut text: &str) {
        while let Some(place) = address::find(text) {
            self.plain(&text[..place.start]);
            self.link(&text[place.clone()], &text[place.clone()]);
            text = &text[place.end..];
        }
        self.plain(text);
    }

    fn link(&mut self, address: &str, text: &str) {
        self.out.push_str("<a href=\"");
        escape(address, &mut self.out);
        self.out.push_str("\">");
        self.plain(text);
        self.out.push_str("</a>");
    }

    /// Text of a block whose lines stay lines. `start` is its place in the source; without one it has no references.
    fn typed_lines(&mut self, text: &str, start: Option<usize>) {
        let mut offset = 0;
        for line in text.split_inclusive('\n') {
            let content = line.trim_end_matches(['\n', '\r']);
            let typed = content.trim_start_matches([' ', '\t']);
            match start.map(|start| start + offset + content.len()) {
                Some(end) => self.prose(end - typed.len()..end),
                None => self.plain(typed),
            }
            if content.len() < line.len() {
                self.line_break();
            }
            offset += line.len();
        }
    }

    fn soft_break(&mut self, next: usize) {
        match break_at(self.source, self.events, next - 1, self.last, self.is_supported) {
            Break::Nothing => {}
            Break::Blank => self.out.push(' '),
            Break::Line => self.line_break(),
        }
    }

    fn line_break(&mut self) {
        self.last = None;
        self.out.push_str("<br>");
    }

    fn tagged(&mut self, tag: &str, text: &str) {
        let _ = write!(self.out, "<{tag}>");
        self.plain(text);
        let _ = write!(self.out, "</{tag}>");
    }

    fn plain(&mut self, text: &str) {
        let text = self.restored(text).into_owned();
        self.last = text.chars().next_back().or(self.last);
        escape(&text, &mut self.out);
    }

    fn restored<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.is_supported { emphasis::restore(text) } else { Cow::Borrowed(text) }
    }
}

/// `<br>` is the one way to break a line within a cell of a table.
pub(super) fn is_line_break(html: &str) -> bool {
    let name = html.trim_start_matches('<').trim_end_matches(['>', '/', ' ']);
    name.eq_ignore_ascii_case("br")
}
