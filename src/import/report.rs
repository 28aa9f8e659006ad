//! The account of an import: what became of every line of the source, and what a person must look at.

use std::fmt::Write as _;

/// What became of one line of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// Nothing is printed on the line.
    Blank,
    /// It ended in a value: the instance path of the item, or `changes[17]` for the 17th row; several are separated by `, `.
    Value(String),
    /// It is print of the form itself: a label, an option list, a heading.
    Print,
    /// It was not recognised, wholly or in this part.
    Unrecognised(String),
}

/// The fate of every line. A line that nobody claims stands as unrecognised, so nothing can get lost in silence.
#[derive(Debug, Clone)]
pub struct Ledger {
    fates: Vec<Fate>,
}

impl Ledger {
    /// Every printed line of the source is unrecognised until it is claimed.
    pub fn new(source: &str) -> Self {
        let fate = |line: &str| match line.trim() {
            "" => Fate::Blank,
            text => Fate::Unrecognised(text.to_owned()),
        };
        Self { fates: source.lines().map(fate).collect() }
    }

    /// The line (from 1) ended in the value at `path`. A line that holds label and value counts as value.
    pub fn value(&mut self, line: usize, path: impl Into<String>) {
        self.put(line, Fate::Value(path.into()));
    }

    /// The line (from 1) is print of the form, unless it already ended in a value.
    pub fn print(&mut self, line: usize) {
        if !matches!(self.fate(line), Some(Fate::Value(_))) {
            self.put(line, Fate::Print);
        }
    }

    /// The line (from 1) says nothing but tags: print, if anything stands on it and nobody claimed it.
    pub fn print_if_written(&mut self, line: usize) {
        if matches!(self.fate(line), Some(Fate::Unrecognised(_))) {
            self.put(line, Fate::Print);
        }
    }

    /// A part of the line (from 1) was not recognised.
    pub fn unrecognised(&mut self, line: usize, text: impl Into<String>) {
        self.put(line, Fate::Unrecognised(text.into()));
    }

    /// The fate of a line (from 1).
    pub fn fate(&self, line: usize) -> Option<&Fate> {
        self.fates.get(line.checked_sub(1)?)
    }

    /// Lines with their number (from 1) and fate.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &Fate)> {
        self.fates.iter().enumerate().map(|(at, fate)| (at + 1, fate))
    }

    fn put(&mut self, line: usize, fate: Fate) {
        if let Some(slot) = line.checked_sub(1).and_then(|at| self.fates.get_mut(at)) {
            *slot = fate;
        }
    }
}

/// Why a person must look at an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// The form asks for it and the source says nothing legible.
    Empty,
    /// A value was read, but the source allows another reading.
    Uncertain,
    /// Something was derived that does not stand in the source.
    Derived,
}

impl Doubt {
    /// The heading in the report.
    pub fn label(self) -> &'static str {
        match self {
            Self::Empty => "読み取れず空のままの項目",
            Self::Uncertain => "読み取ったが確かめてほしい項目",
            Self::Derived => "原文にはなく補ったもの",
        }
    }

    /// The ascii word for programs.
    pub fn id(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Uncertain => "uncertain",
            Self::Derived => "derived",
        }
    }
}

/// A note on one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Why.
    pub doubt: Doubt,
    /// Line of the source (from 1), where there is one.
    pub line: Option<usize>,
    /// The item in words, e.g. `Ⅱ.3.⑧ 使用方法`, or a change row.
    pub subject: String,
    /// Instance path, e.g. `ii.3.usage`; empty for a change row or a file.
    pub path: String,
    /// What is to be looked at.
    pub message: String,
}

/// The account of importing one document.
#[derive(Debug, Clone)]
pub struct Report {
    /// The source file as shown to people.
    pub source: String,
    /// Id of the form.
    pub form: String,
    /// The fate of every line.
    pub ledger: Ledger,
    /// What a person must look at.
    pub notes: Vec<Note>,
}

/// How many printed lines had which fate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Lines that ended in a value.
    pub value: usize,
    /// Lines recognised as print of the form.
    pub print: usize,
    /// Lines that were not recognised.
    pub unrecognised: usize,
}

impl Report {
    /// Counts the printed lines by fate.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for (_, fate) in self.ledger.lines() {
            match fate {
                Fate::Blank => {}
                Fate::Value(_) => counts.value += 1,
                Fate::Print => counts.print += 1,
                Fate::Unrecognised(_) => counts.unrecognised += 1,
            }
        }
        counts
    }

    /// The report as Markdown, for a person.
    pub fn to_markdown(&self) -> String {
        let counts = self.counts();
        let mut out = String::new();
        let _ = writeln!(out, "# 取り込みの報告: {}\n", self.source);
        let _ = writeln!(out, "- 様式: {}", self.form);
        let _ = writeln!(out, "- 値になった行: {}", counts.value);
        let _ = writeln!(out, "- 様式の印字と分かった行: {}", counts.print);
        let _ = writeln!(out, "- 認識できなかった行: {}\n", counts.unrecognised);
        let _ = writeln!(out, "## 認識できなかった行\n");
        let mut any = false;
        for (line, fate) in self.ledger.lines() {
            if let Fate::Unrecognised(text) = fate {
                any = true;
                let _ = writeln!(out, "- {line} 行目: `{}`", text.replace('`', "'"));
            }
        }
        if !any {
            let _ = writeln!(out, "ありません。");
        }
        let mut notes = self.notes.clone();
        notes.sort_by_key(|n| n.doubt);
        let mut heading = None;
        for note in &notes {
            if heading != Some(note.doubt) {
                heading = Some(note.doubt);
                let _ = writeln!(out, "\n## {}\n", note.doubt.label());
            }
            let line = note.line.map(|l| format!("（原文 {l} 行目）")).unwrap_or_default();
            let path = if note.path.is_empty() { String::new() } else { format!(" `{}`", note.path) };
            let _ = writeln!(out, "- {}{path}{line}: {}", note.subject, note.message);
        }
        out
    }
}

/// Reports as a JSON array, one object per document.
pub fn reports_json(reports: &[Report]) -> String {
    let all: Vec<_> = reports.iter().map(report_value).collect();
    let mut text = serde_json::to_string_pretty(&all).unwrap_or_default();
    text.push('\n');
    text
}

fn report_value(report: &Report) -> serde_json::Value {
    let counts = report.counts();
    let unrecognised: Vec<_> = report
        .ledger
        .lines()
        .filter_map(|(line, fate)| match fate {
            Fate::Unrecognised(text) => Some(serde_json::json!({ "line": line, "text": text })),
            _ => None,
        })
        .collect();
    let notes: Vec<_> = report
        .notes
        .iter()
        .map(|n| {
            serde_json::json!({
                "doubt": n.doubt.id(), "line": n.line, "subject": n.subject, "path": n.path, "message": n.message,
            })
        })
        .collect();
    serde_json::json!({
        "source": report.source,
        "form": report.form,
        "lines": { "value": counts.value, "print": counts.print, "unrecognised": counts.unrecognised },
        "unrecognised": unrecognised,
        "notes": notes,
    })
}
