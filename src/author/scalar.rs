//! One text in the plainest style of YAML that reads back the same.
//!
//! The style must mean the same to every reader: no line is ever folded, and signs that readers disagree on (a tab at the
//! start of a line, U+2028, U+0085) are only written as escapes.

use std::fmt::Write as _;

/// Words that some readers take for something else than text.
const WORDS: [&str; 13] =
    ["null", "~", "true", "false", "yes", "no", "on", "off", "y", "n", "<<", "=", "nan"];

/// Longer texts stand on a line of their own.
const LONG: usize = 80;

/// Writes a value behind `key:` or `-`, with the blank before it. `indent` is the column of its own lines, if it has any.
pub(super) fn write_value(text: &str, indent: usize, out: &mut String) {
    let is_block = text.contains('\n') || text.chars().nth(LONG).is_some();
    if is_block && fits_block(text) {
        return write_block(text, indent, out);
    }
    out.push(' ');
    // Like a block, a text with lines has one line break that the reader takes off; only a last one needs company.
    if text.ends_with('\n') {
        return write_escaped(&format!("{text}\n"), out);
    }
    write_inline(text, out);
}

/// Writes a key, or a value of a single line.
pub(super) fn write_inline(text: &str, out: &mut String) {
    if text.chars().any(needs_escape) {
        write_escaped(text, out);
    } else if is_plain(text) {
        out.push_str(text);
    } else if text.contains(['"', '\\']) {
        let _ = write!(out, "'{}'", text.replace('\'', "''"));
    } else {
        let _ = write!(out, "\"{text}\"");
    }
}

/// Whether a text can stand under `|`.
fn fits_block(text: &str) -> bool {
    let is_fit = |line: &str| {
        let blanks = line.len() - line.trim_start_matches(' ').len();
        // A line of blanks alone may be shortened by an editor, and an indented tab is read in two ways.
        (line.is_empty() || blanks < line.len()) && !line[blanks..].starts_with('\t')
    };
    !text.starts_with('\n')
        && !text.ends_with('\n')
        && !text.chars().any(|c| needs_escape(c) && c != '\n' && c != '\t')
        && text.split('\n').all(is_fit)
}

fn write_block(text: &str, indent: usize, out: &mut String) {
    // Without the number, blanks at the start of the text would count as indent.
    out.push_str(if text.starts_with(' ') { " |2" } else { " |" });
    for line in text.split('\n') {
        out.push('\n');
        if !line.is_empty() {
            out.extend(std::iter::repeat_n(' ', indent));
            out.push_str(line);
        }
    }
}

fn is_plain(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    !"-?:,[]{}#&*!|>'\"%@` ".contains(first)
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
        && !looks_like_number(text)
}

/// Numbers, dates and times; also more than those, because quotes do no harm.
fn looks_like_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '.'))
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '_' | ':' | '-' | ' '))
}

/// Signs that no style but the one with escapes keeps, or that no one would see.
fn needs_escape(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' | '\u{200B}'..='\u{200F}'
        )
}

/// Writes a text within double quotes, in one line.
pub(super) fn write_escaped(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if needs_escape(c) && u32::from(c) <= 0xFF => {
                let _ = write!(out, "\\x{:02X}", u32::from(c));
            }
            c if needs_escape(c) => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
