//! A finding as a paragraph: the message, the line with the marked part, the other places that belong to it, what to do.

use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Message, Origin, Patch, Renderer, Snippet,
};

use super::{path, title};
use crate::diagnostic::{Diagnostic, Place, Severity};

/// Places further apart than this many lines are shown apart.
const FAR: usize = 500;

/// A finding as a paragraph: message, file:line:column, the line with the marked part, what to do.
pub fn human(diagnostic: &Diagnostic, color: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let title = title(diagnostic);
    let mut group = level
        .with_name(diagnostic.severity.label())
        .primary_title(title.as_str())
        .id(diagnostic.code.id())
        .elements([] as [Message<'_>; 0]);
    match &diagnostic.place {
        Some(place) => group = in_snippets(group, diagnostic, place),
        None => {
            group = group.element(Origin::path(path(&diagnostic.file)));
            for other in &diagnostic.related {
                let note = context(&other.place, other.place.marked.clone(), &other.note);
                group = group.element(snippet(&other.file, &other.place).annotation(note));
            }
        }
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.with_name("対応").message(help.as_str()));
    }
    let mut groups = vec![group];
    if let (Some(place), Some(text)) = (&diagnostic.place, &diagnostic.suggestion) {
        let patch = Snippet::source(place.excerpt.as_str())
            .line_start(place.line)
            .path(path(&diagnostic.file))
            .patch(Patch::new(place.marked.clone(), text.as_str()));
        groups.push(Level::HELP.with_name("対応").secondary_title("次のように書けます").element(patch));
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&groups)
}

/// Adds the marked line and those of the other places: one snippet as long as they are near each other in one file,
/// further snippets for the others.
fn in_snippets<'d>(mut group: Group<'d>, diagnostic: &'d Diagnostic, place: &'d Place) -> Group<'d> {
    let mut lines = Lines::of(place);
    let mut apart = Vec::new();
    let mut notes = Vec::new();
    for other in &diagnostic.related {
        if other.file == diagnostic.file && lines.take(&other.place) {
            notes.push(other);
        } else {
            apart.push(other);
        }
    }
    let label = diagnostic.expected.as_deref().unwrap_or_default();
    let marked = AnnotationKind::Primary.span(lines.range(place)).label(label);
    let notes = notes.into_iter().map(|other| context(&other.place, lines.range(&other.place), &other.note));
    let first = Snippet::source(lines.text())
        .line_start(lines.first())
        .path(path(&diagnostic.file))
        .annotation(marked)
        .annotations(notes.collect::<Vec<_>>());
    group = group.element(first);
    for other in apart {
        let note = context(&other.place, other.place.marked.clone(), &other.note);
        group = group.element(snippet(&other.file, &other.place).annotation(note));
    }
    group
}

fn snippet<'d>(file: &'d str, place: &'d Place) -> Snippet<'d, Annotation<'d>> {
    Snippet::source(place.excerpt.as_str()).line_start(place.line).path(path(file))
}

/// A note at another place. An empty mark has no room for carets, so it takes the whole line.
fn context<'d>(place: &Place, range: std::ops::Range<usize>, note: &'d str) -> Annotation<'d> {
    let range = match range.is_empty() {
        true => range.start - place.marked.start..range.start - place.marked.start + place.excerpt.len(),
        false => range,
    };
    AnnotationKind::Context.span(range).label(note)
}

/// The lines of one file that are shown together, ascending. Between them stand empty lines that the renderer folds.
struct Lines<'d>(Vec<&'d Place>);

impl<'d> Lines<'d> {
    fn of(place: &'d Place) -> Self {
        Self(vec![place])
    }

    /// Takes a line in, where that is possible without showing a line that is not known.
    fn take(&mut self, place: &'d Place) -> bool {
        // The renderer shows a single line between two others instead of folding it.
        let fits = |other: &&Place| {
            let apart = other.line.abs_diff(place.line);
            (apart == 0 && other.excerpt == place.excerpt) || apart == 1 || (3..FAR).contains(&apart)
        };
        if !self.0.iter().all(fits) {
            return false;
        }
        if let Err(at) = self.0.binary_search_by_key(&place.line, |other| other.line) {
            self.0.insert(at, place);
        }
        true
    }

    fn first(&self) -> usize {
        self.0.first().map_or(1, |place| place.line)
    }

    fn text(&self) -> String {
        let mut text = String::new();
        let mut line = self.first();
        for place in &self.0 {
            text.extend(std::iter::repeat_n('\n', place.line - line));
            text.push_str(&place.excerpt);
            line = place.line;
        }
        text
    }

    /// Where the marked part of a place stands in the text.
    fn range(&self, place: &Place) -> std::ops::Range<usize> {
        let before: usize = self.0.iter().take_while(|p| p.line < place.line).map(|p| p.excerpt.len()).sum();
        let shift = before + place.line - self.first();
        place.marked.start + shift..place.marked.end + shift
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    fn place(line: usize, excerpt: &str, marked: &str) -> Place {
        let start = excerpt.find(marked).unwrap();
        let column = excerpt[..start].chars().count() + 1;
        Place { line, column, excerpt: excerpt.to_owned(), marked: start..start + marked.len() }
    }

    fn found(related: &[(&str, usize, &str, &str)]) -> String {
        let mut found = Diagnostic::new(Code::REQUIRED, "a.yaml", "合いません")
            .at(place(12, "件数: 2", "2"))
            .expected("1")
            .help("数えてください。");
        for (file, line, excerpt, marked) in related {
            found = found.related((*file).into(), place(*line, excerpt, marked), "ここです");
        }
        human(&found, false)
    }

    #[test]
    fn places_of_one_file_stand_in_one_snippet_in_the_order_of_the_file() {
        insta::assert_snapshot!(found(&[("a.yaml", 40, "先: い", "い"), ("a.yaml", 11, "先: あ", "あ")]), @r"
        誤り[REQ-01]: 合いません
          --> a.yaml:12:5
           |
        11 | 先: あ
           |     -- ここです
        12 | 件数: 2
           |       ^ 1
        ...
        40 | 先: い
           |     -- ここです
           |
           = 対応: 数えてください。
        ");
    }

    /// A line between two others would be shown, and what stands in it is not known here.
    #[test]
    fn no_line_is_shown_that_is_not_known() {
        let shown = found(&[("a.yaml", 14, "先: い", "い")]);
        assert!(!shown.contains("13 |"), "{shown}");
        assert!(shown.contains("::: a.yaml:14:4"), "{shown}");
    }

    #[test]
    fn other_files_and_the_same_line() {
        insta::assert_snapshot!(found(&[("b.yaml", 3, "先: い", "い"), ("a.yaml", 12, "件数: 2", "件数")]), @r"
        誤り[REQ-01]: 合いません
          --> a.yaml:12:5
           |
        12 | 件数: 2
           | ----  ^ 1
           | |
           | ここです
           |
          ::: b.yaml:3:4
           |
         3 | 先: い
           |     -- ここです
           |
           = 対応: 数えてください。
        ");
    }

    #[test]
    fn an_empty_mark_and_a_line_far_away_do_no_harm() {
        let shown = found(&[("a.yaml", 20, "先:", ""), ("a.yaml", 90_000, "末", "末")]);
        assert!(shown.contains("20 | 先:") && shown.contains("::: a.yaml:90000:1"), "{shown}");
    }

    #[test]
    fn a_finding_about_a_file_shows_other_places_too() {
        let found = Diagnostic::new(Code::REQUIRED, "a.yaml", "ありません").related(
            "b.yaml".into(),
            place(3, "先: い", "い"),
            "ここです",
        );
        insta::assert_snapshot!(human(&found, false), @r"
        誤り[REQ-01]: ありません
         --> a.yaml
          |
         ::: b.yaml:3:4
          |
        3 | 先: い
          |     -- ここです
        ");
    }
}
