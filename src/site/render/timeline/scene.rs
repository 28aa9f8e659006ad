//! What the pages of a document's changes share: the document, where each change stands, and the texts, rendered once.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::across::answered;
use crate::assessment::{Assessment, Change};
use crate::diff::{self, Comparison};
use crate::form::{Form, NodeIx, Slot, fold};
use crate::history::{Causes, ChangeKind, Column, Entry, Layout, Timeline, VersionLine, nearest};
use crate::markdown;
use crate::site::theme::Theme;
use crate::site::{MunicipalityContext, SiteContext};

/// Way from the front page of the timeline to the page of the document.
const FROM_FRONT: &str = "../";
/// Way from all other pages about changes to the page of the document.
pub(super) const FROM_BELOW: &str = "../../";

/// A document with its changes, ready for several pages.
pub(super) struct Scene<'a> {
    pub(super) theme: &'a Theme,
    pub(super) site: &'a SiteContext,
    pub(super) municipality: &'a MunicipalityContext,
    pub(super) assessment: &'a Assessment,
    pub(super) timeline: &'a Timeline,
    /// The causes of the whole site.
    pub(super) causes: &'a Causes,
    /// The published versions, where they are known.
    pub(super) versions: Option<&'a VersionLine>,
    pub(super) form: &'a Form,
    /// Number of 特定個人情報ファイル.
    pub(super) files: u16,
    /// The items that hold a value: of these there are pages across documents.
    pub(super) answered: BTreeSet<NodeIx>,
    pub(super) layout: Layout,
    /// For each entry its neighbours among the changes of the same place.
    pub(super) neighbours: Vec<Neighbours>,
    texts: Vec<Texts>,
}

/// The changes of the same place around a change, as indices into [`Timeline::entries`].
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Neighbours {
    pub(super) previous: Option<usize>,
    pub(super) next: Option<usize>,
}

/// The texts of a change as HTML.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    /// What differs, in one text; none where both are shown instead.
    pub diff: Option<String>,
    /// What stood there before.
    pub before: String,
    /// What stands there now.
    pub after: String,
    /// What the columns 変更前の記載 and 変更後の記載 say in place of a text, in words.
    pub told: [Option<String>; 2],
    /// 提出時期に係る説明, that of another row where 同上 points at one.
    pub explanation: String,
}

impl<'a> Scene<'a> {
    pub(super) fn new(
        theme: &'a Theme,
        site: &'a SiteContext,
        municipality: &'a MunicipalityContext,
        assessment: &'a Assessment,
        timeline: &'a Timeline,
        causes: &'a Causes,
    ) -> Self {
        let mut scene = Self {
            theme,
            site,
            municipality,
            assessment,
            timeline,
            causes,
            versions: None,
            form: assessment.form(),
            files: assessment.answers.files(),
            answered: answered(assessment),
            layout: Layout::of(assessment, timeline),
            neighbours: neighbours(timeline),
            texts: Vec::new(),
        };
        scene.texts = timeline.entries.iter().map(|entry| scene.render(entry, FROM_FRONT)).collect();
        scene
    }

    /// The same with the published versions, to which the dates of the timeline lead.
    pub(super) fn with_versions(self, versions: Option<&'a VersionLine>) -> Self {
        Self { versions, ..self }
    }

    /// The row of an entry.
    pub(super) fn row(&self, entry: &Entry) -> &'a Change {
        &self.assessment.changes[entry.change]
    }

    /// The row whose explanation counts for an entry: its own, or the one that 同上 points at.
    pub(super) fn explained_by(&self, entry: &Entry) -> &'a Change {
        &self.assessment.changes[entry.meaning.explanation.unwrap_or(entry.change)]
    }

    /// The texts of an entry for a page from which `up` leads to the document.
    pub(super) fn texts(&self, at: usize, up: &str) -> Cow<'_, Texts> {
        let entry = &self.timeline.entries[at];
        let has_links = [self.row(entry), self.explained_by(entry)]
            .iter()
            .any(|row| [&row.before, &row.after, &row.explanation].iter().any(|text| text.contains("[[")));
        if has_links && up != FROM_FRONT {
            return Cow::Owned(self.render(entry, up));
        }
        Cow::Borrowed(&self.texts[at])
    }

    /// The texts of all entries, as [`Scene::texts`] has them.
    pub(super) fn into_texts(mut self, up: &str) -> Vec<Texts> {
        for at in 0..self.texts.len() {
            if let Cow::Owned(texts) = self.texts(at, up) {
                self.texts[at] = texts;
            }
        }
        self.texts
    }

    fn render(&self, entry: &Entry, up: &str) -> Texts {
        let changes = &self.assessment.changes;
        let text = |column: Option<Column>| {
            column.map_or("", |column| entry.meaning.text(changes, entry.change, column))
        };
        let (before, after) = (text(entry.meaning.before), text(entry.meaning.after));
        let is_compared = !before.is_empty()
            && !after.is_empty()
            && matches!(entry.kind(), ChangeKind::Changed | ChangeKind::Moved);
        let diff =
            is_compared.then(|| diff::compare(before, after)).and_then(|comparison| match comparison {
                Comparison::Unlike => None,
                Comparison::Inline(blocks) => Some(super::super::diff::html(self.theme, &blocks)),
            });
        let row = &changes[entry.change];
        Texts {
            diff,
            told: [Column::Before, Column::After].map(|c| entry.meaning.told(row, c).map(str::to_owned)),
            before: self.html(before, entry, "b", up),
            after: self.html(after, entry, "a", up),
            explanation: self.html(&self.explained_by(entry).explanation, entry, "e", up),
        }
    }

    fn html(&self, text: &str, entry: &Entry, part: &str, up: &str) -> String {
        if text.trim().is_empty() {
            return String::new();
        }
        let prefix = format!("{}-{part}-", entry.anchor);
        let options = markdown::Options {
            // Below the h3 of a date on an item's page, below the h4 of an item elsewhere.
            heading_base: 4,
            footnote_prefix: &prefix,
            resolve_link: &|reference| self.link(reference, up),
        };
        markdown::to_html(text, &options)
    }

    /// The address that an item reference in a text leads to.
    pub(super) fn link(&self, reference: &str, up: &str) -> Option<String> {
        let slot = self.form.resolve(reference, self.files).target?.slot;
        let place = nearest(&self.assessment.answers, slot)?;
        Some(format!("{up}#{}", self.anchor(place)))
    }

    /// The anchor of a place on the page of the document, which also names the place's own page.
    pub(super) fn anchor(&self, place: Slot) -> String {
        self.form.anchor(place, self.files)
    }

    /// Reference and label of an entry's item; both empty where the row's meaning is not clear.
    pub(super) fn name(&self, entry: &Entry) -> (String, String) {
        let name = entry.slot.map(|slot| self.form.name(slot, self.files));
        name.map(|n| (n.reference, n.label)).unwrap_or_default()
    }

    /// What an entry is about, in one line: as the form names it, or as the row has it.
    pub(super) fn line(&self, entry: &Entry) -> String {
        let (reference, label) = self.name(entry);
        if reference.is_empty() && label.is_empty() {
            return self.row(entry).item.text.trim().replace('\n', " ");
        }
        format!("{reference} {label}").trim().to_owned()
    }

    /// The item as the row names it, where that is not how the form names it.
    pub(super) fn written(&self, entry: &Entry) -> Option<&'a str> {
        let text = self.row(entry).item.text.as_str();
        let (reference, label) = self.name(entry);
        (fold(text) != fold(&format!("{reference}{label}"))).then_some(text)
    }

    /// The address of the page on which an entry stands in full, from the page of the document.
    pub(super) fn page_of(&self, at: usize) -> String {
        self.layout.part_of(at).map_or_else(|| "changes/".to_owned(), |part| format!("changes/{}/", part.dir))
    }
}

fn neighbours(timeline: &Timeline) -> Vec<Neighbours> {
    let mut all = vec![Neighbours::default(); timeline.entries.len()];
    for (_, entries) in timeline.places() {
        for pair in entries.windows(2) {
            all[pair[0]].next = Some(pair[1]);
            all[pair[1]].previous = Some(pair[0]);
        }
    }
    all
}
