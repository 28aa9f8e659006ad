//! Data as classic scripts.

use serde::Serialize;

/// A file of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptFile {
    /// Path below `search/`.
    pub path: String,
    /// The script.
    pub text: String,
}

impl ScriptFile {
    /// `kohyoSearch("g/…/1", {…});` in the file of that name.
    pub fn new<D: Serialize>(name: &str, data: &D) -> Self {
        let data = serde_json::to_string(data);
        // What is written are strings, numbers and lists of them, which cannot fail.
        debug_assert!(data.is_ok());
        let name_text = serde_json::to_string(name).unwrap_or_default();
        let text = format!("kohyoSearch({name_text},{});\n", data.unwrap_or_default());
        Self { path: format!("{name}.js"), text }
    }

    /// The data of a file that [`Self::new`] made.
    pub fn data(name: &str, script: &str) -> Option<serde_json::Value> {
        let name_text = serde_json::to_string(name).ok()?;
        let data = script.strip_prefix(&format!("kohyoSearch({name_text},"))?.strip_suffix(");\n")?;
        serde_json::from_str(data).ok()
    }
}
