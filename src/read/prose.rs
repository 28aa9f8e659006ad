//! Long items in Markdown files: every level-1 heading names an item, the text up to the next one is its value.

use super::source::{SourceFile, Span};

/// One item of a Markdown file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage<'f> {
    /// The heading without `#`; none for text before the first heading.
    pub heading: Option<&'f str>,
    /// Place of the heading's text (or of the text before the first heading).
    pub span: Span,
    /// The text, without blank lines around it.
    pub body: &'f str,
    /// Place of the text.
    pub body_span: Span,
}

/// Cuts a file at its level-1 headings. A `#` inside a fenced code block is text.
pub fn passages(file: &SourceFile) -> Vec<Passage<'_>> {
    let text = file.text.as_str();
    let mut cuts: Vec<(Option<Span>, usize)> = vec![(None, 0)];
    let mut fence: Option<&str> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let content = line.trim_end();
        match fence {
            Some(mark) if content.trim_start().starts_with(mark) => fence = None,
            Some(_) => {}
            None if content.starts_with("```") || content.starts_with("~~~") => fence = content.get(..3),
            None => {
                if let Some(heading) = content.strip_prefix("# ").map(str::trim) {
                    let from = start + content.find(heading).unwrap_or(0);
                    cuts.push((Some(Span::new(from, from + heading.len())), at));
                }
            }
        }
    }
    let mut all = Vec::new();
    for (index, (heading, from)) in cuts.iter().enumerate() {
        let to = match cuts.get(index + 1) {
            Some((Some(next), _)) => file.line_start(file.line_column(next.start).0),
            _ => text.len(),
        };
        let (body, body_span) = trimmed(text, *from, to.max(*from));
        if heading.is_none() && body.is_empty() {
            continue;
        }
        let span = heading.unwrap_or(body_span);
        let heading = heading.map(|h| &text[h.start..h.end]);
        all.push(Passage { heading, span, body, body_span });
    }
    all
}

/// The text without blank lines around it; the blanks of its first line are kept, they may be an indent.
fn trimmed(text: &str, from: usize, to: usize) -> (&str, Span) {
    let part = &text[from..to];
    let mut skip = 0;
    for line in part.split_inclusive('\n') {
        if !line.trim().is_empty() {
            break;
        }
        skip += line.len();
    }
    let body = part[skip..].trim_end();
    (body, Span::new(from + skip, from + skip + body.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn level_one_headings_cut() {
        let file = SourceFile::new(
            "a.md",
            "# Ⅱ.3.⑧ 使用方法\n\n対象者に通知する。\n\n## 手順\n\n```\n# 印\n```\n# Ⅱ.3.⑨\r\nx\r\n",
        );
        let found = passages(&file);
        let heads: Vec<_> = found.iter().map(|p| p.heading).collect();
        assert_eq!(heads, [Some("Ⅱ.3.⑧ 使用方法"), Some("Ⅱ.3.⑨")]);
        assert_eq!(found[0].body, "対象者に通知する。\n\n## 手順\n\n```\n# 印\n```");
        assert_eq!(found[1].body, "x");
        assert_eq!(file.line_column(found[1].span.start), (10, 3));
    }

    #[test]
    fn text_before_the_first_heading_is_kept() {
        let file = SourceFile::new("a.md", "\n前書き\n# Ⅰ.1.②\n本文\n");
        let found = passages(&file);
        assert_eq!((found[0].heading, found[0].body), (None, "前書き"));
    }
}
