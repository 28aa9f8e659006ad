//! What the script must know of the whole site: which documents have a gram, and the head of all.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};

use super::places::{Chapter, Heading};
use super::segment::text_of;
use super::shards::Shards;
use super::spellings::spellings;
use super::{Filed, Mark, Places, ScriptFile, Segment, number};
use crate::form::Form;

/// Bytes of the values in a file of the head; their names and quotes come on top.
const HEAD: usize = 24 * 1024;

/// The kinds of forms by which results can be narrowed down, each once.
pub fn forms() -> Vec<&'static str> {
    let mut forms = Vec::new();
    for form in Form::all() {
        let kind = form.head.short_title.as_str();
        if !forms.contains(&kind) {
            forms.push(kind);
        }
    }
    forms
}

/// The documents of one gram, written as they come.
#[derive(Debug, Default)]
struct Documents {
    last: u32,
    list: String,
}

/// The index of all documents, which grows segment by segment: of each gram the documents and the numbers of their items.
///
/// It is all that a build keeps in memory of its documents: about two bytes for each gram of each.
#[derive(Debug, Default)]
pub struct SiteIndex {
    grams: BTreeMap<u64, Documents>,
    documents: u32,
    segments: Vec<SegmentFacts>,
}

/// A segment in the head: mark, number of documents.
#[derive(Debug, Clone, Serialize)]
struct SegmentFacts(String, usize);

/// The head of the index, which the page of the search names. It is written in files of a limited size: each holds some fields, and a list that is too
/// long for one goes on in the next.
#[derive(Debug, Serialize)]
pub struct Head<'h> {
    /// Code, name and the forms of the documents, one position of [`forms`] a sign, as `A`, `B` …
    municipalities: Vec<(&'h str, &'h str, String)>,
    forms: Vec<&'static str>,
    chapters: &'static [Chapter],
    headings: &'static [Heading],
    segments: Vec<SegmentFacts>,
    /// Mark of the lists of the whole site.
    site: Option<String>,
    /// The first name in each file of these lists.
    starts: Vec<String>,
    spellings: &'static [Vec<String>],
}

impl SiteIndex {
    /// Adds the next segment, of so many documents.
    pub fn add(&mut self, segment: &Segment, documents: usize) {
        for (gram, document, items) in &segment.counts {
            let entry = self.grams.entry(*gram).or_default();
            let document = self.documents + document;
            number::push(&mut entry.list, document - entry.last);
            number::push(&mut entry.list, *items);
            entry.last = document;
        }
        self.documents += u32::try_from(documents).unwrap_or(u32::MAX);
        self.segments.push(SegmentFacts(segment.mark.clone(), documents));
    }

    /// Gives the files of the whole site, the head last, and returns the paths of the files of the head.
    pub fn finish<E>(
        &self,
        documents: &[Filed],
        mut write: impl FnMut(ScriptFile) -> Result<(), E>,
    ) -> Result<Vec<String>, E> {
        let site = self.is_needed().then(|| {
            let lists = self.grams.iter().map(|(gram, of)| (text_of(*gram), of.list.as_str()));
            (self.mark(), Shards::new(lists))
        });
        if let Some((mark, shards)) = &site {
            for at in 0..shards.count() {
                write(shards.file(&format!("g/{mark}"), at))?;
            }
        }
        let (site, starts) = site.map(|(mark, shards)| (mark, shards.starts())).unzip();
        let head = Head {
            municipalities: municipalities(documents),
            forms: forms(),
            chapters: &Places::all().chapters,
            headings: &Places::all().headings,
            segments: self.segments.clone(),
            site,
            starts: starts.unwrap_or_default(),
            spellings: spellings(),
        };
        let mut paths = Vec::new();
        for part in parts(&head) {
            let mut mark = Mark::default();
            mark.add(serde_json::to_string(&part).unwrap_or_default().as_bytes());
            let file = ScriptFile::new(&format!("head-{}", mark.name()), &part);
            paths.push(file.path.clone());
            write(file)?;
        }
        Ok(paths)
    }

    /// Bytes of the lists that are in memory until all segments are added.
    pub fn kept(&self) -> usize {
        self.grams.values().map(|documents| documents.list.capacity() + size_of::<(u64, Documents)>()).sum()
    }

    /// With one segment it is clear where to look.
    fn is_needed(&self) -> bool {
        self.segments.len() > 1
    }

    fn mark(&self) -> String {
        let mut mark = Mark::default();
        for (gram, documents) in &self.grams {
            mark.add(&gram.to_le_bytes());
            mark.add(documents.list.as_bytes());
        }
        mark.name()
    }
}

/// The fields of the head, some in each file.
fn parts(head: &Head<'_>) -> Vec<Map<String, Value>> {
    let mut parts = vec![Map::new()];
    let mut size = 0;
    let Ok(Value::Object(fields)) = serde_json::to_value(head) else { return parts };
    for (name, value) in fields {
        let (is_list, values) = match value {
            Value::Array(list) => (true, list),
            value => (false, vec![value]),
        };
        if let (true, Some(part)) = (is_list, parts.last_mut()) {
            part.insert(name.clone(), Value::Array(Vec::new()));
        }
        for value in values {
            let length = value.to_string().len() + 1;
            if size + length > HEAD {
                parts.push(Map::new());
                size = 0;
            }
            size += length;
            let Some(part) = parts.last_mut() else { continue };
            match part.entry(name.clone()).or_insert_with(|| Value::Array(Vec::new())) {
                Value::Array(list) if is_list => list.push(value),
                field => *field = value,
            }
        }
    }
    parts
}

/// The municipalities with the forms of their documents, which are sorted by municipality.
fn municipalities(documents: &[Filed]) -> Vec<(&str, &str, String)> {
    let groups = documents.chunk_by(|a, b| a.code == b.code);
    let sign =
        |document: &Filed| u8::try_from(document.form).map_or('A', |form| char::from(b'A' + form.min(25)));
    groups
        .filter_map(|group| {
            let first = group.first()?;
            Some((first.code.as_str(), first.municipality.as_str(), group.iter().map(sign).collect()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::Item;
    use super::super::segment::parted;
    use super::super::shards::LARGEST;
    use super::super::texts::{ReadEntry, Texts};
    use super::*;

    fn filed(at: usize, size: usize) -> Filed {
        Filed {
            code: format!("{:06}", at / 10),
            dir: format!("{at}-a"),
            municipality: "みほん市".to_owned(),
            title: "見本".to_owned(),
            form: at % 3,
            mark: "m".to_owned(),
            pieces: 1,
            size,
            head: 0,
        }
    }

    fn entry(text: &str) -> ReadEntry {
        ReadEntry { label: "題".to_owned(), text: text.to_owned(), place: 1, goes_on: false }
    }

    fn data(files: &[ScriptFile], path: &str) -> Value {
        let file = files.iter().find(|file| file.path == path).unwrap();
        ScriptFile::data(path.strip_suffix(".js").unwrap(), &file.text).unwrap()
    }

    #[test]
    fn documents_are_parted_when_a_segment_is_full() {
        let sizes = [400_000, 500_000, 1, 2_000_000, 5].into_iter().enumerate();
        let documents: Vec<_> = sizes.map(|(at, size)| filed(at, size)).collect();
        assert_eq!(parted(&documents), [0..2, 2..3, 3..4, 4..5]);
        assert!(parted(&[]).is_empty());
    }

    /// Of many short items the head says more than their texts do.
    #[test]
    fn the_head_of_a_segment_of_short_items_is_no_large_file() {
        let item = |at: usize| Item {
            anchor: format!("i-{at}"),
            reference: "Ⅰ".to_owned(),
            label: "有無".to_owned(),
            place: 100 + at % 7,
            text: "有".to_owned(),
        };
        let items: Vec<_> = (0..60).map(item).collect();
        let texts: Vec<_> = (0..400).map(|at| Texts::new(&items, filed(at, 0))).collect();
        let documents: Vec<_> = texts.iter().map(|texts| texts.filed.clone()).collect();
        let segments = parted(&documents);
        let heads: Vec<usize> = segments
            .iter()
            .map(|range| {
                let read = |texts: &Texts| {
                    let pieces = texts.files.iter().enumerate();
                    pieces.map(|(at, file)| texts.filed.read(at, &file.text).unwrap()).collect()
                };
                let members: Vec<_> =
                    texts[range.clone()].iter().map(|texts| (&texts.filed, read(texts))).collect();
                Segment::new(&members).files[0].text.len()
            })
            .collect();
        assert!(heads.iter().all(|head| *head <= LARGEST), "{heads:?}");
        assert!(heads[..heads.len() - 1].iter().all(|head| *head > LARGEST / 3), "{heads:?}");
    }

    #[test]
    fn positions_and_counts_are_those_of_the_texts() {
        let filed = filed(0, 10);
        let pieces = vec![
            vec![entry("甲乙\u{1F}甲"), ReadEntry { goes_on: false, ..entry("乙") }],
            vec![ReadEntry { goes_on: true, ..entry("甲乙") }],
        ];
        let segment = Segment::new(&[(&filed, pieces)]);
        let shard = data(&segment.files, &format!("s/{}/0.js", segment.mark));
        // 題|甲乙|甲|題|乙甲乙|, a bar where a field ends.
        assert_eq!(number::read(shard["甲乙"].as_str().unwrap()), [2, 8]);
        assert_eq!(shard["題甲"], Value::Null);
        let counted = segment.counts.iter().find(|(gram, ..)| text_of(*gram) == "甲乙");
        assert_eq!(counted.map(|(_, document, items)| (*document, *items)), Some((0, 2)));
        let head = data(&segment.files, &format!("s/{}/head.js", segment.mark));
        assert_eq!(number::read(head["lengths"].as_str().unwrap()), [7, 6]);
        assert_eq!(number::read(head["values"].as_str().unwrap()), [2, 2]);
        let document = &head["documents"][0];
        assert_eq!(document[3], 2);
        assert_eq!(number::read(document[4].as_str().unwrap()), [1, 2]);
        assert_eq!(number::read(document[5].as_str().unwrap()), [0, 10]);
    }

    #[test]
    fn a_common_gram_of_ten_thousand_documents_stays_in_small_files() {
        let mut index = SiteIndex::default();
        let documents: Vec<_> = (0..10_000).map(|at| filed(at, 1)).collect();
        for group in documents.chunks(20) {
            let texts = || vec![(0..40).map(|_| entry("個人情報")).collect::<Vec<_>>()];
            let members: Vec<_> = group.iter().map(|filed| (filed, texts())).collect();
            index.add(&Segment::new(&members), group.len());
        }
        let mut files = Vec::new();
        let heads = index
            .finish::<()>(&documents, |file| {
                files.push(file);
                Ok(())
            })
            .unwrap();
        assert!(files.len() > 4 && heads.len() > 1, "{heads:?}");
        assert!(heads.iter().all(|head| files.iter().any(|file| file.path == *head)));
        assert!(files.iter().map(|file| file.text.len()).max().unwrap() <= LARGEST);
        let parts: Vec<_> = heads.iter().map(|head| data(&files, head)).collect();
        let all = |name: &str| -> Vec<_> {
            parts.iter().filter_map(|part| part[name].as_array()).flatten().cloned().collect()
        };
        assert_eq!(all("municipalities").len(), 1_000);
        assert_eq!(all("segments").len(), 500);
        assert_eq!(parts.iter().filter(|part| part["site"].is_string()).count(), 1);
    }

    #[test]
    fn one_segment_needs_no_lists_of_the_site() {
        let documents = vec![filed(0, 1), filed(1, 1)];
        let members: Vec<_> = documents.iter().map(|filed| (filed, vec![vec![entry("甲")]])).collect();
        let mut index = SiteIndex::default();
        index.add(&Segment::new(&members), 2);
        let mut files = Vec::new();
        index
            .finish::<()>(&documents, |file| {
                files.push(file);
                Ok(())
            })
            .unwrap();
        assert_eq!(files.len(), 1);
        let head = data(&files, &files[0].path.clone());
        assert_eq!(head["municipalities"][0], serde_json::json!(["000000", "みほん市", "AB"]));
        assert_eq!(head["site"], Value::Null);
    }
}
