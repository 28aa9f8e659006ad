//! Messages quote what people wrote, and people write anything: line breaks, control signs, a whole chapter.

/// A message longer than this has its long quotations cut.
const LONG_MESSAGE: usize = 300;
/// A longer quotation is cut,
const LONG_QUOTE: usize = 60;
/// to this many characters.
const CUT_QUOTE: usize = 40;

/// The message as one line without control signs, with long quotations (「…」) cut.
pub(super) fn tidy(message: String) -> String {
    if message.len() <= LONG_MESSAGE && !message.contains(char::is_control) {
        return message;
    }
    let line: String = message.chars().map(plain).collect();
    if line.chars().count() <= LONG_MESSAGE {
        return line;
    }
    let mut out = String::new();
    for (number, part) in line.split('「').enumerate() {
        if number > 0 {
            out.push('「');
        }
        let (quote, rest) = match part.find('」').filter(|_| number > 0) {
            Some(end) => part.split_at(end),
            None if number > 0 => (part, ""),
            None => ("", part),
        };
        if quote.chars().count() > LONG_QUOTE {
            out.extend(quote.chars().take(CUT_QUOTE));
            out.push('…');
        } else {
            out.push_str(quote);
        }
        out.push_str(rest);
    }
    out
}

fn plain(sign: char) -> char {
    match sign {
        '\n' | '\r' | '\t' => ' ',
        sign if sign.is_control() => char::REPLACEMENT_CHARACTER,
        sign => sign,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_are_cut_and_control_signs_are_gone() {
        let message = format!("「{}」は選択肢にありません", "あ".repeat(5000));
        assert_eq!(tidy(message), format!("「{}…」は選択肢にありません", "あ".repeat(CUT_QUOTE)));
        assert_eq!(tidy("「a\nb\u{1b}[31m」がありません".to_owned()), "「a b\u{FFFD}[31m」がありません");
        assert_eq!(tidy("「短い」".to_owned()), "「短い」");
    }
}
