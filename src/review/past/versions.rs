//! Which states of a document were published. A version is known by its 公表日.
//!
//! Between two publications a document goes through many states, and most of them nobody was meant to see: texts that were edited
//! before the date was, dates that were put off, drafts on a branch. What is taken for a version, and why, stands at each step
//! below; where two readings are left, the one that shows less is taken.

use std::collections::BTreeMap;

use super::day::{day_of, rows_after, rows_of_day};
use super::lineage::{Lineage, Past, State};
use crate::read::AssessmentFolder;
use crate::review::git::Error;
use crate::wareki::CivilDate;

/// A version of a document.
#[derive(Debug, Clone)]
pub struct Version {
    /// 公表日.
    pub published: CivilDate,
    /// The state that was published.
    pub state: State,
    /// Its files.
    pub folder: AssessmentFolder,
    /// Whether it was committed by that day, so that nothing that came later under the same date belongs to it.
    pub is_settled: bool,
}

/// What is known of a document beside its history.
pub struct Evidence<'e> {
    /// Whether the dates of commits say when something was known. In samples and archives (基準日) they do not.
    pub dated: bool,
    /// The document in the working tree and its 公表日.
    pub coming: Option<(&'e AssessmentFolder, CivilDate)>,
    /// How many faults the rows of 変更箇所 of the second document have when it is compared with the first.
    pub faults: &'e (dyn Fn(&AssessmentFolder, &AssessmentFolder) -> usize + Sync),
    /// How many errors a document has by itself, as of its 公表日.
    pub errors: &'e (dyn Fn(&AssessmentFolder, CivilDate) -> usize + Sync),
}

/// A state that may be a version.
struct Candidate<'l> {
    state: &'l State,
    folder: AssessmentFolder,
    published: CivilDate,
}

/// The versions of a document, older ones first, those of days to come among them.
pub fn versions(past: &Past, lineage: &Lineage, evidence: &Evidence<'_>) -> Result<Vec<Version>, Error> {
    let mut main = Vec::new();
    let mut aside = Vec::new();
    for state in &lineage.states {
        let folder = past.folder(state)?;
        let Some(published) = past.published(&folder) else { continue };
        let line = if state.is_main { &mut main } else { &mut aside };
        line.push(Candidate { state, folder, published });
    }
    let main = without_withdrawn(main, evidence.dated);
    let mut by_day: BTreeMap<CivilDate, Vec<Candidate<'_>>> = BTreeMap::new();
    for candidate in aside {
        let is_told = main.iter().any(|later| rows_of_day(&later.folder, candidate.published) > 0);
        if is_told && main.iter().all(|other| other.published != candidate.published) {
            by_day.entry(candidate.published).or_default().push(candidate);
        }
    }
    for candidate in main {
        by_day.entry(candidate.published).or_default().push(candidate);
    }
    let mut next = None;
    let mut versions = Vec::new();
    for (published, candidates) in by_day.into_iter().rev() {
        let coming = evidence.coming.filter(|(_, day)| next.is_none() && *day > published);
        let next_folder = next.as_ref().or(coming.map(|(folder, _)| folder));
        let Some((at, is_settled)) = chosen(&candidates, next_folder, evidence) else { continue };
        // A folder that was renamed since is at its new address, with the same contents.
        let tree = &candidates[at].state.document.tree;
        let latest = candidates[at..].iter().rfind(|c| c.state.document.tree == *tree);
        let Candidate { state, folder, .. } = latest.unwrap_or(&candidates[at]);
        next = Some(folder.clone());
        versions.push(Version { published, state: (*state).clone(), folder: folder.clone(), is_settled });
    }
    versions.reverse();
    // What was taken out before its day was over was withdrawn.
    let removed = lineage.removed.filter(|_| evidence.dated && !lineage.is_current).and_then(day_of);
    versions.retain(|version| removed.is_none_or(|day| version.published.is_before(day)));
    Ok(versions)
}

/// Whether a later state of a document put off a version instead of coming after it. Its rows of 変更箇所 are then dated anew. A first
/// version has no rows that could tell; it was put off where the later state has no new ones either.
pub fn puts_off(
    later: &AssessmentFolder,
    version: &AssessmentFolder,
    published: CivilDate,
    is_first: bool,
) -> bool {
    match rows_of_day(version, published) {
        0 => is_first && rows_after(later, published) == 0,
        _ => rows_of_day(later, published) == 0,
    }
}

/// The line without what was taken back. A date that was followed by an earlier one was wrong, or its version was withdrawn,
/// unless its day had come in between. A date that was put off before it came is none either.
fn without_withdrawn(line: Vec<Candidate<'_>>, dated: bool) -> Vec<Candidate<'_>> {
    let is_withdrawn = |at: usize, withdrawn: &[bool]| {
        let this = &line[at];
        let by_its_day = |c: &Candidate<'_>| committed(c).is_some_and(|day| day <= this.published);
        let had_come = |later: &Candidate<'_>| dated && by_its_day(this) && !by_its_day(later);
        let mut before = line[..at].iter().zip(withdrawn).filter(|(_, withdrawn)| !**withdrawn);
        let is_first = !before.any(|(other, _)| other.published < this.published);
        let is_put_off = |later: &Candidate<'_>| {
            dated
                && later.published > this.published
                && by_its_day(later)
                && puts_off(&later.folder, &this.folder, this.published, is_first)
        };
        let after = &line[at + 1..];
        after.iter().any(|later| later.published < this.published && !had_come(later))
            || after.iter().find(|later| later.published != this.published).is_some_and(is_put_off)
    };
    let mut withdrawn = Vec::new();
    for at in 0..line.len() {
        withdrawn.push(is_withdrawn(at, &withdrawn));
    }
    line.into_iter()
        .zip(withdrawn)
        .filter(|(_, withdrawn)| !withdrawn)
        .map(|(candidate, _)| candidate)
        .collect()
}

/// The day in Japan on which a state was committed.
fn committed(candidate: &Candidate<'_>) -> Option<CivilDate> {
    day_of(candidate.state.time)
}

/// Which of the states with one 公表日 was published, and whether the history leaves no doubt.
///
/// The last one that was committed by the end of the day: what came later under the same date was never announced. Where none
/// was (the document was published before it came into git), it is the one from which the rows of the next version lead on; where
/// they do not tell, the first one, because a later one may hold what was being prepared. Without a next version it is the last.
fn chosen(
    candidates: &[Candidate<'_>],
    next: Option<&AssessmentFolder>,
    evidence: &Evidence<'_>,
) -> Option<(usize, bool)> {
    let last = candidates.len().checked_sub(1)?;
    let in_time = |c: &Candidate<'_>| evidence.dated && committed(c).is_some_and(|day| day <= c.published);
    let is_sound = |at: &usize| (evidence.errors)(&candidates[*at].folder, candidates[*at].published) == 0;
    let timely: Vec<usize> = (0..=last).filter(|at| in_time(&candidates[*at])).collect();
    if let Some(newest) = timely.last().copied() {
        let sound = || timely.iter().rev().copied().find(is_sound);
        let published = if newest == last { Some(newest) } else { sound() };
        // Nothing that was in time could be published; what was mended later under the same date could.
        return match published {
            Some(at) => Some((at, true)),
            None if is_sound(&last) => Some((last, false)),
            None => Some((newest, true)),
        };
    }
    let Some(next) = next.filter(|_| last > 0) else { return Some((last, false)) };
    let is_early = |at: &usize| rows_after(&candidates[*at].folder, candidates[*at].published) == 0;
    let fitting: Vec<usize> = (0..=last).filter(is_early).collect();
    let pool = if fitting.is_empty() { (0..=last).collect() } else { fitting };
    let at = pool.into_iter().min_by_key(|at| ((evidence.faults)(&candidates[*at].folder, next), *at))?;
    Some((at, false))
}
