//! What differs between two texts, as markup.

use crate::diff::{Block, PieceState};
use crate::site::theme::Theme;

/// The blocks of a comparison as HTML.
pub(super) fn html(blocks: &[Block], _theme: &Theme) -> String {
    let mut out = String::new();
    for piece in blocks.iter().flat_map(|block| &block.pieces) {
        let _ = PieceState::Kept;
        out.push_str(&piece.text);
    }
    out
}
