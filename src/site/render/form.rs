//! A filled-in form as a page shows it: sections of headings and items in printed order.

use std::collections::BTreeSet;

use serde::Serialize;

use super::frame::DateView;
use super::value::{self, ValueView, names};
use crate::across;
use crate::assessment::{Answers, Assessment, Value};
use crate::form::{Entries, Form, Kind, Need, Node, NodeIx, Slot};
use crate::glossary::Linker;
use crate::history::{Timeline, nearest};
use crate::markdown;

/// One section, per file where the form repeats it.
#[derive(Serialize)]
pub(super) struct SectionView<'a> {
    heading: NodeView<'a>,
    blocks: Vec<Block<'a>>,
    /// Its place in the list of contents.
    contents: Vec<ContentsEntry>,
    /// It is the section 変更箇所, whose rows have a page of their own.
    is_changes: bool,
    /// The section before it and the one after it.
    previous: Option<ContentsEntry>,
    next: Option<ContentsEntry>,
}

/// A place in the list of contents.
#[derive(Debug, Clone, Serialize)]
struct ContentsEntry {
    id: String,
    heading: String,
}

/// A part of a section, with `is` telling templates its kind.
#[derive(Serialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub(super) enum Block<'a> {
    /// A heading or an item.
    Node(Box<NodeView<'a>>),
    /// Neighbouring items that do not apply.
    Folded {
        /// The items.
        rows: Vec<FoldedRow>,
    },
}

/// A heading, with the value that stands under it if it is an item.
#[derive(Serialize)]
pub(super) struct NodeView<'a> {
    /// Permanent anchor.
    id: String,
    /// The anchor it had when the document had a single file.
    alias: Option<String>,
    /// Its path in the form as `items.csv` has it, which no other place shares: Ⅱ.3.⑧, 表紙.評価書番号.
    reference: String,
    /// Level of the heading, 2 to 6.
    level: u8,
    /// A numbered subsection, which stands out and is in the list of contents.
    is_subsection: bool,
    heading: String,
    /// The name of the file or entry that the heading is about.
    name: Option<&'a str>,
    /// What the form prints behind the label, e.g. 【行政機関等のみ】.
    suffix: Option<&'a str>,
    kome: bool,
    /// What the form prints below the label.
    notes: Vec<&'a str>,
    value: Option<ValueView<'a>>,
    history: Option<HistoryView>,
    /// The page with the answers of all documents, from the root of the site.
    across: Option<String>,
    /// The number as the form prints it (⑧), for links that stand right below the heading; empty where it has none.
    mark: &'a str,
    /// A link leads to the place itself: from items, and from the headings in the list of contents.
    is_citable: bool,
}

/// An item whose condition is not met.
#[derive(Serialize)]
pub(super) struct FoldedRow {
    id: String,
    alias: Option<String>,
    name: String,
    history: Option<HistoryView>,
}

/// The changes of a place.
#[derive(Serialize)]
pub(super) struct HistoryView {
    count: usize,
    last: Option<DateView>,
    /// The page of the place with all its changes.
    href: String,
}

/// The form of a document as sections. Without a timeline, items have no links to their changes.
pub(super) fn sections<'a>(
    assessment: &'a Assessment,
    timeline: Option<&'a Timeline>,
) -> Vec<SectionView<'a>> {
    let mut builder = Builder::new(assessment, timeline, "");
    // Only the page of today leads to those of others: a frozen version has no timeline.
    if timeline.is_some() {
        builder.across = across::answered(assessment);
    }
    let mut sections: Vec<_> = builder.form.sections().flat_map(|section| builder.section(section)).collect();
    let entries: Vec<_> = sections.iter().map(|section| section_entry(&section.heading)).collect();
    for (at, section) in sections.iter_mut().enumerate() {
        section.previous = at.checked_sub(1).and_then(|before| entries.get(before)).cloned();
        section.next = entries.get(at + 1).cloned();
    }
    sections
}

/// Links the words of the glossary where they first stand in the texts of a form.
pub(super) fn link_terms(sections: &mut [SectionView<'_>], linker: &mut Linker<'_>) {
    for block in sections.iter_mut().flat_map(|section| &mut section.blocks) {
        if let Block::Node(node) = block
            && let Some(value) = &mut node.value
        {
            value.link_terms(linker);
        }
    }
}

/// A section by its heading and, where the form repeats it, the name of its file.
fn section_entry(heading: &NodeView<'_>) -> ContentsEntry {
    let name = heading.name.map(|name| format!(" {name}")).unwrap_or_default();
    ContentsEntry { id: heading.id.clone(), heading: format!("{}{name}", heading.heading) }
}

/// The heading of a place, and the name of the file or entry that it is about.
pub(super) fn heading_at(assessment: &Assessment, slot: Slot) -> (String, Option<&str>) {
    let builder = Builder::new(assessment, None, "");
    let node = builder.form.node(slot.node);
    (builder.heading(node, slot), builder.entry_name(node, slot))
}

/// What the entry of a repeat is called: its number and its name, e.g. 委託事項2 印刷業務.
pub fn entry_name(assessment: &Assessment, slot: Slot) -> Option<String> {
    let (heading, name) = heading_at(assessment, slot);
    // A file is known by its name alone.
    if let Some(name) = name.filter(|_| assessment.form().node(slot.node).is_per_file()) {
        return Some(name.to_owned());
    }
    Some(name.map_or_else(|| heading.clone(), |name| format!("{heading} {name}")))
}

/// The permanent address of the item that a reference in a text means, below the page of the document.
pub(super) fn link_from(assessment: &Assessment, reference: &str, to_document: &str) -> Option<String> {
    Builder::new(assessment, None, to_document).link(reference)
}

/// The value of one item for another page, from which `to_document` leads to that of the document. It stands there below an h2.
pub(super) fn value_at<'a>(
    assessment: &'a Assessment,
    timeline: &'a Timeline,
    slot: Slot,
    to_document: &'a str,
) -> ValueView<'a> {
    let builder = Builder::new(assessment, Some(timeline), to_document);
    builder.value_view(builder.form.node(slot.node), slot, "now", 3)
}

struct Builder<'a> {
    form: &'a Form,
    answers: &'a Answers,
    timeline: Option<&'a Timeline>,
    files: u16,
    /// Way from the page to that of the document; empty on the page itself.
    to_document: &'a str,
    /// The items of which a page across documents is linked.
    across: BTreeSet<NodeIx>,
}

impl<'a> Builder<'a> {
    fn new(assessment: &'a Assessment, timeline: Option<&'a Timeline>, to_document: &'a str) -> Self {
        let answers = &assessment.answers;
        let across = BTreeSet::new();
        Self { form: answers.form(), answers, timeline, files: answers.files(), to_document, across }
    }

    fn section(&self, node: &'a Node) -> Vec<SectionView<'a>> {
        self.places(node, Entries::NONE)
            .map(|slot| {
                let is_changes = node.id == self.form.head.change_section;
                let mut blocks = Vec::new();
                if !is_changes {
                    self.children(node, slot.entries, &mut blocks);
                }
                let contents = blocks.iter().filter_map(contents_entry).collect();
                SectionView {
                    heading: self.view(node, slot),
                    blocks,
                    contents,
                    is_changes,
                    previous: None,
                    next: None,
                }
            })
            .collect()
    }

    /// A node once, or once for each entry.
    fn places(&self, node: &'a Node, entries: Entries) -> impl Iterator<Item = Slot> + use<'a> {
        let count = match &node.repeat {
            None => None,
            Some(_) if node.is_per_file() => Some(self.files),
            Some(_) => Some(self.answers.count(node, entries)),
        };
        let node = node.ix;
        let plain = count.is_none().then_some(Slot { node, entries });
        let entered = (1..=count.unwrap_or(0)).map(move |n| Slot { node, entries: entries.enter(n) });
        plain.into_iter().chain(entered)
    }

    fn children(&self, node: &'a Node, entries: Entries, blocks: &mut Vec<Block<'a>>) {
        for child in self.form.children(node) {
            for slot in self.places(child, entries) {
                self.node(child, slot, blocks);
            }
        }
    }

    fn node(&self, node: &'a Node, slot: Slot, blocks: &mut Vec<Block<'a>>) {
        // A subsection keeps its heading, so that the list of contents is that of the form.
        if !is_subsection(node) && self.is_folded(node, slot.entries) {
            self.fold(node, slot, folded_rows(blocks));
            return;
        }
        blocks.push(Block::Node(Box::new(self.view(node, slot))));
        self.children(node, slot.entries, blocks);
    }

    /// Whether nothing at and below a node applies, and nothing is written there.
    fn is_folded(&self, node: &'a Node, entries: Entries) -> bool {
        let slot = Slot { node: node.ix, entries };
        if node.is_item() && !self.is_not_applicable(slot) {
            return false;
        }
        let mut below = self.form.children(node).peekable();
        if !node.is_item() && below.peek().is_none() {
            return false;
        }
        below.all(|child| self.places(child, entries).all(|slot| self.is_folded(child, slot.entries)))
    }

    fn is_not_applicable(&self, slot: Slot) -> bool {
        self.value(slot).is_none() && matches!(self.form.need(slot, self.answers), Need::Blank(_))
    }

    fn value(&self, slot: Slot) -> Option<&'a Value> {
        self.answers.get(slot).filter(|value| !value.is_empty())
    }

    fn fold(&self, node: &'a Node, slot: Slot, rows: &mut Vec<FoldedRow>) {
        let id = self.form.anchor(slot, self.files);
        rows.push(FoldedRow {
            alias: self.alias(slot),
            name: self.heading(node, slot),
            history: self.history(slot, &id),
            id,
        });
        for child in self.form.children(node) {
            for slot in self.places(child, slot.entries) {
                self.fold(child, slot, rows);
            }
        }
    }

    fn view(&self, node: &'a Node, slot: Slot) -> NodeView<'a> {
        let mark = self.form.head.important_mark.as_deref().unwrap_or_default();
        // The mark itself stands behind the label.
        let exception = node.kome_text.as_deref().map(|text| text.trim_start_matches(mark));
        let notes = exception
            .filter(|t| !t.is_empty())
            .into_iter()
            .chain(node.risk_titles.iter().map(String::as_str));
        let id = self.form.anchor(slot, self.files);
        let heading = self.heading(node, slot);
        NodeView {
            alias: self.alias(slot),
            reference: self.form.reference(slot, self.files),
            level: heading_level(node),
            is_subsection: is_subsection(node),
            name: self.entry_name(node, slot),
            suffix: node.label_suffix.as_deref(),
            kome: node.kome,
            notes: notes.collect(),
            value: node.is_item().then(|| self.value_view(node, slot, &id, heading_level(node) + 1)),
            history: self.history(slot, &id),
            across: self.across.contains(&node.ix).then(|| across::item_address(self.form, node)),
            mark: node.mark.as_deref().unwrap_or_default(),
            is_citable: node.is_item() || node.depth <= 1 || node.repeat.is_some(),
            heading,
            id,
        }
    }

    fn heading(&self, node: &Node, slot: Slot) -> String {
        if node.repeat.is_none() {
            return node.heading();
        }
        let reference = self.form.reference(slot, self.files);
        if node.is_per_file() {
            return format!("{reference} {}", node.label);
        }
        reference.rsplit('.').next().unwrap_or_default().to_owned()
    }

    /// What an entry is called: the name of the file, or what its first item says where that is short.
    fn entry_name(&self, node: &'a Node, slot: Slot) -> Option<&'a str> {
        const LONGEST_NAME: usize = 40;
        let repeat = node.repeat.as_ref()?;
        if let Some(list) = repeat.keyed_by.as_ref().and_then(|id| self.form.by_id(id)) {
            let Value::Text(text) = self.value(Slot::plain(list.ix))? else { return None };
            let number = slot.entries.numbers().last()?;
            return names(text).get(usize::from(number) - 1).copied();
        }
        let first = self.form.children(node).next()?;
        let Value::Text(text) = self.value(Slot { node: first.ix, entries: slot.entries })? else {
            return None;
        };
        let is_name = !text.contains('\n') && text.chars().count() <= LONGEST_NAME;
        is_name.then_some(text.as_str())
    }

    fn value_view(&self, node: &'a Node, slot: Slot, anchor: &str, heading_base: u8) -> ValueView<'a> {
        let Some(value) = self.value(slot) else { return self.empty_view(node, slot) };
        let prefix = format!("{anchor}-");
        let options = markdown::Options {
            heading_base: heading_base.min(6),
            footnote_prefix: &prefix,
            resolve_link: &|reference| self.link(reference),
        };
        value::view(self.form, node, value, &options)
    }

    fn empty_view(&self, node: &'a Node, slot: Slot) -> ValueView<'a> {
        if let Some(text) = &node.fixed_text {
            return ValueView::Printed { text };
        }
        if node.kind == Kind::Flag {
            return ValueView::Flag { ticked: false };
        }
        if self.is_not_applicable(slot) { ValueView::NotApplicable } else { ValueView::Missing }
    }

    fn link(&self, reference: &str) -> Option<String> {
        let slot = self.form.resolve(reference, self.files).target?.slot;
        Some(format!("{}#{}", self.to_document, self.form.anchor(nearest(self.answers, slot)?, self.files)))
    }

    fn alias(&self, slot: Slot) -> Option<String> {
        let is_first_of_many = self.files > 1
            && slot.entries.numbers().next() == Some(1)
            && self.form.section_of(slot.node).is_per_file();
        is_first_of_many.then(|| self.form.anchor(slot, 1))
    }

    fn history(&self, slot: Slot, anchor: &str) -> Option<HistoryView> {
        let changes = self.timeline?.at(slot);
        let count = changes.len();
        let last = changes.last()?;
        Some(HistoryView { count, last: last.date.map(DateView::from), href: format!("items/{anchor}/") })
    }
}

/// Sections are below the page's h1. HTML ends at h6.
fn heading_level(node: &Node) -> u8 {
    u8::try_from(node.depth + 2).unwrap_or(6).min(6)
}

/// A numbered part of a section: Ⅰ.1, Ⅱ.3 … Others of that depth (the items of the cover) are plain items.
fn is_subsection(node: &Node) -> bool {
    node.depth == 1 && node.mark.is_some()
}

fn contents_entry(block: &Block<'_>) -> Option<ContentsEntry> {
    match block {
        Block::Node(node) if node.is_subsection => {
            Some(ContentsEntry { id: node.id.clone(), heading: node.heading.clone() })
        }
        _ => None,
    }
}

/// The rows of the folded block at the end, which is made where there is none.
fn folded_rows<'b>(blocks: &'b mut Vec<Block<'_>>) -> &'b mut Vec<FoldedRow> {
    if !matches!(blocks.last(), Some(Block::Folded { .. })) {
        blocks.push(Block::Folded { rows: Vec::new() });
    }
    match blocks.last_mut() {
        Some(Block::Folded { rows }) => rows,
        _ => unreachable!("a folded block was just pushed"),
    }
}
