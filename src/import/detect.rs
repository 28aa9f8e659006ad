//! What kind of source a text is, and which edition of which form it fills in.

use crate::form::{Form, fold};

/// How a document was brought into text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceKind {
    /// A transcription with tables: tab-separated cells, HTML fragments, tables of Markdown.
    Table,
    /// The text layer of a PDF: lines without columns.
    PdfText,
}

/// Says how a document was brought into text: columns and tags are only in transcriptions.
pub fn source_kind(text: &str) -> SourceKind {
    let printed = text.lines().filter(|l| !l.trim().is_empty());
    let (mut lines, mut columns) = (0usize, 0usize);
    for line in printed {
        lines += 1;
        let trimmed = line.trim();
        let is_pipes = trimmed.len() > 2 && trimmed.starts_with('|') && trimmed.ends_with('|');
        columns += usize::from(trimmed.contains('\t') || is_pipes || has_table_tag(trimmed));
    }
    if columns * 20 >= lines.max(1) { SourceKind::Table } else { SourceKind::PdfText }
}

fn has_table_tag(line: &str) -> bool {
    let lower = line.to_ascii_lowercase();
    ["<td", "<th>", "<tr", "<table", "<p>", "<br", "<input"].iter().any(|tag| lower.contains(tag))
}

/// The edition that a document fills in: by its title and the mark on its cover. Without a mark it is the newest edition
/// that fits what is printed: one whose own new labels do not occur is not it. `None` where no title is found.
pub fn form(text: &str) -> Option<&'static Form> {
    let folded = fold(text);
    let mut first: Option<(usize, &'static str)> = None;
    for form in Form::all() {
        let titles = [fold(&form.head.title), format!("({})", fold(&form.head.short_title))];
        let at = titles.iter().filter_map(|t| folded.find(t.as_str())).min();
        let at =
            at.or_else(|| folded.find(fold(&form.head.short_title).as_str()).map(|at| at + folded.len()));
        if let Some(at) = at
            && first.is_none_or(|(best, _)| at < best)
        {
            first = Some((at, form.head.style.as_str()));
        }
    }
    let (_, style) = first?;
    let editions: Vec<&'static Form> = Form::all().iter().filter(|f| f.head.style == style).collect();
    if let Some(marked) = editions.iter().find(|f| folded.contains(&bare_mark(f))) {
        return Some(marked);
    }
    let fits = |at: usize| {
        let Some(older) = editions.get(at + 1) else { return true };
        let own = own_labels(editions[at], older);
        own.is_empty() || own.iter().any(|label| folded.contains(label.as_str()))
    };
    (0..editions.len()).find(|at| fits(*at)).map(|at| editions[at])
}

/// The edition mark without its brackets, folded.
fn bare_mark(form: &Form) -> String {
    fold(&form.head.edition_mark).trim_matches(['[', ']']).to_owned()
}

/// Labels of an edition that an older one does not have; short ones occur anywhere and prove nothing.
fn own_labels(form: &Form, older: &Form) -> Vec<String> {
    let labels = |form: &Form| -> Vec<String> {
        let printed = form.nodes().iter().filter(|n| !n.synthetic_label);
        printed.map(|n| fold(&n.label)).filter(|l| l.chars().count() >= 8).collect()
    };
    let known = labels(older);
    labels(form).into_iter().filter(|l| !known.contains(l)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> Option<&'static str> {
        form(text).map(|f| f.head.id.as_str())
    }

    #[test]
    fn kinds_of_sources() {
        assert_eq!(source_kind("①部署\t雪像課\n本文"), SourceKind::Table);
        assert_eq!(source_kind("| 部署 | 雪像課 |"), SourceKind::Table);
        assert_eq!(source_kind(" ①部署 雪像課\n [ ○"), SourceKind::PdfText);
        assert_eq!(source_kind(""), SourceKind::PdfText);
    }

    #[test]
    fn titles_name_the_form() {
        assert_eq!(id("特定個人情報保護評価書(全項目評価書)"), Some("zenkomoku-h30-05"));
        assert_eq!(id("# 特定個人情報保護評価書（重点項目評価書）\n全項目評価書"), Some("juten-h30-05"));
        assert_eq!(id("雪まつりのしおり"), None);
    }

    #[test]
    fn the_edition_is_read_from_the_mark_or_the_print() {
        assert_eq!(id("基礎項目評価書 [平成31年１月 様式２] 人手を介在させる作業"), Some("kiso-h31-01"));
        assert_eq!(id("特定個人情報保護評価書（基礎項目評価書）\n1. 監査"), Some("kiso-h31-01"));
        let newer = "特定個人情報保護評価書（基礎項目評価書）\n８．人手を介在させる作業";
        assert_eq!(id(newer), Some("kiso-r06-10"));
    }
}
