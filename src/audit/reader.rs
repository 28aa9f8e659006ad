//! Reads the tags of a page one after another and asks each what the rules ask.

mod whole;

use std::convert::Infallible;

use html5gum::Span;
use html5gum::emitters::callback::{Callback, CallbackEvent};

use super::address::{Mount, Target};
use super::page::{Fault, Link, id_mark, mark};
use super::rule::Rule;
use super::tag::{Attribute, Tag};

/// An element that needs a name and may get it from what is in it.
#[derive(Debug)]
struct Nameable {
    element: &'static [u8],
    rule: Rule,
    is_named: bool,
    what: String,
}

#[derive(Debug, Default)]
struct Table {
    is_captioned: bool,
    /// Tables that only lay out, and so are asked nothing.
    is_layout: bool,
    heads: usize,
    unscoped: usize,
    what: String,
}

/// What must be an id of the page.
#[derive(Debug)]
struct Wanted {
    rule: Rule,
    id: String,
    attribute: &'static str,
}

#[derive(Debug)]
struct Control {
    id: Option<String>,
    what: String,
}

/// What is known of a page so far.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each says where in the page the reader is")]
pub(super) struct Reader<'p> {
    mount: &'p Mount,
    path: &'p str,
    tag: Tag,
    title: Option<String>,
    is_in_title: bool,
    has_language: bool,
    leads_on: bool,
    svg: usize,
    labels: usize,
    tops: usize,
    level: u8,
    headers: usize,
    footers: usize,
    mains: usize,
    is_in_main: bool,
    main_id: Option<String>,
    first_link: Option<String>,
    ids: Vec<String>,
    wanted: Vec<Wanted>,
    labelled: Vec<String>,
    controls: Vec<Control>,
    nameables: Vec<Nameable>,
    tables: Vec<Table>,
    links: Vec<Link>,
    keep_addresses: bool,
    /// Addresses that lead to other files, as they are written, where they are asked for.
    pub(super) addresses: Vec<(Link, String)>,
    findings: Vec<Fault>,
}

impl Callback<Infallible, ()> for &mut Reader<'_> {
    fn handle_event(&mut self, event: CallbackEvent<'_>, _: Span<()>) -> Option<Infallible> {
        match event {
            CallbackEvent::OpenStartTag { name } => self.tag.open(name),
            CallbackEvent::AttributeName { name } => self.tag.attribute(name),
            CallbackEvent::AttributeValue { value } => self.tag.value(value),
            CallbackEvent::CloseStartTag { self_closing } => {
                let tag = std::mem::take(&mut self.tag);
                self.start(&tag, self_closing);
                self.tag = tag;
            }
            CallbackEvent::EndTag { name } => self.end(name),
            CallbackEvent::String { value } => self.text(value),
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
        None
    }
}

impl<'p> Reader<'p> {
    pub(super) fn new(mount: &'p Mount, path: &'p str, keep_addresses: bool) -> Self {
        Self {
            mount,
            path,
            tag: Tag::default(),
            title: None,
            is_in_title: false,
            has_language: false,
            leads_on: false,
            svg: 0,
            labels: 0,
            tops: 0,
            level: 0,
            headers: 0,
            footers: 0,
            mains: 0,
            is_in_main: false,
            main_id: None,
            first_link: None,
            ids: Vec::new(),
            wanted: Vec::new(),
            labelled: Vec::new(),
            controls: Vec::new(),
            nameables: Vec::new(),
            tables: Vec::new(),
            links: Vec::new(),
            keep_addresses,
            addresses: Vec::new(),
            findings: Vec::new(),
        }
    }

    fn add(&mut self, rule: Rule, what: impl Into<String>) {
        self.findings.push(Fault { rule, what: what.into() });
    }

    fn start(&mut self, tag: &Tag, is_closed: bool) {
        self.attributes(tag);
        match tag.name() {
            b"html" => self.has_language = tag.has_text(Attribute::Lang),
            b"title" if self.svg == 0 => {
                self.is_in_title = true;
                self.title.get_or_insert_default();
            }
            b"title" => self.is_in_title = true,
            b"meta" => self.meta(tag),
            b"link" => self.linked(tag),
            b"header" => self.headers += usize::from(self.mains == 0),
            b"footer" => self.footers += usize::from(!self.is_in_main),
            b"main" => {
                self.mains += 1;
                self.is_in_main = true;
                if self.mains == 1 {
                    self.main_id = tag.get(Attribute::Id).map(str::to_owned);
                }
            }
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => self.heading(tag),
            b"a" => self.link(tag),
            b"area" | b"form" => self.follow_attributes(tag),
            b"button" => self.nameable(b"button", Rule::LinkText, tag),
            b"summary" => self.nameable(b"summary", Rule::LinkText, tag),
            b"img" => self.image(tag),
            b"svg" if !is_closed => self.drawing(tag),
            b"image" | b"use" | b"iframe" | b"video" | b"audio" | b"source" | b"track" | b"embed"
            | b"object" => {
                self.load_attributes(tag);
            }
            b"script" => self.script(tag),
            b"style" => self.add(Rule::Inline, "<style>"),
            b"table" => self.table(tag),
            b"caption" => {
                if let Some(table) = self.tables.last_mut() {
                    table.is_captioned = true;
                }
            }
            b"th" => {
                if let Some(table) = self.tables.last_mut() {
                    table.heads += 1;
                    table.unscoped += usize::from(!tag.has_text(Attribute::Scope));
                }
            }
            b"label" => self.labels += 1,
            b"input" | b"select" | b"textarea" => self.control(tag),
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8]) {
        match name {
            b"title" => self.is_in_title = false,
            b"main" => self.is_in_main = false,
            b"label" => self.labels = self.labels.saturating_sub(1),
            b"table" => self.table_ends(),
            b"svg" => {
                self.svg = self.svg.saturating_sub(1);
                self.name_ends(b"svg");
            }
            b"a" | b"button" | b"summary" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => {
                self.name_ends(name);
            }
            _ => {}
        }
    }

    fn text(&mut self, value: &[u8]) {
        if self.is_in_title && self.svg == 0 {
            let title = self.title.get_or_insert_default();
            title.push_str(String::from_utf8_lossy(value).trim());
            return;
        }
        if !self.nameables.is_empty() && !value.iter().all(u8::is_ascii_whitespace) {
            self.named();
        }
    }

    /// Something has a text that names what it is in; a drawing is named by its title only.
    fn named(&mut self) {
        let is_title = self.is_in_title;
        for open in &mut self.nameables {
            open.is_named |= is_title || open.element != b"svg";
        }
    }

    /// What any element may have.
    fn attributes(&mut self, tag: &Tag) {
        for (attribute, value) in tag.attributes() {
            match attribute {
                Attribute::Id => self.ids.push(value.to_owned()),
                Attribute::Ids(attribute) => {
                    let ids = value.split_ascii_whitespace();
                    let wanted = ids.map(|id| Wanted { rule: Rule::Reference, id: id.to_owned(), attribute });
                    self.wanted.extend(wanted);
                }
                Attribute::For => {
                    self.wanted.push(Wanted {
                        rule: Rule::Reference,
                        id: value.to_owned(),
                        attribute: "for",
                    });
                    self.labelled.push(value.to_owned());
                }
                Attribute::Style => {
                    self.findings.push(Fault { rule: Rule::Inline, what: format!("style=\"{value}\"") });
                }
                Attribute::On => {
                    let what = format!("<{} on…=\"{value}\">", String::from_utf8_lossy(tag.name()));
                    self.findings.push(Fault { rule: Rule::Inline, what });
                }
                _ => {}
            }
        }
    }

    fn meta(&mut self, tag: &Tag) {
        let content = tag.get(Attribute::Content).unwrap_or_default();
        let is =
            |attribute, name: &str| tag.get(attribute).is_some_and(|value| value.eq_ignore_ascii_case(name));
        if is(Attribute::HttpEquiv, "refresh") {
            self.leads_on = true;
            if let Some((_, address)) = content.split_once("url=") {
                self.follow(address);
            }
        }
        let is_fixed = |part: &str| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            match (name.trim(), value.trim()) {
                ("user-scalable", value) => matches!(value, "no" | "0"),
                ("maximum-scale", value) => value.parse::<f32>().is_ok_and(|scale| scale < 5.0),
                _ => false,
            }
        };
        if is(Attribute::Name, "viewport") && content.split([',', ';']).any(is_fixed) {
            self.add(Rule::Zoom, content);
        }
    }

    fn linked(&mut self, tag: &Tag) {
        const FETCHED: [&str; 8] = [
            "stylesheet",
            "icon",
            "preload",
            "modulepreload",
            "prefetch",
            "preconnect",
            "dns-prefetch",
            "manifest",
        ];
        let Some(address) = tag.get(Attribute::Href) else { return };
        let rel = tag.get(Attribute::Rel).unwrap_or_default();
        let is_fetched =
            rel.split_ascii_whitespace().any(|word| FETCHED.iter().any(|f| word.eq_ignore_ascii_case(f)));
        if is_fetched { self.load(address) } else { self.follow(address) }
    }

    fn heading(&mut self, tag: &Tag) {
        let (element, level): (&'static [u8], u8) = match tag.name() {
            b"h1" => (b"h1", 1),
            b"h2" => (b"h2", 2),
            b"h3" => (b"h3", 3),
            b"h4" => (b"h4", 4),
            b"h5" => (b"h5", 5),
            _ => (b"h6", 6),
        };
        self.tops += usize::from(level == 1);
        if level > self.level + 1 {
            let what = if self.level == 0 {
                format!("{} が最初の見出しです", described(tag))
            } else {
                format!("h{} の次が {} です", self.level, described(tag))
            };
            self.add(Rule::HeadingLevel, what);
        }
        self.level = level;
        self.nameable(element, Rule::HeadingText, tag);
    }

    fn link(&mut self, tag: &Tag) {
        let Some(address) = tag.get(Attribute::Href) else { return };
        if self.first_link.is_none() {
            self.first_link = Some(address.to_owned());
        }
        self.follow(address);
        self.nameable(b"a", Rule::LinkText, tag);
    }

    fn nameable(&mut self, element: &'static [u8], rule: Rule, tag: &Tag) {
        self.nameables.push(Nameable { element, rule, is_named: tag.is_named(), what: described(tag) });
    }

    fn name_ends(&mut self, element: &[u8]) {
        let Some(at) = self.nameables.iter().rposition(|open| open.element == element) else { return };
        let open = self.nameables.remove(at);
        if !open.is_named {
            self.add(open.rule, open.what);
        }
    }

    fn image(&mut self, tag: &Tag) {
        self.load_attributes(tag);
        if tag.has_text(Attribute::Alt) || tag.is_named() {
            self.named();
        } else if tag.get(Attribute::Alt).is_none() {
            self.add(Rule::ImageText, described(tag));
        }
    }

    fn drawing(&mut self, tag: &Tag) {
        self.svg += 1;
        if tag.get(Attribute::Role) != Some("img") {
            return;
        }
        if tag.is_named() {
            self.named();
        }
        self.nameable(b"svg", Rule::ImageText, tag);
    }

    fn script(&mut self, tag: &Tag) {
        if let Some(address) = tag.get(Attribute::Src) {
            return self.load(address);
        }
        let is_data = |kind: &str| matches!(kind, "application/ld+json" | "application/json");
        if !tag.get(Attribute::Type).is_some_and(is_data) {
            self.add(Rule::Inline, "<script>");
        }
    }

    fn table(&mut self, tag: &Tag) {
        let role = tag.get(Attribute::Role);
        self.tables.push(Table {
            is_captioned: tag.is_named(),
            is_layout: matches!(role, Some("presentation" | "none")),
            what: described(tag),
            ..Table::default()
        });
    }

    fn table_ends(&mut self) {
        let Some(table) = self.tables.pop().filter(|table| !table.is_layout) else { return };
        if table.heads == 0 {
            self.add(Rule::TableScope, format!("{} に見出しのセルがありません", table.what));
        } else if table.unscoped > 0 {
            self.add(
                Rule::TableScope,
                format!("{} の見出し {} 個に scope がありません", table.what, table.unscoped),
            );
        }
        if !table.is_captioned {
            self.add(Rule::TableCaption, table.what);
        }
    }

    fn control(&mut self, tag: &Tag) {
        let kind = tag.get(Attribute::Type).unwrap_or_default();
        let is_asked = match kind {
            "hidden" => false,
            "submit" | "reset" | "button" => tag.get(Attribute::Value).is_some_and(|v| v.trim().is_empty()),
            "image" => !tag.has_text(Attribute::Alt),
            _ => true,
        };
        if is_asked && self.labels == 0 && !tag.is_named() {
            let id = tag.get(Attribute::Id).map(str::to_owned);
            self.controls.push(Control { id, what: described(tag) });
        }
    }

    fn follow_attributes(&mut self, tag: &Tag) {
        for address in [Attribute::Href, Attribute::Action].into_iter().filter_map(|name| tag.get(name)) {
            self.follow(address);
        }
    }

    /// An address that a reader may follow.
    fn follow(&mut self, address: &str) {
        if address.trim_start().get(..11).is_some_and(|start| start.eq_ignore_ascii_case("javascript:")) {
            return self.add(Rule::Inline, address);
        }
        match self.mount.target(self.path, address) {
            Target::Here(id) => {
                self.wanted.push(Wanted { rule: Rule::LinkFragment, id: id.into_owned(), attribute: "href" });
            }
            Target::File(file, id) => {
                let id = if id.is_empty() { 0 } else { id_mark(&id) };
                let link = Link { file: mark(&file), id };
                self.links.push(link);
                if self.keep_addresses {
                    self.addresses.push((link, address.to_owned()));
                }
            }
            Target::Nowhere => self.add(Rule::LinkTarget, address),
            Target::Outside | Target::Nothing => {}
        }
    }

    fn load_attributes(&mut self, tag: &Tag) {
        for (attribute, value) in tag.attributes() {
            match attribute {
                Attribute::Src | Attribute::Poster | Attribute::Data | Attribute::Href => self.load(value),
                Attribute::Srcset => {
                    for candidate in value.split(", ") {
                        self.load(candidate.split_ascii_whitespace().next().unwrap_or_default());
                    }
                }
                _ => {}
            }
        }
    }

    /// An address that a browser fetches by itself.
    fn load(&mut self, address: &str) {
        if self.mount.target(self.path, address) == Target::Outside {
            return self.add(Rule::OtherHost, address);
        }
        self.follow(address);
    }
}

/// An element, so that people find it.
fn described(tag: &Tag) -> String {
    let name = String::from_utf8_lossy(tag.name());
    for (attribute, word) in [
        (Attribute::Href, "href"),
        (Attribute::Id, "id"),
        (Attribute::Src, "src"),
        (Attribute::Class, "class"),
    ] {
        if let Some(value) = tag.get(attribute).filter(|value| !value.is_empty()) {
            return format!("<{name} {word}=\"{value}\">");
        }
    }
    format!("<{name}>")
}
