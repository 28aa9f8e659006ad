//! Whether a column of a row quotes what stands in the document: in full, in whole sentences, or with parts left out （略）.

use std::collections::BTreeSet;

use crate::compare::reading;
use crate::form::{Form, Node, fold};
use crate::history::{self, Column, Stands, wordings};
use crate::markdown::plain_blocks;
use crate::wareki;

/// How a column of a row agrees with an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Agreement {
    /// It says the same but for width, blanks and marks; or that nothing stands there, and nothing does.
    Equal,
    /// It quotes whole sentences, or leaves out parts and says so.
    Excerpt,
    /// It only says what was done (右記を追加), so there is nothing to compare.
    Instruction,
    /// It says something else.
    Differs {
        /// The first sentence that the item does not have, as written.
        sentence: String,
    },
}

impl Agreement {
    /// Whether the column says nothing that the item does not say.
    pub fn is_agreed(&self) -> bool {
        !matches!(self, Self::Differs { .. })
    }
}

/// Compares a column of a row with the text of an item, or of a whole entry (see [`item_text`](crate::compare::item_text) and
/// [`entry_text`](crate::compare::entry_text)).
pub fn text_agrees(row_text: &str, item_text: &str, form: &Form) -> Agreement {
    if reading::is_same(row_text, item_text) || is_same_answer(row_text, item_text, form) {
        return Agreement::Equal;
    }
    let is_blank = item_text.trim().is_empty() || form.is_not_applicable(item_text) || is_unticked(item_text);
    let stands = [Column::Before, Column::After].map(|column| history::stands(form, column, row_text));
    match stands {
        [Stands::Nothing, _] if is_blank => return Agreement::Equal,
        [Stands::Instruction, _] | [_, Stands::Instruction] => return Agreement::Instruction,
        _ => {}
    }
    let item = Quoted::of(item_text);
    let agreement = quoted(&Quoted::of(row_text), &item);
    if agreement.is_agreed() {
        return agreement;
    }
    match without_labels(form, row_text) {
        Some(bare) => quoted(&Quoted::of(&bare), &item),
        None => agreement,
    }
}

fn quoted(row: &Quoted, item: &Quoted) -> Agreement {
    if row.whole == item.whole {
        return Agreement::Equal;
    }
    // Of nothing but headings and omissions nobody can say what they quote.
    if row.whole.is_empty() {
        return Agreement::Instruction;
    }
    if item.has_whole(&row.whole) {
        return Agreement::Excerpt;
    }
    match row.sentences.iter().find(|sentence| !item.holds(sentence)) {
        None => Agreement::Excerpt,
        Some(sentence) => Agreement::Differs { sentence: sentence.written.clone() },
    }
}

/// Whether both are the same short answer in another form: an option with its number, boxes in print (`[○]紙 [ ]電子`), a number
/// without its unit, a date in another calendar.
fn is_same_answer(row: &str, item: &str, form: &Form) -> bool {
    /// Bytes of the longest list of boxes.
    const LONGEST: usize = 4_000;
    if row.len() > LONGEST || item.len() > LONGEST {
        return false;
    }
    let (of_row, of_item) = (answers(row), answers(item));
    let is_same = of_row == of_item && !of_row.is_empty();
    let mark = fold(&form.head.check_mark);
    let is_ticked =
        || fold(row).trim_matches(['[', ']']) == mark && fold(item).starts_with(&format!("[{mark}]"));
    is_same || is_same_number(row, item) || is_same_date(row, item) || is_ticked()
}

/// Whether a number stands without its unit, or in brackets as the form prints it: `（3）件`.
fn is_same_number(row: &str, item: &str) -> bool {
    /// No unit has more bytes.
    const UNIT: usize = 9;
    let letters = |text: &str| fold(text).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let (row, item) = (letters(row), letters(item));
    let digits = item.trim_end_matches(|c: char| !c.is_ascii_digit());
    let is_number = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit());
    is_number && item.len() - digits.len() <= UNIT && (row == digits || row == item)
}

fn is_same_date(row: &str, item: &str) -> bool {
    let day = |text: &str| wareki::parse(text.trim()).ok().map(|parsed| parsed.date);
    day(row).is_some_and(|row| day(item) == Some(row))
}

/// Whether an item is a box that is not ticked: `[　]委託しない`.
fn is_unticked(item: &str) -> bool {
    fold(item).starts_with("[]") && answers(item).is_empty()
}

/// The answers of a text without numbers of options and without boxes that are not ticked, sorted.
fn answers(text: &str) -> Vec<String> {
    let mut answers = Vec::new();
    for line in text.lines().map(fold) {
        let mut rest = line.as_str();
        let mut is_ticked = true;
        while !rest.is_empty() {
            let end = rest.find('[').unwrap_or(rest.len());
            if is_ticked {
                answers.push(rest[..end].to_owned());
            }
            let Some((inside, behind)) = rest[end..].strip_prefix('[').and_then(|r| r.split_once(']')) else {
                break;
            };
            // The form prints an option in brackets, and a box as brackets.
            let is_box = inside.chars().count() <= 1;
            is_ticked = !inside.is_empty();
            if !is_box {
                answers.push(inside.to_owned());
            }
            rest = behind;
        }
    }
    let mut answers: Vec<String> = answers
        .iter()
        .map(|text| without_number(text.trim_start_matches(['・', '、', ','])).to_owned())
        .filter(|text| !text.is_empty())
        .collect();
    answers.sort_unstable();
    answers
}

/// An option without its number: `2)30万人以上`.
fn without_number(text: &str) -> &str {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.strip_prefix(')').filter(|_| rest.len() < text.len()).unwrap_or(text)
}

/// A text without lines that only name an item of the form, as people write them above it; none where there is none, or nothing
/// else: a label may be the answer itself.
fn without_labels(form: &Form, text: &str) -> Option<String> {
    /// No label has more letters.
    const LONGEST: usize = 80;
    let names = |node: &Node| [fold(&node.heading()), fold(&node.label)];
    let labels: BTreeSet<String> = form.nodes().iter().flat_map(names).collect();
    let is_label = |line: &&str| {
        let folded = fold(line.trim_matches(['#', '*', ' ']));
        let name = folded.trim_end_matches([':', '.']);
        let bare = name.trim_matches(['(', ')', '<', '>', '【', '】', '[', ']']);
        bare.chars().count() <= LONGEST
            && [name, bare, without_mark(bare)].iter().any(|n| labels.contains(*n))
    };
    let kept: Vec<&str> = text.lines().filter(|line| !is_label(line)).collect();
    let is_useful = kept.len() < text.lines().count() && kept.iter().any(|line| !line.trim().is_empty());
    is_useful.then(|| kept.join("\n"))
}

/// A text as it is quoted.
struct Quoted {
    sentences: Vec<Sentence>,
    /// All that it says, without omissions.
    whole: String,
    /// Where sentences begin and end in it.
    bounds: Vec<usize>,
}

/// A sentence or a line.
struct Sentence {
    written: String,
    /// What it says; several parts where something was left out between them.
    parts: Vec<String>,
    is_cut: bool,
}

impl Quoted {
    fn of(text: &str) -> Self {
        let mut quoted = Self { sentences: Vec::new(), whole: String::new(), bounds: vec![0] };
        for block in plain_blocks(text) {
            let mut rest = block.text.as_str();
            while !rest.is_empty() {
                let end = rest.find('。').map_or(rest.len(), |at| at + '。'.len_utf8());
                quoted.add(&rest[..end]);
                rest = &rest[end..];
            }
        }
        quoted
    }

    fn add(&mut self, written: &str) {
        let key = without_mark(&reading::key(written)).to_owned();
        if key.is_empty() {
            return;
        }
        let is_cut = wordings().left_out.is_match(&key);
        let parts: Vec<String> = wordings()
            .left_out
            .split(&key)
            .map(str::to_owned)
            .filter(|part| part.contains(char::is_alphanumeric))
            .collect();
        // What follows the name of an item may be quoted without it.
        if let Some(at) = key.find(':') {
            self.bounds.push(self.whole.len() + at + 1);
        }
        self.whole.push_str(&parts.concat());
        self.bounds.push(self.whole.len());
        self.sentences.push(Sentence { written: written.trim().to_owned(), parts, is_cut });
    }

    /// Whether a text stands here from the beginning of a sentence to the end of one.
    fn has_whole(&self, text: &str) -> bool {
        let is_bound = |at: usize| self.bounds.contains(&at);
        self.whole.match_indices(text).any(|(at, _)| is_bound(at) && is_bound(at + text.len()))
    }

    fn holds(&self, sentence: &Sentence) -> bool {
        if !sentence.is_cut {
            return sentence.parts.iter().all(|part| self.has_whole(part));
        }
        let mut from = 0;
        sentence.parts.iter().all(|part| match self.whole[from..].find(part.as_str()) {
            Some(at) => {
                from += at + part.len();
                true
            }
            None => false,
        })
    }
}

/// A key without the mark of an entry at its beginning: numbers follow the order of a list.
fn without_mark(key: &str) -> &str {
    /// An entry of a list has no more digits.
    const DIGITS: usize = 2;
    let key = key.trim_start_matches(['・', '●', '■', '◆', '▪', '•', '◇', '□']);
    if let Some(rest) = key.strip_prefix(|c| ('①'..='⑳').contains(&c)) {
        return rest;
    }
    let inner = key.strip_prefix('(').unwrap_or(key);
    let rest = inner.trim_start_matches(|c: char| c.is_ascii_digit());
    match rest.strip_prefix(['.', ')']) {
        Some(behind)
            if (1..=DIGITS).contains(&(inner.len() - rest.len()))
                && !behind.starts_with(|c: char| c.is_ascii_digit()) =>
        {
            behind
        }
        _ => key,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agreement(row: &str, item: &str) -> Agreement {
        text_agrees(row, item, Form::with_id("zenkomoku-h30-05").unwrap())
    }

    const ITEM: &str =
        "窓口で受け付ける。\n\n1. 住所を確かめる。\n2. 記録を保管する（3年）。\n\n控えを渡す。";

    #[test]
    fn the_same_text_is_equal() {
        for row in [
            ITEM,
            "窓口で　受け付ける。\n\n・住所を確かめる。\n・記録を保管する（３年）。\n\n**控え**を渡す",
            "窓口で受け付ける。①住所を確かめる。②記録を保管する(3年)。控えを渡す。",
        ] {
            assert_eq!(agreement(row, ITEM), Agreement::Equal, "{row}");
        }
        for (row, item) in [
            ("", ""),
            ("記載なし", ""),
            ("―", "なし"),
            ("3", "３"),
            ("2）10万人以上30万人未満", "10万人以上30万人未満"),
            ("[○]紙　[　]専用線", "・紙"),
            ("・紙\n・専用線", "・専用線\n・紙"),
            ("[○]委託しない", "[○]委託しない"),
            ("○", "[○]委託しない"),
            ("記載なし", "[　]委託しない"),
            ("[ 再委託する ]", "再委託する"),
            ("（３）件", "3件"),
            ("3", "3件"),
            ("2024年4月1日", "令和6年4月1日"),
        ] {
            assert_eq!(agreement(row, item), Agreement::Equal, "{row}");
        }
        for (row, item) in [
            ("[　]紙　[○]専用線", "・紙"),
            ("[○]委託しない", "[　]委託しない"),
            ("13件", "3件"),
            ("令和6年4月", "令和6年4月1日"),
            ("10万人以上", "1万人以上"),
        ] {
            assert!(!agreement(row, item).is_agreed(), "{row}");
        }
    }

    #[test]
    fn whole_sentences_and_omissions_are_excerpts() {
        for row in [
            "控えを渡す。",
            "住所を確かめる。記録を保管する（3年）。",
            "（略）\n控えを渡す。",
            "窓口で…控えを渡す。",
            "使用方法\n控えを渡す。",
            "控えを\n\n渡す。",
        ] {
            assert_eq!(agreement(row, ITEM), Agreement::Excerpt, "{row}");
        }
    }

    #[test]
    fn what_the_item_does_not_say_is_named() {
        let differs = |row: &str| match agreement(row, ITEM) {
            Agreement::Differs { sentence } => sentence,
            other => panic!("{row}: {other:?}"),
        };
        assert_eq!(differs("窓口で受け付ける。控えを渡さない。"), "控えを渡さない。");
        assert_eq!(differs("記録を保管する（5年）。"), "記録を保管する（5年）。");
        assert_eq!(differs("確かめる。"), "確かめる。");
        assert_eq!(differs("記載なし"), "記載なし");
        assert!(!agreement("控えを渡す。", "").is_agreed());
    }

    #[test]
    fn an_instruction_quotes_nothing() {
        for row in ["右記を追加", "項目ごと削除", "左記の下線部を削除"] {
            assert_eq!(agreement(row, ITEM), Agreement::Instruction, "{row}");
        }
        assert_eq!(agreement("右記を追加", ""), Agreement::Instruction);
    }
}
