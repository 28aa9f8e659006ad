//! The search of a site: texts document by document, then the index over all, segment by segment.

use std::path::Path;
use std::sync::PoisonError;

use rayon::prelude::*;

use super::build::BuildError;
use super::press::Press;
use crate::assessment::Assessment;
use crate::history::title_of;
use crate::search::{self, Filed, ScriptFile, Segment, SiteIndex, Texts, Words, segment, site};
use crate::site::{MunicipalityContext, data, render};

/// Where the files of the index are.
const FOLDER: &str = "search";
/// Segments that are worked on at the same time, for each thread.
const AT_ONCE: usize = 2;

/// Writes the texts of a document.
pub(super) fn texts(
    press: &Press<'_>,
    municipality: &MunicipalityContext,
    assessment: &Assessment,
) -> Result<(), BuildError> {
    let words = Words { ticked: press.theme.word("ticked"), not_ticked: press.theme.word("not_ticked") };
    let items = search::items(assessment, &data::filled(assessment), words);
    let kind = &assessment.form().head.short_title;
    let filed = Filed {
        code: municipality.code.to_string(),
        dir: assessment.dir.clone(),
        municipality: municipality.name.clone(),
        title: title_of(assessment).to_owned(),
        form: site::forms().iter().position(|form| form == kind).unwrap_or_default(),
        mark: String::new(),
        pieces: 0,
        size: 0,
        head: 0,
    };
    let Texts { files, filed } = Texts::new(&items, filed);
    for file in &files {
        write(press, file)?;
    }
    press.filed.lock().unwrap_or_else(PoisonError::into_inner).push(filed);
    Ok(())
}

/// Writes the index over the texts of all documents, which are written, and the page of the search.
pub(super) fn finish(press: &Press<'_>) -> Result<(), BuildError> {
    if !press.is_clean() {
        // What must not be published is missing, and the build ends with an error that names it.
        return Ok(());
    }
    let mut documents = std::mem::take(&mut *press.filed.lock().unwrap_or_else(PoisonError::into_inner));
    documents.sort();
    let mut index = SiteIndex::default();
    let segments = segment::parted(&documents);
    for group in segments.chunks(AT_ONCE * rayon::current_num_threads().max(1)) {
        let made: Vec<_> = group
            .par_iter()
            .map(|range| segment_of(press, &documents[range.clone()]))
            .collect::<Result<_, BuildError>>()?;
        for (segment, range) in made.iter().zip(group) {
            index.add(segment, range.len());
        }
    }
    let heads = index.finish(&documents, |file| write(press, &file))?;
    press.page(&render::search_page(press.theme, press.site, &heads)?)
}

/// Reads the texts of some documents back and writes their index. What is written is dropped.
fn segment_of(press: &Press<'_>, documents: &[Filed]) -> Result<Segment, BuildError> {
    let mut read = Vec::new();
    for filed in documents {
        let pieces = (0..filed.pieces).map(|at| {
            let path = format!("{FOLDER}/{}.js", filed.piece(at));
            let script = press.staging.read(&path)?;
            let entries = filed.read(at, &String::from_utf8_lossy(&script));
            entries.ok_or_else(|| BuildError::Changed(Path::new(&path).to_owned()))
        });
        read.push((filed, pieces.collect::<Result<Vec<_>, BuildError>>()?));
    }
    let mut segment = Segment::new(&read);
    for file in std::mem::take(&mut segment.files) {
        write(press, &file)?;
    }
    Ok(segment)
}

fn write(press: &Press<'_>, file: &ScriptFile) -> Result<(), BuildError> {
    press.file(&format!("{FOLDER}/{}", file.path), file.text.as_bytes())
}
