//! The names by which the nodes of a form are found in a reference, folded once per form.

use std::collections::HashMap;

use super::super::{Form, Node, NodeIx, fold};
use super::loose;
use super::search::inner_repeat;

/// Which part of a heading a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The number: `⑧`, `3`, `リスク1`, `委託事項`.
    Mark,
    /// The printed label.
    Label,
    /// Another spelling of the label.
    Alias,
    /// The number as a keyboard without its sign gives it: `(8)`, `リスク①`.
    Typed,
    /// A circled number with its label in one: certain enough to be looked for outside the node in hand.
    Full,
    /// What is left of a label behind the number of its entry: `の機能` in `システム1の機能`.
    Tail,
    /// A label without その in front, which says something only beside the item that その means.
    Short,
}

/// A node that has a name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    pub(super) node: NodeIx,
    pub(super) part: Part,
}

#[derive(Debug)]
struct Name {
    text: String,
    hits: Vec<Hit>,
}

/// What the search asks about a form again and again.
#[derive(Debug)]
pub(crate) struct Lexicon {
    by_first: HashMap<char, Vec<Name>>,
    loose: loose::Names,
    /// Folded label, by position of the node.
    labels: Vec<String>,
    /// Position behind the last descendant, by position of the node.
    ends: Vec<usize>,
    /// Folded spelling of people, folded spelling of the form.
    folds: Vec<(String, String)>,
}

impl Lexicon {
    pub(super) fn new(form: &Form) -> Self {
        let folds: Vec<_> = form.folds().iter().map(|f| (fold(&f.from), fold(&f.to))).collect();
        let mut lexicon = Self {
            by_first: HashMap::new(),
            loose: loose::Names::default(),
            labels: Vec::new(),
            ends: ends(form.nodes()),
            folds,
        };
        for node in form.nodes() {
            let label = lexicon.fold(&node.label);
            lexicon.labels.push(label);
            lexicon.add_names(node);
            lexicon.add_tail(form, node);
        }
        lexicon
    }

    fn fold(&self, text: &str) -> String {
        let mut text = fold(text);
        self.apply_folds(&mut text);
        text
    }

    /// Puts the spelling of the form for that of people in a folded text; says whether it did.
    pub(super) fn apply_folds(&self, text: &mut String) -> bool {
        let mut applied = false;
        for (from, to) in &self.folds {
            if text.contains(from.as_str()) {
                *text = text.replace(from.as_str(), to);
                applied = true;
            }
        }
        applied
    }

    fn add_names(&mut self, node: &Node) {
        let label = self.fold(&node.label);
        if let Some(mark) = &node.mark {
            let mark = fold(mark);
            if mark.starts_with(|c| ('①'..='⑳').contains(&c)) {
                self.add(format!("{mark}{label}"), node.ix, Part::Full);
            }
            if let Some(typed) = as_typed(&mark) {
                self.add(typed, node.ix, Part::Typed);
            }
            // 「別添1」 is written without its brackets, too.
            if let Some(bare) = mark.strip_prefix('(').and_then(|m| m.strip_suffix(')')) {
                self.add(bare.to_owned(), node.ix, Part::Mark);
            }
            self.add(mark, node.ix, Part::Mark);
        }
        if let Some(suffix) = &node.label_suffix {
            self.add(self.fold(&format!("{}{suffix}", node.label)), node.ix, Part::Label);
            self.add(self.fold(suffix), node.ix, Part::Alias);
        }
        // 「（備考）」 is written without its brackets, too.
        if let Some(bare) =
            label.strip_prefix('(').and_then(|l| l.strip_suffix(')')).filter(|l| !l.is_empty())
        {
            self.add(bare.to_owned(), node.ix, Part::Alias);
        }
        if let Some(short) = without_parenthesis(&label).filter(|_| !node.synthetic_label) {
            self.add(short, node.ix, Part::Alias);
        }
        if let Some(short) = label.strip_prefix("その").filter(|s| s.chars().count() >= 2) {
            self.add(short.to_owned(), node.ix, Part::Short);
        }
        let loosely = Hit { node: node.ix, part: Part::Alias };
        for alias in &node.aliases {
            let alias = self.fold(alias);
            self.loose.add(&alias, loosely);
            self.add(alias, node.ix, Part::Alias);
        }
        if !node.synthetic_label {
            self.loose.add(&label, loosely);
        }
        self.add(label, node.ix, Part::Label);
    }

    /// A label that begins with the name of the entry around it may have the number of the entry in its midst.
    fn add_tail(&mut self, form: &Form, node: &Node) {
        let repeat = inner_repeat(form, Some(node.ix)).filter(|r| *r != node.ix).map(|r| form.node(r));
        let Some(name) = repeat.and_then(|r| r.mark.as_deref()).map(fold) else { return };
        if let Some(tail) = self.label(node.ix).strip_prefix(&name).map(str::to_owned) {
            if let Some(word) = tail.strip_prefix('の') {
                self.add(word.to_owned(), node.ix, Part::Tail);
            }
            self.add(tail, node.ix, Part::Tail);
        }
    }

    fn add(&mut self, text: String, node: NodeIx, part: Part) {
        let Some(first) = text.chars().next() else { return };
        let bucket = self.by_first.entry(first).or_default();
        let hit = Hit { node, part };
        match bucket.iter_mut().find(|n| n.text == text) {
            Some(name) => name.hits.push(hit),
            None => bucket.push(Name { text, hits: vec![hit] }),
        }
    }

    /// The names that a folded text holds at a position, each with the position behind it.
    pub(super) fn names_at(&self, text: &str, at: usize) -> impl Iterator<Item = (usize, &[Hit])> {
        let rest = &text[at..];
        let before = text[..at].chars().next_back();
        let bucket = rest.chars().next().and_then(|c| self.by_first.get(&c)).map(Vec::as_slice);
        bucket.unwrap_or_default().iter().filter_map(move |name| {
            let after = rest.strip_prefix(name.text.as_str())?;
            let cuts_number = name.text.ends_with(is_digit) && after.starts_with(is_digit)
                || name.text.starts_with(is_digit) && before.is_some_and(|c| is_digit(c) || c == '(');
            (!cuts_number).then_some((at + name.text.len(), name.hits.as_slice()))
        })
    }

    /// The names that stand there when particles do not matter.
    pub(super) fn loose_names_at(&self, text: &str, at: usize) -> impl Iterator<Item = loose::Found<'_>> {
        self.loose.at(text, at)
    }

    /// The folded label of a node.
    pub(super) fn label(&self, ix: NodeIx) -> &str {
        &self.labels[ix.position()]
    }

    /// The same by position.
    pub(super) fn label_at(&self, position: usize) -> &str {
        &self.labels[position]
    }

    /// Whether a node is below another.
    pub(super) fn is_below(&self, node: NodeIx, above: NodeIx) -> bool {
        node > above && node.position() < self.ends[above.position()]
    }

    /// The positions of the nodes below a node; all where none is given.
    pub(super) fn below(&self, above: Option<NodeIx>) -> std::ops::Range<usize> {
        above.map_or(0..self.ends.len(), |a| a.position() + 1..self.ends[a.position()])
    }
}

pub(super) fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// `(8)` for `⑧`, `リスク①` for `リスク1`; none for a number that has no such spelling.
fn as_typed(mark: &str) -> Option<String> {
    const ONE: u32 = '①' as u32;
    let last = mark.chars().next_back()?;
    let words = &mark[..mark.len() - last.len_utf8()];
    match last {
        '①'..='⑳' => Some(format!("({})", u32::from(last) - ONE + 1)),
        '0'..='9' if words.is_empty() || mark.chars().all(is_digit) => Some(format!("({mark})")),
        '1'..='9' if !words.is_empty() && !words.ends_with(is_digit) => {
            let circled = char::from_u32(last.to_digit(10)? + ONE - 1)?;
            Some(format!("{words}{circled}"))
        }
        _ => None,
    }
}

/// Nodes stand in printed order, so the descendants of a node follow it without a gap.
fn ends(nodes: &[Node]) -> Vec<usize> {
    let mut ends: Vec<usize> = (1..=nodes.len()).collect();
    for node in nodes.iter().rev() {
        if let Some(parent) = node.parent {
            ends[parent.position()] = ends[parent.position()].max(ends[node.ix.position()]);
        }
    }
    ends
}

/// A folded title without its parenthesis, which people leave out; none if it has none or little else.
fn without_parenthesis(label: &str) -> Option<String> {
    let open = label.find(['(', '【'])?;
    let close = open + label[open..].find([')', '】'])?;
    let width = label[close..].chars().next().map_or(0, char::len_utf8);
    let short = format!("{}{}", &label[..open], &label[close + width..]);
    (short.chars().count() >= 4).then_some(short)
}
