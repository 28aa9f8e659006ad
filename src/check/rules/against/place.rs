//! Where findings about differences stand: at the item, and for what is gone at the nearest heading that is still there.

use super::Against;
use crate::check::name_item;
use crate::compare::{Difference, DifferenceKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::form::{Form, NodeIx, Slot};

/// Letters that are shown on either side of what differs.
const AROUND: usize = 6;
/// Longer pieces are cut.
const LONGEST: usize = 30;

impl Against<'_> {
    /// The slot of a difference in the document at hand: of what is gone, the slot that it had.
    pub(super) fn slot_of(&self, difference: &Difference) -> Option<Slot> {
        difference.after.or_else(|| self.carried_over(difference.before?))
    }

    /// A slot of the version before as one of the edition at hand; the nearest one around it where the edition has no such item.
    fn carried_over(&self, slot: Slot) -> Option<Slot> {
        let (old, new) = (self.earlier.assessment.form(), self.context.form);
        let mut at = Some(slot.node);
        while let Some(ix) = at {
            if let Some(node) = same_node(old, ix, new) {
                return Some(Slot { node, entries: slot.entries.truncate(new.repeat_depth(node)) });
            }
            at = old.node(ix).parent;
        }
        None
    }

    /// A finding about a difference. `slot` is that of [`Against::slot_of`].
    pub(super) fn at_difference(
        &self,
        code: Code,
        difference: &Difference,
        slot: Slot,
        message: impl Into<String>,
    ) -> Diagnostic {
        let context = self.context;
        match difference.kind {
            DifferenceKind::New | DifferenceKind::Moved => context.finding(code, slot, message),
            _ if difference.after.is_some() => context.at_value(code, slot, message),
            _ => {
                let around = self.heading_around(slot);
                let finding = context.finding(code, around, message);
                name_item(finding, context.form, slot, context.answers.files())
            }
        }
    }

    /// What stands around something that is gone: for an entry of a list, the list.
    fn heading_around(&self, slot: Slot) -> Slot {
        let form = self.context.form;
        let node = form.node(slot.node);
        let parent = node.parent.unwrap_or(slot.node);
        // A list that is all there is below its heading is written right below it.
        let has_heading = form.node(parent).children.len() == 1;
        if node.repeat.is_some() && !node.is_per_file() && !has_heading {
            let depth = form.repeat_depth(slot.node).saturating_sub(1);
            return Slot { node: slot.node, entries: slot.entries.truncate(depth) };
        }
        Slot { node: parent, entries: slot.entries.truncate(form.repeat_depth(parent)) }
    }
}

/// The node of another edition with the same id.
pub(super) fn same_node(old: &Form, ix: NodeIx, new: &'static Form) -> Option<NodeIx> {
    new.by_id(&old.node(ix).id).map(|node| node.ix)
}

/// Where two texts differ first and last, with a few letters around it: 「…分庁舎の…」 and 「…市役所の…」.
pub(super) fn differing(before: &str, after: &str) -> (String, String) {
    let [before, after] = [before, after].map(|text| text.trim().chars().collect::<Vec<_>>());
    let same = |(a, b): &(&char, &char)| a == b;
    let head = before.iter().zip(&after).take_while(same).count();
    let rest = before.len().min(after.len()) - head;
    let tail = before.iter().rev().zip(after.iter().rev()).take_while(same).count().min(rest);
    let part = |text: &[char]| {
        let from = head.saturating_sub(AROUND);
        let to = (text.len() - tail + AROUND).min(text.len());
        let shown: String = text[from..to].iter().take(LONGEST).collect();
        let shown = shown.replace('\n', " ");
        let begins = if from > 0 { "…" } else { "" };
        let ends = if to < text.len() || to - from > LONGEST { "…" } else { "" };
        format!("{begins}{}{ends}", shown.trim())
    };
    (part(&before), part(&after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn shows(before: &str, after: &str, parts: (&str, &str)) {
        assert_eq!(differing(before, after), (parts.0.to_owned(), parts.1.to_owned()));
    }

    #[test]
    fn only_what_differs_is_shown() {
        shows("分庁舎", "市役所", ("分庁舎", "市役所"));
        shows(
            "届を受け付けた後に、分庁舎の電算室に置く。",
            "届を受け付けた後に、市役所の電算室に置く。",
            ("…付けた後に、分庁舎の電算室に置…", "…付けた後に、市役所の電算室に置…"),
        );
        shows("", "市役所", ("", "市役所"));
        shows("ああああ", "あああ", ("ああああ", "あああ"));
    }

    #[test]
    fn long_pieces_are_cut() {
        let (before, after) = differing(&"あ".repeat(100), &"い\n".repeat(100));
        assert_eq!(before, format!("{}…", "あ".repeat(LONGEST)));
        assert!(!after.contains('\n'));
    }
}
