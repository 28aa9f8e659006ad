//! Some neighbouring documents as one long row of characters, with the positions of every gram.

use std::ops::Range;

use serde::Serialize;

use super::shards::Shards;
use super::texts::ReadEntry;
use super::{FIELD, Filed, Item, Mark, ScriptFile, normalise, number};

/// Bytes of text that a segment takes in before the next one begins. More would make the lists of common grams long; fewer would
/// spread a rare word over more files.
pub const CAPACITY: usize = 900_000;
/// Bytes of the documents in the head of a segment; the names of its lists come on top.
const HEAD: usize = 16 * 1024;
/// Bytes of a document in the head besides its names and numbers: the mark, the number of items, quotes and commas.
const AROUND: usize = 40;
/// Signs of the start of a piece.
const START: usize = 3;

/// A gram as a number: its characters, the second one raised by one, or none.
type Gram = u64;

const SHIFT: u32 = 21;
/// More than the greatest character.
const CHARACTERS: usize = 0x11_0000;

/// One character.
fn single(c: char) -> Gram {
    u64::from(u32::from(c)) << SHIFT
}

/// Two neighbouring ones.
fn double(a: char, b: char) -> Gram {
    single(a) | (u64::from(u32::from(b)) + 1)
}

/// The characters of a gram.
pub(super) fn text_of(gram: Gram) -> String {
    let sign = |number: u64| u32::try_from(number).ok().and_then(char::from_u32);
    let second = (gram & ((1 << SHIFT) - 1)).checked_sub(1).and_then(sign);
    sign(gram >> SHIFT).into_iter().chain(second).collect()
}

/// Which documents go together: neighbours, until a segment or its head is full.
pub fn parted(documents: &[Filed]) -> Vec<Range<usize>> {
    let mut segments: Vec<Range<usize>> = Vec::new();
    let (mut size, mut head) = (0, 0);
    for (at, document) in documents.iter().enumerate() {
        let fits = size + document.size <= CAPACITY && head + document.head <= HEAD;
        match segments.last_mut().filter(|_| fits) {
            Some(segment) => segment.end = at + 1,
            None => {
                segments.push(at..at + 1);
                (size, head) = (0, 0);
            }
        }
        size += document.size;
        head += document.head;
    }
    segments
}

/// Bytes that a document takes in the head of its segment. What is normalised has no more signs than the text has bytes.
pub(super) fn in_head(items: &[Item], filed: &Filed) -> usize {
    let mut numbers = String::new();
    let mut places = Vec::new();
    for item in items {
        number::push(&mut numbers, length(item.label.len() + item.text.len() + 2));
        number::push(&mut numbers, length(item.label.len() + 1));
        run(&mut places, length(item.place));
    }
    let names = serde_json::to_string(&(&filed.dir, &filed.title)).map_or(0, |names| names.len());
    AROUND + names + numbers.len() + written(&places).len() + filed.pieces * START
}

/// A segment, ready to be written.
#[derive(Debug)]
pub struct Segment {
    /// Mark of its content.
    pub mark: String,
    /// Its head and its lists.
    pub files: Vec<ScriptFile>,
    /// Of each gram the documents of the segment and how many of their items have it, in the order of grams and documents.
    pub counts: Vec<(Gram, u32, u32)>,
}

/// A document in the head of a segment: directory, title, mark of its texts, number of items, runs of places, starts of pieces.
#[derive(Debug, Serialize)]
struct DocumentHead<'d>(&'d str, &'d str, &'d str, usize, String, String);

/// The head of a segment.
#[derive(Debug, Serialize)]
struct SegmentHead<'d> {
    documents: Vec<DocumentHead<'d>>,
    /// The number of characters of each item, its two ends included.
    lengths: String,
    /// Where the value of each item begins.
    values: String,
    /// The first name in each file of lists.
    lists: Vec<String>,
}

/// The row of characters while it grows.
#[derive(Default)]
struct Row {
    signs: Vec<char>,
    /// The item at each place.
    item_at: Vec<u32>,
    /// The document of each item.
    documents: Vec<u32>,
    lengths: String,
    values: String,
}

impl Segment {
    /// Indexes documents, each with its pieces.
    pub fn new(documents: &[(&Filed, Vec<Vec<ReadEntry>>)]) -> Self {
        let mut row = Row::default();
        let heads: Vec<_> = (0_u32..)
            .zip(documents)
            .map(|(number, (filed, pieces))| row.document(number, filed, pieces))
            .collect();
        let occurrences = row.occurrences();
        let mut lists: Vec<(Gram, String)> = Vec::new();
        let mut counts = Vec::new();
        for group in occurrences.chunk_by(|a, b| a.0 == b.0) {
            let positions: Vec<u32> = group.iter().map(|(_, at)| *at).collect();
            let Some((gram, _)) = group.first() else { continue };
            row.count(*gram, &positions, &mut counts);
            lists.push((*gram, number::rising(&positions)));
        }
        let shards = Shards::new(lists.iter().map(|(gram, list)| (text_of(*gram), list.as_str())));
        let head = SegmentHead {
            documents: heads,
            lengths: row.lengths,
            values: row.values,
            lists: shards.starts(),
        };
        let mut mark = Mark::default();
        mark.add(serde_json::to_string(&head).unwrap_or_default().as_bytes());
        for (filed, _) in documents {
            mark.add(filed.code.as_bytes());
        }
        for (_, list) in &lists {
            mark.add(list.as_bytes());
        }
        let mark = mark.name();
        let folder = format!("s/{mark}");
        let mut files = vec![ScriptFile::new(&format!("{folder}/head"), &head)];
        files.extend((0..shards.count()).map(|at| shards.file(&folder, at)));
        Self { mark, files, counts }
    }
}

impl Row {
    fn document<'d>(&mut self, number: u32, filed: &'d Filed, pieces: &[Vec<ReadEntry>]) -> DocumentHead<'d> {
        let (began, first_item) = (self.signs.len(), self.documents.len());
        let mut places: Vec<(u32, u32)> = Vec::new();
        let mut starts = Vec::new();
        let mut item_began = began;
        let mut value_began = began;
        for piece in pieces {
            // The end of an item is written when the next one begins, and no word is found there.
            starts.push(length(self.signs.len() - began));
            for entry in piece {
                if !entry.goes_on {
                    self.close_item(item_began, value_began, first_item);
                    item_began = self.signs.len();
                    self.documents.push(number);
                    run(&mut places, entry.place);
                    self.push(&entry.label);
                    self.end();
                    value_began = self.signs.len();
                }
                self.push(&entry.text);
            }
        }
        self.close_item(item_began, value_began, first_item);
        let items = self.documents.len() - first_item;
        DocumentHead(&filed.dir, &filed.title, &filed.mark, items, written(&places), number::rising(&starts))
    }

    fn close_item(&mut self, began: usize, value: usize, first_item: usize) {
        if self.documents.len() == first_item {
            return;
        }
        self.end();
        number::push(&mut self.lengths, length(self.signs.len() - began));
        number::push(&mut self.values, length(value - began));
    }

    fn push(&mut self, text: &str) {
        self.signs.extend(normalise(text).chars());
        self.place();
    }

    fn end(&mut self) {
        self.signs.push(FIELD);
        self.place();
    }

    /// Notes the item of what was added.
    fn place(&mut self) {
        let item = length(self.documents.len()).saturating_sub(1);
        self.item_at.resize(self.signs.len(), item);
    }

    /// Every gram with every place, sorted; of a single character the first place in each item.
    fn occurrences(&self) -> Vec<(Gram, u32)> {
        let mut all = Vec::with_capacity(self.signs.len() * 2);
        // The number of the last item, from 1, in which each character was seen.
        let mut seen = vec![0_u32; CHARACTERS];
        for (at, (sign, item)) in (0_u32..).zip(self.signs.iter().zip(&self.item_at)) {
            let Some(last) = usize::try_from(u32::from(*sign)).ok().and_then(|c| seen.get_mut(c)) else {
                continue;
            };
            if *sign != FIELD && *last != item + 1 {
                *last = item + 1;
                all.push((single(*sign), at));
            }
        }
        for (at, pair) in (0_u32..).zip(self.signs.windows(2)) {
            if !pair.contains(&FIELD) {
                all.push((double(pair[0], pair[1]), at));
            }
        }
        all.sort_unstable();
        all
    }

    fn count(&self, gram: Gram, positions: &[u32], counts: &mut Vec<(Gram, u32, u32)>) {
        let item = |at: &u32| usize::try_from(*at).ok().and_then(|at| self.item_at.get(at)).copied();
        let mut items: Vec<u32> = positions.iter().filter_map(item).collect();
        items.dedup();
        let document =
            |item: &u32| usize::try_from(*item).ok().and_then(|item| self.documents.get(item)).copied();
        let documents: Vec<u32> = items.iter().filter_map(document).collect();
        for group in documents.chunk_by(|a, b| a == b) {
            counts.push((gram, group.first().copied().unwrap_or_default(), length(group.len())));
        }
    }
}

/// Places as runs: place, number of items.
fn run(runs: &mut Vec<(u32, u32)>, place: u32) {
    match runs.last_mut() {
        Some((last, count)) if *last == place => *count += 1,
        _ => runs.push((place, 1)),
    }
}

fn written(runs: &[(u32, u32)]) -> String {
    let mut out = String::new();
    for (place, count) in runs {
        number::push(&mut out, *place);
        number::push(&mut out, *count);
    }
    out
}

/// A segment is far smaller than four gigabytes.
fn length(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
