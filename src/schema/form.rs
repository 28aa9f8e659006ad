//! `assessment.yaml` of one edition: every node of the form is one definition, named by its id.

use serde_json::{Map, Value, json};

use super::value::{self, Keys, described, or_empty, reference};
use super::{pattern, settings};
use crate::author::guide;
use crate::check::vocabulary::{
    ADMINISTRATION, ADMINISTRATION_FIELDS, CONSULTATION, CONSULTATION_FIELDS, EDITION_KEY, EXCEPTION_FIELDS,
    EXCEPTIONS, OWN_VALUE_KEYS, STYLE_KEY, own_value_key,
};
use crate::form::{Form, ItemName, Kind, Node};

/// The schema of a document of this edition, without the keys that name the schema itself.
pub(super) fn schema(form: &Form) -> Value {
    let mut builder = Builder { form, definitions: Map::new() };
    let mut document = builder.document();
    document["$defs"] = Value::Object(builder.definitions);
    document
}

struct Builder<'f> {
    form: &'f Form,
    definitions: Map<String, Value>,
}

impl Builder<'_> {
    fn document(&mut self) -> Value {
        let form = self.form;
        let mut keys = Keys::default();
        let (style, edition) = (style(form), edition(form));
        keys.add(STYLE_KEY, pattern::one_of([STYLE_KEY], "", ""), &style);
        keys.add(EDITION_KEY, pattern::one_of([EDITION_KEY], "", ""), &edition);
        let mut has_files = false;
        for section in form.sections().filter(|s| !form.is_change_part(s)) {
            if section.is_per_file() {
                if !std::mem::replace(&mut has_files, true) {
                    self.files(&mut keys);
                }
            } else if section.id == "cover" {
                // The cover has no heading on the form: its items stand at the top, and may stand under its name.
                form.children(section).for_each(|item| self.child(&mut keys, item));
                let cover = self.node(section);
                keys.accept(pattern::key(section), &cover);
            } else {
                self.child(&mut keys, section);
            }
        }
        let administration = settings::object(&ADMINISTRATION_FIELDS);
        let about = "検査が期限などを確かめるために使う。公表しない。";
        let administration = described(or_empty(administration), ADMINISTRATION, about);
        keys.add(ADMINISTRATION, pattern::one_of([ADMINISTRATION], "", ""), &administration);
        let consultation = settings::object(&CONSULTATION_FIELDS);
        let about = "受け付けている間、評価書のページで知らせる。公表した版には入らない。";
        let consultation = described(or_empty(consultation), CONSULTATION, about);
        keys.add(CONSULTATION, pattern::one_of([CONSULTATION], "", ""), &consultation);
        let list = json!({ "type": "array", "items": settings::object(&EXCEPTION_FIELDS) });
        let about = "確かめた上で認める指摘。一件ずつ「- 」で始め、理由・日付・判断した人を書く。";
        keys.add(
            EXCEPTIONS,
            pattern::one_of([EXCEPTIONS], "", ""),
            &described(or_empty(list), EXCEPTIONS, about),
        );
        let mut document = keys.object();
        // A document without an edition means the newest one.
        let is_newest = Form::named(form.kind()).first().is_some_and(|f| f.head.id == form.head.id);
        document["required"] = if is_newest { json!([STYLE_KEY]) } else { json!([STYLE_KEY, EDITION_KEY]) };
        document
    }

    fn child(&mut self, keys: &mut Keys, node: &Node) {
        let schema = self.node(node);
        keys.add(&node.label, pattern::key(node), &schema);
    }

    /// The list of 特定個人情報ファイル: each entry holds the sections that repeat per file.
    fn files(&mut self, keys: &mut Keys) {
        let form = self.form;
        let Some(key) = form.files_key() else { return };
        let mut below = Keys::default();
        for section in form.sections().filter(|s| s.is_per_file()) {
            let object = self.below(section, Keys::default());
            let schema = described(or_empty(object), &title(section), &about(form, section));
            self.definitions.insert(section.id.clone(), schema);
            below.add(&section.label, pattern::key(section), &reference(&section.id));
        }
        let list = json!({ "type": "array", "items": or_empty(below.object()) });
        let schema = described(or_empty(list), key, "ファイルごとに「- 」で始め、その下に章を書く。");
        keys.add(key, pattern::one_of([key], "", ""), &schema);
    }

    /// Defines a node with everything below it, and refers to it.
    fn node(&mut self, node: &Node) -> Value {
        if !self.definitions.contains_key(&node.id) {
            // The place in the order of the form.
            self.definitions.insert(node.id.clone(), Value::Null);
            let schema = described(self.content(node), &title(node), &about(self.form, node));
            self.definitions.insert(node.id.clone(), schema);
        }
        reference(&node.id)
    }

    fn content(&mut self, node: &Node) -> Value {
        match node.kind {
            Kind::Repeat => {
                let entry = or_empty(self.below(node, Keys::default()));
                let mut list = json!({ "type": "array", "items": entry });
                if let Some(max) = node.repeat.as_ref().and_then(|r| r.max) {
                    list["maxItems"] = json!(max);
                }
                or_empty(list)
            }
            Kind::Group => {
                let object = self.below(node, Keys::default());
                match self.only_repeat(node) {
                    // Such a group is written as the list itself.
                    Some(repeat) => json!({ "anyOf": [reference(&repeat), object] }),
                    None => or_empty(object),
                }
            }
            _ => {
                let own = value::of(self.form, node, &mut self.definitions);
                if node.children.is_empty() {
                    return own;
                }
                let mut keys = Keys::default();
                let key = own_value_key(node.kind);
                keys.add(key, pattern::one_of(OWN_VALUE_KEYS, "", ""), &own);
                json!({ "anyOf": [self.below(node, keys), own] })
            }
        }
    }

    /// The mapping below a node, with the keys that stand there before.
    fn below(&mut self, node: &Node, mut keys: Keys) -> Value {
        let form = self.form;
        form.children(node).for_each(|child| self.child(&mut keys, child));
        keys.object()
    }

    fn only_repeat(&self, group: &Node) -> Option<String> {
        match self.form.children(group).collect::<Vec<_>>().as_slice() {
            [only] if only.kind == Kind::Repeat => Some(only.id.clone()),
            _ => None,
        }
    }
}

fn title(node: &Node) -> String {
    ItemName::of(&node.reference.replace("{n}", ""), &node.label).line()
}

fn about(form: &Form, node: &Node) -> String {
    let mut parts: Vec<String> = guide::need(form, node).into_iter().collect();
    parts.extend(guide::conditions_above(form, node));
    parts.extend(guide::how(node).map(str::to_owned));
    parts.extend(guide::notes(form, node));
    parts.concat()
}

/// The names of the form; the short title is offered.
fn style(form: &Form) -> Value {
    let head = &form.head;
    let short = head.short_title.strip_suffix("評価書").unwrap_or(&head.short_title);
    let names = [&head.short_title, &head.style, &head.title, &head.id, form.kind(), short];
    named("様式の名前。", STYLE_KEY, &head.short_title, &pattern::one_of(names, "", ""))
}

/// The names of the edition.
fn edition(form: &Form) -> Value {
    let head = &form.head;
    let names = [head.edition.as_str(), &head.id, &head.edition_mark];
    named("表紙に印字された版。", EDITION_KEY, &head.edition, &pattern::one_of(names, "", ""))
}

fn named(about: &str, key: &str, name: &str, spelt: &str) -> Value {
    let message = format!("「{name}」と書いてください。");
    let any = json!({ "anyOf": [
        { "const": name, "errorMessage": message },
        { "type": "string", "pattern": spelt },
    ] });
    described(any, key, about)
}
