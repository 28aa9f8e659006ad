//! Content files: a filled-in form and its change rows as the YAML that officers edit.
//!
//! What is written is what is read: every value comes back the same. A text of several lines stands under `|` with one line
//! break more than it has; the reader takes that one off. Empty items are left out, except entries of a repeat, which keep
//! their place as `{}`.

mod assessment;
mod changes;
mod scalar;
mod settings;
#[cfg(test)]
mod tests;
mod tree;

pub use assessment::assessment_yaml;
pub use changes::changes_yaml;
pub use settings::{municipality_yaml, new_municipality_yaml, site_yaml};
