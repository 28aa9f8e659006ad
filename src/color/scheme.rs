//! The colours of the standard theme that a city's own ones are read on, or that are read on them.

use super::Color;

/// The contrast that text needs (WCAG 2.2, 1.4.3).
pub const READABLE: f64 = 4.5;

/// The colours of one scheme, light or dark. They stand in `styles/10-page.css` as well, and a test compares both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scheme {
    /// The ground of the page.
    pub page: Color,
    /// The ground of what stands apart.
    pub surface: Color,
    /// The accent's own ground.
    pub accent_soft: Color,
    /// Headings' rules, marks, chips.
    pub accent: Color,
    /// Links.
    pub link: Color,
    /// Links that were followed.
    pub visited: Color,
    /// Other colours of texts, with their names.
    texts: [(&'static str, Color); 6],
    /// The grounds of a place that an address leads to, of what was added and of what was removed: links and marks stand
    /// on them, too.
    marked: [(&'static str, Color); 3],
    /// How many 255ths of the accent its own ground has.
    softness: u8,
}

/// A colour under or over another one, with the name that people know it by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ground {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub color: Color,
}

/// On a light screen, and on paper.
pub const LIGHT: Scheme = Scheme {
    page: Color::rgb(0xff_ffff),
    surface: Color::rgb(0xf7_f7f9),
    accent_soft: Color::rgb(0xf1_f3fc),
    accent: Color::rgb(0x00_118f),
    link: Color::rgb(0x00_118f),
    visited: Color::rgb(0x8b_008b),
    texts: [
        ("文字の色", Color::rgb(0x1a_1a1a)),
        ("補足の文字の色", Color::rgb(0x59_5959)),
        ("指しているリンクの色", Color::rgb(0x00_17c1)),
        ("押しているリンクの色", Color::rgb(0xac_3e00)),
        ("追加の色", Color::rgb(0x11_5a36)),
        ("削除の色", Color::rgb(0xa9_0000)),
    ],
    marked: [
        ("リンク先の場所の地の色", Color::rgb(0xff_f9db)),
        ("追加の地の色", Color::rgb(0xe6_f5ec)),
        ("削除の地の色", Color::rgb(0xfd_eeee)),
    ],
    softness: 15,
};

/// On a dark screen.
pub const DARK: Scheme = Scheme {
    page: Color::rgb(0x1a_1a1c),
    surface: Color::rgb(0x26_262a),
    accent_soft: Color::rgb(0x20_2a45),
    accent: Color::rgb(0xa3_bcff),
    link: Color::rgb(0xa3_bcff),
    visited: Color::rgb(0xe3_a8f0),
    texts: [
        ("文字の色", Color::rgb(0xf2_f2f2)),
        ("補足の文字の色", Color::rgb(0xb8_b8bd)),
        ("指しているリンクの色", Color::rgb(0xc9_d8ff)),
        ("押しているリンクの色", Color::rgb(0xff_a37a)),
        ("追加の色", Color::rgb(0x7f_d1a0)),
        ("削除の色", Color::rgb(0xff_a3a3)),
    ],
    marked: [
        ("リンク先の場所の地の色", Color::rgb(0x3a_3310)),
        ("追加の地の色", Color::rgb(0x12_331f)),
        ("削除の地の色", Color::rgb(0x43_1a1d)),
    ],
    softness: 32,
};

impl Scheme {
    /// The ground that goes with an accent of which nothing else is said.
    pub fn soft_of(&self, accent: Color) -> Color {
        self.page.mixed(accent, self.softness)
    }

    /// What coloured text is read on, with this as the accent's ground.
    pub fn grounds(&self, accent_soft: Color) -> [Ground; 6] {
        let [target, added, removed] = self.marked.map(|(name, color)| Ground { name, color });
        [
            Ground { name: "ページの地の色", color: self.page },
            Ground { name: "囲みの地の色", color: self.surface },
            Ground { name: "薄い強調色", color: accent_soft },
            target,
            added,
            removed,
        ]
    }

    /// What is read on the accent's ground besides the accent and links.
    pub fn texts(&self) -> impl Iterator<Item = Ground> {
        self.texts.iter().map(|&(name, color)| Ground { name, color })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: &str =
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/themes/standard/styles/10-page.css"));

    /// The properties of the block that begins with these words.
    fn property(block: &str, name: &str) -> Color {
        let rest = STYLE.split_once(block).unwrap().1;
        let value = rest.split_once(&format!("\n{name}:")).or_else(|| rest.split_once(&format!(" {name}:")));
        Color::parse(value.unwrap().1.split_once(';').unwrap().0).unwrap()
    }

    const MARKED: [&str; 3] = ["--target", "--added-soft", "--removed-soft"];
    const NAMES: [&str; 6] = ["--text", "--muted", "--link-hover", "--link-active", "--added", "--removed"];

    fn both() -> [(&'static str, Scheme); 2] {
        [(":root {", LIGHT), ("(prefers-color-scheme: dark) {", DARK)]
    }

    #[test]
    fn the_style_sheet_has_the_same_colours() {
        for (block, scheme) in both() {
            let fixed = [
                ("--page", scheme.page),
                ("--surface", scheme.surface),
                ("--accent-soft", scheme.accent_soft),
                ("--accent", scheme.accent),
                ("--link", scheme.link),
                ("--link-visited", scheme.visited),
            ];
            let texts = NAMES.into_iter().zip(scheme.texts()).map(|(name, text)| (name, text.color));
            let marked = MARKED.into_iter().zip(scheme.marked.map(|(_, color)| color));
            for (name, color) in fixed.into_iter().chain(texts).chain(marked) {
                assert_eq!(property(block, name), color, "{block} {name}");
            }
        }
    }

    #[test]
    fn every_text_can_be_read_on_every_ground() {
        for (block, scheme) in both() {
            for ground in scheme.grounds(scheme.accent_soft).map(|ground| ground.color) {
                let own = [scheme.accent, scheme.link, scheme.visited];
                for text in own.into_iter().chain(scheme.texts().map(|t| t.color)) {
                    assert!(text.contrast(ground) >= READABLE, "{block} {text} on {ground}");
                }
                // What is no text but means something: frames, fields.
                for name in ["--line-strong", "--control"] {
                    assert!(property(block, name).contrast(ground) >= 3.0, "{block} {name} on {ground}");
                }
            }
        }
    }

    #[test]
    fn the_focus_is_seen_on_every_ground() {
        for (block, scheme) in both() {
            let [outline, ring] = ["--focus", "--focus-ring"].map(|name| property(block, name));
            for ground in scheme.grounds(scheme.accent_soft) {
                assert!(outline.contrast(ground.color) >= 3.0, "{block} {}", ground.name);
            }
            assert!(outline.contrast(ring) >= 3.0);
        }
        let link = property(":root {", "--on-highlight");
        assert!(link.contrast(property(":root {", "--highlight")) >= READABLE);
    }

    #[test]
    fn the_ground_of_any_accent_leaves_texts_readable() {
        for (_, scheme) in both() {
            for accent in [0, 0xff_ffff, 0xff_0000, 0x00_ff00, 0xff, 0x77_7777].map(Color::rgb) {
                let ground = scheme.soft_of(accent);
                assert!(scheme.texts().all(|text| text.color.contrast(ground) >= READABLE), "{accent}");
            }
        }
    }
}
