//! Findings as SARIF 2.1.0, the format in which code hosting services and editors take the findings of checkers.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::{end_column, item_name, path, title};
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::rules::{Rule, catalogue};

/// Where the schema of the format is published.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// The folder in which the command runs.
const ROOT: &str = "%SRCROOT%";
/// Name and version of the way in which a finding is recognised after the lines around it have moved.
const FINGERPRINT: &str = "kohyo/v1";

/// Findings as one SARIF log; `accepted` are those with a 検査の例外.
pub fn sarif(standing: &[Diagnostic], accepted: &[Diagnostic]) -> String {
    let rules: Vec<_> = catalogue().all().filter(|r| r.is_checked()).collect();
    let mut run = Run {
        index: rules.iter().enumerate().map(|(at, rule)| (rule.code.as_str(), at)).collect(),
        seen: HashMap::new(),
    };
    let results: Vec<_> = standing.iter().chain(accepted).map(|d| run.result(d)).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": driver(&rules) },
            "language": "ja",
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { ROOT: { "description": { "text": "kohyo を実行したフォルダ" } } },
            "invocations": [{ "executionSuccessful": true }],
            "results": results,
        }],
    });
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

fn driver(rules: &[&'static Rule]) -> Value {
    let mut driver = json!({
        "name": env!("CARGO_PKG_NAME"),
        "version": env!("CARGO_PKG_VERSION"),
        "semanticVersion": env!("CARGO_PKG_VERSION"),
    });
    let address = [env!("CARGO_PKG_HOMEPAGE"), env!("CARGO_PKG_REPOSITORY")];
    if let Some(address) = address.into_iter().find(|a| !a.is_empty()) {
        driver["informationUri"] = address.into();
    }
    driver["rules"] = rules.iter().map(|rule| descriptor(rule)).collect();
    driver
}

fn descriptor(rule: &Rule) -> Value {
    let mut descriptor = json!({
        "id": rule.code,
        "name": rule.title,
        "shortDescription": { "text": rule.title },
    });
    let (why, fix) = (rule.why.trim(), rule.fix.trim());
    if !why.is_empty() {
        descriptor["fullDescription"] = json!({ "text": why });
    }
    if !fix.is_empty() {
        descriptor["help"] = json!({ "text": fix, "markdown": help(rule, fix) });
    }
    descriptor["defaultConfiguration"] = json!({ "level": level(rule.severity) });
    descriptor["properties"] = json!({
        "confidence": format!("{:?}", rule.confidence),
        "source": rule.source.trim(),
        "aliases": rule.aliases,
    });
    descriptor
}

fn help(rule: &Rule, fix: &str) -> String {
    let Some(example) = &rule.example else { return fix.to_owned() };
    let fence = |text: &str| format!("```yaml\n{}\n```", text.trim_end());
    format!("{fix}\n\n誤りの例:\n\n{}\n\n正しい例:\n\n{}", fence(&example.wrong), fence(&example.right))
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

struct Run {
    /// Position of every rule.
    index: BTreeMap<&'static str, usize>,
    /// How often a fingerprint was given.
    seen: HashMap<u64, usize>,
}

impl Run {
    fn result(&mut self, diagnostic: &Diagnostic) -> Value {
        let mut result = json!({ "ruleId": diagnostic.code.id() });
        if let Some(at) = self.index.get(diagnostic.code.id()) {
            result["ruleIndex"] = (*at).into();
        }
        result["level"] = level(diagnostic.severity).into();
        result["message"] = json!({ "text": message(diagnostic) });
        let mut location =
            json!({ "physicalLocation": physical(&path(&diagnostic.file), diagnostic.place.as_ref()) });
        if let Some(logical) = logical(diagnostic) {
            location["logicalLocations"] = json!([logical]);
        }
        result["locations"] = json!([location]);
        let related: Vec<_> = diagnostic
            .related
            .iter()
            .enumerate()
            .map(|(at, other)| {
                json!({
                    "id": at + 1,
                    "physicalLocation": physical(&path(&other.file), Some(&other.place)),
                    "message": { "text": other.note },
                })
            })
            .collect();
        if !related.is_empty() {
            result["relatedLocations"] = related.into();
        }
        if let (Some(place), Some(text)) = (&diagnostic.place, &diagnostic.suggestion) {
            result["fixes"] = json!([fix(&path(&diagnostic.file), place, text)]);
        }
        result["partialFingerprints"] = json!({ FINGERPRINT: self.fingerprint(diagnostic) });
        if let Some(reason) = &diagnostic.accepted {
            let suppression = json!({ "kind": "inSource", "status": "accepted", "justification": reason });
            result["suppressions"] = json!([suppression]);
        }
        result
    }

    /// The same for the same finding wherever its line has moved: rule, file, item and row. Where several findings have all of
    /// these in common, they are numbered.
    fn fingerprint(&mut self, diagnostic: &Diagnostic) -> String {
        let mut hash = Hash::new();
        hash.part(diagnostic.code.id());
        hash.part(&diagnostic.file);
        let item = diagnostic.item.as_ref();
        hash.part(
            item.and_then(|i| i.path.as_deref()).or(item.map(|i| i.reference.as_str())).unwrap_or_default(),
        );
        if let Some(row) = &diagnostic.row {
            hash.part(&row.date);
            hash.part(row.path.as_deref().unwrap_or(&row.item));
        }
        let number = self.seen.entry(hash.0).or_default();
        *number += 1;
        format!("{:016x}:{number}", hash.0)
    }
}

/// What is wrong and what to do: a viewer shows nothing else.
fn message(diagnostic: &Diagnostic) -> String {
    let help = diagnostic.help.iter().map(String::as_str);
    std::iter::once(title(diagnostic).as_str()).chain(help).collect::<Vec<_>>().join("\n")
}

fn physical(file: &str, place: Option<&Place>) -> Value {
    let mut physical = json!({ "artifactLocation": artifact(file) });
    if let Some(place) = place {
        physical["region"] = region(place);
    }
    physical
}

fn region(place: &Place) -> Value {
    json!({ "startLine": place.line, "startColumn": place.column, "endColumn": end_column(place) })
}

/// The address of a file: relative to where the command runs, or absolute where the path is.
fn artifact(file: &str) -> Value {
    let file = file.strip_prefix("./").unwrap_or(file);
    let is_drive =
        file.as_bytes().get(1) == Some(&b':') && file.starts_with(|c: char| c.is_ascii_alphabetic());
    let mut location = Map::new();
    if is_drive {
        location.insert("uri".to_owned(), format!("file:///{}:{}", &file[..1], encoded(&file[2..])).into());
    } else if file.starts_with('/') {
        location.insert("uri".to_owned(), format!("file://{}", encoded(file)).into());
    } else {
        location.insert("uri".to_owned(), encoded(file).into());
        location.insert("uriBaseId".to_owned(), ROOT.into());
    }
    location.into()
}

/// A path as a part of a URI: every byte that may not stand there by itself is percent-encoded.
fn encoded(path: &str) -> String {
    path.bytes().fold(String::with_capacity(path.len()), |mut out, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
        out
    })
}

/// The item of the form, by its public id.
fn logical(diagnostic: &Diagnostic) -> Option<Value> {
    let of_row = diagnostic.row.as_ref().and_then(|row| row.path.as_ref());
    let path = diagnostic.item.as_ref()?.path.as_ref().or(of_row)?;
    Some(json!({ "name": item_name(diagnostic), "fullyQualifiedName": path }))
}

fn fix(file: &str, place: &Place, text: &str) -> Value {
    json!({
        "description": { "text": "次のように書けます" },
        "artifactChanges": [{
            "artifactLocation": artifact(file),
            "replacements": [{ "deletedRegion": region(place), "insertedContent": { "text": text } }],
        }],
    })
}

/// FNV-1a: small, and the same on every machine and in every release.
struct Hash(u64);

impl Hash {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// Takes in a text and its end.
    fn part(&mut self, text: &str) {
        for byte in text.bytes().chain([0]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    fn uri(file: &str) -> String {
        artifact(file)["uri"].as_str().unwrap_or_default().to_owned()
    }

    #[test]
    fn addresses_are_uris() {
        assert_eq!(uri("./content/a b.yaml"), "content/a%20b.yaml");
        assert_eq!(uri("content/図.yaml"), "content/%E5%9B%B3.yaml");
        assert_eq!(uri("/srv/100%.yaml"), "file:///srv/100%25.yaml");
        assert_eq!(uri("C:/a.yaml"), "file:///C:/a.yaml");
        assert_eq!(artifact("a.yaml")["uriBaseId"], ROOT);
        assert_eq!(artifact("/a.yaml")["uriBaseId"], Value::Null);
    }

    #[test]
    fn a_fingerprint_does_not_know_the_line_and_numbers_the_same() {
        let found = |line| {
            let place = Place { line, column: 1, excerpt: "x".to_owned(), marked: 0..1 };
            Diagnostic::new(Code::REQUIRED, "a.yaml", "x").at(place).item("Ⅰ.1", "x").path("i.1")
        };
        let mut run = Run { index: BTreeMap::new(), seen: HashMap::new() };
        let mut again = Run { index: BTreeMap::new(), seen: HashMap::new() };
        let first = run.fingerprint(&found(1));
        assert_eq!(again.fingerprint(&found(9)), first);
        let second = run.fingerprint(&found(2));
        assert!(first.ends_with(":1") && second == first.replace(":1", ":2"), "{second}");
        assert_ne!(again.fingerprint(&found(1).path("i.2")), first);
    }
}
