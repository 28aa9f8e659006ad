//! The opening of a text: as many whole sentences as have room.

use crate::markdown::{self, BlockKind};

/// The first lines of a text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Opening {
    pub(super) lines: Vec<String>,
    /// There is more.
    pub(super) is_cut: bool,
}

/// The sentences of a text that `room` characters hold. A first sentence that is longer is cut behind a comma, with 「…」.
pub(super) fn opening(text: &str, room: usize) -> Opening {
    let mut opening = Opening::default();
    let mut left = room;
    for block in markdown::plain_blocks(text) {
        // The cells of a table say nothing without their heads.
        if block.kind == BlockKind::Row {
            opening.is_cut = true;
            break;
        }
        let mut line = String::new();
        for sentence in sentences(&block.text) {
            let length = sentence.chars().count();
            if length > left {
                opening.is_cut = true;
                break;
            }
            left -= length;
            line.push_str(sentence);
        }
        if opening.is_cut && opening.lines.is_empty() && line.is_empty() {
            line = clause(&block.text, room);
        }
        let line = line.replace('\n', " ");
        opening.lines.extend(Some(line.trim().to_owned()).filter(|line| !line.is_empty()));
        if opening.is_cut {
            break;
        }
    }
    while opening.is_cut && opening.lines.len() > 1 && opening.lines.last().is_some_and(|line| is_bare(line))
    {
        opening.lines.pop();
    }
    opening
}

/// Whether a line is a heading in brackets of which nothing follows.
fn is_bare(line: &str) -> bool {
    const BRACKETS: [(char, char); 7] =
        [('【', '】'), ('＜', '＞'), ('<', '>'), ('〔', '〕'), ('[', ']'), ('［', '］'), ('《', '》')];
    BRACKETS.iter().any(|(open, close)| line.starts_with(*open) && line.ends_with(*close))
}

/// The sentences of a line. What stands in brackets belongs to the sentence around it.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_usize;
    text.split_inclusive(move |sign: char| {
        match sign {
            '（' | '(' | '「' | '『' | '【' => depth += 1,
            '）' | ')' | '」' | '』' | '】' => depth = depth.saturating_sub(1),
            _ => {}
        }
        sign == '。' && depth == 0
    })
}

/// What of a sentence fits, up to a comma where there is one.
fn clause(text: &str, room: usize) -> String {
    let end = text.char_indices().nth(room).map_or(text.len(), |(at, _)| at);
    let fits = &text[..end];
    let kept = fits.rfind(['、', '，']).map_or(fits, |comma| &fits[..comma]);
    format!("{kept}…")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(text: &str, room: usize) -> (String, bool) {
        let Opening { lines, is_cut } = opening(text, room);
        (lines.join("／"), is_cut)
    }

    #[test]
    fn a_text_ends_where_a_sentence_does() {
        let text = "台帳を作る。名簿を送る（月末に送る。）。記録を消す。";
        assert_eq!(cut(text, 100), (text.to_owned(), false));
        assert_eq!(cut(text, 20), ("台帳を作る。名簿を送る（月末に送る。）。".to_owned(), true));
        assert_eq!(cut(text, 19), ("台帳を作る。".to_owned(), true));
        assert_eq!(cut("一、二を行い、三を行う。", 8), ("一、二を行い…".to_owned(), true));
        assert_eq!(cut("句読点のない文", 3), ("句読点…".to_owned(), true));
    }

    #[test]
    fn lines_stay_lines_and_tables_are_left_to_the_text() {
        assert_eq!(cut("係の名\n\n電話 000", 40), ("係の名／電話 000".to_owned(), false));
        assert_eq!(cut("次の表。\n\n| 一 | 二 |\n|---|---|\n| 三 | 四 |", 40), ("次の表。".to_owned(), true));
        assert_eq!(
            cut("【市】\n\n台帳を消す。\n\n【国】\n\n名簿を消す。", 14),
            ("【市】／台帳を消す。".to_owned(), true)
        );
        for heading in ["【国】", "＜国＞", "<国>", "〔国〕", "[国]"] {
            let text = format!("台帳を消す。\n\n{heading}\n\n名簿を消す。");
            assert_eq!(cut(&text, 11), ("台帳を消す。".to_owned(), true), "{heading}");
        }
        assert_eq!(cut("", 40), (String::new(), false));
    }

    proptest! {
        #[test]
        fn no_opening_is_longer_than_its_room(text in "[あい、。（）「\n]{0,80}", room in 1_usize..40) {
            let Opening { lines, is_cut } = opening(&text, room);
            let length: usize = lines.iter().map(|line| line.chars().count()).sum();
            prop_assert!(length <= room + 1, "{lines:?}");
            prop_assert!(is_cut || lines.iter().all(|line| !line.ends_with('…')));
        }
    }
}
