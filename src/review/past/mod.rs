//! The documents of a content folder as git remembers them: which there were in a commit, which of them is which when folders are
//! renamed, and which versions of each were published.

mod content;
mod day;
mod lineage;
mod versions;

pub use content::Document;
pub use day::{day_of, published_of};
pub use lineage::{Key, Lineage, Past, State};
pub use versions::{Evidence, Version, puts_off, versions};
