//! A start tag with those of its attributes that a rule asks about.

/// An attribute that matters to a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Attribute {
    Action,
    Alt,
    AriaLabel,
    /// Names ids of the page; which attribute it is stands beside it.
    Ids(&'static str),
    Class,
    Content,
    For,
    Href,
    HttpEquiv,
    Id,
    Lang,
    Name,
    On,
    Poster,
    Data,
    Rel,
    Role,
    Scope,
    Src,
    Srcset,
    Style,
    Title,
    Type,
    Value,
}

impl Attribute {
    fn of(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"action" => Self::Action,
            b"alt" => Self::Alt,
            b"aria-label" => Self::AriaLabel,
            b"aria-labelledby" => Self::Ids("aria-labelledby"),
            b"aria-describedby" => Self::Ids("aria-describedby"),
            b"aria-controls" => Self::Ids("aria-controls"),
            b"aria-details" => Self::Ids("aria-details"),
            b"aria-owns" => Self::Ids("aria-owns"),
            b"aria-flowto" => Self::Ids("aria-flowto"),
            b"aria-errormessage" => Self::Ids("aria-errormessage"),
            b"aria-activedescendant" => Self::Ids("aria-activedescendant"),
            b"headers" => Self::Ids("headers"),
            b"list" => Self::Ids("list"),
            b"class" => Self::Class,
            b"content" => Self::Content,
            b"for" => Self::For,
            b"href" | b"xlink:href" => Self::Href,
            b"http-equiv" => Self::HttpEquiv,
            b"id" => Self::Id,
            b"lang" => Self::Lang,
            b"name" => Self::Name,
            b"poster" => Self::Poster,
            b"data" => Self::Data,
            b"rel" => Self::Rel,
            b"role" => Self::Role,
            b"scope" => Self::Scope,
            b"src" => Self::Src,
            b"srcset" => Self::Srcset,
            b"style" => Self::Style,
            b"title" => Self::Title,
            b"type" => Self::Type,
            b"value" => Self::Value,
            name if name.starts_with(b"on") => Self::On,
            _ => return None,
        })
    }
}

/// A start tag, whose memory is used again for the next one.
#[derive(Debug, Default)]
pub(super) struct Tag {
    name: Vec<u8>,
    values: String,
    attributes: Vec<(Attribute, usize)>,
    /// The attribute whose value comes next.
    is_wanted: bool,
}

impl Tag {
    pub(super) fn open(&mut self, name: &[u8]) {
        self.name.clear();
        self.name.extend_from_slice(name);
        self.values.clear();
        self.attributes.clear();
        self.is_wanted = false;
    }

    pub(super) fn attribute(&mut self, name: &[u8]) {
        let attribute = Attribute::of(name);
        self.is_wanted = attribute.is_some();
        self.attributes.extend(attribute.map(|attribute| (attribute, self.values.len())));
    }

    pub(super) fn value(&mut self, value: &[u8]) {
        if self.is_wanted {
            self.values.push_str(&String::from_utf8_lossy(value));
        }
    }

    pub(super) fn name(&self) -> &[u8] {
        &self.name
    }

    /// Attributes with their values, as they stand.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (Attribute, &str)> {
        let ends = self.attributes.iter().skip(1).map(|(_, start)| *start).chain([self.values.len()]);
        self.attributes
            .iter()
            .zip(ends)
            .map(|((attribute, start), end)| (*attribute, &self.values[*start..end]))
    }

    /// The value of an attribute; none where it is not there.
    pub(super) fn get(&self, wanted: Attribute) -> Option<&str> {
        self.attributes().find(|(attribute, _)| *attribute == wanted).map(|(_, value)| value)
    }

    /// Whether an attribute is there and says something.
    pub(super) fn has_text(&self, wanted: Attribute) -> bool {
        self.get(wanted).is_some_and(|value| !value.trim().is_empty())
    }

    /// Whether an attribute gives the element a name.
    pub(super) fn is_named(&self) -> bool {
        self.has_text(Attribute::AriaLabel)
            || self.has_text(Attribute::Ids("aria-labelledby"))
            || self.has_text(Attribute::Title)
    }
}
