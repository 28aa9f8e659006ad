//! What stands around a number of twelve digits and says that it is something else.

use std::ops::Range;

use crate::wareki::CivilDate;

/// Attributes whose values people read; the numbers of all others are coordinates and the like.
const READ_ATTRIBUTES: [&str; 7] = ["alt", "title", "content", "value", "placeholder", "label", "summary"];

/// Whether the digits are a part of something longer: a decimal, a hexadecimal name, a UUID.
pub(super) fn belongs_to_more(bytes: &[u8], span: &Range<usize>) -> bool {
    let (before, after) = (&bytes[..span.start], &bytes[span.end..]);
    is_decimal(before, after) || is_hexadecimal(before, after, span.len()) || is_in_uuid(bytes, span)
}

fn is_decimal(before: &[u8], after: &[u8]) -> bool {
    let goes_on = matches!(after, [b'.', b'0'..=b'9', ..]);
    // 「No.1234…」 and 「番号.1234…」 are no decimals.
    let in_word = |b: &u8| b.is_ascii_alphabetic() || !b.is_ascii();
    let began =
        before.split_last().is_some_and(|(last, rest)| *last == b'.' && !rest.last().is_some_and(in_word));
    goes_on || began
}

/// `d41d8cd98f00b204…`: a word of letters a to f and digits, long enough for a fingerprint. 「No1234…」 and 「a1234…」 are none.
fn is_hexadecimal(before: &[u8], after: &[u8], own: usize) -> bool {
    const SHORTEST: usize = 16;
    const LONGEST: usize = 128;
    let is_word = |b: &&u8| b.is_ascii_alphanumeric() || **b == b'_';
    let word: Vec<&u8> = before
        .iter()
        .rev()
        .take(LONGEST)
        .take_while(is_word)
        .chain(after.iter().take(LONGEST).take_while(is_word))
        .collect();
    let letters = word.iter().filter(|b| b.is_ascii_alphabetic()).count();
    word.len() + own >= SHORTEST && letters > 1 && word.iter().all(|b| b.is_ascii_hexdigit())
}

/// Whether the digits lie inside a UUID such as `550e8400-e29b-41d4-a716-446655440000`, whatever of it they take up.
fn is_in_uuid(bytes: &[u8], span: &Range<usize>) -> bool {
    const LENGTH: usize = 36;
    let starts = span.end.saturating_sub(LENGTH)..=span.start;
    starts.filter_map(|start| bytes.get(start..start + LENGTH).map(|uuid| (start, uuid))).any(
        |(start, uuid)| {
            let is_apart = |sign: Option<&u8>| sign.is_none_or(|b| !b.is_ascii_alphanumeric());
            let before = start.checked_sub(1).and_then(|at| bytes.get(at));
            is_uuid(uuid) && is_apart(before) && is_apart(bytes.get(start + LENGTH))
        },
    )
}

fn is_uuid(text: &[u8]) -> bool {
    const HYPHENS: [usize; 4] = [8, 13, 18, 23];
    text.iter()
        .enumerate()
        .all(|(at, b)| if HYPHENS.contains(&at) { *b == b'-' } else { b.is_ascii_hexdigit() })
}

/// Whether the digits are a moment (`202404010930`), or a day and a number in an address (`/202404010123.html`).
pub(super) fn is_time(bytes: &[u8], span: &Range<usize>, digits: &str) -> bool {
    let number = |part: Range<usize>| digits.get(part).and_then(|d| d.parse::<u8>().ok()).unwrap_or(u8::MAX);
    let year = digits.get(..4).and_then(|d| d.parse::<i16>().ok()).filter(|y| (1990..2100).contains(y));
    let is_day = year.is_some_and(|y| CivilDate::from_ymd(y, number(4..6), number(6..8)).is_some());
    let is_clock = number(8..10) < 24 && number(10..12) < 60;
    is_day && (is_clock || bytes[..span.start].ends_with(b"/"))
}

/// Whether places of a file lie inside tags. Places are asked for in rising order, so the file is read once at most.
pub(super) struct Tags<'b> {
    bytes: &'b [u8],
    at: usize,
    open: Option<usize>,
}

impl<'b> Tags<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0, open: None }
    }

    /// Whether a place lies inside the value of an attribute that nobody reads, such as the points of a line.
    pub(super) fn is_geometry(&mut self, place: usize) -> bool {
        while self.at < place {
            match self.bytes[self.at..] {
                [b'<', next, ..] if next.is_ascii_alphabetic() => self.open = Some(self.at),
                [b'>', ..] => self.open = None,
                _ => {}
            }
            self.at += 1;
        }
        let Some(open) = self.open else { return false };
        let tag = &self.bytes[open..place.max(open)];
        let Some(equals) = tag.iter().rposition(|b| *b == b'=') else { return false };
        let is_name = |b: &&u8| b.is_ascii_alphanumeric() || **b == b'-';
        let length = tag[..equals].iter().rev().take_while(is_name).count();
        let name = String::from_utf8_lossy(&tag[equals - length..equals]).to_ascii_lowercase();
        !(READ_ATTRIBUTES.contains(&name.as_str()) || name.starts_with("aria-") || name.starts_with("data-"))
    }
}
