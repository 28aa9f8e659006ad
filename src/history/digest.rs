//! What remains of a document once its pages are written.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::layout::Layout;
use super::meaning::{ChangeKind, Column};
use super::name::{one_line, title_of};
use super::novelty::Novelty;
use super::paging::directory;
use super::reason::reason_of;
use super::timeline::{Entry, Timeline, anchor_for};
use crate::assessment::{Answers, Assessment, Change, Value};
use crate::due::DueFacts;
use crate::form::{Form, NodeIx, Slot};
use crate::wareki::CivilDate;

/// One document as lists show it. Its size does not depend on its texts.
#[derive(Debug, Clone)]
pub struct AssessmentDigest {
    /// Name of its directory.
    pub dir: String,
    /// 評価書番号.
    pub number: String,
    /// Its name, see [`title_of`].
    pub title: String,
    /// The edition of its form.
    pub form: &'static Form,
    /// 評価実施機関名; empty where missing.
    pub agency: String,
    /// 事務の名称; empty where missing.
    pub task: String,
    /// 公表日.
    pub published: Option<CivilDate>,
    /// Number of 特定個人情報ファイル.
    pub files: u16,
    /// Items that hold a value.
    pub filled: usize,
    /// Items of the form, each entry of a repeat counted.
    pub items: usize,
    /// What is due follows from these.
    pub due: DueFacts,
    /// Its changes, ascending as in [`Timeline::entries`].
    pub changes: Vec<ChangeBrief>,
}

/// One change without its texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeBrief {
    /// What was changed.
    pub item: BriefItem,
    /// 変更日.
    pub date: Option<CivilDate>,
    /// Position within its date, from 1.
    pub ordinal: u16,
    /// Which piece of its year holds it in full, from 1; 0 where the front page of the timeline does.
    pub piece: u16,
    /// What happened.
    pub kind: ChangeKind,
    /// 提出時期.
    pub timing: TimingBrief,
    /// The item is marked ※.
    pub important: bool,
    /// The beginning of the explanation that counts for it, see [`reason_of`](super::reason_of); rows with the same explanation share it.
    pub reason: Option<Arc<str>>,
    /// What it adds or takes away, for finding the changes with the same cause; none where that is short.
    pub novelty: Option<Arc<Novelty>>,
}

/// The item of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BriefItem {
    /// The item that the row means, and the nearest place of the document that shows it.
    Known {
        /// The item.
        slot: Slot,
        /// The place; none where nothing around it exists any more.
        place: Option<Slot>,
    },
    /// What the row says, where its meaning is not clear.
    Written(Box<str>),
}

/// 提出時期 of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimingBrief {
    /// This option of the form, by position.
    Option(u8),
    /// Something else was written, or nothing.
    Other,
}

impl ChangeBrief {
    fn of(
        assessment: &Assessment,
        entry: &Entry,
        piece: u16,
        reasons: &mut BTreeMap<String, Arc<str>>,
    ) -> Self {
        let row = &assessment.changes[entry.change];
        let item = match entry.slot {
            Some(slot) => BriefItem::Known { slot, place: entry.place },
            None => BriefItem::Written(one_line(&row.item.text).into()),
        };
        Self {
            item,
            date: entry.date,
            ordinal: entry.ordinal,
            piece,
            kind: entry.kind(),
            timing: TimingBrief::of(assessment.form(), &row.timing),
            important: entry.important,
            reason: reason_of(assessment, entry).map(|reason| {
                Arc::clone(reasons.entry(reason).or_insert_with_key(|reason| Arc::from(reason.as_str())))
            }),
            novelty: novelty_of(&assessment.changes, entry).map(Arc::new),
        }
    }

    /// The anchor of the full entry.
    pub fn anchor(&self) -> String {
        anchor_for(self.date, self.ordinal)
    }

    /// Where it stands in full, from the page of its document. The address that never changes is `changes/#` with its anchor,
    /// which leads to a line only where the timeline has several pages.
    pub fn address(&self) -> String {
        let anchor = self.anchor();
        if self.piece == 0 {
            return format!("changes/#{anchor}");
        }
        let year = self.date.map(|date| date.year());
        format!("changes/{}/#{anchor}", directory(year, usize::from(self.piece)))
    }

    /// What it is about, in one line, in a document of an edition with so many 特定個人情報ファイル.
    pub fn line(&self, form: &Form, files: u16) -> String {
        match &self.item {
            BriefItem::Known { slot, .. } => form.name(*slot, files).line(),
            BriefItem::Written(text) => text.to_string(),
        }
    }

    /// The section (章) of its item.
    pub fn section(&self, form: &Form) -> Option<NodeIx> {
        match self.item {
            BriefItem::Known { slot, .. } => Some(form.section_of(slot.node).ix),
            BriefItem::Written(_) => None,
        }
    }
}

/// What a change adds or takes away; nothing where the text only moved or is written otherwise.
fn novelty_of(changes: &[Change], entry: &Entry) -> Option<Novelty> {
    if matches!(entry.kind(), ChangeKind::Moved | ChangeKind::Notation) {
        return None;
    }
    let text = |column: Option<Column>| {
        column.map_or("", |column| entry.meaning.text(changes, entry.change, column))
    };
    Novelty::of(text(entry.meaning.before), text(entry.meaning.after))
}

impl TimingBrief {
    /// All options of a form, in their order.
    pub fn all(form: &Form) -> impl Iterator<Item = Self> {
        let count = u8::try_from(timing_options(form).count()).unwrap_or(u8::MAX);
        (0..count).map(Self::Option)
    }

    /// The option that a text names.
    pub fn of(form: &Form, timing: &str) -> Self {
        let position = timing_options(form).position(|label| label == timing);
        position.and_then(|p| u8::try_from(p).ok()).map_or(Self::Other, Self::Option)
    }

    /// The position of the option, from 0.
    pub fn position(self) -> Option<u8> {
        match self {
            Self::Option(position) => Some(position),
            Self::Other => None,
        }
    }

    /// The option's label; none where something else was written.
    pub fn label(self, form: &Form) -> Option<&str> {
        match self {
            Self::Option(position) => timing_options(form).nth(usize::from(position)),
            Self::Other => None,
        }
    }
}

/// 提出時期 is the one choice among the columns of 変更箇所.
fn timing_options(form: &Form) -> impl Iterator<Item = &str> {
    let timing = form.change_columns().find(|column| !form.options(column).is_empty());
    timing.map(|n| form.options(n)).unwrap_or_default().iter().map(|option| option.label.as_str())
}

impl AssessmentDigest {
    /// Sums up a document.
    pub fn of(assessment: &Assessment, timeline: &Timeline) -> Self {
        let answers = &assessment.answers;
        let (filled, items) = count_items(answers);
        let mut reasons = BTreeMap::new();
        let layout = Layout::of(assessment, timeline);
        let changes = timeline.entries.iter().enumerate().map(|(at, entry)| {
            let piece = layout.part_of(at).map_or(0, |part| part.piece.0);
            let piece = u16::try_from(piece).unwrap_or(u16::MAX);
            ChangeBrief::of(assessment, entry, piece, &mut reasons)
        });
        Self {
            dir: assessment.dir.clone(),
            number: assessment.number.clone(),
            title: title_of(assessment).to_owned(),
            form: assessment.form(),
            agency: agency(answers),
            task: text_of_role(answers, "task-name"),
            published: assessment.published,
            files: answers.files(),
            filled,
            items,
            due: DueFacts::of(assessment),
            changes: changes.collect(),
        }
    }

    /// The newest 変更日.
    pub fn last_change(&self) -> Option<CivilDate> {
        self.changes.iter().rev().find_map(|c| c.date)
    }

    /// What a change is about, in one line.
    pub fn item_line(&self, change: &ChangeBrief) -> String {
        change.line(self.form, self.files)
    }

    /// The anchor on the document's page of what a change is about.
    pub fn item_anchor(&self, change: &ChangeBrief) -> Option<String> {
        match change.item {
            BriefItem::Known { place: Some(place), .. } => Some(self.form.anchor(place, self.files)),
            _ => None,
        }
    }
}

/// The text of the item that plays a role, in one line; empty where there is none.
fn text_of_role(answers: &Answers, role: &str) -> String {
    match answers.form().role(role).and_then(|node| answers.get(Slot::plain(node.ix))) {
        Some(Value::Text(text)) => one_line(text),
        _ => String::new(),
    }
}

fn agency(answers: &Answers) -> String {
    let node = answers.form().by_key(None, "評価実施機関名");
    match node.and_then(|n| answers.get(Slot::plain(n.ix))) {
        Some(Value::Text(text) | Value::Unfit(text)) => one_line(text),
        _ => String::new(),
    }
}

fn count_items(answers: &Answers) -> (usize, usize) {
    let (mut filled, mut items) = (0, 0);
    answers.walk(|placed| {
        if placed.node.is_item() {
            items += 1;
            filled += usize::from(answers.get(placed.slot).is_some_and(|v| !v.is_empty()));
        }
        true
    });
    (filled, items)
}
