//! JSON Schemas of the authored files, so that an editor completes keys and options and marks slips while they are typed.
//!
//! A schema says what may be written where. What must be written, given other answers, is said by `check` alone: a schema that
//! complained about every empty item would teach officers to ignore it. What the reader accepts, the schema accepts.

mod form;
mod pattern;
mod settings;
mod value;

use serde_json::{Map, Value};

use crate::check::vocabulary::{MUNICIPALITY_FIELDS, SITE_FIELDS};
use crate::form::Form;

/// A kind of authored file.
#[derive(Debug, Clone, Copy)]
pub enum Subject {
    /// `assessment.yaml` of an edition.
    Form(&'static Form),
    /// `municipality.yaml`.
    Municipality,
    /// `site.yaml`.
    Site,
    /// `changes.yaml`.
    Changes,
}

impl Subject {
    /// The subject by any name of a form, the id of an edition, or the name of the file. The name of a form means its newest
    /// edition.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim();
        match name.strip_suffix(".yaml").unwrap_or(name) {
            "municipality" => Some(Self::Municipality),
            "site" => Some(Self::Site),
            "changes" => Some(Self::Changes),
            name => Form::with_id(name).or_else(|| Form::named(name).first().copied()).map(Self::Form),
        }
    }

    /// The name of its schema: the id of the edition, or the name of the file.
    pub fn id(self) -> &'static str {
        match self {
            Self::Form(form) => &form.head.id,
            Self::Municipality => "municipality",
            Self::Site => "site",
            Self::Changes => "changes",
        }
    }

    fn title(self) -> String {
        match self {
            Self::Form(form) => format!("{}（{}）", form.head.short_title, form.head.edition),
            Self::Municipality => "自治体の設定".to_owned(),
            Self::Site => "サイトの設定".to_owned(),
            Self::Changes => "変更箇所".to_owned(),
        }
    }

    /// The schema.
    pub fn schema(self) -> Value {
        let mut schema = Map::new();
        schema.insert("$schema".to_owned(), "https://json-schema.org/draft/2020-12/schema".into());
        schema.insert("$id".to_owned(), format!("urn:kohyo:schema:{}", self.id()).into());
        schema.insert("title".to_owned(), self.title().into());
        let content = match self {
            Self::Form(form) => form::schema(form),
            Self::Municipality => settings::object(&MUNICIPALITY_FIELDS),
            Self::Site => settings::object(&SITE_FIELDS),
            Self::Changes => settings::changes(),
        };
        if let Value::Object(content) = content {
            schema.extend(content);
        }
        Value::Object(schema)
    }

    /// The schema as the text of a file.
    pub fn text(self) -> String {
        format!("{:#}\n", self.schema())
    }
}
