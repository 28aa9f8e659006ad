//! Lists in files: which gram is in which file follows from the gram, and no file is larger than a limit.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Serialize, Serializer};

use super::{FIELD, ScriptFile};

/// The largest file of lists, in bytes.
pub const LARGEST: usize = 32 * 1024;
/// The size that files of lists stay below as far as chance allows: a query loads several of them.
const AIM: usize = 12 * 1024;
/// A longer list is cut.
const LONGEST: usize = 8 * 1024;
/// Bytes of a file besides its lists.
const AROUND: usize = 64;
/// More files than two to this power are never made.
const MOST_BITS: u32 = 24;

/// A part of a list, as it stands in a file.
#[derive(Debug, PartialEq, Eq)]
enum Part<'l> {
    /// All of it.
    Whole(&'l str),
    /// The first part, and the number of parts.
    First(usize, &'l str),
    /// A later part, under the name of the gram and its number.
    Later(&'l str),
}

impl Serialize for Part<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Whole(list) | Self::Later(list) => serializer.serialize_str(list),
            Self::First(parts, list) => (parts, list).serialize(serializer),
        }
    }
}

/// Lists put into files.
pub struct Shards<'l> {
    /// There are two to this power of them.
    pub bits: u32,
    /// Parts of lists by file, then by name.
    parts: Vec<(u32, String, Part<'l>)>,
}

impl<'l> Shards<'l> {
    /// Decides where the lists go. Their order does not matter.
    pub fn new(lists: impl Iterator<Item = (String, &'l str)>) -> Self {
        let mut parts = Vec::new();
        for (gram, list) in lists {
            add(&mut parts, gram, list);
        }
        let bits = (0..MOST_BITS).find(|bits| fits(&parts, *bits)).unwrap_or(MOST_BITS);
        let mask = (1 << bits) - 1;
        for part in &mut parts {
            part.0 &= mask;
        }
        parts.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        Self { bits, parts }
    }

    /// The number of files.
    pub fn count(&self) -> u32 {
        1 << self.bits
    }

    /// A file; one without lists is empty but there.
    pub fn file(&self, folder: &str, at: u32) -> ScriptFile {
        let data: BTreeMap<&str, &Part<'_>> =
            self.parts[self.range(at)].iter().map(|(_, name, part)| (name.as_str(), part)).collect();
        ScriptFile::new(&format!("{folder}/{at}"), &data)
    }

    fn range(&self, at: u32) -> Range<usize> {
        self.parts.partition_point(|part| part.0 < at)..self.parts.partition_point(|part| part.0 <= at)
    }
}

fn add<'l>(parts: &mut Vec<(u32, String, Part<'l>)>, gram: String, list: &'l str) {
    if list.len() <= LONGEST {
        parts.push((hash(&gram), gram, Part::Whole(list)));
        return;
    }
    // Signs are ASCII, so a list can be cut anywhere.
    let count = list.len().div_ceil(LONGEST);
    for at in 0..count {
        let part = &list[at * LONGEST..list.len().min((at + 1) * LONGEST)];
        let name = if at == 0 { gram.clone() } else { format!("{gram}{FIELD}{at}") };
        let part = if at == 0 { Part::First(count, part) } else { Part::Later(part) };
        parts.push((hash(&name), name, part));
    }
}

fn fits(parts: &[(u32, String, Part<'_>)], bits: u32) -> bool {
    let mask = (1_usize << bits) - 1;
    let mut sizes = vec![AROUND; mask + 1];
    for (hash, name, part) in parts {
        let (Part::Whole(list) | Part::First(_, list) | Part::Later(list)) = part;
        let at = usize::try_from(*hash).unwrap_or_default() & mask;
        // Quotes, colon, comma, and the signs that JSON escapes in a name.
        sizes[at] += name.len() + list.len() + 16;
    }
    // Chance may put several lists of the greatest length together for long; the limit is then all that counts.
    let limit = if bits < 16 { AIM } else { LARGEST };
    sizes.iter().all(|size| *size <= limit)
}

/// A number that scatters names (FNV-1a over characters, mixed once more because the low bits are used).
pub fn hash(name: &str) -> u32 {
    let hash = name.chars().fold(0x811c_9dc5_u32, |hash, c| (hash ^ u32::from(c)).wrapping_mul(0x0100_0193));
    let hash = (hash ^ (hash >> 15)).wrapping_mul(0x2c1b_3c6d);
    hash ^ (hash >> 13)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gram(at: u32) -> String {
        char::from_u32(0x4e00 + at).unwrap().to_string()
    }

    /// Reads a list as the script does.
    fn find(shards: &Shards<'_>, name: &str) -> Option<String> {
        let file = |name: &str| {
            let at = hash(name) & (shards.count() - 1);
            let file = shards.file("x", at);
            ScriptFile::data(&format!("x/{at}"), &file.text).unwrap()[name].take()
        };
        match file(name) {
            serde_json::Value::String(list) => Some(list),
            serde_json::Value::Array(first) => {
                let count = first[0].as_u64().unwrap();
                let mut list = first[1].as_str().unwrap().to_owned();
                for at in 1..count {
                    list.push_str(file(&format!("{name}{FIELD}{at}")).as_str().unwrap());
                }
                Some(list)
            }
            _ => None,
        }
    }

    #[test]
    fn every_list_is_found_and_no_file_is_too_large() {
        let lists: Vec<(String, String)> = (0..3_000)
            .map(|at| (gram(at), "Ab#".repeat(usize::try_from(at % 97 * at % 400).unwrap() + 1)))
            .chain([("長い".to_owned(), "x".repeat(100_001)), ("\"\\".to_owned(), "q".to_owned())])
            .collect();
        let shards = Shards::new(lists.iter().map(|(gram, list)| (gram.clone(), list.as_str())));
        for at in 0..shards.count() {
            assert!(shards.file("x", at).text.len() <= LARGEST);
        }
        for (gram, list) in lists.iter().step_by(7).chain(&lists[3_000..]) {
            assert_eq!(find(&shards, gram).as_ref(), Some(list), "{gram}");
        }
        assert_eq!(find(&shards, "無い"), None);
    }

    #[test]
    fn a_small_site_has_one_file() {
        let shards = Shards::new([("再委".to_owned(), "AB")].into_iter());
        assert_eq!(shards.bits, 0);
        assert_eq!(shards.file("s/x", 0).text, "kohyoSearch(\"s/x/0\",{\"再委\":\"AB\"});\n");
        assert_eq!(Shards::new(std::iter::empty()).count(), 1);
    }

    /// Published files are looked up by it: it never changes.
    #[test]
    fn the_hash_is_fixed() {
        assert_eq!([hash(""), hash("再委"), hash("𠮷a")], [447_806_413, 2_281_184_303, 3_800_921_080]);
    }
}
