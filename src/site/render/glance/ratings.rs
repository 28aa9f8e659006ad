//! How the agency rates its measures: how often each rating was given, and where the last of them, which admits a problem.

use super::Scene;
use super::fact::{FactView, PlaceView, Said};
use crate::assessment::{Placed, Value};
use crate::form::{Need, Slot};

/// The option list of 「リスクへの対策は十分か」 in every edition, from the best rating to the one that admits a problem.
const RATINGS: &str = "adequacy";

impl<'a> Scene<'a> {
    /// The ratings in the sections per file, of one file, or in the others; none where nothing is rated there.
    pub(super) fn ratings(
        &self,
        is_per_file: bool,
        file: Option<u16>,
        of: Option<&str>,
    ) -> Option<FactView<'a>> {
        let mut rated = Vec::new();
        self.answers.walk(|placed| {
            if self.is_rated(placed, is_per_file, file) {
                rated.push(placed);
            }
            true
        });
        let first = rated.first()?;
        let options = self.form.options(first.node);
        let unfit = self.theme.word("across_unfit");
        let given = |placed: &Placed| match self.answers.get(placed.slot) {
            Some(Value::Choice(label)) => Some(label.as_str()),
            Some(Value::Unfit(_)) => Some(unfit),
            _ => None,
        };
        let times = |wanted: Option<&str>| rated.iter().filter(|placed| given(placed) == wanted).count();
        let counted = |label: &str, count: usize| {
            self.words("rated").replace("{label}", label).replace("{n}", &count.to_string())
        };
        let mut lines: Vec<_> =
            options.iter().map(|option| counted(&option.label, times(Some(&option.label)))).collect();
        for (what, label) in [(Some(unfit), unfit), (None, self.words("not_rated"))] {
            let count = times(what);
            if count > 0 {
                lines.push(counted(label, count));
            }
        }
        let concern = options.last().map(|option| option.label.as_str());
        let concerns = rated.iter().filter(|placed| given(placed) == concern);
        let places = concerns.map(|placed| PlaceView {
            name: self.risk(placed.slot),
            href: self.href(placed.slot),
            of: of.map(str::to_owned),
        });
        let section = Slot { node: self.form.section_of(first.node.ix).ix, entries: first.slot.entries };
        Some(FactView {
            label: self.words("item_ratings"),
            href: self.href(Slot { entries: section.entries.truncate(usize::from(is_per_file)), ..section }),
            of: of.map(str::to_owned),
            said: Said::List { lines },
            places: places.collect(),
        })
    }

    /// Whether a rating is asked for here. A copy of another answer counts once, and what does not apply is not rated.
    fn is_rated(&self, placed: Placed, is_per_file: bool, file: Option<u16>) -> bool {
        let Placed { node, slot } = placed;
        node.option_set.as_deref() == Some(RATINGS)
            && node.same_as.is_empty()
            && self.form.section_of(node.ix).is_per_file() == is_per_file
            && (!is_per_file || slot.entries.numbers().next() == file)
            && (self.answers.get(slot).is_some_and(|value| !value.is_empty())
                || !matches!(self.form.need(slot, self.answers), Need::Blank(_)))
    }

    /// A risk by its official number, what it is about and the question.
    fn risk(&self, slot: Slot) -> String {
        let node = self.form.node(slot.node);
        let around = node.parent.map_or_else(String::new, |parent| self.form.node(parent).heading());
        format!("{around}：{}", node.label)
    }
}
