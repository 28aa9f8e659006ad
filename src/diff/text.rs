//! A text made ready for comparing: blocks, sentences, words.
//!
//! Japanese has no blanks between words, but a change of script (漢字, かな, カナ, letters) nearly always is a border between
//! words. Only runs of kanji hold several words (保健福祉部総務課), so every kanji counts as one, and a single kanji weighs
//! too little to be kept alone. A word is compared by its folded spelling; what folds to nothing (blanks, ※, the point of an
//! entry) hangs on a neighbouring word and is never a difference.

use std::collections::HashMap;
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::form::fold;
use crate::markdown::{BlockKind, plain_blocks};

/// One side of a comparison.
pub(super) struct Text {
    /// The texts of its blocks, one after another.
    whole: String,
    pub blocks: Vec<TextBlock>,
    pub words: Vec<Word>,
    /// Its sentences, as ranges of words. None reaches over the end of a block.
    pub sentences: Vec<Range<usize>>,
}

/// A block of a text.
pub(super) struct TextBlock {
    pub kind: BlockKind,
    pub words: Range<usize>,
}

/// A run of one script, a single kanji or a single mark.
pub(super) struct Word {
    /// Equal words have equal keys, on both sides.
    pub key: Key,
    pub script: Script,
    /// What it is worth to the reader that this word is kept.
    pub weight: u32,
    /// Index of its block.
    pub block: usize,
    /// Its bytes in the text, with the blanks after it.
    place: Range<usize>,
}

/// The folded spelling of a word, by its number in [`Spellings`].
pub(super) type Key = u32;

/// What a word is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Kanji,
    Hiragana,
    Katakana,
    /// Letters and digits.
    Letters,
    Open,
    Close,
    /// The end of a sentence.
    Stop,
    /// A comma and the like.
    Separator,
    Mark,
}

/// The folded spellings of both sides.
#[derive(Default)]
pub(super) struct Spellings {
    keys: HashMap<String, Key>,
    spellings: Vec<String>,
}

impl Spellings {
    fn key(&mut self, spelling: String) -> Key {
        if let Some(key) = self.keys.get(&spelling) {
            return *key;
        }
        let key = Key::try_from(self.spellings.len()).unwrap_or(Key::MAX);
        self.spellings.push(spelling.clone());
        self.keys.insert(spelling, key);
        key
    }

    /// The folded spelling.
    pub(super) fn get(&self, key: Key) -> &str {
        self.spellings.get(key as usize).map(String::as_str).unwrap_or_default()
    }
}

impl Text {
    /// Reads Markdown.
    pub(super) fn read(markdown: &str, spellings: &mut Spellings) -> Self {
        let mut text =
            Self { whole: String::new(), blocks: Vec::new(), words: Vec::new(), sentences: Vec::new() };
        for block in plain_blocks(markdown) {
            text.add_block(block.kind, &block.text, spellings);
        }
        text
    }

    /// What stands at a range of words.
    pub(super) fn at(&self, words: Range<usize>) -> &str {
        let Some(words) = self.words.get(words) else { return "" };
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return "" };
        &self.whole[first.place.start..last.place.end]
    }

    /// What a range of words weighs.
    pub(super) fn weight(&self, words: Range<usize>) -> u32 {
        self.words[words].iter().map(|word| word.weight).sum()
    }

    /// The keys of a range of words.
    pub(super) fn keys(&self, words: Range<usize>) -> Vec<Key> {
        self.words[words].iter().map(|word| word.key).collect()
    }

    fn add_block(&mut self, kind: BlockKind, text: &str, spellings: &mut Spellings) {
        let first = self.words.len();
        let base = self.whole.len();
        let block = self.blocks.len();
        self.whole.push_str(text);
        // What stands before the first word belongs to it, what stands after a word to that one.
        let mut start = 0;
        for part in runs(text) {
            let is_point = is_point(&text[part.range.clone()]) && part.range.end < text.trim_end().len();
            // The point of an entry that was typed into running text belongs to what follows, too.
            if is_point && self.words.len() > first && self.begins_entry(&text[part.range.end..]) {
                continue;
            }
            if part.is_silent || (is_point && self.words.len() == first) {
                if let Some(last) = self.words.get_mut(first..).and_then(<[Word]>::last_mut) {
                    last.place.end = base + part.range.end;
                    start = part.range.end;
                }
                continue;
            }
            let spelling = fold(&text[part.range.clone()]);
            self.words.push(Word {
                weight: weight(part.script, &spelling),
                key: spellings.key(spelling),
                script: part.script,
                block,
                place: base + start..base + part.range.end,
            });
            start = part.range.end;
        }
        if self.words.len() == first {
            // Signs that fold to nothing are all there is.
            self.words.push(Word {
                key: spellings.key(text.trim().to_owned()),
                script: Script::Mark,
                weight: 1,
                block,
                place: base..base + text.len(),
            });
        }
        let words = first..self.words.len();
        self.blocks.push(TextBlock { kind, words: words.clone() });
        super::sentences::split(self, words);
    }

    /// Whether an entry, of which this is the text behind its point, begins after the last word.
    fn begins_entry(&self, text: &str) -> bool {
        let Some(last) = self.words.len().checked_sub(1) else { return false };
        let is_after_stop = self.words[last].script == Script::Stop;
        is_after_stop || (self.has_gap_after(last) && text.starts_with(|c: char| !c.is_whitespace()))
    }

    /// Whether a word is written with the point of an entry before it.
    pub(super) fn has_point(&self, word: usize) -> bool {
        self.at(word..word + 1).chars().next().is_some_and(|c| is_point(c.encode_utf8(&mut [0; 4])))
    }

    /// Whether a sentence has both of two words.
    pub(super) fn is_one_sentence(&self, one: usize, other: usize) -> bool {
        let sentence = |word: usize| self.sentences.partition_point(|sentence| sentence.end <= word);
        sentence(one) == sentence(other)
    }

    /// Whether blanks stand after a word.
    pub(super) fn has_gap_after(&self, word: usize) -> bool {
        self.at(word..word + 1).ends_with(char::is_whitespace)
    }

    /// The first character of a word as it is written.
    pub(super) fn sign(&self, word: usize) -> Option<char> {
        self.at(word..word + 1)
            .trim_start_matches(|c: char| c.is_whitespace() || "※・･•".contains(c))
            .chars()
            .next()
    }
}

/// Kanji and foreign words carry the meaning of a sentence; particles and marks are everywhere.
fn weight(script: Script, spelling: &str) -> u32 {
    let length = u32::try_from(spelling.chars().count()).unwrap_or(u32::MAX / 8);
    match script {
        Script::Kanji => 4 * length,
        Script::Katakana | Script::Letters => (3 * length).max(4),
        Script::Hiragana if length > 3 => 2 * length,
        Script::Hiragana => length,
        Script::Open | Script::Close | Script::Stop | Script::Separator | Script::Mark => 1,
    }
}

/// The signs that stand before an entry and say nothing.
pub(super) fn is_point(sign: &str) -> bool {
    matches!(sign, "・" | "･" | "•")
}

/// A part of a block in one script.
struct Run {
    script: Script,
    range: Range<usize>,
    /// Blanks and other signs that fold to nothing.
    is_silent: bool,
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let script = script(c);
        let is_silent = !c.is_alphanumeric() && fold(&text[at..end]).is_empty();
        let next = text[end..].chars().next();
        match runs.as_mut_slice() {
            [.., last] if last.is_silent && is_silent => last.range.end = end,
            [.., last] if !last.is_silent && !is_silent && goes_on(last.script, script, c, next) => {
                last.range.end = end;
            }
            // A blank that someone set between two kana parts no words.
            [.., before, blank] if blank.is_silent && is_kana(script) && before.script == script => {
                before.range.end = end;
                runs.pop();
            }
            _ => runs.push(Run { script, range: at..end, is_silent }),
        }
    }
    runs
}

fn is_kana(script: Script) -> bool {
    matches!(script, Script::Hiragana | Script::Katakana)
}

/// Whether a run goes on with `c`.
fn goes_on(run: Script, script: Script, c: char, next: Option<char>) -> bool {
    if is_combining_mark(c) {
        return true;
    }
    // 1,000 and 1.5 are one number each.
    let is_in_number =
        run == Script::Letters && matches!(c, ',' | '，' | '.' | '．') && next.is_some_and(is_digit);
    (script == run && (is_kana(run) || run == Script::Letters)) || is_in_number
}

fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

fn script(c: char) -> Script {
    match c {
        '一'..='鿿' | '々' | '〆' | '㐀'..='䶿' | '豈'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}' => {
            Script::Kanji
        }
        'ぁ'..='ゖ' | 'ゝ' | 'ゞ' => Script::Hiragana,
        'ァ'..='ヺ' | 'ー' | 'ヽ' | 'ヾ' | 'ｦ'..='ﾟ' => Script::Katakana,
        '(' | '（' | '[' | '［' | '{' | '｛' | '「' | '｢' | '『' | '【' | '〔' | '<' | '＜' | '〈' | '《' => {
            Script::Open
        }
        ')' | '）' | ']' | '］' | '}' | '｝' | '」' | '｣' | '』' | '】' | '〕' | '>' | '＞' | '〉' | '》' => {
            Script::Close
        }
        '。' | '｡' => Script::Stop,
        '、' | '､' | '，' | ',' | '・' | '･' | '|' | '｜' => Script::Separator,
        // Roman numerals and circled numbers stand for themselves.
        'Ⅰ'..='ⅿ' | '\u{2460}'..='\u{24FF}' => Script::Mark,
        c if c.is_alphanumeric() => Script::Letters,
        _ => Script::Mark,
    }
}
