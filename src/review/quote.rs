//! Texts of people inside Markdown and HTML of a code host: shown as they were typed, whatever signs they hold, and calling nobody.

use crate::history::one_line;

/// Keeps `@name` from calling a person and `#12` from naming an issue, on hosts that look for them even in plain text.
const APART: char = '\u{200b}';

/// A text as Markdown that shows it as it is, in one line.
pub(super) fn markdown_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    markdown_signs(&one_line(text), &mut out);
    out
}

/// A text as a quotation in Markdown, line by line.
pub(super) fn markdown_quote(text: &str) -> String {
    let lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
    let mut out = String::with_capacity(text.len() * 2);
    for (at, line) in lines.iter().enumerate() {
        if line.is_empty() {
            out.push_str(">\n");
            continue;
        }
        out.push_str("> ");
        // Four blanks would begin a block of code.
        let rest = line.trim_start();
        out.extend(line[..line.len() - rest.len()].chars().map(|_| '\u{a0}'));
        markdown_signs(rest, &mut out);
        // A line stays a line; before an empty one the mark would be seen.
        let is_followed = lines.get(at + 1).is_some_and(|next| !next.is_empty());
        out.push_str(if is_followed { "\\\n" } else { "\n" });
    }
    out
}

/// A code span: a place of a file.
pub(super) fn markdown_code(text: &str) -> String {
    format!("`{}`", one_line(text).replace('`', "'").replace('|', "/"))
}

fn markdown_signs(text: &str, out: &mut String) {
    let mut signs = text.chars().peekable();
    let (mut is_first, mut is_number) = (true, true);
    while let Some(sign) = signs.next() {
        // A number and a point begin a list, and other signs a heading, a list, a line or a command, only in front of the line.
        let is_mark = is_first && matches!(sign, '#' | '+' | '-' | '=' | '/' | ':')
            || is_number && !is_first && matches!(sign, '.' | ')');
        is_number = is_number && sign.is_ascii_digit();
        is_first = false;
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c if c.is_control() => {}
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => out.extend(['\\', sign]),
            c if is_mark => out.extend(['\\', c]),
            c => out.push(c),
        }
        if is_call(sign, signs.peek()) {
            out.push(APART);
        }
    }
}

/// A text as HTML inside Markdown: one line, because an empty one would end the HTML.
pub(super) fn html_line(text: &str, out: &mut String) {
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("<br>"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
        if is_call(sign, signs.peek()) {
            out.push(APART);
        }
    }
}

fn is_call(sign: char, next: Option<&char>) -> bool {
    matches!(sign, '@' | '#' | '!' | '$' | '~' | '&') && next.is_some_and(char::is_ascii_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What Markdown makes of a text, without markup.
    fn shown(markdown: &str) -> String {
        let mut text = String::new();
        for event in pulldown_cmark::Parser::new(markdown) {
            match event {
                pulldown_cmark::Event::Text(part) => text.push_str(&part),
                pulldown_cmark::Event::SoftBreak | pulldown_cmark::Event::HardBreak => text.push('\n'),
                pulldown_cmark::Event::Start(_) | pulldown_cmark::Event::End(_) => {}
                other => panic!("{other:?} in {markdown:?}"),
            }
        }
        text.replace(APART, "")
    }

    #[test]
    fn a_line_is_shown_as_it_was_typed() {
        for text in [
            "a|b",
            "*重要* __な__ `変更`",
            "# 見出し",
            "1. 一",
            "<b>&amp;</b>",
            "[図](x)",
            "-->",
            "@team #12 :+1: ~~x~~ $a$",
        ] {
            assert_eq!(shown(&markdown_line(text)), text);
        }
        assert_eq!(shown(&markdown_line("一\n\n- 二\r\n> 三")), "一 - 二 > 三");
    }

    #[test]
    fn a_quotation_keeps_its_lines_and_nothing_escapes_from_it() {
        let text = "一行目\n\n    字下げ\n/close\n```\n<script>\n</script>";
        let quote = markdown_quote(text);
        assert!(quote.lines().all(|line| line.starts_with('>')), "{quote}");
        assert_eq!(shown(&quote).replace(['\u{a0}', '\n'], ""), text.replace([' ', '\n'], ""));
        assert_eq!(markdown_quote("一\n二"), "> 一\\\n> 二\n");
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_typed_is_shown(text in "[a1 \\n\\\\`*_{}\\[\\]()#+.!|~$<>&;:'\"/=@,?^%あ-]{0,40}") {
            let blankless = |text: &str| text.replace(char::is_whitespace, "");
            proptest::prop_assert_eq!(blankless(&shown(&markdown_line(&text))), blankless(&text));
            if !text.trim().is_empty() {
                proptest::prop_assert_eq!(blankless(&shown(&markdown_quote(&text))), blankless(&text));
            }
            let mut html = String::new();
            html_line(&text, &mut html);
            proptest::prop_assert!(!html.contains('\n') && html.matches('<').count() == html.matches("<br>").count());
        }
    }

    #[test]
    fn nobody_is_called_and_no_markup_gets_in() {
        let mut out = String::new();
        html_line("@team <img src=x> \"a\"\n#1\r", &mut out);
        assert_eq!(out, "@\u{200b}team &lt;img src=x&gt; &quot;a&quot;<br>#\u{200b}1 ");
        assert!(markdown_line("@team").contains(APART));
    }
}
