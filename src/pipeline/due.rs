//! What is due, over a content folder: the list that the command shows, and the pages and files of the site.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::basis::{Basis, Since};
use super::build::BuildError;
use super::press::Press;
use super::survey::{Aim, Scan, Selection, Survey};
use super::{Day, Silent};
use crate::diagnostic::Code;
use crate::due::{self, Calendar, Due, DueFacts, DueSubject};
use crate::fs;
use crate::history::AssessmentDigest;
use crate::read::shown;
use crate::review::git;
use crate::site::{MunicipalityContext, render};
use crate::wareki::CivilDate;

/// What is due in a content folder, or in a part of it.
#[derive(Debug, Clone)]
pub struct DueList {
    /// In the order of [`due::list`].
    pub dues: Vec<Due>,
    /// The day from which it is seen.
    pub as_of: CivilDate,
    /// Address of the site.
    pub base_url: Option<String>,
    /// How many documents were looked at.
    pub documents: usize,
    /// Folders and files of which nothing can be said, and why.
    pub unread: Vec<(Arc<str>, String)>,
}

/// Reads what is selected and lists what is due.
pub fn due(selection: &Selection, day: Day) -> Result<DueList, fs::Error> {
    let scan = Scan::of(selection, day)?;
    let basis = Basis::of(&scan.content, &Since::LastPublished, scan.as_of, scan.is_sample);
    let (basis, failure) = match basis {
        Ok(basis) => (Some(basis), None),
        // Without a history, what the working tree says is all that is known.
        Err(git::Error::NoRepository(_) | git::Error::Unborn | git::Error::NoGit) => (None, None),
        Err(error) => (None, Some(error)),
    };
    let root = shown(&scan.content.root);
    let survey = scan.survey(selection, Aim::Check, None, &Silent);
    let of_municipality = |m: &super::SurveyedMunicipality| m.assessments.len();
    let documents = survey.municipalities.iter().map(of_municipality).sum();
    let published = basis.map(|basis| published(&survey, &basis)).unwrap_or_default();
    let subjects = subjects(&survey, &published);
    let mut unread = unread(&survey);
    unread.extend(failure.filter(|_| documents > 0).map(|error| (root, without_history(&error))));
    Ok(DueList {
        dues: due::list(&subjects, survey.as_of),
        as_of: survey.as_of,
        base_url: survey.site.as_ref().and_then(|site| site.base_url.clone()),
        documents,
        unread,
    })
}

fn without_history(error: &git::Error) -> String {
    format!("公表中の版を git の履歴から読めないため、今のフォルダの日付だけから数えました。{error}")
}

/// What is public now of the documents whose 公表日 has not come, by their folders.
fn published(survey: &Survey, basis: &Basis) -> BTreeMap<PathBuf, DueFacts> {
    let all = survey.municipalities.iter().flat_map(|m| &m.assessments);
    let coming = all.filter(|document| {
        let date = document.digest.as_ref().and_then(|digest| digest.published);
        date.is_some_and(|date| date > survey.as_of)
    });
    let facts = coming.filter_map(|document| {
        let earlier = basis.earlier(&document.folder).ok()??;
        let facts = DueFacts::of(&earlier.assessment);
        let is_public = facts.published.is_some_and(|date| date <= survey.as_of);
        is_public.then(|| (document.folder.path.clone(), facts))
    });
    facts.collect()
}

fn subjects<'a>(survey: &'a Survey, published: &'a BTreeMap<PathBuf, DueFacts>) -> Vec<DueSubject<'a>> {
    let mut subjects = Vec::new();
    for surveyed in &survey.municipalities {
        // A document has its dates even where the municipality around it cannot be read.
        let code = surveyed.folder.code.as_str();
        let name = surveyed.municipality.as_ref().map_or(code, |m| m.name.as_str());
        subjects.extend(surveyed.assessments.iter().filter_map(|document| {
            let subject = subject(code, name, document.digest.as_ref()?, survey.as_of);
            let known = published.get(&document.folder.path);
            Some(known.map_or(subject, |facts| subject.with_version(facts, survey.as_of)))
        }));
    }
    subjects
}

fn subject<'a>(
    code: &'a str,
    municipality: &'a str,
    digest: &'a AssessmentDigest,
    as_of: CivilDate,
) -> DueSubject<'a> {
    let (dir, title) = (digest.dir.as_str(), digest.title.as_str());
    DueSubject { code, municipality, dir, title, published: None, coming: None }
        .with_version(&digest.due, as_of)
}

fn unread(survey: &Survey) -> Vec<(Arc<str>, String)> {
    let misnamed = survey.diagnostics.iter().filter(|d| d.code == Code::DIRECTORY_NAME);
    let mut unread: Vec<_> = misnamed.map(|d| (d.file.clone(), "フォルダの名前が決まりと違います")).collect();
    for surveyed in &survey.municipalities {
        if surveyed.municipality.is_none() {
            let file = shown(&surveyed.folder.path.join("municipality.yaml"));
            unread.push((file, "自治体の名前が分からないため、団体コードで示します"));
        }
        let documents = surveyed.assessments.iter().filter(|document| document.digest.is_none());
        unread.extend(documents.map(|d| (shown(&d.folder.path), "内容が読めないため、期日が分かりません")));
    }
    unread.sort();
    unread.dedup();
    let with_help = |why: &str| format!("{why}（詳しくは kohyo check で調べられます）");
    unread.into_iter().map(|(file, why)| (file, with_help(why))).collect()
}

/// A municipality of the site with its documents.
pub(super) type Shown<'a> = (&'a MunicipalityContext, Vec<&'a AssessmentDigest>);

/// Writes the pages, calendars and data of every municipality and of the site.
pub(super) fn pages(press: &Press<'_>, all: &[Shown<'_>], as_of: CivilDate) -> Result<(), BuildError> {
    let mut of_site = Vec::new();
    for (municipality, digests) in all {
        let code = municipality.code.as_str();
        let subjects: Vec<_> =
            digests.iter().map(|digest| subject(code, &municipality.name, digest, as_of)).collect();
        write(press, Some(municipality), &public(&subjects, as_of), as_of)?;
        of_site.extend(subjects);
    }
    write(press, None, &public(&of_site, as_of), as_of)
}

fn public(subjects: &[DueSubject<'_>], as_of: CivilDate) -> Vec<Due> {
    due::list(subjects, as_of).into_iter().map(Due::for_the_public).collect()
}

fn write(
    press: &Press<'_>,
    municipality: Option<&MunicipalityContext>,
    dues: &[Due],
    as_of: CivilDate,
) -> Result<(), BuildError> {
    let (theme, site) = (press.theme, press.site);
    let folder = municipality.map(|m| format!("{}/", m.code)).unwrap_or_default();
    press.page(&render::due(theme, site, municipality, dues, as_of)?)?;
    let name = render::due_name(theme, site, municipality);
    let base_url = site.base_url.as_deref();
    let calendar = due::calendar(&Calendar { name: &name, base_url }, dues);
    press.file(&format!("{folder}due.ics"), calendar.as_bytes())?;
    press.file(&format!("{folder}due.json"), due::json(dues, as_of, base_url).as_bytes())
}
