//! 指摘: one finding at a place of a file, and how findings are shown.

mod report;
mod tidy;

use std::ops::Range;
use std::sync::Arc;

use crate::leak;
use crate::rules::Confidence;
pub use crate::rules::{Code, Severity};
pub use report::{github, human, json, mended, sarif, short};

/// A place in a file: the line that is shown and the part of it that is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The text of the line.
    pub excerpt: String,
    /// Bytes of `excerpt` that are meant.
    pub marked: Range<usize>,
}

/// The item of the form that a finding is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemName {
    /// Official numbering path, e.g. `Ⅱ.3.⑧`.
    pub reference: String,
    /// Label.
    pub label: String,
    /// Instance path, e.g. `ii[2].3.usage`; none for a column of 変更箇所.
    pub path: Option<String>,
}

/// The row of 変更箇所 that a finding is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowName {
    /// 変更日 as written.
    pub date: String,
    /// 項目 as written.
    pub item: String,
    /// Instance path of the item; none where it is not clear.
    pub path: Option<String>,
}

/// Another place that belongs to a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// File as shown to people.
    pub file: Arc<str>,
    /// Place in the file.
    pub place: Place,
    /// What stands there, e.g. ここでは委託しないと書かれています.
    pub note: String,
}

/// A correction that leaves no doubt about what was meant: it may be made without asking. It lies within one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What stands there, exactly.
    pub from: String,
    /// What is to stand there.
    pub to: String,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code.
    pub code: Code,
    /// Weight.
    pub severity: Severity,
    /// File as shown to people.
    pub file: Arc<str>,
    /// Place in the file; none where the file as a whole is meant.
    pub place: Option<Place>,
    /// The item of the form.
    pub item: Option<ItemName>,
    /// The row of 変更箇所.
    pub row: Option<RowName>,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What stands under the marked part: what was expected.
    pub expected: Option<String>,
    /// What to do.
    pub help: Vec<String>,
    /// A text that could stand in the marked place instead.
    pub suggestion: Option<String>,
    /// The same as a correction of the file, where it is certain.
    pub fix: Option<Fix>,
    /// Why a person accepts it, for a finding with a 検査の例外.
    pub accepted: Option<String>,
}

impl Diagnostic {
    /// A finding with the usual weight of its code.
    pub fn new(code: Code, file: impl Into<Arc<str>>, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            file: file.into(),
            place: None,
            item: None,
            row: None,
            related: Vec::new(),
            message: shown(message.into()),
            expected: None,
            help: Vec::new(),
            suggestion: None,
            fix: None,
            accepted: None,
        }
    }

    /// Where it is.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Which item it is about.
    #[must_use]
    pub fn item(mut self, reference: impl Into<String>, label: impl Into<String>) -> Self {
        self.item = Some(ItemName { reference: reference.into(), label: label.into(), path: None });
        self
    }

    /// Which instance of the item.
    #[must_use]
    pub fn path(mut self, path: impl Into<String>) -> Self {
        if let Some(item) = &mut self.item {
            item.path = Some(path.into());
        }
        self
    }

    /// Which row of 変更箇所 it is about.
    #[must_use]
    pub fn row(mut self, row: RowName) -> Self {
        self.row = Some(row);
        self
    }

    /// Another place that belongs to it.
    #[must_use]
    pub fn related(mut self, file: Arc<str>, place: Place, note: impl Into<String>) -> Self {
        self.related.push(Related { file, place, note: note.into() });
        self
    }

    /// A weight other than the usual one. A rule that is not verified never blocks, whatever is asked for.
    #[must_use]
    pub fn weighing(mut self, severity: Severity) -> Self {
        let is_doubtful = self.code.rule().confidence == Confidence::D;
        self.severity = if is_doubtful { severity.max(Severity::Warning) } else { severity };
        self
    }

    /// What was expected at the place.
    #[must_use]
    pub fn expected(mut self, text: impl Into<String>) -> Self {
        self.expected = Some(text.into());
        self
    }

    /// What to do about it.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// What could stand there instead.
    #[must_use]
    pub fn suggest(mut self, text: impl Into<String>) -> Self {
        self.suggestion = Some(text.into());
        self
    }

    fn hide_numbers(&mut self) {
        self.place.iter_mut().for_each(|place| leak::mask_excerpt(&mut place.excerpt));
        for other in &mut self.related {
            leak::mask_excerpt(&mut other.place.excerpt);
            leak::mask(&mut other.note);
        }
        if let Some(row) = &mut self.row {
            leak::mask(&mut row.date);
            leak::mask(&mut row.item);
        }
        leak::mask(&mut self.message);
        self.expected.iter_mut().chain(&mut self.help).chain(&mut self.suggestion).for_each(leak::mask);
    }

    /// How the file can be mended without asking.
    #[must_use]
    pub fn mend(mut self, fix: Option<Fix>) -> Self {
        self.fix = fix;
        self
    }

    /// The order in which findings are shown: file, line, column, code.
    fn sort_key(&self) -> (&str, usize, usize, &'static str, &str) {
        let (line, column) = self.place.as_ref().map_or((0, 0), |p| (p.line, p.column));
        (&self.file, line, column, self.code.id(), &self.message)
    }
}

/// A message as it is shown. Numbers are hidden before long quotations are cut: a cut number could be completed.
fn shown(mut message: String) -> String {
    leak::mask(&mut message);
    tidy::tidy(message)
}

/// Puts findings into the order in which they are shown, whatever the order in which threads found them, and hides in all of
/// their parts what may be a 個人番号: the line that is shown may hold one, whatever the finding is about.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.iter_mut().for_each(Diagnostic::hide_numbers);
    diagnostics.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
}

/// The number of errors.
pub fn errors(diagnostics: &[Diagnostic]) -> usize {
    diagnostics.iter().filter(|d| d.severity == Severity::Error).count()
}
