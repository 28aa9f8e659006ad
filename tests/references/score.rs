//! Counting what the resolver made of a table.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use kohyo::form::RefRow;

use super::style::Style;
use super::table::{Table, Trouble};

/// Rows of one kind.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tally {
    pub(crate) rows: usize,
    /// The item was found, sure or not.
    pub(crate) right: usize,
    /// Another item or none, and a person is asked: no target, or a guess.
    pub(crate) asked: usize,
    /// Another item, and nobody is asked.
    pub(crate) wrong: usize,
    /// The item was found, and a person is asked all the same.
    pub(crate) right_asked: usize,
}

impl Tally {
    pub(crate) fn share(&self, part: usize) -> f64 {
        let count = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
        100.0 * count(part) / count(self.rows.max(1))
    }
}

/// What rows are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key {
    Form(&'static str),
    Style(Style),
    Trouble(Trouble),
}

impl Key {
    fn name(self) -> String {
        match self {
            Self::Form(id) => format!("form    {id}"),
            Self::Style(style) => format!("style   {}", style.name()),
            Self::Trouble(trouble) => format!("trouble {trouble:?}"),
        }
    }
}

/// Tallies, and the misses.
#[derive(Debug, Default)]
pub(crate) struct Score {
    pub(crate) all: Tally,
    pub(crate) by: BTreeMap<Key, Tally>,
    pub(crate) misses: Vec<String>,
}

impl Score {
    pub(crate) fn add(&mut self, table: &Table) {
        let rows: Vec<_> = table.rows.iter().map(|r| RefRow { date: r.date, text: &r.text }).collect();
        let found = table.form.resolve_rows(&rows, table.files);
        for (row, resolution) in table.rows.iter().zip(&found) {
            let path = resolution.target.map(|t| table.form.path(t.slot, table.files));
            let is_right = resolution.target.is_some_and(|t| row.means.contains(&t.slot));
            let is_asked = resolution.is_uncertain();
            let keys = [Key::Form(&table.form.head.id), Key::Style(row.style), Key::Trouble(row.trouble)];
            let count = |tally: &mut Tally| {
                tally.rows += 1;
                tally.right += usize::from(is_right);
                tally.asked += usize::from(!is_right && is_asked);
                tally.wrong += usize::from(!is_right && !is_asked);
                tally.right_asked += usize::from(is_right && is_asked);
            };
            count(&mut self.all);
            for key in keys {
                count(self.by.entry(key).or_default());
            }
            if !is_right {
                let kind = if is_asked { "asked" } else { "WRONG" };
                let style = row.style.name();
                let means = table.form.path(row.means[0], table.files);
                self.misses.push(format!(
                    "{kind} {} {:?} {style} {:?} | means {means} | found {path:?} {:?}",
                    table.form.head.id, row.trouble, row.text, resolution.how
                ));
            }
        }
    }

    /// A table of the tallies.
    pub(crate) fn report(&self) -> String {
        let mut report = format!(
            "{:<30}{:>7}{:>9}{:>9}{:>9}{:>14}\n",
            "", "rows", "right", "asked", "wrong", "right, asked"
        );
        let by = self.by.iter().map(|(key, tally)| (key.name(), *tally));
        for (name, tally) in by.chain([("all".to_owned(), self.all)]) {
            let share = |part| tally.share(part);
            let _ = writeln!(
                report,
                "{name:<30}{:>7}{:>8.2}%{:>8.2}%{:>8.2}%{:>13.2}%",
                tally.rows,
                share(tally.right),
                share(tally.asked),
                share(tally.wrong),
                share(tally.right_asked)
            );
        }
        report
    }
}
