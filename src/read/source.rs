//! Bytes to text: one file, where its lines begin, and what was wrong with its encoding.

use std::ops::Range;
use std::sync::Arc;

use encoding_rs::Encoding;

use crate::diagnostic::{Code, Diagnostic, Fix, Place};

/// Bytes of a line beyond which only the part around a finding is kept.
const LONG_LINE: usize = 2000;

/// A range of bytes in a source file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span from byte offsets.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A text file of the content folder: its path as shown to people, its text, and its line starts.
#[derive(Debug)]
pub struct SourceFile {
    /// Path relative to where the command runs, with `/`.
    pub path: Arc<str>,
    /// The text without byte order mark.
    pub text: String,
    line_starts: Vec<usize>,
}

impl SourceFile {
    /// A file whose text is at hand.
    pub fn new(path: impl Into<Arc<str>>, text: impl Into<String>) -> Self {
        let text = text.into();
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { path: path.into(), text, line_starts }
    }

    /// Decodes a file. UTF-8 with or without byte order mark is text, with any kind of line end; anything else is named,
    /// with the encoding that it most likely is, so that an officer who saved from a spreadsheet knows what to do.
    pub fn decode(path: impl Into<Arc<str>>, bytes: &[u8]) -> Result<Self, Box<Diagnostic>> {
        let path = path.into();
        if let Some(encoding) = utf16(bytes).or_else(|| jis(bytes)) {
            return Err(Box::new(other_encoding(&path, bytes, encoding, 1)));
        }
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        match std::str::from_utf8(bytes) {
            Ok(text) if text.contains('\r') => {
                Ok(Self::new(path, text.replace("\r\n", "\n").replace('\r', "\n")))
            }
            Ok(text) => Ok(Self::new(path, text)),
            Err(error) => Err(Box::new(undecodable(path, bytes, error.valid_up_to()))),
        }
    }

    /// Line and column (both from 1, the column in characters) of a byte offset.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let offset = self.char_boundary(offset);
        let line = self.line_starts.partition_point(|start| *start <= offset);
        let start = self.line_starts[line - 1];
        (line, self.text[start..offset].chars().count() + 1)
    }

    /// The place of a span: its first line with the part that is meant.
    pub fn place(&self, span: Span) -> Place {
        let start = self.char_boundary(span.start);
        let (line, column) = self.line_column(start);
        let line_start = self.line_starts[line - 1];
        let line_end = self.line_starts.get(line).map_or(self.text.len(), |next| next - 1);
        let excerpt = &self.text[line_start..line_end];
        let end = self.char_boundary(span.end).min(line_start + excerpt.len()).max(start);
        let from = (start - line_start).min(excerpt.len());
        let marked = from..(end - line_start).max(from);
        if excerpt.len() > LONG_LINE {
            return window(line, column, excerpt, &marked);
        }
        Place { line, column, excerpt: excerpt.to_owned(), marked }
    }

    /// The correction that puts a text in the place of a part of a line; none where the part is more than that.
    pub fn replace(&self, span: Span, to: impl Into<String>) -> Option<Fix> {
        let (from, to) = (self.text.get(span.start..span.end)?, to.into());
        let within_line = !from.contains('\n') && !to.contains(['\n', '\r']);
        let (line, column) = self.line_column(span.start);
        (within_line && from != to).then(|| Fix { line, column, from: from.to_owned(), to })
    }

    /// The correction that puts another word in the place of a scalar of YAML. A quoted one stays quoted.
    pub fn replace_scalar(&self, span: Span, to: &str) -> Option<Fix> {
        let from = self.text.get(span.start..span.end)?;
        let quote = from.chars().next().filter(|c| matches!(c, '"' | '\''));
        if let Some(quote) = quote {
            let inner = from.len() >= 2 && from.ends_with(quote) && !to.contains([quote, '\\']);
            let inner = inner.then(|| Span::new(span.start + 1, span.end - 1))?;
            return self.replace(inner, to);
        }
        let before = &self.text[self.line_start(self.line_column(span.start).0)..span.start];
        let is_plain = is_plain_scalar(to, before.contains(['[', '{']));
        let is_quotable = !to.contains(['"', '\\']);
        match is_plain {
            true => self.replace(span, to),
            false => self.replace(span, format!("\"{to}\"")).filter(|_| is_quotable),
        }
    }

    /// The correction of a full-width colon that ends a key: a half-width one with one blank behind it, whatever stands there now.
    pub fn narrow_colon(&self, at: usize) -> Option<Fix> {
        let end = at + '：'.len_utf8();
        match self.text.get(end..)?.chars().next() {
            None | Some('\n' | ' ') => self.replace(Span::new(at, end), ":"),
            Some('\u{3000}') => self.replace(Span::new(at, end + '\u{3000}'.len_utf8()), ": "),
            Some(_) => self.replace(Span::new(at, end), ": "),
        }
    }

    /// Byte offset of the first character of a line (from 1).
    pub fn line_start(&self, line: usize) -> usize {
        self.line_starts.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len())
    }

    /// The last place at or before an offset where a character begins.
    pub(super) fn char_boundary(&self, offset: usize) -> usize {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }
}

/// Whether a text can stand in YAML without quotes, and means itself.
fn is_plain_scalar(text: &str, in_brackets: bool) -> bool {
    const RESERVED: [char; 18] =
        ['-', '?', ':', ',', '[', ']', '{', '}', '#', '&', '*', '!', '|', '>', '\'', '"', '%', '@'];
    !text.is_empty()
        && text.trim() == text
        && !text.starts_with(RESERVED)
        && !text.starts_with('`')
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with(':')
        && !matches!(text, "~" | "null")
        && !(in_brackets && text.contains([',', '[', ']', '{', '}']))
}

/// An encoding and what people call it.
type Named = (&'static Encoding, &'static str);

/// The part of a very long line around what is meant: thousands of findings may stand on one line.
fn window(line: usize, column: usize, text: &str, marked: &Range<usize>) -> Place {
    const AROUND: usize = 200;
    let boundary = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let from = boundary(marked.start.saturating_sub(AROUND));
    let end = boundary(marked.end.min(marked.start + LONG_LINE / 2)).max(marked.start);
    let to = boundary(text.len().min(end + AROUND));
    let cut = if from > 0 { "…" } else { "" };
    let shift = |at: usize| at - from + cut.len();
    Place {
        line,
        column,
        excerpt: format!("{cut}{}", &text[from..to]),
        marked: shift(marked.start)..shift(end),
    }
}

fn utf16(bytes: &[u8]) -> Option<Named> {
    const LITTLE: Named = (encoding_rs::UTF_16LE, "UTF-16 LE");
    const BIG: Named = (encoding_rs::UTF_16BE, "UTF-16 BE");
    match bytes {
        [0xFF, 0xFE, ..] => return Some(LITTLE),
        [0xFE, 0xFF, ..] => return Some(BIG),
        _ if !bytes.contains(&0) => return None,
        _ => {}
    }
    // Without a mark: every pair of bytes must be a character of a text.
    let is_text = |order: fn([u8; 2]) -> u16| {
        let units = bytes.chunks(2).map(|pair| pair.try_into().map_or(0, order));
        char::decode_utf16(units).all(|c| c.is_ok_and(|c| !c.is_control() || matches!(c, '\t' | '\r' | '\n')))
    };
    if is_text(u16::from_le_bytes) {
        return Some(LITTLE);
    }
    is_text(u16::from_be_bytes).then_some(BIG)
}

/// JIS switches to kanji with an escape sequence; all of its bytes are ascii and would pass as UTF-8.
fn jis(bytes: &[u8]) -> Option<Named> {
    let switches = bytes.windows(2).any(|w| w == b"\x1B$");
    switches.then_some((encoding_rs::ISO_2022_JP, "ISO-2022-JP"))
}

/// Names what is no UTF-8. Kanji in UTF-8 before the fault say that the file is UTF-8 and only a part of it is broken.
fn undecodable(path: Arc<str>, bytes: &[u8], valid: usize) -> Diagnostic {
    let before = &bytes[..valid];
    if before.is_ascii() || bytes.contains(&0) {
        let line = before.split(|b| *b == b'\n').count();
        return match guess(bytes) {
            Some(encoding) => other_encoding(&path, bytes, encoding, line),
            None => Diagnostic::new(Code::NOT_UTF8, path, "テキストのファイルではありません")
                .help("Excel のブックや画像の名前を変えたものではないかを確かめ、UTF-8 のテキストで書き直してください。"),
        };
    }
    let text = SourceFile::new(path, String::from_utf8_lossy(bytes));
    // Everything before the fault is the same in the repaired text.
    let end = valid + char::REPLACEMENT_CHARACTER.len_utf8();
    Diagnostic::new(Code::NOT_UTF8, text.path.clone(), "UTF-8 として壊れている文字があります")
        .at(text.place(Span::new(valid, end)))
        .help("この文字を書き直してください。ファイルの受渡しの途中で壊れたおそれがあるので、元のファイルと比べてください。")
}

/// The encoding that bytes most likely are: the first that decodes without a fault.
fn guess(bytes: &[u8]) -> Option<Named> {
    if bytes.contains(&0) {
        return None;
    }
    [(encoding_rs::EUC_JP, "EUC-JP"), (encoding_rs::SHIFT_JIS, "Shift_JIS")]
        .into_iter()
        .find(|(encoding, _)| encoding.decode_without_bom_handling_and_without_replacement(bytes).is_some())
}

/// Shows the line as it reads in the other encoding, so that the guess can be judged.
fn other_encoding(path: &Arc<str>, bytes: &[u8], (encoding, name): Named, line: usize) -> Diagnostic {
    let (text, _, _) = encoding.decode(bytes);
    let shown = SourceFile::new(Arc::clone(path), text.replace("\r\n", "\n").replace('\r', "\n"));
    let start = shown.line_start(line);
    let end = shown.text[start..].find('\n').map_or(shown.text.len(), |length| start + length);
    Diagnostic::new(Code::NOT_UTF8, Arc::clone(path), format!("文字コードが UTF-8 ではありません（{name} と思われます）"))
        .at(shown.place(Span::new(start, end)))
        .expected(format!("{name} として読んだところ"))
        .help("エディタで開き、文字コードに UTF-8 を選んで保存し直してください。Excel から書き出すときは「CSV UTF-8」を選びます。")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let file = SourceFile::new("a.yaml", "版: 元年\n公表日: x\n");
        let at = file.text.find('x').unwrap();
        assert_eq!(file.line_column(at), (2, 6));
    }

    #[test]
    fn of_a_very_long_line_only_a_part_is_kept() {
        let file = SourceFile::new("a.yaml", format!("{}公表日: x\n", "あ".repeat(100_000)));
        let at = file.text.find("公表日").unwrap();
        let place = file.place(Span::new(at, at + 9));
        assert_eq!((place.line, place.column), (1, 100_001));
        assert_eq!(&place.excerpt[place.marked.clone()], "公表日");
        assert!(place.excerpt.len() < LONG_LINE);
        let all = file.place(Span::new(0, file.text.len()));
        assert!(all.excerpt.len() <= LONG_LINE && all.marked.start == 0);
    }

    #[test]
    fn a_mark_is_stripped_and_crlf_is_no_part_of_the_excerpt() {
        let file = SourceFile::decode("a.yaml", "\u{FEFF}様式: 全\r\n版: x\r\n".as_bytes()).unwrap();
        let place = file.place(Span::new(0, 6));
        assert_eq!((place.line, place.excerpt.as_str()), (1, "様式: 全"));
    }

    #[test]
    fn a_scalar_is_replaced_as_it_is_written() {
        let file = SourceFile::new("a.yaml", "a: \"x\"\nb: x\nc: [x]\nd: |\n  x\n  y\n");
        let fix = |from: &str, to: &str| {
            let at = file.text.find(from).unwrap();
            file.replace_scalar(Span::new(at, at + from.len()), to)
        };
        let inside = Fix { line: 1, column: 5, from: "x".to_owned(), to: "y: z".to_owned() };
        assert_eq!(fix("\"x\"", "y: z"), Some(inside));
        assert_eq!(fix("x\nc", "y"), None);
        let at = file.text.find("x\nc").unwrap();
        let plain = |to| file.replace_scalar(Span::new(at, at + 1), to).unwrap().to;
        assert_eq!((plain("1,000人").as_str(), plain("y: z").as_str()), ("1,000人", "\"y: z\""));
        let at = file.text.find("x]").unwrap();
        let listed = file.replace_scalar(Span::new(at, at + 1), "1,000人").unwrap();
        assert_eq!(listed.to, "\"1,000人\"");
    }

    #[test]
    fn shift_jis_is_named() {
        let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode("様式: 全項目評価書\n");
        let diagnostic = SourceFile::decode("a.yaml", &bytes).unwrap_err();
        assert!(diagnostic.message.contains("Shift_JIS"), "{}", diagnostic.message);
    }
}
