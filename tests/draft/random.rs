//! Random edits of the sample documents, and the rows that are drafted about them: they tell of every difference, a second run adds
//! nothing, and whatever stood in `changes.yaml` still stands there.

use kohyo::assessment::Assessment;
use kohyo::diagnostic::short;
use kohyo::read::{self, AssessmentSource, Data, SourceFile, Yaml};
use kohyo::review::draft::Drafted;
use rayon::prelude::*;

use super::dice::Dice;
use super::edit::Edit;
use super::setting::*;

/// Runs, each with edits of its own.
const RUNS: u64 = 60;
/// Edits in a run, at most.
const MOST_EDITS: usize = 6;

/// Some edits; entries also change places.
fn edited(dice: &mut Dice, text: &str) -> (String, Vec<String>) {
    let (mut text, mut done) = (text.to_owned(), Vec::new());
    for _ in 0..=dice.roll(MOST_EDITS) {
        if dice.percent(20) {
            if let Some(other) = swapped(dice, &text) {
                text = other;
                done.push("entries change places".to_owned());
            }
        } else if let Some(edit) = Edit::of(dice, "assessment.yaml", &text) {
            text = edit.text;
            done.push(edit.what);
        }
    }
    (text, done)
}

/// Two entries of a list that stand side by side change places.
fn swapped(dice: &mut Dice, text: &str) -> Option<String> {
    let file = SourceFile::new("assessment.yaml", text);
    let root = read::parse_partly(&file).root?;
    let mut lists = Vec::new();
    collect(&root, &mut lists);
    lists.retain(|items| items.len() > 1 && matches!(items[0].data, Data::Map(_)));
    let items = lists.get(dice.roll(lists.len()))?;
    let at = dice.roll(items.len() - 1);
    let line = |item: &Yaml| file.line_start(file.line_column(item.span.start).0);
    let (first, second) = (line(&items[at]), line(&items[at + 1]));
    let end = text[..items[at + 1].span.end].trim_end().len();
    let end = end + text[end..].find('\n')? + 1;
    let between = |from: usize, to: usize| text.get(from..to);
    Some(
        [between(0, first)?, between(second, end)?, between(first, second)?, between(end, text.len())?]
            .concat(),
    )
}

fn collect<'y>(yaml: &'y Yaml, lists: &mut Vec<&'y [Yaml]>) {
    match &yaml.data {
        Data::Map(entries) => entries.iter().for_each(|(_, value)| collect(value, lists)),
        Data::List(items) => {
            lists.push(items);
            for item in items {
                collect(item, lists);
            }
        }
        Data::Null | Data::Scalar(_) => {}
    }
}

/// One run; gives how many rows were drafted.
fn run(source: &AssessmentSource, seed: u64) -> usize {
    let mut dice = Dice::new(seed);
    let changes = source.changes.as_ref().map(|file| file.text.clone()).unwrap_or_default();
    let original = source.form.text.clone();
    let (other, edits) = edited(&mut dice, &original);
    // What was taken out came in, seen from the other side.
    let (old, new) = if dice.percent(50) { (original, other) } else { (other, original) };
    let (Some(before), Some(after)) = (document(source, &old, &changes), document(source, &new, &changes))
    else {
        return 0;
    };
    if before.form().kind() != after.form().kind() {
        return 0;
    }
    let told = |what: &str| format!("[{seed}] {} {what}: {edits:#?}", source.dir);
    let first = drafted(&before, &after, &changes);
    assert!(text(&first).starts_with(&changes), "{}", told("what was there has changed"));
    assert!(first.notes.is_empty(), "{} {:?}", told("a note"), first.notes);
    // Whatever is wrong with the edited document: its rows are complete, and quote it.
    let wrong = ["CHG-01", "CHG-02", "CHG-03", "CHG-20", "CHG-21", "CHG-22", "KEY-02", "REF-02"];
    let findings = found(source, &before, &new, &text(&first));
    let findings: Vec<_> =
        findings.iter().filter(|found| wrong.contains(&found.code.id())).map(short).collect();
    assert!(findings.is_empty(), "{} {findings:#?}\n{}", told("findings"), text(&first));
    for again in [text(&first), filled_in(&text(&first))] {
        let second = drafted(&before, &after, &again);
        assert!(second.rows.is_empty(), "{} {:#?}\n{again}", told("a second run adds"), second.rows);
        assert_eq!(text(&second), again);
    }
    // An edit may break a document so that less is said about it; the sample is whole.
    if old == source.form.text {
        undone(source, &before, &old, &first, &told);
    }
    // The document is edited again: what is drafted then leaves the rows of the first run as they are.
    let (later, more) = edited(&mut dice, &new);
    let Some(later) =
        document(source, &later, &text(&first)).filter(|l| l.form().kind() == before.form().kind())
    else {
        return first.rows.len();
    };
    let third = drafted(&before, &later, &text(&first));
    let mut rest = third.text.iter();
    assert!(
        first.text.iter().all(|byte| rest.any(|other| other == byte)),
        "{} {more:#?}",
        told("bytes are lost")
    );
    let fourth = drafted(&before, &later, &text(&third));
    assert!(fourth.rows.is_empty(), "{} {more:#?} {:#?}\n{}", told("added again"), fourth.rows, text(&third));
    first.rows.len()
}

/// Without the edits every drafted row tells of nothing, and the check says so at its lines.
fn undone(
    source: &AssessmentSource,
    before: &Assessment,
    old: &str,
    drafted: &Drafted,
    told: &dyn Fn(&str) -> String,
) {
    let findings = found(source, before, old, &text(drafted));
    let idle: Vec<usize> = findings
        .iter()
        .filter(|found| found.code.id() == "CHG-02")
        .filter_map(|found| found.place.as_ref().map(|place| place.line))
        .collect();
    let ends = drafted.rows.iter().skip(1).map(|row| row.line).chain([usize::MAX]);
    for (row, end) in drafted.rows.iter().zip(ends) {
        let is_found = idle.iter().any(|line| (row.line..end).contains(line));
        assert!(is_found, "{} {row:?} {idle:?}\n{}", told("a row without its edit passes"), text(drafted));
    }
}

#[test]
fn drafted_rows_tell_of_every_difference_once() {
    let sources = sources();
    let runs: Vec<u64> = (1..=RUNS).collect();
    let rows: usize =
        runs.par_iter().map(|seed| run(&sources[Dice::new(seed * 7).roll(sources.len())], *seed)).sum();
    println!("{RUNS} runs, {rows} rows");
    assert!(rows > 60, "the edits are too harmless: {rows} rows");
}
