//! What only all pages together can tell.

use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::prelude::*;

use super::address::Mount;
use super::page::{self, Link, mark};
use super::rule::Rule;
use super::{Found, Record};

/// Pages with the same title. A page that only leads on to another one may share its title with others of the kind.
pub(super) fn titles(found: &mut Found) {
    let mut by_title: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (path, record) in &found.pages {
        if !record.leads_on && !record.title.is_empty() {
            by_title.entry(&record.title).or_default().push(path);
        }
    }
    let shared = by_title.into_iter().filter(|(_, paths)| paths.len() > 1);
    let faults: Vec<(String, String)> = shared
        .flat_map(|(title, paths)| {
            paths.into_iter().map(|path| (path.to_owned(), title.to_owned())).collect::<Vec<_>>()
        })
        .collect();
    for (path, title) in faults {
        found.fault(Rule::TitleUnique, &path, &title);
    }
}

/// Links to files and ids that are not there.
pub(super) fn links<E: Send>(
    mount: &Mount,
    found: &mut Found,
    files: &[String],
    read: &(dyn Fn(&str) -> Result<String, E> + Sync),
) -> Result<(), E> {
    let known = Known::new(&found.pages, files);
    let broken: Vec<(String, Vec<Link>)> = found
        .pages
        .iter()
        .filter_map(|(path, record)| {
            let broken: Vec<_> =
                record.links.iter().filter(|link| known.fault(link).is_some()).copied().collect();
            (!broken.is_empty()).then(|| (path.clone(), broken))
        })
        .collect();
    // Marks say that something is broken; the page itself says what. A link of the frame may be broken on every page.
    let faults = broken.par_iter().map(|(path, links)| {
        let html = read(path)?;
        let addresses = page::addresses(mount, path, &html).into_iter();
        let faults = addresses.filter(|(link, _)| links.contains(link));
        Ok(faults.filter_map(|(link, address)| Some((known.fault(&link)?, address))).collect::<Vec<_>>())
    });
    let faults = faults.collect::<Result<Vec<_>, E>>()?;
    drop(known);
    for ((path, _), faults) in broken.iter().zip(faults) {
        for (rule, address) in faults {
            found.fault(rule, path, &address);
        }
    }
    Ok(())
}

/// What links may lead to.
struct Known<'f> {
    pages: HashMap<u64, &'f Record>,
    files: HashSet<u64>,
}

impl<'f> Known<'f> {
    fn new(pages: &'f BTreeMap<String, Record>, files: &[String]) -> Self {
        // A folder without its last slash is found by every web server as well.
        let folders = files.iter().filter_map(|file| file.strip_suffix("/index.html"));
        Self {
            pages: pages.iter().map(|(path, record)| (mark(path), record)).collect(),
            files: files.iter().map(String::as_str).chain(folders).map(mark).collect(),
        }
    }

    /// Which rule a link does not keep.
    fn fault(&self, link: &Link) -> Option<Rule> {
        let Some(page) = self.pages.get(&link.file) else {
            return (!self.files.contains(&link.file)).then_some(Rule::LinkTarget);
        };
        let is_there = link.id == 0 || page.ids.binary_search(&link.id).is_ok();
        (!is_there).then_some(Rule::LinkFragment)
    }
}

impl Found {
    fn fault(&mut self, rule: Rule, path: &str, what: &str) {
        if let Some(record) = self.pages.get_mut(path) {
            record.count(rule);
        }
        self.named.add(rule, path, what);
    }
}
