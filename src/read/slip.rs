//! Slips of the pen in YAML, in the words of the person who typed the line.
//!
//! A parser complains where it can go no further, which is often a line after the slip, and in terms of its own grammar.
//! Here the lines around that place are looked at for what people really do: full-width signs, tabs, open quotes.

use serde_saphyr::granit_parser::ScanError;

use super::source::{SourceFile, Span};
use super::yaml::MAX_DEPTH;
use crate::diagnostic::{Code, Diagnostic, Fix, Severity};

/// Signs that an input method gives instead of the `-` of a list.
const LIST_MARKS: [char; 7] = ['－', 'ー', '‐', '―', '−', '・', '•'];

/// The finding for a parser's complaint.
pub(super) fn explain(file: &SourceFile, error: &ScanError) -> Diagnostic {
    let marker = error.marker();
    let at = marker.byte_offset().unwrap_or_else(|| file.line_start(marker.line()));
    let at = file.char_boundary(at);
    let (line, _) = file.line_column(at);
    let message = error.to_string();
    let has = |words: &[&str]| words.iter().any(|word| message.contains(word));
    if has(&["nest", "recursion", "depth"]) {
        let span = Span::new(at, at + 1);
        return too_deep(file, span, format!("入れ子が {MAX_DEPTH} 段を超えています"));
    }
    if has(&["anchor", "alias"]) {
        return alias(file, Span::new(at, at + word_length(&file.text[at..])));
    }
    let lines = Lines { file, line, at };
    let found = if has(&["unexpected character"]) {
        lines.forbidden_sign(&message)
    } else if has(&["quoted"]) {
        lines.open_quote()
    } else if has(&["flow", "':' indicator"]) {
        lines.open_bracket()
    } else if has(&["block scalar"]) {
        lines.text_after_bar()
    } else {
        None
    };
    found.unwrap_or_else(|| lines.usual_slip())
}

/// The finding for an anchor or an alias.
pub(super) fn alias(file: &SourceFile, span: Span) -> Diagnostic {
    Diagnostic::new(Code::ALIAS, file.path.clone(), "YAML のアンカー（&）とエイリアス（*）は使えません")
        .at(file.place(span))
        .help("同じ文章でも、それぞれの項目に書いてください。「*」や「&」で始まる文章は引用符「\"」で囲みます。")
}

/// The place of the `&name` before a value, where the parser only knows the value.
pub(super) fn anchor_before(file: &SourceFile, value: Span) -> Span {
    let before = &file.text[..value.start.min(file.text.len())];
    match before.rfind('&') {
        Some(at) => Span::new(at, at + word_length(&file.text[at..])),
        None => value,
    }
}

/// The finding for a file beyond the limits.
pub(super) fn too_deep(file: &SourceFile, span: Span, message: String) -> Diagnostic {
    Diagnostic::new(Code::TOO_DEEP, file.path.clone(), message)
        .at(file.place(span))
        .help("様式の項目どおりの入れ子になっているか、字下げを確かめてください。")
}

/// What is suspicious in a plain text over several lines: it is valid YAML, but hardly what was meant.
pub(super) fn in_plain_lines(file: &SourceFile, span: Span) -> Vec<Diagnostic> {
    let text = &file.text[span.start..span.end.min(file.text.len())];
    let mut found = Vec::new();
    if text.contains('\n') && text.starts_with('｜') {
        found.push(
            full_width(file, span.start, '｜', "文章の始まりを示す「|」が全角です", "半角の「|」")
                .suggest("|")
                .mend(mend_bar(file, span.start))
                .help("このままでは改行が失われます。半角の「|」に直してください。"),
        );
    }
    found.extend(lost_comment(file, span));
    let mut offset = span.start;
    let mut list = None;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let start = offset + (line.len() - line.trim_start().len());
        offset += line.len();
        if number > 0 && list.is_none() && line.trim_start().starts_with("- ") {
            list = Some(Span::new(start, start + line.trim().len()));
        }
        let Some(colon) = line.trim().find('：').filter(|_| number > 0) else { continue };
        let mut diagnostic = Diagnostic::new(
            Code::FULL_WIDTH,
            file.path.clone(),
            "この行は上の行の続きとして読まれます。全角の「：」は区切りになりません",
        )
        .at(file.place(Span::new(start, start + colon + '：'.len_utf8())))
        .help("項目のつもりなら半角の「: 」に直し、字下げをそろえてください。文章のつもりなら「|」の下に書いてください。");
        diagnostic.severity = Severity::Warning;
        found.push(diagnostic);
    }
    // A full-width colon says that the line was meant as an item of its own: one slip is one finding.
    let is_said = found.iter().any(|d| d.code == Code::FULL_WIDTH);
    found.extend(list.filter(|_| !is_said).map(|span| folded_list(file, span)));
    found
}

/// `部署: 市民課 #2番窓口`: a comment that was meant as text. One with a blank behind the `#` is a comment on purpose.
fn lost_comment(file: &SourceFile, value: Span) -> Option<Diagnostic> {
    let rest = &file.text[value.end.min(file.text.len())..];
    let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let comment = rest[blank..].split('\n').next().filter(|c| c.starts_with('#'))?.trim_end();
    let is_text = comment[1..].starts_with(|c: char| !c.is_whitespace() && c != '#') && !comment.is_ascii();
    let is_behind = blank > 0 || file.text[..value.end].ends_with([' ', '\t']);
    let start = value.end + blank;
    (is_text && is_behind).then(|| {
        let message = "「 #」から後ろは注釈として読まれ、公表されません";
        Diagnostic::new(Code::LOST_COMMENT, file.path.clone(), message)
            .at(file.place(Span::new(start, start + comment.len())))
            .help("文章なら、値の全体を引用符「\"」で囲んでください。注釈なら、「#」の後ろに半角の空白を入れてください。")
    })
}

/// The same where nothing is left of the value: `部署: #2番窓口`.
pub(super) fn lost_value(file: &SourceFile, key: Span) -> Option<Diagnostic> {
    let colon = file.text.get(key.end..)?.find(':').filter(|blanks| *blanks < 3)?;
    let at = key.end + colon + 1;
    lost_comment(file, Span::new(at, at))
}

/// An indented list under a text.
fn folded_list(file: &SourceFile, span: Span) -> Diagnostic {
    let message = "この行は一覧ではなく、上の行に続く一行の文章として読まれます";
    Diagnostic::new(Code::FOLDED_LIST, file.path.clone(), message)
        .at(file.place(span))
        .help("値に「|」だけを書いて改行し、文章も一覧も次の行から字下げして書いてください。")
}

/// The lines around the place where the parser stopped.
struct Lines<'f> {
    file: &'f SourceFile,
    line: usize,
    at: usize,
}

impl<'f> Lines<'f> {
    fn text(&self, line: usize) -> &'f str {
        let rest = &self.file.text[self.file.line_start(line)..];
        rest.split('\n').next().unwrap_or_default()
    }

    /// The nearest line above that is neither blank nor a comment.
    fn above(&self) -> Option<usize> {
        (1..self.line).rev().find(|l| !matches!(self.text(*l).trim_start().chars().next(), None | Some('#')))
    }

    fn span(&self, line: usize, from: usize, to: usize) -> Span {
        let start = self.file.line_start(line);
        Span::new(start + from, start + to)
    }

    /// The words of a line without its indent.
    fn words(&self, line: usize) -> Span {
        let text = self.text(line);
        self.span(line, indent_of(text), text.trim_end().len())
    }

    /// What people usually do wrong in a line, or in the one above it.
    fn usual_slip(&self) -> Diagnostic {
        let above = self.above();
        let wide = std::iter::once(self.line).chain(above).find_map(|line| self.full_width_or_tab(line));
        if let Some(found) = wide {
            return found;
        }
        let text = self.text(self.line);
        let in_line = self.at - self.file.line_start(self.line);
        match separator(text) {
            Some(first) if in_line > first => self.behind_the_key(text, first, in_line),
            // A line without a colon is noticed only at the colon of the next one.
            Some(first) => match above.filter(|l| self.lacks_colon(*l)) {
                Some(above) => self.no_colon(above),
                None => self.uneven_indent(text, first),
            },
            None if self.lacks_colon(self.line) => self.no_colon(self.line),
            None => self.uneven_indent(text, text.trim_end().len()),
        }
    }

    /// Something in a value that cannot stand there.
    fn behind_the_key(&self, text: &str, key_end: usize, in_line: usize) -> Diagnostic {
        let second = text[key_end + 1..].find(": ").map_or(in_line, |at| key_end + 1 + at);
        if text.get(second..).is_some_and(|rest| rest.starts_with(':')) {
            let span = self.span(self.line, second, second + 1);
            return syntax(self.file, span, "値の中に「: 」があります")
                .help("値の全体を引用符「\"」で囲むか、全角の「：」に直してください。");
        }
        let value = value_start(text);
        if let Some(sign @ ('[' | '{' | '"' | '\'')) = text[value..].chars().next() {
            let span = self.span(self.line, value, text.trim_end().len());
            let message = format!("「{sign}」で始まる値の後ろに、文字が続いています");
            return syntax(self.file, span, message).help(
                "文章なら、全体を引用符「\"」で囲むか、「|」だけを書いて次の行から字下げして書いてください。",
            );
        }
        syntax(self.file, self.words(self.line), "この行は YAML として読めません").help(
            "引用符や括弧の後ろに文字が続いていないか、字下げが上の行とそろっているかを確かめてください。",
        )
    }

    fn uneven_indent(&self, text: &str, to: usize) -> Diagnostic {
        let span = self.span(self.line, indent_of(text), to);
        syntax(self.file, span, "字下げが上の行とそろっていません")
            .help("同じ段の項目は、行の先頭の空白の数をそろえてください。一覧の行は「- 」で始めます。")
    }

    fn lacks_colon(&self, line: usize) -> bool {
        let text = self.text(line).trim();
        separator(text).is_none() && !text.starts_with("- ") && text != "-" && !text.is_empty()
    }

    fn no_colon(&self, line: usize) -> Diagnostic {
        let text = self.text(line);
        if let Some(colon) = text.find(':') {
            let span = self.span(line, colon, colon + 1);
            return syntax(self.file, span, "「:」の後ろに半角の空白がありません")
                .expected("「: 」")
                .suggest(": ")
                .mend(self.file.replace(span, ": "));
        }
        syntax(self.file, self.words(line), "「項目名: 値」の形になっていません").help(
            "項目名の後ろに半角の「: 」を書いてください。文章の続きなら、上の行と字下げをそろえてください。",
        )
    }

    fn full_width_or_tab(&self, line: usize) -> Option<Diagnostic> {
        let (file, text, start) = (self.file, self.text(line), self.file.line_start(line));
        let indent = indent_of(text);
        if let Some(tab) = text[..indent].find('\t') {
            let at = start + tab;
            return Some(
                Diagnostic::new(Code::TAB, file.path.clone(), "字下げにタブが使われています")
                    .at(file.place(Span::new(at, at + 1)))
                    .expected("半角の空白")
                    .help("タブを半角の空白に置き換え、同じ段の行と字下げの数をそろえてください。"),
            );
        }
        if let Some(blank) = text[..indent].find('\u{3000}') {
            let wide: String = text[blank..indent].chars().take_while(|c| *c == '\u{3000}').collect();
            let span = Span::new(start + blank, start + blank + wide.len());
            let narrow = "  ".repeat(wide.chars().count());
            return Some(
                Diagnostic::new(Code::FULL_WIDTH, file.path.clone(), "字下げに全角の空白が使われています")
                    .at(file.place(span))
                    .expected("半角の空白")
                    .suggest(narrow.clone())
                    .mend(file.replace(span, narrow)),
            );
        }
        let mark = text[indent..].chars().next().filter(|c| LIST_MARKS.contains(c));
        if let Some(mark) = mark.filter(|_| separator(text).is_none()) {
            let message = format!("一覧の行が全角の「{mark}」で始まっています");
            return Some(
                full_width(file, start + indent, mark, &message, "半角の「- 」")
                    .suggest("-")
                    .mend(mend_dash(file, start + indent, mark))
                    .help("一覧の行は、半角の「-」と半角の空白で始めてください。"),
            );
        }
        if let Some(colon) = text.find('：').filter(|_| separator(text).is_none()) {
            let message = "項目と値の区切りが全角の「：」です";
            let is_last = text[colon..].trim_end() == "：";
            let (expected, colon_sign) =
                if is_last { ("半角の「:」", ":") } else { ("半角の「: 」", ": ") };
            let fix = file.narrow_colon(start + colon);
            return Some(
                full_width(file, start + colon, '：', message, expected).suggest(colon_sign).mend(fix),
            );
        }
        let after_colon = text.find(":\u{3000}")?;
        let message = "「:」の後ろが全角の空白です";
        let at = start + after_colon + 1;
        let fix = file.replace(Span::new(at, at + '\u{3000}'.len_utf8()), " ");
        Some(full_width(file, at, '\u{3000}', message, "半角の空白").suggest(" ").mend(fix))
    }

    /// A sign that a value must not begin with, or that must not be in a file at all.
    fn forbidden_sign(&self, message: &str) -> Option<Diagnostic> {
        let text = self.text(self.line);
        let rest = &self.file.text[self.at..];
        let first = rest.chars().next()?;
        if message.contains(&format!("`{first}'")) && !first.is_control() {
            let span = Span::new(self.at, self.at + first.len_utf8());
            return Some(
                syntax(self.file, span, format!("「{first}」で始まる値は、そのままでは書けません"))
                    .help("値の全体を引用符「\"」で囲んでください。"),
            );
        }
        let from = self.at - self.file.line_start(self.line);
        let (at, sign) = text[from.min(text.len())..].char_indices().find(|(_, c)| c.is_control())?;
        let span = Span::new(self.at + at, self.at + at + sign.len_utf8());
        let message = format!("目に見えない制御文字（U+{:04X}）があります", u32::from(sign));
        Some(
            syntax(self.file, span, message)
                .help("ほかのソフトから写したときに紛れ込んだものです。この文字を消してください。"),
        )
    }

    /// The nearest line above, or the line itself, with a quote that does not end on it.
    fn open_quote(&self) -> Option<Diagnostic> {
        (1..=self.line).rev().take(LOOK_BACK).find_map(|line| {
            let text = self.text(line);
            let value = value_start(text);
            let quote = text[value..].chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let closed = text[value + 1..].replace("\\\"", "").contains(quote);
            if closed {
                return None;
            }
            let span = self.span(line, value, value + 1);
            Some(syntax(self.file, span, format!("引用符「{quote}」が閉じていません")).help(
                "値の終わりにも同じ引用符を書いてください。長い文章は「|」の下に書くと引用符が要りません。",
            ))
        })
    }

    /// The nearest line above, or the line itself, with a bracket that does not end on it.
    fn open_bracket(&self) -> Option<Diagnostic> {
        (1..=self.line).rev().take(LOOK_BACK).find_map(|line| {
            let text = self.text(line);
            let value = value_start(text);
            let (open, close) = match text[value..].chars().next()? {
                '[' => ('[', ']'),
                '{' => ('{', '}'),
                _ => return None,
            };
            if text[value..].matches(open).count() <= text[value..].matches(close).count() {
                return None;
            }
            let span = self.span(line, value, value + 1);
            Some(syntax(self.file, span, format!("「{open}」が閉じていません")).help(format!(
                "一覧の終わりに「{close}」を書いてください。文章なら、全体を引用符「\"」で囲みます。"
            )))
        })
    }

    fn text_after_bar(&self) -> Option<Diagnostic> {
        let text = self.text(self.line);
        let value = value_start(text);
        let bar = text[value..].chars().next().filter(|c| matches!(c, '|' | '>'))?;
        let span = self.span(self.line, value, text.trim_end().len());
        Some(
            syntax(self.file, span, format!("「{bar}」の後ろに文字があります"))
                .help("「|」だけを書いて改行し、文章は次の行から字下げして書いてください。"),
        )
    }
}

/// How many lines an open quote or bracket is looked for.
const LOOK_BACK: usize = 200;

fn syntax(file: &SourceFile, span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::SYNTAX, file.path.clone(), message).at(file.place(span))
}

/// A key behind a full-width blank: for YAML it is a part of the key and indents nothing.
pub(super) fn wide_indentation(file: &SourceFile, span: Span, key: &str) -> Option<Diagnostic> {
    if !key.starts_with('\u{3000}') {
        return None;
    }
    let message = "行の先頭が全角の空白です。字下げとして読まれません";
    let help = "全角の空白を半角の空白に置き換え、同じ段の行と字下げの数をそろえてください。";
    Some(full_width(file, span.start, '\u{3000}', message, "半角の空白").help(help))
}

fn full_width(file: &SourceFile, at: usize, sign: char, message: &str, expected: &str) -> Diagnostic {
    Diagnostic::new(Code::FULL_WIDTH, file.path.clone(), message)
        .at(file.place(Span::new(at, at + sign.len_utf8())))
        .expected(expected)
}

/// A full-width bar is a half-width one for certain where nothing follows it on its line.
fn mend_bar(file: &SourceFile, at: usize) -> Option<Fix> {
    let end = at + '｜'.len_utf8();
    let rest = file.text.get(end..)?.split('\n').next()?;
    rest.trim().is_empty().then(|| file.replace(Span::new(at, end), "|"))?
}

/// A full-width dash begins an entry of a list for certain where a blank follows it. 「・」 may begin a line of a text.
fn mend_dash(file: &SourceFile, at: usize, mark: char) -> Option<Fix> {
    let end = at + mark.len_utf8();
    let is_dash = matches!(mark, '－' | '−' | '‐');
    match file.text.get(end..)?.chars().next().filter(|_| is_dash)? {
        ' ' => file.replace(Span::new(at, end), "-"),
        blank @ '\u{3000}' => file.replace(Span::new(at, end + blank.len_utf8()), "- "),
        _ => None,
    }
}

/// Where the colon stands that ends a key.
fn separator(line: &str) -> Option<usize> {
    let line = line.trim_end();
    line.find(": ").or_else(|| line.len().checked_sub(1).filter(|_| line.ends_with(':')))
}

/// Where the value of a line begins: behind the key, or behind the dash of a list.
fn value_start(line: &str) -> usize {
    let from = separator(line).map_or_else(|| indent_of(line), |colon| colon + 1);
    let rest = &line[from..];
    let blank = rest.len() - rest.trim_start_matches([' ', '-']).len();
    from + blank
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t', '\u{3000}']).len()
}

fn word_length(text: &str) -> usize {
    text.find(|c: char| c.is_whitespace() || matches!(c, ',' | ']' | '}')).unwrap_or(text.len())
}
