//! What a change adds or takes away, in a few bytes: so much that two changes can be compared after their texts are dropped.
//!
//! The text is folded to its letters and cut into runs of three. Of a change only the runs count that one text has and the
//! other lacks: an edit inside a long sentence is compared by the words that were edited, not by the sentence. The runs are
//! remembered as a `MinHash`: the share of equal places of two sketches is about the share of runs that the texts have in common.

use crate::form::letters;

/// Places of a sketch. The likeness of two texts is met within about 0.06.
const PLACES: usize = 64;
/// Letters of a run.
const RUN: usize = 3;
/// Fewer runs are too little to recognise a text by.
const FEWEST_RUNS: usize = 40;
/// Places of a band: texts that have a whole band in common are compared.
const BAND: usize = 4;
/// Signs of an opening.
const OPENING: usize = 24;

/// Whether a text came or went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The text is new.
    Added,
    /// The text is gone.
    Removed,
}

/// What a change adds or takes away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Novelty {
    /// Whether the text came or went.
    pub side: Side,
    /// How many different runs of letters it has.
    runs: u16,
    places: [u8; PLACES],
    /// How the text begins.
    pub opening: Box<str>,
}

impl Novelty {
    /// What differs between two texts; none where that is too short to be recognised elsewhere.
    ///
    /// What is new counts. Only where next to nothing is new, what is gone counts instead.
    pub fn of(before: &str, after: &str) -> Option<Self> {
        let (old_letters, new_letters) = (letters(before), letters(after));
        let (old, new) = (runs(&old_letters), runs(&new_letters));
        Self::among(Side::Added, &new, &old, after, &old_letters)
            .or_else(|| Self::among(Side::Removed, &old, &new, before, &new_letters))
    }

    fn among(side: Side, these: &[u32], others: &[u32], text: &str, other: &str) -> Option<Self> {
        if these.len() < FEWEST_RUNS {
            return None;
        }
        let own = difference(these, others);
        (own.len() >= FEWEST_RUNS).then(|| Self {
            side,
            runs: u16::try_from(own.len()).unwrap_or(u16::MAX),
            places: places(&own),
            opening: opening(text, other).into(),
        })
    }

    /// How alike two of them are, from 0 to 100: about how many of a hundred runs of the one the other has too. What came is
    /// never like what went.
    pub fn likeness(&self, other: &Self) -> u8 {
        if self.side != other.side {
            return 0;
        }
        let equal = self.places.iter().zip(&other.places).filter(|(a, b)| a == b).count();
        // The places tell the common runs among those of both texts together, which people would find too low a number.
        let common = equal * 200 / (PLACES + equal);
        // The shorter text cannot have more in common with the longer one than it has.
        let (short, long) = (usize::from(self.runs.min(other.runs)), usize::from(self.runs.max(other.runs)));
        u8::try_from(common.min(short * 200 / (short + long).max(1))).unwrap_or(100)
    }

    /// Keys of which two texts that are much alike have at least one in common.
    pub(super) fn bands(&self) -> impl Iterator<Item = (Side, u8, [u8; BAND])> + '_ {
        self.places.chunks_exact(BAND).zip(0u8..).map(|(places, band)| {
            let mut key = [0; BAND];
            key.copy_from_slice(places);
            (self.side, band, key)
        })
    }
}

/// The different runs of letters as numbers, ascending.
fn runs(letters: &str) -> Vec<u32> {
    let letters: Vec<char> = letters.chars().collect();
    let mut runs: Vec<u32> = letters.windows(RUN).map(run_number).collect();
    runs.sort_unstable();
    runs.dedup();
    runs
}

/// What only the first of two ascending lists has.
fn difference(these: &[u32], others: &[u32]) -> Vec<u32> {
    let mut others = others.iter().copied().peekable();
    let is_own = |run: &u32| {
        while others.next_if(|other| other < run).is_some() {}
        others.peek() != Some(run)
    };
    these.iter().copied().filter(is_own).collect()
}

/// FNV-1a over the letters, mixed: the same on every machine.
fn run_number(run: &[char]) -> u32 {
    let hash = run.iter().fold(0x811c_9dc5_u32, |hash, c| (hash ^ u32::from(*c)).wrapping_mul(0x0100_0193));
    mixed(hash)
}

/// Spreads the bits of a number (the finalizer of `MurmurHash3`).
fn mixed(number: u32) -> u32 {
    let number = (number ^ (number >> 16)).wrapping_mul(0x85eb_ca6b);
    let number = (number ^ (number >> 13)).wrapping_mul(0xc2b2_ae35);
    number ^ (number >> 16)
}

/// For each of many ways to order all numbers, one byte of the number that comes first.
///
/// Sixteen bits are enough to order the few hundred runs of a text, and every processor takes many such numbers at once.
fn places(runs: &[u32]) -> [u8; PLACES] {
    let (lows, highs) = (factors(0x9e37_79b9), factors(0x7f4a_7c15));
    let mut least = [i16::MAX; PLACES];
    for run in runs {
        let [a, b, c, d] = run.to_le_bytes();
        let (low, high) = (u16::from_le_bytes([a, b]), u16::from_le_bytes([c, d]));
        for place in 0..PLACES {
            let number = low.wrapping_mul(lows[place]) ^ high.wrapping_mul(highs[place]);
            least[place] = least[place].min(number.cast_signed());
        }
    }
    least.map(|number| mixed(u32::from(number.cast_unsigned())).to_le_bytes()[0])
}

/// An odd number for each place.
fn factors(seed: u32) -> [u16; PLACES] {
    let mut number = seed;
    std::array::from_fn(|_| {
        number = mixed(number.wrapping_add(seed));
        let [low, high, ..] = number.to_le_bytes();
        u16::from_le_bytes([low | 1, high])
    })
}

/// The beginning of the first line or sentence that a text has and the letters of the other one have not.
fn opening(text: &str, other: &str) -> String {
    let is_own = |part: &&str| {
        let own = letters(part);
        own.chars().count() > RUN && (other.is_empty() || !other.contains(&own))
    };
    let parts = || text.split(['\n', '。']).map(plain).filter(|part| !part.is_empty());
    let first = parts().find(is_own).or_else(|| parts().next()).unwrap_or_default();
    let mut short: String = first.chars().take(OPENING).collect();
    if short.len() < first.len() {
        short.push('…');
    }
    short
}

/// A line without the signs of Markdown and the mark of a list in front of it.
fn plain(line: &str) -> &str {
    line.trim()
        .trim_start_matches(['#', '*', '-', '>', '・', '○', '●', '\\', '|', ' ', '\u{3000}'])
        .trim_end()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ENDED: &str = "接種の記録を照会する仕組みは国による提供が終わったため、当市でも窓口の端末から取り外し、届いていた番号を消去した。";

    fn added(text: &str) -> Novelty {
        Novelty::of("", text).unwrap()
    }

    #[test]
    fn a_near_equal_text_is_alike_and_another_is_not() {
        let near = added(&ENDED.replace("当市", "本町").replace('。', "．"));
        assert!(added(ENDED).likeness(&near) >= 80, "{}", added(ENDED).likeness(&near));
        let other = added(
            "申請書に書かれた事項と本人確認書類を二人の職員が照らし合わせ、合わないときは受け付けないことを手順書に定めている。",
        );
        assert!(added(ENDED).likeness(&other) < 25);
    }

    #[test]
    fn only_what_differs_counts() {
        let around = "受け付けた申請の内容は、権限のある職員が当日の業務の終わりまでに必ず確かめ、その結果を記録簿に書き留める。";
        let edited = Novelty::of(around, &format!("{around}\n{ENDED}")).unwrap();
        assert!(edited.likeness(&added(ENDED)) >= 90);
        assert_eq!(&*edited.opening, "接種の記録を照会する仕組みは国による提供が終わっ…");
        assert_eq!(Novelty::of(around, &around.replace("当日", "翌日")), None, "three letters tell nothing");
    }

    #[test]
    fn what_went_is_not_like_what_came() {
        let gone = Novelty::of(ENDED, "").unwrap();
        assert_eq!(gone.side, Side::Removed);
        assert_eq!(gone.likeness(&added(ENDED)), 0);
        assert_eq!(gone.likeness(&Novelty::of(ENDED, "-").unwrap()), 100);
    }

    #[test]
    fn short_texts_have_no_sketch() {
        for text in ["十分である", "委託しない", "健康福祉部 健康増進課", ""] {
            assert_eq!(Novelty::of("", text), None, "{text}");
        }
    }

    proptest! {
        /// The estimate is near the true share of common runs.
        #[test]
        fn the_estimate_is_near_the_truth(same in "[あ-んア-ン一-龥]{60,200}", a in "[あ-ん]{0,120}", b in "[ア-ン]{0,120}") {
            let (left, right) = (format!("{same}{a}"), format!("{same}{b}"));
            let (x, y) = (runs(&left), runs(&right));
            prop_assert_eq!(difference(&x, &y), x.iter().copied().filter(|run| !y.contains(run)).collect::<Vec<_>>());
            let common = x.iter().filter(|run| y.binary_search(run).is_ok()).count();
            let truth = common * 200 / (x.len() + y.len());
            let estimate = usize::from(added(&left).likeness(&added(&right)));
            prop_assert!(estimate.abs_diff(truth) <= 30, "{estimate} for {truth}");
        }

        /// Blanks, widths and marks change nothing.
        #[test]
        fn layout_does_not_matter(text in "[あ-ん一-龥0-9A-Z]{60,90}") {
            let spread: String = text.chars().flat_map(|c| [c, '　']).collect();
            prop_assert_eq!(added(&text).places, added(&format!("- {spread}。")).places);
        }
    }
}
