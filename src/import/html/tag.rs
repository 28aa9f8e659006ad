//! Tags of HTML.

/// A tag of HTML, as far as it matters.
pub(super) struct Tag {
    pub(super) name: String,
    pub(super) closing: bool,
    /// It draws a check box or a radio button.
    pub(super) is_box: bool,
    /// The box is ticked.
    pub(super) ticked: bool,
}

#[rustfmt::skip]
const TAGS: [&str; 53] = [
    "a", "b", "big", "blockquote", "body", "br", "caption", "center", "code", "col", "colgroup", "dd", "del",
    "div", "dl", "dt", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "html", "i", "img", "input",
    "ins", "label", "li", "nobr", "ol", "p", "pre", "s", "small", "span", "strike", "strong", "sub", "sup",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul",
];

/// The tag at the start of the text and its length in bytes; none where the text is no tag of HTML.
pub(super) fn tag_at(text: &str) -> Option<(Tag, usize)> {
    let inner = text.strip_prefix('<')?;
    if let Some(comment) = inner.strip_prefix("!--") {
        let end = comment.find("-->")?;
        let name = String::from("!--");
        return Some((Tag { name, closing: false, is_box: false, ticked: false }, end + 7));
    }
    let (closing, inner) = match inner.strip_prefix('/') {
        Some(inner) => (true, inner),
        None => (false, inner),
    };
    let name_length = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
    let name = inner[..name_length].to_ascii_lowercase();
    if TAGS.binary_search(&name.as_str()).is_err() {
        return None;
    }
    let attributes = &inner[name_length..];
    let end = attributes.find('>')?;
    let attributes = &attributes[..end];
    let first = attributes.chars().next();
    if attributes.contains('<') || first.is_some_and(|c| !c.is_whitespace() && c != '/') {
        return None;
    }
    let lower = attributes.to_ascii_lowercase();
    let is_box = lower.contains("checkbox") || lower.contains("radio");
    let ticked = lower
        .split(|c: char| c.is_whitespace() || c == '/')
        .any(|a| a == "checked" || a.starts_with("checked=") && !a.contains("false"));
    let length = text.len() - inner.len() + name_length + end + 1;
    Some((Tag { name, closing, is_box, ticked }, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_sorted_for_the_search() {
        assert!(TAGS.is_sorted());
    }
}
