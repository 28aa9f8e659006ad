//! Published documents of others to content: recognise the kind of source and the form, read it, account for every line.

pub mod audit;
pub mod detect;
mod html;
pub mod pdf;
mod place;
mod report;
pub mod table;

use std::path::Path;

pub use detect::SourceKind;
pub use place::{Placement, Written, write};
pub use report::{Counts, Doubt, Fate, Ledger, Note, Report, reports_json};

use crate::assessment::{Answers, Change};
use crate::fs;
use crate::read::{AssessmentSource, SourceFile};
use crate::{author, check};

/// A document as far as its source could be read.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The filled-in form.
    pub answers: Answers,
    /// 変更箇所, in the order of the source; references as written.
    pub changes: Vec<Change>,
    /// What became of every line.
    pub report: Report,
}

/// The text of a source file. Files of older tools in other Japanese encodings are read too.
pub fn source_text(path: &Path) -> Result<String, String> {
    let bytes = fs::read(path).map_err(|e| e.to_string())?;
    if bytes.starts_with(b"%PDF") {
        return Err("PDF そのものは取り込めません。文字データを取り出した（pdftotext などの）ファイルを指定してください".to_owned());
    }
    if bytes.starts_with(b"PK") {
        return Err(
            "Excel などのファイルはまだ取り込めません。文字データにしたファイルを指定してください".to_owned()
        );
    }
    let name = crate::read::shown(path);
    if let Ok(file) = SourceFile::decode(name, &bytes) {
        return Ok(file.text);
    }
    [encoding_rs::UTF_16LE, encoding_rs::UTF_16BE, encoding_rs::SHIFT_JIS, encoding_rs::EUC_JP]
        .into_iter()
        .find_map(|encoding| decode(encoding, &bytes))
        .ok_or_else(|| "文字コードが分かりません。UTF-8 で保存し直してください".to_owned())
}

fn decode(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> Option<String> {
    let is_utf16 = [encoding_rs::UTF_16LE, encoding_rs::UTF_16BE].contains(&encoding);
    // Without its mark nearly any bytes are UTF-16.
    if is_utf16 && encoding_rs::Encoding::for_bom(bytes).map(|(found, _)| found) != Some(encoding) {
        return None;
    }
    let (text, had_errors) = encoding.decode_with_bom_removal(bytes);
    (!had_errors).then(|| text.into_owned())
}

/// Reads a source: finds out what kind it is and which form, and accounts for every line.
pub fn read(name: &str, text: &str) -> Result<Imported, String> {
    let form = detect::form(text).ok_or_else(|| {
        "どの様式か分かりません。「特定個人情報保護評価書（全項目評価書）」のような表題のあるファイルを指定してください".to_owned()
    })?;
    let mut imported = match detect::source_kind(text) {
        SourceKind::Table => table::read(text, form),
        SourceKind::PdfText => pdf::read(text, form),
    };
    name.clone_into(&mut imported.report.source);
    imported.report.notes.extend(place::derived_notes(&imported.answers));
    reads_back(&imported)?;
    Ok(imported)
}

/// What is written must read back to the same values; anything else would lose text in silence.
fn reads_back(imported: &Imported) -> Result<(), String> {
    let form = imported.answers.form();
    let source = AssessmentSource {
        dir: "import".to_owned(),
        number: String::new(),
        form: SourceFile::new("assessment.yaml", author::assessment_yaml(&imported.answers)),
        prose: Vec::new(),
        changes: Some(SourceFile::new("changes.yaml", author::changes_yaml(&imported.changes, form, false))),
        attachments: Vec::new(),
    };
    let fault = |what: &str| {
        format!(
            "取り込んだ{what}を書き出すと元に戻りません（kohyo の不具合です。原文を添えて知らせてください）"
        )
    };
    let again = check::assessment(&source, check::Surroundings::unknown())
        .assessment
        .ok_or_else(|| fault("評価書"))?;
    for (slot, value) in imported.answers.values().filter(|(_, v)| !v.is_empty()) {
        if again.answers.get(slot) != Some(value) {
            return Err(fault(&format!("項目 {}", imported.answers.path(slot))));
        }
    }
    let is_same = |(a, b): (&Change, &Change)| {
        (a.date, &a.item.text, &a.before, &a.after, &a.explanation)
            == (b.date, &b.item.text, &b.before, &b.after, &b.explanation)
    };
    if again.changes.len() != imported.changes.len()
        || !again.changes.iter().zip(&imported.changes).all(is_same)
    {
        return Err(fault("変更箇所"));
    }
    Ok(())
}
