//! What differs between two texts, made for reading: sentence against sentence first, then within a sentence, on Japanese text
//! that has no blanks; lines that only moved are shown as moved.
//!
//! Texts are Markdown. They are compared as blocks of plain text (paragraphs, list entries, rows of tables), so that a diff
//! never cuts through markup. Plain data, without HTML: `site` makes markup of it.

/// Two texts compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Comparison {
    /// The texts have so little in common that a diff would only confuse: both are to be shown.
    Unlike,
    /// The texts in one, block by block in reading order.
    Inline(Vec<Block>),
}

/// A paragraph, a list entry or the like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Whether it is in one of the texts only.
    pub state: BlockState,
    /// Its text in parts. Of a block in both texts, the parts tell what differs.
    pub pieces: Vec<Piece>,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// A paragraph, or a line of one that its author kept apart.
    Paragraph,
    /// A heading inside the text.
    Heading,
    /// An entry of a list, with its depth from 1; its mark is part of the text where it is a number.
    Entry(u8),
    /// A row of a table, its cells parted by ` | `.
    Row,
}

/// What became of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockState {
    /// It is in both texts at this place.
    Kept,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It stood elsewhere in the text before.
    MovedHere,
    /// It stands elsewhere in the text now.
    MovedAway,
}

/// A part of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Whether it is in one of the texts only.
    pub state: PieceState,
    /// Plain text.
    pub text: String,
}

/// What became of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PieceState {
    /// It is in both texts.
    Kept,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
}

/// Compares two texts.
pub fn compare(_before: &str, _after: &str) -> Comparison {
    Comparison::Unlike
}
