//! A text as its reader sees it, for telling whether two texts say the same: without Markdown, width and blanks. What may change the
//! sense stays: a blank or a line end between two digits, a number that was raised or drawn in a circle, and where links lead.

use unicode_normalization::UnicodeNormalization;

use crate::form::fold;
use crate::markdown::{links, plain_blocks};

/// Stands between two numbers that blanks parted: 「1 2件」 is not 「12件」.
const GAP: char = ' ';

/// The comparison key of a Markdown text. Texts with the same key differ in nothing that a reader sees but width, blanks, ※, the
/// points of entries and the last full stop.
pub(super) fn key(text: &str) -> String {
    let mut key = Key::default();
    for block in plain_blocks(text) {
        key.begin();
        key.push(without_point(&block.text));
    }
    // A text of signs that draw a line, e.g. 「---」, shows no letters and is still an answer.
    if key.out.is_empty() {
        key.push(text);
    }
    key.out.truncate(key.out.trim_end_matches('.').len());
    key.out
}

/// Whether two texts say the same to their readers.
pub(super) fn is_same(before: &str, after: &str) -> bool {
    before == after || key(before) == key(after) && lead_alike(before, after)
}

/// Whether the links of two texts lead to the same places. A text that became a link, or is none any more, says what it said.
fn lead_alike(before: &str, after: &str) -> bool {
    let (before, after) = (targets(before), targets(after));
    before.is_empty() || after.is_empty() || before == after
}

/// Where the links of a text lead: addresses, and the items that `[[…]]` names.
fn targets(text: &str) -> Vec<String> {
    if !text.contains(['[', '<']) {
        return Vec::new();
    }
    let addresses = text.split("](").skip(1).filter_map(|rest| rest.split([')', ' ']).next());
    let items = links(text).into_iter().map(|(_, target)| target);
    addresses.chain(items).map(fold).collect()
}

/// A line without the point of an entry: 「・」 and `- ` are the same list, typed in two ways.
fn without_point(text: &str) -> &str {
    text.trim_start().strip_prefix(['・', '･', '•']).unwrap_or(text)
}

/// Writes a key.
#[derive(Default)]
struct Key {
    out: String,
    /// Letters that stand together.
    run: String,
    /// Something without a sign of its own stands before the run.
    is_apart: bool,
    /// What was written ends in a number, or in a mark that a number may have inside.
    ends_in_number: bool,
}

impl Key {
    /// Begins a line.
    fn begin(&mut self) {
        self.flush();
        self.is_apart = true;
    }

    fn push(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() || matches!(c, '※' | '\u{200B}' | '\u{FEFF}') {
                self.begin();
            } else if is_drawn_number(c) {
                self.begin();
                self.run.push(c);
                self.begin();
            } else {
                // Folding takes the half-width sign for a dash, because people type it as one behind digits.
                let is_long = c == 'ｰ' && !self.run.ends_with(char::is_numeric);
                self.run.push(if is_long { 'ー' } else { c });
            }
        }
        self.flush();
    }

    fn flush(&mut self) {
        if self.run.is_empty() {
            return;
        }
        let run = std::mem::take(&mut self.run);
        let folded = fold(&run);
        let begins = folded.trim_start_matches(['.', ',']).starts_with(|c: char| c.is_ascii_digit());
        if std::mem::take(&mut self.is_apart) && self.ends_in_number && begins {
            self.out.push(GAP);
        }
        self.out.push_str(&folded);
        let ends = folded.trim_end_matches(['.', ',']).ends_with(|c: char| c.is_ascii_digit());
        self.ends_in_number = ends && !run.ends_with(['。', '｡']);
    }
}

/// A number that is one sign and folds to digits: ², ㉑, ½.
fn is_drawn_number(c: char) -> bool {
    !c.is_ascii() && !('０'..='９').contains(&c) && std::iter::once(c).nfkc().any(|n| n.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_a_text_is_written_does_not_matter() {
        for (before, after) in [
            ("１ 件", "1件"),
            ("**窓口**で受ける。", "窓口で受ける"),
            ("・窓口\n・電話", "- 窓口\n- 電話"),
            ("窓口で\n受ける", "窓口で受ける"),
            ("住所，氏名", "住所、氏名"),
            ("### 見出し\n本文", "見出し\n\n本文"),
            ("ＩＣ カード", "ICカード"),
            ("2。3件", "2。\n3件"),
            ("[[Ⅱ.3.⑧]]による", "Ⅱ.3.⑧による"),
            ("ﾃﾞｰﾀ", "データ"),
        ] {
            assert!(is_same(before, after), "{before}");
        }
    }

    #[test]
    fn what_changes_the_sense_does() {
        for (before, after) in [
            ("1 2件", "12件"),
            ("1\n\n2件", "12件"),
            ("1.5 3", "1.53"),
            ("10²", "102"),
            ("リスク1㉑", "リスク121"),
            ("①", "1"),
            ("保存する", "保存しない"),
            ("[○]紙 [ ]電子", "[ ]紙 [○]電子"),
            ("●紙 ○電子", "○紙 ●電子"),
            ("1. 受付", "2. 受付"),
            ("-5度", "5度"),
            ("[手引](https://example.jp/a)", "[手引](https://example.jp/b)"),
            ("[[Ⅱ.3|別の項目]]", "[[Ⅱ.4|別の項目]]"),
            ("―", ""),
            ("---", ""),
        ] {
            assert!(!is_same(before, after), "{before}");
        }
    }
}
