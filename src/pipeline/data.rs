//! The files of open data: those of a document, and those over several documents, which are put together from them.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::build::{BuildError, json_of};
use super::gather;
use super::press::Press;
use crate::assessment::Assessment;
use crate::history::Timeline;
use crate::site::MunicipalityContext;
use crate::site::data::{self, CatalogScope, DataFile, DocumentFiles, FileFacts, Source};
use crate::site::feed::Subject;

/// What the files over several documents say of one.
#[derive(Debug, Default, Clone)]
struct Told {
    /// Its line of `documents.csv`.
    line: Vec<u8>,
    /// The size of its `assessment.json`.
    bytes: u64,
    /// Whether it has a list of its versions.
    has_versions: bool,
}

/// What is told of each document, by its folder, while the others are still being written: less than what a digest
/// keeps of the same document.
#[derive(Debug, Default)]
pub(super) struct Lines(Mutex<BTreeMap<String, Told>>);

impl Lines {
    fn put(&self, folder: String, told: Told) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(folder, told);
    }

    fn of(&self, folder: &str) -> Told {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(folder).cloned().unwrap_or_default()
    }
}

/// Writes the data of a document, of which so many versions are public; none where the past is not known.
pub(super) fn of_document(
    press: &Press<'_>,
    subject: Subject<'_>,
    assessment: &Assessment,
    timeline: &Timeline,
    versions: Option<usize>,
) -> Result<(), BuildError> {
    let (site, municipality) = (press.site, subject.municipality);
    let code = municipality.code.as_str();
    let folder = folder_of(subject);
    let json = json_of(code, &municipality.name, assessment, timeline);
    press.file(&format!("{folder}assessment.json"), json.as_bytes())?;
    press.file(&format!("{folder}items.csv"), &data::items_csv(site, municipality, assessment))?;
    let rows = data::change_rows(site, municipality, assessment, timeline);
    press.file(&format!("{folder}changes.csv"), &data::changes_csv(&rows))?;
    let source = Source::of(std::iter::once(subject.document));
    let publisher = site.publisher.as_deref();
    press.file(&format!("{folder}changes.json"), &data::changes_json(publisher, &source, &rows))?;
    let line = data::document_record(site, municipality, assessment, versions.unwrap_or(1));
    if press.may_publish(&format!("{code}/documents.csv"), &line) {
        let has_versions = versions.is_some_and(|count| count > 0);
        press.lines.put(folder, Told { line, bytes: json.len() as u64, has_versions });
    }
    Ok(())
}

/// Writes the data of a municipality, whose documents' own files are written.
pub(super) fn of_municipality(
    press: &Press<'_>,
    municipality: &MunicipalityContext,
    documents: &[Subject<'_>],
) -> Result<(), BuildError> {
    let folder = format!("{}/", municipality.code);
    let files = tables(press, &folder, documents)?;
    let of_documents: Vec<_> = documents.iter().map(|document| files_of(press, *document)).collect();
    let scope = CatalogScope::Municipality(municipality);
    catalog(press, &folder, scope, documents, &files, &of_documents)
}

fn files_of(press: &Press<'_>, subject: Subject<'_>) -> DocumentFiles {
    let Told { bytes, has_versions, .. } = press.lines.of(&folder_of(subject));
    let (dir, title) = (subject.document.dir.clone(), subject.document.title.clone());
    DocumentFiles { dir, title, bytes, has_versions }
}

/// Whether any of the documents has a list of its versions.
pub(super) fn has_versions(press: &Press<'_>, documents: &[Subject<'_>]) -> bool {
    documents.iter().any(|document| press.lines.of(&folder_of(*document)).has_versions)
}

/// Writes the data of the whole site, and says what was written.
pub(super) fn of_site(
    press: &Press<'_>,
    municipalities: &[&MunicipalityContext],
    documents: &[Subject<'_>],
) -> Result<Vec<FileFacts>, BuildError> {
    let mut files = tables(press, "", documents)?;
    let codes = data::codes_csv();
    press.file("codes.csv", &codes)?;
    let rows = codes.iter().filter(|byte| **byte == b'\n').count().saturating_sub(1);
    files.push(FileFacts { name: "codes.csv", rows, bytes: codes.len() as u64 });
    for file in DataFile::ALL {
        press.file(file.path(), file.schema_text(press.site.base_url.as_deref()).as_bytes())?;
    }
    catalog(press, "", CatalogScope::Site(municipalities), documents, &files, &[])?;
    Ok(files)
}

/// The tables over documents. Nothing where what must not be published was found: the build ends with an error that names it.
fn tables(press: &Press<'_>, folder: &str, documents: &[Subject<'_>]) -> Result<Vec<FileFacts>, BuildError> {
    if !press.is_clean() {
        return Ok(Vec::new());
    }
    let lines = documents.iter().map(|document| press.lines.of(&folder_of(*document)).line);
    let mut files = vec![
        gather::lines(press, folder, "documents.csv", &data::documents_head(), lines)?,
        gather::tables(press, folder, "items.csv", &data::items_head(), documents)?,
    ];
    files.extend(gather::changes(press, folder, documents)?);
    Ok(files)
}

fn catalog(
    press: &Press<'_>,
    folder: &str,
    scope: CatalogScope<'_>,
    documents: &[Subject<'_>],
    files: &[FileFacts],
    of_documents: &[DocumentFiles],
) -> Result<(), BuildError> {
    let source = Source::of(documents.iter().map(|subject| subject.document));
    let catalog = data::catalog_jsonld(press.site, scope, &source, files, of_documents);
    press.file(&format!("{folder}catalog.jsonld"), catalog.as_bytes())
}

/// The folder of a document on the site.
pub(super) fn folder_of(subject: Subject<'_>) -> String {
    format!("{}/{}/", subject.municipality.code, subject.document.dir)
}
