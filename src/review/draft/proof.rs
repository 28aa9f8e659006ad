//! The proof that a file with new rows has what it had and the new rows, and nothing else.

use super::row::Planned;
use super::stored::{Fields, Insertion, Stored};
use crate::assessment::{Answers, Change};
use crate::check::change_rows;
use crate::history::{Column, meanings};
use crate::read::{Data, Yaml};

/// The file before the rows are put in.
pub(super) struct Proof<'a> {
    pub(super) stored: &'a Stored,
    /// Its rows.
    pub(super) rows: &'a [Change],
    pub(super) answers: &'a Answers,
}

/// Why rows cannot be written as they are.
pub(super) enum Fault {
    /// The file is no list of these rows.
    Broken,
    /// New rows, by their index among them, are read as other items.
    Misread(Vec<usize>),
    /// A row that was there means something else.
    Disturbed(usize),
}

impl Proof<'_> {
    /// Reads the file with the new rows. Gives the line of every row.
    pub(super) fn of(
        &self,
        text: &[u8],
        insertions: &[Insertion],
        planned: &[&Planned],
    ) -> Result<Vec<usize>, Fault> {
        let after = Stored::read(&self.stored.file.path, text).map_err(|_| Fault::Broken)?;
        let new: Vec<usize> = insertions.iter().enumerate().map(|(nth, i)| i.before + nth).collect();
        let old: Vec<usize> = (0..after.items.len()).filter(|row| !new.contains(row)).collect();
        let is_complete = old.len() == self.stored.items.len();
        let is_kept =
            || old.iter().zip(&self.stored.items).all(|(at, item)| is_same(&after.items[*at], item));
        let is_new = || new.iter().zip(insertions).all(|(at, row)| is_row(after.items.get(*at), &row.fields));
        if !is_complete || !is_kept() || !is_new() {
            return Err(Fault::Broken);
        }
        let rows = change_rows(self.answers, &after.file.path, &after.file.text);
        if let Some(row) = self.disturbed(&rows, &old) {
            return Err(Fault::Disturbed(row));
        }
        let is_misread = |nth: &usize| {
            let item = &planned[*nth].item;
            item.slot.is_some() && rows[new[*nth]].item.slot != item.slot
        };
        let misread: Vec<usize> = (0..planned.len()).filter(is_misread).collect();
        if !misread.is_empty() {
            return Err(Fault::Misread(misread));
        }
        Ok(after.items.iter().map(|item| after.file.line_column(item.span.start).0).collect())
    }

    /// The first row whose item or whose words mean something else among the new rows.
    fn disturbed(&self, rows: &[Change], old: &[usize]) -> Option<usize> {
        let (before, after) = (meanings(self.answers, self.rows), meanings(self.answers, rows));
        (0..old.len()).find(|row| {
            let (was, is) = (&before[*row], &after[old[*row]]);
            let is_source = |was: Option<usize>, is: Option<usize>| was.map(|row| old[row]) == is;
            let takes_the_same = is_source(was.explanation, is.explanation)
                && [Column::Before, Column::After]
                    .iter()
                    .all(|column| is_source(was.taken_from(*column), is.taken_from(*column)));
            self.rows[*row] != rows[old[*row]] || !takes_the_same
        })
    }
}

/// Whether two values are the same; line breaks at the end of a text are none of it.
pub(super) fn is_same(a: &Yaml, b: &Yaml) -> bool {
    match (&a.data, &b.data) {
        (Data::Scalar(a), Data::Scalar(b)) => a.trim_end_matches('\n') == b.trim_end_matches('\n'),
        (Data::List(a), Data::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b)),
        (Data::Map(a), Data::Map(b)) => {
            let pairs = || a.iter().zip(b);
            a.len() == b.len() && pairs().all(|((a, x), (b, y))| a.text == b.text && is_same(x, y))
        }
        (a, b) => a == b,
    }
}

/// Whether a row says what it should.
pub(super) fn is_row(item: Option<&Yaml>, fields: &Fields) -> bool {
    let Some(Data::Map(entries)) = item.map(|item| &item.data) else { return false };
    let says = |((key, text), (at, value)): (&(String, String), &(crate::read::Key, Yaml))| {
        at.text == *key
            && value.text().is_some_and(|t| t.trim_end_matches('\n') == text.trim_end_matches('\n'))
    };
    entries.len() == fields.len() && fields.iter().zip(entries).all(says)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Everything a row says, in one text.
    pub(in crate::review::draft) fn words(item: &Yaml) -> String {
        match &item.data {
            Data::Null => "~".to_owned(),
            Data::Scalar(text) => format!("{:?}", text.trim_end_matches('\n')),
            Data::List(items) => format!("[{}]", items.iter().map(words).collect::<Vec<_>>().join(", ")),
            Data::Map(entries) => {
                let pairs = entries.iter().map(|(key, value)| format!("{:?}: {}", key.text, words(value)));
                format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
            }
        }
    }

    /// The same of a row that is to be written.
    pub(in crate::review::draft) fn fields(fields: &Fields) -> String {
        let pairs = fields.iter().map(|(key, text)| format!("{key:?}: {:?}", text.trim_end_matches('\n')));
        format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
    }
}
