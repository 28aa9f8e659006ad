//! Lists in files: in the order of the grams, each file as full as it may be, and none larger than a limit.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::{FIELD, ScriptFile};

/// The largest file of lists, in bytes.
pub const LARGEST: usize = 32 * 1024;
/// The size that files of lists stay below: a query loads several of them.
const AIM: usize = 6 * 1024;
/// A longer list is cut.
const LONGEST: usize = 5 * 1024;
/// Bytes of a file besides its lists.
const AROUND: usize = 64;

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

/// Lists put into files, in the order of their names: which file has a list follows from the first name in each.
pub struct Shards<'l> {
    /// Parts of lists by file.
    files: Vec<Vec<(String, Part<'l>)>>,
}

impl<'l> Shards<'l> {
    /// Decides where the lists go. Their order does not matter.
    pub fn new(lists: impl Iterator<Item = (String, &'l str)>) -> Self {
        let mut parts = Vec::new();
        for (gram, list) in lists {
            add(&mut parts, gram, list);
        }
        // As the script compares texts.
        parts.sort_by(|a, b| a.0.encode_utf16().cmp(b.0.encode_utf16()));
        let mut files = vec![Vec::new()];
        let mut size = AROUND;
        for part in parts {
            let of_part = size_of_part(&part);
            if size + of_part > AIM && size > AROUND {
                files.push(Vec::new());
                size = AROUND;
            }
            size += of_part;
            if let Some(file) = files.last_mut() {
                file.push(part);
            }
        }
        Self { files }
    }

    /// The number of files; one without lists is there.
    pub fn count(&self) -> usize {
        self.files.len()
    }

    /// The first name in each file.
    pub fn starts(&self) -> Vec<String> {
        let first =
            |file: &Vec<(String, Part<'_>)>| file.first().map(|(name, _)| name.clone()).unwrap_or_default();
        self.files.iter().map(first).collect()
    }

    /// A file.
    pub fn file(&self, folder: &str, at: usize) -> ScriptFile {
        let data: BTreeMap<&str, &Part<'_>> =
            self.files.get(at).into_iter().flatten().map(|(name, part)| (name.as_str(), part)).collect();
        ScriptFile::new(&format!("{folder}/{at}"), &data)
    }
}

fn add<'l>(parts: &mut Vec<(String, Part<'l>)>, gram: String, list: &'l str) {
    if list.len() <= LONGEST {
        parts.push((gram, Part::Whole(list)));
        return;
    }
    // Signs are ASCII, so a list can be cut anywhere.
    let count = list.len().div_ceil(LONGEST);
    for at in 0..count {
        let part = &list[at * LONGEST..list.len().min((at + 1) * LONGEST)];
        let name = if at == 0 { gram.clone() } else { format!("{gram}{FIELD}{at}") };
        let part = if at == 0 { Part::First(count, part) } else { Part::Later(part) };
        parts.push((name, part));
    }
}

/// Bytes of a part: quotes, colon, comma, and the signs that JSON escapes in a name.
fn size_of_part((name, part): &(String, Part<'_>)) -> usize {
    let (Part::Whole(list) | Part::First(_, list) | Part::Later(list)) = part;
    name.len() + list.len() + 16
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
            let starts = shards.starts();
            let at = starts
                .partition_point(|start| start.encode_utf16().le(name.encode_utf16()))
                .saturating_sub(1);
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

    /// Many small files cost more time than what is in them.
    #[test]
    fn files_are_full() {
        let lists: Vec<(String, String)> =
            (0..4_000).map(|at| (gram(at), "x".repeat(at as usize % 61))).collect();
        let shards = Shards::new(lists.iter().map(|(gram, list)| (gram.clone(), list.as_str())));
        let sizes: Vec<usize> = (0..shards.count()).map(|at| shards.file("x", at).text.len()).collect();
        assert!(sizes[..sizes.len() - 1].iter().all(|size| *size > AIM * 2 / 3), "{sizes:?}");
        assert!(sizes.iter().all(|size| *size <= AIM), "{sizes:?}");
    }

    #[test]
    fn names_are_in_the_order_of_scripts() {
        // Of these the second is the greater one as a character, and the smaller one in UTF-16.
        let long = "x".repeat(LONGEST - 100);
        let shards = Shards::new(
            [("\u{FF5E}", &long), ("𠮷", &long)]
                .map(|(name, list)| (name.to_owned(), list.as_str()))
                .into_iter(),
        );
        assert_eq!(shards.starts(), ["𠮷", "\u{FF5E}"]);
    }

    #[test]
    fn a_small_site_has_one_file() {
        let shards = Shards::new([("再委".to_owned(), "AB")].into_iter());
        assert_eq!(shards.starts(), ["再委"]);
        assert_eq!(shards.file("s/x", 0).text, "kohyoSearch(\"s/x/0\",{\"再委\":\"AB\"});\n");
        assert_eq!(Shards::new(std::iter::empty()).count(), 1);
    }
}
