//! A text as its reader sees it, without markup: block by block, for comparing.

use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::lines::Break;
use super::writer::is_line_break;
use super::{address, break_at, emphasis, reference};

/// A block of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlainBlock {
    /// What it is.
    pub kind: BlockKind,
    /// What stands in it, never blank. The number of an entry is part of it, the point of one is not.
    pub text: String,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// A paragraph, or a line of one that its author kept apart.
    Paragraph,
    /// A heading inside the text.
    Heading,
    /// An entry of a list, with its depth from 1; its mark is part of the text where it is a number.
    Entry(u8),
    /// A row of a table, its cells parted by ` | `.
    Row,
}

/// Between the cells of a row.
const CELL_GAP: &str = " | ";

/// Writes the events of one text as blocks.
pub(super) struct Flattener<'e> {
    source: &'e str,
    /// The source has blanks that the author did not write.
    is_supported: bool,
    events: &'e [(Event<'e>, Range<usize>)],
    blocks: Vec<PlainBlock>,
    /// The block that is being written.
    text: String,
    kind: BlockKind,
    /// The last character of text in the current block, for line breaks.
    last: Option<char>,
    /// The next number of each open list; none for lists with points.
    lists: Vec<Option<u64>>,
    links: Vec<OpenLink>,
    /// Labels of the footnotes in the order of their numbers.
    notes: Vec<CowStr<'e>>,
    /// The lines of the block stay lines.
    lines: Option<Lines>,
    has_cells: bool,
}

/// What the lines of a block are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lines {
    /// Text that someone indented.
    Typed,
    /// Code, of which the indent is a part.
    Code,
}

/// A link that is being written.
struct OpenLink {
    /// Length of the block before it.
    start: usize,
    /// What is shown of a link without a text.
    name: String,
    end: &'static str,
}

impl<'e> Flattener<'e> {
    /// A writer of the events of `source`.
    pub(super) fn new(source: &'e str, is_supported: bool, events: &'e [(Event<'e>, Range<usize>)]) -> Self {
        Self {
            source,
            is_supported,
            events,
            blocks: Vec::new(),
            text: String::new(),
            kind: BlockKind::Paragraph,
            last: None,
            lists: Vec::new(),
            links: Vec::new(),
            notes: Vec::new(),
            lines: None,
            has_cells: false,
        }
    }

    /// The blocks.
    pub(super) fn flatten(mut self) -> Vec<PlainBlock> {
        let events = self.events;
        for (at, (event, place)) in events.iter().enumerate() {
            match event {
                Event::Start(tag) => self.open(tag),
                Event::End(tag) => self.close(*tag),
                Event::Text(text) => self.text(text, place),
                Event::Html(html) => self.typed_lines(html),
                Event::InlineHtml(html) if is_line_break(html) => self.line_break(),
                Event::Code(text)
                | Event::InlineHtml(text)
                | Event::InlineMath(text)
                | Event::DisplayMath(text) => self.push(text),
                Event::SoftBreak => match break_at(self.source, events, at, self.last, self.is_supported) {
                    Break::Nothing => {}
                    Break::Blank => self.text.push(' '),
                    Break::Line => self.line_break(),
                },
                Event::HardBreak => self.line_break(),
                Event::Rule => self.flush(),
                Event::FootnoteReference(label) => self.note(label),
                Event::TaskListMarker(_) => {}
            }
        }
        self.flush();
        self.blocks
    }

    fn open(&mut self, tag: &'e Tag<'e>) {
        match tag {
            Tag::Heading { .. } => self.begin(BlockKind::Heading),
            Tag::CodeBlock(kind) => {
                self.flush();
                self.lines = Some(if kind.is_fenced() { Lines::Code } else { Lines::Typed });
            }
            Tag::HtmlBlock => {
                self.flush();
                self.lines = Some(Lines::Typed);
            }
            Tag::BlockQuote(_) | Tag::Table(_) => self.flush(),
            Tag::List(start) => {
                self.flush();
                self.lists.push(*start);
            }
            Tag::Item => self.open_entry(),
            Tag::FootnoteDefinition(label) => {
                self.flush();
                self.note(label);
                self.text.push(' ');
            }
            Tag::TableHead | Tag::TableRow => {
                self.begin(BlockKind::Row);
                self.has_cells = false;
            }
            Tag::TableCell => {
                if std::mem::replace(&mut self.has_cells, true) {
                    self.text.push_str(CELL_GAP);
                }
                self.last = None;
            }
            Tag::Link { link_type, dest_url, .. } => self.open_link(*link_type, dest_url),
            // The text of an image stands for it; a paragraph goes on in the block of its entry.
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::Item
            | TagEnd::BlockQuote(_)
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::FootnoteDefinition => self.flush(),
            TagEnd::CodeBlock | TagEnd::HtmlBlock => {
                self.flush();
                self.lines = None;
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::Link => {
                let Some(link) = self.links.pop() else { return };
                if self.text.len() == link.start {
                    self.push(&link.name);
                }
                self.text.push_str(link.end);
            }
            _ => {}
        }
    }

    fn open_entry(&mut self) {
        let depth = u8::try_from(self.lists.len()).unwrap_or(u8::MAX);
        self.begin(BlockKind::Entry(depth));
        if let Some(Some(number)) = self.lists.last_mut() {
            self.text = format!("{number}. ");
            *number = number.saturating_add(1);
        }
    }

    fn open_link(&mut self, kind: LinkType, address: &str) {
        let address = self.restored(address);
        let is_link = address::may_link(&address) || kind == LinkType::Email;
        // `<note:x>` may be meant as a word in brackets.
        let is_bracketed = kind == LinkType::Autolink && !is_link;
        if is_bracketed {
            self.text.push('<');
        }
        let name = if is_link { address } else { String::new() };
        self.links.push(OpenLink { start: self.text.len(), name, end: if is_bracketed { ">" } else { "" } });
    }

    /// Begins a block of a kind.
    fn begin(&mut self, kind: BlockKind) {
        self.flush();
        self.kind = kind;
    }

    /// Ends the block; what follows without a beginning of its own is a paragraph.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let kind = std::mem::replace(&mut self.kind, BlockKind::Paragraph);
        self.last = None;
        for link in &mut self.links {
            link.start = 0;
        }
        if !text.trim().is_empty() {
            self.blocks.push(PlainBlock { kind, text });
        }
    }

    /// A line of a cell stays in its row, any other is a block.
    fn line_break(&mut self) {
        if self.kind == BlockKind::Row {
            self.last = None;
            return self.text.push(' ');
        }
        let kind = if self.kind == BlockKind::Heading { self.kind } else { BlockKind::Paragraph };
        self.begin(kind);
    }

    fn text(&mut self, text: &str, place: &Range<usize>) {
        if self.lines.is_some() {
            return self.typed_lines(text);
        }
        if !self.links.is_empty() || self.source.get(place.clone()) != Some(text) {
            return self.push(text);
        }
        let mut at = place.start;
        for reference in reference::find(self.source, place.clone()) {
            let outer = reference.outer();
            self.push(&self.source[at..outer.start]);
            self.push(reference.label);
            at = outer.end;
        }
        self.push(&self.source[at..place.end]);
    }

    /// Text whose lines stay lines. An indent counts in code only.
    fn typed_lines(&mut self, text: &str) {
        for line in text.split_inclusive('\n') {
            let content = line.trim_end_matches(['\n', '\r']);
            let indents: &[char] = if self.lines == Some(Lines::Code) { &[] } else { &[' ', '\t'] };
            self.push(content.trim_start_matches(indents));
            if content.len() < line.len() {
                self.line_break();
            }
        }
    }

    fn note(&mut self, label: &CowStr<'e>) {
        let known = self.notes.iter().position(|note| note == label);
        let at = known.unwrap_or_else(|| {
            self.notes.push(label.clone());
            self.notes.len() - 1
        });
        let _ = write!(self.text, "注{}", at + 1);
    }

    fn push(&mut self, text: &str) {
        let text = self.restored(text);
        self.last = text.chars().next_back().or(self.last);
        self.text.push_str(&text);
    }

    fn restored(&self, text: &str) -> String {
        if self.is_supported { emphasis::restore(text).into_owned() } else { text.to_owned() }
    }
}
