//! Where a run of blocks parts into two similar halves: the text before and the text after a change.

use std::collections::BTreeMap;

/// How alike two texts are, from 0 to 1: the share of the pairs of signs they have in common.
pub(super) fn likeness(a: &str, b: &str) -> f64 {
    let (one, two) = (Pairs::of(a), Pairs::of(b));
    let both = one.total + two.total;
    if both == 0 { 0.0 } else { f64::from(2 * one.common(&two)) / f64::from(both) }
}

#[derive(Default)]
struct Pairs {
    counts: BTreeMap<(char, char), u32>,
    total: u32,
}

impl Pairs {
    fn of(text: &str) -> Self {
        let mut pairs = Self::default();
        let signs: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
        for pair in signs.windows(2) {
            *pairs.counts.entry((pair[0], pair[1])).or_default() += 1;
            pairs.total += 1;
        }
        pairs
    }

    fn common(&self, other: &Self) -> u32 {
        self.counts.iter().map(|(pair, n)| other.counts.get(pair).map_or(0, |m| *n.min(m))).sum()
    }
}

/// A way to part blocks in two.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Parting {
    /// Number of blocks in the first half.
    pub(super) at: usize,
    /// Likeness of the halves.
    pub(super) likeness: f64,
    /// By how much the next best parting is worse.
    pub(super) margin: f64,
}

/// More partings than this are not tried one by one.
const MOST_PARTINGS: usize = 60;

/// The parting of blocks whose halves are most alike; none for fewer than two blocks.
pub(super) fn part(blocks: &[String]) -> Option<Parting> {
    if blocks.len() < 2 {
        return None;
    }
    let middle = blocks.len() / 2;
    let mut tried: Vec<(f64, usize)> = (1..blocks.len())
        .filter(|at| at.abs_diff(middle) <= MOST_PARTINGS / 2)
        .map(|at| (likeness(&blocks[..at].concat(), &blocks[at..].concat()), at))
        .collect();
    tried.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (likeness, at) = *tried.first()?;
    let margin = likeness - tried.get(1).map_or(0.0, |t| t.0);
    Some(Parting { at, likeness, margin })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_found_by_likeness() {
        let blocks: Vec<String> =
            ["窓口で受け付ける。", "台帳に記録する。", "窓口で受け付ける。", "台帳に記録し、保管する。"]
                .map(str::to_owned)
                .to_vec();
        let parting = part(&blocks).unwrap();
        assert_eq!(parting.at, 2);
        assert!(parting.margin > 0.1);
    }

    #[test]
    fn one_block_cannot_be_parted() {
        assert_eq!(part(&["一つ".to_owned()]), None);
    }
}
