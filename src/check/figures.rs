//! Figures: an image of the assessment's folder and what it says to those who cannot see it.

use super::Context;
use super::values::{nearest, scalar, sure_word, wrong_type};
use crate::assessment::{Figure, Value};
use crate::diagnostic::Code;
use crate::form::{Slot, fold};
use crate::read::{Data, Key, Span, Yaml};

pub(crate) const FILE: &str = "ファイル";
pub(crate) const ALTERNATIVE: &str = "代替テキスト";
pub(crate) const CAPTION: &str = "説明";
const KEYS: [&str; 3] = [FILE, ALTERNATIVE, CAPTION];

/// Whether a text is a key of a figure.
pub(super) fn knows_key(text: &str) -> bool {
    KEYS.contains(&fold(text).as_str())
}

/// The kinds of image that every browser shows.
pub(crate) const ENDINGS: [&str; 7] = ["svg", "png", "jpg", "jpeg", "gif", "webp", "avif"];

/// Reads one figure or a list of figures. `attachments` are the files of the assessment's folder.
pub(super) fn read(
    context: &mut Context<'_>,
    slot: Slot,
    yaml: &Yaml,
    attachments: &[String],
) -> Option<Value> {
    let one = std::slice::from_ref(yaml);
    let items = match &yaml.data {
        Data::List(items) => items.as_slice(),
        _ => one,
    };
    let found: Vec<_> = items.iter().filter_map(|item| figure(context, slot, item, attachments)).collect();
    Some(Value::Figures(found)).filter(|v| !v.is_empty())
}

/// The parts of a figure with their places; the place of an empty part is its key.
struct Parts {
    file: Option<(String, Span)>,
    alternative: Option<(String, Span)>,
    caption: Option<String>,
    /// Keys that were most likely meant by mistyped ones.
    meant: Vec<&'static str>,
}

fn figure(context: &mut Context<'_>, slot: Slot, item: &Yaml, attachments: &[String]) -> Option<Figure> {
    let Data::Map(fields) = &item.data else {
        let diagnostic = context
            .at(Code::WRONG_TYPE, slot, item.span, wrong_type("「ファイル」と「代替テキスト」の組", item))
            .help("「- ファイル: figures/図の名前.svg」の下に「代替テキスト: |」を書いてください。");
        context.report(slot, diagnostic);
        return None;
    };
    let parts = parts(context, slot, fields);
    let start = Span::new(item.span.start, item.span.start);
    check_file(context, slot, &parts, start, attachments);
    check_alternative(context, slot, &parts, start);
    let text = |part: Option<(String, Span)>| part.map(|(text, _)| text).unwrap_or_default();
    let file = text(parts.file);
    (!file.is_empty()).then(|| Figure { file, alternative: text(parts.alternative), caption: parts.caption })
}

fn parts(context: &mut Context<'_>, slot: Slot, fields: &[(Key, Yaml)]) -> Parts {
    let mut parts = Parts { file: None, alternative: None, caption: None, meant: Vec::new() };
    let written: Vec<_> = fields.iter().map(|(key, _)| fold(&key.text)).collect();
    for (key, value) in fields {
        let name = fold(&key.text);
        if !KEYS.contains(&name.as_str()) {
            let free: Vec<_> = KEYS.into_iter().filter(|k| !written.iter().any(|w| w == k)).collect();
            parts.meant.extend(unknown(context, slot, key, &free));
            continue;
        }
        let text = if value.data == Data::Null {
            ""
        } else if let Some(text) = scalar(context, slot, value, "文字列", "文章を書いてください。")
        {
            text.trim()
        } else {
            parts.meant.extend(KEYS.into_iter().filter(|k| *k == name));
            continue;
        };
        let text = text.to_owned();
        let span = if text.is_empty() { key.span } else { value.span };
        match name.as_str() {
            FILE => parts.file = Some((text, span)),
            ALTERNATIVE => parts.alternative = Some((text, span)),
            _ => parts.caption = Some(text).filter(|t| !t.is_empty()),
        }
    }
    parts
}

fn unknown(context: &mut Context<'_>, slot: Slot, key: &Key, free: &[&'static str]) -> Option<&'static str> {
    let message = format!("「{}」という項目は図にありません", key.text.trim());
    let near = nearest(&key.text, free);
    let mut diagnostic = context
        .at(Code::UNKNOWN_KEY, slot, key.span, message)
        .help(format!("図に書ける項目: {}", KEYS.join("、")));
    if let Some(near) = near {
        let fix = sure_word(context.file, key.span, &key.text, near, free);
        diagnostic = diagnostic.expected(format!("「{near}」のことですか")).suggest(near).mend(fix);
    }
    context.report(slot, diagnostic);
    near
}

fn check_alternative(context: &mut Context<'_>, slot: Slot, parts: &Parts, start: Span) {
    if parts.meant.contains(&ALTERNATIVE) {
        return;
    }
    let (span, message) = match (&parts.alternative, &parts.file) {
        (Some((text, _)), _) if !text.is_empty() => return,
        (Some((_, key)), _) => (*key, "図の「代替テキスト」が空です"),
        (None, Some((_, file))) => (*file, "この図に「代替テキスト」がありません"),
        (None, None) => (start, "この図に「代替テキスト」がありません"),
    };
    let diagnostic = context
        .at(Code::NO_ALTERNATIVE, slot, span, message)
        .help("図を見られない人に、図が伝えること（誰から誰へ何がどう流れるか）を文章で書いてください。");
    context.report(slot, diagnostic);
}

fn check_file(context: &mut Context<'_>, slot: Slot, parts: &Parts, start: Span, attachments: &[String]) {
    if parts.meant.contains(&FILE) {
        return;
    }
    let (name, span) = parts.file.clone().unwrap_or_default();
    let span = if parts.file.is_some() { span } else { start };
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let is_image = ending.is_some_and(|e| ENDINGS.contains(&e.as_str()));
    if attachments.contains(&name) && is_image {
        return;
    }
    let names: Vec<_> = attachments
        .iter()
        .map(String::as_str)
        .filter(|a| {
            a.rsplit_once('.').is_some_and(|(_, e)| ENDINGS.contains(&e.to_ascii_lowercase().as_str()))
        })
        .collect();
    let is_outside =
        name.starts_with(['/', '\\']) || name.contains("://") || name.split(['/', '\\']).any(|p| p == "..");
    let message = match name.as_str() {
        "" => "図の「ファイル」が書かれていません".to_owned(),
        name if is_outside => format!("図のファイル「{name}」は評価書のフォルダの外を指しています"),
        name if !is_image => format!("「{name}」は画像のファイルではありません"),
        name => format!("図のファイル「{name}」が評価書のフォルダにありません"),
    };
    let mut diagnostic = context
        .at(Code::MISSING_IMAGE, slot, span, message)
        .help("画像（svg、png、jpg など）を評価書のフォルダの figures などに置き、「figures/図の名前.svg」のように書いてください。");
    if let Some(near) = nearest(&name.replace('\\', "/"), &names).filter(|_| !name.is_empty() && !is_outside)
    {
        diagnostic = diagnostic.expected(format!("「{near}」のことですか")).suggest(near);
    }
    context.report(slot, diagnostic);
}
