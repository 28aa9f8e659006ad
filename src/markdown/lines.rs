//! What becomes of a line break within a paragraph.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What a line break becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Break {
    /// The line goes on: Japanese is written without blanks.
    Nothing,
    /// A blank between words.
    Blank,
    /// A new line: the author enumerates line by line.
    Line,
}

/// Signs that begin a line of an enumeration.
const MARKS: &[char] = &[
    '・', '･', '●', '○', '◯', '◎', '■', '□', '◆', '◇', '▲', '△', '▼', '▽', '★', '☆', '※', '【', '＜', '<',
    '〒',
];

/// What becomes of a line break between `before` and the text of the next line.
pub(super) fn break_between(before: Option<char>, next: &str) -> Break {
    // A full-width blank at the start of a line is the indent of a new paragraph.
    if next.starts_with('\u{3000}') || is_enumerated(next) {
        return Break::Line;
    }
    let (Some(before), Some(after)) = (before, next.chars().next()) else { return Break::Nothing };
    if is_wide(before) || is_wide(after) { Break::Nothing } else { Break::Blank }
}

/// Whether a Japanese line is one of its own, which its author ended: after a full stop, a heading in brackets, or where much of
/// the line below would have had room.
pub(super) fn is_whole(line: &str, below: &str) -> bool {
    let (line, below) = (line.trim(), below.trim());
    if !line.contains(is_wide) {
        return false;
    }
    let has_room = 2 * line.width() < below.width() && below.starts_with(is_wide);
    line.ends_with(['。', '＞', '>', '】', '》']) || has_room
}

/// Whether a line begins like an entry of an enumeration: a mark, a circled number, a number or kana with a bracket or stop.
fn is_enumerated(line: &str) -> bool {
    let Some(first) = line.chars().next() else { return false };
    // ①-⑳, ⑴-⒇, ⒈-⒛; ❶-❿; ㉑-㉟; ㋐-㋾.
    let is_number_sign = matches!(first, '\u{2460}'..='\u{249B}' | '\u{24EA}' | '\u{2776}'..='\u{2793}'
        | '\u{3251}'..='\u{325F}' | '\u{32D0}'..='\u{32FE}');
    MARKS.contains(&first)
        || is_number_sign
        || has_brackets(line)
        || has_stop(line)
        || has_name(line)
        || has_contact(line)
}

/// `電話：000-0000`: a name without hiragana, and a colon.
fn has_name(line: &str) -> bool {
    const LONGEST_NAME: usize = 8;
    let Some((name, _)) = line.split_once(['：', ':']) else { return false };
    let is_name = |c: char| is_wide(c) && c.is_alphanumeric() && !('ぁ'..='ゖ').contains(&c);
    !name.is_empty() && name.chars().count() <= LONGEST_NAME && name.chars().all(is_name)
}

/// `電話 000-0000`, `ＦＡＸ（代表）000-0000`, `E-mail a@example.jp`: what a contact begins with, and its number or address. In
/// prose (「電話番号を入力する」) something else follows.
fn has_contact(line: &str) -> bool {
    const LABELS: &[&str] = &[
        "電話番号",
        "電話",
        "tel",
        "fax番号",
        "fax",
        "ファックス番号",
        "ファックス",
        "ファクス番号",
        "ファクス",
        "ファクシミリ番号",
        "ファクシミリ",
        "電子メールアドレス",
        "電子メール",
        "eメールアドレス",
        "eメール",
        "メールアドレス",
        "メール",
        "e-mail",
        "受付時間",
    ];
    const LONGEST_CONTACT: usize = 40;
    let folded: String = line.chars().take(LONGEST_CONTACT).map(half_width).collect();
    let Some((label, rest)) = LABELS.iter().find_map(|label| Some((*label, folded.strip_prefix(label)?)))
    else {
        return false;
    };
    let rest = behind_brackets(rest);
    let begins_number = rest.starts_with(['0', '+']) || label == "受付時間" && rest.starts_with(is_digit);
    let begins_address = rest.starts_with(|c: char| c.is_ascii_alphanumeric()) && rest.contains('@');
    rest.starts_with([':', ' ', '\t', '.', '/']) || begins_number || begins_address
}

/// What follows a note in brackets: `（代表）000-0000`. The brackets of an area code, `(000)`, are part of the number.
fn behind_brackets(text: &str) -> &str {
    let Some((inner, behind)) = text.strip_prefix('(').and_then(|text| text.split_once(')')) else {
        return text;
    };
    if inner.starts_with(is_digit) { &text[1..] } else { behind }
}

/// The lower-case half-width sign.
fn half_width(c: char) -> char {
    let narrow = match c {
        '\u{3000}' => ' ',
        '！'..='～' => u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(c),
        '‐' | '‑' | '–' | '−' => '-',
        _ => c,
    };
    narrow.to_ascii_lowercase()
}

/// `(1)`, `（１）`, `(ア)`, `（一）`.
fn has_brackets(line: &str) -> bool {
    let Some(inner) = line.strip_prefix(['(', '（']) else { return false };
    counter(inner).is_some_and(|rest| rest.starts_with([')', '）']))
}

/// `1)`, `１．`, `ア）`, `ア　`; no decimal (`1.5`) and no word (`ア`).
fn has_stop(line: &str) -> bool {
    let Some(rest) = counter(line) else { return false };
    if rest.starts_with([')', '）']) {
        return true;
    }
    let is_kana = line.starts_with(is_katakana);
    if is_kana && rest.starts_with('\u{3000}') {
        return true;
    }
    let Some(text) = rest.strip_prefix(['.', '．']) else { return false };
    !text.is_empty() && !text.starts_with(is_digit)
}

/// What follows a number of one or two digits, one katakana or one kanji numeral.
fn counter(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(is_digit);
    let digits = text[..text.len() - rest.len()].chars().count();
    if digits > 0 {
        return (digits <= 2).then_some(rest);
    }
    text.strip_prefix(|c| is_katakana(c) || "一二三四五六七八九十".contains(c))
}

fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

fn is_katakana(c: char) -> bool {
    matches!(c, 'ア'..='ン' | 'ｱ'..='ﾝ')
}

/// Whether a sign takes the width of a kanji. Hangul is as wide but written with blanks.
pub(super) fn is_wide(c: char) -> bool {
    let is_hangul = matches!(c, '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{AC00}'..='\u{D7FF}');
    let is_half_width_kana = matches!(c, '\u{FF61}'..='\u{FF9F}');
    // …, ― and ① are narrow to Unicode, but no Japanese writer puts a blank beside them.
    let is_japanese_sign =
        matches!(c, '…' | '―' | '‥' | '\u{2460}'..='\u{24FF}' | 'Ⅰ'..='Ⅻ' | '○' | '●' | '※');
    !is_hangul && (c.width() == Some(2) || is_half_width_kana || is_japanese_sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(before: char, next: &str, expected: Break) {
        assert_eq!(break_between(Some(before), next), expected, "{before}|{next}");
    }

    #[test]
    fn wrapped_japanese_is_joined_and_words_are_kept_apart() {
        check('把', "握する", Break::Nothing);
        check('、', "Windows", Break::Nothing);
        check('s', "システム", Break::Nothing);
        check('a', "word", Break::Blank);
        check('한', "국", Break::Blank);
        check('。', "「予防」", Break::Nothing);
    }

    #[test]
    fn a_line_that_its_author_ended_stays_one() {
        let prose = "受付の後に、別の職員がもう一度台帳と照らし合わせて、";
        for line in
            ["②窓口での受付", "＜窓口における措置＞", "別の職員がもう一度台帳と照らし合わせて確かめる。"]
        {
            assert!(is_whole(line, prose), "{line}");
        }
        for (line, below) in [
            (prose, prose),
            ("対象者を把", "握する。"),
            ("a short line", prose),
            ("", prose),
            ("窓口", "https://example.jp/a/long/address"),
        ] {
            assert!(!is_whole(line, below), "{line}");
        }
    }

    #[test]
    fn enumerations_stay_line_by_line() {
        for line in [
            "・住所",
            "※注",
            "①把握",
            "【備考】",
            "＜対象＞",
            "<対象>",
            "(1) 把握",
            "（１）把握",
            "（ア）把握",
            "1)把握",
            "２．管理",
            "2. 管理",
            "ア）管理",
            "ア　管理",
            "イ．管理",
            "●システム",
            "　次の段落",
            "（一）把握",
            "⑴把握",
            "電話：000-0000",
            "メール: a@example.jp",
        ] {
            check('。', line, Break::Line);
        }
    }

    #[test]
    fn contacts_stay_line_by_line() {
        for line in [
            "〒000-0000 みほん市",
            "電話 000-0000-0000",
            "電話　000-0000-0000",
            "電話000-0000-0000",
            "電話番号 000-0000",
            "電話（代表）000-0000",
            "電話（000）0000-0000",
            "TEL 000-0000",
            "Tel.000-0000",
            "ＴＥＬ０００－００００",
            "FAX 000-0000",
            "ＦＡＸ　000-0000",
            "FAX：000-0000",
            "ファクス 000-0000",
            "ファックス番号 000-0000",
            "電子メール a@example.jp",
            "電子メールa@example.jp",
            "メール a@example.jp",
            "E-mail: a@example.jp",
            "Ｅ－ｍａｉｌ a@example.jp",
            "Eメール a@example.jp",
            "受付時間 8時30分から",
            "受付時間8時30分から",
            "受付時間（平日）：8時30分から",
        ] {
            check('）', line, Break::Line);
        }
    }

    #[test]
    fn prose_about_contacts_is_joined() {
        for line in [
            "電話番号を入力する",
            "電話又は窓口で",
            "電話",
            "電話（内線を含む。）による",
            "電話2台を置く",
            "FAX送信の前に",
            "メールの送信",
            "メールサーバ",
            "telephone",
            "受付時間を過ぎた",
        ] {
            check('、', line, Break::Nothing);
        }
    }

    #[test]
    fn prose_that_looks_like_an_enumeration_is_joined() {
        for line in [
            "1.5倍",
            "アクセス権限",
            "（別添）",
            "2023年",
            "123)",
            "一般",
            "１件",
            "（個人番号）",
            "３",
            "次のとおり：把握",
            "10:30に",
        ] {
            check('は', line, Break::Nothing);
        }
    }
}
