//! How a city's site looks, from `site.yaml`: colours, logo, links around every page.

use crate::color::Color;

/// What a city sets of the look of its site. What it leaves out is as in the standard theme.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Look {
    /// Colours on a light screen and on paper.
    pub light: Colors,
    /// Colours on a dark screen.
    pub dark: Colors,
    /// The picture in the header.
    pub logo: Option<Logo>,
    /// Links in the header.
    pub header_links: Vec<NamedLink>,
    /// Links in the footer.
    pub footer_links: Vec<NamedLink>,
}

/// The colours of one scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Colors {
    /// 強調色.
    pub accent: Option<Color>,
    /// 薄い強調色: the ground that goes with it.
    pub accent_soft: Option<Color>,
    /// リンクの色.
    pub link: Option<Color>,
    /// 見たリンクの色.
    pub visited: Option<Color>,
}

/// The picture in the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    /// Its file in the content folder.
    pub file: String,
    /// What it says to those who cannot see it.
    pub alternative: String,
}

impl Logo {
    /// Its name among the assets of the theme.
    pub fn asset(&self) -> String {
        let ending = self.file.rsplit_once('.').map_or("", |(_, ending)| ending);
        format!("assets/logo.{}", ending.to_ascii_lowercase())
    }
}

/// A link around every page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedLink {
    /// What it is called.
    pub label: String,
    /// Where it leads.
    pub url: String,
}
