//! Findings for people (with the line and a caret), for one-line tools, and for programs.

use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Level, Patch, Renderer, Snippet};

use super::{Diagnostic, Severity};
use crate::form::ItemName;

/// A finding as a paragraph: message, file:line:column, the line with the marked part, what to do.
pub fn human(diagnostic: &Diagnostic, color: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    }
    .with_name(diagnostic.severity.label());
    let title = title(diagnostic);
    let mut group = level
        .primary_title(title.as_str())
        .id(diagnostic.code.id())
        .elements([] as [annotate_snippets::Message<'_>; 0]);
    let mut patches = None;
    match &diagnostic.place {
        Some(place) => {
            let label = diagnostic.expected.as_deref().unwrap_or_default();
            let marked = AnnotationKind::Primary.span(place.marked.clone()).label(label);
            group = group.element(
                Snippet::source(place.excerpt.as_str())
                    .line_start(place.line)
                    .path(&*diagnostic.file)
                    .annotation(marked),
            );
            patches = diagnostic.suggestion.as_ref().map(|text| {
                Snippet::source(place.excerpt.as_str())
                    .line_start(place.line)
                    .path(&*diagnostic.file)
                    .patch(Patch::new(place.marked.clone(), text.as_str()))
            });
        }
        None => group = group.element(annotate_snippets::Origin::path(&*diagnostic.file)),
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.with_name("対応").message(help.as_str()));
    }
    let mut groups = vec![group];
    if let Some(patch) = patches {
        groups.push(Level::HELP.with_name("対応").secondary_title("次のように書けます").element(patch));
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&groups)
}

/// A finding as one line: `file:line:column: 誤り[CODE] Ⅱ.3.⑧ 使用方法: message → suggestion`.
pub fn short(diagnostic: &Diagnostic) -> String {
    let (line, column) = diagnostic.place.as_ref().map_or((1, 1), |p| (p.line, p.column));
    let suggestion = diagnostic.suggestion.as_deref().map(str::trim).filter(|s| !s.is_empty());
    format!(
        "{}:{line}:{column}: {}[{}] {}{}",
        diagnostic.file,
        diagnostic.severity.label(),
        diagnostic.code.id(),
        title(diagnostic),
        suggestion.map(|text| format!(" → {text}")).unwrap_or_default()
    )
}

/// Findings as a JSON array with a stable order of keys.
pub fn json(diagnostics: &[Diagnostic]) -> String {
    let all: Vec<_> = diagnostics.iter().map(json_value).collect();
    let mut text = serde_json::to_string_pretty(&all).unwrap_or_default();
    text.push('\n');
    text
}

fn json_value(diagnostic: &Diagnostic) -> serde_json::Value {
    let place = diagnostic.place.as_ref();
    serde_json::json!({
        "code": diagnostic.code.id(),
        "severity": diagnostic.severity.id(),
        "file": &*diagnostic.file,
        "line": place.map(|p| p.line),
        "column": place.map(|p| p.column),
        "end_column": place.map(|p| p.column + p.excerpt.get(p.marked.clone()).map_or(0, |t| t.chars().count())),
        "ref": diagnostic.item.as_ref().map(|i| &i.reference),
        "label": diagnostic.item.as_ref().map(|i| &i.label),
        "message": diagnostic.message,
        "expected": diagnostic.expected,
        "help": diagnostic.help,
        "suggestion": diagnostic.suggestion,
    })
}

fn title(diagnostic: &Diagnostic) -> String {
    let mut title = String::new();
    if let Some(item) = &diagnostic.item {
        let _ = write!(title, "{}: ", ItemName::of(&item.reference, &item.label).line());
    }
    title.push_str(&diagnostic.message);
    title
}
