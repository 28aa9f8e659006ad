//! Whether two texts are the same apart from how they are written, say the same in another order, or are nearly the same.

use super::wordings::without_markdown;
use crate::form::fold;

/// A text as it is compared: folded, without Markdown, the marks of a list and the last full stop. Kana and kanji stay.
pub(super) fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for line in text.lines() {
        key.push_str(&fold(without_mark(line)));
    }
    let mut key = without_markdown(&key);
    key.truncate(key.trim_end_matches('.').len());
    key
}

/// A line without the mark of a list or heading at its beginning: 「・」 and `- ` are the same list, typed in two ways.
fn without_mark(line: &str) -> &str {
    let line = line.trim_start();
    if let Some(rest) = line.strip_prefix(['・', '･']) {
        return rest;
    }
    let rest = line.trim_start_matches('#');
    let rest =
        if rest.len() < line.len() { rest } else { line.strip_prefix(['-', '*', '+']).unwrap_or(line) };
    if rest.starts_with([' ', '\u{3000}']) { rest } else { line }
}

/// Whether only the order of lines, entries of a list or sentences differs.
pub(super) fn is_reordered(before: &str, after: &str) -> bool {
    let (mut before, mut after) = (pieces(before), pieces(after));
    if before.len() < 2 || before.len() != after.len() || before == after {
        return false;
    }
    before.sort_unstable();
    after.sort_unstable();
    before == after
}

/// The sentences and lines of a text, without the numbers of a list: they follow the order.
fn pieces(text: &str) -> Vec<String> {
    let sentences = text.lines().flat_map(|line| line.split_inclusive(['。', '｡']));
    let pieces = sentences.map(key).map(|piece| without_number(&piece).to_owned());
    pieces.filter(|piece| !piece.is_empty()).collect()
}

/// A piece without the number of its entry: 「2.」, 「(2)」, 「②」. Not 「2.5」, which is an amount.
fn without_number(piece: &str) -> &str {
    /// An entry of a list has no more digits.
    const DIGITS: usize = 2;
    if let Some(rest) = piece.strip_prefix(|c| ('①'..='⑳').contains(&c)) {
        return rest;
    }
    let inner = piece.strip_prefix('(').unwrap_or(piece);
    let rest = inner.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = inner.len() - rest.len();
    match rest.strip_prefix(['.', ')']) {
        Some(rest) if (1..=DIGITS).contains(&digits) && !rest.starts_with(|c: char| c.is_ascii_digit()) => {
            rest
        }
        _ => piece,
    }
}

/// The pairs of neighbouring letters of a text, sorted: what two texts have in common is counted in one pass.
pub(super) struct Pairs(Vec<(char, char)>);

impl Pairs {
    pub(super) fn of(key: &str) -> Self {
        let mut pairs: Vec<_> = key.chars().zip(key.chars().skip(1)).collect();
        pairs.sort_unstable();
        Self(pairs)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// How many of a thousand pairs two texts have in common (Sørensen and Dice).
    pub(super) fn in_common(&self, other: &Self) -> usize {
        let (mut a, mut b, mut common) = (0, 0, 0);
        while let (Some(left), Some(right)) = (self.0.get(a), other.0.get(b)) {
            common += usize::from(left == right);
            a += usize::from(left <= right);
            b += usize::from(right <= left);
        }
        2 * common * 1000 / (self.len() + other.len()).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_a_text_is_written_does_not_matter() {
        for (before, after) in [
            ("１ 件", "1件"),
            ("・窓口\n・電話", "- 窓口\n- 電話"),
            ("**窓口**で受ける。", "窓口で受ける"),
            ("中間サーバー・ソフトウェア", "中間サーバー･ソフトウェア"),
            ("0-1", "０－１"),
            ("住所，氏名", "住所、氏名"),
            ("### 見出し\n本文", "見出し\n\n本文"),
        ] {
            assert_eq!(key(before), key(after), "{before}");
        }
        for (before, after) in
            [("子供", "子ども"), ("サーバ", "サーバー"), ("-5度", "5度"), ("10人", "100人")]
        {
            assert_ne!(key(before), key(after), "{before}");
        }
    }

    #[test]
    fn only_the_order_differs() {
        assert!(is_reordered("1. 受付\n2. 入力", "1. 入力\n2. 受付"));
        assert!(is_reordered("窓口で受ける。入力する。", "入力する。\n窓口で受ける。"));
        assert!(is_reordered("①受付\n②入力\n③発送", "①発送\n②受付\n③入力"));
        for (before, after) in [
            ("受付\n入力", "受付\n入力"),
            ("受付、入力", "入力、受付"),
            ("1. 受付\n2. 入力", "2. 受付\n3. 入力"),
            ("[○]紙\n[ ]電子", "[ ]紙\n[○]電子"),
            ("●紙\n○電子", "○紙\n●電子"),
            ("1.5倍\n2", "2\n2.5倍"),
            ("受付\n入力\n入力", "入力\n受付"),
        ] {
            assert!(!is_reordered(before, after), "{before}");
        }
    }

    #[test]
    fn nearly_the_same_texts_have_nearly_all_in_common() {
        let common = |a: &str, b: &str| Pairs::of(&key(a)).in_common(&Pairs::of(&key(b)));
        let long = "窓口で届を受け付け、住所と氏名を確かめてから、システムに入力し、控えを渡す。";
        assert_eq!(common(long, long), 1000);
        assert!(common(long, &long.replace("控え", "写し")) > 850);
        assert!(common(long, "保管の期間が過ぎた書類を溶かして捨て、記録を残す。") < 300);
        assert_eq!(common("", ""), 0);
    }
}
