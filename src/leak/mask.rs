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
    let mut spans = spans.to_vec();
    spans.sort_by_key(|s| s.start);
    let mut next = spans.iter().peekable();
    let mut hidden_to = 0;
    let hidden = text.char_indices().map(|(at, c)| {
        while let Some(span) = next.next_if(|s| s.start <= at) {
            hidden_to = hidden_to.max(span.end);
        }
        match c {
            '0'..='9' if at < hidden_to => '*',
            '０'..='９' if at < hidden_to => '＊',
            _ => c,
        }
    });
    *text = hidden.collect();
}
