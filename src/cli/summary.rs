//! What a check found, in a few lines: one for each document with findings, then one for all.

use std::collections::BTreeMap;

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
    let titles: BTreeMap<&str, Option<&str>> =
        documents.iter().map(|d| (&*d.folder, d.title.as_deref())).collect();
    let mut all = Counts::default();
    let mut by_place: BTreeMap<&str, Counts> = BTreeMap::new();
    for found in standing.iter().chain(accepted) {
        all.add(found);
        by_place.entry(place_of(&titles, &found.file)).or_default().add(found);
    }
    let line = |(place, counts): (&&str, &Counts)| line(place, titles.get(place).copied().flatten(), counts);
    let mut lines: Vec<_> = by_place.iter().map(line).collect();
    lines.push(format!("評価書 {} 件を検査しました: {}", documents.len(), total(&all)));
    lines.join("\n")
}

/// The folder of the document that a file belongs to, or the file itself.
fn place_of<'d>(titles: &BTreeMap<&str, Option<&str>>, file: &'d str) -> &'d str {
    let above = |path: &&'d str| path.rsplit_once('/').map(|(folder, _)| folder);
    std::iter::successors(Some(file), above).find(|path| titles.contains_key(path)).unwrap_or(file)
}

fn line(place: &str, title: Option<&str>, counts: &Counts) -> String {
    let words = |title: &str| title.split_whitespace().collect::<Vec<_>>().join(" ");
    let title = title.map(|title| format!("「{}」", words(title))).unwrap_or_default();
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
