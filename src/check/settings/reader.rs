//! The keys of a settings file, or of a part of a document, with their places; what is wrong with them is a finding.

use std::collections::BTreeMap;

use super::super::values::{nearest, read_date, sure_word, wrong_type};
use super::{Field, MOST_FINDINGS, field_of};
use crate::address::{self, Fault};
use crate::assessment::Value;
use crate::color::Color;
use crate::diagnostic::{Code, Diagnostic};
use crate::form::fold;
use crate::read::{Data, Key, Parsed, SourceFile, Span, Yaml, parse_partly};
use crate::wareki::CivilDate;

pub(in crate::check) struct Reader<'f> {
    file: &'f SourceFile,
    known: &'static [Field],
    /// Whether the keys are written in Japanese: messages then name those that are missing in Japanese, too.
    is_japanese: bool,
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
        let mut reader = Self { complete, diagnostics, ..Self::empty(file, known) };
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
        let mut reader = Self::empty(file, known);
        reader.take(entries, what, known);
        reader
    }

    fn empty(file: &'f SourceFile, known: &'static [Field]) -> Self {
        Self {
            file,
            known,
            is_japanese: false,
            fields: BTreeMap::new(),
            excused: Vec::new(),
            complete: true,
            diagnostics: Vec::new(),
        }
    }

    /// A key as its author writes it; one that is not there, in the language of the others.
    fn shown(&self, name: &'static str) -> String {
        if let Some((key, _)) = self.fields.get(name) {
            let text = self.file.text.get(key.start..key.end).unwrap_or(name);
            return text.trim().trim_matches(['"', '\'']).to_owned();
        }
        let field = self.known.iter().find(|field| field.name == name);
        field.map_or(name, |field| self.label(field)).to_owned()
    }

    fn label(&self, field: &Field) -> &'static str {
        field.aliases.first().copied().filter(|_| self.is_japanese).unwrap_or(field.name)
    }

    /// Whether nothing is written under a key, and no other finding says so.
    pub(in crate::check) fn lacks(&self, name: &str) -> bool {
        let is_written = |value: &Yaml| match &value.data {
            Data::Null => false,
            Data::Scalar(text) => !text.trim().is_empty(),
            Data::List(_) | Data::Map(_) => true,
        };
        !self.fields.get(name).is_some_and(|(_, value)| is_written(value)) && !self.excused.contains(&name)
    }

    /// Known keys without a value have no effect. What is required has a finding of its own.
    pub(in crate::check) fn tell_empty(&mut self, required: &[&str]) {
        let empty = self
            .fields
            .iter()
            .filter(|(name, (_, value))| value.data == Data::Null && !required.contains(name));
        let empty: Vec<_> = empty.map(|(name, (key, _))| (*name, *key)).collect();
        for (name, key) in
            empty.into_iter().filter(|(_, key)| !self.is_comment_told(*key)).collect::<Vec<_>>()
        {
            let diagnostic = self.colour_in_comment(key).unwrap_or_else(|| {
                let message =
                    format!("「{}」に値が書かれていません。ないものとして扱います", self.shown(name));
                let help = "値を書いてください。使わない項目なら、この行を消してください。";
                self.here(Code::EMPTY_VALUE, key, message).help(help)
            });
            self.diagnostics.push(diagnostic);
        }
    }

    /// Whether the reader of the file tells that a comment in Japanese stands where the value should.
    fn is_comment_told(&self, key: Span) -> bool {
        let rest = self.file.text.get(key.end..).and_then(|rest| rest.split('\n').next()).unwrap_or_default();
        let comment = rest.trim_start_matches([':', ' ', '\t']);
        comment.strip_prefix('#').is_some_and(|text| {
            !text.is_ascii() && text.starts_with(|c: char| !c.is_whitespace() && c != '#')
        })
    }

    /// `強調色: #8fe0b8`: for YAML, what begins with a number sign is a comment.
    fn colour_in_comment(&self, key: Span) -> Option<Diagnostic> {
        let rest = self.file.text.get(key.end..)?.split('\n').next()?;
        let at = rest.find('#').filter(|at| rest[..*at].trim() == ":")?;
        let color = rest[at..].split_whitespace().next()?;
        Color::parse(color)?;
        let span = Span::new(key.end + at, key.end + at + color.len());
        let quoted = format!("\"{color}\"");
        let message = format!("「{color}」は、注釈として読まれ、使われません。「#」から後は注釈になります");
        let fix = self.file.replace(span, quoted.clone());
        let help = format!("引用符で囲んでください: {quoted}");
        Some(self.here(Code::LOST_COMMENT, span, message).help(help).suggest(quoted).mend(fix))
    }

    fn take(&mut self, entries: Vec<(Key, Yaml)>, what: &str, known: &'static [Field]) {
        let reader = self;
        reader.is_japanese = entries.iter().any(|(key, _)| !key.text.is_ascii());
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
                    let names: Vec<_> = known.iter().map(|f| reader.label(f)).collect();
                    let free: Vec<_> = known.iter().filter(|f| !written.contains(&f.name)).collect();
                    // The last is the best of equals: the name in the language of the others.
                    let others =
                        free.iter().flat_map(|f| [f.name].into_iter().chain(f.aliases.iter().copied()));
                    let free_names: Vec<_> = others.chain(free.iter().map(|f| reader.label(f))).collect();
                    let near = nearest(&key.text, &free_names);
                    let meant = near.and_then(|near| field_of(known, near));
                    reader.excused.extend(meant.map(|field| field.name));
                    let message = format!("「{}」という項目は{what}にありません", key.text.trim());
                    let help = format!("書ける項目: {}", names.join("、"));
                    let mut diagnostic = reader.here(Code::UNKNOWN_KEY, key.span, message).help(help);
                    diagnostic.expected = near.map(|near| format!("「{near}」のことですか"));
                    diagnostic.fix =
                        near.and_then(|near| sure_word(reader.file, key.span, &key.text, near, &free_names));
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
            self.push(Code::REQUIRED, span, format!("「{}」が書かれていません", self.shown(name)), help);
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
            self.push(Code::REQUIRED, span, format!("「{}」が書かれていません", self.shown(name)), help);
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
        let help = format!("「{}: …」のような行を、字下げして並べて書いてください。", self.label(&known[0]));
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
            Data::List(items) => {
                for item in items.iter().filter(|item| matches!(item.data, Data::List(_) | Data::Map(_))) {
                    let help = "一行に一つずつ、「- 」の後に名前だけを書いてください。「: 」を含む名前は引用符で囲みます。";
                    self.push(Code::WRONG_TYPE, item.span, wrong_type("一つの名前", item), help);
                }
                let texts = items.iter().filter_map(|i| i.text()).map(|t| t.trim().to_owned());
                texts.filter(|t| !t.is_empty()).collect()
            }
            Data::Scalar(text) => {
                Some(text.trim().to_owned()).filter(|text| !text.is_empty()).into_iter().collect()
            }
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
        self.address(name, &text, address::website(&text))
    }

    /// The address of the site, with a slash at its end.
    pub(super) fn base_url(&mut self, name: &str) -> Option<String> {
        let text = self.text(name)?;
        self.address(name, &text, address::base_url(&text))
    }

    fn address(&mut self, name: &str, text: &str, read: Result<String, Fault>) -> Option<String> {
        let fault = match read {
            Ok(address) => return Some(address),
            Err(fault) => fault,
        };
        let span = self.fields.get(name).map_or_else(Span::default, |(_, v)| v.span);
        self.push(Code::WRONG_TYPE, span, fault.about(text), fault.help());
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
