//! The files of a city's own theme: read as text or refused, and what is wrong with them, said with file and line.

use indexmap::IndexMap;

use super::{RenderError, TEMPLATES, Theme, ThemeError, WORDS, files_with};
use crate::diagnostic::{self, Code, Diagnostic};
use crate::form::likeness_of;
use crate::read::{Data, SourceFile, Span, parse_partly};

/// The files of a theme by their paths in its folder.
type Files = [(String, Vec<u8>)];

/// Files that people put beside others to tell about them.
const NOTES: [&str; 3] = ["md", "txt", "db"];

/// The path of a theme's file as people see it; `folder` is empty where none is known.
pub(super) fn path(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// The same files with all texts as UTF-8 without a mark; those in another encoding are findings.
pub(super) fn decoded(folder: &str, files: &Files) -> Result<Vec<(String, Vec<u8>)>, Vec<Diagnostic>> {
    let (mut texts, mut found) = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        if !is_text(name) {
            texts.push((name.clone(), bytes.clone()));
            continue;
        }
        match SourceFile::decode(path(folder, name), bytes) {
            Ok(file) => texts.push((name.clone(), file.text.into_bytes())),
            Err(diagnostic) => found.push(*diagnostic),
        }
    }
    if found.is_empty() { Ok(texts) } else { Err(found) }
}

fn is_text(name: &str) -> bool {
    let ending = extension(name);
    name.starts_with(TEMPLATES) || ["html", "yaml", "yml", "css", "js"].iter().any(|known| *known == ending)
}

/// The ending of a file's name, in small letters.
pub(super) fn extension(name: &str) -> String {
    name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default()
}

/// The words of a table, with what is wrong in it. `standard` is the table whose words it replaces, if it does.
pub(super) fn words(
    file: &SourceFile,
    standard: Option<&IndexMap<String, String>>,
) -> (IndexMap<String, String>, Vec<Diagnostic>) {
    let parsed = parse_partly(file);
    let (mut words, mut found) = (IndexMap::new(), parsed.diagnostics);
    let here =
        |code, span, message: String| Diagnostic::new(code, file.path.clone(), message).at(file.place(span));
    let entries = match parsed.root.map(|root| (root.span, root.data)) {
        Some((_, Data::Map(entries))) => entries,
        None | Some((_, Data::Null)) => Vec::new(),
        Some((span, _)) => {
            let span = Span::new(span.start, span.start);
            let message = "ことばの表が「名前: ことば」の形で書かれていません".to_owned();
            let help = "「home: 最初のページ」のような行を並べて書いてください。";
            found.push(here(Code::WRONG_TYPE, span, message).help(help));
            Vec::new()
        }
    };
    for (key, value) in entries {
        let name = key.text.trim();
        let text = match &value.data {
            Data::Scalar(text) => text.clone(),
            Data::Null => {
                let message = format!("「{name}」のことばが書かれていません。標準のことばを使います");
                let help = "ことばを書くか、この行を消してください。何も表示しないときは \"\" と書きます。";
                found.push(here(Code::THEME_UNUSED, key.span, message).help(help));
                continue;
            }
            _ => {
                let message = format!("「{name}」のことばが一つの文になっていません");
                let help = "「{」や「[」で始まる文は、引用符で囲んでください。";
                found.push(here(Code::WRONG_TYPE, value.span, message).help(help));
                continue;
            }
        };
        if let Some(standard) = standard {
            found.extend(judged(file, (name, key.span), (&text, value.span), standard));
        }
        if words.insert(name.to_owned(), text).is_some() {
            let message = format!("「{name}」が二度書かれています");
            found.push(here(Code::DUPLICATE_KEY, key.span, message).help("片方を消してください。"));
        }
    }
    (words, found)
}

/// An own word that no page has, or that leaves out what is filled in.
fn judged(
    file: &SourceFile,
    (name, key): (&str, Span),
    (text, value): (&str, Span),
    standard: &IndexMap<String, String>,
) -> Option<Diagnostic> {
    let here = |span, message: String| {
        Diagnostic::new(Code::THEME_UNUSED, file.path.clone(), message).at(file.place(span))
    };
    let Some(ours) = standard.get(name) else {
        let near = nearest(name, standard.keys().map(String::as_str));
        let found = here(key, format!("「{name}」ということばは、標準のテーマにありません"));
        let found = found.help("自治体のテンプレートで使うことばなら、このままで構いません。");
        return Some(with_near(found, near));
    };
    let missing: Vec<_> = places(ours).filter(|place| !text.contains(place)).collect();
    if !missing.is_empty() {
        let message = format!("「{name}」に、値の入る {} がありません", missing.join("、"));
        let help = format!("標準のことば: {ours}");
        return Some(here(value, message).help(help));
    }
    let foreign: Vec<_> = places(text).filter(|place| !ours.contains(place)).collect();
    (!foreign.is_empty()).then(|| {
        let message = format!("「{name}」の {} には何も入りません", foreign.join("、"));
        here(value, message).help(format!("標準のことば: {ours}"))
    })
}

/// The `{n}` of a word.
fn places(word: &str) -> impl Iterator<Item = &str> {
    word.match_indices('{').filter_map(|(at, _)| {
        let end = at + word[at..].find('}')?;
        let name = &word[at + 1..end];
        let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        is_name.then(|| &word[at..=end])
    })
}

fn nearest<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let alike = names.map(|other| (likeness_of(name, other), other)).filter(|(likeness, _)| *likeness >= 0.6);
    alike.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, other)| other)
}

fn with_near(mut found: Diagnostic, near: Option<&str>) -> Diagnostic {
    found.expected = near.map(|near| format!("「{near}」のことですか"));
    found
}

/// Everything that is wrong with a theme's folder.
pub fn theme_findings(folder: &str, files: &Files) -> Vec<Diagnostic> {
    let files = match decoded(folder, files) {
        Ok(files) => files,
        Err(found) => return found,
    };
    let standard = super::standard_words();
    let own = files.iter().find(|(name, _)| name == WORDS);
    let mut found =
        own.map_or_else(Vec::new, |(name, bytes)| words(&source(folder, name, bytes), Some(&standard)).1);
    found.extend(unused(folder, &files));
    found.extend(files.iter().filter_map(|(name, bytes)| foreign(folder, name, bytes)));
    if diagnostic::errors(&found) > 0 {
        return found;
    }
    if let Err(ThemeError::Template(error)) = Theme::load_from(folder, &files) {
        found.push(template_finding(folder, &files, &error));
    }
    found
}

fn source(folder: &str, name: &str, bytes: &[u8]) -> SourceFile {
    SourceFile::new(path(folder, name), String::from_utf8_lossy(bytes))
}

fn template_finding(folder: &str, files: &Files, error: &RenderError) -> Diagnostic {
    let own = files.iter().find(|(name, _)| path(folder, name) == error.template);
    let Some((name, bytes)) = own else {
        let message = format!("このテーマを使うと、標準の{error}");
        let help = "標準のテンプレートが取り込むもの（block、macro など）を、置き換えたファイルから消していないかを確かめてください。";
        return Diagnostic::new(Code::THEME_BROKEN, folder, message).help(help);
    };
    let file = source(folder, name, bytes);
    let message = format!("テンプレートに誤りがあります: {}", error.reason);
    let found = Diagnostic::new(Code::THEME_BROKEN, file.path.clone(), message)
        .help("示された行の {% … %} と {{ … }} を、標準のテーマの同じ名前のファイルと比べて直してください。");
    match error.place {
        Some((line, column)) => {
            let start = file.line_start(line);
            let text = file.text[start..].lines().next().unwrap_or_default();
            let from = text.char_indices().nth(column.saturating_sub(1)).map_or(text.len(), |(at, _)| at);
            found.at(file.place(Span::new(start + from, start + text.len())))
        }
        None => found,
    }
}

/// A style sheet that loads something from another host.
fn foreign(folder: &str, name: &str, bytes: &[u8]) -> Option<Diagnostic> {
    if extension(name) != "css" {
        return None;
    }
    let file = source(folder, name, bytes);
    let span = foreign_address(&file.text)?;
    let message = format!("「{}」を、ほかのサイトから読み込みます", &file.text[span.start..span.end]);
    let help = "ファイルをテーマのフォルダの assets に置き、そのアドレスを書いてください（例: url(\"font.woff2\")）。読み込まないのなら、その行を消してください。";
    Some(Diagnostic::new(Code::THEME_FOREIGN, file.path.clone(), message).at(file.place(span)).help(help))
}

/// Where the first address of another host stands after `url(` or `@import`, outside of comments.
fn foreign_address(css: &str) -> Option<Span> {
    let lower = css.to_ascii_lowercase();
    let mut at = 0;
    loop {
        let rest = &lower[at..];
        let next =
            ["/*", "url(", "@import"].iter().filter_map(|word| Some((rest.find(word)?, *word))).min()?;
        at += next.0 + next.1.len();
        if next.1 == "/*" {
            at += lower[at..].find("*/")? + 2;
            continue;
        }
        let written = lower[at..].trim_start_matches([' ', '\t', '\n', '"', '\'']);
        if !["http:", "https:", "//"].iter().any(|start| written.starts_with(start)) {
            continue;
        }
        let start = lower.len() - written.len();
        let end = written.find(['"', '\'', ')', ';', '\n', ' ']).unwrap_or(written.len());
        return Some(Span::new(start, start + end));
    }
}

/// Files that take the place of nothing and that no page can have.
fn unused(folder: &str, files: &Files) -> Vec<Diagnostic> {
    let standard = files_with(&[]);
    let is_named = |template: &str| {
        let names = [format!("\"{template}\""), format!("'{template}'")];
        let mut templates = files.iter().filter(|(name, _)| name.starts_with(TEMPLATES));
        templates.any(|(_, bytes)| {
            let text = String::from_utf8_lossy(bytes);
            names.iter().any(|name| text.contains(name))
        })
    };
    let is_used = |name: &str| {
        let is_hidden = name.split('/').any(|part| part.starts_with('.'));
        let is_note = NOTES.iter().any(|note| *note == extension(name));
        standard.contains_key(name)
            || is_hidden
            || is_note && !name.starts_with(TEMPLATES)
            || name.starts_with(super::ASSETS)
            || name.starts_with(super::STYLES) && extension(name) == "css"
            || name.strip_prefix(TEMPLATES).is_some_and(is_named)
    };
    let found = files.iter().filter(|(name, _)| !is_used(name)).map(|(name, _)| {
        let message = "標準のテーマにこの名前のファイルはなく、どのテンプレートからも使われません";
        let help = "置き換えるファイルは、標準のテーマと同じ名前で同じ場所に置きます（例: templates/site-footer.html、styles/30-form.css、words.yaml）。";
        let near = nearest(name, standard.keys().copied());
        let found = Diagnostic::new(Code::THEME_UNUSED, path(folder, name), message).help(help);
        match near {
            Some(near) => found.help(format!("「{near}」のことですか。")),
            None => found,
        }
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::super::{STANDARD, standard_words};
    use super::*;
    use encoding_rs::SHIFT_JIS;

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let own: Vec<_> =
            files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
        let told = |found: Diagnostic| {
            let line = found.place.map_or(0, |place| place.line);
            format!("{} {}:{line}", found.code.id(), found.file)
        };
        theme_findings("_theme", &own).into_iter().map(told).collect()
    }

    #[test]
    fn another_encoding_is_refused_with_the_name_of_the_file() {
        for (name, text) in [
            ("words.yaml", "home: 最初のページ\n"),
            ("templates/site-footer.html", "<p>市の足元</p>\n"),
            ("styles/30-form.css", "/* 様式 */\n"),
        ] {
            let own = [(name.to_owned(), SHIFT_JIS.encode(text).0.into_owned())];
            let error = Theme::load_from("_theme", &own).err().unwrap().to_string();
            assert!(error.contains(&format!("_theme/{name}")) && error.contains("Shift_JIS"), "{error}");
            assert_eq!(theme_findings("_theme", &own).len(), 1);
        }
    }

    #[test]
    fn a_mark_at_the_beginning_is_no_part_of_a_text() {
        let own = [("words.yaml".to_owned(), "\u{FEFF}home: 最初\r\n".as_bytes().to_vec())];
        assert_eq!(Theme::load(&own).unwrap().word("home"), "最初");
        assert_eq!(theme_findings("_theme", &own), []);
    }

    #[test]
    fn faults_are_told_with_file_and_line() {
        assert_eq!(
            found(&[("templates/home.html", "<p>\n  {% if %}\n")]),
            ["LOOK-03 _theme/templates/home.html:2"]
        );
        assert_eq!(
            found(&[("words.yaml", "home: 一\nskip: [a\n")])[0].split(' ').nth(1),
            Some("_theme/words.yaml:2")
        );
        assert_eq!(found(&[("words.yaml", "home: 一\nhome: 二\n")]), ["KEY-01 _theme/words.yaml:2"]);
        assert_eq!(
            found(&[("words.yaml", "documents_count: {n}件\n")])[0].split(' ').nth(1),
            Some("_theme/words.yaml:1")
        );
        assert_eq!(found(&[("words.yaml", "home:\n")]), ["LOOK-04 _theme/words.yaml:1"]);
    }

    #[test]
    fn what_no_page_can_have_is_told() {
        assert_eq!(
            found(&[("templates/site-foter.html", "<p>")]),
            ["LOOK-04 _theme/templates/site-foter.html:0"]
        );
        assert_eq!(found(&[("word.yaml", "home: 一\n")]), ["LOOK-04 _theme/word.yaml:0"]);
        assert_eq!(found(&[("words.yaml", "hoome: 一\n")]), ["LOOK-04 _theme/words.yaml:1"]);
        assert_eq!(found(&[("words.yaml", "documents_count: 評価書\n")]), ["LOOK-04 _theme/words.yaml:1"]);
        assert_eq!(found(&[("words.yaml", "documents_count: '{n}{m}'\n")]), ["LOOK-04 _theme/words.yaml:1"]);
        let included = [
            ("templates/site-footer.html", "{% include \"own.html\" %}"),
            ("templates/own.html", "<p>市</p>"),
            ("styles/95-own.css", "p { color: black; }"),
            ("assets/x.png", ""),
            ("README.md", "市のテーマ"),
            ("words.yaml", "home: 一\ndocuments_count: 評価書は{n}件\n"),
        ];
        assert_eq!(found(&included), [""; 0]);
    }

    #[test]
    fn what_is_loaded_from_elsewhere_is_told() {
        for css in [
            "p { background: url( 'https://fonts.example/x.png'); }",
            "@import \"//fonts.example/css?family=a\";",
            "/* ここ */ @import URL(http://fonts.example/a.css);",
        ] {
            assert_eq!(found(&[("styles/95-own.css", css)]), ["LOOK-05 _theme/styles/95-own.css:1"], "{css}");
        }
        for css in [
            "p { background: url(x.png); }",
            "/* url(https://a.example/) */",
            "/* @import",
            "@import \"a.css\";",
        ] {
            assert_eq!(found(&[("assets/own.css", css)]), [""; 0], "{css}");
        }
        let span = foreign_address("あ url(\"https://a.example/x\")").unwrap();
        assert_eq!(&"あ url(\"https://a.example/x\")"[span.start..span.end], "https://a.example/x");
    }

    #[test]
    fn both_parsers_read_the_same_words() {
        let text = STANDARD.get_file(WORDS).unwrap().contents_utf8().unwrap();
        let other: IndexMap<String, String> = serde_saphyr::from_str(text).unwrap();
        assert_eq!(standard_words(), other);
    }
}
