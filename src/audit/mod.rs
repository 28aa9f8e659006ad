//! Our own look at every page of a site, without a browser: what WCAG asks and a program can tell from the HTML alone, and whether every
//! link inside the site leads to something.
//!
//! Pages are read while they are written, on all threads. What stays of each is small: marks of its ids and of where its links
//! lead. When all are written, [`Audit::finish`] joins them. The names of what is broken are then read from the page again, so that
//! nobody has to keep the addresses of millions of links that are not.

mod address;
mod criteria;
mod join;
mod kind;
mod page;
mod reader;
mod report;
mod rule;
mod tag;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

pub use self::criteria::{Criterion, criteria};
pub use self::report::{Finding, KindCount, Report, ReportPage, RuleCount, criteria_table, pages_table};
pub use self::rule::Rule;

use self::address::Mount;
use self::page::{Fault, Link};

/// Different findings of one rule that are named; of more there is only the number.
const MOST_NAMED: usize = 50;

/// Pages with the same finding that are all named; of more, only the first is.
const ONE_BY_ONE: usize = 3;

/// The look at all pages of a site. Shared between threads.
#[derive(Debug)]
pub struct Audit {
    mount: Mount,
    found: Mutex<Found>,
}

/// What was found so far. In order, so that the report does not depend on which thread was the faster one.
#[derive(Debug, Default)]
struct Found {
    pages: BTreeMap<String, Record>,
    named: Named,
}

/// What stays of a page.
#[derive(Debug)]
struct Record {
    title: String,
    leads_on: bool,
    bytes: usize,
    ids: Vec<u32>,
    links: Vec<Link>,
    /// How often each rule is not kept.
    counts: [u32; Rule::ALL.len()],
}

/// The first findings of each rule, by what they are about: a fault of the theme is one, on whatever number of pages.
#[derive(Debug, Default)]
struct Named(BTreeMap<Rule, BTreeMap<String, Places>>);

/// The pages that have the same finding.
#[derive(Debug)]
struct Places {
    /// The first of them, by path.
    first: BTreeSet<String>,
    /// The one that was looked at last: all findings of a page come one after another.
    last: String,
    pages: usize,
    findings: u64,
}

impl Named {
    fn add(&mut self, rule: Rule, page: &str, what: &str) {
        let named = self.0.entry(rule).or_default();
        match named.get_mut(what) {
            Some(places) => places.add(page),
            None => drop(named.insert(what.to_owned(), Places::of(page))),
        }
        // What is put out is beyond all that stays, and so would be again: what stays was counted from its beginning.
        if named.len() > MOST_NAMED {
            named.pop_last();
        }
    }
}

impl Places {
    fn of(page: &str) -> Self {
        Self { first: BTreeSet::from([page.to_owned()]), last: page.to_owned(), pages: 1, findings: 1 }
    }

    fn add(&mut self, page: &str) {
        self.findings += 1;
        if self.last == page {
            return;
        }
        self.pages += 1;
        page.clone_into(&mut self.last);
        self.first.insert(page.to_owned());
        if self.first.len() > ONE_BY_ONE {
            self.first.pop_last();
        }
    }
}

impl Record {
    fn count(&mut self, rule: Rule) {
        self.counts[rule.index()] += 1;
    }
}

impl Audit {
    /// Begins with the address under which the site is published, with a final slash, as far as it is known.
    pub fn new(base_url: Option<&str>) -> Self {
        Self { mount: Mount::new(base_url), found: Mutex::default() }
    }

    /// Looks at a page; `path` is that of its file.
    pub fn page(&self, path: &str, html: &str) {
        let facts = page::read(&self.mount, path, html);
        let mut record = Record {
            title: facts.title,
            leads_on: facts.leads_on,
            bytes: html.len(),
            ids: facts.ids,
            links: facts.links,
            counts: [0; Rule::ALL.len()],
        };
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        for Fault { rule, what } in &facts.findings {
            record.count(*rule);
            found.named.add(*rule, path, what);
        }
        found.pages.insert(path.to_owned(), record);
    }

    /// Joins the pages: every link inside the site, and titles that two pages share. `files` are the paths of all files of the site;
    /// `read` gives back a page.
    pub fn finish<E: Send>(
        &self,
        files: &[String],
        read: &(dyn Fn(&str) -> Result<String, E> + Sync),
    ) -> Result<Report, E> {
        let mut found = std::mem::take(&mut *self.found.lock().unwrap_or_else(PoisonError::into_inner));
        join::titles(&mut found);
        join::links(&self.mount, &mut found, files, read)?;
        Ok(report::report(&found))
    }
}
