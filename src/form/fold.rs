//! Folding: the comparison key of a label, in which typographic noise does not matter.
//!
//! Width, blanks and ※ are noise. The circled numbers are not: NFKC would turn 「リスク1⑨」 into 「リスク19」, so they and the
//! roman section numbers keep their own signs. Folded text is for comparing only and is never shown or stored.

use unicode_normalization::UnicodeNormalization;

/// The comparison key of a label or an option: no blanks, no ※, one width, one spelling of dashes and waves.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        fold_char(c, &mut out);
    }
    // Half-width katakana carry their voicing as a sign of its own, which NFKC leaves as a combining mark.
    if out.contains(['\u{3099}', '\u{309A}']) {
        return out.nfc().collect();
    }
    out
}

fn fold_char(c: char, out: &mut String) {
    match c {
        // Nearly all there is: kana, kanji, letters and digits, which fold to themselves or to the half-width sign.
        'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | '一'..='鿿' | '0'..='9' | 'A'..='Z' | 'a'..='z' => {
            out.push(c);
        }
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => {
            out.extend(half_width(c));
        }
        '※' => {}
        c if c.is_whitespace() || c == '\u{200B}' || c == '\u{FEFF}' => {}
        // ①–⑳ and the roman numerals Ⅰ–Ⅻ identify items.
        '①'..='⑳' | 'Ⅰ'..='Ⅻ' => out.push(c),
        '〜' | '～' | '∼' => out.push('~'),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '－' | 'ｰ' | '─' => out.push('-'),
        '〇' | '◯' => out.push('○'),
        '･' => out.push('・'),
        // The full-width comma is a mark of a number after a digit (１，０００人), else a mark of a sentence.
        '，' if out.ends_with(|before: char| before.is_ascii_digit()) => out.push(','),
        '、' | '，' | '､' => out.push('、'),
        '。' | '．' | '｡' => out.push('.'),
        '<' | '＜' | '〈' => out.push('<'),
        '>' | '＞' | '〉' => out.push('>'),
        '“' | '”' | '＂' => out.push('"'),
        _ => out.extend(std::iter::once(c).nfkc()),
    }
}

/// The half-width sign of a full-width letter or digit.
fn half_width(c: char) -> Option<char> {
    const DISTANCE: u32 = '０' as u32 - '0' as u32;
    char::from_u32(u32::from(c) - DISTANCE)
}

/// Like [`fold`], with katakana as hiragana: for nearest-match suggestions, where ハイ and はい are close.
pub fn fold_kana(text: &str) -> String {
    fold(text)
        .chars()
        .map(|c| match c {
            'ァ'..='ヶ' => char::from_u32(u32::from(c) - 0x60).unwrap_or(c),
            _ => c,
        })
        .collect()
}

/// The letters and digits of a text by which it is compared: folded, without marks, blanks and the numbers of lists.
pub fn letters(text: &str) -> String {
    fold(text).chars().filter(|c| is_letter(*c)).collect()
}

fn is_letter(c: char) -> bool {
    match c {
        // Nearly all there is.
        'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | '一'..='鿿' | '0'..='9' | 'A'..='Z' | 'a'..='z' => true,
        '①'..='⑳' => false,
        _ => c.is_alphanumeric(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_blanks_and_kome_do_not_matter() {
        assert_eq!(fold("（　）件"), fold("( )件"));
        assert_eq!(fold("②事務の内容　※"), fold("②事務の内容"));
        assert_eq!(fold("システム２～５"), fold("システム2〜5"));
        assert_eq!(fold("１，０００人未満"), fold("1,000人未満"));
        assert_eq!(fold("住所，氏名"), fold("住所、氏名"));
    }

    #[test]
    fn the_short_way_is_the_long_way() {
        for c in ('ぁ'..='ゖ').chain('ァ'..='ヺ').chain('一'..='鿿').chain('0'..='z').chain('０'..='ｚ')
        {
            let long: String = std::iter::once(c).nfkc().collect();
            if c.is_alphanumeric() {
                assert_eq!(fold(&c.to_string()), long, "{c}");
            }
        }
    }

    #[test]
    fn letters_are_what_is_alphanumeric() {
        for c in ('\0'..='\u{FFFF}').filter(|c| fold(&c.to_string()) == c.to_string()) {
            let is_letter = c.is_alphanumeric() && !('①'..='⑳').contains(&c);
            assert_eq!(!letters(&c.to_string()).is_empty(), is_letter, "{c}");
        }
    }

    #[test]
    fn circled_numbers_stay_apart_from_digits() {
        assert_ne!(fold("リスク1⑨"), fold("リスク19"));
        assert_ne!(fold("Ⅲ"), fold("III"));
    }

    #[test]
    fn kana_are_folded_for_suggestions_only() {
        assert_eq!(fold_kana("ハイ"), fold_kana("はい"));
        assert_ne!(fold("ハイ"), fold("はい"));
    }
}
