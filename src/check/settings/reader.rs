//! The keys of a settings file, or of a part of a document, with their places; what is wrong with them is a finding.

use std::collections::BTreeMap;

use super::super::values::{nearest, read_date, sure_word, wrong_type};
use super::{Field, MOST_FINDINGS, field_of};
use crate::assessment::Value;
use crate::diagnostic::{Code, Diagnostic};
use crate::form::fold;
use crate::read::{Data, Key, Parsed, SourceFile, Span, Yaml, parse_partly};
use crate::wareki::CivilDate;

pub(in crate::check) struct Reader<'f> {
    file: &'f SourceFile,
    pub(super) fields: BTreeMap<&'static str, (Span, Yaml)>,
    /// Names that a mistyped key most likely means: they are not named as missing as well.
    excused: Vec<&'static str>,
    /// Whether the file was read to its end.
    complete: bool,
    pub(in crate::check) diagnostics: Vec<Diagnostic>,
}

impl<'f> Reader<'f> {
    pub(super) fn new(file: &'f SourceFile, what: &str, known: &'static [Field]) -> Self {
        let Parsed { root, complete, diagnostics } = parse_partly(file);
        let mut reader = Self { file, fields: BTreeMap::new(), excused: Vec::new(), complete, diagnostics };
        let entries = match root.map(|r| (r.span, r.data)) {
            Some((_, Data::Map(entries))) => entries,
            Some((span, Data::Scalar(_) | Data::List(_))) => {
                let span = Span::new(span.start, span.start);
                let help = format!("「{}: …」のような行を並べて書いてください。", known[0].name);
                reader.push(
                    Code::WRONG_TYPE,
                    span,
                    format!("{what}が「項目: 値」の形で書かれていません"),
                    &help,
                );
                reader.complete = false;
                Vec::new()
            }
            _ => Vec::new(),
        };
        reader.take(entries, what, known);
        reader
    }

    /// A reader of keys inside a document.
    pub(in crate::check) fn of(
        file: &'f SourceFile,
        entries: Vec<(Key, Yaml)>,
        what: &str,
        known: &'static [Field],
    ) -> Self {
        let mut reader = Self {
            file,
            fields: BTreeMap::new(),
            excused: Vec::new(),
            complete: true,
            diagnostics: Vec::new(),
        };
        reader.take(entries, what, known);
        reader
    }

    fn take(&mut self, entries: Vec<(Key, Yaml)>, what: &str, known: &'static [Field]) {
        let reader = self;
        let written: Vec<_> =
            entries.iter().filter_map(|(key, _)| field_of(known, &key.text)).map(|f| f.name).collect();
        for (key, value) in entries {
            if reader.diagnostics.len() >= MOST_FINDINGS {
                let message = format!("指摘が {MOST_FINDINGS} 件を超えました。ここから先は調べません");
                let help = "別のファイルの内容ではないかを確かめてください。";
                reader.push(Code::UNKNOWN_KEY, key.span, message, help);
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
                    let mut diagnostic = reader.here(Code::UNKNOWN_KEY, key.span, message).help(help);
                    diagnostic.expected = near.map(|near| format!("「{near}」のことですか"));
                    diagnostic.fix =
                        near.and_then(|near| sure_word(reader.file, key.span, &key.text, near, &free));
                    diagnostic.suggestion = near.map(str::to_owned);
                    reader.diagnostics.push(diagnostic);
                }
                Some(field) if reader.fields.contains_key(field.name) => {
                    let message = format!("「{}」が二度書かれています", key.text.trim());
                    reader.push(Code::DUPLICATE_KEY, key.span, message, "片方を消してください。");
                }
                Some(field) => {
                    reader.fields.insert(field.name, (key.span, value));
                }
            }
        }
    }

    /// Where a value is written; its key where it is empty.
    pub(in crate::check) fn span(&self, name: &str) -> Option<Span> {
        let (key, value) = self.fields.get(name)?;
        Some(if value.span.start == value.span.end { *key } else { value.span })
    }

    /// はい or いいえ.
    pub(super) fn flag(&mut self, name: &str) -> Option<bool> {
        let text = self.text(name)?;
        match fold(&text).as_str() {
            "はい" | "true" | "yes" => return Some(true),
            "いいえ" | "false" | "no" => return Some(false),
            _ => {}
        }
        let message = format!("「{text}」は「はい」でも「いいえ」でもありません");
        let span = self.span(name).unwrap_or_default();
        let diagnostic = self.here(Code::UNKNOWN_OPTION, span, message).expected("はい / いいえ");
        self.diagnostics.push(diagnostic);
        None
    }

    /// A date to the day.
    pub(in crate::check) fn date(&mut self, name: &str) -> Option<CivilDate> {
        let text = self.text(name)?;
        let span = self.span(name).unwrap_or_default();
        let (value, findings) = read_date(&text, false);
        for finding in findings {
            let fix = finding.fix(self.file, span);
            let mut diagnostic = self.here(finding.code, span, finding.message).mend(fix);
            diagnostic.suggestion = finding.suggestion;
            diagnostic.help.extend(finding.help);
            self.diagnostics.push(diagnostic);
        }
        match value {
            Value::Date(date) => Some(date),
            _ => None,
        }
    }

    /// One word of a list; `labels` are the words in order.
    pub(in crate::check) fn one_of(&mut self, name: &str, labels: &[&str]) -> Option<usize> {
        let text = self.text(name)?;
        if let Some(at) = labels.iter().position(|l| fold(l) == fold(&text)) {
            return Some(at);
        }
        let span = self.span(name).unwrap_or_default();
        let mut diagnostic = self
            .here(Code::UNKNOWN_OPTION, span, format!("「{text}」は選択肢にありません"))
            .expected(labels.join(" / "));
        let near = nearest(&text, labels);
        diagnostic.fix = near.and_then(|near| sure_word(self.file, span, &text, near, labels));
        diagnostic.suggestion = near.map(str::to_owned);
        self.diagnostics.push(diagnostic);
        None
    }

    pub(in crate::check) fn text(&mut self, name: &str) -> Option<String> {
        let (_, value) = self.fields.get(name)?.clone();
        match &value.data {
            Data::Null => None,
            Data::Scalar(text) => Some(text.trim().to_owned()).filter(|t| !t.is_empty()),
            _ => {
                self.push(
                    Code::WRONG_TYPE,
                    value.span,
                    wrong_type("文字列", &value),
                    "一つの文章で書いてください。",
                );
                None
            }
        }
    }

    pub(super) fn required(&mut self, name: &'static str, help: &str) -> Option<String> {
        let text = self.text(name);
        let is_news = self.complete && !self.excused.contains(&name) && !self.reported(name);
        if text.is_none() && is_news {
            let span = self.fields.get(name).map_or_else(Span::default, |(key, _)| *key);
            self.push(Code::REQUIRED, span, format!("「{name}」が書かれていません"), help);
        }
        text
    }

    /// A text that an entry inside the file needs; where it is not written at all, the entry is named.
    pub(in crate::check) fn required_below(
        &mut self,
        name: &'static str,
        entry: Span,
        help: &str,
    ) -> Option<String> {
        let text = self.text(name);
        if text.is_none() && !self.excused.contains(&name) && !self.reported(name) {
            let span = self.fields.get(name).map_or(Span::new(entry.start, entry.start), |(key, _)| *key);
            self.push(Code::REQUIRED, span, format!("「{name}」が書かれていません"), help);
        }
        text
    }

    /// The keys below a key; none where nothing is written there, or something else.
    pub(in crate::check) fn below(
        &mut self,
        name: &str,
        what: &str,
        known: &'static [Field],
    ) -> Option<Self> {
        let (_, value) = self.fields.get(name)?.clone();
        match value.data {
            Data::Map(entries) => Some(Self::of(self.file, entries, what, known)),
            Data::Null => None,
            _ => {
                self.not_keys(&value, known);
                None
            }
        }
    }

    /// The entries of a list below a key, with their places.
    pub(in crate::check) fn rows(
        &mut self,
        name: &str,
        what: &str,
        known: &'static [Field],
    ) -> Vec<(Span, Self)> {
        let Some((_, value)) = self.fields.get(name).cloned() else { return Vec::new() };
        let items = match value.data {
            Data::List(items) => items,
            Data::Null => Vec::new(),
            _ => {
                let message = wrong_type("「- 」で始まる一覧", &value);
                self.push(Code::WRONG_TYPE, value.span, message, "一つずつ「- 」で始めて書いてください。");
                Vec::new()
            }
        };
        let mut rows = Vec::new();
        for item in items {
            match item.data {
                Data::Map(entries) => rows.push((item.span, Self::of(self.file, entries, what, known))),
                Data::Null => {}
                _ => self.not_keys(&item, known),
            }
        }
        rows
    }

    fn not_keys(&mut self, found: &Yaml, known: &[Field]) {
        let help = format!("「{}: …」のような行を、字下げして並べて書いてください。", known[0].name);
        self.push(Code::WRONG_TYPE, found.span, wrong_type("「項目: 値」の組", found), &help);
    }

    /// A finding about a value.
    pub(in crate::check) fn report(
        &mut self,
        name: &str,
        code: Code,
        message: String,
        more: impl FnOnce(Diagnostic) -> Diagnostic,
    ) {
        let span = self.span(name).unwrap_or_default();
        let diagnostic = more(self.here(code, span, message));
        self.diagnostics.push(diagnostic);
    }

    /// Whether there is a finding about a value already.
    fn reported(&self, name: &str) -> bool {
        self.fields.get(name).is_some_and(|(_, v)| matches!(v.data, Data::List(_) | Data::Map(_)))
    }

    pub(in crate::check) fn list(&mut self, name: &str) -> Vec<String> {
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
                    Code::WRONG_TYPE,
                    value.span,
                    wrong_type("「- 」で始まる一覧", &value),
                    "一行に一つずつ「- 」で始めて書いてください。",
                );
                Vec::new()
            }
        }
    }

    pub(in crate::check) fn website(&mut self, name: &str) -> Option<String> {
        let text = self.text(name)?;
        if text.starts_with("https://") || text.starts_with("http://") {
            return Some(text);
        }
        let span = self.fields.get(name).map_or_else(Span::default, |(_, v)| v.span);
        let message = format!("「{text}」は URL ではありません");
        self.push(Code::WRONG_TYPE, span, message, "https:// で始まる URL を書いてください。");
        None
    }

    pub(super) fn here(&self, code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, self.file.path.clone(), message).at(self.file.place(span))
    }

    pub(super) fn push(&mut self, code: Code, span: Span, message: impl Into<String>, help: &str) {
        let diagnostic = self.here(code, span, message);
        let diagnostic = if help.is_empty() { diagnostic } else { diagnostic.help(help) };
        self.diagnostics.push(diagnostic);
    }
}
