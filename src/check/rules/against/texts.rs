//! The texts of new rows against the items of both versions (CHG-03). Rows are excerpts: what they leave out is no matter, unless
//! they quote the whole item on one side.

use indexmap::IndexMap;

use super::Against;
use super::place::differing;
use crate::check::changes::Column;
use crate::check::rules::rows::{Told, nearest, quote};
use crate::compare::{Agreement, Difference, is_blank, text_agrees};
use crate::diagnostic::{Code, Diagnostic};
use crate::form::{Form, Slot, letters};
use crate::history;

pub(super) fn check(against: &Against<'_>, found: &mut Vec<Diagnostic>) {
    let mut by_slot: IndexMap<Slot, Vec<Told<'_>>> = IndexMap::new();
    for told in against.new_rows().filter(|told| told.row.is_certain() && told.row.is_readable()) {
        if let Some(slot) = told.row.change.item.slot {
            by_slot.entry(slot).or_default().push(told);
        }
    }
    for rows in by_slot.into_values() {
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else { continue };
        if let Some(difference) = of_item(against, *first) {
            found.extend(before(against, *first, difference));
        }
        if let Some(difference) = of_item(against, *last).filter(|_| !is_named(found, *last, against)) {
            let lacks = after(against, *last, difference);
            found.extend(lacks.or_else(|| not_all(against, *last, difference).filter(|_| rows.len() == 1)));
        }
    }
}

/// The one difference that a row tells of, where it is about exactly the item that the row names.
fn of_item<'a>(against: &'a Against<'_>, told: Told<'_>) -> Option<&'a Difference> {
    let mut differences = against.told_of(told.row.number);
    let only = differences.next().filter(|difference| !difference.is_entry())?;
    let slot = only.after.or(only.before)?;
    let is_it = told.row.change.item.slot == Some(slot) && differences.next().is_none();
    (is_it && !against.is_unread(slot)).then_some(only)
}

/// Whether a finding says already that the row does not say what the item says today.
fn is_named(found: &[Diagnostic], told: Told<'_>, against: &Against<'_>) -> bool {
    let name = against.context.row_name(told.row.change);
    found.iter().any(|f| f.code == Code::CHANGE_NOT_CURRENT && f.row.as_ref() == Some(&name))
}

/// A column of a row that should quote a version.
struct Quotation<'c> {
    told: Told<'c>,
    column: history::Column,
    text: &'c str,
}

impl<'c> Quotation<'c> {
    /// None where the column quotes nothing, or takes over what the row above says.
    fn of(told: Told<'c>, column: Option<history::Column>, from: Option<usize>) -> Option<Self> {
        let column = column.filter(|_| from.is_none())?;
        let text = column.of(told.row.change);
        (!is_blank(text)).then_some(Self { told, column, text })
    }

    fn old(told: Told<'c>) -> Option<Self> {
        Self::of(told, told.meaning.before, told.meaning.before_from)
    }

    fn new(told: Told<'c>) -> Option<Self> {
        Self::of(told, told.meaning.after, told.meaning.after_from)
    }

    /// Whether the column is not in the text of a version, and how.
    fn lack(&self, item: &str, form: &Form, version: &str) -> Option<Lack> {
        let Agreement::Differs { sentence } = text_agrees(self.text, item, form) else { return None };
        let message = lacking(&sentence, item, version);
        Some(Lack { sentence, message })
    }

    fn finding(&self, against: &Against<'_>, lack: Lack) -> Diagnostic {
        let column = shown(self.column);
        against.context.in_row(Code::TEXT_DIFFERS, self.told.row, column, &lack.sentence, lack.message)
    }
}

/// What a column says and a version does not.
struct Lack {
    sentence: String,
    message: String,
}

/// What is wrong with a sentence that the item of a version does not have.
fn lacking(sentence: &str, item: &str, version: &str) -> String {
    /// Longer answers are not quoted.
    const LONGEST_LINE: usize = 40;
    let written = quote(sentence);
    let line = item.trim();
    if line.is_empty() {
        return format!("「{written}」とありますが、{version}では空です");
    }
    if !line.contains('\n') && line.chars().count() <= LONGEST_LINE {
        return format!("「{written}」とありますが、{version}では「{line}」です");
    }
    match nearest(&letters(item), &letters(sentence)).map(|near| near.pair) {
        Some((told, there)) if told != there => {
            format!("「…{told}…」とありますが、{version}では「…{there}…」です")
        }
        _ => format!("「{written}」が、{version}の記載にありません"),
    }
}

fn shown(column: history::Column) -> Column {
    match column {
        history::Column::Before => Column::Before,
        history::Column::After => Column::After,
    }
}

/// 変更前の記載 of the first row must stand in the version before.
fn before(against: &Against<'_>, told: Told<'_>, difference: &Difference) -> Option<Diagnostic> {
    let quotation = Quotation::old(told)?;
    let form = against.earlier.assessment.form();
    let lack = quotation.lack(&difference.before_text, form, &against.earlier.name)?;
    Some(
        quotation
            .finding(against, lack)
            .help("前の版の記載をそのまま写してください。一部だけを書くときは、残りを（略）とします。"),
    )
}

/// 変更後の記載 of the last row must stand in the item today.
fn after(against: &Against<'_>, told: Told<'_>, difference: &Difference) -> Option<Diagnostic> {
    let quotation = Quotation::new(told)?;
    let lack = quotation.lack(&difference.after_text, against.context.form, "今の評価書")?;
    let diagnostic = quotation.finding(against, lack).help(
        "評価書の記載を変え忘れていれば、直してください。変えてあれば、今の記載をそのまま写してください。",
    );
    Some(match difference.after {
        Some(slot) => against.context.with_item(diagnostic, slot, "今の記載はここです"),
        None => diagnostic,
    })
}

/// A row that quotes the whole item of the version before, and less than the whole of it now.
fn not_all(against: &Against<'_>, told: Told<'_>, difference: &Difference) -> Option<Diagnostic> {
    let (old, new) = (Quotation::old(told)?, Quotation::new(told)?);
    let slot = difference.after.filter(|_| !told.meaning.is_excerpt)?;
    let (then, now) = (&difference.before_text, &difference.after_text);
    let is_whole = text_agrees(old.text, then, against.earlier.assessment.form()) == Agreement::Equal;
    if !is_whole || text_agrees(new.text, now, against.context.form) != Agreement::Excerpt {
        return None;
    }
    let (written, today) = differing(new.text, now);
    let message = format!(
        "変更前は全文なのに、変更後は今の記載の一部だけです。ここでは「{written}」、評価書では「{today}」です"
    );
    let diagnostic = against
        .context
        .at_row(Code::TEXT_DIFFERS, told.row, shown(new.column), message)
        .help("今の評価書の記載をそのまま写してください。一部だけを書くときは、変更前の記載も同じところだけにして、残りを（略）とします。");
    Some(against.context.with_item(diagnostic, slot, "今の記載はここです"))
}
