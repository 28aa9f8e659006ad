//! The content folder: which municipalities and assessments there are, and the files of one of them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::files::Files;
use super::source::SourceFile;
use crate::diagnostic::{Code, Diagnostic};
use crate::fs;

/// Larger text files than any document needs (the largest published one has 0.4 MB) are refused.
const MAX_BYTES: usize = 16 * 1024 * 1024;

/// What stands in a content folder, found without reading any document.
#[derive(Debug, Clone, Default)]
pub struct ContentFolder {
    /// The folder.
    pub root: PathBuf,
    /// The municipalities in the order of their directory names.
    pub municipalities: Vec<MunicipalityFolder>,
}

/// A directory `011002-example`.
#[derive(Debug, Clone)]
pub struct MunicipalityFolder {
    /// Where it is.
    pub path: PathBuf,
    /// The 6 digits of its name.
    pub code: String,
    /// Its assessments in the order of their directory names.
    pub assessments: Vec<AssessmentFolder>,
}

/// A directory `15-yobosesshu`.
#[derive(Debug, Clone)]
pub struct AssessmentFolder {
    /// Where it is.
    pub path: PathBuf,
    /// Its name.
    pub dir: String,
    /// 評価書番号, the part of its name before the first hyphen.
    pub number: String,
    /// Where its files are.
    pub files: Files,
}

impl AssessmentFolder {
    /// The contents of a file that the document names, e.g. `figures/flow.svg`; none where it is missing or lies elsewhere.
    pub fn attachment(&self, relative: &str) -> fs::Result<Option<Vec<u8>>> {
        self.files.attachment(&self.path, relative)
    }

    /// The files that belong to the document, relative to its directory.
    pub fn names(&self) -> Vec<String> {
        let (names, _) = self.files.list(&self.path);
        names.into_iter().filter(|name| is_content(name)).collect()
    }

    /// The contents of one of its files.
    pub fn bytes(&self, relative: &str) -> fs::Result<Vec<u8>> {
        self.files.read(&self.path, relative)
    }

    /// Reads one of its text files.
    pub fn text_file(&self, relative: &str) -> Result<SourceFile, Box<Diagnostic>> {
        decode(&self.path.join(relative), self.files.read(&self.path, relative))
    }
}

/// The files of one assessment as text.
#[derive(Debug)]
pub struct AssessmentSource {
    /// Name of the directory.
    pub dir: String,
    /// 評価書番号 as the directory name gives it.
    pub number: String,
    /// `assessment.yaml`.
    pub form: SourceFile,
    /// The Markdown files in the order of their names.
    pub prose: Vec<SourceFile>,
    /// `changes.yaml`, where there is one.
    pub changes: Option<SourceFile>,
    /// All other files, relative to the directory, with `/`.
    pub attachments: Vec<String>,
}

/// A path as people see it: relative as given, with `/`.
pub fn shown(path: &Path) -> Arc<str> {
    path.to_string_lossy().replace('\\', "/").into()
}

/// Looks through a content folder.
pub fn scan(root: &Path) -> Result<(ContentFolder, Vec<Diagnostic>), fs::Error> {
    let mut diagnostics = Vec::new();
    let mut content = ContentFolder { root: root.to_owned(), municipalities: Vec::new() };
    for path in folders(root)? {
        let name = name_of(&path);
        let Some(code) = municipality_of(&name) else {
            diagnostics.push(bad_name(&path, "「6桁の団体コード-英数字の名前」", "011002-example"));
            continue;
        };
        let code = code.to_owned();
        let assessments = assessments(&path, &mut diagnostics)?;
        content.municipalities.push(MunicipalityFolder { path, code, assessments });
    }
    Ok((content, diagnostics))
}

fn assessments(root: &Path, diagnostics: &mut Vec<Diagnostic>) -> Result<Vec<AssessmentFolder>, fs::Error> {
    let mut all = Vec::new();
    for path in folders(root)? {
        let dir = name_of(&path);
        match number_of(&dir) {
            Some(number) => {
                all.push(AssessmentFolder { number: number.to_owned(), dir, path, files: Files::OnDisk });
            }
            None => diagnostics.push(bad_name(&path, "「評価書番号-英数字の名前」", "15-yobosesshu")),
        }
    }
    Ok(all)
}

/// Folders of a folder; hidden ones and those that begin with `_` are nobody's business.
fn folders(root: &Path) -> Result<Vec<PathBuf>, fs::Error> {
    let ignored = |path: &Path| name_of(path).starts_with(['.', '_']);
    Ok(fs::entries(root)?.into_iter().filter(|p| p.is_dir() && !ignored(p)).collect())
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The 6 digits in the name of a municipality's folder; none where it is no such name.
pub fn municipality_of(name: &str) -> Option<&str> {
    split_name(name).map(|(code, _)| code).filter(|code| code.len() == 6 && is_digits(code))
}

/// 評価書番号 in the name of an assessment's folder; none where it is no such name.
pub fn number_of(name: &str) -> Option<&str> {
    split_name(name).map(|(number, _)| number)
}

/// `number-slug`, both fit for a URL.
fn split_name(name: &str) -> Option<(&str, &str)> {
    let (number, slug) = name.split_once('-')?;
    let is_safe = |text: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
    };
    (is_safe(number) && is_safe(slug)).then_some((number, slug))
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

fn bad_name(path: &Path, expected: &str, example: &str) -> Diagnostic {
    Diagnostic::new(Code::DIRECTORY_NAME, shown(path), format!("フォルダの名前が{expected}の形ではありません"))
        .help(format!("{example} のように、半角の英数字とハイフンで名前を付けてください。URL になるため公表後は変えられません。"))
        .help("公表しないフォルダは、名前の先頭に「_」を付けると読み飛ばします。")
}

/// Reads one text file; what is wrong with it is one finding.
pub fn text_file(path: &Path) -> Result<SourceFile, Box<Diagnostic>> {
    decode(path, fs::read(path))
}

fn decode(path: &Path, bytes: fs::Result<Vec<u8>>) -> Result<SourceFile, Box<Diagnostic>> {
    let name = shown(path);
    let bytes = bytes.map_err(|error| {
        let code =
            if error.kind() == std::io::ErrorKind::NotFound { Code::MISSING_FILE } else { Code::UNREADABLE };
        let diagnostic =
            Diagnostic::new(code, name.clone(), format!("ファイルを読めません（{}）", error.reason()));
        Box::new(match error.kind() {
            std::io::ErrorKind::IsADirectory => diagnostic
                .help("同じ名前のフォルダがあります。フォルダの名前を変え、ファイルを置いてください。"),
            std::io::ErrorKind::PermissionDenied => {
                diagnostic.help("ファイルとフォルダの読み取りの権限を確かめてください。")
            }
            _ => diagnostic,
        })
    })?;
    if bytes.len() > MAX_BYTES {
        let message = format!("ファイルが大きすぎます（{} バイト、上限 {MAX_BYTES} バイト）", bytes.len());
        return Err(Box::new(Diagnostic::new(Code::TOO_DEEP, name, message)));
    }
    SourceFile::decode(name, &bytes)
}

/// Reads the files of one assessment. Without `assessment.yaml` there is no assessment; every other fault leaves the rest.
pub fn assessment(folder: &AssessmentFolder) -> (Option<AssessmentSource>, Vec<Diagnostic>) {
    let (names, mut diagnostics) = folder.files.list(&folder.path);
    let (mut prose, mut changes, mut attachments) = (Vec::new(), None, Vec::new());
    for relative in names {
        let is_passages = !relative.contains('/') && is_markdown(&relative);
        if relative == "assessment.yaml" || !is_content(&relative) {
            continue;
        }
        if is_passages || relative == "changes.yaml" {
            match folder.text_file(&relative) {
                Ok(file) if is_passages => prose.push(file),
                Ok(file) => changes = Some(file),
                Err(diagnostic) => diagnostics.push(*diagnostic),
            }
        } else {
            attachments.push(relative);
        }
    }
    let form = match folder.text_file("assessment.yaml") {
        Ok(file) => file,
        Err(diagnostic) => {
            let other = attachments.iter().find(|a| a.starts_with("assessment.") && !a.contains('/'));
            let help = match other {
                Some(other) => format!("「{other}」の名前を assessment.yaml に変えてください。"),
                None => "評価書の本体を assessment.yaml に書いてください。公表しないフォルダなら、名前の先頭に「_」を付けます。".to_owned(),
            };
            let missing = diagnostic.code == Code::MISSING_FILE;
            diagnostics.push(if missing { diagnostic.help(help) } else { *diagnostic });
            return (None, diagnostics);
        }
    };
    let source = AssessmentSource {
        dir: folder.dir.clone(),
        number: folder.number.clone(),
        form,
        prose,
        changes,
        attachments,
    };
    (Some(source), diagnostics)
}

/// Whether a file holds passages of a document, by its name.
#[allow(clippy::case_sensitive_file_extension_comparisons, reason = "names are part of the format")]
pub fn is_markdown(name: &str) -> bool {
    name.ends_with(".md")
}

/// Whether a file belongs to its document: hidden ones and those that begin with `_` do not.
fn is_content(relative: &str) -> bool {
    !relative.split('/').any(|part| part.starts_with(['.', '_']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_number_and_slug() {
        assert_eq!(split_name("15-yobo-sesshu"), Some(("15", "yobo-sesshu")));
        for name in ["15", "15-", "-a", "15-予防接種", "15-a b", "15-a/b"] {
            assert_eq!(split_name(name), None, "{name}");
        }
    }
}
