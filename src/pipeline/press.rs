//! Writes pages and files into the new site, from many threads, and looks at each for what must not be published.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use super::addresses::Addresses;
use super::build::BuildError;
use super::data::Lines;
use super::same::is_pointer;
use crate::assessment::{Assessment, Value};
use crate::audit::Audit;
use crate::history::Causes;
use crate::leak;
use crate::read::AssessmentFolder;
use crate::search::Filed;
use crate::site::render::{Page, Peers};
use crate::site::{SiteContext, Theme, feed};
use crate::write::Staging;

/// What rendering shares between threads.
pub(super) struct Press<'b> {
    pub(super) theme: &'b Theme,
    pub(super) site: &'b SiteContext,
    pub(super) causes: &'b Causes,
    /// The documents by their tasks.
    pub(super) peers: &'b Peers<'b>,
    pub(super) staging: &'b Staging,
    pub(super) pages: AtomicU64,
    pub(super) bytes: AtomicU64,
    pub(super) leaks: Mutex<Vec<(String, usize)>>,
    pub(super) lines: Lines,
    /// The pages that search engines are told about; none where they are told nothing.
    pub(super) addresses: Option<Addresses>,
    /// The documents whose texts are written for the search.
    pub(super) filed: Mutex<Vec<Filed>>,
    /// Looks at every page that is written.
    pub(super) audit: Audit,
}

impl<'b> Press<'b> {
    pub(super) fn new(
        theme: &'b Theme,
        site: &'b SiteContext,
        causes: &'b Causes,
        peers: &'b Peers<'b>,
        staging: &'b Staging,
    ) -> Self {
        let (pages, bytes, leaks) = (AtomicU64::new(0), AtomicU64::new(0), Mutex::default());
        // Drafts are for no search engine, and without the address of the site there is none of its pages.
        let is_listed = site.base_url.is_some() && !site.drafts;
        let addresses = is_listed.then(Addresses::default);
        let (lines, filed) = (Lines::default(), Mutex::default());
        let audit = Audit::new(site.base_url.as_deref());
        Self { theme, site, causes, peers, staging, pages, bytes, leaks, lines, addresses, filed, audit }
    }

    /// Writes a page that search engines may show.
    pub(super) fn page(&self, page: &Page) -> Result<(), BuildError> {
        if let Some(addresses) = &self.addresses {
            addresses.add(&page.path);
        }
        self.unlisted(page)
    }

    /// Writes a page that leads on to another one, or that no one looks for.
    pub(super) fn unlisted(&self, page: &Page) -> Result<(), BuildError> {
        self.pages.fetch_add(1, Ordering::Relaxed);
        self.audit.page(&page.path, &page.html);
        self.file(&page.path, page.html.as_bytes())
    }

    /// Writes a file. One that holds what may be a 個人番号 is not written, and stops the build in the end: all such files
    /// are named at once.
    pub(super) fn file(&self, path: &str, bytes: &[u8]) -> Result<(), BuildError> {
        if !self.may_publish(path, bytes) {
            return Ok(());
        }
        self.count(bytes.len());
        Ok(self.staging.write(path, bytes)?)
    }

    /// Looks for what may be a 個人番号 in a file, or in a piece of one, and remembers where it is.
    pub(super) fn may_publish(&self, path: &str, bytes: &[u8]) -> bool {
        let leak = leak::line_of_leak(bytes).or_else(|| leak::line_of_leak(path.as_bytes()));
        let Some(line) = leak else { return true };
        let mut shown = path.to_owned();
        leak::mask(&mut shown);
        self.leaks.lock().unwrap_or_else(PoisonError::into_inner).push((shown, line));
        false
    }

    /// Counts bytes that are written.
    pub(super) fn count(&self, bytes: usize) {
        self.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    /// Whether nothing was found so far that must not be published; else some files were not written.
    pub(super) fn is_clean(&self) -> bool {
        self.leaks.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    /// Copies the images that a document shows, and only those, to below a folder of the site.
    pub(super) fn figures(
        &self,
        assessment: &Assessment,
        folder: &AssessmentFolder,
        base: &str,
    ) -> Result<(), BuildError> {
        for (_, value) in assessment.answers.values() {
            let Value::Figures(figures) = value else { continue };
            for figure in figures {
                // A document with errors may name any file; only what lies in its own folder is ever published.
                // What the history keeps elsewhere (Git LFS) is no image.
                let bytes = folder.attachment(&figure.file)?.filter(|bytes| !is_pointer(bytes));
                if let Some(bytes) = bytes {
                    self.file(&format!("{base}/{}", figure.file), &bytes)?;
                }
            }
        }
        Ok(())
    }

    /// Writes a feed in both formats.
    pub(super) fn feeds(&self, folder: &str, files: &feed::Files) -> Result<(), BuildError> {
        self.file(&format!("{folder}feed.atom"), files.atom.as_bytes())?;
        self.file(&format!("{folder}feed.json"), files.json.as_bytes())
    }
}
