//! Item references: how people point at an item of the form, e.g. `Ⅱ.3.⑧ 使用方法`, `II-3 ⑧使用方法 情報の突合`,
//! `Ⅲ７リスク１⑤`, and what they mean.
//!
//! A reference is read as a walk down the form: every number, label or alias that it holds is a step, and every liberty
//! (a level left out, a damaged title, a step to the side) has a price. The cheapest walk is the answer. Two walks of
//! the same price are two answers: nothing is chosen silently. Everything comes from the data of the form.

mod damage;
mod entry;
mod lexicon;
mod loose;
mod rows;
mod search;
mod steps;
mod text;

pub(super) use self::lexicon::Lexicon;
pub use self::rows::RefRow;
use self::search::{Liberty, Reading, Search};
use self::text::Text;
use super::{Entries, Form, NodeIx, Slot};

/// How a reference was understood, the most certain first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// An id, the number path, or labels as printed.
    Exact,
    /// After folding width and spelling, by an alias, or past a damaged title that its number makes up for.
    Folded,
    /// A level is left out, and only one item fits.
    Elided,
    /// Several items fit; the rows around it decided.
    Sequence,
    /// A part is not on the form; this is the nearest item. To be checked by a person.
    Fuzzy,
}

impl How {
    /// The ascii word for programs.
    pub fn id(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Folded => "folded",
            Self::Elided => "elided",
            Self::Sequence => "sequence",
            Self::Fuzzy => "fuzzy",
        }
    }
}

/// What a reference names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// The place. The number of an inner repeat entry (委託事項 …) is missing where the reference does not give it.
    pub slot: Slot,
    /// A group, an entry or a section rather than a cell.
    pub whole: bool,
}

/// The answer to a reference.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Resolution {
    /// How it was understood; none without a target.
    pub how: Option<How>,
    /// What it names; none where that is not clear.
    pub target: Option<Target>,
    /// Other readings, best first. Without a target: equally good ones, between which a person must choose.
    pub candidates: Vec<Slot>,
}

impl Resolution {
    /// Whether a person must look: nothing was chosen, or only something near. What the order of the rows decided is no guess:
    /// the words fit, and so does the place.
    pub fn is_uncertain(&self) -> bool {
        self.target.is_none() || self.how == Some(How::Fuzzy)
    }
}

/// More other readings than this help nobody.
const MOST_CANDIDATES: usize = 12;

/// A reading at a definite place.
#[derive(Debug, Clone, Copy)]
struct Place {
    slot: Slot,
    cost: u16,
    liberty: Liberty,
    /// The section was named, not inferred.
    rooted: bool,
}

impl Form {
    /// What a single reference names: a heading of a Markdown file, a `[[…]]` link, an argument.
    ///
    /// `files` is the number of 特定個人情報ファイル of the document: with one, Ⅱ and Ⅲ mean that file; with several, a
    /// reference without the number of the file is uncertain.
    pub fn resolve(&self, text: &str, files: u16) -> Resolution {
        let places = self.places(text, files);
        match self.only_best(&places) {
            Some(best) => self.resolution(best.slot, how(best.liberty), &places),
            None => uncertain(&places),
        }
    }

    /// All readings of a reference, best first, every slot once.
    fn places(&self, raw: &str, files: u16) -> Vec<Place> {
        if let Some(by_id) = self.by_path(raw.trim(), files) {
            return by_id;
        }
        if self.looks_like_id(raw.trim()) {
            return self.near_ids(raw.trim());
        }
        let lexicon = self.lexicon();
        let text = Text::new(self, lexicon, raw);
        let wide = has_wide_digit(raw);
        let mut places: Vec<Place> = Vec::new();
        for reading in Search::new(self, lexicon, &text.folded).run() {
            let mut liberty = reading.liberty;
            if text.respelled || wide && !self.prints_wide_digit(reading.node) {
                liberty = liberty.max(Liberty::Spelling);
            }
            for slot in self.slots_of(&reading, files) {
                if places.iter().all(|p| p.slot != slot) {
                    places.push(Place { slot, cost: reading.cost, liberty, rooted: reading.rooted });
                }
            }
        }
        if places.is_empty() {
            return self.near_labels(&text.folded);
        }
        if let Some(best) = places.first().copied() {
            self.prefer_own_reference(best, &text.folded, files, &mut places);
        }
        places
    }

    pub(super) fn lexicon(&self) -> &Lexicon {
        self.lexicon.get_or_init(|| Lexicon::new(self))
    }

    /// An id or an instance path.
    fn by_path(&self, path: &str, files: u16) -> Option<Vec<Place>> {
        if !path.is_ascii() {
            return None;
        }
        let slot = self.slot(path)?;
        let named = |slot| Place { slot, cost: 0, liberty: Liberty::None, rooted: true };
        let section = self.section_of(slot.node);
        let file_is_open = section.is_per_file() && files > 1 && !path[section.id.len()..].starts_with('[');
        if !file_is_open {
            return Some(vec![named(slot)]);
        }
        let entry = slot.entries.numbers().nth(1);
        Some((1..=files).map(|f| named(Slot { entries: entries(Some(f), entry), ..slot })).collect())
    }

    /// Whether the form itself prints a digit in full width (過去３年以内に).
    fn prints_wide_digit(&self, node: NodeIx) -> bool {
        self.ancestry(node).iter().any(|n| has_wide_digit(&n.label))
    }

    /// Whether a text that is no id was meant as one.
    fn looks_like_id(&self, text: &str) -> bool {
        let id_sign = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-[]".contains(c);
        let first = text.split(['.', '[']).next().unwrap_or_default();
        first.len() < text.len() && text.chars().all(id_sign) && self.by_id(first).is_some()
    }

    /// The ids nearest to a mistyped one: never chosen, only offered.
    fn near_ids(&self, text: &str) -> Vec<Place> {
        let likeness = |id: &str| strsim::normalized_levenshtein(id, text);
        let mut near: Vec<_> = self.nodes().iter().map(|n| (likeness(&n.id), n.ix)).collect();
        near.retain(|(likeness, _)| *likeness >= 0.75);
        near.sort_by(|a, b| b.0.total_cmp(&a.0));
        let place = |node| Place { slot: Slot::plain(node), cost: 0, liberty: Liberty::Offer, rooted: true };
        near.into_iter().take(3).map(|(_, ix)| place(ix)).collect()
    }

    /// The items whose labels are nearest to the end of a text that could not be read: never chosen, only offered.
    fn near_labels(&self, folded: &str) -> Vec<Place> {
        const SHORTEST: usize = 4;
        let signs = folded.chars().count();
        let tail = |length: usize| {
            folded.char_indices().rev().take(length).last().map_or("", |(at, _)| &folded[at..])
        };
        let likeness = |label: &str| {
            let length = label.chars().count();
            if length < SHORTEST || signs > 4 * length {
                0.0
            } else {
                strsim::normalized_levenshtein(label, tail(length))
            }
        };
        let nodes = self.nodes().iter().filter(|n| !n.synthetic_label && !self.is_change_part(n));
        let mut near: Vec<_> = nodes.map(|n| (likeness(self.lexicon().label(n.ix)), n.ix)).collect();
        near.retain(|(likeness, _)| *likeness >= 0.6);
        near.sort_by(|a, b| b.0.total_cmp(&a.0));
        let offer = |ix| Place { slot: Slot::plain(ix), cost: 0, liberty: Liberty::Offer, rooted: true };
        near.into_iter().take(3).map(|(_, ix)| offer(ix)).collect()
    }

    /// The slots that a reading means: one per file where the file is open.
    fn slots_of(&self, reading: &Reading, files: u16) -> Vec<Slot> {
        let node = reading.node;
        let entry = Some(reading.entry).filter(|e| *e > 0);
        if !self.section_of(node).is_per_file() {
            return vec![Slot { node, entries: entries(None, entry) }];
        }
        let numbers = match (reading.file, files) {
            (0, ..=1) => 1..=1,
            (0, _) => 1..=files,
            (file, _) => file..=file,
        };
        numbers.map(|file| Slot { node, entries: entries(Some(file), entry) }).collect()
    }

    /// A group and its only item may share their label (`Ⅳ.2.従業者に対する教育・啓発`): the official path of the item means
    /// the item, every other spelling the group.
    fn prefer_own_reference(&self, best: Place, folded: &str, files: u16, places: &mut Vec<Place>) {
        let group = self.node(best.slot.node);
        if group.is_item() || best.liberty > Liberty::Spelling {
            return;
        }
        let twin = self.children(group).find(|c| c.mark.is_none() && c.label == group.label);
        let Some(twin) = twin else { return };
        let slot = Slot { node: twin.ix, entries: best.slot.entries };
        if super::fold(&self.reference(slot, files)) == folded {
            places.retain(|p| p.slot != slot);
            places.insert(0, Place { slot, ..best });
            // The group stays as another reading, but not as an equally good one.
            places[1].cost += 1;
        }
    }

    /// The best reading, if there is only one: a place and what is inside it are one.
    fn only_best(&self, places: &[Place]) -> Option<Place> {
        let best = places.first().filter(|p| p.liberty < Liberty::Offer)?;
        let equal: Vec<_> = places.iter().take_while(|p| p.cost == best.cost).collect();
        equal.iter().find(|p| equal.iter().all(|o| self.is_inside(p.slot, o.slot))).map(|p| **p)
    }

    /// Whether a slot is another one or has it inside.
    fn is_inside(&self, outer: Slot, inner: Slot) -> bool {
        let below = outer.node == inner.node || self.lexicon().is_below(inner.node, outer.node);
        below && inner.entries.truncate(outer.entries.depth()) == outer.entries
    }

    fn resolution(&self, slot: Slot, how: How, places: &[Place]) -> Resolution {
        let others = places.iter().map(|p| p.slot).filter(|s| *s != slot).take(MOST_CANDIDATES).collect();
        let whole = !self.node(slot.node).is_item();
        Resolution { how: Some(how), target: Some(Target { slot, whole }), candidates: others }
    }
}

fn uncertain(places: &[Place]) -> Resolution {
    let candidates = places.iter().map(|p| p.slot).take(MOST_CANDIDATES).collect();
    Resolution { candidates, ..Resolution::default() }
}

fn how(liberty: Liberty) -> How {
    match liberty {
        Liberty::None => How::Exact,
        Liberty::Spelling => How::Folded,
        Liberty::Level => How::Elided,
        Liberty::Guess | Liberty::Offer => How::Fuzzy,
    }
}

fn entries(file: Option<u16>, entry: Option<u16>) -> Entries {
    file.into_iter().chain(entry).fold(Entries::NONE, Entries::enter)
}

fn has_wide_digit(text: &str) -> bool {
    text.contains(|c| ('０'..='９').contains(&c))
}

#[cfg(test)]
mod tests;
