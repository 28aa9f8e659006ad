//! What an import made of a known document: every item right, missing or wrong, with or without a note; no word lost.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use kohyo::assessment::{Change, Value};
use kohyo::form::{Form, Slot, fold};
use kohyo::import::{self, Fate, Imported};

use super::fill::Document;

/// Counts over one or more documents.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    pub(crate) documents: usize,
    pub(crate) items: usize,
    pub(crate) right: usize,
    pub(crate) missing_noted: usize,
    pub(crate) missing_silent: usize,
    pub(crate) wrong_noted: usize,
    pub(crate) wrong_silent: usize,
    pub(crate) changes: usize,
    pub(crate) changes_right: usize,
    /// Pieces of values that occur neither in a value nor in an unrecognised line.
    pub(crate) lost: usize,
    pub(crate) unrecognised: usize,
    pub(crate) failures: usize,
    /// Faults by item and kind of fault.
    pub(crate) by_item: BTreeMap<String, usize>,
}

impl Tally {
    pub(crate) fn add(&mut self, other: &Self) {
        self.documents += other.documents;
        self.items += other.items;
        self.right += other.right;
        self.missing_noted += other.missing_noted;
        self.missing_silent += other.missing_silent;
        self.wrong_noted += other.wrong_noted;
        self.wrong_silent += other.wrong_silent;
        self.changes += other.changes;
        self.changes_right += other.changes_right;
        self.lost += other.lost;
        self.unrecognised += other.unrecognised;
        self.failures += other.failures;
        for (item, count) in &other.by_item {
            *self.by_item.entry(item.clone()).or_default() += count;
        }
    }

    /// A share of the items in percent.
    pub(crate) fn share(&self, count: usize) -> f64 {
        100.0 * f64::from(u32::try_from(count).unwrap())
            / f64::from(u32::try_from(self.items.max(1)).unwrap())
    }

    pub(crate) fn row(&self, name: &str) -> String {
        format!(
            "{name:<34} docs {:>3} items {:>6} right {:>6.2}% missing {:>5.2}%+{:>5.2}% wrong {:>5.2}%+{:>5.2}% (noted+silent) changes {}/{} lost {} unrec {} failed {}",
            self.documents,
            self.items,
            self.share(self.right),
            self.share(self.missing_noted),
            self.share(self.missing_silent),
            self.share(self.wrong_noted),
            self.share(self.wrong_silent),
            self.changes_right,
            self.changes,
            self.lost,
            self.unrecognised,
            self.failures,
        )
    }
}

/// Imports a text and compares; the faults in words go to `log`.
pub(crate) fn measure(document: &Document, text: &str, log: &mut String) -> Tally {
    let mut tally = Tally { documents: 1, ..Tally::default() };
    match import::read("simulated", text) {
        Ok(imported) if imported.answers.form().head.id != document.form.head.id => {
            let _ = writeln!(log, "FAILED: read as {}", imported.answers.form().head.id);
            tally.failures = 1;
            tally.items = document.answers.values().count();
            tally.missing_silent = tally.items;
        }
        Ok(imported) => compare(document, text, &imported, &mut tally, log),
        Err(error) => {
            let _ = writeln!(log, "FAILED: {error}");
            tally.failures = 1;
            tally.items = document.answers.values().count();
            tally.missing_noted = tally.items;
        }
    }
    tally
}

fn compare(document: &Document, text: &str, imported: &Imported, tally: &mut Tally, log: &mut String) {
    let noted: BTreeSet<&str> = imported.report.notes.iter().map(|n| n.path.as_str()).collect();
    let known = |v: &&Value| !v.is_empty() && **v != Value::Flag(false);
    let mut slots: BTreeSet<Slot> =
        document.answers.values().filter(|(_, v)| known(v)).map(|(s, _)| s).collect();
    slots.extend(imported.answers.values().filter(|(_, v)| known(v)).map(|(s, _)| s));
    for slot in slots {
        let expected = document.answers.get(slot).filter(known);
        let got = imported.answers.get(slot).filter(known);
        tally.items += 1;
        if same(document.form, expected, got) {
            tally.right += 1;
            continue;
        }
        let is_noted = noted.contains(imported.answers.path(slot).as_str());
        let kind = match (got, is_noted) {
            (None, true) => (&mut tally.missing_noted, "missing, noted"),
            (None, false) => (&mut tally.missing_silent, "MISSING SILENTLY"),
            (Some(_), true) => (&mut tally.wrong_noted, "wrong, noted"),
            (Some(_), false) => (&mut tally.wrong_silent, "WRONG SILENTLY"),
        };
        *kind.0 += 1;
        let path = document.form.node(slot.node).id.clone();
        *tally.by_item.entry(format!("{path} {}", kind.1)).or_default() += 1;
        let _ = writeln!(
            log,
            "{} {}\n  expected {}\n  got      {}",
            kind.1,
            imported.answers.path(slot),
            shown(expected),
            shown(got)
        );
    }
    compare_changes(document, imported, tally, log);
    lost_words(document, imported, tally, log);
    for (line, fate) in imported.report.ledger.lines() {
        if let Fate::Unrecognised(text) = fate {
            tally.unrecognised += 1;
            let _ = writeln!(log, "unrecognised {line}: {text}");
        }
    }
    let printed = text.lines().filter(|l| !l.trim().is_empty()).count();
    let counts = imported.report.counts();
    if counts.value + counts.print + counts.unrecognised != printed {
        tally.lost += 1;
        let _ = writeln!(log, "LOST: {printed} printed lines, {counts:?}");
    }
}

fn same(form: &Form, expected: Option<&Value>, got: Option<&Value>) -> bool {
    match (expected, got) {
        (Some(Value::Checks(a)), Some(Value::Checks(b))) => {
            a.len() == b.len()
                && a.iter().all(|x| {
                    b.iter().any(|y| {
                        let inner = |t: &Option<String>| t.as_deref().map(key).unwrap_or_default();
                        x.label == y.label && inner(&x.text) == inner(&y.text)
                    })
                })
        }
        (Some(Value::Text(a)), Some(Value::Text(b))) => {
            key(a) == key(b) || form.is_not_applicable(a) && form.is_not_applicable(b)
        }
        (a, b) => a == b,
    }
}

/// Words for comparing: what Markdown needs, blanks and width aside.
pub(crate) fn key(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let line = line.trim();
        let line = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")).unwrap_or(line);
        let mut chars = line.chars().peekable();
        while let Some(c) = chars.next() {
            if c != '\\' || !chars.peek().is_some_and(char::is_ascii_punctuation) {
                out.push(c);
            }
        }
    }
    let folded = fold(&out.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"));
    ["IV", "VI", "III", "II", "V", "I"]
        .iter()
        .zip(["Ⅳ", "Ⅵ", "Ⅲ", "Ⅱ", "Ⅴ", "Ⅰ"])
        .fold(folded, |t, (a, b)| t.replace(b, a))
}

fn shown(value: Option<&Value>) -> String {
    match value {
        None => "(nothing)".to_owned(),
        Some(Value::Text(text)) => format!("«{}»", text.replace('\n', "⏎")),
        Some(value) => format!("{value:?}"),
    }
}

fn is_same_change(a: &Change, b: &Change) -> bool {
    let circled = |t: &str| key(t).replace(|c| ('①'..='⑳').contains(&c), "");
    a.date == b.date
        && circled(&a.item.text) == circled(&b.item.text)
        && key(&a.before) == key(&b.before)
        && key(&a.after) == key(&b.after)
        && key(&a.timing) == key(&b.timing)
        && key(&a.explanation) == key(&b.explanation)
}

fn compare_changes(document: &Document, imported: &Imported, tally: &mut Tally, log: &mut String) {
    let mut left: Vec<&Change> = imported.changes.iter().collect();
    tally.changes += document.changes.len();
    let mut wrong = Vec::new();
    for change in &document.changes {
        match left.iter().position(|c| is_same_change(change, c)) {
            Some(at) => {
                left.remove(at);
                tally.changes_right += 1;
            }
            None => wrong.push(change),
        }
    }
    for change in wrong {
        let near = left.iter().find(|c| c.date == change.date && key(&c.item.text) == key(&change.item.text));
        let near = near.or_else(|| left.iter().find(|c| c.date == change.date));
        let _ = writeln!(
            log,
            "CHANGE expected {}\n       got      {}",
            row(change),
            near.map_or_else(|| "(no row)".to_owned(), |c| row(c))
        );
    }
}

fn row(c: &Change) -> String {
    [&c.date_text, &c.item.text, &c.before, &c.after, &c.timing, &c.explanation]
        .map(|t| t.replace('\n', "⏎"))
        .join(" | ")
}

/// Every word of a value stands in some value or in an unrecognised line.
fn lost_words(document: &Document, imported: &Imported, tally: &mut Tally, log: &mut String) {
    let mut hay = String::new();
    for (_, value) in imported.answers.values() {
        hay += &match value {
            Value::Text(text) | Value::Unfit(text) => key(text),
            Value::Checks(ticks) => {
                ticks.iter().map(|t| key(t.text.as_deref().unwrap_or_default()) + "|").collect()
            }
            _ => String::new(),
        };
        hay.push('|');
    }
    for change in &imported.changes {
        hay += &key(&row(change).replace('⏎', "\n"));
    }
    for (_, fate) in imported.report.ledger.lines() {
        if let Fate::Unrecognised(text) = fate {
            hay += &key(text);
            hay.push('|');
        }
    }
    let mut texts: Vec<String> = Vec::new();
    for (_, value) in document.answers.values() {
        match value {
            Value::Text(text) if !document.form.is_not_applicable(text) => texts.push(text.clone()),
            Value::Checks(ticks) => texts.extend(ticks.iter().filter_map(|t| t.text.clone())),
            _ => {}
        }
    }
    texts.extend(document.changes.iter().flat_map(|c| [c.before.clone(), c.after.clone()]));
    for text in texts {
        let words: Vec<char> = key(&text).chars().filter(|c| !('①'..='⑳').contains(c)).collect();
        let missing: Vec<String> = words
            .chunks(6)
            .map(|c| c.iter().collect::<String>())
            .filter(|piece| !hay.contains(piece.as_str()))
            .collect();
        // A piece may be cut where a line or a page ends.
        if missing.len() > words.len() / 40 + 2 {
            tally.lost += 1;
            let _ = writeln!(log, "LOST: {} of «{}»", missing.join(" … "), text.replace('\n', "⏎"));
        }
    }
}
