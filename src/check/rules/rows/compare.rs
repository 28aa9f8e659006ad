//! Texts as they are compared: only letters and digits count, and a text is taken sentence by sentence.

use std::sync::OnceLock;

use regex::Regex;

use crate::form::{fold, letters};
use crate::history::wordings;

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
    let parts = wordings().left_out.split(&whole).map(|part| letters(&marks().replace(part, "")));
    let parts = parts.filter(|part| !part.is_empty()).collect();
    Sentence { written, folded, parts }
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
    fn what_was_left_out_parts_a_sentence() {
        let parts = |text: &str| sentences(text).flat_map(|s| s.parts).collect::<Vec<_>>();
        assert_eq!(parts("（略）"), Vec::<String>::new());
        assert_eq!(parts("窓口で受け…確かめる"), ["窓口で受け", "確かめる"]);
        assert_eq!(parts("～略～\n２ 確かめる"), ["2確かめる"]);
    }
}
