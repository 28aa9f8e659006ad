//! The files and parts of files whose keys stand on no form.

use serde_json::{Map, Value, json};

use super::pattern;
use super::value::{self, Keys, described, empty, or_empty};
use crate::author::guide;
use crate::check::vocabulary::{Field, Holds, ID_KEY, JUDGEMENT_FIELDS, NO, YES};
use crate::form::{Form, Kind};

/// The mapping with these keys.
pub(super) fn object(fields: &[Field]) -> Value {
    let mut keys = Keys::default();
    for field in fields {
        add(&mut keys, field);
    }
    keys.object()
}

fn add(keys: &mut Keys, field: &Field) {
    let spelt = pattern::one_of(std::iter::once(field.name).chain(field.aliases.iter().copied()), "", "");
    keys.add(field.name, spelt, &described(holds(field.holds), field.name, field.about));
}

fn holds(holds: Holds) -> Value {
    match holds {
        Holds::Text => value::text(),
        Holds::Date => value::date(),
        Holds::Address => or_empty(json!({
            "type": "string",
            "pattern": "^\\s*(?:https?://.*)?\\s*$",
            "patternErrorMessage": "https:// で始まる URL を書いてください。",
        })),
        // Without quotes the digits are a number to other readers.
        Holds::Code => or_empty(json!({ "anyOf": [
            { "type": "string", "pattern": "^\\s*(?:[0-9０-９]{6})?\\s*$", "patternErrorMessage": "6桁の数字を書いてください。" },
            { "type": "integer", "minimum": 0, "maximum": 999_999 },
        ] })),
        Holds::Flag => value::words_of_flag(&YES[2..4], &NO[2..4]),
        Holds::List => {
            let text = json!({ "type": ["string", "number"] });
            json!({ "anyOf": [{ "type": "array", "items": or_empty(text.clone()) }, text, empty()] })
        }
        Holds::Color => or_empty(json!({
            "type": ["string", "number"],
            "pattern": "^\\s*(?:[#＃]?(?:[0-9A-Fa-f０-９Ａ-Ｆａ-ｆ]{3}){1,2})?\\s*$",
            "patternErrorMessage": "「#」と6桁の16進数を、引用符で囲んで書いてください（例: \"#00118f\"）。",
        })),
        Holds::Map(fields) => or_empty(object(fields)),
        Holds::Rows(fields) => or_empty(json!({ "type": "array", "items": or_empty(object(fields)) })),
        Holds::Words(words) => value::one_word(&words(), &pattern::one_of(words(), "", "")),
    }
}

/// `changes.yaml`: the columns of 変更箇所 are the same on every form.
pub(super) fn changes() -> Value {
    let mut definitions = Map::new();
    let mut keys = Keys::default();
    let form = Form::all().first();
    let table = form.and_then(|form| Some((form, form.children(form.change_section()?).next()?)));
    if let Some((form, table)) = table {
        for column in form.children(table) {
            let mut parts: Vec<String> = guide::need(form, column).into_iter().collect();
            parts.extend(guide::how(column).map(str::to_owned));
            if column.kind == Kind::ItemRef {
                parts.push("章・番号・項目名を書く（例: Ⅱ.3.⑧ 使用方法）。".to_owned());
            }
            let schema = value::of(form, column, &mut definitions);
            keys.add(&column.label, pattern::key(column), &described(schema, &column.label, &parts.concat()));
        }
    }
    let about = "「項目」の書き方では一つに決まらないときの、項目の id（例: ii.3.usage）。任意。";
    keys.add(ID_KEY, pattern::one_of([ID_KEY], "", ""), &described(value::text(), ID_KEY, about));
    for field in &JUDGEMENT_FIELDS {
        add(&mut keys, field);
    }
    let mut list = or_empty(json!({ "type": "array", "items": keys.object() }));
    list["$defs"] = Value::Object(definitions);
    list
}
