//! Links from the texts of a page to the glossary: a word is linked where it first stands on the page.
//!
//! Works on the markup that `markdown` has made, where it is certain what is text: a word in a link, a heading, the head of a table or
//! a piece of code stays as it is. Only tags are added, so that the text that people copy and search is the same.

use std::fmt::Write as _;

use super::Glossary;

/// Links the words of one page, text by text.
pub struct Linker<'p> {
    glossary: &'static Glossary,
    /// Way from the page to the root of the site.
    root: &'p str,
    /// The words that were linked.
    is_linked: Vec<bool>,
}

/// Elements in which no word is linked.
const CLOSED: [&str; 10] = ["a", "h1", "h2", "h3", "h4", "h5", "h6", "th", "code", "pre"];

impl<'p> Linker<'p> {
    /// For a page from which `root` leads to the root of the site.
    pub fn new(root: &'p str) -> Self {
        let glossary = Glossary::get();
        Self { glossary, root, is_linked: vec![false; glossary.terms().len()] }
    }

    /// The markup with links where words first stand; none where nothing changes.
    pub fn link(&mut self, html: &str) -> Option<String> {
        let mut out = String::new();
        let (mut at, mut copied, mut depth) = (0, 0, 0_usize);
        while at < html.len() {
            let end = html[at..].find('<').map_or(html.len(), |tag| at + tag);
            if depth == 0 {
                self.words(html, at, end, &mut copied, &mut out);
            }
            let Some(length) = html[end..].find('>') else { break };
            let tag = &html[end + 1..end + length];
            depth = depth_after(tag, depth);
            at = end + length + 1;
        }
        if copied == 0 {
            return None;
        }
        out.push_str(&html[copied..]);
        Some(out)
    }

    /// Links the words of one stretch of text.
    fn words(&mut self, html: &str, from: usize, to: usize, copied: &mut usize, out: &mut String) {
        let text = &html[from..to];
        for found in self.glossary.finder.find(text) {
            if std::mem::replace(&mut self.is_linked[found.entry], true) {
                continue;
            }
            let (start, end) = (from + found.place.start, from + found.place.end);
            out.push_str(&html[*copied..start]);
            let id = &self.glossary.terms()[found.entry].id;
            let _ = write!(
                out,
                "<a class=\"term\" href=\"{}glossary/#{id}\">{}</a>",
                self.root,
                &html[start..end]
            );
            *copied = end;
        }
    }
}

/// How many closed elements are open after a tag.
fn depth_after(tag: &str, depth: usize) -> usize {
    let (name, is_end) = tag.strip_prefix('/').map_or((tag, false), |name| (name, true));
    let name = name.split([' ', '\n']).next().unwrap_or_default();
    match (CLOSED.contains(&name), is_end) {
        (false, _) => depth,
        (true, false) => depth + 1,
        (true, true) => depth.saturating_sub(1),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::markdown;

    fn linked(html: &str) -> String {
        Linker::new("../../").link(html).unwrap_or_else(|| html.to_owned())
    }

    #[test]
    fn a_word_is_linked_once_on_a_page() {
        let mut linker = Linker::new("../../");
        let first = linker.link("<p>符号を使う。符号は番号である。</p>").unwrap();
        assert_eq!(
            first,
            "<p><a class=\"term\" href=\"../../glossary/#fugo\">符号</a>を使う。符号は番号である。</p>"
        );
        assert_eq!(linker.link("<p>また、符号を使う。</p>"), None);
    }

    #[test]
    fn other_names_of_a_word_are_the_word() {
        let html = linked("<p>マイナンバー、個人番号</p>");
        assert_eq!(html.matches("#kojin-bango\"").count(), 1, "{html}");
    }

    #[test]
    fn links_headings_and_code_stay_as_they_are() {
        for html in [
            "<h4>符号</h4>",
            "<p><a href=\"#ii-3\">符号<em>と</em>委託</a></p>",
            "<pre><code>符号 &lt;委託&gt;</code></pre>",
            "<table><thead><tr><th scope=\"col\">符号</th></tr></thead></table>",
            "<p><img src=\"a.svg\" alt=\"符号\"></p>",
        ] {
            assert_eq!(linked(html), html);
        }
        assert!(linked("<h4>委託</h4><p>委託</p>").starts_with("<h4>委託</h4><p><a class=\"term\""));
    }

    /// What is left of a page when its tags are taken out.
    fn text_of(html: &str) -> String {
        let mut text = String::new();
        let mut is_text = true;
        for c in html.chars() {
            match c {
                '<' => is_text = false,
                '>' => is_text = true,
                c if is_text => text.push(c),
                _ => {}
            }
        }
        text
    }

    proptest! {
        #[test]
        fn only_tags_are_added(words in proptest::collection::vec(
            "(特定個人情報|個人番号|委託|符号|\\*\\*|`|\\[|\\]|\\(#a\\)|# |\n\n|<b>|&amp;|番号法|の|に| |\\| a \\|\n)", 0..40)) {
            let options = markdown::Options { heading_base: 3, footnote_prefix: "", resolve_link: &|_| None };
            let html = markdown::to_html(&words.concat(), &options);
            let linked = linked(&html);
            prop_assert_eq!(text_of(&linked), text_of(&html));
            let nested = linked.split("<a ").skip(1).all(|after| after.find("</a>").is_some());
            prop_assert!(nested, "{}", linked);
            prop_assert_eq!(linked.matches("<a ").count(), linked.matches("</a>").count());
        }
    }
}
