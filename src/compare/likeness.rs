//! How alike two entries of a list are. What every entry says alike (再委託しない, the same 委託先) tells little of which is which, so
//! it counts for less.

use std::collections::BTreeMap;

use super::entries::Entry;
use crate::assessment::Value;
use crate::form::{NodeIx, fold};

/// Letters of an item that are looked at.
const LONGEST: usize = 400;
/// An item counts for as much as it has pairs of letters, and no more than this.
const HEAVIEST: usize = 120;
/// What an answer that was only chosen counts for: many entries have the same by chance.
const CHOSEN: usize = 6;
/// Of a thousand, how much of a name is the same, and how much of the content is then enough to make two entries the same one: an
/// entry that was renamed keeps nearly all else.
const ENOUGH: [(usize, usize); 3] = [(600, 400), (300, 600), (0, 750)];
/// What is enough where an entry has no name.
const ENOUGH_WITHOUT_NAME: usize = 550;
/// Names alone are alike from here on.
const NAMES_ALIKE: usize = 600;
/// What the same name is worth: more than all content.
const SAME_NAME: usize = 2000;

/// What is compared of an entry.
pub(super) struct Profile {
    name: String,
    name_pairs: Vec<u64>,
    /// No other entry of its side has the name.
    is_named_once: bool,
    items: Vec<Item>,
}

struct Item {
    node: NodeIx,
    text: String,
    pairs: Vec<u64>,
    weight: usize,
}

impl Profile {
    fn of(entry: &Entry<'_>, name_item: Option<NodeIx>) -> Self {
        let mut texts: BTreeMap<NodeIx, (String, bool)> = BTreeMap::new();
        for piece in entry.pieces.iter().filter(|piece| Some(piece.node) != name_item) {
            let (text, is_text) = texts.entry(piece.node).or_default();
            *is_text |= matches!(piece.value, Value::Text(_) | Value::Unfit(_));
            words(piece.value, text);
        }
        let items = texts.into_iter().map(|(node, (text, is_text))| {
            let text: String = fold(&text).chars().take(LONGEST).collect();
            let pairs = pairs(&text);
            let weight = if is_text { pairs.len().clamp(1, HEAVIEST) } else { CHOSEN };
            Item { node, text, pairs, weight: weight * 1000 }
        });
        let name = fold(&entry.name);
        Self { name_pairs: pairs(&name), name, is_named_once: true, items: items.collect() }
    }

    /// The profiles of the entries of both sides, in which what many entries of a side say counts for less.
    pub(super) fn of_both(
        before: &[Entry<'_>],
        after: &[Entry<'_>],
        name_item: Option<NodeIx>,
    ) -> [Vec<Self>; 2] {
        let profiles = |side: &[Entry<'_>]| side.iter().map(|entry| Self::of(entry, name_item)).collect();
        let mut sides: [Vec<Self>; 2] = [profiles(before), profiles(after)];
        let mut common: BTreeMap<(NodeIx, String), usize> = BTreeMap::new();
        for side in &mut sides {
            let mut names: BTreeMap<String, usize> = BTreeMap::new();
            for profile in side.iter() {
                *names.entry(profile.name.clone()).or_default() += 1;
            }
            for profile in side.iter_mut() {
                profile.is_named_once = names[&profile.name] == 1;
            }
            let mut here: BTreeMap<(NodeIx, &str), usize> = BTreeMap::new();
            for item in side.iter().flat_map(|profile| &profile.items) {
                *here.entry((item.node, &item.text)).or_default() += 1;
            }
            for ((node, text), count) in here {
                let most = common.entry((node, text.to_owned())).or_default();
                *most = (*most).max(count);
            }
        }
        for item in sides.iter_mut().flatten().flat_map(|profile| &mut profile.items) {
            let count = common.get(&(item.node, item.text.clone())).copied().unwrap_or(1);
            item.weight /= count.max(1);
        }
        sides
    }

    /// How sure it is that two profiles are of one entry; none where they are not.
    pub(super) fn likeness(&self, other: &Self) -> Option<usize> {
        let content = self.content(other);
        let is_namesake = !self.name.is_empty() && self.name == other.name;
        if is_namesake && self.is_named_once && other.is_named_once {
            return Some(SAME_NAME + content.unwrap_or(0));
        }
        let name = if is_namesake { 1000 } else { in_common(&self.name_pairs, &other.name_pairs) };
        let has_names = !self.name.is_empty() && !other.name.is_empty();
        let by_name = ENOUGH.iter().find(|(least, _)| name >= *least).map(|(_, enough)| *enough);
        let enough = by_name.filter(|_| has_names).unwrap_or(ENOUGH_WITHOUT_NAME);
        let is_one = content.map_or(name >= NAMES_ALIKE, |content| content >= enough);
        is_one.then(|| content.unwrap_or(0) + name / 2)
    }

    /// How much of the content is the same, of a thousand; none where both have only a name.
    fn content(&self, other: &Self) -> Option<usize> {
        let (mut all, mut same) = (0, 0);
        let mut others = other.items.iter().peekable();
        for item in &self.items {
            while let Some(only) = others.next_if(|o| o.node < item.node) {
                all += only.weight;
            }
            match others.next_if(|o| o.node == item.node) {
                Some(twin) => {
                    let weight = item.weight.max(twin.weight);
                    all += weight;
                    same += weight * in_common_or_equal(item, twin) / 1000;
                }
                None => all += item.weight,
            }
        }
        all += others.map(|only| only.weight).sum::<usize>();
        (all > 0).then(|| same * 1000 / all)
    }
}

fn in_common_or_equal(one: &Item, other: &Item) -> usize {
    if one.text == other.text { 1000 } else { in_common(&one.pairs, &other.pairs) }
}

/// What a value says, for comparing only.
fn words(value: &Value, out: &mut String) {
    match value {
        Value::Text(text) | Value::Unfit(text) | Value::Choice(text) => out.push_str(text),
        Value::Date(date) => out.push_str(&date.iso()),
        Value::Count(number) => out.push_str(&number.to_string()),
        Value::Flag(is_ticked) => out.push(if *is_ticked { '1' } else { '0' }),
        Value::Checks(ticks) => {
            for tick in ticks {
                out.push_str(&tick.label);
                out.push_str(tick.text.as_deref().unwrap_or_default());
            }
        }
        Value::Figures(figures) => figures.iter().for_each(|figure| out.push_str(&figure.alternative)),
    }
}

/// The pairs of neighbouring letters of a text, sorted.
pub(super) fn pairs(text: &str) -> Vec<u64> {
    let next = text.chars().skip(1);
    let mut pairs: Vec<u64> = text
        .chars()
        .zip(next)
        .map(|(a, b)| (u64::from(u32::from(a)) << 32) | u64::from(u32::from(b)))
        .collect();
    pairs.sort_unstable();
    pairs
}

/// How many of a thousand pairs two texts have in common (Sørensen and Dice).
pub(super) fn in_common(one: &[u64], other: &[u64]) -> usize {
    let (mut a, mut b, mut common) = (0, 0, 0);
    while let (Some(left), Some(right)) = (one.get(a), other.get(b)) {
        common += usize::from(left == right);
        a += usize::from(left <= right);
        b += usize::from(right <= left);
    }
    2 * common * 1000 / (one.len() + other.len()).max(1)
}
