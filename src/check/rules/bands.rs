//! Options that are bands of numbers: 1万人以上10万人未満.

use crate::form::fold;

/// The numbers that an option covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) struct Band {
    /// The smallest number in it.
    pub(in crate::check) from: u64,
    /// The smallest number above it; none where it has no end.
    pub(in crate::check) below: Option<u64>,
}

impl Band {
    /// Reads the label of an option. None for a label that is no band.
    pub(in crate::check) fn of(label: &str) -> Option<Self> {
        let label = fold(label);
        // 1,000人未満（任意実施）: what stands in the parenthesis is no part of the band.
        let band = label.split('(').next().unwrap_or_default();
        let (from, rest) = match band.split_once("以上") {
            Some((low, "")) => return Some(Self { from: number(low)?, below: None }),
            Some((low, rest)) => (number(low)?, rest),
            None => (0, band),
        };
        let below = number(rest.strip_suffix("未満")?)?;
        (from < below).then_some(Self { from, below: Some(below) })
    }

    /// The greatest number in it; none where it has no end.
    pub(in crate::check) fn last(self) -> Option<u64> {
        self.below.map(|end| end - 1)
    }

    /// Whether all its numbers lie below all numbers of another band.
    pub(in crate::check) fn is_below(self, other: Self) -> bool {
        self.below.is_some_and(|end| end <= other.from)
    }
}

/// A number with an optional 万 and a unit: 1万人, 1,000人, 10項目.
fn number(text: &str) -> Option<u64> {
    const MYRIAD: u64 = 10_000;
    let unit = text.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '、').unwrap_or(text.len());
    let (digits, rest) = text.split_at(unit);
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    let number: u64 = digits.parse().ok()?;
    if rest.starts_with('万') { number.checked_mul(MYRIAD) } else { Some(number) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Form;

    fn band(label: &str) -> Option<(u64, Option<u64>)> {
        Band::of(label).map(|b| (b.from, b.below))
    }

    #[test]
    fn labels_are_read() {
        assert_eq!(band("1,000人未満（任意実施）"), Some((0, Some(1_000))));
        assert_eq!(band("1,000人以上1万人未満"), Some((1_000, Some(10_000))));
        assert_eq!(band("１万人以上１０万人未満"), Some((10_000, Some(100_000))));
        assert_eq!(band("100万人以上1,000万人未満"), Some((1_000_000, Some(10_000_000))));
        assert_eq!(band("30万人以上"), Some((300_000, None)));
        assert_eq!(band("10項目以上50項目未満"), Some((10, Some(50))));
        assert_eq!(band("500人未満"), Some((0, Some(500))));
    }

    #[test]
    fn what_is_no_band_is_none() {
        for label in ["", "未満", "以上", "人未満", "5年", "定められていない", "10人以上5人未満", "多数以上"]
        {
            assert_eq!(band(label), None, "{label}");
        }
        assert_eq!(band("99999999999999999999万人以上"), None);
    }

    #[test]
    fn every_number_band_of_the_forms_is_read_and_none_has_a_gap() {
        for form in Form::all() {
            let counts = form.option_sets().filter(|(name, _)| {
                name.starts_with("population") || ["field-count", "staff-count"].contains(&name.as_str())
            });
            for (name, options) in counts {
                let bands: Vec<_> = options.iter().map(|o| Band::of(&o.label).expect(&o.label)).collect();
                assert!(bands.windows(2).all(|w| w[0].below == Some(w[1].from)), "{name}: {bands:?}");
                assert_eq!(bands.last().map(|b| b.below), Some(None));
            }
        }
    }
}
