//! `[[Ⅱ.3.⑧ 使用方法]]`: references to items of the form within prose.

use std::ops::Range;

/// One reference in a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Reference<'t> {
    /// The bytes between the double brackets.
    pub inner: Range<usize>,
    /// What is referred to, without blanks around it.
    pub target: &'t str,
    /// What is shown.
    pub label: &'t str,
}

impl Reference<'_> {
    /// The bytes with the brackets.
    pub(super) fn outer(&self) -> Range<usize> {
        self.inner.start - 2..self.inner.end + 2
    }
}

/// The references in a part of a text, from left to right.
pub(super) fn find(text: &str, part: Range<usize>) -> impl Iterator<Item = Reference<'_>> {
    let mut at = part.start;
    // An escaped bracket is the first character of its text event; the backslash stands before the event.
    if text[..at].ends_with('\\') && text[at..part.end].starts_with('[') {
        at += 1;
    }
    std::iter::from_fn(move || {
        loop {
            let open = at + text[at..part.end].find("[[")? + 2;
            // In `[[[a]]` the innermost pair counts.
            let start =
                open + (text[open..part.end].len() - text[open..part.end].trim_start_matches('[').len());
            let end = start + text[start..part.end].find(['[', ']', '\n'])?;
            at = end;
            if !text[end..part.end].starts_with("]]") {
                continue;
            }
            at = end + 2;
            if let Some(reference) = reference(text, start..end) {
                return Some(reference);
            }
        }
    })
}

/// What the text between the brackets refers to.
pub(super) fn target(inner: &str) -> &str {
    inner.split_once('|').map_or(inner, |(target, _)| target).trim()
}

fn reference(text: &str, inner: Range<usize>) -> Option<Reference<'_>> {
    let target = target(&text[inner.clone()]);
    let label = text[inner.clone()].split_once('|').map_or("", |(_, label)| label.trim());
    let label = if label.is_empty() { target } else { label };
    (!target.is_empty()).then_some(Reference { inner, target, label })
}
