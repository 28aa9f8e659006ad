//! `assessment.yaml`: the form, filled in, in the form's order.

use super::tree::{Entry, Tree, file_of_map};
use crate::assessment::{Answers, Figure, Tick, Value};
use crate::check::vocabulary::own_value_key;
use crate::form::{Entries, Form, Kind, Node, Slot};

/// The text of `assessment.yaml`.
///
/// Official labels are the keys, without number marks except those of a 別添 and of a risk. Values are written as people
/// write them: dates in 和暦, boxes as a list of labels, flags as はい or いいえ.
pub fn assessment_yaml(answers: &Answers) -> String {
    let form = answers.form();
    let mut top = vec![Entry::text("様式", &form.head.short_title), Entry::text("版", &form.head.edition)];
    let mut has_files = false;
    for section in form.sections().filter(|section| !form.is_change_part(section)) {
        if section.is_per_file() {
            // The first of the sections per file holds the place of all of them.
            if !std::mem::replace(&mut has_files, true) {
                top.extend(files(answers));
            }
        } else if section.id == "cover" {
            // The cover has no heading on the form: its items stand at the top.
            top.extend(children(answers, section, Entries::NONE));
        } else if let Some(value) = value(answers, section, Entries::NONE) {
            top.push(Entry { key: key(section), value, is_apart: true });
        }
    }
    file_of_map(&top)
}

/// The sections that repeat per 特定個人情報ファイル: one list entry per file holds them all.
fn files(answers: &Answers) -> Option<Entry> {
    let form = answers.form();
    let file = |number| {
        let entries = Entries::NONE.enter(number);
        let sections = form.sections().filter(|section| section.is_per_file()).filter_map(|section| {
            let below = children(answers, section, entries);
            (!below.is_empty()).then(|| Entry { key: key(section), value: Tree::Map(below), is_apart: true })
        });
        Tree::Map(sections.collect())
    };
    let is_stated = form.sections().any(|s| s.is_per_file() && answers.count(s, Entries::NONE) > 0);
    let items = (1..=answers.files()).map(file).collect();
    let value = Tree::List { items, is_apart: true };
    is_stated.then(|| Entry { key: form.files_key().unwrap_or_default().to_owned(), value, is_apart: true })
}

/// What stands below a node, as far as it is filled in.
fn children(answers: &Answers, node: &Node, entries: Entries) -> Vec<Entry> {
    let form = answers.form();
    form.children(node)
        .filter_map(|child| {
            let value = value(answers, child, entries)?;
            // Groups of a section, and repeats beside other items, are far longer than a screen.
            let is_apart = !child.is_item() && (node.depth == 0 || child.kind == Kind::Repeat);
            Some(Entry { key: key(child), value, is_apart })
        })
        .collect()
}

/// A node with what stands below it; none where nothing is filled in.
fn value(answers: &Answers, node: &Node, entries: Entries) -> Option<Tree> {
    match node.kind {
        Kind::Repeat => {
            let count = answers.count(node, entries);
            let entry = |number| Tree::Map(children(answers, node, entries.enter(number)));
            (count > 0).then(|| Tree::List { items: (1..=count).map(entry).collect(), is_apart: true })
        }
        Kind::Group => {
            if let Some(repeat) = only_repeat(answers.form(), node) {
                return value(answers, repeat, entries);
            }
            let below = children(answers, node, entries);
            (!below.is_empty()).then_some(Tree::Map(below))
        }
        _ => {
            let own = answers.get(Slot { node: node.ix, entries }).and_then(written);
            let mut below = children(answers, node, entries);
            if below.is_empty() {
                return own;
            }
            if let Some(own) = own {
                below.insert(0, Entry::new(own_value_key(node.kind), own));
            }
            Some(Tree::Map(below))
        }
    }
}

/// The repeat of a group that has nothing else: the group is written as its list.
pub(super) fn only_repeat<'f>(form: &'f Form, group: &'f Node) -> Option<&'f Node> {
    match group.children.as_slice() {
        [only] => Some(form.node(*only)).filter(|child| child.kind == Kind::Repeat),
        _ => None,
    }
}

/// The key of a node: its label. A 別添 and a risk are known by their mark; a label with a blank to fill in (（　）件) has a
/// readable alias.
pub(super) fn key(node: &Node) -> String {
    if node.mark.as_ref().is_some_and(|mark| mark.starts_with("リスク") || mark.starts_with('（')) {
        return node.heading();
    }
    match node.aliases.first() {
        Some(alias) if node.label.contains("（　）") => alias.clone(),
        _ => node.label.clone(),
    }
}

/// A value as people write it; none for an empty one. That no box is ticked is a statement, not an empty item.
fn written(value: &Value) -> Option<Tree> {
    let tree = match value {
        Value::Checks(ticks) => Tree::list(ticks.iter().map(tick).collect()),
        _ if value.is_empty() => return None,
        Value::Figures(figures) => Tree::list(figures.iter().map(figure).collect()),
        Value::Text(text) | Value::Choice(text) | Value::Unfit(text) => Tree::Text(text.clone()),
        Value::Date(date) => Tree::Text(date.wareki()),
        Value::Count(number) => Tree::Number(*number),
        Value::Flag(is_ticked) => Tree::Text(if *is_ticked { "はい" } else { "いいえ" }.to_owned()),
    };
    Some(tree)
}

fn tick(tick: &Tick) -> Tree {
    match &tick.text {
        Some(text) => Tree::Map(vec![Entry::text(&tick.label, text)]),
        None => Tree::Text(tick.label.clone()),
    }
}

fn figure(figure: &Figure) -> Tree {
    let mut entries =
        vec![Entry::text("ファイル", &figure.file), Entry::text("代替テキスト", &figure.alternative)];
    entries.extend(figure.caption.as_ref().map(|caption| Entry::text("説明", caption)));
    Tree::Map(entries)
}
