//! A second look at an import: does every word of a line stand in the value that the line is said to have ended in?

use std::collections::{BTreeMap, BTreeSet};

use super::html::{Cell, Piece};
use super::{Fate, Imported};
use crate::assessment::Value;
use crate::form::{Form, Slot, fold};
use crate::wareki;

/// Checks every line that ended in a value: tags, labels, option lists and marks aside, each of its words must occur
/// in the value. A line that fails is no longer counted as value but as unrecognised in the missing part.
///
/// The check knows nothing of how the values were found, so a fault of an importer cannot hide behind itself.
pub fn audit(text: &str, imported: &mut Imported) {
    let print = Print::new(imported.answers.form());
    let claimed: Vec<(usize, String)> = imported
        .report
        .ledger
        .lines()
        .filter_map(|(line, fate)| match fate {
            Fate::Value(paths) => Some((line, paths.clone())),
            _ => None,
        })
        .collect();
    let lines: Vec<&str> = text.lines().collect();
    // Many lines end in one value: its words are folded once.
    let mut known: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (line, paths) in claimed {
        let values = known.entry(paths).or_insert_with_key(|paths| values(imported, paths));
        let Some(source) = line.checked_sub(1).and_then(|at| lines.get(at)) else { continue };
        let missing: Vec<String> =
            parts(source).iter().flat_map(|part| print.missing_in(part, values)).collect();
        if !missing.is_empty() {
            imported.report.ledger.unrecognised(line, missing.join(" … "));
        }
    }
}

/// The words of some values, folded, each on its own.
fn values(imported: &Imported, paths: &str) -> Vec<String> {
    let answers = &imported.answers;
    let mut texts = Vec::new();
    for path in paths.split(", ") {
        let change = path.strip_prefix("changes[").and_then(|p| p.strip_suffix(']')?.parse::<usize>().ok());
        // Rows are counted from 1, as people count them.
        if let Some(change) = change.and_then(|number| imported.changes.get(number.checked_sub(1)?)) {
            let parts = [
                &change.date_text,
                &change.item.text,
                &change.before,
                &change.after,
                &change.timing,
                &change.explanation,
            ];
            texts.extend(parts.into_iter().map(|t| plain(t)));
        }
        let slot = answers.form().slot(path);
        if let Some((slot, value)) = slot.and_then(|slot| Some((slot, answers.get(slot)?))) {
            texts.extend(words_of(answers.form(), slot, value));
        }
    }
    texts
}

fn words_of(form: &Form, slot: Slot, value: &Value) -> Vec<String> {
    match value {
        Value::Text(text) | Value::Unfit(text) => vec![plain(text)],
        Value::Date(date) => vec![date.iso()],
        Value::Choice(label) => {
            let option = form.options(form.node(slot.node)).iter().find(|o| o.label == *label);
            let aliases = option.map(|o| o.aliases.as_slice()).unwrap_or_default();
            std::iter::once(label).chain(aliases).map(|t| fold(t)).collect()
        }
        Value::Checks(ticks) => ticks.iter().filter_map(|t| t.text.as_deref().map(plain)).collect(),
        Value::Count(number) => vec![number.to_string()],
        Value::Flag(_) | Value::Figures(_) => Vec::new(),
    }
}

/// Folded words of a text without the escapes of Markdown.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\\' || !chars.peek().is_some_and(char::is_ascii_punctuation) {
            out.push(c);
        }
    }
    fold(&out)
}

/// The words of a line between its tags and columns.
fn parts(line: &str) -> Vec<String> {
    fn of(cell: &Cell, parts: &mut Vec<String>) {
        let mut part = String::new();
        for piece in &cell.pieces {
            match piece {
                Piece::Text { text, .. } => part.push_str(text),
                Piece::Box { .. } => part.push('☐'),
                Piece::Break | Piece::Paragraph => parts.push(std::mem::take(&mut part)),
                Piece::Table(rows) => {
                    parts.push(std::mem::take(&mut part));
                    rows.iter().flat_map(|r| &r.cells).for_each(|c| of(c, parts));
                }
            }
        }
        parts.push(part);
    }
    let mut parts = Vec::new();
    for cell in line.split('\t') {
        of(&Cell::read(cell, 1), &mut parts);
    }
    parts.retain(|p| !p.trim().is_empty());
    parts
}

/// Everything that a form prints by itself.
struct Print {
    words: BTreeSet<String>,
    longest: usize,
}

impl Print {
    fn new(form: &Form) -> Self {
        let mut words: BTreeSet<String> = BTreeSet::new();
        for node in form.nodes() {
            let own = [Some(&node.label), node.label_suffix.as_ref(), node.kome_text.as_ref()];
            words.extend(
                own.into_iter().flatten().chain(&node.aliases).chain(&node.risk_titles).map(|t| fold(t)),
            );
            words.extend(node.mark.as_deref().map(fold));
            words.extend(node.unit.as_deref().map(fold));
            let passage = node.printed.as_deref().unwrap_or_default();
            words.extend(passage.split_whitespace().map(fold));
            words.insert(fold(passage));
        }
        for (_, options) in form.option_sets() {
            for option in options {
                for label in std::iter::once(&option.label).chain(&option.aliases) {
                    words.insert(fold(label));
                    words.extend((1..=12).map(|n| format!("{n}){}", fold(label))));
                }
            }
        }
        for (_, boxes) in form.check_sets() {
            words.extend(boxes.iter().map(|b| fold(&b.label)));
            words.extend(boxes.iter().filter_map(|b| b.group.as_deref()).map(fold));
        }
        words.insert(fold(&form.head.option_heading));
        for repeat in form.nodes().iter().filter(|n| n.repeat.is_some()) {
            let mark = fold(repeat.mark.as_deref().unwrap_or_default());
            words.extend((1..=30).map(|n| format!("{mark}{n}")).filter(|_| !mark.is_empty()));
        }
        words.remove("");
        let longest = words.iter().map(|w| w.chars().count()).max().unwrap_or(0);
        Self { words, longest }
    }

    /// What is missing of a part of a line. Where columns are only a blank apart, one part holds words of several values.
    fn missing_in(&self, part: &str, values: &[String]) -> Vec<String> {
        let whole = self.missing(&fold(part), values);
        if whole.is_empty() || part.split_whitespace().nth(1).is_none() {
            return whole;
        }
        part.split_whitespace().flat_map(|word| self.missing(&fold(word), values)).collect()
    }

    /// The parts of a run of words that are neither print nor in one of the values.
    fn missing(&self, part: &str, values: &[String]) -> Vec<String> {
        if covered(part, values) {
            return Vec::new();
        }
        let chars: Vec<char> = part.chars().collect();
        let edges = self.edges(&chars);
        // The cheapest way through the part: a stretch costs nothing if it is print or stands in a value.
        let mut best: Vec<(usize, usize)> = vec![(0, 0); edges.len()];
        for to in 1..edges.len() {
            best[to] = (usize::MAX, 0);
            for from in 0..to {
                let stretch: String = chars[edges[from]..edges[to]].iter().collect();
                let known = self.is_print(&stretch) || covered(&stretch, values);
                if !known && to - from > 1 {
                    continue;
                }
                let cost = best[from].0.saturating_add(if known { 0 } else { stretch.chars().count() });
                if cost < best[to].0 {
                    best[to] = (cost, from);
                }
            }
        }
        let mut missing = Vec::new();
        let mut to = edges.len() - 1;
        while to > 0 {
            let from = best[to].1;
            let stretch: String = chars[edges[from]..edges[to]].iter().collect();
            if !self.is_print(&stretch) && !covered(&stretch, values) {
                missing.push(stretch);
            }
            to = from;
        }
        if missing.is_empty() || self.is_damaged_label(part) {
            return Vec::new();
        }
        missing.reverse();
        missing
    }

    /// Whether the whole part is a label that the transcription damaged.
    fn is_damaged_label(&self, part: &str) -> bool {
        let length = part.chars().count();
        let near = |label: &String| {
            label.chars().count().abs_diff(length) * 3 <= length
                && strsim::normalized_damerau_levenshtein(part, label) >= 0.75
        };
        (6..=90).contains(&length) && self.words.iter().any(near)
    }

    /// The places where a word of print begins or ends, and the ends of the part.
    fn edges(&self, chars: &[char]) -> Vec<usize> {
        /// More edges than this in one part would only cost time.
        const MOST: usize = 240;
        let mut edges = BTreeSet::from([0, chars.len()]);
        let mut at = 0;
        while at < chars.len() && edges.len() < MOST {
            if is_mark(chars[at]) {
                edges.extend([at, at + 1]);
                at += 1;
                continue;
            }
            let longest = self.longest.min(chars.len() - at);
            let word = (1..=longest).rev().find(|length| {
                let stretch: String = chars[at..at + length].iter().collect();
                self.words.contains(&stretch)
            });
            if let Some(length) = word {
                edges.extend([at, at + length]);
            }
            at += word.unwrap_or(1);
        }
        edges.into_iter().collect()
    }

    fn is_print(&self, stretch: &str) -> bool {
        self.words.contains(stretch) || stretch.chars().all(is_mark)
    }
}

fn is_mark(c: char) -> bool {
    "[](){}<>○◎●✓✔☑☒☐□■・-:.、,#*|".contains(c)
}

/// Whether the words stand in one of the values, as they are or as another way to write it.
fn covered(words: &str, values: &[String]) -> bool {
    if words.is_empty() || values.iter().any(|v| v.contains(words)) {
        return true;
    }
    // A date is kept as a day, a number without its unit.
    let is_date = wareki::find_all(words).into_iter().any(|(range, parsed)| {
        let rest = format!("{}{}", &words[..range.start], &words[range.end..]);
        let unit = rest.chars().all(|c| "()年月日時点現在".contains(c));
        unit && values.contains(&parsed.date.iso())
    });
    let number = words.trim_matches(|c| "()件".contains(c));
    is_date
        || !number.is_empty()
            && number.chars().all(|c| c.is_ascii_digit())
            && values.iter().any(|v| v == number)
}
