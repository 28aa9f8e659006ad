//! The grammar of written dates: from text to a [`Reading`], without asking whether the day exists.
//!
//! The text is folded one character at a time (full width to ASCII) and never normalised as a whole:
//! NFKC would turn the list mark of 「②2015/9/13」 into a digit of the year.

use std::ops::Range;

use super::eras::{self, Era};

/// What was written, number by number.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) year: Year,
    pub(super) month: Option<u8>,
    pub(super) day: Option<u8>,
    pub(super) weekday: Option<char>,
    pub(super) style: Style,
    /// 年度: a fiscal year from April to March, not a date.
    pub(super) fiscal: bool,
    /// The era was written as a letter, or its date with dots.
    pub(super) abbreviated: bool,
    /// Full-width characters or an era ligature were folded.
    pub(super) folded: bool,
    pub(super) range: Range<usize>,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Year {
    /// 元年 is kept apart from 1年, because only the latter deserves a warning.
    Era {
        era: &'static Era,
        number: u8,
        gannen: bool,
    },
    Western(i16),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// 年月日.
    Kanji,
    /// `2021-03-12`, `2021-03`, `2021`: the storage form.
    Iso,
    /// `2015/8/28`, `R3.3.12` and the like.
    Separated,
}

/// Reads the longest date that starts at byte `at`; `None` where none starts.
pub(super) fn read(text: &str, at: usize) -> Option<Reading> {
    let mut cursor = Cursor::new(text, at);
    let mut reading = match read_era(&mut cursor) {
        Some((era, abbreviated)) => read_era_date(&mut cursor, era, abbreviated)?,
        None => read_western_date(&mut cursor)?,
    };
    // The brackets of a weekday are full width in ordinary text, so they are no reason to warn.
    reading.folded = cursor.folded;
    if reading.day.is_some() {
        reading.weekday = attempt(&mut cursor, read_weekday);
    }
    reading.range = at..cursor.at;
    Some(reading)
}

/// Whether a reading inside running text is a date and not a part of some other number.
/// The rule is stricter than for a field that holds only a date: 「2015」 or 「H31.4」 may be anything.
pub(super) fn stands_alone(text: &str, reading: &Reading) -> bool {
    let before = text[..reading.range.start].chars().next_back().map(fold);
    let after_word = before.is_some_and(|c| c.is_ascii_alphanumeric());
    let by_letter_or_digits = matches!(reading.year, Year::Western(_)) || reading.abbreviated;
    if by_letter_or_digits && (after_word || before == Some('/')) {
        return false;
    }
    if let Year::Western(year) = reading.year
        && !(1900..=2099).contains(&year)
    {
        return false;
    }
    reading.style == Style::Kanji || (reading.day.is_some() && ends_cleanly(text, &reading.range))
}

/// `2015/8/28` must not go on as `2015/8/28/1` or `2015/8/28a`, but 2015/8/28-2015/9/1 is two dates.
fn ends_cleanly(text: &str, range: &Range<usize>) -> bool {
    let is_mark = |c: &char| matches!(c, '/' | '.' | '-');
    let mark = text[range.clone()].chars().map(fold).rfind(is_mark);
    let mut next = text[range.end..].chars().map(fold);
    match next.next() {
        Some(c) if c.is_ascii_alphanumeric() => false,
        after if after == mark => !next.next().is_some_and(|c| c.is_ascii_digit()),
        _ => true,
    }
}

/// Whether the text right after a date makes it the number of a law: 平成26年「法律第1号」.
/// Such a date belongs to the law, not to the document that cites it.
pub(super) fn names_a_law(rest: &str) -> bool {
    const KINDS: [&str; 12] =
        ["法律", "政令", "省令", "府令", "勅令", "告示", "規則", "条例", "訓令", "規程", "要綱", "通達"];
    const PARTICLES: [&str; 6] = ["に", "は", "の", "から", "まで", "より"];
    const LONGEST_ISSUER: usize = 30;
    let Some((end, _)) = rest.char_indices().take(LONGEST_ISSUER).find(|&(_, c)| c == '第') else {
        return false;
    };
    let issuer = &rest[..end];
    KINDS.iter().any(|kind| issuer.ends_with(kind))
        && !PARTICLES.iter().any(|particle| issuer.starts_with(particle))
        && !issuer.contains(|c: char| c.is_whitespace() || "、。，．,()（）「」".contains(c))
}

fn read_era(cursor: &mut Cursor) -> Option<(&'static Era, bool)> {
    for era in eras::all() {
        if cursor.eat_text(era.name) {
            cursor.skip_space();
            return Some((era, false));
        }
        if cursor.eat(era.ligature) {
            cursor.folded = true;
            cursor.skip_space();
            return Some((era, false));
        }
        if cursor.eat(era.letter) {
            return Some((era, true));
        }
    }
    None
}

fn read_era_date(cursor: &mut Cursor, era: &'static Era, by_letter: bool) -> Option<Reading> {
    let gannen = cursor.eat('元');
    let number = if gannen { 1 } else { read_number(cursor)? };
    let mut reading = Reading::new(Year::Era { era, number, gannen });
    reading.abbreviated = by_letter;
    if attempt(cursor, |c| read_unit(c, '年')).is_some() {
        read_after_year(cursor, &mut reading);
        return Some(reading);
    }
    let mark = cursor.peek().filter(|c| matches!(c, '.' | '/'))?;
    reading.abbreviated = true;
    reading.style = Style::Separated;
    read_parts(cursor, mark, &mut reading);
    reading.month.is_some().then_some(reading)
}

fn read_western_date(cursor: &mut Cursor) -> Option<Reading> {
    let start = cursor.at;
    let digits = read_digits(cursor, 4)?;
    let year = i16::try_from(digits).ok().filter(|year| *year >= 1000)?;
    let mut reading = Reading::new(Year::Western(year));
    if attempt(cursor, |c| read_unit(c, '年')).is_some() {
        read_after_year(cursor, &mut reading);
        return Some(reading);
    }
    reading.style = Style::Iso;
    if let Some(mark) = cursor.peek().filter(|c| matches!(c, '/' | '.' | '-')) {
        read_parts(cursor, mark, &mut reading);
        let written = cursor.text[start..cursor.at].chars().count();
        let padded = matches!(written, 4 | 7 | 10);
        if reading.month.is_some() && !(mark == '-' && padded) {
            reading.style = Style::Separated;
        }
    }
    Some(reading)
}

/// 年 has been read: 度, or 月 and perhaps 日.
fn read_after_year(cursor: &mut Cursor, reading: &mut Reading) {
    reading.fiscal = attempt(cursor, |c| read_unit(c, '度')).is_some();
    if reading.fiscal {
        return;
    }
    reading.month = attempt(cursor, |c| read_counted(c, '月'));
    if reading.month.is_some() {
        reading.day = attempt(cursor, read_day);
    }
}

/// 日, but not the 30日 of 「令和3年4月 30日間」.
fn read_day(cursor: &mut Cursor) -> Option<u8> {
    let day = read_counted(cursor, '日')?;
    (cursor.peek() != Some('間')).then_some(day)
}

/// The numbers after a year, each led by `mark`.
fn read_parts(cursor: &mut Cursor, mark: char, reading: &mut Reading) {
    let part = |c: &mut Cursor| {
        if !c.eat(mark) {
            return None;
        }
        let number = read_digits(c, 2).or_else(|| read_digits(c, 1))?;
        u8::try_from(number).ok()
    };
    reading.month = attempt(cursor, part);
    if reading.month.is_some() {
        reading.day = attempt(cursor, part);
    }
}

fn read_counted(cursor: &mut Cursor, unit: char) -> Option<u8> {
    cursor.skip_space();
    let number = read_number(cursor)?;
    read_unit(cursor, unit)?;
    Some(number)
}

fn read_unit(cursor: &mut Cursor, unit: char) -> Option<()> {
    cursor.skip_space();
    cursor.eat(unit).then_some(())
}

/// One or two digits, or up to three kanji digits; nothing may follow that makes the number longer.
fn read_number(cursor: &mut Cursor) -> Option<u8> {
    let digits = read_digits(cursor, 2).or_else(|| read_digits(cursor, 1));
    match digits {
        Some(number) => u8::try_from(number).ok(),
        None => attempt(cursor, read_kanji_number),
    }
}

/// Exactly `count` digits that no further digit follows.
fn read_digits(cursor: &mut Cursor, count: usize) -> Option<u32> {
    attempt(cursor, |c| {
        let mut number = 0;
        for _ in 0..count {
            number = number * 10 + c.peek()?.to_digit(10)?;
            c.bump();
        }
        let ends = !c.peek().is_some_and(|next| next.is_ascii_digit());
        ends.then_some(number)
    })
}

/// 〇 to 九十九, with 十 (二十八) or by position (二八).
fn read_kanji_number(cursor: &mut Cursor) -> Option<u8> {
    const TEN: u8 = 10;
    let mut digits = [0; 3];
    let mut count = 0;
    while let Some(digit) = cursor.peek().and_then(kanji_digit) {
        *digits.get_mut(count)? = digit;
        count += 1;
        cursor.bump();
    }
    match digits[..count] {
        [TEN] => Some(TEN),
        [one] => Some(one),
        [TEN, one @ 1..=9] => Some(TEN + one),
        [tens @ 2..=9, TEN] => Some(tens * TEN),
        [tens @ 2..=9, TEN, one @ 1..=9] | [tens @ 0..=9, one @ 0..=9] => Some(tens * TEN + one),
        _ => None,
    }
}

fn kanji_digit(c: char) -> Option<u8> {
    const DIGITS: [char; 11] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
    if c == '零' {
        return Some(0);
    }
    let value = DIGITS.iter().position(|digit| *digit == c)?;
    u8::try_from(value).ok()
}

/// (水), (水曜) or (水曜日).
fn read_weekday(cursor: &mut Cursor) -> Option<char> {
    cursor.skip_space();
    if !cursor.eat('(') {
        return None;
    }
    let weekday = cursor.peek().filter(|c| "月火水木金土日".contains(*c))?;
    cursor.bump();
    if cursor.eat('曜') {
        cursor.eat('日');
    }
    cursor.eat(')').then_some(weekday)
}

/// Runs a reader and puts the cursor back when it finds nothing.
fn attempt<'t, T>(cursor: &mut Cursor<'t>, reader: impl FnOnce(&mut Cursor<'t>) -> Option<T>) -> Option<T> {
    let mut trial = *cursor;
    let found = reader(&mut trial)?;
    *cursor = trial;
    Some(found)
}

impl Reading {
    fn new(year: Year) -> Self {
        Reading {
            year,
            month: None,
            day: None,
            weekday: None,
            style: Style::Kanji,
            fiscal: false,
            abbreviated: false,
            folded: false,
            range: 0..0,
        }
    }
}

/// A place in the text that hands out folded characters; `at` is always a char boundary.
#[derive(Debug, Clone, Copy)]
struct Cursor<'t> {
    text: &'t str,
    at: usize,
    folded: bool,
}

impl<'t> Cursor<'t> {
    fn new(text: &'t str, at: usize) -> Self {
        Cursor { text, at, folded: false }
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next().map(fold)
    }

    fn bump(&mut self) {
        if let Some(c) = self.text[self.at..].chars().next() {
            self.at += c.len_utf8();
            self.folded |= fold(c) != c;
        }
    }

    fn eat(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.bump();
        }
        found
    }

    fn eat_text(&mut self, wanted: &str) -> bool {
        let found = self.text[self.at..].starts_with(wanted);
        if found {
            self.at += wanted.len();
        }
        found
    }

    /// Blanks inside one line; a date does not run over a line end.
    fn skip_space(&mut self) {
        while let Some(c @ (' ' | '\t' | '\u{3000}')) = self.text[self.at..].chars().next() {
            self.at += c.len_utf8();
        }
    }
}

/// U+FF01 to U+FF5E to ASCII; everything else stays.
pub(super) fn fold(c: char) -> char {
    const OFFSET: u32 = 0xFF01 - 0x21;
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - OFFSET).unwrap_or(c),
        _ => c,
    }
}
