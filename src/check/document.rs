//! `assessment.yaml` key by key: every key finds its node of the form, every value its slot.

use std::collections::BTreeMap;

use super::edition::{EDITION_KEY, STYLE_KEY};
use super::{Context, Origin, values};
use crate::diagnostic::{Code, Diagnostic};
use crate::form::{Entries, Kind, Node, NodeIx, Slot, fold};
use crate::read::{Data, Key, Span, Yaml};

/// Keys that hold the own value of an item with rows below it.
const OWN_VALUE_KEYS: [&str; 2] = ["選択", "内容"];

/// Reads the top of the document.
pub(super) fn read(context: &mut Context<'_>, entries: &[(Key, Yaml)], attachments: &[String]) {
    let mut reader = Reader { context, attachments };
    let form = reader.context.form;
    let files_key = form.files_key().map(fold);
    let mut seen = BTreeMap::new();
    for (key, value) in entries {
        let folded = fold(&key.text);
        if reader.is_repeated(&mut seen, &folded, key, None) || folded == STYLE_KEY || folded == EDITION_KEY {
            continue;
        }
        if Some(&folded) == files_key.as_ref() {
            reader.files(key, value);
            continue;
        }
        match form.by_key(None, &key.text) {
            Some(node) if node.is_per_file() => reader.wrong_top(key, node),
            Some(node) if node.id == form.head.change_section => reader.changes_key(key),
            Some(node) => reader.node(node, Entries::NONE, key, value),
            None => reader.unknown(None, Entries::NONE, key),
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

    /// The entries of 特定個人情報ファイル: each holds the sections that repeat per file.
    fn files(&mut self, key: &Key, value: &Yaml) {
        let form = self.context.form;
        let sections: Vec<_> = form.sections().filter(|s| s.is_per_file()).collect();
        let Data::List(items) = &value.data else {
            let names: Vec<_> = sections.iter().map(|s| s.label.as_str()).collect();
            let help =
                format!("ファイルごとに「- 」で始め、その下に「{}」を書いてください。", names.join("」「"));
            let diagnostic =
                self.here(Code::WrongType, value.span, wrong_type("「- 」で始まる一覧", value)).help(help);
            self.push(diagnostic);
            return;
        };
        for section in &sections {
            let slot = Slot::plain(section.ix);
            self.context.origins.insert(slot, origin(key.span, value.span));
            self.context.answers.set_count(section, Entries::NONE, to_count(items.len()));
        }
        for (index, item) in items.iter().enumerate() {
            let entries = Entries::NONE.enter(to_count(index + 1));
            for section in &sections {
                self.context.origins.insert(Slot { node: section.ix, entries }, origin(item.span, item.span));
            }
            let Data::Map(fields) = &item.data else {
                if item.data != Data::Null {
                    let diagnostic =
                        self.here(Code::WrongType, item.span, wrong_type("「章の名前: 」の組", item));
                    self.push(diagnostic);
                }
                continue;
            };
            let mut seen = BTreeMap::new();
            for (key, value) in fields {
                if self.is_repeated(&mut seen, &fold(&key.text), key, None) {
                    continue;
                }
                match form.by_key(None, &key.text).filter(|n| n.is_per_file()) {
                    Some(section) => {
                        let slot = Slot { node: section.ix, entries };
                        self.context.origins.insert(slot, origin(key.span, value.span));
                        self.group(section, entries, value);
                    }
                    None => self.unknown(sections.first().map(|s| s.ix), entries, key),
                }
            }
        }
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
                    .at(Code::WrongType, slot, value.span, wrong_type("「- 」で始まる一覧", value))
                    .help(format!("「{}」は一つずつ「- 」で始めて書きます。", node.label));
                return self.push(diagnostic);
            }
        };
        self.context.answers.set_count(node, entries, to_count(items.len()));
        let limit = node.repeat.as_ref().and_then(|r| r.max).map(usize::from);
        if let Some(extra) = limit.and_then(|max| items.get(max)) {
            let max = limit.unwrap_or_default();
            let message = format!("「{}」は {max} 件までですが、{} 件あります", node.label, items.len());
            let diagnostic = self
                .context
                .at(Code::TooManyEntries, slot, extra.span, message)
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
            Data::Null => {}
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
        let labels: Vec<_> = self.context.form.children(node).map(|c| c.label.as_str()).collect();
        let slot = Slot { node: node.ix, entries };
        let diagnostic = self
            .context
            .at(Code::WrongType, slot, value.span, wrong_type("「項目: 値」の組", value))
            .help(format!("この下に書く項目: {}", labels.join("、")));
        self.push(diagnostic);
    }

    fn fields(&mut self, parent: &'static Node, entries: Entries, fields: &[(Key, Yaml)]) {
        let mut seen = BTreeMap::new();
        for (key, value) in fields {
            let child = self.context.form.by_key(Some(parent.ix), &key.text);
            let name = child.map_or_else(|| fold(&key.text), |c| c.id.clone());
            let slot = Slot { node: child.map_or(parent.ix, |c| c.ix), entries };
            if self.is_repeated(&mut seen, &name, key, Some(slot)) {
                continue;
            }
            match child {
                Some(child) => self.node(child, entries, key, value),
                None => self.unknown(Some(parent.ix), entries, key),
            }
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
            self.context.origins.insert(slot, origin(key.span, value.span));
            self.own_value(slot, value);
        }
        for (key, _) in own {
            let diagnostic = self
                .context
                .at(Code::DuplicateKey, slot, key.span, format!("「{}」が二度書かれています", key.text))
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
            Some(slot) => self.context.at(Code::DuplicateKey, slot, key.span, message),
            None => self.here(Code::DuplicateKey, key.span, message),
        };
        self.push(
            diagnostic
                .help("片方を消すか、正しい項目名に直してください。両方の内容が要るなら一つにまとめます。"),
        );
        true
    }

    /// A key that is no child here: is it one elsewhere, or a slip of the pen?
    fn unknown(&mut self, parent: Option<NodeIx>, entries: Entries, key: &Key) {
        let form = self.context.form;
        let nearest = form.nearest_keys(parent, &key.text);
        let elsewhere = form.find_label_anywhere(&key.text);
        let home = match parent {
            Some(parent) => format!("「{}」の下", form.node(parent).heading()),
            None => format!("{}の先頭", form.head.short_title),
        };
        let files = self.context.answers.files();
        let name = key.text.trim();
        let diagnostic = if let Some(node) = elsewhere.first().filter(|_| nearest.is_empty()) {
            let place = node.parent.map_or_else(String::new, |p| form.node(p).heading());
            self.here(Code::MisplacedKey, key.span, format!("「{name}」は{home}の項目ではありません"))
                .expected(format!("{place} の下に書く項目です"))
                .help(format!(
                    "「{} {}」は「{place}」の下に移してください。",
                    node.reference.replace("{n}", ""),
                    node.label
                ))
        } else {
            let diagnostic =
                self.here(Code::UnknownKey, key.span, format!("「{name}」という項目は{home}にありません"));
            match nearest.first() {
                Some(near) => {
                    diagnostic.expected(format!("「{}」のことですか", near.label)).suggest(near.label.clone())
                }
                None => diagnostic.help(format!("ここに書ける項目: {}", self.known_keys(parent).join("、"))),
            }
        };
        let diagnostic = match parent {
            Some(parent) => {
                super::name_item(diagnostic, form, self.context.form.sibling_slot(parent, entries), files)
            }
            None => diagnostic,
        };
        self.push(diagnostic);
    }

    fn known_keys(&self, parent: Option<NodeIx>) -> Vec<String> {
        let form = self.context.form;
        match parent {
            Some(parent) => form.children(form.node(parent)).map(|c| c.label.clone()).collect(),
            None => {
                let cover =
                    form.by_id("cover").map(|c| form.children(c).collect::<Vec<_>>()).unwrap_or_default();
                let sections = form
                    .sections()
                    .filter(|s| s.id != "cover" && s.id != form.head.change_section && !s.is_per_file());
                let names = cover.into_iter().chain(sections).map(|n| n.label.clone());
                names.chain(form.files_key().map(str::to_owned)).collect()
            }
        }
    }

    fn wrong_top(&mut self, key: &Key, node: &Node) {
        let files_key = self.context.form.files_key().unwrap_or_default().to_owned();
        let diagnostic = self
            .here(Code::MisplacedKey, key.span, format!("「{}」はファイルごとに書く章です", node.label))
            .expected(format!("「{files_key}」の一覧の中に書きます"))
            .help(format!("「{files_key}:」の下に「- 」で始まる一覧を作り、その中に移してください。"));
        self.push(diagnostic);
    }

    fn changes_key(&mut self, key: &Key) {
        let diagnostic = self
            .here(Code::MisplacedKey, key.span, "変更箇所は assessment.yaml には書きません")
            .help("同じフォルダの changes.yaml に、一件ずつ「- 」で始めて書いてください。");
        self.push(diagnostic);
    }

    fn here(&self, code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, self.context.file.path.clone(), message).at(self.context.file.place(span))
    }
}

fn origin(key: Span, value: Span) -> Origin {
    let value = if value.start == value.end { key } else { value };
    Origin { file: 0, key, value }
}

fn to_count(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

/// The message for a value of the wrong kind.
pub(super) fn wrong_type(expected: &str, found: &Yaml) -> String {
    format!("{expected}が必要ですが、{}が書かれています", found.kind_name())
}
