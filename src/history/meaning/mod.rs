//! What a change row means: which column holds a text and which only says what was done (右記を追加), what kind of change it
//! is, whose explanation 同上 takes over, and where a text went that only moved.

mod above;
mod alike;
mod column;
mod moved;
#[cfg(test)]
mod tests;
mod wordings;

use crate::assessment::{Answers, Change};
use crate::form::Form;
use above::taken_over;
use alike::{is_reordered, key};
pub(crate) use column::is_wording;
use column::{Deed, Instruction, Reading};
pub(crate) use wordings::wordings;

/// One of the two columns of a row that hold texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// 変更前の記載.
    Before,
    /// 変更後の記載.
    After,
}

impl Column {
    /// What stands in the column.
    pub fn of(self, change: &Change) -> &str {
        match self {
            Self::Before => &change.before,
            Self::After => &change.after,
        }
    }

    /// The column beside this one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Before => Self::After,
            Self::After => Self::Before,
        }
    }
}

/// A row as it is meant. Rows are named by their position in [`Assessment::changes`](crate::assessment::Assessment::changes).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meaning {
    /// What happened.
    pub kind: ChangeKind,
    /// Where the text that is gone stands; none where nothing stood there before.
    ///
    /// It is the column 変更後の記載 where the other one says 右記を削除, and both are one column where the other one says 同左.
    pub before: Option<Column>,
    /// Where the new text stands; none where nothing stands there any more.
    pub after: Option<Column>,
    /// Something was left out of the texts （略）, so that they are excerpts.
    pub is_excerpt: bool,
    /// The row whose explanation this one takes over （同上）.
    pub explanation: Option<usize>,
    /// The row to which the text went, or from which it came.
    pub counterpart: Option<usize>,
    /// The row above from which 変更前の記載 takes over what it says （同上）.
    pub before_from: Option<usize>,
    /// The row above from which 変更後の記載 takes over what it says （同上）.
    pub after_from: Option<usize>,
}

impl Meaning {
    /// The row above from which a column takes over what it says; none where it says it itself.
    pub fn taken_from(&self, column: Column) -> Option<usize> {
        match column {
            Column::Before => self.before_from,
            Column::After => self.after_from,
        }
    }

    /// What a column of this row says: its own text, or that of the row above which it takes over.
    pub fn text<'c>(&self, changes: &'c [Change], row: usize, column: Column) -> &'c str {
        column.of(&changes[self.taken_from(column).unwrap_or(row)])
    }

    /// What a column without a text says, most often what was done (右記を追加, 項目ごと削除): shown as written, never compared.
    /// None where it is empty or only says that nothing stands there.
    pub fn told<'c>(&self, change: &'c Change, column: Column) -> Option<&'c str> {
        if [self.before, self.after].contains(&Some(column)) {
            return None;
        }
        let words = column.of(change).trim();
        let is_nothing = || wordings().nothing.is_match(&wordings::bare(words));
        (words.contains(char::is_alphanumeric) && !is_nothing()).then_some(words)
    }
}

/// What a change does to the text of its item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// Nothing stood there before.
    Added,
    /// Nothing stands there any more.
    Removed,
    /// Another text.
    Changed,
    /// The same text at another place, or the same lines in another order.
    Moved,
    /// Only blanks, character widths, the marks of a list or the last full stop differ, or nothing does.
    Notation,
}

impl ChangeKind {
    /// All kinds, in the order in which people are told about them.
    pub const ALL: [Self; 5] = [Self::Added, Self::Changed, Self::Removed, Self::Moved, Self::Notation];

    /// Ascii word for style sheets and data files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Moved => "moved",
            Self::Notation => "notation",
        }
    }
}

/// What the rows of a document mean, in the order of the rows.
pub fn meanings(answers: &Answers, changes: &[Change]) -> Vec<Meaning> {
    let explanations = taken_over(changes, |change| &change.explanation);
    let befores = taken_over(changes, |change| &change.before);
    let afters = taken_over(changes, |change| &change.after);
    let mut drafts: Vec<Draft> = Vec::with_capacity(changes.len());
    for row in 0..changes.len() {
        drafts.push(draft(answers, changes, row, [befores[row], afters[row]], explanations[row]));
    }
    moved::find(answers, changes, &mut drafts);
    drafts.into_iter().map(|draft| draft.meaning).collect()
}

/// What stands in a column by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stands {
    /// Nothing, or words that say so (記載なし).
    Nothing,
    /// Words that only say what was done (右記を追加, 同左).
    Instruction,
    /// A text.
    Text,
}

/// What stands in a column of a row, whatever item it is about.
pub(crate) fn stands(form: &Form, column: Column, text: &str) -> Stands {
    match column::read(form, None, column, text) {
        Reading::Nothing => Stands::Nothing,
        Reading::Done(_) | Reading::Same => Stands::Instruction,
        Reading::Text { .. } => Stands::Text,
    }
}

/// The meaning of a row by itself, before it is compared with the others.
struct Draft {
    meaning: Meaning,
    /// Where it says that its text moved to or came from.
    place: Option<String>,
}

fn draft(
    answers: &Answers,
    changes: &[Change],
    row: usize,
    [before_from, after_from]: [Option<usize>; 2],
    explanation: Option<usize>,
) -> Draft {
    let mut meaning = Meaning {
        kind: ChangeKind::Changed,
        before: None,
        after: None,
        is_excerpt: false,
        explanation,
        counterpart: None,
        before_from,
        after_from,
    };
    let texts = [Column::Before, Column::After].map(|column| meaning.text(changes, row, column));
    let readings = read(answers, &changes[row], texts);
    let place = readings.iter().find_map(|reading| match reading {
        Reading::Done(Instruction { moved: Some(moved), .. }) => moved.place.clone(),
        _ => None,
    });
    let is_led = readings.iter().any(|reading| matches!(reading, Reading::Text { lead: Some(_) }));
    place_texts(&mut meaning, readings, texts);
    meaning.is_excerpt = texts.iter().any(|text| wordings().leaves_out(text))
        || is_led && meaning.before.is_some() && meaning.after.is_some();
    Draft { meaning, place }
}

fn read(answers: &Answers, change: &Change, texts: [&str; 2]) -> [Reading; 2] {
    /// In bytes, with what may stand around it.
    const LONGEST_ANSWER: usize = 60;
    let form = answers.form();
    let item = change.item.slot.map(|slot| slot.node);
    let read = |column, text: &str| match above::points_above(text) {
        // Nothing stands above: what it takes over is not known.
        true => Reading::Done(Instruction { deed: Deed::Change, points: false, moved: None }),
        false => column::read(form, item, column, text),
    };
    let readings = [read(Column::Before, texts[0]), read(Column::After, texts[1])];
    // 「あり」 beside 「なし」 is the one answer beside the other.
    let is_answer =
        |text: &&str| text.len() <= LONGEST_ANSWER && wordings().answers.is_match(&wordings::bare(text));
    let is_answered = texts.iter().any(is_answer) && texts.iter().all(|text| !text.trim().is_empty());
    readings.map(|reading| match reading {
        Reading::Nothing if is_answered => Reading::Text { lead: None },
        reading => reading,
    })
}

/// Puts the texts where they belong, and says what that makes of the row.
fn place_texts(meaning: &mut Meaning, [before, after]: [Reading; 2], texts: [&str; 2]) {
    use ChangeKind::{Added, Changed, Notation, Removed};
    use Column::{After, Before};
    use Reading::{Done, Nothing, Same, Text};
    (meaning.kind, meaning.before, meaning.after) = match (&before, &after) {
        (Text { .. }, Text { lead: Some(Deed::Remove) }) => (Removed, Some(Before), None),
        (Text { .. }, Text { .. }) => (compared(texts), Some(Before), Some(After)),
        (Text { lead: Some(Deed::Add) }, Nothing) => (Added, None, Some(Before)),
        (Text { .. }, Nothing) => (Removed, Some(Before), None),
        (Nothing, Text { lead: Some(Deed::Remove) }) => (Removed, Some(After), None),
        (Nothing, Text { lead: Some(Deed::Change) }) => (Changed, None, Some(After)),
        (Nothing, Text { .. }) => (Added, None, Some(After)),
        (Text { .. }, Same) => (Notation, Some(Before), Some(Before)),
        (Same, Text { .. }) => (Notation, Some(After), Some(After)),
        (Nothing, Done(done)) | (Done(done), Nothing) => (told_of_nothing(done), None, None),
        (Text { .. }, Done(done)) => told(done, Before),
        (Done(done), Text { .. }) => told(done, After),
        (Done(_) | Same, _) | (_, Same) | (Nothing, Nothing) => (Changed, None, None),
    };
}

/// What an instruction says by itself, where no text stands beside it.
fn told_of_nothing(done: &Instruction) -> ChangeKind {
    match done.deed {
        _ if done.moved.is_some() => ChangeKind::Moved,
        Deed::Add => ChangeKind::Added,
        Deed::Remove => ChangeKind::Removed,
        Deed::Change => ChangeKind::Changed,
    }
}

/// What an instruction makes of the text that stands in the column beside it.
fn told(done: &Instruction, text: Column) -> (ChangeKind, Option<Column>, Option<Column>) {
    let by = |kind| if done.moved.is_some() { ChangeKind::Moved } else { kind };
    match done.deed {
        // Of an old text with nothing but 追加 beside it nobody can say what was added.
        Deed::Add if text == Column::Before && !done.points && done.moved.is_none() => {
            (ChangeKind::Changed, Some(text), None)
        }
        Deed::Add => (by(ChangeKind::Added), None, Some(text)),
        Deed::Remove => (by(ChangeKind::Removed), Some(text), None),
        Deed::Change if text == Column::Before => (ChangeKind::Changed, Some(text), None),
        Deed::Change => (ChangeKind::Changed, None, Some(text)),
    }
}

/// What became of one text beside another.
fn compared([before, after]: [&str; 2]) -> ChangeKind {
    if key(before) == key(after) {
        ChangeKind::Notation
    } else if is_reordered(before, after) {
        ChangeKind::Moved
    } else {
        ChangeKind::Changed
    }
}
