//! The pages and files over several documents: those of a municipality, and those of the whole site.

use rayon::prelude::*;

use super::super::press::Press;
use super::super::{data, due, search};
use super::{BuildError, Issue};
use crate::history::{AssessmentDigest, MunicipalityDigest, Shelf, SiteDigest};
use crate::site::feed;
use crate::site::render;
use crate::wareki::CivilDate;

/// What is about one municipality.
pub(super) fn municipality_pages(
    press: &Press<'_>,
    issue: &Issue<'_>,
) -> Result<MunicipalityDigest, BuildError> {
    let documents: Vec<AssessmentDigest> = issue.documents.iter().filter_map(|d| d.digest.clone()).collect();
    let municipality = issue.surveyed.municipality.as_ref();
    let digest = municipality.map(|m| MunicipalityDigest::of(m, &documents));
    let digest = digest.ok_or_else(|| BuildError::Changed(issue.surveyed.folder.path.clone()))?;
    press.page(&render::municipality(press.theme, press.site, &issue.context, &digest, &documents)?)?;
    for page in render::municipality_changes(press.theme, press.site, &issue.context, &digest, &documents)? {
        press.page(&page)?;
    }
    let folder = format!("{}/", issue.folder());
    press.feeds(&folder, &feed::municipality(press.theme, press.site, &issue.context, &documents))?;
    data::of_municipality(press, &issue.context, &issue.subjects().collect::<Vec<_>>())?;
    Ok(digest)
}

/// What is about all municipalities together.
pub(super) fn site_pages(
    press: &Press<'_>,
    issues: &[Issue<'_>],
    digests: Vec<MunicipalityDigest>,
    shelves: &[Shelf<'_>],
    as_of: CivilDate,
) -> Result<(), BuildError> {
    let (theme, site) = (press.theme, press.site);
    let digest = SiteDigest::of(digests);
    press.page(&render::home(theme, site, &digest)?)?;
    let changes = render::SiteChanges::new(theme, site, &digest);
    (0..changes.count()).into_par_iter().try_for_each(|at| press.page(&changes.page(at)?))?;
    render::prefectures(theme, site, &digest)?.iter().try_for_each(|page| press.page(page))?;
    press.unlisted(&render::not_found(theme, site)?)?;
    press.page(&render::glossary(theme, site)?)?;
    press.page(&render::accessibility(theme, site)?)?;
    press.page(&render::sitemap(theme, site, &digest, shelves)?)?;
    press.feeds("", &feed::site(theme, site, issues.iter().flat_map(Issue::subjects)))?;
    let municipalities: Vec<_> = issues.iter().map(|issue| &issue.context).collect();
    let subjects: Vec<_> = issues.iter().flat_map(Issue::subjects).collect();
    let files = data::of_site(press, &municipalities, &subjects)?;
    let has_versions = data::has_versions(press, &subjects);
    press.page(&render::data_page(theme, site, &files, has_versions)?)?;
    cause_pages(press, shelves)?;
    search::finish(press)?;
    let due: Vec<_> =
        issues.iter().map(|i| (&i.context, i.subjects().map(|s| s.document).collect())).collect();
    due::pages(press, &due, as_of)
}

/// The pages over all documents: the list of causes, and each cause by itself.
fn cause_pages(press: &Press<'_>, shelves: &[Shelf<'_>]) -> Result<(), BuildError> {
    for page in render::causes(press.theme, press.site, press.causes, shelves)? {
        press.page(&page)?;
    }
    press.causes.all().par_iter().try_for_each(|cause| {
        let pages = render::cause(press.theme, press.site, cause, shelves)?;
        pages.iter().try_for_each(|page| press.page(page))
    })
}
