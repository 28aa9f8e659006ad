//! The index of the search: how long it takes beside the pages of the same documents, how large it is, and how much memory it keeps.
//!
//! `cargo bench --bench search -- 1000 4000` chooses the numbers of assessments. Pages are those of a document and of its changes, rendered and
//! written with all threads; the index is made and written with all threads as well.

mod support;

use std::path::Path;
use std::time::Instant;

use kohyo::assessment::{Administration, Assessment};
use kohyo::history::{Causes, Timeline};
use kohyo::search::{self, Filed, ScriptFile, Segment, SiteIndex, Texts, Words, segment};
use kohyo::site::{MunicipalityContext, SiteContext, Theme, data, render};
use kohyo::{check, fs, read};
use rayon::prelude::*;

fn main() {
    let chosen: Vec<usize> = std::env::args().filter_map(|a| a.parse().ok()).collect();
    let sizes = if chosen.is_empty() { vec![100, 1_000] } else { chosen };
    println!("assessments   pages s   texts s   index s   share %   files   MB   largest KB   kept MiB");
    for size in sizes {
        measure(size);
    }
}

fn measure(size: usize) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let pages = timed(|| pages(dir.path(), size));
    // What is kept of many documents is the same as of these, whose texts are made again each time, outside the measure.
    let documents: Vec<Assessment> = (0..size.min(200)).map(assessment).collect();
    let search = dir.path().join("search");
    let mut filed = Vec::new();
    let texts = timed(|| {
        filed = (0..size)
            .into_par_iter()
            .map(|at| texts(&search, &documents[at % documents.len()], at))
            .collect();
    });
    let mut kept = 0;
    let index = timed(|| kept = index(&search, &mut filed));
    let files = fs::files_below(&search).expect("readable");
    let sizes: Vec<u64> = files.iter().filter_map(|file| file.metadata().ok()).map(|m| m.len()).collect();
    #[allow(clippy::cast_precision_loss, reason = "figures for people")]
    let (megabytes, largest, kept) = (
        sizes.iter().sum::<u64>() as f64 / 1e6,
        sizes.iter().max().copied().unwrap_or(0) as f64 / 1024.0,
        kept as f64 / 1024.0 / 1024.0,
    );
    println!(
        "{size:>11}   {pages:>7.2}   {texts:>7.2}   {index:>7.2}   {:>7.1}   {:>5}   {megabytes:>5.1}   {largest:>8.1}   {kept:>8.1}",
        (texts + index) / pages * 100.0,
        files.len(),
    );
}

fn timed(work: impl FnOnce()) -> f64 {
    let began = Instant::now();
    work();
    began.elapsed().as_secs_f64()
}

fn assessment(at: usize) -> Assessment {
    let answers = support::answers(at);
    let changes = support::changes(&answers, at);
    Assessment {
        dir: format!("{}-keisoku", at % 10 + 1),
        number: (at % 10 + 1).to_string(),
        title: "計測に関する事務 全項目評価書".to_owned(),
        published: None,
        answers,
        changes,
        administration: Administration::default(),
    }
}

/// The page of each document and those of its changes, written.
fn pages(root: &Path, size: usize) {
    let theme = Theme::load(&[]).expect("the theme loads");
    let source = |file: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/base").join(file);
        read::text_file(&path).expect("the fixture is readable")
    };
    let site = SiteContext::new(&check::site(&source("site.yaml")).0.expect("the settings are complete"));
    let settings = source("019984-mihon/municipality.yaml");
    let municipality = MunicipalityContext::new(&check::municipality(&settings, "019984-mihon", "019984").0);
    let causes = Causes::of(&[]);
    (0..size).into_par_iter().for_each(|at| {
        let assessment = assessment(at);
        let timeline = Timeline::of(&assessment);
        let folder = root.join("pages").join(at.to_string());
        let page = render::assessment(
            &theme,
            &site,
            &municipality,
            &assessment,
            &timeline,
            &render::Beside::default(),
        );
        write(&folder, &page.expect("a page"));
        let changes = render::changes_and_texts(
            &theme,
            &site,
            &municipality,
            &assessment,
            &timeline,
            &causes,
            None,
            "../",
        );
        for page in &changes.expect("pages").0 {
            write(&folder, page);
        }
    });
}

fn write(folder: &Path, page: &render::Page) {
    fs::write(&folder.join(&page.path), &page.html).expect("writable");
}

fn texts(folder: &Path, assessment: &Assessment, at: usize) -> Filed {
    let words = Words { ticked: "該当する", not_ticked: "該当しない" };
    let items = search::items(assessment, &data::filled(assessment), words);
    let filed = Filed {
        code: format!("{:06}", at / 10),
        dir: assessment.dir.clone(),
        municipality: "みほん市".to_owned(),
        title: assessment.title.clone(),
        form: 2,
        mark: String::new(),
        pieces: 0,
        size: 0,
        head: 0,
    };
    let made = Texts::new(&items, filed);
    for file in &made.files {
        put(folder, file);
    }
    made.filed
}

/// Makes the index and returns the bytes of the lists that it keeps until the end.
fn index(folder: &Path, filed: &mut [Filed]) -> usize {
    filed.sort();
    let mut index = SiteIndex::default();
    for group in segment::parted(filed).chunks(2 * rayon::current_num_threads()) {
        let made: Vec<Segment> =
            group.par_iter().map(|range| segment_of(folder, &filed[range.clone()])).collect();
        for (segment, range) in made.iter().zip(group) {
            index.add(segment, range.len());
        }
    }
    index
        .finish(filed, |file| {
            put(folder, &file);
            Ok::<_, fs::Error>(())
        })
        .expect("writable");
    index.kept()
}

fn segment_of(folder: &Path, documents: &[Filed]) -> Segment {
    let read = |filed: &Filed, at: usize| {
        let script = fs::read(&folder.join(format!("{}.js", filed.piece(at)))).expect("readable");
        filed.read(at, &String::from_utf8_lossy(&script)).expect("what was written")
    };
    let documents: Vec<_> = documents
        .iter()
        .map(|filed| (filed, (0..filed.pieces).map(|at| read(filed, at)).collect::<Vec<_>>()))
        .collect();
    let mut segment = Segment::new(&documents);
    for file in std::mem::take(&mut segment.files) {
        put(folder, &file);
    }
    segment
}

fn put(folder: &Path, file: &ScriptFile) {
    fs::write(&folder.join(&file.path), &file.text).expect("writable");
}
