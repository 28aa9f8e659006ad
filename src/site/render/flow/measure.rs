//! How wide Japanese text is, and where its lines break.
//!
//! The browser's fonts are not known when a page is made, so widths are those that hold for usual ones: a full-width letter
//! is one em, a half-width one a little more than half. SVG text does not wrap by itself.
//! Lines end between phrases where they can (`phrases`), then where the kind of letters changes, and within a word only where
//! nothing else is left.

use crate::site::phrases;

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
    let text = Text::new(text);
    let room = ems(room, size);
    let whole = breaks(&text, room, most);
    // Of many lines a short last one is no blemish.
    let is_even = !(2..=3).contains(&whole.len()) || last_width(&text, &whole) * 3 >= room;
    if is_even || is_longer(&text, &whole) {
        return lines(&text, &whole, room);
    }
    // The narrowest room that needs no more lines and breaks no more words.
    let (mut best, mut too_narrow, mut enough) = (whole, room / 3, room);
    while enough - too_narrow > STEP {
        let middle = usize::midpoint(too_narrow, enough);
        let next = breaks(&text, middle, most);
        let is_worse = next.len() != best.len() || harm(&text, &next) > harm(&text, &best);
        if is_worse || is_longer(&text, &next) {
            too_narrow = middle;
        } else {
            (best, enough) = (next, middle);
        }
    }
    lines(&text, &best, room)
}

/// How closely the width of balanced lines is looked for, in thousandths of an em.
const STEP: usize = 1_000;

/// How good a place is to end a line at, the best last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// No line may end here.
    Never,
    /// Within a word.
    Word,
    /// Within a run of kanji, where a word of two letters ends.
    Compound,
    /// Where the kind of letters changes, or before a word that others are made with.
    Joint,
    /// Between two phrases.
    Phrase,
    /// After a sign.
    Sign,
}

/// A text with single blanks, and how good it is to end a line before each letter.
struct Text {
    letters: Vec<char>,
    places: Vec<Place>,
}

impl Text {
    fn new(text: &str) -> Self {
        let plain = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let letters: Vec<char> = plain.chars().collect();
        let mut places: Vec<_> = (0..letters.len()).map(|at| place(&letters, at)).collect();
        let mut at = 0;
        for piece in phrases::pieces(&plain) {
            at += piece.chars().count();
            if let Some(place) = places.get_mut(at).filter(|place| **place != Place::Never) {
                *place = Place::Phrase.max(*place);
            }
        }
        Self { letters, places }
    }
}

/// Pixels as thousandths of an em of a size, at least one em.
fn ems(pixels: i32, size: i32) -> usize {
    usize::try_from(pixels.max(size) * 1_000 / size).unwrap_or(1_000)
}

/// Where the lines of a text end: at most `most` of them, of which the last may end before the text does.
fn breaks(text: &Text, room: usize, most: usize) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut start = 0;
    while start < text.letters.len() && ends.len() < most {
        let is_last = ends.len() + 1 == most;
        start += if is_last { fitting(&text.letters[start..], room) } else { line_length(text, start, room) };
        start += text.letters[start..].iter().take_while(|c| **c == ' ').count();
        ends.push(start);
    }
    ends
}

/// Whether a text goes on after its last line.
fn is_longer(text: &Text, ends: &[usize]) -> bool {
    ends.last().is_some_and(|end| *end < text.letters.len())
}

/// How many words are broken, those that are whole words more than those that are made of several.
fn harm(text: &Text, ends: &[usize]) -> usize {
    let of = |end: &usize| match text.places.get(*end) {
        None | Some(Place::Joint | Place::Phrase | Place::Sign) => 0,
        Some(Place::Compound) => 1,
        Some(Place::Word | Place::Never) => 3,
    };
    ends.iter().map(of).sum()
}

/// The width of the last line.
fn last_width(text: &Text, ends: &[usize]) -> usize {
    let start = ends.iter().rev().nth(1).copied().unwrap_or(0);
    text.letters[start..].iter().map(|letter| width_of(*letter)).sum()
}

fn lines(text: &Text, ends: &[usize], room: usize) -> Vec<String> {
    let letters = &text.letters;
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
fn line_length(text: &Text, start: usize, room: usize) -> usize {
    let most = fitting(&text.letters[start..], room);
    if start + most == text.letters.len() {
        return most;
    }
    let last =
        |from: usize, least: Place| (from.max(1)..=most).rev().find(|at| text.places[start + at] >= least);
    last(most * 2 / 3, Place::Sign)
        .or_else(|| last(most / 2, Place::Phrase))
        .or_else(|| last(most / 3, Place::Joint))
        .or_else(|| last(most / 3, Place::Compound))
        .or_else(|| last(most / 3, Place::Word))
        // Better a break that is not allowed than a line that is nearly empty.
        .unwrap_or(most)
}

/// How good it is to end a line before a letter, as far as the letters around tell.
fn place(letters: &[char], at: usize) -> Place {
    let Some(before) = at.checked_sub(1).map(|at| letters[at]) else { return Place::Never };
    let after = letters[at];
    if !can_break(before, after) {
        return Place::Never;
    }
    if matches!(before, '、' | '。' | '・' | '）' | ')' | '」' | ' ') {
        return Place::Sign;
    }
    let (kind, next) = (Kind::of(before), Kind::of(after));
    // 転出した: the hiragana after a kanji belong to it.
    let is_joint = kind != next && next != Kind::Hiragana;
    if is_joint || (kind == Kind::Katakana && begins_word(&letters[at..])) {
        return Place::Joint;
    }
    let run = letters[..at].iter().rev().take_while(|letter| Kind::of(**letter) == Kind::Kanji).count();
    let is_single = letters.get(at + 1).is_none_or(|letter| Kind::of(*letter) != Kind::Kanji);
    if kind == next && kind == Kind::Kanji && run % 2 == 0 && !is_single {
        return Place::Compound;
    }
    Place::Word
}

/// Kinds of letters, of which words are made.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Hiragana,
    Katakana,
    Kanji,
    Other,
}

impl Kind {
    fn of(letter: char) -> Self {
        match letter {
            'ぁ'..='ゖ' => Self::Hiragana,
            'ァ'..='ヺ' | 'ー' => Self::Katakana,
            '々' | '一'..='鿿' => Self::Kanji,
            _ => Self::Other,
        }
    }
}

/// Words in katakana that others are made with: ネットワーク|システム.
const WORDS: [&str; 14] = [
    "システム",
    "ネットワーク",
    "サーバ",
    "サービス",
    "データ",
    "ファイル",
    "ポータル",
    "センター",
    "ソフトウェア",
    "ソフトウエア",
    "プラットフォーム",
    "クラウド",
    "ワクチン",
    "ネット",
];

fn begins_word(letters: &[char]) -> bool {
    WORDS.iter().any(|word| word.chars().eq(letters.iter().copied().take(word.chars().count())))
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
        let (text, room) = (Text::new(text), ems(room, size));
        lines(&text, &breaks(&text, room, most), room)
    }

    #[test]
    fn lines_break_as_japanese_does() {
        assert_eq!(wrap("住民の記録、転出した人", 10, 50, 9), ["住民の", "記録、", "転出した人"]);
        assert_eq!(wrap("住民の記録の課、転出した課", 10, 100, 9), ["住民の記録の課、", "転出した課"]);
        assert_eq!(wrap("市のポータル", 10, 50, 9), ["市の", "ポータル"]);
        assert_eq!(wrap("見本（その他）", 10, 30, 9), ["見本", "（その", "他）"]);
        assert_eq!(wrap("接続はVRS eLTAX", 10, 50, 9), ["接続は", "VRS", "eLTAX"]);
    }

    #[test]
    fn words_stay_whole() {
        for room in [70, 80, 90] {
            let lines = balanced("情報提供ネットワークシステム", 10, room, 3);
            assert_eq!(lines, ["情報提供", "ネットワーク", "システム"]);
        }
        assert_eq!(balanced("見本ワクチン接種担当課", 10, 70, 9), ["見本ワクチン", "接種担当課"]);
        assert_eq!(balanced("見本料金収納担当課", 10, 70, 9), ["見本料金収納", "担当課"]);
    }

    #[test]
    fn no_letter_stands_alone_on_a_last_line() {
        assert_eq!(balanced("住民の記録の課、転出した課", 10, 100, 9), ["住民の記録の課、", "転出した課"]);
        assert_eq!(balanced("見本料金収納機能", 10, 70, 9), ["見本料金", "収納機能"]);
        assert_eq!(balanced("見本料金収納", 10, 70, 9), ["見本料金収納"]);
        assert_eq!(balanced("見本ポータルシステム", 10, 80, 9), ["見本ポータル", "システム"]);
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
