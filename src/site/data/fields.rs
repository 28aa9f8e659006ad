//! An object of JSON that is put together key by key.

use serde_json::{Map, Value};

/// The keys of an object, in the order in which they were put.
#[derive(Default)]
pub(super) struct Fields(Map<String, Value>);

impl Fields {
    /// Puts a key.
    pub(super) fn put(&mut self, key: &str, value: impl Into<Value>) {
        self.0.insert(key.to_owned(), value.into());
    }

    /// Puts a key where there is something to say.
    pub(super) fn put_some(&mut self, key: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.put(key, value);
        }
    }
}

impl From<Fields> for Value {
    fn from(fields: Fields) -> Self {
        Self::Object(fields.0)
    }
}
