//! What a change row means: which column holds a text and which only says what was done (右記を追加), what kind of change it
//! is, whose explanation 同上 takes over, and where a text went that only moved.

use crate::assessment::Change;
use crate::form::fold;

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
}

/// A row as it is meant. Rows are named by their position in [`Assessment::changes`](crate::assessment::Assessment::changes).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meaning {
    /// What happened.
    pub kind: ChangeKind,
    /// Where the text that is gone stands; none where nothing stood there before.
    ///
    /// It is the column 変更後の記載 where the other one says 右記を削除.
    pub before: Option<Column>,
    /// Where the new text stands; none where nothing stands there any more.
    pub after: Option<Column>,
    /// The column that only says what was done (右記を追加, 項目ごと削除): shown as written, never compared.
    pub instruction: Option<Column>,
    /// Something was left out of the texts （略）, so that they are excerpts.
    pub is_excerpt: bool,
    /// The row whose explanation this one takes over （同上）.
    pub explanation: Option<usize>,
    /// The row to which the text went, or from which it came.
    pub counterpart: Option<usize>,
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
    /// Only blanks or character widths differ.
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
pub fn meanings(changes: &[Change]) -> Vec<Meaning> {
    changes.iter().map(meaning).collect()
}

/// What a row means by itself. A lone dash counts as nothing.
fn meaning(change: &Change) -> Meaning {
    let (before, after) = (fold(&change.before), fold(&change.after));
    let (kind, has_before, has_after) = match (is_nothing(&before), is_nothing(&after)) {
        (true, false) => (ChangeKind::Added, false, true),
        (false, true) => (ChangeKind::Removed, true, false),
        (false, false) if before == after => (ChangeKind::Notation, true, true),
        (nothing_before, nothing_after) => (ChangeKind::Changed, !nothing_before, !nothing_after),
    };
    Meaning {
        kind,
        before: has_before.then_some(Column::Before),
        after: has_after.then_some(Column::After),
        instruction: None,
        is_excerpt: false,
        explanation: None,
        counterpart: None,
    }
}

fn is_nothing(folded: &str) -> bool {
    folded.chars().all(|c| matches!(c, '-' | 'ー'))
}
