//! The ways of pointing at an item that published tables show, and how often each is met.

use crate::dice::Dice;

/// How the rows of one day are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Style {
    /// Title of the section, numbered title, title of the risk, number and label: `Ⅱ 特定個人情報ファイルの概要 3. … ⑧使用方法`.
    Long,
    /// The same without the titles of risks.
    LongNoRisk,
    /// The same with the name of the sheet's tab for the title of the section.
    Tab,
    /// `II-3 ⑧使用方法`.
    Hyphen,
    /// `Ⅱ３⑧使用方法　情報の突合`.
    Fused,
    /// `Ⅱ ３　⑧使用方法`.
    FusedBlank,
    /// `Ⅲ７リスク１⑤　具体的な対策の内容`: a number stands for its label.
    NumberOnly,
    /// `Ⅱ－３－⑧ 使用方法`.
    Chain,
    /// `3. 使用方法 情報の突合`: no section and no circled number.
    Bare,
}

impl Style {
    /// A style by its share of the published rows; the form without ① is met in 様式2 and 様式3 only.
    pub(crate) fn drawn(dice: &mut Dice, is_full_form: bool) -> Self {
        let bare = if is_full_form { 0 } else { 25 };
        let shares = [
            (Self::Long, 34),
            (Self::LongNoRisk, 8),
            (Self::Tab, 8),
            (Self::Hyphen, 10),
            (Self::Fused, 18),
            (Self::FusedBlank, 6),
            (Self::NumberOnly, 6),
            (Self::Chain, 10),
            (Self::Bare, bare),
        ];
        let mut left = dice.roll(shares.iter().map(|(_, share)| share).sum());
        for (style, share) in shares {
            if left < share {
                return style;
            }
            left -= share;
        }
        Self::Long
    }

    /// Whether titles are written out.
    pub(crate) fn is_long(self) -> bool {
        matches!(self, Self::Long | Self::LongNoRisk | Self::Tab)
    }

    /// Whether parts stand beside each other without a blank.
    pub(crate) fn is_fused(self) -> bool {
        matches!(self, Self::Fused | Self::FusedBlank | Self::NumberOnly)
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Long => "A  long path",
            Self::LongNoRisk => "A' without risk title",
            Self::Tab => "D  tab name",
            Self::Hyphen => "B  hyphen",
            Self::Fused => "C  fused",
            Self::FusedBlank => "C  fused with blanks",
            Self::NumberOnly => "C' number only",
            Self::Chain => "-  chain of numbers",
            Self::Bare => "3  no section, no ①",
        }
    }
}
