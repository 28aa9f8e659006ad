//! minify-html over the fixed parts of a theme, once at load, and only as far as it is safe there.
//!
//! The minifier does not know the template language. It keeps expressions in text and in quoted values, but takes apart
//! `<h{{ level }}>` and `<a {% if x %}…>`. So its result is compared with what went in, and a template in which anything
//! but white space and quotes of the fixed parts has changed is used as it is. Pages are not minified: they are 97 % text.

use minify_html::{Cfg, minify};

/// A template, shorter where that is safe.
pub(super) fn template(text: &str) -> String {
    let bytes = minify(text.as_bytes(), &config(false));
    match String::from_utf8(bytes) {
        Ok(shorter) if is_same(text, &shorter) => shorter,
        _ => text.to_owned(),
    }
}

/// A style sheet.
pub(super) fn style(css: &str) -> String {
    let bytes = minify(format!("<style>{css}</style>").as_bytes(), &config(true));
    let shorter = String::from_utf8(bytes).unwrap_or_default();
    let inner = shorter.strip_prefix("<style>").and_then(|rest| rest.strip_suffix("</style>"));
    match inner {
        // The minifier prefers ranges, which Safari before 16.4 does not understand.
        Some(inner) if !inner.is_empty() => {
            inner.replace("(width>=", "(min-width:").replace("(width<=", "(max-width:")
        }
        _ => css.to_owned(),
    }
}

fn config(minify_css: bool) -> Cfg {
    Cfg {
        keep_closing_tags: true,
        keep_html_and_head_opening_tags: true,
        keep_input_type_text_attr: true,
        preserve_brace_template_syntax: true,
        minify_css,
        ..Cfg::default()
    }
}

/// Whether two templates have the same expressions in the same order of statements, the same tags, and no value that lost
/// the quotes which a dynamic text needs.
fn is_same(before: &str, after: &str) -> bool {
    let unquoted = ["={{", "={%"].iter().any(|open| after.contains(open));
    !unquoted
        && expressions(before, "{%", "%}") == expressions(after, "{%", "%}")
        && sorted(expressions(before, "{{", "}}")) == sorted(expressions(after, "{{", "}}"))
        && tags(before) == tags(after)
}

fn expressions<'t>(text: &'t str, open: &str, close: &str) -> Vec<&'t str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(open) {
        let Some(length) = rest[start..].find(close) else { break };
        found.push(&rest[start..start + length]);
        rest = &rest[start + length..];
    }
    found
}

fn sorted(mut list: Vec<&str>) -> Vec<&str> {
    list.sort_unstable();
    list
}

/// The names of the tags in order, closing ones with their slash.
fn tags(text: &str) -> Vec<String> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '/';
    text.split('<')
        .skip(1)
        .map(|tag| tag.split(|c| !is_name(c)).next().unwrap_or_default().to_ascii_lowercase())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixed_parts_shrink_and_keep_their_tags() {
        let text = "<ul class=\"a b\"><li class=\"c\">{{ x }}</li>{% if y %}<li>二</li>{% endif %}</ul>";
        let shorter = template(text);
        assert!(shorter.len() < text.len(), "{shorter}");
        assert!(shorter.contains("</li>") && shorter.contains("{% if y %}"), "{shorter}");
    }

    #[test]
    fn what_the_minifier_does_not_understand_stays() {
        for text in [
            "<h{{ level }} class=\"a\">{{ x }}</h{{ level }}>",
            "<a class=\"a\" {% if x %}aria-current=\"page\"{% endif %}>文</a>",
            "<a class=\"{{x}}\">文</a>",
        ] {
            assert_eq!(template(text), text);
        }
    }

    #[test]
    fn style_sheets_stay_readable_for_older_browsers() {
        assert_eq!(
            style("@media (min-width: 48rem) {\n  a { color: #ffffff; }\n}"),
            "@media (min-width:48rem){a{color:#fff}}"
        );
    }
}
