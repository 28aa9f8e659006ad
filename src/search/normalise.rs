//! What two spellings have in common: the comparison key of texts and queries. `assets/search-index.js` does the same in the browser; the
//! cases in `vectors.json` hold both to it.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Stands between two fields of an item, so that no word is found across them.
pub const FIELD: char = '\u{1F}';

/// NFKC, lower case, no blanks, one dash, one wave; the signs of Markdown emphasis, code and tables are left out.
///
/// A text is taken cluster by cluster, a character and the marks that belong to it, so that places in the result can be traced back.
pub fn normalise(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    let mut cluster = String::new();
    while let Some(first) = rest.next() {
        let is_alone = rest.peek().is_none_or(|next| !is_attached(*next));
        if is_alone && is_itself(first) {
            out.push(first);
            continue;
        }
        cluster.clear();
        cluster.push(first);
        while let Some(mark) = rest.next_if(|next| is_attached(*next)) {
            cluster.push(mark);
        }
        out.extend(cluster.nfkc().flat_map(char::to_lowercase).filter_map(fold));
    }
    out
}

/// Whether a character belongs to the one before it: marks, the half-width voicing signs, the later letters of a Hangul syllable.
pub(super) fn is_attached(c: char) -> bool {
    match c {
        '\0'..='\u{2FF}' | '一'..='鿿' => false,
        'ﾞ' | 'ﾟ' | '\u{1160}'..='\u{11FF}' => true,
        c => is_combining_mark(c),
    }
}

/// Nearly all there is: characters that stay as they are.
fn is_itself(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '一'..='鿿' | '0'..='9' | 'a'..='z' | FIELD)
}

/// The one sign that stands for many; none for what does not count.
fn fold(c: char) -> Option<char> {
    match c {
        '*' | '`' | '\\' | '|' | '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' => None,
        c if c.is_whitespace() => None,
        'ー' | '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{2500}' | '\u{2501}' => Some('-'),
        '\u{301C}' | '\u{223C}' | '\u{223D}' | '\u{3030}' => Some('~'),
        '〇' | '◯' => Some('○'),
        '、' => Some(','),
        '。' => Some('.'),
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_cases_that_the_script_is_held_to() {
        let cases: Vec<(String, String)> = serde_json::from_str(include_str!("vectors.json")).unwrap();
        assert!(cases.len() > 20);
        for (text, expected) in cases {
            assert_eq!(normalise(&text), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn twice_is_once(text in "[ぁ-んァ-ヶー一-龥ｦ-ﾝ①-⑳Ⅰ-Ⅻ㈱０-９Ａ-Ｚ 　A-Za-z0-9「」（）、。〜～-]{0,40}") {
            let once = normalise(&text);
            prop_assert_eq!(normalise(&once), once);
        }

        /// Taking clusters one by one is the same as taking the whole, which is what NFKC means.
        #[test]
        fn clusters_are_the_whole(text in "\\PC{0,40}") {
            let whole: String =
                text.nfkc().flat_map(char::to_lowercase).filter_map(fold).collect();
            prop_assert_eq!(normalise(&text), whole);
        }

        #[test]
        fn a_field_ends_every_word(a in "\\PC{0,20}", b in "\\PC{0,20}") {
            let joined = normalise(&format!("{a}{FIELD}{b}"));
            prop_assert!(joined.contains(FIELD));
        }
    }
}
