//! A key that names nothing here: a slip of the pen, or an item of another place?

use super::values::sure_word;
use super::{Context, name_item};
use crate::diagnostic::{Code, Diagnostic};
use crate::form::{Entries, Near, Node, NodeIx, Slot, likeness_of};
use crate::read::{Key, Span};

/// From this likeness on (0 to 1) what stands under a mistyped key is checked as the item that was most likely meant.
const SURE: f64 = 0.7;

/// A file with more unknown keys than this is something else; looking for the nearest items would take long.
const MOST_UNKNOWN: usize = 200;

/// Where a key stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// At the top of the document: sections and the items of the cover.
    Top,
    /// In an entry of 特定個人情報ファイル: the sections that repeat per file.
    File,
    /// Below a node.
    Below(NodeIx),
}

impl Level {
    fn parent(self) -> Option<NodeIx> {
        match self {
            Self::Below(parent) => Some(parent),
            Self::Top | Self::File => None,
        }
    }
}

/// What a key most likely means.
pub(super) enum Meaning {
    /// Nothing that could be checked.
    Nothing,
    /// This item of the same place.
    Item(&'static Node),
    /// The list of 特定個人情報ファイル.
    Files,
}

/// Reports a key that names nothing at its level. `taken` are the children that are
/// written: they are not meant.
pub(super) fn unknown(
    context: &mut Context<'_>,
    level: Level,
    entries: Entries,
    key: &Key,
    taken: &dyn Fn(&Node) -> bool,
) -> Meaning {
    let form = context.form;
    let name = key.text.trim();
    context.unknown_keys += 1;
    if context.unknown_keys > MOST_UNKNOWN {
        return Meaning::Nothing;
    }
    if context.unknown_keys == MOST_UNKNOWN {
        let message = format!("様式にない項目が {MOST_UNKNOWN} 件を超えました。ほかの項目名は調べません");
        let diagnostic = here(context, Code::UNKNOWN_KEY, key.span, message)
            .help("「様式」と「版」が正しいか、別のファイルの内容ではないかを確かめてください。");
        context.diagnostics.push(diagnostic);
        return Meaning::Nothing;
    }
    let best = form
        .nearest_keys(level.parent(), name)
        .into_iter()
        .filter(|n| level != Level::File || n.node.is_per_file())
        .find(|n| !taken(n.node));
    let files = form.files_key().filter(|_| level == Level::Top).filter(|key| {
        let likeness = likeness_of(key, name);
        likeness >= SURE && best.is_none_or(|b| b.likeness <= likeness)
    });
    if let Some(label) = files {
        let diagnostic = near_miss(context, level, key, label);
        context.diagnostics.push(diagnostic);
        return Meaning::Files;
    }
    if let Some(home) = home_elsewhere(context, level, name, best) {
        misplaced(context, level, entries, key, &home);
        return Meaning::Nothing;
    }
    let Some(Near { node, likeness }) = best else {
        let known = known_keys(context, level);
        let diagnostic = here(context, Code::UNKNOWN_KEY, key.span, not_here(context, level, name))
            .help(format!("ここに書ける項目: {}", known.join("、")));
        let diagnostic = on_parent(context, level, entries, diagnostic);
        context.diagnostics.push(diagnostic);
        return Meaning::Nothing;
    };
    let slot = form.sibling_slot(node.ix, entries);
    let diagnostic = near_miss(context, level, key, &node.label);
    let diagnostic = name_item(diagnostic, form, slot, context.answers.files());
    context.excused.push(Slot { node: node.ix, entries });
    context.diagnostics.push(diagnostic);
    if likeness >= SURE { Meaning::Item(node) } else { Meaning::Nothing }
}

fn near_miss(context: &Context<'_>, level: Level, key: &Key, label: &str) -> Diagnostic {
    let known = known_keys(context, level);
    let known: Vec<_> = known.iter().map(String::as_str).collect();
    here(context, Code::UNKNOWN_KEY, key.span, not_here(context, level, key.text.trim()))
        .expected(format!("「{label}」のことですか"))
        .suggest(label)
        .mend(sure_word(context.file, key.span, &key.text, label, &known))
}

fn not_here(context: &Context<'_>, level: Level, name: &str) -> String {
    let home = place_name(context, level);
    if name.is_empty() {
        return format!("{home}に、項目名のない行があります");
    }
    format!("「{name}」という項目は{home}にありません")
}

/// The places where a key would be right, if that is more likely than a slip of the pen.
fn home_elsewhere(
    context: &Context<'_>,
    level: Level,
    name: &str,
    near: Option<Near<'_>>,
) -> Option<Vec<&'static Node>> {
    let form = context.form;
    let mut homes: Vec<_> =
        form.find_label_anywhere(name).into_iter().filter(|n| !form.is_change_part(n)).collect();
    let below: Vec<_> = homes
        .iter()
        .copied()
        .filter(|n| level.parent().is_some_and(|p| form.ancestry(n.ix).iter().any(|a| a.ix == p)))
        .collect();
    if !below.is_empty() {
        homes = below;
    }
    // A label of many places says less than a neighbour that is nearly spelt so.
    let is_telling = near.is_none() || homes.len() == 1;
    (!homes.is_empty() && is_telling).then_some(homes)
}

fn misplaced(context: &mut Context<'_>, level: Level, entries: Entries, key: &Key, homes: &[&'static Node]) {
    let form = context.form;
    let places: Vec<_> = homes
        .iter()
        .take(3)
        .map(|n| place_name(context, n.parent.map_or(Level::Top, Level::Below)))
        .collect();
    let more = if homes.len() > places.len() { "など" } else { "" };
    let message = format!("「{}」は{}の項目ではありません", key.text.trim(), place_name(context, level));
    let diagnostic = here(context, Code::MISPLACED_KEY, key.span, message)
        .expected(format!("{}{more}に書く項目です", places.join("か、")))
        .help(
            "字下げがずれていないか、別の見出しの項目を書いていないかを確かめ、正しい場所に移してください。",
        );
    let diagnostic = match homes {
        [only] => {
            context.excused.push(Slot { node: only.ix, entries: Entries::NONE });
            name_item(diagnostic, form, form.sibling_slot(only.ix, entries), context.answers.files())
        }
        _ => on_parent(context, level, entries, diagnostic),
    };
    context.diagnostics.push(diagnostic);
}

/// A section that repeats per file, written at the top of the document.
pub(super) fn per_file_at_top(context: &mut Context<'_>, key: &Key, section: &'static Node) {
    let files_key = context.form.files_key().unwrap_or_default();
    let message = format!("「{}」はファイルごとに書く章です", section.label);
    let diagnostic = here(context, Code::MISPLACED_KEY, key.span, message)
        .expected(format!("「{files_key}」の一覧の中に書きます"))
        .help(format!("「{files_key}:」の下に「- 」で始まる一覧を作り、その中に移してください。"));
    let diagnostic = name_item(diagnostic, context.form, Slot::plain(section.ix), 1);
    context.report(Slot::plain(section.ix), diagnostic);
}

/// 変更箇所, written in `assessment.yaml`.
pub(super) fn changes_at_top(context: &mut Context<'_>, key: &Key) {
    let diagnostic =
        here(context, Code::MISPLACED_KEY, key.span, "変更箇所は assessment.yaml には書きません")
            .help("同じフォルダの changes.yaml に、一件ずつ「- 」で始めて書いてください。");
    context.diagnostics.push(diagnostic);
}

fn on_parent(context: &Context<'_>, level: Level, entries: Entries, diagnostic: Diagnostic) -> Diagnostic {
    let Level::Below(parent) = level else { return diagnostic };
    let slot = context.form.sibling_slot(parent, entries);
    name_item(diagnostic, context.form, slot, context.answers.files())
}

/// Where keys are written, in words: 「3．特定個人情報の使用」の下.
fn place_name(context: &Context<'_>, level: Level) -> String {
    let form = context.form;
    match level {
        Level::Below(node) if form.node(node).id != "cover" => {
            format!("「{}」の下", form.node(node).heading())
        }
        Level::File => format!("「{}」の一件の下", form.files_key().unwrap_or_default()),
        _ => format!("{}の字下げのない段", form.head.short_title),
    }
}

fn known_keys(context: &Context<'_>, level: Level) -> Vec<String> {
    let form = context.form;
    if let Level::Below(parent) = level {
        return form.children(form.node(parent)).map(|c| c.label.clone()).collect();
    }
    if level == Level::File {
        return form.sections().filter(|s| s.is_per_file()).map(|s| s.label.clone()).collect();
    }
    let cover = form.by_id("cover").map(|c| form.children(c).collect::<Vec<_>>()).unwrap_or_default();
    let sections =
        form.sections().filter(|s| s.id != "cover" && s.id != form.head.change_section && !s.is_per_file());
    let names = cover.into_iter().chain(sections).map(|n| n.label.clone());
    names.chain(form.files_key().map(str::to_owned)).collect()
}

fn here(context: &Context<'_>, code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code, context.file.path.clone(), message).at(context.file.place(span))
}
