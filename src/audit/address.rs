//! Where a link leads: to a file of the site, to another host, or nowhere that can be checked.

use std::borrow::Cow;

/// The address under which a site is published, as far as it is known.
#[derive(Debug, Clone)]
pub(super) struct Mount {
    /// `https://example.jp/hyoka/`.
    base: Option<String>,
    /// `/hyoka/`.
    path: String,
}

/// What an address means on a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target<'a> {
    /// A place on the same page; the fragment is not empty.
    Here(Cow<'a, str>),
    /// A file of the site, and a fragment, which may be empty.
    File(String, Cow<'a, str>),
    /// Above the root of the site, or not an address.
    Nowhere,
    /// Another host.
    Outside,
    /// `mailto:` and the like, blocks of data, and the page itself.
    Nothing,
}

impl Mount {
    pub(super) fn new(base: Option<&str>) -> Self {
        let path = base
            .and_then(|base| base.split_once("://"))
            .and_then(|(_, rest)| rest.find('/').map(|at| rest[at..].to_owned()));
        Self { base: base.map(str::to_owned), path: path.unwrap_or_else(|| "/".to_owned()) }
    }

    /// What an address on a page means; `page` is the path of the page's file.
    pub(super) fn target<'a>(&self, page: &str, address: &'a str) -> Target<'a> {
        let address = address.trim_matches([' ', '\t', '\n', '\r']);
        let (place, fragment) = address.split_once('#').unwrap_or((address, ""));
        // `#:~:text=…` is an instruction to the browser, not an id; `#top` works without one.
        let fragment = fragment.split(":~:").next().unwrap_or_default();
        let fragment = match decoded(fragment) {
            top if top == "top" => Cow::Borrowed(""),
            other => other,
        };
        let place = place.split('?').next().unwrap_or_default();
        if place.is_empty() {
            return if fragment.is_empty() { Target::Nothing } else { Target::Here(fragment) };
        }
        let below = match self.below_root(page, place) {
            Ok(below) => below,
            Err(target) => return target,
        };
        match normal(&decoded(&below)) {
            Some(file) if file == page && !fragment.is_empty() => Target::Here(fragment),
            Some(file) => Target::File(file, fragment),
            None => Target::Nowhere,
        }
    }

    /// The way from the root of the site, not normalised.
    fn below_root<'p>(&self, page: &str, place: &'p str) -> Result<Cow<'p, str>, Target<'static>> {
        if let Some(rest) = self.base.as_deref().and_then(|base| place.strip_prefix(base)) {
            return Ok(Cow::Borrowed(rest));
        }
        if place.starts_with("//") {
            return Err(Target::Outside);
        }
        if let Some(scheme) = scheme(place) {
            let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
            return Err(if is_web { Target::Outside } else { Target::Nothing });
        }
        if place.starts_with('/') {
            // Another part of the same host is nothing that this site knows.
            return place.strip_prefix(self.path.as_str()).map(Cow::Borrowed).ok_or(Target::Outside);
        }
        let folder = page.rfind('/').map_or("", |at| &page[..=at]);
        Ok(Cow::Owned(format!("{folder}{place}")))
    }
}

fn scheme(place: &str) -> Option<&str> {
    let (scheme, _) = place.split_once(':')?;
    let mut letters = scheme.chars();
    let is_scheme = letters.next()?.is_ascii_alphabetic()
        && letters.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    is_scheme.then_some(scheme)
}

/// Without `.` and `..`; a folder is its `index.html`. None where it leads out of the site.
fn normal(path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            name => parts.push(name),
        }
    }
    let is_folder = path.is_empty() || path.ends_with('/') || path.ends_with("/.") || path.ends_with("..");
    let mut file = parts.join("/");
    if is_folder || path == "." {
        if !file.is_empty() {
            file.push('/');
        }
        file.push_str("index.html");
    }
    Some(file)
}

/// With `%E3…` as letters; what is no UTF-8 stays as it is written.
fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let (mut plain, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        let pair = (bytes[at] == b'%').then(|| Some((digit(at + 1)?, digit(at + 2)?))).flatten();
        let byte = pair.and_then(|(high, low)| u8::try_from(high * 16 + low).ok());
        plain.push(byte.unwrap_or(bytes[at]));
        at += if byte.is_some() { 3 } else { 1 };
    }
    String::from_utf8(plain).map_or(Cow::Borrowed(text), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn file(base: Option<&str>, page: &str, address: &str) -> String {
        match Mount::new(base).target(page, address) {
            Target::File(file, fragment) => format!("{file}#{fragment}"),
            Target::Here(fragment) => format!("#{fragment}"),
            Target::Nowhere => "nowhere".to_owned(),
            Target::Outside => "outside".to_owned(),
            Target::Nothing => "nothing".to_owned(),
        }
    }

    #[test]
    fn addresses_lead_where_a_browser_goes() {
        let page = "011002/15-a/index.html";
        for (address, expected) in [
            ("changes/#c-1", "011002/15-a/changes/index.html#c-1"),
            ("./#x", "#x"),
            ("#x", "#x"),
            ("#", "nothing"),
            ("#top", "nothing"),
            ("#%E4%BF%9D", "#保"),
            ("../../?q=%23#a", "index.html#a"),
            ("..", "011002/index.html#"),
            ("../../../x", "nowhere"),
            ("index.html#a", "#a"),
            ("/feed.atom", "feed.atom#"),
            ("//other.example/", "outside"),
            ("https://other.example/a", "outside"),
            ("mailto:a@b.example", "nothing"),
            ("a%2Fb.csv", "011002/15-a/a/b.csv#"),
            ("x#:~:text=a", "011002/15-a/x#"),
        ] {
            assert_eq!(file(None, page, address), expected, "{address}");
        }
    }

    #[test]
    fn the_full_address_of_the_site_is_the_site() {
        let base = Some("https://city.example/pia/");
        for (address, expected) in [
            ("https://city.example/pia/data/#a", "data/index.html#a"),
            ("https://city.example/pia/", "index.html#"),
            ("https://city.example/", "outside"),
            ("/pia/a.csv", "a.csv#"),
            ("/a.csv", "outside"),
        ] {
            assert_eq!(file(base, "x/index.html", address), expected, "{address}");
        }
    }

    proptest! {
        #[test]
        fn a_relative_way_leads_back(from in "[a-c]{1,2}(/[a-c]{1,2}){0,3}", to in "[a-c]{1,2}(/[a-c]{1,2}){0,3}") {
            let way = format!("{}{to}", "../".repeat(from.matches('/').count()));
            let page = format!("{}.html", &from);
            prop_assert_eq!(file(None, &page, &way), format!("{to}#"));
        }

        #[test]
        fn no_address_stops_it(address in "\\PC{0,40}") {
            let _ = Mount::new(Some("https://a.example/b/")).target("x/y.html", &address);
        }
    }
}
