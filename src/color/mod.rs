//! Colours of a screen and how well one can be read on another, as WCAG 2.2 measures it.

mod scheme;

use std::fmt;

pub use scheme::{DARK, Ground, LIGHT, READABLE, Scheme};

/// An opaque colour of the sRGB space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Color {
    /// Red, green, blue.
    channels: [u8; 3],
}

/// Black.
const BLACK: Color = Color { channels: [0; 3] };
/// White.
const WHITE: Color = Color { channels: [u8::MAX; 3] };

impl Color {
    /// A colour of six hexadecimal digits: `0x1a1a1a`.
    pub const fn rgb(digits: u32) -> Self {
        let [_, red, green, blue] = digits.to_be_bytes();
        Self { channels: [red, green, blue] }
    }

    /// Reads `#00118f`, `#0ae` and the same without `#`, in full width as well.
    pub fn parse(text: &str) -> Option<Self> {
        let narrow: String = text.trim().chars().map(narrow).collect();
        let digits = narrow.strip_prefix('#').unwrap_or(&narrow);
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let whole = match digits.len() {
            3 => digits.chars().flat_map(|c| [c, c]).collect(),
            6 => digits.to_owned(),
            _ => return None,
        };
        u32::from_str_radix(&whole, 16).ok().map(Self::rgb)
    }

    /// The contrast with another colour: from 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// This colour with so many 255ths of another one.
    #[must_use]
    pub fn mixed(self, other: Self, share: u8) -> Self {
        let mut channels = self.channels;
        for (channel, to) in channels.iter_mut().zip(other.channels) {
            let share = u32::from(share);
            let sum = u32::from(*channel) * (255 - share) + u32::from(to) * share;
            *channel = u8::try_from((sum + 127) / 255).unwrap_or(u8::MAX);
        }
        Self { channels }
    }

    /// The nearest colour of this hue, darker or lighter, that passes; none where neither black nor white does.
    pub fn nearest(self, passes: impl Fn(Self) -> bool) -> Option<Self> {
        let steps = (0..=u8::MAX).flat_map(|share| [self.mixed(BLACK, share), self.mixed(WHITE, share)]);
        steps.into_iter().find(|color| passes(*color))
    }

    /// Relative luminance, from 0 to 1.
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.channels.map(|channel| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

/// As style sheets write it.
impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.channels;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// The ascii sign of a full-width one.
fn narrow(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn color(text: &str) -> Color {
        Color::parse(text).unwrap()
    }

    #[test]
    fn contrasts_are_those_of_wcag() {
        for (one, two, expected) in [
            ("#000", "#fff", 21.0),
            ("#1a1a1a", "#ffffff", 17.40),
            ("#767676", "#fff", 4.54),
            ("#949494", "#fff", 3.03),
            ("#00118f", "#ffd43d", 9.98),
        ] {
            let ratio = color(one).contrast(color(two));
            assert!((ratio - expected).abs() < 0.005, "{one} {two} {ratio}");
        }
    }

    #[test]
    fn spellings_of_a_colour() {
        for text in ["#00AAee", "#0ae", "00aaee", " 0AE ", "＃００ａａｅｅ"] {
            assert_eq!(color(text).to_string(), "#00aaee", "{text}");
        }
        for text in ["", "#", "red", "#00aae", "#00aaeeff", "#00aaeg", "rgb(0,0,0)", "#+12345", "あかい"] {
            assert_eq!(Color::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_nearest_colour_passes_and_no_nearer_one_of_its_row_does(digits in 0_u32..=0xff_ffff) {
            let (start, ground) = (Color::rgb(digits), Color::rgb(0xff_ffff));
            let passes = |c: Color| c.contrast(ground) >= 4.5;
            let found = start.nearest(passes).unwrap();
            prop_assert!(passes(found));
            prop_assert!(!passes(start) || found == start);
            let with = |share: u8| [start.mixed(BLACK, share), start.mixed(WHITE, share)];
            let share = (0..=u8::MAX).find(|share| with(*share).contains(&found)).unwrap();
            prop_assert!((0..share).flat_map(with).all(|color| !passes(color)));
        }

        #[test]
        fn contrast_does_not_care_which_colour_is_the_ground(one in 0_u32..=0xff_ffff, two in 0_u32..=0xff_ffff) {
            let (one, two) = (Color::rgb(one), Color::rgb(two));
            prop_assert!((one.contrast(two) - two.contrast(one)).abs() < 1e-12);
            prop_assert!((1.0..=21.0).contains(&one.contrast(two)));
        }
    }
}
