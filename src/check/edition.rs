//! Which edition of which form a document is: the keys 様式 and 版.

use super::values::{nearest, sure_word};
use crate::diagnostic::{Code, Diagnostic};
use crate::form::{Form, fold};
use crate::read::{Key, SourceFile, Span, Yaml};

/// The key that names the form.
pub(crate) const STYLE_KEY: &str = "様式";
/// The key that names the edition.
pub(crate) const EDITION_KEY: &str = "版";

/// Whether a text is one of the two keys.
pub(super) fn knows_key(text: &str) -> bool {
    [STYLE_KEY, EDITION_KEY].contains(&fold(text).as_str())
}

/// Whether the form is named at all.
pub(super) fn is_named(entries: &[(Key, Yaml)]) -> bool {
    entries.iter().any(|(key, _)| fold(&key.text) == STYLE_KEY)
}

/// Where the edition is written, if it is.
pub(super) fn span(entries: &[(Key, Yaml)]) -> Option<Span> {
    entries.iter().find(|(key, _)| fold(&key.text) == EDITION_KEY).map(|(_, value)| value.span)
}

/// Finds the edition; without one nothing else can be checked.
pub(super) fn choose(
    file: &SourceFile,
    entries: &[(Key, Yaml)],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<&'static Form> {
    let value = |name: &str| entries.iter().find(|(key, _)| fold(&key.text) == name).map(|(_, v)| v);
    let Some(style) = value(STYLE_KEY) else {
        diagnostics.push(
            Diagnostic::new(Code::UNKNOWN_FORM, file.path.clone(), "「様式」が書かれていません")
                .at(file.place(Span::default()))
                .help(format!("先頭に「様式: 全項目評価書」のように書いてください。{}", known_forms())),
        );
        return None;
    };
    let name = style.text().unwrap_or_default().trim();
    let mut editions = Form::named(name);
    if editions.is_empty() {
        let names: Vec<_> = Form::all().iter().map(|f| f.head.short_title.as_str()).collect();
        let near = nearest(name, &names);
        let message = match name {
            "" => "「様式」が空です".to_owned(),
            name => format!("「{name}」という様式はありません"),
        };
        let diagnostic = Diagnostic::new(Code::UNKNOWN_FORM, file.path.clone(), message)
            .at(file.place(style.span))
            .help(known_forms());
        diagnostics.push(match near {
            Some(near) => diagnostic
                .expected(format!("「{near}」のことですか"))
                .suggest(near)
                .mend(sure_word(file, style.span, name, near, &names)),
            None => diagnostic.expected("様式の名前"),
        });
        // The rest of the document is checked as what was most likely meant.
        editions = near.map(Form::named).unwrap_or_default();
    }
    let newest = editions.first()?;
    let Some(edition) = value(EDITION_KEY) else { return Some(newest) };
    let wanted = edition.text().unwrap_or_default();
    if let Some(form) = editions.iter().find(|form| form.is_edition(wanted)) {
        return Some(form);
    }
    let known: Vec<_> = editions.iter().map(|f| f.head.edition.as_str()).collect();
    diagnostics.push(
        Diagnostic::new(
            Code::UNKNOWN_FORM,
            file.path.clone(),
            format!("{}に「{wanted}」の版はありません", newest.head.short_title),
        )
        .at(file.place(edition.span))
        .expected(format!("使える版: {}", known.join("、")))
        .help("表紙の右上に印字された版（例: 平成30年5月）を書いてください。"),
    );
    Some(newest)
}

fn known_forms() -> String {
    let mut names: Vec<_> = Form::all().iter().map(|f| f.head.short_title.as_str()).collect();
    // Editions of one form stand side by side.
    names.dedup();
    format!("使える様式: {}", names.join("、"))
}
