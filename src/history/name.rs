//! How documents are named for people, in one line.

use crate::assessment::Assessment;

/// The name of a document: its 評価書名, or where that is missing the name of its directory.
pub fn title_of(assessment: &Assessment) -> &str {
    let title = assessment.title.trim();
    if title.is_empty() { &assessment.dir } else { title }
}

/// A text in one line, for titles and lists: its lines and what tabs keep apart with a blank between them. Blanks within a line stay,
/// a wide one is part of many names.
pub fn one_line(text: &str) -> String {
    let is_break = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let parts: Vec<&str> = text.split(is_break).map(str::trim).filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_one() {
        assert_eq!(
            one_line(" 介護保険に関する事務\r\n\n　全項目評価書\t（案）\n"),
            "介護保険に関する事務 全項目評価書 （案）"
        );
        assert_eq!(one_line("介護保険　全項目  評価書"), "介護保険　全項目  評価書");
        assert_eq!(one_line("a\u{2028}b\u{85}c"), "a b c");
        assert_eq!(one_line("\n"), "");
    }
}
