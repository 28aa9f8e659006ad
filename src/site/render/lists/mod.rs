//! Changes over several documents: the timelines of a municipality and of the site, and the short lists of the latest.
//!
//! They are made from digests alone. A date has one address that never changes, `/changes/#d-…` and
//! `/{code6}/changes/#d-…`: the date itself or, once the list has grown over several pages, a line that leads there.

mod book;
mod day;
mod municipality;
mod site;
#[cfg(test)]
mod tests;
mod update;

pub use municipality::municipality_changes;
pub use site::SiteChanges;

pub(super) use update::UpdateView;
