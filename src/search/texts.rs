//! The texts of a document in pieces, so that a result is shown with no more text than is around it.

use serde::Serialize;
use serde_json::Value;

use super::normalise::is_attached;
use super::{Item, Mark, ScriptFile, segment};

/// How large a piece becomes, in bytes of what it holds.
const PIECE: usize = 4_000;
/// What an entry has besides its texts.
const AROUND: usize = 24;

/// A document whose texts are written, as far as the index of the site has to remember it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Filed {
    /// 全国地方公共団体コード.
    pub code: String,
    /// Name of its directory.
    pub dir: String,
    /// Name of the 自治体.
    pub municipality: String,
    /// 評価書名.
    pub title: String,
    /// Position of its form among [`super::site::forms`].
    pub form: usize,
    /// Mark of its texts.
    pub mark: String,
    /// Number of pieces.
    pub pieces: usize,
    /// Bytes of all texts.
    pub size: usize,
    /// Bytes that it takes in the head of its segment.
    pub head: usize,
}

/// The files of the texts of a document.
#[derive(Debug)]
pub struct Texts {
    /// The pieces.
    pub files: Vec<ScriptFile>,
    /// What the index of the site remembers.
    pub filed: Filed,
}

/// An item in a piece, or a part of it: number in the document, anchor, reference, label, text, place, and 1 where the text goes on
/// from the piece before.
#[derive(Serialize)]
struct Entry<'i>(usize, &'i str, &'i str, &'i str, &'i str, usize, u8);

/// An item in a piece as it is read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadEntry {
    /// Label.
    pub label: String,
    /// Text.
    pub text: String,
    /// Where it stands.
    pub place: u32,
    /// It goes on from the piece before.
    pub goes_on: bool,
}

impl Texts {
    /// Cuts the texts of a document. Of `filed` the mark and the numbers are still open.
    pub fn new(items: &[Item], filed: Filed) -> Self {
        let mut cutter = Cutter::default();
        items.iter().enumerate().for_each(|(at, item)| cutter.item(at, item));
        cutter.close();
        let mut mark = Mark::default();
        let bodies: Vec<_> =
            cutter.pieces.iter().map(|piece| serde_json::to_string(piece).unwrap_or_default()).collect();
        for body in &bodies {
            mark.add(body.as_bytes());
        }
        let size = items.iter().map(|item| item.text.len() + item.label.len()).sum();
        let filed = Filed { mark: mark.name(), pieces: cutter.pieces.len(), size, ..filed };
        let filed = Filed { head: segment::in_head(items, &filed), ..filed };
        let files = cutter.pieces.iter().enumerate();
        let files = files.map(|(at, piece)| ScriptFile::new(&filed.piece(at), piece)).collect();
        Self { files, filed }
    }
}

impl Filed {
    /// The name of a piece.
    pub fn piece(&self, at: usize) -> String {
        format!("t/{}/{}/{at}-{}", self.code, self.dir, self.mark)
    }

    /// The items in a piece that was written.
    pub fn read(&self, at: usize, script: &str) -> Option<Vec<ReadEntry>> {
        let Value::Array(entries) = ScriptFile::data(&self.piece(at), script)? else { return None };
        entries.into_iter().map(read_entry).collect()
    }
}

fn read_entry(mut entry: Value) -> Option<ReadEntry> {
    let mut text = |at: usize| match entry.get_mut(at)?.take() {
        Value::String(text) => Some(text),
        _ => None,
    };
    let (label, text) = (text(3)?, text(4)?);
    let place = u32::try_from(entry.get(5)?.as_u64()?).ok()?;
    Some(ReadEntry { label, text, place, goes_on: entry.get(6)?.as_u64()? == 1 })
}

/// Puts items into pieces.
#[derive(Default)]
struct Cutter<'i> {
    pieces: Vec<Vec<Entry<'i>>>,
    open: Vec<Entry<'i>>,
    size: usize,
}

impl<'i> Cutter<'i> {
    fn item(&mut self, at: usize, item: &'i Item) {
        let around = item.anchor.len() + item.reference.len() + item.label.len() + AROUND;
        if !self.open.is_empty() && self.size + around + item.text.len() > PIECE {
            self.close();
        }
        let mut rest = item.text.as_str();
        let mut goes_on = 0;
        loop {
            let (now, later) = rest.split_at(cut(rest, PIECE.saturating_sub(around)));
            let entry = Entry(at, &item.anchor, &item.reference, &item.label, now, item.place, goes_on);
            self.open.push(entry);
            self.size += around + now.len();
            if later.is_empty() {
                return;
            }
            self.close();
            (rest, goes_on) = (later, 1);
        }
    }

    fn close(&mut self) {
        if !self.open.is_empty() {
            self.pieces.push(std::mem::take(&mut self.open));
        }
        self.size = 0;
    }
}

/// Where to cut a text so that about `size` bytes are in front and no character is parted from its marks.
fn cut(text: &str, size: usize) -> usize {
    if text.len() <= size {
        return text.len();
    }
    let starts = text.char_indices().filter(|(at, c)| *at > 0 && !is_attached(*c)).map(|(at, _)| at);
    let fitting = starts.clone().take_while(|at| *at <= size).last();
    fitting.or_else(|| starts.clone().next()).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    pub(crate) fn item(text: &str) -> Item {
        Item {
            anchor: "i-1".to_owned(),
            reference: "Ⅰ.1".to_owned(),
            label: "事務".to_owned(),
            place: 2,
            text: text.to_owned(),
        }
    }

    fn filed() -> Filed {
        Filed {
            code: "019984".to_owned(),
            dir: "1-a".to_owned(),
            municipality: "みほん市".to_owned(),
            title: "見本".to_owned(),
            form: 0,
            mark: String::new(),
            pieces: 0,
            size: 0,
            head: 0,
        }
    }

    fn read_back(texts: &Texts) -> Vec<String> {
        let mut items: Vec<String> = Vec::new();
        for (at, file) in texts.files.iter().enumerate() {
            for entry in texts.filed.read(at, &file.text).unwrap() {
                assert_eq!((entry.label.as_str(), entry.place), ("事務", 2));
                match items.last_mut().filter(|_| entry.goes_on) {
                    Some(before) => before.push_str(&entry.text),
                    None => items.push(entry.text),
                }
            }
        }
        items
    }

    proptest! {
        #[test]
        fn every_text_is_read_back_whole(texts in prop::collection::vec("[あ-んが\u{3099}\u{1F}\"\\\\\na-z]{0,30}", 0..12), times in 1_usize..200) {
            let items: Vec<Item> = texts.iter().map(|text| item(&text.repeat(times))).collect();
            let made = Texts::new(&items, filed());
            prop_assert_eq!(read_back(&made), items.iter().map(|i| i.text.clone()).collect::<Vec<_>>());
            prop_assert!(made.files.iter().all(|file| file.text.len() <= super::super::shards::LARGEST));
            prop_assert_eq!(made.filed.pieces, made.files.len());
        }
    }

    #[test]
    fn a_voiced_letter_is_not_cut() {
        let text = format!("{}か\u{3099}", "か".repeat(10));
        assert_eq!(cut(&text, 33), 30);
        assert_eq!(cut("か\u{3099}\u{3099}", 1), 9);
    }
}
