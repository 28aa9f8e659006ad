//! The bands in which the forms ask for numbers of people: 1,000人以上1万人未満.

use crate::form::fold;

/// A band, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Band {
    /// The least number.
    pub(super) low: u64,
    /// The greatest number; none where it is open.
    pub(super) high: Option<u64>,
}

impl Band {
    /// The band that an option names.
    pub(super) fn of(label: &str) -> Option<Self> {
        let text = fold(label).replace([',', '、'], "");
        let text = text.split('(').next().unwrap_or_default();
        let (low, rest) = match text.split_once("以上") {
            Some((low, rest)) => (number(low)?, rest),
            None => (0, text),
        };
        let high = match rest.strip_suffix("未満") {
            Some(high) => Some(number(high)?.checked_sub(1)?),
            None if rest.is_empty() => None,
            None => return None,
        };
        Some(Self { low, high })
    }
}

/// `10万人` as a number.
fn number(text: &str) -> Option<u64> {
    let digits = text.trim_end_matches(['人', '万']);
    let unit = if text.contains('万') { 10_000 } else { 1 };
    digits.parse::<u64>().ok()?.checked_mul(unit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Form;

    #[test]
    fn every_band_of_people_on_the_forms_is_understood() {
        let mut seen = 0;
        for (name, options) in Form::all().iter().flat_map(Form::option_sets) {
            if !["population", "staff-count", "user-count", "handlers"].iter().any(|n| name.starts_with(n)) {
                continue;
            }
            for option in options {
                assert!(Band::of(&option.label).is_some(), "{name}: {}", option.label);
                seen += 1;
            }
        }
        assert!(seen > 30, "{seen}");
    }

    #[test]
    fn the_ends_of_a_band_belong_to_it() {
        assert_eq!(Band::of("1,000人以上1万人未満"), Some(Band { low: 1_000, high: Some(9_999) }));
        assert_eq!(Band::of("1,000人未満（任意実施）"), Some(Band { low: 0, high: Some(999) }));
        assert_eq!(Band::of("30万人以上"), Some(Band { low: 300_000, high: None }));
        assert_eq!(Band::of("1,000万人以上"), Some(Band { low: 10_000_000, high: None }));
        assert_eq!(Band::of("なし"), None);
    }
}
