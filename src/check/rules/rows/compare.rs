//! Texts as they are compared: only letters and digits count, and a text is taken sentence by sentence.

use std::sync::OnceLock;

use regex::Regex;

use super::words::words;
use crate::form::fold;

/// A sentence or a line of a text.
#[derive(Debug)]
pub(super) struct Sentence<'t> {
    /// As written, within one line.
    pub(super) written: &'t str,
    /// Folded, without the mark of a list and without the full stop.
    pub(super) folded: String,
    /// Its letters; several parts where something was left out between them.
    pub(super) parts: Vec<String>,
}

impl Sentence<'_> {
    /// Whether it stands in brackets as a whole.
    pub(super) fn is_heading(&self) -> bool {
        self.folded.starts_with(['(', '<', '【', '[']) && self.folded.ends_with([')', '>', '】', ']'])
    }
}

/// The letters and digits of a text, without width, blanks, marks of lists and Markdown.
pub(super) fn letters(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric() && !('①'..='⑳').contains(c)).collect()
}

/// The sentences of a text. Numbers of a list cut a line as well.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = Sentence<'_>> {
    text.lines()
        .flat_map(|line| cuts().split(line))
        .flat_map(|part| part.split(['。', '．']))
        .map(str::trim)
        .filter(|written| !written.is_empty())
        .map(sentence)
}

fn sentence(written: &str) -> Sentence<'_> {
    let whole = fold(written);
    let folded = marks().replace(&whole, "").trim_end_matches('.').to_owned();
    // Before the mark of a list falls away: 「～略～」 is none.
    let parts = words().left_out.split(&whole).map(|part| letters(&marks().replace(part, "")));
    let parts = parts.filter(|part| !part.is_empty()).collect();
    Sentence { written, folded, parts }
}

/// Whether a sentence stands in a text but for a slip of the pen: one letter in about [`LETTERS_PER_SLIP`] may differ. A digit, a Latin
/// letter or a negation never does. Both are given as [`letters`].
pub(super) fn nearly_holds(text: &str, part: &str) -> bool {
    /// A chunk that stands everywhere tells nothing.
    const MOST_PLACES: usize = 3;
    let letters: Vec<char> = part.chars().collect();
    let slips = ((letters.len() + 2) / LETTERS_PER_SLIP).min(MOST_SLIPS);
    if slips == 0 || letters.len() > LONGEST {
        return false;
    }
    // With so many slips, at least one of so many chunks and one more is without any.
    let size = letters.len() / (slips + 1);
    letters.chunks(size).enumerate().any(|(number, chunk)| {
        let chunk: String = chunk.iter().collect();
        let (left, right) = (number * size + slips, letters.len() - number * size + slips);
        text.match_indices(&chunk).take(MOST_PLACES).any(|(at, _)| {
            let mut window: Vec<char> = text[..at].chars().rev().take(left).collect();
            window.reverse();
            window.extend(text[at..].chars().take(right));
            distance(&letters, &window, slips) <= slips
        })
    })
}

/// One slip is allowed in about so many letters.
const LETTERS_PER_SLIP: usize = 10;
/// So many slips at most.
const MOST_SLIPS: usize = 10;
/// A longer sentence is compared letter by letter.
const LONGEST: usize = 400;

/// The number of letters in which a sentence differs from the best part of a window.
fn distance(part: &[char], window: &[char], slips: usize) -> usize {
    let cost = |c: char| {
        let is_telling = c.is_ascii_alphanumeric() || "なずぬ不非未無否".contains(c);
        if is_telling { slips + 1 } else { 1 }
    };
    let mut row: Vec<usize> = vec![0; window.len() + 1];
    for p in part {
        let mut diagonal = row[0];
        row[0] += cost(*p);
        for (at, w) in window.iter().enumerate() {
            let replaced = diagonal + if p == w { 0 } else { cost(*p).max(cost(*w)) };
            diagonal = row[at + 1];
            row[at + 1] = replaced.min(diagonal + cost(*p)).min(row[at] + cost(*w));
        }
    }
    row.into_iter().min().unwrap_or_default()
}

/// A number of a list in the middle of a line.
fn cuts() -> &'static Regex {
    static CUTS: OnceLock<Regex> = OnceLock::new();
    CUTS.get_or_init(|| {
        Regex::new(r"[①-⑳]|(?:^|\s)\\?[0-9０-９]{1,2}\\?[.．)）]\s").unwrap_or_else(|e| panic!("{e}"))
    })
}

/// Marks of a list at the beginning of folded text.
fn marks() -> &'static Regex {
    static MARKS: OnceLock<Regex> = OnceLock::new();
    MARKS.get_or_init(|| {
        Regex::new(r"^(\(?[0-9]{1,2}[.)]|[・●○■□◆◇▪•*#>~\-\\])+").unwrap_or_else(|e| panic!("{e}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_letters_and_digits_count() {
        assert_eq!(letters("①　**窓口**で、（２回）確かめる。"), letters("・窓口で､(2回)確かめる"));
        assert_ne!(letters("10人未満"), letters("10人以上"));
    }

    #[test]
    fn a_text_falls_into_sentences() {
        let written: Vec<_> =
            sentences("1. 受け付ける。入力する。\n・送る ②返す").map(|s| s.written.to_owned()).collect();
        assert_eq!(written, ["受け付ける", "入力する", "・送る", "返す"]);
    }

    #[test]
    fn a_slip_of_the_pen_is_no_change() {
        let text = letters(
            "受け付けた申請の内容は、権限のある職員が、当日の業務の終わりまでに必ず確かめる。その後、保管する。",
        );
        let near = |part: &str| nearly_holds(&text, &letters(part));
        assert!(near("申請の内容は、権限のある職員が、当日の業務が終わりまでに必ず確かめる"));
        assert!(!near("申請の内容は、権限のある職員が、翌月の最初の開庁日までに必ず確かめる"));
        assert!(!near("権限のない職員が、当日の業務の終わりまでに必ず確かめる"));
        assert!(!near("申請"));
        let text = letters("番号法第19条第8号に基づく主務省令第2条の表に定める情報照会者に対して提供する");
        assert!(!nearly_holds(
            &text,
            &letters("番号法第19条第7号に基づく主務省令第2条の表に定める情報照会者に対して提供する")
        ));
    }

    #[test]
    fn what_was_left_out_parts_a_sentence() {
        let parts = |text: &str| sentences(text).flat_map(|s| s.parts).collect::<Vec<_>>();
        assert_eq!(parts("（略）"), Vec::<String>::new());
        assert_eq!(parts("窓口で受け…確かめる"), ["窓口で受け", "確かめる"]);
        assert_eq!(parts("～略～\n２ 確かめる"), ["2確かめる"]);
    }
}
