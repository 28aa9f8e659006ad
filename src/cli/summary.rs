//! What a check found, in a few lines: one for each document with findings, then one for all.

use std::collections::BTreeMap;
use std::path::Path;

use crate::diagnostic::{Diagnostic, Severity};
use crate::pipeline::DocumentName;

/// How much was found.
#[derive(Default)]
struct Counts {
    errors: usize,
    warnings: usize,
    notes: usize,
    accepted: usize,
}

impl Counts {
    fn add(&mut self, found: &Diagnostic) {
        let count = match found.severity {
            _ if found.accepted.is_some() => &mut self.accepted,
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
            Severity::Info => &mut self.notes,
        };
        *count += 1;
    }
}

/// A line for each document with findings, for each other file with findings, and the line for all.
pub(super) fn summary(
    documents: &[DocumentName],
    standing: &[Diagnostic],
    accepted: &[Diagnostic],
) -> String {
    let mut all = Counts::default();
    let mut by_place: BTreeMap<&str, Counts> = BTreeMap::new();
    for found in standing.iter().chain(accepted) {
        all.add(found);
        by_place.entry(place_of(documents, &found.file)).or_default().add(found);
    }
    let mut lines: Vec<_> = by_place.iter().map(|(place, counts)| line(documents, place, counts)).collect();
    lines.push(format!("評価書 {} 件を検査しました: {}", documents.len(), total(&all)));
    lines.join("\n")
}

/// The folder of the document that a file belongs to, or the file itself.
fn place_of<'d>(documents: &'d [DocumentName], file: &'d str) -> &'d str {
    let holds = |document: &&DocumentName| Path::new(file).starts_with(Path::new(&*document.folder));
    documents.iter().find(holds).map_or(file, |document| &document.folder)
}

fn line(documents: &[DocumentName], place: &str, counts: &Counts) -> String {
    let title = documents.iter().find(|d| &*d.folder == place).and_then(|d| d.title.as_deref());
    let title = title.map(|title| format!("「{title}」")).unwrap_or_default();
    let result = if counts.errors > 0 { "公表できません" } else { "公表できます" };
    format!(
        "{place}{title}: 誤り {}・注意 {}・参考 {}・例外 {}（{result}）",
        counts.errors, counts.warnings, counts.notes, counts.accepted
    )
}

fn total(counts: &Counts) -> String {
    let count = |name: &str, number: usize| (number > 0).then(|| format!("{name} {number} 件"));
    let in_brackets = |parts: &[Option<String>]| {
        let parts: Vec<_> = parts.iter().flatten().map(String::as_str).collect();
        if parts.is_empty() { String::new() } else { format!("（{}）", parts.join("、")) }
    };
    let notes = count("参考", counts.notes);
    let accepted = count("検査の例外", counts.accepted);
    match (counts.errors, counts.warnings) {
        (0, 0) if counts.notes == 0 => format!("指摘はありません{}", in_brackets(&[accepted])),
        (0, warnings) => {
            format!("誤りはありません{}", in_brackets(&[count("注意", warnings), notes, accepted]))
        }
        (errors, warnings) => {
            format!("誤り {errors} 件、注意 {warnings} 件{}", in_brackets(&[notes, accepted]))
        }
    }
}
