//! The schema of `assessment.json`: which items an edition has, how their ids, labels and types belong together, and what each may hold.

use serde_json::{Map, Value, json};

use super::super::assessment::type_of;
use super::super::keys::{CHANGE_KEYS, DOCUMENT_KEYS, ITEM_KEYS, ITEM_TYPES};
use super::{code, date, filled, list, loose_date, object, or_null, text, words};
use crate::form::{Form, Kind, Node};

pub(super) fn schema() -> Value {
    let editions: Vec<_> = Form::all().iter().map(|form| form.head.id.as_str()).collect();
    let item_list = json!({ "type": "array", "items": { "$ref": "#/$defs/item" } });
    let keys = vec![
        code(),
        filled(),
        words(&editions),
        text(),
        text(),
        or_null(loose_date()),
        item_list,
        list(&json!({ "$ref": "#/$defs/change" })),
    ];
    let mut schema = object(&DOCUMENT_KEYS, keys, &[]);
    schema["allOf"] = Form::all().iter().map(of_edition).collect();
    schema["$defs"] = definitions();
    schema
}

/// The items of a document of this edition are items of this edition.
fn of_edition(form: &Form) -> Value {
    let id = &form.head.id;
    json!({
        "if": { "properties": { "form": { "const": id } }, "required": ["form"] },
        "then": { "properties": { "items": { "items": { "$ref": format!("#/$defs/{id}") } } } },
    })
}

fn definitions() -> Value {
    let mut all = Map::new();
    all.insert("item".to_owned(), item());
    all.insert("change".to_owned(), change());
    all.insert("tick".to_owned(), keyed(&[("label", true), ("text", false)]));
    let figure = keyed(&[("file", true), ("alternative", true), ("caption", false)]);
    all.insert("figure".to_owned(), figure);
    for form in Form::all() {
        all.insert(form.head.id.clone(), edition(form));
        for (name, options) in form.option_sets() {
            let labels: Vec<_> = options.iter().map(|option| option.label.as_str()).collect();
            all.insert(set_name(form, name), words(&labels));
        }
        for (name, boxes) in form.check_sets() {
            let labels: Vec<_> = boxes.iter().map(|one| one.label.as_str()).collect();
            let tick = json!({ "$ref": "#/$defs/tick", "properties": { "label": words(&labels) } });
            all.insert(set_name(form, name), json!({ "type": "array", "items": tick, "uniqueItems": true }));
        }
    }
    Value::Object(all)
}

fn set_name(form: &Form, set: &str) -> String {
    format!("{}.{set}", form.head.id)
}

/// An object of texts; which of them are required.
fn keyed(keys: &[(&str, bool)]) -> Value {
    let properties: Map<_, _> = keys.iter().map(|(key, _)| ((*key).to_owned(), text())).collect();
    let required: Vec<_> = keys.iter().filter(|(_, required)| *required).map(|(key, _)| *key).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

/// What holds for the items of all editions: the keys, and that what could not be read is a text.
fn item() -> Value {
    let types = ITEM_TYPES.map(|one| one.name);
    let keys = vec![filled(), filled(), filled(), words(&types), json!({}), json!({ "const": true })];
    let mut item = object(&ITEM_KEYS, keys, &["unfit"]);
    item["if"] = json!({ "required": ["unfit"] });
    item["then"] = json!({ "properties": { "value": { "type": "string" } } });
    item
}

fn change() -> Value {
    let keys =
        vec![or_null(loose_date()), text(), or_null(filled()), text(), text(), text(), text(), filled()];
    object(&CHANGE_KEYS, keys, &[])
}

/// The items of an edition. First the id must be one of an item at all; then each item says what goes with its id.
fn edition(form: &Form) -> Value {
    let items: Vec<_> =
        form.nodes().iter().filter(|node| node.is_item() && !form.is_change_part(node)).collect();
    let ids: Vec<_> = items.iter().map(|node| id_pattern(form, node)).collect();
    let known = json!({ "properties": { "id": { "pattern": format!("^(?:{})$", ids.join("|")) } } });
    let each = items.iter().zip(&ids).map(|(node, id)| {
        json!({
            "if": { "properties": { "id": { "pattern": format!("^{id}$") } } },
            "then": {
                "properties": { "label": { "const": node.label }, "type": { "const": type_of(node.kind) } },
                "anyOf": [{ "required": ["unfit"] }, { "properties": { "value": value(form, node) } }],
            },
        })
    });
    json!({ "allOf": std::iter::once(known).chain(each).collect::<Value>() })
}

/// The ids of an item as a pattern: entries of a repeat are numbered from 1, and where a document has a single 特定個人情報ファイル its
/// sections are not.
fn id_pattern(form: &Form, node: &Node) -> String {
    const NUMBER: &str = "\\[[1-9][0-9]*\\]";
    let mut pattern = String::new();
    let mut above = 0;
    for part in form.ancestry(node.ix) {
        // The id of a node begins with that of the node above it.
        pattern.push_str(&part.id[above..].replace('.', "\\."));
        above = part.id.len();
        match (&part.repeat, part.is_per_file()) {
            (None, _) => {}
            (Some(_), true) => pattern.extend(["(?:", NUMBER, ")?"]),
            (Some(_), false) => pattern.push_str(NUMBER),
        }
    }
    pattern
}

fn value(form: &Form, node: &Node) -> Value {
    let set = |set: Option<&String>| {
        set.map_or_else(|| json!({}), |name| json!({ "$ref": format!("#/$defs/{}", set_name(form, name)) }))
    };
    match node.kind {
        Kind::Date if !node.month_allowed => date(),
        Kind::Date => json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?$" }),
        Kind::Choice => set(node.option_set.as_ref()),
        Kind::Checks => set(node.check_set.as_ref()),
        Kind::Count => json!({ "type": "integer", "minimum": 0 }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Figure => list(&json!({ "$ref": "#/$defs/figure" })),
        Kind::Text | Kind::ItemRef | Kind::Group | Kind::Repeat => text(),
    }
}

#[cfg(test)]
mod tests {
    use jsonschema::Validator;

    use super::super::DataFile;
    use super::*;
    use crate::site::data::assessment_json;
    use crate::site::tests::sample;

    fn validator() -> Validator {
        jsonschema::draft202012::new(&DataFile::Assessment.schema(None)).unwrap()
    }

    fn data(form: &'static Form, number: usize) -> Value {
        let assessment = sample::assessment(form, number, 3);
        let json = assessment_json("019984", "みほん市", &assessment, &|at| format!("changes/#c-{at}"));
        serde_json::from_str(&json).unwrap()
    }

    /// The sample fills two of three items of every edition, one of them with what is no value.
    #[test]
    fn documents_of_every_edition_are_valid() {
        let validator = validator();
        for (number, form) in Form::all().iter().enumerate() {
            let data = data(form, number);
            let errors: Vec<_> =
                validator.iter_errors(&data).map(|e| format!("{}: {e}", e.instance_path())).take(5).collect();
            assert!(errors.is_empty(), "{}: {errors:#?}", form.head.id);
        }
    }

    /// A pattern takes the paths of its own item and of no other.
    #[test]
    fn a_pattern_takes_the_paths_of_its_item() {
        for (number, form) in Form::all().iter().enumerate() {
            let data = data(form, number);
            let items = form.nodes().iter().filter(|node| node.is_item() && !form.is_change_part(node));
            let patterns: Vec<_> = items
                .map(|node| (&node.id, regex::Regex::new(&format!("^{}$", id_pattern(form, node))).unwrap()))
                .collect();
            for item in data["items"].as_array().unwrap() {
                let path = item["id"].as_str().unwrap();
                let fits: Vec<_> = patterns
                    .iter()
                    .filter(|(_, pattern)| pattern.is_match(path))
                    .map(|(id, _)| *id)
                    .collect();
                assert_eq!(fits, [&form.node(form.slot(path).unwrap().node).id], "{path}");
            }
        }
    }

    #[test]
    fn wrong_documents_are_refused() {
        let validator = validator();
        for (number, form) in Form::all().iter().enumerate() {
            let good = data(form, number);
            assert!(validator.is_valid(&good));
            let refused = |what: &str, mutate: &dyn Fn(&mut Value)| {
                let mut bad = good.clone();
                mutate(&mut bad);
                assert_ne!(bad, good, "{what} changes nothing");
                assert!(!validator.is_valid(&bad), "{}: {what}", form.head.id);
            };
            let first = |kind: &str| {
                let items = good["items"].as_array().unwrap();
                items.iter().position(|item| item["type"] == kind && item.get("unfit").is_none())
            };
            refused("a code of five digits", &|d| d["code"] = json!("01998"));
            refused("an unknown edition", &|d| d["form"] = json!("zenkomoku-h99-01"));
            refused("a number instead of a text", &|d| d["number"] = json!(15));
            refused("a date in 和暦", &|d| d["published"] = json!("令和5年11月14日"));
            refused("another key", &|d| d["internal"] = json!("x"));
            refused("a missing key", &|d| drop(d.as_object_mut().unwrap().remove("changes")));
            refused("an item that the form has not", &|d| d["items"][0]["id"] = json!("x.1"));
            refused("another label", &|d| d["items"][0]["label"] = json!("別の項目"));
            refused("another type", &|d| d["items"][0]["type"] = json!("count"));
            refused("an item without a value", &|d| {
                drop(d["items"][0].as_object_mut().unwrap().remove("value"));
            });
            refused("a change without its address", &|d| {
                drop(d["changes"][0].as_object_mut().unwrap().remove("url"));
            });
            for (kind, value) in [
                ("choice", json!("選択肢にない言葉")),
                ("checks", json!([{ "label": "選択肢にない言葉" }])),
                ("count", json!("二")),
                ("flag", json!("○")),
                ("date", json!("2023年")),
                ("figure", json!(["a.svg"])),
                ("text", json!(null)),
            ] {
                let Some(at) = first(kind) else { continue };
                refused(kind, &|d| d["items"][at]["value"] = value.clone());
            }
            let Some(at) = first("choice") else { continue };
            let mut unfit = good.clone();
            unfit["items"][at]["value"] = json!("選択肢にない言葉");
            unfit["items"][at]["unfit"] = json!(true);
            assert!(validator.is_valid(&unfit), "what could not be read is kept as it was written");
        }
    }
}
