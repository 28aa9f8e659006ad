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
/// Of a thousand, so much of the content makes an entry with another name the same entry …
const ALIKE: usize = 550;
/// … and so much is enough where the name is alike as well.
const ALIKE_WITH_NAME: usize = 400;
/// Names are alike from here on.
const NAMES_ALIKE: usize = 600;
/// What the same name is worth: more than all content.
const SAME_NAME: usize = 2000;

/// What is compared of an entry.
pub(super) struct Profile {
    name: String,
    name_pairs: Vec<u64>,
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
        Self { name_pairs: pairs(&name), name, items: items.collect() }
    }

    /// The profiles of the entries of both sides, in which what many entries say counts for less.
    pub(super) fn of_both(
        before: &[&Entry<'_>],
        after: &[&Entry<'_>],
        name_item: Option<NodeIx>,
    ) -> [Vec<Self>; 2] {
        let mut sides = [before, after]
            .map(|side| side.iter().map(|entry| Self::of(entry, name_item)).collect::<Vec<_>>());
        let mut common: BTreeMap<(NodeIx, String), usize> = BTreeMap::new();
        for side in &sides {
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
        if !self.name.is_empty() && self.name == other.name {
            return Some(SAME_NAME + content.unwrap_or(0));
        }
        let name = in_common(&self.name_pairs, &other.name_pairs);
        let is_named_alike = name >= NAMES_ALIKE;
        let is_one = match content {
            None => is_named_alike,
            Some(content) => content >= ALIKE || is_named_alike && content >= ALIKE_WITH_NAME,
        };
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
pub(in crate::review) fn pairs(text: &str) -> Vec<u64> {
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
pub(in crate::review) fn in_common(one: &[u64], other: &[u64]) -> usize {
    let (mut a, mut b, mut common) = (0, 0, 0);
    while let (Some(left), Some(right)) = (one.get(a), other.get(b)) {
        common += usize::from(left == right);
        a += usize::from(left <= right);
        b += usize::from(right <= left);
    }
    2 * common * 1000 / (one.len() + other.len()).max(1)
}
