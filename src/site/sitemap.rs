//! `sitemap.xml` (sitemaps.org): the addresses of all pages that search engines may show, with the day on which each last changed.
//!
//! Days are those of the documents, so that the same input gives the same bytes.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use crate::history::{AssessmentDigest, Shelf};
use crate::markdown::escape;
use crate::wareki::CivilDate;

/// What a file may hold: addresses, and bytes.
const MOST_ADDRESSES: usize = 50_000;
const MOST_BYTES: usize = 50 * 1024 * 1024;
/// What stands around an address, at most: tags and a day.
const AROUND: usize = 100;

/// Pages that tell of the program and not of documents: they have no day.
const UNDATED: [&str; 3] = ["accessibility", "data", "glossary"];

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// When the documents last changed: the newest 公表日 or 変更日.
#[derive(Debug, Default)]
pub struct LastChanges<'a> {
    site: Option<CivilDate>,
    municipalities: BTreeMap<&'a str, OfMunicipality<'a>>,
}

#[derive(Debug, Default)]
struct OfMunicipality<'a> {
    newest: Option<CivilDate>,
    documents: BTreeMap<&'a str, Option<CivilDate>>,
}

impl<'a> LastChanges<'a> {
    /// Of the documents that are published.
    pub fn of(shelves: &[Shelf<'a>]) -> Self {
        let municipalities: BTreeMap<_, _> = shelves
            .iter()
            .map(|shelf| {
                let documents: BTreeMap<_, _> =
                    shelf.documents.iter().map(|digest| (digest.dir.as_str(), last_change(digest))).collect();
                (
                    shelf.code,
                    OfMunicipality { newest: documents.values().copied().max().flatten(), documents },
                )
            })
            .collect();
        Self { site: municipalities.values().filter_map(|of| of.newest).max(), municipalities }
    }

    /// The day on which a page last changed.
    fn day_of(&self, path: &str) -> Option<String> {
        let mut parts = path.split('/');
        let first = parts.next().unwrap_or_default();
        if UNDATED.contains(&first) {
            return None;
        }
        let Some(municipality) = self.municipalities.get(first) else {
            return self.site.map(|day| day.iso());
        };
        let Some(document) = parts.next().and_then(|dir| municipality.documents.get(dir)) else {
            return municipality.newest.map(|day| day.iso());
        };
        match (parts.next(), parts.next()) {
            // What is frozen changed last when it was published.
            (Some("v"), Some(day)) if day.starts_with(|c: char| c.is_ascii_digit()) => Some(day.to_owned()),
            (Some("compare"), Some(days)) => days.split("..").max().map(str::to_owned),
            _ => document.map(|day| day.iso()),
        }
    }
}

fn last_change(digest: &AssessmentDigest) -> Option<CivilDate> {
    digest.published.max(digest.last_change())
}

/// The addresses of a site.
pub struct Sitemap<'a> {
    base: &'a str,
    paths: &'a [&'a str],
    changes: &'a LastChanges<'a>,
    /// What stands in each file.
    parts: Vec<Range<usize>>,
}

impl<'a> Sitemap<'a> {
    /// The sitemap of the pages at these paths below an address that ends in `/`.
    pub fn new(base: &'a str, paths: &'a [&'a str], changes: &'a LastChanges<'a>) -> Self {
        // Every byte of a path may take three in an address.
        let size = |path: &&str| base.len() + path.len() * 3 + AROUND;
        let parts = parts(paths.iter().map(size), MOST_ADDRESSES, MOST_BYTES - AROUND * 2);
        Self { base, paths, changes, parts }
    }

    /// The files by their paths: `sitemap.xml` with all addresses, or with the names of the files that have them.
    ///
    /// They are made one by one, as all together may be more than fits in memory.
    pub fn files(&self) -> impl Iterator<Item = (String, String)> {
        let is_split = self.parts.len() > 1;
        let index = is_split.then(|| (name(0), self.index()));
        let files = self.parts.iter().enumerate().map(move |(at, part)| {
            (name(if is_split { at + 1 } else { 0 }), self.file(&self.paths[part.clone()]))
        });
        files.chain(index)
    }

    fn index(&self) -> String {
        let mut xml = format!("{HEAD}<sitemapindex xmlns=\"{NAMESPACE}\">\n");
        for number in 1..=self.parts.len() {
            let _ = writeln!(xml, "<sitemap><loc>{}</loc></sitemap>", self.address(&name(number)));
        }
        xml.push_str("</sitemapindex>\n");
        xml
    }

    fn file(&self, paths: &[&str]) -> String {
        let mut xml = format!("{HEAD}<urlset xmlns=\"{NAMESPACE}\">\n");
        for path in paths {
            let _ = write!(xml, "<url><loc>{}</loc>", self.address(path.trim_end_matches("index.html")));
            if let Some(day) = self.changes.day_of(path) {
                let _ = write!(xml, "<lastmod>{day}</lastmod>");
            }
            xml.push_str("</url>\n");
        }
        xml.push_str("</urlset>\n");
        xml
    }

    /// The full address of a path, as it stands in XML.
    fn address(&self, path: &str) -> String {
        let mut address = String::with_capacity(self.base.len() + path.len());
        escape(self.base, &mut address);
        for byte in path.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                    address.push(char::from(byte));
                }
                _ => {
                    let _ = write!(address, "%{byte:02X}");
                }
            }
        }
        address
    }
}

fn name(number: usize) -> String {
    if number == 0 { "sitemap.xml".to_owned() } else { format!("sitemap-{number}.xml") }
}

/// Cuts a list into pieces that hold neither too many entries nor too many bytes; one piece, if an empty one, at least.
fn parts(sizes: impl Iterator<Item = usize>, most: usize, most_bytes: usize) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let (mut start, mut at, mut bytes) = (0, 0, 0);
    for size in sizes {
        if at > start && (at - start == most || bytes + size > most_bytes) {
            parts.push(start..at);
            (start, bytes) = (at, 0);
        }
        at += 1;
        bytes += size;
    }
    parts.push(start..at);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changes() -> LastChanges<'static> {
        let day = |day| CivilDate::from_ymd(2024, 4, day);
        let documents = BTreeMap::from([("1-a", day(1)), ("2-b", None)]);
        let of = OfMunicipality { newest: day(1), documents };
        LastChanges { site: day(3), municipalities: BTreeMap::from([("019984", of)]) }
    }

    #[test]
    fn days_are_those_of_the_documents() {
        let changes = changes();
        let day = |path: &str| changes.day_of(path);
        let some = |day: &str| Some(day.to_owned());
        assert_eq!(day("index.html"), some("2024-04-03"));
        assert_eq!(day("019984/index.html"), some("2024-04-01"));
        assert_eq!(day("019984/changes/2022/index.html"), some("2024-04-01"));
        assert_eq!(day("019984/1-a/items/ii-3/index.html"), some("2024-04-01"));
        assert_eq!(day("019984/1-a/v/2020-07-31/index.html"), some("2020-07-31"));
        assert_eq!(day("019984/1-a/v/index.html"), some("2024-04-01"));
        assert_eq!(day("019984/1-a/compare/2020-07-31..2021-10-27/index.html"), some("2021-10-27"));
        assert_eq!(day("019984/2-b/index.html"), None);
        assert_eq!(day("glossary/index.html"), None);
    }

    #[test]
    fn a_small_site_is_one_file_with_whole_addresses() {
        let changes = changes();
        let paths = ["019984/2-b&c 見/index.html", "index.html"];
        let sitemap = Sitemap::new("https://pia.example/h?a=1&b=", &paths, &changes);
        let files: Vec<_> = sitemap.files().collect();
        assert_eq!(files.len(), 1);
        let (path, xml) = &files[0];
        assert_eq!(path, "sitemap.xml");
        assert!(xml.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns="), "{xml}");
        assert!(
            xml.contains("<loc>https://pia.example/h?a=1&amp;b=019984/2-b%26c%20%E8%A6%8B/</loc>"),
            "{xml}"
        );
        assert!(xml.contains("b=</loc><lastmod>2024-04-03</lastmod></url>"), "{xml}");
    }

    #[test]
    fn a_large_site_is_split() {
        let many: Vec<_> = (0..=MOST_ADDRESSES).map(|n| format!("causes/{n}/index.html")).collect();
        let paths: Vec<_> = many.iter().map(String::as_str).collect();
        let changes = changes();
        let sitemap = Sitemap::new("https://pia.example/", &paths, &changes);
        let files: BTreeMap<_, _> = sitemap.files().collect();
        let names: Vec<_> = files.keys().map(String::as_str).collect();
        assert_eq!(names, ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]);
        assert_eq!(files["sitemap-1.xml"].matches("<url>").count(), MOST_ADDRESSES);
        assert_eq!(files["sitemap-2.xml"].matches("<url>").count(), 1);
        assert!(files["sitemap.xml"].contains("<loc>https://pia.example/sitemap-2.xml</loc>"));
    }

    #[test]
    fn pieces_hold_neither_too_many_entries_nor_too_many_bytes() {
        let cut = |sizes: &[usize], most, bytes| parts(sizes.iter().copied(), most, bytes);
        assert_eq!(cut(&[], 2, 10), vec![Range { start: 0, end: 0 }]);
        assert_eq!(cut(&[1, 1, 1], 2, 10), [0..2, 2..3]);
        assert_eq!(cut(&[6, 5, 5, 20, 1], 9, 10), [0..1, 1..3, 3..4, 4..5]);
    }
}
