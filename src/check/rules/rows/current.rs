//! The newest row of an item against what the item says today (R63). A difference means that a change has no row, or that the item
//! was not changed as its row says.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use super::compare::{Sentence, sentences};
use super::likeness::{Near, Weight, nearest};
use super::words::words;
use super::{Told, quote};
use crate::assessment::Value;
use crate::check::Context;
use crate::check::changes::Column;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::form::{Entries, Kind, Node, NodeIx, Presence, Slot, fold, letters};
use crate::history;
use crate::wareki::{self, CivilDate};

/// A part of fewer letters says too little to be looked for.
const SHORTEST: usize = 2;
/// A sentence of more letters is not taken for a remark on the change.
const LONGEST_REMARK: usize = 60;
/// Bytes of a text beyond which it is not compared: no document has such an item, and the comparison is quadratic.
const LONGEST_TEXT: usize = 200_000;
/// So much text must be gone before an item that is empty today is worth a word.
const MUCH: usize = 30;

pub(super) fn check(context: &Context<'_>, rows: &[Told<'_>], found: &mut Vec<Diagnostic>) {
    let touched = Touched::by(context, rows);
    let replaced = Replaced::by(rows);
    let mut by_slot: IndexMap<Slot, Vec<(Told<'_>, CivilDate)>> = IndexMap::new();
    for told in rows.iter().filter(|t| t.row.is_certain() && t.row.is_readable()) {
        if let (Some(slot), Some(date)) = (told.row.change.item.slot, told.row.change.date) {
            by_slot.entry(slot).or_default().push((*told, date));
        }
    }
    for (slot, rows) in by_slot {
        let Some(newest) = rows.iter().map(|(_, date)| *date).max() else { continue };
        if touched.later(context, slot, newest) {
            continue;
        }
        let today = Today::of(context, slot);
        for (told, _) in rows.iter().filter(|(_, date)| *date == newest) {
            let missing = missing(context, slot, &today, &replaced, *told);
            found.extend(missing.map(|missing| finding(context, slot, *told, &missing)));
        }
    }
}

/// What a row says and its item does not.
struct Missing {
    /// As written, within one line.
    written: String,
    /// What the item says instead, where that is short.
    instead: Option<String>,
    /// How the nearest sentence of the item differs, where it does so in a few letters.
    near: Option<Near>,
    is_empty: bool,
}

impl Missing {
    fn is_slip(&self) -> bool {
        self.near.as_ref().is_some_and(|near| near.weight <= Weight::Slip)
    }
}

fn finding(context: &Context<'_>, slot: Slot, told: Told<'_>, missing: &Missing) -> Diagnostic {
    let (written, item) = (quote(&missing.written), context.form.name(slot, context.answers.files()).line());
    let message = match (&missing.instead, &missing.near) {
        _ if missing.is_empty => {
            format!("「{item}」の最も新しい変更では「{written}」としていますが、今の評価書では空です")
        }
        (_, Some(Near { pair: (told, today), .. })) if missing.is_slip() => {
            format!(
                "「{item}」の最も新しい変更では「…{told}…」ですが、今の評価書では「…{today}…」です。書き誤りかもしれません"
            )
        }
        (_, Some(Near { pair: (told, today), .. })) => {
            format!(
                "「{item}」の最も新しい変更では「…{told}…」としていますが、今の評価書では「…{today}…」です"
            )
        }
        (Some(instead), None) => {
            format!(
                "「{item}」の最も新しい変更では「{written}」としていますが、今の評価書では「{instead}」です"
            )
        }
        (None, None) => {
            format!("「{item}」の最も新しい変更にある「{written}」が、今の評価書の記載にありません")
        }
    };
    let diagnostic =
        context.in_row(Code::CHANGE_NOT_CURRENT, told.row, Column::After, &missing.written, message);
    let diagnostic = if missing.is_slip() {
        diagnostic.weighing(Severity::Info).help(
            "書き誤りなら、正しい方に合わせてください。記載を変えたのなら、その変更箇所を書き足してください。",
        )
    } else {
        diagnostic.help(
            "この変更の後に記載を変えたのなら、その変更箇所を書き足してください。変えていないのなら、評価書の記載か、この行の変更後の記載を直してください。",
        )
    };
    context.with_item(diagnostic, slot, "今の記載はここです")
}

fn missing(
    context: &Context<'_>,
    slot: Slot,
    today: &Today,
    replaced: &Replaced,
    told: Told<'_>,
) -> Option<Missing> {
    let change = told.row.change;
    if change.after.len() > LONGEST_TEXT || context.text(slot).is_some_and(|text| text.len() > LONGEST_TEXT) {
        return None;
    }
    // Nothing is left of the text, or it does not stand in this column.
    if told.meaning.after != Some(history::Column::After) || told.meaning.after_from.is_some() {
        return None;
    }
    let node = context.form.node(slot.node);
    let value = context.answers.get(slot);
    match (node.kind, value) {
        (Kind::Text, _) => text(node, today, replaced, told),
        (Kind::Choice, Some(Value::Choice(chosen))) => choice(context, node, chosen, told)
            .or_else(|| text(node, today, replaced, told).filter(|_| today.has_text)),
        (Kind::Checks, Some(Value::Checks(_))) => boxes(context, node, today, told),
        (Kind::Count, Some(Value::Count(count))) => number(*count, told),
        (Kind::Date, Some(Value::Date(date))) => day(*date, told),
        _ => None,
    }
}

/// The sentences of a row that the item does not hold: the first one is named. What may be a slip of the pen comes last.
fn text(node: &Node, today: &Today, replaced: &Replaced, told: Told<'_>) -> Option<Missing> {
    let change = told.row.change;
    let is_remark = |s: &Sentence<'_>| {
        s.folded.chars().count() <= LONGEST_REMARK && words().describes.is_match(&s.folded)
    };
    let is_gone = |s: &Sentence<'_>| {
        !s.parts.iter().all(|part| today.knows(part)) && !is_remark(s) && !replaced.later(&s.parts, told)
    };
    let all = sentences(&change.after).filter(is_gone).filter_map(|s| {
        let near = today.likeness(&s.parts);
        let is_spelling = near.as_ref().is_some_and(|near| near.weight == Weight::Spelling);
        (!is_spelling).then_some((s, near))
    });
    let is_slip = |near: &Option<Near>| near.as_ref().is_some_and(|near| near.weight == Weight::Slip);
    let (slips, gone): (Vec<_>, Vec<_>) = all.partition(|(_, near)| is_slip(near));
    let mut gone = gone.into_iter().peekable();
    let heading = gone.next_if(|(s, _)| s.is_heading());
    // What stands below a heading says more.
    let slip = || slips.into_iter().find(|(s, _)| !replaced.ever(&s.parts, told));
    let (first, near) = gone.next().or(heading).or_else(slip)?;
    let written = first.written.to_owned();
    if today.is_empty() {
        let is_much = letters(&change.after).chars().count() >= MUCH && node.presence == Presence::Optional;
        return is_much.then_some(Missing { written, instead: None, near: None, is_empty: true });
    }
    Some(Missing { written, instead: today.line.clone(), near, is_empty: false })
}

/// A row of a choice names one of its options and nothing else.
fn choice(context: &Context<'_>, node: &Node, chosen: &str, told: Told<'_>) -> Option<Missing> {
    /// Letters beside the label, e.g. the number of the option and [ ].
    const BESIDE: usize = 4;
    let after = letters(&told.row.change.after);
    let named = context
        .form
        .options(node)
        .iter()
        .map(|option| (option.label.as_str(), letters(&option.label)))
        .filter(|(_, label)| after.ends_with(label) || after.starts_with(label))
        .max_by_key(|(_, label)| label.len())?;
    let is_alone = after.chars().count() <= named.1.chars().count() + BESIDE;
    let line = told.row.change.after.trim().lines().next().unwrap_or_default();
    (is_alone && named.0 != chosen).then(|| Missing {
        written: line.to_owned(),
        instead: Some(chosen.to_owned()),
        near: None,
        is_empty: false,
    })
}

/// What is written beside the boxes of a check list. Whether a box was ticked is not asked: a row may print all of them.
fn boxes(context: &Context<'_>, node: &Node, today: &Today, told: Told<'_>) -> Option<Missing> {
    /// Shorter ones are numbers and marks.
    const SHORTEST_TEXT: usize = 4;
    let boxes = context.form.boxes(node);
    let printed = boxes.iter().flat_map(|b| [Some(&b.label), b.group.as_ref()]).flatten();
    let labels: BTreeSet<_> = printed.map(|label| letters(label)).filter(|label| !label.is_empty()).collect();
    let gone = told.row.change.after.lines().map(str::trim).find(|line| {
        // The texts beside the boxes are what is left between the printed words.
        let texts = labels.iter().rev().fold(letters(line), |rest, label| rest.replace(label.as_str(), "\n"));
        let is_gone = |text: &str| text.chars().count() >= SHORTEST_TEXT && !today.holds(text);
        let is_remark = words().describes.is_match(fold(line).trim_end_matches('.'));
        !is_remark && texts.lines().any(is_gone)
    })?;
    Some(Missing { written: gone.to_owned(), instead: None, near: None, is_empty: false })
}

fn number(count: u32, told: Told<'_>) -> Option<Missing> {
    let after = letters(&told.row.change.after);
    let digits: Vec<&str> = after.split(|c: char| !c.is_ascii_digit()).filter(|d| !d.is_empty()).collect();
    let [only] = digits.as_slice() else { return None };
    let differs = only.parse::<u32>().is_ok_and(|number| number != count);
    let line = told.row.change.after.trim().lines().next().unwrap_or_default();
    differs.then(|| Missing {
        written: line.to_owned(),
        instead: Some(count.to_string()),
        near: None,
        is_empty: false,
    })
}

fn day(date: CivilDate, told: Told<'_>) -> Option<Missing> {
    let found = wareki::find_all(&told.row.change.after);
    let [(_, only)] = found.as_slice() else { return None };
    let differs = only.date.is_before(date) || date.is_before(only.date);
    let line = told.row.change.after.trim().lines().next().unwrap_or_default();
    differs.then(|| Missing {
        written: line.to_owned(),
        instead: Some(date.wareki()),
        near: None,
        is_empty: false,
    })
}

/// What an item and the items below it say today, as letters.
struct Today {
    here: Vec<String>,
    /// The same item in the other entries of its repeat: entries are renumbered when one goes.
    elsewhere: Vec<String>,
    /// The whole answer where it is one short line.
    line: Option<String>,
    has_text: bool,
}

impl Today {
    fn of(context: &Context<'_>, slot: Slot) -> Self {
        /// Longer answers are not quoted.
        const LONGEST_LINE: usize = 40;
        let form = context.form;
        let mut today = Self { here: Vec::new(), elsewhere: Vec::new(), line: None, has_text: false };
        let mut below = vec![slot.node];
        while let Some(at) = below.pop() {
            let node = form.node(at);
            below.extend(&node.children);
            for place in context.places_of_node(node, Entries::NONE) {
                let Some(text) = context.answers.get(place).and_then(in_words) else { continue };
                if !form.contains(slot, place) {
                    today.elsewhere.push(letters(&text));
                    continue;
                }
                today.has_text |= node.kind == Kind::Text;
                let line = text.trim();
                if place == slot
                    && node.kind == Kind::Text
                    && !line.contains('\n')
                    && line.chars().count() <= LONGEST_LINE
                {
                    today.line = Some(line.to_owned());
                }
                today.here.push(letters(&text));
            }
        }
        today
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

/// When an item, something around it or something below it was changed last.
#[derive(Default)]
struct Touched {
    whole: BTreeMap<Slot, CivilDate>,
    below: BTreeMap<Slot, CivilDate>,
    /// Rows that leave open which entry they mean, and rows about an entry as a whole: the entries may have moved.
    anywhere: BTreeMap<NodeIx, CivilDate>,
    any: BTreeMap<NodeIx, CivilDate>,
}

impl Touched {
    fn by(context: &Context<'_>, rows: &[Told<'_>]) -> Self {
        let mut touched = Self::default();
        for told in rows {
            let (Some(slot), Some(date)) = (told.row.change.item.slot, told.row.change.date) else {
                continue;
            };
            note(&mut touched.whole, slot, date);
            note(&mut touched.any, slot.node, date);
            let node = context.form.node(slot.node);
            let depth = context.form.repeat_depth(slot.node);
            if slot.entries.depth() < depth || node.repeat.is_some() && !node.is_per_file() {
                note(&mut touched.anywhere, slot.node, date);
            }
            for above in around(context, slot).skip(1) {
                note(&mut touched.below, above, date);
            }
        }
        touched
    }

    /// Whether something was changed after a day that the row of that day does not know of.
    fn later(&self, context: &Context<'_>, slot: Slot, day: CivilDate) -> bool {
        let is_open = slot.entries.depth() < context.form.repeat_depth(slot.node);
        let is_later = |date: Option<&CivilDate>| date.is_some_and(|date| *date > day);
        is_later(self.below.get(&slot))
            || is_open && is_later(self.any.get(&slot.node))
            || around(context, slot)
                .any(|above| is_later(self.whole.get(&above)) || is_later(self.anywhere.get(&above.node)))
    }
}

fn note<K: Ord>(dates: &mut BTreeMap<K, CivilDate>, key: K, date: CivilDate) {
    let newest = dates.entry(key).or_insert(date);
    *newest = (*newest).max(date);
}

/// A slot and everything around it.
fn around<'c>(context: &'c Context<'_>, slot: Slot) -> impl Iterator<Item = Slot> + 'c {
    let ancestry = context.form.ancestry(slot.node);
    ancestry.into_iter().rev().map(move |node| Slot {
        node: node.ix,
        entries: slot.entries.truncate(context.form.repeat_depth(node.ix)),
    })
}

/// Sentences that a row replaces, with the dates of those rows: a text that another row of the same day or a later one took out
/// again, under whatever item.
struct Replaced(BTreeMap<String, Vec<(CivilDate, usize)>>);

impl Replaced {
    fn by(rows: &[Told<'_>]) -> Self {
        let mut sentences_of: BTreeMap<String, Vec<(CivilDate, usize)>> = BTreeMap::new();
        for told in rows {
            let Some(date) = told.row.change.date else { continue };
            let Some(gone) = told.meaning.before else { continue };
            for sentence in sentences(gone.of(told.row.change)) {
                sentences_of.entry(sentence.parts.concat()).or_default().push((date, told.row.number));
            }
        }
        Self(sentences_of)
    }

    /// Whether another row of whatever day replaces it: then that row has a wrong date, and this one is no slip of the pen.
    fn ever(&self, parts: &[String], told: Told<'_>) -> bool {
        let by = self.0.get(&parts.concat());
        by.is_some_and(|by| by.iter().any(|(_, number)| *number != told.row.number))
    }

    fn later(&self, parts: &[String], told: Told<'_>) -> bool {
        let Some(day) = told.row.change.date else { return false };
        let by = self.0.get(&parts.concat());
        by.is_some_and(|by| by.iter().any(|(date, number)| *date >= day && *number != told.row.number))
    }
}
