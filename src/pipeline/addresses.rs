//! The addresses of the pages that were written, remembered for `sitemap.xml`.

use std::sync::{Mutex, PoisonError};

use super::build::BuildError;
use super::press::Press;
use crate::history::Shelf;
use crate::site::sitemap::{LastChanges, Sitemap};

/// Paths of pages, added by many threads. They are kept in one text, so that a page takes the bytes of its path and no more.
#[derive(Debug, Default)]
pub(super) struct Addresses(Mutex<String>);

impl Addresses {
    /// Remembers a page.
    pub(super) fn add(&self, path: &str) {
        let mut paths = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        paths.push_str(path);
        paths.push('\n');
    }

    /// All pages, one a line, in the order in which they came.
    fn take(&self) -> String {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Writes `sitemap.xml` and, for a large site, the files that it names.
pub(super) fn write(press: &Press<'_>, shelves: &[Shelf<'_>]) -> Result<(), BuildError> {
    let (Some(addresses), Some(base)) = (&press.addresses, &press.site.base_url) else { return Ok(()) };
    let lines = addresses.take();
    let mut paths: Vec<&str> = lines.lines().collect();
    // The order of the threads is no order.
    paths.sort_unstable();
    let changes = LastChanges::of(shelves);
    let sitemap = Sitemap::new(base, &paths, &changes);
    sitemap.files().try_for_each(|(path, xml)| press.file(&path, xml.as_bytes()))
}
