//! Two versions of a document in one: every changed item in the order of the form with what differs in it, and the items that did
//! not change folded away. Pages that compare published versions and the pack for reviewers show it.

mod body;
mod figures;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::form;
use super::value::{self, ValueView};
use crate::assessment::{Assessment, Placed, Value};
use crate::compare::{Comparison, Difference, DifferenceKind, FigureDigests};
use crate::form::{Entries, Form, Slot};
use crate::markdown;
use crate::site::theme::Theme;
use body::Body;

/// One of the two versions.
#[derive(Clone, Copy)]
pub struct RedlineSide<'a> {
    /// The document as it was or is.
    pub assessment: &'a Assessment,
    /// What its images hold.
    pub figures: &'a FigureDigests,
    /// Way to the page of this version, where items have their anchors; none where there is none.
    pub page: Option<&'a str>,
    /// The address of an image, by its path relative to the document's directory; none where it is not shown.
    pub image: &'a dyn Fn(&str) -> Option<String>,
}

/// How two versions are shown.
#[derive(Clone, Copy)]
pub struct RedlineOptions<'a> {
    /// Begins every id, so that several documents find room on one page; `""` for a page of one.
    pub prefix: &'a str,
    /// Level of the headings of chapters; those of items are one below.
    pub level: u8,
    /// Both texts in full below what differs, folded.
    pub has_full_texts: bool,
    /// HTML at the end of a difference, by its place in [`Comparison::differences`].
    pub extra: &'a dyn Fn(usize) -> Option<String>,
}

/// The view of two versions, which the template `redline.html` shows.
#[derive(Serialize)]
pub struct Redline<'a> {
    /// The anchor of each difference, in the order of [`Comparison::differences`].
    pub anchors: Vec<String>,
    /// How many differences there are.
    pub total: usize,
    /// How many of them are about items with ※.
    pub important: usize,
    /// How many items did not change.
    pub unchanged: usize,
    /// How many differences of which kind.
    kinds: Vec<KindCount>,
    level: u8,
    chapters: Vec<ChapterView<'a>>,
}

#[derive(Serialize)]
struct KindCount {
    kind: &'static str,
    count: usize,
}

/// A section of the form, per file where the form repeats it.
#[derive(Serialize)]
struct ChapterView<'a> {
    id: String,
    heading: String,
    /// The name of the file.
    name: Option<&'a str>,
    /// How many differences it has.
    count: usize,
    important: usize,
    parts: Vec<Part<'a>>,
    #[serde(skip)]
    key: ChapterKey,
}

/// The id of a section, and the file.
type ChapterKey = (String, Entries);

/// A part of a chapter, with `is` telling templates its kind.
#[derive(Serialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
enum Part<'a> {
    Difference(Box<DifferenceView<'a>>),
    /// Neighbouring items that did not change.
    Unchanged {
        rows: Vec<UnchangedRow>,
    },
}

#[derive(Serialize)]
struct DifferenceView<'a> {
    id: String,
    reference: String,
    label: String,
    /// What the entry is called.
    name: Option<&'a str>,
    /// How the version before names the place, where that is another name.
    was: Option<String>,
    kind: &'static str,
    important: bool,
    body: Body<'a>,
    /// Its places on the pages of both versions.
    before_href: Option<String>,
    after_href: Option<String>,
    extra: Option<String>,
}

#[derive(Serialize)]
struct UnchangedRow {
    line: String,
    href: Option<String>,
}

/// The view of what differs between two versions.
pub fn redline<'a>(
    theme: &Theme,
    before: RedlineSide<'a>,
    after: RedlineSide<'a>,
    comparison: &'a Comparison,
    options: RedlineOptions<'_>,
) -> Redline<'a> {
    let mut assembly = Assembly::new(theme, before, after, comparison, options);
    after.assessment.answers.walk(|placed| assembly.meet(placed));
    assembly.finish()
}

/// The chapters as they grow while the newer form is walked through.
struct Assembly<'a, 'o> {
    theme: &'o Theme,
    before: RedlineSide<'a>,
    after: RedlineSide<'a>,
    comparison: &'a Comparison,
    options: RedlineOptions<'o>,
    /// The differences that have a place in the newer version.
    placed: BTreeMap<Slot, Vec<usize>>,
    /// The others by where they stood in the order of print; those to come next are last.
    gone: Vec<(Key, usize)>,
    chapters: Vec<ChapterView<'a>>,
    anchors: Vec<String>,
    ids: BTreeSet<String>,
}

/// Where a place stands in print: the nodes around it and itself, each with the number of its entry.
type Key = Vec<(usize, u16)>;

impl<'a, 'o> Assembly<'a, 'o> {
    fn new(
        theme: &'o Theme,
        before: RedlineSide<'a>,
        after: RedlineSide<'a>,
        comparison: &'a Comparison,
        options: RedlineOptions<'o>,
    ) -> Self {
        let forms = (before.assessment.form(), after.assessment.form());
        let mut placed: BTreeMap<Slot, Vec<usize>> = BTreeMap::new();
        let mut gone = Vec::new();
        for (at, difference) in comparison.differences.iter().enumerate() {
            match (difference.before, difference.after) {
                (_, Some(slot)) => placed.entry(slot).or_default().push(at),
                (Some(slot), None) => gone.push((key_in(forms.1, forms.0, slot), at)),
                (None, None) => debug_assert!(false, "a difference at no place"),
            }
        }
        gone.sort();
        gone.reverse();
        Self {
            theme,
            before,
            after,
            comparison,
            options,
            placed,
            gone,
            chapters: Vec::new(),
            anchors: vec![String::new(); comparison.differences.len()],
            ids: BTreeSet::new(),
        }
    }

    /// A place of the newer form: shows what differs there. Returns whether to go below it.
    fn meet(&mut self, placed: Placed) -> bool {
        let Placed { node, slot } = placed;
        let form = self.after.assessment.form();
        self.show_gone_until(Some(&key_in(form, form, slot)));
        let here = self.placed.remove(&slot).unwrap_or_default();
        for at in &here {
            self.show(*at);
        }
        if here.iter().any(|at| self.comparison.differences[*at].kind == DifferenceKind::New) {
            return false;
        }
        if here.is_empty() && node.is_item() && self.says_something(slot) {
            self.fold(slot);
        }
        true
    }

    /// Whether the newer version answers an item; a box that is not ticked is no answer.
    fn says_something(&self, slot: Slot) -> bool {
        value_at(self.after, slot).is_some_and(|value| *value != Value::Flag(false))
    }

    /// Shows what stood before a place and is gone; everything that is left where no place is given.
    fn show_gone_until(&mut self, key: Option<&Key>) {
        while let Some((_, at)) = self.gone.pop_if(|(stood, _)| key.is_none_or(|key| *stood <= *key)) {
            self.show(at);
        }
    }

    fn finish(mut self) -> Redline<'a> {
        self.show_gone_until(None);
        // Places that the walk does not meet: nothing is lost.
        for (_, differences) in std::mem::take(&mut self.placed) {
            for at in differences {
                self.show(at);
            }
        }
        let mut kinds: Vec<KindCount> = Vec::new();
        let parts = || self.chapters.iter().flat_map(|chapter| &chapter.parts);
        let mut unchanged = 0;
        for part in parts() {
            match part {
                Part::Unchanged { rows } => unchanged += rows.len(),
                Part::Difference(view) => match kinds.iter_mut().find(|kind| kind.kind == view.kind) {
                    Some(kind) => kind.count += 1,
                    None => kinds.push(KindCount { kind: view.kind, count: 1 }),
                },
            }
        }
        kinds.sort_by_key(|kind| KINDS.iter().position(|id| *id == kind.kind));
        Redline {
            total: self.chapters.iter().map(|chapter| chapter.count).sum(),
            important: self.chapters.iter().map(|chapter| chapter.important).sum(),
            unchanged,
            kinds,
            level: self.options.level,
            chapters: self.chapters,
            anchors: self.anchors,
        }
    }

    fn show(&mut self, at: usize) {
        let difference = &self.comparison.differences[at];
        let (side, slot, is_gone) = match (difference.before, difference.after) {
            (_, Some(slot)) => (self.after, slot, false),
            (Some(slot), None) => (self.before, slot, true),
            (None, None) => return,
        };
        let anchor = anchor(side, slot);
        let id = self.unique(&if is_gone { format!("d-gone-{anchor}") } else { format!("d-{anchor}") });
        self.anchors[at].clone_from(&id);
        let name = side.assessment.form().name(slot, side.assessment.answers.files());
        let line = name.line();
        let was = difference.before.map(|slot| line_of(self.before, slot)).filter(|was| *was != line);
        let view = DifferenceView {
            reference: name.reference,
            label: name.label,
            name: difference.is_entry().then(|| form::heading_at(side.assessment, slot).1).flatten(),
            was: was.filter(|_| difference.kind != DifferenceKind::Moved),
            kind: self.kind(difference),
            important: difference.important,
            body: self.body(difference, &id),
            before_href: difference.before.and_then(|slot| href(self.before, slot)),
            after_href: difference.after.and_then(|slot| href(self.after, slot)),
            extra: (self.options.extra)(at),
            id,
        };
        let chapter = self.chapter(side, slot, is_gone);
        chapter.count += 1;
        chapter.important += usize::from(view.important);
        chapter.parts.push(Part::Difference(Box::new(view)));
    }

    /// Puts an item that did not change to its neighbours.
    fn fold(&mut self, slot: Slot) {
        let side = self.after;
        let row = UnchangedRow { line: line_of(side, slot), href: href(side, slot) };
        let parts = &mut self.chapter(side, slot, false).parts;
        match parts.last_mut() {
            Some(Part::Unchanged { rows }) => rows.push(row),
            _ => parts.push(Part::Unchanged { rows: vec![row] }),
        }
    }

    /// The chapter of a place, which begins where there is none.
    fn chapter(&mut self, side: RedlineSide<'a>, slot: Slot, is_gone: bool) -> &mut ChapterView<'a> {
        let section = side.assessment.form().section_of(slot.node);
        let entries = slot.entries.truncate(usize::from(section.repeat.is_some()));
        let key = (section.id.clone(), entries);
        if let Some(at) = self.chapters.iter().rposition(|chapter| chapter.key == key) {
            return &mut self.chapters[at];
        }
        let place = Slot { node: section.ix, entries };
        let (heading, name) = form::heading_at(side.assessment, place);
        let gone = if is_gone { "gone-" } else { "" };
        let id = self.unique(&format!("ch-{gone}{}", anchor(side, place)));
        let parts = Vec::new();
        self.chapters.push(ChapterView { id, heading, name, count: 0, important: 0, parts, key });
        let last = self.chapters.len() - 1;
        &mut self.chapters[last]
    }

    fn unique(&mut self, id: &str) -> String {
        let mut id = format!("{}{id}", self.options.prefix);
        while !self.ids.insert(id.clone()) {
            id.push_str("-2");
        }
        id
    }

    /// The word of the interface for what happened ends in this.
    fn kind(&self, difference: &Difference) -> &'static str {
        match difference.kind {
            DifferenceKind::New => "added",
            DifferenceKind::Gone => "removed",
            DifferenceKind::Moved => "moved",
            DifferenceKind::Notation => "notation",
            DifferenceKind::Cover => "cover",
            DifferenceKind::Changed => match self.is_stated(difference) {
                (false, true) => "added",
                (true, false) => "removed",
                _ => "changed",
            },
        }
    }

    /// The value of an item with its texts as HTML; none where nothing is written.
    fn value(&self, side: RedlineSide<'a>, slot: Slot, id: &str) -> Option<ValueView<'a>> {
        let form = side.assessment.form();
        let prefix = format!("{id}-");
        let options = markdown::Options {
            heading_base: self.text_level(),
            footnote_prefix: &prefix,
            resolve_link: &|reference| form::link_from(side.assessment, reference, side.page?),
        };
        let view = value::view(form, form.node(slot.node), value_at(side, slot)?, &options);
        Some(view.with_images(side.image))
    }

    /// Headings within texts stand below those of items.
    fn text_level(&self) -> u8 {
        (self.options.level + 2).min(6)
    }
}

/// In the order in which they are counted.
const KINDS: [&str; 6] = ["changed", "added", "removed", "moved", "notation", "cover"];

/// Where a place of a form stands in the print of `into`, as far as that has it; last where it has nothing around it.
fn key_in(into: &Form, form: &Form, slot: Slot) -> Key {
    let mut numbers = slot.entries.numbers();
    let ancestry = form.ancestry(slot.node).into_iter();
    let line = ancestry.map_while(|node| into.by_id(&node.id).map(|same| (node, same)));
    let key: Key = line
        .map(|(node, same)| {
            let number = if node.repeat.is_some() { numbers.next().unwrap_or(0) } else { 0 };
            (same.ix.position(), number)
        })
        .collect();
    if key.is_empty() { vec![(usize::MAX, 0)] } else { key }
}

fn value_at(side: RedlineSide<'_>, slot: Slot) -> Option<&Value> {
    side.assessment.answers.get(slot).filter(|value| !value.is_empty())
}

/// The permanent anchor of a place.
fn anchor(side: RedlineSide<'_>, slot: Slot) -> String {
    side.assessment.form().anchor(slot, side.assessment.answers.files())
}

/// The place on the page of the version.
fn href(side: RedlineSide<'_>, slot: Slot) -> Option<String> {
    Some(format!("{}#{}", side.page?, anchor(side, slot)))
}

/// Reference and label in one line.
fn line_of(side: RedlineSide<'_>, slot: Slot) -> String {
    side.assessment.form().name(slot, side.assessment.answers.files()).line()
}
