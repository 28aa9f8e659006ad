//! What is asked of a page as a whole, when its last tag is read.

use super::{Control, Reader, Wanted};
use crate::audit::page::{Facts, id_mark};
use crate::audit::rule::Rule;

impl Reader<'_> {
    /// What stays of the page.
    pub(in crate::audit) fn finish(mut self) -> Facts {
        self.structure();
        let mut ids: Vec<u32> = self.ids.iter().map(|id| id_mark(id)).collect();
        ids.sort_unstable();
        if ids.windows(2).any(|pair| pair[0] == pair[1]) {
            self.repeated_ids();
            ids.dedup();
        }
        let has = |id: &str| ids.binary_search(&id_mark(id)).is_ok();
        for Wanted { rule, id, attribute } in std::mem::take(&mut self.wanted) {
            if !has(&id) {
                let what =
                    if rule == Rule::Reference { format!("{attribute}=\"{id}\"") } else { format!("#{id}") };
                self.add(rule, what);
            }
        }
        for Control { id, what } in std::mem::take(&mut self.controls) {
            if !id.is_some_and(|id| self.labelled.contains(&id)) {
                self.add(Rule::ControlLabel, what);
            }
        }
        self.links.sort_unstable();
        self.links.dedup();
        self.links.shrink_to_fit();
        self.findings.sort();
        Facts {
            title: self.title.unwrap_or_default(),
            leads_on: self.leads_on,
            ids,
            links: self.links,
            findings: self.findings,
        }
    }

    /// What is asked of the page as a whole.
    fn structure(&mut self) {
        if !self.has_language {
            self.add(Rule::Language, "<html>");
        }
        if self.title.as_deref().unwrap_or_default().is_empty() {
            self.add(Rule::Title, "<title>");
        }
        if self.tops != 1 {
            self.add(Rule::OneTopHeading, format!("h1 が {} 個", self.tops));
        }
        if self.mains != 1 {
            self.add(Rule::Landmarks, format!("main が {} 個", self.mains));
        }
        for (count, name) in [(self.headers, "header"), (self.footers, "footer")] {
            if count == 0 {
                self.add(Rule::Landmarks, format!("{name} がありません"));
            }
        }
        let skips_to = self.first_link.as_deref().and_then(|address| address.strip_prefix('#'));
        if skips_to.is_none() || skips_to != self.main_id.as_deref() {
            let first = self.first_link.clone().unwrap_or_default();
            self.add(Rule::SkipLink, format!("最初のリンク: {first}"));
        }
        while let Some(open) = self.nameables.last() {
            let element = open.element;
            self.name_ends(element);
        }
        while !self.tables.is_empty() {
            self.table_ends();
        }
    }

    fn repeated_ids(&mut self) {
        let mut ids = std::mem::take(&mut self.ids);
        ids.sort_unstable();
        let mut repeated: Vec<_> =
            ids.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0].clone()).collect();
        repeated.dedup();
        for id in repeated {
            self.add(Rule::UniqueId, format!("id=\"{id}\""));
        }
    }
}
