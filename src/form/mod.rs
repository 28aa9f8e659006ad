//! The official forms as data: editions, items, options, conditions, and how an item is named.
//!
//! Nothing about a single item of a form is written in Rust; an edition is added by adding a file under `editions/` and
//! a line to `EDITIONS`.

mod condition;
mod fold;
mod load;
mod model;
mod name;
mod nearest;
mod reference;
mod slot;

use std::collections::HashMap;
use std::sync::OnceLock;

use indexmap::IndexMap;

pub use condition::{Facts, Need, PERIOD_TOO_SHORT, SHORTEST_HEARING};
pub use fold::{fold, fold_kana, letters};
pub use model::{
    Carriers, CheckBox, Choice, Contains, Fold, Head, Kind, Literal, Node, NodeIx, Otherwise, Presence,
    Repeat, When,
};
pub use name::ItemName;
pub use nearest::{Near, denies, likeness_of, surely};
pub use reference::{How, RefRow, Resolution, Target};
pub use slot::{Entries, Slot, anchor_of};

/// The data files, newest edition of a form first: a document that does not name its edition means the newest.
const EDITIONS: [&str; 4] = [
    include_str!("editions/zenkomoku-h30-05.yaml"),
    include_str!("editions/juten-h30-05.yaml"),
    include_str!("editions/kiso-r06-10.yaml"),
    include_str!("editions/kiso-h31-01.yaml"),
];

/// One edition of an official form.
#[derive(Debug)]
pub struct Form {
    /// Facts about the edition as a whole.
    pub head: Head,
    nodes: Vec<Node>,
    sections: Vec<NodeIx>,
    option_sets: IndexMap<String, Vec<Choice>>,
    check_sets: IndexMap<String, Vec<CheckBox>>,
    folds: Vec<Fold>,
    negative_options: Vec<String>,
    roles: IndexMap<String, NodeIx>,
    index: Index,
    lexicon: OnceLock<reference::Lexicon>,
}

#[derive(Debug)]
struct Index {
    by_id: HashMap<String, NodeIx>,
    by_key: HashMap<(Option<NodeIx>, String), NodeIx>,
}

impl Index {
    fn new(nodes: &[Node], sections: &[NodeIx]) -> Self {
        let by_id = nodes.iter().map(|n| (n.id.clone(), n.ix)).collect();
        let mut by_key = HashMap::new();
        for node in nodes.iter().rev() {
            for key in key_spellings(node) {
                by_key.insert((node.parent, fold(&key)), node.ix);
            }
        }
        // The cover has no heading on the form: its items are written beside the sections.
        let cover = sections.iter().map(|s| &nodes[s.position()]).find(|s| s.id == "cover");
        for item in cover.map(|c| c.children.as_slice()).unwrap_or_default() {
            for key in key_spellings(&nodes[item.position()]) {
                by_key.insert((None, fold(&key)), *item);
            }
        }
        Self { by_id, by_key }
    }
}

/// Every way to write a node as a key: its label or an alias, with or without the number mark.
pub fn key_spellings(node: &Node) -> Vec<String> {
    let mut keys = Vec::new();
    for label in std::iter::once(&node.label).chain(&node.aliases) {
        keys.push(label.clone());
        if let Some(suffix) = &node.label_suffix {
            keys.push(format!("{label}{suffix}"));
        }
        if let Some(mark) = &node.mark {
            keys.extend(["", ".", ":", "、"].map(|sep| format!("{mark}{sep}{label}")));
        }
    }
    // A numbered risk is known by its number alone; a circled number alone would hide a slip.
    if let Some(mark) = node.mark.as_ref().filter(|m| m.starts_with("リスク") && m.len() > "リスク".len())
    {
        keys.push(mark.clone());
    }
    keys
}

impl Form {
    /// The kind of form, the first part of its id: `kiso`, `juten` or `zenkomoku`.
    pub fn kind(&self) -> &str {
        self.head.id.split('-').next().unwrap_or_default()
    }

    /// All editions, in the order of `EDITIONS`.
    ///
    /// # Panics
    /// Never in a tested build: the data files are part of the program and a test loads every one.
    pub fn all() -> &'static [Form] {
        static FORMS: OnceLock<Vec<Form>> = OnceLock::new();
        FORMS.get_or_init(|| {
            EDITIONS
                .iter()
                .map(|text| {
                    load::form(text).unwrap_or_else(|e| panic!("an embedded form does not load: {e}"))
                })
                .collect()
        })
    }

    /// The edition with this id, e.g. `juten-h30-05`.
    pub fn with_id(id: &str) -> Option<&'static Form> {
        Self::all().iter().find(|f| f.head.id == id)
    }

    /// The editions of a form by any of its names: 全項目評価書, 様式4, `zenkomoku` … Newest first.
    pub fn named(name: &str) -> Vec<&'static Form> {
        let name = fold(name);
        let is_name = |f: &&Form| {
            [&f.head.short_title, &f.head.style, &f.head.title, &f.head.id].iter().any(|n| fold(n) == name)
                || f.head.id.split('-').next() == Some(name.as_str())
                || f.head.short_title.strip_suffix("評価書").is_some_and(|n| fold(n) == name)
        };
        Self::all().iter().filter(is_name).collect()
    }

    /// Whether a text names this edition. The mark on the cover reads [平成30年5月 様式4]: people copy more or less of it.
    pub fn is_edition(&self, name: &str) -> bool {
        let name = fold(name);
        [&self.head.edition, &self.head.id, &self.head.edition_mark].iter().any(|n| fold(n) == name)
    }

    /// A node.
    pub fn node(&self, ix: NodeIx) -> &Node {
        &self.nodes[ix.position()]
    }

    /// All nodes in printed order.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The sections in printed order.
    pub fn sections(&self) -> impl Iterator<Item = &Node> {
        self.sections.iter().map(|s| self.node(*s))
    }

    /// The children of a node in printed order.
    pub fn children<'f>(&'f self, node: &'f Node) -> impl Iterator<Item = &'f Node> {
        node.children.iter().map(|c| self.node(*c))
    }

    /// The node with a schema id (without indices).
    pub fn by_id(&self, id: &str) -> Option<&Node> {
        self.index.by_id.get(id).map(|ix| self.node(*ix))
    }

    /// The child of `parent` (none = the top of the document) that an authored key names.
    pub fn by_key(&self, parent: Option<NodeIx>, key: &str) -> Option<&Node> {
        self.index.by_key.get(&(parent, fold(key))).map(|ix| self.node(*ix))
    }

    /// The section 変更箇所, whose rows are kept in `changes.yaml`.
    pub fn change_section(&self) -> Option<&Node> {
        self.by_id(&self.head.change_section)
    }

    /// The columns of 変更箇所, in the order in which the form prints them.
    pub fn change_columns(&self) -> impl Iterator<Item = &Node> {
        let mut table = self.change_section().into_iter().flat_map(|section| self.children(section));
        table.find(|node| node.repeat.is_some()).into_iter().flat_map(|table| self.children(table))
    }

    /// Whether a node is or belongs to the section 変更箇所.
    pub fn is_change_part(&self, node: &Node) -> bool {
        self.section_of(node.ix).id == self.head.change_section
    }

    /// The section that a node belongs to (itself for a section).
    pub fn section_of(&self, ix: NodeIx) -> &Node {
        let mut node = self.node(ix);
        while let Some(parent) = node.parent {
            node = self.node(parent);
        }
        node
    }

    /// The node and all above it, outermost first.
    pub fn ancestry(&self, ix: NodeIx) -> Vec<&Node> {
        let mut line = vec![self.node(ix)];
        while let Some(parent) = line.last().and_then(|n| n.parent) {
            line.push(self.node(parent));
        }
        line.reverse();
        line
    }

    /// How many repeats a node is in or is: the depth of its full [`Entries`].
    pub fn repeat_depth(&self, ix: NodeIx) -> usize {
        self.ancestry(ix).iter().filter(|n| n.repeat.is_some()).count()
    }

    /// The options of a choice; empty for other kinds.
    pub fn options(&self, node: &Node) -> &[Choice] {
        node.option_set.as_ref().and_then(|s| self.option_sets.get(s)).map(Vec::as_slice).unwrap_or_default()
    }

    /// The boxes of a check list; empty for other kinds.
    pub fn boxes(&self, node: &Node) -> &[CheckBox] {
        node.check_set.as_ref().and_then(|s| self.check_sets.get(s)).map(Vec::as_slice).unwrap_or_default()
    }

    /// All option lists by name.
    pub fn option_sets(&self) -> impl Iterator<Item = (&String, &[Choice])> {
        self.option_sets.iter().map(|(k, v)| (k, v.as_slice()))
    }

    /// All check lists by name.
    pub fn check_sets(&self) -> impl Iterator<Item = (&String, &[CheckBox])> {
        self.check_sets.iter().map(|(k, v)| (k, v.as_slice()))
    }

    /// The item that plays a role in rules (`network-use` is Ⅰ.6.① in one form and Ⅰ.5.① in another); none where this edition has
    /// no such item.
    pub fn role(&self, role: &str) -> Option<&Node> {
        self.roles.get(role).map(|ix| self.node(*ix))
    }

    /// The roles that a node plays.
    pub fn roles_of(&self, ix: NodeIx) -> impl Iterator<Item = &str> {
        self.roles.iter().filter(move |(_, node)| **node == ix).map(|(role, _)| role.as_str())
    }

    /// Whether an option says that a measure is not taken (十分に行っていない, 定めていない …).
    pub fn is_negative(&self, label: &str) -> bool {
        self.negative_options.iter().any(|n| n == label)
    }

    /// Spellings that people use in references.
    pub fn folds(&self) -> &[Fold] {
        &self.folds
    }

    /// The key under which the sections that repeat per file are written, if the form has any: their unit's name.
    pub fn files_key(&self) -> Option<&str> {
        self.sections().find(|s| s.is_per_file()).and_then(|s| s.repeat.as_ref()).map(|r| r.unit.as_str())
    }

    /// Whether a text is what officers write for "nothing to say here" (「―」, 「なし」 …).
    pub fn is_not_applicable(&self, text: &str) -> bool {
        let text = fold(text);
        let text = text.strip_suffix('.').unwrap_or(&text);
        self.head.not_applicable_tokens.iter().any(|t| fold(t) == text)
    }
}

/// The option of a list that a text names, after folding, by label or alias; a leading `2)` and a final full stop fall away.
pub fn find_option<'o>(options: &'o [Choice], text: &str) -> Option<&'o Choice> {
    let wanted = fold(strip_option_number(text.trim()));
    options.iter().find(|option| option.is_named(&wanted))
}

fn strip_option_number(text: &str) -> &str {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
    match rest.strip_prefix([')', '）']) {
        Some(label) if rest.len() < text.len() => label,
        _ => text,
    }
}

#[cfg(test)]
mod tests;
