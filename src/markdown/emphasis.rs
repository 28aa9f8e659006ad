//! `**「強調」**と`: CommonMark sees no emphasis where a `*` run stands between a kanji and a bracket, because it expects blanks
//! around words. Until the parser follows the amendment for CJK text (commonmark-spec#650), it is given a blank there: a
//! sign that no one writes, taken out of every event again.

use std::borrow::Cow;
use std::ops::Range;

use super::lines::is_wide;

/// The blank put in: MEDIUM MATHEMATICAL SPACE, whitespace to the parser and foreign to Japanese text.
const BLANK: char = '\u{205F}';

/// The text with blanks outside of the `*` runs that need them.
pub(super) fn support(text: &str) -> Cow<'_, str> {
    // A text with the sign of its own could not be restored.
    if !text.contains('*') || text.is_ascii() || text.contains(BLANK) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut open: Vec<usize> = Vec::new();
    let mut rest = text;
    while let Some(star) = rest.find('*') {
        let (before, run) = rest.split_at(star);
        if before.contains("\n\n") || before.contains("\n\r\n") {
            open.clear();
        }
        out.push_str(before);
        let length = run.len() - run.trim_start_matches('*').len();
        let (run, after) = run.split_at(length);
        rest = after;
        if before.ends_with('\\') {
            out.push_str(run);
            continue;
        }
        let sides = Sides { before: out.chars().next_back(), after: after.chars().next() };
        if sides.may_close() && close(&mut open, length) {
            out.push_str(run);
            out.extend((!sides.closes()).then_some(BLANK));
        } else if sides.may_open() {
            out.extend((!sides.opens()).then_some(BLANK));
            out.push_str(run);
            open.push(length);
        } else {
            out.push_str(run);
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// A part of a supported text without the blanks put in.
pub(super) fn restore(text: &str) -> Cow<'_, str> {
    if text.contains(BLANK) { Cow::Owned(text.replace(BLANK, "")) } else { Cow::Borrowed(text) }
}

/// The places in the authored text of ascending places in its supported form.
pub(super) fn authored(supported: &str, places: Vec<Range<usize>>) -> impl Iterator<Item = Range<usize>> {
    let (mut at, mut put_in) = (0, 0);
    let mut authored = move |place: usize| {
        put_in += supported[at..place].matches(BLANK).count() * BLANK.len_utf8();
        at = place;
        place - put_in
    };
    places.into_iter().map(move |place| authored(place.start)..authored(place.end))
}

/// Closes `length` stars; false where nothing is open.
fn close(open: &mut Vec<usize>, mut length: usize) -> bool {
    if open.is_empty() {
        return false;
    }
    while length > 0 {
        let Some(last) = open.last_mut() else { break };
        let stars = length.min(*last);
        *last -= stars;
        length -= stars;
        if *last == 0 {
            open.pop();
        }
    }
    true
}

/// The characters around a run.
struct Sides {
    before: Option<char>,
    after: Option<char>,
}

impl Sides {
    /// Left-flanking by CommonMark.
    fn opens(&self) -> bool {
        !is_blank(self.after) && (!is_mark(self.after) || is_blank(self.before) || is_mark(self.before))
    }

    /// Right-flanking by CommonMark.
    fn closes(&self) -> bool {
        !is_blank(self.before) && (!is_mark(self.before) || is_blank(self.after) || is_mark(self.after))
    }

    /// Left-flanking by the amendment.
    fn may_open(&self) -> bool {
        self.opens() || (!is_blank(self.after) && self.before.is_some_and(is_wide))
    }

    /// Right-flanking by the amendment.
    fn may_close(&self) -> bool {
        self.closes() || (!is_blank(self.before) && self.after.is_some_and(is_wide))
    }
}

fn is_blank(c: Option<char>) -> bool {
    c.is_none_or(char::is_whitespace)
}

/// Punctuation and signs; one too many does no harm, because only the runs that open or close anyway get a blank.
fn is_mark(c: Option<char>) -> bool {
    c.is_some_and(|c| {
        c.is_ascii_punctuation()
            || matches!(c, '\u{A1}'..='\u{BF}' | '×' | '÷' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}'
                | '\u{2190}'..='\u{245F}' | '\u{2500}'..='\u{2775}' | '\u{2794}'..='\u{2BFF}' | '\u{3001}'..='\u{3004}'
                | '\u{3008}'..='\u{3020}' | '\u{3030}' | '\u{303D}' | '\u{30A0}' | '\u{30FB}'
                | '\u{FE30}'..='\u{FE6F}' | '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}'
                | '\u{FF3B}'..='\u{FF40}' | '\u{FF5B}'..='\u{FF65}' | '\u{FFE0}'..='\u{FFEE}')
    })
}
