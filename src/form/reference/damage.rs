//! Damaged titles and labels: how like they are to what the form prints, and what contradicts the likeness.

use super::super::{Node, NodeIx};
use super::lexicon::{Hit, is_digit};
use super::search::{Search, Walk};
use super::steps::Step;

/// From this likeness on, a text is another spelling of a title.
const ALL_BUT_SAME: f64 = 0.9;

/// The most that a distance adds.
pub(super) const FARTHEST: u16 = 24;

/// The node whose number was read, and whose title may follow.
pub(super) fn unread_title(search: &Search, walk: &Walk) -> Option<NodeIx> {
    walk.node.filter(|node| walk.by_mark && !walk.labelled && !search.lexicon.label(*node).is_empty())
}

/// How like a text is to the title of a node; none where it is something else.
pub(super) fn damaged_title(search: &Search, node: NodeIx, text: &str) -> Option<f64> {
    const LEAST: f64 = 0.4;
    let title = search.lexicon.label(node);
    // The whole title with more behind it is not damaged: what is behind it is unknown.
    if passes_number(text) || text.starts_with(title) || counts_beside(title, text) {
        return None;
    }
    let mut likeness = likeness_from(title, text, LEAST);
    if is_short_for(title, text) {
        likeness = likeness.max(LEAST);
    }
    (likeness >= LEAST && !is_title_beside(search, node, text, likeness)).then_some(likeness)
}

/// Whether a text is a title with words left out: 「担当部署」, 「ファイルの概要」.
pub(super) fn is_short_for(title: &str, text: &str) -> bool {
    let mut signs = title.chars();
    text.chars().count() >= 2 && text.chars().all(|c| signs.any(|sign| sign == c))
}

/// Whether a text is a part of a label that is long enough to be known by it.
pub(super) fn is_part_of(label: &str, text: &str) -> bool {
    text.chars().count() >= 4 && label.contains(text)
}

/// Whether a text is clearly more like the title of a node than like any other title beside or inside, and none elsewhere in the
/// section is its like (移転先における用途 behind the number of a 提供先).
pub(super) fn is_clear_title(search: &Search, node: NodeIx, text: &str, likeness_of_title: f64) -> bool {
    const LEAST: f64 = 0.5;
    const AHEAD: f64 = 0.15;
    let parent = search.form.node(node).parent;
    let rivals = search.lexicon.below(parent).filter(|p| *p != node.position());
    let rival = |position: usize| likeness(search.lexicon.label_at(position), text);
    let section = search.form.section_of(node).ix;
    let mut far = search.lexicon.below(Some(section)).filter(|p| *p != node.position());
    likeness_of_title >= LEAST
        && rivals.map(rival).all(|r| r + AHEAD <= likeness_of_title)
        && far.all(|p| likeness_from(search.lexicon.label_at(p), text, ALL_BUT_SAME) <= likeness_of_title)
}

/// Whether a text ends with the name of something inside a node: 保管期期間, where 期間 is an item of its own.
pub(super) fn ends_inside(search: &Search, node: NodeIx, text: &str) -> bool {
    let leads_inside = |hits: &[Hit]| hits.iter().any(|hit| search.lexicon.is_below(hit.node, node));
    let mut starts = text.char_indices().skip(1);
    starts.any(|(at, _)| {
        search.lexicon.names_at(text, at).any(|(end, hits)| end == text.len() && leads_inside(hits))
    })
}

/// Whether a text holds digits where a title has none.
pub(super) fn counts_beside(title: &str, text: &str) -> bool {
    text.contains(is_digit) && !title.contains(is_digit)
}

/// Whether a text is more like the title of a neighbour, which contradicts the number, or of an item inside.
pub(super) fn is_title_beside(search: &Search, node: NodeIx, text: &str, likeness: f64) -> bool {
    let node = search.form.node(node);
    let parent = node.parent.map(|parent| search.form.node(parent));
    let beside = parent.into_iter().flat_map(|p| search.form.children(p)).filter(|n| n.ix != node.ix);
    let label = |n: &Node| search.lexicon.label(n.ix);
    let is_other_spelling = |n: &Node| likeness_from(label(n), text, ALL_BUT_SAME) > likeness;
    let is_short_here = label(node).starts_with(text);
    beside.into_iter().any(|n| is_other_spelling(n) || label(n).starts_with(text) && !is_short_here)
        || search.form.children(node).any(is_other_spelling)
}

/// Whether a name behind unknown text is the end of a damaged title: 部署 in 「評価施機関における担当部署」.
pub(super) fn is_end_of_title(search: &Search, walk: &Walk, gap: &Step, end: usize) -> bool {
    let Some((start, at)) = gap.over else { return false };
    let Some(title) = unread_title(search, walk).map(|node| search.lexicon.label(node)) else { return false };
    let (before, whole) = (&search.text[start..at], &search.text[start..end]);
    title.ends_with(&search.text[at..end]) && likeness(title, whole) > likeness(title, before)
}

/// Whether a number is passed over: that is no part of a title or a remark. The reference goes another way, or it names two
/// items, of which none may be chosen.
pub(super) fn passes_number(gap: &str) -> bool {
    gap.contains(is_number_sign)
}

pub(super) fn is_number_sign(c: char) -> bool {
    ('①'..='⑳').contains(&c) || ('Ⅰ'..='Ⅻ').contains(&c)
}

/// Likeness of two folded texts, 0 to 1.
pub(super) fn likeness(a: &str, b: &str) -> f64 {
    // In a short word two signs that changed places leave little else.
    const SHORT: usize = 72;
    if a.len() + b.len() <= SHORT {
        return strsim::normalized_damerau_levenshtein(a, b);
    }
    strsim::normalized_levenshtein(a, b)
}

/// Likeness of two folded texts where it is `least` or more; 0 otherwise, which is cheap to see for texts of different length.
pub(super) fn likeness_from(a: &str, b: &str, least: f64) -> f64 {
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    let count = |length: usize| f64::from(u32::try_from(length).unwrap_or(u32::MAX));
    // Bytes stand for signs, of which nearly all take three.
    if count(short) < count(long) * least * 0.9 { 0.0 } else { likeness(a, b) }
}

/// 0 for a likeness of 1, [`FARTHEST`] for none.
pub(super) fn distance(likeness: f64) -> u16 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 24")]
    let distance = ((1.0 - likeness) * f64::from(FARTHEST)).round() as u16;
    distance
}
