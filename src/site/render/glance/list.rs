//! Those who are named in the entries of a repeat: 提供先, 移転先, 委託先.

use serde::Serialize;

use super::Scene;
use super::fact::{FactView, PlaceView};
use super::questions::List;
use crate::form::{Entries, Slot};

/// How many are shown at once; the others are folded.
const SHOWN: usize = 5;

/// The entries of a repeat.
#[derive(Serialize)]
pub(super) struct ListView<'a> {
    /// What one of them is called: 委託事項, 提供先 …
    label: &'a str,
    /// Number of entries.
    count: u16,
    shown: Vec<NamedView<'a>>,
    /// The others, where they are so many.
    folded: Vec<NamedView<'a>>,
}

/// Somebody with the entries that name them.
#[derive(Serialize)]
struct NamedView<'a> {
    /// None where the name is missing.
    name: Option<String>,
    places: Vec<PlaceView>,
    about: Vec<FactView<'a>>,
}

impl<'a> Scene<'a> {
    /// The entries of a list inside `around`; none where the form has no such list or it is empty.
    pub(super) fn list(&self, list: &List, around: Entries, of: Option<&str>) -> Option<ListView<'a>> {
        let repeat = self.form.role(list.entries)?;
        let naming = self.form.role(list.name)?;
        let count = self.answers.count(repeat, around);
        let mut shown: Vec<NamedView<'a>> = Vec::new();
        for entries in (1..=count).map(|number| around.enter(number)) {
            let name = self.line(Slot { node: naming.ix, entries });
            let slot = Slot { node: repeat.ix, entries };
            let place = PlaceView { name: self.mark(slot), href: self.href(slot), of: of.map(str::to_owned) };
            let same = shown.iter_mut().find(|other| name.is_some() && other.name == name);
            if let Some(same) = same.filter(|_| list.about.is_empty()) {
                same.places.push(place);
                continue;
            }
            let about = list.about.iter().filter_map(|role| {
                let node = self.form.role(role)?;
                Some(self.fact(role, Slot { node: node.ix, entries }, None)).filter(FactView::is_said)
            });
            shown.push(NamedView { name, places: vec![place], about: about.collect() });
        }
        let folded = if shown.len() > SHOWN + 1 { shown.split_off(SHOWN) } else { Vec::new() };
        (count > 0).then_some(ListView { label: self.label(list.name, naming), count, shown, folded })
    }

    /// The printed number of an entry: 委託事項1.
    fn mark(&self, slot: Slot) -> String {
        let reference = self.form.reference(slot, self.files);
        reference.rsplit('.').next().unwrap_or_default().to_owned()
    }
}
