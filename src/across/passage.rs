//! Passages of text that stand in several documents: paragraphs and long sentences, compared by their letters.
//!
//! Of a text only numbers stay in memory: what a passage says (a hash of its letters, with the name of its own municipality taken
//! out) and where it stands. The text itself is read again where it is shown.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::form::{self, Slot};

/// Letters of the shortest passage that is compared.
const SHORTEST: usize = 80;

/// A passage of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The same for passages that say the same, apart from marks, blanks, width and the name of the municipality.
    pub key: u64,
    /// The same for passages with the same letters.
    pub exact: u64,
    /// Number of letters.
    pub letters: u32,
    /// The key of the paragraph that a sentence is a part of; the own key of a paragraph.
    pub whole: u64,
    /// The text.
    pub text: String,
}

impl Passage {
    /// What stays in memory of a passage that stands there.
    pub fn seen(&self, place: Place) -> Seen {
        Seen { key: self.key, place, exact: self.exact, letters: self.letters, whole: self.whole }
    }
}

/// A passage that was met: where, and what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seen {
    /// See [`Passage::key`].
    pub key: u64,
    /// Where it stands.
    pub place: Place,
    /// See [`Passage::exact`].
    pub exact: u64,
    /// Number of letters.
    pub letters: u32,
    /// See [`Passage::whole`].
    pub whole: u64,
}

/// Where a passage stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The document, by its position.
    pub document: u32,
    /// The item.
    pub slot: Slot,
}

/// A passage that several documents have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// See [`Passage::key`].
    pub key: u64,
    /// Number of letters.
    pub letters: u32,
    /// Number of municipalities and of documents.
    pub municipalities: usize,
    /// Number of documents.
    pub documents: usize,
    /// Where it stands, each with the hash of its letters, in the order of documents.
    pub places: Vec<(Place, u64)>,
}

/// The passages of a text: paragraphs, and sentences of paragraphs that have several. `own` are names of the municipality.
pub fn passages(text: &str, own: &[&str]) -> Vec<Passage> {
    let mut found = Vec::new();
    for paragraph in paragraphs(text) {
        // What is too short as a paragraph has no sentence that is long enough.
        let Some(whole) = passage(&paragraph, own) else { continue };
        let key = whole.key;
        found.push(whole);
        let sentences = sentences(&paragraph);
        if sentences.len() > 1 {
            let parts = sentences.into_iter().filter_map(|sentence| passage(sentence.trim(), own));
            found.extend(parts.map(|part| Passage { whole: key, ..part }));
        }
    }
    found
}

/// The sentences of a paragraph. A full stop inside brackets ends none.
fn sentences(paragraph: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let (mut start, mut depth) = (0, 0_u32);
    for (at, sign) in paragraph.char_indices() {
        match sign {
            '(' | '（' | '「' | '『' | '［' | '【' => depth += 1,
            ')' | '）' | '」' | '』' | '］' | '】' => depth = depth.saturating_sub(1),
            '。' if depth == 0 => {
                let end = at + sign.len_utf8();
                sentences.push(&paragraph[start..end]);
                start = end;
            }
            _ => {}
        }
    }
    if start < paragraph.len() {
        sentences.push(&paragraph[start..]);
    }
    sentences
}

/// The passage of a text with this key.
pub fn find(text: &str, own: &[&str], key: u64) -> Option<Passage> {
    passages(text, own).into_iter().find(|passage| passage.key == key)
}

/// Lines that an editor wrapped become one paragraph; a line that begins with a mark or follows a full stop is its own.
fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut is_open = false;
    for line in text.lines() {
        let trimmed = behind_heading(line.trim());
        if trimmed.is_empty() {
            is_open = false;
            continue;
        }
        let begins = trimmed.len() < line.trim().len()
            || super::names::unmarked(trimmed).len() < trimmed.len()
            || trimmed.starts_with(['＜', '<', '【', '「', '(', '（', '|', '〔', '［', '[']);
        match paragraphs.last_mut().filter(|last| is_open && !begins && !last.ends_with('。')) {
            Some(last) => last.push_str(trimmed),
            None => paragraphs.push(trimmed.to_owned()),
        }
        is_open = !trimmed.ends_with(['＞', '>', '】', '］', '〕']);
    }
    paragraphs
}

/// A line without the heading in brackets that some have before the text: ＜窓口における措置＞.
fn behind_heading(line: &str) -> &str {
    const LONGEST_HEADING: usize = 40;
    let pairs = [('＜', '＞'), ('<', '>'), ('【', '】'), ('〔', '〕'), ('［', '］')];
    for (open, close) in pairs {
        let Some(inner) = line.strip_prefix(open) else { continue };
        if let Some((heading, rest)) = inner.split_once(close)
            && heading.chars().count() <= LONGEST_HEADING
        {
            return rest.trim_start();
        }
    }
    line
}

fn passage(text: &str, own: &[&str]) -> Option<Passage> {
    if most_letters(text) < SHORTEST {
        return None;
    }
    let letters = letters(text);
    let count = letters.chars().count();
    if count < SHORTEST {
        return None;
    }
    let mut common = letters.clone();
    for name in own.iter().filter(|name| name.chars().count() > 1) {
        if common.contains(name) {
            common = common.replace(name, "");
        }
    }
    for name in ["本市", "当市", "本区", "当区", "本町", "当町", "本村", "当村"] {
        if common.contains(name) {
            common = common.replace(name, "");
        }
    }
    let key = hash(&common);
    Some(Passage {
        key,
        whole: key,
        exact: hash(&letters),
        letters: u32::try_from(count).unwrap_or(u32::MAX),
        text: super::names::unmarked(text).to_owned(),
    })
}

/// No fewer letters than a text has when it is folded; most texts are too short and need no folding.
fn most_letters(text: &str) -> usize {
    /// What folding makes of one sign at most; ㍿ becomes four.
    const LONGEST: usize = 18;
    let is_one = |sign| matches!(sign, '\0'..='~' | '①'..='⑳' | '、'..='〟' | 'ぁ'..='ゖ' | '゠'..='ー' | '一'..='鿿' | '！'..='～');
    text.chars().map(|sign| if is_one(sign) { 1 } else { LONGEST }).sum()
}

fn letters(text: &str) -> String {
    form::letters(&without_notes(text))
}

/// A text without the numbers of notes: （※１）.
fn without_notes(text: &str) -> Cow<'_, str> {
    if !text.contains('※') {
        return Cow::Borrowed(text);
    }
    let mut parts = text.split('※');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c)));
    }
    Cow::Owned(out)
}

/// FNV-1a: the same on every machine.
fn hash(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The passages that documents share, those of the most municipalities first. `municipality` tells which one a document is of.
///
/// A sentence whose paragraph is shared in all the same places is not told again.
pub fn shared(mut seen: Vec<Seen>, municipality: &dyn Fn(u32) -> usize) -> Vec<Shared> {
    seen.sort_unstable();
    let mut groups: BTreeMap<u64, (Shared, BTreeSet<u64>)> = BTreeMap::new();
    for group in seen.chunk_by(|a, b| a.key == b.key) {
        let documents: BTreeSet<u32> = group.iter().map(|seen| seen.place.document).collect();
        if documents.len() < 2 {
            continue;
        }
        let municipalities: BTreeSet<usize> = documents.iter().map(|at| municipality(*at)).collect();
        let mut places: Vec<_> = group.iter().map(|seen| (seen.place, seen.exact)).collect();
        places.dedup_by_key(|(place, _)| *place);
        let key = group[0].key;
        let shared = Shared {
            key,
            letters: group[0].letters,
            municipalities: municipalities.len(),
            documents: documents.len(),
            places,
        };
        let wholes = group.iter().map(|seen| seen.whole).filter(|whole| *whole != key).collect();
        groups.insert(key, (shared, wholes));
    }
    let is_part = |(shared, wholes): &(Shared, BTreeSet<u64>)| {
        wholes.iter().filter_map(|whole| groups.get(whole)).any(|(whole, _)| is_same_places(whole, shared))
    };
    let told: BTreeSet<u64> =
        groups.iter().filter(|(_, group)| !is_part(group)).map(|(key, _)| *key).collect();
    let mut groups: Vec<Shared> = groups.into_values().map(|(shared, _)| shared).collect();
    groups.retain(|shared| told.contains(&shared.key));
    let order = |s: &Shared| {
        (
            std::cmp::Reverse((s.municipalities, s.documents, s.letters)),
            s.places.first().map(|(place, _)| *place),
            s.key,
        )
    };
    groups.sort_by_key(order);
    groups
}

fn is_same_places(a: &Shared, b: &Shared) -> bool {
    a.places.iter().map(|(place, _)| place).eq(b.places.iter().map(|(place, _)| place))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Form;

    const LONG: &str = "窓口で受け付けた申請書は、記載された事項と本人確認書類とを二人の職員が照らし合わせ、合わないときは受け付けずに返すこととし、その日時と理由を台帳に書き留めて係長が毎月確かめる。";

    fn place(document: u32, node: usize) -> Place {
        Place { document, slot: Slot::plain(Form::all()[0].nodes()[node].ix) }
    }

    fn seen(document: u32, node: usize, text: &str, own: &[&str]) -> Vec<Seen> {
        let place = place(document, node);
        let all = passages(text, own).into_iter();
        all.map(|passage| passage.seen(place)).collect()
    }

    #[test]
    fn marks_width_and_the_own_name_do_not_matter() {
        let key = |text: &str, own: &[&str]| passages(text, own)[0].key;
        assert_eq!(key(LONG, &[]), key(&format!("・{}", LONG.replace('、', "，")), &[]));
        let (a, b) = (LONG.replace("窓口", "甲市の窓口"), LONG.replace("窓口", "乙町の窓口"));
        assert_eq!(key(&a, &["甲市"]), key(&b, &["乙町"]));
        let exact = |text: &str, own: &[&str]| passages(text, own)[0].exact;
        assert_ne!(exact(&a, &["甲市"]), exact(&b, &["乙町"]));
        assert_ne!(key(LONG, &[]), key(&LONG.replace("毎月", "毎年"), &[]));
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let wrapped = LONG.replace('、', "、\n");
        assert_eq!(passages(&wrapped, &[])[0].key, passages(LONG, &[])[0].key);
        assert_eq!(paragraphs("甲\n・乙\n丙\n\n丁。\n戊"), ["甲", "・乙丙", "丁。", "戊"]);
        assert_eq!(paragraphs("＜窓口における措置＞\n甲\n【乙】丙"), ["甲", "丙"]);
        assert_eq!(letters("機能（※１）により"), letters("機能により"));
        assert_eq!(passages("短い。", &[]), []);
    }

    #[test]
    fn signs_that_stand_for_several_letters_count_as_those() {
        let text = "㍿".repeat(SHORTEST / 4);
        assert_eq!(passages(&text, &[]).len(), 1);
        assert_eq!(passages(&text, &[])[0].key, passages(&"株式会社".repeat(SHORTEST / 4), &[])[0].key);
        for sign in (0..=0x2FFFF).filter_map(char::from_u32) {
            let sign = sign.to_string();
            assert!(letters(&sign).chars().count() <= most_letters(&sign), "{sign}");
        }
    }

    #[test]
    fn a_sentence_of_a_shared_paragraph_is_told_once() {
        let two = format!("{LONG}{}", LONG.replace("窓口", "電子").replace("二人", "三人"));
        assert_eq!(passages(&two, &[]).len(), 3);
        let all = [seen(0, 1, &two, &[]), seen(1, 1, &two, &[])].concat();
        let groups = shared(all.clone(), &|document| document as usize);
        assert_eq!(groups.len(), 1);
        assert_eq!((groups[0].municipalities, groups[0].documents, groups[0].places.len()), (2, 2, 2));
        // A third document with one of the sentences makes that sentence a group of its own.
        let more = [all, seen(2, 1, LONG, &[])].concat();
        let groups = shared(more, &|document| document as usize);
        assert_eq!(groups.len(), 2);
        assert_eq!(groups[0].documents, 3);
    }

    #[test]
    fn different_paragraphs_of_the_same_places_are_all_told() {
        let other = LONG.replace("窓口", "郵便").replace("二人", "三人");
        let more = format!("{}{other}", LONG.replace("窓口", "電話"));
        let text = format!("{LONG}\n\n{other}\n\n{more}");
        let all = [seen(0, 1, &text, &[]), seen(1, 1, &text, &[])].concat();
        let groups = shared(all, &|document| document as usize);
        let keys: BTreeSet<u64> = groups.iter().map(|group| group.key).collect();
        for paragraph in [LONG, other.as_str(), more.as_str()] {
            let key = passages(paragraph, &[])[0].key;
            // The second paragraph is also a sentence of the third, whose places are the same.
            assert_eq!(keys.contains(&key), paragraph != other, "{paragraph}");
        }
        let text = format!("{LONG}\n\n{other}");
        let all = [seen(0, 1, &text, &[]), seen(1, 1, &text, &[])].concat();
        assert_eq!(shared(all, &|document| document as usize).len(), 2);
    }

    #[test]
    fn a_sentence_of_two_paragraphs_is_told_of_all_its_places() {
        let (a, b) = (LONG.replace("窓口", "電話"), LONG.replace("窓口", "郵便"));
        let (a, b) = (format!("{LONG}{a}"), format!("{LONG}{b}"));
        let all =
            [seen(0, 1, &a, &[]), seen(1, 1, &a, &[]), seen(2, 1, &b, &[]), seen(3, 1, &b, &[])].concat();
        let groups = shared(all, &|document| document as usize);
        assert_eq!(groups.iter().map(|group| group.documents).collect::<Vec<_>>(), [4, 2, 2]);
    }

    #[test]
    fn a_full_stop_inside_brackets_ends_no_sentence() {
        assert_eq!(sentences("甲（乙。丙「丁。」）戊。己"), ["甲（乙。丙「丁。」）戊。", "己"]);
        assert_eq!(sentences("1）甲。乙。"), ["1）甲。", "乙。"]);
    }

    #[test]
    fn what_one_document_repeats_is_not_shared() {
        let all = [seen(0, 1, LONG, &[]), seen(0, 2, LONG, &[])].concat();
        assert_eq!(shared(all, &|_| 0), []);
    }
}
