//! Every address inside a built site leads somewhere: links and fragments of pages, and the addresses in feeds and data files.

#![allow(clippy::unwrap_used, reason = "tests, in functions of their own")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use regex::Regex;
use support::Sandbox;

/// Where the sites of these tests are published, so that full addresses are inside the site as well.
const BASE: &str = "https://pia.example/hyoka/";

/// A built site: its files, and the ids of its pages.
struct Site {
    files: BTreeMap<String, String>,
    ids: BTreeMap<String, BTreeSet<String>>,
}

impl Site {
    fn read(root: &Path) -> Self {
        let name = |path: &Path| path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
        let text = |path: &Path| String::from_utf8_lossy(&kohyo::fs::read(path).unwrap()).into_owned();
        let all = kohyo::fs::files_below(root).unwrap();
        let files: BTreeMap<_, _> = all.iter().map(|path| (name(path), text(path))).collect();
        let id = Regex::new(r#"\sid=(?:"([^"]*)"|([^\s>"]+))"#).unwrap();
        let ids = |html: &str| {
            id.captures_iter(html).map(|c| decoded(c.get(1).or(c.get(2)).unwrap().as_str())).collect()
        };
        let pages = files.iter().filter(|(path, _)| is_page(path));
        let ids = pages.map(|(path, html)| (path.clone(), ids(html))).collect();
        Self { files, ids }
    }

    /// What is wrong with an address in a file; none where it leads somewhere or out of the site.
    fn fault(&self, from: &str, address: &str) -> Option<String> {
        let address = decoded(address);
        let path = match address.strip_prefix(BASE) {
            Some(inside) => inside.to_owned(),
            None if address.contains("://")
                || address.starts_with("mailto:")
                || address.starts_with("urn:") =>
            {
                return None;
            }
            None => resolved(from, &address)?,
        };
        let (path, fragment) = path.split_once('#').unwrap_or((&path, ""));
        let path = path.split('?').next().unwrap_or_default();
        let file = file_of(path);
        if !self.files.contains_key(&file) {
            return Some(format!("{from}: {address}: there is no {file}"));
        }
        let is_there = fragment.is_empty() || self.ids.get(&file).is_some_and(|ids| ids.contains(fragment));
        (!is_there).then(|| format!("{from}: {address}: no such id in {file}"))
    }

    /// Asserts that every address leads somewhere; returns how many were looked at.
    #[track_caller]
    fn assert_sound(&self) -> usize {
        let html = Regex::new(r#"\s(?:xlink:)?(?:href|src)=(?:"([^"]*)"|([^\s>"]+))"#).unwrap();
        let xml = Regex::new(r#"(?:href|uri)="([^"]*)""#).unwrap();
        let calendar = Regex::new(r"\nURL:([^\r\n]+)").unwrap();
        let data = Regex::new(r#""(?:url|feed_url|home_page_url)":\s*"([^"]*)""#).unwrap();
        let (mut count, mut faults) = (0, Vec::new());
        // The server shows this page at any address, so its links begin at the host.
        for (path, text) in self.files.iter().filter(|(path, _)| *path != "404.html") {
            let expression = match Path::new(path).extension().and_then(|e| e.to_str()) {
                Some("html") => &html,
                Some("atom") => &xml,
                Some("json") => &data,
                Some("ics") => &calendar,
                _ => continue,
            };
            // Lines of a calendar are folded.
            let text = text.replace("\r\n ", "");
            for found in expression.captures_iter(&text) {
                count += 1;
                let address = found.get(1).or(found.get(2)).unwrap().as_str();
                faults.extend(self.fault(path, address));
            }
        }
        assert!(
            faults.is_empty(),
            "{} of {count}:\n{}",
            faults.len(),
            faults[..faults.len().min(30)].join("\n")
        );
        count
    }

    /// Asserts that every link to a change leads to it in full, and not to a line that leads there; returns how many
    /// links were looked at.
    #[track_caller]
    fn assert_links_lead_to_texts(&self) -> usize {
        let link = Regex::new(r#"\shref=(?:"([^"]*)"|([^\s>"]+))"#).unwrap();
        let mut count = 0;
        for (path, html) in self.files.iter().filter(|(path, _)| is_page(path)) {
            let addresses = link.captures_iter(html).map(|c| c.get(1).or(c.get(2)).unwrap().as_str());
            for address in addresses.filter(|address| address.contains("#c-")) {
                count += 1;
                let target = resolved(path, &decoded(address)).unwrap();
                let (page, id) = target.split_once('#').unwrap();
                let page = self.files[&file_of(page)].replace('"', "");
                let is_entry = |tag: &str| {
                    tag.starts_with("article ") && tag.split(' ').any(|part| part == format!("id={id}"))
                };
                let mut tags = page.split('<').filter_map(|rest| rest.split('>').next());
                assert!(tags.any(is_entry), "{path}: {address} is not the change itself");
            }
        }
        count
    }
}

/// The file that a server sends for a path.
fn file_of(path: &str) -> String {
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}

fn is_page(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|e| e == "html")
}

fn decoded(text: &str) -> String {
    text.replace("&#x2F;", "/").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}

/// A relative address as a path below the root; none for one that leaves the site.
fn resolved(from: &str, address: &str) -> Option<String> {
    if address.starts_with('#') {
        return Some(format!("{from}{address}"));
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    let (path, fragment) = address.split_once('#').map_or((address, None), |(p, f)| (p, Some(f)));
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    // `a/b/..` and `a/b/.` name folders.
    let mut path = parts.join("/");
    if address.ends_with("..") || address.ends_with('.') {
        path.push('/');
    }
    Some(fragment.map_or(path.clone(), |fragment| format!("{path}#{fragment}")))
}

fn built(sandbox: &Sandbox, more: &[&str]) -> Site {
    let arguments = [&["build", "--as-of", "2026-11-20", "--base-url", BASE], more].concat();
    let run = sandbox.run(&arguments);
    assert_eq!(run.code, 0, "{}", run.stderr);
    Site::read(&sandbox.root().join("public"))
}

#[test]
fn addresses_are_resolved_as_a_browser_does() {
    let all = [
        ("a/b/index.html", "../", "a/"),
        ("a/b/index.html", "../c/#d", "a/c/#d"),
        ("a/b/index.html", "#d", "a/b/index.html#d"),
        ("index.html", "./", ""),
        ("a/index.html", "x.json", "a/x.json"),
    ];
    for (from, address, path) in all {
        assert_eq!(resolved(from, address).as_deref(), Some(path), "{from} {address}");
    }
    assert_eq!(resolved("index.html", "../x"), None);
}

#[test]
fn every_address_of_a_small_site_leads_somewhere() {
    assert!(built(&Sandbox::new(), &[]).assert_sound() > 500);
}

#[test]
fn every_address_of_a_long_timeline_leads_somewhere() {
    let sandbox = Sandbox::new();
    let changes = "019984-mihon/8-kaigo/changes.yaml";
    let mut text = sandbox.text(changes);
    // Three years, one of them too long for a page, and rows without a place or a date.
    for row in 0..420 {
        let (year, month) = ([2, 3, 3, 4][row % 4], row % 9 + 1);
        let item = ["Ⅰ.1.② 事務の内容", "Ⅱ.3.⑧ 使用方法", "委託事項9", "様式にない項目"][row % 4];
        write!(
            text,
            "\n- 変更日: 令和{year}年{month}月1日\n  項目: {item}\n  変更前の記載: |\n    {before}\n  変更後の記載: |\n    {after}\n  提出時期: 事後\n  提出時期に係る説明: 窓口の見直し（{row}）による変更\n",
            before = "窓口で受け付けた申請書を、担当の職員が台帳と照らし合わせて確かめる。".repeat(6),
            after = "電子申請で受け付けた内容を、担当の職員が台帳と照らし合わせて確かめる。".repeat(6),
        )
        .unwrap();
    }
    sandbox.write(changes, text);
    let site = built(&sandbox, &["--allow-errors"]);
    assert!(site.files.contains_key("019984/8-kaigo/changes/2021/index.html"), "{:?}", site.files.keys());
    assert!(site.files.contains_key("019984/8-kaigo/changes/2021-2/index.html"));
    assert!(site.assert_sound() > 5_000);
    assert!(site.assert_links_lead_to_texts() > 500);
    let of_changes = |path: &str| path.contains("/changes/") || path.contains("/items/");
    for (path, html) in site.files.iter().filter(|(path, _)| of_changes(path) && is_page(path)) {
        assert!(path.contains("/table/") || html.len() < 400_000, "{path}: {} bytes", html.len());
    }
}

#[test]
fn every_address_of_imported_documents_leads_somewhere() {
    let Some(sandbox) = Sandbox::imported() else { return };
    assert!(built(&sandbox, &["--allow-errors"]).assert_sound() > 5_000);
}
