//! How wide Japanese text is, and where its lines break.
//!
//! The browser's fonts are not known when a page is made, so widths are those that hold for usual ones: a full-width letter
//! is one em, a half-width one a little more than half. SVG text does not wrap by itself.

/// Thousandths of an em of a letter.
fn width_of(letter: char) -> usize {
    match letter {
        'W' | 'M' | 'm' | 'w' | '@' | '%' => 900,
        'A'..='Z' | '&' | '#' => 700,
        ' '..='~' => 560,
        '\u{ff61}'..='\u{ff9f}' => 550,
        _ => 1_000,
    }
}

/// The width of a text, in thousandths of an em.
fn width(text: &str) -> usize {
    text.chars().map(width_of).sum()
}

/// The width of a text of a size in pixels, rounded up.
pub(super) fn pixels(text: &str, size: i32) -> i32 {
    let size = usize::try_from(size).unwrap_or(0);
    i32::try_from((width(text) * size).div_ceil(1_000)).unwrap_or(i32::MAX)
}

/// A text in lines that are no wider than `room` pixels, at most `most` of them. What does not fit is cut, which shows. Where
/// little would stand on the last of two or three lines, all are nearly as long as each other instead.
pub(super) fn balanced(text: &str, size: i32, room: i32, most: usize) -> Vec<String> {
    let letters = letters(text);
    let room = ems(room, size);
    let whole = breaks(&letters, (room, room), most);
    // Of many lines a short last one is no blemish.
    let is_even = !(2..=3).contains(&whole.len()) || last_width(&letters, &whole) * 3 >= room;
    if is_even || is_longer(&letters, &whole) {
        return lines(&letters, &whole, room);
    }
    // The narrowest room that needs no more lines.
    let (mut best, mut too_narrow, mut enough) = (whole, room / 3, room);
    while enough - too_narrow > STEP {
        let middle = usize::midpoint(too_narrow, enough);
        let next = breaks(&letters, (middle, room), most);
        if next.len() == best.len() && !is_longer(&letters, &next) {
            (best, enough) = (next, middle);
        } else {
            too_narrow = middle;
        }
    }
    lines(&letters, &best, room)
}

/// How closely the width of balanced lines is looked for, in thousandths of an em.
const STEP: usize = 1_000;

/// The letters of a text, with single blanks.
fn letters(text: &str) -> Vec<char> {
    let mut letters = Vec::with_capacity(text.len() / 3 + 1);
    for letter in text.trim().chars() {
        match letter.is_whitespace() {
            true if letters.last() == Some(&' ') => {}
            true => letters.push(' '),
            false => letters.push(letter),
        }
    }
    letters
}

/// Pixels as thousandths of an em of a size, at least one em.
fn ems(pixels: i32, size: i32) -> usize {
    usize::try_from(pixels.max(size) * 1_000 / size).unwrap_or(1_000)
}

/// Where the lines of a text end: at most `most` of them, of which the last may end before the text does. A word that has
/// room in the second width is not broken to fit the first.
fn breaks(letters: &[char], (room, word_room): (usize, usize), most: usize) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut start = 0;
    while start < letters.len() && ends.len() < most {
        let rest = &letters[start..];
        let is_last = ends.len() + 1 == most;
        start += if is_last { fitting(rest, room) } else { line_length(rest, room, word_room) };
        start += letters[start..].iter().take_while(|c| **c == ' ').count();
        ends.push(start);
    }
    ends
}

/// Whether a text goes on after its last line.
fn is_longer(letters: &[char], ends: &[usize]) -> bool {
    ends.last().is_some_and(|end| *end < letters.len())
}

/// The width of the last line.
fn last_width(letters: &[char], ends: &[usize]) -> usize {
    let start = ends.iter().rev().nth(1).copied().unwrap_or(0);
    letters[start..].iter().map(|letter| width_of(*letter)).sum()
}

fn lines(letters: &[char], ends: &[usize], room: usize) -> Vec<String> {
    let mut start = 0;
    let mut lines = Vec::with_capacity(ends.len());
    for (at, end) in ends.iter().enumerate() {
        let is_cut = at + 1 == ends.len() && *end < letters.len();
        lines.push(match is_cut {
            true => cut(&letters[start..], room),
            false => letters[start..*end].iter().collect::<String>().trim_end().to_owned(),
        });
        start = *end;
    }
    lines
}

/// How many letters fit, at least one.
fn fitting(letters: &[char], room: usize) -> usize {
    let mut used = 0;
    let fits = letters.iter().take_while(|letter| {
        used += width_of(**letter);
        used <= room
    });
    fits.count().max(1)
}

/// The letters of the next line: as many as fit, or fewer where a better place to end it is near.
fn line_length(letters: &[char], room: usize, word_room: usize) -> usize {
    let most = fitting(letters, room);
    if most == letters.len() {
        return most;
    }
    let last = |from: usize, is_good: &dyn Fn(usize) -> bool| {
        (from.max(1)..=most).rev().find(|at| can_break(letters[*at - 1], letters[*at]) && is_good(*at))
    };
    last(most * 2 / 3, &|at| ends_phrase(letters[at - 1]))
        .or_else(|| last(most / 3, &|at| !is_in_katakana(letters, at, word_room)))
        .or_else(|| last(most / 3, &|_| true))
        // Better a break that is not allowed than a line that is nearly empty.
        .unwrap_or(most)
}

fn ends_phrase(letter: char) -> bool {
    matches!(letter, '、' | '。' | '・' | '）' | ')' | '」' | ' ')
}

fn is_katakana(letter: char) -> bool {
    matches!(letter, 'ァ'..='ヺ' | 'ー')
}

/// Whether a word of katakana goes over a place, and would fit a line as a whole.
fn is_in_katakana(letters: &[char], at: usize, room: usize) -> bool {
    let before = letters[..at].iter().rev().take_while(|c| is_katakana(**c)).count();
    let after = letters[at..].iter().take_while(|c| is_katakana(**c)).count();
    before > 0 && after > 0 && (before + after) * 1_000 <= room
}

fn cut(letters: &[char], room: usize) -> String {
    let length = fitting(letters, room.saturating_sub(width_of('…')));
    let mut line: String = letters[..length].iter().collect();
    line.push('…');
    line
}

const NEVER_FIRST: [char; 57] = [
    '、', '。', '，', '．', '・', '：', '；', '？', '！', '）', '」', '』', '】', '〕', '》', '〉', '］',
    '｝', 'ー', '々', 'ゝ', 'ゞ', '〜', '～', 'ぁ', 'ぃ', 'ぅ', 'ぇ', 'ぉ', 'っ', 'ゃ', 'ゅ', 'ょ', 'ゎ',
    'ァ', 'ィ', 'ゥ', 'ェ', 'ォ', 'ッ', 'ャ', 'ュ', 'ョ', 'ヮ', 'ヵ', 'ヶ', ',', '.', ':', ';', '?', '!',
    ')', ']', '}', '%', '…',
];
const NEVER_LAST: [char; 12] = ['（', '「', '『', '【', '〔', '《', '〈', '［', '｛', '(', '[', '{'];

/// Whether a line may end between two letters: no line begins with a closing bracket or a small kana, and words of
/// Latin letters stay whole.
fn can_break(before: char, after: char) -> bool {
    let is_word = before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric();
    !is_word && !NEVER_FIRST.contains(&after) && !NEVER_LAST.contains(&before)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Lines as long as they can be.
    fn wrap(text: &str, size: i32, room: i32, most: usize) -> Vec<String> {
        let (letters, room) = (letters(text), ems(room, size));
        lines(&letters, &breaks(&letters, (room, room), most), room)
    }

    #[test]
    fn lines_break_as_japanese_does() {
        assert_eq!(wrap("情報提供ネットワークシステム", 10, 70, 9), ["情報提供ネット", "ワークシステム"]);
        assert_eq!(wrap("住民の記録、転出した人", 10, 50, 9), ["住民の記", "録、転出し", "た人"]);
        assert_eq!(wrap("住民の記録の課、転出した課", 10, 100, 9), ["住民の記録の課、", "転出した課"]);
        assert_eq!(wrap("市のポータル", 10, 50, 9), ["市の", "ポータル"]);
        assert_eq!(wrap("見本（その他）", 10, 30, 9), ["見本", "（その", "他）"]);
        assert_eq!(wrap("接続はVRS eLTAX", 10, 50, 9), ["接続は", "VRS", "eLTAX"]);
    }

    #[test]
    fn no_letter_stands_alone_on_a_last_line() {
        assert_eq!(balanced("住民の記録の課、転出した課", 10, 100, 9), ["住民の記録の課、", "転出した課"]);
        assert_eq!(wrap("見本料金収納機能", 10, 70, 9), ["見本料金収納機", "能"]);
        assert_eq!(balanced("見本料金収納機能", 10, 70, 9), ["見本料金", "収納機能"]);
        assert_eq!(balanced("見本料金収納", 10, 70, 9), ["見本料金収納"]);
        assert_eq!(balanced("見本ポータルシステム", 10, 80, 9), ["見本", "ポータルシステム"]);
    }

    #[test]
    fn what_does_not_fit_is_cut_and_shows_it() {
        assert_eq!(wrap("あいうえおかきくけこ", 10, 40, 2), ["あいうえ", "おかき…"]);
        assert_eq!(wrap("あいうえおかきく", 10, 40, 2), ["あいうえ", "おかきく"]);
        assert_eq!(wrap("", 10, 40, 2), Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_nothing_is_lost(text in "[ぁ-んァ-ヶ一-丘a-zA-Z0-9（）、。ー ]{0,80}", room in 20_i32..300) {
            let lines = balanced(&text, 13, room, usize::MAX);
            for line in &lines {
                prop_assert!(!line.is_empty());
                prop_assert!(pixels(line, 13) <= room.max(13), "{line} in {room}");
            }
            prop_assert!(lines.len() == wrap(&text, 13, room, usize::MAX).len());
            let letters = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
        }
    }
}
