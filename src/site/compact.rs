//! Templates and style sheets without what only serves their authors.

/// A template as short as this program can safely make it.
pub(super) fn template(text: &str) -> String {
    let stripped = strip(text);
    #[cfg(feature = "minify")]
    let stripped = super::minify::template(&stripped);
    stripped
}

/// A style sheet as short as this program can make it.
pub(super) fn style(css: &str) -> String {
    let stripped = strip_css(css);
    #[cfg(feature = "minify")]
    let stripped = super::minify::style(&stripped);
    stripped
}

/// Takes out line breaks and indentation between tags.
///
/// A break between a tag (or an expression) and the next one has no meaning; any other break stays, as it may stand between
/// words or attributes. `pre` and `textarea` keep theirs.
fn strip(template: &str) -> String {
    let mut out = String::with_capacity(template.len());
    let mut verbatim = false;
    for line in template.lines() {
        let was_verbatim = verbatim;
        verbatim = is_verbatim_after(line, verbatim);
        if was_verbatim {
            out.push('\n');
            out.push_str(line);
            continue;
        }
        let text = if verbatim { line.trim_start() } else { line.trim() };
        if text.is_empty() {
            continue;
        }
        let joins = out.is_empty() || (out.ends_with(['>', '}']) && text.starts_with(['<', '{']));
        if !joins {
            out.push('\n');
        }
        out.push_str(text);
    }
    out
}

fn is_verbatim_after(line: &str, before: bool) -> bool {
    let opened = ["<pre", "<textarea"].iter().filter_map(|tag| line.rfind(tag)).max();
    let closed = ["</pre", "</textarea"].iter().filter_map(|tag| line.rfind(tag)).max();
    match (opened, closed) {
        (None, None) => before,
        (opened, closed) => opened > closed,
    }
}

/// A style sheet without comments, indentation and line breaks. Only for our own sheets: no string holds a `/*`.
fn strip_css(css: &str) -> String {
    let mut rest = css;
    let mut bare = String::with_capacity(css.len());
    while let Some(start) = rest.find("/*") {
        bare.push_str(&rest[..start]);
        rest = rest[start..].find("*/").map_or("", |end| &rest[start + end + 2..]);
    }
    bare.push_str(rest);
    let mut out = String::with_capacity(bare.len());
    for line in bare.lines().map(str::trim).filter(|line| !line.is_empty()) {
        // A selector list or a value may go on in the next line.
        if !(out.is_empty() || out.ends_with(['{', '}', ';', ','])) {
            out.push(' ');
        }
        out.push_str(line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_between_tags_go_and_others_stay() {
        assert_eq!(
            strip("<ul>\n  <li>一</li>\n  {% if a %}\n    <li>二</li>\n"),
            "<ul><li>一</li>{% if a %}<li>二</li>"
        );
        assert_eq!(
            strip("<a href=\"x\"\n   class=\"y\">\n  文\n</a>"),
            "<a href=\"x\"\nclass=\"y\">\n文\n</a>"
        );
    }

    #[test]
    fn preformatted_text_stays() {
        assert_eq!(strip("<pre>\n  a\n   b\n</pre>\n<p>"), "<pre>\n  a\n   b\n</pre><p>");
    }

    #[test]
    fn style_sheets_lose_comments_only() {
        assert_eq!(
            strip_css("/* x */\na,\nb {\n  c: d;\n  grid: \"e\"\n    \"f\";\n}\n"),
            "a,b {c: d;grid: \"e\" \"f\";}"
        );
    }
}
