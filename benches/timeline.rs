//! What a timeline costs: resolving the items that rows of 変更箇所 name, and comparing their texts.
//!
//! `published_rows` measures two published documents, which are not part of the project: it needs their texts in
//! `../shared/seeds/` and is left out, with a note, where they are missing. The others always run.

mod support;

use std::path::{Path, PathBuf};

use kohyo::assessment::Change;
use kohyo::diff;
use kohyo::form::{Form, RefRow};
use kohyo::import;

/// What the names of the files of the two documents begin with.
const PUBLISHED: [&str; 2] = ["001_", "003_"];

fn main() {
    if seeds().len() < PUBLISHED.len() {
        eprintln!(
            "timeline: the published documents are not in ../shared/seeds/: `published_rows` is left out"
        );
    }
    divan::main();
}

/// The change rows of a document and the form that they are about.
struct Rows {
    form: &'static Form,
    files: u16,
    changes: Vec<Change>,
}

fn seeds() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let files = std::fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
    let is_wanted = |path: &PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        PUBLISHED.iter().any(|start| name.starts_with(start))
    };
    let mut files: Vec<_> = files.filter(is_wanted).collect();
    files.sort();
    files
}

fn published() -> Vec<Rows> {
    let read = |path: &PathBuf| {
        let text = import::source_text(path).expect("a seed is readable");
        let imported = import::read(&path.to_string_lossy(), &text).expect("a seed can be imported");
        Rows { form: imported.answers.form(), files: imported.answers.files(), changes: imported.changes }
    };
    seeds().iter().map(read).collect()
}

/// Rows of original text: of each, one phrase is another and one sentence is new.
fn original() -> Vec<Rows> {
    let answers = support::answers(1);
    let mut changes = support::changes(&answers, 1);
    for change in &mut changes {
        change.before = change.after.replacen("職員", "担当の者", 2).replacen("毎月一回", "年に二回", 1);
        change.after.push_str("記録は、求めがあったときにいつでも示せるように整えておく。");
    }
    vec![Rows { form: answers.form(), files: answers.files(), changes }]
}

/// What a build does with the rows of its documents; gives the number of items found and blocks shown.
fn work(documents: &[Rows]) -> usize {
    documents.iter().map(resolve).sum::<usize>() + documents.iter().map(compare).sum::<usize>()
}

fn resolve(document: &Rows) -> usize {
    let rows: Vec<_> =
        document.changes.iter().map(|row| RefRow { date: row.date, text: &row.item.text }).collect();
    document.form.resolve_rows(&rows, document.files).iter().filter(|row| row.target.is_some()).count()
}

fn compare(document: &Rows) -> usize {
    let comparisons = document.changes.iter().map(|row| diff::compare(&row.before, &row.after));
    comparisons
        .map(|comparison| if let diff::Comparison::Inline(blocks) = comparison { blocks.len() } else { 0 })
        .sum()
}

fn rows(documents: &[Rows]) -> divan::counter::ItemsCount {
    divan::counter::ItemsCount::new(documents.iter().map(|document| document.changes.len()).sum::<usize>())
}

#[divan::bench(ignore = seeds().len() < PUBLISHED.len())]
fn published_rows(bencher: divan::Bencher<'_, '_>) {
    let documents = published();
    bencher.counter(rows(&documents)).bench(|| work(&documents));
}

#[divan::bench(ignore = seeds().len() < PUBLISHED.len())]
fn published_rows_compared_only(bencher: divan::Bencher<'_, '_>) {
    let documents = published();
    bencher.counter(rows(&documents)).bench(|| documents.iter().map(compare).sum::<usize>());
}

#[divan::bench]
fn original_rows(bencher: divan::Bencher<'_, '_>) {
    let documents = original();
    bencher.counter(rows(&documents)).bench(|| work(&documents));
}

/// Two versions of a text far longer than any item, with little in common line by line.
#[divan::bench]
fn enormous_text(bencher: divan::Bencher<'_, '_>) {
    let line =
        |at: usize| format!("{}番の棚は{}階の書庫に置き、鍵は{}係が預かる。\n\n", at * 7, at % 5, at % 11);
    let before: String = (0..1_600).map(line).collect();
    let after: String = (400..2_000).map(|at| line(at * 3 % 2_001)).collect();
    bencher
        .counter(divan::counter::BytesCount::new(before.len() + after.len()))
        .bench(|| diff::compare(&before, &after));
}
