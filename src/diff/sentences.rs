//! Where a block falls into sentences: after 。, around a heading in brackets, and before the mark of an entry that
//! was typed into running text.

use std::ops::Range;

use super::text::{Script, Text};

/// What a heading in brackets weighs at least: a word of kanji.
const TITLE: u32 = 10;

/// Adds the sentences of a block to a text.
pub(super) fn split(text: &mut Text, block: Range<usize>) {
    let is_inside = inside_brackets(text, block.clone());
    let mut start = block.start;
    for at in block.start + 1..block.end {
        if is_inside[at - block.start] || !is_border(text, start, at, block.start, &is_inside) {
            continue;
        }
        text.sentences.push(start..at);
        start = at;
    }
    text.sentences.push(start..block.end);
}

/// Whether a sentence that began at `start` ends before word `at`.
fn is_border(text: &Text, start: usize, at: usize, block: usize, is_inside: &[bool]) -> bool {
    let (before, next) = (text.words[at - 1].script, text.words[at].script);
    if before == Script::Stop {
        return next != Script::Close;
    }
    let has_gap = text.has_gap_after(at - 1);
    let is_in_brackets = before == Script::Close
        && text.words[start].script == Script::Open
        && (start + 1..at - 1).all(|word| is_inside[word - block]);
    // In round and square brackets there may as well be a number or a mark, which belong to what follows.
    let is_title = has_gap && text.weight(start..at) >= TITLE;
    let ends_heading = is_title || matches!(text.sign(at - 1), Some('】' | '＞' | '>' | '》'));
    let is_omission = before == Script::Close
        && text.at(start..at).trim_end().trim_end_matches([')', '）']).ends_with('略');
    (is_in_brackets && ends_heading)
        || is_omission
        || (has_gap && (text.has_point(at) || text.sign(at).is_some_and(is_mark) || is_ordinal(text, at)))
}

/// Signs that begin an entry or a heading.
fn is_mark(c: char) -> bool {
    matches!(c, '●' | '○' | '■' | '□' | '◆' | '◇' | '【' | '＜' | '<' | '［' | '[' | '\u{2460}'..='\u{249B}')
}

/// Whether the number of an entry begins at a word: `6. `, `６．`, `(6)`.
fn is_ordinal(text: &Text, at: usize) -> bool {
    // A text is split block by block as it is read: its last word is that of the block.
    let end = text.words.len();
    let is_number = |word: usize| {
        word < end && {
            let number = text.at(word..word + 1).trim();
            number.chars().count() <= 2 && number.chars().all(|c| matches!(c, '0'..='9' | '０'..='９'))
        }
    };
    let is_sign =
        |word: usize, signs: [char; 2]| word < end && text.sign(word).is_some_and(|c| signs.contains(&c));
    let is_plain = is_number(at) && is_sign(at + 1, ['.', '．']) && at + 2 < end;
    is_plain || (is_sign(at, ['(', '（']) && is_number(at + 1) && is_sign(at + 2, [')', '）']))
}

/// For each word of a block whether it stands within brackets; the brackets themselves do not.
fn inside_brackets(text: &Text, block: Range<usize>) -> Vec<bool> {
    let mut steps = vec![0_i32; block.len() + 1];
    let mut open: Vec<usize> = Vec::new();
    for (at, word) in text.words[block].iter().enumerate() {
        match word.script {
            Script::Open => open.push(at),
            Script::Close => {
                let Some(start) = open.pop() else { continue };
                steps[start + 1] += 1;
                steps[at] -= 1;
            }
            _ => {}
        }
    }
    let mut depth = 0;
    steps
        .iter()
        .map(|step| {
            depth += step;
            depth > 0
        })
        .collect()
}
