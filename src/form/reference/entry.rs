//! The numbers of repeat entries as people write them: `3`, `(3)`, `1~3`, `1、3`, and `委託先2` for `委託事項2`.

use super::lexicon::is_digit;
use super::search::is_separator;

/// What stands behind the name of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Numbers {
    /// The number; 0 where there is none, or several.
    pub(super) entry: u16,
    /// Several entries are named: a range or a list.
    pub(super) several: bool,
    /// The position behind.
    pub(super) end: usize,
}

/// The numbers behind an entry that is called `name`.
pub(super) fn numbers_behind(text: &str, at: usize, name: &str) -> Numbers {
    let Some((entry, mut end)) = number(text, at) else {
        return Numbers { entry: 0, several: false, end: at };
    };
    let mut several = false;
    while let Some(behind) = next_of_list(text, end, name) {
        (several, end) = (true, behind);
    }
    Numbers { entry: if several { 0 } else { entry }, several, end }
}

/// Behind a further number of a range or a list; none where it ends. A number that begins the next part (委託事項1・3.) is no
/// part of a list, and neither is one behind a hyphen that more follows.
fn next_of_list(text: &str, at: usize, name: &str) -> Option<usize> {
    const SIGNS: [&str; 8] = ["~", "から", "、", ",", "・", "及び", "と", "-"];
    let sign = SIGNS.iter().find(|sign| text[at..].starts_with(**sign))?;
    let mut from = at + sign.len();
    if text[from..].starts_with(name) {
        from += name.len();
    }
    // A number in brackets behind a hyphen is that of an item (システム5-(3)).
    if *sign == "-" && text[from..].starts_with('(') {
        return None;
    }
    let (_, end) = number(text, from)?;
    (!text[end..].starts_with('.')).then_some(end)
}

/// `3` or `(3)` and the position behind it.
fn number(text: &str, at: usize) -> Option<(u16, usize)> {
    number_in_brackets(text, at).or_else(|| {
        let end = text[at..].find(|c| !is_digit(c)).map_or(text.len(), |i| at + i);
        let number = text[at..end].parse().ok().filter(|n| *n > 0)?;
        Some((number, end))
    })
}

/// `(3)` and the position behind it.
pub(super) fn number_in_brackets(text: &str, at: usize) -> Option<(u16, usize)> {
    let inside = text[at..].strip_prefix('(')?;
    let close = inside.find(')')?;
    let number = inside[..close].parse().ok().filter(|n| *n > 0)?;
    Some((number, at + close + 2))
}

/// The number in a name that people give to an entry: 2 in 委託先2, which can only be a 委託事項.
pub(super) fn number_in_words(words: &str, name: &str) -> Option<u16> {
    const SHARED: usize = 2;
    let words = words.trim_matches(is_separator);
    let at = words.find(is_digit)?;
    let number = words[at..].parse().ok().filter(|n| *n > 0)?;
    let same = words[..at].chars().zip(name.chars()).take(SHARED).filter(|(a, b)| a == b).count();
    (same == SHARED).then_some(number)
}

/// Whether a text holds a number that may be that of an entry.
pub(super) fn holds_number(text: &str) -> bool {
    text.contains(is_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn behind(text: &str) -> (u16, bool, &str) {
        let found = numbers_behind(text, 0, "委託事項");
        (found.entry, found.several, &text[found.end..])
    }

    #[test]
    fn one_number_is_an_entry_and_several_are_none() {
        assert_eq!(behind("12⑥"), (12, false, "⑥"));
        assert_eq!(behind("(3)⑥"), (3, false, "⑥"));
        assert_eq!(behind("の名称"), (0, false, "の名称"));
        for list in ["1~3", "1、3", "1・2・4", "1及び2", "1と委託事項3", "(1)、(3)", "1-3", "1,委託事項2"]
        {
            assert_eq!(behind(&format!("{list}⑥")), (0, true, "⑥"), "{list}");
        }
        assert_eq!(behind("1、2.名称"), (1, false, "、2.名称"));
        assert_eq!(behind("5-(3)範囲"), (5, false, "-(3)範囲"));
    }

    #[test]
    fn an_entry_is_known_by_the_beginning_of_its_name() {
        assert_eq!(number_in_words("委託先2", "委託事項"), Some(2));
        assert_eq!(number_in_words("委託1.", "委託事項"), Some(1));
        assert_eq!(number_in_words("移転1", "提供先"), None);
        assert_eq!(number_in_words("委託2年", "委託事項"), None);
    }
}
