//! The stages one by one, for one large assessment.

mod support;

use kohyo::assessment::Assessment;
use kohyo::author;
use kohyo::check::{self, Surroundings};
use kohyo::history::Timeline;
use kohyo::leak;
use kohyo::read::{self, AssessmentSource, SourceFile};
use kohyo::site::data;

fn main() {
    divan::main();
}

fn source() -> AssessmentSource {
    let answers = support::answers(1);
    let changes = support::changes(&answers, 1);
    let number = match answers.at("cover.number") {
        Some(kohyo::assessment::Value::Text(number)) => number.clone(),
        _ => String::new(),
    };
    AssessmentSource {
        dir: "1-keisoku".to_owned(),
        number,
        form: SourceFile::new("assessment.yaml", author::assessment_yaml(&answers)),
        prose: Vec::new(),
        changes: Some(SourceFile::new("changes.yaml", author::changes_yaml(&changes, answers.form(), false))),
        attachments: vec!["figures/nagare.svg".to_owned()],
    }
}

fn assessment() -> Assessment {
    check::assessment(&source(), Surroundings::unknown()).assessment.expect("the filler is complete")
}

#[divan::bench]
fn read_yaml(bencher: divan::Bencher<'_, '_>) {
    let source = source();
    bencher
        .counter(divan::counter::BytesCount::of_str(&source.form.text))
        .bench(|| read::parse(&source.form));
}

#[divan::bench]
fn check_document(bencher: divan::Bencher<'_, '_>) {
    let source = source();
    bencher
        .counter(divan::counter::BytesCount::of_str(&source.form.text))
        .bench(|| check::assessment(&source, Surroundings::unknown()));
}

#[divan::bench]
fn look_for_numbers(bencher: divan::Bencher<'_, '_>) {
    let source = source();
    bencher
        .counter(divan::counter::BytesCount::of_str(&source.form.text))
        .bench(|| leak::line_of_leak(source.form.text.as_bytes()));
}

#[divan::bench]
fn relate(bencher: divan::Bencher<'_, '_>) {
    let assessment = assessment();
    bencher.bench(|| Timeline::of(&assessment));
}

#[divan::bench]
fn write_json(bencher: divan::Bencher<'_, '_>) {
    let assessment = assessment();
    bencher.bench(|| data::assessment_json("019984", "計測町", &assessment, &|_| String::new()));
}
