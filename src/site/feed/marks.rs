//! Diffs for readers of feeds, which have no style sheet: the words that a page hides and speaks become short marks that are seen.

use super::content::escaped;
use crate::site::Theme;
use crate::site::render::{diff_hidden, diff_label};

/// A diff as pages have it, with 〔削除：…〕 and 〔追加：…〕 around what differs. `<del>` and `<ins>` stay, for readers that show them.
///
/// It is changed and not rendered again, because the diff is made once for all pages and costs more than they do. No text can be mistaken
/// for a mark: texts are escaped.
pub(super) fn visible(theme: &Theme, diff: &str) -> String {
    let hidden = |key: &str| diff_hidden(theme, key);
    let shown = |key: &str| escaped(theme.word(key));
    let pairs = [
        (format!("<ins>{}", hidden("diff_added_from")), format!("<ins>{}", shown("feed_added_from"))),
        (format!("{}</ins>", hidden("diff_added_to")), format!("{}</ins>", shown("feed_mark_end"))),
        (format!("<del>{}", hidden("diff_removed_from")), format!("<del>{}", shown("feed_removed_from"))),
        (format!("{}</del>", hidden("diff_removed_to")), format!("{}</del>", shown("feed_mark_end"))),
        (diff_label(theme, "diff_moved_here"), shown("feed_moved_here")),
        (diff_label(theme, "diff_moved_away"), shown("feed_moved_away")),
    ];
    pairs.iter().fold(diff.to_owned(), |diff, (from, to)| diff.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::{Comparison, compare};
    use crate::site::render::diff_html;

    #[track_caller]
    fn check(before: &str, after: &str, expected: &str) {
        let theme = Theme::load(&[]).unwrap();
        let Comparison::Inline(blocks) = compare(before, after) else { panic!("unlike") };
        assert_eq!(
            visible(&theme, &diff_html(&theme, &blocks)),
            format!("<div class=\"diff\">{expected}</div>")
        );
    }

    #[test]
    fn what_differs_is_told_in_signs() {
        check(
            "鍵は係長が預かる。",
            "鍵は課長が預かる。\n\n<毎日>点検する。",
            "<p>鍵は<del>〔削除：係長〕</del><ins>〔追加：課長〕</ins>が預かる。</p><p class=\"added\"><ins>〔追加：&lt;毎日&gt;点検する。〕</ins></p>",
        );
    }

    #[test]
    fn what_moved_says_so_and_a_text_is_never_a_mark() {
        check(
            "- 事故の報告に関する手順\n- 秘密の保持に関する<ins>追加ここから規定",
            "- 秘密の保持に関する<ins>追加ここから規定\n- 事故の報告に関する手順",
            "<ul><li class=\"moved away\">〔移動元〕事故の報告に関する手順</li>\
             <li>秘密の保持に関する&lt;ins&gt;追加ここから規定</li>\
             <li class=\"moved here\">〔移動先〕事故の報告に関する手順</li></ul>",
        );
    }
}
