//! One edition of an official form, as data: the tree of sections and items, option lists, check lists.
//!
//! The vocabulary of the data files under `editions/`, key by key:
//!
//! - `id`: stable ascii path. A child's id is its parent's id plus one segment; an *instance* path adds an index
//!   after a repeated node (`ii[2].4.contract[1].scope`).
//! - `ref`: the official numbering path (`Ⅱ.3.⑧`); `mark`: the number as printed (`⑧`, `リスク1`); `label`: the
//!   printed words without mark and without ※. `synthetic_label`: the printed form has a bare cell, the words are ours.
//! - `kome`: ※ is printed on this very label. `important`: a change of this cell is 重要な変更 unless an exception
//!   holds (指針別表); `important_by` says whether by its own ※, a heading's, or excluded.
//! - `presence`: required, optional, or conditional (required iff `when`; otherwise `blank` = must be empty, `any` = free).
//!   A `when` on a group governs everything below it; `items_when` governs the items but not the flags of a group.
//! - `roles`: what rules call the items, so that one rule serves every edition; `negative_options`: answers that say that a
//!   measure is not taken.
//! - `repeat`: the node has numbered entries; `keyed_by` names the item that lists them (one Ⅱ and Ⅲ per file).

use indexmap::IndexMap;
use serde::Deserialize;

use super::fold::fold;

/// Index of a node in its [`Form`](super::Form); the order is the order of the printed form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeIx(pub(super) u16);

impl NodeIx {
    /// The position in the printed form, from 0.
    pub fn position(self) -> usize {
        usize::from(self.0)
    }
}

/// What an item holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Only a heading with items below it.
    Group,
    /// A heading with numbered entries.
    Repeat,
    /// Free text (Markdown).
    Text,
    /// A civil date.
    Date,
    /// One option of a list.
    Choice,
    /// Any number of boxes of a list.
    Checks,
    /// A number of entries.
    Count,
    /// A box that is ticked or not.
    Flag,
    /// Images with text alternatives.
    Figure,
    /// A reference to an item of the form.
    ItemRef,
}

/// What a text must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Contains {
    /// One date or more.
    #[serde(rename = "date+")]
    Dates,
    /// One period or more, each from a date to a date.
    #[serde(rename = "date-range+")]
    Periods,
}

/// Whether an item must be filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Presence {
    /// Must not be empty; an explicit 「なし」 or 「―」 counts as filled.
    Required,
    /// May be empty.
    Optional,
    /// Must be filled if and only if its `when` holds (see [`Otherwise`]).
    Conditional,
}

/// What holds for a conditional item whose condition is not met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Otherwise {
    /// It must be empty.
    Blank,
    /// It is free.
    Any,
}

/// A value that a condition compares with: an option's label or a flag's state.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Literal {
    /// State of a flag.
    Flag(bool),
    /// Label of an option, or a value of the context.
    Text(String),
}

/// A condition over other items of the same form.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum When {
    /// At least one holds.
    Any {
        /// The alternatives.
        any: Vec<When>,
    },
    /// All hold.
    All {
        /// The parts.
        all: Vec<When>,
    },
    /// A rule that needs more than a comparison; named by its key.
    Derived {
        /// Name of the rule.
        derived: String,
    },
    /// A fact that is not on the form (`agency-kind`, `gov-agency`).
    Context {
        /// Name of the fact.
        context: String,
        /// The value it must have.
        is: Literal,
    },
    /// A comparison with another item, resolved inside the same repeat entry.
    Item {
        /// Id of the item.
        item: String,
        /// It has this value.
        #[serde(default)]
        is: Option<Literal>,
        /// It has another value.
        #[serde(default)]
        is_not: Option<Literal>,
        /// Its box with this key is ticked.
        #[serde(default)]
        checked: Option<String>,
    },
}

/// Numbered entries of a node.
#[derive(Debug, Clone, Deserialize)]
pub struct Repeat {
    /// Fewest entries.
    pub min: u16,
    /// Most entries; none = no limit.
    #[serde(default)]
    pub max: Option<u16>,
    /// What one entry is called.
    pub unit: String,
    /// The item that lists the entries: the entries are 特定個人情報ファイル, and the section repeats per file.
    #[serde(default)]
    pub keyed_by: Option<String>,
    /// The count item that states the number of entries.
    #[serde(default)]
    pub count_item: Option<String>,
    /// Headings that the printed form has for collapsed entries (`システム2～5`).
    #[serde(default)]
    pub print_groups: Vec<String>,
}

/// One option of a choice.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Label as printed, without its number.
    pub label: String,
    /// Spellings found in real documents.
    pub aliases: Vec<String>,
    /// Label and aliases as they are compared.
    keys: Vec<String>,
}

impl Choice {
    /// An option with its other spellings.
    pub(crate) fn new(label: String, aliases: Vec<String>) -> Self {
        let key = |text: &String| without_full_stop(&fold(text)).to_owned();
        let keys = std::iter::once(&label).chain(&aliases).map(key).collect();
        Self { label, aliases, keys }
    }

    /// Whether folded text names this option; a final full stop does not matter.
    pub(super) fn is_named(&self, folded: &str) -> bool {
        let wanted = without_full_stop(folded);
        self.keys.iter().any(|key| key == wanted)
    }
}

fn without_full_stop(folded: &str) -> &str {
    folded.strip_suffix('.').unwrap_or(folded)
}

/// One box of a check list.
#[derive(Debug, Clone)]
pub struct CheckBox {
    /// Ascii key, used in conditions.
    pub key: String,
    /// Label as printed.
    pub label: String,
    /// Printed heading above the box, where the list is grouped (識別情報 …).
    pub group: Option<String>,
    /// The box carries a free-text parenthesis.
    pub text: bool,
    /// The box carries a number that belongs to this count item.
    pub count: Option<String>,
    /// The box must be ticked alone.
    pub exclusive: bool,
}

/// One node of the form: a section, a group or an item.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own about the printed form")]
pub struct Node {
    /// Its index.
    pub ix: NodeIx,
    /// Parent; none for a section.
    pub parent: Option<NodeIx>,
    /// Children in printed order, flags first.
    pub children: Vec<NodeIx>,
    /// Depth: 0 for a section.
    pub depth: usize,
    /// Stable ascii id.
    pub id: String,
    /// Official numbering path.
    pub reference: String,
    /// Number mark as printed, without `{n}`.
    pub mark: Option<String>,
    /// Printed label.
    pub label: String,
    /// What stands behind the label on the form (【行政機関等のみ】).
    pub label_suffix: Option<String>,
    /// The words are ours, the form has a bare cell.
    pub synthetic_label: bool,
    /// Spellings of the label in other editions or in real documents.
    pub aliases: Vec<String>,
    /// What it holds.
    pub kind: Kind,
    /// Name of its option list.
    pub option_set: Option<String>,
    /// Name of its check list.
    pub check_set: Option<String>,
    /// ※ is printed on the label.
    pub kome: bool,
    /// The ※ as printed on a heading, with its exclusion.
    pub kome_text: Option<String>,
    /// A change counts as 重要な変更 unless an exception holds.
    pub important: bool,
    /// Whether it must be filled in.
    pub presence: Presence,
    /// Condition of this node and everything below it.
    pub when: Option<When>,
    /// Condition of the items of a group (not of its flags).
    pub items_when: Option<When>,
    /// What holds where the condition is not met.
    pub otherwise: Otherwise,
    /// Numbered entries.
    pub repeat: Option<Repeat>,
    /// The text is a list of names.
    pub list: bool,
    /// A date may be given to the month.
    pub month_allowed: bool,
    /// Titles of risks that share one set of measures.
    pub risk_titles: Vec<String>,
    /// Text that the form prints in the cell.
    pub fixed_text: Option<String>,
    /// Unit of a count.
    pub unit: Option<String>,
    /// The repeat whose entries a count must equal.
    pub must_equal_entries_of: Option<String>,
    /// A fixed passage printed around the cell.
    pub printed: Option<String>,
    /// What a text must hold: dates or periods, so that rules can ask about them.
    pub contains: Option<Contains>,
    /// The item repeats the answer of another one: number of the option chosen beside it to the id of that item.
    pub same_as: IndexMap<String, String>,
}

impl Node {
    /// Whether the node holds a value of its own.
    pub fn is_item(&self) -> bool {
        !matches!(self.kind, Kind::Group | Kind::Repeat)
    }

    /// Whether the node is a section that repeats per 特定個人情報ファイル.
    pub fn is_per_file(&self) -> bool {
        self.repeat.as_ref().is_some_and(|r| r.keyed_by.is_some())
    }

    /// Mark and label as a heading shows them, e.g. `⑧ 使用方法`, `リスク1：目的外の入手が行われるリスク`.
    pub fn heading(&self) -> String {
        let Some(mark) = &self.mark else { return self.label.clone() };
        if mark.starts_with("リスク") {
            return format!("{mark}：{}", self.label);
        }
        if mark.chars().all(|c| c.is_ascii_digit()) {
            return format!("{mark}．{}", self.label);
        }
        if mark.starts_with('（') {
            return format!("{mark}{}", self.label);
        }
        format!("{mark} {}", self.label)
    }
}

/// Facts about an edition as a whole.
#[derive(Debug, Clone, Deserialize)]
pub struct Head {
    /// Stable id, e.g. `zenkomoku-h30-05`.
    pub id: String,
    /// 様式2, 様式3 or 様式4.
    pub style: String,
    /// Full title of the form.
    pub title: String,
    /// 基礎項目評価書, 重点項目評価書 or 全項目評価書.
    pub short_title: String,
    /// Edition as printed, e.g. `平成30年5月`.
    pub edition: String,
    /// The mark printed on the cover.
    pub edition_mark: String,
    /// The sign of 重要な変更の対象, where the form has one.
    #[serde(default)]
    pub important_mark: Option<String>,
    /// Heading of the declaration on the cover.
    pub declaration_heading: String,
    /// Heading of the printed table of contents.
    #[serde(default)]
    pub toc_heading: Option<String>,
    /// Heading of every printed option list.
    pub option_heading: String,
    /// The tick.
    pub check_mark: String,
    /// What officers write for "nothing to say here".
    pub not_applicable_tokens: Vec<String>,
    /// Id of the section 変更箇所.
    pub change_section: String,
    /// Ids of the items that sum a document up, in the order in which they are shown.
    #[serde(default)]
    pub glance: Vec<String>,
    /// By what a 特定個人情報ファイル travels: keys of the boxes of the lists of methods.
    #[serde(default)]
    pub carriers: Carriers,
}

/// Keys of the boxes of the lists of methods (入手方法, 提供方法 …) by how the information travels.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Carriers {
    /// It is sent from system to system.
    #[serde(default)]
    pub line: Vec<String>,
    /// Somebody carries it: paper, storage media.
    #[serde(default)]
    pub hand: Vec<String>,
}

/// A spelling that people use for another one in references.
#[derive(Debug, Clone, Deserialize)]
pub struct Fold {
    /// As people write it.
    pub from: String,
    /// As the form prints it.
    pub to: String,
}
