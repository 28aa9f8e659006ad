//! The places that a document should print: the form, with as many entries and files as the document has headings for.

use std::collections::BTreeMap;

use super::pieces::{Piece, What};
use super::seats::{PrintKey, Seat};
use super::words::Words;
use crate::form::{Entries, Form, Node, NodeIx, Slot};

/// More than any document has; guards against nonsense.
const MOST_FILES: u16 = 12;

/// The places of the form that this document should print, in order.
pub(super) fn expected(form: &'static Form, words: &Words, pages: &[Vec<Piece<'_>>]) -> Vec<Seat> {
    let mut class_of = BTreeMap::new();
    for (class, nodes) in words.classes.iter().enumerate() {
        for node in nodes {
            class_of.insert(*node, class);
        }
    }
    let mut builder =
        Builder { form, class_of, pages, seats: Vec::new(), files: file_count(form, words, pages) };
    for section in form.sections().filter(|s| s.id != form.head.change_section) {
        builder.add(section, Entries::NONE, 1);
    }
    let mut rank = 0;
    for seat in &mut builder.seats {
        seat.rank = rank;
        rank += usize::from(seat.print.is_some());
    }
    builder.seats
}

struct Builder<'a, 't> {
    form: &'static Form,
    class_of: BTreeMap<NodeIx, usize>,
    pages: &'a [Vec<Piece<'t>>],
    seats: Vec<Seat>,
    files: u16,
}

impl Builder<'_, '_> {
    fn add(&mut self, node: &'static Node, entries: Entries, file: u16) {
        let Some(repeat) = &node.repeat else {
            return self.add_one(node, entries, file, None);
        };
        if repeat.keyed_by.is_some() {
            for file in 1..=self.files {
                self.add_one(node, entries.enter(file), file, None);
            }
            return;
        }
        let most = repeat.max.unwrap_or(50);
        for number in 1..=self.entry_count(node, entries, file).min(most) {
            let heading = PrintKey::Entry(node.ix.position(), number);
            self.add_one(node, entries.enter(number), file, Some(heading));
        }
    }

    fn add_one(&mut self, node: &'static Node, entries: Entries, file: u16, heading: Option<PrintKey>) {
        let print = heading.or_else(|| self.class_of.get(&node.ix).map(|c| PrintKey::Label(*c)));
        self.seats.push(Seat { slot: Slot { node: node.ix, entries }, print, rank: 0 });
        let form = self.form;
        for child in form.children(node) {
            self.add(child, entries, file);
        }
    }

    /// The highest number that a heading of this node has in the part of this file.
    fn entry_count(&self, node: &Node, entries: Entries, file: u16) -> u16 {
        let section = self.form.section_of(node.ix);
        let class = self.class_of.get(&section.ix).copied();
        let mut current = 0;
        let mut most = 0;
        for pieces in self.pages {
            current += count_of(pieces, class);
            // Without headings to count, everything is the first file.
            let here = u16::try_from(current.max(1)).unwrap_or(1).min(self.files);
            if entries.depth() > 0 && here != file {
                continue;
            }
            for piece in pieces {
                if let What::Entry(ix, number) = piece.kind
                    && ix == node.ix
                {
                    most = most.max(number);
                }
            }
        }
        most
    }
}

fn count_of(pieces: &[Piece<'_>], class: Option<usize>) -> usize {
    pieces.iter().filter(|p| matches!(p.kind, What::Label(c) if Some(c) == class)).count()
}

/// How many 特定個人情報ファイル the document prints sections for: heading and content of the section must both be there so often.
fn file_count(form: &'static Form, words: &Words, pages: &[Vec<Piece<'_>>]) -> u16 {
    let times = |class: usize| pages.iter().map(|p| count_of(p, Some(class))).sum::<usize>();
    let mut files = 1;
    for section in form.sections().filter(|s| s.is_per_file()) {
        let class = words.classes.iter().position(|nodes| nodes.contains(&section.ix));
        let inside = |nodes: &Vec<NodeIx>| matches!(nodes[..], [only] if form.section_of(only).ix == section.ix && form.repeat_depth(only) == 1 && only != section.ix);
        let mut contents: Vec<usize> = words
            .classes
            .iter()
            .enumerate()
            .filter(|(_, nodes)| inside(nodes))
            .map(|(class, _)| times(class))
            .filter(|times| *times > 0)
            .collect();
        contents.sort_unstable();
        let usual = contents.get(contents.len() / 2).copied().unwrap_or(0);
        files = files.max(class.map_or(0, times).min(usual.max(1)));
    }
    u16::try_from(files).unwrap_or(1).min(MOST_FILES)
}
