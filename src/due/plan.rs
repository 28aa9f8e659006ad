//! From the facts of published and coming versions to the list of what is due.

use super::facts::DueFacts;
use super::term::{self, State, Term};
use super::{Basis, Due, Event, Fact, Kind};
use crate::assessment::Occasion;
use crate::wareki::CivilDate;

/// A document whose dates are asked for.
#[derive(Debug, Clone, Copy)]
pub struct DueSubject<'a> {
    /// 団体コード.
    pub code: &'a str,
    /// Name of the municipality.
    pub municipality: &'a str,
    /// Directory of the document.
    pub dir: &'a str,
    /// 評価書名.
    pub title: &'a str,
    /// The version that is public; none where there is none, or where it is not known.
    pub published: Option<&'a DueFacts>,
    /// The version that is to be published next.
    pub coming: Option<&'a DueFacts>,
}

impl<'a> DueSubject<'a> {
    /// One version as what it is on a day: public, or coming where its 公表日 has not come.
    #[must_use]
    pub fn with_version(self, facts: &'a DueFacts, as_of: CivilDate) -> Self {
        if facts.published.is_some_and(|date| date > as_of) {
            Self { coming: Some(facts), ..self }
        } else {
            Self { published: Some(facts), ..self }
        }
    }
}

/// What is due, seen from a day: by date, what has passed after that, and last what has no date.
pub fn list(subjects: &[DueSubject<'_>], as_of: CivilDate) -> Vec<Due> {
    let mut all = Vec::new();
    for subject in subjects {
        let desk = Desk { subject, as_of };
        desk.coming_version(&mut all);
        desk.standing(&mut all);
    }
    let rank = |due: &Due| match due.state {
        State::Overdue | State::Soon | State::Later => 0,
        State::Passed => 1,
        State::Unknown => 2,
    };
    all.sort_by(|a, b| {
        let key = |due| (rank(due), due.date);
        key(a).cmp(&key(b)).then_with(|| (&a.code, &a.dir, a.kind).cmp(&(&b.code, &b.dir, b.kind)))
    });
    all
}

/// One document on one day.
struct Desk<'a> {
    subject: &'a DueSubject<'a>,
    as_of: CivilDate,
}

impl Desk<'_> {
    /// 公表日 and 意見聴取 of the version that is to come.
    fn coming_version(&self, all: &mut Vec<Due>) {
        let Some(coming) = self.subject.coming else { return };
        all.push(match coming.published {
            Some(date) => self.planned(Kind::Publication, date, Basis::Planned, "", coming),
            None => self.missing(Kind::Publication, Fact::Published),
        });
        let hearing = &coming.hearing;
        let mut is_planned = false;
        for (at, period) in hearing.periods.iter().enumerate() {
            // The form keeps the hearings of versions before.
            let is_of_coming = match self.subject.published {
                Some(published) => !published.hearing.periods.contains(period),
                None => !period.to.is_before(self.as_of),
            };
            if !is_of_coming {
                continue;
            }
            is_planned = true;
            let basis = Basis::Hearing(period.days, hearing.length(period));
            for (kind, date) in [(Kind::HearingStart, period.from), (Kind::HearingEnd, period.to)] {
                all.push(self.planned(kind, date, basis, &format!("/{at}"), coming));
            }
        }
        let may_be_done = self.subject.published.is_none() && !hearing.periods.is_empty();
        let conducts = matches!(coming.occasion, Some(Occasion::First | Occasion::Again));
        if hearing.is_demanded && conducts && !is_planned && !may_be_done {
            let is_unread = hearing.is_written && hearing.periods.is_empty();
            let fact = if is_unread { Fact::ReadableHearing } else { Fact::Hearing };
            all.push(self.missing(Kind::HearingStart, fact));
        }
    }

    /// What follows from the version that is public.
    fn standing(&self, all: &mut Vec<Due>) {
        let has_come = |date: Option<CivilDate>| date.filter(|date| !self.as_of.is_before(*date));
        let of_coming =
            |fact: fn(&DueFacts) -> Option<CivilDate>| has_come(self.subject.coming.and_then(fact));
        let Some(published) = self.subject.published else {
            all.extend(self.without_public_version());
            return;
        };
        // What has happened is written down wherever somebody is working.
        let ended = has_come(published.ended).or(of_coming(|facts| facts.ended));
        if let Some(ended) = ended {
            let term = term::retention(ended, self.as_of);
            all.extend(term.map(|term| self.term(Kind::Retention, Event::Ended, term)));
            return;
        }
        let reviewed = published.last_review.max(of_coming(|facts| facts.last_review));
        all.extend(self.review(published.published, reviewed));
        let DueFacts { occasion, last_conducted, .. } = *published;
        all.extend(match term::last_conducted(occasion, last_conducted, published.published) {
            Some(date) => self.repetition(date),
            None => Some(self.missing(Kind::Repetition, Fact::Conducted)),
        });
    }

    fn review(&self, published: Option<CivilDate>, reviewed: Option<CivilDate>) -> Option<Due> {
        let Some(published) = published else {
            return Some(self.missing(Kind::Review, Fact::Published));
        };
        let term = term::review(published, reviewed, self.as_of)?;
        let event = if term.base == published { Event::Published } else { Event::Reviewed };
        Some(self.term(Kind::Review, event, term))
    }

    fn repetition(&self, conducted: CivilDate) -> Option<Due> {
        let term = term::repetition(conducted, self.as_of)?;
        Some(self.term(Kind::Repetition, Event::Conducted, term))
    }

    /// What a coming version tells of the one that is public, when that is not at hand.
    fn without_public_version(&self) -> Vec<Due> {
        let Some(coming) = self.subject.coming.filter(|facts| facts.occasion != Some(Occasion::First)) else {
            return Vec::new();
        };
        let review = Some(self.missing(Kind::Review, Fact::PublicVersion));
        let before = coming.last_conducted.filter(|date| Some(*date) < coming.published);
        let repetition = match before {
            Some(date) => self.repetition(date),
            None => Some(self.missing(Kind::Repetition, Fact::PublicVersion)),
        };
        review.into_iter().chain(repetition).collect()
    }

    fn term(&self, kind: Kind, event: Event, term: Term) -> Due {
        let published = self.subject.published.and_then(|facts| facts.published);
        Due {
            date: Some(term.limit),
            state: term.state,
            stamp: published.or(Some(term.limit)),
            mark: term.base.iso(),
            ..self.due(kind, Basis::Since(event, Some(term.base)))
        }
    }

    /// A date of the coming version. It keeps its mark when it is put off.
    fn planned(&self, kind: Kind, date: CivilDate, basis: Basis, mark: &str, coming: &DueFacts) -> Due {
        let before = self.subject.published.and_then(|facts| facts.published);
        let before = before.map(|date| date.iso()).unwrap_or_default();
        Due {
            date: Some(date),
            state: term::event(date, self.as_of),
            stamp: coming.published.or(Some(date)),
            mark: before + mark,
            ..self.due(kind, basis)
        }
    }

    fn missing(&self, kind: Kind, fact: Fact) -> Due {
        self.due(kind, Basis::Missing(fact))
    }

    fn due(&self, kind: Kind, basis: Basis) -> Due {
        Due {
            kind,
            code: self.subject.code.to_owned(),
            municipality: self.subject.municipality.to_owned(),
            dir: self.subject.dir.to_owned(),
            title: self.subject.title.to_owned(),
            date: None,
            basis,
            state: State::Unknown,
            is_public: self.subject.published.is_some(),
            stamp: None,
            mark: String::new(),
        }
    }
}
