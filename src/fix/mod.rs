//! Corrections that leave no doubt, made in the files themselves: `kohyo check --fix`.
//!
//! Only the marked places change, byte for byte; a file stays as it is where its correction would make it harder to read.

mod bytes;
mod known;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization as _;

use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::fs;
use crate::pipeline::{Aim, Day, Selection, Silent, survey};
use crate::read::{SourceFile, parse_partly};

pub(crate) use bytes::line_starts;

/// A correction may bring out another finding that can be corrected; more rounds than this are never needed.
const MOST_ROUNDS: usize = 5;
/// The same inside one file that is not YAML yet: every slip hides those behind it.
const MOST_SLIPS: usize = 200;

/// What was corrected.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The corrections in the order of files and lines.
    pub mended: Vec<(Arc<str>, Fix)>,
    /// Files that were left as they are, and why.
    pub refused: BTreeMap<Arc<str>, String>,
}

impl Outcome {
    /// The number of files that were changed.
    pub fn files(&self) -> usize {
        self.mended.iter().map(|(file, _)| file).collect::<BTreeSet<_>>().len()
    }
}

/// Corrects what is certain in all files that are selected, until nothing more is.
pub fn fix(selections: &[Selection], day: Day) -> Result<Outcome, fs::Error> {
    let mut outcome = Outcome::default();
    for _ in 0..MOST_ROUNDS {
        let mut by_file: BTreeMap<Arc<str>, Vec<Fix>> = BTreeMap::new();
        for selection in selections {
            for found in survey(selection, day, Aim::Check, &Silent)?.diagnostics {
                if let Some(fix) = certain(&found).filter(|_| !outcome.refused.contains_key(&found.file)) {
                    by_file.entry(Arc::clone(&found.file)).or_default().push(fix);
                }
            }
        }
        let before = outcome.mended.len();
        for (file, fixes) in by_file {
            mend(&file, fixes, &mut outcome)?;
        }
        if outcome.mended.len() == before {
            break;
        }
    }
    // Within one line, what was corrected first stays first: its column is that of the line as it was then.
    outcome.mended.sort_by(|(a, x), (b, y)| (a, x.line).cmp(&(b, y.line)));
    Ok(outcome)
}

/// The correction of a finding: what the check is certain of, or a suggestion that only widens half-width kana.
fn certain(found: &Diagnostic) -> Option<Fix> {
    if found.fix.is_some() {
        return found.fix.clone();
    }
    let (place, to) = (found.place.as_ref()?, found.suggestion.as_ref()?);
    let from = place.excerpt.get(place.marked.clone())?;
    let is_width = from != to && widened(from) == *to;
    is_width.then(|| Fix { line: place.line, column: place.column, from: from.to_owned(), to: to.clone() })
}

/// The text with full-width kana in the place of half-width ones; everything else stays.
fn widened(text: &str) -> String {
    let is_half = |c: char| ('\u{FF61}'..='\u{FF9F}').contains(&c);
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars() {
        if is_half(c) {
            run.push(c);
            continue;
        }
        out.extend(std::mem::take(&mut run).nfkc());
        out.push(c);
    }
    out.extend(run.nfkc());
    out
}

/// Corrects one file, if that makes it no harder to read.
fn mend(file: &Arc<str>, fixes: Vec<Fix>, outcome: &mut Outcome) -> Result<(), fs::Error> {
    let path = Path::new(&**file);
    let is_yaml = path.extension().is_some_and(|e| e == "yaml");
    let step = settle(fs::read(path)?, fixes, is_yaml);
    if step.is_refused {
        let reason = "直すと YAML として読めなくなるところは、元のままにしました。";
        outcome.refused.insert(Arc::clone(file), reason.to_owned());
    }
    if !step.done.is_empty() {
        fs::replace(path, &step.text)?;
        outcome.mended.extend(step.done.into_iter().map(|fix| (Arc::clone(file), fix)));
    }
    Ok(())
}

/// Makes the corrections, and then those of the slips that came to light.
fn settle(text: Vec<u8>, fixes: Vec<Fix>, is_yaml: bool) -> Step {
    let mut all = Step { text, done: Vec::new(), is_refused: false };
    let mut next = fixes;
    for _ in 0..MOST_SLIPS {
        let step = step(&all.text, next, is_yaml);
        all.is_refused |= step.is_refused;
        if step.done.is_empty() {
            break;
        }
        all.text = step.text;
        all.done.extend(step.done);
        next = if is_yaml { slips(&all.text) } else { Vec::new() };
    }
    all
}

/// A file after some corrections.
struct Step {
    text: Vec<u8>,
    done: Vec<Fix>,
    is_refused: bool,
}

/// Makes all corrections, or else those that by themselves do no harm.
fn step(text: &[u8], fixes: Vec<Fix>, is_yaml: bool) -> Step {
    let fixes: Vec<_> = fixes.into_iter().filter(|fix| !is_yaml || known::is_meant(text, fix)).collect();
    let before = Health::of(text, is_yaml);
    let (mended, done) = bytes::apply(text, &fixes);
    if !Health::of(&mended, is_yaml).is_worse_than(&before) {
        return Step { text: mended, done, is_refused: false };
    }
    let mut kept = Step { text: text.to_owned(), done: Vec::new(), is_refused: true };
    for fix in done {
        let (mended, done) = bytes::apply(&kept.text, std::slice::from_ref(&fix));
        if !Health::of(&mended, is_yaml).is_worse_than(&Health::of(&kept.text, is_yaml)) {
            kept.text = mended;
            kept.done.extend(done);
        }
    }
    kept
}

/// The corrections of the slips that keep a file from being YAML.
fn slips(text: &[u8]) -> Vec<Fix> {
    let Ok(file) = SourceFile::decode("", text) else { return Vec::new() };
    parse_partly(&file).diagnostics.into_iter().filter_map(|d| d.fix).collect()
}

/// How well a file can be read.
struct Health {
    /// Whether it is read to its end.
    complete: bool,
    /// The line up to which it is read, where it is not.
    reached: usize,
    /// How many faults it has as YAML.
    faults: usize,
}

impl Health {
    fn of(text: &[u8], is_yaml: bool) -> Self {
        let well = Self { complete: true, reached: 0, faults: 0 };
        if !is_yaml {
            return well;
        }
        let Ok(file) = SourceFile::decode("", text) else { return Self { complete: false, ..well } };
        let parsed = parse_partly(&file);
        let is_last = |d: &&Diagnostic| d.code != Code::ALIAS;
        let last = parsed.diagnostics.iter().rfind(is_last).and_then(|d| d.place.as_ref());
        Self {
            complete: parsed.complete,
            reached: last.map_or(0, |place| place.line),
            faults: parsed.diagnostics.len(),
        }
    }

    fn is_worse_than(&self, before: &Self) -> bool {
        match (before.complete, self.complete) {
            (true, true) => self.faults > before.faults,
            (true, false) => true,
            (false, true) => false,
            (false, false) => self.reached < before.reached,
        }
    }
}

#[cfg(test)]
mod tests;
