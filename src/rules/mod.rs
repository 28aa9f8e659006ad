//! 検査規則 as data: what each rule says, why, where it comes from, how to mend what it finds, and, where a rule is a condition over
//! items, the condition itself. `check` decides; this room only knows.
//!
//! An entry of `catalogue/*.yaml`, key by key (see [`Rule`]): `code`, `title`, `severity`, `confidence`, `why`, `source`, `fix`,
//! `example`, `aliases`, `exceptable`, `unread`, `compares`. What decides the rule is one of:
//!
//! - `clauses`: conditions over items ([`Clause`]), evaluated by `check::rules::clauses`;
//! - `instead_of` with `items`: the general rule (or rules) about presence, told under this code for these items;
//! - `phrases`: wordings that are out of date or must not stand in a text, found by `check::rules::phrases`;
//! - `not_checked`: why the program does not check it (yet);
//! - none of them: Rust code under `check`.

mod clause;
mod code;
pub mod explain;
mod phrase;
mod severity;

use std::sync::OnceLock;

use indexmap::IndexMap;
use serde::Deserialize;

pub use clause::{Also, Clause, Test};
pub use code::Code;
pub use phrase::Phrase;
pub use severity::Severity;

macro_rules! families {
    ($($file:literal $title:literal),* $(,)?) => {
        /// The data files, in the order in which the reference lists their rules.
        const FILES: &[(Family, &str)] =
            &[$((Family { id: $file, title: $title }, include_str!(concat!("catalogue/", $file, ".yaml")))),*];
    };
}

families! {
    "reading" "ファイルの読み取りと値の書き方",
    "presence" "記載の有無と件数",
    "edition" "様式と版",
    "place" "フォルダと番号",
    "look" "サイトの見た目",
    "prose" "文章と項目への参照",
    "form" "様式の中の整合",
    "threshold" "しきい値判断",
    "procedure" "手続と時期",
    "together" "複数の評価書の整合",
    "changes" "変更箇所",
    "wording" "文章の点検",
    "exceptions" "検査の例外",
}

/// The rules of one data file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Family {
    /// Name of the file; an anchor of the reference.
    pub id: &'static str,
    /// What people call it.
    pub title: &'static str,
}

/// How well a rule is founded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum Confidence {
    /// The primary text was read: a law, a regulation, the printed form, or it is a matter of the format itself.
    A,
    /// A secondary text that quotes the primary one was read.
    B,
    /// Seen in published documents.
    C,
    /// Known to the author, not verified: such a rule never blocks.
    D,
}

/// One 検査規則.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The data file that it stands in.
    #[serde(skip)]
    pub family: Family,
    /// Stable ascii name.
    pub code: String,
    /// What it is about, in a few words.
    pub title: String,
    /// Usual weight of a finding.
    pub severity: Severity,
    /// How well it is founded.
    pub confidence: Confidence,
    /// Why it matters, for an officer.
    #[serde(default)]
    pub why: String,
    /// Where it comes from: 法, 規則, 指針, 記載要領, 様式, or the authored format.
    #[serde(default)]
    pub source: String,
    /// How to mend what it finds.
    #[serde(default)]
    pub fix: String,
    /// A wrong and a right way to write it.
    #[serde(default)]
    pub example: Option<Example>,
    /// Names of the same rule in other lists.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Whether 検査の例外 may silence it. Not where the document could not be read, or a person's number would be published.
    #[serde(default = "yes")]
    pub exceptable: bool,
    /// Whether what it finds keeps a part of the document from being read: what stands there counts as if it were not written.
    #[serde(default)]
    pub unread: bool,
    /// Whether it compares the document with the version before, in a family where others do not.
    #[serde(default)]
    pub compares: bool,
    /// The ways in which it is broken, where it is a condition over items.
    #[serde(default)]
    pub clauses: Vec<Clause>,
    /// The codes of the general rules about presence that this one stands in for,
    #[serde(default, deserialize_with = "one_or_more")]
    pub instead_of: Vec<String>,
    /// for the items with these roles.
    #[serde(default)]
    pub items: Vec<String>,
    /// Codes that say more: a finding is dropped where one of them stands at the same place.
    #[serde(default)]
    pub yields_to: Vec<String>,
    /// Wordings that it finds in texts.
    #[serde(default)]
    pub phrases: Vec<Phrase>,
    /// Why it is not checked.
    #[serde(default)]
    pub not_checked: Option<String>,
}

/// A wrong and a right way to write something.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// What the rule finds.
    pub wrong: String,
    /// What it leaves alone.
    pub right: String,
}

fn yes() -> bool {
    true
}

/// A code, or a list of codes.
fn one_or_more<'de, D: serde::Deserializer<'de>>(input: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Codes {
        One(String),
        More(Vec<String>),
    }
    Ok(match Codes::deserialize(input)? {
        Codes::One(code) => vec![code],
        Codes::More(codes) => codes,
    })
}

/// Every rule of the catalogue by code.
#[derive(Debug)]
pub struct Catalogue {
    rules: IndexMap<String, Rule>,
}

impl Catalogue {
    /// The rule with exactly this code.
    pub fn get(&self, code: &str) -> Option<&Rule> {
        self.rules.get(code)
    }

    /// The rule with a code or an alias, in any case.
    pub fn find(&'static self, name: &str) -> Option<&'static Rule> {
        let same = |other: &String| other.eq_ignore_ascii_case(name.trim());
        self.rules
            .values()
            .find(|r| same(&r.code))
            .or_else(|| self.all().find(|r| r.aliases.iter().any(same)))
    }

    /// The rule that stands in for a general rule about presence for an item with one of these roles.
    pub fn instead_of<'r>(
        &'static self,
        general: Code,
        roles: impl Iterator<Item = &'r str>,
    ) -> Option<Code> {
        let roles: Vec<_> = roles.collect();
        let stands_in = |rule: &&Rule| {
            rule.instead_of.iter().any(|code| code == general.id())
                && rule.items.iter().any(|i| roles.contains(&i.as_str()))
        };
        self.all().find(stands_in).map(Rule::code)
    }

    /// All rules in the order of the reference.
    pub fn all(&'static self) -> impl Iterator<Item = &'static Rule> {
        self.rules.values()
    }
}

impl Rule {
    /// Its code as a value.
    pub fn code(&'static self) -> Code {
        Code::of(self)
    }

    /// Whether it is about 変更箇所, the procedure around a publication, or what differs from the version before.
    pub fn is_about_changes(&self) -> bool {
        self.compares || matches!(self.family.id, "changes" | "procedure")
    }

    /// Whether the program checks it.
    pub fn is_checked(&self) -> bool {
        self.not_checked.is_none()
    }
}

/// The catalogue.
///
/// # Panics
/// Never in a tested build: the data files are part of the program and a test loads them.
pub fn catalogue() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    CATALOGUE.get_or_init(|| {
        let mut rules = IndexMap::new();
        for (family, text) in FILES {
            let file: Vec<Rule> = serde_saphyr::from_str(text)
                .unwrap_or_else(|e| panic!("{}.yaml does not load: {e}", family.id));
            rules.extend(file.into_iter().map(|rule| (rule.code.clone(), Rule { family: *family, ..rule })));
        }
        Catalogue { rules }
    })
}

#[cfg(test)]
mod tests;
