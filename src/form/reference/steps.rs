//! The price of every step that a reading may take. The numbers only rank: what matters is their order.

use super::super::{Form, NodeIx};
use super::damage::{
    FARTHEST, counts_beside, damaged_title, distance, ends_inside, is_clear_title, is_number_sign,
    is_part_of, is_short_for, is_title_beside, likeness, likeness_from, passes_number, unread_title,
};
use super::entry::holds_number;
use super::lexicon::{Hit, Part, is_digit};
use super::loose::{are_same_words, is_kana};
use super::search::{Liberty, Search, Walk, inner_repeat, is_separator};

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
/// A step out of an entry whose number was read.
const LEFT_ENTRY: u16 = 10;
/// Text that is not on the form.
const UNKNOWN: u16 = 12;
/// Unknown text at the end, which would be a remark.
const REMARK: u16 = 34;
/// Words behind the whole name of a cell.
const AFTERWORD: u16 = 12;
/// Words in brackets at the end.
const BRACKETED: u16 = 6;
/// A number in unknown text.
pub(super) const NUMBER_PASSED: u16 = 10;

/// What a part of a label counts for.
const PART: f64 = 0.6;
/// What the words of a label in another order count for.
const SAME_WORDS: f64 = 0.9;

/// One step of a walk.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    pub(super) cost: u16,
    pub(super) liberty: Liberty,
    /// The walk stays at its node.
    pub(super) stays: bool,
    /// Where unknown text was jumped over: from and to.
    pub(super) over: Option<(usize, usize)>,
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
    if hit.part == Part::Typed && !may_be_typed(search, walk, hit.node) {
        return None;
    }
    if hit.part == Part::Tail {
        return tail(search, walk, hit, gap);
    }
    if hit.part == Part::Short && (walk.node.is_none() || walk.node != search.form.node(hit.node).parent) {
        return None;
    }
    let gap = &over_wrong_number(search, walk, hit, gap);
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
    aside(search, walk, from, hit, gap)
}

/// What follows the number of an entry inside a label.
fn tail(search: &Search, walk: &Walk, hit: Hit, gap: &Step) -> Option<Step> {
    let repeat = inner_repeat(search.form, Some(hit.node));
    let is_behind_number = walk.entry > 0 && walk.node == repeat && !gap.is_jump();
    is_behind_number.then(|| Step::new(PLAIN, Liberty::Spelling))
}

/// A number in brackets counts things in any text: it stands for ① only beside its subsection or its entry, and for a
/// subsection only beside its section (Ⅱ（3）).
fn may_be_typed(search: &Search, walk: &Walk, node: NodeIx) -> bool {
    let Some(from) = walk.node else { return false };
    let same_entry = inner_repeat(search.form, Some(from)) == inner_repeat(search.form, Some(node));
    let (above, depth) = (search.form.node(from).depth, search.form.node(node).depth);
    let is_near = if above == 0 { depth == 1 } else { depth <= above + 2 };
    same_entry && search.lexicon.is_below(node, from) && is_near
}

/// A number that is not the item's, between its group and its label, is a slip: the label says what is meant.
fn over_wrong_number(search: &Search, walk: &Walk, hit: Hit, gap: &Step) -> Step {
    let Some((start, end)) = gap.over else { return *gap };
    let mut signs = search.text[start..end].trim_matches(is_separator).chars();
    let is_lone = signs.next().is_some_and(is_number_sign) && signs.next().is_none();
    let by_label = matches!(hit.part, Part::Label | Part::Alias);
    let is_inside = walk.node.is_some_and(|from| search.lexicon.is_below(hit.node, from));
    if is_lone && by_label && is_inside { Step { liberty: Liberty::Guess, ..*gap } } else { *gap }
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
        Part::Mark | Part::Typed | Part::Full => Step::new(LEVEL * levels, liberty),
        // The cover has no number.
        Part::Label if levels == 0 && form.node(hit.node).mark.is_none() => Step::FREE,
        Part::Label => Step::new(LABEL_FIRST, liberty),
        Part::Alias | Part::Tail | Part::Short => {
            Step::new(LABEL_FIRST + PLAIN, liberty.max(Liberty::Spelling))
        }
    })
}

/// The label behind the number of the same node, or the other way round.
fn again(walk: &Walk, hit: Hit) -> Option<Step> {
    let twice = if walk.labelled { PLAIN } else { 0 };
    match hit.part {
        Part::Label => Some(Step::new(twice, Liberty::None)),
        Part::Alias => Some(Step::new(twice + PLAIN, Liberty::Spelling)),
        Part::Mark if !walk.by_mark => Some(Step::new(ODD_ORDER, Liberty::Spelling)),
        Part::Mark | Part::Typed | Part::Full | Part::Tail | Part::Short => None,
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
        Part::Alias | Part::Typed | Part::Short => Step::new(PLAIN, Liberty::Spelling),
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
        let label = search.lexicon.label(level);
        best = best.max(if is_part_of(label, gap) { PART } else { likeness(label, gap) });
        at = search.form.node(level).parent;
    }
    (best >= 0.5).then(|| Step::new(8 + distance(best), Liberty::Guess))
}

fn aside(search: &Search, walk: &Walk, from: NodeIx, hit: Hit, gap: &Step) -> Option<Step> {
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
    // Two numbers with their labels are two items, of which none may be chosen.
    let is_second = hit.part == Part::Full && walk.by_mark && walk.labelled && start.parent == node.parent;
    // Neither is an entry left for an item that is not in it.
    let leaves_entry = walk.entry > 0 && inner_repeat(form, Some(from)) != inner_repeat(form, Some(hit.node));
    let liberty = if is_second || leaves_entry { Liberty::Offer } else { Liberty::Guess };
    let leaving = if leaves_entry { LEFT_ENTRY } else { 0 };
    let side_of_above = search.lexicon.is_below(from, parent) && hit.part != Part::Mark;
    if side_of_above {
        let up = u16::try_from(start.depth - node.depth).unwrap_or(0);
        return Some(Step::new(ASIDE + 2 * up + leaving, liberty));
    }
    (hit.part == Part::Full).then(|| Step::new(FAR_ASIDE + leaving, liberty))
}

/// The price of jumping over `text[start..end]`.
pub(super) fn gap(search: &Search, walk: &Walk, start: usize, end: usize) -> Step {
    let gap = search.text[start..end].trim_matches(is_separator);
    let over = Some((start, end));
    let passes_number = passes_number(gap);
    if let Some(likeness) = unread_title(search, walk).and_then(|node| damaged_title(search, node, gap)) {
        // The number identifies the node; its title is only damaged.
        return Step { over, ..Step::new(4 + distance(likeness) / 2, Liberty::Spelling) };
    }
    let length = u16::try_from(gap.chars().count()).unwrap_or(u16::MAX);
    let (passed, liberty) = if passes_number { (NUMBER_PASSED, Liberty::Offer) } else { (0, Liberty::Guess) };
    Step { over, ..Step::new(UNKNOWN + length.min(FARTHEST) + passed, liberty) }
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
        guesses.extend(whole_title(search, walk, rest).map(|step| (node.ix, step)));
        let is_appendix = node.mark.as_ref().is_some_and(|m| m.starts_with('（'));
        if node.depth > 0 || is_appendix || is_in_brackets(search, walk, next) {
            guesses.push((node.ix, remark(search, walk, node.ix, next)));
        }
    }
    if length < 2 || passes_number(rest) {
        return guesses;
    }
    let words = Some(rest.trim_start_matches(is_kana)).filter(|w| w.chars().count() >= 2).unwrap_or(rest);
    let holders: Vec<usize> =
        search.lexicon.below(walk.node).filter(|p| search.lexicon.label_at(*p).contains(words)).collect();
    for position in search.lexicon.below(walk.node) {
        let damaged = damaged_label(search, walk, position, rest, &holders);
        guesses.extend(damaged.map(|(node, step)| (node, with_number_kept(search, walk, node, rest, step))));
    }
    guesses
}

/// The number of an entry that stands in a damaged label is not passed over.
fn with_number_kept(search: &Search, walk: &Walk, node: NodeIx, rest: &str, step: Step) -> Step {
    let in_entry = walk.entry == 0 && inner_repeat(search.form, Some(node)).is_some();
    if in_entry && counts_beside(search.lexicon.label(node), rest) {
        return Step { liberty: Liberty::Offer, cost: step.cost + NUMBER_PASSED, ..step };
    }
    step
}

/// The rest of the text as the damaged title of the node whose number was read.
fn whole_title(search: &Search, walk: &Walk, rest: &str) -> Option<Step> {
    let node = unread_title(search, walk)?;
    let title = search.lexicon.label(node);
    let likeness = likeness(title, rest);
    let is_short = is_short_for(title, rest);
    let is_title = likeness >= 0.5 || is_short;
    if !is_title || rest.starts_with(title) || is_title_beside(search, node, rest, likeness) {
        return None;
    }
    // What is longer than the title, or counts, says something else besides.
    let is_like = likeness >= 0.8 || is_clear_title(search, node, rest, likeness);
    let is_same = is_like && rest.chars().count() <= title.chars().count() + 2;
    let is_sure = is_short || is_same && !ends_inside(search, node, rest);
    let is_sure = is_sure && !counts_beside(title, rest);
    let liberty = if is_sure { Liberty::Spelling } else { Liberty::Guess };
    Some(Step::new(8 + distance(likeness), liberty))
}

/// Whether the rest of the text stands in brackets: 「（追加）」.
fn is_in_brackets(search: &Search, walk: &Walk, next: usize) -> bool {
    search.text[walk.at..next].ends_with('(') && search.text.ends_with(')')
}

/// Behind the whole name of a cell hardly anything else can follow, unless it is the beginning of another name (委託先名の確認).
fn is_afterword(search: &Search, walk: &Walk, cell: NodeIx, rest: &str) -> bool {
    let label = search.lexicon.label(cell);
    let is_whole = walk.labelled && search.text[..walk.at].ends_with(label);
    let Some(parent) = search.form.node(cell).parent.filter(|_| is_whole) else { return false };
    let begins =
        |name: &str| name.starts_with(rest) || name.strip_prefix(label).is_some_and(|n| n.starts_with(rest));
    let names_go_on = search.lexicon.below(Some(parent)).any(|p| begins(search.lexicon.label_at(p)));
    search.form.node(cell).children.is_empty() && !names_go_on
}

/// The rest of the text as a remark on a node.
fn remark(search: &Search, walk: &Walk, node: NodeIx, next: usize) -> Step {
    let rest = search.text[next..].trim_end_matches(is_separator);
    let length = u16::try_from(rest.chars().count()).unwrap_or(FARTHEST).min(FARTHEST);
    // Behind a bare number stands a name, not a remark: it is that of something inside.
    let names_inside = walk.by_mark && !walk.labelled && !search.form.node(node).children.is_empty();
    let of_entry = walk.entry == 0 && inner_repeat(search.form, Some(node)).is_some() && holds_number(rest);
    let liberty = if names_inside || of_entry { Liberty::Offer } else { Liberty::Guess };
    let Some(number) = rest.find(is_number_sign) else {
        let price = if is_in_brackets(search, walk, next) {
            BRACKETED
        } else if is_afterword(search, walk, node, rest) {
            AFTERWORD
        } else {
            REMARK
        };
        return Step::new(price + length, liberty);
    };
    let leads_on = |hit: &Hit| search.lexicon.is_below(hit.node, node);
    let unread =
        search.lexicon.names_at(search.text, next + number).any(|(_, hits)| hits.iter().any(leads_on));
    let price = if unread { REMARK } else { UNKNOWN };
    Step::new(price + NUMBER_PASSED + length, Liberty::Offer)
}

/// `holders` are the labels of which the text is a part.
fn damaged_label(
    search: &Search,
    walk: &Walk,
    position: usize,
    rest: &str,
    holders: &[usize],
) -> Option<(NodeIx, Step)> {
    let node = &search.form.nodes()[position];
    let from = walk.node.map(|n| search.form.node(n));
    let only_child = from.is_some_and(|f| f.children.len() == 1 && node.parent == Some(f.ix));
    let least = match from {
        Some(_) if only_child => 0.4,
        Some(_) => 0.6,
        None => 0.75,
    };
    let label = search.lexicon.label(node.ix);
    // More behind the whole label is no damage of it.
    if rest.starts_with(label) {
        return None;
    }
    let mut likeness = likeness_from(label, rest, least);
    if from.is_some() && is_part_of(label, rest) {
        likeness = likeness.max(PART);
    }
    if from.is_some() && are_same_words(label, rest) {
        likeness = likeness.max(SAME_WORDS);
    }
    let levels = from.map_or(0, |f| node.depth - f.depth - 1);
    let levels = u16::try_from(levels).unwrap_or(u16::MAX);
    let price = |base: u16, likeness: f64| base + distance(likeness) + LEVEL * levels;
    if likeness >= least {
        let is_sure = walk.by_mark
            && (only_child && walk.labelled || holders == [position] && is_long_end(label, rest));
        let liberty = if is_sure { Liberty::Level } else { Liberty::Guess };
        return Some((node.ix, Step::new(price(10, likeness), liberty)));
    }
    // A word or two (時点, 内容) are looked for inside the item in hand only.
    let is_near = from.is_some_and(|f| f.depth > 0) && holders.contains(&position);
    is_near
        .then(|| (node.ix, Step::new(price(14, strsim::normalized_levenshtein(label, rest)), Liberty::Guess)))
}

/// Whether a text is the beginning or the end of a label, and long enough to be no chance.
fn is_long_end(label: &str, text: &str) -> bool {
    text.chars().count() >= 8 && (label.starts_with(text) || label.ends_with(text))
}
