//! What is asked of every page.

use serde::Serialize;

/// One question to a page, in the order in which people read the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// `<html>` says its language.
    Language,
    /// There is a title.
    Title,
    /// No two pages have the same title.
    TitleUnique,
    /// Exactly one `<h1>`.
    OneTopHeading,
    /// No level of heading is skipped.
    HeadingLevel,
    /// Headings have text.
    HeadingText,
    /// One `<main>`, a header and a footer.
    Landmarks,
    /// The first link leads to the main content.
    SkipLink,
    /// An id stands once on a page.
    UniqueId,
    /// `aria-labelledby`, `for` and the like name an id of the page.
    Reference,
    /// Links and buttons have a name.
    LinkText,
    /// An internal link leads to a file of the site.
    LinkTarget,
    /// The fragment of an internal link is an id of the page it leads to.
    LinkFragment,
    /// Images have a text alternative, be it an empty one.
    ImageText,
    /// Data tables have a caption.
    TableCaption,
    /// Heading cells say what they head.
    TableScope,
    /// Form controls have a label.
    ControlLabel,
    /// The page may be enlarged.
    Zoom,
    /// Nothing is loaded from another host.
    OtherHost,
    /// No inline style or script other than blocks of data.
    Inline,
}

impl Rule {
    /// Every rule, in the order of the report.
    pub const ALL: [Self; 20] = [
        Self::Language,
        Self::Title,
        Self::TitleUnique,
        Self::OneTopHeading,
        Self::HeadingLevel,
        Self::HeadingText,
        Self::Landmarks,
        Self::SkipLink,
        Self::UniqueId,
        Self::Reference,
        Self::LinkText,
        Self::LinkTarget,
        Self::LinkFragment,
        Self::ImageText,
        Self::TableCaption,
        Self::TableScope,
        Self::ControlLabel,
        Self::Zoom,
        Self::OtherHost,
        Self::Inline,
    ];

    /// A short name that stays, for files and addresses.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Language => "language",
            Self::Title => "title",
            Self::TitleUnique => "title-unique",
            Self::OneTopHeading => "one-h1",
            Self::HeadingLevel => "heading-level",
            Self::HeadingText => "heading-text",
            Self::Landmarks => "landmarks",
            Self::SkipLink => "skip-link",
            Self::UniqueId => "unique-id",
            Self::Reference => "reference",
            Self::LinkText => "link-text",
            Self::LinkTarget => "link-target",
            Self::LinkFragment => "link-fragment",
            Self::ImageText => "image-text",
            Self::TableCaption => "table-caption",
            Self::TableScope => "table-scope",
            Self::ControlLabel => "control-label",
            Self::Zoom => "zoom",
            Self::OtherHost => "other-host",
            Self::Inline => "inline",
        }
    }

    /// What it asks, as people read it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Language => "ページの言語が指定されている",
            Self::Title => "ページに題名（title）がある",
            Self::TitleUnique => "題名がほかのページと重ならない",
            Self::OneTopHeading => "いちばん上の見出し（h1）が一つだけある",
            Self::HeadingLevel => "見出しの段階を飛ばしていない",
            Self::HeadingText => "見出しに文字がある",
            Self::Landmarks => "ヘッダー、本文、フッターの区画がある",
            Self::SkipLink => "最初のリンクで本文へ移動できる",
            Self::UniqueId => "同じ id をページの中で二度使っていない",
            Self::Reference => "ほかの要素を指す属性（aria-labelledby など）の指す先がある",
            Self::LinkText => "リンクとボタンに名前がある",
            Self::LinkTarget => "サイトの中へのリンクの先がある",
            Self::LinkFragment => "ページの中の場所へのリンクの先がある",
            Self::ImageText => "画像に代替テキストの指定がある",
            Self::TableCaption => "表に題（caption）がある",
            Self::TableScope => "表に見出しのセルがあり、どの行・列の見出しかを示している",
            Self::ControlLabel => "入力欄にラベルがある",
            Self::Zoom => "拡大を妨げていない",
            Self::OtherHost => "ほかのサーバーから何も読み込まない",
            Self::Inline => "HTML の中にスタイルやスクリプトを直接書いていない",
        }
    }

    /// The 達成基準 that it has to do with; none where it is good practice or about safety.
    pub const fn criteria(self) -> &'static [&'static str] {
        match self {
            Self::Language => &["3.1.1"],
            Self::Title | Self::TitleUnique => &["2.4.2"],
            Self::OneTopHeading | Self::HeadingLevel | Self::TableCaption | Self::TableScope => &["1.3.1"],
            Self::HeadingText => &["1.3.1", "2.4.6"],
            Self::Landmarks | Self::SkipLink => &["2.4.1"],
            Self::UniqueId => &["4.1.1"],
            Self::Reference => &["1.3.1", "4.1.2"],
            Self::LinkText => &["2.4.4", "4.1.2"],
            Self::ImageText => &["1.1.1"],
            Self::ControlLabel => &["1.3.1", "3.3.2", "4.1.2"],
            Self::Zoom => &["1.4.4"],
            Self::LinkTarget | Self::LinkFragment | Self::OtherHost | Self::Inline => &[],
        }
    }

    /// Its place in [`Rule::ALL`].
    pub(super) fn index(self) -> usize {
        Self::ALL.iter().position(|rule| *rule == self).unwrap_or_default()
    }
}

impl Serialize for Rule {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_its_place_and_its_own_id() {
        for (at, rule) in Rule::ALL.into_iter().enumerate() {
            assert_eq!(rule.index(), at);
            assert!(Rule::ALL[..at].iter().all(|other| other.id() != rule.id()), "{}", rule.id());
        }
    }
}
