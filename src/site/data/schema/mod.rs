//! JSON Schemas (2020-12) of the files that programs read, made from the same tables as their explanation on `/data/` and from the
//! forms, so that none of them can drift from the others.
//!
//! A schema of authored files ([`crate::schema`]) is generous, one of published files is strict: every key is named, and what is not
//! named is wrong.

mod assessment;
mod others;

use serde_json::{Map, Value, json};

use super::keys::Explained;

/// A file of data that has a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataFile {
    /// `assessment.json`.
    Assessment,
    /// `versions.json`.
    Versions,
    /// `changes.json`.
    Changes,
    /// `due.json`.
    Due,
}

impl DataFile {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Assessment, Self::Versions, Self::Changes, Self::Due];

    /// The name of the file that it is the schema of.
    pub fn name(self) -> &'static str {
        match self {
            Self::Assessment => "assessment.json",
            Self::Versions => "versions.json",
            Self::Changes => "changes.json",
            Self::Due => "due.json",
        }
    }

    /// Where the schema is, from the root of the site.
    pub fn path(self) -> &'static str {
        match self {
            Self::Assessment => "schema/assessment.schema.json",
            Self::Versions => "schema/versions.schema.json",
            Self::Changes => "schema/changes.schema.json",
            Self::Due => "schema/due.schema.json",
        }
    }

    /// The schema; `base_url` is the address of the site, with a final slash, where it has one.
    pub fn schema(self, base_url: Option<&str>) -> Value {
        let id = match base_url {
            Some(base) => format!("{base}{}", self.path()),
            None => format!("urn:kohyo:data:{}", self.name()),
        };
        let mut schema = Map::new();
        schema.insert("$schema".to_owned(), "https://json-schema.org/draft/2020-12/schema".into());
        schema.insert("$id".to_owned(), id.into());
        schema.insert("title".to_owned(), self.name().into());
        let content = match self {
            Self::Assessment => assessment::schema(),
            Self::Versions => others::versions(),
            Self::Changes => others::changes(),
            Self::Due => others::due(),
        };
        if let Value::Object(content) = content {
            schema.extend(content);
        }
        Value::Object(schema)
    }

    /// The schema as the text of a file: compact, because that of `assessment.json` names every item of every edition.
    pub fn schema_text(self, base_url: Option<&str>) -> String {
        format!("{}\n", self.schema(base_url))
    }
}

/// An object with these keys and no others, all of them required but `optional`. The schemas stand in the order of the keys, which
/// the tests check: a key that is added to the table without its schema is found.
fn object(keys: &[Explained], schemas: Vec<Value>, optional: &[&str]) -> Value {
    debug_assert_eq!(keys.len(), schemas.len());
    let properties: Map<_, _> = keys
        .iter()
        .zip(schemas)
        .map(|(key, schema)| (key.name.to_owned(), described(schema, key.about)))
        .collect();
    let required: Vec<_> = keys.iter().map(|key| key.name).filter(|name| !optional.contains(name)).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

fn described(mut schema: Value, about: &str) -> Value {
    if let Value::Object(schema) = &mut schema {
        schema.insert("description".to_owned(), about.into());
    }
    schema
}

fn text() -> Value {
    json!({ "type": "string" })
}

fn filled() -> Value {
    json!({ "type": "string", "minLength": 1 })
}

fn code() -> Value {
    json!({ "type": "string", "pattern": "^[0-9]{6}$" })
}

/// To the day.
fn date() -> Value {
    json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" })
}

/// To the day or, where people wrote no more, to the month or the year.
fn loose_date() -> Value {
    json!({ "type": "string", "pattern": "^[0-9]{4}(?:-[0-9]{2}){0,2}$" })
}

fn words(words: &[&str]) -> Value {
    json!({ "enum": words })
}

fn list(of: &Value) -> Value {
    json!({ "type": "array", "items": of })
}

/// This, or null.
fn or_null(mut schema: Value) -> Value {
    if let Some(kind) = schema.get_mut("type") {
        *kind = json!([kind.clone(), "null"]);
    }
    if let Some(Value::Array(words)) = schema.get_mut("enum") {
        words.push(Value::Null);
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_schema_is_one_and_has_its_address() {
        for file in DataFile::ALL {
            for base in [None, Some("https://example.jp/hyoka/")] {
                let schema = file.schema(base);
                jsonschema::draft202012::meta::validate(&schema).unwrap();
                let id = schema["$id"].as_str().unwrap();
                assert_eq!(id.starts_with("https://example.jp/hyoka/schema/"), base.is_some(), "{id}");
            }
            let text = file.schema_text(None);
            assert!(text.len() < 300_000, "{}: {}", file.name(), text.len());
        }
    }
}
