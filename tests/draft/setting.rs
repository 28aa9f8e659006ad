//! The documents of the sample, with other texts, and what is drafted and found about them.

use std::path::Path;

use kohyo::assessment::Assessment;
use kohyo::check::{self, Checked, Earlier, Surroundings};
use kohyo::compare::{FigureDigests, Side};
use kohyo::diagnostic::Diagnostic;
use kohyo::read::{self, AssessmentSource, SourceFile};
use kohyo::review::draft::{Drafted, Existing, Version, draft};
use kohyo::wareki::CivilDate;

/// The documents of the sample.
pub(super) fn sources() -> Vec<AssessmentSource> {
    let (content, _) = read::scan(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content")).unwrap();
    let folders = content.municipalities.iter().flat_map(|municipality| &municipality.assessments);
    folders.map(|folder| read::assessment(folder).0.unwrap()).collect()
}

pub(super) fn copy(file: &SourceFile) -> SourceFile {
    SourceFile::new(file.path.clone(), file.text.clone())
}

/// A document with other texts of its two files, as the check finds it beside the version before.
pub(super) fn checked(
    source: &AssessmentSource,
    form: &str,
    changes: &str,
    before: Option<&Earlier>,
) -> Checked {
    let source = AssessmentSource {
        dir: source.dir.clone(),
        number: source.number.clone(),
        form: SourceFile::new(source.form.path.clone(), form),
        prose: source.prose.iter().map(copy).collect(),
        changes: Some(SourceFile::new("changes.yaml", changes)),
        attachments: source.attachments.clone(),
    };
    check::assessment(&source, Surroundings { before, ..Surroundings::unknown() })
}

pub(super) fn document(source: &AssessmentSource, form: &str, changes: &str) -> Option<Assessment> {
    checked(source, form, changes, None).assessment
}

/// What the check finds in drafted rows.
pub(super) fn found(
    source: &AssessmentSource,
    before: &Assessment,
    form: &str,
    changes: &str,
) -> Vec<Diagnostic> {
    let before = Earlier {
        name: "前の版".to_owned(),
        assessment: before.clone(),
        figures: FigureDigests::new(),
        figures_now: FigureDigests::new(),
    };
    let mut findings = checked(source, form, changes, Some(&before)).diagnostics;
    findings.retain(|d| &*d.file == "changes.yaml" || matches!(d.code.id(), "CHG-01" | "CHG-02"));
    findings
}

static NO_FIGURES: FigureDigests = FigureDigests::new();

pub(super) fn version(document: &Assessment, published: Option<CivilDate>) -> Version<'_> {
    let side = Side { answers: &document.answers, changes: &document.changes, figures: &NO_FIGURES };
    Version { side, published }
}

/// The rows that are drafted for a version that is published long after the one before.
pub(super) fn drafted(before: &Assessment, after: &Assessment, changes: &str) -> Drafted {
    let (before, after) =
        (version(before, before.published), version(after, CivilDate::from_ymd(2027, 4, 1)));
    let drafted = draft(before, after, "changes.yaml", Some(changes.as_bytes()), Existing::Keep);
    drafted.unwrap_or_else(|found| panic!("{found:#?}"))
}

pub(super) fn text(drafted: &Drafted) -> String {
    String::from_utf8(drafted.text.clone()).unwrap()
}

/// What an officer makes of drafted rows: the blanks are filled in, and some decide otherwise.
pub(super) fn filled_in(text: &str) -> String {
    let lines = text.lines().map(|line| match line.split_once(": 【要記入】") {
        Some((key, _)) if key.trim() == "重要な変更の判断" => format!("{key}: 形式的な変更"),
        Some((key, _)) => format!("{key}: 届の様式を改めた。"),
        None if line == "  提出時期: 事前" => "  提出時期: 事後".to_owned(),
        None => line.to_owned(),
    });
    lines.map(|line| line + "\n").collect()
}

/// A document of the sample: its files, and what the check makes of them.
pub(super) struct Sample {
    pub(super) source: AssessmentSource,
    pub(super) changes: String,
    pub(super) before: Assessment,
}

impl Sample {
    pub(super) fn named(dir: &str) -> Self {
        let source = sources().into_iter().find(|source| source.dir == dir).unwrap();
        let changes = source.changes.as_ref().map(|file| file.text.clone()).unwrap_or_default();
        let before = document(&source, &source.form.text, &changes).unwrap();
        Self { source, changes, before }
    }

    /// The document after some replacements in `assessment.yaml`.
    pub(super) fn with(&self, edits: &[(&str, &str)]) -> Assessment {
        let text = edits.iter().fold(self.source.form.text.clone(), |text, (from, to)| {
            assert!(text.contains(from), "{from}");
            text.replacen(from, to, 1)
        });
        document(&self.source, &text, &self.changes).unwrap()
    }
}

/// What was drafted, in a line a row.
pub(super) fn shown(drafted: &Drafted) -> Vec<String> {
    drafted.rows.iter().map(|row| format!("{} {} {:?}", row.number, row.item, row.kind)).collect()
}

pub(super) const PLACE: (&str, &str) =
    ("施錠できる書庫に保管し、書庫の出入りを記録する。", "書庫に保管する。");
pub(super) const PERIOD: (&str, &str) = ("期間: 6年以上10年未満", "期間: 10年以上20年未満");
pub(super) const ERASURE: (&str, &str) =
    ("- 電子記録媒体：専用の装置で破砕する。", "- 電子記録媒体：専用の装置で消去する。");
