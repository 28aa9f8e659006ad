//! 指摘: one finding at a place of a file, and how findings are shown.

mod code;
mod report;
mod tidy;

use std::ops::Range;
use std::sync::Arc;

pub use code::Code;
pub use report::{human, json, short};

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Blocks publication.
    Error,
    /// Worth a look; does not block.
    Warning,
}

impl Severity {
    /// The word that is shown.
    pub fn label(self) -> &'static str {
        match self {
            Self::Error => "誤り",
            Self::Warning => "注意",
        }
    }

    /// The ascii word for programs.
    pub fn id(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

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
    /// What is wrong, in one sentence.
    pub message: String,
    /// What stands under the marked part: what was expected.
    pub expected: Option<String>,
    /// What to do.
    pub help: Vec<String>,
    /// A text that could stand in the marked place instead.
    pub suggestion: Option<String>,
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
            message: tidy::tidy(message.into()),
            expected: None,
            help: Vec::new(),
            suggestion: None,
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
        self.item = Some(ItemName { reference: reference.into(), label: label.into() });
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

    /// The order in which findings are shown: file, line, column, code.
    fn sort_key(&self) -> (&str, usize, usize, &'static str, &str) {
        let (line, column) = self.place.as_ref().map_or((0, 0), |p| (p.line, p.column));
        (&self.file, line, column, self.code.id(), &self.message)
    }
}

/// Puts findings into the order in which they are shown, whatever the order in which threads found them.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
}

/// The number of errors.
pub fn errors(diagnostics: &[Diagnostic]) -> usize {
    diagnostics.iter().filter(|d| d.severity == Severity::Error).count()
}
