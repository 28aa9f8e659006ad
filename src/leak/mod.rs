//! 個人番号 must never be published: looks for 12-digit numbers in sources and in every file that is written, and hides them
//! wherever findings are shown.
//!
//! The scan works on bytes, so that it serves texts, pages and images alike, and skips everything but digits: a build writes
//! gigabytes. Known limits: a number that is split by markup (`1234<b>5678</b>9018`), by a line break, or by signs other than
//! blanks, hyphens and middle dots is not seen, and compressed parts of images are not unpacked.

mod context;
mod digits;
mod mask;

use std::ops::Range;

pub use mask::{mask, mask_excerpt};

use crate::codes::is_my_number;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::read::{SourceFile, Span};

/// More findings in one file help nobody.
const MOST: usize = 100;

/// Endings of attachments that are text: an image of a document may hold words.
const TEXT_ENDINGS: [&str; 13] =
    [".svg", ".md", ".txt", ".csv", ".tsv", ".html", ".htm", ".xml", ".json", ".css", ".js", ".yaml", ".yml"];

/// A number of twelve digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it stands.
    pub bytes: Range<usize>,
    /// Whether its check digit is that of a 個人番号.
    pub passes: bool,
}

/// The 12-digit numbers in a text or in any other file: half or full width, in one piece or in equal groups.
pub fn find(bytes: &[u8]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut tags = context::Tags::new(bytes);
    digits::each_chain(bytes, |chain| {
        for run in chain.runs() {
            let pieces = &chain.groups[run];
            found.extend(judge(bytes, &mut tags, pieces));
        }
    });
    found
}

fn judge(bytes: &[u8], tags: &mut context::Tags<'_>, pieces: &[digits::Group]) -> Option<Found> {
    let (first, last) = (pieces.first()?, pieces.last()?);
    let span = first.start..last.end;
    if pieces.iter().map(|g| g.len).sum::<usize>() != 12 || context::belongs_to_more(bytes, &span) {
        return None;
    }
    let digits: String = pieces.iter().flat_map(digits::Group::digits).collect();
    let passes = is_my_number(&digits);
    if let [_] = pieces {
        return (!context::is_time(bytes, &span, &digits)).then_some(Found { bytes: span, passes });
    }
    // Separated numbers that are none are too common to speak of, but for the way in which the card prints it.
    let is_worth = passes || first.len == 4;
    let is_number = digits::are_equal_groups(pieces) && !digits::are_a_row_of_values(pieces);
    (is_worth && is_number && !tags.is_geometry(span.start)).then_some(Found { bytes: span, passes })
}

/// Whether the number that must not be published stands in what is about to be written; if so, its line.
pub fn line_of_leak(bytes: &[u8]) -> Option<usize> {
    let leak = find(bytes).into_iter().find(|f| f.passes)?;
    Some(bytes[..leak.bytes.start].iter().filter(|b| **b == b'\n').count() + 1)
}

/// The findings about a text file, comments included.
pub fn in_source(file: &SourceFile) -> Vec<Diagnostic> {
    find(file.text.as_bytes()).into_iter().take(MOST).map(|found| finding(file, found)).collect()
}

/// The findings about an attachment, where it is text in any encoding.
pub fn in_attachment(path: &str, bytes: &[u8]) -> Vec<Diagnostic> {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    in_source(&SourceFile::new(path, String::from_utf8_lossy(text)))
}

/// Whether an attachment is looked into.
pub fn is_text(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    TEXT_ENDINGS.iter().any(|ending| path.ends_with(ending))
}

fn finding(file: &SourceFile, found: Found) -> Diagnostic {
    let message = if found.passes {
        "個人番号（マイナンバー）の可能性がある12桁の数字があります（数字は伏せています）"
    } else {
        "12桁の数字があります（数字は伏せています）。個人番号を書き誤ったものではないか確かめてください"
    };
    let diagnostic = Diagnostic::new(Code::PERSONAL_NUMBER, file.path.clone(), message)
        .at(file.place(Span::from(found.bytes)));
    if !found.passes {
        return diagnostic
            .weighing(Severity::Warning)
            .help("個人に付けられた番号なら消してください。ほかの番号なら、このままで公表できます。");
    }
    diagnostic
        .help("個人番号なら、すぐに消してください。保存した履歴や複製にも残るので、個人情報保護の担当者にも知らせてください。")
        .help("個人番号ではない番号なら、一部の桁を省くなどして、12桁の数字にならないように書いてください。")
}

#[cfg(test)]
mod tests;
