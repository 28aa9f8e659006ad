//! The changes of one document on one date, summed up for lists over many documents.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::digest::{AssessmentDigest, ChangeBrief, TimingBrief};
use super::meaning::ChangeKind;
use crate::form::Form;
use crate::wareki::CivilDate;

/// The changes of one document on one date, in a list over several documents. It holds no texts.
#[derive(Debug, Clone)]
pub struct Update {
    /// Position of the municipality in [`SiteDigest::municipalities`](super::SiteDigest::municipalities); 0 in a list of a
    /// single one.
    pub municipality: usize,
    /// 変更日; none for the changes without one.
    pub date: Option<CivilDate>,
    /// Directory of the document.
    pub dir: Arc<str>,
    /// 評価書名.
    pub title: Arc<str>,
    /// The edition of the document's form.
    pub form: &'static Form,
    /// Number of 特定個人情報ファイル of the document, which decides how its items are named.
    pub files: u16,
    /// Number of changes.
    pub changes: usize,
    /// Number of changes of each kind, in the order of [`ChangeKind::ALL`].
    pub kinds: [usize; ChangeKind::ALL.len()],
    /// Number of changes with each 提出時期, in the order of the form's options.
    pub timings: Vec<(TimingBrief, usize)>,
    /// Number of changes of items marked ※.
    pub important: usize,
    /// The reason that the most changes give.
    pub reason: Option<Arc<str>>,
    /// The first changes.
    pub items: Box<[ChangeBrief]>,
}

/// How many changes of an update are named.
const NAMED: usize = 3;

impl Update {
    /// All updates of some documents: dates ascending, those without a date last; within a date in the order of the
    /// documents.
    pub(super) fn all(documents: &[AssessmentDigest]) -> Vec<Self> {
        let mut updates: Vec<Self> = documents.iter().flat_map(Self::of_document).collect();
        updates.sort_by_key(Self::age);
        updates
    }

    /// Sorts by date: ascending, without a date last.
    pub(super) fn age(&self) -> (bool, Option<CivilDate>) {
        (self.date.is_none(), self.date)
    }

    /// The newest of a list in ascending order, newest first; within a date in the order of the list.
    pub(super) fn newest(updates: &[Self], most: usize) -> impl Iterator<Item = &Self> {
        let days = updates.chunk_by(|a, b| a.date == b.date).rev();
        days.flatten().filter(|update| update.date.is_some()).take(most)
    }

    /// The updates of a date, out of a list in ascending order.
    pub fn on(updates: &[Self], date: Option<CivilDate>) -> &[Self] {
        let age = (date.is_none(), date);
        let start = updates.partition_point(|update| update.age() < age);
        let count = updates[start..].partition_point(|update| update.age() == age);
        &updates[start..start + count]
    }

    fn of_document(document: &AssessmentDigest) -> Vec<Self> {
        let (dir, title) = (Arc::from(document.dir.as_str()), Arc::from(document.title.as_str()));
        let days = document.changes.chunk_by(|a, b| a.date == b.date);
        days.map(|changes| Self::of(document, changes, &dir, &title)).collect()
    }

    fn of(document: &AssessmentDigest, changes: &[ChangeBrief], dir: &Arc<str>, title: &Arc<str>) -> Self {
        Self {
            municipality: 0,
            date: changes.first().and_then(|change| change.date),
            dir: Arc::clone(dir),
            title: Arc::clone(title),
            form: document.form,
            files: document.files,
            changes: changes.len(),
            kinds: ChangeKind::ALL.map(|kind| changes.iter().filter(|c| c.kind == kind).count()),
            timings: timings(document.form, changes),
            important: changes.iter().filter(|c| c.important).count(),
            reason: main_reason(changes),
            items: changes.iter().take(NAMED).cloned().collect(),
        }
    }
}

/// Number of changes with each 提出時期 of the form; what is not an option is left out.
fn timings(form: &Form, changes: &[ChangeBrief]) -> Vec<(TimingBrief, usize)> {
    let counted = TimingBrief::all(form).map(|timing| {
        let count = changes.iter().filter(|change| change.timing == timing).count();
        (timing, count)
    });
    counted.filter(|(_, count)| *count > 0).collect()
}

fn main_reason(changes: &[ChangeBrief]) -> Option<Arc<str>> {
    let given = || changes.iter().filter_map(|change| change.reason.as_ref());
    let (most, _) = *by_frequency(given().map(AsRef::as_ref)).first()?;
    given().find(|reason| reason.as_ref() == most).map(Arc::clone)
}

/// Texts with how often each comes, the most frequent first; of equally frequent ones the first stays in front.
pub fn by_frequency<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<(&'t str, usize)> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut counted: Vec<(&str, usize)> = Vec::new();
    for text in texts {
        let place = *places.entry(text).or_insert(counted.len());
        match counted.get_mut(place) {
            Some((_, count)) => *count += 1,
            None => counted.push((text, 1)),
        }
    }
    counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::BriefItem;

    fn brief(day: Option<u8>, ordinal: u16, kind: ChangeKind, reason: Option<&str>) -> ChangeBrief {
        ChangeBrief {
            item: BriefItem::Written(format!("項目{ordinal}").into()),
            date: day.and_then(|day| CivilDate::from_ymd(2024, 5, day)),
            ordinal,
            piece: 0,
            kind,
            timing: if ordinal == 2 { TimingBrief::Option(1) } else { TimingBrief::Option(0) },
            important: ordinal > 1,
            reason: reason.map(Arc::from),
            novelty: None,
        }
    }

    fn document(dir: &str, changes: Vec<ChangeBrief>) -> AssessmentDigest {
        AssessmentDigest {
            dir: dir.to_owned(),
            number: "1".to_owned(),
            title: format!("{dir}の事務"),
            form: Form::with_id("zenkomoku-h30-05").unwrap(),
            agency: String::new(),
            task: String::new(),
            published: None,
            files: 1,
            filled: 0,
            items: 0,
            due: crate::due::DueFacts::default(),
            changes,
        }
    }

    #[test]
    fn an_update_counts_the_changes_of_a_document_on_a_date() {
        use ChangeKind::{Added, Changed};
        let updates = Update::all(&[document(
            "1-a",
            vec![
                brief(Some(1), 1, Added, Some("甲")),
                brief(Some(1), 2, Changed, Some("乙")),
                brief(Some(1), 3, Changed, Some("乙")),
                brief(Some(1), 4, Changed, None),
                brief(None, 1, Changed, None),
            ],
        )]);
        assert_eq!(updates.len(), 2);
        let first = &updates[0];
        assert_eq!((first.changes, first.kinds, first.important), (4, [1, 3, 0, 0, 0], 3));
        assert_eq!(first.timings, [(TimingBrief::Option(0), 3), (TimingBrief::Option(1), 1)]);
        assert_eq!(first.reason.as_deref(), Some("乙"));
        assert_eq!(first.items.iter().map(|item| item.ordinal).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!((updates[1].date, updates[1].reason.as_deref()), (None, None));
        assert!(size_of::<Update>() <= 200, "{}", size_of::<Update>());
    }

    #[test]
    fn updates_ascend_and_the_newest_come_first_in_the_order_of_the_documents() {
        let one = |day| brief(day, 1, ChangeKind::Changed, None);
        let updates = Update::all(&[
            document("1-a", vec![one(Some(1)), one(Some(3)), one(None)]),
            document("2-b", vec![one(Some(2)), one(Some(3))]),
        ]);
        let shape = |update: &Update| (update.date.and_then(|date| date.day()), update.dir.to_string());
        let day = |day: u8, dir: &str| (Some(day), dir.to_owned());
        assert_eq!(
            updates.iter().map(shape).collect::<Vec<_>>(),
            [day(1, "1-a"), day(2, "2-b"), day(3, "1-a"), day(3, "2-b"), (None, "1-a".to_owned())]
        );
        assert_eq!(
            Update::newest(&updates, 3).map(shape).collect::<Vec<_>>(),
            [day(3, "1-a"), day(3, "2-b"), day(2, "2-b")]
        );
    }

    #[test]
    fn the_updates_of_a_date_are_found() {
        let one = |day| brief(day, 1, ChangeKind::Changed, None);
        let updates = Update::all(&[
            document("1-a", vec![one(Some(1)), one(Some(3)), one(None)]),
            document("2-b", vec![one(Some(3))]),
        ]);
        let on = |date: Option<CivilDate>| Update::on(&updates, date).len();
        let day = |day| CivilDate::from_ymd(2024, 5, day);
        assert_eq!([on(day(1)), on(day(2)), on(day(3)), on(day(4)), on(None)], [1, 0, 2, 0, 1]);
    }

    #[test]
    fn equally_frequent_texts_keep_their_order() {
        let counted = by_frequency(["乙", "甲", "丙", "甲", "乙"].into_iter());
        assert_eq!(counted, [("乙", 2), ("甲", 2), ("丙", 1)]);
    }
}
