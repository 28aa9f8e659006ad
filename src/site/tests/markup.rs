//! As much of an HTML reader as the tests need: tags, attributes, nesting.

/// What stands in a page.
#[derive(Debug, Default)]
pub(super) struct Markup {
    /// Levels of the headings in order.
    pub(super) headings: Vec<u32>,
    pub(super) ids: Vec<String>,
    /// Every `href` and `src`.
    pub(super) links: Vec<String>,
}

/// Elements without content; those of a drawing close themselves.
const VOID: [&str; 11] =
    ["meta", "link", "br", "wbr", "hr", "img", "input", "line", "rect", "circle", "path"];

impl Markup {
    /// Reads a page; an error where a tag is not closed or closes another.
    pub(super) fn read(html: &str) -> Result<Self, String> {
        let mut markup = Self::default();
        let mut open: Vec<&str> = Vec::new();
        let mut rest = html;
        while let Some(start) = rest.find('<') {
            let end = rest[start..].find('>').ok_or("a tag without end")? + start;
            let tag = &rest[start + 1..end];
            rest = &rest[end + 1..];
            if tag.starts_with('!') {
                continue;
            }
            if let Some(name) = tag.strip_prefix('/') {
                let opened = open.pop();
                if opened != Some(name) {
                    return Err(format!("</{name}> closes {opened:?}"));
                }
                continue;
            }
            let name = tag.split([' ', '\n']).next().unwrap_or_default();
            markup.note(name, tag);
            if !VOID.contains(&name) {
                open.push(name);
            }
        }
        if open.is_empty() { Ok(markup) } else { Err(format!("never closed: {open:?}")) }
    }

    fn note(&mut self, name: &str, tag: &str) {
        if let Some(level) = name.strip_prefix('h').and_then(|n| n.parse().ok()) {
            self.headings.push(level);
        }
        self.ids.extend(attribute(tag, "id"));
        self.links.extend(attribute(tag, "href").or_else(|| attribute(tag, "src")));
    }
}

/// The value of an attribute, with or without quotes.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}="))? + name.len() + 2;
    let value = &tag[start..];
    let value = match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => value.split([' ', '\n']).next()?,
    };
    Some(value.to_owned())
}

/// HTML without the quotes of attributes, which the minifier may take away.
pub(super) fn unquoted(html: &str) -> String {
    html.replace('"', "")
}

/// The file and the fragment that a relative link of a page leads to.
pub(super) fn resolve(page: &str, link: &str) -> (String, String) {
    let (address, fragment) = link.split_once('#').unwrap_or((link, ""));
    let address = address.split('?').next().unwrap_or_default();
    if address.is_empty() {
        return (page.to_owned(), fragment.to_owned());
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            "." | "" => {}
            ".." => assert!(parts.pop().is_some(), "{page}: {link} leaves the site"),
            _ => parts.push(part),
        }
    }
    let mut path = parts.join("/");
    if address.ends_with('/') {
        path = if path.is_empty() { "index.html".to_owned() } else { format!("{path}/index.html") };
    }
    (path, fragment.to_owned())
}

/// How many tags of a name have all of these attributes, in any order: shrinking a page may put them in another.
pub(in crate::site) fn tags_with(html: &str, name: &str, attributes: &[&str]) -> usize {
    let html = unquoted(html);
    let tags = html.split('<').skip(1).filter_map(|rest| rest.split('>').next());
    let is_it = |tag: &&str| {
        let mut parts = tag.split([' ', '\n']);
        parts.next() == Some(name) && attributes.iter().all(|wanted| tag.contains(&format!(" {wanted}")))
    };
    tags.filter(is_it).count()
}
