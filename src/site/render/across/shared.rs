//! The passages that documents share.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Desk;
use super::groups::{self, Group, PageLink, Row};
use super::item::beginning;
use crate::across::{Place, Shared};
use crate::diff::{self, Comparison};
use crate::markdown;
use crate::site::render::Page;
use crate::site::theme::RenderError;

/// Passages that are shown.
const MOST: usize = 400;
/// Spellings of a passage that are compared with the first.
const VARIANTS: usize = 3;
/// Letters of a heading.
const HEADING: usize = 30;

#[derive(Serialize)]
struct View<'a> {
    number: usize,
    total: usize,
    /// Passages beyond those that are shown.
    more: usize,
    groups: Vec<Group<'a>>,
    pages: Vec<PageLink>,
}

/// `/shared/`: the passages, those of the most municipalities first. `read` finds a passage by its key at a place.
pub fn shared_pages(
    desk: &Desk<'_>,
    shared: &[Shared],
    read: &dyn Fn(Place, u64) -> Option<String>,
) -> Result<Vec<Page>, RenderError> {
    let all: Vec<Group<'_>> =
        shared.iter().take(MOST).filter_map(|passage| group(desk, passage, read)).collect();
    let trail = [("shared", desk.word("across_shared"))];
    let split = groups::pages(all, desk.word("across_continued"));
    let of = split.len();
    let mut pages = Vec::new();
    for (groups, number) in split.into_iter().zip(1..) {
        let view = View {
            number,
            total: shared.len(),
            more: shared.len().saturating_sub(MOST),
            groups,
            pages: groups::links(number, of),
        };
        pages.push(desk.page("across-shared.html", &trail, number, &view, 64 * 1024)?);
    }
    Ok(pages)
}

fn group<'a>(
    desk: &Desk<'a>,
    passage: &Shared,
    read: &dyn Fn(Place, u64) -> Option<String>,
) -> Option<Group<'a>> {
    let mut spellings: BTreeMap<u64, usize> = BTreeMap::new();
    let mut texts: Vec<(String, Vec<String>)> = Vec::new();
    let mut rows = Vec::new();
    for (place, exact) in &passage.places {
        let document = desk.documents[place.document as usize].document;
        let anchor = document.form.anchor(place.slot, document.files);
        let row =
            Row::new(desk, place.document, &anchor, document.form.name(place.slot, document.files).line());
        let next = texts.len();
        let at = *spellings.entry(*exact).or_insert(next);
        if at == next {
            // Only the spellings that are shown are read again.
            let text = if at <= VARIANTS { read(*place, passage.key)? } else { String::new() };
            texts.push((text, Vec::new()));
        }
        texts[at].1.push(row.name());
        rows.push(row);
    }
    let (first, _) = texts.first()?;
    let letters = passage.letters.to_string();
    let counts = desk.filled(
        "across_shared_by",
        &[("m", &passage.municipalities.to_string()), ("d", &passage.documents.to_string()), ("n", &letters)],
    );
    Some(Group {
        heading: beginning(first, HEADING),
        notes: vec![counts],
        html: Some(html(first)),
        variants: texts
            .iter()
            .skip(1)
            .take(VARIANTS)
            .map(|(text, names)| variant(desk, first, text, names))
            .collect(),
        rows,
        ..Group::default()
    })
}

fn html(text: &str) -> String {
    let options = markdown::Options { heading_base: 4, footnote_prefix: "", resolve_link: &|_| None };
    markdown::to_html(text, &options)
}

/// How a spelling differs from the first, and who has it.
fn variant(desk: &Desk<'_>, first: &str, text: &str, names: &[String]) -> String {
    let who = match names {
        [only] => only.clone(),
        [first, more @ ..] => {
            desk.filled("across_and_more", &[("name", first), ("n", &more.len().to_string())])
        }
        [] => String::new(),
    };
    let mut head = "<p>".to_owned();
    markdown::escape(&desk.filled("across_variant", &[("name", &who)]), &mut head);
    head.push_str("</p>");
    match diff::compare(first, text) {
        Comparison::Inline(blocks) => head + &crate::site::render::diff::html(desk.theme, &blocks),
        Comparison::Unlike => head + &html(text),
    }
}
