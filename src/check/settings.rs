//! `municipality.yaml` and `site.yaml`: who publishes.

use std::collections::BTreeMap;

use super::document::wrong_type;
use super::values::nearest;
use crate::assessment::{AgencyKind, Municipality, SiteSettings};
use crate::codes::MunicipalityCode;
use crate::diagnostic::{Code, Diagnostic};
use crate::form::fold;
use crate::read::{Data, Parsed, SourceFile, Span, Yaml, parse_partly};

/// A settings file with more findings than this is something else.
const MOST_FINDINGS: usize = 100;

/// A key of a settings file: its name, other names for it, and what it is for.
struct Field {
    name: &'static str,
    aliases: &'static [&'static str],
}

const MUNICIPALITY_FIELDS: [Field; 8] = [
    Field { name: "code", aliases: &["団体コード", "全国地方公共団体コード"] },
    Field { name: "name", aliases: &["名称", "自治体名"] },
    Field { name: "kana", aliases: &["よみ", "読み"] },
    Field { name: "prefecture", aliases: &["都道府県"] },
    Field { name: "authorities", aliases: &["評価実施機関"] },
    Field { name: "website", aliases: &["ウェブサイト"] },
    Field { name: "inquiry", aliases: &["問合せ先", "お問合せ"] },
    Field { name: "agency_kind", aliases: &["評価実施機関の種別"] },
];

const SITE_FIELDS: [Field; 5] = [
    Field { name: "title", aliases: &["題名"] },
    Field { name: "base_url", aliases: &["公開先URL"] },
    Field { name: "publisher", aliases: &["発行者"] },
    Field { name: "contact", aliases: &["連絡先"] },
    Field { name: "theme", aliases: &["テーマ"] },
];

/// Reads `municipality.yaml`; `folder_code` is the code in the directory's name. What is wrong in it never hides the
/// documents below: a municipality comes out in any case.
pub fn municipality(file: &SourceFile, dir: &str, folder_code: &str) -> (Municipality, Vec<Diagnostic>) {
    let mut reader = Reader::new(file, "自治体の設定", &MUNICIPALITY_FIELDS);
    let code = reader.code(folder_code);
    let name = reader.required("name", "自治体の名前（例: みほん市）を書いてください。");
    let prefecture = reader.prefecture(code.as_ref());
    let authorities = reader.list("authorities");
    let agency_kind = reader.agency_kind();
    let (kana, website, inquiry) = (reader.text("kana"), reader.website("website"), reader.text("inquiry"));
    let diagnostics = reader.diagnostics;
    // With a wrong code or without a name the documents still have a place: the folder says which.
    let code = code.unwrap_or_else(|| MunicipalityCode::unchecked(folder_code));
    let place = || code.prefecture().map(|p| p.name.to_owned()).unwrap_or_default();
    let municipality = Municipality {
        dir: dir.to_owned(),
        name: name.unwrap_or_else(|| dir.to_owned()),
        prefecture: prefecture.unwrap_or_else(place),
        code,
        kana,
        authorities,
        website,
        inquiry,
        agency_kind,
    };
    (municipality, diagnostics)
}

/// Reads `site.yaml`.
pub fn site(file: &SourceFile) -> (Option<SiteSettings>, Vec<Diagnostic>) {
    let mut reader = Reader::new(file, "サイトの設定", &SITE_FIELDS);
    let title = reader.required("title", "サイトの題名を書いてください。");
    let base_url =
        reader.website("base_url").map(|url| if url.ends_with('/') { url } else { format!("{url}/") });
    let (publisher, contact, theme) =
        (reader.text("publisher"), reader.text("contact"), reader.text("theme"));
    let diagnostics = reader.diagnostics;
    let settings = title.map(|title| SiteSettings {
        title,
        base_url,
        publisher,
        contact,
        theme: theme.unwrap_or_else(|| "standard".to_owned()),
    });
    (settings, diagnostics)
}

fn field_of<'k>(known: &'k [Field], key: &str) -> Option<&'k Field> {
    let key = fold(key);
    known.iter().find(|f| f.name == key || f.aliases.iter().any(|a| fold(a) == key))
}

struct Reader<'f> {
    file: &'f SourceFile,
    fields: BTreeMap<&'static str, (Span, Yaml)>,
    /// Names that a mistyped key most likely means: they are not named as missing as well.
    excused: Vec<&'static str>,
    /// Whether the file was read to its end.
    complete: bool,
    diagnostics: Vec<Diagnostic>,
}

impl<'f> Reader<'f> {
    fn new(file: &'f SourceFile, what: &str, known: &'static [Field]) -> Self {
        let Parsed { root, complete, diagnostics } = parse_partly(file);
        let mut reader = Self { file, fields: BTreeMap::new(), excused: Vec::new(), complete, diagnostics };
        let entries = match root.map(|r| (r.span, r.data)) {
            Some((_, Data::Map(entries))) => entries,
            Some((span, Data::Scalar(_) | Data::List(_))) => {
                let span = Span::new(span.start, span.start);
                let help = format!("「{}: …」のような行を並べて書いてください。", known[0].name);
                reader.push(
                    Code::WrongType,
                    span,
                    format!("{what}が「項目: 値」の形で書かれていません"),
                    &help,
                );
                reader.complete = false;
                Vec::new()
            }
            _ => Vec::new(),
        };
        let written: Vec<_> =
            entries.iter().filter_map(|(key, _)| field_of(known, &key.text)).map(|f| f.name).collect();
        for (key, value) in entries {
            if reader.diagnostics.len() >= MOST_FINDINGS {
                let message = format!("指摘が {MOST_FINDINGS} 件を超えました。ここから先は調べません");
                let help = "別のファイルの内容ではないかを確かめてください。";
                reader.push(Code::UnknownKey, key.span, message, help);
                reader.complete = false;
                break;
            }
            match field_of(known, &key.text) {
                None => {
                    let names: Vec<_> = known.iter().map(|f| f.name).collect();
                    let free: Vec<_> = names.iter().copied().filter(|n| !written.contains(n)).collect();
                    let near = nearest(&key.text, &free);
                    reader.excused.extend(near);
                    let message = format!("「{}」という項目は{what}にありません", key.text.trim());
                    let help = format!("書ける項目: {}", names.join("、"));
                    let mut diagnostic = reader.here(Code::UnknownKey, key.span, message).help(help);
                    diagnostic.expected = near.map(|near| format!("「{near}」のことですか"));
                    diagnostic.suggestion = near.map(str::to_owned);
                    reader.diagnostics.push(diagnostic);
                }
                Some(field) if reader.fields.contains_key(field.name) => {
                    let message = format!("「{}」が二度書かれています", key.text.trim());
                    reader.push(Code::DuplicateKey, key.span, message, "片方を消してください。");
                }
                Some(field) => {
                    reader.fields.insert(field.name, (key.span, value));
                }
            }
        }
        reader
    }

    fn text(&mut self, name: &str) -> Option<String> {
        let (_, value) = self.fields.get(name)?.clone();
        match &value.data {
            Data::Null => None,
            Data::Scalar(text) => Some(text.trim().to_owned()).filter(|t| !t.is_empty()),
            _ => {
                self.push(
                    Code::WrongType,
                    value.span,
                    wrong_type("文字列", &value),
                    "一つの文章で書いてください。",
                );
                None
            }
        }
    }

    fn required(&mut self, name: &'static str, help: &str) -> Option<String> {
        let text = self.text(name);
        let is_news = self.complete && !self.excused.contains(&name) && !self.reported(name);
        if text.is_none() && is_news {
            let span = self.fields.get(name).map_or_else(Span::default, |(key, _)| *key);
            self.push(Code::Required, span, format!("「{name}」が書かれていません"), help);
        }
        text
    }

    /// Whether there is a finding about a value already.
    fn reported(&self, name: &str) -> bool {
        self.fields.get(name).is_some_and(|(_, v)| matches!(v.data, Data::List(_) | Data::Map(_)))
    }

    fn list(&mut self, name: &str) -> Vec<String> {
        let Some((_, value)) = self.fields.get(name).cloned() else { return Vec::new() };
        match &value.data {
            Data::List(items) => items
                .iter()
                .filter_map(|i| i.text())
                .map(|t| t.trim().to_owned())
                .filter(|t| !t.is_empty())
                .collect(),
            Data::Scalar(text) => vec![text.trim().to_owned()],
            Data::Null => Vec::new(),
            Data::Map(_) => {
                self.push(
                    Code::WrongType,
                    value.span,
                    wrong_type("「- 」で始まる一覧", &value),
                    "一行に一つずつ「- 」で始めて書いてください。",
                );
                Vec::new()
            }
        }
    }

    fn website(&mut self, name: &str) -> Option<String> {
        let text = self.text(name)?;
        if text.starts_with("https://") || text.starts_with("http://") {
            return Some(text);
        }
        let span = self.fields.get(name).map_or_else(Span::default, |(_, v)| v.span);
        let message = format!("「{text}」は URL ではありません");
        self.push(Code::WrongType, span, message, "https:// で始まる URL を書いてください。");
        None
    }

    fn code(&mut self, folder_code: &str) -> Option<MunicipalityCode> {
        let text = self.required(
            "code",
            "6桁の全国地方公共団体コードを引用符で囲んで書いてください（例: \"011002\"）。",
        )?;
        let span = self.fields.get("code").map_or_else(Span::default, |(_, v)| v.span);
        let code = match MunicipalityCode::parse(&text) {
            Ok(code) => code,
            Err(error) => {
                let help = "6桁目は検査数字です。総務省の「全国地方公共団体コード」で確かめてください。";
                self.push(Code::MunicipalityCode, span, error.to_string(), help);
                return None;
            }
        };
        if code.as_str() != folder_code {
            let message = format!(
                "フォルダ名の団体コード「{folder_code}」と、ここに書かれた「{}」が違います",
                code.as_str()
            );
            self.push(
                Code::CodeMismatch,
                span,
                message,
                "どちらが正しいかを確かめ、そろえてください。フォルダ名は URL になります。",
            );
        }
        Some(code)
    }

    fn prefecture(&mut self, code: Option<&MunicipalityCode>) -> Option<String> {
        let text = self.text("prefecture")?;
        let expected = code.and_then(MunicipalityCode::prefecture)?.name;
        if text != expected {
            let span = self.fields.get("prefecture").map_or_else(Span::default, |(_, v)| v.span);
            let message = format!("団体コードの先頭2桁は{expected}ですが、「{text}」と書かれています");
            let diagnostic = self.here(Code::CodeMismatch, span, message).suggest(expected);
            self.diagnostics.push(diagnostic);
        }
        Some(text)
    }

    fn agency_kind(&mut self) -> AgencyKind {
        let Some(text) = self.text("agency_kind") else { return AgencyKind::default() };
        let known = [AgencyKind::Local, AgencyKind::Administrative];
        if let Some(kind) = known.into_iter().find(|k| k.label() == text) {
            return kind;
        }
        let span = self.fields.get("agency_kind").map_or_else(Span::default, |(_, v)| v.span);
        let message = format!("「{text}」は選択肢にありません");
        let diagnostic =
            self.here(Code::UnknownOption, span, message).expected(known.map(AgencyKind::label).join(" / "));
        self.diagnostics.push(diagnostic);
        AgencyKind::default()
    }

    fn here(&self, code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, self.file.path.clone(), message).at(self.file.place(span))
    }

    fn push(&mut self, code: Code, span: Span, message: impl Into<String>, help: &str) {
        let diagnostic = self.here(code, span, message);
        let diagnostic = if help.is_empty() { diagnostic } else { diagnostic.help(help) };
        self.diagnostics.push(diagnostic);
    }
}
