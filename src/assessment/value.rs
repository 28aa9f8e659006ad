//! What an item can hold.

use crate::wareki::CivilDate;

/// The value of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Markdown as authored, without a trailing line break.
    Text(String),
    /// A date of day or month precision.
    Date(CivilDate),
    /// The label of the chosen option, spelt as the form prints it.
    Choice(String),
    /// The ticked boxes in the form's order.
    Checks(Vec<Tick>),
    /// A number of entries.
    Count(u32),
    /// A box that is ticked or not.
    Flag(bool),
    /// Images in the order of the document.
    Figures(Vec<Figure>),
    /// What was written where the item's type asks for something else, e.g. a word that is no option.
    Unfit(String),
}

impl Value {
    /// Whether nothing is written.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) | Self::Unfit(text) => text.trim().is_empty(),
            Self::Checks(ticks) => ticks.is_empty(),
            Self::Figures(figures) => figures.is_empty(),
            Self::Date(_) | Self::Choice(_) | Self::Count(_) | Self::Flag(_) => false,
        }
    }
}

/// One ticked box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    /// Label, spelt as the form prints it.
    pub label: String,
    /// What stands in its parenthesis; none where the box has none or it is blank.
    pub text: Option<String>,
}

/// One image of 別添1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Path of the image, relative to the assessment's directory, e.g. `figures/flow.svg`.
    pub file: String,
    /// Text alternative: what the image says, for those who cannot see it.
    pub alternative: String,
    /// Caption below the image.
    pub caption: Option<String>,
}
