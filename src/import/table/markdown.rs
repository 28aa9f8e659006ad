//! The words of cells as Markdown: tags out, paragraphs and points on lines of their own, no word added or dropped.

use crate::import::html::{Cell, Piece};

/// Cells one below the other as Markdown; blank where nothing is written.
pub(super) fn markdown<'c>(cells: impl IntoIterator<Item = &'c Cell>) -> String {
    let mut writer = Writer::default();
    let mut last_line = None;
    for cell in cells {
        let lines = cell.lines();
        // Blank lines of the source part paragraphs.
        writer.paragraph = match (last_line, lines.first()) {
            (Some(last), Some(first)) => *first > last + 1,
            _ => false,
        };
        last_line = lines.last().copied().or(last_line);
        writer.cell(cell);
        writer.end_line();
    }
    let mut lines: Vec<String> = Vec::new();
    for line in writer.lines {
        match line {
            None if lines.last().is_some_and(|l| !l.is_empty()) => lines.push(String::new()),
            None => {}
            Some(text) => lines.extend(points(&text)),
        }
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    escape(&lines)
}

/// Cells as one line of plain words, e.g. a title or an item reference.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Blanks of this many characters in a row are a line break of the source that a converter took out.
const WIDE_GAP: usize = 4;

#[derive(Default)]
struct Writer {
    /// Finished lines; `None` is a blank one.
    lines: Vec<Option<String>>,
    line: String,
    paragraph: bool,
    /// The box before was inside brackets of the text, whose second one follows.
    in_bracket: bool,
}

impl Writer {
    fn cell(&mut self, cell: &Cell) {
        for piece in &cell.pieces {
            match piece {
                Piece::Text { text, .. } => self.text(text),
                Piece::Break => self.end_line(),
                Piece::Paragraph => {
                    self.end_line();
                    self.paragraph = !self.lines.is_empty();
                }
                Piece::Box { ticked, .. } => self.check_box(*ticked),
                Piece::Table(rows) => {
                    for row in rows {
                        self.end_line();
                        for cell in &row.cells {
                            self.line.push(' ');
                            self.cell(cell);
                        }
                    }
                    self.end_line();
                }
            }
        }
    }

    fn text(&mut self, text: &str) {
        let mut gap = 0;
        for c in text.chars() {
            if c.is_whitespace() {
                gap += 1;
                continue;
            }
            if gap >= WIDE_GAP {
                self.end_line();
            } else if gap > 0 {
                self.line.push(' ');
            }
            gap = 0;
            if self.in_bracket && c == ']' {
                self.in_bracket = false;
            }
            self.line.push(c);
        }
        if gap >= WIDE_GAP {
            self.end_line();
        } else if gap > 0 {
            self.line.push(' ');
        }
    }

    /// A box of HTML as the form prints it: `[○]` or `[ ]`.
    fn check_box(&mut self, ticked: bool) {
        let mark = if ticked { '○' } else { ' ' };
        if self.line.trim_end().ends_with('[') {
            self.line.push(mark);
            self.in_bracket = true;
            return;
        }
        self.line.push('[');
        self.line.push(mark);
        self.line.push(']');
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let line = one_line(&line);
        if line.is_empty() {
            return;
        }
        if std::mem::take(&mut self.paragraph) {
            self.lines.push(None);
        }
        self.lines.push(Some(line));
    }
}

/// A line whose numbered or dotted points the transcription ran together, point by point.
fn points(line: &str) -> Vec<String> {
    let line = without_foreign_bullet(line);
    let chars: Vec<char> = line.chars().collect();
    let mut lines: Vec<String> = Vec::new();
    let mut from = 0;
    let mut numbers = Numbers::default();
    for at in 0..chars.len() {
        let blank_before = at == 0 || chars[at - 1].is_whitespace();
        let sentence_before = at > 0 && chars[at - 1] == '。';
        let begins = match chars[at] {
            '・' => {
                (blank_before || sentence_before) && chars.get(at + 1).is_some_and(|c| !c.is_whitespace())
            }
            '【' => blank_before,
            _ => blank_before && numbers.continues(&chars[at..]),
        };
        if begins && at > from {
            lines.push(chars[from..at].iter().collect::<String>().trim().to_owned());
            from = at;
        }
    }
    lines.push(chars[from..].iter().collect::<String>().trim().to_owned());
    lines.retain(|l| !l.is_empty());
    lines
}

/// A bullet of Markdown before a point that has a sign of its own was put there by the transcription.
fn without_foreign_bullet(line: &str) -> &str {
    let rest = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")).map(str::trim_start);
    let has_sign = |r: &&str| {
        let first = r.chars().next().unwrap_or_default();
        "・【（(〔<＜※●○◆■".contains(first) || ('①'..='⑳').contains(&first) || first.is_ascii_digit()
    };
    rest.filter(has_sign).unwrap_or(line)
}

/// Runs of numbers (`1.`, `（2）`, `③`) of which each follows the one before.
#[derive(Default)]
struct Numbers {
    last: [u32; 3],
}

impl Numbers {
    /// Whether the words begin with a number that starts a run or continues it.
    fn continues(&mut self, words: &[char]) -> bool {
        let Some((kind, number)) = number_at(words) else { return false };
        let follows = number == 1 || number == self.last[kind] + 1;
        if follows {
            self.last[kind] = number;
        }
        follows
    }
}

fn number_at(words: &[char]) -> Option<(usize, u32)> {
    let first = *words.first()?;
    if ('①'..='⑳').contains(&first) {
        return Some((0, u32::from(first) - u32::from('①') + 1));
    }
    let opened = usize::from(matches!(first, '(' | '（'));
    let digit =
        |c: &char| c.to_digit(10).or_else(|| ('０'..='９').contains(c).then(|| u32::from(*c) - 0xFF10));
    let digits: Vec<u32> = words[opened..].iter().map_while(digit).take(3).collect();
    if digits.is_empty() || digits.len() > 2 {
        return None;
    }
    let number = digits.iter().fold(0, |n, d| n * 10 + d);
    let end = opened + digits.len();
    match (opened, words.get(end)?) {
        (1, ')' | '）') => Some((1, number)),
        (0, '.' | '．') if !words.get(end + 1).is_some_and(char::is_ascii_digit) => Some((2, number)),
        _ => None,
    }
}

/// Escapes what Markdown would swallow, and nothing else.
fn escape(lines: &[String]) -> String {
    let all = lines.join("\n");
    let stars = all.matches('*').count() > 1;
    let ticks = all.matches('`').count() > 1;
    let mut out = String::with_capacity(all.len());
    let mut list = List::default();
    for (at, line) in lines.iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        let plain = escape_words(line, stars, ticks);
        out.push_str(&list.escape_start(&plain));
    }
    out
}

fn escape_words(line: &str, stars: bool, ticks: bool) -> String {
    let chars: Vec<char> = line.chars().collect();
    let mut out = String::with_capacity(line.len());
    for (at, c) in chars.iter().enumerate() {
        let next = chars.get(at + 1).copied().unwrap_or(' ');
        let before = at.checked_sub(1).map_or(' ', |i| chars[i]);
        let swallowed = match c {
            '<' => next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'),
            '&' => next == '#' || next.is_ascii_alphabetic() && line.contains(';'),
            '*' => stars && !(at == 0 && next == ' '),
            '_' => line.matches('_').count() > 1 && !(before.is_alphanumeric() && next.is_alphanumeric()),
            '`' => ticks,
            '[' => next == '[',
            ']' => next == '(' && line[..].contains('['),
            '\\' => next.is_ascii_punctuation(),
            _ => false,
        };
        if swallowed {
            out.push('\\');
        }
        out.push(*c);
    }
    out
}

/// The numbered list that Markdown would be in: it counts on by itself, so another number must not look like a point.
#[derive(Default)]
struct List {
    next: Option<u32>,
    after_text: bool,
}

impl List {
    fn escape_start(&mut self, line: &str) -> String {
        if line.is_empty() {
            self.after_text = false;
            return String::new();
        }
        let after_text = std::mem::replace(&mut self.after_text, true);
        let digits = line.chars().take_while(char::is_ascii_digit).count();
        let rest = &line[digits..];
        let is_point = (1..=9).contains(&digits) && (rest.starts_with(". ") || rest.starts_with(") "));
        if is_point {
            let number: u32 = line[..digits].parse().unwrap_or_default();
            let fits = match self.next {
                Some(next) => number == next,
                None => !after_text || number == 1,
            };
            if fits && !line.starts_with('0') {
                self.next = Some(number + 1);
                return line.to_owned();
            }
            return format!("{}\\{rest}", &line[..digits]);
        }
        if !after_text {
            self.next = None;
        }
        let first = line.chars().next().unwrap_or_default();
        let hashes = line.chars().take_while(|c| *c == '#').count();
        let is_heading = hashes > 0 && line[hashes..].starts_with(' ');
        let is_rule = after_text && matches!(first, '-' | '=') && line.chars().all(|c| c == first);
        if first == '>' || is_heading || is_rule && line.chars().count() > 1 {
            return format!("\\{line}");
        }
        if first == '+' && line[1..].starts_with(' ') {
            return format!("\\{line}");
        }
        line.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, expected: &str) {
        assert_eq!(markdown([&Cell::read(source, 1)]), expected);
    }

    #[test]
    fn paragraphs_breaks_and_points() {
        check("<p>雪まつりの事務。</p> <p>一&amp;二<br/>三</p>", "雪まつりの事務。\n\n一&二\n三");
        check("次の事務 1. 受付 2. 貸出 3.5倍 4. 返却", "次の事務\n1. 受付\n2. 貸出 3.5倍 4. 返却");
        check("【市】 ・甲。・乙 ・丙・丁", "【市】\n・甲。\n・乙\n・丙・丁");
        check("<ul> <li>・甲</li> <li>① 乙</li> </ul>", "・甲\n① 乙");
        check("一            二", "一\n二");
    }

    #[test]
    fn bullets_of_the_transcription_give_way_to_those_of_the_document() {
        check("- ②機器を閉じる。", "②機器を閉じる。");
        check("- 機器を閉じる。", "- 機器を閉じる。");
    }

    #[test]
    fn only_what_markdown_would_swallow_is_escaped() {
        check("<漏れるリスク> と &lt;VRS&gt; 1~4 A_B", "<漏れるリスク> と \\<VRS> 1~4 A_B");
        check("*1 と *2", "\\*1 と \\*2");
        check("*1のみ", "*1のみ");
        check("1. 甲<br>1. 乙", "1. 甲\n1\\. 乙");
        check("甲<br># 乙<br>&gt; 丙", "甲\n\\# 乙\n\\> 丙");
    }

    #[test]
    fn boxes_are_printed_as_on_the_form() {
        check("[<input type=\"checkbox\" checked>] 甲 <input type=\"checkbox\"> 乙", "[○] 甲 [ ] 乙");
    }

    #[test]
    fn inner_tables_keep_their_words() {
        check("表<table><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>後", "表\n甲 乙\n丙\n後");
    }

    #[test]
    fn dashes_stay() {
        check("—", "—");
        check("-", "-");
    }
}
