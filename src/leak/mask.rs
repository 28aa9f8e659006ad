//! Hides 12-digit numbers where findings are shown: what must not be published must not stand in a log either.

use std::ops::Range;

use super::digits;

/// An excerpt longer than this may have been cut, even inside a number.
const MAY_BE_CUT: usize = 300;
/// Fewer digits at the end of a cut excerpt give nothing away.
const FEW_DIGITS: usize = 4;

/// The text with `*` or `＊` for the digits of every 12-digit number; of the same length in bytes and in cells.
pub fn mask(text: &mut String) {
    let spans: Vec<_> = super::find(text.as_bytes()).into_iter().map(|f| f.bytes).collect();
    hide(text, &spans);
}

/// The same for a line of a file, of which only a part may be at hand: digits at a cut end are hidden as well.
pub fn mask_excerpt(text: &mut String) {
    mask(text);
    if text.len() < MAY_BE_CUT {
        return;
    }
    let start = if text.starts_with('…') { '…'.len_utf8() } else { 0 };
    let mut at_ends = Vec::new();
    digits::each_chain_of(text.as_bytes(), FEW_DIGITS + 1, |chain| {
        if let (Some(first), Some(last)) = (chain.groups.first(), chain.groups.last())
            && (first.start == start || last.end == text.len())
        {
            at_ends.push(first.start..last.end);
        }
    });
    hide(text, &at_ends);
}

fn hide(text: &mut String, spans: &[Range<usize>]) {
    if spans.is_empty() {
        return;
    }
    let inside = |at: usize| spans.iter().any(|s| s.contains(&at));
    let hidden = text.char_indices().map(|(at, c)| match c {
        '0'..='9' if inside(at) => '*',
        '０'..='９' if inside(at) => '＊',
        _ => c,
    });
    *text = hidden.collect();
}
