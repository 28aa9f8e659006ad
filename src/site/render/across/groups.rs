//! Lists of documents under headings, spread over pages.

use std::borrow::Cow;

use serde::Serialize;

use super::Desk;
use crate::site::render::frame::DateView;

/// The size in bytes from which on a list goes on on the next page.
const LARGEST: usize = 170_000;
/// What a row takes beside its words, in bytes.
const ROW: usize = 160;
/// What a group takes beside its rows and its text, in bytes.
const GROUP: usize = 400;
/// Pages before and behind one that it links to.
const NEAR: usize = 3;

/// Documents under one heading.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Group<'a> {
    /// Anchor, where the group can be linked to.
    pub(super) id: Option<String>,
    pub(super) heading: String,
    /// What is said below the heading.
    pub(super) notes: Vec<String>,
    /// A text that all of them have, HTML.
    pub(super) html: Option<String>,
    /// The text is folded, with this to open it.
    pub(super) summary: Option<String>,
    /// Only the beginning of the text is shown.
    pub(super) is_cut: bool,
    /// Spellings that differ from the text, HTML.
    pub(super) variants: Vec<String>,
    /// The rows have answers of their own.
    pub(super) is_table: bool,
    pub(super) rows: Vec<Row<'a>>,
}

/// A place in a document.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Row<'a> {
    /// Way to the item, from the root of the site.
    pub(super) address: String,
    pub(super) municipality: &'a str,
    pub(super) title: &'a str,
    /// The entries around the item, or the item.
    pub(super) entry: Cow<'a, str>,
    /// What is answered there, where each row has an answer of its own.
    pub(super) answer: Option<String>,
    /// A date that is answered.
    pub(super) date: Option<DateView>,
}

/// A page of several, as `causes-pages.html` shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct PageLink {
    number: usize,
    /// None for the page itself.
    href: Option<String>,
}

impl<'a> Row<'a> {
    /// The row of a place in a document.
    pub(super) fn new(desk: &Desk<'a>, document: u32, anchor: &str, entry: impl Into<Cow<'a, str>>) -> Self {
        let subject = &desk.documents[document as usize];
        Self {
            address: format!("{}/{}/#{anchor}", subject.municipality.code, subject.document.dir),
            municipality: &subject.municipality.name,
            title: &subject.document.title,
            entry: entry.into(),
            answer: None,
            date: None,
        }
    }

    fn size(&self) -> usize {
        let words = self.municipality.len() + self.title.len() + self.entry.len() + self.address.len();
        ROW + words + self.answer.as_ref().map_or(0, String::len)
    }
}

impl Group<'_> {
    fn head_size(&self) -> usize {
        let texts = self.html.iter().chain(&self.variants).chain(&self.notes);
        GROUP + self.heading.len() + texts.map(String::len).sum::<usize>()
    }
}

/// Spreads groups over pages, in their order. A group that alone is too long goes on under its heading, without its text.
pub(super) fn pages<'a>(groups: Vec<Group<'a>>, more: &str) -> Vec<Vec<Group<'a>>> {
    let mut pages: Vec<Vec<Group<'a>>> = vec![Vec::new()];
    let mut filled = 0;
    for mut group in groups {
        let rows = std::mem::take(&mut group.rows);
        let head = group.head_size();
        let first_row = rows.first().map_or(0, Row::size);
        if filled > 0 && filled + head + first_row > LARGEST {
            pages.push(Vec::new());
            filled = 0;
        }
        filled += head;
        let (heading, is_table) = (group.heading.clone(), group.is_table);
        for row in rows {
            if filled + row.size() > LARGEST && !group.rows.is_empty() {
                let next = Group { heading: format!("{heading}{more}"), is_table, ..Group::default() };
                push(&mut pages, std::mem::replace(&mut group, next));
                pages.push(Vec::new());
                filled = GROUP;
            }
            filled += row.size();
            group.rows.push(row);
        }
        push(&mut pages, group);
    }
    pages
}

fn push<'a>(pages: &mut [Vec<Group<'a>>], group: Group<'a>) {
    if let Some(page) = pages.last_mut() {
        page.push(group);
    }
}

/// The links between pages, seen from one of them: the first, the last and those near it; none where it is the only one.
pub(super) fn links(number: usize, of: usize) -> Vec<PageLink> {
    if of == 1 {
        return Vec::new();
    }
    let href = |other: usize| {
        let up = if number == 1 { "" } else { "../" };
        match other {
            _ if other == number => None,
            1 => Some("../".to_owned()),
            _ => Some(format!("{up}{other}/")),
        }
    };
    let is_shown = |other: &usize| [1, of].contains(other) || other.abs_diff(number) <= NEAR;
    (1..=of).filter(is_shown).map(|other| PageLink { number: other, href: href(other) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(number: usize) -> Row<'static> {
        Row {
            address: format!("011002/{number}/#a"),
            municipality: "みほん市",
            title: "事務",
            entry: "".into(),
            answer: Some("甲".repeat(3000)),
            date: None,
        }
    }

    fn group(rows: usize) -> Group<'static> {
        Group { heading: "答え".to_owned(), rows: (0..rows).map(row).collect(), ..Group::default() }
    }

    #[test]
    fn no_row_is_lost_and_no_page_is_too_long() {
        for sizes in [vec![1], vec![5, 60, 3], vec![100], vec![17, 1, 17, 1], vec![0, 0]] {
            let total: usize = sizes.iter().sum();
            let pages = pages(sizes.iter().map(|rows| group(*rows)).collect(), "（続き）");
            let rows: Vec<_> = pages.iter().flatten().flat_map(|group| &group.rows).collect();
            assert_eq!(rows.len(), total);
            for page in &pages {
                let size: usize = page
                    .iter()
                    .map(|group| group.head_size() + group.rows.iter().map(Row::size).sum::<usize>())
                    .sum();
                assert!(size <= LARGEST, "{size}");
                assert!(!page.is_empty());
            }
        }
    }

    #[test]
    fn pages_lead_to_each_other() {
        let hrefs = |number| links(number, 3).into_iter().map(|link| link.href).collect::<Vec<_>>();
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(hrefs(1), [None, some("2/"), some("3/")]);
        assert_eq!(hrefs(2), [some("../"), None, some("../3/")]);
        assert_eq!(links(1, 1), []);
        let numbers = |number| links(number, 90).iter().map(|link| link.number).collect::<Vec<_>>();
        assert_eq!(numbers(40), [1, 37, 38, 39, 40, 41, 42, 43, 90]);
        assert_eq!(numbers(2), [1, 2, 3, 4, 5, 90]);
    }
}
