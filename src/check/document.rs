//! `assessment.yaml` key by key: every key finds its node of the form, every value its slot.

use std::collections::BTreeMap;

use super::edition::{EDITION_KEY, STYLE_KEY};
use super::keys::{self, Level, Meaning};
use super::values::wrong_type;
use super::{Context, Origin, administration, consultation, exceptions, values};
use crate::diagnostic::{Code, Diagnostic};
use crate::form::{Entries, Form, Kind, Node, NodeIx, Slot, fold};
use crate::read::{Data, Key, Span, Yaml};

/// Keys that hold the own value of an item with rows below it.
pub(crate) const OWN_VALUE_KEYS: [&str; 2] = ["選択", "内容"];

/// Reads the top of the document.
pub(super) fn read(context: &mut Context<'_>, entries: &[(Key, Yaml)], attachments: &[String]) {
    let mut reader = Reader { context, attachments };
    let form = reader.context.form;
    let files_key = form.files_key().map(fold);
    let written = written_nodes(form, None, entries);
    let mut seen = BTreeMap::new();
    for (key, value) in entries {
        let folded = fold(&key.text);
        let node = form.by_key(None, &key.text);
        let name = node.map_or(folded.as_str(), |n| n.id.as_str());
        if reader.is_repeated(&mut seen, name, key, node.map(|n| Slot::plain(n.ix)))
            || folded == STYLE_KEY
            || folded == EDITION_KEY
        {
            continue;
        }
        if folded == administration::KEY {
            let (administered, found) = administration::read(reader.context.file, value);
            reader.context.administered = administered;
            reader.context.diagnostics.extend(found);
            continue;
        }
        if folded == consultation::KEY {
            let (consultation, found) = consultation::read(reader.context.file, key.span, value);
            reader.context.consultation = consultation;
            reader.context.diagnostics.extend(found);
            continue;
        }
        if folded == exceptions::KEY {
            let (exceptions, found) = exceptions::read(reader.context, value);
            reader.context.exceptions = exceptions;
            reader.context.diagnostics.extend(found);
            continue;
        }
        if Some(&folded) == files_key.as_ref() {
            reader.files(key, value);
            continue;
        }
        match node {
            Some(node) if node.is_per_file() => keys::per_file_at_top(reader.context, key, node),
            Some(node) if node.id == form.head.change_section => keys::changes_at_top(reader.context, key),
            Some(node) => reader.node(node, Entries::NONE, key, value),
            None => reader.unknown_top(&written, key, value),
        }
    }
}

struct Reader<'c, 's> {
    context: &'c mut Context<'s>,
    attachments: &'c [String],
}

impl Reader<'_, '_> {
    fn push(&mut self, diagnostic: Diagnostic) {
        self.context.diagnostics.push(diagnostic);
    }

    /// A key at the top that names nothing: what stands below it is read as what was most likely meant.
    fn unknown_top(&mut self, written: &[NodeIx], key: &Key, value: &Yaml) {
        let form = self.context.form;
        let taken = |node: &Node| written.contains(&node.ix);
        match keys::unknown(self.context, Level::Top, Entries::NONE, key, &taken) {
            Meaning::Files => self.files(key, value),
            Meaning::Item(node) if !node.is_per_file() && node.id != form.head.change_section => {
                self.guess(node, Entries::NONE, key, value);
            }
            Meaning::Item(_) | Meaning::Nothing => {}
        }
    }

    fn guess(&mut self, node: &'static Node, entries: Entries, key: &Key, value: &Yaml) {
        self.context.guesses.push(Slot { node: node.ix, entries });
        self.node(node, entries, key, value);
    }

    /// The entries of 特定個人情報ファイル: each holds the sections that repeat per file.
    fn files(&mut self, key: &Key, value: &Yaml) {
        let form = self.context.form;
        let sections: Vec<_> = form.sections().filter(|s| s.is_per_file()).collect();
        for section in &sections {
            self.context.origins.insert(Slot::plain(section.ix), origin(key.span, value.span));
        }
        let items = match &value.data {
            Data::List(items) => items.as_slice(),
            // An empty list is named with everything else that is missing.
            Data::Null => &[],
            _ => {
                let names: Vec<_> = sections.iter().map(|s| s.label.as_str()).collect();
                let help = format!(
                    "ファイルごとに「- 」で始め、その下に「{}」を書いてください。",
                    names.join("」「")
                );
                let diagnostic = self
                    .here(Code::WRONG_TYPE, value.span, wrong_type("「- 」で始まる一覧", value))
                    .help(help);
                self.push(diagnostic);
                return self.context.excused.extend(sections.iter().map(|s| Slot::plain(s.ix)));
            }
        };
        for section in &sections {
            self.context.answers.set_count(section, Entries::NONE, to_count(items.len()));
        }
        for (index, item) in items.iter().enumerate() {
            let entries = Entries::NONE.enter(to_count(index + 1));
            for section in &sections {
                self.context.origins.insert(Slot { node: section.ix, entries }, origin(item.span, item.span));
            }
            match &item.data {
                Data::Map(fields) => self.file(entries, fields),
                Data::Null => {}
                _ => {
                    let message = wrong_type("「章の名前: 」の組", item);
                    let names: Vec<_> = sections.iter().map(|s| s.label.as_str()).collect();
                    let diagnostic = self
                        .here(Code::WRONG_TYPE, item.span, message)
                        .help(format!("この下に書く章: {}", names.join("、")));
                    self.push(diagnostic);
                    let slots = sections.iter().map(|s| Slot { node: s.ix, entries });
                    self.context.excused.extend(slots);
                }
            }
        }
    }

    /// One 特定個人情報ファイル.
    fn file(&mut self, entries: Entries, fields: &[(Key, Yaml)]) {
        let form = self.context.form;
        let written = written_nodes(form, None, fields);
        let mut seen = BTreeMap::new();
        for (key, value) in fields {
            let section = form.by_key(None, &key.text).filter(|n| n.is_per_file());
            let name = section.map_or_else(|| fold(&key.text), |s| s.id.clone());
            if self.is_repeated(&mut seen, &name, key, section.map(|s| Slot { node: s.ix, entries })) {
                continue;
            }
            if let Some(section) = section {
                self.section(section, entries, key, value);
                continue;
            }
            let taken = |node: &Node| written.contains(&node.ix);
            if let Meaning::Item(section) = keys::unknown(self.context, Level::File, entries, key, &taken) {
                self.context.guesses.push(Slot { node: section.ix, entries });
                self.section(section, entries, key, value);
            }
        }
    }

    fn section(&mut self, section: &'static Node, entries: Entries, key: &Key, value: &Yaml) {
        let slot = Slot { node: section.ix, entries };
        self.context.origins.insert(slot, origin(key.span, value.span));
        self.group(section, entries, value);
    }

    /// A node that was found for a key; `entries` are those around it.
    fn node(&mut self, node: &'static Node, entries: Entries, key: &Key, value: &Yaml) {
        let slot = Slot { node: node.ix, entries };
        self.context.origins.insert(slot, origin(key.span, value.span));
        match node.kind {
            Kind::Repeat => self.repeat(node, entries, value),
            Kind::Group => self.group(node, entries, value),
            _ => self.item(slot, value),
        }
    }

    fn repeat(&mut self, node: &'static Node, entries: Entries, value: &Yaml) {
        let slot = Slot { node: node.ix, entries };
        let items = match &value.data {
            Data::List(items) => items,
            Data::Null => return self.context.answers.set_count(node, entries, 0),
            _ => {
                let diagnostic = self
                    .context
                    .at(Code::WRONG_TYPE, slot, value.span, wrong_type("「- 」で始まる一覧", value))
                    .help(format!("「{}」は一つずつ「- 」で始めて書きます。", node.label));
                return self.context.report(slot, diagnostic);
            }
        };
        self.context.answers.set_count(node, entries, to_count(items.len()));
        let limit = node.repeat.as_ref().and_then(|r| r.max).map(usize::from);
        if let Some(extra) = limit.and_then(|max| items.get(max)) {
            let max = limit.unwrap_or_default();
            let message = format!("「{}」は {max} 件までですが、{} 件あります", node.label, items.len());
            let diagnostic = self
                .context
                .at(Code::TOO_MANY_ENTRIES, slot, extra.span, message)
                .help("様式に書ける件数を超えた分は、委員会の記載要領に従って別紙などにまとめてください。");
            self.push(diagnostic);
        }
        for (index, item) in items.iter().enumerate() {
            let inside = entries.enter(to_count(index + 1));
            self.context
                .origins
                .insert(Slot { node: node.ix, entries: inside }, origin(item.span, item.span));
            self.group(node, inside, item);
        }
    }

    /// The keys below a heading or inside an entry; `entries` are those of the values.
    fn group(&mut self, node: &'static Node, entries: Entries, value: &Yaml) {
        let form = self.context.form;
        match &value.data {
            Data::Null => {
                self.context.empty.insert(Slot { node: node.ix, entries });
            }
            Data::Map(fields) => self.fields(node, entries, fields),
            // A group whose only child is a repeat is written as the list itself.
            Data::List(_) => match form.children(node).collect::<Vec<_>>().as_slice() {
                [only] if only.kind == Kind::Repeat => {
                    self.context
                        .origins
                        .insert(Slot { node: only.ix, entries }, origin(value.span, value.span));
                    self.repeat(only, entries, value);
                }
                _ => self.wrong_group(node, entries, value),
            },
            Data::Scalar(_) => self.wrong_group(node, entries, value),
        }
    }

    fn wrong_group(&mut self, node: &Node, entries: Entries, value: &Yaml) {
        let form = self.context.form;
        let slot = Slot { node: node.ix, entries };
        let mut children = form.children(node);
        if let (Some(only), None) = (children.next().filter(|c| c.kind == Kind::Repeat), children.next()) {
            let first = form.children(only).next().map_or("", |c| c.label.as_str());
            let diagnostic = self
                .context
                .at(Code::WRONG_TYPE, slot, value.span, wrong_type("「- 」で始まる一覧", value))
                .help(format!("「{}」を一つずつ「- {first}: …」の形で書いてください。", only.label));
            return self.context.report(slot, diagnostic);
        }
        // A single item with a full-width colon is a text to YAML.
        let written = self.context.file.text.get(value.span.start..value.span.end).unwrap_or_default();
        let colon = written.find('：').filter(|at| form.by_key(Some(node.ix), &written[..*at]).is_some());
        if let Some(at) = colon.map(|at| value.span.start + at) {
            let span = Span::new(at, at + '：'.len_utf8());
            let diagnostic = self
                .context
                .at(Code::FULL_WIDTH, slot, span, "項目と値の区切りが全角の「：」です")
                .expected("半角の「: 」")
                .suggest(": ")
                .mend(self.context.file.narrow_colon(at));
            return self.context.report(slot, diagnostic);
        }
        let labels: Vec<_> = form.children(node).map(|c| c.label.as_str()).collect();
        let diagnostic = self
            .context
            .at(Code::WRONG_TYPE, slot, value.span, wrong_type("「項目: 値」の組", value))
            .help(format!("この下に書く項目: {}", labels.join("、")));
        self.context.report(slot, diagnostic);
    }

    fn fields(&mut self, parent: &'static Node, entries: Entries, fields: &[(Key, Yaml)]) {
        let form = self.context.form;
        let written = written_nodes(form, Some(parent.ix), fields);
        let mut seen = BTreeMap::new();
        for (key, value) in fields {
            let child = form.by_key(Some(parent.ix), &key.text);
            let name = child.map_or_else(|| fold(&key.text), |c| c.id.clone());
            let slot = Slot { node: child.map_or(parent.ix, |c| c.ix), entries };
            if self.is_repeated(&mut seen, &name, key, Some(slot)) {
                continue;
            }
            self.swallowed_keys(parent, entries, value, &written);
            if let Some(child) = child {
                self.node(child, entries, key, value);
                continue;
            }
            let taken = |node: &Node| written.contains(&node.ix);
            let level = Level::Below(parent.ix);
            if let Meaning::Item(node) = keys::unknown(self.context, level, entries, key, &taken) {
                self.guess(node, entries, key, value);
            }
        }
    }

    /// An over-indented `所属長：課長` is read as a part of the text above it. Where it names an item that is missing, it
    /// is meant as that item.
    fn swallowed_keys(&mut self, parent: &'static Node, entries: Entries, value: &Yaml, written: &[NodeIx]) {
        let form = self.context.form;
        let file = self.context.file;
        let source = &file.text[value.span.start..value.span.end.min(file.text.len())];
        if !matches!(value.data, Data::Scalar(_)) || source.starts_with(['|', '>', '"', '\'']) {
            return;
        }
        let mut at = value.span.start;
        for (number, line) in source.split_inclusive('\n').enumerate() {
            let start = at + (line.len() - line.trim_start().len());
            at += line.len();
            let Some((key, _)) = line.trim().split_once('：').filter(|_| number > 0) else { continue };
            let Some(child) = form.by_key(Some(parent.ix), key).filter(|c| !written.contains(&c.ix)) else {
                continue;
            };
            let slot = Slot { node: child.ix, entries };
            let span = Span::new(start, start + key.len() + '：'.len_utf8());
            let message = "全角の「：」のため、この行が上の項目の続きとして読まれます";
            let diagnostic = self
                .context
                .at(Code::FULL_WIDTH, slot, span, message)
                .expected("半角の「: 」")
                .help("「：」を半角の「: 」に直し、字下げを上の項目とそろえてください。");
            self.context.report(slot, diagnostic);
        }
    }

    fn item(&mut self, slot: Slot, value: &Yaml) {
        let node = self.context.form.node(slot.node);
        let own_rows = !node.children.is_empty();
        let Data::Map(fields) = &value.data else { return self.own_value(slot, value) };
        if !own_rows {
            return self.own_value(slot, value);
        }
        let is_own = |key: &Key| OWN_VALUE_KEYS.contains(&fold(&key.text).as_str());
        let mut own = fields.iter().filter(|(key, _)| is_own(key));
        if let Some((key, value)) = own.next() {
            // The item's own key stays the place to look for rows that are missing.
            if let Some(origin) = self.context.origins.get_mut(&slot) {
                origin.value = if value.span.start == value.span.end { key.span } else { value.span };
            }
            self.own_value(slot, value);
        }
        for (key, _) in own {
            let diagnostic = self
                .context
                .at(Code::DUPLICATE_KEY, slot, key.span, format!("「{}」が二度書かれています", key.text))
                .help("「選択」か「内容」のどちらか一つにしてください。");
            self.push(diagnostic);
        }
        let rows: Vec<_> = fields.iter().filter(|(key, _)| !is_own(key)).cloned().collect();
        self.fields(node, slot.entries, &rows);
    }

    fn own_value(&mut self, slot: Slot, value: &Yaml) {
        let parsed = values::parse(self.context, slot, value, self.attachments);
        if let Some(parsed) = parsed {
            self.context.answers.set(slot, parsed);
        }
    }

    /// Names the second of two equal keys, with the place of the first.
    fn is_repeated(
        &mut self,
        seen: &mut BTreeMap<String, Span>,
        name: &str,
        key: &Key,
        slot: Option<Slot>,
    ) -> bool {
        let Some(first) = seen.get(name) else {
            seen.insert(name.to_owned(), key.span);
            return false;
        };
        let (line, _) = self.context.file.line_column(first.start);
        let message = format!("「{}」は {line} 行目にもあります", key.text.trim());
        let diagnostic = match slot {
            Some(slot) => self.context.at(Code::DUPLICATE_KEY, slot, key.span, message),
            None => self.here(Code::DUPLICATE_KEY, key.span, message),
        };
        self.push(
            diagnostic
                .help("片方を消すか、正しい項目名に直してください。両方の内容が要るなら一つにまとめます。"),
        );
        true
    }

    fn here(&self, code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, self.context.file.path.clone(), message).at(self.context.file.place(span))
    }
}

/// The children of `parent` that keys name.
pub(super) fn written_nodes(form: &Form, parent: Option<NodeIx>, fields: &[(Key, Yaml)]) -> Vec<NodeIx> {
    let mut nodes: Vec<_> =
        fields.iter().filter_map(|(key, _)| form.by_key(parent, &key.text)).map(|n| n.ix).collect();
    nodes.sort();
    nodes.dedup();
    nodes
}

fn origin(key: Span, value: Span) -> Origin {
    let value = if value.start == value.end { key } else { value };
    Origin { file: 0, key, value }
}

fn to_count(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}
