//! Which addresses a page may lead to or load.

use std::ops::Range;

/// Schemes that a link may have; an address without a scheme is relative.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// Whether a link may lead to an address.
pub(super) fn may_link(address: &str) -> bool {
    let address = as_browsers_read(address);
    if address.starts_with("//") {
        return false;
    }
    scheme(&address).is_none_or(|scheme| SCHEMES.iter().any(|s| s.eq_ignore_ascii_case(scheme)))
}

/// Whether an image may be loaded from an address: only from below the page, never from another host.
pub(super) fn may_load(address: &str) -> bool {
    let address = as_browsers_read(address);
    !address.is_empty() && !address.starts_with(['/', '#', '?']) && scheme(&address).is_none()
}

/// The first web address in running text. It ends before the first sign that no address has unescaped, such as a kanji.
pub(super) fn find(text: &str) -> Option<Range<usize>> {
    let mut from = 0;
    while let Some(start) = text[from..].find("http").map(|at| from + at) {
        let address = &text[start..];
        let part = |c: char| {
            c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '`' | '|' | '\\' | '^' | '{' | '}')
        };
        let address = &address[..address.find(|c| !part(c)).unwrap_or(address.len())];
        let address = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', ')', ']', '*', '_']);
        let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
        if host.is_some_and(|host| host.starts_with(|c: char| c.is_ascii_alphanumeric())) {
            return Some(start..start + address.len());
        }
        from = start + "http".len();
    }
    None
}

/// Browsers drop line breaks and tabs within an address and blanks around it, and read `\` as `/`: `java\nscript:` runs.
fn as_browsers_read(address: &str) -> String {
    address.trim_matches(|c: char| c <= ' ').replace(|c: char| c.is_control(), "").replace('\\', "/")
}

fn scheme(address: &str) -> Option<&str> {
    let end = address.find([':', '/', '?', '#'])?;
    address[end..].starts_with(':').then_some(&address[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_known_schemes_only() {
        for address in [
            "https://www.city.example.jp/a",
            "HTTP://a",
            "mailto:a@example.jp",
            "tel:0123",
            "../15-a/",
            "#ii-3",
            "",
            "?a:b",
        ] {
            assert!(may_link(address), "{address}");
        }
        for address in [
            "javascript:alert(1)",
            " java\tscript:alert(1)",
            "JavaScript:x",
            "\u{1}javascript:x",
            "data:text/html,x",
            "//host/",
            "\\\\host",
            "/\\host",
            "file:///c:/",
            "vbscript:x",
        ] {
            assert!(!may_link(address), "{address}");
        }
    }

    #[test]
    fn addresses_end_where_the_sentence_goes_on() {
        let found = |text: &'static str| find(text).map(|place| &text[place]);
        assert_eq!(
            found("市の頁（https://a.example.jp/b?c=1&d=%E3）で"),
            Some("https://a.example.jp/b?c=1&d=%E3")
        );
        assert_eq!(found("see http://a.example.jp/."), Some("http://a.example.jp/"));
        assert_eq!(found("http https:// https://例"), None);
    }

    #[test]
    fn images_come_from_below_the_page_only() {
        assert!(may_load("figures/flow.svg"));
        assert!(may_load("./図.png"));
        for address in
            ["https://a/b.png", "//a/b.png", "/b.png", "\\\\a\\b.png", "data:image/png;base64,", "", "#a"]
        {
            assert!(!may_load(address), "{address}");
        }
    }
}
