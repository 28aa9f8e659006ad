//! Findings as workflow commands: a run on GitHub shows them beside the lines of a change.

use std::fmt::Write as _;

use super::{end_column, path, title};
use crate::diagnostic::{Diagnostic, Severity};

/// A finding as one workflow command: `::error file=…,line=…,title=…::message`.
pub fn github(diagnostic: &Diagnostic) -> String {
    let command = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let rule = diagnostic.code.rule();
    let mut properties = format!("file={}", property(&path(&diagnostic.file)));
    if let Some(place) = &diagnostic.place {
        let (line, column) = (place.line, place.column);
        let end = end_column(place);
        let _ = write!(properties, ",line={line},endLine={line},col={column},endColumn={end}");
    }
    let _ = write!(properties, ",title={}", property(&format!("{} {}", rule.code, rule.title)));
    format!("::{command} {properties}::{}", data(&message(diagnostic)))
}

/// Everything that people need, as the lines around it are shown already.
fn message(diagnostic: &Diagnostic) -> String {
    let mut lines = vec![title(diagnostic)];
    lines.extend(diagnostic.expected.iter().map(|text| format!("ここに必要なもの: {text}")));
    lines.extend(diagnostic.help.iter().map(|text| format!("対応: {text}")));
    lines.extend(diagnostic.suggestion.iter().map(|text| format!("直し方の案: {text}")));
    let related = diagnostic.related.iter();
    lines.extend(related.map(|r| format!("関係する行: {}:{}: {}", path(&r.file), r.place.line, r.note)));
    lines.join("\n")
}

/// Escapes what would end the command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes also what would end a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Place};

    #[test]
    fn nothing_in_a_text_ends_the_command() {
        let place = Place { line: 3, column: 5, excerpt: "あ: 100%".to_owned(), marked: 5..9 };
        let found = Diagnostic::new(Code::REQUIRED, "a,b/c:d%.yaml", "x::y, 100%")
            .at(place)
            .help("一行目\r\n::error::二行目");
        assert_eq!(
            github(&found),
            "::error file=a%2Cb/c%3Ad%25.yaml,line=3,endLine=3,col=5,endColumn=9,title=REQ-01 必須の項目が空::x::y, 100%25%0A対応: 一行目%0D%0A::error::二行目"
        );
    }

    #[test]
    fn weights_are_commands_and_a_whole_file_has_no_line() {
        let of = |severity| github(&Diagnostic::new(Code::REQUIRED, "a", "x").weighing(severity));
        assert!(of(Severity::Error).starts_with("::error file=a,title="));
        assert!(of(Severity::Warning).starts_with("::warning "));
        assert!(of(Severity::Info).starts_with("::notice "));
    }
}
