//! Finding the printed labels of a form in the cells of a transcription.

use std::collections::HashMap;

use crate::form::{Form, Node, NodeIx, fold};

/// A label that a text may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Hit {
    /// The node with this label.
    pub(super) node: NodeIx,
    /// The text carries the node's own number mark.
    pub(super) marked: bool,
    /// The text carries another number mark.
    pub(super) mismarked: bool,
    /// How close the words are: 1 for the same words.
    pub(super) likeness: f64,
}

/// A heading of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SectionHit {
    /// The section.
    pub(super) node: NodeIx,
    /// The text carries the section's number.
    pub(super) marked: bool,
    /// Number of the 特定個人情報ファイル behind the heading, e.g. `（2）`.
    pub(super) file: Option<u16>,
}

/// The labels of a form, ready for looking up.
pub(super) struct Labels {
    form: &'static Form,
    /// Folded spelling, node, and whether the spelling has the mark.
    keys: Vec<(String, NodeIx, bool)>,
    by_text: HashMap<String, Vec<usize>>,
}

impl Labels {
    pub(super) fn new(form: &'static Form) -> Self {
        let mut keys: Vec<(String, NodeIx, bool)> = Vec::new();
        for node in form.nodes().iter().filter(|n| is_printed(n)) {
            for (text, marked) in spellings(node) {
                if !keys.iter().any(|(k, n, _)| *k == text && *n == node.ix) {
                    keys.push((text, node.ix, marked));
                }
            }
        }
        let mut by_text: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, (text, _, _)) in keys.iter().enumerate() {
            by_text.entry(text.clone()).or_default().push(at);
        }
        Self { form, keys, by_text }
    }

    /// The nodes below sections whose label is this text, in printed order.
    pub(super) fn hits(&self, text: &str) -> Vec<Hit> {
        let key = key_of(text);
        let own = self.exact(&key, false);
        if !own.is_empty() {
            return own;
        }
        let (mark, rest) = split_mark(&key);
        if mark.is_some() {
            let other = self.exact(rest, true);
            if !other.is_empty() {
                return other;
            }
        }
        let mut spelled = key.clone();
        for f in self.form.folds() {
            spelled = spelled.replace(&fold(&f.from), &fold(&f.to));
        }
        if spelled == key { Vec::new() } else { self.exact(&spelled, false) }
    }

    fn exact(&self, key: &str, mismarked: bool) -> Vec<Hit> {
        let found = self.by_text.get(key).map(Vec::as_slice).unwrap_or_default();
        let hits = found.iter().map(|at| &self.keys[*at]);
        hits.filter(|(_, node, _)| self.form.node(*node).depth > 0)
            .map(|(_, node, marked)| Hit { node: *node, marked: *marked, mismarked, likeness: 1.0 })
            .collect()
    }

    /// The nodes whose label is like this text, for labels that the transcription damaged.
    pub(super) fn near(&self, text: &str) -> Vec<Hit> {
        let key = key_of(text);
        let length = key.chars().count();
        if !(3..=90).contains(&length) {
            return Vec::new();
        }
        let (mark, rest) = split_mark(&key);
        let mut hits: Vec<Hit> = Vec::new();
        for node in self.form.nodes().iter().filter(|n| n.depth > 0 && is_printed(n)) {
            let own_mark = node.mark.as_deref().map(fold);
            let marked = mark.is_some() && own_mark.as_deref() == mark;
            let label = fold(&node.label);
            let likeness = strsim::normalized_damerau_levenshtein(rest, &label);
            let enough = if marked { 0.55 } else { 0.75 };
            // Two characters in a short word change its meaning.
            let too_short = label.chars().count() < 6 && !marked;
            if likeness >= enough && !too_short {
                hits.push(Hit { node: node.ix, marked, mismarked: mark.is_some() && !marked, likeness });
            }
        }
        hits
    }

    /// The labels with which a folded text begins, longest first, with their length in folded characters.
    pub(super) fn prefixes(&self, folded: &str) -> Vec<(Hit, usize)> {
        let mut found: Vec<(Hit, usize)> = self
            .keys
            .iter()
            .filter(|(key, node, _)| self.form.node(*node).depth > 0 && folded.starts_with(key.as_str()))
            .map(|(key, node, marked)| {
                let hit = Hit { node: *node, marked: *marked, mismarked: false, likeness: 1.0 };
                (hit, key.chars().count())
            })
            .collect();
        found.sort_by_key(|(hit, length)| (std::cmp::Reverse(*length), hit.node));
        found
    }

    /// The section whose heading this text is, with what headings carry: a file's number, the scope of ※.
    pub(super) fn section(&self, text: &str) -> Option<SectionHit> {
        let key = key_of(text);
        let mut best: Option<(usize, SectionHit)> = None;
        for (known, node, marked) in &self.keys {
            if self.form.node(*node).depth > 0 {
                continue;
            }
            let Some(rest) = key.strip_prefix(known.as_str()) else { continue };
            let per_file = self.form.node(*node).is_per_file();
            let Some(HeadingRest { file }) = heading_rest(rest) else { continue };
            if file.is_some() && !per_file {
                continue;
            }
            let hit = SectionHit { node: *node, marked: *marked, file };
            if best.as_ref().is_none_or(|(length, _)| known.len() > *length) {
                best = Some((known.len(), hit));
            }
        }
        best.map(|(_, hit)| hit)
    }

    /// The entry of a repeat that this text heads: the repeat, the number, and the length in folded characters.
    pub(super) fn entry(&self, text: &str) -> Option<(NodeIx, u16, usize)> {
        let key = key_of(text);
        for node in self.form.nodes() {
            let Some(mark) = node.mark.as_deref().filter(|_| node.repeat.is_some() && node.depth > 0) else {
                continue;
            };
            let mark = fold(mark);
            let Some(rest) = key.strip_prefix(mark.as_str()) else { continue };
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            if let Ok(number) = digits.parse::<u16>() {
                return (number > 0).then_some((node.ix, number, mark.chars().count() + digits.len()));
            }
        }
        None
    }

    /// Whether the text heads a range of entries (`システム2～5`), which the form prints and nobody fills in.
    pub(super) fn is_entry_range(&self, text: &str) -> bool {
        let key = key_of(text);
        self.form.nodes().iter().any(|node| {
            let Some(mark) = node.mark.as_deref().filter(|_| node.repeat.is_some() && node.depth > 0) else {
                return false;
            };
            let Some(rest) = key.strip_prefix(fold(mark).as_str()) else { return false };
            let Some((from, to)) = rest.split_once(['~', '-']) else { return false };
            let is_number = |t: &str| !t.is_empty() && t.chars().all(|c| c.is_ascii_digit());
            is_number(from) && is_number(to)
        })
    }
}

/// Whether the form prints the node's label: a bare cell has none, nor has a repeat as a whole.
fn is_printed(node: &Node) -> bool {
    !node.synthetic_label && (node.repeat.is_none() || node.is_per_file())
}

fn spellings(node: &Node) -> Vec<(String, bool)> {
    let mut texts = Vec::new();
    for label in std::iter::once(&node.label).chain(&node.aliases) {
        texts.push(label.clone());
        texts.extend(node.label_suffix.as_ref().map(|s| format!("{label}{s}")));
    }
    let mut keys: Vec<(String, bool)> = texts.iter().map(|t| (key_of(t), false)).collect();
    if let Some(mark) = &node.mark {
        for text in &texts {
            keys.extend(
                ["", ".", ":", "、", ")", "-"].map(|sep| (key_of(&format!("{mark}{sep}{text}")), true)),
            );
        }
    }
    keys
}

/// What stands behind a section's label.
struct HeadingRest {
    file: Option<u16>,
}

/// What may stand behind a section's label: nothing, a file's number, a bracket about ※. `None` for anything else.
fn heading_rest(rest: &str) -> Option<HeadingRest> {
    let mut rest = rest;
    let mut file = None;
    while let Some(inner) = rest.strip_prefix('(') {
        let (inside, after) = inner.split_once(')')?;
        if let Ok(number) = inside.parse::<u16>() {
            file = Some(number).filter(|n| *n > 0);
        } else if !inside.contains("除く") && inside != "続き" {
            return None;
        }
        rest = after;
    }
    rest.is_empty().then_some(HeadingRest { file })
}

/// The comparison key of a label: folded, a roman number in one spelling, no colon at the end.
pub(super) fn key_of(text: &str) -> String {
    let folded = fold(text);
    let folded = folded.trim_end_matches(':');
    let folded = folded.strip_suffix("(続き)").unwrap_or(folded);
    let roman: String = folded.chars().take_while(|c| matches!(c, 'I' | 'V' | 'X')).collect();
    let number = match roman.as_str() {
        "I" => 'Ⅰ',
        "II" => 'Ⅱ',
        "III" => 'Ⅲ',
        "IV" => 'Ⅳ',
        "V" => 'Ⅴ',
        "VI" => 'Ⅵ',
        _ => return folded.to_owned(),
    };
    let rest = &folded[roman.len()..];
    if rest.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return folded.to_owned();
    }
    format!("{number}{rest}")
}

/// The number mark of a key (`⑧`, `3`, `リスク1`) and the words behind it.
pub(super) fn split_mark(key: &str) -> (Option<&str>, &str) {
    let after = |at: usize| key[at..].trim_start_matches(['.', ':', '、', ')', '-']);
    let first = key.chars().next().unwrap_or_default();
    if ('①'..='⑳').contains(&first) || ('Ⅰ'..='Ⅻ').contains(&first) {
        let at = first.len_utf8();
        return (Some(&key[..at]), after(at));
    }
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
    if let Some(rest) = key.strip_prefix("リスク") {
        let at = "リスク".len() + digits(rest);
        let separated = key[at..].starts_with([':', '.']);
        if at > "リスク".len() || separated {
            return (Some(&key[..at]), after(at));
        }
    }
    let count = digits(key);
    if count > 0 && key[count..].starts_with(['.', ')', '、']) {
        return (Some(&key[..count]), after(count));
    }
    (None, key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(form: &str, text: &str) -> Vec<String> {
        let form = Form::with_id(form).unwrap();
        Labels::new(form).hits(text).iter().map(|h| form.node(h.node).id.clone()).collect()
    }

    #[test]
    fn labels_are_found_with_and_without_marks() {
        assert_eq!(ids("juten-h30-05", "①事務の名称"), ["i.1.name"]);
        assert_eq!(ids("juten-h30-05", "事務の名称"), ["i.1.name"]);
        assert_eq!(ids("zenkomoku-h30-05", "③その妥当性 ※").last().unwrap(), "ii.6.period.validity");
        assert_eq!(ids("zenkomoku-h30-05", "3．特定個人情報の使用"), ["iii.3"]);
        assert_eq!(ids("zenkomoku-h30-05", "ユーザー認証の管理"), ["iii.3.risk2.authentication"]);
    }

    #[test]
    fn sections_carry_file_numbers_and_exclusions() {
        let form = Form::with_id("zenkomoku-h30-05").unwrap();
        let labels = Labels::new(form);
        let section =
            |text: &str| labels.section(text).map(|h| (form.node(h.node).id.as_str(), h.marked, h.file));
        assert_eq!(section("II 特定個人情報ファイルの概要（２）"), Some(("ii", true, Some(2))));
        assert_eq!(section("リスク対策 (7. を除く.)"), Some(("iii", false, None)));
        assert_eq!(section("(別添1) 事務の内容"), Some(("app1", true, None)));
        assert_eq!(section("基本情報の利用"), None);
    }

    #[test]
    fn entries_and_ranges_of_entries() {
        let form = Form::with_id("juten-h30-05").unwrap();
        let labels = Labels::new(form);
        assert_eq!(labels.entry("委託事項１２").map(|(_, n, _)| n), Some(12));
        assert!(labels.is_entry_range("システム2～5"));
        assert!(!labels.is_entry_range("システム2"));
    }

    #[test]
    fn damaged_labels_are_near() {
        let form = Form::with_id("zenkomoku-h30-05").unwrap();
        let labels = Labels::new(form);
        assert!(labels.near("権利利益に影響を与える得る決定").iter().any(|h| h.likeness > 0.9));
        assert!(
            labels.near("他の措置の内容").iter().any(|h| form.node(h.node).label == "その他の措置の内容")
        );
        assert!(labels.near("まったく別のことば").is_empty());
    }
}
