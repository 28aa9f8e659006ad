//! The pages across documents. While documents are rendered, their answers go to a file without a name; in memory stay only where they
//! stand there, what they name, and numbers of their passages. Then the page of each item is made from its answers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

use super::super::press::Press;
use super::BuildError;
use crate::across::{self, Answer, Home, Mentions, Place, Register, Seen, Stored};
use crate::assessment::Assessment;
use crate::form::{Form, Node};
use crate::fs::Waiting;
use crate::site::MunicipalityContext;
use crate::site::feed::Subject;
use crate::site::render::{self, Counted, Desk, ItemAnswers, Page};
use crate::write::Staging;

/// What is gathered from documents, in whatever order they come.
pub(super) struct Gathering {
    file: Mutex<Waiting>,
    found: Mutex<Found>,
}

/// An item of a form: the kind of the form, and the id.
type Key = (&'static str, &'static str);

#[derive(Default)]
struct Found {
    items: BTreeMap<Key, Vec<Piece>>,
    seen: Vec<Seen>,
    mentions: Vec<(u32, Mentions)>,
}

/// Where the answers of a document to an item wait.
#[derive(Clone, Copy)]
struct Piece {
    document: u32,
    start: u64,
    length: u32,
}

/// Takes what one document says.
pub(super) struct Reporter<'g> {
    gathering: &'g Gathering,
    document: u32,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Gathering {
    pub(super) fn begin(staging: &Staging) -> Result<Self, BuildError> {
        Ok(Self { file: Mutex::new(staging.waiting()?), found: Mutex::default() })
    }

    /// For the document at this position among those that are published.
    pub(super) fn reporter(&self, position: usize) -> Reporter<'_> {
        Reporter { gathering: self, document: u32::try_from(position).unwrap_or(u32::MAX) }
    }

    /// Writes the pages. The documents are those of the reporters, by position.
    pub(super) fn pages(self, press: &Press<'_>, documents: &[Subject<'_>]) -> Result<(), BuildError> {
        let mut found = self.found.into_inner().unwrap_or_else(PoisonError::into_inner);
        // Threads come in any order.
        for pieces in found.items.values_mut() {
            pieces.sort_unstable_by_key(|piece| piece.document);
        }
        found.mentions.sort_unstable_by_key(|(document, _)| *document);
        let table =
            Table { press, desk: Desk { theme: press.theme, site: press.site, documents }, file: self.file };
        table.items(&found.items)?;
        table.registers(std::mem::take(&mut found.mentions))?;
        table.shared(std::mem::take(&mut found.seen), &found.items)
    }
}

impl Reporter<'_> {
    /// Puts aside what a document answers.
    pub(super) fn add(
        &self,
        municipality: &MunicipalityContext,
        assessment: &Assessment,
    ) -> Result<(), BuildError> {
        let form = assessment.form();
        let own = own_names(municipality);
        let own: Vec<&str> = own.iter().map(String::as_str).collect();
        let (mut bytes, mut pieces, mut seen) = (Vec::new(), Vec::new(), Vec::new());
        for (ix, answers) in across::answers(assessment, &|slot| render::entry_name(assessment, slot)) {
            for (slot, answer) in &answers {
                let Stored::Text(text) = &answer.value else { continue };
                let place = Place { document: self.document, slot: *slot };
                let passages = across::passages(text, &own).into_iter();
                seen.extend(passages.map(|passage| passage.seen(place)));
            }
            let answers: Vec<Answer> = answers.into_iter().map(|(_, answer)| answer).collect();
            let start = bytes.len();
            // Neither memory nor plain data can fail.
            let written = serde_json::to_writer(&mut bytes, &answers);
            debug_assert!(written.is_ok(), "{written:?}");
            pieces.push((form.node(ix), start, bytes.len() - start));
        }
        let base = locked(&self.gathering.file).append(&bytes)?;
        let mentions = across::mentions(assessment, self.document);
        let mut found = locked(&self.gathering.found);
        for (node, start, length) in pieces {
            let piece = Piece {
                document: self.document,
                start: base + start as u64,
                length: u32::try_from(length).unwrap_or(u32::MAX),
            };
            found.items.entry((form.kind(), &node.id)).or_default().push(piece);
        }
        found.seen.extend(seen);
        found.mentions.push((self.document, mentions));
        Ok(())
    }
}

/// How a text may call its own municipality.
fn own_names(municipality: &MunicipalityContext) -> Vec<String> {
    let name = crate::form::fold(&municipality.name);
    // Of 東京都北区 a text may say 北区 as well.
    let short = name.strip_prefix(crate::form::fold(&municipality.prefecture).as_str()).map(str::to_owned);
    std::iter::once(name).chain(short).collect()
}

/// What the pages are made with.
struct Table<'t> {
    press: &'t Press<'t>,
    desk: Desk<'t>,
    file: Mutex<Waiting>,
}

impl Table<'_> {
    fn write(&self, page: &Page) -> Result<(), BuildError> {
        self.press.page(page)
    }

    fn read(&self, piece: Piece) -> Result<Vec<Answer>, BuildError> {
        let bytes = locked(&self.file).read(piece.start, piece.length as usize)?;
        serde_json::from_slice(&bytes).map_err(|_| BuildError::Waiting)
    }

    fn items(&self, items: &BTreeMap<Key, Vec<Piece>>) -> Result<(), BuildError> {
        let counted: Counted = items.iter().map(|(key, pieces)| (*key, pieces.len())).collect();
        self.press.page(&render::items_page(&self.desk, &counted)?)?;
        render::family_pages(&self.desk, &counted)?.iter().try_for_each(|page| self.write(page))?;
        let work: Vec<_> =
            items.iter().filter_map(|(key, pieces)| Some((self.newest(*key, pieces)?, pieces))).collect();
        let addresses: BTreeSet<String> =
            work.iter().map(|((form, node), _)| across::item_address(form, node)).collect();
        work.par_iter().try_for_each(|((form, node), pieces)| {
            let answers: Vec<_> = pieces
                .iter()
                .map(|piece| Ok((piece.document, self.read(*piece)?)))
                .collect::<Result<_, BuildError>>()?;
            let item = ItemAnswers { form, node, answers: &answers, pages: &addresses };
            render::item_pages(&self.desk, &item, &mut |page| self.write(&page))
        })
    }

    /// An item in the newest edition of those that the documents have.
    fn newest(&self, (_, id): Key, pieces: &[Piece]) -> Option<(&'static Form, &'static Node)> {
        let used: BTreeSet<&str> = pieces
            .iter()
            .map(|piece| self.desk.documents[piece.document as usize].document.form.head.id.as_str())
            .collect();
        let form = Form::all().iter().find(|form| used.contains(form.head.id.as_str()))?;
        Some((form, form.by_id(id)?))
    }

    fn registers(&self, mentions: Vec<(u32, Mentions)>) -> Result<(), BuildError> {
        let (mut systems, mut contractors, mut laws) = (Vec::new(), Vec::new(), Vec::new());
        for (_, of) in mentions {
            systems.extend(of.systems);
            contractors.extend(of.contractors);
            laws.extend(of.laws);
        }
        let write = &mut |page: Page| self.write(&page);
        let mut register =
            |what: &str, register: &Register| render::register_pages(&self.desk, what, register, write);
        register("systems", &across::join_systems(&systems))?;
        let home = |at: u32| {
            let municipality = self.desk.documents[at as usize].municipality;
            Home { prefecture: &municipality.prefecture, municipality: &municipality.name }
        };
        register("contractors", &across::join_contractors(&contractors, &home))?;
        let (laws, remarks) = across::join_laws(&laws);
        render::law_pages(&self.desk, &laws, &remarks, write)
    }

    fn shared(&self, seen: Vec<Seen>, items: &BTreeMap<Key, Vec<Piece>>) -> Result<(), BuildError> {
        let mut codes: Vec<&str> = self.desk.documents.iter().map(|d| d.municipality.code.as_str()).collect();
        codes.dedup();
        let number = |at: u32| {
            let code = self.desk.documents[at as usize].municipality.code.as_str();
            codes.partition_point(|other| *other < code)
        };
        let shared = across::shared(seen, &number);
        let read = |place, key| self.passage(place, key, items);
        render::shared_pages(&self.desk, &shared, &read, &mut |page| self.write(&page))
    }

    /// A passage, read again from where its document waits.
    fn passage(
        &self,
        place: Place,
        key: u64,
        items: &BTreeMap<Key, Vec<Piece>>,
    ) -> Result<Option<String>, BuildError> {
        let subject = self.desk.documents[place.document as usize];
        let form = subject.document.form;
        let node = form.node(place.slot.node);
        let pieces = items.get(&(form.kind(), node.id.as_str())).map_or(&[][..], Vec::as_slice);
        let Ok(at) = pieces.binary_search_by_key(&place.document, |piece| piece.document) else {
            return Ok(None);
        };
        let anchor = form.anchor(place.slot, subject.document.files);
        let answer = self.read(pieces[at])?.into_iter().find(|answer| answer.anchor == anchor);
        let Some(Stored::Text(text)) = answer.map(|answer| answer.value) else { return Ok(None) };
        let own = own_names(subject.municipality);
        let own: Vec<&str> = own.iter().map(String::as_str).collect();
        Ok(across::find(&text, &own, key).map(|passage| passage.text))
    }
}
