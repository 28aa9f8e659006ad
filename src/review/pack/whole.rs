//! The whole text of a new document: there is nothing to compare it with, and reviewers want to read it all.

use serde::Serialize;

use super::extra::{RemarkView, Writer};
use crate::assessment::Assessment;
use crate::compare::item_text;
use crate::form::Slot;

/// A section of the form.
#[derive(Serialize)]
pub(super) struct ChapterView {
    heading: String,
    answers: Vec<AnswerView>,
    remark: RemarkView,
}

/// An item that is filled in.
#[derive(Serialize)]
struct AnswerView {
    line: String,
    important: bool,
    html: String,
}

/// The sections of a document with everything that is filled in.
pub(super) fn chapters(writer: Writer<'_, '_>, document: &Assessment) -> Vec<ChapterView> {
    let (form, files) = (document.form(), document.answers.files());
    let mut chapters: Vec<(Slot, ChapterView)> = Vec::new();
    for (slot, _) in document.answers.values().filter(|(_, value)| !value.is_empty()) {
        let section = form.section_of(slot.node);
        let entries = slot.entries.truncate(usize::from(section.repeat.is_some()));
        let place = Slot { node: section.ix, entries };
        if chapters.iter().all(|(known, _)| *known != place) {
            chapters.push((place, chapter(writer, document, place)));
        }
        let answer = AnswerView {
            line: form.name(slot, files).line(),
            important: form.node(slot.node).important,
            html: writer.html(&item_text(&document.answers, slot), 6),
        };
        if let Some((_, chapter)) = chapters.iter_mut().find(|(known, _)| *known == place) {
            chapter.answers.push(answer);
        }
    }
    chapters.sort_by_key(|(place, _)| (place.entries, place.node));
    chapters.into_iter().map(|(_, chapter)| chapter).collect()
}

fn chapter(writer: Writer<'_, '_>, document: &Assessment, place: Slot) -> ChapterView {
    let (form, files) = (document.form(), document.answers.files());
    let name = form.name(place, files);
    let remark =
        writer.remark(&form.anchor(place, files), &form.path(place, files), (&name.reference, &name.label));
    ChapterView { heading: name.line(), answers: Vec::new(), remark }
}
