//! Digits, and what may stand between the groups of one number.

use std::ops::Range;

/// More signs than this between two groups of digits make them two numbers.
const WIDEST_GAP: usize = 3;

/// A run of digits without anything between them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Group {
    pub(super) start: usize,
    pub(super) end: usize,
    /// How many digits.
    pub(super) len: usize,
    /// The first twelve.
    values: [u8; 12],
}

/// What stands between two groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    Blank,
    Hyphen,
    Dot,
}

/// Groups of digits with nothing but gaps between them.
#[derive(Debug, Default)]
pub(super) struct Chain {
    pub(super) groups: Vec<Group>,
    /// What stands after each group but the last.
    gaps: Vec<Gap>,
}

impl Group {
    /// The first twelve digits.
    pub(super) fn digits(&self) -> impl Iterator<Item = char> {
        self.values.into_iter().take(self.len).map(|v| char::from(b'0' + v))
    }

    fn number(&self) -> u32 {
        self.values.iter().take(self.len).fold(0, |n, v| n.wrapping_mul(10).wrapping_add(u32::from(*v)))
    }
}

impl Chain {
    /// The parts that may be one number: every group by itself, and the groups between which the same sign stands. A hyphen
    /// binds closer than a blank: in 「15 1234-5678-9018」 the number begins after the blank.
    pub(super) fn runs(&self) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> =
            (0..self.groups.len()).filter(|at| self.groups[*at].len == 12).map(|at| at..at + 1).collect();
        if self.groups.len() == 1 {
            return runs;
        }
        let mut at = 0;
        while at < self.gaps.len() {
            let gap = self.gaps[at];
            let length = self.gaps[at..].iter().take_while(|g| **g == gap).count();
            let (mut from, mut to) = (at, at + length + 1);
            if gap == Gap::Blank {
                from += usize::from(at > 0);
                to -= usize::from(to < self.groups.len());
            }
            if to > from + 1 && to - from <= 12 {
                runs.push(from..to);
            }
            at += length;
        }
        // As it stands on the card, whatever signs were put between: 「1234-5678 9018」.
        let is_mixed = |at: &usize| {
            self.groups[*at..at + 3].iter().all(|g| g.len == 4) && self.gaps[*at] != self.gaps[at + 1]
        };
        runs.extend((0..self.groups.len().saturating_sub(2)).filter(is_mixed).map(|at| at..at + 3));
        runs
    }
}

/// Whether the groups are of one length, as a number is written in groups.
pub(super) fn are_equal_groups(groups: &[Group]) -> bool {
    let Some(first) = groups.first() else { return false };
    matches!(first.len, 1 | 3 | 4 | 6) && groups.iter().all(|g| g.len == first.len)
}

/// Whether the groups are rather a list of values: years, months, round amounts, one digit over and over.
pub(super) fn are_a_row_of_values(groups: &[Group]) -> bool {
    let all = |is: fn(u32) -> bool| groups.iter().all(|g| is(g.number()));
    match groups.first().map_or(0, |g| g.len) {
        4 => all(|n| (1900..2100).contains(&n)) || all(|n| n % 100 == 0),
        6 => all(|n| (1900..2100).contains(&(n / 100)) && (1..=12).contains(&(n % 100))),
        3 => all(|n| n % 100 == 0),
        _ => groups.windows(2).all(|pair| pair[0].number() == pair[1].number()),
    }
}

/// Calls back for every chain of at least twelve digits.
pub(super) fn each_chain(bytes: &[u8], tell: impl FnMut(&Chain)) {
    each_chain_of(bytes, 12, tell);
}

/// Calls back for every chain of at least so many digits.
pub(super) fn each_chain_of(bytes: &[u8], least: usize, mut tell: impl FnMut(&Chain)) {
    let mut chain = Chain::default();
    let mut at = 0;
    while let Some(start) = next_digit(bytes, at) {
        chain.groups.clear();
        chain.gaps.clear();
        let mut total = 0;
        let mut next = Some(group(bytes, start));
        while let Some(found) = next {
            total += found.len;
            at = found.end;
            chain.groups.push(found);
            next = gap(bytes, at).map(|(gap, start)| {
                chain.gaps.push(gap);
                group(bytes, start)
            });
        }
        if total >= least {
            tell(&chain);
        }
    }
}

/// The next place at which a digit begins.
fn next_digit(bytes: &[u8], from: usize) -> Option<usize> {
    const BLOCK: usize = 32;
    let mut at = from;
    loop {
        // Whole blocks without a digit are most of a page; this loop compiles to vector instructions.
        while let Some(block) = bytes.get(at..at + BLOCK) {
            let may_begin = |b: &u8| u8::from(b.is_ascii_digit()) | u8::from(*b == 0xEF);
            if block.iter().fold(0, |any, b| any | may_begin(b)) > 0 {
                break;
            }
            at += BLOCK;
        }
        let end = bytes.len().min(at + BLOCK);
        if let Some(found) = (at..end).find(|at| digit(bytes, *at).is_some()) {
            return Some(found);
        }
        at = end;
        if at >= bytes.len() {
            return None;
        }
    }
}

/// The value and the width of the digit at a place.
fn digit(bytes: &[u8], at: usize) -> Option<(u8, usize)> {
    match bytes.get(at..)? {
        [b @ b'0'..=b'9', ..] => Some((b - b'0', 1)),
        [0xEF, 0xBC, b @ 0x90..=0x99, ..] => Some((b - 0x90, 3)),
        _ => None,
    }
}

fn group(bytes: &[u8], start: usize) -> Group {
    let mut group = Group { start, end: start, len: 0, values: [0; 12] };
    while let Some((value, width)) = digit(bytes, group.end) {
        if let Some(place) = group.values.get_mut(group.len) {
            *place = value;
        }
        group.len += 1;
        group.end += width;
        let unseen = invisible(&bytes[group.end..]);
        if digit(bytes, group.end + unseen).is_some() {
            group.end += unseen;
        }
    }
    group
}

/// The bytes of signs that cannot be seen: digits around them look like one number.
fn invisible(bytes: &[u8]) -> usize {
    const MOST: usize = 16;
    let mut at = 0;
    while at < MOST {
        at += match bytes[at..] {
            // Soft hyphen, combining grapheme joiner, Mongolian vowel separator.
            [0xC2, 0xAD, ..] | [0xCD, 0x8F, ..] => 2,
            [0xE1, 0xA0, 0x8E, ..]
            // Zero-width blanks and joiners, marks and embeddings of direction, word joiner and other format signs.
            | [0xE2, 0x80, 0x8B..=0x8F | 0xAA..=0xAE, ..]
            | [0xE2, 0x81, 0xA0..=0xAF, ..]
            // Variation selectors, byte order mark.
            | [0xEF, 0xB8, 0x80..=0x8F, ..]
            | [0xEF, 0xBB, 0xBF, ..] => 3,
            // Tags.
            [0xF3, 0xA0, 0x80..=0x87, _, ..] => 4,
            _ => break,
        };
    }
    at
}

/// The gap after a group, and where the next group begins. A hyphen with blanks around it is a hyphen.
fn gap(bytes: &[u8], mut at: usize) -> Option<(Gap, usize)> {
    let mut kind = None;
    for _ in 0..WIDEST_GAP {
        let Some((sign, width)) = sign(&bytes[at..]) else { break };
        at += width;
        kind = match kind {
            None | Some(Gap::Blank) => Some(sign),
            Some(other) => Some(other),
        };
    }
    digit(bytes, at)?;
    kind.map(|kind| (kind, at))
}

/// Blanks, hyphens and middle dots of every kind, also those that cannot be seen.
fn sign(bytes: &[u8]) -> Option<(Gap, usize)> {
    Some(match bytes {
        [b' ' | b'\t', ..] => (Gap::Blank, 1),
        [b'-', ..] => (Gap::Hyphen, 1),
        [b'&', b'n', b'b', b's', b'p', b';', ..] => (Gap::Blank, 6),
        [0xC2, 0xA0, ..] => (Gap::Blank, 2),
        [0xC2, 0xAD, ..] => (Gap::Hyphen, 2),
        [0xC2, 0xB7, ..] => (Gap::Dot, 2),
        [0xE2, 0x80, 0x80..=0x8D | 0xAF, ..]
        | [0xE2, 0x81, 0x9F | 0xA0, ..]
        | [0xE3, 0x80, 0x80, ..]
        | [0xEF, 0xBB, 0xBF, ..] => (Gap::Blank, 3),
        [0xE2, 0x80, 0x90..=0x95, ..]
        | [0xE2, 0x88, 0x92, ..]
        | [0xE2, 0x94, 0x80 | 0x81, ..]
        | [0xE3, 0x83, 0xBC, ..]
        | [0xEF, 0xBC, 0x8D, ..]
        | [0xEF, 0xBD, 0xB0, ..] => (Gap::Hyphen, 3),
        [0xE2, 0x80, 0xA2, ..] | [0xE3, 0x83, 0xBB, ..] | [0xEF, 0xBD, 0xA5, ..] => (Gap::Dot, 3),
        _ => return None,
    })
}
