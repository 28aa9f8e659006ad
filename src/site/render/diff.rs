//! A diff as HTML.
//!
//! Additions and removals are real `<ins>` and `<del>`. Few screen readers announce these, and colour alone tells nothing, so
//! each also begins and ends with words that are visually hidden, and the style sheet underlines and strikes through.

use crate::diff::{Block, BlockKind, BlockState, Piece, PieceState};
use crate::markdown::escape;
use crate::site::theme::Theme;

/// The blocks of a diff, in one element.
pub(in crate::site) fn html(theme: &Theme, blocks: &[Block]) -> String {
    let mut writer = Writer { theme, out: "<div class=\"diff\">".to_owned(), is_list: false };
    for block in blocks {
        writer.block(block);
    }
    writer.list(false);
    writer.out.push_str("</div>");
    writer.out
}

struct Writer<'t> {
    theme: &'t Theme,
    out: String,
    /// A list is open.
    is_list: bool,
}

impl Writer<'_> {
    fn block(&mut self, block: &Block) {
        let is_entry = matches!(block.kind, BlockKind::Entry(_));
        self.list(is_entry);
        let tag = if is_entry { "li" } else { "p" };
        self.out.push('<');
        self.out.push_str(tag);
        self.classes(block);
        self.out.push('>');
        match block.state {
            BlockState::MovedHere => self.out.push_str(&label(self.theme, "diff_moved_here")),
            BlockState::MovedAway => self.out.push_str(&label(self.theme, "diff_moved_away")),
            BlockState::Kept | BlockState::Added | BlockState::Removed => {}
        }
        for piece in &block.pieces {
            self.piece(piece);
        }
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
    }

    /// Opens or closes the list. Entries of all depths are in one, their depth is a class: which entry a removed one stood
    /// below is not known.
    fn list(&mut self, is_wanted: bool) {
        if self.is_list != is_wanted {
            self.out.push_str(if is_wanted { "<ul>" } else { "</ul>" });
            self.is_list = is_wanted;
        }
    }

    fn classes(&mut self, block: &Block) {
        let mut classes: Vec<&str> = Vec::new();
        match block.kind {
            BlockKind::Paragraph => {}
            BlockKind::Heading => classes.push("heading"),
            BlockKind::Row => classes.push("row"),
            BlockKind::Entry(depth) => {
                classes.extend((depth > 1).then_some(if depth == 2 { "deep" } else { "deeper" }));
                classes.extend(is_numbered(block).then_some("numbered"));
            }
        }
        match block.state {
            BlockState::Kept => {}
            BlockState::Added => classes.push("added"),
            BlockState::Removed => classes.push("removed"),
            BlockState::MovedHere => classes.extend(["moved", "here"]),
            BlockState::MovedAway => classes.extend(["moved", "away"]),
        }
        if !classes.is_empty() {
            self.out.push_str(" class=\"");
            self.out.push_str(&classes.join(" "));
            self.out.push('"');
        }
    }

    fn piece(&mut self, piece: &Piece) {
        let (tag, from, to) = match piece.state {
            PieceState::Kept => return escape(&piece.text, &mut self.out),
            PieceState::Added => ("ins", "diff_added_from", "diff_added_to"),
            PieceState::Removed => ("del", "diff_removed_from", "diff_removed_to"),
        };
        self.out.push('<');
        self.out.push_str(tag);
        self.out.push('>');
        self.out.push_str(&hidden(self.theme, from));
        escape(&piece.text, &mut self.out);
        self.out.push_str(&hidden(self.theme, to));
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
    }
}

/// A word of the interface that only speaks.
pub(in crate::site) fn hidden(theme: &Theme, word: &str) -> String {
    span("hidden", theme.word(word)) + "</span>"
}

/// A word of the interface in front of a block.
pub(in crate::site) fn label(theme: &Theme, word: &str) -> String {
    span("label", theme.word(word)) + "</span> "
}

/// The beginning of an element with a text.
fn span(class: &str, text: &str) -> String {
    let mut out = format!("<span class=\"{class}\">");
    escape(text, &mut out);
    out
}

/// Whether an entry has a number of its own instead of a point.
fn is_numbered(block: &Block) -> bool {
    let is_shown = |piece: &&Piece| piece.state != PieceState::Removed || block.state == BlockState::Removed;
    let text: String = block.pieces.iter().filter(is_shown).map(|piece| piece.text.as_str()).collect();
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < text.len() && rest.starts_with(". ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::{Comparison, compare};

    #[track_caller]
    fn check(before: &str, after: &str, expected: &str) {
        let theme = Theme::load(&[]).unwrap();
        let Comparison::Inline(blocks) = compare(before, after) else { panic!("unlike") };
        let hidden = |word: &str| format!("<span class=\"hidden\">{word}</span>");
        let html = html(&theme, &blocks)
            .replace(&hidden("追加ここから"), "[")
            .replace(&hidden("追加ここまで"), "]")
            .replace(&hidden("削除ここから"), "{")
            .replace(&hidden("削除ここまで"), "}");
        assert_eq!(html, format!("<div class=\"diff\">{expected}</div>"));
    }

    #[test]
    fn additions_and_removals_say_what_they_are() {
        check(
            "鍵は係長が預かる。",
            "鍵は課長が預かる。\n\n<毎日>点検する。",
            "<p>鍵は<del>{係長}</del><ins>[課長]</ins>が預かる。</p><p class=\"added\"><ins>[&lt;毎日&gt;点検する。]</ins></p>",
        );
    }

    #[test]
    fn entries_stand_in_lists() {
        check(
            "台帳\n\n1. 受付を記録する簿冊\n   - 控え",
            "台帳\n\n1. 受付を記録する簿冊\n2. 決裁を記録する簿冊\n\n以上",
            "<p>台帳</p><ul><li class=\"numbered\">1. 受付を記録する簿冊</li>\
             <li class=\"deep removed\"><del>{控え}</del></li>\
             <li class=\"numbered added\"><ins>[2. 決裁を記録する簿冊]</ins></li></ul>\
             <p class=\"added\"><ins>[以上]</ins></p>",
        );
    }

    #[test]
    fn moved_blocks_have_a_label() {
        check(
            "## 事項\n\n- 事故の報告に関する手順\n- 秘密の保持に関する規定",
            "## 事項\n\n- 秘密の保持に関する規定\n- 事故の報告に関する手順",
            "<p class=\"heading\">事項</p><ul><li class=\"moved away\"><span class=\"label\">移動元</span> 事故の報告に関する手順</li>\
             <li>秘密の保持に関する規定</li>\
             <li class=\"moved here\"><span class=\"label\">移動先</span> 事故の報告に関する手順</li></ul>",
        );
    }
}
