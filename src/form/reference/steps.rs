//! The price of every step that a reading may take. The numbers only rank: what matters is their order.

use super::super::{Form, NodeIx};
use super::lexicon::{Hit, Part, is_digit};
use super::search::{Liberty, Search, Walk, is_separator};

/// A level of the form left out.
const LEVEL: u16 = 4;
/// A reference that begins with a label, at whatever depth: a label alone says nothing about its place.
const LABEL_FIRST: u16 = 9;
/// A label without its number, or a label said twice.
const PLAIN: u16 = 1;
/// A number behind its label, or an appendix behind a section.
const ODD_ORDER: u16 = 2;
/// The title of a node above, said late.
const LATE_TITLE: u16 = 3;
/// A step to the side: a label that stands further up.
const ASIDE: u16 = 14;
/// A step to the side, to number and label elsewhere in the section.
const FAR_ASIDE: u16 = 16;
/// Text that is not on the form.
const UNKNOWN: u16 = 12;
/// Unknown text at the end, which would be a remark.
const REMARK: u16 = 34;
/// A number in unknown text.
const NUMBER_PASSED: u16 = 10;
/// The most that a distance adds.
const FARTHEST: u16 = 24;

/// One step of a walk.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    pub(super) cost: u16,
    pub(super) liberty: Liberty,
    /// The walk stays at its node.
    pub(super) stays: bool,
    /// Where unknown text was jumped over: from and to.
    over: Option<(usize, usize)>,
}

impl Step {
    /// Nothing skipped.
    pub(super) const FREE: Self = Self { cost: 0, liberty: Liberty::None, stays: false, over: None };

    fn new(cost: u16, liberty: Liberty) -> Self {
        Self { cost, liberty, ..Self::FREE }
    }

    /// Whether unknown text is jumped over.
    pub(super) fn is_jump(&self) -> bool {
        self.over.is_some()
    }

    fn after(self, gap: &Step) -> Self {
        Self { cost: self.cost + gap.cost, liberty: self.liberty.max(gap.liberty), ..self }
    }
}

/// The step from a walk to a node by one of its names; none where it makes no sense.
pub(super) fn step(search: &Search, walk: &Walk, hit: Hit, gap: &Step) -> Option<Step> {
    let Some(from) = walk.node else { return first_step(search.form, hit, gap).map(|s| s.after(gap)) };
    if hit.node == from {
        return again(walk, hit).map(|s| s.after(gap));
    }
    if search.lexicon.is_below(hit.node, from) {
        return Some(down(search, walk, hit, gap));
    }
    if search.lexicon.is_below(from, hit.node) {
        let late = hit.part == Part::Label && !gap.is_jump();
        return late.then(|| Step { stays: true, ..Step::new(LATE_TITLE, Liberty::Spelling) });
    }
    aside(search, from, hit, gap)
}

/// Levels between the top and a node that are left out when it is named first.
fn levels_left_out(form: &Form, node: NodeIx) -> u16 {
    let node = form.node(node);
    let under_cover = node.parent.is_some_and(|p| form.node(p).id == "cover");
    if under_cover { 0 } else { u16::try_from(node.depth).unwrap_or(u16::MAX) }
}

fn liberty_of_levels(levels: u16) -> Liberty {
    if levels > 0 { Liberty::Level } else { Liberty::None }
}

fn first_step(form: &Form, hit: Hit, gap: &Step) -> Option<Step> {
    let levels = levels_left_out(form, hit.node);
    let liberty = liberty_of_levels(levels);
    // Labels are everyday words: inside unknown text only a section number or a number with its label says something.
    let by_number = hit.part == Part::Full || hit.part == Part::Mark && levels == 0;
    if gap.is_jump() && !by_number {
        return None;
    }
    Some(match hit.part {
        Part::Mark | Part::Full => Step::new(LEVEL * levels, liberty),
        Part::Label => Step::new(LABEL_FIRST, liberty),
        Part::Alias => Step::new(LABEL_FIRST + PLAIN, liberty.max(Liberty::Spelling)),
    })
}

/// The label behind the number of the same node, or the other way round.
fn again(walk: &Walk, hit: Hit) -> Option<Step> {
    let twice = if walk.labelled { PLAIN } else { 0 };
    match hit.part {
        Part::Label => Some(Step::new(twice, Liberty::None)),
        Part::Alias => Some(Step::new(twice + PLAIN, Liberty::Spelling)),
        Part::Mark if !walk.by_mark => Some(Step::new(ODD_ORDER, Liberty::Spelling)),
        Part::Mark | Part::Full => None,
    }
}

fn down(search: &Search, walk: &Walk, hit: Hit, gap: &Step) -> Step {
    let form = search.form;
    let node = form.node(hit.node);
    let from_depth = walk.node.map_or(0, |n| form.node(n).depth);
    let levels = u16::try_from(node.depth - from_depth - 1).unwrap_or(u16::MAX);
    let unnumbered = node.mark.is_some() && node.repeat.is_none();
    let name = match hit.part {
        Part::Label if unnumbered => Step::new(PLAIN, Liberty::None),
        Part::Alias => Step::new(PLAIN, Liberty::Spelling),
        _ => Step::FREE,
    };
    if let Some(damaged) = damaged_level(search, walk, hit, levels, gap) {
        return name.after(&damaged);
    }
    name.after(&Step::new(LEVEL * levels, liberty_of_levels(levels))).after(gap)
}

/// Jumped-over text that is like the title of a level in between stands for that level.
fn damaged_level(search: &Search, walk: &Walk, hit: Hit, levels: u16, gap: &Step) -> Option<Step> {
    let (start, end) = gap.over.filter(|_| levels > 0)?;
    let gap = search.text[start..end].trim_matches(is_separator);
    if passes_number(gap) {
        return None;
    }
    let mut best: f64 = 0.0;
    let mut at = search.form.node(hit.node).parent;
    while let Some(level) = at.filter(|l| Some(*l) != walk.node) {
        best = best.max(likeness(search.lexicon.label(level), gap));
        at = search.form.node(level).parent;
    }
    (best >= 0.5).then(|| Step::new(8 + distance(best), Liberty::Guess))
}

fn aside(search: &Search, from: NodeIx, hit: Hit, gap: &Step) -> Option<Step> {
    let form = search.form;
    let (start, node) = (form.node(from), form.node(hit.node));
    let Some(parent) = node.parent else {
        let appendix = start.depth == 0 && hit.part == Part::Mark;
        let is_appendix = node.mark.as_ref().is_some_and(|m| m.starts_with('（'));
        return (appendix && is_appendix).then(|| Step::new(ODD_ORDER, Liberty::Spelling).after(gap));
    };
    if !search.guessing || gap.is_jump() || form.section_of(from).ix != form.section_of(hit.node).ix {
        return None;
    }
    let side_of_above = search.lexicon.is_below(from, parent) && hit.part != Part::Mark;
    if side_of_above {
        let up = u16::try_from(start.depth - node.depth).unwrap_or(0);
        return Some(Step::new(ASIDE + 2 * up, Liberty::Guess));
    }
    (hit.part == Part::Full).then(|| Step::new(FAR_ASIDE, Liberty::Guess))
}

/// The price of jumping over `text[start..end]`.
pub(super) fn gap(search: &Search, walk: &Walk, start: usize, end: usize) -> Step {
    let gap = search.text[start..end].trim_matches(is_separator);
    let over = Some((start, end));
    let passes_number = passes_number(gap);
    if let Some(node) = walk.node.filter(|_| walk.by_mark && !walk.labelled) {
        let title = search.lexicon.label(node);
        // The whole title with more behind it is not damaged: what is behind it is unknown.
        let damaged = !passes_number && !gap.starts_with(title);
        let likeness = if damaged { likeness_from(title, gap, 0.4) } else { 0.0 };
        if likeness >= 0.4 {
            // The number identifies the node; its title is only damaged.
            return Step { over, ..Step::new(4 + distance(likeness) / 2, Liberty::Spelling) };
        }
    }
    let length = u16::try_from(gap.chars().count()).unwrap_or(u16::MAX);
    let (passed, liberty) = if passes_number { (NUMBER_PASSED, Liberty::Offer) } else { (0, Liberty::Guess) };
    Step { over, ..Step::new(UNKNOWN + length.min(FARTHEST) + passed, liberty) }
}

/// Whether a number is passed over: that is no part of a title or a remark. The reference goes another way, or it names two
/// items, of which none may be chosen.
fn passes_number(gap: &str) -> bool {
    gap.contains(is_number_sign)
}

fn is_number_sign(c: char) -> bool {
    ('①'..='⑳').contains(&c) || ('Ⅰ'..='Ⅻ').contains(&c)
}

/// Digits stand in any text (令和3年): a jump ends at one only where a numbered title is to be expected.
pub(super) fn may_jump_to_number(search: &Search, walk: &Walk, at: usize, end: usize) -> bool {
    let in_section = walk.node.is_some_and(|n| search.form.node(n).depth == 0);
    let before = search.text[..at].chars().next_back();
    in_section && !before.is_some_and(is_digit) && search.text[end..].starts_with(is_separator)
}

/// What the rest of the text may mean: a damaged label, or a remark to pass over.
pub(super) fn guesses(search: &Search, walk: &Walk, next: usize, rest: &str) -> Vec<(NodeIx, Step)> {
    let mut guesses = Vec::new();
    let length = rest.chars().count();
    if length > 120 {
        return guesses;
    }
    if let Some(node) = walk.node {
        let node = search.form.node(node);
        let likeness = likeness(search.lexicon.label(node.ix), rest);
        if walk.by_mark && !walk.labelled && likeness >= 0.5 {
            let liberty = if likeness >= 0.8 { Liberty::Spelling } else { Liberty::Guess };
            guesses.push((node.ix, Step::new(8 + distance(likeness), liberty)));
        }
        if node.depth > 0 || node.mark.as_ref().is_some_and(|m| m.starts_with('（')) {
            guesses.push((node.ix, remark(search, node.ix, next, rest)));
        }
    }
    if length < 2 || passes_number(rest) {
        return guesses;
    }
    for position in search.lexicon.below(walk.node) {
        guesses.extend(damaged_label(search, walk, position, rest));
    }
    guesses
}

/// The rest of the text as a remark on a node.
fn remark(search: &Search, node: NodeIx, next: usize, rest: &str) -> Step {
    let length = u16::try_from(rest.chars().count()).unwrap_or(FARTHEST).min(FARTHEST);
    let Some(number) = rest.find(is_number_sign) else {
        return Step::new(REMARK + length, Liberty::Guess);
    };
    let leads_on = |hit: &Hit| search.lexicon.is_below(hit.node, node);
    let unread =
        search.lexicon.names_at(search.text, next + number).any(|(_, hits)| hits.iter().any(leads_on));
    let price = if unread { REMARK } else { UNKNOWN };
    Step::new(price + NUMBER_PASSED + length, Liberty::Offer)
}

fn damaged_label(search: &Search, walk: &Walk, position: usize, rest: &str) -> Option<(NodeIx, Step)> {
    let node = &search.form.nodes()[position];
    let from = walk.node.map(|n| search.form.node(n));
    let only_child = from.is_some_and(|f| f.children.len() == 1 && node.parent == Some(f.ix));
    let least = match from {
        Some(_) if only_child => 0.4,
        Some(_) => 0.6,
        None => 0.75,
    };
    let label = search.lexicon.label(node.ix);
    let likeness = likeness_from(label, rest, least);
    let levels = from.map_or(0, |f| node.depth - f.depth - 1);
    let levels = u16::try_from(levels).unwrap_or(u16::MAX);
    (likeness >= least)
        .then(|| (node.ix, Step::new(10 + distance(likeness) + LEVEL * levels, Liberty::Guess)))
}

/// Likeness of two folded texts, 0 to 1.
fn likeness(a: &str, b: &str) -> f64 {
    strsim::normalized_levenshtein(a, b)
}

/// Likeness of two folded texts where it is `least` or more; 0 otherwise, which is cheap to see for texts of different length.
fn likeness_from(a: &str, b: &str, least: f64) -> f64 {
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    let count = |length: usize| f64::from(u32::try_from(length).unwrap_or(u32::MAX));
    // Bytes stand for signs, of which nearly all take three.
    if count(short) < count(long) * least * 0.9 { 0.0 } else { likeness(a, b) }
}

/// 0 for a likeness of 1, [`FARTHEST`] for none.
fn distance(likeness: f64) -> u16 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 24")]
    let distance = ((1.0 - likeness) * f64::from(FARTHEST)).round() as u16;
    distance
}
