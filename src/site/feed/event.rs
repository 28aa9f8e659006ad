//! What entries are about: publications and days of changes, newest first.

use std::cmp::Reverse;
use std::ops::Range;

use super::id;
use crate::history::{AssessmentDigest, ChangeBrief};
use crate::site::MunicipalityContext;
use crate::wareki::CivilDate;

/// A document with its municipality.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The municipality.
    pub municipality: &'a MunicipalityContext,
    /// The document.
    pub document: &'a AssessmentDigest,
}

/// Something that happened to a document on a date.
#[derive(Debug, Clone)]
pub(super) struct Event<'a> {
    pub(super) subject: Subject<'a>,
    pub(super) date: CivilDate,
    pub(super) what: What,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    /// The document was published.
    Publication,
    /// These of its changes were made: indices into [`AssessmentDigest::changes`].
    Changes(Range<usize>),
}

impl<'a> Event<'a> {
    /// The changes; none for a publication.
    pub(super) fn changes(&self) -> &'a [ChangeBrief] {
        match &self.what {
            What::Publication => &[],
            What::Changes(range) => &self.subject.document.changes[range.clone()],
        }
    }

    pub(super) fn id(&self) -> String {
        let (code, dir) = (self.subject.municipality.code.as_str(), self.subject.document.dir.as_str());
        match self.what {
            What::Publication => id::publication(code, dir, self.date),
            What::Changes(_) => id::changes(code, dir, self.date),
        }
    }
}

/// The newest events, newest first; on the same date in the order of the documents. What has no date is no event.
pub(super) fn newest<'a>(documents: impl Iterator<Item = Subject<'a>>, most: usize) -> Vec<Event<'a>> {
    let mut events: Vec<_> = documents.flat_map(events).collect();
    events.sort_by_key(|event| Reverse(first_day(event.date)));
    events.truncate(most);
    events
}

fn events(subject: Subject<'_>) -> Vec<Event<'_>> {
    let published = subject.document.published;
    let mut events: Vec<_> =
        published.map(|date| Event { subject, date, what: What::Publication }).into_iter().collect();
    let mut start = 0;
    for changes in subject.document.changes.chunk_by(|a, b| a.date == b.date) {
        let range = start..start + changes.len();
        start = range.end;
        let date = changes.first().and_then(|change| change.date);
        events.extend(date.map(|date| Event { subject, date, what: What::Changes(range) }));
    }
    events
}

/// The first day that a date may mean.
pub(super) fn first_day(date: CivilDate) -> (i16, u8, u8) {
    (date.year(), date.month().unwrap_or(1), date.day().unwrap_or(1))
}
