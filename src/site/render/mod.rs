//! Pages: one function per kind of page, each from data to the text of a file.
//!
//! Every link is relative, so that the site works under any address. A page's own address ends in `/`.

mod accessibility;
mod across;
mod assessment;
mod audit;
mod causes;
mod cite;
mod data_page;
mod diff;
mod due;
mod flow;
mod form;
mod frame;
mod glance;
mod glossary;
mod home;
mod lists;
mod municipality;
mod opinions;
mod paging;
mod peers;
mod picture;
mod prefectures;
mod redline;
mod rooms;
mod search;
mod sitemap;
mod timeline;
mod value;
mod versions;

pub use accessibility::accessibility;
pub use across::{
    Counted, Desk, ItemAnswers, family_pages, item_pages, items_page, law_pages, register_pages, shared_pages,
};
pub(crate) use assessment::FormView;
pub use assessment::{Beside, assessment};
pub use audit::audit_page;
pub use causes::{cause, causes};
pub use data_page::data_page;
#[cfg(test)]
pub(super) use diff::html as diff_html;
pub(super) use diff::{hidden as diff_hidden, label as diff_label};
pub use due::{due, due_name};
pub use form::entry_name;
pub(crate) use frame::DateView;
pub use glossary::glossary;
pub use home::{home, not_found};
pub use lists::{SiteChanges, municipality_changes};
pub use municipality::municipality;
pub(super) use opinions::percent_encoded;
pub use peers::Peers;
pub use prefectures::prefectures;
pub use redline::{Redline, RedlineOptions, RedlineSide, redline};
pub use search::search_page;
pub use sitemap::sitemap;
pub use timeline::{Texts, changes_and_texts};
pub use versions::{PublishedVersion, compare_page, moved_page, version_page, versions_page};

/// One page, ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Path of the file below the site's root, e.g. `011002/15-yobosesshu/index.html`.
    pub path: String,
    /// The HTML.
    pub html: String,
}
