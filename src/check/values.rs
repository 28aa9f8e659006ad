//! One authored value against the kind of its item.

use super::{Context, figures};
use crate::assessment::{Tick, Value};
use crate::compare::{BLANK, is_blank};
use crate::diagnostic::{Code, Fix};
use crate::form::{CheckBox, Kind, Node, Slot, denies, find_option, fold, likeness_of, surely};
use crate::read::{Data, SourceFile, Span, Yaml};
use crate::wareki::{self, Precision, Warning};

/// What is wrong where something is still to be written.
pub(super) const LEFT_BLANK: &str = "「【要記入】」が残っています。まだ公表できません";

/// The words for a flag that is ticked, the one to write first.
pub(crate) const YES: [&str; 5] = ["はい", "○", "true", "yes", "該当"];
/// The words for a flag that is not.
pub(crate) const NO: [&str; 5] = ["いいえ", "×", "false", "no", "非該当"];

/// Reads a value; what does not fit the item is kept as written, with a finding.
pub(super) fn parse(
    context: &mut Context<'_>,
    slot: Slot,
    yaml: &Yaml,
    attachments: &[String],
) -> Option<Value> {
    if yaml.data == Data::Null {
        return None;
    }
    if let Some(text) = yaml.text().filter(|text| is_blank(text)) {
        blank(context, slot, yaml.span);
        return Some(Value::Unfit(text.trim_end_matches('\n').to_owned()));
    }
    let node = context.form.node(slot.node);
    match node.kind {
        Kind::Text | Kind::ItemRef => text(context, slot, node, yaml),
        Kind::Date => date(context, slot, node, yaml),
        Kind::Choice => choice(context, slot, node, yaml),
        Kind::Checks => checks(context, slot, node, yaml),
        Kind::Count => count(context, slot, yaml),
        Kind::Flag => flag(context, slot, yaml),
        Kind::Figure => figures::read(context, slot, yaml, attachments),
        Kind::Group | Kind::Repeat => None,
    }
}

/// Something that is still to be written.
fn blank(context: &mut Context<'_>, slot: Slot, span: Span) {
    let written = context.file.text.get(span.start..span.end).and_then(|text| text.find(BLANK));
    let start = span.start + written.unwrap_or_default();
    let diagnostic = context
        .at(Code::BLANK_LEFT, slot, Span::new(start, start + BLANK.len()), LEFT_BLANK)
        .help("この項目の記載に書き換えてください。");
    context.report(slot, diagnostic);
}

/// The text of a scalar, or a finding that says what is needed instead.
pub(super) fn scalar<'y>(
    context: &mut Context<'_>,
    slot: Slot,
    yaml: &'y Yaml,
    expected: &str,
    help: &str,
) -> Option<&'y str> {
    if let Some(text) = yaml.text() {
        return Some(text);
    }
    let diagnostic = context.at(Code::WRONG_TYPE, slot, yaml.span, wrong_type(expected, yaml)).help(help);
    context.report(slot, diagnostic);
    None
}

fn text(context: &mut Context<'_>, slot: Slot, node: &Node, yaml: &Yaml) -> Option<Value> {
    if let (true, Data::List(items)) = (node.list, &yaml.data) {
        let names: Vec<_> = items
            .iter()
            .filter_map(|item| scalar(context, slot, item, "文字列", "一行に一つずつ名前を書いてください。"))
            .map(str::trim)
            .collect();
        return Some(Value::Text(names.join("\n"))).filter(|v| !v.is_empty());
    }
    let is_bracket = context.file.text[yaml.span.start..].starts_with('[');
    let help = if is_bracket {
        "「[」で始まる文章は、全体を引用符「\"」で囲むか、「|」の下に字下げして書きます。"
    } else {
        "文章は「|」の下に字下げして書きます。箇条書きも「|」の下に書けます。"
    };
    let text = scalar(context, slot, yaml, "文章", help)?;
    Some(Value::Text(text.trim_end_matches('\n').to_owned())).filter(|v| !v.is_empty())
}

fn date(context: &mut Context<'_>, slot: Slot, node: &Node, yaml: &Yaml) -> Option<Value> {
    let text =
        scalar(context, slot, yaml, "日付", "「令和5年11月14日」か「2023-11-14」の形で書いてください。")?;
    if text.trim().is_empty() {
        return None;
    }
    let (value, found) = read_date(text, node.month_allowed);
    for finding in found {
        let fix = finding.fix(context.file, yaml.span);
        let mut diagnostic = context.at(finding.code, slot, yaml.span, finding.message).mend(fix);
        diagnostic.suggestion = finding.suggestion;
        if let Some(help) = finding.help {
            diagnostic = diagnostic.help(help);
        }
        context.report(slot, diagnostic);
    }
    Some(value)
}

/// What is to be said about a date.
pub(super) struct DateFinding {
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) help: Option<String>,
    pub(super) suggestion: Option<String>,
    /// Whether the suggestion is the same day beyond doubt.
    pub(super) is_certain: bool,
}

impl DateFinding {
    /// The correction of the file, where it is certain.
    pub(super) fn fix(&self, file: &SourceFile, span: Span) -> Option<Fix> {
        let text = self.suggestion.as_ref().filter(|_| self.is_certain)?;
        file.replace_scalar(span, text)
    }
}

fn date_help(month_allowed: bool) -> &'static str {
    if month_allowed {
        return "「令和5年11月14日」か「令和5年11月」の形で書いてください。";
    }
    "「令和5年11月14日」か「2023-11-14」の形で、実在する日を書いてください。"
}

/// Reads a date. Spellings that only software or haste produces are read and named; impossible dates are kept as written.
pub(super) fn read_date(text: &str, month_allowed: bool) -> (Value, Vec<DateFinding>) {
    let impossible = |message: String| DateFinding {
        code: Code::IMPOSSIBLE_DATE,
        // Some messages say already what to write.
        help: (!message.contains("書いてください")).then(|| date_help(month_allowed).to_owned()),
        message,
        suggestion: None,
        is_certain: false,
    };
    let parsed = match wareki::parse(text) {
        Ok(parsed) => parsed,
        Err(error) => return (Value::Unfit(text.trim().to_owned()), vec![impossible(error.to_string())]),
    };
    let precise = parsed.date.precision() == Precision::Day
        || (month_allowed && parsed.date.precision() == Precision::Month);
    if !precise {
        let unit = if month_allowed { "年月" } else { "年月日" };
        return (
            Value::Unfit(text.trim().to_owned()),
            vec![impossible(format!("「{}」は{unit}まで書かれていません", text.trim()))],
        );
    }
    let mut findings = Vec::new();
    let is_doubtful = |w: &Warning| matches!(w, Warning::BeforeEraStart { .. } | Warning::Weekday { .. });
    let is_certain = !parsed.warnings.iter().any(is_doubtful);
    for warning in &parsed.warnings {
        match warning {
            // An officer's own western date and full-width digits say clearly what is meant.
            Warning::Width | Warning::WesternYear => {}
            Warning::BeforeEraStart { .. } | Warning::Weekday { .. } | Warning::Abbreviated => {
                let is_weekday = matches!(warning, Warning::Weekday { .. });
                findings.push(DateFinding {
                    suggestion: Some(parsed.date.wareki()),
                    is_certain,
                    help: is_weekday.then(|| "日付と曜日のどちらが正しいかを確かめてください。".to_owned()),
                    ..impossible(warning.to_string())
                });
            }
            _ => findings.push(DateFinding {
                code: Code::DATE_SPELLING,
                message: warning.to_string(),
                help: None,
                suggestion: Some(match warning {
                    Warning::Slash => parsed.date.iso(),
                    _ => parsed.date.wareki(),
                }),
                is_certain,
            }),
        }
    }
    (Value::Date(parsed.date), findings)
}

fn choice(context: &mut Context<'_>, slot: Slot, node: &Node, yaml: &Yaml) -> Option<Value> {
    let form = context.form;
    let options = form.options(node);
    let labels: Vec<_> = options.iter().map(|o| o.label.as_str()).collect();
    let help = format!("次から一つを書いてください: {}", labels.join(" / "));
    let text = scalar(context, slot, yaml, "選択肢の一つ", &help)?.trim();
    if text.is_empty() {
        return None;
    }
    if let Some(option) = find_option(options, text) {
        return Some(Value::Choice(option.label.clone()));
    }
    let mut diagnostic =
        context.at(Code::UNKNOWN_OPTION, slot, yaml.span, format!("「{text}」は選択肢にありません"));
    diagnostic = match nearest(text, &labels) {
        Some(near) => diagnostic
            .expected(format!("「{near}」のことですか"))
            .suggest(near)
            .mend(sure_word(context.file, yaml.span, text, near, &labels))
            .help(help),
        None => diagnostic.expected(labels.join(" / ")),
    };
    context.report(slot, diagnostic);
    Some(Value::Unfit(text.to_owned()))
}

/// The correction of a misspelt word, where it is certain.
pub(super) fn sure_word(
    file: &SourceFile,
    span: Span,
    text: &str,
    near: &str,
    labels: &[&str],
) -> Option<Fix> {
    let sure = surely(text, labels.iter().copied()).filter(|label| *label == near)?;
    file.replace_scalar(span, sure)
}

/// The label that a misspelt text most likely means.
pub(super) fn nearest<'l>(text: &str, labels: &[&'l str]) -> Option<&'l str> {
    labels
        .iter()
        .filter(|label| denies(label) == denies(text))
        .map(|label| (likeness_of(text, label), *label))
        .filter(|(likeness, _)| *likeness >= 0.5)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, label)| label)
}

fn checks(context: &mut Context<'_>, slot: Slot, node: &'static Node, yaml: &Yaml) -> Option<Value> {
    let Data::List(items) = &yaml.data else {
        let diagnostic = context
            .at(Code::WRONG_TYPE, slot, yaml.span, wrong_type("選んだものの一覧", yaml))
            .help("選んだものを一行に一つずつ「- 」で始めて書いてください。一つだけでも「- 」を付けます。");
        context.report(slot, diagnostic);
        return yaml.text().map(|t| Value::Unfit(t.trim().to_owned()));
    };
    let mut ticked: Vec<(usize, Tick, Span)> = Vec::new();
    for item in items {
        let Some((at, tick)) = tick(context, slot, node, item) else { continue };
        if let Some((.., first)) = ticked.iter().find(|(other, ..)| *other == at) {
            let message = format!("「{}」が二度選ばれています", tick.label);
            let diagnostic = context
                .at(Code::REPEATED_BOX, slot, item.span, message)
                .help("片方を消してください。")
                .related(context.file.path.clone(), context.file.place(*first), "ここでも選ばれています");
            context.report(slot, diagnostic);
            continue;
        }
        ticked.push((at, tick, item.span));
    }
    let boxes = context.form.boxes(node);
    if ticked.len() > 1
        && let Some((_, tick, span)) = ticked.iter().find(|(at, ..)| boxes[*at].exclusive)
    {
        let message = format!("「{}」はほかの選択肢と同時には選べません", tick.label);
        let diagnostic =
            context.at(Code::EXCLUSIVE_BOX, slot, *span, message).help("どちらかを消してください。");
        context.report(slot, diagnostic);
    }
    ticked.sort_by_key(|(at, ..)| *at);
    Some(Value::Checks(ticked.into_iter().map(|(_, tick, _)| tick).collect()))
}

/// One entry of a check list: a label, or `label: text` where the box has a parenthesis or a number.
fn tick(context: &mut Context<'_>, slot: Slot, node: &'static Node, item: &Yaml) -> Option<(usize, Tick)> {
    let boxes = context.form.boxes(node);
    let (label, label_span, value) = match &item.data {
        Data::Scalar(label) => (label.as_str(), item.span, None),
        Data::Map(fields) if fields.len() == 1 => {
            let (key, value) = &fields[0];
            (key.text.as_str(), key.span, Some(value).filter(|v| v.data != Data::Null))
        }
        Data::Null => return None,
        _ => {
            let diagnostic = context
                .at(Code::WRONG_TYPE, slot, item.span, wrong_type("選択肢の名前", item))
                .help("「- 選択肢」か、括弧のある選択肢は「- 選択肢: 括弧の中身」の形で書いてください。");
            context.report(slot, diagnostic);
            return None;
        }
    };
    let Some(at) = boxes.iter().position(|b| same_label(&b.label, label)) else {
        unknown_box(context, slot, boxes, label, label_span);
        return None;
    };
    let found = &boxes[at];
    let text = value.and_then(|value| box_text(context, slot, found, value));
    Some((at, Tick { label: found.label.clone(), text }))
}

fn same_label(printed: &str, written: &str) -> bool {
    let bare = |text: &str| fold(text).trim_end_matches('.').to_owned();
    bare(printed) == bare(written)
}

fn unknown_box(context: &mut Context<'_>, slot: Slot, boxes: &[CheckBox], label: &str, span: Span) {
    let labels: Vec<_> = boxes.iter().map(|b| b.label.as_str()).collect();
    let help = format!("選べるもの: {}", labels.join(" / "));
    let message = format!("「{}」は選択肢にありません", label.trim());
    let diagnostic = context.at(Code::UNKNOWN_OPTION, slot, span, message);
    let diagnostic = match nearest(label, &labels) {
        Some(near) => diagnostic
            .expected(format!("「{near}」のことですか"))
            .suggest(near)
            .mend(sure_word(context.file, span, label, near, &labels))
            .help(help),
        None => diagnostic.help(help),
    };
    context.report(slot, diagnostic);
}

/// What stands behind a box: the text of its parenthesis, or the number that belongs to a count item.
fn box_text(context: &mut Context<'_>, slot: Slot, found: &CheckBox, value: &Yaml) -> Option<String> {
    let text = scalar(context, slot, value, "文字列", "括弧の中に書く文章を一行で書いてください。")?.trim();
    if let Some(count) = found.count.as_ref().and_then(|id| context.form.by_id(id)) {
        let count_slot = Slot { node: count.ix, entries: slot.entries };
        if let Some(number) = number(text) {
            context.answers.set(count_slot, Value::Count(number));
            let origin = super::Origin { file: 0, key: value.span, value: value.span };
            context.origins.entry(count_slot).or_insert(origin);
        } else {
            not_a_number(context, count_slot, value.span, text);
        }
        return None;
    }
    if !found.text {
        let message = format!("「{}」には書き添える欄がありません", found.label);
        let diagnostic = context
            .at(Code::WRONG_TYPE, slot, value.span, message)
            .help(format!("「- {}」だけにしてください。", found.label));
        context.report(slot, diagnostic);
    }
    Some(text.to_owned()).filter(|t| !t.is_empty())
}

fn count(context: &mut Context<'_>, slot: Slot, yaml: &Yaml) -> Option<Value> {
    let text = scalar(context, slot, yaml, "数", "件数を数字で書いてください。")?.trim();
    if let Some(number) = number(text) {
        return Some(Value::Count(number));
    }
    not_a_number(context, slot, yaml.span, text);
    Some(Value::Unfit(text.to_owned())).filter(|v| !v.is_empty())
}

fn number(text: &str) -> Option<u32> {
    fold(text).trim_end_matches('件').replace(',', "").parse().ok()
}

fn not_a_number(context: &mut Context<'_>, slot: Slot, span: Span, text: &str) {
    let diagnostic = context
        .at(Code::WRONG_TYPE, slot, span, format!("数が必要ですが、「{text}」が書かれています"))
        .help("件数を数字で書いてください（例: 2）。");
    context.report(slot, diagnostic);
}

fn flag(context: &mut Context<'_>, slot: Slot, yaml: &Yaml) -> Option<Value> {
    let text =
        scalar(context, slot, yaml, "「はい」か「いいえ」", "当てはまるなら「はい」と書いてください。")?;
    let state = match fold(text).as_str() {
        yes if YES.contains(&yes) => true,
        no if no.is_empty() || NO.contains(&no) => false,
        _ => {
            let diagnostic = context
                .at(
                    Code::UNKNOWN_OPTION,
                    slot,
                    yaml.span,
                    format!("「{}」は「はい」でも「いいえ」でもありません", text.trim()),
                )
                .expected("はい / いいえ");
            context.report(slot, diagnostic);
            return Some(Value::Unfit(text.trim().to_owned()));
        }
    };
    Some(Value::Flag(state))
}

/// The message for a value of the wrong kind.
pub(super) fn wrong_type(expected: &str, found: &Yaml) -> String {
    format!("{expected}が必要ですが、{}が書かれています", found.kind_name())
}
