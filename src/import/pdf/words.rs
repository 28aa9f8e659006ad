//! What the form itself prints: labels, headings, options, boxes. Built from the data of the form, so that nothing about a
//! single item stands in the code.

use std::collections::BTreeMap;

use super::lines::Line;
use crate::form::{Form, Kind, Node, NodeIx, fold};

/// A printed thing that starts at some place of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// The label or heading of a class of nodes that print the same words.
    Label(usize),
    /// The heading of an entry of a repeated node; its number follows.
    Entry(NodeIx),
    /// Other print of the form.
    Print,
}

#[derive(Debug)]
struct Key {
    chars: Vec<char>,
    word: Word,
    /// Something may follow without a blank.
    open: bool,
}

/// A place on a page: index of the line, byte offset in it.
pub(super) type Place = (usize, usize);

/// Everything that the form prints.
#[derive(Debug)]
pub(super) struct Words {
    keys: BTreeMap<char, Vec<Key>>,
    /// Nodes of every label class.
    pub(super) classes: Vec<Vec<NodeIx>>,
    /// Whether all nodes of a label class hold free text.
    pub(super) free_text: Vec<bool>,
    /// Whether a label class is the heading of a section.
    pub(super) at_margin: Vec<bool>,
    options: Vec<(Vec<char>, &'static str)>,
    boxes: Vec<(Vec<char>, &'static str)>,
    not_applicable: Vec<String>,
    /// The heads of the columns of 変更箇所, longest first.
    change_heads: Vec<Vec<char>>,
    first_change_head: Vec<char>,
    /// The words of 提出時期.
    pub(super) timings: Vec<String>,
    /// The heading of 変更箇所, folded.
    pub(super) change_section: Vec<char>,
}

/// How many lines a label can be wrapped over, beyond its first.
const MOST_WRAPS: usize = 6;

impl Words {
    /// The words of a form.
    pub(super) fn new(form: &'static Form) -> Self {
        let mut words = Self {
            keys: BTreeMap::new(),
            classes: Vec::new(),
            free_text: Vec::new(),
            at_margin: Vec::new(),
            options: Vec::new(),
            boxes: Vec::new(),
            not_applicable: form.head.not_applicable_tokens.iter().map(|t| fold(t)).collect(),
            change_heads: Vec::new(),
            first_change_head: Vec::new(),
            timings: Vec::new(),
            change_section: Vec::new(),
        };
        if let Some(section) = form.change_section() {
            words.change_section = fold(&section.heading()).chars().collect();
        }
        words.add_head(form);
        let mut class_of = BTreeMap::new();
        for node in form.nodes() {
            if form.is_change_part(node) && node.depth > 0 {
                words.timings.extend(form.options(node).iter().map(|o| o.label.clone()));
                if node.is_item() {
                    words.change_heads.push(fold(&node.label).chars().collect());
                }
                continue;
            }
            words.add_node(form, node, &mut class_of);
        }
        words.first_change_head = words.change_heads.first().cloned().unwrap_or_default();
        words.change_heads.sort_by_key(|h| std::cmp::Reverse(h.len()));
        words.add_choices(form);
        for keys in words.keys.values_mut() {
            keys.sort_by_key(|k| std::cmp::Reverse(k.chars.len()));
        }
        words
    }

    fn add_head(&mut self, form: &'static Form) {
        let head = &form.head;
        let prints = [&head.title, &head.edition_mark, &head.option_heading, &head.style];
        for text in prints.into_iter().chain(&head.toc_heading) {
            self.add(text, Word::Print, text == &head.option_heading);
        }
        self.add("項目一覧", Word::Print, false);
    }

    fn add_node(&mut self, form: &'static Form, node: &'static Node, class_of: &mut BTreeMap<String, usize>) {
        for title in &node.risk_titles {
            self.add(title, Word::Print, false);
        }
        let mark = fold(node.mark.as_deref().unwrap_or_default());
        for group in node.repeat.iter().flat_map(|r| &r.print_groups) {
            // 「委託事項1」 is the heading of an entry, 「委託事項2～5」 stands above several.
            let folded = fold(group);
            if !folded.strip_prefix(&mark).is_some_and(|n| n.chars().all(|c| c.is_ascii_digit())) {
                self.add(group, Word::Print, false);
            }
        }
        self.add_boxes(form, node);
        if let (Some(mark), Kind::Repeat) = (&node.mark, node.kind) {
            self.add(mark, Word::Entry(node.ix), true);
            return;
        }
        if node.synthetic_label || node.kind == Kind::Flag || node.id == "cover" {
            return;
        }
        let keys = printed_keys(node);
        let Some(first) = keys.first() else { return };
        let class = *class_of.entry(first.clone()).or_insert_with(|| {
            self.classes.push(Vec::new());
            self.classes.len() - 1
        });
        self.classes[class].push(node.ix);
        self.free_text.resize(self.classes.len(), true);
        self.at_margin.resize(self.classes.len(), true);
        self.at_margin[class] &= node.depth == 0;
        self.free_text[class] &= node.kind == Kind::Text;
        if self.classes[class].len() > 1 {
            return;
        }
        for key in &keys {
            self.add(key, Word::Label(class), false);
        }
        let Some(printed) = &node.printed else { return };
        match printed.split([' ', '　']).find(|part| !part.is_empty()) {
            Some(part) if part.contains(&node.label) => self.add(part, Word::Label(class), true),
            _ => self.add(printed, Word::Print, false),
        }
    }

    fn add_boxes(&mut self, form: &'static Form, node: &'static Node) {
        if node.kind == Kind::Flag {
            self.add_box(&node.label);
        }
        for check in form.boxes(node) {
            self.add_box(&check.label);
            if let Some(group) = &check.group {
                self.add(&format!("・{group}"), Word::Print, false);
            }
        }
    }

    fn add_box(&mut self, label: &'static str) {
        let key: Vec<char> = fold(label).chars().collect();
        if !key.is_empty() && !self.boxes.iter().any(|(k, _)| *k == key) {
            self.boxes.push((key, label));
        }
    }

    fn add_choices(&mut self, form: &'static Form) {
        let sets = form.option_sets().flat_map(|(_, options)| options);
        for option in sets {
            for spelling in std::iter::once(&option.label).chain(&option.aliases) {
                let key: Vec<char> = fold(spelling).chars().collect();
                if !key.is_empty() && !self.options.iter().any(|(k, _)| *k == key) {
                    self.options.push((key, option.label.as_str()));
                }
            }
        }
        self.options.sort_by_key(|(k, _)| std::cmp::Reverse(k.len()));
        self.boxes.sort_by_key(|(k, _)| std::cmp::Reverse(k.len()));
    }

    fn add(&mut self, text: &str, word: Word, open: bool) {
        let chars: Vec<char> = fold(text).chars().collect();
        let Some(first) = chars.first() else { return };
        let keys = self.keys.entry(*first).or_default();
        if !keys.iter().any(|k| k.chars == chars) {
            keys.push(Key { chars, word, open });
        }
    }

    /// The longest printed thing that starts at a place, and where it ends.
    pub(super) fn word_at(&self, lines: &[Line<'_>], place: Place) -> Option<(Word, Place)> {
        let line = lines.get(place.0)?;
        let first = line.folded.chars.get(line.folded.index_at(place.1))?;
        for key in self.keys.get(first)? {
            let Some(end) = matched(&key.chars, lines, place, MOST_WRAPS) else { continue };
            let rest = &lines[end.0].text[end.1..];
            if key.open || is_boundary(rest) || (matches!(key.word, Word::Label(_)) && is_file_number(rest)) {
                return Some((key.word, end));
            }
        }
        None
    }

    /// The longest box label at a place.
    pub(super) fn box_at(&self, lines: &[Line<'_>], place: Place) -> Option<(&'static str, Place)> {
        let ends_well = |end: &Place| {
            let rest = &lines[end.0].text[end.1..];
            is_boundary(rest) || rest.starts_with(['（', '('])
        };
        self.boxes
            .iter()
            .find_map(|(key, label)| Some((*label, matched(key, lines, place, 3).filter(ends_well)?)))
    }

    /// The longest option at a place. Without `whole` anything may follow it.
    pub(super) fn option_at(
        &self,
        lines: &[Line<'_>],
        place: Place,
        whole: bool,
    ) -> Option<(&'static str, Place)> {
        self.options.iter().find_map(|(key, label)| {
            let end = matched(key, lines, place, 2)?;
            let rest = &lines[end.0].text[end.1..];
            (!whole || is_boundary(rest)).then_some((*label, end))
        })
    }

    /// What officers write for "nothing to say", at the start of a text.
    pub(super) fn not_applicable_at<'t>(&self, text: &'t str) -> Option<&'t str> {
        let token = text.split([' ', '[', ']']).next().filter(|t| !t.is_empty())?;
        self.not_applicable.contains(&fold(token)).then_some(token)
    }

    /// Whether a line is the head of the change table, at least of its first two columns.
    pub(super) fn is_change_head(&self, line: &Line<'_>) -> bool {
        let signs = &line.folded.chars;
        !self.first_change_head.is_empty()
            && signs.len() > self.first_change_head.len()
            && signs.starts_with(&self.first_change_head)
            && self.is_rest_of_change_head(line)
    }

    /// Whether a line prints nothing but heads of columns of the change table.
    pub(super) fn is_rest_of_change_head(&self, line: &Line<'_>) -> bool {
        let mut rest = line.folded.chars.as_slice();
        while let Some(head) =
            self.change_heads.iter().find(|h| !h.is_empty() && rest.starts_with(h.as_slice()))
        {
            rest = &rest[head.len()..];
        }
        rest.is_empty()
    }
}

/// What a node prints, the usual form first: mark and label, with what can stand between and behind them.
fn printed_keys(node: &Node) -> Vec<String> {
    let mut keys = Vec::new();
    for label in std::iter::once(&node.label).chain(&node.aliases) {
        let mut labels = vec![label.clone()];
        labels.extend(node.label_suffix.iter().map(|s| format!("{label}{s}")));
        labels.extend(node.kome_text.iter().map(|s| format!("{label}{s}")));
        for label in labels {
            let Some(mark) = &node.mark else {
                keys.push(label);
                continue;
            };
            let separators: &[&str] = match mark.chars().next() {
                Some(c) if c.is_ascii_digit() => &[".", "", "、"],
                Some('リ') => &[":", ""],
                _ => &["", "."],
            };
            keys.extend(separators.iter().map(|s| format!("{mark}{s}{label}")));
        }
    }
    let mut folded: Vec<String> = Vec::new();
    for key in keys.iter().map(|k| fold(k)) {
        if !folded.contains(&key) {
            folded.push(key);
        }
    }
    folded
}

/// Where a folded key ends that starts at a place. It may run on over the next lines as long as no blank line stands between.
fn matched(key: &[char], lines: &[Line<'_>], (line, byte): Place, wraps: usize) -> Option<Place> {
    let mut at = line;
    let mut index = lines.get(line)?.folded.index_at(byte);
    for c in key {
        while index >= lines[at].folded.chars.len() {
            at += 1;
            if at > line + wraps || lines.get(at).is_none_or(|l| l.gap) {
                return None;
            }
            index = 0;
        }
        if lines[at].folded.chars[index] != *c {
            return None;
        }
        index += 1;
    }
    Some((at, lines[at].folded.end_of(index)))
}

/// `（2）` behind the heading of a section that is there once per file.
pub(super) fn is_file_number(rest: &str) -> bool {
    let folded = fold(rest);
    let Some((inside, behind)) = folded.strip_prefix('(').and_then(|r| r.split_once(')')) else {
        return false;
    };
    // The scope of ※ may follow: 「※（７．リスク１⑨を除く。）」.
    let ends = behind.is_empty() || behind.starts_with('(') && behind.ends_with("除く.)");
    ends && !inside.is_empty() && inside.len() < 3 && inside.chars().all(|c| c.is_ascii_digit())
}

/// Whether a printed word can end before this text.
fn is_boundary(rest: &str) -> bool {
    rest.chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, '[' | ']' | '［' | '］' | '※'))
}
