//! The values of items as schemas, one definition per kind of value and per list of options.
//!
//! An empty value is `not` every other type instead of the type `null`, so that no editor offers the word "null".

use serde_json::{Map, Value, json};

use super::pattern;
use crate::check::vocabulary::{ALTERNATIVE, CAPTION, ENDINGS, FILE, NO, YES};
use crate::form::{CheckBox, Form, Kind, Node};

/// Nothing is written yet.
pub(super) fn empty() -> Value {
    json!({ "not": { "type": ["array", "boolean", "number", "object", "string"] } })
}

/// This, or nothing yet.
pub(super) fn or_empty(schema: Value) -> Value {
    let mut any = Map::new();
    any.insert("anyOf".to_owned(), Value::Array(vec![schema, empty()]));
    Value::Object(any)
}

/// A reference to a definition.
pub(super) fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

/// Takes the definition of a node's value into `definitions` and refers to it.
pub(super) fn of(form: &Form, node: &Node, definitions: &mut Map<String, Value>) -> Value {
    let set = || node.option_set.as_ref().or(node.check_set.as_ref()).map_or("", String::as_str);
    let (name, schema): (String, fn(&Form, &Node) -> Value) = match node.kind {
        Kind::Choice => (format!("options.{}", set()), |form, node| choice(form, node)),
        Kind::Checks => (format!("boxes.{}", set()), |form, node| checks(form.boxes(node))),
        Kind::Text if node.list => ("value.names".to_owned(), |_, _| names()),
        Kind::Date => ("value.date".to_owned(), |_, _| date()),
        Kind::Count => ("value.count".to_owned(), |_, _| count()),
        Kind::Flag => ("value.flag".to_owned(), |_, _| flag()),
        Kind::Figure => ("value.figures".to_owned(), |_, _| figures()),
        _ => ("value.text".to_owned(), |_, _| text()),
    };
    if !definitions.contains_key(&name) {
        definitions.insert(name.clone(), schema(form, node));
    }
    reference(&name)
}

/// Text; a text of digits alone is a number to other readers.
pub(super) fn text() -> Value {
    or_empty(json!({ "type": ["string", "number"], "errorMessage": "文章を書いてください。" }))
}

fn names() -> Value {
    let name = json!({ "type": ["string", "number"] });
    json!({ "anyOf": [{ "type": "array", "items": name }, name, empty()] })
}

pub(super) fn date() -> Value {
    let message = "「令和5年11月14日」の形で書いてください。";
    or_empty(json!({ "type": "string", "errorMessage": message }))
}

fn count() -> Value {
    let number = json!({ "type": "integer", "minimum": 0 });
    json!({ "anyOf": [number, { "type": "string", "pattern": "^\\s*[0-9０-９,，]+\\s*件*\\s*$" }, empty()] })
}

fn flag() -> Value {
    words_of_flag(&YES[1..], &NO[1..])
}

/// はい and いいえ, and other words for them.
pub(super) fn words_of_flag(yes: &[&str], no: &[&str]) -> Value {
    let others = pattern::one_of(yes.iter().chain(no).copied(), "", "");
    // `true` and `false` are no texts to other readers; like the empty value they are named by what they are not.
    let boolean_or_empty = json!({ "not": { "type": ["array", "number", "object", "string"] } });
    json!({ "anyOf": [
        { "enum": [YES[0], NO[0]], "errorMessage": "「はい」か「いいえ」を書いてください。" },
        { "type": "string", "pattern": others },
        boolean_or_empty,
    ] })
}

fn choice(form: &Form, node: &Node) -> Value {
    let options = form.options(node);
    let labels: Vec<_> = options.iter().map(|o| o.label.as_str()).collect();
    let words = options.iter().flat_map(|o| std::iter::once(&o.label).chain(&o.aliases)).map(String::as_str);
    one_word(&labels, &pattern::one_of(words, r"(?:[0-9０-９]+[)）]\s*)?", "[.．。｡]?"))
}

/// One of a few words, complete ones offered, other spellings of them accepted.
pub(super) fn one_word(labels: &[&str], spelt: &str) -> Value {
    json!({ "anyOf": [
        { "enum": labels, "errorMessage": format!("次から一つを書いてください: {}", labels.join(" / ")) },
        { "type": "string", "pattern": spelt },
        { "type": "string", "pattern": "^\\s*$" },
        empty(),
    ] })
}

fn checks(boxes: &[CheckBox]) -> Value {
    let labels: Vec<_> = boxes.iter().map(|b| b.label.as_str()).collect();
    let mut keys = Keys::default();
    for found in boxes {
        let below = match (found.text, found.count.is_some()) {
            (true, _) => text(),
            (_, true) => count(),
            _ => empty(),
        };
        let spelt = pattern::one_of([found.label.as_str()], "", "[.．。｡]*");
        if found.text || found.count.is_some() {
            keys.add(&found.label, spelt, &below);
        } else {
            keys.accept(spelt, &below);
        }
    }
    let mut with_text = keys.object();
    with_text["minProperties"] = json!(1);
    with_text["maxProperties"] = json!(1);
    let item = json!({ "anyOf": [
        { "enum": labels, "errorMessage": format!("選べるもの: {}", labels.join(" / ")) },
        with_text,
        { "type": "string", "pattern": pattern::one_of(labels.iter().copied(), "", "[.．。｡]*") },
        empty(),
    ] });
    let message = "選んだものを一つずつ「- 」で始めて書いてください。";
    let mut list = json!({ "type": "array", "items": item, "uniqueItems": true, "errorMessage": message });
    let alone: Vec<_> = boxes.iter().filter(|b| b.exclusive).map(|b| b.label.as_str()).collect();
    if !alone.is_empty() {
        list["anyOf"] = json!([{ "maxItems": 1 }, { "not": { "contains": { "enum": alone } } }]);
    }
    or_empty(list)
}

fn figures() -> Value {
    let letter = |c: char| ['[', c.to_ascii_uppercase(), c, ']'];
    let ending = |e: &&str| e.chars().flat_map(letter).collect::<String>();
    let endings: Vec<_> = ENDINGS.iter().map(ending).collect();
    let mut keys = Keys::default();
    let file = json!({
        "type": "string",
        "pattern": format!("^\\s*(?:.*\\.(?:{}))?\\s*$", endings.join("|")),
        "patternErrorMessage": "画像のファイル（svg、png、jpg など）を書いてください。",
    });
    for (key, about, schema) in [
        (FILE, "評価書のフォルダにある画像（例: figures/図の名前.svg）。", or_empty(file)),
        (ALTERNATIVE, "図を見られない人に、図が伝えることを文章で書く。必須。", text()),
        (CAPTION, "図の下に置く説明。任意。", text()),
    ] {
        keys.add(key, pattern::one_of([key], "", ""), &described(schema, key, about));
    }
    let one = keys.object();
    json!({ "anyOf": [{ "type": "array", "items": one }, one, empty()] })
}

/// A schema with words for the officer in front.
pub(super) fn described(schema: Value, title: &str, about: &str) -> Value {
    let mut out = Map::new();
    out.insert("title".to_owned(), title.into());
    if !about.is_empty() {
        out.insert("description".to_owned(), about.into());
    }
    if let Value::Object(fields) = schema {
        out.extend(fields);
    }
    Value::Object(out)
}

/// The keys of a mapping: those that an editor offers, and other spellings that are accepted.
#[derive(Default)]
pub(super) struct Keys {
    offered: Map<String, Value>,
    accepted: Map<String, Value>,
}

impl Keys {
    /// A key that is offered, with its other spellings.
    pub(super) fn add(&mut self, key: &str, spelt: String, schema: &Value) {
        self.offered.insert(key.to_owned(), schema.clone());
        self.accept(spelt, schema);
    }

    /// A key that is accepted only.
    pub(super) fn accept(&mut self, spelt: String, schema: &Value) {
        self.accepted.insert(spelt, schema.clone());
    }

    /// The mapping with these keys and no others.
    pub(super) fn object(self) -> Value {
        let labels: Vec<_> = self.offered.keys().map(String::as_str).collect();
        let message = format!("ここには、次の項目を「項目: 値」の形で書きます: {}", labels.join("、"));
        json!({
            "type": "object",
            "properties": self.offered,
            "patternProperties": self.accepted,
            "additionalProperties": false,
            "errorMessage": message,
        })
    }
}
