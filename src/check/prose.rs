//! Markdown files: each level-1 heading finds its item, the text below becomes the item's value. Links in prose resolve.

use super::values::LEFT_BLANK;
use super::{Context, Origin, name_item};
use crate::assessment::Value;
use crate::compare::{BLANK, is_blank};
use crate::diagnostic::{Code, Diagnostic};
use crate::form::{How, Kind, Resolution, Slot};
use crate::markdown;
use crate::read::{Passage, SourceFile, Span, passages};

/// More headings in one file than any document has items; the rest is not looked up.
const MOST_PASSAGES: usize = 2_000;

/// The same for links.
const MOST_LINKS: usize = 5_000;

/// Reads the passages of every Markdown file into the answers.
pub(super) fn read<'s>(context: &mut Context<'s>, files: &'s [SourceFile]) {
    context.prose = files.iter().collect();
    for (index, file) in files.iter().enumerate() {
        let passages = passages(file);
        for passage in passages.iter().take(MOST_PASSAGES) {
            place(context, index + 1, file, passage);
        }
        if let Some(extra) = passages.get(MOST_PASSAGES) {
            let message = format!("見出しが {MOST_PASSAGES} 件を超えています");
            let diagnostic = here(Code::TOO_DEEP, file, extra.span, message)
                .help("「# 」で始まる行は、一行ごとに項目の見出しとして読まれます。本文の見出しは「## 」で始めてください。");
            context.diagnostics.push(diagnostic);
        }
    }
}

fn place(context: &mut Context<'_>, index: usize, file: &SourceFile, passage: &Passage<'_>) {
    let Some(heading) = passage.heading else {
        let diagnostic =
            here(Code::TEXT_BEFORE_HEADING, file, passage.span, "最初の見出しより前に文章があります")
                .help("文章の前に「# Ⅱ.3.⑧ 使用方法」のように、どの項目かを示す見出しを書いてください。");
        context.diagnostics.push(diagnostic);
        return;
    };
    let Some(slot) = target(context, file, passage, heading) else { return };
    let node = context.form.node(slot.node);
    if node.kind != Kind::Text {
        let message = format!("「{}」は文章で書く項目ではありません", node.label);
        let diagnostic = here(Code::NOT_TEXT, file, passage.span, message)
            .help("この項目は assessment.yaml に書いてください。Markdown に書けるのは文章の項目だけです。");
        context.diagnostics.push(name_item(diagnostic, context.form, slot, context.answers.files()));
        context.reported.insert(slot);
        return;
    }
    let is_taken = context.answers.get(slot).is_some_and(|v| !v.is_empty());
    if is_taken {
        let first = context.finding(Code::WRITTEN_TWICE, slot, "");
        let place = first.place.map_or_else(String::new, |p| format!(" {} の {} 行目", first.file, p.line));
        let message = format!("この項目は{place}にも書かれています");
        let diagnostic = here(Code::WRITTEN_TWICE, file, passage.span, message)
            .help("どちらか一方に、全文を書いてください。");
        let diagnostic = context.with_item(diagnostic, slot, "ここにも書かれています");
        context.diagnostics.push(name_item(diagnostic, context.form, slot, context.answers.files()));
        return;
    }
    let origin = Origin { file: index, key: passage.span, value: passage.body_span };
    context.origins.insert(slot, origin);
    if is_blank(passage.body) {
        let span = blank_in(file, passage.body_span);
        let diagnostic =
            here(Code::BLANK_LEFT, file, span, LEFT_BLANK).help("この項目の記載に書き換えてください。");
        let diagnostic = name_item(diagnostic, context.form, slot, context.answers.files());
        context.report(slot, diagnostic);
    } else if !passage.body.is_empty() {
        context.answers.set(slot, Value::Text(passage.body.to_owned()));
    }
}

/// Where a text says that something is still to be written.
fn blank_in(file: &SourceFile, body: Span) -> Span {
    let at = file.text.get(body.start..body.end).and_then(|text| text.find(BLANK)).unwrap_or_default();
    Span::new(body.start + at, body.start + at + BLANK.len())
}

fn target(
    context: &mut Context<'_>,
    file: &SourceFile,
    passage: &Passage<'_>,
    heading: &str,
) -> Option<Slot> {
    let resolution = context.form.resolve(heading, context.answers.files());
    if let Some(slot) = context.sure_target(&resolution) {
        return Some(slot);
    }
    if let Some(target) = resolution.target.filter(|t| !context.exists(t.slot)) {
        let name = context.name(target.slot);
        let diagnostic =
            here(Code::UNKNOWN_HEADING, file, passage.span, format!("{name}は、この評価書にありません"))
                .expected("その番号の記載が assessment.yaml にありません")
                .help("番号を確かめるか、assessment.yaml にその一件を書いてください。");
        let list = context.list_around(target.slot).filter(|list| context.origins.contains_key(list));
        let diagnostic = match list {
            Some(list) => context.with_item(diagnostic, list, "ここに書かれている数を超えています"),
            None => diagnostic,
        };
        context.diagnostics.push(diagnostic);
        return None;
    }
    let offered = resolution.target.iter().map(|t| t.slot).chain(resolution.candidates.iter().copied());
    let names: Vec<_> = offered.filter(|s| context.exists(*s)).take(3).map(|s| context.name(s)).collect();
    let mut diagnostic =
        here(Code::UNKNOWN_HEADING, file, passage.span, format!("「{heading}」がどの項目か分かりません"));
    diagnostic = match names.as_slice() {
        [] => diagnostic,
        names => diagnostic.expected(format!("{}のことですか", names.join("、"))),
    };
    let help = match context.answers.files() {
        1 => "「# Ⅱ.3.⑧ 使用方法」のように、章・番号・項目名を書いてください。",
        _ => {
            "ファイルが複数あるので「# Ⅱ（2）.3.⑧ 使用方法」のように、章の後にファイルの番号を書いてください。"
        }
    };
    context.diagnostics.push(diagnostic.help(help));
    None
}

/// The `[[Ⅱ.3.⑧]]` links of all texts that lead nowhere.
pub(super) fn check_links(context: &Context<'_>, files: &[SourceFile]) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for file in std::iter::once(context.file).chain(files) {
        for (range, reference) in markdown::links(&file.text).into_iter().take(MOST_LINKS) {
            let resolution = context.form.resolve(reference, context.answers.files());
            if context.sure_target(&resolution).is_some() {
                continue;
            }
            let message = format!("「[[{reference}]]」がどの項目か分かりません。リンクになりません");
            let diagnostic = here(Code::UNRESOLVED_LINK, file, range.into(), message)
                .help("「[[Ⅱ.3.⑧ 使用方法]]」のように、章・番号・項目名を書いてください。");
            diagnostics.push(diagnostic);
        }
    }
    diagnostics
}

fn here(code: Code, file: &SourceFile, span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code, file.path.clone(), message).at(file.place(span))
}

impl Context<'_> {
    /// Whether the entries that a slot names are there.
    pub(super) fn exists(&self, slot: Slot) -> bool {
        let mut entries = crate::form::Entries::NONE;
        let mut numbers = slot.entries.numbers();
        for node in self.form.ancestry(slot.node).into_iter().filter(|n| n.repeat.is_some()) {
            let Some(number) = numbers.next() else { return false };
            let count =
                if node.is_per_file() { self.answers.files() } else { self.answers.count(node, entries) };
            if number > count {
                return false;
            }
            entries = entries.enter(number);
        }
        true
    }

    /// The list that a slot's entry would have to be in, the outermost that is too short.
    fn list_around(&self, slot: Slot) -> Option<Slot> {
        let mut entries = crate::form::Entries::NONE;
        let repeats = self.form.ancestry(slot.node).into_iter().filter(|n| n.repeat.is_some());
        for (node, number) in repeats.zip(slot.entries.numbers()) {
            if node.is_per_file() && number > self.answers.files() {
                return self.form.sections().find(|s| s.is_per_file()).map(|s| Slot::plain(s.ix));
            }
            if !node.is_per_file() && number > self.answers.count(node, entries) {
                return Some(Slot { node: node.ix, entries });
            }
            entries = entries.enter(number);
        }
        None
    }

    fn name(&self, slot: Slot) -> String {
        format!("「{}」", self.form.name(slot, self.answers.files()).line())
    }

    /// The item of this document that a reference names without doubt: published text follows no guess.
    fn sure_target(&self, resolution: &Resolution) -> Option<Slot> {
        let target = resolution.target.filter(|_| resolution.how != Some(How::Fuzzy))?;
        Some(target.slot).filter(|slot| self.exists(*slot))
    }
}
