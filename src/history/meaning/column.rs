//! What a column by itself says: a text, nothing, or only what was done.

use super::Column;
use super::wordings::{Wordings, bare, wordings};
use crate::form::{Form, NodeIx, find_option};

/// What a column says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reading {
    /// It is empty, or says that nothing stands there.
    Nothing,
    /// Only what was done.
    Done(Instruction),
    /// The same as in the other column.
    Same,
    /// A text.
    Text {
        /// What stands above it says what was done (以下を追加：).
        lead: Option<Deed>,
    },
}

/// What a column says was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Instruction {
    pub(super) deed: Deed,
    /// It speaks of the other column (右記を追加), not only of the row (追加).
    pub(super) points: bool,
    /// The text moved.
    pub(super) moved: Option<Move>,
}

/// What was done to the text in the other column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    Add,
    Remove,
    Change,
}

/// Where a text came from or went to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Move {
    /// As written, where that is said.
    pub(super) place: Option<String>,
}

/// No wording is longer, in letters.
const LONGEST: usize = 60;

/// Reads a column of a row about an item. What names an option of the item is an answer, whatever it says.
pub(super) fn read(form: &Form, item: Option<NodeIx>, column: Column, text: &str) -> Reading {
    if text.trim().is_empty() {
        return Reading::Nothing;
    }
    let options = item.map(|item| form.options(form.node(item))).unwrap_or_default();
    if find_option(options, text).is_some() {
        return Reading::Text { lead: None };
    }
    let whole = short(text).and_then(|wording| wording_of(form, column, &wording));
    whole.or_else(|| led(column, text)).unwrap_or(Reading::Text { lead: None })
}

/// A text that may be a wording, without what stands around it and without what was left out.
fn short(text: &str) -> Option<String> {
    /// Bytes of a letter, and room for blanks and Markdown.
    const BYTES: usize = 6;
    if text.len() > LONGEST * BYTES {
        return None;
    }
    let wording = bare(text);
    let cut = wordings().left_out.replace_all(&wording, "");
    let wording = if cut.is_empty() { wording } else { bare(&cut) };
    (wording.chars().count() <= LONGEST).then_some(wording)
}

/// Whether a text is a wording that people write in a column instead of a text, in any form.
pub(crate) fn is_wording(column: Column, text: &str) -> bool {
    short(text).is_some_and(|wording| known(column, &wording).is_some())
}

fn wording_of(form: &Form, column: Column, wording: &str) -> Option<Reading> {
    if let Some(reading) = known(column, wording) {
        return Some(reading);
    }
    if form.is_not_applicable(wording) {
        return Some(Reading::Nothing);
    }
    // 記載なし（新規）
    wording_of(form, column, without_remark(wording)?)
}

fn known(column: Column, wording: &str) -> Option<Reading> {
    let words = wordings();
    let is_same = match column {
        Column::Before => words.as_after.is_match(wording),
        Column::After => words.as_before.is_match(wording),
    };
    if is_same {
        return Some(Reading::Same);
    }
    if words.nothing.is_match(wording) {
        return Some(Reading::Nothing);
    }
    instruction(words, column, wording).map(Reading::Done)
}

/// A wording without the remark in brackets at its end.
fn without_remark(wording: &str) -> Option<&str> {
    let (rest, remark) = wording.strip_suffix(')')?.rsplit_once('(')?;
    (!rest.is_empty() && !remark.contains(')')).then_some(rest)
}

fn instruction(words: &Wordings, column: Column, wording: &str) -> Option<Instruction> {
    let points = words.points_beside.is_match(wording);
    if let Some((deed, place)) = movement(words, column, wording) {
        return Some(Instruction { deed, points, moved: Some(Move { place }) });
    }
    let is_named = || column == Column::Before && words.add_named.is_match(wording);
    let deed = match () {
        () if words.add.is_match(wording) || is_named() => Deed::Add,
        () if words.remove.is_match(wording) => Deed::Remove,
        () if words.change.is_match(wording) => Deed::Change,
        () => return None,
    };
    Some(Instruction { deed, points, moved: None })
}

/// A text that came from somewhere is new here, one that went somewhere is gone; where only a movement is told, the column tells.
fn movement(words: &Wordings, column: Column, wording: &str) -> Option<(Deed, Option<String>)> {
    let place = |found: regex::Captures<'_>| found.name("place").map(|place| place.as_str().to_owned());
    if let Some(found) = words.moved_from.captures(wording) {
        return Some((Deed::Add, place(found)));
    }
    if let Some(found) = words.moved_to.captures(wording) {
        return Some((Deed::Remove, place(found)));
    }
    let deed = if column == Column::Before { Deed::Add } else { Deed::Remove };
    words.moved.is_match(wording).then_some((deed, None))
}

/// A wording in the first line, or before a colon, and a text behind it. One that points at the other column (右記を追加) makes the whole
/// a remark; one that points at what follows (以下を追加) leads the text; one that does not point (追加) may be a part of the text.
fn led(column: Column, text: &str) -> Option<Reading> {
    let (line, below) = text.trim().split_once('\n').unwrap_or((text.trim(), ""));
    let heads = [(line, below), line.split_once(['：', ':']).unwrap_or_default()];
    heads.into_iter().find_map(|(head, behind)| {
        let rest = if behind.is_empty() { below } else { behind };
        if rest.trim().is_empty() || head.trim().is_empty() {
            return None;
        }
        let wording = short(head)?;
        let instruction = instruction(wordings(), column, &wording)?;
        if instruction.points {
            return Some(Reading::Done(instruction));
        }
        let follows = ["以下", "下記", "次"].iter().any(|word| wording.starts_with(word));
        follows.then_some(Reading::Text { lead: Some(instruction.deed) })
    })
}
