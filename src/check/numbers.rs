//! 12-digit numbers that may be a 個人番号, in every text that is read (LINT-01). The search itself is in `leak`.

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::leak::{Found, find};
use crate::read::{SourceFile, Span};

/// More findings in one file help nobody.
const MOST: usize = 100;

/// Endings of attachments that are text: an image of a document may hold words.
const TEXT_ENDINGS: [&str; 13] =
    [".svg", ".md", ".txt", ".csv", ".tsv", ".html", ".htm", ".xml", ".json", ".css", ".js", ".yaml", ".yml"];

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

/// The finding about a number in the name of a file or folder. The name itself is not shown: it would give the number away.
pub fn in_name(path: &str) -> Option<Diagnostic> {
    find(path.as_bytes()).into_iter().find(|found| found.passes)?;
    let message = "ファイルかフォルダの名前に、個人番号（マイナンバー）の可能性がある12桁の数字があります（数字は伏せています）";
    Some(Diagnostic::new(Code::PERSONAL_NUMBER, path, message).help(
        "名前を変えてください。保存した履歴や複製にも残るので、個人情報保護の担当者にも知らせてください。",
    ))
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
