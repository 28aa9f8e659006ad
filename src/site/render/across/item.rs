//! The page of an item: what every document answers.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Desk;
use super::groups::{self, Group, PageLink, Row};
use crate::across::{Answer, Stored, item_address};
use crate::form::{Form, Kind, Node, Slot};
use crate::markdown;
use crate::site::render::Page;
use crate::site::render::frame::DateView;
use crate::site::render::value::names;
use crate::site::theme::RenderError;
use crate::wareki::CivilDate;

/// An answer up to this length stands in a table.
const SHORT: usize = 60;
/// With more documents than this, only the beginnings of long texts are shown.
const MANY: usize = 30;
/// Letters of a beginning.
const BEGINNING: usize = 600;

/// The answers to an item.
pub struct ItemAnswers<'a> {
    /// The newest edition of those that the documents have.
    pub form: &'static Form,
    /// The item in it.
    pub node: &'static Node,
    /// The answers of each document that answers, by the position of the document, ascending.
    pub answers: &'a [(u32, Vec<Answer>)],
    /// Addresses of all items that have a page.
    pub pages: &'a BTreeSet<String>,
}

#[derive(Serialize)]
struct View<'a> {
    /// Ⅱ.3.⑧ 使用方法.
    line: String,
    /// The headings above the item.
    above: Vec<String>,
    form: &'a str,
    number: usize,
    documents: usize,
    municipalities: usize,
    /// How often each answer was given; on the first page.
    counts: Vec<Count<'a>>,
    /// Answers in all.
    answers: usize,
    /// Several boxes may be ticked.
    is_several: bool,
    /// How the item is called in other editions of the form.
    editions: &'a [String],
    /// The same item in the other forms.
    others: &'a [Other<'a>],
    pages: Vec<PageLink>,
    groups: Vec<Group<'a>>,
}

#[derive(Serialize)]
struct Count<'a> {
    label: &'a str,
    answers: usize,
    documents: usize,
    municipalities: usize,
}

#[derive(Serialize)]
struct Other<'a> {
    address: String,
    form: &'a str,
    /// The edition, where the other item is of this form as well.
    edition: Option<&'a str>,
    line: String,
}

/// `/items/{form}/{item}/`, with further pages where the answers are many.
pub fn item_pages<E: From<RenderError>>(
    desk: &Desk<'_>,
    item: &ItemAnswers<'_>,
    write: &mut dyn FnMut(Page) -> Result<(), E>,
) -> Result<(), E> {
    let line = line_of(item.form, item.node);
    let counts = counts(desk, item);
    let groups = groups::pages(groups_of(desk, item, &counts), desk.word("across_continued"));
    let of = groups.len();
    let kind = item.form.kind();
    let dir = item.node.id.replace('.', "-");
    let trail = [
        ("items", desk.word("across_items")),
        (kind, item.form.head.short_title.as_str()),
        (dir.as_str(), line.as_str()),
    ];
    let tally = Tally::of(desk, item.answers.iter().map(|(document, answers)| (*document, answers.len())));
    let (editions, others) = (editions(desk, item, &line), others(item));
    let mut counts = Some(counts);
    for (mut groups, number) in groups.into_iter().zip(1..) {
        if number > 1 {
            groups.iter_mut().filter_map(|group| group.html.as_mut()).for_each(deeper);
        }
        let view = View {
            line: line.clone(),
            above: above(item.form, item.node),
            form: &item.form.head.short_title,
            number,
            documents: tally.documents,
            municipalities: tally.municipalities,
            counts: counts.take().unwrap_or_default(),
            answers: tally.answers,
            is_several: item.node.kind == Kind::Checks,
            editions: &editions,
            others: &others,
            pages: groups::links(number, of),
            groups,
        };
        write(desk.page("across-item.html", &trail, number, &view, 64 * 1024)?)?;
    }
    Ok(())
}

/// The name of an item without the numbers of entries.
pub(super) fn line_of(form: &Form, node: &Node) -> String {
    let line = form.name(Slot::plain(node.ix), 1).line();
    // An item without words of its own is called by what stands above it.
    match node.parent.map(|parent| form.node(parent)) {
        Some(parent) if node.synthetic_label && !line.contains(&parent.label) => {
            format!("{line}（{}）", parent.label)
        }
        _ => line,
    }
}

fn above(form: &Form, node: &Node) -> Vec<String> {
    let heading = |node: &&Node| {
        if node.repeat.is_some() && !node.is_per_file() { node.label.clone() } else { node.heading() }
    };
    let mut line: Vec<String> = form.ancestry(node.ix).iter().map(heading).collect();
    line.pop();
    line
}

/// What is said of an item in the other editions that documents have, where it is called differently there.
fn editions(desk: &Desk<'_>, item: &ItemAnswers<'_>, line: &str) -> Vec<String> {
    let mut ids = BTreeSet::new();
    let forms = item.answers.iter().map(|(document, _)| desk.documents[*document as usize].document.form);
    let others = forms.filter(|form| form.head.id != item.form.head.id && ids.insert(form.head.id.clone()));
    let mut notes = Vec::new();
    for form in others {
        let Some(node) = form.by_id(&item.node.id) else { continue };
        let other = line_of(form, node);
        let key = if other == line { "across_edition_same" } else { "across_edition_other" };
        notes.push(desk.filled(key, &[("edition", &form.head.edition), ("item", &other)]));
    }
    notes
}

/// The same item in the other forms, and in other editions of this one where it has another id.
fn others<'a>(item: &ItemAnswers<'_>) -> Vec<Other<'a>> {
    let roles: Vec<&str> = item.form.roles_of(item.node.ix).collect();
    let own = item_address(item.form, item.node);
    let mut seen = BTreeSet::from([own]);
    let mut others = Vec::new();
    for form in Form::all() {
        for node in roles.iter().filter_map(|role| form.role(role)) {
            let address = item_address(form, node);
            if item.pages.contains(&address) && seen.insert(address.clone()) {
                let is_same_form = form.kind() == item.form.kind();
                others.push(Other {
                    address,
                    form: &form.head.short_title,
                    edition: is_same_form.then_some(form.head.edition.as_str()),
                    line: line_of(form, node),
                });
            }
        }
    }
    others
}

struct Tally {
    documents: usize,
    municipalities: usize,
    answers: usize,
}

impl Tally {
    /// Counts documents, each with the number of its answers, and their municipalities.
    fn of(desk: &Desk<'_>, answers: impl Iterator<Item = (u32, usize)>) -> Self {
        let mut by_document: BTreeMap<u32, usize> = BTreeMap::new();
        for (document, count) in answers {
            *by_document.entry(document).or_default() += count;
        }
        let codes: BTreeSet<&str> =
            by_document.keys().map(|at| desk.documents[*at as usize].municipality.code.as_str()).collect();
        Self {
            documents: by_document.len(),
            municipalities: codes.len(),
            answers: by_document.values().sum(),
        }
    }
}

/// The answers that a choice, a check list or a flag allows, in the form's order, then what else was written.
fn labels<'a>(desk: &Desk<'a>, item: &ItemAnswers<'a>) -> Vec<&'a str> {
    let mut labels: Vec<&str> = match item.node.kind {
        Kind::Choice => item.form.options(item.node).iter().map(|option| option.label.as_str()).collect(),
        Kind::Checks => item.form.boxes(item.node).iter().map(|check| check.label.as_str()).collect(),
        Kind::Flag => vec![desk.word("ticked"), desk.word("not_ticked")],
        _ => return Vec::new(),
    };
    for (_, answer) in all(item) {
        for (label, _) in labels_of(desk, answer) {
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
    }
    labels
}

/// What an answer chooses, with what stands in parentheses.
fn labels_of<'a>(desk: &Desk<'a>, answer: &'a Answer) -> Vec<(&'a str, Option<&'a str>)> {
    match &answer.value {
        Stored::Choice(label) => vec![(label, None)],
        Stored::Checks(ticks) if ticks.is_empty() => vec![(desk.word("across_none_ticked"), None)],
        Stored::Checks(ticks) => {
            ticks.iter().map(|(label, text)| (label.as_str(), text.as_deref())).collect()
        }
        Stored::Flag(true) => vec![(desk.word("ticked"), None)],
        Stored::Flag(false) => vec![(desk.word("not_ticked"), None)],
        Stored::Unfit(text) => vec![(desk.word("across_unfit"), Some(text))],
        _ => Vec::new(),
    }
}

fn all<'a>(item: &ItemAnswers<'a>) -> impl Iterator<Item = (u32, &'a Answer)> {
    item.answers.iter().flat_map(|(document, answers)| answers.iter().map(|answer| (*document, answer)))
}

fn counts<'a>(desk: &Desk<'a>, item: &ItemAnswers<'a>) -> Vec<Count<'a>> {
    let count = |label: &'a str| {
        let chosen =
            all(item).filter(|(_, answer)| labels_of(desk, answer).iter().any(|(other, _)| *other == label));
        let tally = Tally::of(desk, chosen.map(|(document, _)| (document, 1)));
        Count {
            label,
            answers: tally.answers,
            documents: tally.documents,
            municipalities: tally.municipalities,
        }
    };
    labels(desk, item).into_iter().map(count).collect()
}

fn groups_of<'a>(desk: &Desk<'a>, item: &ItemAnswers<'a>, counts: &[Count<'a>]) -> Vec<Group<'a>> {
    if matches!(item.node.kind, Kind::Choice | Kind::Checks | Kind::Flag) {
        return chosen(desk, item, counts);
    }
    let mut table =
        Group { heading: desk.word("across_answers").to_owned(), is_table: true, ..Group::default() };
    let mut texts = Texts::default();
    for (document, answer) in all(item) {
        let mut row = Row::new(desk, document, &answer.anchor, answer.entry.as_str());
        match brief(desk, item, &answer.value) {
            Brief::Text(text) => row.answer = Some(text),
            Brief::Date(date) => row.date = Some(date),
            Brief::Long(text) => {
                texts.add(text, row);
                continue;
            }
        }
        table.rows.push(row);
    }
    let long = texts.groups(desk, item.answers.len() > MANY);
    if !long.is_empty() {
        desk.word("across_short_answers").clone_into(&mut table.heading);
    }
    let table = (!table.rows.is_empty()).then_some(table);
    table.into_iter().chain(long).collect()
}

/// Who chose what.
fn chosen<'a>(desk: &Desk<'a>, item: &ItemAnswers<'a>, counts: &[Count<'a>]) -> Vec<Group<'a>> {
    let group = |count: &Count<'a>| {
        let mut rows = Vec::new();
        for (document, answer) in all(item) {
            let Some((_, text)) =
                labels_of(desk, answer).into_iter().find(|(label, _)| *label == count.label)
            else {
                continue;
            };
            let mut row = Row::new(desk, document, &answer.anchor, answer.entry.as_str());
            row.answer = text.filter(|text| !text.trim().is_empty()).map(str::to_owned);
            rows.push(row);
        }
        Group { heading: count.label.to_owned(), rows, ..Group::default() }
    };
    counts.iter().filter(|count| count.answers > 0).map(group).collect()
}

enum Brief<'a> {
    Text(String),
    Date(DateView),
    Long(&'a str),
}

/// An answer in a table, where it is short.
fn brief<'a>(desk: &Desk<'_>, item: &ItemAnswers<'_>, value: &'a Stored) -> Brief<'a> {
    match value {
        Stored::Date(iso) => match date_of(iso) {
            Some(date) => Brief::Date(date.into()),
            None => Brief::Text(iso.clone()),
        },
        Stored::Count(number) => {
            Brief::Text(format!("{number}{}", item.node.unit.as_deref().unwrap_or_default()))
        }
        Stored::Figures(captions) => {
            Brief::Text(captions.iter().map(|text| beginning(text, SHORT)).collect::<Vec<_>>().join("、"))
        }
        Stored::Text(text) if item.node.list && text.chars().count() < 2 * SHORT => {
            Brief::Text(names(text).join("、"))
        }
        Stored::Text(text) if text.contains('\n') || text.chars().count() > SHORT => Brief::Long(text),
        Stored::Text(text) => Brief::Text(plain(text)),
        Stored::Choice(text) => Brief::Text(text.clone()),
        Stored::Unfit(text) => Brief::Text(format!("{text}（{}）", desk.word("across_unfit"))),
        Stored::Flag(is_ticked) => {
            Brief::Text(desk.word(if *is_ticked { "ticked" } else { "not_ticked" }).to_owned())
        }
        Stored::Checks(ticks) => {
            Brief::Text(ticks.iter().map(|(label, _)| label.as_str()).collect::<Vec<_>>().join("、"))
        }
    }
}

/// A short text without its markup.
fn plain(text: &str) -> String {
    markdown::plain_blocks(text).iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join(" ")
}

fn date_of(iso: &str) -> Option<CivilDate> {
    let mut parts = iso.split('-');
    let (year, month) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    match parts.next() {
        Some(day) => CivilDate::from_ymd(year, month, day.parse().ok()?),
        None => CivilDate::from_ym(year, month),
    }
}

/// Long texts, equal ones once.
#[derive(Default)]
struct Texts<'t, 'a> {
    known: BTreeMap<&'t str, usize>,
    all: Vec<(&'t str, Vec<Row<'a>>)>,
}

impl<'t, 'a> Texts<'t, 'a> {
    fn add(&mut self, text: &'t str, row: Row<'a>) {
        let at = *self.known.entry(text).or_insert(self.all.len());
        match self.all.get_mut(at) {
            Some((_, rows)) => rows.push(row),
            None => self.all.push((text, vec![row])),
        }
    }

    fn groups(mut self, desk: &Desk<'a>, is_cut: bool) -> Vec<Group<'a>> {
        // The texts that most have first; else in the order of documents.
        self.all.sort_by_key(|(_, rows)| std::cmp::Reverse(rows.len()));
        let group = |(number, (text, rows)): (usize, (&str, Vec<Row<'a>>))| {
            let letters = text.chars().filter(|sign| !sign.is_whitespace()).count();
            let shown = if is_cut { beginning(text, BEGINNING) } else { text.to_owned() };
            let is_shortened = shown.len() < text.len();
            let name = rows.first().map_or_else(String::new, Row::name);
            let heading = match rows.len() {
                1 => name.clone(),
                n => desk.filled("across_same_text", &[("name", &name), ("n", &(n - 1).to_string())]),
            };
            let summary = desk.filled("across_open_text", &[("n", &letters.to_string())]);
            let way = rows
                .first()
                .map_or("", |row| row.address.as_str())
                .split('#')
                .next()
                .unwrap_or_default()
                .to_owned();
            Group {
                heading,
                html: Some(html(&shown, number, &way)),
                summary: Some(summary),
                is_cut: is_shortened,
                rows,
                ..Group::default()
            }
        };
        self.all.into_iter().enumerate().map(group).collect()
    }
}

impl Row<'_> {
    /// Who it is, in one line.
    pub(super) fn name(&self) -> String {
        [self.municipality, self.title, &self.entry]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// A text as its document shows it. Its references lead to the document: where its items stand is known there.
fn html(text: &str, number: usize, document: &str) -> String {
    let prefix = format!("a{number}-");
    let way = format!("{ROOT}{document}");
    let options =
        markdown::Options { heading_base: 4, footnote_prefix: &prefix, resolve_link: &|_| Some(way.clone()) };
    markdown::to_html(text, &options)
}

/// Way from the page of an item to the root. Further pages lie one folder deeper, see [`deeper`].
const ROOT: &str = "../../../";

/// Makes the links of a text fit for a further page, which lies one folder deeper.
fn deeper(html: &mut String) {
    let from = format!("href=\"{ROOT}");
    if html.contains(&from) {
        *html = html.replace(&from, &format!("href=\"../{ROOT}"));
    }
}

/// The beginning of a text, to the end of a line or sentence where one is near.
pub(super) fn beginning(text: &str, letters: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(letters) else { return text.to_owned() };
    let head = &text[..end];
    let stop = head.rfind(['\n', '。']).filter(|at| *at > end / 2);
    let cut = match stop {
        Some(at) if head[at..].starts_with('。') => &head[..at + '。'.len_utf8()],
        Some(at) => &head[..at],
        None => head,
    };
    format!("{}…", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_ends_with_a_sentence() {
        assert_eq!(beginning("短い", 10), "短い");
        assert_eq!(beginning("一つめの文。二つめの文", 8), "一つめの文。…");
        assert_eq!(beginning("句点のない長い文", 4), "句点のな…");
    }

    #[test]
    fn dates_are_read_again() {
        assert_eq!(date_of("2023-11-14"), CivilDate::from_ymd(2023, 11, 14));
        assert_eq!(date_of("2015-12"), CivilDate::from_ym(2015, 12));
        assert_eq!(date_of("12"), None);
    }

    #[test]
    fn every_item_has_a_name_of_its_own_kind() {
        for form in Form::all() {
            for node in form.nodes().iter().filter(|node| node.is_item()) {
                let line = line_of(form, node);
                assert!(!line.trim().is_empty() && !line.contains('{'), "{}: {line}", node.id);
            }
        }
    }
}
