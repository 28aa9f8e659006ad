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
/// Places of a passage that are listed: a passage of every city has no other use for the rest than their number.
const PLACES: usize = 300;
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
pub fn shared_pages<E: From<RenderError>>(
    desk: &Desk<'_>,
    shared: &[Shared],
    read: &dyn Fn(Place, u64) -> Result<Option<String>, E>,
    write: &mut dyn FnMut(Page) -> Result<(), E>,
) -> Result<(), E> {
    let mut all: Vec<Group<'_>> = Vec::new();
    for passage in shared.iter().take(MOST) {
        all.extend(group(desk, passage, read)?);
    }
    let trail = [("shared", desk.word("across_shared"))];
    let split = groups::pages(all, desk.word("across_continued"));
    let of = split.len();
    for (groups, number) in split.into_iter().zip(1..) {
        let view = View {
            number,
            total: shared.len(),
            more: shared.len().saturating_sub(MOST),
            groups,
            pages: groups::links(number, of),
        };
        write(desk.page("across-shared.html", &trail, number, &view, 64 * 1024)?)?;
    }
    Ok(())
}

fn group<'a, E>(
    desk: &Desk<'a>,
    passage: &Shared,
    read: &dyn Fn(Place, u64) -> Result<Option<String>, E>,
) -> Result<Option<Group<'a>>, E> {
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
            let text = if at <= VARIANTS { read(*place, passage.key)? } else { None };
            texts.push((text.unwrap_or_default(), Vec::new()));
        }
        texts[at].1.push(row.name());
        rows.push(row);
    }
    let Some((first, _)) = texts.first() else { return Ok(None) };
    let letters = passage.letters.to_string();
    let counts = desk.filled(
        "across_shared_by",
        &[("m", &passage.municipalities.to_string()), ("d", &passage.documents.to_string()), ("n", &letters)],
    );
    let more = rows.len().saturating_sub(PLACES);
    rows.truncate(PLACES);
    let others = desk.filled("across_more_places", &[("n", &more.to_string())]);
    Ok(Some(Group {
        heading: beginning(first, HEADING),
        notes: std::iter::once(counts).chain((more > 0).then_some(others)).collect(),
        html: Some(html(first)),
        variants: texts
            .iter()
            .skip(1)
            .take(VARIANTS)
            .map(|(text, names)| variant(desk, first, text, names))
            .collect(),
        rows,
        ..Group::default()
    }))
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
