//! The search for the cheapest walks down the form that read a whole reference.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};

use super::super::{Form, Node, NodeIx};
use super::damage;
use super::entry::{Numbers, holds_number, number_in_brackets, number_in_words, numbers_behind};
use super::lexicon::{Hit, Lexicon, Part, is_digit};
use super::loose;
use super::steps::{self, Step};

/// The worst liberty that a reading takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Liberty {
    /// None.
    None,
    /// Another spelling, or a damaged title behind its number.
    Spelling,
    /// A level left out.
    Level,
    /// Text that is not on the form, or a step that does not fit.
    Guess,
    /// No reading at all, only something near.
    Offer,
}

/// A walk that read the whole text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    pub(super) node: NodeIx,
    /// Number of the file; 0 where not given.
    pub(super) file: u16,
    /// Number of the inner repeat entry; 0 where not given.
    pub(super) entry: u16,
    /// Price of the liberties.
    pub(super) cost: u16,
    pub(super) liberty: Liberty,
    /// The section was named, not inferred.
    pub(super) rooted: bool,
}

/// Readings dearer than the best by more than this are no help.
const MARGIN: u16 = 8;

/// A bound on the work for a text that is no reference at all.
const MOST_STEPS: usize = 1500;

/// A walk on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, of which every combination occurs")]
pub(super) struct Walk {
    pub(super) cost: u16,
    pub(super) liberty: Liberty,
    /// Position in the text up to which it has read.
    pub(super) at: usize,
    /// The node reached; none at the start.
    pub(super) node: Option<NodeIx>,
    pub(super) file: u16,
    pub(super) entry: u16,
    /// Several entries were named.
    several: bool,
    /// The node's number was read.
    pub(super) by_mark: bool,
    /// The node's label was read.
    pub(super) labelled: bool,
    /// The first node named was a section.
    rooted: bool,
}

/// One search.
pub(super) struct Search<'f> {
    pub(super) form: &'f Form,
    pub(super) lexicon: &'f Lexicon,
    pub(super) text: &'f str,
    /// Whether unknown text and steps to the side are allowed.
    pub(super) guessing: bool,
    /// Whether particles do not matter.
    loosely: bool,
    open: BinaryHeap<Reverse<Walk>>,
}

impl<'f> Search<'f> {
    pub(super) fn new(form: &'f Form, lexicon: &'f Lexicon, text: &'f str) -> Self {
        Self { form, lexicon, text, guessing: false, loosely: false, open: BinaryHeap::new() }
    }

    /// The readings, cheapest first. Particles count, and guesses are made, only where nothing else reads the whole text.
    pub(super) fn run(mut self) -> Vec<Reading> {
        let found = self.walks();
        if !found.is_empty() {
            return found;
        }
        self.loosely = true;
        let found = self.walks();
        if !found.is_empty() {
            return found;
        }
        self.guessing = true;
        self.walks()
    }

    fn walks(&mut self) -> Vec<Reading> {
        let mut found: Vec<Reading> = Vec::new();
        let mut closed = HashSet::new();
        self.open.clear();
        self.open.push(Reverse(Walk {
            cost: 0,
            liberty: Liberty::None,
            at: 0,
            node: None,
            file: 0,
            entry: 0,
            several: false,
            by_mark: false,
            labelled: false,
            rooted: false,
        }));
        while let Some(Reverse(walk)) = self.open.pop() {
            if found.first().is_some_and(|best| walk.cost > best.cost + MARGIN) || closed.len() > MOST_STEPS {
                break;
            }
            if !closed.insert((walk.at, walk.node, walk.file, walk.entry, walk.by_mark, walk.labelled)) {
                continue;
            }
            let next = skip_separators(self.text, walk.at);
            if next == self.text.len() {
                self.add_reading(&mut found, &walk);
                continue;
            }
            self.read_on(&walk, next);
            if self.guessing {
                self.guess(&walk, next);
            }
        }
        found
    }

    /// All steps that begin where the walk stands, before or behind separators.
    fn read_on(&mut self, walk: &Walk, next: usize) {
        let separators = self.text[walk.at..next].char_indices().map(|(i, _)| walk.at + i);
        for at in separators.chain([next]) {
            self.read_file_number(walk, at);
            self.read_names(walk, at, &Step::FREE);
        }
    }

    /// 「（2）」 behind a section that repeats per file.
    fn read_file_number(&mut self, walk: &Walk, at: usize) {
        let Some(node) = walk.node.map(|n| self.form.node(n)) else { return };
        if walk.file > 0 || !node.is_per_file() {
            return;
        }
        let Some((file, end)) = number_in_brackets(self.text, at) else { return };
        self.push(Walk { at: end, file, ..*walk });
    }

    /// Every name at a position that the walk may step to; `gap` is what was skipped to get there.
    fn read_names(&mut self, walk: &Walk, at: usize, gap: &Step) {
        let lexicon = self.lexicon;
        for (end, hits) in lexicon.names_at(self.text, at) {
            let number_only = self.text[at..end].chars().all(is_digit);
            if gap.is_jump() && number_only && !steps::may_jump_to_number(self, walk, at, end) {
                continue;
            }
            if gap.is_jump() && damage::is_end_of_title(self, walk, gap, end) {
                continue;
            }
            for hit in hits {
                self.take(walk, *hit, end, gap);
            }
        }
        if self.loosely {
            self.read_loose_names(walk, at, gap);
        }
    }

    fn read_loose_names(&mut self, walk: &Walk, at: usize, gap: &Step) {
        // A label alone says little about its place, and behind unknown text the kana before it are a part of that text.
        if walk.node.is_none() || gap.is_jump() && self.text[at..].starts_with(loose::is_kana) {
            return;
        }
        let lexicon = self.lexicon;
        for found in lexicon.loose_names_at(self.text, at) {
            let may_be_cut =
                || walk.by_mark && !gap.is_jump() && skip_separators(self.text, found.end) == self.text.len();
            if found.cut && !may_be_cut()
                || gap.is_jump() && damage::is_end_of_title(self, walk, gap, found.end)
            {
                continue;
            }
            for hit in found.hits {
                self.take(walk, *hit, found.end, gap);
            }
        }
    }

    fn take(&mut self, walk: &Walk, hit: Hit, end: usize, gap: &Step) {
        if let Some(step) = steps::step(self, walk, hit, gap) {
            let next = self.stepped(walk, hit, end, &step);
            self.push(self.with_skipped_number(gap, next));
        }
    }

    /// The number of an entry is never passed over: it is kept (委託先2 for 委託事項2), or nothing is chosen.
    fn with_skipped_number(&self, gap: &Step, next: Walk) -> Walk {
        let Some((start, end)) = gap.over.filter(|_| next.entry == 0) else { return next };
        let words = &self.text[start..end];
        if !holds_number(words) {
            return next;
        }
        let Some(repeat) = inner_repeat(self.form, next.node) else {
            let passed = if words.starts_with(is_digit) { steps::NUMBER_PASSED } else { 0 };
            return Walk { cost: next.cost + passed, ..next };
        };
        let name = self.form.node(repeat).mark.as_deref().unwrap_or_default();
        match number_in_words(words, name) {
            Some(entry) => Walk { entry, ..next },
            None => Walk { liberty: Liberty::Offer, cost: next.cost + steps::NUMBER_PASSED, ..next },
        }
    }

    /// Unknown text may follow anywhere but between a number and its own label: there the walk over the label guesses on.
    /// Only the end of that label may be the beginning of the next one (「…リスクに対する措置の内容」).
    fn guess(&mut self, walk: &Walk, next: usize) {
        let label = walk.node.filter(|_| !walk.labelled).map_or("", |n| self.lexicon.label(n));
        if !label.is_empty() && self.text[next..].starts_with(label) {
            return self.jump(walk, next, next + label.len());
        }
        self.jump(walk, next, self.text.len());
        self.guess_the_rest(walk, next);
    }

    /// Steps over text that is not on the form, to a name further on.
    fn jump(&mut self, walk: &Walk, next: usize, end: usize) {
        for (i, c) in self.text[next..end].char_indices().skip(1) {
            let at = next + i;
            if c == '(' {
                self.jump_to_file_number(walk, next, at);
            }
            let is_name = self.lexicon.names_at(self.text, at).next().is_some()
                || self.lexicon.loose_names_at(self.text, at).next().is_some();
            if is_separator(c) || !is_name {
                continue;
            }
            let gap = steps::gap(self, walk, next, at);
            self.read_names(walk, at, &gap);
        }
    }

    /// Steps over a damaged title of a section to the number of the file behind it.
    fn jump_to_file_number(&mut self, walk: &Walk, next: usize, at: usize) {
        let is_open = walk.file == 0 && walk.node.is_some_and(|n| self.form.node(n).is_per_file());
        let Some((file, end)) = number_in_brackets(self.text, at).filter(|_| is_open) else { return };
        let gap = steps::gap(self, walk, next, at);
        if gap.liberty <= Liberty::Spelling {
            let (cost, liberty) = (walk.cost + gap.cost, walk.liberty.max(gap.liberty));
            self.push(Walk { cost, liberty, at: end, file, labelled: true, ..*walk });
        }
    }

    /// Takes all that is left as a damaged label or a remark.
    fn guess_the_rest(&mut self, walk: &Walk, next: usize) {
        let rest = self.text[next..].trim_end_matches(is_separator);
        for (node, step) in steps::guesses(self, walk, next, rest) {
            let hit = Hit { node, part: Part::Label };
            let kept = walk.node == Some(node);
            let guessed = self.stepped(walk, hit, self.text.len(), &step);
            self.push(Walk { labelled: walk.labelled || !kept, at: self.text.len(), ..guessed });
        }
    }

    fn push(&mut self, walk: Walk) {
        self.open.push(Reverse(walk));
    }

    fn stepped(&self, walk: &Walk, hit: Hit, end: usize, step: &Step) -> Walk {
        let stays = step.stays;
        let node = if stays { walk.node } else { Some(hit.node) };
        let same = node == walk.node;
        let marked = matches!(hit.part, Part::Mark | Part::Typed | Part::Full) && !stays;
        let labelled = !matches!(hit.part, Part::Mark | Part::Typed) && !stays;
        let mut next = Walk {
            cost: walk.cost + step.cost,
            liberty: walk.liberty.max(step.liberty),
            at: end,
            node,
            file: walk.file,
            entry: walk.entry,
            several: walk.several,
            by_mark: marked || same && walk.by_mark,
            labelled: labelled || same && walk.labelled,
            rooted: walk.rooted || walk.node.is_none() && self.form.node(hit.node).depth == 0,
        };
        let Some(reached) = node.map(|n| self.form.node(n)) else { return next };
        self.keep_numbers(walk, reached, &mut next);
        if !stays && is_inner_repeat(reached) && next.entry == 0 {
            let name = reached.mark.as_deref().unwrap_or_default();
            let Numbers { entry, several, end } = numbers_behind(self.text, end, name);
            (next.entry, next.several, next.at) = (entry, several, end);
        }
        next
    }

    fn add_reading(&self, found: &mut Vec<Reading>, walk: &Walk) {
        let Some(node) = walk.node else { return };
        let known = |r: &Reading| (r.node, r.file, r.entry) == (node, walk.file, walk.entry);
        if found.iter().any(known) {
            return;
        }
        let &Walk { file, entry, cost, rooted, .. } = walk;
        // Several entries are no place; the repeat that they are of is near.
        let of_several = match walk.several {
            false => Liberty::None,
            true if is_inner_repeat(self.form.node(node)) => Liberty::Guess,
            true => Liberty::Offer,
        };
        found.push(Reading { node, file, entry, cost, liberty: walk.liberty.max(of_several), rooted });
    }

    /// The numbers of a file and an entry hold only as long as the walk stays inside.
    fn keep_numbers(&self, walk: &Walk, reached: &Node, next: &mut Walk) {
        let is_numbered = walk.entry > 0 || walk.several;
        if is_numbered && inner_repeat(self.form, walk.node) != inner_repeat(self.form, Some(reached.ix)) {
            (next.entry, next.several) = (0, false);
        }
        if walk.file > 0 && !self.form.section_of(reached.ix).is_per_file() {
            next.file = 0;
        }
    }
}

fn is_inner_repeat(node: &Node) -> bool {
    node.repeat.is_some() && !node.is_per_file()
}

/// The repeat other than the file that a node is in or is.
pub(super) fn inner_repeat(form: &Form, node: Option<NodeIx>) -> Option<NodeIx> {
    let mut at = node;
    while let Some(node) = at.map(|n| form.node(n)) {
        if is_inner_repeat(node) {
            return at;
        }
        at = node.parent;
    }
    None
}

/// Signs between the parts of a reference. Brackets are among them: 「リスク1（…リスク）」.
pub(super) fn is_separator(c: char) -> bool {
    ".-:・、,/>＞→~_|()[]「」『』【】\"'#*".contains(c)
}

fn skip_separators(text: &str, at: usize) -> usize {
    text[at..].find(|c| !is_separator(c)).map_or(text.len(), |i| at + i)
}
