//! `changes.yaml`: the six official columns of every row, and the item that each row names.

use std::collections::BTreeMap;

pub(super) use super::row_place::{Column, RowPlace};
use super::values::{nearest, read_date, sure_word};
use super::{Context, judgement};
use crate::assessment::{Change, ItemRef, Judgement, Value};
use crate::compare::is_blank;
use crate::diagnostic::{Code, Diagnostic, RowName};
use crate::form::{
    Entries, Form, How, Node, NodeIx, Presence, RefRow, Resolution, Slot, find_option, fold, likeness_of,
};
use crate::read::{Data, Key, Parsed, SourceFile, Span, Yaml, parse_partly};

/// 提出時期 of a change that was submitted before it was made, on every form.
pub(crate) const BEFOREHAND: &str = "事前";
/// 提出時期 of a change that was submitted after it was made.
pub(crate) const AFTERWARDS: &str = "事後";
/// What to do where the explanation of an important item is missing.
pub(super) const HOW_TO_EXPLAIN: &str = "なぜ重要な変更に当たらないか（形式的な変更である、リスクを明らかに軽減させる、など）、又は緊急時の事後評価によることを書いてください。";
/// More items than this are no help in finding the right one.
const MOST_OFFERED: usize = 3;
/// Key that names the item beyond doubt.
pub(crate) const ID_KEY: &str = "id";

/// Whether 提出時期に係る説明 must say why the change is no 重要な変更: the item is one of 重要な変更の対象 (※), and the change was
/// submitted after it was made.
pub(super) fn must_be_explained(form: &Form, change: &Change) -> bool {
    change.timing == AFTERWARDS && change.item.slot.is_some_and(|slot| form.node(slot.node).important)
}

/// What `changes.yaml` says.
pub(super) struct Changes {
    pub(super) rows: Vec<Change>,
    /// The places of the rows, in the same order.
    pub(super) places: Vec<RowPlace>,
    /// Whether the file was read to its end.
    pub(super) complete: bool,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// The roles of what an entry of a list is called.
const ENTRY_NAMES: [&str; 4] = ["system-name", "contract-title", "recipient-name", "transferee-name"];
/// A shorter name may stand anywhere.
const SHORTEST_NAME: usize = 3;

/// What the entries of the document's lists are called, folded.
fn entry_names(context: &Context<'_>) -> Vec<(Slot, String)> {
    let places = ENTRY_NAMES.iter().flat_map(|role| context.places_of(role, Entries::NONE));
    let named = places.filter_map(|slot| Some((slot, fold(context.text(slot)?))));
    named.filter(|(_, name)| name.chars().count() >= SHORTEST_NAME).collect()
}

/// Reads the rows and resolves their items in the order of the file.
pub(super) fn read(context: &Context<'_>, file: &SourceFile) -> Changes {
    let (form, files) = (context.form, context.answers.files());
    let Parsed { root, complete, diagnostics } = parse_partly(file);
    let mut reader = Reader { form, file, names: entry_names(context), diagnostics };
    let columns = form.change_section().and_then(|s| form.children(s).next());
    let (Some(root), Some(columns)) = (root, columns) else {
        return Changes { rows: Vec::new(), places: Vec::new(), complete, diagnostics: reader.diagnostics };
    };
    let items = match &root.data {
        Data::List(items) => items.as_slice(),
        Data::Null => &[],
        _ => {
            reader.wrong(root.span, "変更箇所の一覧", &root, "一件ずつ「- 」で始めて書いてください。");
            &[]
        }
    };
    // The row in which the reading stopped says nothing about what it lacks.
    let whole = if complete { items } else { items.split_last().map_or(items, |(_, before)| before) };
    let rows: Vec<_> = whole.iter().filter_map(|item| reader.row(columns, item)).collect();
    let (changes, places) = reader.resolve(rows, files);
    Changes { rows: changes, places, complete, diagnostics: reader.diagnostics }
}

/// One row before its item is resolved.
struct Row {
    change: Change,
    place: RowPlace,
    id: Option<(String, Span)>,
    /// The finding that 提出時期に係る説明 is missing; what it weighs hangs on the item.
    unexplained: Option<Diagnostic>,
}

struct Reader<'f> {
    form: &'static Form,
    file: &'f SourceFile,
    /// What entries are called.
    names: Vec<(Slot, String)>,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn row(&mut self, columns: &'static Node, item: &Yaml) -> Option<Row> {
        let Data::Map(fields) = &item.data else {
            self.wrong(item.span, "変更箇所の一件", item, "「変更日」「項目」などの組を書いてください。");
            return None;
        };
        let mut change = Change {
            date: None,
            date_text: String::new(),
            item: ItemRef { text: String::new(), slot: None },
            before: String::new(),
            after: String::new(),
            timing: String::new(),
            explanation: String::new(),
            judgement: Judgement::default(),
        };
        let mut row_id = None;
        let first = fields.first().map_or(item.span, |(key, _)| key.span);
        let mut place = RowPlace {
            whole: first,
            columns: BTreeMap::new(),
            judged: BTreeMap::new(),
            is_readable: true,
            is_certain: true,
        };
        (change.judgement, place.judged) = self.judged(fields);
        let mut seen: Vec<(&str, Span)> = Vec::new();
        let mut excused = Vec::new();
        let written = super::document::written_nodes(self.form, Some(columns.ix), fields);
        for (key, value) in fields {
            if fold(&key.text) == ID_KEY {
                row_id = self.id(value);
                continue;
            }
            if judgement::knows_key(&key.text) {
                continue;
            }
            let Some(column) = self.form.by_key(Some(columns.ix), &key.text) else {
                place.is_readable = false;
                excused.extend(self.unknown(columns, key, &written));
                continue;
            };
            if let Some((_, first)) = seen.iter().find(|(id, _)| *id == column.id) {
                let (line, _) = self.file.line_column(first.start);
                let message = format!("「{}」は {line} 行目にもあります", key.text.trim());
                self.push(Code::DUPLICATE_KEY, column, key.span, message, "片方を消してください。");
                continue;
            }
            seen.push((&column.id, key.span));
            let role = Column::of(column);
            if let Some(role) = role {
                let span = if value.span.start == value.span.end { key.span } else { value.span };
                place.columns.insert(role, (key.span, span));
            }
            let Some(text) = self.text(column, value) else {
                place.is_readable &= value.data == Data::Null;
                continue;
            };
            match role {
                Some(Column::Date) => {
                    let known = self.diagnostics.len();
                    change.date = self.date(column, value.span, &text);
                    // A date that was mended in reading is not judged further.
                    place.is_readable &= crate::diagnostic::errors(&self.diagnostics[known..]) == 0;
                    text.trim().clone_into(&mut change.date_text);
                }
                Some(Column::Item) => text.trim().clone_into(&mut change.item.text),
                Some(Column::Timing) => change.timing = self.timing(column, value.span, &text),
                Some(Column::Before) => change.before = text,
                Some(Column::After) => change.after = text,
                Some(Column::Explanation) => change.explanation = text,
                None => {}
            }
        }
        let unexplained = self.require(columns, item, fields, &excused);
        Some(Row { change, place, id: row_id, unexplained })
    }

    /// What was decided about the change.
    fn judged(&mut self, fields: &[(Key, Yaml)]) -> (Judgement, BTreeMap<&'static str, Span>) {
        let own = fields.iter().filter(|(key, _)| judgement::knows_key(&key.text));
        let judged = judgement::read(self.file, own.cloned().collect());
        self.diagnostics.extend(judged.diagnostics);
        (judged.judgement, judged.spans)
    }

    /// The `id` of a row and its place.
    fn id(&mut self, value: &Yaml) -> Option<(String, Span)> {
        if !matches!(value.data, Data::Scalar(_) | Data::Null) {
            let help = "項目の id を一つだけ書いてください（例: ii.3.usage）。";
            self.wrong(value.span, "id の文字列", value, help);
        }
        value.text().map(|t| (t.trim().to_owned(), value.span))
    }

    /// Names the columns that are missing, but for 提出時期に係る説明: that finding is given back.
    fn require(
        &mut self,
        columns: &'static Node,
        item: &Yaml,
        fields: &[(Key, Yaml)],
        excused: &[NodeIx],
    ) -> Option<Diagnostic> {
        let form = self.form;
        let mut unexplained = None;
        let required = |c: &&Node| c.presence == Presence::Required && !excused.contains(&c.ix);
        for column in form.children(columns).filter(required) {
            let written = fields
                .iter()
                .find(|(key, _)| form.by_key(Some(columns.ix), &key.text).is_some_and(|c| c.ix == column.ix));
            let filled = written
                .is_some_and(|(_, v)| v.text().is_none_or(|t| !t.trim().is_empty()) && v.data != Data::Null);
            if !filled {
                let first = fields.first().map_or(item.span, |(key, _)| key.span);
                let span = written.map_or(first, |(key, _)| key.span);
                let how = if written.is_some() { "空です" } else { "書かれていません" };
                let message = format!("必須の列が{how}");
                let help = format!("この一件に「{}」を書いてください。", column.label);
                let diagnostic = self.here(Code::REQUIRED, column, span, message).help(help);
                if Column::of(column) == Some(Column::Explanation) {
                    unexplained = Some(diagnostic);
                } else {
                    self.diagnostics.push(diagnostic);
                }
            }
        }
        unexplained
    }

    fn text(&mut self, column: &Node, value: &Yaml) -> Option<String> {
        match &value.data {
            Data::Scalar(text) => Some(text.trim_end_matches('\n').to_owned()),
            Data::Null => None,
            _ => {
                let message = super::values::wrong_type("文章", value);
                let help = "文章は「|」の下に字下げして書きます。";
                self.push(Code::WRONG_TYPE, column, value.span, message, help);
                None
            }
        }
    }

    fn date(&mut self, column: &Node, span: Span, text: &str) -> Option<crate::wareki::CivilDate> {
        // What is still to be written is named as that, and not as a date that cannot be.
        if text.trim().is_empty() || is_blank(text) {
            return None;
        }
        let (value, findings) = read_date(text, column.month_allowed);
        for finding in findings {
            let fix = finding.fix(self.file, span);
            let mut diagnostic = self.here(finding.code, column, span, finding.message).mend(fix);
            diagnostic.suggestion = finding.suggestion;
            diagnostic.help.extend(finding.help);
            self.diagnostics.push(diagnostic);
        }
        match value {
            Value::Date(date) => Some(date),
            _ => None,
        }
    }

    fn timing(&mut self, column: &'static Node, span: Span, text: &str) -> String {
        let options = self.form.options(column);
        if let Some(option) = find_option(options, text) {
            return option.label.clone();
        }
        if !text.trim().is_empty() && !is_blank(text) {
            let labels: Vec<_> = options.iter().map(|o| o.label.as_str()).collect();
            let message = format!("「{}」は選択肢にありません", text.trim());
            let mut diagnostic =
                self.here(Code::CHANGE_TIMING, column, span, message).expected(labels.join(" / "));
            let near = nearest(text, &labels);
            diagnostic.fix = near.and_then(|near| sure_word(self.file, span, text, near, &labels));
            diagnostic.suggestion = near.map(str::to_owned);
            self.diagnostics.push(diagnostic);
        }
        text.trim().to_owned()
    }

    fn resolve(&mut self, rows: Vec<Row>, files: u16) -> (Vec<Change>, Vec<RowPlace>) {
        let references: Vec<_> =
            rows.iter().map(|r| RefRow { date: r.change.date, text: &r.change.item.text }).collect();
        let resolutions = self.form.resolve_rows(&references, files);
        let (mut changes, mut places) = (Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len()));
        for (row, resolution) in rows.into_iter().zip(resolutions) {
            let mut change = row.change;
            let named = resolution.is_uncertain().then(|| self.by_name(&change.item.text, files)).flatten();
            let resolution = named.unwrap_or(resolution);
            change.item.slot = match &row.id {
                Some((id, span)) => self.by_id(id, *span, files),
                None => self.by_text(&change.item.text, row.place.value(Column::Item), &resolution, files),
            };
            if let Some(missing) = row.unexplained {
                self.diagnostics.push(self.unexplained(missing, &change, files));
            }
            let is_guessed = matches!(resolution.how, Some(How::Fuzzy | How::Sequence));
            places.push(RowPlace { is_certain: row.id.is_some() || !is_guessed, ..row.place });
            changes.push(change);
        }
        (changes, places)
    }

    /// What a reference names that also says what the entry is called (「システム5 電子申請システム」): the name is no part of the form.
    fn by_name(&self, text: &str, files: u16) -> Option<Resolution> {
        let folded = fold(text);
        let named = self.names.iter().filter(|(_, name)| folded.contains(name.as_str()));
        named.into_iter().find_map(|(slot, name)| {
            let resolution = self.form.resolve(&folded.replacen(name.as_str(), " ", 1), files);
            let target = resolution.target?.slot;
            let is_its_own = target.entries == slot.entries && self.entry_of(target) == self.entry_of(*slot);
            (is_its_own && !resolution.is_uncertain()).then_some(resolution)
        })
    }

    /// The repeat whose entry a slot is in or is.
    fn entry_of(&self, slot: Slot) -> Option<NodeIx> {
        let ancestry = self.form.ancestry(slot.node);
        ancestry.into_iter().rev().find(|node| node.repeat.is_some()).map(|node| node.ix)
    }

    /// The explanation of a row is missing: for an important item that was submitted afterwards, its reason is.
    fn unexplained(&self, missing: Diagnostic, change: &Change, files: u16) -> Diagnostic {
        let (Some(slot), true) = (change.item.slot, must_be_explained(self.form, change)) else {
            return missing;
        };
        let message = format!(
            "重要な変更の対象（※）の項目「{}」を事後に提出していますが、説明がありません",
            self.name(slot, files)
        );
        let row = RowName {
            date: change.date_text.clone(),
            item: change.item.text.clone(),
            path: Some(self.form.path(slot, files)),
        };
        let mut diagnostic = Diagnostic::new(Code::UNEXPLAINED_CHANGE, missing.file, message).row(row);
        (diagnostic.place, diagnostic.item) = (missing.place, missing.item);
        diagnostic.help(HOW_TO_EXPLAIN)
    }

    fn by_id(&mut self, id: &str, span: Span, files: u16) -> Option<Slot> {
        let slot = self.form.slot(id);
        if slot.is_none() {
            let message = format!("「{id}」という id の項目は様式にありません");
            let mut diagnostic = Diagnostic::new(Code::UNKNOWN_ID, self.file.path.clone(), message)
                .at(self.file.place(span))
                .help("例: ii.3.usage、ii[2].4.contract[1].scope。id を消すと「項目」の書き方から探します。");
            // What is not an id at all is looked up as a reference: its answer is the id to write.
            let resolution = self.form.resolve(id, files);
            let near = resolution.target.map(|t| t.slot).or(resolution.candidates.first().copied());
            let is_sure = resolution.target.is_some() && resolution.how == Some(How::Exact);
            if let Some(near) = near {
                let path = self.form.path(near, files);
                diagnostic = diagnostic
                    .expected(format!("「{}」のことですか", self.name(near, files)))
                    .mend(is_sure.then(|| self.file.replace_scalar(span, &path)).flatten())
                    .suggest(path);
            }
            self.diagnostics.push(diagnostic);
        }
        slot
    }

    /// The item that a reference names. Where a person must look, the items that may be meant are offered; a row whose item was
    /// nearly understood is linked all the same.
    fn by_text(&mut self, text: &str, span: Span, resolution: &Resolution, files: u16) -> Option<Slot> {
        let target = resolution.target.map(|target| target.slot);
        if is_blank(text) {
            return None;
        }
        if text.is_empty() || !resolution.is_uncertain() {
            return target;
        }
        let near = target.into_iter().chain(resolution.candidates.iter().copied());
        let mut names: Vec<_> = near.map(|slot| self.name(slot, files)).collect();
        // A group and its only item may share their name.
        names.dedup();
        names.truncate(MOST_OFFERED);
        let message = match (target, names.as_slice()) {
            (Some(_), [name, ..]) => {
                format!("「{text}」は様式の項目名と違います。「{name}」のことと読みました")
            }
            (_, [] | [_]) => format!("「{text}」がどの項目か分かりません"),
            _ => format!("「{text}」に当たる項目が一つに決まりません"),
        };
        let expected = match names.as_slice() {
            [] => "章・番号・項目名を書きます（例: Ⅱ.3.⑧ 使用方法）".to_owned(),
            names => format!("「{}」のことではありませんか", names.join("」「")),
        };
        let help = if target.is_some() {
            "正しければ、様式の項目名に直してください。違う項目なら「id:」で項目を示してください。"
        } else {
            "項目の書き方を直すか、「id:」で項目を示してください。このままでは項目へのリンクになりません。"
        };
        let mut diagnostic = Diagnostic::new(Code::UNRESOLVED_ITEM, self.file.path.clone(), message)
            .at(self.file.place(span))
            .expected(expected)
            .help(help);
        // One item alone may stand in the place of what is written.
        diagnostic.suggestion = target.and_then(|_| names.into_iter().next());
        self.diagnostics.push(diagnostic);
        target
    }

    fn name(&self, slot: Slot, files: u16) -> String {
        self.form.name(slot, files).line()
    }

    /// Names a key that is no column; gives the column that it most likely means.
    fn unknown(&mut self, columns: &Node, key: &Key, written: &[NodeIx]) -> Option<NodeIx> {
        let form = self.form;
        let columns_of_form = form.children(columns).map(|c| c.label.as_str());
        let labels: Vec<_> = columns_of_form.chain(judgement::names()).collect();
        let column = form
            .nearest_keys(Some(columns.ix), &key.text)
            .into_iter()
            .find(|n| !written.contains(&n.node.ix));
        let other = nearest(&key.text, &judgement::names()).filter(|name| {
            let likeness = likeness_of(&key.text, name);
            column.is_none_or(|column| column.likeness < likeness)
        });
        let near = other.or(column.map(|column| column.node.label.as_str()));
        let message = format!("「{}」という列は変更箇所にありません", key.text.trim());
        let mut diagnostic = Diagnostic::new(Code::UNKNOWN_KEY, self.file.path.clone(), message)
            .at(self.file.place(key.span))
            .help(format!("書ける列: {}", labels.join("、")));
        if let Some(near) = near {
            diagnostic = diagnostic
                .expected(format!("「{near}」のことですか"))
                .suggest(near)
                .mend(sure_word(self.file, key.span, &key.text, near, &labels));
        }
        self.diagnostics.push(diagnostic);
        column.filter(|_| other.is_none()).map(|n| n.node.ix)
    }

    fn wrong(&mut self, span: Span, expected: &str, found: &Yaml, help: &str) {
        let message = super::values::wrong_type(expected, found);
        let diagnostic = Diagnostic::new(Code::WRONG_TYPE, self.file.path.clone(), message)
            .at(self.file.place(span))
            .help(help);
        self.diagnostics.push(diagnostic);
    }

    fn here(&self, code: Code, column: &Node, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, self.file.path.clone(), message)
            .item(column.reference.clone(), column.label.clone())
            .at(self.file.place(span))
    }

    fn push(&mut self, code: Code, column: &Node, span: Span, message: impl Into<String>, help: &str) {
        let diagnostic = self.here(code, column, span, message).help(help);
        self.diagnostics.push(diagnostic);
    }
}
