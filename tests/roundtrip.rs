//! Any filled-in form, written in the authored format, reads back to the same values; so do its change rows.

#![allow(clippy::unwrap_used, reason = "tests, in functions of their own")]

use std::sync::OnceLock;

use kohyo::assessment::{Answers, Change, Decision, Figure, ItemRef, Judgement, Tick, Value};
use kohyo::form::{Entries, Form, Kind, Node, Slot};
use kohyo::read::{AssessmentSource, SourceFile};
use kohyo::schema::Subject;
use kohyo::wareki::CivilDate;
use kohyo::{author, check};
use proptest::prelude::*;

/// A small generator of its own, so that one number describes a whole document.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % 1_000_003).unwrap_or(0) % sides.max(1)
    }

    fn pick<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        let at = self.roll(all.len());
        &all[at]
    }

    /// Text with everything that YAML and Markdown could trip over.
    fn text(&mut self, lines: usize) -> String {
        const PARTS: [&str; 38] = [
            "対象者の把握",
            "①",
            "・",
            "「記録」",
            ": ",
            " #",
            "- ",
            "* ",
            "|",
            ">",
            "&a",
            "*b",
            "!x",
            "%",
            "@",
            "`",
            "'",
            "\"",
            "\\",
            "{",
            "}",
            "[",
            "]",
            ",",
            "?",
            "~",
            "null",
            "true",
            "15",
            "2023-11-14",
            "　全角",
            " ",
            "\t",
            "\u{2028}",
            "\u{85}",
            "🗾",
            "…",
            "---",
        ];
        let mut text = String::new();
        for line in 0..=self.roll(lines) {
            if line > 0 {
                text.push('\n');
            }
            for _ in 0..self.roll(7) {
                let part: &&str = self.pick(&PARTS);
                text.push_str(part);
            }
        }
        let text = text.trim_end_matches('\n').to_owned();
        if text.trim().is_empty() { "なし".to_owned() } else { text }
    }

    fn words(&mut self) -> String {
        let text = self.text(1);
        let text = text.trim();
        if text.is_empty() { "別の課".to_owned() } else { text.to_owned() }
    }

    fn date(&mut self, month_allowed: bool) -> CivilDate {
        let year = 1990 + i16::try_from(self.roll(40)).unwrap();
        let (month, day) =
            (1 + u8::try_from(self.roll(12)).unwrap(), 1 + u8::try_from(self.roll(28)).unwrap());
        if month_allowed && self.roll(2) == 0 {
            return CivilDate::from_ym(year, month).unwrap();
        }
        CivilDate::from_ymd(year, month, day).unwrap()
    }

    fn value(&mut self, form: &Form, node: &Node) -> Value {
        match node.kind {
            Kind::Date => Value::Date(self.date(node.month_allowed)),
            Kind::Choice => Value::Choice(self.pick(form.options(node)).label.clone()),
            Kind::Checks => Value::Checks(self.ticks(form, node)),
            Kind::Count => Value::Count(u32::try_from(self.roll(30)).unwrap()),
            Kind::Flag => Value::Flag(self.roll(2) == 0),
            Kind::Figure => Value::Figures(vec![Figure {
                file: "figures/a.svg".to_owned(),
                alternative: self.words(),
                caption: (self.roll(2) == 0).then(|| self.words()),
            }]),
            _ if node.list => {
                Value::Text((0..=self.roll(2)).map(|_| self.words()).collect::<Vec<_>>().join("\n"))
            }
            _ => Value::Text(self.text(6)),
        }
    }

    fn ticks(&mut self, form: &Form, node: &Node) -> Vec<Tick> {
        let boxes = form.boxes(node);
        if let Some(alone) = boxes.iter().find(|b| b.exclusive).filter(|_| self.roll(3) == 0) {
            return vec![Tick { label: alone.label.clone(), text: None }];
        }
        let mut ticks = Vec::new();
        for b in boxes.iter().filter(|b| !b.exclusive) {
            if self.roll(2) == 0 {
                let text = (b.text && self.roll(4) > 0).then(|| self.words());
                ticks.push(Tick { label: b.label.clone(), text });
            }
        }
        ticks
    }

    fn answers(&mut self, form: &'static Form) -> Answers {
        let mut answers = Answers::new(form);
        for node in form.nodes().iter().filter(|n| n.is_per_file()) {
            // All sections per file have the same number of entries.
            answers.set_count(node, Entries::NONE, 1 + u16::try_from(form.head.id.len() % 2).unwrap());
        }
        let files = answers.files();
        for node in form.nodes().iter().filter(|n| n.repeat.is_some() && !n.is_per_file()) {
            if form.is_change_part(node) {
                continue;
            }
            for file in 1..=files {
                let around = Entries::NONE.enter(file).truncate(form.repeat_depth(node.ix) - 1);
                answers.set_count(node, around, u16::try_from(self.roll(4)).unwrap());
            }
        }
        let mut places = Vec::new();
        answers.walk(|placed| {
            places.push(placed);
            true
        });
        for placed in places.into_iter().filter(|p| p.node.is_item()) {
            if placed.node.fixed_text.is_some() || self.roll(4) > 0 {
                answers.set(placed.slot, self.value(form, placed.node));
            }
        }
        answers
    }

    fn judgement(&mut self) -> Judgement {
        let decision = (self.roll(2) == 0).then(|| *self.pick(&Decision::ALL));
        let effective = (self.roll(2) == 0).then(|| self.date(false));
        // What stands around a reason says nothing.
        let reason = (self.roll(2) == 0).then(|| self.text(2).trim().to_owned());
        Judgement { decision, effective, correction: reason.filter(|text| !text.is_empty()) }
    }

    fn changes(&mut self, form: &'static Form) -> Vec<Change> {
        let items: Vec<_> = form.nodes().iter().filter(|n| n.is_item()).collect();
        (0..self.roll(5))
            .map(|_| {
                let node = *self.pick(&items);
                let date = self.date(false);
                Change {
                    date: Some(date),
                    date_text: date.wareki(),
                    item: ItemRef { text: format!("{} {}", node.reference, node.label), slot: None },
                    before: if self.roll(3) == 0 { String::new() } else { self.text(4) },
                    after: if self.roll(3) == 0 { String::new() } else { self.text(4) },
                    timing: self.pick(&["事前", "事後"]).to_string(),
                    explanation: self.text(2),
                    judgement: self.judgement(),
                }
            })
            .collect()
    }
}

fn read_back(answers: &Answers, changes: &[Change]) -> (Answers, Vec<Change>) {
    let form = answers.form();
    let source = AssessmentSource {
        dir: "1-a".to_owned(),
        number: "1".to_owned(),
        form: SourceFile::new("assessment.yaml", author::assessment_yaml(answers)),
        prose: Vec::new(),
        changes: Some(SourceFile::new("changes.yaml", author::changes_yaml(changes, form, false))),
        attachments: vec!["figures/a.svg".to_owned()],
    };
    let checked = check::assessment(&source, check::Surroundings::unknown());
    let text = &source.form.text;
    let assessment = checked.assessment.unwrap_or_else(|| panic!("{text}\n{:?}", checked.diagnostics));
    (assessment.answers, assessment.changes)
}

fn assert_same(form: &Form, written: &Answers, read: &Answers) {
    let list = |answers: &Answers| -> Vec<(String, Value)> {
        let shown = |slot: Slot| form.path(slot, answers.files());
        let filled = answers.values().filter(|(_, v)| !v.is_empty() || matches!(v, Value::Checks(_)));
        filled.map(|(slot, value)| (shown(slot), value.clone())).collect()
    };
    let (written, read) = (list(written), list(read));
    for (a, b) in written.iter().zip(&read) {
        assert_eq!(a, b);
    }
    assert_eq!(written.len(), read.len());
}

/// Whatever is written in the authored format is valid for editors as well.
fn assert_valid(form: &'static Form, answers: &Answers) {
    static VALIDATORS: OnceLock<Vec<jsonschema::Validator>> = OnceLock::new();
    let validators = VALIDATORS.get_or_init(|| {
        let schema = |form| Subject::Form(form).schema();
        Form::all().iter().map(|form| jsonschema::draft202012::new(&schema(form)).unwrap()).collect()
    });
    let at = Form::all().iter().position(|f| f.head.id == form.head.id).unwrap();
    let text = author::assessment_yaml(answers);
    let document: serde_json::Value = serde_yaml::from_str(&text).unwrap();
    assert!(validators[at].is_valid(&document), "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_reads_back(seed in 1_u64..u64::MAX) {
        let mut dice = Dice(seed);
        for form in Form::all() {
            let answers = dice.answers(form);
            let changes = dice.changes(form);
            let (read, rows) = read_back(&answers, &changes);
            assert_same(form, &answers, &read);
            assert_valid(form, &answers);
            let plain = |rows: &[Change]| -> Vec<Change> {
                rows.iter().cloned().map(|c| Change { item: ItemRef { slot: None, ..c.item }, ..c }).collect()
            };
            prop_assert_eq!(plain(&changes), plain(&rows));
        }
    }
}
