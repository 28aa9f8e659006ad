//! What stands below the redline of an item: its rows of 変更箇所 with what was decided, the findings about it, and the box for
//! remarks.

use serde::Serialize;

use super::facts::{Facts, Item};
use crate::assessment::{Change, Decision};
use crate::compare::is_blank;
use crate::form::Slot;
use crate::markdown;
use crate::site::render::DateView;
use crate::site::{RenderError, Theme};

/// What the template shows.
#[derive(Serialize)]
struct ExtraView<'a> {
    important: bool,
    /// It needs a row of 変更箇所 and has none.
    is_untold: bool,
    rows: Vec<RowView>,
    findings: Vec<FindingLink<'a>>,
    remark: RemarkView,
}

/// A new row that tells of the item.
#[derive(Serialize)]
struct RowView {
    date: DateText,
    timing: String,
    explanation: String,
    decision: Option<&'static str>,
    effective: Option<DateView>,
    correction: Option<String>,
    /// Something is still to be written.
    is_blank: bool,
}

/// A date, or what was written instead.
#[derive(Serialize)]
struct DateText {
    date: Option<DateView>,
    text: String,
}

impl DateText {
    fn of(row: &Change) -> Self {
        Self { date: row.date.map(DateView::from), text: row.date_text.clone() }
    }
}

#[derive(Serialize)]
struct FindingLink<'a> {
    href: String,
    severity: &'static str,
    message: &'a str,
}

/// Where reviewers write what they have to say.
#[derive(Serialize)]
pub(super) struct RemarkView {
    id: String,
    /// Names the box in the saved file.
    place: String,
    /// Name of the document.
    document: String,
    form: String,
    path: String,
    reference: String,
    label: String,
}

/// Writes what belongs to one document.
#[derive(Clone, Copy)]
pub(super) struct Writer<'p, 'a> {
    pub(super) theme: &'p Theme,
    pub(super) facts: &'p Facts<'a>,
    /// What the ids of the document begin with, e.g. `d1-`.
    pub(super) prefix: &'p str,
}

impl<'p> Writer<'p, '_> {
    /// What stands below an item, as HTML.
    pub(super) fn extra(self, item: &Item<'_>) -> Result<String, RenderError> {
        #[derive(Serialize)]
        struct Data<'a> {
            view: ExtraView<'a>,
        }
        const CAPACITY: usize = 2 * 1024;
        self.theme.fill("review/extra.html", &Data { view: self.view(item) }, CAPACITY)
    }

    fn view(self, item: &Item<'_>) -> ExtraView<'p> {
        let findings = item.findings.iter().map(|at| {
            let finding = &self.facts.document.findings[*at];
            FindingLink {
                href: format!("#{}", self.finding_id(*at)),
                severity: finding.severity.label(),
                message: &finding.message,
            }
        });
        ExtraView {
            important: item.difference.important,
            is_untold: item.difference.needs_row() && item.rows.is_empty(),
            rows: item.rows.iter().map(|row| self.row(*row)).collect(),
            findings: findings.collect(),
            remark: RemarkView {
                form: item.form.head.id.clone(),
                ..self.remark(&item.id, &item.path, (&item.name.reference, &item.name.label))
            },
        }
    }

    /// The place of a finding in the page.
    pub(super) fn finding_id(self, at: usize) -> String {
        format!("{}f{}", self.prefix, at + 1)
    }

    /// The box for remarks about an item; about the document as a whole where it has no id.
    pub(super) fn remark(self, id: &str, path: &str, (reference, label): (&str, &str)) -> RemarkView {
        let document = self.facts.document;
        let key = document.key();
        RemarkView {
            id: format!("{}r-{id}", self.prefix),
            place: if id.is_empty() { key } else { format!("{key}#{id}") },
            document: document.title().to_owned(),
            form: document.newest().map(|d| d.form().head.id.clone()).unwrap_or_default(),
            path: path.to_owned(),
            reference: reference.to_owned(),
            label: label.to_owned(),
        }
    }

    fn row(self, at: usize) -> RowView {
        let row = &self.facts.changes()[at];
        let judgement = &row.judgement;
        RowView {
            date: DateText::of(row),
            timing: row.timing.trim().to_owned(),
            explanation: self.html(&self.facts.explained_by(at).explanation, 6),
            decision: judgement.decision.map(Decision::label),
            effective: judgement.effective.map(DateView::from),
            correction: judgement.correction.clone(),
            is_blank: [&row.date_text, &row.timing, &row.explanation].into_iter().any(|text| is_blank(text)),
        }
    }

    /// A text of the document. References lead to the items that differ, or stay text: there is nothing else to lead to.
    pub(super) fn html(self, text: &str, heading_base: u8) -> String {
        if text.trim().is_empty() {
            return String::new();
        }
        // One text may stand at several places of the page, where ids of footnotes would be there twice.
        let options =
            markdown::Options { heading_base, footnote_prefix: "", resolve_link: &|to| self.link(to) };
        markdown::to_html(text, &options)
    }

    fn link(self, reference: &str) -> Option<String> {
        let after = self.facts.document.after()?;
        let slot = after.form().resolve(reference, after.answers.files()).target?.slot;
        let is_meant = |item: &&Item<'_>| item.difference.after == Some(slot);
        self.facts.items.iter().find(is_meant).map(|_| format!("#{}", self.anchor_in(after, slot)))
    }

    /// The anchor that the redline gives to the first difference at a place.
    fn anchor_in(self, after: &crate::assessment::Assessment, slot: Slot) -> String {
        format!("{}d-{}", self.prefix, after.form().anchor(slot, after.answers.files()))
    }
}
