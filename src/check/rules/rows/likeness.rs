//! How a sentence of a row differs from the nearest place of a text, where only a few letters differ: documents are copied by hand
//! and from print, and a letter more or less is no change. One that turns the sense round is.

use super::words::words;

/// What a small difference means, the lightest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::check::rules) enum Weight {
    /// The same words, spelt in another way.
    Spelling,
    /// Other words, which may be a slip of the pen.
    Slip,
    /// A digit, a Latin letter, a negation or an opposite.
    Sense,
}

/// The place of a text that is nearest to a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::check::rules) struct Near {
    pub(in crate::check::rules) weight: Weight,
    /// Where the sentence differs most, with a few letters around it: the sentence, and the text.
    pub(in crate::check::rules) pair: (String, String),
}

/// One slip is allowed in about so many letters.
const LETTERS_PER_SLIP: usize = 10;
/// So many slips at most.
const MOST_SLIPS: usize = 10;
/// A longer sentence is compared letter by letter.
const LONGEST: usize = 400;
/// So many equal letters are looked at around a difference: a word may begin before it.
const AROUND: usize = 4;
/// Signs that stand for each other where a text was read from print.
const LOOK_ALIKES: [&str; 7] = ["ー一", "ロ口", "ニ二", "カ力", "タ夕", "ハ八", "エ工"];

/// The nearest place; none where more than one letter in about [`LETTERS_PER_SLIP`] differs. Both are given as letters.
pub(in crate::check::rules) fn nearest(text: &str, part: &str) -> Option<Near> {
    /// A chunk that stands everywhere tells nothing.
    const MOST_PLACES: usize = 3;
    let letters: Vec<char> = part.chars().collect();
    let slips = ((letters.len() + 2) / LETTERS_PER_SLIP).min(MOST_SLIPS);
    if slips == 0 || letters.len() > LONGEST {
        return None;
    }
    // With so many slips, at least one of so many chunks and one more is without any.
    let size = letters.len() / (slips + 1);
    let mut best: Option<Near> = None;
    for (number, chunk) in letters.chunks(size).enumerate() {
        let chunk: String = chunk.iter().collect();
        let (left, right) = (number * size + slips, letters.len() - number * size + slips);
        for (at, _) in text.match_indices(&chunk).take(MOST_PLACES) {
            let mut window: Vec<char> = text[..at].chars().rev().take(left).collect();
            window.reverse();
            window.extend(text[at..].chars().take(right));
            let near = aligned(&letters, &window, slips).map(|(pairs, behind)| judged(&pairs, behind));
            match near {
                Some(near) if near.weight == Weight::Spelling => return Some(near),
                Some(near) if best.as_ref().is_none_or(|b| near.weight < b.weight) => best = Some(near),
                _ => {}
            }
        }
    }
    best
}

/// A letter of the sentence and one of the text; one of them is missing where the other has nothing beside it.
type Pair = (Option<char>, Option<char>);

/// The sentence beside the best part of a window, letter by letter, and what follows in the window.
fn aligned<'w>(part: &[char], window: &'w [char], slips: usize) -> Option<(Vec<Pair>, &'w [char])> {
    let wide = window.len() + 1;
    let mut costs = vec![0_usize; (part.len() + 1) * wide];
    for (row, p) in part.iter().enumerate() {
        let (above, here) = (row * wide, (row + 1) * wide);
        costs[here] = row + 1;
        for (at, w) in window.iter().enumerate() {
            let replaced = costs[above + at] + usize::from(!is_same(*p, *w));
            costs[here + at + 1] = replaced.min(costs[above + at + 1] + 1).min(costs[here + at] + 1);
        }
    }
    let last = part.len() * wide;
    // Of equal ends the last one: what was replaced is seen beside what replaces it.
    let end = (0..wide).rev().min_by_key(|at| costs[last + at])?;
    if costs[last + end] > slips {
        return None;
    }
    let (mut row, mut at) = (part.len(), end);
    let mut pairs = Vec::with_capacity(part.len() + slips);
    while row > 0 {
        let cost = costs[row * wide + at];
        let is_beside = at > 0
            && cost
                == costs[(row - 1) * wide + at - 1] + usize::from(!is_same(part[row - 1], window[at - 1]));
        if is_beside {
            (row, at) = (row - 1, at - 1);
            pairs.push((Some(part[row]), Some(window[at])));
        } else if cost == costs[(row - 1) * wide + at] + 1 {
            row -= 1;
            pairs.push((Some(part[row]), None));
        } else {
            at -= 1;
            pairs.push((None, Some(window[at])));
        }
    }
    pairs.reverse();
    Some((pairs, &window[end..]))
}

fn is_same(a: char, b: char) -> bool {
    a == b
        || a.eq_ignore_ascii_case(&b)
        || LOOK_ALIKES.iter().any(|group| group.contains(a) && group.contains(b))
}

fn differs(pair: Pair) -> bool {
    match pair {
        (Some(a), Some(b)) => !is_same(a, b),
        _ => true,
    }
}

/// What the heaviest of the differences means. Where the sentence ends in one, its counterpart may go on behind it (しない).
fn judged(pairs: &[Pair], behind: &[char]) -> Near {
    /// A negation has no more letters.
    const TAIL: usize = 2;
    let mut heaviest = Near { weight: Weight::Spelling, pair: Default::default() };
    let mut from = 0;
    while let Some(start) = (from..pairs.len()).find(|at| differs(pairs[*at])) {
        // A single equal letter does not part two differences.
        let mut end = start + 1;
        while let Some(next) = (end..pairs.len().min(end + 2)).find(|at| differs(pairs[*at])) {
            end = next + 1;
        }
        let left = (start.saturating_sub(AROUND).max(from)..start).len();
        let right = (end..pairs.len()).take(AROUND).take_while(|at| !differs(pairs[*at])).count();
        let around = &pairs[start - left..end + right];
        let mut pair: (String, String) =
            (around.iter().filter_map(|p| p.0).collect(), around.iter().filter_map(|p| p.1).collect());
        if end == pairs.len() {
            pair.1.extend(behind.iter().take(TAIL));
        }
        let weight = weight(&pairs[start..end], &pair);
        if weight > heaviest.weight {
            heaviest = Near { weight, pair };
        }
        from = end;
    }
    heaviest
}

fn weight(different: &[Pair], (ours, theirs): &(String, String)) -> Weight {
    let signs = || different.iter().flat_map(|(a, b)| [*a, *b]).flatten();
    if signs().any(|c| c.is_ascii_alphanumeric()) || turns_round(ours, theirs) {
        return Weight::Sense;
    }
    let is_hiragana = |c: char| ('ぁ'..='ゖ').contains(&c) || c == 'ー';
    let katakana = signs().filter(|c| ('ァ'..='ヺ').contains(c)).count();
    // One letter of a loan word is written in several ways; more of them are another word.
    let is_spelling = signs().all(|c| is_hiragana(c) || ('ァ'..='ヺ').contains(&c)) && katakana <= 2;
    if is_spelling { Weight::Spelling } else { Weight::Slip }
}

/// Whether one text denies what the other says, or says its opposite.
fn turns_round(ours: &str, theirs: &str) -> bool {
    let words = words();
    let negations =
        |text: &str| words.negations.find_iter(&words.not_negations.replace_all(text, "・")).count();
    if negations(ours) != negations(theirs) {
        return true;
    }
    words.opposites.iter().any(|sides| {
        let count = |text: &str| sides.iter().map(|side| side.find_iter(text).count()).collect::<Vec<_>>();
        let (ours, theirs) = (count(ours), count(theirs));
        let both = || ours.iter().zip(&theirs);
        both().any(|(a, b)| a > b) && both().any(|(a, b)| a < b)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::letters;

    const TEXT: &str = "受け付けた申請の内容は、権限のある職員が、当日の業務の終わりまでに必ず確かめる。データは暗号化して国内のデータセンターに保管し、契約の終了の後は速やかに鍵を消去する。";

    fn weight_of(part: &str) -> Option<Weight> {
        nearest(&letters(TEXT), &letters(part)).map(|near| near.weight)
    }

    #[test]
    fn another_spelling_is_no_change() {
        for part in [
            "申請の内容は、権限のある職員が、当日の業務が終わりまでに必ず確かめる",
            "データは暗号化して国内のデータセンタに保管し、契約の終了後は速やかに鍵を消去する",
            "デ一タは暗号化して国内のデータセンターに保管して、契約の終了の後は",
        ] {
            assert_eq!(weight_of(part), Some(Weight::Spelling), "{part}");
        }
    }

    #[test]
    fn other_words_may_be_a_slip() {
        for part in [
            "申請の内容は、権限のある社員が、当日の業務の終わりまでに必ず確かめる",
            "データは暗号化して国内のデータセンターに保存し、契約の終了の後は速やかに鍵を消去する",
            "受け付けた申請の内容は、権限のある職員が、当日の作業の終わりまでに必ず確かめる",
        ] {
            assert_eq!(weight_of(part), Some(Weight::Slip), "{part}");
        }
    }

    #[test]
    fn what_turns_the_sense_round_is_a_change() {
        for part in [
            "データは暗号化して国外のデータセンターに保管し、契約の終了の後は速やかに鍵を消去する",
            "データは暗号化せずに国内のデータセンターに保管し、契約の終了の後は速やかに鍵を消去する",
            "データは暗号化して国内のデータセンターに保管し、契約の終了の後は速やかに鍵を保存する",
            "データは暗号化して国内のデータセンターに保管し、契約の終了の前は速やかに鍵を消去する",
            "データは暗号化して国内のデータセンターに保管し、契約の終了の後は速やかに鍵を消去しない",
            "受け付けた申請の内容は、権限のない職員が、当日の業務の終わりまでに必ず確かめる",
            "受け付けた申請の内容は、権限のある職員が、翌日の業務の終わりまでに必ず確かめる",
        ] {
            assert_eq!(weight_of(part), Some(Weight::Sense), "{part}");
        }
    }

    #[test]
    fn the_pair_shows_where() {
        let part = "データは暗号化して国外のデータセンターに保管し、契約の終了の後は速やかに鍵を消去する";
        let near = nearest(&letters(TEXT), &letters(part)).unwrap();
        assert_eq!(near.pair, ("化して国外のデータ".to_owned(), "化して国内のデータ".to_owned()));
    }

    #[test]
    fn too_much_is_another_sentence() {
        assert_eq!(weight_of("申請の内容は、権限のある職員が、来月の最初の開庁日までに必ず確かめる"), None);
        assert_eq!(weight_of("申請"), None);
    }

    #[test]
    fn numbers_and_letters_always_tell() {
        let text = letters("番号法第19条第8号に基づく主務省令第2条の表に定める情報照会者に対して提供する");
        let part = letters("番号法第19条第7号に基づく主務省令第2条の表に定める情報照会者に対して提供する");
        assert_eq!(nearest(&text, &part).map(|near| near.weight), Some(Weight::Sense));
    }
}
