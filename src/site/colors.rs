//! The colours of a city as a part of the style sheet.

use crate::assessment::{Colors, Look};
use crate::color::{DARK, LIGHT, Scheme};

/// Where each scheme holds. Neither reaches into the other: what a city says of light screens leaves dark ones alone.
const ON_LIGHT: &str = "@media print, (prefers-color-scheme: light)";
const ON_DARK: &str = "@media screen and (prefers-color-scheme: dark)";

/// The properties that take the place of those of `styles/10-page.css`; none where the city sets no colour.
pub(crate) fn colors_css(look: &Look) -> Option<String> {
    let schemes = [(ON_LIGHT, properties(&look.light, &LIGHT)), (ON_DARK, properties(&look.dark, &DARK))];
    let mut css = String::new();
    for (media, properties) in schemes.iter().filter(|(_, properties)| !properties.is_empty()) {
        for part in [media, " {\n:root {\n", properties, "}\n}\n"] {
            css.push_str(part);
        }
    }
    (!css.is_empty()).then_some(css)
}

fn properties(colors: &Colors, scheme: &Scheme) -> String {
    let soft = colors.accent_soft.or(colors.accent.map(|accent| scheme.soft_of(accent)));
    let properties = [
        ("--accent", colors.accent),
        ("--accent-soft", soft),
        ("--link", colors.link),
        // A link that is pointed at is known by its line; its colour stays the city's, which is judged.
        ("--link-hover", colors.link),
        ("--link-visited", colors.visited),
    ];
    let written = properties.into_iter().filter_map(|(name, color)| Some(format!("{name}: {};\n", color?)));
    written.collect::<Vec<_>>().concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::color::Color;

    fn look(light: Option<&str>, dark: Option<&str>) -> Look {
        let colors =
            |accent: Option<&str>| Colors { accent: accent.and_then(Color::parse), ..Colors::default() };
        Look { light: colors(light), dark: colors(dark), ..Look::default() }
    }

    #[test]
    fn each_scheme_has_its_own_colours() {
        assert_eq!(colors_css(&Look::default()), None);
        let light = colors_css(&look(Some("#0a6b3f"), None)).unwrap();
        assert!(light.contains("--accent: #0a6b3f;") && !light.contains("dark"), "{light}");
        assert!(
            light.contains(&format!("--accent-soft: {};", LIGHT.soft_of(Color::rgb(0x0a_6b3f)))),
            "{light}"
        );
        let dark = colors_css(&look(None, Some("#7fd1a0"))).unwrap();
        assert!(dark.starts_with("@media screen and (prefers-color-scheme: dark)"), "{dark}");
        assert!(!dark.contains("print") && !dark.contains("--link"), "{dark}");
    }
}
