//! The files of changes of a municipality and of the site, put together from those of the documents, one after another: however large
//! they become, no more than one document is in memory.

use super::build::BuildError;
use super::press::Press;
use crate::fs::Growing;
use crate::site::data::{self, Source};
use crate::site::feed::Subject;

/// Writes `changes.csv` and `changes.json` of some documents, whose own files are written.
pub(super) fn changes(press: &Press<'_>, folder: &str, documents: &[Subject<'_>]) -> Result<(), BuildError> {
    if !press.is_clean() {
        // What must not be published is missing, and the build ends with an error that names it.
        return Ok(());
    }
    csv(press, &format!("{folder}changes.csv"), documents)?;
    json(press, &format!("{folder}changes.json"), documents)
}

fn csv(press: &Press<'_>, path: &str, documents: &[Subject<'_>]) -> Result<(), BuildError> {
    let head = data::csv_head();
    let mut file = press.staging.grow(path)?;
    add(press, &mut file, &head)?;
    for document in documents {
        let whole = press.staging.read(&path_of(document, "changes.csv"))?;
        add(press, &mut file, whole.get(head.len()..).unwrap_or_default())?;
    }
    Ok(file.finish()?)
}

fn json(press: &Press<'_>, path: &str, documents: &[Subject<'_>]) -> Result<(), BuildError> {
    let source = Source::of(documents.iter().map(|subject| subject.document));
    let head = data::json_head(press.site.publisher.as_deref(), &source);
    if !press.may_publish(path, head.as_bytes()) {
        return Ok(());
    }
    let mut file = press.staging.grow(path)?;
    add(press, &mut file, head.as_bytes())?;
    let mut is_first = true;
    for document in documents {
        let whole = press.staging.read(&path_of(document, "changes.json"))?;
        let rows = data::json_rows(&whole, is_first);
        is_first &= rows.is_empty();
        add(press, &mut file, &rows)?;
    }
    add(press, &mut file, data::JSON_TAIL.as_bytes())?;
    Ok(file.finish()?)
}

/// The pieces come from files that were looked through for 個人番号 when they were written; a line end stands between two of them.
fn add(press: &Press<'_>, file: &mut Growing, piece: &[u8]) -> Result<(), BuildError> {
    press.count(piece.len());
    Ok(file.append(piece)?)
}

fn path_of(subject: &Subject<'_>, file: &str) -> String {
    format!("{}/{}/{file}", subject.municipality.code, subject.document.dir)
}
