//! One row of 変更箇所: which of its lines are item, before, after, timing and explanation.
//!
//! Inside a row the columns keep their order. Cells of several lines are parted by blank lines; cells of one line stand beside
//! each other, parted by a blank.

use super::halves::{likeness, part};
use super::join::{CellLine, joined};
use crate::form::fold;
use crate::history::{Column, is_wording};

/// A row, cut into its columns, and what is doubtful about that.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Row {
    /// 項目, joined.
    pub(super) item: String,
    /// 変更前の記載.
    pub(super) before: String,
    /// 変更後の記載.
    pub(super) after: String,
    /// 提出時期 as written.
    pub(super) timing: String,
    /// 提出時期に係る説明.
    pub(super) explanation: String,
    /// Why a person must look at it.
    pub(super) doubts: Vec<&'static str>,
}

/// What the reading of rows knows of the form.
#[derive(Debug)]
pub(super) struct Columns {
    /// The words of 提出時期.
    pub(super) timings: Vec<String>,
    /// Every label of the form, folded, with and without its mark.
    pub(super) labels: Vec<String>,
    /// Every option of the form, folded.
    pub(super) options: Vec<String>,
}

/// Below this likeness two halves do not look like two versions of one text.
const ALIKE: f64 = 0.45;
/// A lead of this much over the next best parting is clear.
const CLEAR: f64 = 0.04;
/// Below this likeness two texts may be one text in two parts.
const STRANGE: f64 = 0.2;

const UNCLEAR: &str = "変更前と変更後の境目がはっきりしません。";

/// Cuts a row. The first line is what stands behind the date, and may be empty.
pub(super) fn cut(columns: &Columns, lines: &[CellLine<'_>]) -> Row {
    let mut row = Row::default();
    let (content, last) = split_timing(columns, lines);
    match last {
        Some((timing, explanation)) => {
            row.timing = timing;
            row.explanation = joined(&explanation);
        }
        None => row.doubts.push("提出時期が読み取れません。"),
    }
    let rest = take_item(columns, &content, &mut row);
    if rest.is_empty() {
        row.doubts.push("変更前と変更後の記載を読み取れません。");
    }
    match option_parting(columns, &rest) {
        Some(at) => set(&rest[..at], &rest[at..], &mut row),
        None => take_texts(&rest, &mut row),
    }
    row
}

/// Where one option of the form was replaced by another: the line that begins the second.
fn option_parting(columns: &Columns, rest: &[CellLine<'_>]) -> Option<usize> {
    let is_option = |lines: &[CellLine<'_>]| columns.options.contains(&fold(&joined_flat(lines)));
    (1..rest.len().min(8)).find(|at| is_option(&rest[..*at]) && is_option(&rest[*at..]))
}

type Last<'t> = (String, Vec<CellLine<'t>>);

/// Finds 提出時期: the last line that is, starts or ends with one of its words. What stands behind it is the explanation.
fn split_timing<'t>(columns: &Columns, lines: &[CellLine<'t>]) -> (Vec<CellLine<'t>>, Option<Last<'t>>) {
    for (at, line) in lines.iter().enumerate().rev() {
        let Some((before, timing, behind)) = timing_in(columns, line.text) else { continue };
        let mut content = lines[..at].to_vec();
        if !before.is_empty() {
            content.push(CellLine { text: before, ..*line });
        }
        let mut explanation = Vec::new();
        if !behind.is_empty() {
            explanation.push(CellLine { text: behind, ..*line });
        }
        explanation.extend(&lines[at + 1..]);
        return (content, Some((timing.to_owned(), explanation)));
    }
    (lines.to_vec(), None)
}

/// Whether a line says when the change was submitted.
pub(super) fn has_timing(columns: &Columns, text: &str) -> bool {
    timing_in(columns, text).is_some()
}

fn timing_in<'c, 't>(columns: &'c Columns, text: &'t str) -> Option<(&'t str, &'c str, &'t str)> {
    for timing in &columns.timings {
        let mut words: Vec<(usize, &str)> = Vec::new();
        let mut from = 0;
        for word in text.split(' ') {
            words.push((from, word));
            from += word.len() + 1;
        }
        if let Some((start, word)) = words.iter().rev().find(|(_, word)| word == timing) {
            return Some((text[..*start].trim_end(), timing, text[start + word.len()..].trim_start()));
        }
    }
    None
}

/// Takes 項目 from the content; what is left belongs to the two texts.
fn take_item<'t>(columns: &Columns, content: &[CellLine<'t>], row: &mut Row) -> Vec<CellLine<'t>> {
    let Some(first) = content.first() else { return Vec::new() };
    if first.text.is_empty() {
        // The item has several lines and stands below the date, up to the next blank line.
        let end = content.iter().skip(2).position(|l| l.gap).map_or(content.len(), |p| p + 2);
        let end = if end == content.len() { item_end(columns, content, row) } else { end };
        let item = &content[1.min(content.len())..end];
        if let [only] = item
            && let Some((item, rest)) = split_item(columns, only.text, content.len() > end)
        {
            item.clone_into(&mut row.item);
            let rest = (!rest.is_empty()).then_some(CellLine { text: rest, ..*only });
            return rest.into_iter().chain(content[end..].iter().copied()).collect();
        }
        row.item = joined_flat(item);
        return content[end..].to_vec();
    }
    let more = content.len() > 1;
    let (item, rest) = split_item(columns, first.text, more).unwrap_or((first.text, ""));
    item.clone_into(&mut row.item);
    let rest = (!rest.is_empty()).then_some(CellLine { text: rest, ..*first });
    rest.into_iter().chain(content[1..].iter().copied()).collect()
}

/// Where the item ends in a row without blank lines: at the first line that completes the name of an item.
fn item_end(columns: &Columns, content: &[CellLine<'_>], row: &mut Row) -> usize {
    let most = content.len().min(9);
    let completes = |end: usize| {
        let name = fold(&joined_flat(&content[1..end]));
        columns
            .labels
            .iter()
            .filter(|l| l.chars().count() > 1 && name.ends_with(l.as_str()))
            .map(String::len)
            .max()
    };
    let Some(first) = (2..=most).find(|end| completes(*end).is_some()) else { return content.len() };
    // The next line may finish a longer label that has begun before it.
    let last = fold(content.get(first).map_or("", |l| l.text)).len();
    let longer = first < most && completes(first + 1).is_some_and(|length| length > last);
    let end = first + usize::from(longer);
    if end < content.len() {
        row.doubts.push("項目と変更前の境目に空行がありません。");
    }
    end
}

fn joined_flat(lines: &[CellLine<'_>]) -> String {
    lines.iter().map(|l| l.text.trim()).collect()
}

/// Splits a line into item and the rest, where short cells stand beside each other.
fn split_item<'t>(columns: &Columns, text: &'t str, more: bool) -> Option<(&'t str, &'t str)> {
    let blanks: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
    // The item ends behind the last word that still is part of a reference.
    let mut best = None;
    let mut from = 0;
    for end in blanks.iter().copied().chain([text.len()]) {
        let word = &text[from..end];
        from = (end + 1).min(text.len());
        if word.is_empty() {
            continue;
        }
        if !is_reference_word(columns, word, best.is_none()) {
            break;
        }
        // A dash may join the parts of a name, or stand for an empty text behind it.
        if best.is_none() || !fold(word).chars().all(|c| c == '-') {
            best = Some(end);
        }
    }
    if let Some(end) = best {
        return Some((text[..end].trim_end(), text[end..].trim_start()));
    }
    let (item, rest) = text.split_once(' ')?;
    let placeholder = is_placeholder(rest) || rest.split(' ').next().is_some_and(is_placeholder);
    (placeholder || !more).then_some((item, rest.trim_start()))
}

/// Whether a word of a line can be part of what names an item.
fn is_reference_word(columns: &Columns, word: &str, first: bool) -> bool {
    let folded = fold(word);
    let marks = |c: char| {
        matches!(c, 'Ⅰ'..='Ⅻ' | '①'..='⑳' | 'I' | 'V' | '.' | '-' | '(' | ')' | ':') || c.is_ascii_digit()
    };
    if !folded.is_empty() && folded.chars().all(marks) {
        return true;
    }
    if first
        && (folded.starts_with("(別添")
            || folded == "同上"
            || folded.starts_with(|c| ('Ⅰ'..='Ⅻ').contains(&c)))
    {
        return true;
    }
    let bare = folded.trim_start_matches(marks);
    let bare = bare.strip_prefix("リスク").map_or(bare, |r| r.trim_start_matches(marks));
    bare.is_empty() || columns.labels.iter().any(|l| l == bare || l == &folded)
}

/// Whether a text begins like the name of an item.
pub(super) fn names_item(columns: &Columns, text: &str) -> bool {
    let folded = fold(text);
    folded.starts_with(|c: char| ('Ⅰ'..='Ⅻ').contains(&c) || ('①'..='⑳').contains(&c) || c.is_ascii_digit())
        || ["(別添", "同上", "I", "V", "リスク", "評価書", "表紙"].iter().any(|s| folded.starts_with(s))
        || columns.labels.iter().any(|l| l.chars().count() > 2 && folded.starts_with(l.as_str()))
}

/// Whether a text stands in the column "before" in place of one, e.g. 「右記を追加」.
fn is_placeholder(text: &str) -> bool {
    is_wording(Column::Before, text)
}

/// Parts the rest of a row into before and after.
fn take_texts(rest: &[CellLine<'_>], row: &mut Row) {
    let Some(first) = rest.first().copied() else { return };
    if let Some((before, behind)) = leading_placeholder(first.text) {
        before.clone_into(&mut row.before);
        let mut after: Vec<CellLine<'_>> = Vec::new();
        if !behind.is_empty() {
            after.push(CellLine { text: behind, ..first });
        }
        after.extend(&rest[1..]);
        if let Some(first) = after.first_mut() {
            first.gap = false;
        }
        row.after = joined(&after);
        return;
    }
    if let [only] = rest {
        beside(only, row);
        return;
    }
    let blocks = blocks(rest);
    if let [block] = &blocks[..] {
        one_block(block, row);
        return;
    }
    let texts: Vec<String> = blocks.iter().map(|b| joined_flat(b)).collect();
    let Some(parting) = part(&texts) else { return };
    set(&blocks[..parting.at].concat(), &blocks[parting.at..].concat(), row);
    let unclear = match blocks.len() {
        2 => parting.likeness < STRANGE,
        _ => parting.likeness < ALIKE || parting.margin < CLEAR,
    };
    if unclear {
        row.doubts.push(UNCLEAR);
    }
}

fn leading_placeholder(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    if is_placeholder(text) {
        return Some((text, ""));
    }
    let (first, behind) = text.split_once(' ')?;
    is_placeholder(first).then_some((first, behind.trim_start()))
}

/// Both texts on one line.
fn beside(line: &CellLine<'_>, row: &mut Row) {
    let text = line.text.trim();
    let candidates: Vec<(f64, &str, &str)> = text
        .match_indices(' ')
        .map(|(at, _)| (text[..at].trim(), text[at..].trim()))
        .filter(|(a, b)| !a.is_empty() && !b.is_empty())
        .map(|(a, b)| (likeness(a, b), a, b))
        .take(40)
        .collect();
    let best = candidates.iter().max_by(|a, b| a.0.total_cmp(&b.0));
    let Some((likeness, before, after)) = best else {
        single(&[*line], row);
        return;
    };
    row.before = joined(&[CellLine { text: before, ..*line }]);
    row.after = joined(&[CellLine { text: after, ..*line }]);
    if candidates.len() > 1 || *likeness < STRANGE {
        row.doubts.push(UNCLEAR);
    }
}

/// One block: two short texts one below the other, or only one text.
fn one_block(block: &[CellLine<'_>], row: &mut Row) {
    let lines: Vec<String> = block.iter().map(|l| joined_flat(&[*l])).collect();
    match part(&lines) {
        Some(parting) if parting.likeness > 0.6 => {
            set(&block[..parting.at], &block[parting.at..], row);
            row.doubts.push("変更前と変更後の境目に空行がありません。");
        }
        _ => single(block, row),
    }
}

/// Only one text: more often an addition than a deletion, but nothing says so.
fn single(lines: &[CellLine<'_>], row: &mut Row) {
    row.after = joined(lines);
    row.doubts.push("変更前と変更後のどちらか一方しか読み取れず、変更後としました。");
}

fn set(before: &[CellLine<'_>], after: &[CellLine<'_>], row: &mut Row) {
    let mut after = after.to_vec();
    if let Some(first) = after.first_mut() {
        first.gap = false;
    }
    row.before = joined(before);
    row.after = joined(&after);
}

fn blocks<'t>(lines: &[CellLine<'t>]) -> Vec<Vec<CellLine<'t>>> {
    let mut blocks: Vec<Vec<CellLine<'t>>> = Vec::new();
    for line in lines {
        match blocks.last_mut() {
            Some(block) if !line.gap => block.push(*line),
            _ => blocks.push(vec![*line]),
        }
    }
    blocks
}
