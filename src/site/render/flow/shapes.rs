//! What a drawing is made of: frames, labels, rules and lines with arrows, each with its place.

use crate::flow::Carrier;

/// A drawing as shapes.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    pub(super) height: i32,
    pub(super) frames: Vec<Frame>,
    pub(super) labels: Vec<Label>,
    pub(super) rules: Vec<Rule>,
    pub(super) channels: Vec<Channel>,
    /// Something is not drawn but counted.
    pub(super) is_cut: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rect {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) width: i32,
    pub(super) height: i32,
}

#[derive(Debug)]
pub(super) struct Frame {
    pub(super) rect: Rect,
    pub(super) look: FrameLook,
    /// The frame around it.
    pub(super) inside: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FrameLook {
    /// Somebody or something.
    Plain,
    /// The organisation that does the 事務.
    Agency,
    /// The 特定個人情報ファイル.
    File,
    /// Nobody, or not stated.
    Empty,
}

#[derive(Debug)]
pub(super) struct Label {
    pub(super) rect: Rect,
    pub(super) letters: Letters,
    pub(super) lines: Vec<String>,
    pub(super) inside: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Letters {
    /// Names.
    Strong,
    /// What belongs to a name.
    Plain,
    /// Smaller: what kind of thing it is.
    Note,
    /// A means of travel, in the middle of its room.
    Way,
}

impl Letters {
    pub(super) const ALL: [Self; 4] = [Self::Strong, Self::Plain, Self::Note, Self::Way];

    pub(super) fn size(self) -> i32 {
        match self {
            Self::Strong => 15,
            Self::Plain => 14,
            Self::Note | Self::Way => 13,
        }
    }

    pub(super) fn line_height(self) -> i32 {
        match self {
            Self::Strong => 22,
            Self::Plain => 20,
            Self::Note => 19,
            Self::Way => 17,
        }
    }
}

/// A thin line between two rows of a frame.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) width: i32,
    pub(super) inside: usize,
}

/// A line with an arrow: information that travels by one means.
#[derive(Debug)]
pub(super) struct Channel {
    pub(super) from: i32,
    pub(super) to: i32,
    pub(super) y: i32,
    pub(super) look: ChannelLook,
}

/// How a line looks: it goes with what carries the information.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ChannelLook {
    Line,
    Hand,
    Other,
    /// The form asks for the means, and the document does not say.
    Unstated,
    /// The form does not ask.
    Unasked,
}

impl From<Carrier> for ChannelLook {
    fn from(carrier: Carrier) -> Self {
        match carrier {
            Carrier::Line => Self::Line,
            Carrier::Hand => Self::Hand,
            Carrier::Other => Self::Other,
        }
    }
}
