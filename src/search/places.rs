//! Where items stand on the forms: chapters and the headings below them, so that an item is also found by what stands above it.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Serialize;

use super::site::forms;
use crate::form::{Form, NodeIx};

/// A chapter by which results can be narrowed down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Chapter {
    /// As the forms print it.
    pub heading: String,
    /// The kind of form, where only one has it: 「Ⅲ リスク対策」 alone does not say of what.
    pub form: &'static str,
}

/// A heading of a form below a chapter: position of the place above it, and what it says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Heading(pub usize, pub String);

/// All places of all forms. A place is a number: first the chapters, then the headings.
#[derive(Debug, Default)]
pub struct Places {
    /// The chapters, each once, in the order of the forms.
    pub chapters: Vec<Chapter>,
    /// The headings below them, each after the one above it.
    pub headings: Vec<Heading>,
    /// The place of every node that has items below it, by the id of its form.
    of: BTreeMap<(&'static str, NodeIx), usize>,
}

impl Places {
    /// The places of all forms that there are.
    pub fn all() -> &'static Self {
        static ALL: OnceLock<Places> = OnceLock::new();
        ALL.get_or_init(Self::collect)
    }

    /// Where a node stands: below its parent, or in its section.
    pub fn of(&self, form: &'static str, ix: NodeIx) -> usize {
        self.of.get(&(form, ix)).copied().unwrap_or_default()
    }

    fn collect() -> Self {
        let mut places = Self { chapters: chapters(), ..Self::default() };
        let mut known: BTreeMap<Heading, usize> = BTreeMap::new();
        for form in Form::all() {
            for node in form.nodes().iter().filter(|node| !form.is_change_part(node)) {
                let above =
                    node.parent.and_then(|parent| places.of.get(&(form.head.id.as_str(), parent)).copied());
                let place = match above {
                    None => places.chapters.iter().position(|chapter| chapter.heading == node.heading()),
                    // An item is below its parent; no place of its own is needed.
                    Some(above) if node.children.is_empty() => Some(above),
                    Some(above) => {
                        let heading = Heading(above, node.heading());
                        let next = places.chapters.len() + places.headings.len();
                        let at = *known.entry(heading.clone()).or_insert(next);
                        if at == next {
                            places.headings.push(heading);
                        }
                        Some(at)
                    }
                };
                places.of.insert((form.head.id.as_str(), node.ix), place.unwrap_or_default());
            }
        }
        places
    }
}

fn chapters() -> Vec<Chapter> {
    let mut kinds: Vec<(String, Vec<&'static str>)> = Vec::new();
    for form in Form::all() {
        let kind = form.head.short_title.as_str();
        for section in form.sections().filter(|section| section.id != form.head.change_section) {
            let heading = section.heading();
            match kinds.iter_mut().find(|(known, _)| *known == heading) {
                Some((_, of)) if of.contains(&kind) => {}
                Some((_, of)) => of.push(kind),
                None => kinds.push((heading, vec![kind])),
            }
        }
    }
    let is_one = |of: &[&str]| of.len() == 1 && forms().len() > 1;
    let form = |of: &[&'static str]| if is_one(of) { of[0] } else { "" };
    kinds.into_iter().map(|(heading, of)| Chapter { form: form(&of), heading }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trail(mut place: usize) -> Vec<String> {
        let places = Places::all();
        let mut trail = Vec::new();
        while let Some(Heading(above, heading)) =
            place.checked_sub(places.chapters.len()).map(|at| &places.headings[at])
        {
            trail.insert(0, heading.clone());
            place = *above;
        }
        trail.insert(0, places.chapters[place].heading.clone());
        trail
    }

    #[test]
    fn every_chapter_is_there_once_and_says_of_which_form_it_is() {
        let chapters = &Places::all().chapters;
        assert!(chapters.len() > 8);
        let distinct: std::collections::BTreeSet<_> =
            chapters.iter().map(|chapter| &chapter.heading).collect();
        assert_eq!(distinct.len(), chapters.len());
        let form = |heading: &str| chapters.iter().find(|chapter| chapter.heading == heading).unwrap().form;
        assert_ne!(form("Ⅲ リスク対策"), "");
        assert_ne!(form("Ⅲ リスク対策"), form("Ⅳ リスク対策"));
        assert_eq!(form("Ⅰ 基本情報"), "", "two forms have it");
    }

    #[test]
    fn an_item_stands_below_its_headings() {
        let form = Form::with_id("zenkomoku-h30-05").unwrap();
        for node in form.nodes().iter().filter(|node| node.is_item() && !form.is_change_part(node)) {
            let line = form.ancestry(node.ix);
            let above = line.iter().filter(|other| !other.children.is_empty()).map(|other| other.heading());
            assert_eq!(
                trail(Places::all().of(&form.head.id, node.ix)),
                above.collect::<Vec<_>>(),
                "{}",
                node.id
            );
        }
    }
}
