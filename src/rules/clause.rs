//! Conditions over items, as data. Items are named by role, so that one rule serves every edition (see `form::roles`).

use serde::Deserialize;

use super::Severity;
use crate::form::Literal;

/// One way in which a rule is broken: where all of `when` hold, there is a finding at the item `at`.
///
/// It is asked for every place where the item stands: for each 特定個人情報ファイル, for each 委託事項. Other items are looked up in the
/// same entries; an item that repeats deeper needs `some`, `every` or `none`. A test whose answer is not known (an item is
/// empty) does not hold, and nor does its opposite: the missing answer is another rule's finding.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// Only on these forms (`kiso`, `juten`, `zenkomoku`); empty: wherever all items named exist.
    #[serde(default)]
    pub forms: Vec<String>,
    /// Role of the item that the finding is about.
    pub at: String,
    /// What must hold.
    pub when: Vec<Test>,
    /// Other places that belong to the finding.
    #[serde(default)]
    pub also: Vec<Also>,
    /// What is wrong. `{value}` is the answer of the item `at`.
    pub message: String,
    /// What stands under the marked place.
    #[serde(default)]
    pub expected: Option<String>,
    /// What to do.
    #[serde(default)]
    pub help: Option<String>,
    /// A weight other than the rule's.
    #[serde(default)]
    pub severity: Option<Severity>,
}

/// Another place that belongs to a finding: every entry of the item inside the same entries that passes the test, three at most.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Also {
    /// Role of the item.
    pub item: String,
    /// Only where this holds.
    #[serde(default)]
    pub when: Option<Test>,
    /// What stands at that place, e.g. ここでは委託しないと書かれています.
    pub note: String,
}

/// Something about items that holds, does not hold, or is not known.
#[derive(Debug, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum Test {
    /// A choice has this option.
    Is {
        /// Role of the choice.
        item: String,
        /// Label of the option.
        is: String,
    },
    /// A choice has another option.
    IsNot {
        /// Role of the choice.
        item: String,
        /// Label of the option.
        is_not: String,
    },
    /// A choice has one of these options.
    IsAny {
        /// Role of the choice.
        item: String,
        /// Labels of the options.
        is_any: Vec<String>,
    },
    /// The box with this key is ticked.
    Checked {
        /// Role of the check list.
        item: String,
        /// Key of the box.
        checked: String,
    },
    /// The check list is filled in and the box with this key is not ticked.
    Unchecked {
        /// Role of the check list.
        item: String,
        /// Key of the box.
        unchecked: String,
    },
    /// A box other than the one with this key is ticked.
    CheckedBeside {
        /// Role of the check list.
        item: String,
        /// Key of the box.
        checked_beside: String,
    },
    /// A flag is in this state.
    Flag {
        /// Role of the flag.
        item: String,
        /// The state.
        flag: bool,
    },
    /// Something is written, other than 「―」 and 「なし」; or nothing is. Always known.
    Filled {
        /// Role of the item.
        item: String,
        /// Whether.
        filled: bool,
    },
    /// A text holds one of these words, after folding.
    Mentions {
        /// Role of the text.
        item: String,
        /// The words.
        mentions: Vec<String>,
    },
    /// A text that is filled in holds none of these words, after folding.
    Omits {
        /// Role of the text.
        item: String,
        /// The words.
        omits: Vec<String>,
    },
    /// A repeat has entries. Always known.
    HasEntries {
        /// Role of the repeat.
        has_entries: String,
    },
    /// A repeat has no entries. Always known.
    HasNoEntries {
        /// Role of the repeat.
        has_no_entries: String,
    },
    /// A date lies before another one.
    Earlier {
        /// Role of the date.
        earlier: String,
        /// Role of the later date.
        than: String,
    },
    /// A fact that is not on the form (`agency-kind`, `gov-agency`).
    Context {
        /// Name of the fact.
        context: String,
        /// The value it must have.
        is: Literal,
    },
    /// It holds in at least one entry of its item.
    Some {
        /// What.
        some: Box<Test>,
    },
    /// It holds in every entry of its item, and there is one.
    Every {
        /// What.
        every: Box<Test>,
    },
    /// It is known to fail in every entry of its item; also where there is none.
    None {
        /// What.
        none: Box<Test>,
    },
    /// At least one holds.
    Any {
        /// The alternatives.
        any: Vec<Test>,
    },
    /// All hold.
    All {
        /// The parts.
        all: Vec<Test>,
    },
}

impl Test {
    /// The roles that it asks about.
    pub fn roles(&self) -> Vec<&str> {
        match self {
            Self::Is { item, .. }
            | Self::IsNot { item, .. }
            | Self::IsAny { item, .. }
            | Self::Checked { item, .. }
            | Self::Unchecked { item, .. }
            | Self::CheckedBeside { item, .. }
            | Self::Flag { item, .. }
            | Self::Filled { item, .. }
            | Self::Mentions { item, .. }
            | Self::Omits { item, .. } => vec![item],
            Self::HasEntries { has_entries: item } | Self::HasNoEntries { has_no_entries: item } => {
                vec![item]
            }
            Self::Earlier { earlier, than } => vec![earlier, than],
            Self::Context { .. } => Vec::new(),
            Self::Some { some: test } | Self::Every { every: test } | Self::None { none: test } => {
                test.roles()
            }
            Self::Any { any: parts } | Self::All { all: parts } => {
                parts.iter().flat_map(Self::roles).collect()
            }
        }
    }
}
