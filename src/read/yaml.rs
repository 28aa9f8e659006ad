//! YAML events to a tree in which every key and scalar knows its place.
//!
//! Scalars stay text: whether 「15」 is a number or a name is decided by the form, not by the spelling. Anchors and aliases
//! are no part of the format, so nothing can be made to grow out of proportion to the file.

use serde_saphyr::granit_parser::{Event, Parser, ScalarStyle, options};

use super::slip;
use super::source::{SourceFile, Span};
use crate::diagnostic::{Code, Diagnostic};

/// Deeper nesting than any form needs; hostile files end here.
pub(super) const MAX_DEPTH: usize = 40;
/// More keys and values than any document has (the largest published one has about 3,000).
const MAX_NODES: usize = 40_000;

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

/// A file that was read as far as it is YAML.
#[derive(Debug)]
pub struct Parsed {
    /// The tree; none for an empty file.
    pub root: Option<Yaml>,
    /// Whether the end of the file was reached. Where not, what the tree lacks says nothing.
    pub complete: bool,
    /// What is wrong with the file as YAML.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a file that must be YAML to its end: without that there is no tree.
pub fn parse(file: &SourceFile) -> (Option<Yaml>, Vec<Diagnostic>) {
    let parsed = parse_partly(file);
    (parsed.root.filter(|_| parsed.complete), parsed.diagnostics)
}

/// Reads a file as far as it is YAML.
pub fn parse_partly(file: &SourceFile) -> Parsed {
    let options =
        options! { block_nesting_limit: MAX_DEPTH, flow_nesting_limit: MAX_DEPTH, emit_comments: false };
    let mut builder = Builder { file, nodes: 0, open: Vec::new(), root: None, diagnostics: Vec::new() };
    let mut complete = true;
    for event in Parser::new_from_str_with_options(&file.text, options) {
        let step = match event {
            Ok((event, span)) => builder.event(event, span.byte_range().unwrap_or_default().into()),
            Err(error) => Err(Box::new(slip::explain(file, &error))),
        };
        if let Err(diagnostic) = step {
            // Beyond the limits nothing is what it seems.
            if diagnostic.code == Code::TOO_DEEP {
                builder.open.clear();
            }
            // The slip that stopped the reading is most likely also why lines were taken for a text.
            builder.diagnostics.retain(|d| d.code != Code::FOLDED_LIST);
            let unread = "この行から後は、まだ検査していません。直してから、もう一度検査してください。";
            builder.diagnostics.push(diagnostic.help(unread));
            complete = false;
            break;
        }
    }
    if !complete {
        builder.close_all();
    }
    let mut diagnostics = builder.diagnostics;
    // A full-width blank that ends the reading was met as a part of a key before: one of the two is enough.
    let line = |d: &Diagnostic| d.place.as_ref().map(|place| place.line);
    if let Some(last) = diagnostics.last().filter(|d| !complete && d.code == Code::FULL_WIDTH).map(line) {
        let end = diagnostics.len() - 1;
        let mut at = 0;
        diagnostics.retain(|d| {
            at += 1;
            at > end || d.code != Code::FULL_WIDTH || line(d) != last
        });
    }
    Parsed { root: builder.root, complete, diagnostics }
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
    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Box<Diagnostic>> {
        match event {
            Event::Scalar(text, style, anchor, _) => {
                self.refuse_anchor(anchor, span);
                if style == ScalarStyle::Plain {
                    self.diagnostics.extend(slip::in_plain_lines(self.file, span));
                }
                let null = style == ScalarStyle::Plain
                    && (span.start == span.end || matches!(&*text, "" | "~" | "null"));
                if null && let Some(Open::Map { key: Some(key), .. }) = self.open.last() {
                    self.diagnostics.extend(slip::lost_value(self.file, key.span));
                }
                let data = if null && anchor > 0 {
                    // A text that begins with & is read as a name for nothing; the item is not empty all the same.
                    let named = slip::anchor_before(self.file, span);
                    Data::Scalar(self.file.text[named.start..named.end].to_owned())
                } else if null {
                    Data::Null
                } else {
                    Data::Scalar(text.into_owned())
                };
                self.close(Yaml { span, data })
            }
            Event::SequenceStart(_, anchor, _) => {
                self.refuse_anchor(anchor, span);
                self.open(Open::List { start: span.start, items: Vec::new() }, span)
            }
            Event::MappingStart(_, anchor, _) => {
                self.refuse_anchor(anchor, span);
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
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.diagnostics.push(slip::alias(self.file, span));
                // The words themselves, so that the item does not count as empty as well.
                let data = Data::Scalar(self.file.text[span.start..span.end].to_owned());
                self.close(Yaml { span, data })
            }
            Event::DocumentStart(..) if self.root.is_some() => {
                let message = "一つのファイルに YAML 文書が二つあります";
                let diagnostic = Diagnostic::new(Code::SYNTAX, self.file.path.clone(), message)
                    .at(self.file.place(span))
                    .help("区切りの「---」を除き、一つの文書にしてください。");
                Err(Box::new(diagnostic))
            }
            _ => Ok(()),
        }
    }

    fn open(&mut self, open: Open, span: Span) -> Result<(), Box<Diagnostic>> {
        if self.open.len() >= MAX_DEPTH {
            return Err(self.too_deep(span, format!("入れ子が {MAX_DEPTH} 段を超えています")));
        }
        self.open.push(open);
        Ok(())
    }

    fn close(&mut self, value: Yaml) -> Result<(), Box<Diagnostic>> {
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
                    let text = key_text(value.data, self.file, value.span)?;
                    self.diagnostics.extend(slip::wide_indentation(self.file, value.span, &text));
                    *key = Some(Key { span: value.span, text });
                }
            },
        }
        Ok(())
    }

    fn refuse_anchor(&mut self, anchor: usize, span: Span) {
        if anchor > 0 {
            let at = slip::anchor_before(self.file, span);
            self.diagnostics.push(slip::alias(self.file, at));
        }
    }

    fn too_deep(&self, span: Span, message: String) -> Box<Diagnostic> {
        let span = Span::new(span.start, span.end.max(span.start + 1));
        Box::new(slip::too_deep(self.file, span, message))
    }

    /// Closes what is open where the reading stopped. The last value may be a part of the slip that stopped it (a line
    /// without a colon, read as a text), so it falls away.
    fn close_all(&mut self) {
        match self.open.last_mut() {
            None => self.root = self.root.take().filter(|r| matches!(r.data, Data::Map(_))),
            Some(Open::List { items, .. }) => drop(items.pop()),
            Some(Open::Map { entries, key, .. }) => drop(key.take().map_or_else(|| entries.pop(), |_| None)),
        }
        while let Some(open) = self.open.pop() {
            let value = match open {
                Open::List { start, items } => {
                    let end = items.last().map_or(start, |l| l.span.end);
                    Yaml { span: Span::new(start, end), data: Data::List(items) }
                }
                Open::Map { start, entries, .. } => {
                    let end = entries.last().map_or(start, |(_, v)| v.span.end);
                    Yaml { span: Span::new(start, end), data: Data::Map(entries) }
                }
            };
            match self.open.last_mut() {
                None => self.root = Some(value),
                Some(Open::List { items, .. }) => items.push(value),
                Some(Open::Map { entries, key, .. }) => {
                    entries.extend(key.take().map(|key| (key, value)));
                }
            }
        }
    }
}

/// Where a list or mapping ends: at its bracket, or else at its last value.
fn last_end(last: Option<&Yaml>, closing: Span) -> usize {
    let by_bracket = closing.end > closing.start;
    last.filter(|_| !by_bracket).map_or(closing.end, |l| l.span.end)
}

fn key_text(data: Data, file: &SourceFile, span: Span) -> Result<String, Box<Diagnostic>> {
    match data {
        Data::Scalar(text) => Ok(text),
        Data::Null => Ok(String::new()),
        Data::List(_) | Data::Map(_) => {
            let message = "項目名のところに一覧や組が書かれています";
            let diagnostic = Diagnostic::new(Code::SYNTAX, file.path.clone(), message)
                .at(file.place(span))
                .help("「項目名: 値」の形に直してください。「{」「[」で始まる文章は引用符「\"」で囲みます。");
            Err(Box::new(diagnostic))
        }
    }
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
        assert_eq!(codes("a: &x 1\nb: *x\n"), ["YAML-03", "YAML-03"]);
        assert_eq!(codes("a: \"x\nb: y\n"), ["YAML-01"]);
        assert_eq!(codes("理由: よい\n  説明：上の続き\n"), ["YAML-05"]);
        assert_eq!(codes("a: 1\n---\nb: 2\n"), ["YAML-01"]);
        assert_eq!(codes("様式: x\n　版: y\n"), ["YAML-05"]);
    }

    #[test]
    fn text_that_would_be_lost_is_named() {
        for text in [
            "a: 市民課 #2番窓口\n",
            "a:  市民課  #窓口",
            "a: [市民課, 税務課 #窓口\n]\n",
            "- 市民課 #窓口\n",
            "a: #窓口\n",
        ] {
            assert_eq!(codes(text), ["YAML-06"], "{text}");
        }
        for text in [
            "a: 市民課 # 窓口\n",
            "a: \"市民課\" #窓口\n",
            "a: 市民課#2番\n",
            "a: 1 #memo\n",
            "#窓口\na: 1\n",
            "a:\n  #窓口\n  b: 1\n",
            "a: |\n  市民課 #2\n",
            "a: 1 ##区切り\n",
        ] {
            assert_eq!(codes(text), [""; 0], "{text}");
        }
        assert_eq!(codes("a: 次の事務\n  - 資格\n  - 給付\n"), ["YAML-07"]);
        assert_eq!(codes("a:\n  次の事務\n  - 資格\n"), ["YAML-07"]);
        assert_eq!(codes("- 次の事務\n  - 資格\n"), ["YAML-07"]);
        assert_eq!(codes("a: 次の\n  事務 - 資格\n"), [""; 0]);
        assert_eq!(codes("a:\n  - 資格\n"), [""; 0]);
    }

    #[test]
    fn hostile_nesting_ends_in_a_diagnostic() {
        assert_eq!(codes(&"[".repeat(100_000)), ["YAML-02"]);
        assert_eq!(codes(&"- ".repeat(100_000)), ["YAML-02"]);
        let deep = (0..3000).map(|n| format!("{}a:\n", " ".repeat(n))).collect::<Vec<_>>().concat();
        assert_eq!(codes(&deep), ["YAML-02"]);
    }
}
