//! Whether an item of a version says what a row of 変更箇所 says of it. What a row leaves out is no matter: rows are excerpts.

use std::collections::BTreeSet;

use super::compare::{Sentence, letters, sentences};
use super::likeness::{Near, Weight, nearest};
use super::words::words;
use crate::assessment::{Answers, Value};
use crate::check::rules::view::places_in;
use crate::form::{Entries, Form, Kind, Node, Presence, Slot, fold};
use crate::wareki::{self, CivilDate};

/// A part of fewer letters says too little to be looked for.
const SHORTEST: usize = 2;
/// A sentence of more letters is not taken for a remark on the change.
const LONGEST_REMARK: usize = 60;
/// Bytes of a text beyond which it is not compared: no document has such an item, and the comparison is quadratic.
const LONGEST_TEXT: usize = 200_000;
/// So much text must be gone before an item that is empty is worth a word.
const MUCH: usize = 30;

/// What a row says of an item.
pub(in crate::check::rules) struct Claim<'c> {
    /// The column.
    pub(in crate::check::rules) text: &'c str,
    /// Whether a sentence need not be there, because another row replaces it.
    pub(in crate::check::rules) is_replaced: &'c dyn Fn(&[String]) -> bool,
    /// Whether a sentence is no slip of the pen, because some row replaces it.
    pub(in crate::check::rules) is_told: &'c dyn Fn(&[String]) -> bool,
}

/// What a row says and its item does not.
pub(in crate::check::rules) struct Missing {
    /// As written, within one line.
    pub(in crate::check::rules) written: String,
    /// What the item says instead, where that is short.
    pub(in crate::check::rules) instead: Option<String>,
    /// How the nearest sentence of the item differs, where it does so in a few letters.
    pub(in crate::check::rules) near: Option<Near>,
    pub(in crate::check::rules) is_empty: bool,
}

impl Missing {
    /// Whether it may be a slip of the pen.
    pub(in crate::check::rules) fn is_slip(&self) -> bool {
        self.near.as_ref().is_some_and(|near| near.weight <= Weight::Slip)
    }
}

/// What a row says and the item of a version does not; none where it says it all, or where that cannot be told.
pub(in crate::check::rules) fn missing(
    answers: &Answers,
    slot: Slot,
    said: &Said,
    claim: &Claim<'_>,
) -> Option<Missing> {
    let form = answers.form();
    let value = answers.get(slot);
    let is_long = matches!(value, Some(Value::Text(text)) if text.len() > LONGEST_TEXT);
    if claim.text.len() > LONGEST_TEXT || is_long {
        return None;
    }
    let node = form.node(slot.node);
    match (node.kind, value) {
        (Kind::Text, _) => text(node, said, claim),
        (Kind::Choice, Some(Value::Choice(chosen))) => choice(form, node, chosen, claim.text)
            .or_else(|| text(node, said, claim).filter(|_| said.has_text)),
        (Kind::Checks, Some(Value::Checks(_))) => boxes(form, node, said, claim.text),
        (Kind::Count, Some(Value::Count(count))) => number(*count, claim.text),
        (Kind::Date, Some(Value::Date(date))) => day(*date, claim.text),
        _ => None,
    }
}

/// The sentences of a row that the item does not hold: the first one is named. What may be a slip of the pen comes last.
fn text(node: &Node, said: &Said, claim: &Claim<'_>) -> Option<Missing> {
    let is_remark = |s: &Sentence<'_>| {
        s.folded.chars().count() <= LONGEST_REMARK && words().describes.is_match(&s.folded)
    };
    let is_gone = |s: &Sentence<'_>| {
        !s.parts.iter().all(|part| said.knows(part)) && !is_remark(s) && !(claim.is_replaced)(&s.parts)
    };
    let all = sentences(claim.text).filter(is_gone).filter_map(|s| {
        let near = said.likeness(&s.parts);
        let is_spelling = near.as_ref().is_some_and(|near| near.weight == Weight::Spelling);
        (!is_spelling).then_some((s, near))
    });
    let is_slip = |near: &Option<Near>| near.as_ref().is_some_and(|near| near.weight == Weight::Slip);
    let (slips, gone): (Vec<_>, Vec<_>) = all.partition(|(_, near)| is_slip(near));
    let mut gone = gone.into_iter().peekable();
    let heading = gone.next_if(|(s, _)| s.is_heading());
    // What stands below a heading says more.
    let slip = || slips.into_iter().find(|(s, _)| !(claim.is_told)(&s.parts));
    let (first, near) = gone.next().or(heading).or_else(slip)?;
    let written = first.written.to_owned();
    if said.is_empty() {
        let is_much = letters(claim.text).chars().count() >= MUCH && node.presence == Presence::Optional;
        return is_much.then_some(Missing { written, instead: None, near: None, is_empty: true });
    }
    Some(Missing { written, instead: said.line.clone(), near, is_empty: false })
}

/// A row of a choice names one of its options and nothing else.
fn choice(form: &Form, node: &Node, chosen: &str, text: &str) -> Option<Missing> {
    /// Letters beside the label, e.g. the number of the option and [ ].
    const BESIDE: usize = 4;
    let after = letters(text);
    let named = form
        .options(node)
        .iter()
        .map(|option| (option.label.as_str(), letters(&option.label)))
        .filter(|(_, label)| after.ends_with(label) || after.starts_with(label))
        .max_by_key(|(_, label)| label.len())?;
    let is_alone = after.chars().count() <= named.1.chars().count() + BESIDE;
    let line = text.trim().lines().next().unwrap_or_default();
    (is_alone && named.0 != chosen).then(|| Missing {
        written: line.to_owned(),
        instead: Some(chosen.to_owned()),
        near: None,
        is_empty: false,
    })
}

/// What is written beside the boxes of a check list. Whether a box was ticked is not asked: a row may print all of them.
fn boxes(form: &Form, node: &Node, said: &Said, text: &str) -> Option<Missing> {
    /// Shorter ones are numbers and marks.
    const SHORTEST_TEXT: usize = 4;
    let boxes = form.boxes(node);
    let printed = boxes.iter().flat_map(|b| [Some(&b.label), b.group.as_ref()]).flatten();
    let labels: BTreeSet<_> = printed.map(|label| letters(label)).filter(|label| !label.is_empty()).collect();
    let gone = text.lines().map(str::trim).find(|line| {
        // The texts beside the boxes are what is left between the printed words.
        let texts = labels.iter().rev().fold(letters(line), |rest, label| rest.replace(label.as_str(), "\n"));
        let is_gone = |text: &str| text.chars().count() >= SHORTEST_TEXT && !said.holds(text);
        let is_remark = words().describes.is_match(fold(line).trim_end_matches('.'));
        !is_remark && texts.lines().any(is_gone)
    })?;
    Some(Missing { written: gone.to_owned(), instead: None, near: None, is_empty: false })
}

fn number(count: u32, text: &str) -> Option<Missing> {
    let after = letters(text);
    let digits: Vec<&str> = after.split(|c: char| !c.is_ascii_digit()).filter(|d| !d.is_empty()).collect();
    let [only] = digits.as_slice() else { return None };
    let differs = only.parse::<u32>().is_ok_and(|number| number != count);
    let line = text.trim().lines().next().unwrap_or_default();
    differs.then(|| Missing {
        written: line.to_owned(),
        instead: Some(count.to_string()),
        near: None,
        is_empty: false,
    })
}

fn day(date: CivilDate, text: &str) -> Option<Missing> {
    let found = wareki::find_all(text);
    let [(_, only)] = found.as_slice() else { return None };
    let differs = only.date.is_before(date) || date.is_before(only.date);
    let line = text.trim().lines().next().unwrap_or_default();
    differs.then(|| Missing {
        written: line.to_owned(),
        instead: Some(date.wareki()),
        near: None,
        is_empty: false,
    })
}

/// What an item and the items below it say in a version, as letters.
pub(in crate::check::rules) struct Said {
    here: Vec<String>,
    /// The same item in the other entries of its repeat: entries are renumbered when one goes.
    elsewhere: Vec<String>,
    /// The whole answer where it is one short line.
    line: Option<String>,
    has_text: bool,
}

impl Said {
    pub(in crate::check::rules) fn of(answers: &Answers, slot: Slot) -> Self {
        /// Longer answers are not quoted.
        const LONGEST_LINE: usize = 40;
        let form = answers.form();
        let mut said = Self { here: Vec::new(), elsewhere: Vec::new(), line: None, has_text: false };
        let mut below = vec![slot.node];
        while let Some(at) = below.pop() {
            let node = form.node(at);
            below.extend(&node.children);
            for place in places_in(answers, node, Entries::NONE) {
                let Some(text) = answers.get(place).and_then(in_words) else { continue };
                if !form.contains(slot, place) {
                    said.elsewhere.push(letters(&text));
                    continue;
                }
                said.has_text |= node.kind == Kind::Text;
                let line = text.trim();
                if place == slot
                    && node.kind == Kind::Text
                    && !line.contains('\n')
                    && line.chars().count() <= LONGEST_LINE
                {
                    said.line = Some(line.to_owned());
                }
                said.here.push(letters(&text));
            }
        }
        said
    }

    fn holds(&self, part: &str) -> bool {
        self.here.iter().chain(&self.elsewhere).any(|text| text.contains(part))
    }

    /// Whether a part says too little to be looked for, or is held.
    fn knows(&self, part: &str) -> bool {
        part.chars().count() < SHORTEST || self.holds(part)
    }

    /// The heaviest difference between the parts of a sentence and what is nearest to them; none where one of them has nothing near.
    /// Not in a short answer: there, one letter is another office.
    fn likeness(&self, parts: &[String]) -> Option<Near> {
        if self.line.is_some() {
            return None;
        }
        let unknown = parts.iter().filter(|part| !self.knows(part));
        let near = unknown
            .map(|part| self.here.iter().filter_map(|text| nearest(text, part)).min_by_key(|n| n.weight));
        near.collect::<Option<Vec<_>>>()?.into_iter().max_by_key(|n| n.weight)
    }

    fn is_empty(&self) -> bool {
        self.here.iter().all(String::is_empty)
    }
}

fn in_words(value: &Value) -> Option<String> {
    Some(match value {
        Value::Text(text) | Value::Unfit(text) => text.clone(),
        Value::Choice(label) => label.clone(),
        Value::Count(count) => count.to_string(),
        Value::Date(date) => date.wareki(),
        Value::Checks(ticks) => {
            let words = ticks.iter().map(|t| format!("{}{}", t.label, t.text.as_deref().unwrap_or_default()));
            words.collect::<Vec<_>>().join("\n")
        }
        Value::Flag(_) | Value::Figures(_) => return None,
    })
}
