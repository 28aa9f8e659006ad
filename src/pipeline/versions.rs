//! The pages of the versions of a document that were published, and what else is made of them.

use std::borrow::Cow;

use super::basis::digests;
use super::build::{BuildError, json_of};
use super::press::Press;
use super::publication::{Document, PublicVersion};
use crate::assessment::Assessment;
use crate::check::{self, Surroundings};
use crate::compare::{Comparison, DifferenceKind, FigureDigests, Side, compare};
use crate::history::{ChangedItems, Timeline, Version, VersionLine};
use crate::read;
use crate::site::render::{self, PublishedVersion};
use crate::site::{MunicipalityContext, data};
use crate::wareki::CivilDate;

/// A version that was read.
struct Read<'d> {
    version: &'d PublicVersion,
    assessment: Cow<'d, Assessment>,
    figures: FigureDigests,
    json: String,
}

/// Writes everything about the versions of a document; `current` is the one that its page shows: among drafts, one that is still to
/// come. A document without versions gets nothing.
pub(super) fn pages(
    press: &Press<'_>,
    municipality: &MunicipalityContext,
    document: &Document,
    current: &Assessment,
    as_of: CivilDate,
) -> Result<Option<VersionLine>, BuildError> {
    let all: Vec<_> = document
        .versions
        .iter()
        .map(|version| read_version(municipality, version, current))
        .collect::<Result<_, _>>()?;
    let steps: Vec<Comparison> = all.windows(2).map(|pair| compared(&pair[0], &pair[1])).collect();
    let versions = all.iter().enumerate().map(|(at, read)| {
        let changed = at.checked_sub(1).map(|before| changed_items(&steps[before]));
        Version::new(read.version.published, read.json.as_bytes(), changed)
    });
    let newest = all.len().saturating_sub(1);
    let is_public = |read: &Read<'_>| read.version.published <= as_of;
    let line = VersionLine {
        versions: versions.collect(),
        current: all.iter().rposition(is_public).unwrap_or(newest),
    };
    if all.is_empty() {
        return Ok(None);
    }
    let base = format!("{}/{}", municipality.code, current.dir);
    for (at, read) in all.iter().enumerate() {
        let folder = format!("{base}/{}", line.versions[at].dir());
        let page = render::version_page(press.theme, press.site, municipality, &read.assessment, &line, at)?;
        press.page(&page)?;
        press.file(&format!("{folder}/assessment.json"), read.json.as_bytes())?;
        press.figures(&read.assessment, &read.version.folder, &folder)?;
    }
    for (older, newer) in line.pairs() {
        let [before, after] = [&all[older], &all[newer]]
            .map(|read| PublishedVersion { assessment: &read.assessment, figures: &read.figures });
        let comparison = match steps.get(older) {
            Some(step) if newer == older + 1 => Cow::Borrowed(step),
            _ => Cow::Owned(compared(&all[older], &all[newer])),
        };
        let page = render::compare_page(
            press.theme,
            press.site,
            municipality,
            before,
            after,
            &comparison,
            &line,
            (older, newer),
        )?;
        page.iter().try_for_each(|page| press.page(page))?;
    }
    press.page(&render::versions_page(press.theme, press.site, municipality, current, &line)?)?;
    let list = data::versions_json(municipality.code.as_str(), &current.dir, &current.title, &line);
    press.file(&format!("{base}/versions.json"), list.as_bytes())?;
    former_addresses(press, municipality, document, current, &line)?;
    Ok(Some(line))
}

/// Where the document was found before its folder was renamed, pages lead on to where it is now.
fn former_addresses(
    press: &Press<'_>,
    municipality: &MunicipalityContext,
    document: &Document,
    current: &Assessment,
    line: &VersionLine,
) -> Result<(), BuildError> {
    for former in &document.former {
        let mut parts = vec![String::new(), "changes".to_owned(), "v".to_owned()];
        let of_version = document.versions.iter().zip(&line.versions);
        let own = of_version.filter(|(version, _)| version.folder.dir == *former);
        parts.extend(own.map(|(_, version)| version.dir()));
        let was_here = |at: usize| document.versions[at].folder.dir == *former;
        let compared = line.pairs().into_iter().filter(|(older, newer)| was_here(*older) && was_here(*newer));
        parts.extend(compared.filter_map(|(older, newer)| line.comparison_dir(older, newer)));
        for part in parts {
            let address = |dir: &str| format!("{}/{dir}/{part}", municipality.code);
            let (from, to) = (address(former), address(&current.dir));
            press.unlisted(&render::moved_page(press.theme, press.site, &from, &to)?)?;
        }
    }
    Ok(())
}

fn read_version<'d>(
    municipality: &MunicipalityContext,
    version: &'d PublicVersion,
    current: &'d Assessment,
) -> Result<Read<'d>, BuildError> {
    let unreadable = || BuildError::Unreadable(version.folder.path.clone());
    let assessment = match &version.origin {
        None => Cow::Borrowed(current),
        Some(_) => {
            let (source, _) = read::assessment(&version.folder);
            let checked = check::assessment(&source.ok_or_else(unreadable)?, Surroundings::unknown());
            Cow::Owned(checked.assessment.ok_or_else(unreadable)?)
        }
    };
    let name = match &version.name {
        Some(name) => name,
        None => &municipality.name,
    };
    // Its pages stand where the document stands now, whatever its folder was called then.
    let assessment = match assessment {
        Cow::Owned(past) => Cow::Owned(Assessment { dir: current.dir.clone(), ..past }),
        Cow::Borrowed(now) => Cow::Borrowed(now),
    };
    let json = json_of(municipality.code.as_str(), name, &assessment, &Timeline::of(&assessment));
    Ok(Read { version, assessment, figures: digests(&version.folder), json })
}

fn compared(before: &Read<'_>, after: &Read<'_>) -> Comparison {
    let [before, after] = [before, after].map(|read| Side {
        answers: &read.assessment.answers,
        changes: &read.assessment.changes,
        figures: &read.figures,
    });
    compare(before, after)
}

/// How many items differ; the cover and what differs in blanks only are not counted.
fn changed_items(comparison: &Comparison) -> ChangedItems {
    let counted = || comparison.differences.iter().filter(|difference| difference.needs_row());
    debug_assert!(counted().all(|difference| difference.kind != DifferenceKind::Cover));
    ChangedItems { total: counted().count(), important: counted().filter(|d| d.important).count() }
}
