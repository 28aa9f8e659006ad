//! Where a phrase that was put in or taken out begins. 「（A）を」 with 「（B）を」 put in is `（A）を｛（B）を｝` as well as
//! `（｛A）を（｝B）を`: of all equivalent places, people expect the one that keeps brackets and phrases whole.

use std::ops::Range;

use super::text::{Script, Text};
use super::words::{Edit, stretches};

/// Shifts every addition and removal to its best place.
pub(super) fn shifted(before: &Text, after: &Text, mut edits: Vec<Edit>) -> Vec<Edit> {
    for stretch in stretches(before, after, &edits) {
        if stretch.is_kept || (stretch.old > 0 && stretch.new > 0) {
            continue;
        }
        shift(before, after, &mut edits, stretch.edits);
    }
    edits
}

fn shift(before: &Text, after: &Text, edits: &mut [Edit], place: Range<usize>) {
    let is_addition = matches!(edits[place.start], Edit::Added(_));
    let text = if is_addition { after } else { before };
    let at = |edit: Edit| match edit {
        Edit::Kept(b, a) => {
            if is_addition {
                a
            } else {
                b
            }
        }
        Edit::Removed(word) | Edit::Added(word) => word,
    };
    let words = at(edits[place.start])..at(edits[place.end - 1]) + 1;
    // Kept neighbours over which the place may move without changing what is said.
    let is_kept = |edit: Option<&Edit>| matches!(edit, Some(Edit::Kept(..)));
    let is_same = |one: usize, other: usize| text.words[one].key == text.words[other].key;
    let left = (1..=place.start)
        .take_while(|k| is_kept(edits.get(place.start - k)) && is_same(words.start - k, words.end - k))
        .count();
    let right = (0..edits.len() - place.end)
        .take_while(|k| is_kept(edits.get(place.end + k)) && is_same(words.start + k, words.end + k))
        .count();
    let span = words.start - left..words.end + right;
    let best = (span.start..=span.end - words.len())
        .max_by_key(|start| (merit(text, *start..start + words.len()), *start == words.start))
        .unwrap_or(words.start);
    if best == words.start {
        return;
    }
    // The same pairs of kept words in the same order, around the place where it is best.
    let first = place.start - left;
    let others: Vec<usize> = edits[first..place.end + right]
        .iter()
        .filter_map(|edit| match *edit {
            Edit::Kept(b, a) => Some(if is_addition { b } else { a }),
            _ => None,
        })
        .collect();
    let mut others = others.into_iter();
    let chosen = best..best + words.len();
    for (edit, word) in edits[first..].iter_mut().zip(span) {
        *edit = match (chosen.contains(&word), is_addition) {
            (true, true) => Edit::Added(word),
            (true, false) => Edit::Removed(word),
            (false, _) => match others.next() {
                Some(other) if is_addition => Edit::Kept(other, word),
                Some(other) => Edit::Kept(word, other),
                None => *edit,
            },
        };
    }
}

/// How well a range of words stands for itself.
fn merit(text: &Text, words: Range<usize>) -> u32 {
    let script = |word: Option<usize>| word.and_then(|word| text.words.get(word)).map(|word| word.script);
    let block = text.words[words.start].block;
    let before_word = words.start.checked_sub(1).filter(|word| text.words[*word].block == block);
    let (before, first, last) = (script(before_word), script(Some(words.start)), script(Some(words.end - 1)));
    let mut merit = 0;
    if !is_cut(text, before_word, words.start) {
        merit += 4;
    }
    if !is_cut(text, Some(words.end - 1), words.end) {
        merit += 4;
    }
    if is_balanced(text, words.clone()) {
        merit += 16;
    }
    if matches!(before, None | Some(Script::Stop))
        || last == Some(Script::Stop) && first != Some(Script::Stop)
    {
        merit += 6;
    }
    if words.start.checked_sub(1).is_some_and(|word| text.has_gap_after(word)) {
        merit += 5;
    }
    if first == Some(Script::Open) && last == Some(Script::Close) {
        merit += 4;
    }
    if before == Some(Script::Separator) || last == Some(Script::Separator) {
        merit += 3;
    }
    if !matches!(first, Some(Script::Hiragana | Script::Close | Script::Separator | Script::Stop)) {
        merit += 2;
    }
    if last == Some(Script::Hiragana) {
        merit += 1;
    }
    merit
}

/// Whether two words in a row are parts of one: kanji, or 第 and its number.
fn is_cut(text: &Text, one: Option<usize>, next: usize) -> bool {
    let Some(one) = one.filter(|one| text.words.get(next).is_some_and(|w| w.block == text.words[*one].block))
    else {
        return false;
    };
    let is_kanji = |word: usize| text.words[word].script == Script::Kanji;
    let counts = |word: usize| text.sign(word) == Some('第');
    counts(one) || (is_kanji(one) && is_kanji(next) && !counts(next) && !text.has_gap_after(one))
}

fn is_balanced(text: &Text, words: Range<usize>) -> bool {
    let mut open = 0_usize;
    for word in &text.words[words] {
        match word.script {
            Script::Open => open += 1,
            Script::Close if open == 0 => return false,
            Script::Close => open -= 1,
            _ => {}
        }
    }
    open == 0
}

/// Kanji that are words of their own before other kanji: 他市町村, 区職員, 第十条.
const PREFIXES: &str = "他各同当本前後新旧全再未非不無毎約第国都道府県市区町村";

/// Widens places at which something was replaced to whole words of kanji: 随時 for 緊急時, not 随 for 緊急.
pub(super) fn widened(before: &Text, after: &Text, edits: &[Edit]) -> Vec<Edit> {
    let mut widened: Vec<Edit> = Vec::with_capacity(edits.len() + 8);
    let mut taken = 0;
    for stretch in stretches(before, after, edits) {
        let part = &edits[stretch.edits.start.max(taken)..stretch.edits.end];
        let ends = Ends::of(part);
        let Some(ends) = ends.filter(|_| !stretch.is_kept) else {
            widened.extend_from_slice(part);
            continue;
        };
        let (mut old, mut new): (Vec<Edit>, Vec<Edit>) =
            part.iter().partition(|edit| matches!(edit, Edit::Removed(_)));
        if let Some(Edit::Kept(b, a)) = widened.last().copied()
            && (cuts_before(before, b, ends.first.0)
                || cuts_before(after, a, ends.first.1)
                || (is_stem(before, b, ends.first.0) && is_stem(after, a, ends.first.1)))
        {
            widened.pop();
            old.insert(0, Edit::Removed(b));
            new.insert(0, Edit::Added(a));
        }
        if let Some(Edit::Kept(b, a)) = edits.get(stretch.edits.end).copied() {
            let is_phrase = |text: &Text, words: Range<usize>| {
                text.words[words].iter().any(|word| word.script != Script::Kanji)
            };
            let has_phrase =
                is_phrase(before, ends.first.0..ends.last.0) || is_phrase(after, ends.first.1..ends.last.1);
            let is_end = has_phrase && is_last_of_both(before, after, (ends.last.0, b), (ends.last.1, a));
            let is_verb = is_stem(before, ends.last.0, b) && is_stem(after, ends.last.1, a);
            if is_end || is_verb || cuts_after(before, ends.last.0, b) || cuts_after(after, ends.last.1, a) {
                old.push(Edit::Removed(b));
                new.push(Edit::Added(a));
                taken = stretch.edits.end + 1;
            }
        }
        widened.append(&mut old);
        widened.append(&mut new);
    }
    widened
}

/// The first and last words of a place, on both sides.
struct Ends {
    first: (usize, usize),
    last: (usize, usize),
}

impl Ends {
    /// None where nothing was replaced.
    fn of(place: &[Edit]) -> Option<Self> {
        let old = |edit: &Edit| if let Edit::Removed(b) = edit { Some(*b) } else { None };
        let new = |edit: &Edit| if let Edit::Added(a) = edit { Some(*a) } else { None };
        Some(Self {
            first: (place.iter().find_map(old)?, place.iter().find_map(new)?),
            last: (place.iter().rev().find_map(old)?, place.iter().rev().find_map(new)?),
        })
    }
}

/// Whether only the first kanji of a run is kept before a place that begins with its second one.
fn cuts_before(text: &Text, kept: usize, first: usize) -> bool {
    position(text, kept) == Some(0) && position(text, first) == Some(1) && !is_prefix(text, kept)
}

/// Whether only the first kanji of a run is in a place, before `kept`.
fn cuts_after(text: &Text, last: usize, kept: usize) -> bool {
    position(text, last) == Some(0) && position(text, kept) == Some(1) && !is_prefix(text, last)
}

/// Whether a kept kanji is all that is left, on both sides, of runs that end a place: 推進課 for 政策課、市民課.
fn is_last_of_both(before: &Text, after: &Text, old: (usize, usize), new: (usize, usize)) -> bool {
    let is_last = |text: &Text, (last, kept): (usize, usize)| {
        let is_run = position(text, last).is_some() && position(text, kept).is_some_and(|at| at > 0);
        let next = kept + 1;
        let goes_on = next < text.blocks[text.words[kept].block].words.end
            && position(text, next).is_some_and(|at| at > 0);
        is_run && !goes_on
    };
    is_last(before, old) && is_last(after, new)
}

/// Whether a kanji is the stem of the verb that the kana after it end: 渡す for 返す, not 渡 for 返; 基づき for 基づく.
fn is_stem(text: &Text, kanji: usize, kana: usize) -> bool {
    const PARTICLES: &str = "はがをにのとでもへやかよなま";
    let is_ending = text.words[kana].script == Script::Hiragana
        && text.words[kana].block == text.words[kanji].block
        && text.sign(kana).is_some_and(|sign| !PARTICLES.contains(sign));
    is_ending && position(text, kanji) == Some(0) && !text.has_gap_after(kanji)
}

fn is_prefix(text: &Text, word: usize) -> bool {
    text.sign(word).is_some_and(|sign| PREFIXES.contains(sign))
}

/// The position of a kanji in its run, 2 for all later ones; none for other words.
fn position(text: &Text, word: usize) -> Option<usize> {
    let is_kanji = |at: usize| text.words[at].script == Script::Kanji;
    let block = text.blocks[text.words[word].block].words.start;
    is_kanji(word).then(|| {
        (block..word).rev().take(2).take_while(|at| is_kanji(*at) && !text.has_gap_after(*at)).count()
    })
}
