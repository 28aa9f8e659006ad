//! Footnotes: numbered in the order in which they are met, with ids that are unique within the page.

use std::fmt::Write as _;

use pulldown_cmark::CowStr;

use super::escape::escape;

/// The footnotes of one text.
pub(super) struct Notes<'e> {
    prefix: &'e str,
    /// Labels in the order of their numbers, and whether one was referred to.
    met: Vec<(CowStr<'e>, bool)>,
}

impl<'e> Notes<'e> {
    /// No footnote yet; ids will begin with `prefix`.
    pub(super) fn new(prefix: &'e str) -> Self {
        Self { prefix, met: Vec::new() }
    }

    /// Writes the sign in the text; the first one for a footnote can be returned to.
    pub(super) fn refer(&mut self, label: &CowStr<'e>, out: &mut String) {
        let at = self.meet(label);
        out.push_str("<sup><a href=\"#");
        self.id("fn", at, out);
        out.push('"');
        if !std::mem::replace(&mut self.met[at].1, true) {
            out.push_str(" id=\"");
            self.id("fnref", at, out);
            out.push('"');
        }
        let _ = write!(out, ">注{}</a></sup>", at + 1);
    }

    /// Begins a footnote.
    pub(super) fn open(&mut self, label: &CowStr<'e>, out: &mut String) {
        let at = self.meet(label);
        out.push_str("<div class=\"footnote\" id=\"");
        self.id("fn", at, out);
        out.push_str("\"><span class=\"footnote-number\">");
        if self.met[at].1 {
            out.push_str("<a href=\"#");
            self.id("fnref", at, out);
            let _ = write!(out, "\">注{}</a></span>", at + 1);
        } else {
            let _ = write!(out, "注{}</span>", at + 1);
        }
    }

    fn meet(&mut self, label: &CowStr<'e>) -> usize {
        if let Some(at) = self.met.iter().position(|(known, _)| known == label) {
            return at;
        }
        self.met.push((label.clone(), false));
        self.met.len() - 1
    }

    fn id(&self, kind: &str, at: usize, out: &mut String) {
        escape(self.prefix, out);
        let _ = write!(out, "-{kind}{}", at + 1);
    }
}
