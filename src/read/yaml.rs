//! YAML events to a tree in which every key and scalar knows its place.
//!
//! Scalars stay text: whether 「15」 is a number or a name is decided by the form, not by the spelling. Anchors and aliases
//! are no part of the format, so nothing can be made to grow out of proportion to the file.

use serde_saphyr::granit_parser::{Event, Marker, Parser, ScalarStyle, ScanError, options};

use super::source::{SourceFile, Span};
use crate::diagnostic::{Code, Diagnostic, Severity};

/// Deeper nesting than any form needs; hostile files end here.
const MAX_DEPTH: usize = 40;
/// More keys and values than any document has (the largest published one has about 3,000).
const MAX_NODES: usize = 200_000;

/// A value with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Yaml {
    /// Place. For a block scalar: from the first line of its text.
    pub span: Span,
    /// What it is.
    pub data: Data,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Data {
    /// Nothing after the colon, or `~`.
    Null,
    /// Text, whatever its style.
    Scalar(String),
    /// A list.
    List(Vec<Yaml>),
    /// Keys and values in the order of the file.
    Map(Vec<(Key, Yaml)>),
}

/// A key with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// As written.
    pub text: String,
    /// Place.
    pub span: Span,
}

impl Yaml {
    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.data {
            Data::Scalar(text) => Some(text),
            _ => None,
        }
    }

    /// What people call this kind of value.
    pub fn kind_name(&self) -> &'static str {
        match self.data {
            Data::Null => "空",
            Data::Scalar(_) => "文字列",
            Data::List(_) => "一覧（「- 」で始まる行）",
            Data::Map(_) => "「項目: 値」の組",
        }
    }
}

/// Reads a file. The tree is there as far as the file could be read; what is wrong with it as YAML is in the list.
pub fn parse(file: &SourceFile) -> (Option<Yaml>, Vec<Diagnostic>) {
    let options =
        options! { block_nesting_limit: MAX_DEPTH, flow_nesting_limit: MAX_DEPTH, emit_comments: false };
    let mut builder = Builder { file, nodes: 0, open: Vec::new(), root: None, diagnostics: Vec::new() };
    for event in Parser::new_from_str_with_options(&file.text, options) {
        let step = match event {
            Ok((event, span)) => builder.event(event, span.byte_range().unwrap_or_default().into()),
            Err(error) => Err(explain(file, &error)),
        };
        if let Err(diagnostic) = step {
            builder.diagnostics.push(diagnostic);
            break;
        }
    }
    (builder.root, builder.diagnostics)
}

struct Builder<'f> {
    file: &'f SourceFile,
    nodes: usize,
    open: Vec<Open>,
    root: Option<Yaml>,
    diagnostics: Vec<Diagnostic>,
}

enum Open {
    List { start: usize, items: Vec<Yaml> },
    Map { start: usize, entries: Vec<(Key, Yaml)>, key: Option<Key> },
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Diagnostic> {
        match event {
            Event::Scalar(text, style, anchor, _) => {
                self.refuse_anchor(anchor, span)?;
                self.watch_plain_lines(style, span);
                let null = style == ScalarStyle::Plain
                    && (span.start == span.end || matches!(&*text, "" | "~" | "null"));
                let data = if null { Data::Null } else { Data::Scalar(text.into_owned()) };
                self.close(Yaml { span, data })
            }
            Event::SequenceStart(_, anchor, _) => {
                self.refuse_anchor(anchor, span)?;
                self.open(Open::List { start: span.start, items: Vec::new() }, span)
            }
            Event::MappingStart(_, anchor, _) => {
                self.refuse_anchor(anchor, span)?;
                self.open(Open::Map { start: span.start, entries: Vec::new(), key: None }, span)
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let done = match self.open.pop() {
                    Some(Open::List { start, items }) => {
                        Yaml { span: Span::new(start, last_end(items.last(), span)), data: Data::List(items) }
                    }
                    Some(Open::Map { start, entries, .. }) => Yaml {
                        span: Span::new(start, last_end(entries.last().map(|(_, v)| v), span)),
                        data: Data::Map(entries),
                    },
                    None => return Ok(()),
                };
                self.close(done)
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => Err(self.alias(span)),
            Event::DocumentStart(..) if self.root.is_some() => Err(Diagnostic::new(
                Code::Syntax,
                self.file.path.clone(),
                "一つのファイルに YAML 文書が二つあります",
            )
            .at(self.file.place(span))
            .help("区切りの「---」を除き、一つの文書にしてください。")),
            _ => Ok(()),
        }
    }

    fn open(&mut self, open: Open, span: Span) -> Result<(), Diagnostic> {
        if self.open.len() >= MAX_DEPTH {
            return Err(self.too_deep(span, format!("入れ子が {MAX_DEPTH} 段を超えています")));
        }
        self.open.push(open);
        Ok(())
    }

    fn close(&mut self, value: Yaml) -> Result<(), Diagnostic> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(self.too_deep(value.span, format!("項目と値の数が {MAX_NODES} を超えています")));
        }
        match self.open.last_mut() {
            None => self.root = Some(value),
            Some(Open::List { items, .. }) => items.push(value),
            Some(Open::Map { entries, key, .. }) => match key.take() {
                Some(key) => entries.push((key, value)),
                None => {
                    *key = Some(Key { span: value.span, text: key_text(value.data, self.file, value.span)? })
                }
            },
        }
        Ok(())
    }

    fn refuse_anchor(&self, anchor: usize, span: Span) -> Result<(), Diagnostic> {
        if anchor == 0 { Ok(()) } else { Err(self.alias(span)) }
    }

    fn alias(&self, span: Span) -> Diagnostic {
        Diagnostic::new(Code::Alias, self.file.path.clone(), "YAML のアンカー（&）とエイリアス（*）は使えません")
            .at(self.file.place(span))
            .help("同じ文章でも、それぞれの項目に書いてください。「*」や「&」で始まる文章は引用符「\"」で囲みます。")
    }

    fn too_deep(&self, span: Span, message: String) -> Diagnostic {
        Diagnostic::new(Code::TooDeep, self.file.path.clone(), message)
            .at(self.file.place(span))
            .help("様式の項目どおりの入れ子になっているか、字下げを確かめてください。")
    }

    /// An over-indented `理由：よい` silently continues the plain text above it.
    fn watch_plain_lines(&mut self, style: ScalarStyle, span: Span) {
        if style != ScalarStyle::Plain {
            return;
        }
        let text = &self.file.text[span.start..span.end.min(self.file.text.len())];
        let mut offset = span.start;
        for (number, line) in text.split_inclusive('\n').enumerate() {
            let start = offset + (line.len() - line.trim_start().len());
            offset += line.len();
            let Some(colon) = line.trim().find('：').filter(|_| number > 0) else { continue };
            let diagnostic = Diagnostic::new(
                Code::FullWidth,
                self.file.path.clone(),
                "この行は上の行の続きとして読まれます。全角の「：」は区切りになりません",
            )
            .at(self.file.place(Span::new(start, start + colon + '：'.len_utf8())))
            .help("項目のつもりなら半角の「: 」に直し、字下げをそろえてください。文章のつもりなら「|」の下に書いてください。");
            self.diagnostics.push(Diagnostic { severity: Severity::Warning, ..diagnostic });
        }
    }
}

fn last_end(last: Option<&Yaml>, closing: Span) -> usize {
    last.map_or(closing.end, |l| l.span.end.max(closing.start.min(l.span.end)))
}

fn key_text(data: Data, file: &SourceFile, span: Span) -> Result<String, Diagnostic> {
    match data {
        Data::Scalar(text) => Ok(text),
        Data::Null => Ok(String::new()),
        Data::List(_) | Data::Map(_) => {
            Err(Diagnostic::new(Code::Syntax, file.path.clone(), "項目名のところに一覧や組が書かれています")
                .at(file.place(span))
                .help("「項目名: 値」の形に直してください。「{」「[」で始まる文章は引用符「\"」で囲みます。"))
        }
    }
}

/// Puts a parser's complaint into the words of the person who typed the line, looking first for the usual slips.
fn explain(file: &SourceFile, error: &ScanError) -> Diagnostic {
    let at = offset(file, *error.marker());
    let (line, _) = file.line_column(at);
    for line in [line, line.saturating_sub(1)].into_iter().filter(|l| *l > 0) {
        if let Some(diagnostic) = usual_slip(file, line) {
            return diagnostic;
        }
    }
    let message = error.to_string();
    if message.contains("nest") || message.contains("recursion") || message.contains("depth") {
        return Diagnostic::new(
            Code::TooDeep,
            file.path.clone(),
            format!("入れ子が {MAX_DEPTH} 段を超えています"),
        )
        .at(file.place(Span::new(at, at)))
        .help("様式の項目どおりの入れ子になっているか、字下げを確かめてください。");
    }
    if message.contains("anchor") || message.contains("alias") {
        return Diagnostic::new(
            Code::Alias,
            file.path.clone(),
            "YAML のアンカー（&）とエイリアス（*）は使えません",
        )
        .at(file.place(Span::new(at, at)))
        .help("「*」や「&」で始まる文章は引用符「\"」で囲んでください。");
    }
    Diagnostic::new(Code::Syntax, file.path.clone(), "YAML として読めません")
        .at(file.place(Span::new(at, at + 1)))
        .expected(format!("この前後（{}）", reason(&message)))
        .help("「項目名: 値」のコロンと半角空白、字下げ、引用符の閉じ忘れを確かめてください。")
}

fn reason(message: &str) -> &'static str {
    match message {
        m if m.contains("simple key") || m.contains("':'") => "「: 」が見つかりません",
        m if m.contains("quoted") || m.contains("unexpected end") => "引用符などが閉じていません",
        m if m.contains("indent") || m.contains("block") => "字下げがそろっていません",
        m if m.contains("tab") => "字下げにタブがあります",
        m if m.contains("character") || m.contains("control") => "使えない文字があります",
        _ => "書き方が決まりに合いません",
    }
}

fn usual_slip(file: &SourceFile, line: usize) -> Option<Diagnostic> {
    let start = file.line_start(line);
    let text = file.text[start..].lines().next().unwrap_or_default();
    let indent = text.len() - text.trim_start_matches([' ', '\t', '\u{3000}']).len();
    if let Some(tab) = text[..indent].find('\t') {
        let at = start + tab;
        return Some(
            Diagnostic::new(Code::Tab, file.path.clone(), "字下げにタブが使われています")
                .at(file.place(Span::new(at, at + 1)))
                .expected("半角の空白")
                .help("タブを半角の空白（2個）に置き換えてください。"),
        );
    }
    if let Some(blank) = text[..indent].find('\u{3000}') {
        let at = start + blank;
        return Some(full_width(file, at, '\u{3000}', "字下げに全角の空白が使われています", "半角の空白"));
    }
    let colon = text.find('：').filter(|_| !text.contains(": ") && !text.trim_end().ends_with(':'));
    if let Some(colon) = colon {
        return Some(full_width(
            file,
            start + colon,
            '：',
            "項目と値の区切りが全角の「：」です",
            "半角の「: 」",
        ));
    }
    let after_colon = text.find(":\u{3000}")?;
    let at = start + after_colon + 1;
    Some(full_width(file, at, '\u{3000}', "「:」の後ろが全角の空白です", "半角の空白"))
}

fn full_width(file: &SourceFile, at: usize, sign: char, message: &str, expected: &str) -> Diagnostic {
    Diagnostic::new(Code::FullWidth, file.path.clone(), message)
        .at(file.place(Span::new(at, at + sign.len_utf8())))
        .expected(expected)
        .suggest(if sign == '：' { ": " } else { " " })
}

fn offset(file: &SourceFile, marker: Marker) -> usize {
    marker.byte_offset().unwrap_or_else(|| file.line_start(marker.line())).min(file.text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Option<Yaml>, Vec<Diagnostic>) {
        parse(&SourceFile::new("t.yaml", text))
    }

    fn codes(text: &str) -> Vec<&'static str> {
        read(text).1.iter().map(|d| d.code.id()).collect()
    }

    #[test]
    fn scalars_stay_text_and_know_their_place() {
        let file =
            SourceFile::new("t.yaml", "評価書番号: 15\n事務:\n  名称: |\n    一行目\n    二行目\n空:\n");
        let (root, diagnostics) = parse(&file);
        assert_eq!(diagnostics, []);
        let Data::Map(entries) = root.unwrap().data else { panic!("a map") };
        assert_eq!(entries[0].1.text(), Some("15"));
        assert_eq!(file.line_column(entries[0].1.span.start), (1, 8));
        assert_eq!(entries[2].1.data, Data::Null);
        let Data::Map(inner) = &entries[1].1.data else { panic!("a map") };
        assert_eq!(inner[0].1.text(), Some("一行目\n二行目\n"));
        assert_eq!(file.line_column(inner[0].1.span.start).0, 4);
    }

    #[test]
    fn usual_slips_are_named() {
        assert_eq!(codes("様式：全項目評価書\n版: x\n"), ["YAML-05"]);
        assert_eq!(codes("様式: x\n版:\n\t- a\n"), ["YAML-04"]);
        assert_eq!(codes("a: &x 1\nb: *x\n"), ["YAML-03"]);
        assert_eq!(codes("a: \"x\nb: y\n"), ["YAML-01"]);
        assert_eq!(codes("理由: よい\n  説明：上の続き\n"), ["YAML-05"]);
        assert_eq!(codes("a: 1\n---\nb: 2\n"), ["YAML-01"]);
    }

    #[test]
    fn hostile_nesting_ends_in_a_diagnostic() {
        assert_eq!(codes(&"[".repeat(100_000)), ["YAML-02"]);
        assert_eq!(codes(&"- ".repeat(100_000)), ["YAML-02"]);
        let deep: String = (0..3000).map(|n| format!("{}a:\n", " ".repeat(n))).collect();
        assert_eq!(codes(&deep), ["YAML-02"]);
    }
}
