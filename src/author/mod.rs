//! Content files: a filled-in form and its change rows as the YAML that officers edit.
//!
//! What is written is what is read: every value comes back the same. A text of several lines stands under `|` with one line
//! break more than it has; the reader takes that one off. Empty items are left out, except entries of a repeat, which keep
//! their place as `{}`.

mod assessment;
mod changes;
pub(crate) mod guide;
mod place;
mod scalar;
mod settings;
mod skeleton;
#[cfg(test)]
mod tests;
mod tree;

pub use assessment::assessment_yaml;
pub use changes::changes_yaml;
pub(crate) use changes::{RowLayout, row_block, row_flow};
pub use place::{new_assessment, new_municipality};
pub use settings::{municipality_yaml, new_municipality_yaml, site_yaml};
pub use skeleton::{
    NewAssessment, assessment_skeleton, changes_skeleton, municipality_skeleton, site_skeleton,
};
