//! Lines of a cell to Markdown: lines that the width of the cell wrapped are joined, lines that the author broke are kept.

use unicode_width::UnicodeWidthStr;

/// One line of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CellLine<'t> {
    /// Number in the source, from 1.
    pub(super) number: usize,
    /// What it says.
    pub(super) text: &'t str,
    /// A blank line stands before it.
    pub(super) gap: bool,
}

/// Signs that begin an item of a list or a heading inside a cell.
const LIST_MARKS: [char; 18] =
    ['・', '･', '【', '＜', '<', '※', '■', '□', '●', '○', '◆', '◇', '▼', '〇', '◎', '☆', '★', '［'];

/// Half-width columns by which a line must be shorter than the widest one to count as ended by its author.
const CLEARLY_SHORT: usize = 6;

/// The text of a cell as Markdown.
pub(super) fn joined(lines: &[CellLine<'_>]) -> String {
    joined_at(lines, 0)
}

/// The width at which a document usually wraps its texts, in half-width columns; 0 where it has no long lines.
pub(super) fn usual_width<'t>(lines: impl Iterator<Item = &'t str>) -> usize {
    let mut widths: Vec<usize> = lines.map(UnicodeWidthStr::width).filter(|w| *w >= 40).collect();
    widths.sort_unstable();
    widths.get(widths.len() * 3 / 4).copied().unwrap_or(0)
}

/// The text of a cell as Markdown, where texts are usually wrapped at `usual` columns: lines of a cell that are all much
/// shorter were not wrapped at all.
pub(super) fn joined_at(lines: &[CellLine<'_>], usual: usize) -> String {
    let widest = lines.iter().map(|l| l.text.width()).max().unwrap_or(0);
    let width = if widest * 10 <= usual * 6 { usual * 10 } else { widest };
    // Lines that all begin alike are a list, e.g. of days.
    let head = |l: &CellLine<'_>| l.text.trim().chars().take(2).collect::<String>();
    let alike = lines.len() > 1 && lines.windows(2).all(|pair| head(&pair[0]) == head(&pair[1]));
    let mut out = String::new();
    let mut before: Option<&str> = None;
    for line in lines {
        let text = line.text.trim();
        match before {
            Some(_) if line.gap => out.push_str("\n\n"),
            Some(last) if alike || ends(last, width) || begins(line.text) => out.push('\n'),
            Some(last) if word_goes_on(last, text) => out.push(' '),
            _ => {}
        }
        let fresh = out.is_empty() || out.ends_with('\n');
        push_escaped(text, fresh, &mut out);
        before = Some(line.text);
    }
    out
}

/// Whether the author ended the line: it is a heading of its own, or it stops well before the widest line of the cell.
fn ends(line: &str, width: usize) -> bool {
    let short = line.width() + CLEARLY_SHORT <= width;
    let closed = line.ends_with(['。', '＞', '>', '】', '：', ':', '）', ')', '」']);
    (short && closed) || line.width() * 10 <= width * 6
}

/// Whether a line begins something new: an indent, a sign of a list, a number.
pub(super) fn begins(line: &str) -> bool {
    let Some(first) = line.chars().next() else { return false };
    if matches!(first, '　' | '①'..='⑳' | 'Ⅰ'..='Ⅻ') || LIST_MARKS.contains(&first) {
        return true;
    }
    let bare = line.trim_start_matches(['(', '（']);
    let rest = bare.trim_start_matches(|c: char| {
        c.is_ascii_digit()
            || ('０'..='９').contains(&c)
            || c.is_ascii_lowercase()
            || ('ア'..='ン').contains(&c)
    });
    let mark = bare.len() - rest.len();
    let in_brackets = bare.len() < line.len();
    if !(1..=6).contains(&mark) {
        return false;
    }
    let numbered = |rest: &str| !in_brackets && !rest.starts_with(|c: char| c.is_ascii_digit());
    rest.starts_with([')', '）']) || rest.strip_prefix(['．', '.']).is_some_and(numbered)
}

/// Whether two halves of Latin text need a blank between them.
fn word_goes_on(last: &str, text: &str) -> bool {
    last.ends_with(|c: char| c.is_ascii_lowercase() || c == ',')
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// Escapes only what Markdown would swallow.
fn push_escaped(text: &str, line_start: bool, out: &mut String) {
    let mut chars = text.chars().peekable();
    let mut at_start = line_start;
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let before_blank = next.is_none_or(char::is_whitespace);
        let swallowed = match c {
            '#' | '-' | '+' | '>' | '=' if at_start => {
                c == '>' || c == '=' || before_blank || next == Some(c)
            }
            '*' | '`' | '~' => true,
            '_' => !out.ends_with(|c: char| c.is_alphanumeric()),
            '\\' => next.is_some_and(|n| n.is_ascii_punctuation()),
            '<' => next.is_some_and(|n| n.is_ascii_alphabetic() || matches!(n, '/' | '!' | '?')),
            '&' => next.is_some_and(|n| n.is_ascii_alphabetic() || n == '#'),
            '.' | ')' => line_start && before_blank && number_so_far(out),
            _ => false,
        };
        if swallowed {
            out.push('\\');
        }
        out.push(c);
        at_start = false;
    }
}

/// Whether the current line of `out` is only a number: with a dot behind it, it would become a list.
fn number_so_far(out: &str) -> bool {
    let line = out.rsplit('\n').next().unwrap_or(out);
    !line.is_empty() && line.len() < 10 && line.chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(lines: &[&'static str]) -> String {
        let lines: Vec<CellLine<'_>> =
            lines.iter().map(|text| CellLine { number: 1, text, gap: false }).collect();
        joined(&lines)
    }

    #[test]
    fn wrapped_lines_are_joined_and_lists_are_kept() {
        assert_eq!(
            cell(&["①みほん町の窓口で申請書を受け付け、内容を確か", "める。", "②台帳に記録する。"]),
            "①みほん町の窓口で申請書を受け付け、内容を確かめる。\n②台帳に記録する。"
        );
    }

    #[test]
    fn a_line_that_ends_early_was_ended_by_its_author() {
        assert_eq!(
            cell(&[
                "庁舎の出入口に係員を置く。",
                "窓口を閉じた後は、書類を鍵のかかる棚に納めて保",
                "管する。"
            ]),
            "庁舎の出入口に係員を置く。\n窓口を閉じた後は、書類を鍵のかかる棚に納めて保管する。"
        );
    }

    #[test]
    fn only_what_markdown_would_swallow_is_escaped() {
        assert_eq!(cell(&["<みほん町における措置>"]), "<みほん町における措置>");
        assert_eq!(cell(&["<VRS>の利用"]), "\\<VRS>の利用");
        assert_eq!(cell(&["5*3"]), "5\\*3");
        assert_eq!(cell(&["- 一覧"]), "\\- 一覧");
        assert_eq!(cell(&["1. 一覧"]), "1\\. 一覧");
        assert_eq!(cell(&["2.5倍"]), "2.5倍");
    }
}
