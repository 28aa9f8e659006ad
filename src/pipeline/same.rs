//! Whether a document in the working tree is the one that git remembers.

use std::collections::BTreeSet;

use sha2::{Digest as _, Sha256};

use crate::check::vocabulary::CONSULTATION;
use crate::read::{AssessmentFolder, is_markdown};

const FORM: &str = "assessment.yaml";

/// Begins a file that stands in the history for a large one kept elsewhere (Git LFS).
const POINTER: &[u8] = b"version https://git-lfs.github.com/spec/";
const POINTER_DIGEST: &str = "oid sha256:";

/// Whether a remembered document and the one in a folder are the same. Line ends do not count, because git may change them (autocrlf), and
/// neither do files that git does not know and the document cannot name without being another one, such as `Thumbs.db`.
pub(super) fn same_files(remembered: &AssessmentFolder, now: &AssessmentFolder) -> bool {
    let texts = |folder: &AssessmentFolder| -> BTreeSet<String> {
        folder.names().into_iter().filter(|name| is_text(name)).collect()
    };
    let others = || remembered.names().into_iter().filter(|name| !is_text(name));
    texts(remembered) == texts(now)
        && texts(now)
            .iter()
            .all(|name| text(remembered, name).is_some_and(|old| text(now, name) == Some(old)))
        && others().all(|name| digest(remembered, &name).is_some_and(|old| digest(now, &name) == Some(old)))
}

fn is_text(name: &str) -> bool {
    matches!(name, FORM | "changes.yaml") || is_markdown(name) && !name.contains('/')
}

fn text(folder: &AssessmentFolder, name: &str) -> Option<String> {
    let bytes = folder.bytes(name).ok()?;
    let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
    Some(if name == FORM { without_consultation(&text) } else { text })
}

/// A form without 意見募集: a hearing begins and ends while a version is public, and makes no other version of it.
fn without_consultation(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    let mut blank: Vec<&str> = Vec::new();
    let mut is_inside = false;
    for line in text.lines() {
        let is_key = line.strip_prefix(CONSULTATION).is_some_and(|rest| rest.trim_start().starts_with(':'));
        if is_key {
            is_inside = true;
            blank.clear();
        } else if line.trim().is_empty() {
            blank.push(line);
        } else if is_inside && line.starts_with(' ') {
            blank.clear();
        } else {
            is_inside = false;
            lines.append(&mut blank);
            lines.push(line);
        }
    }
    lines.join("\n")
}

/// SHA-256 of a file, also where only its pointer is remembered.
pub(super) fn digest(folder: &AssessmentFolder, name: &str) -> Option<[u8; 32]> {
    let bytes = folder.bytes(name).ok()?;
    Some(pointed(&bytes).unwrap_or_else(|| Sha256::digest(&bytes).into()))
}

/// Whether a file only says where its contents are kept.
pub(super) fn is_pointer(bytes: &[u8]) -> bool {
    bytes.starts_with(POINTER)
}

/// The digest that a pointer names.
fn pointed(bytes: &[u8]) -> Option<[u8; 32]> {
    let text = std::str::from_utf8(bytes).ok().filter(|_| is_pointer(bytes))?;
    let written = text.lines().find_map(|line| line.strip_prefix(POINTER_DIGEST))?;
    let mut digest = [0; 32];
    for (at, byte) in digest.iter_mut().enumerate() {
        *byte = u8::from_str_radix(written.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hearing_makes_no_other_version() {
        let with = "公表日: 令和7年3月14日\n\n意見募集:\n  開始日: 令和8年12月1日\n\n  説明: |\n    案は\n\n基本情報:\n  事務の名称: 台帳\n";
        let without = "公表日: 令和7年3月14日\n\n基本情報:\n  事務の名称: 台帳\n";
        assert_eq!(without_consultation(with), without_consultation(without));
        let at_the_end = format!("{without}\n意見募集 :\n  宛先: a@example.jp\n");
        assert_eq!(without_consultation(&at_the_end), without_consultation(without));
        for other in ["意見募集について: 一\n", "基本情報:\n  意見募集: 一\n"] {
            assert_eq!(without_consultation(other), other.trim_end());
        }
        assert_ne!(without_consultation("一: 二\n\n三: 四\n"), without_consultation("一: 二\n三: 四\n"));
    }
    use crate::read::Files;

    fn folder(files: &[(&str, &[u8])]) -> (tempfile::TempDir, AssessmentFolder) {
        let dir = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            crate::fs::write(&dir.path().join(name), bytes).unwrap();
        }
        let path = dir.path().to_owned();
        (dir, AssessmentFolder { path, dir: "1-a".to_owned(), number: "1".to_owned(), files: Files::OnDisk })
    }

    fn is_same(one: &[(&str, &[u8])], other: &[(&str, &[u8])]) -> bool {
        let (one, other) = (folder(one), folder(other));
        same_files(&one.1, &other.1)
    }

    #[test]
    fn line_ends_and_strange_files_do_not_count() {
        let stored: &[(&str, &[u8])] = &[("assessment.yaml", b"a: b\nc: d\n"), ("figures/x.png", b"\r\n")];
        assert!(is_same(
            stored,
            &[("assessment.yaml", b"a: b\r\nc: d\r\n"), ("figures/x.png", b"\r\n"), ("Thumbs.db", b"x")]
        ));
        assert!(!is_same(stored, &[("assessment.yaml", b"a: b\nc: e\n"), ("figures/x.png", b"\r\n")]));
        assert!(!is_same(stored, &[("assessment.yaml", b"a: b\nc: d\n"), ("figures/x.png", b"\n")]));
        assert!(!is_same(
            stored,
            &[("assessment.yaml", b"a: b\nc: d\n"), ("figures/x.png", b"\r\n"), ("x.md", b"# a")]
        ));
    }

    #[test]
    fn a_pointer_stands_for_its_file() {
        let digest: Vec<_> = Sha256::digest(b"image").iter().map(|byte| format!("{byte:02x}")).collect();
        let digest = digest.concat();
        let pointer = format!("version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize 5\n");
        let with = |image: &'static [u8]| [("assessment.yaml", b"a".as_slice()), ("x.png", image)];
        let stored = [("assessment.yaml", b"a".as_slice()), ("x.png", pointer.as_bytes())];
        assert!(is_same(&stored, &with(b"image")));
        assert!(!is_same(&stored, &with(b"other")));
    }
}
