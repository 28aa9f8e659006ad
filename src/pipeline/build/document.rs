//! Everything that is only about one document: its pages, feeds and files of data.

use super::super::press::Press;
use super::super::survey::SurveyedAssessment;
use super::super::{publication, search, versions};
use super::across::Reporter;
use super::{BuildError, Issue};
use crate::assessment::{Assessment, Consultation};
use crate::check::{self, Surroundings};
use crate::diagnostic;
use crate::history::Timeline;
use crate::read;
use crate::site::render::{self, Beside};
use crate::site::{data, feed};
use crate::wareki::CivilDate;

/// Reads a document again and writes everything that is only about it.
pub(super) fn pages(
    press: &Press<'_>,
    issue: &Issue<'_>,
    document: &SurveyedAssessment,
    versions: Option<&publication::Document>,
    call: Option<&Consultation>,
    as_of: CivilDate,
    across: &Reporter<'_>,
) -> Result<(), BuildError> {
    let assessment = read_again(issue, document, as_of)?;
    let timeline = Timeline::of(&assessment);
    let base = format!("{}/{}", issue.folder(), assessment.dir);
    let line = match versions {
        Some(versions) => versions::pages(press, &issue.context, versions, &assessment, as_of)?,
        None => None,
    };
    press.page(&render::assessment(
        press.theme,
        press.site,
        &issue.context,
        &assessment,
        &timeline,
        &Beside { versions: line.as_ref(), call: call.map(|call| (call, as_of)), peers: Some(press.peers) },
    )?)?;
    let subject = subject(issue, document)?;
    let up = feed::way_to_document(press.site, subject);
    let (pages, texts) = render::changes_and_texts(
        press.theme,
        press.site,
        &issue.context,
        &assessment,
        &timeline,
        press.causes,
        line.as_ref(),
        &up,
    )?;
    for page in pages {
        press.page(&page)?;
    }
    press.feeds(&format!("{base}/"), &feed::assessment(press.theme, press.site, subject, &texts))?;
    super::super::data::of_document(
        press,
        subject,
        &assessment,
        &timeline,
        versions.map(|versions| versions.versions.len()),
    )?;
    search::texts(press, &issue.context, &assessment)?;
    across.add(&issue.context, &assessment)?;
    press.figures(&assessment, &document.folder, &base)
}

/// A document as it was checked: one that was edited in between stops the build, because what was checked is what is published.
pub(super) fn read_again(
    issue: &Issue<'_>,
    document: &SurveyedAssessment,
    as_of: CivilDate,
) -> Result<Assessment, BuildError> {
    let folder = &document.folder;
    let changed = || BuildError::Changed(folder.path.clone());
    let (source, mut diagnostics) = read::assessment(folder);
    let surroundings =
        Surroundings { municipality: issue.surveyed.municipality.as_ref(), as_of, before: None };
    let checked = check::assessment(&source.ok_or_else(changed)?, surroundings);
    diagnostics.extend(checked.diagnostics);
    let assessment = checked.assessment.ok_or_else(changed)?;
    if diagnostic::errors(&diagnostics) != document.errors {
        return Err(changed());
    }
    Ok(assessment)
}

/// What feeds and files of data need to know of a document besides its texts.
pub(super) fn subject<'i>(
    issue: &'i Issue<'_>,
    document: &'i SurveyedAssessment,
) -> Result<feed::Subject<'i>, BuildError> {
    let digest = document.digest.as_ref();
    let digest = digest.ok_or_else(|| BuildError::Changed(document.folder.path.clone()))?;
    Ok(feed::Subject { municipality: &issue.context, document: digest })
}

/// `assessment.json` of a document.
pub(in crate::pipeline) fn json_of(
    code: &str,
    municipality: &str,
    assessment: &Assessment,
    timeline: &Timeline,
) -> String {
    let mut anchors = vec![""; assessment.changes.len()];
    for entry in &timeline.entries {
        anchors[entry.change] = &entry.anchor;
    }
    let url = |at: usize| format!("changes/#{}", anchors[at]);
    data::assessment_json(code, municipality, assessment, &url)
}
